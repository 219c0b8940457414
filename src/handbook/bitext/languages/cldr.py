"""What Unicode's locale data (CLDR) says of a language, by way of Babel.

A language is given by its code: `pt-BR`, `zh_TW`, `sr-Latn`. Of one that Babel does not know, such
as `tlh`, what holds for English is said.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from babel import Locale, UnknownLocaleError
from babel.core import get_global, parse_locale
from babel.messages.plurals import PLURALS, get_plural
from babel.plural import to_gettext

Direction = Literal["ltr", "rtl"]

_ENGLISH = Locale("en")
_PLURAL_FORMS = "nplurals=2; plural=(n != 1);"
"""Those of English, and of most languages."""
# Not from Babel's Locale.text_direction: that needs a locale, and many languages have none.
_RIGHT_TO_LEFT = frozenset("Adlm Arab Aran Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa Yezi".split())
_CJK = frozenset("Bopo Hani Hans Hant Hira Jpan Kana".split())
# gettext's names of scripts, as glibc has them: sr@latin.
_MODIFIERS = {"Arab": "arabic", "Cyrl": "cyrillic", "Deva": "devanagari", "Latn": "latin"}


class Parts(NamedTuple):
    """The parts of a code that tell languages apart; "" where one is not given."""

    language: str
    script: str = ""
    territory: str = ""

    def joined(self, separator: str) -> str:
        """Return the code, in the letter case that BCP 47 recommends."""
        return separator.join(part for part in self if part)


@cache
def parts(code: str) -> Parts | None:
    """Split a code, written `pt-BR`, `pt_BR`, `pt-br` or `sr@latin`; None if it is not one."""
    try:
        language, territory, script, *_ = parse_locale(code.replace("-", "_"))
    except ValueError:
        return None
    modifier = code.partition("@")[2].casefold()
    scripts = (name for name, word in _MODIFIERS.items() if word == modifier)
    return Parts(language, script or next(scripts, ""), territory or "")


def fallbacks(code: str) -> list[str]:
    """Return the codes whose knowledge holds for one, nearest first: `zh-TW`, `zh-Hant`, `zh`."""
    given = parts(code)
    if given is None:
        return []
    chain = (given, Parts(given.language, script(code)), Parts(given.language))
    return list(dict.fromkeys(each.joined("-") for each in chain))


@cache
def locale(code: str) -> Locale | None:
    """Babel's locale of a language, or of the nearest language it knows."""
    for each in fallbacks(code):
        try:
            return Locale.parse(each, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return None


def own_name(code: str) -> str:
    """Return what the speakers of a language call it: `Français`; "" if Unicode does not know."""
    known = locale(code)
    name = (known.get_display_name() or "") if known else ""
    return name[:1].upper() + name[1:]


def locale_or_english(code: str) -> Locale:
    """Return the locale to format dates, numbers and lists with."""
    return locale(code) or _ENGLISH


def likely(given: Parts) -> Parts:
    """Add the script and the territory that most texts in a language have (UTS #35)."""
    known = get_global("likely_subtags")
    less = given._replace(territory=""), given._replace(script=""), Parts(given.language)
    found = (known[code] for each in (given, *less) if (code := each.joined("_")) in known)
    full = parts(next(found, "")) or given
    return Parts(given.language, given.script or full.script, given.territory or full.territory)


def script(code: str) -> str:
    """Return the script of a language by its name in ISO 15924: `Latn`, `Jpan`; "" if unknown."""
    given = parts(code)
    return likely(given).script if given else ""


def language_in(script: str) -> str:
    """Return the language that most texts in a script are in; "" if Unicode names none."""
    known = parts(get_global("likely_subtags").get(f"und_{script}", ""))
    return known.language if known else ""


def direction(code: str) -> Direction:
    """Return the direction in which a language is written."""
    return "rtl" if script(code) in _RIGHT_TO_LEFT else "ltr"


def is_cjk(code: str) -> bool:
    """Tell whether a language is written in Han characters or kana, without blanks."""
    return script(code) in _CJK


def plural_forms(code: str) -> str:
    """Return the `Plural-Forms` that gettext wants of a catalog.

    From Babel's table of what GNU gettext and its translators use; of languages that are not in it
    from the rules of CLDR, which at times tell more forms apart than gettext's users do.
    """
    found = locale(code)
    if found is None:
        return _PLURAL_FORMS
    if found.language in PLURALS:
        return get_plural(found).plural_forms
    if found.plural_form.rules:
        return f"{to_gettext(found.plural_form)};".replace(";;", ";")
    return _PLURAL_FORMS


def gettext_code(code: str) -> str:
    """Return the code as gettext writes it: `pt_BR`, `zh_TW` of `zh-Hant`, `sr@latin` of `sr-Latn`.

    gettext names no scripts. One that is usual in the territory goes without saying.
    """
    given = parts(code)
    if given is None:
        return code
    if not given.script:
        return given.joined("_")
    place = Parts(given.language, "", given.territory or likely(given).territory)
    if likely(place).script == given.script:
        return place.joined("_")
    kept = Parts(given.language, "", given.territory).joined("_")
    return f"{kept}@{_MODIFIERS.get(given.script, given.script.lower())}"
