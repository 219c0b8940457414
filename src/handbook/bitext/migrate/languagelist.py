"""The languages that somebody asks a handbook to have, and what mkdocs.yml has to say of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from handbook.bitext.languages import cldr
from handbook.bitext.languages.registry import Languages

_KNOWN = Languages()
_FORM = re.compile(r"[a-z]{2}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?")
"""The codes that the plugin i18n takes."""


def read(words: str) -> tuple[list[str], str]:
    """Return the codes in a list such as `fr,de,pt-BR`, each once, and its fault; "" if none."""
    found: dict[str, None] = {}
    for word in words.replace(",", " ").split():
        given = cldr.parts(word)
        code = given.joined("-") if given else ""
        if not _FORM.fullmatch(code):
            return [], f"{word!r} is not the code of a language; write one such as fr or pt-BR"
        found[code] = None
    fault = "" if found else "no languages are named; write codes with commas, such as fr,de"
    return list(found), fault


def name_of(code: str) -> str:
    """Return what the speakers of a language call it: `Français`; its code if that is unknown."""
    return cldr.own_name(code) or code


def options(languages: Sequence[str]) -> dict[str, Any]:
    """Return the options of the plugin i18n; the first language is the default."""
    listed: list[dict[str, Any]] = [{"locale": code, "name": name_of(code)} for code in languages]
    listed[0]["default"] = True
    return {"docs_structure": "folder", "languages": listed}


def unprinted(languages: Iterable[str]) -> list[str]:
    """Return the languages in whose script nothing can be printed."""
    return [code for code in languages if not _KNOWN.has_fonts(code)]


def unprinted_notes(languages: Iterable[str]) -> list[str]:
    """Return a line for each language in whose script nothing can be printed, with the cure."""
    return [
        f"no books in {code}: no font that is installed has its letters; {_KNOWN[code].font_cure}, "
        f"then delete {code}: false below books in mkdocs.yml"
        for code in unprinted(languages)
    ]


def plugin_options(languages: Iterable[str]) -> dict[str, Any]:
    """Return the options of the plugin bitext."""
    found = unprinted(languages)
    return {"books": dict.fromkeys(found, False)} if found else {}
