"""Find what still names a page by the path that it had: lists of tests, notes, sheets on paper.

Whether these are to follow a page that has moved is for a person to say.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from pathlib import Path, PurePosixPath

from handbook.bitext import git
from handbook.bitext.moving import spelling
from handbook.bitext.project.settings import MKDOCS

_MOVED_ALONG = (
    *("docs/*.md", "docs/*.yml", "docs/*.pages", "docs/CODEOWNERS"),
    *("translations", "adopted", MKDOCS),
)
"""Where a move itself changes all that names the page; for git, `*` is any path."""
_BEGINNING = 8000
"""The bytes in which git looks for a zero to know a file that is no text."""


def leftovers(root: Path, moves: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each file that git knows and that names a page by its old path.

    `moves` are the files that have moved, as in `Edits`. In the end, the command that has all of
    these follow, where one can.
    """
    pages = {_page(old): _page(new) for old, new in moves.items() if old.endswith((".md", ".po"))}
    if not pages:
        return
    names = _tracked(root)
    if names is None:
        if git.is_around(root):
            yield f"what else names the old path is not known: git fails; look for {min(pages)}"
        return
    named = re.compile(_pattern(pages))
    found = {name: lines for name in names if (lines := _lines(root / name, named))}
    for name, lines in found.items():
        more = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
        yield f"names the old path, and is left alone: {name}:{lines[0]}{more}"
    if found and (command := _command(pages, list(found))):
        yield f"to have these follow: {command}"


def _page(name: str) -> str:
    """Return the path of a page or a catalog, without folder of its language and ending."""
    return str(PurePosixPath(*PurePosixPath(name).parts[2:]).with_suffix(""))


def _tracked(root: Path) -> list[str] | None:
    """Return the files that git knows and that a move leaves alone; None if git does not say."""
    listed = git.ask(
        "ls-files", "-z", "--", ".", *(f":!{each}" for each in _MOVED_ALONG), root=root
    )
    if listed is None:
        return None
    return [name for name in listed.decode("utf-8", "surrogateescape").split("\0") if name]


_AFTER = r"(?=\.md|\.po|/(?!\w))"


def _pattern(pages: Mapping[str, str]) -> str:
    """Return the pattern of all paths; `old` of those that pages had. New ones may end like old."""
    old = "|".join(map(re.escape, sorted(pages)))
    new = "|".join(map(_in_any_spelling, sorted(set(pages.values()))))
    return rf"(?<![\w.-])(?:(?:{new})|(?P<old>{old})){_AFTER}"


def _in_any_spelling(path: str) -> str:
    """Return the pattern of a path, also as CODEOWNERS writes it: a blank behind a backslash."""
    return re.sub(r"\\\W", lambda found: rf"\\*{found[0]}", re.escape(path))


def _lines(file: Path, named: re.Pattern[str]) -> list[int]:
    """Return the numbers of the lines of a file that name a page by its old path."""
    try:
        data = file.read_bytes()
    except OSError:
        return []  # it was deleted, or is a folder: a link or a submodule
    if b"\0" in data[:_BEGINNING]:
        return []
    text = data.decode("utf-8", "replace")
    places = [0, *(each.start() for each in named.finditer(text) if each["old"])]
    lines = accumulate(text.count("\n", *between) for between in pairwise(places))
    return [number + 1 for number in dict.fromkeys(lines)]


def _command(pages: Mapping[str, str], files: Sequence[str]) -> str:
    """Return the command that puts the new path into files; "" if no single one does.

    A page outside of folders is called by a single word, which other paths may well end with.
    """
    old, new = _in_common(pages)
    rests = sorted(page.removeprefix(old) for page in pages)
    if not old or "/" not in min(pages) or re.search(r"[^\w./ -]", "".join((*pages, new, *files))):
        return ""
    if any(known.written(new) != new for known in map(spelling.of, files) if known):
        return ""
    kept = f"(?<!{new.removesuffix(old)})" if new.endswith(old) else ""
    rest = "" if rests == [""] else f"(?=(?:{'|'.join(map(re.escape, rests))}){_AFTER})"
    found = rf"(?<![\w.-]){kept}{re.escape(old)}{rest or _AFTER}"
    return f"perl -pi -e 's#{found}#{new}#g' {shlex.join(files)}"


def _in_common(pages: Mapping[str, str]) -> tuple[str, str]:
    """Return the path that has become another one: of a page, or of a folder; "" if several."""
    if len(pages) == 1:
        return next(iter(pages.items()))
    found = set()
    for old, new in pages.items():
        mine, theirs = PurePosixPath(old).parts, PurePosixPath(new).parts
        while mine and theirs and mine[-1] == theirs[-1]:
            mine, theirs = mine[:-1], theirs[:-1]
        found.add(("/".join(mine), "/".join(theirs)))
    return found.pop() if len(found) == 1 else ("", "")
