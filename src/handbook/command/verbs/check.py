"""Name what is wrong with pages and translations, and warn of what may be."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.bitext.checks.rules import NAMES, explained
from handbook.bitext.problem import Problem, SettingsError
from handbook.command.arguments import (
    Parser,
    WrongCall,
    declare_languages,
    did_you_mean,
    languages,
)
from handbook.command.console import Console
from handbook.command.formats import FORMATS

if TYPE_CHECKING:
    from handbook.bitext.project.handbook import Handbook
    from handbook.press.core.editions import Editions


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    declare_languages(parser)
    words = "how to print problems: for people, for programs, or as annotations on GitHub"
    parser.add_argument("--format", choices=FORMATS, default="text", help=words)
    parser.add_argument("--errors", action="store_true", help="leave out the warnings")
    words = "mend what has one right answer, then check"
    parser.add_argument("--fix", action="store_true", help=words)
    words = "say what a rule finds and how it is waived, and check nothing"
    parser.add_argument("--explain", metavar="RULE", help=words)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Check files, translations and pages; say to which hosts addresses of translations lead."""
    if arguments.explain:
        console.result(_explained(arguments.explain))
        return
    from handbook.bitext.upkeep import check

    editions, said = _opened()
    chosen = languages(editions.handbook, arguments)
    if arguments.fix:
        yield from _fix(editions.handbook, chosen, console)
        editions, said = _opened()
    told, settings = set[Problem](), editions.handbook.settings
    for found in chain(said, _problems(editions, chosen, arguments, console)):
        is_asked = found.level == "warning" and found.rule in settings.errors
        problem = replace(found, level="error") if is_asked else found
        is_unwanted = arguments.errors or problem.rule in settings.ignored
        if problem not in told and not (problem.level == "warning" and is_unwanted):
            yield problem
        told.add(problem)
    if hosts := check.changed_hosts(editions.handbook, chosen):
        console.say("Addresses of a language's own lead to: " + ", ".join(hosts))


def _opened() -> tuple[Editions, list[Problem]]:
    """Open the handbook; also return what is said of its settings, as each build says it again."""
    from handbook.press.core.log import collected
    from handbook.press.plugin.plugin import open_editions

    with collected() as said:
        try:
            return open_editions(Path()), said
        except SettingsError as error:
            raise SettingsError(*said, *error.problems) from None


def _problems(
    editions: Editions, chosen: Sequence[str], arguments: argparse.Namespace, console: Console
) -> Iterator[Problem]:
    """Yield what is wrong; some of it may be found, and yielded, twice."""
    from handbook.bitext.changes import ledger
    from handbook.bitext.editing import beside, rules
    from handbook.bitext.moving import dead
    from handbook.bitext.project import faults
    from handbook.bitext.upkeep import check
    from handbook.bitext.upkeep.wording import wording
    from handbook.command import catalogs, history
    from handbook.press.make import build, rehearsal

    handbook = editions.handbook
    yield from _no_rules(handbook)
    yield from faults.problems(handbook)
    if any(dead.dead_links(handbook)):
        yield from build.find_generated(handbook)
    yield from (link.problem for link in dead.dead_links(handbook))
    yield from rules.problems(handbook)
    for rule in beside.RULES.values():
        yield from rule(handbook)
    yield from catalogs.deleted(handbook, chosen)
    yield from check.translated_twice(handbook, chosen)
    yield from check.damaged_messages(handbook, chosen, history.versions)
    yield from _refused(editions, chosen, console)
    for language in chosen:
        yield from rules.translation_problems(handbook, language)
    yield from ledger.problems(handbook)
    for language in console.counted(chosen, "rendering pages", len(chosen)):
        yield from rehearsal.said(Path(), editions, language)
    yield from check.form_notices(handbook, chosen)
    if not arguments.errors or handbook.settings.errors:
        for language in console.counted(chosen, "checking wording", len(chosen)):
            yield from wording(handbook, language)


def _refused(editions: Editions, chosen: Sequence[str], console: Console) -> Iterator[Problem]:
    """Yield what is wrong with translations that cannot be put into their pages; count these."""
    from handbook.bitext.project.catalogs import catalog_path
    from handbook.press.make import rehearsal

    found = rehearsal.assembled(editions)
    for path, made in console.counted(found, "checking translations", len(editions.sources)):
        for language in (each for each in chosen if each in made):
            console.detail(f"checked {catalog_path(path, language)}")
            yield from made[language].problems


def _fix(handbook: Handbook, languages: Sequence[str], console: Console) -> Iterator[Problem]:
    """Write the catalogs and pages in which something can be mended; say which."""
    from handbook.bitext.editing import rules
    from handbook.bitext.project import edits
    from handbook.bitext.upkeep.wording import fixed

    made, counts = fixed(handbook, languages)
    pages = rules.mended(handbook)
    texts = {**made.texts, **pages}
    saved = [name for name in texts if _is_saved(handbook, name)]
    for name in saved:
        yield Problem(name, 1, "was saved while wording was mended; run this again")
    texts = {name: text for name, text in texts.items() if name not in saved}
    list(edits.carry_out(Path(), edits.Edits(texts)))
    for name in texts:
        console.say(f"mended {counts.get(name, 'the order of notes')} in {name}")
    if not counts and not pages:
        console.say("nothing to mend: no wording has one right answer that it does not have")


def _is_saved(handbook: Handbook, name: str) -> bool:
    """Tell whether somebody has saved a catalog or a page since it was read."""
    from handbook.bitext.project.reading import read_page

    source = next((each for each in handbook.sources() if each.name == name), None)
    if source is None:
        return handbook.catalogs.is_stale(name)
    return read_page(source.file, name) != handbook.text(source)


def _explained(name: str) -> str:
    """Return what a rule finds, be it for wording, for pages or of this handbook alone."""
    from handbook.bitext.editing import rules
    from handbook.bitext.project import settings

    try:
        own = {each.name: each for each in settings.read(Path()).rules}
    except SettingsError:  # there is no handbook here
        own = {}
    known = _of_pages()
    if name in known:
        return rules.explained(name, known[name])
    if name in own:
        return rules.explained_own(own[name])
    if name in NAMES:
        return explained(name)
    names = sorted([*NAMES, *known, *own])
    meant = did_you_mean(name, names)
    raise WrongCall(f"check: no rule '{name}'{meant}; the rules are {', '.join(names)}")


def _of_pages() -> dict[str, Callable[..., object]]:
    """Return the rules for pages, sheets and what stands beside them, by name."""
    from handbook.bitext.editing import beside, rules
    from handbook.press.books.pdf import documents

    return {**rules.RULES, **beside.RULES, documents.SHEET: documents.sheet}


def _no_rules(handbook: Handbook) -> Iterator[Problem]:
    """Yield a problem for a rule of the handbook's own that has the name of another rule.

    And for each name in the settings `errors` and `ignored` that is no rule's.
    """
    known, own = [*NAMES, *_of_pages()], [each.name for each in handbook.settings.rules]
    for name in (each for each in own if each in known):
        fault = f"the rule {name} has the name of a rule of every handbook; give it another name"
        yield Problem("pyproject.toml", 0, fault)
    wanted = handbook.settings
    named = [("errors", each) for each in wanted.errors]
    for key, name in (*named, *(("ignored", each) for each in wanted.ignored)):
        if name not in known and name not in own:
            meant = did_you_mean(name, [*known, *own])
            fault = f"{key} names {name}, which is no rule{meant}; correct it or take it out"
            yield Problem("pyproject.toml", 0, fault)
