"""Renderers of Markdown, to hand to `bitext`: what a page becomes, before any hook or theme."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from html import escape
from typing import Any

import markdown
from mkdocs.config.defaults import MkDocsConfig

Renderer = Callable[[str], str]

# The dialect as a whole, for pages that come without a mkdocs.yml.
_ALL = (
    "abbr admonition attr_list def_list footnotes md_in_html tables toc"
    " pymdownx.arithmatex pymdownx.betterem pymdownx.blocks.admonition pymdownx.blocks.caption"
    " pymdownx.blocks.definition pymdownx.blocks.details pymdownx.blocks.html"
    " pymdownx.blocks.tab pymdownx.caret pymdownx.critic pymdownx.details pymdownx.emoji"
    " pymdownx.inlinehilite pymdownx.keys pymdownx.magiclink pymdownx.mark pymdownx.smartsymbols"
    " pymdownx.superfences pymdownx.tabbed pymdownx.tasklist pymdownx.tilde"
).split()


def _unhighlighted(source: str, *_: Any, **__: Any) -> str:
    """Code as it is: to see that a translation leaves it alone, no colors are needed."""
    return f"<pre><code>{escape(source)}</code></pre>"


def _any_option(*_: Any) -> bool:
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
    """A function from the text of a page, without front matter, to HTML.

    What it has rendered it remembers: a source page is asked for once a language.
    """
    converter = markdown.Markdown(extensions=extensions, extension_configs=options)

    @lru_cache(maxsize=512)
    def render(text: str) -> str:
        converter.reset()
        try:
            return converter.convert(text)
        except Exception:  # any extension's; as code, nothing on the page may change
            return f"<pre>{escape(text)}</pre>"

    return render


def whole() -> Renderer:
    """A renderer of the whole dialect."""
    return renderer(list(_ALL), _OPTIONS)


_NEEDED = ("attr_list", "press.markdown.addresses", "press.markdown.unmarked")
"""`attr_list` gives translated headings the ids of their source. The last extension must come
behind all others; it saves a fifth of the time."""


def extend(config: MkDocsConfig) -> None:
    """Add the extensions that this package needs to those of a mkdocs.yml."""
    config.markdown_extensions += [
        each for each in _NEEDED if each not in config.markdown_extensions
    ]


def of(config: MkDocsConfig) -> Renderer:
    """A renderer with the extensions of a mkdocs.yml, and those that this package needs."""
    extend(config)
    return renderer(list(config.markdown_extensions), dict(config.mdx_configs))
