"""Rebuild single pages of a language, from the objects of its last build, kept in memory."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from jinja2 import Environment
from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from handbook.press.core.failures import problems_of
from handbook.press.core.log import log
from handbook.press.plugin import pages, plugin
from handbook.press.search import index

_LAST = -1000


class Remaker(BasePlugin):  # type: ignore[no-untyped-call,type-arg]  # of MkDocs
    """A plugin that keeps the objects of one language's build, and rebuilds single pages of it."""

    settings: MkDocsConfig
    nav: Navigation
    files: Files
    env: Environment

    @classmethod
    def of(cls, config: MkDocsConfig) -> Self:
        """Create one, and add it to the plugins of `config` for its next build."""
        remaker = cls()
        config.plugins["bitext/remaker"] = remaker
        return remaker

    @event_priority(_LAST)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Keep the navigation and the configuration."""
        self.settings, self.nav = config, nav

    @event_priority(_LAST)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Keep the templates and all files."""
        self.env, self.files = env, files

    def remake(self, path: str, site_dir: Path) -> bool:
        """Rebuild a page and those that include it; False if other pages need it too.

        Others do where they show its title, or mark links to it as translated or not. A page or
        catalog that cannot be read is logged, and the page stays as it was.
        """
        handbook = plugin.of(self.settings).state.editions.handbook
        return self._remake(path, site_dir) and all(
            self._remake(each, site_dir) for each in handbook.including(path)
        )

    def _remake(self, path: str, site_dir: Path) -> bool:
        """Rebuild the page at `path` alone; tell whether that is enough. If not, write nothing."""
        state = plugin.of(self.settings).state
        editions, language = state.editions, state.language
        file = self.files.get_file_from_path(f"{language}/{path}")
        if file is None or file.page is None or path == editions.handbook.settings.glossary:
            return False
        shown = file.page.title, editions.is_available(path, language)
        if problems := editions.reread(path, language):
            for problem in problems:
                log.warning(problem)
            return True
        state.forget(file.page)
        pages.fill(file, editions, state.edit_links)
        try:
            mkdocs_build._populate_page(file.page, self.settings, self.files)
            index.exclude(file.page)
            if (file.page.title, editions.is_available(path, language)) != shown:
                return False
            file.abs_dest_path = str(site_dir / file.dest_uri)
            self._write(file.page)
        except Exception as error:  # raised by any extension or template
            for problem in problems_of(error, editions.leaf(path, language).file, 1):
                log.warning(problem)
        return True

    def _write(self, page: Page) -> None:
        all_pages = self.files.documentation_pages()
        mkdocs_build._build_page(page, self.settings, all_pages, self.nav, self.env)
        level = self.settings.validation.links.anchors
        page.validate_anchor_links(files=self.files, log_level=level)
