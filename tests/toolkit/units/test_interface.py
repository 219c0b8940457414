"""Interface text: translations of it are words too, wherever they are put."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from material.plugins.search.plugin import SearchPlugin
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from handbook.bitext.files import write
from handbook.bitext.problem import SettingsError
from handbook.bitext.translate.guards import interface_refusal
from handbook.command import catalogs
from handbook.press.core import interface
from handbook.press.make import build
from handbook.press.make.interface import find
from rows import rows

NOTICE = "What is missing stands here in {language}, with a line and a label beside it."


@rows(
    "translation",
    [
        "<script>alert(1)</script> {language}",
        "{language} <img src=x onerror=alert(1)>",
        "{language} <!-- hidden",
        "{language} <",
        "no field",
        "{language} {language}",
        "{idioma}",
        "{language} }",
        "{language} {",
        "{language.__class__}",
        "{language!r}",
        "{0} {language}",
        "{language} \u202e",
        "{language} \u2067",
        "{language} \x01",
        "{language} &#x202e;",
        "{language} \ufffe",
        "{language} \uffff",
    ],
)
def test_what_is_more_than_words_is_refused(translation: str) -> None:
    assert interface_refusal(NOTICE, translation)


def test_what_is_blank_is_called_that() -> None:
    for blank in (" ", "\u3000\xa0", "\n"):
        assert interface_refusal("Contents", blank) == (
            "it is blank; write a translation, or empty it"
        )


@rows(
    ("message", "translation"),
    [
        (NOTICE, "Lo que falta está en {language} & «así», 5 > 3."),
        ("Back to the text of note {}", "Volver al texto de la nota {}"),
        ("Contents", "目次"),
        ("<b>Who</b> may use it", "Quién puede <b>usarlo</b>"),
    ],
)
def test_words_are_not_refused(message: str, translation: str) -> None:
    assert interface_refusal(message, translation) is None


SITE = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "This page has not been translated yet. You see it in {language}."
msgstr "<script>alert(1)</script> {language}"

msgid "Home"
msgstr "Inicio & <b>más</b>"

msgid "Edition of {date}"
msgstr "Edición } {date}"

msgid "Share"
msgstr "Compartir \\" onclick=\\"alert(1)"
"""


@pytest.mark.build
def test_it_is_named_and_the_words_of_the_program_are_used(tmp_path: Path) -> None:
    write(
        tmp_path / "mkdocs.yml",
        "site_name: <b>A</b> & B\ntheme: {name: material}\nnav: [Home: index.md]\n"
        "plugins: {search: {}, bitext: {}, i18n: {docs_structure: folder, languages: ["
        "{locale: en, name: English, default: true}, {locale: es, name: Español}]}}\n",
    )
    write(tmp_path / "docs/en/index.md", "---\nreviewed: 2026-01-31\n---\n# Hello\n\nWords.\n")
    write(tmp_path / "translations/es/site.po", SITE)
    problems = build.build(tmp_path).problems
    places = [str(each).split(": words:")[0] for each in problems]
    assert places == [f"translations/es/site.po:{line}" for line in (4, 7, 10)]
    page = (tmp_path / "site/es/index.html").read_text("utf-8")
    assert "Esta página todavía no está traducida. Se muestra en inglés." in page
    assert "<script>alert" not in page
    assert "<b>más</b>" not in page
    assert 'onclick="alert' not in page
    assert (tmp_path / "site/books/handbook-es.pdf").exists()


def test_without_languages_the_messages_are_not_known_and_the_cure_is(tmp_path: Path) -> None:
    write(tmp_path / "mkdocs.yml", "site_name: X\ntheme: {name: material}\nplugins: [search]\n")
    (tmp_path / "docs").mkdir()
    with pytest.raises(SettingsError, match=r"^mkdocs\.yml:1: has no plugin i18n; write"):
        find(tmp_path)


MAKING = """\
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

def on_files(files, config):
    files.append(File.generated(config, "parts/made.md", content="# Made"))
"""


MADE_BY_HOOK = (
    "site_name: A\ntheme: {name: material}\nhooks: [hook.py]\n"
    "plugins: {bitext: {}, i18n: {docs_structure: folder, languages: ["
    "{locale: en, name: English, default: true}, {locale: es, name: Español}]}}\n"
)


@rows("failure", ['raise PluginError("no")', "raise ValueError"])
def test_titles_stay_while_the_hook_that_makes_them_fails(failure: str, tmp_path: Path) -> None:
    write(tmp_path / "mkdocs.yml", MADE_BY_HOOK)
    write(tmp_path / "docs/en/index.md", "# Hello\n")
    write(tmp_path / "hook.py", MAKING)
    assert list(catalogs.write_all(tmp_path)) == []
    written = (tmp_path / "translations/es/site.po").read_bytes()
    assert b'"Parts"' in written
    write(
        tmp_path / "mkdocs.yml", MADE_BY_HOOK.replace("hook.py", "failing.py")
    )  # MkDocs reads it once
    write(tmp_path / "failing.py", MAKING.replace("files.append(", f"{failure}\n    files.append("))
    [problem] = catalogs.write_all(tmp_path)
    assert problem.path in ("failing.py", "mkdocs.yml")
    assert (tmp_path / "translations/es/site.po").read_bytes() == written
    assert len(build.find_generated(build.handbook(tmp_path))) == 1


def test_titles_stay_while_a_plugin_fails_that_makes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_files(plugin: SearchPlugin, files: Files, config: MkDocsConfig) -> None:
        files.append(File.generated(config, content.pop(), content="# Made"))

    content = ["parts/made.md"]
    monkeypatch.setattr(SearchPlugin, "on_files", on_files, raising=False)
    settings = MADE_BY_HOOK.replace("hooks: [hook.py]\n", "").replace(
        "{bitext", "{search: {}, bitext"
    )
    write(tmp_path / "mkdocs.yml", settings)
    write(tmp_path / "docs/en/index.md", "# Hello\n")
    assert list(catalogs.write_all(tmp_path)) == []
    [problem] = catalogs.write_all(tmp_path)
    assert str(problem).startswith("mkdocs.yml:3: the plugin material/search: on_files raises")
    assert b'"Parts"' in (tmp_path / "translations/es/site.po").read_bytes()


@rows("said", ["DeprecationWarning: x", "hook.py:3: is an old one"])
def test_what_a_hook_only_logs_fails_no_update_and_keeps_no_title(
    said: str, tmp_path: Path
) -> None:
    log = f'    logging.getLogger("mkdocs.hooks").warning("{said}")\n'
    write(tmp_path / "mkdocs.yml", MADE_BY_HOOK)
    write(tmp_path / "docs/en/index.md", "# Hello\n")
    for file, folder in (("hook.py", "parts"), ("other.py", "pieces")):
        made = MAKING.replace("parts/", f"{folder}/")
        write(tmp_path / file, f"import logging\n{made}{log}")
        write(tmp_path / "mkdocs.yml", MADE_BY_HOOK.replace("hook.py", file))
        assert list(catalogs.write_all(tmp_path)) == []
    titles = [message for message, note in find(tmp_path).messages if "avigation" in note]
    assert ("Pieces" in titles, "Parts" in titles) == (True, False)
    assert build.find_generated(build.handbook(tmp_path)) == []


def test_messages_in_code_are_those_that_babel_finds() -> None:
    package = Path(str(files("handbook.press")))
    found = [
        (str(message), " ".join(comments).removeprefix("Translators:").strip())
        for file in sorted(package.rglob("*.py"))
        for _, message, comments, _ in extract_from_file(
            "python", file, keywords={"N_": None}, comment_tags=["Translators:"]
        )
    ]
    assert list(interface.in_code()) == found
