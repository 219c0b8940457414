"""Join unit by unit the catalogs that git has left in conflict.

Without a file it takes every catalog that git has not merged, from the three versions that git
keeps of it, and every one with marks of a conflict that git has forgotten: it is divided at these.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.bitext.problem import Problem
from handbook.command.arguments import Parser, Refused
from handbook.command.console import Console

if TYPE_CHECKING:
    from handbook.bitext.upkeep.joining import Astray
    from handbook.command.unmerged import Unmerged


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    words = "catalogs; all that are in conflict if none is given"
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help=words)


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Write each catalog without its conflict, and tell git; say what was done."""
    from handbook.bitext import files
    from handbook.bitext.project import settings
    from handbook.command.unmerged import Unmerged

    if not arguments.files and not Path("translations").is_dir():
        raise Refused(settings.not_here(Path(), "translations"))
    left = Unmerged()
    chosen = [files.given(Path(), each) for each in arguments.files] or [
        *left.stages,
        *_marked(left.stages),
    ]
    if not chosen:
        console.say("no catalog is in conflict")
    # What has followed its page is joined with a catalog that may be in conflict itself.
    for name in sorted(chosen, key=lambda each: None in left.stages.get(each, ())[1:]):
        is_left = name in left.stages
        problem = _settle(name, left, console) if is_left else _divide(name, console)
        yield from [problem] if problem else []


def _marked(left: Collection[str]) -> Iterator[str]:
    """Yield the catalogs with marks of a conflict in them, but for those that git has `left`."""
    from handbook.bitext import conflicts, files
    from handbook.bitext.project import walk

    for file in walk.files(Path(), "translations"):
        if isinstance(file, Problem) or file.suffix != ".po" or file.as_posix() in left:
            continue
        text = files.read(file, file.as_posix())
        if isinstance(text, str) and conflicts.first_line(text):
            yield file.as_posix()


def _settle(name: str, left: Unmerged, console: Console) -> Problem | None:
    """Join the three versions that git keeps of a catalog."""
    from handbook.bitext import conflicts, files
    from handbook.bitext.upkeep import joining

    base, ours, theirs = left.stages[name]
    if ours is None or theirs is None:
        return _follow(name, left, console)
    data = files.read_bytes(Path(name), name)
    if isinstance(data, Problem):
        return data
    text = data.decode("utf-8", "replace")
    if conflicts.first_line(text) is None and data not in (base, ours, theirs):
        return Problem(name, 0, f"has no conflict in it any more; git add {name}")
    if line := joining.edited_since(text, base or b"", ours, theirs):
        again = f"go on by hand, or begin again: git checkout --merge {name}"
        return Problem(name, line, f"was edited since git left the conflict; {again}")
    if found := joining.astray(name, ours, theirs):
        return _lead_back(name, found, left, console)
    if problem := _join(name, base, ours, theirs, console):
        return problem
    left.settle(name)
    return None


def _follow(name: str, left: Unmerged, console: Console) -> Problem | None:
    """Join a catalog that one side has deleted with the one that its page has there now."""
    from handbook.bitext import files

    base, ours, theirs = left.stages[name]
    edited = ours or theirs
    place = left.successor(name) if edited else None
    if place is None or edited is None:
        return _undecided(name, left)
    if place in left.stages:
        cure = f"settle {place} first, then run: handbook resolve {name}"
        return Problem(name, 0, f"its page has the catalog {place} now; {cure}")
    there = files.read_bytes(Path(place), place)
    if isinstance(there, Problem):
        return there
    # What somebody has written there since git left it is joined too.
    mine = files.read_bytes(Path(name), name) if os.path.lexists(name) else edited
    if isinstance(mine, Problem):
        return mine
    theirs = mine if mine.strip() else edited
    if problem := _join(name, base, there, theirs, console, place=place):
        return problem
    Path(name).unlink(missing_ok=True)
    left.settle(place, name)
    console.say(f"deleted {name}: its page has the catalog {place} now")
    return None


def _undecided(name: str, left: Unmerged) -> Problem:
    """Return the problem of a catalog that people have to decide on."""
    base, ours, theirs = left.stages[name]
    if base is not None and ours is None and theirs is None:
        return _renamed_twice(name, left.renamed(name, base))
    here, there = ("this side", "the other") if ours is not None else ("the other side", "this one")
    what = f"was edited on {here} and deleted on {there}"
    if base is None:
        what = f"has this name on {here} alone, and another on {there}"
    return Problem(name, 0, f"{what}; to keep it, git add {name}; to delete it, git rm {name}")


def _renamed_twice(name: str, new: tuple[str | None, str | None]) -> Problem:
    """Return the problem of a catalog that has got another name on each side."""
    here, there = new
    if here and there:
        cure = f"to keep the first, git add {here} and git rm {name} {there}"
        return Problem(name, 0, f"was renamed on both sides, {here} here and {there} there; {cure}")
    cure = f"git rm {name}, and keep one of the new ones"
    return Problem(name, 0, f"was renamed on both sides; {cure}")


def _lead_back(name: str, found: Astray, left: Unmerged, console: Console) -> Problem | None:
    """Join the version in another language with the catalog that it is of."""
    from handbook.bitext import files

    there = files.read_bytes(Path(found.place), found.place)
    if isinstance(there, Problem) or found.place in left.stages:
        cure = f"settle {found.place} first, then run: handbook resolve {name}"
        return Problem(name, 0, f"git took {found.place} for it, in another language; {cure}")
    if problem := _join(found.place, left.stages[name][0], there, found.other, console):
        return problem
    files.write_bytes(Path(name), found.own)
    left.settle(found.place, name)
    console.say(f"left {name} as it was: git took {found.place} for it")
    return None


def _divide(name: str, console: Console) -> Problem | None:
    """Join the sides of a catalog with marks in it that git knows nothing of any more."""
    from handbook.bitext import conflicts, files
    from handbook.bitext.upkeep import joining

    text = files.read(Path(name), name)
    if isinstance(text, Problem):
        return text
    if "msgid" not in text:
        return Problem(name, 1, "is no catalog; give translations/<language>/….po")
    line = conflicts.first_line(text)
    if line is None:
        console.say(f"{name}: has no conflict")
        return None
    sides = joining.divided(text)
    if sides is None:
        return Problem(name, line, conflicts.FAULT)
    base, ours, theirs = (each.encode() for each in sides)
    return _join(name, base, ours, theirs, console)


def _join(
    name: str, base: bytes | None, ours: bytes, theirs: bytes, console: Console, place: str = ""
) -> Problem | None:
    """Write two versions of a catalog as one, and say so; return why that is not possible.

    `place` is the path that its page has now, if that is another.
    """
    from handbook.bitext import files
    from handbook.bitext.upkeep import joining

    made = joining.join_versions(name, base, ours, theirs)
    if isinstance(made, Problem):
        return made
    place, twice = place or name, len(made.twice)
    files.write(Path(place), joining.written(made))
    kept = f"; {twice} translated twice, which handbook check names" if twice else ""
    console.say(f"joined {place}{kept}")
    return None
