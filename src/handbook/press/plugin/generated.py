"""Publish the pages that plugins and hooks make while a site is built: gen-files, `File.generated`.

Such a page is written in the default language, unless it is in the folder of another one. Elsewhere
it is shown as a page that nobody has translated, since it has no catalog.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from handbook.bitext.problem import Problem
from handbook.bitext.project import exclusions
from handbook.bitext.project.handbook import Handbook
from handbook.press.core import i18n, places
from handbook.press.core.config import root
from handbook.press.core.editions import Editions
from handbook.press.core.written import read_written

Generated = Mapping[str, Mapping[str, File]]
"""Pages that others have made: their files, by path and the language that they are written in."""


def files_by_path(files: Files, handbook: Handbook, config: MkDocsConfig) -> dict[str, File]:
    """Return all that others have made, by its path in the folder of its language."""
    return {_place(file.src_uri, config)[1]: file for file in _made(files, handbook, config)}


def take(files: Files, editions: Editions, config: MkDocsConfig) -> tuple[Generated, list[Problem]]:
    """Take the pages that others have made out of `files`; return them, and what is wrong.

    A page that somebody has written stays as it is written.
    """
    found: dict[str, dict[str, File]] = {}
    problems = []
    unpublished = exclusions.of(root(config))
    for file in _made(files.documentation_pages(), editions.handbook, config):
        files.remove(file)
        language, path = _place(file.src_uri, config)
        name = f"{language}/{path}"
        if problem := _fault(file, path, editions, config):
            problems.append(problem)
        elif path not in editions.sources and not unpublished.match_file(name):
            found.setdefault(path, {})[language] = file
        if path in editions.sources and file.src_uri == f"{editions.sources[path].language}/{path}":
            files.append(places.source(file.src_uri, config))
    kept = [file for originals in found.values() for file in originals.values()]
    return found, [*problems, *_taken_next_time(kept, editions.handbook, config)]


def _taken_next_time(
    pages: Iterable[File], handbook: Handbook, config: MkDocsConfig
) -> Iterator[Problem]:
    """Yield a problem for each page that the next build would take for one that somebody wrote.

    A file in the folder of pages is known for a program's only if git ignores it; where git does
    not answer, as in a container, nobody can say what it will be taken for.
    """
    names = [f"docs/{each.src_uri}" for each in pages if _is_on_disk(each, config)]
    for name, is_made in sorted(handbook.are_made(names).items()):
        if not is_made:
            yield Problem(name, 0, _BY_HOOK if config["hooks"] else _BY_PLUGIN)


_TAKEN = "is made while the site is built, and the next build takes it for a page somebody wrote"
_BY_HOOK = f"{_TAKEN}; add it to .gitignore"
_BY_PLUGIN = f"{_TAKEN}; have it made by a hook, or with gen-files"


def texts(generated: Generated) -> dict[str, dict[str, str]]:
    """Return the texts of pages that others have made, by path and language."""
    return {
        path: {language: file.content_string for language, file in files.items()}
        for path, files in generated.items()
    }


def announce(files: Files, generated: Generated, config: MkDocsConfig) -> None:
    """Add each page that others have made to `files`, in each language."""
    for path, originals in generated.items():
        for language in i18n.names(config):
            file = places.source(f"{language}/{path}", config)
            file.inclusion = originals.get(language, next(iter(originals.values()))).inclusion
            files.append(file)


def refuse_late(files: Files, editions: Editions, config: MkDocsConfig) -> None:
    """Raise PluginError if others have made a page after static-i18n has sorted the files."""
    for file in files.documentation_pages():
        if not editions.has(places.split(file.src_uri)[1]):
            fault = "after all others have run; give its on_files a priority of -100 or more"
            raise PluginError(str(_problem(file, fault, config)))


def fill(file: File, generated: Generated, editions: Editions) -> None:
    """Set the text and the edit link of a page that others have made."""
    language, path = places.split(file.src_uri)
    source = editions.source(path, language)
    original = generated[path][source.language]
    file.content_string = source.read_text()
    file.abs_src_path, file.generated_by = original.abs_src_path, original.generated_by
    edited = vars(original).get("edit_uri")  # if somebody has set it
    file.edit_uri = _edited(edited) if edited else None


def take_edit_links(files: Files, editions: Editions, config: MkDocsConfig) -> dict[str, str]:
    """Take the edit links of pages from gen-files, which knows them by other paths than MkDocs.

    Those of pages that somebody has written are returned, by the page; what is not taken,
    gen-files calls unused.
    """
    links = getattr(config.plugins.get("gen-files"), "_edit_paths", {})
    made = {file.src_uri: file for file in _made(files, editions.handbook, config)}
    written = {}
    for uri in list(links):
        language, path = _place(uri, config)
        source = editions.sources.get(path)
        if source and source.language == language:
            written[path] = _edited(links[uri]) if links[uri] else ""
        elif uri not in made:
            continue
        elif links[uri]:
            made[uri].edit_uri = links[uri]
        del links[uri]
    return {path: link for path, link in written.items() if link}


def _edited(link: str) -> str:
    """Return an edit link from the folder of pages as one from the root."""
    return posixpath.normpath(f"docs/{link}")


def contents(
    files: Files, generated: Generated, editions: Editions, config: MkDocsConfig
) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the content of each file that others have made, in the current language.

    What is of this language comes last.
    """
    language = i18n.current(config)
    for path, originals in generated.items():
        yield path, originals[editions.source(path, language).language].content_bytes
    made = _made(files, editions.handbook, config)
    others = [each for each in made if not each.is_documentation_page()]
    placed = [(*_place(each.src_uri, config), each) for each in others]
    for origin in (i18n.default(config), language):
        for each, path, file in placed:
            if each == origin and file.src_dir not in config.theme.dirs:
                yield path, file.content_bytes


def _made(files: Iterable[File], handbook: Handbook, config: MkDocsConfig) -> list[File]:
    """Return the files that are none of the handbook's own."""
    return [each for each in files if _is_generated(each, handbook, config)]


def _is_generated(file: File, handbook: Handbook, config: MkDocsConfig) -> bool:
    """Tell whether a file is not one of the folder of pages, or a page that is new there."""
    if not _is_on_disk(file, config):
        return True
    return file.is_documentation_page() and not handbook.has_found(f"docs/{file.src_uri}")


def _is_on_disk(file: File, config: MkDocsConfig) -> bool:
    """Tell whether a file is in the folder of pages, whoever has put it there."""
    place = file.abs_src_path
    is_there = place is not None and Path(place).is_relative_to(config.docs_dir)
    return is_there and not file.generated_by


def _place(uri: str, config: MkDocsConfig) -> tuple[str, str]:
    """Return the language and the path of a file that MkDocs knows by `uri`."""
    language, path = places.split(uri)
    return (language, path) if language in i18n.names(config) else (i18n.default(config), uri)


def _fault(file: File, path: str, editions: Editions, config: MkDocsConfig) -> Problem | None:
    """Return why a page that others have made cannot be published."""
    try:
        text = file.content_string
    except (OSError, UnicodeError) as error:
        return _problem(file, f"which cannot be read ({error}); correct what makes it", config)
    source = editions.sources.get(path)
    if source is None or text.splitlines() == str(editions.handbook.text(source)).splitlines():
        return None  # gen-files takes a page that is only read for one that it makes
    cure = f"give it another path: {source.name} is published as it is written"
    return _problem(file, f"and {source.name} is that page; {cure}", config)


def _problem(file: File, fault: str, config: MkDocsConfig) -> Problem:
    maker = str(file.generated_by or "")
    if kind := "hook" if maker in config["hooks"] else "plugin" if maker else "":
        maker = (
            maker if maker in config.plugins or kind == "hook" else maker.removeprefix("mkdocs-")
        )
    who = f"the {kind} {maker}" if maker else "a plugin or hook"
    text = f"{who} makes the page {file.src_uri}, {fault}"
    return read_written(root(config)).problem((f"{kind}s", maker), text)
