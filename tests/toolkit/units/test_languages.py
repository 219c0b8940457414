"""A language is added to a handbook and taken out again: settings, catalogs, owners."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from folders import ROOT
from handbook.bitext.catalog import po
from handbook.bitext.files import write
from handbook.bitext.languages.browser import for_browser
from handbook.bitext.languages.registry import Languages
from handbook.bitext.project import settings
from handbook.bitext.project.edits import Edits
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.upkeep import languages, sitelanguages
from handbooks import run
from programs import commit_all, git
from rows import rows

SITE = """\
site_name: A Sample
theme: {name: material}
plugins:
  - search
  - i18n:
      docs_structure: folder
      languages: # the first is the default
        - locale: en
          name: English
          default: true
        - locale: es # neutral
          name: Español
  - bitext: {books: false}
nav: [index.md]
"""
SETTINGS = '[tool.other]\nx = 1\n\n[tool.handbook]\nlanguages = ["en", "es"] # in this order\n'
OWNERS = "# A language.\n# /docs/es/ @name\n# /translations/es/ @name\n#\n# /src/ @name\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path / "mkdocs.yml", SITE)
    write(tmp_path / "pyproject.toml", SETTINGS)
    write(tmp_path / ".github/CODEOWNERS", OWNERS)
    write(tmp_path / "docs/en/index.md", "# Home\n\nWords at 12:30.\n\n| 12 |\n| --- |\n| 13 |\n")
    write(tmp_path / "docs/es/dos.md", "# Dos\n")
    (tmp_path / "translations").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.long
@pytest.mark.parametrize(
    ("code", "name", "known"),
    [
        ("pt_BR", "Português (Brasil)", "pt_BR"),
        ("ar", "العربية", "ar"),
        ("ko", "한국어", "ko"),
        ("zh-Hant", "中文 (繁體)", "zh_TW"),
        ("no", "Norsk", "no"),
    ],
)
def test_a_language_gets_all_that_it_needs(
    root: Path, capsys: pytest.CaptureFixture[str], code: str, name: str, known: str
) -> None:
    status, out, err = run(capsys, "add-language", code)
    assert (status, err) == (0, [])
    assert out[-1] == f"begin with translations/{code}/site.po: handbook todo {code}"
    assert Handbook.open(root).languages == ("en", "es", code)
    assert settings.mkdocs_languages(root / "mkdocs.yml") == ("en", "es", code)
    site = (root / "mkdocs.yml").read_text("utf-8")
    assert f"name: {name}" in site.replace("'", "")
    assert "# the first is the default" in site
    assert "# in this order" in (root / "pyproject.toml").read_text("utf-8")
    owners = (root / ".github/CODEOWNERS").read_text("utf-8").splitlines()
    assert owners[3:5] == [f"# /docs/{code}/ @name", f"# /translations/{code}/ @name"]
    catalogs = {file.name for file in (root / "translations" / code).iterdir()}
    assert catalogs == {"index.po", "dos.po", "site.po"}
    index = po.parse((root / f"translations/{code}/index.po").read_text("utf-8"))
    assert index.header["Language"] == known
    assert [u.translation for u in index.units if u.message == "13"] == ["13"]
    assert run(capsys, "check", code)[0] == 0
    assert run(capsys, "todo", code)[0] == 0


def test_what_is_added_goes_again_and_leaves_nothing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {name: (root / name).read_bytes() for name in _NAMES}
    run(capsys, "add-language", "ko")
    status, _, err = run(capsys, "remove-language", "ko")
    assert (status, len(err)) == (2, 1)
    assert "is not in the last commit as it is, and would be lost; commit it first" in err[0]
    commit_all()
    (root / "translations/ko/index.po").write_text("x", "utf-8")
    assert run(capsys, "remove-language", "ko")[0] == 2
    git("checkout", "-q", ".")
    status, out, err = run(capsys, "remove-language", "ko")
    assert (status, err) == (0, [])
    assert out[-1] == "removed 3 files in ko; git keeps them"
    assert {name: (root / name).read_bytes() for name in _NAMES} == before
    assert not (root / "translations/ko").exists()


_NAMES = ("mkdocs.yml", "pyproject.toml", ".github/CODEOWNERS")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("add-language es", "es: is in the handbook already, as es"),
        ("add-language ES", "ES: is no code of a language; did you mean es?"),
        ("add-language sr@latin", "sr@latin: is no code of a language; did you mean sr-Latn?"),
        ("add-language C", "C: is no code of a language; give one such as pt, pt_BR or zh-Hant"),
        *(
            (f"add-language {code}", f"{code}: is no code that the site's plugin i18n takes {said}")
            for code, said in (
                ("pt-br", "(two letters, a script, a country); did you mean pt_BR?"),
                ("zh_Hant", "(two letters, a script, a country); did you mean zh-Hant?"),
                ("es_419", "(two letters, a script, a country); did you mean es?"),
            )
        ),
        ("add-language ../x", "../x: is no code of a language"),
        ("add-language qq", "qq: is a language that Unicode has no name of; give what it calls"),
        ("add-language haw", "haw: is no code that the site's plugin i18n takes"),
        ("remove-language en", "en: is the default language"),
        ("remove-language es", "es: 1 page first written in it; turn each to another:"),
        ("remove-language fr", "handbook: no language 'fr'"),
    ],
)
def test_what_cannot_be_is_refused(
    root: Path, capsys: pytest.CaptureFixture[str], words: str, said: str
) -> None:
    before = {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}
    status, out, err = run(capsys, *words.split())
    assert (status, out) == (2, [])
    assert err[0].startswith(said)
    assert {file: file.read_bytes() for file in root.rglob("*") if file.is_file()} == before


def test_a_language_nobody_knows_says_its_name(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "add-language", "xx", "--name", "Invented: a tongue")[0] == 0
    assert Handbook.open(root).languages == ("en", "es", "xx")
    assert "name: 'Invented: a tongue'" in (root / "mkdocs.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pyproject.toml", '[tool.handbook]\nlanguages = [\n  "en", # one\n  "es",\n]\n'),
        ("pyproject.toml", "[tool.handbook]\nlanguages = ['en', 'es']"),
        ("pyproject.toml", "[tool.handbook]\n"),
        ("pyproject.toml", '[tool.handbook]\nname = "x"\n[tool.other]\nlanguages = ["de"]\n'),
    ],
)
def test_settings_in_other_forms(
    root: Path, capsys: pytest.CaptureFixture[str], name: str, text: str
) -> None:
    write(root / name, text)
    assert run(capsys, "add-language", "ko")[0] == 0
    assert Handbook.open(root).languages == ("en", "es", "ko")
    assert settings.mkdocs_languages(root / "mkdocs.yml") == ("en", "es", "ko")
    assert text.partition("[tool.other]")[2] in (root / name).read_text("utf-8")


_PLUGINS = "plugins:\n  - search\n  - i18n:\n      docs_structure: folder\n"
_FLOW = "{locale: en, name: English, default: true}"


@rows(
    ("text", "new"),
    [
        (SITE, "        - locale: ko\n          name: 한국어\n  - bitext"),
        (SITE.replace("\n", "\r\n"), "        - locale: ko\r\n          name: 한국어\r\n"),
        (f"\ufeff{SITE}", "- locale: ko\n"),
        (
            SITE.replace("- locale: es # neutral", "-\n          locale: es"),
            "        - locale: ko\n",
        ),
        (
            SITE.replace("- locale: es", "- name: x\n          locale: es"),
            "Español\n        - locale: ko\n",
        ),
        (
            SITE.replace("Español\n", "Español\n          # nav:\n\n"),
            "# nav:\n        - locale: ko\n",
        ),
        (SITE.replace("locale: es", "'locale': \"es\""), "- locale: ko\n"),
        (
            SITE.replace("Español\n", "Español\n          nav_translations:\n            A: B\n"),
            "B\n        - locale: ko\n",
        ),
        (
            f"{SITE}extra:\n  menu:\n    - locale: fr\n      name: x\n",
            "ko\n          name: 한국어\n  - bitext",
        ),
        (
            f"{_PLUGINS}      languages:\n        - {_FLOW}\n",
            "        - {locale: ko, name: 한국어}\n",
        ),
        (f"{_PLUGINS}      languages: [{_FLOW}]\n", "true}, {locale: ko, name: 한국어}]\n"),
        (
            f"{_PLUGINS}      languages: [\n        {_FLOW},\n      ]\n",
            ",\n        {locale: ko, name: 한국어},\n      ]\n",
        ),
        (
            f"plugins: [search, {{i18n: {{languages: [{_FLOW}]}}}}]\n",
            ", {locale: ko, name: 한국어}]}}]",
        ),
        (
            f"x: &all\n  - {_FLOW}\nplugins:\n  i18n:\n    languages: *all\n",
            "\n  - {locale: ko, name: 한국어}\nplugins",
        ),
    ],
)
def test_a_list_keeps_its_form_and_takes_a_language_in_it(text: str, new: str) -> None:
    made = sitelanguages.with_language(text, "ko", "한국어")
    assert new in made
    assert settings.languages_of(made)[-1] == "ko"
    assert sitelanguages.without_language(made, "ko") == text
    emptier = sitelanguages.without_language(made, "en")
    assert "en" not in settings.languages_of(emptier)
    assert "ko" in settings.languages_of(emptier)


def test_a_list_that_mkdocs_yml_inherits_is_changed_where_it_is(root: Path) -> None:
    write(root / "conf/base.yml", SITE)
    write(root / "mkdocs.yml", "INHERIT: conf/base.yml\nsite_name: Another\n")
    edits = languages.addition(Handbook.open(root), "ko")
    assert isinstance(edits, Edits)
    assert "- locale: ko" in edits.texts["conf/base.yml"]
    assert "mkdocs.yml" not in edits.texts
    write(root.parent / "base.yml", SITE)
    write(root / "mkdocs.yml", "INHERIT: ../base.yml\nsite_name: Another\n")
    fault = languages.addition(Handbook.open(root), "ko")
    assert str(fault) == (
        "../base.yml:8: lists the languages, outside of the handbook; write them there: en, es, ko"
        ", then: handbook update"
    )


def test_what_is_known_of_a_language_is_the_same_however_often_it_is_asked_for() -> None:
    for code in ("en", "es", "ja"):
        assert Languages()[code] == Languages()[code]
        assert Languages()[code].checks.styles


def test_the_search_gets_of_a_language_what_its_types_name() -> None:
    script = (ROOT / "src/handbook/press/theme/assets/search/text.js").read_text("utf-8")
    typed = script[script.index("@typedef {object} LanguageRules") :].partition("*/")[0]
    named = re.findall(r"@property \{.+\} (\w+)", typed)
    for record in Languages().on_file():
        assert list(for_browser(record)) == named, record.code
