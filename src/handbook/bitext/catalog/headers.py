"""The header of a catalog: the names of its fields in gettext's order, and a new header."""

from __future__ import annotations

PROJECT = "Project-Id-Version"
BUGS = "Report-Msgid-Bugs-To"
CREATED = "POT-Creation-Date"
REVISED = "PO-Revision-Date"
TRANSLATOR = "Last-Translator"
TEAM = "Language-Team"
LANGUAGE = "Language"
MIME = "MIME-Version"
CONTENT = "Content-Type"
ENCODING = "Content-Transfer-Encoding"
PLURALS = "Plural-Forms"

GETTEXT = (
    *(PROJECT, BUGS, CREATED, REVISED, TRANSLATOR, TEAM),
    *(LANGUAGE, MIME, CONTENT, ENCODING, PLURALS),
)
"""The fields of gettext, in the order in which GNU gettext, Poedit and Weblate write them."""
BLANK = (CREATED, REVISED, TRANSLATOR, TEAM)
"""Fields that gettext wants and that are left empty: each save would change or name somebody."""

SOURCE_LANGUAGE = "X-Source-Language"
REVIEWED = "X-Reviewed"
CREDIT = "X-Credit"
OURS = (SOURCE_LANGUAGE, REVIEWED, CREDIT)
"""The fields that only this project reads; a catalog need not have the last."""

ENGLISH_PLURALS = "nplurals=2; plural=(n != 1);"


def new(
    language: str, source_language: str, project: str, plural_forms: str = ENGLISH_PLURALS
) -> dict[str, str]:
    """Return the header of a new catalog: the fields `msgfmt -c` asks for, with no dates."""
    values = {
        PROJECT: project,
        LANGUAGE: language,
        MIME: "1.0",
        CONTENT: "text/plain; charset=UTF-8",
        ENCODING: "8bit",
        PLURALS: plural_forms,
    }
    fields = {name: values.get(name, "") for name in GETTEXT}
    return fields | {SOURCE_LANGUAGE: source_language, REVIEWED: ""}


def with_credit(names: str, more: str) -> str:
    """Return the names of an X-Credit header with more of them, each once."""
    found = [each.strip() for each in (*names.split(","), *more.split(","))]
    return ", ".join(dict.fromkeys(filter(None, found)))
