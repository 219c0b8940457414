"""What a reader sees of a message: its words without the signs of Markdown, and what they link to.

It is near enough to the rendered page to compare two versions of a text. The tests hold it to what
Python-Markdown makes of the same messages.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from handbook.bitext.changes import styles
from handbook.bitext.changes.styles import Run, Style
from handbook.bitext.languages.scripts import CJK
from handbook.bitext.page import inline, markup

_LETTER = f"[^\\W{CJK}]"
_EMPHASIS = re.compile(r"\*+|_+")
_PAIRS = re.compile(r"(~~|\^\^|==|\+\+)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_SMALL = re.compile(r"(?<![~^])([~^])(?=\S)([^\s~^]+)\1(?![~^])")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_NOTE = re.compile(r"\[\^([^\]\s]+)\]")
_HIDDEN = re.compile(r"<(rp|script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_BLANK = re.compile(r"\s+")
_PROTECTED = 0xF0000
"""Private characters from here on stand for text that is to be left alone."""


class Link(NamedTuple):
    """Where words of a text lead to, or what a picture shows."""

    words: str
    """Those that lead there; of a footnote its own, as far as they are known."""
    target: str
    kind: str = "link"
    """`link`, `image` or `footnote`."""
    title: str = ""
    """What is shown of it when one points at it."""

    content: str = ""
    """Of a picture or a file, the id by which git knows it; "" if that is not known."""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What it is, apart from its words: these are a part of the text."""
        return self.kind, self.target, self.title, self.content


@dataclass(frozen=True)
class Reading:
    """A message as a reader sees it."""

    text: str
    links: tuple[Link, ...] = ()
    styles: tuple[Run, ...] = ()
    """Which of its letters are bold, struck out or the like."""


def read(message: str, references: Mapping[str, str] | None = None) -> Reading:
    """Return what a reader sees of a message; `references` are the page's targets by label."""
    return _Reader(references).read(message) if references else _read(message)


@lru_cache(maxsize=4096)
def _read(message: str) -> Reading:
    """Return what a reader sees where a page has no targets; kept, as versions share messages."""
    return _Reader({}).read(message)


def references(text: str) -> dict[str, str]:
    """Return the targets that a page defines for its links, by their labels in small letters."""
    return {label.casefold(): target for label, target in _DEFINITION.findall(text)}


_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)([^\[\]\n]+)\]:[ \t]*<?([^\s>]+)", re.MULTILINE)


@dataclass
class _Reader:
    """The reading of one message."""

    references: Mapping[str, str]
    kept: list[str] = field(default_factory=list)
    """Texts that are to be left alone, such as code."""
    links: list[Link] = field(default_factory=list)

    def read(self, message: str) -> Reading:
        """Return the message as a reader sees it."""
        text = _KEPT.sub(lambda found: self._sign(found[0]), message)  # icons are such characters
        text = self._code(text)
        text = _ESCAPED.sub(lambda found: self._keep(found[1]), text)
        text = _HIDDEN.sub("", text)
        text = self._links(text)
        text = self._marked(text)
        links = (each._replace(words=self._plain(each.words)) for each in self.links)
        return Reading(_squeezed(text), tuple(links), styles.runs(text))

    def _keep(self, text: str) -> str:
        return self._sign(self._restored(text))

    def _sign(self, text: str) -> str:
        """Return the character that stands for a text from now on."""
        self.kept.append(text)
        return chr(_PROTECTED + len(self.kept) - 1)

    def _code(self, text: str) -> str:
        """Return a text with a sign for each piece of code."""
        parts: list[str] = []
        done = 0
        for start, end in markup.code_spans(text):
            if (end - start) < 3 or _is_escaped(text, start):
                continue
            ticks = len(text[start:end]) - len(text[start:end].lstrip("`"))
            code = self._keep(_code_of(text[start + ticks : end - ticks]))
            parts += text[done:start], styles.marked(code, "code")
            done = end
        return "".join((*parts, text[done:]))

    def _links(self, text: str) -> str:
        """Return a text with the words of its links and pictures alone, and note these."""
        cuts: list[tuple[int, int, str]] = []
        for element in sorted(inline.elements(text), key=lambda each: (each.start, -each.end)):
            start, end = element.start, element.end
            if element.kind in ("link", "image", "reference"):
                self._link(text, element, cuts)
            elif element.kind == "tag":
                cuts.append((start, end, self._tag(text[start:end])))
        position = 0
        parts: list[str] = []
        for start, end, instead in sorted(cuts):
            if start >= position:
                parts += text[position:start], instead
                position = end
        return "".join((*parts, text[position:]))

    def _link(self, text: str, element: inline.Element, cuts: list[tuple[int, int, str]]) -> None:
        """Note a link, picture or footnote; add to `cuts` what replaces which of its signs."""
        start, end = element.start, element.end
        source = text[start:end]
        if source.startswith("<"):
            self.links.append(Link(element.target, self._restored(element.target)))
            cuts.append((start, end, self._keep(element.target)))
            return
        if note := _NOTE.fullmatch(source):
            self.links.append(Link("", note[1], "footnote"))
            cuts.append((start, end, ""))
            return
        is_image = source.startswith("!")
        opening = 2 if is_image else 1
        close = _closing(text, start + opening - 1)
        target = self._target(element, text[start + opening : close])
        if target is None:
            return
        words = text[start + opening : close]
        title = self._plain(element.title)
        self.links.append(Link(words, target, "image" if is_image else "link", title))
        cuts += [(start, start + opening, ""), (close, end, "")]

    def _target(self, element: inline.Element, words: str) -> str | None:
        """Return where a link leads to; None if its brackets are only brackets."""
        if element.target:
            return styles.without_marks(self._restored(element.target))
        if element.key in ("link ", "image "):
            return ""
        label = words if element.kind == "reference" else element.key.partition("[")[2][:-1]
        return self.references.get((label or words).casefold())

    def _tag(self, tag: str) -> str:
        """Return what a reader sees in the place of a tag."""
        found = markup.TAG.fullmatch(tag)
        if found is None:
            return tag
        name = (found["name"] or "").lower()
        said = _ATTRIBUTE.findall(tag)
        given = {key.lower(): one or other for key, one, other in said}
        if name == "img":
            alt: str = given.get("alt", "")
            self.links.append(Link(alt, self._restored(given.get("src", "")), "image"))
            return alt
        if name == "a" and "href" in given:
            self.links.append(Link("", html.unescape(self._restored(given["href"]))))
        if name == "rt":
            return ")" if found["close"] else "("
        if style := styles.OF_TAG.get(name):
            return styles.end(style) if found["close"] else styles.begin(style)
        return " " if name == "br" else ""

    def _plain(self, text: str) -> str:
        """Return a text without signs of emphasis, its white space as a browser shows it."""
        return _squeezed(self._marked(text))

    def _marked(self, text: str) -> str:
        """Return a text with the characters of styles in the place of Markdown's signs."""
        for _ in range(2):
            text = _PAIRS.sub(_inside, text)
        text = _SMALL.sub(lambda found: styles.marked(found[2], _OF_SIGN[found[1]]), text)
        return _KEPT_OR_NOT.sub(self._unescaped, _emphasized(text))

    def _unescaped(self, found: re.Match[str]) -> str:
        """Return a text that was kept; of others, what their references stand for."""
        return self._restored(found[0]) if _KEPT.match(found[0]) else html.unescape(found[0])

    def _restored(self, text: str) -> str:
        return _KEPT.sub(lambda found: self.kept[ord(found[0]) - _PROTECTED], text)


def _squeezed(text: str) -> str:
    """Return a text without the characters of styles, its white space as a browser shows it."""
    return _BLANK.sub(" ", styles.without_marks(text)).strip()


_KEPT = re.compile("[\U000f0000-\U000fffff]")
_KEPT_OR_NOT = re.compile(f"{_KEPT.pattern}|[^{_KEPT.pattern[1:]}+")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def _inside(found: re.Match[str]) -> str:
    """Return what stands between two signs; of keys, each with its name's first letter large."""
    if found[1] != "++":
        return styles.marked(found[2], _OF_SIGN[found[1]])
    keys = found[2].split("+")
    return "+".join(f"{key[:1].upper()}{key[1:]}" for key in keys) if all(keys) else found[0]


_OF_SIGN: dict[str, Style] = {
    "~~": "struck",
    "^^": "underlined",
    "==": "marked",
    "~": "lowered",
    "^": "raised",
}


def _emphasized(text: str) -> str:
    """Return a text with styles for the signs of emphasis, as CommonMark pairs these."""
    return _Emphasis(text).read()


@dataclass
class _Emphasis:
    """The runs of stars or underscores in a text, and which of them stand for styles.

    A run may begin emphasis, end it, or both; those that have begun some wait in `opened` until a
    run of the same sign ends it. What is left of a run that found no other stays in the text.
    """

    text: str
    opened: list[int] = field(default_factory=list)
    """Where runs begin that have not been ended, the innermost last."""
    left: dict[int, int] = field(default_factory=dict)
    """How many signs of a run stand for nothing yet, by where it begins; so for all that follow."""
    begun: dict[int, str] = field(default_factory=dict)
    """The styles that begin where the run is."""
    ended: dict[int, str] = field(default_factory=dict)
    """The styles that end there."""

    def read(self) -> str:
        """Return the text with its styles."""
        for found in _EMPHASIS.finditer(self.text):
            start, end = found.span()
            before, after = self.text[:start][-1:], self.text[end : end + 1]
            is_word = found[0][0] == "_"
            self.left[start] = end - start
            if _may_stand(before, after, is_word):
                self._end(start)
            if self.left[start] and _may_stand(after, before, is_word):
                self.opened.append(start)
        return _EMPHASIS.sub(self._replaced, self.text)

    def _end(self, start: int) -> None:
        """End what the run at `start` can end: first what was begun last."""
        while self.left[start] and (first := self._beginning(self.text[start])) is not None:
            del self.opened[self.opened.index(first) + 1 :]  # these were not ended within
            used = min(self.left[start], self.left[first])
            self.left[start] -= used
            self.left[first] -= used
            for style in _of_stars(used):
                self.begun[first] = styles.begin(style) + self.begun.get(first, "")
                self.ended[start] = self.ended.get(start, "") + styles.end(style)
            if not self.left[first]:
                self.opened.pop()

    def _beginning(self, sign: str) -> int | None:
        """Return where the last run of a sign is that has not been ended; None if none is."""
        return next((each for each in reversed(self.opened) if self.text[each] == sign), None)

    def _replaced(self, found: re.Match[str]) -> str:
        at = found.start()
        return "".join((self.ended.get(at, ""), found[0][: self.left[at]], self.begun.get(at, "")))


def _of_stars(count: int) -> tuple[Style, ...]:
    """Return the styles of so many signs."""
    return (*(("italic",) if count % 2 else ()), *(("bold",) if count > 1 else ()))


def _may_stand(inner: str, outer: str, is_word: bool) -> bool:
    """Tell whether a sign may begin or end emphasis: what it stresses is `inner`."""
    is_within = is_word and bool(re.match(_LETTER, outer))
    return bool(inner.strip()) and not is_within


def _is_escaped(text: str, start: int) -> bool:
    before = text[:start]
    return bool((len(before) - len(before.rstrip("\\"))) % 2)


def _code_of(code: str) -> str:
    """Return inline code without the name of its language, where it begins with one."""
    return _TONGUE.sub("", code.strip())


_TONGUE = re.compile(r"^(?:#!|:::)[\w.+#-]+ +(?=\S)")


def _closing(text: str, opened: int) -> int:
    """Return where the bracket closes that opens at an offset; the text's end if it never does."""
    depth = 0
    for found in _BRACKET.finditer(text, opened):
        depth += 1 if found[0] == "[" else -1
        if not depth:
            return found.start()
    return len(text)


_BRACKET = re.compile(r"[\[\]]")
