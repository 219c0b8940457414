"""The MkDocs plugin `bitext`: what happens to a page, event by event, in order.

MkDocs builds one language after the other on one configuration, because mkdocs-static-i18n starts
a build for each: so every event but `on_startup` comes once a language. A page is Markdown from
its catalog (`on_files`), HTML that passes through `on_page_content`, material for search and books
once all pages of its language are there (`on_env`), and a finished page (`on_post_page`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, Literal

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from bitext.problem import Problem, SettingsError
from bitext.project.handbook import Handbook
from press.core import i18n, material, target, theme, tree
from press.core.config import load, root
from press.core.editions import Editions, marks
from press.core.log import log
from press.frame import icons, offline, repairs
from press.markdown import renderers
from press.pages import addresses, characters, diagrams, passages, phrases
from press.plugin import bookshelf, context, front, options, pages, terms, wording
from press.plugin.options import Options
from press.plugin.state import State, is_key_document
from press.search import index, sections

_LATE = i18n.AFTER
"""After mkdocs-static-i18n and, where pages are changed, after the site's own hooks."""


class Plugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]  # of MkDocs
    """Publishes pages in every language of their catalogs."""

    is_preview: ClassVar[bool] = False
    """Whether this process shows the site while it is worked on: then no books are made."""
    state: State
    """Of the language that is being built."""

    def __init__(self) -> None:
        """Nothing is read before the configuration is there."""
        self._editions: Editions | None = None
        self._collisions: dict[str, Problem] = {}
        self._originals: tuple[wording.Setting, ...] | None = None
        self._checked: options.Checked | None = None

    def editions(self, config: MkDocsConfig) -> Editions:
        """The handbook in all its languages: opened once, also without a build."""
        if self._editions is None:
            _require(config)
            self._editions = Editions(Handbook.open(root(config), renderers.of(config), marks))
            self._collisions = pages.collisions(self._editions, config)
            for path in self._collisions:
                self._editions.leave_out(path)
        return self._editions

    def originals(self, config: MkDocsConfig) -> tuple[wording.Setting, ...]:
        """The English words of mkdocs.yml, kept before the first language overwrites them."""
        if self._originals is None:
            self._originals = wording.settings(config)
        return self._originals

    def load_config(self, *arguments: Any, **options: Any) -> Any:
        """Take the options, and listen to `on_startup`.

        MkDocs shares plugins whose class has that method among all configurations of a process;
        each should have its own. It asks for the event only once this has returned.
        """
        setattr(self, "on_startup", self._start)  # noqa: B010 – mypy knows it as a method
        return super().load_config(*arguments, **options)

    def _start(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Learn whether this is a preview; `mkdocs serve` says so once for all its builds."""
        Plugin.is_preview = command == "serve"

    @event_priority(_LATE)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """A language begins: its words in the settings, our theme, our Markdown extensions."""
        try:
            return self._begin(config)
        except SettingsError as error:
            raise PluginError(str(error)) from None

    def _begin(self, config: MkDocsConfig) -> MkDocsConfig:
        editions, language = self.editions(config), i18n.current(config)
        originals = self.originals(config)
        if language == i18n.default(config):
            if problem := unsafe_target(config):
                raise SettingsError(problem)
            pages.report(editions, config)
            for problem in self._collisions.values():
                log.warning("%s", problem)
        if self._checked is None:
            self._checked = options.check(self.config, config)
        say = editions.say(language)
        self.state = State(editions, language, self._checked, say(self.config.standing))
        config.nav = pages.without(
            config.nav, editions.handbook.unusable() | self._collisions.keys()
        )
        wording.translate(config, originals, say)
        renderers.extend(config)
        config.watch += [each for each in watched(config) if each not in config.watch]
        return theme.add(config)

    def _announce(self, files: Files, *, config: MkDocsConfig) -> None:
        pages.announce(files, self.state.editions, config)

    @event_priority(_LATE)
    def _fill(self, files: Files, *, config: MkDocsConfig) -> None:
        for file in files.documentation_pages():
            pages.fill(file, self.state.editions)

    on_files = CombinedEvent(_announce, _fill)
    """Pages of every language are there before static-i18n sorts them, their text after it."""

    @event_priority(_LATE)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Sections get their icons by their English titles, then their titles in the language."""
        self.state.nav, self.state.files = nav, files
        self.state.icons = icons.assign(nav, self.config.icons)
        wording.translate_sections(nav, self.state.say)

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> None:
        """The front matter is read: check it, give a page that opens a section its icon."""
        leaf = self.state.leaf(page)
        text = leaf.source.file.read_text("utf-8")
        for problem in front.clean(page.meta, text, leaf.file, config.theme.dirs):
            log.warning("%s", problem)
        if icon := self.state.icons.get(page.file.src_uri):
            page.meta.setdefault("icon", icon)

    @event_priority(_LATE)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Markdown has become HTML: label what is not current, draw diagrams, link terms."""
        leaf = self.state.leaf(page)
        if not leaf.speaks:
            index.exclude(page)
        content = tree.parse(characters.report(html, leaf))
        addresses.report(content, leaf)
        passages.keep_notes_with_words(content)
        passages.label(content, leaf, is_key_document=is_key_document(page))
        diagrams.place(content, leaf, root(config) / "build" / "drawings")
        terms.mark(content, page, self.state, files)
        self.state.sections[page.file.src_uri] = sections.cut(content)
        return tree.html(content)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """All pages of the language are there: write its search index and its books."""
        self._teach(env, config)
        state, found = self.state, list(self.state.pages())
        index.write(
            Path(config.site_dir),
            state.record,
            [(page, state.leaf(page), state.sections.pop(page.file.src_uri, [])) for page in found],
            index.terms(state.editions, state.language),
        )
        for page in found:
            index.exclude(page)
        if self.config.books is not False and not self.is_preview:
            state.downloads = bookshelf.put(state, config)
        terms.list_pages(state)  # after the books, which have an index of their own

    def _teach(self, env: Environment, config: MkDocsConfig) -> None:
        """Give templates our filters and settings. What they give may stand in HTML as it is."""
        state = self.state
        material.teach(env, state.record)
        env.filters["translated"] = lambda message, to=state.language: escape(
            state.editions.say(to)(message)
        )
        env.filters["with_own_search"] = lambda settings: index.with_own_engine(
            settings, state.language
        )
        env.globals["standing"] = escape(state.standing)
        env.globals["is_offline"] = self.state.options.offline

    def on_page_context(
        self, context_: Any, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> Any:
        """A page is about to be put into its template."""
        return context_ | context.of_page(page, self.state, config, help_page=self.config.help)

    def on_template_context(
        self, context_: Any, *, template_name: str, config: MkDocsConfig
    ) -> Any:
        """A page that is not of the handbook, such as 404.html, is about to be made."""
        return context_ | context.of_template(template_name, self.state.editions, config)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """A page is finished but for repairs."""
        return context.declare_language(self._repaired(output), self.state.leaf(page))

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """A page that is not of the handbook is finished but for repairs."""
        if template_name.endswith(".html"):
            output = self._repaired(output)
        return context.put_error_page(output, template_name, config)

    @event_priority(_LATE)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """All files of the language are written."""
        index.clear(Path(config.site_dir))
        offline.write(config, offered=self.state.options.offline)

    def _repaired(self, output: str) -> str:
        repaired = repairs.mend(output, self.state.say)
        return phrases.part(repaired, self.state.record.phrases)


def unsafe_target(config: MkDocsConfig) -> Problem | None:
    """Why the site's folder may not be built into; None if it may."""
    here = root(config)
    written = [Path(config.docs_dir), *(here / name for name in ("translations", ".git", "hooks"))]
    custom = [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
    return target.refusal(Path(config.site_dir), here, written + custom)


def watched(config: MkDocsConfig) -> list[str]:
    """The folders whose files a preview has to follow, besides pages and mkdocs.yml."""
    folders = (root(config) / "translations", root(config) / "languages", theme.FOLDER)
    return [str(folder) for folder in folders if folder.exists()]


def of(config: MkDocsConfig) -> Plugin:
    """The plugin of a configuration. Raises SettingsError where mkdocs.yml does not name it."""
    plugin = config.plugins.get("bitext")
    if not isinstance(plugin, Plugin):
        raise SettingsError(Problem("mkdocs.yml", 1, f"has no plugin bitext; {_PLUGINS}"))
    return plugin


_PLUGINS = "write plugins: [search, i18n, bitext], and below i18n its languages"


def _require(config: MkDocsConfig) -> None:
    """Make sure of what the plugin builds on. Raises SettingsError."""
    if not i18n.is_there(config):
        raise SettingsError(Problem("mkdocs.yml", 1, f"has no plugin i18n; {_PLUGINS}"))
    if config.theme.name != "material":
        fault = (
            f"has the theme {config.theme.name}; bitext needs Material: theme: {{name: material}}"
        )
        raise SettingsError(Problem("mkdocs.yml", 1, fault))


def open_editions(root: Path) -> Editions:
    """The handbook in `root` in all its languages. Raises SettingsError."""
    config = load(root)
    return of(config).editions(config)
