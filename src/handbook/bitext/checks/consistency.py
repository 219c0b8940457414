"""Find texts that stand in several places of a handbook and are translated in two ways."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Use(NamedTuple):
    """A translation of a text at one place."""

    place: str
    """As a problem names it: `path:line`."""
    text: tuple[str, ...]
    """What is translated: the language it is in, its message, and the context of that."""
    translation: str


def consistency(uses: Iterable[Use]) -> Iterator[tuple[Use, str]]:
    """One text is translated in two ways.

    Texts of one or two words are left alone, for what they mean depends on where they stand; so are
    those that the author has told apart by a context.
    """
    places: dict[tuple[str, ...], list[Use]] = defaultdict(list)
    for use in uses:
        if is_long(use.text[1]):
            places[use.text].append(use)
    for group in places.values():
        yield from _unusual(group)


def _unusual(group: list[Use]) -> Iterator[tuple[Use, str]]:
    """Yield each use that has not the translation which most have, or the first of them."""
    counted = Counter(use.translation for use in group)
    usual = counted.most_common(1)[0][0]  # of as many, the first
    others = [use for use in group if use.translation == usual]
    more = f" and {len(others) - 1} more" if len(others) > 1 else ""
    for use in group:
        if use.translation != usual:
            yield (
                use,
                f"the same text is “{_short(usual)}” in {others[0].place}{more};"
                " use one of the two everywhere",
            )


_WORD = re.compile(r"[^\W\d_]+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def is_long(text: str) -> bool:
    """Tell whether a text is three words or longer; eight signs, where words have no blanks."""
    return len(_WORD.findall(text)) > 2 or len(_UNSPACED.findall(text)) > 7


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
