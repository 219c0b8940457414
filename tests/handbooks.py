"""Small handbooks with this repository's settings, hooks and theme, and texts of their own."""

from __future__ import annotations

import base64
import json
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from folders import ROOT, TOOLKIT
from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import Unit
from handbook.bitext.files import write
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.upkeep import update
from handbook.command import main

SAMPLE = TOOLKIT / "sample"
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)
"""A picture of one pixel."""


def link(root: Path) -> None:
    """Give the handbook in `root` what the repository's settings name beside themselves."""
    for folder in ("hooks", "theme"):
        (root / folder).symlink_to(ROOT / folder)


def furnish(root: Path, settings: str = "") -> Path:
    """Give the handbook in `root` what it shares with the repository's, and further settings."""
    link(root)
    for folder in ("docs", "translations"):
        (root / folder).mkdir(exist_ok=True)
    write(root / "pyproject.toml", f"[tool.handbook]\nlanguages = {json.dumps([*_LANGUAGES])}\n")
    # Between the two, what a copy of this repository may have otherwise: its languages.
    below = f"INHERIT: {ROOT / 'mkdocs.yml'}\nplugins: {{i18n: {{languages: {_listed()}}}}}\n"
    write(root / ".settings.yml", below)
    write(root / "mkdocs.yml", f"INHERIT: .settings.yml\n{settings}")
    return root


_LANGUAGES = {"en": "English", "es": "Español", "ja": "日本語"}


def settings() -> str:
    """Return the text of the repository's mkdocs.yml without `nav`, in the languages of tests."""
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    text = re.sub(r"^nav:\n(?: .*\n|\n)*", "", text, flags=re.MULTILINE)
    listed = r"^( +)languages:\n(?:\1 .*\n)+"
    return re.sub(listed, rf"\1languages: {_listed()}\n", text, flags=re.MULTILINE)


def _listed() -> str:
    """Return the languages as the plugin i18n lists them; JSON is YAML."""
    entries = [{"locale": code, "name": name} for code, name in _LANGUAGES.items()]
    return json.dumps([entries[0] | {"default": True}, *entries[1:]], ensure_ascii=False)


def sample(root: Path, settings: str = "") -> Path:
    """Write the sample, a handbook with one of everything in three languages, into a folder."""
    shutil.copytree(SAMPLE, root, dirs_exist_ok=True)
    return furnish(root, (SAMPLE / "mkdocs.yml").read_text("utf-8") + settings)


_PAGE = "# A page\n\nThe first paragraph.\n\nThe *second* paragraph, which is wrong.\n"


def pair(root: Path, settings: str = "") -> Path:
    """Write a handbook of two pages, in English alone but for the words around them."""
    furnish(root, f"site_name: A Sample\nsite_description: Two pages.\nnav: null\n{settings}")
    for folder in ("docs/en", "translations/es"):
        (root / folder).mkdir()
    shutil.copy(SAMPLE / "translations/es/site.po", root / "translations/es")
    (root / "docs/en/index.md").write_text("# Home “sweet” home & garden\n\nHere.\n", "utf-8")
    (root / "docs/en/page.md").write_text(_PAGE, "utf-8")
    return root


_NAMES = _LANGUAGES | {"pt_BR": "Português"}


def notes(
    root: Path,
    texts: Mapping[str, str],
    languages: Sequence[str] = ("en", "es"),
    settings: str = "",
) -> None:
    """Write a handbook that shares nothing with the repository's: `texts` by their paths."""
    rows = [f"        - {{locale: {code}, name: {_NAMES[code]}}}\n" for code in languages]
    rows[0] = rows[0].replace("}", ", default: true}")
    listed = f"      docs_structure: folder\n      languages:\n{''.join(rows)}"
    head = f"site_name: Notes\ntheme: {{name: material}}\n{settings}"
    write(root / "mkdocs.yml", f"{head}plugins:\n  - i18n:\n{listed}  - bitext\n")
    for name, text in texts.items():
        write(root / name, text)


def translate(root: Path, say: Callable[[str, Unit], str | None]) -> None:
    """Bring all catalogs up to date, with what `say` makes of a catalog's path and a unit.

    Where it says None, a unit stays as it is.
    """
    handbook = Handbook.open(root)
    pages = [source.file for source in handbook.sources()]
    for each in update.updates(handbook, handbook.languages, [], pages):
        said = ((unit, say(each.path, unit)) for unit in each.after.units)
        units = tuple(
            unit if words is None else unit._replace(translation=words, fuzzy=False, previous=None)
            for unit, words in said
        )
        write(root / each.path, po.dump(replace(each.after, units=units)))


def fill(file: Path, translations: Mapping[str, str]) -> None:
    """Put translations, by their messages, into a catalog that has none of them yet."""
    text = file.read_text("utf-8")
    for message, translation in translations.items():
        head = f'msgid "{message}"\nmsgstr '
        assert f'{head}""' in text, message
        text = text.replace(f'{head}""', f'{head}"{translation}"')
    write(file, text)


def edit(*swaps: tuple[str, str], name: str) -> None:
    """Replace texts in a file, each of which must be there."""
    text = Path(name).read_text("utf-8")
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    write(Path(name), text)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str], list[str]]:
    """Call the command; return its exit status, and the lines on both outputs."""
    status = main.main(words)
    out, err = capsys.readouterr()
    return status, out.splitlines(), err.splitlines()
