"""Make a handbook of a site that exists, in the folder of its mkdocs.yml.

Its theme, navigation, plugins and extensions stay. Pages move to docs/<language>/, and mkdocs.yml
gets the plugins i18n and bitext. Nothing is committed: all that is done is in git's index, to be
looked at, and committed or undone as a whole.
"""

from __future__ import annotations

import argparse
import posixpath
import shlex
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.bitext.problem import Problem, amount
from handbook.command.arguments import Parser, Refused, WrongCall
from handbook.command.console import Console

if TYPE_CHECKING:
    from handbook.bitext.migrate.plan import Plan
    from handbook.bitext.migrate.site import Site
    from handbook.bitext.migrate.titles import Titles
    from handbook.bitext.upkeep.align import Aligned


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    words = "codes with commas between them, such as fr,de: what the pages are translated into"
    parser.add_argument("--languages", metavar="CODES", default="", help=words)
    words = "make catalogs of translations that are pages, in folders such as ja/ or as page.ja.md"
    parser.add_argument("--from-pages", action="store_true", help=words)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Work out what is to be done, do it, and say how to keep it or to undo it."""
    from handbook.bitext.migrate import pages, plan
    from handbook.bitext.migrate.site import open_site
    from handbook.command import worktree

    codes = _codes(arguments.languages)
    site = open_site(Path())
    if isinstance(site, list):
        raise Refused(*site)
    site = pages.raised(site) if arguments.from_pages else site
    if problem := worktree.refusal(site.docs, "translations"):
        raise Refused(problem)
    files = worktree.files(site.docs)
    texts = list(_pages(site, files))
    keys = list(_keys(texts))
    steps = plan.of(
        site, files, codes, keys, from_pages=arguments.from_pages, below=worktree.below()
    )
    if isinstance(steps, Problem):
        raise Refused(steps)
    yield from _carry_out(site, steps, console)
    for words in filter(None, (_untranslated(texts), _left_out(texts, steps), _to_import(files))):
        console.say(words)
    _say(site, steps, console)


def _carry_out(site: Site, steps: Plan, console: Console) -> Iterator[Problem]:
    """Do what is to be done, as a whole or not at all."""
    from handbook.bitext.migrate import plan, titles
    from handbook.command import worktree

    said = titles.read(site, steps.found)  # before the files that say it move
    touched = [site.docs, "docs", "translations", *steps.texts]
    strangers = worktree.strangers(touched)
    if problem := worktree.overwritten(steps.texts, strangers):
        raise Refused(problem)
    try:
        plan.carry_out(Path(), steps)
        if "awesome-nav" in site.plugins:
            _forgive(console)
        yield from _catalogs(site, steps, said, console)
    except BaseException as error:
        problem = worktree.undo(touched, strangers)
        if problem and not isinstance(error, GeneratorExit):  # nobody asks for problems any more
            yield problem
        raise
    if problem := worktree.stage(touched, strangers):
        yield problem


def _codes(words: str) -> list[str]:
    from handbook.bitext.migrate import languagelist

    codes, fault = languagelist.read(words) if words else ([], "")
    if fault:
        raise WrongCall(f"init: {fault}")
    return codes


def _pages(site: Site, files: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each page that can be read."""
    from handbook.bitext.files import read

    for name in files:
        text = read(site.root / name, name) if name.endswith(".md") else None
        if isinstance(text, str):
            yield name, text


def _keys(pages: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the keys of front matter that nothing known reads: listed, they cause no warning."""
    from handbook.bitext.datafile import DataError
    from handbook.bitext.page import scan
    from handbook.press.plugin import front

    found: dict[str, None] = {}
    for name, text in pages:
        with suppress(DataError):  # is named when the handbook is built
            found |= {key: None for key, _ in front.unknown(text, name, scan.DEFAULT_KEYS)}
    yield from found


def _untranslated(pages: Iterable[tuple[str, str]]) -> str:
    """Return what is said of words in front matter that a template may show, or ""."""
    from handbook.bitext.page import frontmatter

    found = dict.fromkeys(key for _, text in pages for key in frontmatter.nested(text))
    cure = 'name those that readers see in pyproject.toml: [tool.handbook] keys = ["title", '
    cure += f'"description", "{next(iter(found), "")}"]'
    return f"words of front matter are not translated ({', '.join(found)}); {cure}" * bool(found)


def _left_out(pages: Iterable[tuple[str, str]], steps: Plan) -> str:
    """Return what is said of front matter that only translations have, or ""."""
    from handbook.bitext.migrate.pages import own_keys

    whence = {steps.layout.moves.get(name, name): name for name, _ in pages}
    moved = {steps.layout.moves.get(name, name): text for name, text in pages}
    found = own_keys(moved, steps.source)
    listed = ", ".join(f"{key} ({whence[name]})" for key, name in found.items())
    words = f"front matter of translations was left out: {listed}; all languages have that of"
    return f"{words} {steps.source}" * bool(found)


def _to_import(files: Iterable[str]) -> str:
    """Return what is said of catalogs of another program among the pages, or ""."""
    folders = {posixpath.dirname(name) for name in files if name.endswith(".po")}
    tops = sorted(each for each in folders if posixpath.dirname(each) not in folders)
    listed = shlex.join(tops)
    cure = f"take them along: handbook import {listed}; then delete them"
    return f"catalogs of another program stay where they are; {cure}" * bool(tops)


def _catalogs(site: Site, steps: Plan, said: Titles, console: Console) -> Iterator[Problem]:
    """Write the catalogs: of translated pages what they say, and all that is missing."""
    from handbook.bitext.migrate import aligning, titles
    from handbook.command.catalogs import write_all

    made: list[Aligned] = []
    yield from _align(steps, console, made)
    yield from write_all(Path())
    if made:
        _set_refused_aside(made, steps, console)
    for language, words in said.translated.items():
        known = {**words, **titles.taken(Path(), site, steps.source, language)}
        if count := aligning.fill_interface(Path(), language, known):
            console.say(f"translations/{language}/site.po: {amount(count, 'title')} taken along")
        if name := said.files.get(language):
            name = steps.layout.moves.get(name, name)
            console.say(f"{name}: is read no more; delete it once you have built the site")
    for language, left in said.changed:
        lost = f"; it has no more: {', '.join(left)}" if left else ""
        console.say(
            f"all languages have the navigation of {steps.source}, {language} had its own{lost}"
        )


def _forgive(console: Console) -> None:
    """Let no page fit the patterns of the navigation that fitted those that are gone alone."""
    from handbook.bitext.files import read, write
    from handbook.bitext.migrate import configuration
    from handbook.press.make import navigation

    for name, pattern in navigation.unmatched(Path()):
        text = read(Path(name), name)
        if isinstance(text, str) and write(Path(name), configuration.forgiving(text, pattern)):
            console.say(f"{name}: no page fits “{pattern}” now, and none has to")


def _align(steps: Plan, console: Console, made: list[Aligned]) -> Iterator[Problem]:
    """Make catalogs of the pages that are translations; put into `made` how each went."""
    from handbook.bitext.migrate import aligning
    from handbook.bitext.migrate.plan import translated_pages
    from handbook.bitext.project.handbook import Handbook

    pages = list(translated_pages(steps))
    whence = {new: old for old, new in steps.layout.moves.items()}
    taken = aligning.take(Handbook.open(Path()), pages)
    counted = console.counted(taken, "aligning pages", len(pages))
    for name, each in zip(pages, counted, strict=True):
        if isinstance(each, Problem):
            yield each
        elif isinstance(each, aligning.Left):
            console.say(each)
        else:
            made.append(each)
            if each.doubtful or each.alone or each.missing:
                # It was taken out; git has it by the name that it had.
                console.say(str(each).replace(f"\n{name}:", f"\n{whence.get(name, name)}:"))
            else:
                console.detail(str(each))


def _set_refused_aside(made: Sequence[Aligned], steps: Plan, console: Console) -> None:
    """Mark the translations that would be refused as changed; say how many were taken in all."""
    from handbook.bitext.migrate.refused import MARKED, set_aside
    from handbook.press.make import build

    handbook = build.handbook(Path())
    refused = sum(set_aside(handbook, each, {}) for each in steps.languages)
    pages = amount(len(made), "translated page")
    taken = amount(sum(each.taken + each.doubtful for each in made), "translation")
    unsure = sum(each.doubtful for each in made)
    alone = amount(sum(len(each.alone) for each in made), "text")
    console.say(
        f"{pages} became catalogs: {taken} taken, "
        f"{unsure} of them to be looked at, marked as changed; {alone} had no pair"
    )
    if refused:
        console.say(f"{refused} of them {MARKED}")


def _say(site: Site, steps: Plan, console: Console) -> None:
    from handbook.bitext.migrate import configuration, languagelist

    first, *others = steps.languages
    moved = amount(len(steps.layout.moves), "file")
    console.say(f"pages are in docs/{first}, {moved} moved; catalogs in translations/")
    if not site.said_language:
        cure = "if they are in another language, undo this and write it there"
        console.say(f"they are taken for English: mkdocs.yml has no theme: language; {cure}")
    for note in languagelist.unprinted_notes(others):
        console.say(note)
    if configuration.DATES in site.plugins:
        console.say(f"{configuration.DATES} knows no dates of pages that have moved: commit first")
    console.say(f"a handbook in {', '.join(steps.languages)}; look at it: handbook serve")
    console.say("keep it: git commit -m 'Make a handbook of the site'; undo it: git reset --hard")
