"""Take catalogs and corrections that came by mail or chat into the handbook's own files.

A file may be a catalog, an archive (.zip), a mail (.eml) with attachments, or a letter into which
a catalog was pasted. Page and language are found by what is in a catalog, whatever its file is
called. It is joined unit by unit with ours, from the version that it was made from: what was
translated anew since stays.

A correction is JSON, an object or a list of them, with `page`, `language`, `old` and `new`, and if
known `paragraph`, `revision` and `credit`; or a text with these as lines, `Page: …`, and `---`
between two. It is worked in where the text is still as its reader saw it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.bitext.problem import Problem
from handbook.command.arguments import Parser, known_language
from handbook.command.console import Console

if TYPE_CHECKING:
    from handbook.bitext.project.envelope import Piece


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="what was sent")
    words = "what they are in, where they do not say it"
    parser.add_argument("--language", metavar="CODE", default="", help=words)
    words = "whom to thank, as the sender wants to be called; no address"
    parser.add_argument("--credit", metavar="NAME", default="", help=words)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Write each catalog that something was taken into; say what was taken, what not and why."""
    from handbook.bitext.project import receive
    from handbook.command import history
    from handbook.press.make import build

    handbook = build.handbook(Path())
    if arguments.language:
        known_language(arguments.language, handbook)
    for piece in (piece for file in arguments.files for piece in receive.sent(file)):
        if isinstance(piece, Problem):
            yield piece
            continue
        text = _correction(piece)
        if isinstance(text, Problem):
            yield text
            continue
        if text:
            yield from _correct(text, piece.name, arguments.credit, console)
            handbook = build.handbook(Path())
            continue
        for found in receive.receive(
            handbook,
            piece,
            history.versions,
            language=arguments.language,
            credit=arguments.credit,
        ):
            if isinstance(found, Problem):
                yield found
                continue
            if found.taken or found.left:
                receive.write(handbook, found)
            console.say(str(found))
            source = found.place.source
            if source and found.taken:
                yield from handbook.translated(source, found.place.language).problems


def _correction(piece: Piece) -> str | Problem:
    """The text that has corrections in it; "" for a catalog, and what is no text."""
    from handbook.bitext.project import corrections

    data = piece.data
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if marked else "utf-8")
    except UnicodeDecodeError as error:
        if not corrections.is_correction(data.decode("latin-1")):
            return ""
        line = data.count(b"\n", 0, error.start) + 1
        return Problem(piece.name, line, "is not UTF-8; save the file in that encoding")
    return text if corrections.is_correction(text) else ""


def _correct(text: str, name: str, credit: str, console: Console) -> Iterator[Problem]:
    """Work corrections in, one by one; say where."""
    from handbook.bitext import files
    from handbook.bitext.project import corrections
    from handbook.bitext.project.handbook import Handbook

    for each in corrections.read(text, name):
        if isinstance(each, Problem):
            yield each
            continue
        one = each._replace(credit=each.credit or credit)
        made = corrections.worked(Handbook.open(Path()), one)
        if isinstance(made, Problem):
            yield made
            continue
        files.write(Path(made.name), made.text)
        console.say(f"{name}: taken into {made.name}:{made.line}: “{each.old}” → “{each.new}”")
        if one.credit and made.name.endswith(".md"):
            console.say(f"{name}: thank {one.credit} in the message of the commit")
