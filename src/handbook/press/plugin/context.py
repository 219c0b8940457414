"""Give templates their variables, and correct the language of finished pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import pass_context
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.utils import is_error_template, write_file

from handbook.bitext.project.pages import site_catalog
from handbook.press.core import i18n, places
from handbook.press.core.editions import Editions, Leaf, Say
from handbook.press.core.tree import plain
from handbook.press.frame import foot, forge, sharing
from handbook.press.plugin.state import State, is_key_document

_FURNITURE = (
    '<header class="md-header',
    '<div class="md-sidebar ',
    '<aside class="notice"',
    '<aside class="tools"',
    '<div class="passages"',
    '<div class="since"',
    '<div class="menu',
    '<form class="correct"',
    '<aside class="foot"',
    '<footer class="md-footer',
)
"""The start tags of the elements around a page's own text."""


def translating(say: Callable[[str], Say], language: str) -> Callable[..., Markup]:
    """Return the filter of templates that translates into a language, and escapes for HTML."""

    @lru_cache(maxsize=None, typed=True)  # else 1.0 on a page would be written as 1 on another
    def said(message: str, to: str) -> Markup:
        return escape(say(to)(message))

    return pass_context(lambda _, message, to=language: said(message, to))


def of_page(page: Page, state: State, config: MkDocsConfig, *, help_page: str) -> dict[str, Any]:
    """Return the variables for a page's template.

    A page without any text in its language gets its source page as canonical URL.
    """
    leaf, frame = state.leaf(page), state.frame(page)
    alternates = places.alternates(leaf.path, state.editions, config)
    address = {each.language: each.address for each in alternates}
    if not leaf.is_available:
        page.canonical_url = address[leaf.source.language]
    terms = state.terms.get(page.file.src_uri, ())
    return {
        "alternates": alternates,
        "available": leaf.is_available,
        "generated": leaf.is_generated,
        "home": leaf.path == places.HOME,
        "notice": frame.notice,
        "foot": frame.foot,
        "passages": _passages(page, state),
        "former": [
            places.address(each, leaf.language, config)
            for each in state.editions.handbook.former_paths(leaf.path)
        ],
        "written": leaf.translation is None or leaf.is_generated,
        "needs_review": leaf.needs_review,
        "repository": forge.repository(config.edit_uri or ""),
        "menus": _menus(page, state),
        "labels": tuple(_labels(page, state)),
        "tools": sharing.tools(
            leaf,
            page.title or "",
            address[leaf.language],
            config,
            state.options.report,
            state.downloads.get(leaf.path, ()),
        ),
        "help": guide(help_page, state, config),
        "definitions": [state.glossary.entries[key] for key in terms],
    }


def _passages(page: Page, state: State) -> dict[str, str]:
    """Return what the paragraphs of a page need to be quoted, found again and corrected."""
    leaf, edit, report = state.leaf(page), page.edit_url or "", state.options.report
    version = state.version(leaf)
    found = {
        "path": leaf.path,
        "file": leaf.file,
        "revision": version.revision,
        "source": forge.source(edit),
        "issue": forge.issue(edit),
        "mail": sharing.correction(report),
    }
    if is_key_document(page):
        found["version"] = version.revision
        found["quoted"] = foot.quoted(leaf, plain(page.title), version)
    return found


def _menus(page: Page, state: State) -> str:
    """Return the URL to edit the translations of menus and buttons; "" if they are no file."""
    name = site_catalog(state.language)
    is_there = (state.editions.handbook.root / name).is_file()
    return edit_url(page, name) if is_there else ""


class Label(NamedTuple):
    """A name in the navigation."""

    shown: str
    file: str
    source: str
    """The URL of the line of the file where it is written."""


def _labels(page: Page, state: State) -> Iterator[Label]:
    """Yield the names that lead to a page in the navigation; none where the host is unknown."""
    for label in state.labels.get(page.file.src_uri, ()):
        name, line = state.label_places[label]
        if source := forge.source(edit_url(page, name)):
            yield Label(state.editions.say(state.language)(label), name, f"{source}#L{line}")


def edit_url(page: Page, name: str) -> str:
    """Return the URL to edit a file of the repository, by that of a page; "" if it is unknown."""
    own = forge.path(str(page.file.edit_uri or ""))
    is_known = page.edit_url and page.edit_url.endswith(own)
    return str(page.edit_url).removesuffix(own) + forge.path(name) if is_known else ""


def guide(named: str, state: State, config: MkDocsConfig) -> str:
    """Return the URL of the page that an option names, or of a heading there; "" if it is none."""
    path, mark, heading = named.partition("#")
    is_page = path in state.editions.sources
    return places.address(path, state.language, config) + mark + heading if is_page else ""


def of_template(template: str, editions: Editions, config: MkDocsConfig) -> dict[str, Any]:
    """Return the variables for a site template: home pages (errors) or pages (sitemap.xml)."""
    if is_error_template(template):
        return {"alternates": places.alternates(places.HOME, editions, config)}
    if template == "sitemap.xml":
        pages = (places.alternates(path, editions, config) for path in sorted(editions.paths))
        return {"pages": [[each for each in page if each.translated] for page in pages]}
    return {}


def put_error_page(output: str, template: str, config: MkDocsConfig) -> str:
    """Write an error page into its language's folder; MkDocs has only one place for it."""
    language = i18n.current(config)
    if not is_error_template(template) or language == i18n.default(config):
        return output
    file = Path(config.site_dir, places.within(language, template, config))
    write_file(output.encode(), str(file))
    return ""  # MkDocs does not write an empty page


def declare_language(output: str, leaf: Leaf) -> str:
    """Set `<html lang>` of a page that is not translated to the language of its source."""
    if leaf.is_available:
        return output
    output = output.replace(
        f'<html lang="{leaf.record.tag}"', f'<html lang="{leaf.source_record.tag}"', 1
    )
    for tag in _FURNITURE:
        element, attributes = tag.split(" ", 1)
        output = output.replace(tag, f'{element} lang="{leaf.record.tag}" {attributes}')
    return output
