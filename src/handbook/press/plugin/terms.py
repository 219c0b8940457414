"""Link glossary terms on the pages of a language, and list the pages in the glossary."""

from __future__ import annotations

from markupsafe import escape
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from handbook.press.core import tree
from handbook.press.core.tree import Element
from handbook.press.pages import glossary
from handbook.press.plugin.state import State


def glossary_page(state: State) -> Page | None:
    """Return the page of the glossary, if the handbook has one."""
    there = state.glossary_file(state.files)
    return there.page if there else None


def mark(content: Element, page: Page, state: State, files: Files) -> list[str]:
    """Link the glossary terms on a page; return the keys of the linked entries.

    None on the glossary itself and on print sheets.
    """
    there = state.glossary_file(files)
    if there is None or page.file is there or page.meta.get("sheet"):
        return []
    return glossary.link(content, state.glossary, there.url_relative_to(page.file))


def list_pages(state: State) -> None:
    """List below each glossary entry the pages that use it; call this when all are rendered."""
    there = state.glossary_file(state.files)
    if there is None or there.page is None:
        return
    users: dict[str, list[str]] = {}
    for page in state.in_order():
        title = tree.plain(page.title)
        user = f'<a href="{page.file.url_relative_to(there)}">{escape(title)}</a>'
        for key in state.terms.get(page.file.src_uri, ()):
            users.setdefault(key, []).append(user)
    content = tree.parse(there.page.content or "")
    glossary.list_users(content, users, state.record.locale, state.say)
    there.page.content = tree.html(content)
