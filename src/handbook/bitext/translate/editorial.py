"""Decide whether translations can stay current after an edit that its author calls editorial.

The correction of a typo does not change translations. A change to a number, a "not" or a "must"
does, however few letters it has, and so does one word put in the place of another ("after" for
"before"); such an edit is refused, with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from itertools import takewhile
from unicodedata import combining, normalize

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from handbook.bitext.languages.record import Language, Wording
from handbook.bitext.languages.scripts import HAN, KANA, KATAKANA
from handbook.bitext.page import inline
from handbook.bitext.patterns import pattern

# The minimum likeness of two messages (per cent) for the edit between them to be a typo.
_TYPO = 85.0

_DIGITS = re.compile(r"\d+(?:[.,:/-]\d+)*")
# "n't" belongs to its word: "can't" does not count as "can".
_WORD = re.compile(r"[^\W\d_]+(?:['’]t\b)?")
_QUESTION = re.compile("[?؟]+")
# Not "->", which is an arrow.
_SIGN = re.compile(r"<(?!-)|(?<![-=])>|[≤≥≠±×÷+%‰$€£¥°]|(?<![\w.,)])-(?=\d)")


def change_of_meaning(
    old: str,
    new: str,
    language: Language,
    terms: Iterable[str] = (),
    confirmed: Container[str] = (),
    known: Container[str] = frozenset(),
) -> str | None:
    """Describe what an edit changes in meaning, such as a number or link; None if nothing.

    The messages and the glossary's `terms` are in `language`. `confirmed` has the swaps, as
    `swaps` writes them, that somebody has looked at; `known` has words that stand elsewhere, so
    that they are no misspellings.
    """
    old, new = normalize("NFC", old), normalize("NFC", new)
    before, after = _meaning(old, language), _meaning(new, language)
    for what, found in before.items():
        if found != after[what]:
            return f"{what} has changed"
    if _targets(old) != _targets(new):
        return "a link target has changed"
    for term in terms:
        if _count(term, old) != _count(term, new):
            return f"the glossary's term “{term}” has changed"
    swapped = changed_words(old, new, language, known)
    left = [swap for swap in swapped if swap not in confirmed]
    if (left or not swapped) and fuzz.ratio(_folded(old), _folded(new)) < _TYPO:
        return "more than a typo has changed"
    return f"a word has become another one ({', '.join(left)})" if left else None


def _meaning(text: str, language: Language) -> dict[str, list[str]]:
    """Return by kind what carries a text's meaning however few letters it has.

    In the order of the text: "2 of 3" is not "3 of 2".
    """
    guarded, folded = language.editorial, _folded(text)
    return {
        "a number": _DIGITS.findall(folded) + _found(guarded.numbers, text),
        "a date": _found(guarded.dates, text),
        "a negation": _found(guarded.negations, text),
        "a modal verb": _found(guarded.modals, text),
        "a question": ["?" for _ in _QUESTION.findall(folded)],
        "a sign": _SIGN.findall(folded),
    }


def _folded(text: str) -> str:
    """Return a text with digits and signs in their usual width, and a minus sign as a hyphen."""
    return normalize("NFKC", text).replace("−", "-")


def _targets(text: str) -> tuple[list[str], Counter[str]]:
    """Return where a text leads, in order, and its other elements: emphasis may move."""
    found = inline.elements(text)
    return [e.target for e in found if e.target], Counter(e.key for e in found if not e.target)


def changed_words(
    old: str, new: str, language: Language, known: Container[str] = frozenset()
) -> tuple[str, ...]:
    """Return the words of an edit that are no typos, each as `before/after`.

    A word that was added is `/word`, one that was taken out is `word/`. A typo is a word that
    differs in a letter or two, but not in its case or at its start, is no other form of the same
    word, and whose old spelling is not `known`; and a word that was doubled.
    """
    old, new = _folded(old), _folded(new)
    is_cjk = bool(_CJK.search(old + new))
    changes, is_typo = (_unspaced, _is_typo_of_cjk) if is_cjk else (_spaced, _is_typo)
    opposites = language.editorial.opposites
    found = [
        f"{before}/{after}"
        for before, after in changes(old, new, language.editorial.articles.words)
        if not is_typo(before, after, language) or before in known or _found(opposites, before)
    ]
    return tuple(dict.fromkeys(found))


def vocabulary(text: str) -> set[str]:
    """Return the words of a text, as `known` of `changed_words` takes them."""
    return set(_TOKEN.findall(normalize("NFC", text)))


Change = tuple[str, str]
"""What an edit put in the place of what; "" for nothing."""


def _spaced(old: str, new: str, articles: Collection[str]) -> Iterator[Change]:
    """Yield the changed words of messages with blanks between words."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    for kind, i, i_end, j, j_end in SequenceMatcher(None, before, after, False).get_opcodes():
        mine, theirs = before[i:i_end], after[j:j_end]
        if kind == "equal":
            continue
        if len(mine) == len(theirs):
            yield from zip(mine, theirs, strict=True)
            continue
        doubled = kind == "delete" and (
            mine == before[i - len(mine) : i] or mine == before[i_end : i_end + len(mine)]
        )
        if not doubled and not {word.casefold() for word in (*mine, *theirs)}.issubset(articles):
            yield " ".join(mine), " ".join(theirs)


def _unspaced(old: str, new: str, articles: Collection[str]) -> Iterator[Change]:
    """Yield the changed letters of messages without blanks between words."""
    for kind, i, i_end, j, j_end in SequenceMatcher(None, old, new, False).get_opcodes():
        before, after = (_PUNCTUATION.sub("", each) for each in (old[i:i_end], new[j:j_end]))
        size = len(before)
        doubled = kind == "delete" and before in (old[i - size : i], old[i_end : i_end + size])
        if kind != "equal" and before != after and not doubled:
            yield before, after


def _is_typo(before: str, after: str, language: Language) -> bool:
    """Tell whether one spelling is most likely a misspelling of the other."""
    if " " in before + after or before.casefold() == after.casefold():
        return False
    shortest = min(len(before), len(after))
    if any(_are_forms(before, after, each.split()) for each in language.editorial.endings):
        return False
    if _plain(before) == _plain(after):
        return shortest >= _SHORTEST_ACCENTED
    same_length = len(before) == len(after)
    is_shuffled = sorted(before) == sorted(after)
    if shortest < (_SHORTEST_SHUFFLED if is_shuffled else _SHORTEST) or (
        # With a letter in the place of another, a short word is mostly another word.
        same_length and shortest < _SHORTEST_REPLACED and not is_shuffled
    ):
        return False
    starts_alike = before[0] == after[0] or (same_length and before[:2] == after[1::-1])
    return starts_alike and OSA.distance(before, after) <= (1 if shortest < _LONG else 2)


_SHORTEST, _SHORTEST_ACCENTED, _SHORTEST_SHUFFLED, _SHORTEST_REPLACED = 4, 3, 3, 7
"""Letters that a word has to have for another spelling to be taken for a typo."""
_LONG, _STEM = 8, 3


def _plain(word: str) -> str:
    """Return a word without accents."""
    return "".join(c for c in normalize("NFD", word) if not combining(c))


def _are_forms(before: str, after: str, endings: Collection[str]) -> bool:
    """Tell whether two words differ in their endings alone, both of them among `endings`.

    `-` among them is no ending: with `- s`, *group* and *groups* are forms of one word. A letter
    that is only doubled makes no form: `proces`, `process`.
    """
    shared = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))
    )
    for size in range(shared, _STEM - 1, -1):
        one, other = before[size:], after[size:]
        if {one or "-", other or "-"}.issubset(endings):
            return max(one, other, key=len) != before[size - 1]
    return False


def _is_typo_of_cjk(before: str, after: str, language: Language) -> bool:
    """Tell whether CJK letters are most likely a misspelling of others.

    That is kanji written as kana, or one kana more, less or other.
    """
    han = [bool(_HAN.search(each)) for each in (before, after)]
    if all(han) or (any(han) and not (before and after)):
        return False
    if any(han):
        return _reads(*((before, after) if han[0] else (after, before)), language.search.readings)
    if len(before) != 1 or len(after) != 1:
        return len(before + after) == 1 and before + after not in language.editorial.particles.words
    return any({before, after}.issubset(each) for each in language.editorial.misspellings)


def _reads(han: str, kana: str, readings: Mapping[str, str]) -> bool:
    """Tell whether `kana` is a reading of `han`, letters with kanji among them."""
    parts = (
        f"(?:{'|'.join(map(re.escape, readings[c].split()))})" if c in readings else re.escape(c)
        for c in han
    )
    return bool(re.fullmatch("".join(parts), kana))


_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CJK = pattern(f"[{HAN}{KANA}{KATAKANA}]")
_HAN = pattern(f"[{HAN}]")
_PUNCTUATION = re.compile(r"[\W_]+")


def _found(wording: Wording, text: str) -> list[str]:
    """Return the words and phrases of `wording` that are in a text, in lower case."""
    words = [word for word in _WORD.findall(text.casefold()) if word in wording.words]
    if wording.pattern:
        words += (match[0].casefold() for match in re.finditer(wording.pattern, text))
    return words


def _count(term: str, text: str) -> int:
    term = normalize("NFC", term)
    return len(
        re.findall(
            rf"(?<!\w){re.escape(term)}" if term.isascii() else re.escape(term), text, re.IGNORECASE
        )
    )
