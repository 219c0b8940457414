"""Renderers of Markdown for `bitext`: from a page's text to HTML, without hooks and theme."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from html import escape
from typing import Any

import markdown
from mkdocs.config.defaults import MkDocsConfig

Renderer = Callable[[str], str]

# All extensions of the Markdown dialect, for pages that have no mkdocs.yml.
_ALL = (
    "abbr admonition attr_list def_list footnotes md_in_html tables toc"
    " pymdownx.arithmatex pymdownx.betterem pymdownx.blocks.admonition pymdownx.blocks.caption"
    " pymdownx.blocks.definition pymdownx.blocks.details pymdownx.blocks.html"
    " pymdownx.blocks.tab pymdownx.caret pymdownx.critic pymdownx.details pymdownx.emoji"
    " pymdownx.inlinehilite pymdownx.keys pymdownx.magiclink pymdownx.mark pymdownx.smartsymbols"
    " pymdownx.superfences pymdownx.tabbed pymdownx.tasklist pymdownx.tilde"
).split()


def _unhighlighted(source: str, *_: Any, **__: Any) -> str:
    """Return code without highlighting: checking that a translation keeps it needs no colors."""
    return f"<pre><code>{escape(source)}</code></pre>"


def _any_option(*_: Any) -> bool:
    """Accept all options of a fence."""
    return True


_OPTIONS: dict[str, dict[str, Any]] = {
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.superfences": {
        "custom_fences": [
            {"name": "*", "class": "", "format": _unhighlighted, "validator": _any_option}
        ]
    },
}


def renderer(extensions: list[str], options: dict[str, dict[str, Any]]) -> Renderer:
    """Return a function that renders the text of a page, without front matter, to HTML.

    It caches its last results: a page is often rendered again while it is compared or edited.
    """
    converter = _converter(extensions, options)

    @lru_cache(maxsize=16)  # of long pages, hundreds would take more memory than all else
    def render(text: str) -> str:
        converter.reset()
        try:
            return converter.convert(text)
        except Exception:  # from any extension; shown as code, nothing on the page may change
            return f"<pre>{escape(text)}</pre>"

    return render


def _converter(extensions: list[str], options: dict[str, dict[str, Any]]) -> markdown.Markdown:
    """Return a converter with the extensions that render a text outside of MkDocs.

    Some ask for what MkDocs adds to a page, as Material's previews do, and raise without it: every
    page would be shown as code, and every translation be refused.
    """
    made = markdown.Markdown(extensions=extensions, extension_configs=options)
    if _renders(made):
        return made
    kept: list[str] = []
    for each in extensions:
        tried = markdown.Markdown(extensions=[*kept, each], extension_configs=options)
        kept += [each] * _renders(tried)
    return markdown.Markdown(extensions=kept, extension_configs=options)


def _renders(converter: markdown.Markdown) -> bool:
    """Tell whether a converter makes something of a text without markup."""
    try:
        return bool(converter.convert("x"))
    except Exception:  # from any extension
        return False


@cache
def whole() -> Renderer:
    """Return a renderer with all extensions of the dialect, always the same one."""
    return renderer(list(_ALL), _OPTIONS)


_NEEDED = (
    "attr_list",
    "handbook.press.markdown.addresses",
    "handbook.press.markdown.sorting",
    "handbook.press.markdown.unmarked",
)
"""The extensions that this package needs. `attr_list` gives translated headings the ids of their
source. The last extension must come after all others; it saves a third of the time."""


def extend(config: MkDocsConfig) -> None:
    """Add the extensions that this package needs to the configuration."""
    config.markdown_extensions += [
        each for each in _NEEDED if each not in config.markdown_extensions
    ]


def of(config: MkDocsConfig) -> Renderer:
    """Return a renderer with the extensions of a mkdocs.yml and those that this package needs."""
    extend(config)
    return renderer(list(config.markdown_extensions), dict(config.mdx_configs))
