"""Raw HTML in a page: where its elements end and which runs of it are text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bitext.page.segments import Span

TAG = re.compile(
    r"""<!--(?:.*?)--> | <(?P<close>/?)(?P<name>[A-Za-z][\w:-]*+)
        (?P<attributes>(?:\s++(?:[^\s"'<>/=]++
          (?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?+)?+|/(?!>))*+)
        (?P<empty>/?)>""",
    re.VERBOSE | re.DOTALL,
)
# Python-Markdown's own list (markdown.util.BLOCK_LEVEL_ELEMENTS).
BLOCKS = frozenset(
    """address article aside blockquote details div dl fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre section table ul canvas colgroup
    dd body dt group html iframe li legend math map noscript output object option progress
    script style summary tbody td textarea tfoot th thead tr video center""".split()
)
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# Elements of running text: they stay inside a message, as a word's clothes.
PHRASING = frozenset(
    """a abbr b bdi bdo br cite code data del dfn em i ins kbd label mark q rp rt ruby s samp
    small span strong sub sup time u var wbr""".split()
)
OPAQUE = frozenset("pre script style textarea math".split())
WORDY = re.compile(r"""(?<=\s)(?:alt|title|aria-label|placeholder)\s*=\s*(?:"([^"]+)"|'([^']+)')""")
_MARKDOWN = re.compile(r"(?<=\s)markdown(?=[\s=/>]|$)")
CODE = re.compile(r"(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)", re.DOTALL)
_BLOCK_TAG = re.compile(
    r"(?<!\\)</?(?:" + "|".join(sorted(BLOCKS | {"svg"})) + r")(?=[\s/>])", re.IGNORECASE
)


def takes_markdown(tag: re.Match[str]) -> bool:
    """Whether a tag asks for its content to be read as Markdown (md_in_html)."""
    return bool(_MARKDOWN.search(tag["attributes"]))


def is_block(tag: re.Match[str]) -> bool:
    """Whether a tag is one that Python-Markdown sets apart from running text."""
    return (tag["name"] or "").lower() in BLOCKS


def has_block(text: str) -> bool:
    """Whether `text` holds a tag at which running text has to end."""
    return bool(_BLOCK_TAG.search(text) and _BLOCK_TAG.search(CODE.sub("", text)))


def end_of(text: str, start: int) -> int:
    """The offset behind the element that begins at `start`; the text's end if it is never closed.

    Follows Python-Markdown's HTMLExtractor: a closing tag closes everything opened since.
    """
    stack: list[str] = []
    position = start
    while tag := TAG.search(text, position):
        position = tag.end()
        name = (tag["name"] or "").lower()
        if tag["close"]:
            if name in stack:
                del stack[_last(stack, name)]
        elif name and not tag["empty"] and name not in VOID:
            stack.append(name)
            if name in ("script", "style"):
                closing = re.compile(f"</{name}", re.I).search(text, position)
                position = closing.start() if closing else len(text)
        if not stack:
            return position
    return len(text)


def _last(stack: list[str], name: str) -> slice:
    return slice(len(stack) - 1 - stack[::-1].index(name), None)


def runs(text: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    """The runs of text between `start` and `end`, as (element around it, span).

    Tags of running text stay within a run; every other tag ends it. The words of
    attributes (alt, title, …) of those other tags are runs of their own, under "@".
    """
    stack: list[str] = []
    begin = position = start
    while (tag := TAG.search(text, position, end)) is not None:
        position = tag.end()
        name = (tag["name"] or "").lower()
        if name in PHRASING:
            continue
        if tag.start() > begin:
            yield (stack[-1] if stack else "", (begin, tag.start()))
        begin = position
        if not name:
            continue
        for words in WORDY.finditer(text, tag.start(), tag.end()):
            yield "@", words.span(1) if words[1] is not None else words.span(2)
        if tag["close"]:
            if name in stack:
                del stack[_last(stack, name)]
        elif name in OPAQUE:
            closing = re.compile(f"</{name}", re.I).search(text, position, end)
            begin = position = closing.start() if closing else end
        elif not tag["empty"] and name not in VOID:
            stack.append(name)
    if end > begin:
        yield (stack[-1] if stack else "", (begin, end))
