"""The terms of the glossary on the pages of a language: marked there, and listed by page."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from press.pages import glossary
from press.plugin.state import State


def mark(html: str, page: Page, state: State, files: Files) -> str:
    """Make terms of the glossary links. The glossary itself and print sheets have none."""
    there = state.glossary_file(files)
    if there is None or page.file is there or page.meta.get("sheet"):
        return html
    return glossary.link(html, state.glossary, there.url_relative_to(page.file))


def list_pages(state: State) -> None:
    """Below each entry of the glossary, list the pages that name it; all have their content now."""
    there = state.glossary_file(state.files)
    if there is None or there.page is None:
        return
    users: dict[str, list[str]] = {}
    for page in _in_order(state):
        title = Markup(page.title or "").striptags()
        user = f'<a href="{page.file.url_relative_to(there)}">{escape(title)}</a>'
        for key in glossary.linked(page.content or ""):
            users.setdefault(key, []).append(user)
    html = there.page.content or ""
    there.page.content = glossary.with_users(html, users, state.language, state.say)


def _in_order(state: State) -> Iterator[Page]:
    """The pages of the navigation, in its order."""
    firsts = (each for each in state.pages() if each.next_page and not each.previous_page)
    page = next(firsts, None)
    while page:
        yield page
        page = page.next_page
