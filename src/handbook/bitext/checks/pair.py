"""A translation beside its source, as the rules for wording see the two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce

from handbook.bitext.languages.record import Language
from handbook.bitext.languages.terms import Finder


@dataclass(frozen=True)
class Glossary:
    """The terms of a handbook's glossary in two languages."""

    finder: Finder
    """Finds terms in texts of the source language; its keys are those of `agreed`."""
    agreed: Mapping[str, tuple[str, ...]]
    """How each term may be translated: all spellings, the forms of words apart."""

    @cached_property
    def names(self) -> frozenset[str]:
        """The terms in small letters."""
        return frozenset(key.casefold() for key in self.agreed)


class Spellings:
    """The spellings that a handbook does not use in a language, and those that it does."""

    def __init__(self, listed: Mapping[str, tuple[str, ...]], language: Language) -> None:
        """Take the variants that are not written, by the form that is."""
        self.listed = tuple((other, used) for used, others in listed.items() for other in others)
        """Each variant, with the form that is used."""
        self._used = {other.casefold(): used for other, used in self.listed}
        longest_first = sorted((other for other, _ in self.listed), key=len, reverse=True)
        bound = "" if language.is_cjk else r"\b"
        branches = "|".join(map(re.escape, longest_first))
        self._pattern = re.compile(f"{bound}(?:{branches or '(?!)'}){bound}", re.IGNORECASE)

    def find(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield each variant in a text with the form that is used."""
        for match in self._pattern.finditer(text):
            if used := self._form(match[0]):
                yield match[0], used

    def replaced(self, text: str) -> str:
        """Return a text with the forms that are used; a capital at the beginning of one stays."""
        return self._pattern.sub(self._replacement, text)

    def _replacement(self, match: re.Match[str]) -> str:
        used = self._form(match[0]) or match[0]
        return used[:1].upper() + used[1:] if match[0][:1].isupper() else used

    def _form(self, written: str) -> str | None:
        """Return the form that is used for a word; None if it is none of the variants.

        To a pattern that is blind to case, Turkish ı and İ are the letter i as well.
        """
        return self._used.get(written.casefold())


@dataclass(frozen=True)
class Lengths:
    """How long translations of a language are, in proportion to texts of a source language.

    The logarithm of the ratio, for short and for long texts: its median, and its usual distance
    from that (the median absolute deviation, as large as a standard deviation).
    """

    short: tuple[float, float]
    long: tuple[float, float]


@dataclass(frozen=True)
class Pair:
    """A current translation and its source."""

    source: str
    """The message, Markdown as it stands in the catalog."""
    target: str
    """The translation."""
    kind: str
    """The kind of text, as segments name it."""
    source_language: Language
    language: Language
    glossary: Glossary | None = None
    spellings: Spellings | None = None
    lengths: Lengths | None = None
    """None if too few texts are translated to tell."""
    is_strict: bool = False
    """Whether `**` is shown as it is between a letter and a mark, as in `は**「何」**です`."""

    @cached_property
    def said(self) -> str:
        """The source as a reader sees it."""
        return visible(self.source)

    @cached_property
    def written(self) -> str:
        """The translation as a reader sees it."""
        return visible(self.target)

    @cached_property
    def own(self) -> str:
        """The translation as a reader sees it, without what it quotes as the source has it.

        Titles of books, say, which follow the rules of their own language.
        """
        same = (each for each in QUOTED.findall(self.written) if each[1:-1].strip() in self.said)
        return reduce(lambda text, title: text.replace(title, "□"), same, self.written)


QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"|「[^「」]*」|『[^『』]*』|（[^（）]*）")

# What readers do not see as it is written.
HIDDEN = re.compile(
    r"""
    (?P<code>(?P<ticks>`+)[^`]+(?P=ticks)) |
    <(?P<address>(?:https?:|mailto:)[^<>\s]*|[^<>\s@/"']+@[^<>\s@]+)> | </?[A-Za-z][^<>]*> |
    \[\^[^\]\s]+\] |
    \{[:\s]*[.\#][^{}\n]*\} |
    (?<=\])(?:\([^()\s]*(?:\s"[^"]*")?\)|\[[^\[\]]*\](?!\()) |
    https?://[!-~]+ |
    (?<!\\)(?:[*_]{1,3}|==)(?=\S) | (?<=[^\s\\])(?:\*{1,3}|_{1,3}(?!\w)|==)
    """,
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_BRACKETS = re.compile(r"!?\[([^\[\]]*)\]")


def _shown(hidden: re.Match[str]) -> str:
    """Return what stands for a part that readers do not see as it is written."""
    if hidden["code"] or hidden["address"] or hidden[0].startswith("http"):
        return "□"
    around = hidden.string[max(hidden.start() - 1, 0) : hidden.end() + 1]
    is_between_blanks = around.startswith(" ") and around.endswith(" ")
    return _EDGE if hidden[0] == "==" or is_between_blanks else ""


_EDGE = "\u200b"
"""What stands for the edge of marked text, and for a tag between blanks: no blank, no letter."""


def visible(text: str) -> str:
    """Return Markdown as a reader sees it: no targets of links, signs of emphasis or attributes.

    Code and addresses become `□`, so that what is around them still has a word there.
    """
    text = HIDDEN.sub(_shown, text)
    return _ESCAPE.sub(r"\1", _BRACKETS.sub(r"\1", text)).replace("&nbsp;", " ").strip()
