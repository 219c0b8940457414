"""What a day has changed, in brief: for programs that show HTML without a style sheet."""

from __future__ import annotations

from html import escape

from handbook.press.core import tree
from handbook.press.core.editions import Say
from handbook.press.redlines import captions

_MOST = 5
"""How many changed passages are shown."""


def of_day(day: str, changes: str, say: Say) -> str:
    """Return the day and its first changes, as HTML; `changes` is a redline in one language.

    Words that were put in or taken out are told by their elements alone: what is read out before
    them would be seen, where no style sheet hides it.
    """
    content = tree.parse(changes)
    for spoken in list(content.iterfind(".//span[@class='said']")):
        tree.remove(spoken)
    for label in content.iterfind(".//p[@class='mark']"):
        label.tag = "small"
    passages = ["".join(map(tree.html, cell)) for cell in content.iter("td")]
    if not passages:
        return f"<p>{escape(day)}</p>{changes}"
    count = say(captions.COUNT).replace("{count}", str(len(passages)))
    shown = "".join(f"<li>{each}</li>" for each in passages[:_MOST])
    more = "<li>…</li>" if len(passages) > _MOST else ""
    return f"<p>{escape(day)} · {escape(count)}</p><ul>{shown}{more}</ul>"
