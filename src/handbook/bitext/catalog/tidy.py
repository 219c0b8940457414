"""Take out of a catalog what tools have left in it, and put its header and units in order.

Kept are the fields of a header that gettext or this project reads. No address of a person stays in
a public file, no name of a tool, and no date: each of these changes with every save, and is a
conflict for two people who work on one catalog.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from handbook.bitext import conflicts
from handbook.bitext.catalog import headers
from handbook.bitext.catalog.units import (
    ALSO,
    TWICE,
    Catalog,
    Unit,
    in_comment,
    with_line,
    without_line,
    without_lines,
)

_ADDRESS = re.compile(r"(?<!\s)\s*[<(]?(?<![\w.+-])(?:[\w.+-]+@[\w.-]+\.\w+)+[>)]?")
"""Addresses, with what is around them; looked for at the beginnings of blanks and words alone."""
_PLACEHOLDER = re.compile(
    r"SOME DESCRIPTIVE TITLE|THE \S+'S COPYRIGHT HOLDER|EMAIL@ADDRESS|FIRST AUTHOR|"
    rf"same license as the \S+ package|^{conflicts.OF_FILE}"
)
_AUTHOR = re.compile(rf"{_ADDRESS.pattern}|^[^.:;]+, (?:\d{{4}}(?:, |-))*\d{{4}}\.?$")
_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_@.][\w@.-]*)?")
_SAME = {"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "nb": "no", "tl": "fil", "mo": "ro"}
"""Codes that tools write for languages that have another one."""


def tidy(catalog: Catalog, like: Catalog) -> Catalog:
    """Return `catalog` with a header like that of `like`, an empty one, and with sound units."""
    made = replace(
        catalog,
        header=header(catalog.header, like.header),
        units=tuple(map(_sound, catalog.units)),
        obsolete=tuple(map(_sound, catalog.obsolete)),
        comment=_comment(catalog.comment),
        fuzzy_header=False,
    )
    is_same = made == catalog and list(made.header) == list(catalog.header)
    return catalog if is_same and not catalog.fuzzy_header else made


def header(found: Mapping[str, str], like: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of a header that is put right, in gettext's order."""
    values = {**like, **dict.fromkeys(headers.BLANK, "")}
    project, bugs = found.get(headers.PROJECT, ""), found.get(headers.BUGS, "")
    if project and not project.startswith("PACKAGE"):
        values[headers.PROJECT] = project
    if not _ADDRESS.search(bugs):
        values[headers.BUGS] = bugs
    for name in headers.OURS[1:]:
        if name in found:
            values[name] = without_address(found[name])
    own = [*(name for name in found if name in headers.OURS), *headers.OURS]
    order = [*headers.GETTEXT, *dict.fromkeys(name for name in own if name in values)]
    return {name: values[name] for name in order}


def without_address(text: str) -> str:
    """Return a text without addresses of persons."""
    return _ADDRESS.sub("", text)


_LONGEST_NAME = 80


def credited(found: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names that the X-Credit field of a header thanks, each once, fit to be shown."""
    given = (without_address(each) for each in found.get(headers.CREDIT, "").split(","))
    plain = ("".join(filter(str.isprintable, each)).strip()[:_LONGEST_NAME] for each in given)
    return tuple(dict.fromkeys(filter(None, plain)))


def other_language(found: Mapping[str, str], like: Mapping[str, str]) -> str | None:
    """Return the language of a header if it is another one than that of `like`; else None.

    A region or a script makes no other language; what is no code says nothing.
    """
    given = found.get(headers.LANGUAGE, "").strip()
    code, wanted = _CODE.fullmatch(given), _CODE.fullmatch(like[headers.LANGUAGE])
    if code is None or wanted is None or given in ("LL", "ll_CC", "ll"):
        return None
    return None if _base(code[1]) == _base(wanted[1]) else given


def _base(code: str) -> str:
    return _SAME.get(code.lower(), code.lower())


def _comment(text: str) -> str:
    """Return the comment of a header without its authors and what gettext asks to fill in.

    Programs write a line with name, address and years for whoever saves; who wants to be thanked
    says so in X-Credit.
    """
    rows = [
        row for row in text.split("\n") if not (_PLACEHOLDER.search(row) or _AUTHOR.search(row))
    ]
    return "\n".join(rows).strip("\n") if any(row.strip() for row in rows) else ""


def _sound(unit: Unit) -> Unit:
    """Return `unit` without what only a fuzzy one has: an earlier message, a text to choose.

    Nor does its comment keep for choice what has been chosen.

    Its text begins and ends in a line break where its message does, as gettext wants it, and has no
    line break of Windows. It has no flag of a program's format strings: pages are prose. Of two
    texts that msgcat has put together, one is its text, and the other is to be chosen from.
    """
    if unit.flags and any(_FORMAT.fullmatch(flag) for flag in unit.flags):
        unit = unit._replace(flags=tuple(f for f in unit.flags if not _FORMAT.fullmatch(f)))
    if "\r\n" in unit.translation:
        unit = unit._replace(translation=unit.translation.replace("\r\n", "\n"))
    unit = without_lines(_apart(unit), conflicts.OF_FILE)
    if unit.translation and _ends(unit.translation) != _ends(unit.message) and not unit.plural:
        head, tail = _ends(unit.message)
        text = unit.translation.strip("\n")
        unit = unit._replace(translation="\n" * head + text + "\n" * tail if text else "")
    if unit.fuzzy:
        return unit
    unit = without_lines(unit, TWICE)
    unit = without_line(unit, ALSO + in_comment(unit.translation))
    if (unit.previous, unit.previous_context, unit.previous_plural) == (None,) * 3:
        return unit
    return unit._replace(previous=None, previous_context=None, previous_plural=None)


_FORMAT = re.compile(r"(?!no-)[\w-]+-format")


def _apart(unit: Unit) -> Unit:
    """Return a unit whose text is the first of those that msgcat has put together in it."""
    if not conflicts.TWO_TEXTS.match(unit.translation):
        return unit
    parts = (each.strip("\n") for each in _BETWEEN.split(unit.translation))
    first, *others = dict.fromkeys(filter(None, parts)) or ("",)
    unit = unit._replace(translation=first, fuzzy=unit.fuzzy or bool(others))
    for other in others:
        unit = with_line(unit, TWICE + in_comment(other))
    return unit


_BETWEEN = re.compile(conflicts.TWO_TEXTS.pattern + r"[^\n]*", re.MULTILINE)


def _ends(text: str) -> tuple[bool, bool]:
    """Tell whether a text begins, and whether it ends, in a line break."""
    return text.startswith("\n"), text.endswith("\n")
