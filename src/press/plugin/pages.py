"""Give MkDocs every page in every language; translated pages exist only in memory.

mkdocs-static-i18n sorts the files by language, and creates new file objects without content. So a
page is added before that plugin runs, and gets its text afterwards.
"""

from pathlib import PurePosixPath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from bitext.problem import Problem
from press.core import i18n, places
from press.core.editions import Editions
from press.core.log import log
from press.frame import feed
from press.pages import passages
from press.search import index


def announce(files: Files, editions: Editions, config: MkDocsConfig) -> None:
    """Add each page in each language to `files`, and remove every other page."""
    written = {f"{source.language}/{path}" for path, source in editions.sources.items()}
    for file in [each for each in files if each.is_documentation_page()]:
        if file.src_uri not in written:
            files.remove(file)
    for path, source in editions.sources.items():
        for language in i18n.names(config):
            if language != source.language:
                files.append(_file(f"{language}/{path}", config))


def fill(file: File, editions: Editions) -> None:
    """Set the text and the edit link of a page; warn of translations that are refused."""
    language, path = places.split(file.src_uri)
    translation = editions.leaf(path, language).translation
    if translation is None:
        file.edit_uri = f"docs/{file.src_uri}"
        return
    for problem in translation.problems:
        log.warning(problem)
    file.content_string = translation.text + passages.sources(translation.older)
    file.generated_by = "bitext"
    file.edit_uri = f"translations/{file.src_uri.removesuffix('.md')}.po"


def collisions(editions: Editions, config: MkDocsConfig) -> dict[str, Problem]:
    """Return a problem for each page whose file on the site is already used, by its path.

    Names that differ in letter case alone are one on many systems.
    """
    languages = list(i18n.names(config))
    taken = dict.fromkeys(_OURS, "the site itself")
    for language in languages:
        taken[index.file(language).casefold()] = "search"
        taken |= {
            places.within(language, each, config).casefold(): "an error page"
            for each in _ERROR_PAGES
        }
        taken[places.within(language, feed.FILE, config).casefold()] = "the feed"
    found: dict[str, Problem] = {}
    for path, source in sorted(editions.sources.items(), key=lambda each: each[0].count("/")):
        own = {places.file(path, language, config) for language in languages}
        for file in sorted(own):
            for needed in (file, *map(str, PurePosixPath(file).parents)):
                if other := taken.get(needed.casefold()):
                    fault = f"would be {needed} on the site, and so is {other}; rename one"
                    name = f"docs/{source.language}/{path}"
                    found.setdefault(path, Problem(name, 1, fault))
        if path not in found:
            taken |= dict.fromkeys(map(str.casefold, own), f"docs/{source.language}/{path}")
    return found


_OURS = ("worker.js", "versions.json", "sitemap.xml", "sitemap.xml.gz")
_ERROR_PAGES = ("404.html", "503.html")


def report(editions: Editions, config: MkDocsConfig) -> None:
    """Log a warning for each problem of the files of pages and catalogs."""
    catalogs = (
        problem
        for language in i18n.names(config)
        for problem in editions.edition(language).problems
    )
    for problem in (*editions.handbook.page_problems(), *catalogs):
        log.warning(problem)


def without(nav: Any, paths: set[str]) -> Any:
    """Return a `nav` of mkdocs.yml (lists, mappings, paths) without the pages at `paths`."""
    if isinstance(nav, list):
        kept = [without(item, paths) for item in nav]
        return [item for item in kept if item]
    if isinstance(nav, dict):
        kept_sections = {title: without(item, paths) for title, item in nav.items()}
        return {title: item for title, item in kept_sections.items() if item}
    return None if nav in paths else nav


def _file(uri: str, config: MkDocsConfig) -> File:
    return File(uri, config.docs_dir, config.site_dir, config.use_directory_urls)
