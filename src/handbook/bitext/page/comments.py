"""Find the comments in a block of code: what may be translated of it without touching the code.

Languages are told apart only as far as their comments differ. Where the language is not known, no
comment is looked for, because what looks like one may be a command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from handbook.bitext.page.segments import Span

SHELL = frozenset(
    "bash sh shell zsh fish ksh powershell ps1 bat cmd makefile make dockerfile".split()
)
# What is longer than 2,000 characters is code, so that no search for an end is without one.
_HASH = r"(?<!\S)\#[^\n]*"
_SLASHES = r"(?<![:\\])//[^\n]*|/\*.{0,2000}?\*/"
_COMMENTS = {
    **dict.fromkeys(SHELL, _HASH),
    **dict.fromkeys(
        "python python3 py ruby rb perl r yaml yml toml nix elixir graphql".split(), _HASH
    ),
    **dict.fromkeys(
        "javascript js jsx typescript ts tsx java c cpp c++ h csharp c# cs go golang rust rs kotlin"
        " swift scala dart scss less json json5 jsonc groovy proto".split(),
        _SLASHES,
    ),
    **dict.fromkeys("php hcl terraform".split(), rf"{_SLASHES}|{_HASH}"),
    **dict.fromkeys("html xml svg vue".split(), r"<!--.{0,2000}?-->"),
    **dict.fromkeys("sql lua haskell hs ada".split(), r"(?<!\S)--[^\n]*|/\*.{0,2000}?\*/"),
    **dict.fromkeys("ini cfg conf lisp clojure scheme".split(), r"^[ \t]*[\#;][^\n]*|;;[^\n]*"),
    "css": r"/\*.{0,2000}?\*/",
}
_ANY_COMMENT = rf"{_SLASHES}|{_HASH}"
_STRING = (
    r'"""(?:[^\\]|\\.){0,2000}?"""'
    + r"|'''(?:[^\\]|\\.){0,2000}?'''"
    + r'|"(?:[^"\\\n]|\\.){0,2000}+"'
    + r"|'(?:[^'\\\n]|\\.){0,2000}+'"
)
# Strings that go on over several lines: a shell's, the text that a shell feeds to a command, and
# a template of JavaScript.
_LONG_STRING = {
    **dict.fromkeys(
        SHELL,
        r"<<-?[ ]*(?P<quote>['\"]?)(?P<end>\w+)(?P=quote).*?(?:^[> \t]*(?P=end)[ \t\r]*$|\Z)"
        r'|"(?:[^"\\]|\\.)*(?:"|\Z)' + r"|'[^']*(?:'|\Z)",
    ),
    **dict.fromkeys("javascript js jsx typescript ts tsx go golang".split(), r"`(?:[^`\\]|\\.)*`"),
}
_OPENING = re.compile(r"[> \t]*(?:\#+|//+!?|/\*+!?|<!--+|--+|;+|\*+(?!/))?[ \t]*")
_CLOSING = re.compile(r"[ \t]*(?:\*+/|--+>)?[ \t\r]*$")
# What programs read: which interpreter runs the file, what a checker leaves alone, where an
# include begins. (1)! is where a note about the line is put.
_FOR_PROGRAMS = re.compile(
    r"!|\[!|-\*-|@ts-|@formatter|(?:type|fmt|go|vim?|yaml-language-server|syntax|spell-?checker):"
    r"|(?:syntax|escape)=|(?:noqa|pylint|pyright|mypy|ruff|isort|pragma|eslint|prettier|biome|nolint"
    r"|shellcheck|hadolint|rubocop|(?:end)?region)\b|\(\d+\)!?\s*$|.*-8<-"
)


@cache
def tokens(language: str) -> re.Pattern[str]:
    """Return a pattern that matches the comments of a programming language, and its strings.

    Strings are matched so that what looks like a comment inside of one is not taken for one.
    """
    comment = _COMMENTS.get(language, _ANY_COMMENT)
    return re.compile(rf"(?P<string>{_STRING})|(?P<comment>{comment})", re.DOTALL | re.MULTILINE)


@cache
def _finder(language: str) -> re.Pattern[str] | None:
    """Return a pattern of what is certainly a comment, or a string; None in an unknown language."""
    comment = _COMMENTS.get(language)
    if comment is None:
        return None
    strings = "|".join(filter(None, (_LONG_STRING.get(language), _STRING)))
    string = r"(?!)" if comment.startswith("<") else strings
    return re.compile(rf"(?P<string>{string})|(?P<comment>{comment})", re.DOTALL | re.MULTILINE)


def find(text: str, language: str) -> Iterator[list[Span]]:
    """Yield each comment of a block of code as the spans of its lines, without its marks.

    Comments that are alone on lines that follow each other are one.
    """
    finder = _finder(language.lower())
    group: list[Span] = []
    for match in finder.finditer(text) if finder else ():
        for span in _lines(text, *match.span()) if match["comment"] else ():
            if group and not _goes_on(text, group[-1], span):
                yield group
                group = []
            group.append(span)
    if group:
        yield group


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the words of each line of a comment that has any to translate."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        opening = _OPENING.match(text, start, stop)
        first = opening.end() if opening else start
        closing = _CLOSING.search(text, first, stop)
        last = closing.start() if closing else stop
        if first < last and not _FOR_PROGRAMS.match(text, first, last):
            yield first, last
        start = stop + 1


def _goes_on(text: str, before: Span, after: Span) -> bool:
    """Tell whether a line of a comment continues the one before.

    Nothing but the marks of comments is between the two, and the same on both lines.
    """
    if text.count("\n", before[1], after[0]) != 1:
        return False
    lead = text[text.rfind("\n", 0, after[0]) + 1 : after[0]]
    above = text[text.rfind("\n", 0, before[0]) + 1 : before[0]]
    is_marks = not lead.strip("> \t#/*;-<!")
    closed = text[before[1] : after[0]].strip("> \t\r\n#/*;-")
    return (
        is_marks and not closed and (lead == above or above.strip("> \t") in ("/*", "/**", "<!--"))
    )
