"""Work readers' corrections into the page or the catalog that they belong to.

A correction says on which page, in which language, what is written there and how it should read. It
is worked in only where the text still is as its reader saw it, in one place, and where the edit
touches words alone: anything else is for a person to judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from handbook.bitext import files
from handbook.bitext.catalog import headers, po, tidy
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.page.segments import Page, Segment
from handbook.bitext.problem import Problem
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source, site_catalog
from handbook.bitext.receiving import languagenames, nearly
from handbook.bitext.receiving.addressed import SHOWN, addressed
from handbook.bitext.receiving.exchange import as_seen, exchanged, shows, shows_all, without_notes
from handbook.bitext.receiving.passage import meant


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
    """The version of the page that was read; named in the problem where the text is not found."""
    credit: str = ""
    """Whom to thank; no address."""
    address: str = ""
    """Where on the site it was read."""
    file: str = ""
    line: int = 0
    """Where the correction is: its file and line."""


class Worked(NamedTuple):
    """What a correction becomes: the new text of a file."""

    name: str
    line: int
    text: str


_MARKUP = re.compile(r"[<>`\[\]{}|]|https?:|\*\*|==|~~")
_BLOCK = re.compile(r"(?:#{1,6}|[-*+>]|\d+[.)])[ ]")
"""What begins a heading, an item or a quotation."""
_UNSEEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffd]")
"""What programs leave where they have read letters wrongly, and what turns the order of letters."""


def worked(handbook: Handbook, correction: Correction) -> Worked | Problem:
    """Return the file that a correction changes with its new text, or why it is not worked in."""
    made = _worked(handbook, correction)
    if isinstance(made, Problem) and (plain := _without_signs(correction)) != correction:
        again = _worked(handbook, plain)
        return made if isinstance(again, Problem) else again
    return made


_SIGNS = re.compile(r"\s*[\u21a9\u2934]\ufe0e?(?=\s|$)|^(?:#{1,6}|[-*+•])[ ]+")
"""What is copied along: the arrows that lead back from footnotes, the signs of headings and items;
for the numbers of footnotes see `exchange.without_notes`."""


def _without_signs(correction: Correction) -> Correction:
    """Return a correction without signs around words, if both of its texts have the same."""
    old, new = correction.old, correction.new
    if _SIGNS.findall(old) != _SIGNS.findall(new):
        return correction
    return correction._replace(old=_SIGNS.sub("", old), new=_SIGNS.sub("", new))


def _worked(handbook: Handbook, correction: Correction) -> Worked | Problem:
    language = languagenames.code_of(correction.language, handbook.languages)
    if language is None:
        known = ", ".join(handbook.languages)
        return _refused(correction, f"has no language {correction.language!r}; give one of {known}")
    correction = correction._replace(language=language)
    if correction.page == _SETTINGS:
        return _is_in_settings(correction)
    source = None if correction.page == site_catalog(language) else _page(handbook, correction)
    if isinstance(source, Problem):
        return source
    if not correction.new:
        where = _place(handbook, source, correction) if source else correction.page
        return _refused(correction, f"is said to be wrong at {where}; judge it by hand")
    if correction.new == correction.old:
        return _nothing(correction)
    if fault := _brought_along(correction):
        return _refused(correction, f"{fault}; judge it by hand")
    if source is None:
        return _in_menus(handbook, correction)
    if correction.language == source.language:
        made = _on_page(handbook, source, correction)
        if isinstance(made, Problem) and _is_name(handbook, correction.old):
            return _is_in_settings(correction._replace(page=_SETTINGS))
    else:
        made = _in_catalog(handbook, source, correction)
    return _in_menus(handbook, correction) if _is_of_menus(handbook, made, correction) else made


def _is_of_menus(handbook: Handbook, made: Worked | Problem, correction: Correction) -> bool:
    """Tell whether a text that its page has not is one that all pages have, around what they say.

    Its reader has seen it there, and named the page.
    """
    if isinstance(made, Worked) or correction.paragraph or correction.revision:
        return False
    loaded = handbook.catalogs.load(site_catalog(correction.language))
    units = loaded.units if isinstance(loaded, Catalog) else ()
    shown = [unit for unit in units if unit.state == "current"]
    return sum(shows_all(unit.translation, correction.old) for unit in shown) == 1


_SETTINGS = "mkdocs.yml"
_RENAMED = "change it there by hand, then run `handbook update`: its translations go by this name"


def _is_in_settings(correction: Correction) -> Problem:
    return _refused(correction, f"has the name “{correction.old}”; {_RENAMED}")


def _is_name(handbook: Handbook, text: str) -> bool:
    """Tell whether a text is on no page but a name in menus, which `mkdocs.yml` gives."""
    settings = files.read(handbook.root / _SETTINGS, _SETTINGS)
    names = (handbook.catalogs.messages(site_catalog(each)) for each in handbook.languages)
    return isinstance(settings, str) and text in settings and any(text in each for each in names)


def _brought_along(correction: Correction) -> str:
    """Return what a new text has that no reader types; "" for nothing."""
    had = set(_MARKUP.findall(correction.old))
    is_block = _BLOCK.match(correction.new) and not _BLOCK.match(correction.old)
    if is_block or set(_MARKUP.findall(correction.new)) - had:
        return "brings along markup or an address"
    found = _UNSEEN.search(correction.new)
    return f"has a character that nobody types, U+{ord(found[0]):04X}" if found else ""


def _nothing(correction: Correction) -> Problem:
    fault = f"has the same old and new text: “{correction.old}”"
    return _refused(correction, f"{fault}; ask its sender what is meant")


def _refused(correction: Correction, fault: str) -> Problem:
    return Problem(correction.file, correction.line, f"{correction.page}: {fault}")


def _page(handbook: Handbook, correction: Correction) -> Source | Problem:
    """Return the page that a correction is about; a fault where it names none, or two."""
    page, language, address = correction.page, correction.language, correction.address
    found = addressed(handbook, page, language, address, correction.revision)
    return found if isinstance(found, Source) else _refused(correction, found)


class _Spot(NamedTuple):
    """A text that a correction may mean."""

    text: str
    """As it stands in its file."""
    line: int
    owner: Segment | Unit


def _on_page(handbook: Handbook, source: Source, correction: Correction) -> Worked | Problem:
    """Return a page in its own language with the correction worked in, or why it is not."""
    page = handbook.read(source)

    def spots(segments: Iterable[Segment]) -> list[_Spot]:
        return [
            _Spot(page.text[each.spans[0][0] : each.spans[-1][1]], page.line(each), each)
            for each in segments
            if each.spans
        ]

    correction, found = _meant_of(handbook, source, source.name, correction, spots)
    if isinstance(found, Problem):
        return found
    new = _corrected(found.text, correction, source.name, found.line)
    if isinstance(new, Problem):
        return new
    assert isinstance(found.owner, Segment)
    start, end = found.owner.spans[0][0], found.owner.spans[-1][1]
    return Worked(source.name, found.line, page.text[:start] + new + page.text[end:])


def _in_catalog(handbook: Handbook, source: Source, correction: Correction) -> Worked | Problem:
    """Return the catalog of a translated page with the correction worked in, or why it is not."""
    name = handbook.catalog_in_use(source.path, correction.language)
    loaded = handbook.catalogs.load(name)
    if not isinstance(loaded, Catalog):
        return loaded or Problem(name, 0, "is not there: the page is shown in its source language")

    def spots(segments: Iterable[Segment]) -> list[_Spot]:
        shown = _shown_for(handbook, source, correction.language, segments)
        units = (unit for unit in loaded.units if unit.state in SHOWN and unit.translation in shown)
        return [
            _Spot(unit.translation, unit.line, unit)
            for unit in units
            if unit.key in shown[unit.translation]
        ]

    page = handbook.read(source)
    correction, found = _meant_of(handbook, source, name, correction, spots)
    if isinstance(found, _Spot):
        assert isinstance(found.owner, Unit)
        return _exchanged(name, loaded, found.owner, correction)
    if any(shows(each.text, correction.old) for each in spots(page.segments)):
        return found
    line = _line_of_source(page, correction.old)
    [passage, *_] = meant(handbook, source, correction.paragraph, correction.revision)
    if not line and passage.is_numbered and passage.segments and not spots(passage.segments):
        line = page.line(passage.segments[0])  # such as one with signs that are shown as others
    return _in_source(name, source, line, correction.old) if line else found


def _in_source(name: str, source: Source, line: int, old: str) -> Problem:
    fault = f"is shown as in its source there, {source.name}:{line}: “{old}”"
    cure = "take the new text as a translation, or as a correction of that, by hand"
    return Problem(name, 0, f"{fault}; {cure}")


def _shown_for(
    handbook: Handbook, source: Source, language: str, segments: Iterable[Segment]
) -> dict[str, set[str]]:
    """Return the translations that readers see of some segments, each with the keys it may have.

    If a page was edited since its catalog was, that has the translation by its former message.
    """
    keys = {segment.key for segment in segments}
    found: dict[str, set[str]] = {}
    for unit in handbook.catalog(source, language).units:
        if unit.key in keys and unit.state in SHOWN:
            found.setdefault(unit.translation, set()).update(_keys(unit))
    return found


def _keys(unit: Unit) -> Iterator[str]:
    yield unit.key
    if unit.previous is not None:
        yield unit._replace(message=unit.previous, context=unit.previous_context).key


def _meant_of(
    handbook: Handbook,
    source: Source,
    name: str,
    correction: Correction,
    spots_of: Callable[[Iterable[Segment]], list[_Spot]],
) -> tuple[Correction, _Spot | Problem]:
    """Return the one text that a correction means, with the correction in its words; or a fault."""
    fault = None
    for passage in meant(handbook, source, correction.paragraph, correction.revision):
        spots = spots_of(passage.segments)
        texts = [spot.text for spot in spots]
        made = _as_it_stands(texts, correction)
        found = [spots[n] for n in _meant(texts, made)]
        if len(found) == 1:
            return made, found[0]
        known = spots if passage.is_numbered else ()
        if fault is None or found:
            fault = _not_found(name, made, len(found), texts, known)
        if fault.level == "notice":  # or the same words would be corrected elsewhere too
            break
    assert fault
    return correction, fault


def _in_menus(handbook: Handbook, correction: Correction) -> Worked | Problem:
    """Return the catalog of what is on no page with a name in it corrected, or why it is not."""
    name = site_catalog(correction.language)
    loaded = handbook.catalogs.load(name)
    if not isinstance(loaded, Catalog):
        return loaded or _refused(
            correction, "is not there: nothing in menus is translated; correct nav in mkdocs.yml"
        )
    shown = [unit for unit in loaded.units if unit.state == "current"]
    spots = [unit for unit in shown if shows_all(unit.translation, correction.old)]
    if len(spots) != 1:
        return _not_found(name, correction, len(spots), [unit.translation for unit in shown])
    return _exchanged(name, loaded, spots[0], correction)


def _exchanged(name: str, loaded: Catalog, unit: Unit, correction: Correction) -> Worked | Problem:
    """Return a catalog in which the translation of a unit is corrected, or why it is not."""
    new = _corrected(unit.translation, correction, name, unit.line)
    if isinstance(new, Problem):
        return new
    corrected = unit._replace(translation=new)
    units = tuple(corrected if each is unit else each for each in loaded.units)
    header = dict(loaded.header)
    if thanked := tidy.without_address(correction.credit).strip():
        header[headers.CREDIT] = headers.with_credit(header.get(headers.CREDIT, ""), thanked)
    return Worked(name, unit.line, po.dump(replace(loaded, units=units, header=header)))


def _place(handbook: Handbook, source: Source, correction: Correction) -> str:
    """Return the lines that a report is about, as well as it says which they are."""
    page, name, language = handbook.read(source), source.name, correction.language
    [passage, *_] = meant(handbook, source, correction.paragraph, correction.revision)
    segments, is_numbered = passage.segments, passage.is_numbered
    catalog = None
    if language != source.language:
        name = handbook.catalog_in_use(source.path, language)
        catalog = handbook.catalogs.load(name)
    if isinstance(catalog, Catalog):
        keys = {each.key for each in segments}
        texts = [(each.line, each.translation) for each in catalog.units if each.key in keys]
    else:
        texts = [(page.line(each), each.message) for each in segments]
    old = correction.old
    lines = [line for line, text in texts if is_numbered or (old and shows(text, old))]
    return f"{name}:{lines[0]}" if lines else name


def _line_of_source(page: Page, old: str) -> int:
    """Return the line of the page that has words as its source has them; 0 if none has."""
    return next((page.line(each) for each in page.segments if shows(each.message, old)), 0)


def _not_found(
    name: str,
    correction: Correction,
    count: int,
    texts: Sequence[str] = (),
    numbered: Sequence[_Spot] = (),
) -> Problem:
    """Return why a correction has no one place; `numbered` is what stands in its passage."""
    old, line = correction.old, numbered[0].line if numbered else 0
    if count:
        return Problem(name, line, f"has this {count} times: “{old}”; judge it by hand")
    if correction.revision and any(shows_all(each, correction.new) for each in texts):
        fault = f"says “{correction.new}” already: it was taken before; nothing is to be done"
        return Problem(name, line, fault, level="notice")
    if near := dict.fromkeys(f"“{each}”" for _, each in nearly.standing(texts, old)):
        fault = f"says {', '.join(near)} and not “{old}”"
        return Problem(name, line, f"{fault}; judge it by hand")
    read_in = f" (read in version {correction.revision})" if correction.revision else ""
    if numbered:
        now = " | ".join(as_seen(each.text) for each in numbered)
        fault = f"{correction.paragraph} says “{now}” and not “{old}”{read_in}"
        return Problem(name, line, f"{fault}; judge it by hand")
    fault = f"no longer says “{old}”{read_in}"
    return Problem(name, 0, f"{fault}: it was changed since, or taken in before; judge it by hand")


def _corrected(raw: str, correction: Correction, name: str, line: int) -> str | Problem:
    """Return a text with the correction worked in, or why it is not."""
    new = exchanged(raw, correction.old, correction.new)
    if new is None:
        fault = "has markup where the correction changes it; do this one by hand"
        return Problem(name, line, fault)
    return _nothing(correction) if new == raw else new


def _as_it_stands(texts: Sequence[str], correction: Correction) -> Correction:
    """Return a correction in the words of a text, if one alone has them but for case or end mark.

    Readers type what they have read from memory.
    """
    if _meant(texts, correction):
        return correction
    if len(plain := _without_notes(texts, correction)) == 1:
        return plain.pop()
    near = nearly.standing(texts, correction.old)
    if len(near) != 1:
        return correction
    stands = near[0][1]
    new = nearly.transferred(correction.old, correction.new, stands)
    return correction if new is None else correction._replace(old=stands, new=new)


def _without_notes(texts: Iterable[str], correction: Correction) -> set[Correction]:
    """Return a correction without the numbers of notes, if it is so that a text has its words."""
    old, new = correction.old, correction.new
    plain = ((raw, *without_notes(raw, old, new)) for raw in texts if "[^" in raw)
    return {correction._replace(old=one, new=other) for raw, one, other in plain if shows(raw, one)}


def _meant(texts: Sequence[str], correction: Correction) -> list[int]:
    """Return which texts a correction may mean, by their places.

    Pages send the whole text that was read, and its revision; a person may write some words of it.
    """
    found = [n for n, raw in enumerate(texts) if shows(raw, correction.old)]
    whole = [n for n in found if correction.revision and shows_all(texts[n], correction.old)]
    return whole or found
