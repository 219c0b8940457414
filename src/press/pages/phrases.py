"""Japanese titles that break between phrases: headings, heads of tables, tabs, the navigation.

Japanese sets no blanks, so by itself a line of it ends anywhere, within a word too. In titles the
style sheet forbids that (`word-break: keep-all`) but where a `<wbr>` stands, which is put here, at
the ends of phrases (文節). BudouX finds them, a small model that is at times wrong about short
titles; where no phrase can end is known from how Japanese is written.

Titles are also in the navigation and in other parts of the theme, so this reads finished pages. It
reads them as text: no tree of a whole page would make it shorter, and every page would be written
a second time.
"""

import html
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

import budoux

from bitext.languages.scripts import HAN, HIRAGANA, KATAKANA
from bitext.page.markup import end_of

_TITLE = re.compile(
    r"""<(?:h[1-6]|th|caption|figcaption|summary)\b(?:[^">]|"[^"]*")*>
      | <(?:p|span|div|label)\ class="(?:admonition-title|md-ellipsis|md-nav__title)"[^>]*>
      | <label\ for="__tabbed_[^>]*>
      | <p>(?=<strong>(?:(?!</?strong>).)*</strong></p>)""",
    re.VERBOSE,
)
_PIECE = re.compile(r"""<(?:[^">]|"[^"]*")*>|&[#\w]+;|\s+|.""", re.DOTALL)
_WHOLE = re.compile(r'<(?:(?:code|kbd|samp|math|ruby|svg)\b|a class="headerlink")')
"""Elements within which nothing breaks."""
_UNREAD = re.compile(r'<(rt|rp|svg|a(?= class="headerlink"))\b.*?</\1>|<[^>]*>', re.DOTALL)

_MODELS = {
    "ja": budoux.load_default_japanese_parser,
    "zh-hans": budoux.load_default_simplified_chinese_parser,
    "zh-hant": budoux.load_default_traditional_chinese_parser,
}
_UNSPACED = re.compile(f"[{HAN}{HIRAGANA}{KATAKANA}]")
_PAUSES = "、。，．：；！？"
_OPENING, _CLOSING = "（〔［｛〈《「『【“‘(\\[", "）〕］｝〉》」』】”’)\\]"
_JOINED = re.compile(
    rf"""(?<=[\s\d第{_OPENING}]) | (?=[\s{_CLOSING}{_PAUSES},.!?・…‥〜ー])
       | (?<=[\d数][かカヵヶ]) | (?<=が)(?=かり)
       | (?<=[{HAN}])(?=[{HAN}{HIRAGANA}]) | (?<=[{KATAKANA}])(?=[{KATAKANA}])
       | (?<=[!-~])(?=[!-~])""",
    re.VERBOSE,
)
"""Where no phrase ends: behind a number, which has its counter there, before the ending of a verb,
within a run of kanji or katakana, beside brackets and before marks that begin no line."""
_LOOSE = re.compile(rf"(?<=[{_CLOSING}〜])(?=\w)")
"""Where browsers break a line in spite of the style sheet, though what follows belongs there."""


def part(page: str, model: str) -> str:
    """A finished page with `<wbr>` between the phrases of its titles.

    `model` is what BudouX calls that of the page's language; with "" nothing is changed.
    """
    if not model:
        return page
    pieces: list[str] = []
    done = 0
    while title := _TITLE.search(page, done):
        end = end_of(page, title.start())
        pieces += page[done : title.end()], _parted(page[title.end() : end], model)
        done = end
    return "".join((*pieces, page[done:]))


@lru_cache(maxsize=4096)  # the navigation is much the same on all pages
def _parted(title: str, model: str) -> str:
    """The HTML of a title with a `<wbr>` behind each phrase but the last."""
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
    """The smallest pieces of a title that nothing comes between, each with what it says."""
    done = 0
    for piece in _PIECE.finditer(title):
        start = piece.start()
        if start >= done:
            done = end_of(title, start) if _WHOLE.match(piece[0]) else piece.end()
            yield title[start:done], _said(title[start:done])


def _said(markup: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(_UNREAD.sub("", markup)))


def _ends(text: str, model: str) -> Iterator[int]:
    """The offsets in `text` at which a phrase ends and a line may."""
    joined = {each.start() for each in _JOINED.finditer(text)}
    phrases = _parser(model).parse(text)
    offset = 0
    for phrase, following in pairwise(phrases):
        offset += len(phrase)
        is_sure = phrase[-1] in _PAUSES or min(_letters(phrase), _letters(following)) > 1
        if is_sure and offset not in joined:
            yield offset


def _letters(phrase: str) -> int:
    """How many letters a phrase has. One alone is mostly the first or the last of a word."""
    return len(re.findall(r"\w", phrase))


@cache
def _parser(model: str) -> budoux.Parser:
    return _MODELS[model]()
