"""Render pages as a build does and write none: what it would say of them is known before it.

So `handbook check` has no list of its own of what MkDocs, plugins, hooks and themes find: it is
told by them. What is assembled and rendered is kept, for the next check and the next build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from pathlib import Path

from handbook.bitext.problem import Problem
from handbook.bitext.project.handbook import Translation
from handbook.press.core.config import load
from handbook.press.core.editions import Edition, Editions
from handbook.press.core.failures import FAILURES, problems_of
from handbook.press.core.log import collected
from handbook.press.make.build import with_failure
from handbook.press.plugin import bookshelf, options, plugin
from handbook.press.plugin.populate import read_book

Assembled = tuple[str, Mapping[str, Translation]]
"""The path of a page, and the page in each language that it is translated into."""


def assembled(editions: Editions) -> Iterator[Assembled]:
    """Assemble each page in every language, as a build of all does; yield it at once."""
    languages, total = editions.handbook.languages, len(editions.sources)
    editions.find_kept(languages)
    parts, told = list[list[Edition]](), set[str]()
    for number in range(max(total, 1)):
        parts.append(editions.part(number, max(total, 1), languages))
        new = _translations(parts[-1])
        told |= new.keys()
        yield from new.items()
    editions.take_rest(*(reduce(Edition.plus, each) for each in zip(*parts, strict=True)))
    whole = _translations(editions.edition(language) for language in languages)
    yield from ((path, whole[path]) for path in sorted(whole.keys() - told))


def _translations(editions: Iterable[Edition]) -> dict[str, dict[str, Translation]]:
    """Return pages in the languages that they are translated into, by their paths."""
    found: dict[str, dict[str, Translation]] = {}
    for each in editions:
        for path, translation in each.translations.items():
            found.setdefault(path, {})[each.language] = translation
    return found


def said(root: Path, editions: Editions, language: str) -> list[Problem]:
    """Return what a build of a language says; `editions` are assembled already."""
    whole = [editions.edition(each) for each in editions.handbook.languages]
    with collected() as problems:
        try:
            config = load(root)
            plugin.of(config).editions(config).take(*whole)
            book = read_book(config, language)
            made = plugin.of(config)
            if book.chapters and options.are_books_wanted(made.config, language):
                problems += bookshelf.sample_problems(book, made.state)
        except FAILURES as error:
            return with_failure(problems, error)
        except Exception as error:  # raised by a theme or a plugin that no handler is around
            problems += problems_of(error, language)
    return problems
