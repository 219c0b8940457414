"""Find tags, elements, text and code in a page.

By hand, with regular expressions, because offsets into the page are needed, and because what a
page's HTML is depends on Python-Markdown's reading of it and not on HTML's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from handbook.bitext.page.segments import Span

ELEMENT = r"""<(?P<close>/?)(?P<name>[A-Za-z][\w:-]*+)
        (?P<attributes>(?:\s++(?:[^\s"'<>/=]++
          (?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?+)?+|/(?!>))*+)
        (?P<empty>/?)>"""
TAG = re.compile(f"<!--.*?--> | {ELEMENT}", re.VERBOSE | re.DOTALL)
_TAG_OR_COMMENT = re.compile(f"<!-- | {ELEMENT}", re.VERBOSE | re.DOTALL)
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
# And what stands between words without being one's clothes: in raw HTML it ends a run of text.
INLINE = PHRASING | frozenset("button img input".split())
# Emphasis may be dropped by a translation (Japanese quotes instead), never added.
EMPHASIS = frozenset("em strong mark b i".split())
_OPAQUE = frozenset("pre script style textarea math".split())
TEXT_ATTRIBUTES = ("alt", "title", "label", "aria-label", "aria-description", "placeholder")
"""The attributes that say something to readers."""
_WORDY = re.compile(rf"""(?<=\s)(?:{"|".join(TEXT_ATTRIBUTES)})\s*=\s*(?:"([^"]+)"|'([^']+)')""")
_MARKDOWN = re.compile(r"(?<=\s)markdown(?=[\s=/>]|$)(?!\s*=\s*[\"']?0)")
_MODE = re.compile(r"(?<=\s)markdown\s*=\s*[\"']?(block|span)\b")
# The elements whose content is running text if nothing else is said (md_in_html).
_SPANS = frozenset("address dd dt h1 h2 h3 h4 h5 h6 legend li p summary td th".split())
_TICKS = re.compile("`+")
_TICKS_BEHIND = re.compile(r"(?<!\\)(?P<escapes>\\*+)(?P<ticks>`++)")
# Behind `](` stands an address with blanks, such as `<table 1.pdf>`.
_BLOCK_TAG = re.compile(
    r"(?<!\\)(?<!\]\()</?(?:" + "|".join(sorted(BLOCKS | {"svg"})) + r")(?=[\s/>])",
    re.IGNORECASE,
)


def takes_markdown(tag: re.Match[str]) -> bool:
    """Tell whether a tag asks for its content to be read as Markdown (md_in_html)."""
    return bool(_MARKDOWN.search(tag["attributes"]))


def takes_running_text(tag: re.Match[str]) -> bool:
    """Tell whether the Markdown in the element of a tag makes no blocks, however it is indented."""
    mode = _MODE.search(tag["attributes"])
    return mode[1] == "span" if mode else (tag["name"] or "").lower() in _SPANS


def is_block(tag: re.Match[str]) -> bool:
    """Tell whether a tag is of a block element, which is never part of running text."""
    return (tag["name"] or "").lower() in BLOCKS


def has_block(text: str) -> bool:
    """Tell whether `text` has the tag of a block element outside of code."""
    return bool(_BLOCK_TAG.search(text) and _BLOCK_TAG.search(without(code_spans(text), text)))


def without_code(text: str) -> str:
    """Return `text` without its inline code; a backtick after a backslash begins none."""
    return without(_code(text), text)


def _code(text: str) -> Iterator[Span]:
    """Yield the spans of inline code, as Python-Markdown finds them."""
    span_at = code_finder(text)
    position = 0
    for run in _TICKS_BEHIND.finditer(text):
        start, end = run.span("ticks")
        start += len(run["escapes"]) % 2
        if position <= start < end and (span := span_at(start, end)):
            position = span[1]
            yield span


def without(spans: Iterable[Span], text: str) -> str:
    """Return a text without some of its spans."""
    parts: list[str] = []
    position = 0
    for start, end in spans:
        parts.append(text[position:start])
        position = end
    parts.append(text[position:])
    return "".join(parts)


def code_spans(text: str) -> Iterator[Span]:
    """Yield the spans of inline code, also after a backslash."""
    span_at = code_finder(text)
    position = 0
    for run in _TICKS.finditer(text):
        if run.start() >= position and (span := span_at(*run.span())):
            position = span[1]
            yield span


def code_finder(text: str) -> Callable[[int, int], Span | None]:
    """Return a function that finds the code begun by a run of backticks, given its two offsets.

    Code lies between two runs of as many backticks; of the first, the longest end counts that
    has its like after it. All runs are listed once: an expression would read on to the end of
    the text for each run that has none.
    """
    ends: dict[int, list[int]] = {}

    def find(start: int, end: int) -> Span | None:
        following = _TICKS.search(text, end)
        if following is None or len(following[0]) == end - start:
            return (start, following.end()) if following else None
        if not ends:
            for run in _TICKS.finditer(text):
                ends.setdefault(len(run[0]), []).append(run.end())
        for size in range(end - start, 0, -1):
            same = ends.get(size, [])
            if (behind := bisect_right(same, end)) < len(same):
                return end - size, same[behind]
        return None

    return find


def end_of(text: str, start: int, last: int | None = None, limit: int | None = None) -> int:
    """Return the offset after the element at `start`, or the text's end if it is never closed.

    `last`: where the text's last comment ends, for callers who ask more than once. `limit`: what
    counts as the text's end; what each item of a list opens is not looked for in all the others.

    Follows Python-Markdown's HTMLExtractor: a closing tag closes everything opened since.
    """
    elements = _Open()
    last = text.rfind("-->") if last is None else last
    limit = len(text) if limit is None else limit
    position = start
    while position < limit and (tag := _next_tag(text, position, len(text), last)):
        position = tag.end()
        name = (tag["name"] or "").lower()
        if tag["close"]:
            elements.close(name)
        elif name and not tag["empty"] and name not in VOID:
            elements.open(name)
            if name in ("script", "style"):
                closing = re.compile(f"</{name}", re.I).search(text, position, limit)
                position = closing.start() if closing else limit
        if not elements.names:
            return min(position, limit)
    return limit


class _Open:
    """The elements that are open at some place, outermost first."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._counts: Counter[str] = Counter()

    def open(self, name: str) -> None:
        self.names.append(name)
        self._counts[name] += 1

    def close(self, name: str) -> None:
        """Close the innermost element `name`, and all in it; nothing if there is none."""
        while self._counts[name]:
            last = self.names.pop()
            self._counts[last] -= 1
            if last == name:
                return


def _next_tag(text: str, position: int, end: int, last: int) -> re.Match[str] | None:
    """Find the next tag or comment; `last`: where the last comment ends.

    `TAG.search` alone would look for the end of each comment that has none.
    """
    while found := _TAG_OR_COMMENT.search(text, position, end):
        if found["name"]:
            return found
        if found.start() < last and (comment := TAG.match(text, found.start(), end)):
            return comment
        position = found.end()
    return None


def wordy(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the spans of the attributes that readers read (alt, title, …), between two offsets."""
    last = text.rfind("-->", start, end)
    while tag := _next_tag(text, start, end, last):
        start = tag.end()
        for words in _WORDY.finditer(text, *tag.span()) if tag["name"] else ():
            yield words.span(words.lastindex or 0)


def tags(text: str) -> Iterator[re.Match[str]]:
    """Yield the tags and comments of `text`, as `TAG` finds them."""
    last, position = text.rfind("-->"), 0
    while tag := _next_tag(text, position, len(text), last):
        yield tag
        position = tag.end()


def without_tags(text: str) -> str:
    """Return `text` without its tags and comments."""
    return without((tag.span() for tag in tags(text)), text) if "<" in text else text


def runs(text: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    """Yield the runs of text between two offsets, each as the element around it and its span.

    Tags of running text stay within a run; every other tag ends it. The words of
    attributes (alt, title, …) of those other tags are runs of their own, under "@".
    """
    elements = _Open()
    last = text.rfind("-->", start, end)
    begin = position = start
    while tag := _next_tag(text, position, end, last):
        position = tag.end()
        name = (tag["name"] or "").lower()
        if name in PHRASING:
            continue
        if tag.start() > begin:
            yield (elements.names[-1] if elements.names else "", (begin, tag.start()))
        begin = position
        if not name:
            continue
        for words in _WORDY.finditer(text, tag.start(), tag.end()):
            yield "@", words.span(words.lastindex or 0)
        if tag["close"]:
            elements.close(name)
        elif name in _OPAQUE:
            closing = re.compile(f"</{name}", re.I).search(text, position, end)
            begin = position = closing.start() if closing else end
        elif not tag["empty"] and name not in VOID:
            elements.open(name)
    if end > begin:
        yield (elements.names[-1] if elements.names else "", (begin, end))
