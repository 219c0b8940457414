"""Work readers' corrections into the page or the catalog that they belong to.

A correction says on which page, in which language, what is written there and how it should read. It
is worked in only where the text still is as its reader saw it, in one place, and where the edit
touches words alone: anything else is for a person to judge.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from babel import Locale

from handbook.bitext.catalog import po, tidy
from handbook.bitext.catalog.join import with_credit
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.checks.pair import HIDDEN, visible
from handbook.bitext.languages import cldr
from handbook.bitext.languages.scripts import CJK
from handbook.bitext.page.numbers import passages
from handbook.bitext.page.segments import Page, Segment
from handbook.bitext.problem import Problem
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.labels import fold
from handbook.bitext.project.pages import Source, site_catalog
from handbook.bitext.project.words import codes as codes_of_words


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


_MARKUP = re.compile(r"[<>`\[\]{}|]|https?:|\*\*|==")
_UNSEEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffd]")
"""What programs leave where they have read letters wrongly, and what turns the order of letters."""
_CONTEXT = 60
"""How many characters around an edit are looked at to find its one place."""


# -- working in ------------------------------------------------------------------------------------


def worked(handbook: Handbook, correction: Correction) -> Worked | Problem:
    """Return the file that a correction changes with its new text, or why it is not worked in."""
    language = language_of(correction.language, handbook.languages)
    if language is None:
        known = ", ".join(handbook.languages)
        return _refused(correction, f"has no language {correction.language!r}; give one of {known}")
    correction = correction._replace(language=language)
    if correction.page == _SETTINGS:
        return _refused(correction, f"has the name “{correction.old}”; {_RENAMED}")
    source = None if correction.page == site_catalog(language) else _page(handbook, correction)
    if isinstance(source, Problem):
        return source
    if not correction.new:
        where = _place(handbook, source, correction) if source else correction.page
        return _refused(correction, f"is said to be wrong at {where}; judge it by hand")
    if fault := _brought_along(correction):
        return _refused(correction, f"{fault}; judge it by hand")
    if source is None:
        return _in_menus(handbook, correction)
    if correction.language == source.language:
        return _on_page(handbook, source, correction)
    return _in_catalog(handbook, source, correction)


_SETTINGS = "mkdocs.yml"
_RENAMED = "change it there by hand, then run `handbook update`: its translations go by this name"


def _brought_along(correction: Correction) -> str:
    """Return what a new text has that no reader types; "" for nothing."""
    had = set(_MARKUP.findall(correction.old))
    if set(_MARKUP.findall(correction.new)) - had:
        return "brings along markup or an address"
    found = _UNSEEN.search(correction.new)
    return f"has a character that nobody types, U+{ord(found[0]):04X}" if found else ""


def _refused(correction: Correction, fault: str) -> Problem:
    return Problem(correction.file, correction.line, f"{correction.page}: {fault}")


def language_of(given: str, codes: Collection[str]) -> str | None:
    """Return the code of a language that is given by its code or by its name in any of `codes`.

    A form writes `Español (es)`; a person or a program that translates writes what it likes.
    """
    by_code = {cldr.gettext_code(code).casefold(): code for code in codes}
    words = [given, *_BETWEEN.findall(given), _BETWEEN.sub(" ", given)]
    for word in (each.strip(_AROUND) for each in words):
        near = [word, *cldr.fallbacks(word)] if word.isascii() else [word]
        for each in near:
            if found := by_code.get(each.replace("-", "_").casefold()):
                return found
        for names in (_names, _short_names):
            named = [code for code in codes if fold(word) in names(code, frozenset(codes))]
            if len(named) == 1:
                return named[0]
    return None


_BETWEEN = re.compile("[(\uff08\\[]([^)\uff09\\]]*)[)\uff09\\]]")
_AROUND = " \t.,;:*_`'\"<>«»“”「」。"


@cache
def _names(code: str, codes: frozenset[str]) -> frozenset[str]:
    """Return what a language is called: by itself, in English, and in other languages."""
    own = cldr.locale(code)
    names = (own.get_display_name(each) for each in _speakers(code, codes)) if own else ()
    return frozenset(fold(name) for name in names if name)


@cache
def _short_names(code: str, codes: frozenset[str]) -> frozenset[str]:
    """Return the names of a language without its country: `Portuguese` for `pt_BR`."""
    own = cldr.locale(code)
    names = (own.get_language_name(str(each)) for each in _speakers(code, codes)) if own else ()
    return frozenset(fold(name) for name in names if name)


def _speakers(code: str, codes: frozenset[str]) -> list[Locale]:
    found = (cldr.locale(each) for each in (*codes, *codes_of_words(), code, "en"))
    return [each for each in found if each]


def _page(handbook: Handbook, correction: Correction) -> Source | Problem:
    """Return the page that a correction is about; a fault where it names none, or two."""
    found = {source for name in _named(correction.page) if (source := _source(handbook, name))}
    found = found or _titled(handbook, correction)
    if not found:
        return _refused(correction, "is no page of this handbook; correct the path")
    read_on = _source(handbook, correction.address) if correction.address else None
    if len(found | ({read_on} if read_on else set())) > 1:
        return _refused(correction, "is not the page of its address; say which is meant")
    return found.pop()


_URL = re.compile(r"https?://[^\s<>()\[\]「」（）]+")
_MARKS = " \t.,;:*_`'\"<>()[]«»“”「」。、"


def _named(given: str) -> list[str]:
    """Return what may name a page in a value such as `Roles https://site.example/roles/`."""
    if urls := _URL.findall(given):
        return [unquote(each.rstrip(_MARKS)) for each in urls]
    flat = unquote(given.replace("\\", "/")).strip()
    words = (word.strip(_MARKS) for word in flat.split())
    return [flat, *(word for word in words if "/" in word.strip("/") or word.endswith(".md"))]


def _titled(handbook: Handbook, correction: Correction) -> set[Source]:
    """Return the pages with a title, in the language of the correction or in its own."""
    wanted, language = fold(correction.page.strip(_MARKS)), correction.language
    every = handbook.sources()
    return {each for each in every if wanted in _titles(handbook, each, language)}


def _titles(handbook: Handbook, source: Source, language: str) -> Iterator[str]:
    """Yield the title of a page in its own language, and in that of a correction."""
    segments = handbook.read(source).segments
    first = next((each for each in segments if each.kind == "heading"), None)
    if first is None:
        return
    yield fold(visible(first.message))
    if language != source.language:
        units = handbook.catalog(source, language).units
        shown = (unit for unit in units if unit.key == first.key and unit.state in _SHOWN)
        yield from (fold(visible(unit.translation)) for unit in shown)


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
    """Return a page in its own language with the correction worked in, or why it is not."""
    page = handbook.read(source)
    name = source.name
    spots = [
        (each, page.text[each.spans[0][0] : each.spans[-1][1]])
        for each in _segments(page, correction.paragraph)
        if each.spans
    ]
    spots = [spots[n] for n in _meant([raw for _, raw in spots], correction)]
    if len(spots) != 1:
        return _not_found(name, correction, len(spots))
    segment, raw = spots[0]
    new = _edited(raw, correction.old, correction.new)
    if new is None:
        return _by_hand(name, page.line(segment))
    start, end = segment.spans[0][0], segment.spans[-1][1]
    return Worked(name, page.line(segment), page.text[:start] + new + page.text[end:])


def _in_catalog(handbook: Handbook, source: Source, correction: Correction) -> Worked | Problem:
    """Return the catalog of a translated page with the correction worked in, or why it is not."""
    name = handbook.catalog_in_use(source.path, correction.language)
    loaded = handbook.catalogs.load(name)
    if not isinstance(loaded, Catalog):
        return loaded or Problem(name, 0, "is not there: the page is shown in its source language")
    page = handbook.read(source)
    keys = {segment.key for segment in _segments(page, correction.paragraph)}
    keys |= {unit.key for unit in loaded.units if unit.previous is not None}
    known = [unit for unit in loaded.units if unit.key in keys and unit.state in _SHOWN]
    spots = [known[n] for n in _meant([unit.translation for unit in known], correction)]
    if not spots and (line := _line_of_source(page, correction.old)):
        where = f"{source.name}:{line}"
        fault = f"is shown as in its source there, {where}: “{correction.old}”"
        cure = "take the new text as a translation, or as a correction of that, by hand"
        return Problem(name, 0, f"{fault}; {cure}")
    if len(spots) != 1:
        return _not_found(name, correction, len(spots))
    return _exchanged(name, loaded, spots[0], correction)


def _in_menus(handbook: Handbook, correction: Correction) -> Worked | Problem:
    """Return the catalog of what is on no page with a name in it corrected, or why it is not."""
    name = site_catalog(correction.language)
    loaded = handbook.catalogs.load(name)
    if not isinstance(loaded, Catalog):
        return loaded or _refused(correction, "is not there: the menus are in English")
    shown = (unit for unit in loaded.units if unit.state == "current")
    spots = [unit for unit in shown if _flat(unit.translation) == _flat(correction.old)]
    if len(spots) != 1:
        return _not_found(name, correction, len(spots))
    return _exchanged(name, loaded, spots[0], correction)


def _exchanged(name: str, loaded: Catalog, unit: Unit, correction: Correction) -> Worked | Problem:
    """Return a catalog in which the translation of a unit is corrected, or why it is not."""
    new = _edited(unit.translation, correction.old, correction.new)
    if new is None:
        return _by_hand(name, unit.line)
    corrected = unit._replace(translation=new)
    units = tuple(corrected if each is unit else each for each in loaded.units)
    header = dict(loaded.header)
    if thanked := tidy.without_address(correction.credit).strip():
        header["X-Credit"] = with_credit(header.get("X-Credit", ""), thanked)
    return Worked(name, unit.line, po.dump(replace(loaded, units=units, header=header)))


def _place(handbook: Handbook, source: Source, correction: Correction) -> str:
    """Return the lines that a report is about, as well as it says which they are."""
    page, name, language = handbook.read(source), source.name, correction.language
    segments = list(_segments(page, correction.paragraph))
    is_numbered = len(segments) < len(page.segments)
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
    lines = [line for line, text in texts if is_numbered or (old and _has(text, old))]
    return f"{name}:{lines[0]}" if lines else name


_SHOWN = ("current", "changed")
"""The states of units whose translation readers see."""


def _segments(page: Page, paragraph: str) -> Iterator[Segment]:
    """Yield the segments of a numbered paragraph; all if it has no number that is known."""
    wanted = next((each for each in passages(page) if each.number == paragraph), None)
    for index, segment in enumerate(page.segments):
        if wanted is None or index in wanted.segments:
            yield segment


def _line_of_source(page: Page, old: str) -> int:
    """Return the line of the page that has words as its source has them; 0 if none has."""
    return next((page.line(each) for each in page.segments if _has(each.message, old)), 0)


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
    """Return a text on one line, without blanks beside Han and kana: these depend on its lines."""
    return _BESIDE.sub("", " ".join(text.split()))


_BESIDE = re.compile(f"(?<=[{CJK}]) | (?=[{CJK}])")


def _as_typed(raw: str, text: str) -> str:
    """Return a reader's words with straight quotation marks where the text they are from has these.

    A site may show them as curly ones: Python-Markdown's `smarty`.
    """
    for straight, curly in _CURLY:
        if straight in raw and not curly.search(raw):
            text = curly.sub(straight, text)
    return text


_CURLY = (('"', re.compile("[“”]")), ("'", re.compile("[‘’]")))


def _meant(texts: Sequence[str], correction: Correction) -> list[int]:
    """Return which texts a correction may mean, by their places.

    Pages send the whole text that was read, and its revision; a person may write some words of it.
    """
    found = [n for n, raw in enumerate(texts) if _has(raw, correction.old)]
    whole = [n for n in found if correction.revision and _is_all(texts[n], correction.old)]
    return whole or found


def _is_all(raw: str, old: str) -> bool:
    """Tell whether a reader sees nothing but some words in a text."""
    seen = (raw, _seen(raw, _LINKS), _seen(raw, _LABELS))
    return _flat(_as_typed(raw, old)) in map(_flat, seen)


def _has(raw: str, old: str) -> bool:
    """Tell whether a reader sees some words in a text."""
    old = _as_typed(raw, old)
    seen = (raw, _seen(raw, _LINKS), _seen(raw, _LABELS))
    return any(_flat(old) in _flat(each) for each in seen)


def _seen(raw: str, labels: re.Pattern[str]) -> str:
    """Return Markdown as its reader sees it, with the code and the addresses that are shown.

    Of `labels` the brackets are left out.
    """
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(_CODE_OR_ADDRESS.sub(_within, found[0], count=1))
        return f"\0{len(kept) - 1}\0" if kept[-1] else _TARGET * found[0].startswith(("(", "["))

    shown = labels.sub(r"\1", HIDDEN.sub(keep, raw)).replace(_TARGET, "")
    plain = html.unescape(_ESCAPED.sub(r"\1", shown))
    return _KEPT.sub(lambda found: kept[int(found[1])], plain)


_KEPT = re.compile("\0(\\d+)\0")
_TARGET = "\1"
_LINKS = re.compile(rf"!?\[([^\[\]]*)\]{_TARGET}")
_LABELS = re.compile(r"!?\[([^\[\]]*)\]")
"""The labels of links with a target, and all that may be labels: `[this]` is one if a target is
elsewhere on the page."""
_CODE_OR_ADDRESS = re.compile(
    r"(`+) ?(?P<code>.+?) ?\1|<(?P<link>https?:[^<>]*)>|(?P<bare>https?://.*)|.+", re.DOTALL
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def _within(found: re.Match[str]) -> str:
    return found["code"] or found["link"] or found["bare"] or ""


def _edited(raw: str, old: str, new: str) -> str | None:
    """Return a text in which the words that were corrected are exchanged, its markup untouched.

    None where these words have no one place in it, as when they begin in bold and end outside.
    """
    old, new = _as_typed(raw, old), _as_typed(raw, new)
    if raw.count(old) == 1 and _is_seen(raw, made := raw.replace(old, new), old, new):
        return made
    old, new = _flat(old), _flat(new)
    head = _common(old, new)
    tail = min(_common(old[::-1], new[::-1]), len(old) - head, len(new) - head)
    whole = head - _word_at(old[:head][::-1]), tail - _word_at(old[len(old) - tail :])
    for first, last in (whole, (head, tail)):
        for left, right in _AROUND_IT:
            start, end = max(0, first - left), max(0, last - right)
            before, after = old[start : len(old) - end], new[start : len(new) - end]
            seen = {each for each in _replaced(raw, before, after) if _is_seen(raw, each, old, new)}
            if len(seen) == 1:
                return seen.pop()
    return None


def _replaced(raw: str, before: str, after: str) -> Iterator[str]:
    """Yield a text with words exchanged in each place where they stand, if these are few."""
    if not before or raw.count(before) > _MOST:
        return
    start = raw.find(before)
    while start >= 0:
        yield raw[:start] + after + raw[start + len(before) :]
        start = raw.find(before, start + 1)


_MOST = 20
"""In how many places of a text words may stand to be looked at in each."""


def _is_seen(raw: str, made: str, old: str, new: str) -> bool:
    """Tell whether a reader sees an edit where the correction has it, and nowhere else.

    The same words may stand in an address, or in another place that markup does not divide.
    """
    old, new = _flat(old), _flat(new)
    for labels in (_LINKS, _LABELS):
        before, after = (_flat(_seen(text, labels)) for text in (raw, made))
        if before.count(old) == 1 and after == _flat(before.replace(old, new)):
            return True
    hidden = ([found[0] for found in HIDDEN.finditer(text)] for text in (raw, made))
    before, after = _flat(raw), _flat(made)
    same = before.count(old) == 1 and after == _flat(before.replace(old, new))
    return same and next(hidden) == next(hidden)


def _word_at(text: str) -> int:
    """Return the length of the rest of a word at the beginning of a text; 0 beside Han or kana."""
    found = _REST.match(text)
    return found.end() if found else 0


_REST = re.compile(rf"(?:(?![{CJK}])\w)+")


_AROUND_IT = sorted(
    ((left, right) for left in range(_CONTEXT) for right in range(_CONTEXT - left)),
    key=lambda each: (sum(each), abs(each[0] - each[1])),
)
"""How many characters before and behind an edit are looked at, the fewest first."""


def _common(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
