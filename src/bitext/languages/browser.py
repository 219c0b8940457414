"""What the scripts of a page have to know of its language."""

from __future__ import annotations

from typing import Any

from bitext.languages.record import Language


def for_browser(record: Language) -> dict[str, Any]:
    """Return what scripts ask about a language, as data for JSON.

    The last three are what `search/text.js` calls the rules of a language.
    """
    return {
        "code": record.code,
        "direction": record.direction,
        "endings": list(record.search.endings),
        "shortestStem": record.search.shortest_stem,
        "questionWords": " ".join(record.search.question_words),
    }
