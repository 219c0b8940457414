"""Let the plugins autorefs and mkdocstrings begin anew with each language.

The first remembers where each heading is, from build to build: in the second language that
`mkdocs build` makes, each would be in two places, and every reference to it a warning. The other
writes its list of objects to the same place in each.
"""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import write_file

from handbook.press.core import i18n, places

_KEPT = (
    "_primary_url_map",
    "_secondary_url_map",
    "_title_map",
    "_breadcrumbs_map",
    "_backlinks",
)
"""What autorefs remembers of pages; other attributes are of settings, or of other sites."""

_INVENTORY = "objects.inv"
"""Where mkdocstrings writes what other sites link to by name."""


def forget(config: MkDocsConfig) -> None:
    """Forget the headings of the language that was built before, if there is one."""
    plugin = config.plugins.get("autorefs")
    for name in _KEPT:
        kept = getattr(plugin, name, None)
        if isinstance(kept, dict):
            kept.clear()


def put_inventory(config: MkDocsConfig, first: bytes | None) -> bytes | None:
    """Put the list of objects of a language into its folder, for other sites.

    `first` is that of the default language, which stays at the root; returned as soon as known.
    """
    file = Path(config.site_dir, _INVENTORY)
    if not file.is_file():
        return first
    content, language = file.read_bytes(), i18n.current(config)
    if language == i18n.default(config):
        return content
    write_file(content, str(Path(config.site_dir, places.within(language, _INVENTORY, config))))
    if first is None:
        file.unlink()
    else:
        file.write_bytes(first)
    return first
