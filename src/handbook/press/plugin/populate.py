"""Run the part of MkDocs' build that renders pages, without writing a site."""

from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from handbook.press.books.book import Book
from handbook.press.core import i18n
from handbook.press.plugin import plugin
from handbook.press.plugin.collect import collect
from handbook.press.plugin.inputs import get_files


def read_book(config: MkDocsConfig, language: str) -> Book:
    """Return the book in `language`; every plugin processes its pages, but nothing is written."""
    i18n.select(language, config)
    plugins = config.plugins
    config = plugins.on_config(config)
    plugins.on_pre_build(config=config)
    files = get_files(config)
    files.add_files_from_theme(config.theme.get_env(), config)
    files = plugins.on_files(files, config=config)
    set_exclusions(files, config)
    plugins.on_nav(get_navigation(files, config), config=config, files=files)
    for file in files.documentation_pages():
        page = file.page or Page(None, file, config)
        mkdocs_build._populate_page(page, config, files)
    return collect(plugin.of(config).state, config)
