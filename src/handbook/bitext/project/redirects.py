"""The addresses that pages had before: `docs/redirects.yml`.

A line is the old path of a page and its path now, the same in every language: `old.md: new.md`.
The list has a file of its own because the command adds to it: mkdocs.yml may inherit from another,
and writes plugins in more than one way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath

from handbook.bitext.datafile import DataError
from handbook.bitext.files import meant, read
from handbook.bitext.page.segments import Span, replace
from handbook.bitext.problem import Problem, line_at
from handbook.bitext.project import walk, yamlscalars

FILE = "redirects.yml"
NAME = f"docs/{FILE}"
_HEAD = """\
# Addresses that pages had before, for links and printed sheets: "old.md: new.md", each from the
# folder of its language. `handbook move` adds to it; a line may go when nobody follows it any more.
"""


def load(
    root: Path, pages: Collection[str], languages: Collection[str] = ()
) -> tuple[dict[str, str], list[Problem]]:
    """Return the new path of each old one, and the problems; `pages` are the paths there are.

    A new path may end with the `#id` of a heading.
    """
    if not (root / NAME).exists():
        return {}, []
    text = walk.fault(root, NAME) or read(root / NAME, NAME)
    if isinstance(text, Problem):
        return {}, [text]
    try:
        pairs = yamlscalars.items(text)
    except DataError as error:
        return {}, [yamlscalars.problem(error, NAME)]
    found: dict[str, str] = {}
    problems = []
    for key, value in pairs:
        path, mark, anchor = (value.value if value else "").partition("#")
        old, new = key.value, f"{meant(path, pages)}{mark}{anchor}"
        if fault := _fault(old, new, pages, languages):
            problems.append(Problem(NAME, line_at(text, key.span[0]), fault))
        else:
            found[old] = new
    return found, problems


_FORM = 'write "old.md: new.md", each from the folder of its language'


def _fault(old: str, new: str, pages: Collection[str], languages: Collection[str]) -> str:
    """Return what is wrong with an entry, and the cure; "" if nothing is."""
    path = new.partition("#")[0]
    parts = PurePosixPath(old).parts
    if not new or not old.endswith(".md") or old.startswith("/") or ".." in parts:
        return f"{old or 'this'} is no redirect; {_FORM}"
    if parts[0] in languages or new.partition("/")[0] in languages:
        return f"{old} leads from one address in all languages; write both paths without a language"
    if old in pages:
        return f"{old} is a page, so nobody is led away from it; delete the line"
    if path not in pages:
        return f"there is no page {path}; write where {old} leads now, or delete the line"
    return ""


def after_moves(text: str, moves: Mapping[str, str]) -> str:
    """Return the text of the list with `moves` added: old paths to new ones.

    What led to an old path leads to the new one; a path that is a page again is taken out. Raises
    DataError, also where entries are not written one a line: none can be added below these.
    """

    def change(scalar: yamlscalars.Scalar) -> str | None:
        path, mark, anchor = scalar.value.partition("#")
        new = None if scalar.is_key else moves.get(meant(path, moves))
        return None if new is None else new + mark + anchor

    text = _listed(yamlscalars.changed(text or _HEAD, change))
    text = replace(text, ((span, "") for span in _lines(text, {*moves, *moves.values()})))
    end = "\r\n" if "\r\n" in text else "\n"
    if not text.endswith("\n"):
        text += end
    gone = ((a, b) for a, b in moves.items() if a not in moves.values())
    rows = (f"{yamlscalars.plain(a)}: {yamlscalars.plain(b)}{end}" for a, b in gone)
    return _listed(text + "".join(rows))


def _listed(text: str) -> str:
    """Return the list unchanged. Raises DataError unless each entry begins a line."""
    for key, _ in yamlscalars.items(text):
        start = key.span[0]
        if text[max(0, start - 1) : start] not in ("", "\n", "\ufeff"):
            raise DataError("an entry does not begin its line", line_at(text, start))
    return text


def _lines(text: str, paths: Collection[str]) -> Iterator[Span]:
    """Yield the places of the entries of some old paths, whole lines."""
    for key, value in yamlscalars.items(text):
        if value and key.value in paths:
            start = text.rfind("\n", 0, key.span[0]) + 1
            end = text.find("\n", max(key.span[1], value.span[1] - 1))  # a block ends with its line
            yield start, len(text) if end < 0 else end + 1
