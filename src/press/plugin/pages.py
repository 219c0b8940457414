"""Hand MkDocs every page in every language; the translated ones exist only in memory.

mkdocs-static-i18n sorts the files by language and on the way makes each anew, keeping no content.
So a page is announced before the plugin runs and filled after it.
"""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from press.core import editions, i18n
from press.core.settings import log
from press.pages import passages


def announce(files: Files, *, config: MkDocsConfig) -> Files:
    """Make `files` name each page of the handbook once a language, and no other page."""
    book = editions.of(config)
    written = {f"{source.language}/{path}" for path, source in book.sources.items()}
    for file in [each for each in files if each.is_documentation_page()]:
        if file.src_uri not in written:
            files.remove(file)
    for path, source in book.sources.items():
        for language in i18n.names(config):
            if language != source.language:
                files.append(_file(f"{language}/{path}", config))
    return files


def fill(files: Files, *, config: MkDocsConfig) -> Files:
    """Give the pages of the language being built their text, and every page its edit link."""
    for file in files.documentation_pages():
        fill_page(file, editions.of(config))
    return files


def glue(content: str) -> str:
    """Keep the signs of footnotes with the word before: Japanese breaks lines anywhere."""
    return content.replace('<sup id="fnref', '\N{WORD JOINER}<sup id="fnref')


def report(config: MkDocsConfig) -> MkDocsConfig:
    """Warn of what is wrong with the handbook; take what is left out from the navigation."""
    book = editions.of(config)
    if i18n.current(config) == i18n.default(config):
        built = (book.edition(language) for language in i18n.names(config))
        catalogs = (problem for edition in built for problem in edition.problems)
        for problem in (*book.handbook.page_problems(), *catalogs):
            log.warning("%s", problem)
    config.nav = _without(config.nav, book.handbook.unusable())
    return config


def fill_page(file: File, book: editions.Site) -> None:
    """Give a page its text and its edit link."""
    language, path = editions.place(file.src_uri)
    translation = book.translation(path, language)
    if translation is None:
        file.edit_uri = f"docs/{file.src_uri}"
        return
    for problem in translation.problems:
        log.warning("%s", problem)
    file.content_string = translation.text + passages.sources(translation.older)
    file.generated_by = "handbook"
    file.edit_uri = f"translations/{file.src_uri.removesuffix('.md')}.po"


def _file(uri: str, config: MkDocsConfig) -> File:
    return File(uri, config.docs_dir, config.site_dir, config.use_directory_urls)


def _without(nav: Any, paths: set[str]) -> Any:
    """A navigation of mkdocs.yml (lists, mappings, paths) without some pages."""
    if isinstance(nav, list):
        kept = [_without(item, paths) for item in nav]
        return [item for item in kept if item]
    if isinstance(nav, dict):
        kept_sections = {title: _without(item, paths) for title, item in nav.items()}
        return {title: item for title, item in kept_sections.items() if item}
    return None if nav in paths else nav
