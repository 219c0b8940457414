"""Take catalogs and corrections that came by mail or chat into the handbook's own files.

A file may be a catalog, an archive (.zip) or the folder that one was unpacked into, a mail (.eml)
with attachments, or a letter into which a catalog was pasted. Page and language are found by what
is in a catalog, whatever its file is called. It is joined unit by unit with ours, from the version
that it was made from: what was translated anew since stays.

A correction is JSON, an object or a list of them, with `page`, `language`, `old` and `new`, and if
known `paragraph`, `revision` and `credit`; or a letter with these as lines, `Page: …`, in any
language that the program or the handbook has words in. It is worked in where the text is still as
its reader saw it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.bitext.problem import Problem
from handbook.command.arguments import Parser, require_language
from handbook.command.console import Console

if TYPE_CHECKING:
    from handbook.bitext.project.handbook import Handbook
    from handbook.bitext.receiving.corrections import Correction
    from handbook.bitext.receiving.envelope import Piece


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="what was sent")
    words = "what they are in, where they do not say it"
    parser.add_argument("--language", metavar="CODE", default="", help=words)
    words = "whom to thank, as the sender wants to be called; no address"
    parser.add_argument("--credit", metavar="NAME", default="", help=words)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Write each catalog that something was taken into; say what was taken, what not and why."""
    from handbook.bitext.receiving import labels, letter, receive
    from handbook.press.make import build

    handbook = build.handbook(Path())
    if arguments.language:
        require_language(arguments.language, handbook)
    known, is_current = labels.of(handbook), True
    meant = (file for given in arguments.files for file in _meant(given))
    for piece in (piece for file in meant for piece in receive.sent(file, known)):
        if isinstance(piece, Problem):
            yield piece
        elif text := letter.decoded(piece.data, known):
            for each in letter.read(text, piece.name, known, arguments.language):
                yield from _correct(each, piece.name, arguments.credit, console)
            is_current = False  # its pages or catalogs are others now
        elif line := letter.unread(piece.data, known):
            yield Problem(piece.name, line, "is not UTF-8; save the file in that encoding")
        elif letter.lacks_texts(piece.data, known):
            yield Problem(piece.name, 1, _NO_TEXTS)
        else:
            if not is_current:
                handbook, is_current = build.handbook(Path()), True
            yield from _take(handbook, piece, arguments, console)


_NO_TEXTS = (
    "names a page and no text; write “Old text:” before what stands there, and “New text:” before"
    " how it should read"
)


def _meant(given: Path) -> list[Path]:
    """Return the files below a folder, or of a pattern such as `*.po` that a shell has left to us.

    Hidden ones are left out.
    """
    if given.is_dir():
        inner = (each for each in given.rglob("*") if each.is_file())
        found = (f for f in inner if not any(p.startswith(".") for p in f.relative_to(given).parts))
    elif given.is_file():
        return [given]
    else:
        files = (each for each in given.parent.glob("[!.]*") if fnmatch(each.name, given.name))
        found = (each for each in files if each.is_file())
    return sorted(found) or [given]


def _take(
    handbook: Handbook, piece: Piece, arguments: argparse.Namespace, console: Console
) -> Iterator[Problem]:
    """Take a catalog, page by page; yield what of it is refused on its page."""
    from handbook.bitext.receiving import receive
    from handbook.command import history

    asked = {"language": arguments.language, "credit": arguments.credit}
    for found in receive.receive(handbook, piece, history.versions, **asked):
        if isinstance(found, Problem):
            yield found
            continue
        if (found.taken or found.left) and (problem := receive.write(handbook, found)):
            yield problem
            continue
        console.say(str(found))
        if found.taken and (source := found.place.source):
            yield from handbook.translated(source, found.place.language).problems


def _correct(
    given: Correction | Problem, name: str, credit: str, console: Console
) -> Iterator[Problem]:
    """Work a correction in; say where."""
    from handbook.bitext.project import edits
    from handbook.bitext.project.handbook import Handbook
    from handbook.bitext.receiving import corrections

    if isinstance(given, Problem):
        yield given
        return
    one = given._replace(credit=given.credit or credit)
    since = edits.stamps(Path())
    made = corrections.worked(Handbook.open(Path()), one)
    if isinstance(made, Problem):
        yield made
        return
    written = edits.Edits({made.name: made.text})
    if problems := list(edits.saved_since(Path(), written, since)):
        yield from problems
        return
    list(edits.carry_out(Path(), written))
    console.say(f"{name}: taken into {made.name}:{made.line}: “{one.old}” → “{one.new}”")
    if one.credit and made.name.endswith(".md"):
        console.say(f"{name}: thank {one.credit} in the message of the commit")
