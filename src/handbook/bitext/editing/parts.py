"""Check what pages include with snippets: text in no catalog, and files that are nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from handbook.bitext.editing.rules import drafts
from handbook.bitext.files import read
from handbook.bitext.page.segments import Page
from handbook.bitext.problem import Problem
from handbook.bitext.project import includes, settings
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source
from handbook.bitext.project.settings import MKDOCS

_TEXTS = (".md", ".txt", "")
"""How the names of files end that are included as text, and not as code."""


def parts(handbook: Handbook) -> Iterator[Problem]:
    """A file that pages include with snippets, and that is nowhere, or is text in no catalog.

    Readers see nothing in place of the one, and in every language the same in place of the other.
    """
    options = settings.extensions(handbook.root).get("snippets")
    if options is None:
        return
    seen: set[str] = set()
    for source, draft in drafts(handbook):
        for offset, path in includes.placed(draft.body):
            fault = _fault(handbook, source, path, _AS_PAGE)
            if fault and path not in seen and "parts" not in draft.waived_at(offset):
                seen.add(path)
                line = draft.page.line_at(offset)
                words = f"parts: includes {path}, {fault}"
                yield Problem(source.name, line, words, "parts", "warning")
    appended = options.get("auto_append")
    for path in appended if isinstance(appended, list) else ():
        yield from _appended(handbook, str(path))


def _appended(handbook: Handbook, path: str) -> Iterator[Problem]:
    """Yield what is wrong with a file that is put at the end of every page."""
    first = next(iter(handbook.sources()), None)
    if first and (fault := _fault(handbook, first, path, _BY_LINES)):
        text = read(handbook.root / MKDOCS, MKDOCS)
        rows = text.splitlines() if isinstance(text, str) else []
        line = next((number for number, row in enumerate(rows, 1) if path in row), 1)
        yield Problem(MKDOCS, line, f"parts: appends {path}, {fault}", "parts", "warning")


_AS_PAGE = "make it a page, such as {}, and name that below not_in_nav"
_AGAIN = "make it a page: name it below not_in_nav, and exclude it no more"
_BY_LINES = "make it a page, such as {}, that pages include by a line, and append nothing"


def _fault(handbook: Handbook, source: Source, path: str, cure: str) -> str:
    """Return what is wrong with a file that a page includes; "" if nothing is."""
    if "://" in path or (cure == _AS_PAGE and handbook.part(source, path) is not None):
        return ""
    names = includes.places(f"docs/{source.language}/{source.path}", path, handbook.folders)
    name = next((each for each in names if (handbook.root / each).is_file()), None)
    if name is None:
        fault = "which is not there: readers see nothing in its place"
        return f"{fault}; write its path from a folder of base_path" * _is_known(handbook)
    if len(handbook.languages) < 2 or not _has_words(handbook, name):
        return ""
    is_hidden = handbook.unpublished.match_file(name.removeprefix("docs/"))
    if name.endswith(".md") and is_hidden and cure == _AS_PAGE:
        cure = _AGAIN
    new = f"docs/{source.language}/{PurePosixPath(name).with_suffix('.md').name}"
    fault = "which is the same in every language, for no catalog has it"
    return f"{fault}; {cure.format(new)}"


def _is_known(handbook: Handbook) -> bool:
    """Tell whether all is known of where files are looked for: on this disk, in this folder."""
    options = settings.extensions(handbook.root).get("snippets", {})
    given = options.get("base_path", ".")
    listed = given if isinstance(given, list) else [given]
    return all(isinstance(each, str) and not each.startswith(("/", "..")) for each in listed)


def _has_words(handbook: Handbook, name: str) -> bool:
    """Tell whether a file is text with something to translate."""
    if PurePosixPath(name).suffix not in _TEXTS:
        return False
    page = handbook.scanned(read(handbook.root / name, name))
    return isinstance(page, Page) and any(not each.is_given for each in page.segments)
