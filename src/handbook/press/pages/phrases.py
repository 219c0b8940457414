"""Line breaks between phrases in Japanese titles: headings, short cells, tabs, the navigation.

Japanese has no spaces between words, so browsers break its lines anywhere, even within a word. In
titles the style sheet forbids that (`word-break: keep-all`) except at a `<wbr>`; this module puts
one at the end of each phrase (文節). BudouX, a small model, finds the phrases; it is sometimes
wrong about short titles, so rules of Japanese writing say where a phrase cannot end.

Titles are also in the navigation and in other parts of the theme, so this works on finished pages.
It works on them as text: parsing a whole page to a tree would not make the code shorter, and every
page would have to be serialized a second time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from handbook.bitext.languages.phrasing import parser
from handbook.bitext.languages.scripts import HAN, HIRAGANA, KATAKANA
from handbook.bitext.page.characters import decoded
from handbook.bitext.page.markup import end_of
from handbook.bitext.patterns import pattern

_TITLE = re.compile(
    r"""<(?:h[1-6]|th|caption|figcaption|summary|(?P<cell>td))\b(?:[^">]|"[^"]*")*>
      | <(?:p|span|div|label)\ class="(?:admonition-title|md-ellipsis|md-nav__title)"[^>]*>
      | <label\ for="__tabbed_[^>]*>
      | <p>(?=<strong>(?:(?!</?strong>).)*</strong></p>)""",
    re.VERBOSE,
)
_PIECE = re.compile(r"""<(?:[^">]|"[^"]*")*>|&[#\w]+;|\s+|.""", re.DOTALL)
_WHOLE = re.compile(r'<(?:(?:code|kbd|samp|math|ruby|svg)\b|a class="headerlink")')
"""Elements within which a line must not break."""
_UNREAD = re.compile(r'<(rt|rp|svg|a(?= class="headerlink"))\b.*?</\1>|<[^>]*>', re.DOTALL)


_UNSPACED = pattern(f"[{HAN}{HIRAGANA}{KATAKANA}]")
_PAUSES = "、。，．：；！？"
_OPENING, _CLOSING = "（〔［｛〈《「『【“‘(\\[", "）〕］｝〉》」』】”’)\\]"
_JOINED = pattern(
    rf"""(?<=[\s\d第{_OPENING}]) | (?=[\s{_CLOSING}{_PAUSES},.!?・…‥〜ー])
       | (?<=[\d数][かカヵヶ]) | (?<=が)(?=かり)
       | (?<=[{HAN}])(?=[{HAN}{HIRAGANA}]) | (?<=[{KATAKANA}])(?=[{KATAKANA}])
       | (?<=[!-~])(?=[!-~])""",
    re.VERBOSE,
)
"""Positions where a phrase cannot end.

These are after a number, where its counter follows, before the ending of a verb, within a run of
kanji or katakana, beside brackets and before punctuation that must not begin a line."""
_CELL = 16
"""A cell of a table of at most so many letters is read like a title; more are a text."""
_LONG = 11
"""A phrase of more letters than that may have been two that the model has not told apart."""
_KANJI = pattern(f"(?<=[{HIRAGANA}])(?=[{HAN}])")
"""The place between a hiragana and a kanji, where a word begins."""
_LOOSE = re.compile(rf"(?<=[{_CLOSING}〜])(?=\w)")
"""Positions where browsers break a line despite the style sheet, but must not."""


def part(page: str, model: str) -> str:
    """Return a finished page with `<wbr>` between the phrases of its titles.

    `model` is BudouX's name of the model for the page's language; with "" nothing is changed.
    """
    if not model:
        return page
    pieces: list[str] = []
    done = 0
    while title := _TITLE.search(page, done):
        end = end_of(page, title.start())
        inner = page[title.end() : end]
        pieces += page[done : title.end()], (_cell if title["cell"] else _parted)(inner, model)
        done = end
    return "".join((*pieces, page[done:]))


def _cell(inner: str, model: str) -> str:
    """Return the rest of a cell from its content on; a short one is parted, and ends with a break.

    By that break the style sheet knows it, even if it is a single phrase: *about April 2012*.
    """
    content, closing, after = inner.rpartition("</td>")
    if not closing or not 0 < _letters(_said(content)) <= _CELL or not _UNSPACED.search(content):
        return inner
    return f"{_parted(content, model)}<wbr>{closing}{after}"


@lru_cache(maxsize=4096)  # the navigation is much the same on all pages
def _parted(title: str, model: str) -> str:
    """Return the HTML of a title with a `<wbr>` after each phrase except the last."""
    if not _UNSPACED.search(title):
        return title
    atoms = list(_atoms(title))
    text = "".join(words for _, words in atoms)
    marks = dict.fromkeys((each.start() for each in _LOOSE.finditer(text)), "\N{WORD JOINER}")
    marks |= dict.fromkeys(_ends(text, model), "<wbr>")
    pieces: list[str] = []
    read = 0
    for markup, words in atoms:
        read += len(words)
        pieces += markup, marks.get(read, "") if words else ""
    return "".join(pieces)


def _atoms(title: str) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a title that must not be split: the HTML and the text of each."""
    done = 0
    for piece in _PIECE.finditer(title):
        start = piece.start()
        if start >= done:
            done = end_of(title, start) if _WHOLE.match(piece[0]) else piece.end()
            yield title[start:done], _said(title[start:done])


def _said(markup: str) -> str:
    """Return the text of a piece of HTML, without pronunciations (ruby), drawings and tags."""
    return re.sub(r"\s+", " ", decoded(_UNREAD.sub("", markup)))


def _ends(text: str, model: str) -> Iterator[int]:
    """Yield the offsets in `text` where a phrase ends and a line may break."""
    joined = {each.start() for each in _JOINED.finditer(text)}
    phrases = [part for each in parser(model).parse(text) for part in _divided(each)]
    offset = 0
    for phrase, following in pairwise(phrases):
        offset += len(phrase)
        is_sure = phrase[-1] in _PAUSES or min(_letters(phrase), _letters(following)) > 1
        if is_sure and offset not in joined:
            yield offset


def _divided(phrase: str) -> list[str]:
    """Return a phrase, or its parts, each from a kanji on, if it is too long for a column."""
    return _KANJI.split(phrase) if _letters(phrase) > _LONG else [phrase]


def _letters(phrase: str) -> int:
    """Return the number of letters in a phrase. A single one mostly begins or ends a word."""
    return len(re.findall(r"\w", phrase))
