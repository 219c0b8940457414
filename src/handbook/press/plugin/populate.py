"""Run the part of MkDocs' build that renders pages, without writing a site."""

from __future__ import annotations

from collections.abc import Collection

from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from handbook.press.books.book import Book
from handbook.press.core import i18n, navfiles
from handbook.press.plugin import plugin
from handbook.press.plugin.collect import collect
from handbook.press.plugin.making import files_of


def read_book(config: MkDocsConfig, language: str) -> Book:
    """Return the book in `language`; every plugin processes its pages, but nothing is written."""
    config, files = files_of(config, language)
    config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    for file in files.documentation_pages():
        page = file.page or Page(None, file, config)
        mkdocs_build._populate_page(page, config, files)
    return collect(plugin.of(config).state, config)


def generated_paths(config: MkDocsConfig) -> Collection[str]:
    """Return the paths of the files that plugins and hooks make while the site is built."""
    if not navfiles.has_makers(config):
        return ()
    config, _ = files_of(config, i18n.default(config))
    return plugin.of(config).editions(config).handbook.generated_paths
