"""Make a translation of a page its source: what `handbook turn` does.

The page is written on in the language that most of its authors now think in. Every pair of texts
is kept: the old source becomes a translation, and the translations into other languages are those
of the same paragraphs, in the same states.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from handbook.bitext.catalog import headers, po
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.files import read
from handbook.bitext.moving import links
from handbook.bitext.moving.move import split_path
from handbook.bitext.page.segments import Page, Segment
from handbook.bitext.problem import Problem
from handbook.bitext.project import faults, includes
from handbook.bitext.project.catalogs import catalog_path
from handbook.bitext.project.edits import Edits
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source
from handbook.bitext.translate import retarget
from handbook.bitext.translate.assemble import assemble
from handbook.bitext.translate.merge import merge
from handbook.bitext.translate.proof import Original


def turn(handbook: Handbook, given: str, language: str) -> Edits | list[Problem]:
    """Return what is to be done to make `language` the source of a page, or why it cannot be.

    `given` is the page's path, from the root or from the folders of all languages. `handbook` must
    have a renderer.
    """
    source = _source(handbook, given, language)
    if isinstance(source, Problem):
        return [source]
    if gaps := [*_other_parts(handbook, source, language), *_gaps(handbook, source, language)]:
        return gaps
    text = handbook.translated(source, language).text
    page = handbook.scanned(text)
    assert isinstance(page, Page)
    messages = _messages(handbook, source, page, language)
    if isinstance(messages, list):
        return messages
    made = {
        each: _catalog(handbook, source, page, language, each, messages)
        for each in handbook.languages
        if each != language
    }
    if faults := list(_faults(handbook, source, page, made)):
        return faults
    name = f"docs/{language}/{source.path}"
    return Edits(
        texts={
            name: text,
            **{catalog_path(source.path, each): po.dump(made[each]) for each in made},
            **_linked(handbook, source.name, name),
        },
        gone=(source.name, catalog_path(source.path, language)),
    )


def _source(handbook: Handbook, given: str, language: str) -> Source | Problem:
    """Return the page that is meant, or why it cannot be turned."""
    meant = split_path(handbook, given)
    if isinstance(meant, Problem):
        return meant
    folder, path = meant
    source = handbook.source_at(path)
    if source is None or folder not in ("", source.language):
        where = f"the page is {source.name}" if source else "give docs/<language>/….md"
        return Problem(given, 0, f"is no page that can be read; {where}")
    if len(handbook.files_of_page(path)) > 1:
        return Problem(given, 0, "has a page of the same path in another language; keep one")
    if source.language == language:
        return Problem(given, 0, f"has {language} as its source already; give another language")
    there = catalog_path(path, source.language)
    if (handbook.root / there).exists():
        return Problem(there, 0, "would be written over; rename or delete it first")
    return source


def _other_parts(handbook: Handbook, source: Source, language: str) -> Iterator[Problem]:
    """Yield a problem for each page that this one includes and that is not yet in `language`.

    A page is published with its parts as they were written; its translations have them translated.
    """
    for path in dict.fromkeys(includes.parts(handbook.read(source).text)):
        part = handbook.part(source, path)
        if part and part.path != source.path and part.language != language:
            cure = f"turn that first: handbook turn {part.name} {language}"
            yield Problem(source.name, 0, f"includes {part.name}, in {part.language}; {cure}")


def _gaps(handbook: Handbook, source: Source, language: str) -> Iterator[Problem]:
    """Yield a problem for each text that cannot be a source's: it is no current translation."""
    name = handbook.catalog_in_use(source.path, language)
    if problem := next(faults.problems_of_catalog(handbook, source.path, language), None):
        yield problem  # before it is mended nothing is known of its units
        return
    for unit in handbook.catalog(source, language).units:
        if unit.state != "current":
            words = unit.message if len(unit.message) < 60 else f"{unit.message[:57]}…"
            fault = f"{unit.state}: “{words}”; a page is turned when all of it is current"
            yield Problem(name, unit.line, fault)
    yield from handbook.translated(source, language).problems


def _kind(segment: Segment) -> str:
    return segment.kind.removeprefix("default ")


def _messages(
    handbook: Handbook, source: Source, page: Page, language: str
) -> dict[str, str] | list[Problem]:
    """Return the old source's message for each message of the new one.

    Problems where there is no such one: two texts have one translation, or it reads otherwise.
    """
    name = handbook.catalog_in_use(source.path, language)
    units = handbook.catalog(source, language).units
    old = [each for each in handbook.read(source).segments if each.kind != "address"]
    new = [each for each in page.segments if each.kind != "address"]
    if list(map(_kind, old)) != list(map(_kind, new)):
        return [Problem(name, 0, "makes another page of blocks than its source; word it as that")]
    pairs = [(b.message, a.message) for a, b in zip(old, new, strict=True)]
    pairs += [(u.translation, u.message) for u in units if u.is_address]
    found: dict[str, str] = {}
    lines = {unit.message: unit.line for unit in units}
    problems = []
    for message, before in pairs:
        if found.setdefault(message, before) != before:
            fault = f"“{message}” is the translation of “{found[message]}” too"
            cure = f"one of the two would be lost; word one differently for “{before}”"
            problems.append(Problem(name, lines.get(before, 0), f"{fault}: {cure}"))
    return problems or found


def _catalog(
    handbook: Handbook,
    source: Source,
    page: Page,
    turned: str,
    language: str,
    messages: Mapping[str, str],
) -> Catalog:
    """Return the catalog of the turned page in `language`."""
    start = handbook.catalogs.empty(turned, language)
    counterpart = handbook.catalog(source, turned)
    # Where a text names an outside page, each language's text has the source's address.
    outside = {unit.message: unit.translation for unit in counterpart.units if unit.is_address}
    if language == source.language:
        known = counterpart
        own = {u.message: u._replace(translation=u.message) for u in counterpart.units}
        header = {**start.header, headers.REVIEWED: "yes"}  # by whoever wrote it
        obsolete = _inverted(known.obsolete)
    else:
        known = handbook.catalog(source, language)
        own = {unit.message: unit for unit in known.units}
        header = {**known.header, headers.SOURCE_LANGUAGE: turned}
        obsolete = known.obsolete
    units = [_turned(own[old], new, outside) for new, old in messages.items() if old in own]
    merged = merge(page, Catalog(header, tuple(units), comment=known.comment), path=source.path)
    used = {(unit.context, unit.message) for unit in merged.units}
    kept = {(u.context, u.message): u for u in (*merged.obsolete, *obsolete)}
    return replace(merged, obsolete=tuple(u for key, u in kept.items() if key not in used))


def _turned(unit: Unit, message: str, outside: Mapping[str, str]) -> Unit:
    """Return a unit for the message that its own has become."""
    translation = unit.translation
    if not unit.is_address:
        translation = retarget.with_targets(translation, outside)
    return unit._replace(message=message, translation=translation, line=0)


def _inverted(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Return units with message and translation exchanged.

    A changed translation is that of the earlier message.
    """
    return tuple(
        Unit(
            unit.translation,
            unit.message if unit.previous is None else unit.previous,
            fuzzy=unit.state == "suggested",
            note=unit.note,
            comment=unit.comment,
        )
        for unit in units
        if unit.translation and unit.context is None
    )


def _faults(
    handbook: Handbook, source: Source, page: Page, made: Mapping[str, Catalog]
) -> Iterator[Problem]:
    """Yield what would be shown otherwise afterwards than before, in any language."""
    assert handbook.render is not None
    original, hosts = Original(page, handbook.render), handbook.settings.hosts
    text = handbook.read(source).text
    for language, catalog in made.items():
        result = assemble(page, catalog, original, hosts=hosts)
        name = catalog_path(source.path, language)
        before: tuple[Problem, ...] = ()
        if language != source.language:
            before = handbook.translated(source, language).problems
        elif not result.refusals and _words(handbook, result.text) != _words(handbook, text):
            yield Problem(name, 0, "would not be the page that it was made from; see its escapes")
        if len(result.refusals) > len(before):
            for refusal in result.refusals:
                yield Problem(name, 0, f"“{refusal.segment.message}”: {refusal.reason}")


def _words(handbook: Handbook, text: str) -> list[tuple[str, str]]:
    page = handbook.scanned(text)
    assert isinstance(page, Page)
    return [(_kind(each), each.message) for each in page.segments]


def _linked(handbook: Handbook, old: str, new: str) -> dict[str, str]:
    """Return the files that lead to the page's file, or include it, with their new text."""
    made: dict[str, str] = {}
    follow = partial(links.path_after_move, moved=lambda path: new if path == old else path)
    for name in links.files(handbook.root, ("*.md", "docs/*/README.md", ".github/**/*.md")):
        text = read(handbook.root / name, name)
        if isinstance(text, str):
            changed = links.relinked(text, partial(follow, old=name, new=name))
            if changed != text:
                made[name] = changed
    pages = {source.name: source for source in handbook.sources()}
    for name in sorted(pages.keys() - {old}):
        part = partial(
            links.included_after_move,
            old=name,
            new=name,
            moved={old: new},
            pages=pages,
            folders=handbook.folders,
        )
        text = handbook.read(pages[name]).text
        if (changed := includes.renamed(text, part)) != text:
            made[name] = changed
    for name in links.files(handbook.root, links.NAMING):
        text = made.get(name) or read(handbook.root / name, name)
        if isinstance(text, str) and (changed := links.renamed(name, text, {old: new})) != text:
            made[name] = changed
    return made
