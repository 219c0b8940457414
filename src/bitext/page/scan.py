"""Find the segments of a page: a block scanner for Python-Markdown and its extensions.

The dialect is Python-Markdown with PyMdown Extensions and Material for MkDocs. The
scanner follows the block processors of those packages (each rule names its own), line by
line, through containers made by indentation; nothing of it is ever written back. Where a
construct is not understood the lines stay out of every message, or become shorter ones:
both leave the page around them as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from bitext.languages import scripts
from bitext.page import fences, frontmatter, inline, markup, tables
from bitext.page.fences import Fence
from bitext.page.lines import TAB, Line, cut, resume, trim, uncommented, unquoted
from bitext.page.lines import read as read_lines
from bitext.page.segments import Attribute, Page, Segment, Span

DEFAULT_KEYS = ("title", "description")
# Containers in containers; what lies deeper no reader can see, and Python must not recurse into.
DEEPEST = 40


def read(text: str, keys: Iterable[str] = DEFAULT_KEYS) -> Page:
    """The page in `text`; `keys` name the front-matter values that are read by people."""
    scanner = _Scanner(text)
    scanner.page(tuple(keys))
    return Page(text, tuple(scanner.segments))


_FENCE_TITLE = re.compile(r"""(?<=\s)title=(["'])(.+?)\1""")
_FILE_NAME = re.compile(r"[^\s]*[./\\_][^\s]*")
_HEADING = re.compile(r"(#{1,6})[ \t]*")
_HEADING_TAIL = re.compile(r"(?:(?<!\\)\#+|[ \t]+\{:?[ ]*(?:[.\#:\w][^}\n]*)\}|[ \t]+)$")
_CELL_TAIL = re.compile(r"[ ]+\{:?[ ]*(?:[.#][\w-]|[\w-]+=)[^}\n]*\}$")
_ID = re.compile(r"\{[^}\n]*#([\w.:-]+)")
_RULE = re.compile(r"(?:(?:-[ ]{0,2}){3,}|(?:_[ ]{0,2}){3,}|(?:\*[ ]{0,2}){3,})$")
_ITEM = re.compile(r"(?:[*+-]|\d+\.)(?:[ \t]+|$)")
_FANCY = re.compile(
    r"(?:(?:\d+|\#)[.)]|\((?:\d+|\#|[a-zA-Z]+)\)|([a-zA-Z]|[ivxlcdm]+|[IVXLCDM]+)[.)]|[*+-])"
    r"[ \t]+(?=\S)"
)
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_ADMONITION = re.compile(r'!!! ?([\w\-]+(?: +[\w\-]+)*)(?: +"(.*?)")? *$')
_DETAILS = re.compile(
    r'\?{3}\+? ?(?:([\w\-]+(?: +[\w\-]+)*?)?(?: +"(.*?)")|([\w\-]+(?: +[\w\-]+)*?)) *$'
)
_TAB = re.compile(r'={3}(?:\+!?|!\+?)? +"(.*?)" *$')
_BLOCK = re.compile(r"(/{3,})[ ]*(?:([\w-]+)[ ]*(\|[ ]*(.*?)[ ]*)?)?$")
_TITLE_HEADING = re.compile(r"#{1,6}[ \t]*")
_FOOTNOTE = re.compile(r"\[\^([^\]]*)\]:[ ]*")
_REFERENCE = re.compile(
    r"""\[([^\[\]]*)\]:[ ]*(\S+)[ ]*(?:(["'])(?P<title>.*)\3|\((?P<round>.*)\))?[ ]*$"""
)
_ABBREVIATION = re.compile(r"\*\[[^\\\]]*\][ ]?:[ ]*(.*)$")
_DEFINITION = re.compile(r":[ ]{1,3}(?=\S)|:[ ]{1,3}$")
_INCLUDE = re.compile(
    r"""(?:;*-{1,}8<-{1,}(?:[ \t].*)?|\{[*!%].*[*!%]\}|\{\{.*\}\}|\[TOC\]|:::\s*\S.*)$"""
)
_ATTRIBUTE_LINE = re.compile(r"\{:?[ ]*[^}\n ][^}\n]*\}$")
_DIRECTIVE = re.compile(r"<!--\s*i18n:\s*(skip-start|skip-end|skip|note)\b\s*(.*?)\s*-->", re.S)
_MATH = re.compile(r"\$\$|\\\[|\\begin\{")
_LABEL = re.compile(r'"([^"\n]+)"')
_NOT_LABELS = re.compile(r"\s*(?:%%|click\b|style\b|classDef\b|linkStyle\b|href\b)")
_CJK = re.compile(f"[{scripts.CJK}]")
# Blocks of PyMdown whose argument is no text, and those whose title the theme supplies.
_NO_TITLE = frozenset("html caption figure-caption table-caption define latex fancylists".split())
# What may be a term: a paragraph, or a comment, which Python-Markdown keeps as one.
_DEFINABLE = frozenset(("paragraph", "definition", "directive", "html"))
_VERBATIM = re.compile(r"(?:canvas|code|math|option|pre|script|style|textarea)\b")
_TITLED = frozenset("note attention caution danger error tip hint warning".split())
_BLOCK_END = frozenset("#>!?=/[*:-_|<`~+$\\{0123456789(;&")
_STARTS_TABLE = frozenset("|:- \t")


class _Scanner:
    """Walks the lines of one page and gathers its segments."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.segments: list[Segment] = []
        self.place = ""
        self.note = ""
        self.skip_next = False
        self.skipping = False
        self.known_addresses: set[str] = set()
        self.fences: dict[int, Fence] = {}
        self.depth = 0
        self._masked: str | None = None

    # -- the page ---------------------------------------------------------------

    def page(self, keys: tuple[str, ...]) -> None:
        start = 1 if self.text.startswith("\ufeff") else 0
        body, values = frontmatter.read(self.text, start, keys)
        for value in values:
            self.add("front matter", value.message, (value.span,), detail=value.style)
        if "```" in self.text or "~~~" in self.text:
            self.fences = dict(fences.find(self.text, body))
        self.blocks(list(read_lines(self.text, body)), 0)

    def add(
        self,
        kind: str,
        message: str,
        spans: tuple[Span, ...],
        *,
        detail: str = "",
        attributes: tuple[Attribute, ...] = (),
    ) -> None:
        if self.skipping or self.skip_next:
            return
        self.segments.append(
            Segment(kind, message, spans, self.place, self.note, detail, attributes)
        )
        for address in inline.addresses(message) if kind != "address" else ():
            self.address(address, ())

    def address(self, address: str, spans: tuple[Span, ...]) -> None:
        if spans or address not in self.known_addresses:
            self.known_addresses.add(address)
            self.add("address", address, spans)

    # -- blocks -----------------------------------------------------------------

    def blocks(self, lines: list[Line], base: int, tight: bool = False) -> None:
        """Scan the lines of one container whose content begins at column `base`.

        `tight`: the lines begin in the first block of a list item, where Python-Markdown
        knows nested lists without a blank line before them.
        """
        if self.depth > DEEPEST:
            return
        self.depth += 1
        self.blocks_of(lines, base, tight)
        self.depth -= 1

    def blocks_of(self, lines: list[Line], base: int, tight: bool) -> None:
        i, count = 0, len(lines)
        last = ""
        while i < count:
            line = lines[i]
            if not line.body:
                i += 1
                tight = False
                continue
            if line.first in self.fences:
                i = self.fence(lines, i)
                last = "code"
                if i < count and lines[i].body and lines[i].first not in self.fences:
                    i = self.paragraph(lines, i, base, tight, running=True)
            elif line.indent - base >= TAB:
                i = self.indented(lines, i, base)
                last = "code"
            else:
                i, last = self.block(lines, i, base, tight, last)
            if last != "directive":
                self.skip_next = False
                self.note = ""

    def block(
        self, lines: list[Line], i: int, base: int, tight: bool, last: str
    ) -> tuple[int, str]:
        """Scan the block that begins at line `i`: the next line, and what was found."""
        line = lines[i]
        if self.is_table(lines, i):
            return self.table(lines, i), "table"
        for name, rule in RULES.get(line.body[0], ()):
            if name == "definition" and last not in _DEFINABLE:
                continue
            after = rule(self, lines, i, base)
            if after:
                return after, name
        if i + 1 < len(lines) and self.is_setext(lines[i + 1], base):
            self.heading_text(line.first, line.end, "setext")
            return i + 2, "heading"
        if fancy := _FANCY.match(line.body):
            if self.is_fancy(lines, i):
                return self.items(lines, i, base, _FANCY), "list"
            lines[i] = cut(line, fancy.end())
        return self.paragraph(lines, i, base, tight), "paragraph"

    def indented(self, lines: list[Line], i: int, base: int) -> int:
        """An indented code block: left alone (CodeBlockProcessor)."""
        while i < len(lines) and (not lines[i].body or lines[i].indent - base >= TAB):
            i += 1
        return i

    def paragraph(
        self, lines: list[Line], i: int, base: int, tight: bool, running: bool = False
    ) -> int:
        """Running text up to a blank line or a block that may interrupt it.

        A list marker does not interrupt a paragraph, yet what follows it is a message of
        its own. With `running`, line `i` already continues something.
        """
        start = i
        if running and self.interrupts(lines, i, base, tight):
            return i
        piece: list[Line] = []
        while i < len(lines) and (line := lines[i]).body:
            if not tight and line.body[0] not in _BLOCK_END:
                piece.append(line)
                i += 1
                continue
            if i > start and self.interrupts(lines, i, base, tight):
                break
            marker = _ITEM.match(line.body) if i > start or running else None
            if _INCLUDE.match(line.body) or (i > start and _ATTRIBUTE_LINE.match(line.body)):
                self.text_of("paragraph", piece)
                piece = []
            elif marker and marker.end() < len(line.body):
                self.text_of("paragraph", piece)
                piece = [cut(line, marker.end())]
            else:
                piece.append(line)
            i += 1
        if self.is_defined(lines, i, base):
            for line in piece:
                self.text_of("term", [trim(line, _CELL_TAIL)])
        else:
            self.text_of("paragraph", piece)
        return i

    def interrupts(self, lines: list[Line], i: int, base: int, tight: bool) -> bool:
        """Whether the block at line `i` ends a paragraph that runs before it."""
        line = lines[i]
        body = line.body
        if line.first in self.fences:
            return True
        if tight and line.indent - base < TAB and (_ITEM.match(body) or self.is_fancy(lines, i)):
            return True
        match body[0]:
            case "#" | ">":
                return True
            case "!":
                return bool(_ADMONITION.match(body))
            case "?":
                return bool(_DETAILS.match(body))
            case "=":
                return bool(_TAB.match(body))
            case "/":
                return bool(_BLOCK.match(body))
            case "[":
                return bool(_FOOTNOTE.match(body) or _REFERENCE.match(body))
            case "*" | "-" | "_":
                return bool(_RULE.match(body) or _ABBREVIATION.match(body))
            case ":":
                return bool(_DEFINITION.match(body))
            case "<":
                tag = markup.TAG.match(body)
                return bool(tag and (tag["name"] is None or markup.is_block(tag)))
            case _:
                return False

    def is_setext(self, line: Line, base: int) -> bool:
        """SetextHeaderProcessor: an underline below the first line of a block."""
        return (
            line.body[:1] in ("=", "-")
            and line.indent == base
            and not line.body.strip(line.body[0])
        )

    def is_defined(self, lines: list[Line], i: int, base: int) -> bool:
        """Whether the next text is a definition of the lines before (DefListProcessor)."""
        while i < len(lines) and not lines[i].body:
            i += 1
        return (
            i < len(lines)
            and lines[i].indent - base < TAB
            and bool(_DEFINITION.match(lines[i].body))
        )

    # -- text -------------------------------------------------------------------

    def text_of(self, kind: str, lines: list[Line]) -> None:
        """Add the running text of `lines` as a message."""
        if not lines:
            return
        if lines[0].body.startswith("<!--") or lines[-1].body.endswith("-->"):
            lines = uncommented(lines)
            if not lines:
                return
        if len(lines) == 1:
            start, end, _, message = lines[0]
            spans: tuple[Span, ...] = ((start, end),)
        else:
            message, spans = self.joined(lines)
        if "<" in message and markup.has_block(message):
            self.html(lines[0].first, lines[-1].end)
            return
        if "![" in message and len(spans) == 1 and self.images(*spans[0]):
            return
        attributes: tuple[Attribute, ...] = ()
        if "{" in message:
            message, attributes = inline.without_attributes(message)
        if inline.has_words(message):
            self.add(kind, message, spans, attributes=attributes)
        else:
            for address in inline.addresses(message):
                self.address(address, ())

    def joined(self, lines: list[Line]) -> tuple[str, tuple[Span, ...]]:
        """The message of several lines, and a span for each of its own lines."""
        text = self.text
        parts: list[str] = []
        spans: list[Span] = []
        start = lines[0].first
        final = len(lines) - 1
        for number, (_, end, _, body) in enumerate(lines):
            if number == final:
                parts.append(body)
                spans.append((start, end))
            elif text.startswith("  ", end) or body.endswith("\\"):
                kept = body.removesuffix("\\").rstrip() if body.endswith("\\") else body
                parts += kept, "\n"
                spans.append((start, end - (len(body) - len(kept))))
                start = lines[number + 1].first
            else:
                following = lines[number + 1].body[0]
                glued = _CJK.match(body[-1]) and _CJK.match(following)
                parts += body, "" if glued else " "
        return "".join(parts), tuple(spans)

    def one(self, kind: str, start: int, end: int, detail: str = "") -> None:
        """Add the text between two offsets of one line, blanks around it left out."""
        raw = self.text[start:end]
        message = raw.strip(" \t")
        start += len(raw) - len(raw.lstrip(" \t"))
        span = (start, start + len(message))
        attributes: tuple[Attribute, ...] = ()
        if "![" in message and self.images(*span):
            return
        if "{" in message:
            message, attributes = inline.without_attributes(message)
        if inline.has_words(message):
            self.add(kind, message, (span,), detail=detail, attributes=attributes)
        else:
            for address in inline.addresses(message):
                self.address(address, ())

    def images(self, start: int, end: int) -> bool:
        """Images that stand alone: their alternative texts and titles are the messages."""
        text = self.text[start:end]
        if "\n" in text:
            return False
        rest, position, found = [], 0, []
        for element in sorted(inline.elements(text), key=lambda e: (e.start, -e.end)):
            if element.kind == "image" and text.startswith("(", text.find("](", element.start) + 1):
                found.append(element)
                rest.append(text[position : element.start])
                position = element.end
        rest.append(text[position:])
        between = inline.ATTRIBUTES.sub("", "".join(rest).replace("[](", "]("))
        if not found or inline.has_words(between):
            return False
        for element in found:
            self.image(start + element.start, start + element.end)
        for address in inline.addresses(text):
            self.address(address, ())
        return True

    def image(self, start: int, end: int) -> None:
        text = self.text[start:end]
        close = text.rindex("](")
        if inline.has_words(text[2:close]):
            self.add("image", text[2:close], ((start + 2, start + close),))
        if title := re.search(r"""\s(["'])(.*)\1\s*\)$""", text[close:]):
            span = (start + close + title.start(2), start + close + title.end(2))
            if inline.has_words(title[2]):
                self.add("link title", title[2], (span,), detail=title[1])

    # -- leaf blocks ------------------------------------------------------------

    def heading(self, lines: list[Line], i: int, base: int) -> int:
        """HashHeaderProcessor."""
        match = _HEADING.match(lines[i].body)
        if not match or _FANCY.match(lines[i].body):
            return 0
        self.heading_text(lines[i].first + match.end(), lines[i].end)
        return i + 1

    def heading_text(self, start: int, end: int, detail: str = "") -> None:
        raw = self.text[start:end]
        text = raw
        while tail := _HEADING_TAIL.search(text):
            text = text[: tail.start()]
        identifier = _ID.search(raw[len(text) :])
        self.place = identifier[1] if identifier else slug(text)
        self.one("heading", start, start + len(text), detail)

    def rule(self, lines: list[Line], i: int, base: int) -> int:
        """HRProcessor."""
        return i + 1 if _RULE.match(lines[i].body) else 0

    def include(self, lines: list[Line], i: int, base: int) -> int:
        """Snippets, templates, [TOC], mkdocstrings: no words of this page."""
        if not _INCLUDE.match(lines[i].body):
            return 0
        block = lines[i].body.rstrip()
        i += 1
        if block.startswith(":::"):
            return self.indented(lines, i, base)
        if block.strip("-") == "8<":
            while i < len(lines) and lines[i].body.strip("-") != "8<":
                i += 1
            return i + 1
        return i

    def math(self, lines: list[Line], i: int, base: int) -> int:
        """Arithmatex: a formula that is a block of its own."""
        match = _MATH.match(lines[i].body)
        if not match:
            return 0
        closing = {"$$": "$$", "\\[": "\\]"}.get(match[0], "\\end{")
        for end in range(i, len(lines)):
            body = lines[end].body
            if not body:
                break
            if (closing in body[2:] if end == i else closing in body) and body[-1] in "$]}":
                return end + 1
        return 0

    def reference(self, lines: list[Line], i: int, base: int) -> int:
        """ReferenceProcessor: `[name]: address "title"`."""
        line = lines[i]
        match = _REFERENCE.match(line.body)
        if not match or match[1].startswith("^"):
            return 0
        name = "title" if match["title"] is not None else "round"
        if match[name] and inline.has_words(match[name]):
            span = (line.first + match.start(name), line.first + match.end(name))
            self.add("link title", match[name], (span,), detail=match[3] or "(")
        target = match[2].lstrip("<").rstrip(">")
        if target.startswith(("https://", "http://")):
            start = line.first + match.start(2) + (match[2][0] == "<")
            self.address(target, ((start, start + len(target)),))
        return i + 1

    def abbreviation(self, lines: list[Line], i: int, base: int) -> int:
        """AbbrBlockprocessor: `*[short]: what it stands for`."""
        match = _ABBREVIATION.match(lines[i].body)
        if not match:
            return 0
        start = lines[i].first + match.start(1)
        self.one("abbreviation", start, lines[i].end)
        return i + 1

    # -- tables -----------------------------------------------------------------

    def is_table(self, lines: list[Line], i: int) -> bool:
        """TableProcessor.test: a row, and a row of dashes with as many cells."""
        if i + 1 >= len(lines):
            return False
        head, rule = lines[i].body, lines[i + 1].body
        if (
            rule[:1] not in _STARTS_TABLE
            or "-" not in rule
            or not _STARTS_TABLE.issuperset(rule)
            or "|" not in head + rule
        ):
            return False
        if lines[i].first in self.fences or lines[i].body.startswith(("!!! ", "???", '=== "')):
            return False
        borders = tables.borders(head)
        cells = len(tables.cells(head, borders))
        return cells == len(tables.cells(rule, borders)) and (cells > 1 or borders > 0)

    def table(self, lines: list[Line], i: int) -> int:
        borders = tables.borders(lines[i].body)
        rule = i + 1
        while i < len(lines) and lines[i].body and lines[i].first not in self.fences:
            if i != rule:
                for start, end in tables.cells(lines[i].body, borders):
                    tail = _CELL_TAIL.search(lines[i].body[start:end].rstrip())
                    stop = start + tail.start() if tail else end
                    self.one("cell", lines[i].first + start, lines[i].first + stop)
            i += 1
        return i

    # -- containers -------------------------------------------------------------

    def items(self, lines: list[Line], i: int, base: int, marker: re.Pattern[str] = _ITEM) -> int:
        """OListProcessor, UListProcessor, FancyListProcessor, one item after another."""
        while i < len(lines) and lines[i].indent - base < TAB:
            match = marker.match(lines[i].body)
            if not match or _RULE.match(lines[i].body):
                break
            inner = [cut(lines[i], match.end(), base + TAB)]
            if task := _TASK.match(inner[0].body):
                inner = [cut(inner[0], task.end(), base + TAB)]
            i = self.content(lines, i + 1, base, inner, marker)
            self.contained("item", inner, base + TAB, tight=True)
            after = i
            while after < len(lines) and not lines[after].body:
                after += 1
            if after == len(lines) or not marker.match(lines[after].body):
                break
            i = after
        return i

    def bullets(self, lines: list[Line], i: int, base: int) -> int:
        match = _ITEM.match(lines[i].body)
        if not match or _RULE.match(lines[i].body):
            return 0
        if match.end() == len(lines[i].body) and self.text[lines[i].end : lines[i].end + 1] != " ":
            return 0
        return self.items(lines, i, base)

    def is_fancy(self, lines: list[Line], i: int) -> bool:
        """Whether `a.`, `1)` and the like begin a list here: lettered ones come in pairs."""
        match = _FANCY.match(lines[i].body)
        if not match or match[1] is None:
            return bool(match)
        following = (chr(ord(match[1][-1]) + 1), match[1] * 2, match[1][0] + "v")
        return any(
            line.indent == lines[i].indent
            and line.body.startswith(following)
            and _FANCY.match(line.body)
            for line in lines[i + 1 : i + 40]
        )

    def content(
        self,
        lines: list[Line],
        i: int,
        base: int,
        inner: list[Line],
        sibling: re.Pattern[str] | None = None,
    ) -> int:
        """Gather into `inner` what belongs to an item, definition or footnote.

        That is what is indented, and lines that lazily continue it without a blank line.
        """
        blank = False
        while i < len(lines):
            line = lines[i]
            if not line.body:
                blank = True
            elif line.indent - base >= TAB:
                blank = False
            elif blank or (sibling and sibling.match(line.body)) or self.is_lazy_end(lines, i):
                break
            else:
                line = line._replace(indent=base + TAB)
            inner.append(line)
            i += 1
        return i

    def is_lazy_end(self, lines: list[Line], i: int) -> bool:
        """Whether a line that is not indented ends the container before it."""
        body = lines[i].body
        return (
            body[0] in "#!?=/[*:-_<`~"
            and (body[0] not in "*-_" or bool(_RULE.match(body) or _ABBREVIATION.match(body)))
            and self.interrupts(lines, i, 0, tight=False)
        )

    def quote(self, lines: list[Line], i: int, base: int) -> int:
        """BlockQuoteProcessor: the lines behind `>`, scanned as a page of their own."""
        inner: list[Line] = []
        while i < len(lines):
            line = lines[i]
            if line.body[:1] == ">" and line.indent - base < TAB:
                inner.append(unquoted(self.text, line))
            elif line.body and inner[-1].body:
                inner.append(line._replace(indent=0))
            elif not line.body and self.quote_goes_on(lines, i, base):
                inner.append(line)
            else:
                break
            i += 1
        self.blocks(inner, 0)
        return i

    def quote_goes_on(self, lines: list[Line], i: int, base: int) -> bool:
        while i < len(lines) and not lines[i].body:
            i += 1
        return i < len(lines) and lines[i].body[0] == ">" and lines[i].indent - base < TAB

    def titled(self, lines: list[Line], i: int, base: int) -> int:
        """AdmonitionProcessor, DetailsProcessor, TabbedProcessor: a title, then content."""
        line = lines[i]
        pattern = {"!": _ADMONITION, "?": _DETAILS, "=": _TAB}[line.body[0]]
        match = pattern.match(line.body)
        if not match:
            return 0
        number = 1 if pattern is _TAB else 2
        name = match[1] or (match[3] if pattern is _DETAILS else None)
        if match[number] is not None:
            heading = _TITLE_HEADING.match(match[number]) if pattern is _DETAILS else None
            start = match.start(number) + (heading.end() if heading else 0)
            self.one("title", line.first + start, line.first + match.end(number), '"')
        elif pattern is not _TAB and name:
            kind = name.split(" ", 1)[0].capitalize()
            self.add("default title", kind, ((line.end, line.end),), detail=' "{}"')
        end = i + 1
        while end < len(lines) and (not lines[end].body or lines[end].indent - base >= TAB):
            end += 1
        self.blocks(lines[i + 1 : end], base + TAB)
        return end

    def pymdown(self, lines: list[Line], i: int, base: int) -> int:
        """PyMdown Blocks: `/// name | title`, options, content, `///`."""
        line = lines[i]
        match = _BLOCK.match(line.body)
        if not match:
            return 0
        name = (match[2] or "").lower()
        if name and name not in _NO_TITLE:
            if match[4]:
                self.one("title", line.first + match.start(4), line.first + match.end(4))
            elif name in _TITLED and match[3] is None:
                self.add("default title", name.title(), ((line.end, line.end),), detail=" | {}")
        i += 1
        while name and i < len(lines) and lines[i].body and lines[i].indent - base >= TAB:
            i += 1
        verbatim = name == "html" and _VERBATIM.match(match[4] or "")
        while verbatim and i < len(lines) and lines[i].body != match[1]:
            i += 1
        return i

    def footnote(self, lines: list[Line], i: int, base: int) -> int:
        """FootnoteBlockProcessor: `[^name]: text`, and indented blocks below it."""
        match = _FOOTNOTE.match(lines[i].body)
        if not match:
            return 0
        inner = [cut(lines[i], match.end(), base + TAB)]
        i = self.content(lines, i + 1, base, inner)
        self.contained("footnote", inner, base + TAB)
        return i

    def definition(self, lines: list[Line], i: int, base: int) -> int:
        """DefListProcessor: `:   text` below its terms."""
        match = _DEFINITION.match(lines[i].body)
        if not match:
            return 0
        inner = [cut(lines[i], match.end(), base + TAB)]
        i = self.content(lines, i + 1, base, inner)
        self.blocks(inner, base + TAB)
        return i

    def contained(self, kind: str, lines: list[Line], base: int, tight: bool = False) -> None:
        """Scan a container; its first paragraph is of `kind`."""
        before = len(self.segments)
        self.blocks(lines, base, tight)
        if len(self.segments) > before and self.segments[before].kind == "paragraph":
            self.segments[before] = self.segments[before]._replace(kind=kind)

    # -- raw HTML ---------------------------------------------------------------

    def raw(self, lines: list[Line], i: int, base: int) -> int:
        """HTMLExtractor: comments, raw elements, and elements that hold Markdown."""
        line = lines[i]
        tag = markup.TAG.match(self.masked, line.first)
        if not tag or not markup.is_block(tag) or tag.end() > lines[-1].end:
            return 0
        end = tag.end()
        if not tag["close"] and not markup.takes_markdown(tag):
            if line.indent >= TAB:
                return 0
            end = min(markup.end_of(self.masked, line.first), lines[-1].end)
        self.html(line.first, end)
        return resume(lines, i, end)

    def comment(self, lines: list[Line], i: int, base: int) -> int:
        """A comment is no text; one that begins with `i18n:` speaks to this program."""
        start = lines[i].first
        if not self.text.startswith("<!--", start):
            return 0
        end = self.text.find("-->", start)
        if end < 0:
            return 0
        end = min(end + 3, lines[-1].end)
        if directive := _DIRECTIVE.match(self.text, start, end):
            self.direct(directive[1], " ".join(directive[2].split()))
        return resume(lines, i, end)

    def direct(self, order: str, words: str) -> None:
        match order:
            case "skip":
                self.skip_next = True
            case "note":
                self.note = words
            case _:
                self.skipping = order == "skip-start"

    @property
    def masked(self) -> str:
        """The text with its fenced code blanked out: tags in code are no tags."""
        if self._masked is None:
            text = self.text
            for start, fence in self.fences.items():
                text = text[:start] + " " * (fence.end - start) + text[fence.end :]
            self._masked = text
        return self._masked

    def html(self, start: int, end: int) -> None:
        """Add the runs of text in raw HTML."""
        for element, run in markup.runs(self.masked, start, end):
            kind = "drawing" if element in ("text", "tspan", "desc", "title") else "html"
            for first, last in _pieces(self.masked, *run):
                message = " ".join(self.text[first:last].split())
                if inline.has_words(message) and not _INCLUDE.match(message):
                    self.add(kind, message, ((first, last),), detail=element)

    # -- fenced code ------------------------------------------------------------

    def fence(self, lines: list[Line], i: int) -> int:
        """SuperFences: code is left alone, but for what its author asks to translate."""
        fence = self.fences[lines[i].first]
        self.fence_title(fence, lines[i].first)
        if fence.info.split("{")[0].strip(" .") == "mermaid" or ".mermaid" in fence.info:
            self.labels(fence)
        elif ".translate" in fence.info:
            content = self.text[slice(*fence.content)]
            rows = [row.removeprefix(fence.prefix) for row in content.split("\n")]
            start = fence.content[0] + len(content) - len(content.removeprefix(fence.prefix))
            if inline.has_words(content):
                message = "\n".join(rows)
                self.add("code", message, ((start, fence.content[1]),), detail=fence.prefix)
        while i < len(lines) and lines[i].first < fence.end:
            i += 1
        return i

    def fence_title(self, fence: Fence, start: int) -> None:
        """The title above a code block, unless it is the name of a file."""
        title = _FENCE_TITLE.search(self.text, start, fence.content[0])
        if title and inline.has_words(title[2]) and not _FILE_NAME.fullmatch(title[2]):
            span = title.span(2)
            self.add("code title", title[2], (span,), detail=title[1])

    def labels(self, fence: Fence) -> None:
        """The quoted labels of a Mermaid diagram."""
        position, end = fence.content
        for row in self.text[position:end].split("\n"):
            if not _NOT_LABELS.match(row):
                for label in _LABEL.finditer(row):
                    if inline.has_words(label[1]):
                        span = (position + label.start(1), position + label.end(1))
                        self.add("label", label[1], (span,))
            position += len(row) + 1


Rule = Callable[[_Scanner, list[Line], int, int], int]

# The constructs a block may begin with, by its first character. A rule returns the
# number of the next line, or 0 where the block is not its own.
RULES: dict[str, tuple[tuple[str, Rule], ...]] = {
    "#": (("heading", _Scanner.heading),),
    ">": (("quote", _Scanner.quote),),
    "!": (("admonition", _Scanner.titled),),
    "?": (("details", _Scanner.titled),),
    "=": (("tab", _Scanner.titled),),
    "/": (("block", _Scanner.pymdown),),
    "[": (
        ("footnote", _Scanner.footnote),
        ("reference", _Scanner.reference),
        ("include", _Scanner.include),
    ),
    "*": (
        ("rule", _Scanner.rule),
        ("abbreviation", _Scanner.abbreviation),
        ("list", _Scanner.bullets),
    ),
    "-": (("rule", _Scanner.rule), ("include", _Scanner.include), ("list", _Scanner.bullets)),
    "_": (("rule", _Scanner.rule),),
    "+": (("list", _Scanner.bullets),),
    "<": (("directive", _Scanner.comment), ("html", _Scanner.raw)),
    ":": (("include", _Scanner.include), ("definition", _Scanner.definition)),
    "$": (("math", _Scanner.math),),
    "\\": (("math", _Scanner.math),),
    "{": (("include", _Scanner.include),),
    ";": (("include", _Scanner.include),),
    **dict.fromkeys("0123456789", (("list", _Scanner.bullets),)),
}


def slug(text: str) -> str:
    """A short name for a place on a page, from the heading above it."""
    words = re.sub(r"[^\w\s-]", "", text.lower())
    return re.sub(r"[-\s]+", "-", words).strip("-")[:60]


_PIECE = re.compile(
    r"(?:(?:[*+-]|\d+\.)[ \t]+)?(\S(?:(?!\n[ \t\r]*(?:\n|[*+-]\s|\d+\.\s)).)*)", re.DOTALL
)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """The stretches between `start` and `end` that no blank line or list marker parts."""
    for piece in _PIECE.finditer(text, start, end):
        yield piece.start(1), piece.start(1) + len(piece[1].rstrip())
