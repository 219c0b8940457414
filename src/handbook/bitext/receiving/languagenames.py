"""Find the language that a person or a program has named, by its code or in words."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from babel import Locale

from handbook.bitext.languages import cldr
from handbook.bitext.languages.codes import folded
from handbook.bitext.project.words import codes as codes_of_words
from handbook.bitext.receiving.labels import fold


def code_of(given: str, codes: Collection[str]) -> str | None:
    """Return the code of a language that is given by its code or by its name in any of `codes`.

    A form writes `Español (es)`; a person or a program that translates writes what it likes.
    """
    by_code = {folded(cldr.gettext_code(code)): code for code in codes}
    words = [given, *_BETWEEN.findall(given), _BETWEEN.sub(" ", given)]
    for word in (each.strip(_AROUND) for each in words):
        near = [word, *cldr.fallbacks(word)] if word.isascii() else [word]
        for each in near:
            if found := by_code.get(folded(each)):
                return found
        for names in (_names, _short_names):
            named = [code for code in codes if fold(word) in names(code, frozenset(codes))]
            if len(named) == 1:
                return named[0]
    return None


_BETWEEN = re.compile("[(\uff08\\[]([^)\uff09\\]]*)[)\uff09\\]]")
_AROUND = " \t.,;:*_`'\"<>«»“”「」。"


@cache
def _names(code: str, codes: frozenset[str]) -> frozenset[str]:
    """Return what a language is called: by itself, in English, and in other languages."""
    own = cldr.locale(code)
    names = (own.get_display_name(each) for each in _speakers(code, codes)) if own else ()
    return frozenset(fold(name) for name in names if name)


@cache
def _short_names(code: str, codes: frozenset[str]) -> frozenset[str]:
    """Return the names of a language without its country: `Portuguese` for `pt_BR`."""
    own = cldr.locale(code)
    names = (own.get_language_name(str(each)) for each in _speakers(code, codes)) if own else ()
    return frozenset(fold(name) for name in names if name)


def _speakers(code: str, codes: frozenset[str]) -> list[Locale]:
    found = (cldr.locale(each) for each in (*codes, *codes_of_words(), code, "en"))
    return [each for each in found if each]
