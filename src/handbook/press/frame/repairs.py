"""Repairs of finished pages for keyboards, screen readers and HTML validators.

Each repair names the template or program that writes the faulty markup; a test fails once nothing
writes it any more. Repairs are not overridden templates: a copy of a large template of Material's
would have to follow each release, for one attribute. They are not passes over the content's tree
either: most of them change what is around the content, and the others are for screens only, while
books use the same content.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import NamedTuple

from markupsafe import escape

from handbook.bitext.languages import scripts
from handbook.press.core.editions import Say
from handbook.press.core.interface import N_

# Translators: The button that opens the navigation on a phone, for screen readers.
_MENU = N_("Menu")
_DRAWER = '<input class="md-toggle" data-md-toggle="drawer"'
_SKIP = re.compile(rf'({_DRAWER}.*?)(<div data-md-component="skip">.*?</div>)', re.DOTALL)
_SHOWN = '<label class="md-nav__link md-nav__link--active" for="__toc"'
_SHOWN_WORDS = re.compile(rf'({_SHOWN}[^>]*>.*?<span class="md-ellipsis")', re.DOTALL)
_CONTENTS = re.compile(r'(<label class="md-nav__title") for="__toc"')
_NO_TABINDEX = re.compile(r'(<label class="md-nav__link[^<>]*) tabindex=""')
_CURRENT = re.compile(r'<a href="[^"]*" class="md-nav__link md-nav__link--active"')
_COMPLETED = re.compile(r'(<input class="md-toggle"[^>]*) autocomplete="off"')
_EMPTY_HEADING = re.compile(r"<th\b([^>]*)>((?:\s|&nbsp;|\xa0)*)</th>")
_TABLE = re.compile(r"<table(?![^>]*\bclass=)\b.*?</table>", re.DOTALL)
_SCROLLED = r'<div class="md-typeset__scrollwrap"><div class="md-typeset__table">\g<0></div></div>'
_TASK = re.compile(
    r'(<label class="task-list-control">(?:(?!</label>).)*)</label>'
    r"(.*?)(?=\s*(?:</li>|</p>|<(?:p|ul|ol|dl|div|details|blockquote|table|pre)\b))",
    re.DOTALL,
)
"""The label of a task's box, which is empty, and the words behind it, up to the next block."""


_UNTRANSLATED = re.compile(
    r'<h[1-6] [^>]*?\bid="([^"]+)"[^>]*><span class="missing" (lang="[^"]*" dir="[^"]*")>'
)
_ENTRY = re.compile(
    r'(<a href="#([^"]+)" class="md-nav__link">\s*<span class="md-ellipsis">\s*)'
    r"(.*?)(\s*</span>\s*</a>)",
    re.DOTALL,
)


def _in_their_languages(html: str) -> str:
    """Return a page whose contents say which entries are in the language of its source.

    Else `Rules!` would be `!Rules` where others are written from the right, and be read out as if
    it were in their language.
    """
    tongues = dict(_UNTRANSLATED.findall(html))

    def entry(found: re.Match[str]) -> str:
        start, name, text, end = found.groups()
        tongue = tongues.get(name)
        return f"{start}<bdi {tongue}>{text}</bdi>{end}" if tongue else found[0]

    return _ENTRY.sub(entry, html) if tongues else html


_NAME = re.compile(
    r'(<(?:span class="md-ellipsis"|legend class="md-feedback__title")>\s*)'
    r"([^<>]*?)(?=\s*</(?:span|legend)>)"
)


def _in_their_directions(html: str) -> str:
    """Return a page on which names that are written only from the other side have their direction.

    Menus have names of pages that are not translated; their marks would stand at the wrong end.
    """
    own = "rtl" if '<body dir="rtl"' in html else "ltr"

    def directed(found: re.Match[str]) -> str:
        direction = scripts.direction(unescape(found[2]))
        is_other = direction not in {"", own}
        return f'{found[1]}<bdi dir="{direction}">{found[2]}</bdi>' if is_other else found[0]

    return _NAME.sub(directed, html)


class Repair(NamedTuple):
    """A repair of one fault in finished pages."""

    writer: str
    """The template or program that writes the faulty markup."""
    reason: str
    apply: Callable[[str, Say], str]
    """Returns the repaired page; the interface text is in the language of the page's frame."""


REPAIRS = (
    Repair(
        "Material's base.html",
        "“Skip to content” is what a first Tab reaches",
        lambda html, say: _SKIP.sub(r"\2\1", html, count=1),
    ),
    Repair(
        "Material's base.html",
        "there is nothing to complete in a checkbox",
        lambda html, say: _COMPLETED.sub(r"\1", html),
    ),
    Repair(
        "Material's base.html",
        "the checkbox that opens the navigation needs a name",
        lambda html, say: html.replace(_DRAWER, f'{_DRAWER} aria-label="{escape(say(_MENU))}"'),
    ),
    Repair(
        "Material's partials/nav-item.html",
        "an empty tabindex is none, and in the drawer it opens a section",
        lambda html, say: _NO_TABINDEX.sub(r'\1 tabindex="0"', html),
    ),
    Repair(
        "Material's partials/nav-item.html",
        "in the drawer the page that is shown opens its contents, for keys too",
        lambda html, say: html.replace(_SHOWN, f'{_SHOWN} id="__toc_label" tabindex="0"'),
    ),
    Repair(
        "Material's partials/nav-item.html",
        "a screen reader says which page of the drawer is shown; no label may have the attribute",
        lambda html, say: _SHOWN_WORDS.sub(r'\1 aria-current="page"', html, count=1),
    ),
    Repair(
        "Material's partials/nav-item.html",
        "a screen reader says which page of the navigation is shown",
        lambda html, say: _CURRENT.sub(r'\g<0> aria-current="page"', html),
    ),
    Repair(
        "Material's partials/toc.html",
        "where the list of contents is always open, there is no checkbox that opens it",
        lambda html, say: html if 'id="__toc"' in html else _CONTENTS.sub(r"\1", html),
    ),
    Repair(
        "Material's partials/toc-item.html",
        "a heading that is not translated is so in the contents too",
        lambda html, say: _in_their_languages(html),
    ),
    Repair(
        "Material's partials/nav-item.html",
        "a name or a question that is not translated may be written from the other side",
        lambda html, say: _in_their_directions(html),
    ),
    Repair(
        "Material's script",
        "it puts tables into boxes that scroll, so late that the reader's place would move",
        lambda html, say: _TABLE.sub(_SCROLLED, html),
    ),
    Repair(
        "Python-Markdown's `tables`",
        "a heading without words names nothing",
        lambda html, say: _EMPTY_HEADING.sub(r"<td\1>\2</td>", html),
    ),
    Repair(
        "PyMdown's `tasklist`",
        "the words beside a box are its name",
        lambda html, say: _TASK.sub(r"\1\2</label>", html),
    ),
)


def mend(html: str, say: Say) -> str:
    """Return a finished page repaired: valid, each control with a name and reachable by keyboard.

    `say` gives interface text in the language of the page's frame.
    """
    for repair in REPAIRS:
        html = repair.apply(html, say)
    return html
