"""The command `handbook`: one verb for each thing one can do with a handbook.

Exit status: 0 all is well, 1 something is to be mended (named on standard error), 2 called
wrongly. A verb imports what it needs when it runs: `extract` should not wait for MkDocs.
"""

from __future__ import annotations

import argparse
import io
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from bitext.files import write
from bitext.problem import Problem, SettingsError

if TYPE_CHECKING:
    from bitext.project.handbook import Handbook


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with `argv`, or with the arguments of the process."""
    arguments = _parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    signal.signal(signal.SIGTERM, _end)
    try:
        problems: list[Problem | str] = list(arguments.run(arguments))
    except SettingsError as error:
        problems = [*error.problems]
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        place = error.filename or "standard output"
        problems = [f"{place}:1: {error.strerror}; mend that and try again"]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _end(number: int, frame: FrameType | None) -> NoReturn:
    """End as Ctrl-C does, so that processes and folders of the moment are put away."""
    raise SystemExit(128 + number)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="handbook", description="Keep a handbook and its translations, and publish them."
    )
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    for name, run, words, declare in _VERBS:
        verb = verbs.add_parser(name, help=words, description=words)
        declare(verb)
        verb.set_defaults(run=run)
    return parser


# -- a handbook ---------------------------------------------------------------------


def _open() -> Handbook:
    from bitext.project.handbook import Handbook

    return Handbook.open(Path())


def _languages(book: Handbook, arguments: argparse.Namespace) -> list[str]:
    unknown = [each for each in arguments.languages if each not in book.languages]
    if unknown:
        known = ", ".join(book.languages)
        print(f"handbook: no language {unknown[0]!r}; the handbook has {known}", file=sys.stderr)
        raise SystemExit(2)
    return arguments.languages or list(book.languages)


def _declare_languages(verb: argparse.ArgumentParser) -> None:
    words = "codes of languages; all of the handbook's if none is given"
    verb.add_argument("languages", metavar="LANGUAGE", nargs="*", help=words)


def _site(arguments: argparse.Namespace) -> Iterable[Problem | str]:
    from press.make import build

    outcome = build.build(Path())
    for built in outcome.languages:
        print(built)
    return outcome.problems


def _serve(arguments: argparse.Namespace) -> Iterable[Problem | str]:
    from press.make import serve

    serve.serve(Path.cwd(), partial(print, flush=True))
    return ()


def _update(arguments: argparse.Namespace) -> Iterable[Problem | str]:
    from bitext.project import update as project
    from press.make import build

    book = _open()
    languages = _languages(book, arguments)
    yield from book.problems()
    if arguments.from_omegat:
        if _last_commit("pyproject.toml") is None:
            yield Problem(".", 1, "git has no last commit to compare with; commit first")
        for language in languages:
            for marked in project.remark(book, language, _last_commit):
                if isinstance(marked, Problem):
                    yield marked
                else:
                    project.write(book, marked)
                    print(f"marked {marked.path} again")
    editorial = {source.file for source in book.sources()} & _files(arguments.editorial)
    yield from _no_pages(arguments.editorial, editorial)
    refused: dict[Problem, None] = {}
    for update in project.updates(book, languages, build.words(Path()), editorial):
        if update.source and update.source.file in editorial:
            update, problems = project.editorial(book, update)
            refused |= dict.fromkeys(problems)
        if update.changed and arguments.check:
            yield Problem(update.path, 1, "is not up to date; run: handbook update")
        elif update.changed:
            project.write(book, update)
            print(f"updated {update.path}")
    yield from refused


def _files(paths: Iterable[Path]) -> set[Path]:
    """`paths` as a handbook in this folder names its files."""
    here = Path.cwd()
    full = (path.resolve() for path in paths)
    return {path.relative_to(here) if path.is_relative_to(here) else path for path in full}


def _no_pages(paths: Iterable[Path], pages: set[Path]) -> Iterable[Problem]:
    for path in paths:
        if not _files([path]) & pages:
            yield Problem(str(path), 1, "is no page of this handbook; give docs/<language>/….md")


def _last_commit(path: str) -> str | None:
    """A file as git last stored it; None if it did not."""
    try:
        done = subprocess.run(["git", "show", f"HEAD:./{path}"], capture_output=True, check=False)
    except FileNotFoundError:
        return None
    return done.stdout.decode("utf-8") if done.returncode == 0 else None


def _declare_update(verb: argparse.ArgumentParser) -> None:
    _declare_languages(verb)
    verb.add_argument("--check", action="store_true", help="write nothing; fail if it would")
    words = "the edits of this page change no meaning: leave translations current"
    verb.add_argument(
        "--editorial", metavar="PAGE", type=Path, action="append", default=[], help=words
    )
    words = "catalogs were written by OmegaT: first put back the fuzzy marks it leaves out"
    verb.add_argument("--from-omegat", action="store_true", help=words)


def _status(arguments: argparse.Namespace) -> Iterable[Problem | str]:
    from bitext.project import status

    book = _open()
    report = status.report(book, _languages(book, arguments))
    if arguments.json:
        print(json.dumps(status.as_json(report), ensure_ascii=False, indent=2))
    else:
        print("\n".join((*status.as_text(report), *status.due(book, date.today()))))
    return book.problems()


def _declare_status(verb: argparse.ArgumentParser) -> None:
    _declare_languages(verb)
    verb.add_argument("--json", action="store_true", help="print the figures as JSON")


def _stage(arguments: argparse.Namespace) -> Iterable[Problem | str]:
    from bitext.project import stage
    from press.make import build

    book = build.handbook(Path())
    if any(arguments.to.resolve().is_relative_to(Path(own).resolve()) for own in _OWN):
        yield Problem(str(arguments.to), 1, "is where sources are kept; give another folder")
        return
    yield from book.problems()
    yield from stage.stage(book, arguments.to, book.languages)
    print(f"{len(book.sources())} pages in {len(book.languages)} languages in {arguments.to}")


def _epub(arguments: argparse.Namespace) -> Iterable[Problem | str]:
    from press.make import build

    return _told(build.epubs(Path(), _languages(_open(), arguments), arguments.to))


def _pdf(arguments: argparse.Namespace) -> Iterable[Problem | str]:
    from press.make import build

    return _told(build.pdfs(Path(), _languages(_open(), arguments), arguments.to))


def _told(books: Iterable[object]) -> Iterable[str]:
    """Print what was made; give what is wrong."""
    for made in books:
        if isinstance(made, str):
            yield made
        else:
            print(made)


def _declare_books(verb: argparse.ArgumentParser) -> None:
    _declare_languages(verb)
    folder = Path("build", "books")
    words = f"folder to write to; {folder} if none is given"
    verb.add_argument("--to", metavar="DIR", type=Path, default=folder, help=words)


_OWN = ("docs", "translations", "src", "theme", "hooks", "tests")


def _declare_stage(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--to", metavar="DIR", type=Path, required=True, help="folder to write to")


def _check(arguments: argparse.Namespace) -> Iterable[Problem | str]:
    from bitext.project import check
    from press.make import build

    book = build.handbook(Path())
    languages = _languages(book, arguments)
    yield from book.problems()
    for _, _, problems in check.translations(book, languages):
        yield from problems
    hosts = check.hosts(book, languages)
    if hosts:
        print("Addresses of a language's own lead to: " + ", ".join(hosts))


def _align(arguments: argparse.Namespace) -> Iterable[Problem | str]:
    from bitext.project.align import align

    book = _open()
    for file in arguments.files:
        made = align(book, file)
        if isinstance(made, Problem):
            yield made
        else:
            print(made)


def _declare_align(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("files", metavar="PAGE", nargs="+", type=Path, help="docs/<language>/….md")


# -- plain files --------------------------------------------------------------------


def _extract(arguments: argparse.Namespace) -> Iterable[Problem | str]:
    from bitext.project.extract import extract

    text, problems = extract(arguments.paths)
    output: Path | None = arguments.output
    if not text:
        return problems
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8"))
    elif output.suffix == ".md" or (output.suffix == ".po" and output.exists()):
        problems.append(Problem(str(output), 1, "would be lost; give a new file, such as all.pot"))
    else:
        write(output, text)
    return problems


def _declare_extract(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="pages or folders")
    verb.add_argument("--output", metavar="FILE", type=Path, help="write here, not to the screen")


def _assemble(arguments: argparse.Namespace) -> Iterable[Problem | str]:
    from bitext.project import loose
    from press.markdown import renderers

    return loose.assemble(arguments.paths, arguments.catalog, arguments.to, renderers.whole())


def _declare_assemble(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="pages or folders")
    verb.add_argument("--catalog", metavar="FILE", type=Path, required=True, help="translations")
    verb.add_argument("--to", metavar="DIR", type=Path, required=True, help="folder to write to")


_Run = Callable[[argparse.Namespace], Iterable[Problem | str]]
_Declare = Callable[[argparse.ArgumentParser], None]

_VERBS: tuple[tuple[str, _Run, str, _Declare], ...] = (
    ("site", _site, "Build the site in every language into site/.", lambda verb: None),
    ("epub", _epub, "Write the handbook as e-books.", _declare_books),
    ("pdf", _pdf, "Print the handbook, its sections, pages and sheets.", _declare_books),
    ("serve", _serve, "Show the site in a browser, and what is saved at once.", lambda verb: None),
    ("update", _update, "Bring catalogs up to date with their pages.", _declare_update),
    ("status", _status, "Tell how much of each page is current.", _declare_status),
    ("check", _check, "Name translations that change more than words.", _declare_languages),
    ("stage", _stage, "Write the pages of every language to a folder.", _declare_stage),
    ("align", _align, "Make catalogs of pages that were translated as pages.", _declare_align),
    ("extract", _extract, "Write a gettext template of any Markdown files.", _declare_extract),
    ("assemble", _assemble, "Write translated copies of any Markdown files.", _declare_assemble),
)
