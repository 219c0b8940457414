"""Find what is wrong with the files of a handbook: its pages, its catalogs, and their names."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.languages import cldr
from handbook.bitext.page.segments import Page
from handbook.bitext.problem import Problem, amount
from handbook.bitext.project import walk
from handbook.bitext.project.catalogs import catalog_path
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import OTHER_ENDINGS, README, RENAMING, SITE, Source, index_of
from handbook.bitext.translate.guards import interface_refusal
from handbook.bitext.translate.merge import misplaced


def problems(handbook: Handbook) -> Iterator[Problem]:
    """Yield the problems of all files, pages first."""
    yield from page_problems(handbook)
    for language in handbook.languages:
        yield from catalog_problems(handbook, language)
    yield from _unfiled_catalogs(handbook)


def _unfiled_catalogs(handbook: Handbook) -> Iterator[Problem]:
    """Yield a problem for each catalog that somebody has put into no language's folder of them.

    In `docs` those alone that have the name of a page: others may be there to be downloaded.
    """
    for file in sorted((handbook.root / "translations").glob("*.po*")):
        if file.is_file() and (file.suffix == ".po" or _is_misnamed(file)):
            name = walk.shown(handbook.name(file))
            yield Problem(name, 1, f"is not read, in no language's folder; {_taken(name)}")
    for path, language in product(handbook.by_path, handbook.languages):
        name = f"docs/{language}/{path.removesuffix('.md')}.po"
        if (handbook.root / name).is_file():
            yield Problem(name, 1, f"is not read as a catalog in this folder; {_taken(name)}")


def text_problems(handbook: Handbook, source: Source) -> Iterator[Problem]:
    """Yield the problems of the text of a page that can be read."""
    page = handbook.try_read(source)
    if isinstance(page, Page):
        yield from (Problem(source.name, page.line_at(at), fault) for at, fault in page.faults)


def page_problems(
    handbook: Handbook, of_text: Callable[[Handbook, Source], Iterable[Problem]] = text_problems
) -> Iterator[Problem]:
    """Yield the problems of the files of languages and pages.

    Who has read all pages already gives those of their texts by `of_text`.
    """
    yield from handbook.records.problems
    yield from handbook.redirect_problems
    yield from (each for each in handbook.walked if isinstance(each, Problem))
    if not handbook.by_path and not handbook.walked:
        home = f"docs/{handbook.languages[0]}/index.md"
        yield Problem("docs", 0, f"there are no pages; write the first one, {home}")
    yield from _name_problems(handbook)
    yield from _strange_languages(handbook)
    yield from _folders_of_no_language(handbook)
    for sources in handbook.by_path.values():
        if len(sources) > 1:
            yield from _doubles_of(handbook, sources)
        elif isinstance(text := handbook.text(sources[0]), Problem):
            yield text
        else:
            yield from of_text(handbook, sources[0])


def _name_problems(handbook: Handbook) -> Iterator[Problem]:
    """Yield a problem for each page that is not published, or not everywhere, for its name."""
    found = handbook.by_path  # first: finds doubles too
    for source in handbook.doubles:
        other = found[index_of(source.path)][0].name
        fault = f"is not published, because {other} is the index of its folder"
        yield Problem(source.name, 1, f"{fault}; rename it or take it into that")
    yield from _readmes_without_home(handbook)
    for file in sorted((handbook.root / "docs").glob("*.md")):
        if file.name != README and not handbook.unpublished.match_file(file.name):
            problem = unfiled_page_problem(handbook, file.name)
            yield from [problem] if problem else []
    yield from _other_endings(handbook)
    yield from _names_that_may_be_one(handbook)


def _other_endings(handbook: Handbook) -> Iterator[Problem]:
    """Yield a problem for each file that MkDocs would take for a page."""
    for file in handbook.walked:
        name = handbook.name(file) if isinstance(file, Path) else ""
        path = name.partition("/")[2]
        if name.endswith(OTHER_ENDINGS) and not handbook.unpublished.match_file(path):
            yield Problem(name, 1, f"is not published, since a page ends in .md; {RENAMING}")


def _readmes_without_home(handbook: Handbook) -> Iterator[Problem]:
    """Yield a problem for each README.md that was meant as a home page where there is none."""
    if not handbook.by_path or "index.md" in handbook.by_path:
        return
    for language in handbook.languages:
        name = f"docs/{language}/{README}"
        if (handbook.root / name).exists():
            fault = "is not published, and there is no home page"
            yield Problem(name, 1, f"{fault}; rename it as index.md to make it one")


def _names_that_may_be_one(handbook: Handbook) -> Iterator[Problem]:
    """Yield a problem for each page whose name is another's on systems that ignore letter case."""
    known: dict[str, str] = {}
    for path, sources in handbook.by_path.items():
        for name in (path, *map(str, PurePosixPath(path).parents)):
            same = known.setdefault(normalize("NFC", name).casefold(), name)
            if same != name:
                fault = f"{name} differs from {same} in case or accents alone"
                cure = "on many computers they are one; rename one of them"
                yield Problem(sources[0].name, 1, f"{fault}; {cure}")
                break


def _strange_languages(handbook: Handbook) -> Iterator[Problem]:
    """Yield a problem for each folder of a language that is none of the handbook's."""
    known = ", ".join(handbook.languages)
    for folder, pattern in (("docs", "*.md"), ("translations", "*.po")):
        for each in sorted((handbook.root / folder).glob("*/")):
            if each.name in handbook.languages or cldr.locale(each.name) is None:
                continue
            files = sum(1 for _ in each.rglob(pattern))
            if files:
                fault = f"has {amount(files, 'file')} in {each.name}, and the handbook has {known}"
                yield Problem(f"{folder}/{each.name}", 0, f"{fault}; {_STRANGE[folder]}")


def _folders_of_no_language(handbook: Handbook) -> Iterator[Problem]:
    """Yield a problem for each folder of pages in `docs` whose name is no language's.

    Names that begin with _ are left out, as parts of pages that others include have them.
    """
    home = handbook.languages[0]
    for each in sorted((handbook.root / "docs").glob("[!_.]*/")):
        if each.name in handbook.languages or cldr.locale(each.name) is not None:
            continue
        names = (file.relative_to(handbook.root).as_posix() for file in each.rglob("*.md"))
        written = (name.removeprefix("docs/") for name in names if handbook.has_found(name))
        count = sum(not handbook.unpublished.match_file(name) for name in written)
        if count:
            pages = "page is" if count == 1 else f"{count} pages are"
            fault = f"is no language's folder, and its {pages} not published"
            cure = f"move it to docs/{home}/{each.name}, or name it in exclude_docs of mkdocs.yml"
            yield Problem(f"docs/{each.name}", 0, f"{fault}; {cure}")


def _doubles_of(handbook: Handbook, sources: Sequence[Source]) -> Iterator[Problem]:
    """Yield a problem for each page but the first of those with one path."""
    first, stray = sources[0].name, unfiled_page_problem(handbook, sources[0].path)
    for source in sources[1:]:
        second = source.name
        keep = "keep one as the source and make the other a catalog"
        cure = f"{keep}: handbook align {second}"
        if sources[0].language != handbook.languages[0]:  # either may be the older one
            cure += f" if {first} was written first, else handbook align {first}"
        if stray:
            cure = f"if {stray.path} is their source, {stray.text.partition('; ')[2]} first"
        yield Problem(second, 1, f"{first} is a page of the same path; {cure}")


def unfiled_page_problem(handbook: Handbook, path: str) -> Problem | None:
    """Return the problem that a page is in `docs`, in no language's folder; else None."""
    if not (handbook.root / "docs" / path).is_file() or not handbook.has_found(f"docs/{path}"):
        return None
    home = f"docs/{handbook.languages[0]}/{path}"
    fault = "is in no language's folder, and so is not published"
    return Problem(f"docs/{path}", 1, f"{fault}; move it to {home}, or another language's")


def catalog_problems(handbook: Handbook, language: str) -> Iterator[Problem]:
    """Yield the problems of all catalogs of a language."""
    for source in handbook.sources():
        if source.language != language:
            yield from problems_of_catalog(handbook, source.path, language)
    yield from stray_problems(handbook, language)
    yield from interface_problems(handbook, language)


def problems_of_catalog(handbook: Handbook, path: str, language: str) -> Iterator[Problem]:
    """Yield the problems of the catalog of one page."""
    if handbook.has_units_of(path, language):
        return
    name = catalog_path(path, language)
    catalog = handbook.catalogs.load(name)
    if isinstance(catalog, Problem):
        yield catalog
    page = handbook.try_read(handbook.by_path[path][0]) if path in handbook.by_path else None
    if isinstance(catalog, Catalog) and isinstance(page, Page):
        for unit in misplaced(page, catalog):
            yield Problem(name, unit.line or 1, unknown_context_fault(unit))


def stray_problems(handbook: Handbook, language: str) -> Iterator[Problem]:
    """Yield the problems of a language's catalogs that do not belong to a page of `sources()`.

    None in a handbook without pages: there the missing pages are the problem.
    """
    if not handbook.by_path:
        return
    usable = {source.path for source in handbook.sources() if source.language != language}
    for file in handbook.owners.walked(language):
        if isinstance(file, Problem):
            yield file
        elif _is_misnamed(file):
            name = handbook.name(file)
            yield Problem(name, 1, f"is not read under this name; end it in .po, or {_taken(name)}")
    for path in handbook.owners.catalogued(language):
        owner = handbook.files_of_page(path)
        own = [source.language for source in owner] == [language]
        if handbook.is_hidden(path) or handbook.is_left_out(path):
            continue
        if own or (not owner and not handbook.owners.is_moved(path, language)):
            name = catalog_path(path, language)
            doubts = handbook.owners.renames.doubts.get(path, ())
            yield Problem(name, 1, _no_page(path, language, owner, doubts))
        elif owner and path not in usable:
            yield from problems_of_catalog(handbook, path, language)


def _is_misnamed(file: Path) -> bool:
    """Tell whether a file is a catalog by the ending that a mail program or a person gave it."""
    return file.suffix != ".po" and file.name.casefold().removesuffix(".txt").endswith(".po")


def _taken(name: str) -> str:
    """Return the cure for a catalog that may have somebody's work."""
    return f"take it in and delete it: handbook receive {shlex.quote(name)}"


def interface_problems(handbook: Handbook, language: str) -> Iterator[Problem]:
    """Yield a problem for each translation of interface text that is refused."""
    for unit in handbook.site_units(language):
        name = f"translations/{language}/{SITE}"
        if unit.context is not None and unit.translation:
            fault = f"interface text has no context “{unit.context}”; delete its line msgctxt"
            yield Problem(name, unit.line or 1, fault)
        elif unit.state == "current" and (
            reason := interface_refusal(unit.message, unit.translation)
        ):
            yield Problem(name, unit.line or 1, f"words: {reason}", "words")


_CURE = "name the language in mkdocs.yml and pyproject.toml"
_STRANGE = {
    "docs": f"{_CURE}, and turn the pages before you take it out: handbook turn",
    "translations": f"{_CURE}, or commit the folder and delete it: git keeps it",
}
"""What to do about files of a language that the handbook does not have, by their folder."""


def unknown_context_fault(unit: Unit) -> str:
    """Return what is wrong with a unit whose context no page has for its message, and the cure."""
    cure = f"delete it, or write <!-- i18n: context {unit.context} --> above the text it belongs to"
    return f"its message is nowhere in the context “{unit.context}”; {cure}"


def _no_page(path: str, language: str, owner: Sequence[Source], doubts: Sequence[str]) -> str:
    """Return what is wrong with a catalog whose page is not there, and the cure."""
    if owner:
        cure = f"put back the page it was made for and run handbook turn {path} {language}"
        return f"docs/{language}/{path} is itself the source; delete this catalog, or {cure}"
    if doubts:
        alike = " and ".join(doubts)
        return f"there is no page {path}, and {alike} have its text; rename the catalog as one"
    cure = _taken(catalog_path(path, language))
    return f"there is no page {path}; rename the catalog with its page, or {cure}"
