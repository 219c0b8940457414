"""Wrong values in mkdocs.yml: each is a line with its place, and the rest is used."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config import load_config

from handbook.bitext.files import write
from handbook.bitext.problem import Problem, SettingsError
from handbook.press.core.config import load, settle
from handbook.press.core.log import collected
from rows import rows

SETTINGS = """\
site_name: Two pages
theme:
  name: material
plugins:
  search: {}
  bitext: {}
  i18n:
    docs_structure: folder
    languages:
      - {locale: en, name: English, default: true}
"""
THEME = "theme:\n  name: material\n"


def loaded(root: Path, settings: str) -> list[Problem]:
    """Load the settings and return what is wrong; SettingsError if they cannot be used."""
    write(root / "mkdocs.yml", settings)
    (root / "docs").mkdir(exist_ok=True)
    with collected() as problems:
        load(root)
    return problems


@rows(
    ("more", "line", "words"),
    [
        ("copyright: 5\n", 11, '"copyright: 5" is no text'),
        ("copyright: [a]\n", 11, "\"copyright: ['a']\" cannot be used; write a text"),
        ("site_url: 5\n", 11, '"site_url: 5" cannot be used'),
        ("site_url: 'https://[bad/'\n", 11, "is no address"),
        ("nav: 5\n", 11, '"5" is no item of nav'),
        ("nav: page.md\n", 11, '"page.md" is no item of nav'),
        ("nav:\n  - a.md\n  - 5\n", 13, '"5" is no item of nav'),
        ("nav:\n  - A:\n", 12, '"A" of nav has nothing below it'),
        ("nav:\n  - [a.md]\n", 12, "a list in a list of nav has no title"),
        ("nav:\n  - {A: a.md, B: b.md}\n", 12, "several titles are one item"),
        ("nav: {A: a.md}\n", 11, "what is below a title of nav is no list"),
        ("extra: 5\n", 11, '"extra: 5" cannot be used; write keys with values'),
        ("extra:\n  status: 5\n", 12, '"status: 5" cannot be used'),
        ("extra:\n  social:\n    - 5\n", 13, '"5" cannot be used'),
        ("extra_css: [5]\n", 11, '"5" cannot be used; write an address'),
        ("extra_javascript:\n  - path: 5\n    type: module\n", 12, '"path: 5" cannot be used'),
        ("extra_javascript: 5\n", 11, "cannot be used; write a list: [a, b]"),
        ("validation: 5\n", 11, "cannot be used; write keys with values"),
        ("validation:\n  nav: {not_found: x}\n", 11, "Expected one of"),
        ("dev_addr: 5\n", 11, "IP:PORT"),
        ("markdown_extensions: 5\n", 11, "cannot be used; write a list"),
        ("markdown_extensions:\n  - abbr\n  - 5\n", 13, "cannot be used"),
        ("markdown_extensions:\n  - abbr\n  - nosuch\n", 13, "No module named 'nosuch'"),
        ("markdown_extensions:\n  - toc: 5\n", 12, "Invalid config options"),
        ("markdown_extensions:\n  - toc: {nosuch: 1}\n", 12, "KeyError: 'nosuch'"),
        ("  nosuch: {}\n", 11, "is not installed"),
        ("  nosuch: {a: 1}\n", 11, "is not installed"),
        ("sitename: x\n", 11, "Unrecognised configuration name"),
        ("hooks: 5\n", 11, "cannot be used; write a list"),
    ],
)
def test_a_value_is_named_and_left_out(tmp_path: Path, more: str, line: int, words: str) -> None:
    [problem] = loaded(tmp_path, SETTINGS + more)
    assert (problem.path, problem.line) == ("mkdocs.yml", line)
    assert words in problem.text


@rows(
    ("old", "new", "line"),
    [
        (THEME, "theme: 5\n", 2),
        (THEME, "theme: [material]\n", 2),
        ("material\n", "material\n  features: 5\n", 4),
        ("material\n", "material\n  features: [a, 5]\n", 4),
        ("material\n", "material\n  palette: 5\n", 4),
        ("material\n", "material\n  palette:\n    - {scheme: a}\n    - {toggle: 5}\n", 6),
        ("material\n", "material\n  font: [a]\n", 4),
        ("material\n", "material\n  custom_dir: 5\n", 4),
        ("material\n", "material\n  custom_dir: nosuch\n", 2),
        ("material\n", "material\n  static_templates: 5\n", 4),
        ("material\n", "material\n  locale: 5\n", 4),
        ("search: {}", "search: 5", 5),
        ("search: {}", "search: {lang: 5}", 5),
        ("bitext: {}", "bitext: 5", 6),
        ("bitext: {}", "bitext:\n      standing: 5", 7),
        ("bitext: {}", "bitext: {icons: 5}", 6),
        ("bitext: {}", "bitext: {nosuch: 5}", 6),
        ("      - {locale", "      - 5\n      - {locale", 10),
    ],
)
def test_a_value_of_the_theme_or_of_a_plugin_is_too(
    tmp_path: Path, old: str, new: str, line: int
) -> None:
    [problem] = loaded(tmp_path, SETTINGS.replace(old, new))
    assert (problem.path, problem.line) == ("mkdocs.yml", line), problem


@rows(
    ("settings", "path", "line", "words"),
    [
        (SETTINGS + "extra: [a\nx: y\n", "mkdocs.yml", 12, "is not YAML"),
        (SETTINGS + "\textra: 5\n", "mkdocs.yml", 11, "is not YAML"),
        (SETTINGS + "copyright: a: b\n", "mkdocs.yml", 11, "is not YAML"),
        (SETTINGS + "nav: [{[a]: b}]\n", "mkdocs.yml", 11, "unhashable"),
        (SETTINGS + "extra:\n  a: 2027-02-29\n", "mkdocs.yml", 12, '"2027-02-29" cannot be read'),
        (SETTINGS + f"extra:\n  a: {'9' * 5000}\n", "mkdocs.yml", 12, "cannot be read"),
        ("- a\n", "mkdocs.yml", 1, "has no keys"),
        ("", "mkdocs.yml", 1, "site_name"),
        (SETTINGS + "INHERIT: mkdocs.yml\n", "mkdocs.yml", 1, "inherits from itself"),
        (SETTINGS + "INHERIT: no.yml\n", "no.yml", 1, "not found"),
        (SETTINGS + "hooks: [no.py]\n", "mkdocs.yml", 11, "isn't an existing file"),
        (SETTINGS.replace("search: {}", "search: {lang: [5]}"), "mkdocs.yml", 5, "search cannot"),
        (SETTINGS.replace("default", "link: 5, default"), "mkdocs.yml", 7, "i18n cannot be loaded"),
        (SETTINGS.replace("locale: en", "locale: 5"), "mkdocs.yml", 9, "locale"),
        (SETTINGS.replace("Two pages", "[a]"), "mkdocs.yml", 1, "site_name"),
    ],
)
def test_what_ends_a_build_has_its_line(
    tmp_path: Path, settings: str, path: str, line: int, words: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, settings)
    assert [(each.path, each.line) for each in caught.value.problems] == [(path, line)]
    assert words in str(caught.value)


UNUSABLE = """\
nav: [two.md, 'https://[bad/', {A: 'https://[bad/'}]
extra: {status: 5, social: 5, generator: false}
extra_css:
  - a.css
  - 5
  - https://[bad/
extra_javascript: ['https://[bad/', {path: a.js}]
"""


def test_what_mkdocs_has_loaded_itself_is_named_and_left_out(tmp_path: Path) -> None:
    settings = SETTINGS.replace("material\n", "material\n  palette: 5\n  features: [a, 5]\n")
    write(tmp_path / "mkdocs.yml", settings + UNUSABLE)
    (tmp_path / "docs").mkdir()
    config = load_config(str(tmp_path / "mkdocs.yml"))
    with collected() as problems:
        settle(config)
        settle(load(tmp_path))  # has named its own already
    assert [each.line for each in problems[:8]] == [4, 5, 14, 14, 17, 18, 19, 13]
    assert len(problems) == 18
    assert config.theme["features"] == ["a"]
    assert config.extra == {"generator": False}
    assert (config.nav, config.extra_css) == (["two.md"], ["a.css"])
    assert [str(each) for each in config.extra_javascript] == ["a.js"]


@rows(
    ("hook", "line", "words"),
    [
        ("\n1/0\n", 2, "raises ZeroDivisionError (division by zero); correct it"),
        ("import nosuch\n", 1, "raises ModuleNotFoundError (No module named 'nosuch')"),
        ("import sys\nsys.exit(3)\n", 2, "raises SystemExit (3)"),
        ("\ndef on_config(:\n", 2, "invalid syntax; correct the line"),
    ],
)
def test_a_hook_that_cannot_be_loaded_is_named_with_its_line(
    tmp_path: Path, hook: str, line: int, words: str
) -> None:
    write(tmp_path / "hooks/own.py", hook)
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, SETTINGS + "hooks: [hooks/own.py]\n")
    [problem] = caught.value.problems
    assert (problem.path, problem.line) == ("hooks/own.py", line)
    assert words in problem.text


def test_a_hook_that_is_no_program_and_one_for_no_event_are_named(tmp_path: Path) -> None:
    write(tmp_path / "own.py", "\0")
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, SETTINGS + "hooks:\n  - own.py\n")
    assert str(caught.value).startswith("mkdocs.yml:12: own.py cannot be loaded")
    write(tmp_path / "own.py", "def on_nosuch():\n    pass\n")
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, SETTINGS + "hooks: [own.py]\n")
    assert str(caught.value).startswith("mkdocs.yml:11: on_nosuch of a hook is no event of MkDocs")


def test_a_value_that_is_inherited_has_the_line_of_its_own_file(tmp_path: Path) -> None:
    write(tmp_path / "base.yml", SETTINGS + "extra:\n  status: 5\n")
    [problem] = loaded(tmp_path, "INHERIT: base.yml\nextra:\n  generator: false\n")
    assert (problem.path, problem.line) == ("base.yml", 12)
