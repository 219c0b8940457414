"""How an impact is shown: for people, for programs, as a comment, or as annotations on GitHub."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from handbook.bitext.problem import amount
from handbook.command.formats import annotation

if TYPE_CHECKING:
    from handbook.bitext.changes.impact import Counts, Impact, LanguageImpact, PageImpact

_SAID = {
    "changed": "changed",
    "new": "new",
    "editorial": "editorial",
    "waiting": "edited while untranslated",
    "gone": "gone",
    "moved": "moved",
    "translated": "translated",
}


def _text(impact: Impact) -> Iterator[str]:
    """Yield the impact in lines."""
    for language in impact.languages:
        yield f"{language.language}: {_summary(language)}"
        for page in language.pages:
            yield f"  {page.path}: {_counted(page.counts)}{_whose(page)}"
    yield from map(str, impact.falls)


def _summary(language: LanguageImpact) -> str:
    """Return what becomes of a language in one line."""
    if not language.pages:
        return "nothing changes"
    words = str(language.effort) if language.effort.words else "nothing"
    return f"{_counted(language.counts)}; to translate: {words}"


def _counted(counts: Counts) -> str:
    """Return how many units there are of each kind that has any, in words."""
    found = counts._asdict()
    return ", ".join(f"{found[name]} {said}" for name, said in _SAID.items() if found[name])


def _whose(page: PageImpact) -> str:
    return f" (translated by {', '.join(page.translators)})" if page.translators else ""


def _json(impact: Impact) -> Iterator[str]:
    """Yield the impact as JSON data."""
    data = {
        "languages": {each.language: _data(each) for each in impact.languages},
        "key_documents": [
            {
                "page": f.path,
                "language": f.language,
                "percent": f.percent,
                "required": f.is_required,
            }
            for f in impact.falls
        ],
        "not_editorial": [
            {"path": each.path, "line": each.line, "text": each.text}
            for each in impact.false_claims
        ],
    }
    yield json.dumps(data, ensure_ascii=False, indent=2)


def _data(language: LanguageImpact) -> Mapping[str, Any]:
    """Return what becomes of a language as JSON data."""
    return {
        **language.counts._asdict(),
        "words": language.effort.words,
        "hours": language.effort.hours,
        "pages": {
            page.path: {
                **page.counts._asdict(),
                "words": page.effort.words,
                "translators": page.translators,
            }
            for page in language.pages
        },
    }


def _markdown(impact: Impact) -> Iterator[str]:
    """Yield the impact as Markdown, for a comment on a pull request."""
    if not any(each.pages for each in impact.languages):
        yield "No translation is concerned."
    else:
        yield "| Language | Units | To translate |"
        yield "| --- | --- | --- |"
        for language in impact.languages:
            words = str(language.effort) if language.effort.words else "nothing"
            units = _counted(language.counts) or "nothing changes"
            yield f"| {language.language} | {units} | {words} |"
    for language in impact.languages:
        if language.pages:
            yield ""
            pages = amount(len(language.pages), "page")
            yield f"<details><summary>{language.language}: {pages}</summary>"
            yield ""
            for page in language.pages:
                yield f"- `{page.path}`: {_counted(page.counts)}{_escaped(_whose(page))}"
            yield ""
            yield "</details>"
    lines = [*map(str, impact.falls), *map(str, impact.false_claims)]
    if lines:
        yield ""
        yield from (f"- {_escaped(line)}" for line in lines)


def _escaped(text: str) -> str:
    """Return text of pages, or names, as Markdown that shows it as it is, and calls nobody."""
    text = text.replace("://", ":\N{WORD JOINER}//")
    for sign in "\\`*_[]<>@#|":
        text = text.replace(sign, f"\\{sign}" if sign != "@" else "@\N{WORD JOINER}")
    return text


def _github(impact: Impact) -> Iterator[str]:
    """Yield the impact as workflow commands of GitHub Actions, shown beside the changes."""
    for language in impact.languages:
        yield annotation("notice", _summary(language), title=f"Translations: {language.language}")
    for fall in impact.falls:
        yield annotation("warning", str(fall), title="Key document")
    for each in impact.false_claims:
        yield annotation("error", each.text, file=each.path, line=each.line, title="Not editorial")


SHAPES: Mapping[str, Callable[[Impact], Iterator[str]]] = {
    "text": _text,
    "json": _json,
    "markdown": _markdown,
    "github": _github,
}
