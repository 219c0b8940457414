"""The alphabets of languages that sort some letters as letters of their own, not as accented ones.

From CLDR's collations, which Babel leaves out. A file in `languages/` says more, or otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handbook.bitext.languages import cldr

Alphabet = Mapping[str, Sequence[str]]
"""The letters that are sorted right after a letter, in order: `{"n": "ñ"}`.

Some are written with several signs, and those that are sorted as one have `=` between them:
`{"z": ["æ=ä"], "h": ["ch"]}`.
"""

_SLAVIC = {"c": ["č", "ć"], "d": ["dž", "đ"], "l": ["lj"], "n": ["nj"], "s": "š", "z": "ž"}
_NORDIC = {"z": ["æ=ä", "ø=ö", "å=aa"]}
_SWEDISH = {"z": ["å", "ä=æ", "ö=ø"]}
_ENYE = {"n": "ñ"}
_ALPHABETS: Mapping[str, Alphabet] = {
    "be": {"и": "", "е": "ё", "з": "ій", "у": "ў"},
    "bs": _SLAVIC,
    "cs": {"c": "č", "h": ["ch"], "r": "ř", "s": "š", "z": "ž"},
    "cy": {
        **{"c": ["ch"], "d": ["dd"], "f": ["ff"], "g": ["ng"]},
        **{"l": ["ll"], "p": ["ph"], "r": ["rh"], "t": ["th"]},
    },
    "da": _NORDIC,
    "eo": {"c": "ĉ", "g": "ĝ", "h": "ĥ", "j": "ĵ", "s": "ŝ", "u": "ŭ"},
    "es": _ENYE,
    "et": {"s": ["š", "z", "ž"], "w": "õäöü"},
    "fi": _SWEDISH,
    "fil": {"n": ["ñ", "ng"]},
    "gl": _ENYE,
    "hr": _SLAVIC,
    "hu": {
        **{"c": ["cs"], "d": ["dz", "dzs"], "g": ["gy"], "l": ["ly"], "n": ["ny"]},
        **{"o": ["ö=ő"], "s": ["sz"], "t": ["ty"], "u": ["ü=ű"], "z": ["zs"]},
    },
    "is": {
        **{"a": "á", "d": "ð", "e": "é", "i": "í", "o": "ó", "u": "ú", "y": "ý"},
        "z": ["þ", "æ=ä", "ö=ø", "å"],
    },
    "lt": {"c": "č", "s": "š", "z": "ž"},
    "lv": {"c": "č", "g": "ģ", "k": "ķ", "l": "ļ", "n": "ņ", "r": "ŗ", "s": "š", "z": "ž"},
    "mk": {"г": "", "д": "ѓ", "з": "ѕ", "и": "ј", "л": "љ", "н": "њ", "т": "ќ", "ч": "џ"},
    "mn": {"и": "й", "о": "ө", "у": "ү"},
    "nb": _NORDIC,
    "nn": _NORDIC,
    "no": _NORDIC,
    "pl": {
        **{"a": "ą", "c": "ć", "e": "ę", "l": "ł", "n": "ń", "o": "ó", "s": "ś"},
        "z": "źż",
    },
    "ro": {"a": "ăâ", "i": "î", "s": ["ș=ş"], "t": ["ț=ţ"]},
    "sk": {"a": "ä", "c": "č", "h": ["ch"], "o": "ô", "s": "š", "z": "ž"},
    "sl": {"c": "čć", "d": "đ", "s": "š", "z": "ž"},
    "sq": {
        **{"c": "ç", "d": ["dh"], "e": "ë", "g": ["gj"], "l": ["ll"], "n": ["nj"]},
        **{"r": ["rr"], "s": ["sh"], "t": ["th"], "x": ["xh"], "z": ["zh"]},
    },
    "sr": {"д": "ђ", "и": "ј", "л": "љ", "н": "њ", "т": "ћ", "ч": "џ"},
    "sr-Latn": _SLAVIC,
    "sv": _SWEDISH,
    "tr": {"c": "ç", "g": "ğ", "h": "ı", "o": "ö", "s": "ş", "u": "ü"},
    "uk": {"г": "ґ", "е": "є", "и": "іїй"},
    "vi": {"a": "ăâ", "d": "đ", "e": "ê", "o": "ôơ", "u": "ư"},
}
# Alphabets of a script, whose letters with a mark are letters of their own.
_OF_SCRIPTS: Mapping[str, Alphabet] = {"Cyrl": {"и": "й"}}


def alphabet(code: str) -> Alphabet:
    """Return what is sorted after which letter in a language; nothing where nothing is known."""
    own = next((_ALPHABETS[each] for each in cldr.fallbacks(code) if each in _ALPHABETS), {})
    return {**_OF_SCRIPTS.get(cldr.script(code), {}), **own}


def known() -> frozenset[str]:
    """Return the languages whose alphabets are here."""
    return frozenset(_ALPHABETS)
