"""A new handbook with two example pages: what `handbook new` writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import Unit
from handbook.bitext.languages import cldr
from handbook.bitext.migrate import furniture, languagelist
from handbook.bitext.page import scan
from handbook.bitext.problem import Problem
from handbook.bitext.project import yamlentries
from handbook.bitext.project.catalogs import catalog_path
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.settings import MKDOCS

PAGES = ("index.md", "next.md")
_EXAMPLES = Path(str(files("handbook.bitext.migrate") / "examples"))
_SETTINGS = """\
# The site: its languages, navigation and look. Add a language: handbook add-language CODE

site_name: {name}
theme:
  name: material
  font: false # the reader's own fonts: nothing to fetch
# Without nav, every page is in the menu, by the names of the files. Name them in nav to order them.
markdown_extensions:
  - admonition
  - attr_list
  - def_list
  - footnotes
  - tables
  - toc: {{permalink: true}}
"""


def refusal(folder: Path) -> Problem | None:
    """Return the reason not to make a handbook in `folder`; None if there is none."""
    if folder.exists() and not folder.is_dir():
        return Problem(str(folder), 0, "is a file; name a new folder")
    if folder.is_dir() and any(each.name != ".git" for each in folder.iterdir()):
        cure = "name a new folder, or, for a site that is there: handbook init"
        return Problem(str(folder), 0, f"is not empty; {cure}")
    return None


def texts(folder: Path, codes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the path and text of each file of a new handbook, catalogs aside."""
    name = " ".join(folder.resolve().name.replace("_", " ").replace("-", " ").split())
    title = yamlentries.flow(name[:1].upper() + name[1:] or "Handbook")
    text = _SETTINGS.format(name=title)
    plugins = {"search": {}, "i18n": languagelist.options(codes)}
    plugins["bitext"] = languagelist.plugin_options(codes)
    yield MKDOCS, yamlentries.with_entries(text, "plugins", plugins)
    for page in PAGES:
        yield f"docs/{codes[0]}/{page}", _example(codes[0], page)
    yield "requirements.txt", f"{furniture.DISTRIBUTION}\n"
    yield from furniture.files(folder, codes[0], codes)


def catalogs(handbook: Handbook) -> Iterator[tuple[str, str]]:
    """Yield the path and text of each catalog of the example pages, in the languages we know."""
    for source in handbook.sources():
        if source.path not in PAGES:
            continue
        for language in handbook.languages[1:]:
            if not is_known(language) or (language == "en" and not is_known(source.language)):
                continue  # there are no words in it, or the page itself is in these
            pairs = zip(
                handbook.read(source).segments,
                scan.read(_example(language, source.path)).segments,
                strict=True,
            )
            known = {one.key: other.message for one, other in pairs}
            catalog = handbook.catalog(source, language)
            units = tuple(_filled(each, known) for each in catalog.units)
            yield (
                catalog_path(source.path, language),
                po.dump(replace(catalog, units=units)),
            )


def _filled(unit: Unit, known: dict[str, str]) -> Unit:
    return unit._replace(translation=known.get(unit.key, ""))


def is_known(code: str) -> bool:
    """Tell whether the example pages are there in a language."""
    return any((_EXAMPLES / each).is_dir() for each in cldr.fallbacks(code))


def _example(code: str, page: str) -> str:
    """Return an example page in a language; in English where there is none."""
    folders = (_EXAMPLES / each for each in (*cldr.fallbacks(code), "en"))
    return next(each for each in folders if each.is_dir()).joinpath(page).read_text("utf-8")
