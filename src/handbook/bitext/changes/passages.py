"""The passages of a page as its readers see them: text, code, facts, what is not translated."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate
from urllib.parse import unquote, urlsplit

from handbook.bitext.changes import forms, media, reading
from handbook.bitext.changes.forms import Form, Place
from handbook.bitext.changes.reading import Link, Reading
from handbook.bitext.datafile import DataError
from handbook.bitext.page import fences, frontmatter, segments
from handbook.bitext.page.fences import Fence
from handbook.bitext.page.segments import Page, Segment, Span

FACTS = ("status", "version", "date", "authentic", "keeper", "reviewed", "review_by")
"""The keys of front matter that a page shows beside its text."""
_UNSEEN = frozenset(("address",))
"""The kinds of segments that are shown with another one: the address of a link, with the link."""


@dataclass(frozen=True)
class Passage:
    """A passage of a page, as its readers see it."""

    kind: str
    """The kind of its segment, or `code block`, `file name` (of code), `diagram`, `untranslated`,
    `fact`, `picture` (that has no words), or `media`."""
    key: str
    """The key of its segment; what its unit in a catalog is known by."""
    level: int
    """Of a heading, how deep it is; else 0."""
    reading: Reading
    under: str
    """The text of the heading it stands below, or ""."""
    is_given: bool
    """Whether it is the same in all languages unless one writes it in another way."""
    is_note: bool = False
    """Whether it stands in a footnote, which readers have at the end of the page."""
    form: Form = field(default_factory=dict)
    skeleton: str = ""
    """Of a diagram, or of code with comments: it without the words that are passages of their own.
    As long as that stays, the diagram or the code is as it was."""
    label: str = ""
    """Of the first text of a footnote, its label, which readers do not see."""

    @property
    def text(self) -> str:
        """Its words."""
        return self.reading.text


Content = Callable[[str], str]
"""A function that returns what the file of a picture or link is known by; "" if it is not."""


def of_files(known: Mapping[str, str]) -> Content:
    """Return the contents of files by what they are known by, named from the page's folder."""
    return lambda target: known.get(file_of(target), "")


def file_of(target: str) -> str:
    """Return the path that a target has from the folder of its page; "" if it leads elsewhere."""
    try:
        address = urlsplit(target)
    except ValueError:  # `https://[`
        return ""
    path = "" if address.scheme or address.netloc else unquote(address.path)
    return "" if "\0" in path or not path else posixpath.normpath(path)


def passages(page: Page, content: Content = lambda target: "") -> list[Passage]:
    """Return the passages of a page in the order of reading; `content` is that of its files."""
    targets = reading.references(page.text)
    others = list(_others(page))
    found = sorted((*_segments(page), *others), key=lambda each: each[0])
    levels = [page.level(segment) for _, segment in found]
    places = (Place(n, each.kind, level) for (n, each), level in zip(found, levels, strict=True))
    shapes = forms.forms(page.text, places)
    result: list[Passage] = []
    under, own = "", {each for _, each in others}
    for (place, segment), level, form in zip(found, levels, shapes, strict=True):
        read = _reading(page, segment, targets)
        if not read.text.strip() and not read.links:
            continue
        if segment.kind not in _VERBATIM:
            form = {**form, "lines": str(1 + len(_BREAK.findall(segment.message)))}
        is_given = segment.is_given or segment in own
        is_note = segment.is_apart and segment.kind != "cell"
        skeleton = segment.detail if segment.kind in _DRAWN else ""
        label = _label(page.text, place) if segment.kind == "footnote" else ""
        passage = Passage(
            segment.kind, segment.key, level, read, under, is_given, is_note, form, skeleton, label
        )
        under = read.text if level else under
        result.append(passage)
    return with_contents(_with_notes(result), content)


def _with_notes(found: list[Passage]) -> list[Passage]:
    """Return passages whose links to footnotes have the words of these: readers see no labels."""
    notes = {each.label: each.text for each in found if each.label}
    return [_with_words(each, notes) if each.reading.links else each for each in found]


def _with_words(passage: Passage, notes: Mapping[str, str]) -> Passage:
    links = tuple(
        each._replace(words=notes.get(each.target, "")) if each.kind == "footnote" else each
        for each in passage.reading.links
    )
    return replace(passage, reading=replace(passage.reading, links=links))


def with_contents(found: Iterable[Passage], content: Content) -> list[Passage]:
    """Return passages with what their pictures and files are known by."""
    return [_with_contents(each, content) if each.reading.links else each for each in found]


def _with_contents(passage: Passage, content: Content) -> Passage:
    links = tuple(_with_content(each, content) for each in passage.reading.links)
    return replace(passage, reading=replace(passage.reading, links=links))


def _reading(page: Page, segment: Segment, targets: Mapping[str, str]) -> Reading:
    """Return a segment as a reader sees it."""
    if segment.kind in _VERBATIM:
        return Reading(segment.message)
    if segment.kind == "picture":
        name = posixpath.basename(file_of(segment.message)) or segment.message
        return Reading("", (Link(name, segment.message, "image"),))
    read = reading.read(segment.message, targets)
    if segment.kind == "image" and segment.spans:
        return _with_picture(read, page.text, segment.spans[0][1])
    return read


def _with_picture(read: Reading, text: str, end: int) -> Reading:
    """Return the reading of an image that stands alone, with where its picture is."""
    found = _TARGET.match(text, end)
    target = (found["pointed"] or found["plain"] or "") if found else ""
    return Reading(read.text, (Link(read.text, target, "image"),)) if found else read


def _with_content(link: Link, content: Content) -> Link:
    """Return a picture, or a link to a file that is no page, with what its file is known by."""
    suffix = posixpath.splitext(file_of(link.target))[1].casefold()
    is_file = link.kind == "image" or (link.kind == "link" and suffix not in _PAGES)
    return link._replace(content=content(link.target)) if is_file else link


_PAGES = ("", ".md", ".html", ".htm")


_TARGET = re.compile(rf"\]\(\s*{media.TARGET}")


def as_read(found: Iterable[Passage]) -> list[Passage]:
    """Return passages with the footnotes last, where readers have them."""
    return sorted(found, key=lambda each: each.is_note)


_BREAK = re.compile(r"\n|<br\b", re.IGNORECASE)
_DRAWN = frozenset(("code block", "diagram"))
_VERBATIM = _DRAWN | {
    *("fact", "file name", "media", "code", "address", "label", "drawing", "default title")
}


def _segments(page: Page) -> Iterator[tuple[int, Segment]]:
    last = 0
    for segment in page.segments:
        last = segment.spans[0][0] if segment.spans else last
        if segment.kind not in _UNSEEN:
            yield last, segment


def _others(page: Page) -> Iterator[tuple[int, Segment]]:
    """Yield what readers see and translators do not: facts, code, and what is not translated."""
    text, start = page.text, frontmatter.end(page.text)
    values = _front(text)
    for key in FACTS:
        if key in values:
            yield 0, Segment("fact", f"{key}: {_written(values[key])}", (), "")
    yield from ((each.spans[0][0], each) for each in page.wordless)
    words = [span for segment in page.segments for span in segment.spans]
    taken = _Spans(words)
    code = list(fences.find(text, start))
    for place, fence in code:
        yield from _code(text, (place, fence), taken)
    fenced = [(place, fence.end) for place, fence in code]
    unread = _Spans([*words, *fenced])
    for skipped in _SKIPPED.finditer(text, start):
        begin, end = skipped.span("one" if skipped["one"] is not None else "many")
        for row in _PARAGRAPH.finditer(text, begin, end):
            if not unread.over(row.span()):
                words.append(row.span())
                yield row.start(), Segment("untranslated", row[0].strip(), (), "")
    yield from _media(page, fenced, words)


def _media(
    page: Page, fenced: Sequence[Span], read: Sequence[Span]
) -> Iterator[tuple[int, Segment]]:
    """Yield what a page shows beside its words; a picture that is `read` with words is in these."""
    code, shown = list(fenced), list(read)
    for each in page.wordless:
        (code if each.kind == "code block" else shown).extend(each.spans)
    unread, taken = _Spans(code), _Spans([*code, *shown])
    for medium in media.find(page.text):
        if not (taken if medium.is_picture else unread).over(medium.span):
            kind = "picture" if medium.is_picture else "media"
            yield medium.span[0], Segment(kind, medium.address, (), "")


_SKIPPED = re.compile(
    r"<!--\s*i18n:\s*skip\s*-->(?P<one>\s*?.*?)(?=\n[ \t]*\n|\Z)"
    r"|<!--\s*i18n:\s*skip-start\s*-->(?P<many>.*?)(?:<!--\s*i18n:\s*skip-end\s*-->|\Z)",
    re.DOTALL,
)
_PARAGRAPH = re.compile(r"[^\s][^\n]*(?:\n[ \t]*[^\s][^\n]*)*")


def _front(text: str) -> Mapping[str, object]:
    try:
        values = frontmatter.load(text)
    except DataError:
        return {}
    return values if isinstance(values, dict) else {}


def _written(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _dedented(content: str, prefix: str) -> str:
    rows = content.splitlines()
    return "\n".join(row.removeprefix(prefix) for row in rows).strip("\n")


def _code(text: str, found: tuple[int, Fence], taken: _Spans) -> Iterator[tuple[int, Segment]]:
    """Yield a block of code or a diagram, and the name of its file, but what translators have.

    Its skeleton is its detail. Nothing is left of one that is words alone.
    """
    place, fence = found
    name = _FILE_NAME.search(text, place, fence.content[0])
    if name and not taken.over(name.span(1)):
        yield place, Segment("file name", name[1], (), "")
    content = text[slice(*fence.content)]
    words = taken.over(fence.content)
    kind = "diagram" if fence.is_mermaid else "code block"
    skeleton = _skeleton(content, fence.content[0], words) if words else ""
    if kind == "diagram":
        skeleton = _UNREAD.sub("", skeleton)
    if (content if not words else skeleton.replace(_WORDS, "")).strip():
        yield place, Segment(kind, _dedented(content, fence.prefix), (), "", detail=skeleton)


_FILE_NAME = re.compile(r"""(?<![\w-])title=["']([^"'\n]+)""")


def _skeleton(content: str, start: int, words: Iterable[tuple[int, int]]) -> str:
    """Return code without the words in it, and without what wraps or indents it."""
    spans = sorted({(max(first - start, 0), last - start) for first, last in words})
    bare = segments.replace(content, ((span, _WORDS) for span in spans))
    return "\n".join(" ".join(row.split()) for row in bare.splitlines() if row.strip())


_WORDS = "\0"
"""Stands in the place of words that are a passage of their own."""
_UNREAD = re.compile(
    r"""^%%.*\n?|^(?:style|classDef|class|linkStyle)[ ].*\n?
    |(?<=^flowchart)[ ]\w+|(?<=^graph)[ ]\w+|^direction[ ]\w+\n?|"(?=\0)|(?<=\0)\"""",
    re.MULTILINE | re.VERBOSE,
)
"""What of a diagram says nothing: comments, its direction, colors, and how words are quoted."""


class _Spans:
    """Spans of a page, of which those at a place are found without a look at all the others."""

    def __init__(self, spans: Iterable[Span]) -> None:
        """Take them in any order; some may lie in others."""
        self._spans = list(spans)

    @cached_property
    def _sorted(self) -> tuple[list[Span], list[int], list[int]]:
        """The spans, where each begins, and where it or one before it ends; few pages need them."""
        spans = sorted(self._spans)
        ends = accumulate((end for _, end in spans), max)
        return spans, [start for start, _ in spans], list(ends)

    def over(self, span: Span) -> list[Span]:
        """Return those that have some letters of `span`."""
        spans, starts, ends = self._sorted
        first, last = bisect_right(ends, span[0]), bisect_left(starts, span[1])
        return [each for each in spans[first:last] if span[0] < each[1]]


def _label(text: str, place: int) -> str:
    """Return the label of the footnote whose first text begins at a place; "" if there is none."""
    found = _LABEL.search(text, text.rfind("\n", 0, place) + 1, place)
    return found[1] if found else ""


_LABEL = re.compile(r"\[\^([^\]\n]+)\]:[ \t]*$")
