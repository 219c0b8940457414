"""Rules for words: what is not translated, agreed terms, spelling, length, doubled words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Hashable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from math import log
from unicodedata import normalize

from handbook.bitext.checks.pair import Pair, Spellings, visible
from handbook.bitext.languages.scripts import HAN

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_QUOTED = re.compile(
    r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"|「[^「」]*」|『[^『』]*』|\*[^*\n]*\*|（[^（）]*）|\([^()]*\)"
)
_RUN = 4
"""This many words of the source in a row are text that was not translated."""


def untranslated(pair: Pair) -> Iterator[str]:
    """Words of the source stand in the translation."""
    if pair.kind in ("code", "short form", "address") or _is_same_language(pair):
        return
    here = visible_words(pair.target)
    there = visible_words(pair.source)
    run = _longest_run(here, there)
    names = sum(1 for word in run if word[:1].isupper())
    if len(run) >= _RUN and names < len(run) / 2:
        yield f"“{' '.join(run)}” is not translated"
    elif len(there) >= 2 and here == there and names < len(there) / 2:
        yield "it is the source, word for word; translate it"


def visible_words(text: str) -> list[str]:
    """Return the words of Markdown outside of quotations, emphasis and brackets."""
    runs = visible(_QUOTED.sub(" ", text)).split()
    return _WORD.findall(" ".join(each for each in runs if not _PATH.search(each)))


_PATH = re.compile(r"[^.]\.[^.]|/")
"""What is in a domain, a file or a path."""


def _is_same_language(pair: Pair) -> bool:
    return pair.source_language.code.partition("-")[0] == pair.language.code.partition("-")[0]


def _longest_run(here: list[str], there: list[str]) -> list[str]:
    """Return the longest run of words that two texts share; none that is shorter than `_RUN`.

    Runs of 1, 2, 4 … words get names, of which two make that of a run of any length: a text may
    say one word a thousand times, so that there are a million places to compare.
    """
    words = [*here, "", *there]
    names = [_numbered(words)]

    def start(length: int) -> int:
        """Return where the first run of so many words that both have begins; -1 for nowhere."""
        while 2 << (len(names) - 1) <= length:
            half = 1 << (len(names) - 1)
            names.append(_numbered(list(zip(names[-1], names[-1][half:], strict=False))))
        row = names[length.bit_length() - 1]
        pairs = list(zip(row, row[length - (1 << length.bit_length() - 1) :], strict=False))
        theirs = set(pairs[len(here) + 1 :])
        mine = enumerate(pairs[: max(0, len(here) - length + 1)])
        return next((place for place, pair in mine if pair in theirs), -1)

    lengths = range(_RUN, min(len(here), len(there)) + 1)
    longest = _RUN - 1 + bisect_left(lengths, True, key=lambda length: start(length) < 0)
    return here[start(longest) :][:longest] if longest >= _RUN else []


def _numbered(values: Sequence[Hashable]) -> list[int]:
    """Return a number for each value, the same for equal ones."""
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(value, len(numbers)) for value in values]


def terms(pair: Pair) -> Iterator[str]:
    """A term of the glossary is not translated as the glossary does."""
    if pair.glossary is None or pair.kind not in _RUNNING:
        return
    names, find = pair.glossary.names, pair.glossary.finder.find
    text = f">{visible(_SET_OFF.sub(partial(_without_title, names), pair.source))}"
    folded = _folded(visible(_without_titles_of(pair, names)))
    named = " ".join(f">{each}" for each in _set_off(pair.source) if each.casefold() in names)
    whole = {key for key, _, _ in find(named, 0, len(named))}
    for key in sorted({key for key, _, _ in find(text, 0, len(text))}):
        agreed = pair.glossary.agreed[key]
        if not any(_has(folded, _folded(each), pair, key in whole) for each in agreed):
            yield f"the glossary has “{key}” as “{agreed[0]}”; use that word"


_RUNNING = ("paragraph", "item", "footnote", "html")
"""Kinds of text that speak in sentences; titles and cells are worded freely."""


def _has(text: str, term: str, pair: Pair, is_whole: bool) -> bool:
    """Tell whether a text has a term, or a word of its family: *revocar* for *revocación*.

    A long one may be said in short, of two words one, but where it `is_whole`: named as a term.
    """
    if pair.language.is_cjk:
        size = len(term) if is_whole else min(2, len(term))
        return any(term[i : i + size] in text for i in range(len(term) - size + 1))
    words = [word for word in _WORD.findall(term) if len(word) > 3] or _WORD.findall(term)
    found = sum(1 for word in words if _has_family(text, word))
    return found == len(words) if is_whole else 2 * found >= len(words)


def _has_family(text: str, word: str) -> bool:
    """Tell whether a text has a word, an inflection of it, or another word of its stem."""
    derived = _DERIVED.search(word)
    ending = len(derived[0]) if derived else 1 if len(word) < _LONG_WORD else 2
    stem = word[: max(4, len(word) - ending)]
    # A short stem is part of other words: *visión* of *provisional*.
    return bool(re.search(rf"\b{stem}", text)) if len(stem) < _LONG_WORD else stem in text


_LONG_WORD = 7
_DERIVED = re.compile(
    r"(?:[aeiou]?(?:cion|sion|tion|dora?|tora?)|miento|ment|ness|idad|ity|ismo|ism)(?:es|s)?$"
)
"""Endings that make a noun of another word, where other words of the family end otherwise."""


def _folded(text: str) -> str:
    """Return a text in small letters, those of Latin without accents."""
    apart = normalize("NFD", text.casefold())
    return normalize("NFC", _ACCENTS.sub("", apart))


_ACCENTS = re.compile("(?<=[a-z])[\u0300-\u036f]+")


def _without_titles_of(pair: Pair, names: Container[str]) -> str:
    """Return a translation without the words of links whose words are titles in the source."""
    links = _LINK.finditer(pair.source)
    titled = {found[2] for found in links if not _without_title(names, found).strip()}
    return _LINK.sub(lambda found: " " if found[2] in titled else found[0], pair.target)


def _set_off(text: str) -> Iterator[str]:
    """Yield the words that are set off in a text."""
    for found in _SET_OFF.finditer(text):
        yield next(filter(None, found.groups()), "").strip(" .,。、")


def _without_title(terms: Container[str], found: re.Match[str]) -> str:
    """Return the words that are set off if they are no title: a term, running words, a sentence."""
    text = next(filter(None, found.groups()), "").strip(" .,。、")
    is_sentence = bool(_SPOKEN.search(found[0]))
    is_running = text[:1].islower() or text.casefold() in terms or is_sentence
    return f" {text} " if is_running else " "


_SET_OFF = re.compile(
    r"\[([^\[\]]*)\]\([^)]*\)|\"([^\"]*)\"|«([^»]*)»|“([^”]*)”|「([^」]*)」|『([^』]*)』"
    r"|(?<!\*)\*(?!\*)([^*\n]+)\*(?!\*)"
)
"""Links, quotations and emphasis: titles, which are worded freely, and other words."""
_SPOKEN = re.compile(r"^\*.*[.?!]\*$|^「.*[。？！]", re.DOTALL)
_LINK = re.compile(r"\[([^\[\]]*)\]\(([^)]*)\)")


def spelling(pair: Pair) -> Iterator[str]:
    """A word is spelled in another way than the handbook's list has it."""
    if pair.spellings is not None:
        yield from misspelled(pair.written, pair.spellings)


def misspelled(text: str, spellings: Spellings) -> Iterator[str]:
    """Yield what is wrong with each variant in a text as readers see it; titles may have them."""
    for variant, used in spellings.find(FOREIGN_TITLE.sub(" ", text)):
        yield f"“{variant}” is spelled “{used}” here"


FOREIGN_TITLE = re.compile(r'"[A-Z][^"\n]*"|«[A-Z][^«»\n]*»|「[A-Z][^「」\n]*」|『[^『』\n]*』')


_SHORT, _LONG = 25, 90
_FAR_SHORT, _FAR_LONG = 5.5, 4.0
"""How many usual distances from the usual length are too many, for short and for long texts."""
_MISSING = 3.8
"""The same for a long text that is shorter: half of it missing is less far than an addition."""
_SENTENCE_MISSING = 2.8
"""The same for one that has fewer sentences than its source, too."""
_CUT_OFF = 1.8
"""The same for a paragraph that ends within a sentence, too, where its source does not."""


def length(pair: Pair) -> Iterator[str]:
    """A translation is far shorter or longer than others of its source's length."""
    if pair.lengths is None:
        return
    mine, theirs = without_shared(pair.said, pair.written)
    if len(mine) < _SHORT or not theirs:
        return
    is_long = len(mine) >= _LONG
    usual, distance = pair.lengths.long if is_long else pair.lengths.short
    ratio = log(size(theirs) / size(mine))
    far = (_far_shorter(pair) if ratio < usual else _FAR_LONG) if is_long else _FAR_SHORT
    if abs(ratio - usual) > distance * far:
        what = "shorter" if ratio < usual else "longer"
        yield f"it is far {what} than translations usually are; is something {_WHAT[what]}?"


def _far_shorter(pair: Pair) -> float:
    """Return how many usual distances a long translation may be shorter than usual."""
    is_fewer = len(_SENTENCE.findall(pair.written)) < len(_SENTENCE.findall(pair.said))
    is_ended = [_END.search(text) for text in (pair.said, pair.written)]
    if is_fewer and pair.kind == "paragraph" and is_ended[0] and not is_ended[1]:
        return _CUT_OFF
    return _SENTENCE_MISSING if is_fewer else _MISSING


_END = re.compile(r"[.!?。！？…:：][\s\"”’»」』）)］\]]*$")
_SENTENCE = re.compile(r"[.!?。！？]+(?=[\s\"”’»」』）)]|$|[^\W\d_])")


def size(text: str) -> int:
    """Return how long a text is to say; most Chinese characters stand for two syllables of kana."""
    return len(text) + len(_HAN.findall(text))


_HAN = re.compile(f"[{HAN}]")


def without_shared(one: str, other: str) -> tuple[str, str]:
    """Return two texts without the words that both have: names, titles, numbers."""
    shared = set(_SHARED.findall(one)) & set(_SHARED.findall(other))
    drop = partial(_SHARED.sub, lambda match: "" if match[0] in shared else match[0])
    return " ".join(drop(one).split()), " ".join(drop(other).split())


_SHARED = re.compile(r"[A-Za-zÀ-ɏ]{2,}|\d+")
_WHAT = {"shorter": "missing", "longer": "added"}


def doubled(pair: Pair) -> Iterator[str]:
    """A word stands twice in a row."""
    if pair.language.is_cjk:
        found = DOUBLED_WORDS.search(pair.own)
        if found and found[0] not in pair.said:
            yield f"“{found[0]}” stands twice"
        return
    for one, other in doubled_words(pair):
        yield f"“{one} {other}” stands twice"
        return


def doubled_words(pair: Pair) -> Iterator[tuple[str, str]]:
    """Yield each word that stands twice in a row, where words are divided by blanks."""
    said = pair.said.casefold().split()
    if any(one == other for one, other in pairwise(said)):
        return  # then the translation may do so too
    for one, other in pairwise(pair.written.split()):
        same = one.casefold() == other.casefold() and one.isalpha() and one == one.lower()
        if same and (len(one) > 3 or one in _LITTLE):
            yield one, other


DOUBLED_WORDS = re.compile(  # in Japanese
    r"(です|という|こと|から|ので|ました)\1|をを"
)
_LITTLE = frozenset(
    "a al and con de del el en for in is la las los no of on or por que the to y".split()
)
"""Little words that never follow themselves."""
