"""Settings that cannot be used are named with their line and the cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.bitext.files import write
from handbook.bitext.problem import SettingsError
from handbook.bitext.project import exclusions, settings
from rows import rows

TABLE = '[tool.handbook]\nlanguages = ["en", "es"]\n'
RULE = "[[tool.handbook.rules]]\nname = 'x'\ncure = 'c'\nnever = 'n'\n"

WRONG = {
    "not TOML": ("[tool.handbook]\nlanguages = [\n", "pyproject.toml:2: is not TOML: "),
    "no table": (
        "[project]\n",
        'pyproject.toml:1: no languages are named; write languages = ["en", "es"]'
        " below [tool.handbook]",
    ),
    "no languages": (
        '[project]\n\n[tool.handbook]\nname = "x"\n',
        'pyproject.toml:3: no languages are named; write languages = ["en", "es"]'
        " below [tool.handbook]",
    ),
    "a text for the table": (
        '[tool]\nhandbook = "x"\n',
        "pyproject.toml:2: handbook is not a table; write [tool.handbook] and, below it,"
        ' languages = ["en", "es"]',
    ),
    "a text for the languages": (
        '[tool.handbook]\n\nlanguages = "en"\n',
        'pyproject.toml:3: languages is not a list of codes; write languages = ["en", "es"]',
    ),
    "what is not a code": (
        '[tool.handbook]\nlanguages = ["en", "Spanish"]\n',
        "pyproject.toml:2: 'Spanish' is not the code of a language; write one such as"
        ' "es" or "pt-BR"',
    ),
    "a language twice": (
        '[tool.handbook]\nlanguages = ["en", "es", "en"]\n',
        "pyproject.toml:2: 'en' is named twice; take one out",
    ),
    "a number of keys": (
        f"{TABLE}keys = 5\n",
        'pyproject.toml:3: keys is not a list of names; write keys = ["title", "description"]',
    ),
    "two at once": (
        f"{TABLE}glossary = []\nkeys = [1]\n",
        "pyproject.toml:3: glossary is not text; put it between quotation marks\n"
        'pyproject.toml:4: keys is not a list of names; write keys = ["title", "description"]',
    ),
    "a text for errors": (
        f'{TABLE}errors = "notes"\n',
        'pyproject.toml:3: errors is not a list of names; write errors = ["notes", "figures"]',
    ),
    "no number of reviews": (
        f"{TABLE}reviews = true\n",
        "pyproject.toml:3: reviews is not a number; write reviews = 5",
    ),
    "a rule without pages": (
        f"{TABLE}{RULE}pages = ['a', '!']\n",
        'pyproject.toml:3: the rule x: pages has no pattern in "!"; write such as pages = ["*",'
        ' "!/index.md"]',
    ),
    "two rules of one name": (
        f"{TABLE}{2 * RULE}",
        "pyproject.toml:3: the rule x is there twice; give one of them another name",
    ),
    "one table of rules": (
        f'{TABLE}[tool.handbook.rules]\nname = "x"\n',
        "pyproject.toml:3: rules is not a list of tables; write [[tool.handbook.rules]] above each",
    ),
    "a rule without a name": (
        f"{TABLE}[[tool.handbook.rules]]\nkeys = []\n",
        "pyproject.toml:3: a rule has no name of small letters; write such as name = ",
    ),
    "a rule that is none": (
        f"{TABLE}[[tool.handbook.rules]]\nname = 'x'\nmore = 1\npages = 5\ntranslations = 1\n",
        "pyproject.toml:3: the rule x: asks for nothing; write keys, always or never\n"
        "pyproject.toml:3: the rule x: more is not a setting; take it out\n"
        'pyproject.toml:3: the rule x: pages is not a list of texts; write pages = ["one", "two"]\n'
        'pyproject.toml:3: the rule x: says no cure; write cure = "what to do"\n'
        "pyproject.toml:3: the rule x: translations is neither true nor false; write one of the"
        " two",
    ),
    "a rule with a wrong pattern": (
        f"{TABLE}[[tool.handbook.rules]]\nname = 'x'\ncure = 'c'\nalways = '('\nnever = 5\n",
        "pyproject.toml:3: the rule x: always is no regular expression (missing ), unterminated",
    ),
    "a misspelt name": (
        f'{TABLE}glosary = "words.md"\n',
        "pyproject.toml:3: glosary is not a setting; write glossary",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_setting_is_named(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, said = WRONG[case]
    (tmp_path / "pyproject.toml").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError) as caught:
        settings.read(Path())
    assert str(caught.value).startswith(said)


def test_what_is_not_set_has_a_value(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(f'{TABLE}keys = ["title"]\n', "utf-8")
    read = settings.read(tmp_path)
    assert read == settings.Settings(languages=("en", "es"), keys=("title",))
    assert read.glossary == "reference/glossary.md"


@rows(
    ("text", "keeps"),
    [
        ("", False),
        ("markdown_extensions: [tables]\n", False),
        ("markdown_extensions: [tables, nl2br]\n", True),
        ("markdown_extensions:\n  - nl2br: {}\n", True),
        ("markdown_extensions: {nl2br: {}, tables: {}}\n", True),
        ("markdown_extensions: [markdown.extensions.nl2br]\n", True),
        ("markdown_extensions: ['markdown.extensions.nl2br:Nl2BrExtension']\n", True),
        ("markdown_extensions: [5, {6: 7}]\n", False),
        ("markdown_extensions: 5\n", False),
        ("INHERIT: base.yml\n", True),
        ("INHERIT: base.yml\nmarkdown_extensions: {tables: {}}\n", True),
        ("INHERIT: base.yml\nmarkdown_extensions: [tables]\n", False),
    ],
)
def test_lines_are_kept_where_the_site_has_nl2br(tmp_path: Path, text: str, keeps: bool) -> None:
    write(tmp_path / "base.yml", "markdown_extensions: {nl2br: {}}\n")
    write(tmp_path / "mkdocs.yml", text)
    assert settings.keeps_lines(tmp_path) == keeps
    assert settings.keeps_lines_at(tmp_path / "docs/en/index.md") == keeps


_SITE = """\
site_name: x
docs_dir: {}
plugins:
  - i18n: {{languages: [{{locale: en, default: true}}]}}
"""


@rows("given", ["docs", "./docs/"])
def test_pages_are_in_docs(tmp_path: Path, given: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(_SITE.format(given), "utf-8")
    assert settings.read(tmp_path).languages == ("en",)


@rows("given", ["content", "handbook/docs", ".", "../docs"])
def test_another_folder_is_named_with_the_cure(tmp_path: Path, given: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(_SITE.format(given), "utf-8")
    with pytest.raises(SettingsError) as caught:
        settings.read(tmp_path)
    assert str(caught.value).startswith(f"mkdocs.yml:2: has its pages in {given}, ")


@rows("value", ["5", "true", "{en: English}", "en"])
def test_languages_that_are_no_list_are_none(tmp_path: Path, value: str) -> None:
    write(tmp_path / "mkdocs.yml", f"plugins:\n  - i18n: {{languages: {value}}}\n")
    assert settings.mkdocs_languages(tmp_path / "mkdocs.yml") == ()


@rows(
    ("given", "fault"),
    [
        ('exclude_docs: "!"\n', r"mkdocs.yml:1: .*'!'; correct the pattern"),
        ("plugins: [exclude: {regex: 'a('}]\n", r"mkdocs.yml:1: the plugin exclude: 'a\('.*; corr"),
    ],
)
def test_a_pattern_that_is_none_is_named(tmp_path: Path, given: str, fault: str) -> None:
    write(tmp_path / "mkdocs.yml", given)
    with pytest.raises(SettingsError, match=fault):
        exclusions.of(tmp_path)


def test_what_is_no_draft_may_still_be_excluded(tmp_path: Path) -> None:
    patterns = 'exclude_docs: notes.md\ndraft_docs: "*.md\\n!notes.md\\n!page.md"\n'
    write(tmp_path / "mkdocs.yml", patterns)
    found = exclusions.of(tmp_path)
    told = [found.match_file(f"en/{name}.md") for name in ("notes", "page", "other")]
    assert told == [True, False, True]


@rows("table", [None, '[project]\nname = "x"\n'])
def test_a_site_that_is_no_handbook_is_told_to_become_one(
    tmp_path: Path, table: str | None
) -> None:
    write(tmp_path / "mkdocs.yml", "site_name: x\nplugins: [search]\n")
    if table:
        write(tmp_path / "pyproject.toml", table)
    with pytest.raises(SettingsError, match="is of a site that is no handbook; make one"):
        settings.read(tmp_path)
