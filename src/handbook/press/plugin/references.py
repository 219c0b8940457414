"""Let the plugin autorefs, and so mkdocstrings, begin anew with each language.

It remembers where each heading is, from build to build: in the second language that `mkdocs build`
makes, each would be in two places, and every reference to it a warning.
"""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig

_KEPT = (
    "_primary_url_map",
    "_secondary_url_map",
    "_title_map",
    "_breadcrumbs_map",
    "_backlinks",
)
"""What it remembers of pages; other attributes are of settings, or of other sites."""


def forget(config: MkDocsConfig) -> None:
    """Forget the headings of the language that was built before, if there is one."""
    plugin = config.plugins.get("autorefs")
    for name in _KEPT:
        kept = getattr(plugin, name, None)
        if isinstance(kept, dict):
            kept.clear()
