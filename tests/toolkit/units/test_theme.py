"""Templates of the theme, compiled once."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, pass_context
from mkdocs.utils.templates import script_tag_filter, url_filter

from handbook.bitext.files import write
from handbook.bitext.languages.registry import Languages
from handbook.press.core import caches, theme
from handbook.press.core import material as materials
from handbook.press.plugin import pages, references
from rows import rows


@pytest.fixture
def material(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for Material's."""
    folder = tmp_path / "material"
    folder.mkdir()
    monkeypatch.setattr(theme, "MATERIAL", folder)
    return folder


def _rendered(template: Path, kept: Path, **filters: Callable[..., str]) -> str:
    env = Environment(loader=FileSystemLoader(template.parent))
    env.filters |= {"url": url_filter, "script_tag": script_tag_filter, **filters}
    theme.keep_compiled(env, kept)
    return env.get_template(template.name).render()


def test_mixed_colors_have_plain_ones_for_browsers_that_mix_none() -> None:
    """A property that holds a color which is not understood is not there at all."""
    guarded = re.compile(r"@supports \(color: color-mix\(.*?\n}", re.DOTALL)
    styles = {file: file.read_text("utf-8") for file in theme.FOLDER.parent.rglob("*.css")}
    assert [file for file, text in styles.items() if "color-mix" in guarded.sub("", text)] == []
    assert any("color-mix" in text for text in styles.values())


def test_compiled_templates_are_kept_until_they_are_edited(material: Path, tmp_path: Path) -> None:
    folder, page = tmp_path / "build/templates", material / "page.html"
    page.write_text("{{ 1 + 1 }}", "utf-8")
    assert _rendered(page, folder) == "2"
    [kept] = folder.iterdir()
    before = kept.read_bytes()
    assert _rendered(page, folder) == "2"
    assert kept.read_bytes() == before
    page.write_text("{{ 1 + 2 }}", "utf-8")
    assert _rendered(page, folder) == "3"
    assert kept.read_bytes() != before


def _saying(words: str, *, once: bool = False) -> dict[str, Callable[..., str]]:
    """Our filters in a language; called `once`, when the template is compiled, as a hook's are."""
    given: Callable[..., str] = pass_context(lambda _, message: words)
    translated = (lambda message: words) if once else given
    return {"translated": translated, "with_own_search": given}


@rows(
    ("is_ours", "once", "is_kept"),
    [(True, False, True), (True, True, False), (False, False, False), (False, True, False)],
)
def test_what_a_filter_says_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_ours: bool, once: bool, is_kept: bool
) -> None:
    page = tmp_path / "page.html"
    page.write_text("{{ 'Hello' | translated }}", "utf-8")
    monkeypatch.setattr(theme, "FOLDER", tmp_path if is_ours else tmp_path / "elsewhere")
    for words in ("Hola", "Salut"):
        assert _rendered(page, tmp_path / "kept", **_saying(words, once=once)) == words
    assert [*map(bool, (tmp_path / "kept").iterdir())] == [True] * is_kept


@rows("name", ["url", "upper"])
def test_a_template_is_compiled_for_the_filters_that_it_has(
    material: Path, tmp_path: Path, name: str
) -> None:
    """A hook may give a filter another function, for which the code that is kept is of no use."""
    page = material / "page.html"
    page.write_text(f"{{{{ 'x' | {name} }}}}", "utf-8")
    assert _rendered(page, tmp_path / "kept", **{name: lambda each: f"({each})"}) == "(x)"
    assert list((tmp_path / "kept").iterdir()) == []


def test_templates_are_rendered_where_nothing_can_be_kept(material: Path, tmp_path: Path) -> None:
    page = material / "page.html"
    page.write_text("{{ 1 + 1 }}", "utf-8")
    (tmp_path / "build").write_text("a file", "utf-8")
    assert _rendered(page, tmp_path / "build/templates") == "2"


def test_a_damaged_compiled_template_is_compiled_again(material: Path, tmp_path: Path) -> None:
    page = material / "page.html"
    page.write_text("{{ 1 + 1 }}", "utf-8")
    assert _rendered(page, tmp_path / "kept") == "2"
    [kept] = (tmp_path / "kept").iterdir()
    kept.write_bytes(kept.read_bytes()[:-20])
    assert _rendered(page, tmp_path / "kept") == "2"


def test_what_git_keeps_is_not_run(material: Path, tmp_path: Path) -> None:
    folder, page = tmp_path / "build/templates", material / "page.html"
    page.write_text("{{ 1 + 1 }}", "utf-8")
    _rendered(page, folder)
    for words in (["init", "-q"], ["add", "--force", "build"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    caches.forget()
    env = Environment()
    theme.keep_compiled(env, folder)
    assert env.bytecode_cache is None


# Material's words ------------------------------------------------------------------------------


PACKAGE = Languages()


def _material_says(key: str, code: str, words: dict[str, str], custom: Path) -> str:
    env = Environment(loader=FileSystemLoader([custom, theme.MATERIAL]))
    materials.teach(env, PACKAGE[code], lambda message: words.get(message, message))
    module: Any = env.get_template(f"partials/languages/{code}.html").module
    return str(module.t(key))


@rows(
    ("code", "words", "label"),
    [
        ("en", {}, "On this page"),
        ("fr", {"On this page": 'Sur cette page d’"ici"'}, 'Sur cette page d’"ici"'),
        ("fr", {}, "Table des matières"),
        ("pt-BR", {"On this page": "Nesta página"}, "Nesta página"),
        ("qu", {}, "On this page"),
        ("qu", {"On this page": "𝒜 {{ key }} %}"}, "𝒜 {{ key }} %}"),
    ],
)
def test_a_page_has_its_own_label_for_its_contents(
    code: str, words: dict[str, str], label: str, tmp_path: Path
) -> None:
    assert _material_says("toc", code, words, tmp_path) == label
    assert _material_says("language", code, words, tmp_path) == PACKAGE[code].tag
    assert _material_says("search", code, words, tmp_path) != ""


def test_the_label_of_a_site_stays(tmp_path: Path) -> None:
    own = '{% macro t(key) %}{{ {"toc": "In short", "language": "en"}[key] }}{% endmacro %}'
    (tmp_path / "partials/languages").mkdir(parents=True)
    (tmp_path / "partials/languages/en.html").write_text(own, "utf-8")
    assert _material_says("toc", "en", {}, tmp_path) == "In short"


def test_a_template_of_the_site_stands_on_ours(tmp_path: Path) -> None:
    from mkdocs.config.defaults import MkDocsConfig

    texts = {
        "site/main.html": "{% extends 'base.html' %}"
        "{% block content %}[{{ super() }}]{% endblock %}",
        "ours/base.html": "{% extends 'beneath/base.html' %}"
        "{% block content %}({{ super() }}){% endblock %}",
        "theirs/base.html": "<{% block content %}text{% endblock %}>",
        "theirs/main.html": "{% extends 'base.html' %}",
    }
    for name, text in texts.items():
        write(tmp_path / name, text)
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "theme": {"name": "mkdocs"}})
    config.validate()

    def main(*names: str) -> str:
        folders = [str(tmp_path / name) for name in names]
        config.theme.dirs[:] = [
            each.replace(str(tmp_path / "ours"), str(theme.FOLDER)) for each in folders
        ]
        env = Environment(loader=FileSystemLoader(folders))
        theme.lay_beneath(env, config)
        return env.get_template("main.html").render()

    assert main("site", "ours", "theirs") == "<[(text)]>"
    assert main("ours", "theirs") == "<(text)>"


@rows(
    ("template", "new"),
    [
        ("edit/main/docs/{path}", "edit/main/{path}"),
        ("https://x.example/?f=docs/{path!q}", "https://x.example/?f={path!q}"),
        ("docs/{path_noext}.md", "{path}"),
        ("edit/main/my-docs/{path}", "edit/main/my-docs/{path}"),
    ],
)
def test_addresses_of_edits_are_those_of_paths_from_the_root(template: str, new: str) -> None:
    assert pages.from_root(template) == new


def test_autorefs_forgets_the_headings_of_the_language_before() -> None:
    kept: dict[str, Any] = {"_primary_url_map": {"a": ["en/#a"]}, "_abs_url_map": {"b": "x"}}
    plugin = SimpleNamespace(**kept, scan_toc=True)
    config: Any = SimpleNamespace(plugins={"autorefs": plugin})
    references.forget(config)
    assert (plugin._primary_url_map, plugin._abs_url_map) == ({}, {"b": "x"})
    config.plugins = {}
    references.forget(config)  # a site without it
