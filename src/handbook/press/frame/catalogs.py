"""A page that opens a catalog in the browser, and the catalogs that it opens: for translators.

The page is one file: its script and style are in it. What it opens are the catalogs of the
repository, without what programs leave in them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from gettext import c2py
from importlib.resources import files
from pathlib import PurePosixPath

from handbook.bitext.catalog import headers, po
from handbook.bitext.catalog.tidy import tidy
from handbook.bitext.files import read_bytes
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source
from handbook.press.core import kinds
from handbook.press.core.interface import N_

PAGE = "catalog.html"
"""The page, in the folder of its language; also the name of its template."""
_FOLDER = "assets/catalogs"
_PARTS = ("po", "review", "compare", "built", "drafts", "editor")
_IMPORT = re.compile(r'^import [^"]+"[^"\n]+"\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=\w)", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """A page whose translation can be opened; addresses are relative to the page that opens it."""

    path: str
    title: str
    url: str
    """Of the built page."""
    catalog: str
    edit: str
    """Where its catalog can be edited; "" if that is unknown."""
    source: str
    """The tag of the language that the page was written in."""
    is_key_document: bool
    """Whether its readers are shown the source in the place of an older translation."""
    was: tuple[str, ...] = ()
    """The paths that it had before."""


KINDS = kinds.NAMES | {
    # Translators: The kind of a text, for those who translate it: UN, say, or its like in your
    # language.
    "short form": N_("abbreviation"),
    # Translators: The kind of a text, for those who translate it: United Nations for UN, say.
    "abbreviation": N_("what an abbreviation stands for"),
    # Translators: The kind of a text, for those who translate it: what stands for a picture where
    # it is not seen.
    "image": N_("description of a picture"),
    # Translators: The kind of a text, for those who translate it: shown where the pointer rests.
    "link title": N_("title of a link or picture"),
    # Translators: The kind of a text, for those who translate it: in a page's own HTML.
    "html": N_("text in HTML"),
    # Translators: The kind of a text, for those who translate it.
    "code title": N_("title of code"),
    # Translators: The kind of a text, for those who translate it.
    "code comment": N_("comment in code"),
    # Translators: The kind of a text, for those who translate it: of another site.
    "address": N_("address"),
    # Translators: The kind of a text, for those who translate it: a number that stands alone.
    "number": N_("number"),
    # Translators: The kind of a text, for those who translate it: words around the pages.
    "word": N_("menus and buttons"),
}
"""What translators are told a text is, in English, by the kind that its unit has as a note."""


def file(path: str, language: str) -> str:
    """Return the file that the catalog of a page is published as, from the root of the site."""
    return f"{_FOLDER}/{language}/{PurePosixPath(path).with_suffix('.po')}"


def published(handbook: Handbook, source: Source, language: str) -> bytes:
    """Return the catalog of a page as it is published: that of the repository, put in order.

    Of a page that was edited since its last update, or has no catalog yet, it is what an update
    would make: translators are shown what is open, as the status of the page counts it.
    """
    if handbook.has_units_of(source.path, language):
        name = handbook.catalog_in_use(source.path, language)
        data = read_bytes(handbook.root / name, name)
        if isinstance(data, bytes):
            return data
    empty = handbook.catalogs.empty(source.language, language)
    return po.dump(tidy(handbook.catalog(source, language), empty)).encode()


@cache
def script() -> str:
    """Return the script of the page: its modules as one."""
    folder = files("handbook.press.frame") / "catalog"
    parts = ((folder / f"{name}.js").read_text("utf-8") for name in _PARTS)
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", part)) for part in parts)


@cache
def style() -> str:
    """Return the style sheet of the page."""
    return (files("handbook.press.frame") / "catalog" / "catalog.css").read_text("utf-8")


def listed(entries: Sequence[Entry]) -> str:
    """Return the entries as JSON that can stand in a page of HTML."""
    return _json([asdict(each) for each in entries])


def names_of_kinds(say: Callable[[str], str]) -> str:
    """Return the kinds of text as JSON that can stand in a page of HTML, translated by `say`."""
    return _json({kind: say(message) for kind, message in KINDS.items()})


def fields() -> str:
    """Return the names of a header's fields as JSON that can stand in a page of HTML."""
    return _json({"gettext": headers.GETTEXT, "ours": headers.OURS, "blank": headers.BLANK})


def counts(plural_forms: str) -> str:
    """Return for each form of a plural the first numbers that it stands with, with | between.

    "" where Python cannot read the rule, as it cannot some of Unicode's and may not a site's own.
    """
    numbers: dict[int, list[str]] = {}
    try:
        form = c2py(plural_forms.partition("plural=")[2].rstrip("; "))
        for number in (*range(200), 10**6):
            numbers.setdefault(form(number), []).append(str(number))
    except (ValueError, ZeroDivisionError):
        return ""
    named = (", ".join(each[:3]) + " …" * (len(each) > 3) for _, each in sorted(numbers.items()))
    return "|".join(named)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
