"""Keep finished pages: what templates and repairs have made of a page and all that surrounds it.

That is everything which the templates of Material and of this package can see. Those of a site may
look at anything else, and so may what other plugins and hooks give them: there nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, Template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from handbook.press.core import caches, i18n, theme
from handbook.press.core.kept import Kept, in_text
from handbook.press.plugin import handlers
from handbook.press.plugin.state import State

_KNOWN = frozenset(["bitext", "i18n", "search", "material/search"])
"""The plugins whose variables for templates are known, by their names in mkdocs.yml."""
_APART = frozenset(["build_date_utc", "config", "nav", "page", "pages"])
"""Variables of a page's template that are looked at by themselves, or not at all."""
_NOT_SHOWN = frozenset(
    """config_file_path docs_dir hooks markdown_extensions mdx_configs plugins site_dir
    theme watch""".split()
)
"""Settings that no template shows, or that are looked at by themselves."""


Finish = Callable[[str, Page], str]
"""What is done with a page that its template has made."""


def keep(env: Environment, state: State, config: MkDocsConfig, finish: Finish) -> bool:
    """Let `env` return pages as they were finished at the last build, where nothing has changed.

    Tell whether it finishes them: not where another plugin may want them as templates make them.
    """
    origins = {*handlers.origins("env", config), *handlers.origins("page_context", config)}
    folder = caches.folder(state.editions.handbook.root, "finished")
    if not (origins <= _KNOWN and theme.has_known_templates(config)):
        Kept(folder, ())  # so that what is there is deleted, as nothing of it is used
        return False
    is_finishing = _KNOWN.issuperset(handlers.origins("post_page", config))
    kept = Kept(folder, (str(is_finishing), *_around(env, state, config)))
    env.template_class = _template(kept, finish if is_finishing else lambda output, _: output)
    return is_finishing


def _template(kept: Kept, finish: Finish) -> type[Template]:
    """Return the class of templates whose pages are kept."""

    class Finishing(Template):
        """A template that remembers the pages it has made."""

        def render(self, *given: Any, **named: Any) -> str:
            context = dict(*given, **named)
            page = context.get("page")
            if not isinstance(page, Page):
                return super().render(context)
            make, made_from = super().render, (str(self.name), *_made_from(page, context))
            return kept.find_or_make(
                page.file.src_uri, made_from, lambda: finish(make(context), page)
            )

    return Finishing


def _around(env: Environment, state: State, config: MkDocsConfig) -> Iterator[str]:
    """Yield what the templates of all pages of a language can see."""
    shown = {key: value for key, value in config.items() if key not in _NOT_SHOWN}
    yield in_text(shown)
    yield in_text(config.theme)
    yield in_text(
        {name: config.plugins[name].config for name in config.plugins if "search" in name}
    )
    yield repr((list(config.plugins), config.mdx_configs.get("toc", {}).get("title")))
    for language in i18n.names(config):  # pages offer themselves in all languages
        yield in_text(state.editions.edition(language).words)
    yield repr((state.standing, state.options, env.globals.get("feed"), *state.settings))
    yield from _items(state.nav)
    for page in state.pages():
        yield repr((page.url, page.title, page.is_homepage)) + in_text(page.meta)
    for icon in sorted(Path(config.theme.custom_dir or ".").glob(".icons/**/*.svg")):
        if icon.is_file():  # and not a link to nothing
            yield f"{icon} {icon.read_text('utf-8', 'surrogateescape')}"


def _items(nav: Navigation) -> Iterator[str]:
    """Yield all entries of the navigation, and how they hang together."""
    left = list(nav.items)
    while left:
        item = left.pop()
        yield repr((type(item).__name__, item.title, getattr(item, "url", ""), len(left)))
        left += item.children or [] if isinstance(item, Section) else []


def _made_from(page: Page, context: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the template of one page can see, besides what that of all pages can."""
    yield repr(sorted((key, value) for key, value in context.items() if key not in _APART))
    around = (*page.ancestors, page.previous_page, page.next_page)
    yield repr([(each and each.title, getattr(each, "url", "")) for each in around])
    yield repr((page.title, page.url, page.canonical_url, page.edit_url, page.is_homepage))
    yield in_text(page.meta)
    yield str(page.toc)
    yield page.content or ""
