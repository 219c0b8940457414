"""The MkDocs plugin `bitext`: a handler for each event of MkDocs, in the order of the events.

MkDocs builds one language after the other on one configuration, because mkdocs-static-i18n starts
a build for each; so every event except `on_startup` occurs once for each language. A page is first
Markdown, translated with its catalog (`on_files`), then HTML (`on_page_content`); search index and
books are made when all pages of its language are rendered (`on_env`); `on_post_page` gets the
finished page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Literal

from jinja2 import Environment, Template, pass_context
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from handbook.bitext.page import segments
from handbook.bitext.problem import Problem, SettingsError
from handbook.bitext.project import keydocuments
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.settings import MKDOCS
from handbook.press.core import (
    caches,
    history,
    i18n,
    material,
    memory,
    navfiles,
    places,
    theme,
    tree,
)
from handbook.press.core.config import load, root, settle
from handbook.press.core.editions import Editions, Leaf, marks
from handbook.press.core.kept import Kept, delete_unused
from handbook.press.core.log import log
from handbook.press.core.written import read_written
from handbook.press.frame import forge, icons, offline, repairs
from handbook.press.markdown import renderers
from handbook.press.pages import (
    addresses,
    characters,
    diagrams,
    embedded,
    emphasis,
    numbers,
    outdated,
    phrases,
    sorting,
    status,
    tables,
)
from handbook.press.plugin import (
    catalogpage,
    context,
    deadlinks,
    excepthook,
    finished,
    front,
    gathering,
    generated,
    given,
    handlers,
    histories,
    inputs,
    keeping,
    needs,
    omitted,
    options,
    pages,
    published,
    redirects,
    references,
    rendered,
    sitetexts,
    terms,
)
from handbook.press.plugin.keeping import Content
from handbook.press.plugin.options import Options
from handbook.press.plugin.state import State, is_key_document
from handbook.press.search import index, sections

_EARLY = 100
"""The event priority that runs before other plugins, which may look up the theme's language."""
_LATE = i18n.AFTER
"""The event priority that runs after mkdocs-static-i18n and after the site's own hooks."""


class Plugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]  # of MkDocs
    """The MkDocs plugin, which publishes each page in every language of the handbook."""

    is_preview: ClassVar[bool] = False
    """Whether this process serves a live preview; then no books are made."""
    state: State
    """The state of the language that is being built."""

    def __init__(self) -> None:
        """Create the plugin; files are read later, when the configuration is loaded."""
        self._editions: Editions | None = None
        self._settings: tuple[str, ...] = ()
        self._collisions: dict[str, Problem | None] = {}
        self._is_settled = False
        self._nav: Any = None
        """The navigation with which each language begins: plugins change it while one is built."""
        self._given: given.Given | None = None
        """The options of other plugins, as mkdocs.yml has them."""
        self._originals: tuple[sitetexts.Setting, ...] | None = None
        self._checked: options.Checked | None = None
        self._histories: histories.Histories | None = None
        self._told: set[Problem] = set()
        """What was said of the navigation and of pages that others make: once is enough."""
        self._inventory: bytes | None = None
        """The list of objects in the default language, which mkdocstrings writes over."""
        self._unknown: dict[str, str] = {}
        """The keys of front matter that nothing reads, each with the page that is named."""

    def editions(self, config: MkDocsConfig) -> Editions:
        """Return the handbook in all its languages; opened at the first call."""
        if self._editions is None:
            needs.require(config)
            handbook = Handbook.open(root(config), renderers.of(config), marks)
            self._settings = tuple(keeping.settings_of(handbook))
            kept = keeping.pages(handbook, config, self._settings)
            self._editions = Editions(handbook, kept)
            self._collisions = pages.collisions(self._editions, config)
            for path in self._collisions:
                self._editions.leave_out(path)
        return self._editions

    def read_ahead(self, config: MkDocsConfig) -> None:
        """Read what each language would read by itself, for processes that are forked from here."""
        self.editions(config).find_kept(list(i18n.names(config)))
        history.of(root(config))

    def originals(self, config: MkDocsConfig) -> tuple[sitetexts.Setting, ...]:
        """Return the English texts of mkdocs.yml, saved before a language overwrites them."""
        if self._originals is None:
            self._originals = sitetexts.settings(config)
        return self._originals

    def load_config(self, *arguments: Any, **options: Any) -> Any:
        """Load the options, and register a handler of `on_startup`.

        If a plugin's class has that method, MkDocs shares one object among all configurations of a
        process; but each should have its own. MkDocs looks for the handler after this call.
        """
        excepthook.install()
        setattr(self, "on_startup", self._start)  # noqa: B010 – mypy knows it as a method
        return super().load_config(*arguments, **options)

    def _start(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Set `is_preview`; `mkdocs serve` sends this event once for all its builds."""
        Plugin.is_preview = command == "serve"
        inputs.install()

    @event_priority(_EARLY)
    def _prepare(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check the settings, once, and put right what other plugins must not find as it is."""
        excepthook.uninstall()
        if self._given is None:
            self._given = given.options(config)
        given.put_back(self._given, config)
        if not self._is_settled:
            self._is_settled = True
            self._settle(config)
            theme.keep_all_compiled(config, caches.folder(root(config), "templates"))
        config.nav = deepcopy(self._nav)
        handlers.wrap_handlers(config)
        references.forget(config)
        i18n.complete_links(config)
        material.settle_language(config)
        material.settle_search(config)
        if problem := material.settle_features(config):
            log.info(problem)
        if (config.edit_uri or "").endswith("/docs/"):  # MkDocs' default for GitHub and others
            config.edit_uri = (config.edit_uri or "").removesuffix("docs/")
        template: Any = config.edit_uri_template  # an object, and no string as MkDocs declares it
        if template:
            template.data = pages.from_root(template.data)
        return config

    def _settle(self, config: MkDocsConfig) -> None:
        """Check the settings and open the handbook. Raises PluginError."""
        try:
            needs.require(config)
            settle(config)
            self._nav = deepcopy(navfiles.to_begin_with(config))
            self.editions(config)  # before others add Markdown extensions, which only pages have
        except SettingsError as error:
            raise PluginError(str(error)) from None

    @event_priority(_LATE)
    def _start_language(self, config: MkDocsConfig) -> MkDocsConfig:
        try:
            return self._begin(config)
        except SettingsError as error:
            raise PluginError(str(error)) from None

    on_config = CombinedEvent(_prepare, _start_language)
    """Start a language: translate settings, add our theme and our Markdown extensions."""

    def _begin(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put the language into the settings; with the first, log what is wrong."""
        editions, language = self.editions(config), i18n.current(config)
        originals = self.originals(config)
        if language == i18n.default(config):
            self._report(editions, config)
        if self._checked is None:
            self._checked = options.check(self.config, config)
        if self._histories is None and not self.is_preview:
            self._histories = histories.Histories(editions)
        say = editions.say(language)
        standing = say(self.config.standing)
        self.state = State(editions, language, self._checked, standing, self._settings)
        self.state.dead_links = deadlinks.install(editions)
        omitted.install(editions)
        sitetexts.translate(config, originals, say)
        material.export_tags(language, config)
        renderers.extend(config)
        config.extra_css = list(dict.fromkeys(config.extra_css))  # some plugins add to it each time
        there = [each for each in watched(config) if Path(each).exists()]
        config.watch += [each for each in there if each not in config.watch]
        return theme.add(config)

    def _report(self, editions: Editions, config: MkDocsConfig) -> None:
        """Log what is wrong with pages and catalogs. Raises SettingsError."""
        if problem := needs.unsafe_target(config):
            raise SettingsError(problem)
        pages.report(editions, config)
        for problem in filter(None, self._collisions.values()):
            log.warning(problem)

    @event_priority(i18n.BEFORE)
    def _announce(self, files: Files, *, config: MkDocsConfig) -> None:
        state, editions = self.state, self.state.editions
        others = generated.files_by_path(files, editions.handbook, config)
        editions.handbook.generated_paths = others.keys()
        self._settle_nav(others, config)
        state.edit_links = generated.take_edit_links(files, editions, config)
        state.generated, problems = generated.take(files, editions, config)
        editions.take_generated(generated.texts(state.generated))
        pages.announce(files, editions, config)
        generated.announce(files, state.generated, config)
        redirects.hide(files)
        state.unsorted = pages.set_aside(files, config)
        self._tell([*problems, *self._without_dead_entries(config)])

    def _settle_nav(self, others: Mapping[str, File], config: MkDocsConfig) -> None:
        """Have plugins read the navigation, if it may be in files that others have just made."""
        try:
            self._tell(navfiles.settle_again(others, config, read_written(root(config))))
        except SettingsError as error:
            raise PluginError(str(error)) from None

    def _without_dead_entries(self, config: MkDocsConfig) -> list[Problem]:
        """Take out of the navigation what leads nowhere; return what is wrong with it."""
        editions = self.state.editions
        left_out = editions.handbook.unusable() | self._collisions.keys()
        config.nav = pages.respelled(config.nav, editions)
        problems = list(pages.nav_problems(config, editions, left_out))
        config.nav = pages.without(config.nav, left_out | pages.not_there(config, editions))
        return problems if self.state.language == i18n.default(config) else []

    def _tell(self, problems: Iterable[Problem]) -> None:
        """Log problems, each with the first language that has it."""
        for problem in problems:
            if problem not in self._told:
                self._told.add(problem)
                log.warning(problem)

    @event_priority(_LATE)
    def _fill(self, files: Files, *, config: MkDocsConfig) -> None:
        for file in files.documentation_pages():
            if places.split(file.src_uri)[1] in self.state.generated:
                generated.fill(file, self.state.generated, self.state.editions)
            else:
                pages.fill(file, self.state.editions, self.state.edit_links)
        for file in self.state.unsorted:
            files.append(file)
        pages.share_defaults(self.state.language, config)

    on_files = CombinedEvent(_announce, _fill)
    """Add the pages of every language before static-i18n sorts them, and their text afterwards."""

    @event_priority(_LATE)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Assign icons to sections by their English titles, then translate these titles."""
        generated.refuse_late(files, self.state.editions, config)
        self.state.nav, self.state.files = nav, files
        self.state.renderings = keeping.renderings(self.state, config, files)
        self.state.contents = keeping.contents(self.state, config, files)
        self.state.catalogs = keeping.catalogs(self.state)
        for item in nav.items:  # without `nav`, MkDocs takes the folder of a language for a section
            item.parent = None
        home = files.get_file_from_path(f"{self.state.language}/{places.HOME}")
        if home and not nav.homepage:
            nav.homepage = home.page
        self.state.icons = icons.assign(nav, self.config.icons)
        self.state.labels = sitetexts.labels(nav)
        self.state.sections = tuple(sitetexts.sections(nav))
        sitetexts.translate_sections(nav, self.state.say)

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> None:
        """Check the front matter of a page, and give the first page of a section its icon."""
        leaf = self.state.leaf(page)
        find = addresses.finder(page.file.src_uri, self.state.editions, config, files)
        config.mdx_configs["handbook.press.markdown.addresses"] = {"find": find}
        pages.wrap_render(page, leaf, self.state.renderings)
        url, name = page.edit_url or "", page.file.edit_uri or ""
        page.edit_url = forge.written(url, name) or None  # MkDocs leaves a name as it is
        text = leaf.source.read_text()
        for problem in front.clean(page.meta, text, leaf.file, config.theme.dirs):
            log.warning(problem)
        states = {
            *keydocuments.STATUSES,
            *keydocuments.OF_MATERIAL,
            *(config.extra.get("status") or ()),
        }
        for problem in front.misspelt(page.meta, text, leaf.file, states):
            log.warning(problem)
        self._name_unknown(text, leaf)
        if icon := self.state.icons.get(page.file.src_uri):
            page.meta.setdefault("icon", icon)

    def _name_unknown(self, text: str, leaf: Leaf) -> None:
        """Warn of each key of front matter that nothing reads, where a build first meets it."""
        keys = self.state.editions.handbook.settings.keys
        known = {*self.config.meta, *(each.partition(".")[0] for each in keys)}
        for key, problem in front.unknown(text, leaf.file, known):
            if self._unknown.setdefault(key, leaf.path) == leaf.path:
                log.warning(problem)

    def _assign_numbers(self, content: tree.Element, leaf: Leaf) -> None:
        """Note the numbers of a page's passages on their elements."""
        editions = self.state.editions
        if render := editions.handbook.render:
            numbers.assign(content, editions.layout(leaf.path), leaf, render)

    def _fill_state(self, content: tree.Element, page: Page, config: MkDocsConfig) -> None:
        """Put the state of all translations where a page asks for it; titles in its language."""
        leaf, editions = self.state.leaf(page), self.state.editions

        def titled(path: str, url: str) -> tree.Element:
            title, language = editions.title(path, leaf.language)
            return status.linked(get_relative_url(url, page.url), title, language, leaf)

        def link(path: str) -> tree.Element:
            return titled(path, places.address(path, leaf.language, config))

        def opening(path: str, language: str) -> tree.Element:
            to = titled(path, catalogpage.opened(path, language, config))
            to.set("hreflang", editions.handbook.records[language].tag)  # no page of a book
            return to

        status.fill(content, leaf, lambda: self.state.overview, link=link, opening=opening)

    def _glossary(self, leaf: Leaf) -> segments.Page | None:
        """Return the source of a page if it is the glossary."""
        handbook = self.state.editions.handbook
        return handbook.read(leaf.source) if leaf.path == handbook.settings.glossary else None

    @event_priority(_LATE)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Change the HTML of a page, or take what was made of the same at the last build."""
        state, leaf, uri = self.state, self.state.leaf(page), page.file.src_uri
        if not leaf.is_available:
            index.exclude(page)

        def make() -> Content:
            return self._content(html, page, config, files)

        if status.is_asked_for(html):  # depends on all other pages
            made = make()
        else:
            made_from = keeping.made_from(html, page, leaf, state)
            around = gathering.made_from(html, state)
            made = state.contents.find_or_make(uri, (*made_from, *around), make)
        rendered.retitle(page, made.titles)
        state.terms[uri], state.sought[uri] = made.terms, (made.sections, made.numbered)
        page.present_anchor_ids = {*(page.present_anchor_ids or ()), *made.anchors}
        return made.html

    def _content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> Content:
        """Label text that is not current, draw diagrams, link terms, number paragraphs.

        What this reads besides the page is named in `keeping`.
        """
        leaf = self.state.leaf(page)
        content = tree.parse(characters.clean(html, leaf))
        addresses.report(content, leaf)
        addresses.resolve(content, page.url, self.state.editions, config)
        source_url = places.address(leaf.path, leaf.source.language, config)
        embedded.readdress(content, page.file, source_url, files)
        self._assign_numbers(content, leaf)
        sorting.put_in_order(content, leaf, self._glossary(leaf))
        outdated.keep_notes_with_words(content)
        titles = outdated.current_titles(content) if leaf.is_available else {}
        is_key = is_key_document(page)
        outdated.label(content, leaf, is_key_document=is_key)
        diagrams.place(content, leaf, caches.folder(root(config), "drawings"))
        linked = terms.mark(content, page, self.state, files)
        self._fill_state(content, page, config)
        gathering.fill(content, page, self.state)
        emphasis.classify(content, leaf.record)
        (tables.lay_out_form if page.meta.get("sheet") else tables.lay_out)(content)
        numbered = index.Numbered(
            self.state.editions.layout(leaf.path).counts,
            numbers.beginnings(content) if is_key else (),
        )
        found = sections.cut(content, titles)
        made = numbers.show(content, is_key_document=is_key)
        return Content(tree.html(content), titles, linked, found, numbered, list(made))

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Write what is made of all pages of the language: search index, redirects, feed, books."""
        theme.lay_beneath(env, config)
        self._teach(env)
        state, found = self.state, list(self.state.pages())
        self._write_index(found, config)
        history = partial(histories.address, self._histories, config=config)
        redirects.write(state, env, history, config)
        if state.language == i18n.default(config):
            published.write_versions(state, found, config)
            published.write_status(state, config)
        lately = histories.write(self._histories, state, config) if self._histories else []
        self._offer_catalogs(env, config)
        env.globals["feed"] = published.write_feed(state, found, history, lately, config)
        if options.are_books_wanted(self.config, state.language) and not self.is_preview:
            # Slow to import, and an update makes no books.
            from handbook.press.plugin import bookshelf

            state.downloads = bookshelf.write(state, config)
        terms.list_pages(state)  # after the books, which have their own index
        if not self.is_preview:  # which makes pages again, one by one
            state.is_finishing = finished.keep(env, state, config, self._finished)

    def _write_index(self, found: Sequence[Page], config: MkDocsConfig) -> None:
        """Write the search index of the language, in the place of MkDocs' own."""
        state = self.state
        index.write(
            Path(config.site_dir),
            state.record,
            [(page, state.leaf(page), *state.sought.pop(page.file.src_uri)) for page in found],
            index.terms(state.editions, state.language),
            keeping.near(state),
        )
        for page in found:
            index.exclude(page)

    def _offer_catalogs(self, env: Environment, config: MkDocsConfig) -> None:
        """Write the page that opens catalogs in the browser, and these."""
        named = self.config.help, self.config.without_account
        own, others = (context.guide(each, self.state, config) for each in named)
        catalogpage.write(self.state, env, config, help_url=own, without_account=others or own)

    def _teach(self, env: Environment) -> None:
        """Give templates our filters and variables; their values are already escaped for HTML."""
        state = self.state
        material.teach(env, state.record, state.say)
        # Given the context, Jinja does not call them once for all when it compiles a template.
        env.filters["translated"] = context.translating(state.editions.say, state.language)
        env.filters["with_own_search"] = pass_context(
            lambda _, settings: index.with_own_engine(settings, state.language)
        )
        env.globals["standing"] = escape(state.standing)
        env.globals["search_index"] = index.file(state.language)
        env.globals["glossary"] = terms.glossary_page(state)
        env.globals["is_offline"] = self.state.options.offline

    def on_page_context(
        self, context_: Any, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> Any:
        """Add our variables to those of a page's template."""
        memory.make_room(page.content or "")
        given = context.of_page(page, self.state, config, help_page=self.config.help)
        leaf = self.state.leaf(page)
        given |= catalogpage.of_page(leaf, config)
        return context_ | given | histories.of_page(self._histories, leaf, config)

    def on_pre_template(
        self, template: Template, *, template_name: str, config: MkDocsConfig
    ) -> Template:
        """Tell a template of `extra_templates` its file, to name it if it raises an exception."""
        if template.filename in (None, "<template>"):  # read from a text
            template.filename = str(Path(config.docs_dir, template_name))
        return template

    def on_template_context(
        self, context_: Any, *, template_name: str, config: MkDocsConfig
    ) -> Any:
        """Add our variables to those of a site template, such as 404.html."""
        return context_ | context.of_template(template_name, self.state.editions, config)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Repair the HTML of a finished page, and declare its language, where that is not done."""
        return output if self.state.is_finishing else self._finished(output, page)

    def _finished(self, output: str, page: Page) -> str:
        return context.declare_language(self._repaired(output), self.state.leaf(page))

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Repair the output of a site template; put error pages into their language's folder."""
        if template_name.endswith(".html"):
            output = self._repaired(output)
        return context.put_error_page(output, template_name, config)

    @event_priority(i18n.BEFORE)
    def _put_inventory(self, *, config: MkDocsConfig) -> None:
        self._inventory = references.put_inventory(config, self._inventory)

    @event_priority(_LATE)
    def _finish(self, *, config: MkDocsConfig) -> None:
        index.clear(Path(config.site_dir))
        offline.write(config, offered=self.state.options.offline)
        if i18n.is_whole(config):
            caches.forget()
        if i18n.is_whole(config) and not self.is_preview:
            delete_unused(Kept.used)
            Kept.used.clear()

    on_post_build = CombinedEvent(_put_inventory, _finish)
    """Finish a language: remove Material's empty search index, write offline files; then a site."""

    @event_priority(_LATE)
    def on_build_error(self, *, error: Exception) -> None:
        """Tell what ended a build in a line, and not in a traceback."""
        excepthook.end_build(error)

    def _repaired(self, output: str) -> str:
        repaired = repairs.mend(output, self.state.say)
        return phrases.part(repaired, self.state.record.phrases)


def watched(config: MkDocsConfig) -> list[str]:
    """Return the folders that a live preview must watch, besides pages and mkdocs.yml."""
    folders = (root(config) / "translations", root(config) / "languages", theme.FOLDER)
    return list(map(str, folders))


def of(config: MkDocsConfig) -> Plugin:
    """Return the plugin of a configuration. Raises SettingsError if mkdocs.yml has no bitext."""
    plugin = config.plugins.get("bitext")
    if not isinstance(plugin, Plugin):
        raise SettingsError(Problem(MKDOCS, 1, f"has no plugin bitext; {needs.PLUGINS}"))
    return plugin


def open_editions(root: Path) -> Editions:
    """Open the handbook in `root` in all its languages. Raises SettingsError."""
    config = load(root)
    return of(config).editions(config)
