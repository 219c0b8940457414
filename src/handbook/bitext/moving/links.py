"""Change what leads to files, links in Markdown above all; every other character stays."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import quote, unquote

from handbook.bitext.moving import spelling
from handbook.bitext.page import fences, markup
from handbook.bitext.page.segments import Span, replace
from handbook.bitext.project import walk
from handbook.bitext.project.includes import bases

_TARGET = re.compile(
    r"""
      \]\(\s*(?:<(?P<angle>[^<>\n]*)>|(?P<bare>(?:[^\s()\\<>]|\\.|\([^\s()]*\))+))
    | ^[ \t>]*\[(?!\^)[^\[\]\n]+\]:[ ]*<?(?P<defined>[^\s<>]+)
    | <[A-Za-z][^<>]*?\b(?:href|src)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')
    """,
    re.VERBOSE | re.MULTILINE,
)
_INCLUDE = re.compile(
    r"""\{[%!]-?\s*include(?:-markdown)?\s+(?P<mark>["'])(?P<path>[^"'\n]+)(?P=mark)"""
)
"""A directive of the plugin include-markdown, up to the path or the pattern that it names."""
RELATIVE = re.compile(r"(?![A-Za-z][A-Za-z0-9+.-]*:|/|\#|\?|$)")
"""A target that starts from its page."""
FROM_DOCS = re.compile(r"/(?!/)")
"""A target that starts from the folder of pages, if a site wants that; in HTML none does."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_PARTS = re.compile(r"([^?#]*)(.*)", re.DOTALL)

NAMING = """.github/**/* .gitattributes .gitlab/CODEOWNERS CODEOWNERS docs/CODEOWNERS""".split()
"""The files that may name pages and catalogs by their paths from the root."""

Moved = Callable[[str], str]
"""A function that returns where the file or the address at a path is now, from the root."""


def files(root: Path, patterns: Iterable[str]) -> Iterator[str]:
    """Yield the files in `root` that fit one of some patterns and may be read, by their names.

    Symbolic links are left out: what they lead to is changed under its own name.
    """
    for pattern in patterns:
        for file in sorted(root.glob(pattern)):
            name = file.relative_to(root).as_posix()
            if file.is_file() and not file.is_symlink() and walk.fault(root, name) is None:
                yield name


def relinked(
    text: str, change: Callable[[str], str | None], *, kind: re.Pattern[str] = RELATIVE
) -> str:
    """Return `text` with each target of a kind replaced by what `change` makes of its path.

    Query and anchor stay. None leaves a target as it is, and so does code.
    """
    changes = []
    for span, target in targets(text, html=kind is RELATIVE):
        if not kind.match(target):
            continue
        path, rest = _PARTS.fullmatch(target).groups()  # type: ignore[union-attr]  # always fits
        new = change(unquote(path))
        if new is not None:
            changes.append((span, (quote(new) if "%" in path else _quoted(new)) + rest))
    return replace(text, changes)


def _quoted(path: str) -> str:
    """Return a path as it may stand in a link: what would end that is quoted."""
    return _ENDING.sub(lambda found: quote(found[0]), path)


_ENDING = re.compile(r"""[\s()<>"'\\]""")


def reincluded(text: str, change: Callable[[str], str | None]) -> str:
    """Return `text` with each path that the plugin include-markdown reads replaced by another.

    Addresses and absolute paths stay; None leaves a path as it is.
    """
    found = ((each.span("path"), each["path"]) for each in _INCLUDE.finditer(text))
    made = ((span, change(path)) for span, path in found if RELATIVE.match(path))
    return replace(text, [(span, new) for span, new in made if new is not None])


def renamed(name: str, text: str, moved: Mapping[str, str]) -> str:
    """Return the text of a file for programs, such as CODEOWNERS, with the new paths of files.

    What a pattern would read otherwise is escaped; in other files, no path is known to be one.
    """
    if known := spelling.of(name):
        plain = {old: new for old, new in moved.items() if known.written(new) == new}
        return spelling.renamed(text, moved, known, _renaming(plain))
    return _renaming(moved)(text)


def _renaming(moved: Mapping[str, str]) -> Moved:
    """Return the function that writes the new path of each file that a text names as it is."""
    if not moved:
        return str
    names = "|".join(map(re.escape, sorted(moved, reverse=True)))  # a file before its folder
    named = re.compile(rf"(?<![\w.-])({names})(?![\w-]|\.\w)")
    return partial(named.sub, lambda found: moved[found[1]])


def is_beside(path: str) -> bool:
    """Tell whether include-markdown looks for a path beside the page, and not in docs_dir."""
    return path.startswith(("./", "../"))


def targets(text: str, *, html: bool = True) -> Iterator[tuple[Span, str]]:
    """Yield the targets of the links and pictures of a text outside of code, with their places.

    `html`: also those of HTML elements.
    """
    if "](" not in text and "]:" not in text and "<" not in text:
        return
    masked = without_code(text)
    for found in _TARGET.finditer(masked):
        name = found.lastgroup or ""
        if html or name not in ("double", "single"):
            yield found.span(name), found[name]


def without_code(text: str) -> str:
    """Return `text` with blanks instead of code, so that all places stay the same."""
    text = blanked(text, ((start, fence.end) for start, fence in fences.find(text, 0)))
    return blanked(text, markup.code_spans(text)) if "`" in text else text


def without_comments(text: str) -> str:
    """Return `text` with blanks instead of code and of comments, which readers do not see."""
    text = without_code(text)
    return blanked(text, (each.span() for each in _COMMENT.finditer(text)))


def blanked(text: str, spans: Iterable[Span]) -> str:
    """Return `text` with blanks in the place of some spans; lines stay lines."""
    return replace(text, [((start, end), _blank(text[start:end])) for start, end in spans])


def _blank(code: str) -> str:
    return re.sub(r"[^\n]", " ", code)


def path_after_move(path: str, old: str, new: str, moved: Moved) -> str | None:
    """Return a link's path as it is to be written in the file at `new`, which was at `old`.

    All files are named from the root. None if the link can stay as it is.
    """
    is_address = not posixpath.splitext(path)[1]
    here, there = (address(old), address(new)) if is_address else map(posixpath.dirname, (old, new))
    target = moved(posixpath.normpath(posixpath.join(here, path)))
    if posixpath.normpath(posixpath.join(there, path)) == target:
        return None
    found = posixpath.relpath(target, there or ".")
    found += "/" if path.endswith("/") else ""
    return f"./{found}" if path.startswith("./") and not found.startswith("../") else found


def included_after_move(
    path: str,
    old: str,
    new: str,
    moved: Mapping[str, str],
    pages: Container[str],
    folders: Sequence[str],
) -> str | None:
    """Return the path by which the page at `new`, which was at `old`, includes one of `pages`.

    `moved` has the new places of files, `pages` the old ones; `folders` are those that the site
    includes files from. None if it can stay as it is.
    """
    for here, there in zip((*folders, *bases(old)), (*folders, *bases(new)), strict=True):
        part = posixpath.normpath(posixpath.join(here, path))
        if part in pages:
            target = moved.get(part, part)
            is_same = posixpath.normpath(posixpath.join(there, path)) == target
            paths = [posixpath.relpath(target, each or ".") for each in (there, *folders)]
            below = (each for each in paths if not each.startswith("../"))  # others are not read
            return None if is_same else next(below, paths[0])
    return None


def address(page: str) -> str:
    """Return the address of a page without its last slash: `a/b` of `a/b.md` and `a/b/index.md`.

    A link that names no file starts from there.
    """
    start, _ = posixpath.splitext(page)
    return posixpath.dirname(page) if posixpath.basename(start) in ("index", "README") else start
