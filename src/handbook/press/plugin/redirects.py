"""Lead readers from the addresses that pages had before to those they have now.

A redirect is a page of its own at the old address, in each language: no server has to know of it.
The map of the site and the search index do not list it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.utils import get_relative_url, write_file

from handbook.bitext.changes import adoptions
from handbook.bitext.project import redirects
from handbook.press.core import places
from handbook.press.core.editions import Leaf
from handbook.press.core.tree import plain
from handbook.press.plugin import histories
from handbook.press.plugin.state import State

_TEMPLATE = "redirect.html"


def hide(files: Files) -> None:
    """Remove the lists of redirects and of adoptions from the files of the site."""
    for file in [each for each in files if each.src_uri in (redirects.FILE, adoptions.FILE)]:
        files.remove(file)


def write(
    state: State, env: Environment, history: Callable[[Leaf], str], config: MkDocsConfig
) -> None:
    """Write the redirects of the language into the site, before its pages are written.

    Those of histories too; `history` returns the address of one from the root of the site.
    """
    for old, new in state.editions.handbook.redirects.items():
        path, mark, heading = new.partition("#")
        if state.editions.has(path):
            variables = {**_variables(state, old, path, config), "anchor": mark + heading}
            _write(places.file(old, state.language, config), env, variables, config)
            if there := history(state.editions.leaf(path, state.language)):
                here = histories.place(old, state.language, config)
                target = {"target": get_relative_url(there, quote(here)), "anchor": ""}
                canonical = {"canonical": urljoin(config.site_url or "", there)}
                _write(here, env, {**variables, **canonical, **target}, config)


def _write(file: str, env: Environment, variables: Mapping[str, Any], config: MkDocsConfig) -> None:
    page = env.get_template(_TEMPLATE).render(variables)
    write_file(page.encode(), str(Path(config.site_dir, file)))


def _variables(state: State, old: str, new: str, config: MkDocsConfig) -> dict[str, Any]:
    """Return the variables for the template that leads from an old path of a page to the new."""
    leaf = state.editions.leaf(new, state.language)
    record = leaf.record if leaf.is_available else leaf.source_record
    spoken = {
        each.language: each.address for each in places.alternates(new, state.editions, config)
    }
    file = state.files.get_file_from_path(f"{state.language}/{new}")
    title = file.page.title if file and file.page else ""
    here, there = (places.address(path, state.language, config) for path in (old, new))
    return {
        "language": record.tag,
        "direction": record.direction,
        "title": escape(plain(title or new)),
        "canonical": spoken[state.language if leaf.is_available else leaf.source.language],
        "target": get_relative_url(there, here),
    }
