"""Icons of sections and pages in the navigation, by their titles in mkdocs.yml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page


def assign(nav: Navigation, icons: Mapping[str, str]) -> dict[str, str]:
    """Set the icons of sections by their English titles; return the icons of pages by file."""
    _preset_attributes(nav.items)
    pages: dict[str, str] = {}
    for item in nav.items:
        icon = icons.get(vars(item).get("title", ""))
        if icon and isinstance(item, Section):
            item.meta = {"icon": icon}  # type: ignore[attr-defined]  # where the theme looks
            pages |= {page.file.src_uri: icon for page in _first_pages(item)}
        elif icon and isinstance(item, Page):
            pages[item.file.src_uri] = icon
    return pages


def _preset_attributes(items: Iterable[StructureItem]) -> None:
    """Set to None the attributes that Material's templates look up in sections.

    A missing attribute costs Jinja two exceptions and an object, about three hundred times a page.
    """
    for item in items:
        if isinstance(item, Section):
            vars(item).update(dict.fromkeys(("encrypted", "is_index", "meta", "pages", "typeset")))
            _preset_attributes(item.children)


def _first_pages(section: Section) -> list[Page]:
    """Return the index page that the theme shows in place of a section, if there is one."""
    return [each for each in section.children if isinstance(each, Page) and each.is_index]
