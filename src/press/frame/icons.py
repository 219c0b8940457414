"""What the theme asks of sections: icons, by the titles that sections have in mkdocs.yml."""

from collections.abc import Iterable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from press.core import i18n

BEFORE = i18n.AFTER + 1
"""The priority of a handler that has to come before sections get their titles in a language."""
_PAGES = "pages_with_icons"


def assign(nav: Navigation, config: MkDocsConfig) -> Navigation:
    """Give the sections of the navigation the icons that `extra: icons` names for them."""
    _answer(nav.items)
    icons = config.extra.get("icons") or {}
    pages: dict[str, str] = {}
    for item in nav.items:
        icon = icons.get(vars(item).get("title"))
        if icon and isinstance(item, Section):
            item.meta = {"icon": icon}  # type: ignore[attr-defined]  # where the theme looks
            pages |= {page.file.src_uri: icon for page in _standing_for(item)}
        elif icon and isinstance(item, Page):
            pages[item.file.src_uri] = icon
    config.extra[_PAGES] = pages
    return nav


def _answer(items: Iterable[StructureItem]) -> None:
    """Have sections say no to what templates ask of all entries of the navigation.

    Not to know costs Jinja two exceptions and an object, some three hundred times a page.
    """
    for item in items:
        if isinstance(item, Section):
            vars(item).update(dict.fromkeys(("encrypted", "is_index", "meta", "pages", "typeset")))
            _answer(item.children)


def _standing_for(section: Section) -> list[Page]:
    """The page that the theme shows in the place of a section, if there is one."""
    return [each for each in section.children if isinstance(each, Page) and each.is_index]


def keep(page: Page, config: MkDocsConfig) -> None:
    """Give a page that stands for its section the section's icon, if it has none of its own."""
    if icon := config.extra[_PAGES].get(page.file.src_uri):
        page.meta.setdefault("icon", icon)
