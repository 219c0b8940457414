"""The words of the program itself, such as labels and notices, in the languages it brings along.

Each is a catalog `bitext/words/<code>.po`, named as gettext does: `pt_BR.po`. What a handbook says
in its own `site.po` goes first.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from handbook.bitext.catalog import po
from handbook.bitext.languages import cldr

FOLDER = Path(str(files("handbook.bitext") / "words"))


@cache
def words(language: str) -> Mapping[str, str]:
    """Return the translations of the program's English messages; none if it has no such catalog.

    In English, and in a kind of it such as en-GB, they are said as they are.
    """
    near = list(cldr.fallbacks(language))
    if "zh-Hant" in near:  # the two ways to write Chinese are no substitute for each other
        near.remove("zh")
    names = ("zh_TW" if each == "zh-Hant" else each.replace("-", "_") for each in near)
    found = (FOLDER / f"{name}.po" for name in names)
    file = next((each for each in found if each.is_file()), None)
    if file is None and SOURCE in near:
        return MappingProxyType({message: message for message in words(_COMPLETE)})
    units = po.parse(file.read_text("utf-8")).units if file else ()
    return MappingProxyType({u.message: u.translation for u in units if u.state == "current"})


@cache
def codes() -> tuple[str, ...]:
    """Return the languages that the program brings words along in, as gettext names them."""
    return tuple(sorted(file.stem for file in FOLDER.glob("*.po")))


def is_unsaid(message: str, language: str) -> bool:
    """Tell whether a message is the program's own, and in a language that it has no words in."""
    return language != SOURCE and message in words(_COMPLETE) and message not in words(language)


SOURCE = "en"
"""The language that the program's messages are written in."""
_COMPLETE = "es"
"""A language in which it has all its words."""
