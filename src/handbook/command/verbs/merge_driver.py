"""Join two versions of a catalog unit by unit, for git.

`handbook merge-driver --install` tells git of it, once in each clone. Then every merge, rebase,
cherry-pick and stash in it joins catalogs by unit: git calls this with the common version, ours
and theirs, and reads the result from the file of ours.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.bitext.problem import Problem
from handbook.command.arguments import Parser, Refused, WrongCall
from handbook.command.console import Console

if TYPE_CHECKING:
    from handbook.bitext.translate.join import Joined

_NAME = "handbook"
"""What .gitattributes calls it: merge=handbook."""
_ATTRIBUTES = f"*.po merge={_NAME}"


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "versions", metavar="FILE", nargs="*", type=Path, help="what git gives: %%O %%A %%B %%P"
    )
    words = "tell git to use this for catalogs in this clone"
    parser.add_argument("--install", action="store_true", help=words)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Write what was joined to the second file, or tell git to call this."""
    if arguments.install and not arguments.versions:
        _install(console)
        return
    if arguments.install or len(arguments.versions) not in (3, 4):
        raise WrongCall("merge-driver: give --install, or %O %A %B %P as git does")
    base, ours, theirs = arguments.versions[:3]
    yield from _drive(str(arguments.versions[-1]), base, ours, theirs, console)


def _install(console: Console) -> None:
    """Write git's settings of this clone, and what names catalogs if nothing does."""
    from handbook.bitext import files
    from handbook.command import history

    call = f"{shlex.quote(sys.executable)} -m handbook merge-driver %O %A %B %P"
    names = "catalogs joined unit by unit"
    known = history.set_up(f"merge.{_NAME}.name", names)
    if not known or not history.set_up(f"merge.{_NAME}.driver", call):
        raise Refused(Problem(".", 0, "is not in a git repository; run this in a clone"))
    console.say(f"git joins catalogs by unit in this clone: merge.{_NAME}.driver")
    file = Path(".gitattributes")
    text = file.read_bytes() if file.exists() else b""  # in whatever encoding
    if f"merge={_NAME}".encode() not in text:
        end = b"\r\n" if b"\r\n" in text else b"\n"
        gap = end if text else b""
        files.write_bytes(file, text + gap + _ATTRIBUTES.encode() + end)
        console.say(f"wrote {file}: commit it")


def _drive(name: str, base: Path, ours: Path, theirs: Path, console: Console) -> Iterator[Problem]:
    """Join by unit; line by line where a version is no catalog, which is a problem for git too."""
    from handbook.bitext import files
    from handbook.bitext.upkeep import joining
    from handbook.command import history

    versions: list[bytes] = []
    for each in (base, ours, theirs):
        data = files.read_bytes(each, str(each))
        if isinstance(data, Problem):
            raise Refused(data)
        versions.append(data)
    if found := joining.astray(name, *versions[1:]):
        files.write_bytes(ours, found.own)
        fault = f"not joined: git took {found.place} for it, in another language"
        yield Problem(name, 0, f"{fault}; run: handbook resolve {name}")
        return
    made = joining.join_versions(name, *versions)
    if not isinstance(made, Problem):
        files.write(ours, joining.written(made))
        _report_doubles(name, made, console)
    elif not history.merge_text(str(ours), str(base), str(theirs)):
        yield made


def _report_doubles(name: str, made: Joined, console: Console) -> None:
    """Say on standard error how many units were translated twice: git prints it with its own."""
    if count := len(made.twice):
        units = "unit was" if count == 1 else "units were"
        words = "both texts are kept, and handbook check names them"
        console.remark(f"{name}: {count} {units} translated twice; {words}")
