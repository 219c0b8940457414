"""The labels of the lines that a reader's correction is sent in, in every language.

The form of a page writes them in its reader's language: they are words of the interface, and are
found from those. A person may write a label by hand, or a program translate it; so a letter is read
with the labels of all languages that the program brings along, and of the handbook's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice

from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.words import codes, words

FIELDS = {
    "page": "Page: {page}",
    "language": "Language: {language}",
    "paragraph": "Paragraph: {paragraph}",
    "revision": "Revision: {revision}",
    "address": "Address: {address}",
    "old": "Old text: {old}",
    "new": "New text: {new}",
    "report": "What is wrong, and how it should read:",
}
"""The interface message that labels each field; partials/passages.html and `sharing` use them."""
_CREDIT = "credit"
"""A field that no form of a page has: people write it who have read the manual."""

_BY_HAND = {
    "old": "donde dice|dice|誤|訂正前|修正前|変更前|現在|reads",
    "new": "debe decir|debería decir|正|訂正|訂正後|修正|修正後|変更後|should read|should be",
}
"""What people write before the texts of a correction who have seen no form: as in errata."""

Labels = Mapping[str, str]
"""The field of each label, which is folded."""

_COLON = "[:\uff1a\ufe55\ufe13]"
_LINE = re.compile(
    r"[ \t>#*_\-+·•|]*(?:\d{1,2}[.)][ \t]+)?"  # how an item of a list begins
    rf"(\w[^:\uff1a\ufe55\ufe13]{{0,60}}?){_COLON}[*_]*[ \t]*(.*)"
)
_SHORTEST = 3
"""The letters of a word that may stand for a whole label."""


def fold(label: str) -> str:
    """Return a label as it is compared: no case, accents, marks of direction or blanks at ends."""
    flat = unicodedata.normalize("NFKD", label).casefold()
    kept = (each for each in flat if unicodedata.category(each) not in ("Mn", "Cf"))
    return " ".join("".join(kept).split()).strip(" *_:")


def labeled(line: str, labels: Labels) -> tuple[str, str] | None:
    """Return the field that a line begins, and what stands behind the label; None if none."""
    found = _LINE.match("".join(each for each in line if not _is_unseen(each)))
    field = found and labels.get(fold(found[1]))
    if found is None or field is None:
        return None
    seen = (place for place, each in enumerate(line) if not _is_unseen(each))
    start = next(islice(seen, found.start(2), None), len(line))
    value = line[start:].strip().strip(_AROUND).strip()
    return field, value  # within words such signs may be the letters' own


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) == "Cf"


_AROUND = (
    " \t\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
"""What programs put around a text, such as marks of direction."""


@cache
def known() -> Labels:
    """Return the labels in English and in the languages that the program has words in."""
    return _of(({}, *(words(code) for code in codes())))


def of(handbook: Handbook) -> Labels:
    """Return the labels of a handbook: the program's, and those of its own words."""
    own = _of(tuple(handbook.interface_text(code) for code in handbook.languages))
    return {**own, **known()}


def _of(languages: tuple[Mapping[str, str], ...]) -> Labels:
    """Return the labels in some languages; a part of a label only where it means one field."""
    whole = {_CREDIT: _CREDIT}
    for field, given in _BY_HAND.items():
        whole.update(dict.fromkeys(map(fold, given.split("|")), field))
    parts: dict[str, set[str]] = defaultdict(set)
    for said in languages:
        for field, message in FIELDS.items():
            label = fold(said.get(message, message).partition("{")[0])
            if label:
                whole.setdefault(label, field)
                for word in _words(label, field):
                    parts[word].add(field)
    clear = {word: next(iter(fields)) for word, fields in parts.items() if len(fields) == 1}
    return {**clear, **whole}


def _words(label: str, field: str) -> Iterator[str]:
    """Yield the words that people may write for a label: `Old` for `Old text`."""
    if field in ("old", "new"):
        yield from (word for word in label.split() if len(word) >= _SHORTEST)
