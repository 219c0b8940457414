"""Show what has changed on a page, word by word, in every language.

Two versions of the page are compared as readers see them: by its words and not by the lines of its
file. The older one is that of a commit, the newer one that of another commit or of this folder.
Beside the source stands each translation, and where there is none yet it says so. Names in the
menus are shown in the same way: give mkdocs.yml, or site.po of a language, in the place of a page.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.bitext.problem import Problem
from handbook.bitext.project import output
from handbook.command.arguments import Parser, Refused, require_language
from handbook.command.console import Console

if TYPE_CHECKING:
    from handbook.bitext.changes.repository import Repository
    from handbook.bitext.project.handbook import Handbook
    from handbook.press.redlines.document import Document

_FOLDER = Path("build", "redlines")


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    words = "a page, such as docs/en/mission.md, or one of its catalogs; mkdocs.yml for the menus"
    parser.add_argument("page", metavar="PAGE", help=words)
    words = "the older version: a commit, a tag or a branch; main... for where this one left main"
    parser.add_argument("--from", dest="since", metavar="REV", required=True, help=words)
    words = "the newer version; what is in this folder if none is given"
    parser.add_argument("--to", dest="until", metavar="REV", help=words)
    words = "show this translation beside the source; all if none is given"
    parser.add_argument("--language", metavar="CODE", action="append", default=[], help=words)
    words = f"write this file, .html, .pdf or .txt; the first two in {_FOLDER} if none is given"
    parser.add_argument(
        "--to-file", metavar="FILE", type=_file, action="append", default=[], help=words
    )


def _file(name: str) -> Path:
    file = Path(name)
    if file.suffix not in (".html", ".pdf", ".txt"):
        raise argparse.ArgumentTypeError(f"{name!r} is no .html, .pdf or .txt; give one of them")
    return file


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Write the redline; say where it is, and how many passages have changed."""
    from handbook.bitext.changes.repository import Repository
    from handbook.bitext.project.handbook import Handbook

    here = Handbook.open(Path())
    arguments.page = here.given(arguments.page)
    for code in arguments.language:
        require_language(code, here)
    repository = Repository(Path())
    made = _made(arguments, here, repository)
    if isinstance(made, Problem):
        if repository.is_whole:
            raise Refused(made)
        yield made
        return
    changed = sum(row.is_visible for row in made.redline.rows)
    stem = Path(made.redline.path).with_suffix("")
    files = arguments.to_file or [_FOLDER / f"{stem}{suffix}" for suffix in (".html", ".pdf")]
    for file in files:
        is_beside = file.absolute().parent == Path.cwd()  # as in `--to-file change.pdf`
        if not is_beside and (problem := output.prepare(file.parent)):
            raise Refused(problem)
        if problem := _write(made, here, file):
            yield problem
        else:
            console.say(f"{file}: changed passages: {changed}")


def _write(made: Document, here: Handbook, file: Path) -> Problem | None:
    """Write a redline to a file; return why it cannot be printed, if so."""
    from handbook.press.books.pdf.printer import Unprintable
    from handbook.press.redlines import document

    try:
        document.write(made, here.say, here.records, file)
    except Unprintable as error:
        letters = " ".join(sorted(error.letters))
        why = f"no font has {letters}" if letters else str(error)
        return Problem(str(file), 0, f"cannot be printed: {why}; read the HTML instead")
    return None


def _made(
    arguments: argparse.Namespace, here: Handbook, repository: Repository
) -> Document | Problem:
    """Return the redline that is asked for, or why there is none."""
    from handbook.bitext.changes import versions
    from handbook.press.redlines.document import Document, name_of

    span = versions.span(repository, arguments.since, arguments.until)
    if isinstance(span, Problem):
        return span
    named = versions.language_of(arguments.page)
    chosen = arguments.language or ([named] if named in here.languages else here.languages)
    made = versions.redline(repository, here, arguments.page, span, chosen)
    if isinstance(made, Problem):
        return made
    record = here.records[made.source]
    say = here.say(made.source)
    old, new = (name_of(repository.day(each) if each else None, each, record, say) for each in span)
    return Document(made, old, new, made.source)
