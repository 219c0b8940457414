"""Give a page that gathers what others name the pages that it asks for."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs.structure.pages import Page

from handbook.bitext.problem import Problem
from handbook.press.core.log import log
from handbook.press.core.tree import Element
from handbook.press.pages import gathered, numbers, status
from handbook.press.plugin.state import State


def fill(content: Element, page: Page, state: State) -> None:
    """Put what other pages of the navigation name where a page asks for it."""
    leaf = state.leaf(page)
    for section in gathered.fill(content, lambda section: _having(section, page, state)):
        fault = f"no page in the navigation has a section {section} with a table or definition list"
        cure = f"give the heading of one {{ #{section} }}, or take the element out"
        log.warning(Problem(leaf.file, leaf.line_with("data-gather"), f"{fault}; {cure}"))


def _having(section: str, page: Page, state: State) -> Iterator[gathered.Page]:
    """Yield the pages of the navigation, but for `page`, that may have a section."""
    editions = state.editions
    assert editions.handbook.render is not None  # every build sets it
    for each in state.in_order():
        leaf = state.leaf(each)
        if each is not page and section in numbers.text(leaf):
            title, language = editions.title(leaf.path, leaf.language)
            link = status.linked(each.file.url_relative_to(page.file), title, language, leaf)
            content = numbers.rendered(leaf, editions.layout(leaf.path), editions.handbook.render)
            yield gathered.Page(leaf, link, content)


def made_from(html: str, state: State) -> Iterator[str]:
    """Yield what the HTML of a page depends on in others: their texts, where it gathers any."""
    if gathered.is_asked_for(html):
        for each in state.in_order():
            leaf = state.leaf(each)
            yield f"{each.url} {leaf.source.language} {leaf.is_available}\n{numbers.text(leaf)}"
