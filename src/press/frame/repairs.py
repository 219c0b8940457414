"""Mend in finished pages what keyboards, screen readers and validators stumble over.

Each repair knows the markup that Material or a Markdown extension writes, and what should stand
there. One whose markup is gone does nothing; the audits of the built site find what comes anew.
"""

import re

from markupsafe import escape

from press.core.editions import Say
from press.core.interface import N_

# Translators: The button that opens the navigation on a phone, for screen readers.
_MENU = N_("Menu")
_DRAWER = '<input class="md-toggle" data-md-toggle="drawer"'
_SKIP = re.compile(rf'({_DRAWER}.*?)(<div data-md-component="skip">.*?</div>)', re.DOTALL)
_COMPLETED = re.compile(r'(<input class="md-toggle"[^>]*) autocomplete="off"')
_SEARCH = re.compile(r'(<div class="md-search" [^>]*) role="dialog"')
_EMPTY_HEADING = re.compile(r"<th\b([^>]*)>((?:\s|&nbsp;|\xa0)*)</th>")
_TABLE = re.compile(r"<table(?![^>]*\bclass=)\b.*?</table>", re.DOTALL)
_SCROLLED = r'<div class="md-typeset__scrollwrap"><div class="md-typeset__table">\g<0></div></div>'
_TASK = re.compile(
    r'(<label class="task-list-control">(?:(?!</label>).)*)</label>'
    r"(.*?)(?=\s*(?:</li>|</p>|<(?:p|ul|ol|dl|div|details|blockquote|table|pre)\b))",
    re.DOTALL,
)


def mend(html: str, say: Say) -> str:
    """The finished page `html`, valid, with a name and a key to reach it for all that is operated.

    `say` tells a message in the language of the page's frame.
    """
    html = _SKIP.sub(r"\2\1", html, count=1)  # “Skip to content” is what a first Tab reaches
    html = _COMPLETED.sub(r"\1", html)  # there is nothing to complete in a checkbox
    html = html.replace(_DRAWER, f'{_DRAWER} aria-label="{escape(say(_MENU))}"')
    html = html.replace(' tabindex=""', ' tabindex="0"')  # in the drawer it opens a section
    html = _SEARCH.sub(r"\1", html)  # no dialog: it stands beside the page, and has no name
    html = _EMPTY_HEADING.sub(r"<td\1>\2</td>", html)
    html = _TABLE.sub(_SCROLLED, html)  # what a script does too late: the reader's place would move
    html = _TASK.sub(r"\1\2</label>", html)  # the words beside a box are its name
    if 'id="__toc"' not in html:  # where the list of contents stands open, nothing opens it
        html = html.replace(' for="__toc"', "")
    return html
