"""What the search of a page has to know of its language."""

from __future__ import annotations

from typing import Any

from handbook.bitext.languages.record import Language


def for_browser(record: Language) -> dict[str, Any]:
    """Return what search asks about a language, as data for JSON: `LanguageRules` in `text.js`."""
    return {
        "code": record.tag,
        "endings": list(record.search.endings),
        "shortestStem": record.search.shortest_stem,
        "questionWords": " ".join(record.search.question_words),
        "shortForms": dict(record.search.short_forms),
        "nearWords": dict(record.search.near_words),
        "otherSubjects": ", ".join(record.search.other_subjects),
        "sounds": [list(each) for each in record.search.sounds],
    }
