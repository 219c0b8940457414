"""Find the page and the language of a catalog that came without its place: by what is in it.

File names and headers say little: mail programs rename files, and tools write headers of their own.
Messages say which page it is, and the header, or else translations that are known, the language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import NamedTuple

from handbook.bitext.catalog import headers, tidy
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.languages import cldr, scripts
from handbook.bitext.page.segments import Page
from handbook.bitext.problem import Problem
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import SITE, Source, site_catalog
from handbook.bitext.receiving import spoken

LEAST = 0.25
"""The part of a catalog's messages that has to be a page's, at least."""
LEAST_WITH_HINT = 0.1
"""The same where the catalog's own references name the page too."""
LEAD = 1.5
"""How many times as many messages the page has to have as the next one."""
LEAST_OF_WORDS = 0.75
"""The same where all that the page has of them are words that any text may have, as a title."""
_VOTES = 3
"""So many known translations say more than a header does."""
_COPY = re.compile(
    r"(?:[ _-]*\(\d+\)|[ _-]+(?:copy|copia|final|v?\d+)|[._-][a-z]{2}(?:[_-]\w+)?)$", re.I
)


_WORD = re.compile(r"[^\W\d_]{2}")
TELLING = re.compile(rf"(?:\w+\W+){{3}}\w|[{scripts.CJK}]{{8}}|\S.{{28}}\S", re.DOTALL)
"""A message that hardly any other text has: of four words, or eight characters of Chinese, or long
in a language that has no blanks between words."""


class Place(NamedTuple):
    """What a catalog belongs to."""

    source: Source | None
    """The page; None for interface text."""
    language: str


def place_of(
    handbook: Handbook, received: Catalog, name: str, language: str = ""
) -> Place | Problem:
    """Return the page and the language of a catalog that came in a file called `name`.

    `language` is what somebody says it is in; "" if nobody does.
    """
    path = _page_of(handbook, received, name)
    if isinstance(path, Problem):
        return path
    source = handbook.source_at(path)  # None for the interface text
    code = language or _language_of(handbook, received, path)
    if not code:
        return Problem(name, 1, _of_no_language(handbook, received))
    own = source.language if source else handbook.languages[0]
    if code == own:
        what = f"docs/{own}/{path}" if source else "interface text"
        return Problem(name, 1, f"is in {code}, in which {what} itself is written; is it a copy?")
    return Place(source, code)


def _of_no_language(handbook: Handbook, received: Catalog) -> str:
    """Return what is wrong with a catalog that is in none of our languages, and the cure."""
    if not any(unit.translation for unit in received.units):
        return "has no translations, as a template (.pot); ask for the file that was worked on"
    declared = _says(received)
    said = f"is in {declared} by its header, which is no language of this handbook"
    cure = f"give --language, of {', '.join(handbook.languages)}"
    if code := _declared(handbook, received):
        return f"is in {code} by its header, and its texts are in other letters; {cure}"
    return f"{said if declared else 'says not which language it is in'}; {cure}"


def elsewhere(handbook: Handbook, received: Catalog, place: Place) -> Catalog | None:
    """Return the units of a catalog that another page has and its own never had; None if none.

    Somebody has joined the catalogs of two pages, or a text has moved to another page since.
    """
    known = _known_messages(handbook)
    own = known[place.source.path if place.source else SITE]
    others = set().union(*(messages for path, messages in known.items() if messages is not own))
    units = tuple(u for u in received.units if u.message in others and u.message not in own)
    rest = replace(received, units=units, obsolete=())
    found = place_of(handbook, rest, "", place.language) if units else None
    return rest if isinstance(found, Place) and found.source != place.source else None


# -- the page ------------------------------------------------------------------------------------


def _page_of(handbook: Handbook, received: Catalog, name: str) -> str | Problem:
    """Return the path of the page whose messages a catalog has; `SITE` for interface text."""
    every = {unit.message for unit in received.units}
    if not every:
        return Problem(name, 1, "has no messages; send the catalog that was worked on")
    # A number or a sign is the same on any page, and in a catalog whose messages are another's.
    messages = {message for message in every if _WORD.search(message)} or every
    known = _known_messages(handbook)
    owners = Counter(message for each in known.values() for message in each)
    score: dict[str, float] = {}
    for path, own in known.items():
        # A message that stands on many pages says little about any of them.
        score[path] = sum(1 / owners[message] for message in messages & own)
    named = _named(received, name, known)
    ranked = sorted(score, key=lambda path: (-score[path], path not in named))
    best, second = ranked[0], ranked[1] if len(ranked) > 1 else ""
    shared = messages & known[best]
    part = len(shared) / len(messages)
    is_named = best in named
    is_told = is_named or any(map(TELLING.search, shared))
    if part < (LEAST_WITH_HINT if is_named else LEAST if is_told else LEAST_OF_WORDS):
        return Problem(name, 1, "no page has its messages; was it made from this handbook?")
    if second and score[best] < LEAD * score[second] and not is_named:
        fault = f"its messages are on {best} and on {second} alike"
        return Problem(name, 1, f"{fault}; say which: rename it {PurePosixPath(best).stem}.po")
    return best


def _known_messages(handbook: Handbook) -> dict[str, set[str]]:
    """Return the messages of each page, with earlier ones that its catalogs still know."""
    found: dict[str, set[str]] = {}
    for source in handbook.sources():
        page = handbook.try_read(source)
        own = {each.message for each in page.segments} if isinstance(page, Page) else set()
        for language in handbook.languages:
            if language != source.language:
                own.update(_messages_of(handbook, handbook.catalog_in_use(source.path, language)))
        found[source.path] = own
    for language in handbook.languages[1:]:
        words = _messages_of(handbook, site_catalog(language))
        found.setdefault(SITE, set()).update(words)
    return found


def _messages_of(handbook: Handbook, name: str) -> Iterator[str]:
    loaded = handbook.catalogs.load(name)
    for unit in (*loaded.units, *loaded.obsolete) if isinstance(loaded, Catalog) else ():
        yield unit.message
        if unit.previous is not None:
            yield unit.previous


def _named(received: Catalog, name: str, paths: Iterable[str]) -> set[str]:
    """Return the page that a catalog's references name, or else those that its file's name does."""
    places = (place for unit in received.units for place in unit.places[:1])
    counted = Counter(place.partition("#")[0] for place in places)
    if counted:
        return {path for path, _ in counted.most_common(1)}
    stem = _COPY.sub("", _COPY.sub("", PurePosixPath(name).stem))
    return {path for path in paths if PurePosixPath(path).stem == stem}


# -- the language --------------------------------------------------------------------------------


def _language_of(handbook: Handbook, received: Catalog, path: str) -> str:
    """Return the language of a catalog of a page; "" if nobody knows."""
    text = "\n".join(u.translation for u in received.units if u.translation != u.message)
    possible = [code for code in handbook.languages if scripts.is_in(cldr.script(code), text)]
    votes = {
        code: _agreeing(received.units, handbook.catalogs.load(_name(handbook, path, code)))
        for code in possible
    }
    if not votes:
        return ""
    declared = _declared(handbook, received)
    declared = declared if declared in possible else ""
    best = max(votes, key=lambda code: votes[code])
    if declared and (votes[declared] or votes[best] < _VOTES):
        return declared
    others = [code for code in votes if code != best]
    if votes[best] and all(votes[code] * 2 < votes[best] for code in others):
        return best
    source = handbook.source_at(path)
    own = source.language if source else handbook.languages[0]
    found = "" if _says(received) else spoken.language_of(handbook, text)
    return found if found in possible and found != own else ""


def _name(handbook: Handbook, path: str, language: str) -> str:
    if path == SITE:
        return site_catalog(language)
    return handbook.catalog_in_use(path, language)


def _says(received: Catalog) -> str:
    """Return what a header says of the language."""
    return " ".join(received.header.get(headers.LANGUAGE, "").split())


def _declared(handbook: Handbook, received: Catalog) -> str:
    """Return the handbook's language that a header declares; "" if none."""
    given = _says(received)
    found = [
        code
        for code in handbook.languages
        if given
        and tidy.other_language(received.header, handbook.catalogs.empty("", code).header) is None
    ]
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:[-_@.][\w@.-]*)?", given) or given in ("LL", "ll"):
        return ""
    near = _nearest(given, found)
    return near[0] if len(near) == 1 else ""


def _nearest(given: str, codes: Sequence[str]) -> Sequence[str]:
    """Return those of the codes of one language that are `given`, or else in its script."""
    named = cldr.parts(given)
    if named is None:
        return codes
    if exact := [code for code in codes if cldr.parts(code) == named]:
        return exact
    if not named.script and not named.territory:
        return codes
    alike = [code for code in codes if cldr.gettext_code(code) == cldr.gettext_code(given)]
    return alike or [code for code in codes if cldr.script(code) == cldr.script(given)]


def _agreeing(units: Iterable[Unit], known: Catalog | Problem | None) -> int:
    """Return how many translations are those of a catalog; not of what is the same anyway."""
    if not isinstance(known, Catalog):
        return 0
    texts = {unit.key: unit.translation for unit in known.units}
    own = (unit for unit in units if unit.translation not in ("", unit.message))
    return sum(texts.get(unit.key) == unit.translation for unit in own)
