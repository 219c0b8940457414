"""Work readers' corrections into the page or the catalog that they belong to.

A correction says on which page, in which language, what is written there and how it should read. It
is worked in only where the text still is as its reader saw it, in one place, and where the edit
touches words alone: anything else is for a person to judge.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import urlsplit

from handbook.bitext.catalog import po, tidy
from handbook.bitext.catalog.join import with_credit
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.checks.pair import visible
from handbook.bitext.page.numbers import passages
from handbook.bitext.page.segments import Page, Segment
from handbook.bitext.problem import Problem
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source


class Correction(NamedTuple):
    """What a reader wants to be written otherwise."""

    page: str
    """The page's path, or its address on the site."""
    language: str
    old: str
    """What is written there, as the reader sees it: the paragraph, or some words of it."""
    new: str
    paragraph: str = ""
    """The paragraph's number, such as 3.12; "" if it was not said."""
    revision: str = ""
    """The version of the page that was read; told again where the text is not found."""
    credit: str = ""
    """Whom to thank; no address."""


class Worked(NamedTuple):
    """What a correction becomes: the new text of a file."""

    name: str
    line: int
    text: str


_NEEDED = ("page", "language", "old", "new")
_FIELD = re.compile(
    r"^(Page|Language|Paragraph|Revision|Address|Old|New|Credit)(?: text)?:[ \t]*", re.MULTILINE
)
"""The beginning of a field: as people write it, or as the form of a page does (`Old text:`)."""
_APART = re.compile(r"^---+[ \t]*$", re.MULTILINE)
_MARKUP = re.compile(r"[<>`\[\]{}|]|https?:|\*\*|==")
_CONTEXT = 60
"""How many characters around an edit are looked at to find its one place."""


# -- reading ---------------------------------------------------------------------------------------


def is_correction(text: str) -> bool:
    """Tell whether a file that came has corrections in it, and is no catalog."""
    text = _unquoted(text)
    return bool(_JSON.match(text)) or {"Page", "Old"} <= set(_FIELD.findall(text))


def read(text: str, name: str) -> list[Correction | Problem]:
    """Return the corrections in a file: JSON, or lines such as `Page: …`, `Old: …`, `New: …`."""
    text = _unquoted(text)
    if not _JSON.match(text):
        parts = (_fields(part) for part in _APART.split(text) if part.strip())
        return [each for part in parts for each in _corrections(part, name)]
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        cure = "correct the line, or write Page:, Language:, Old: and New: as lines"
        return [Problem(name, line, f"is not JSON; {cure}")]
    each = found if isinstance(found, list) else [found]
    given = (one if isinstance(one, dict) else {} for one in each)
    return [correction for one in given for correction in _corrections(one, name)]


_JSON = re.compile(r"\s*(?:\{|\[\s*[{\[\"\d])")
_QUOTED = re.compile(r"^(?:> ?)+", re.MULTILINE)


def _unquoted(text: str) -> str:
    """Return a text with plain line ends, without the signs by which a mail quotes another."""
    return _QUOTED.sub("", text.lstrip("\ufeff").replace("\r\n", "\n"))


def _fields(text: str) -> dict[str, str]:
    """Return the fields of a correction that is written as lines; a text may have several."""
    parts = _FIELD.split(text)[1:]
    return {key.lower(): value.strip() for key, value in zip(parts[::2], parts[1::2], strict=True)}


def _corrections(given: Mapping[str, object], name: str) -> Iterator[Correction | Problem]:
    """Yield a correction, or one of each cell of a row that it changes."""
    made = _correction(given, name)
    if isinstance(made, Problem):
        yield made
        return
    old, new = made.old.split(_CELLS), made.new.split(_CELLS)
    if len(old) != len(new):
        yield made
        return
    for before, after in zip(old, new, strict=True):
        if before.strip() != after.strip() or len(old) == 1:
            yield made._replace(old=before.strip(), new=after.strip())


_CELLS = " | "
"""What a page's form puts between the cells of a row."""


def _correction(given: Mapping[str, object], name: str) -> Correction | Problem:
    fields = {key: str(given.get(key) or "").strip() for key in Correction._fields}
    missing = [key for key in _NEEDED if not fields[key]]
    if missing:
        return Problem(name, 1, f"a correction has no {' and no '.join(missing)}; ask its sender")
    return Correction(**fields)


# -- working in ------------------------------------------------------------------------------------


def worked(handbook: Handbook, correction: Correction) -> Worked | Problem:
    """Return the file that a correction changes with its new text, or why it is not worked in."""
    source = _source(handbook, correction.page)
    if source is None:
        return Problem(correction.page, 0, "is no page of this handbook; correct the path")
    if correction.language not in handbook.languages:
        fault = f"has no language {correction.language!r}"
        return Problem(correction.page, 0, f"{fault}; give one of {', '.join(handbook.languages)}")
    if _MARKUP.search(correction.new) and set(_MARKUP.findall(correction.new)) - set(
        _MARKUP.findall(correction.old)
    ):
        return Problem(correction.page, 0, "brings along markup or an address; judge it by hand")
    if correction.language == source.language:
        return _on_page(handbook, source, correction)
    return _in_catalog(handbook, source, correction)


def _source(handbook: Handbook, given: str) -> Source | None:
    """Return the page that a path or an address names."""
    try:
        address = urlsplit(given)
    except ValueError:
        return None
    parts = [each for each in PurePosixPath(address.path.strip("/")).parts if each != "docs"]
    known = {source.path: source for source in handbook.sources()}
    folders = {code for each in handbook.languages for code in (each, each.replace("_", "-"))}
    while True:
        joined = "/".join(parts).removesuffix(".html").removesuffix("/index")
        for name in (joined, f"{joined}.md", f"{joined}/index.md".lstrip("/")):
            if found := known.get(handbook.redirects.get(name, name)):
                return found
        # An address has the folder of the site before the path, and both may have the language.
        if not parts or not (parts[0] in folders or (address.scheme and len(parts) > 1)):
            return None
        parts = parts[1:]


def _on_page(handbook: Handbook, source: Source, correction: Correction) -> Worked | Problem:
    page = handbook.read(source)
    name = handbook.name(source.file)
    spots = [
        (each, page.text[each.spans[0][0] : each.spans[-1][1]])
        for each in _segments(page, correction.paragraph)
        if each.spans
    ]
    spots = [(each, raw) for each, raw in spots if _has(raw, correction.old)]
    if len(spots) != 1:
        return _not_found(name, correction, len(spots))
    segment, raw = spots[0]
    new = _edited(raw, correction.old, correction.new)
    if new is None:
        return _by_hand(name, page.line(segment))
    start, end = segment.spans[0][0], segment.spans[-1][1]
    return Worked(name, page.line(segment), page.text[:start] + new + page.text[end:])


def _in_catalog(handbook: Handbook, source: Source, correction: Correction) -> Worked | Problem:
    name = handbook.catalog_in_use(source.path, correction.language)
    loaded = handbook.catalogs.load(name)
    if not isinstance(loaded, Catalog):
        return loaded or Problem(name, 0, "is not there: the page is shown in its source language")
    page = handbook.read(source)
    keys = {segment.key for segment in _segments(page, correction.paragraph)}
    keys |= {unit.key for unit in loaded.units if unit.previous is not None}
    known = [unit for unit in loaded.units if unit.key in keys and unit.state in _SHOWN]
    spots = [unit for unit in known if _has(unit.translation, correction.old)]
    if len(spots) != 1:
        return _not_found(name, correction, len(spots))
    unit = spots[0]
    new = _edited(unit.translation, correction.old, correction.new)
    if new is None:
        return _by_hand(name, unit.line)
    units = tuple(_with(each, new) if each is unit else each for each in loaded.units)
    header = dict(loaded.header)
    if thanked := tidy.without_address(correction.credit).strip():
        header["X-Credit"] = with_credit(header.get("X-Credit", ""), thanked)
    return Worked(name, unit.line, po.dump(replace(loaded, units=units, header=header)))


_SHOWN = ("current", "changed")
"""The states of units whose translation readers see."""


def _with(unit: Unit, translation: str) -> Unit:
    return unit._replace(translation=translation)


def _segments(page: Page, paragraph: str) -> Iterator[Segment]:
    """Yield the segments of a numbered paragraph; all if it has no number that is known."""
    wanted = next((each for each in passages(page) if each.number == paragraph), None)
    for index, segment in enumerate(page.segments):
        if wanted is None or index in wanted.segments:
            yield segment


def _not_found(name: str, correction: Correction, count: int) -> Problem:
    if count:
        return Problem(name, 0, f"has this {count} times: “{correction.old}”; judge it by hand")
    read_in = f" (read in version {correction.revision})" if correction.revision else ""
    fault = f"no longer says “{correction.old}”{read_in}"
    return Problem(name, 0, f"{fault}: it was changed since, or taken in before; judge it by hand")


def _by_hand(name: str, line: int) -> Problem:
    return Problem(name, line, "has markup where the correction changes it; do this one by hand")


# -- the edit --------------------------------------------------------------------------------------


def _flat(text: str) -> str:
    return " ".join(text.split())


def _has(raw: str, old: str) -> bool:
    """Tell whether a reader sees some words in a text."""
    return _flat(old) in _flat(raw) or _flat(old) in _flat(visible(raw))


def _edited(raw: str, old: str, new: str) -> str | None:
    """Return a text in which the words that were corrected are exchanged, its markup untouched.

    None where these words have no one place in it, as when they begin in bold and end outside.
    """
    if raw.count(old) == 1:
        return raw.replace(old, new)
    old, new = _flat(old), _flat(new)
    head = _common(old, new)
    tail = min(_common(old[::-1], new[::-1]), len(old) - head, len(new) - head)
    for around in range(_CONTEXT):
        start, end = max(0, head - around), max(0, tail - around)
        before, after = old[start : len(old) - end], new[start : len(new) - end]
        count = raw.count(before) if before else 2
        if count == 1:
            return raw.replace(before, after)
        if count == 0:
            return None
    return None


def _common(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
