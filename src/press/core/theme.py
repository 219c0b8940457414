"""The theme of this package: templates, styles and scripts on top of Material's."""

from importlib.resources import files
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from press.core import i18n

FOLDER = Path(str(files("press") / "theme"))
"""Where its templates and `assets/` are."""


def add(config: MkDocsConfig) -> MkDocsConfig:
    """Put the theme before Material's and behind the site's own `custom_dir`.

    mkdocs-static-i18n has put a sitemap of its own before all of them; ours replaces it.
    """
    custom = config.theme.custom_dir
    others = [
        folder
        for folder in config.theme.dirs
        if folder not in (custom, str(FOLDER)) and not i18n.is_sitemap(folder)
    ]
    config.theme.dirs[:] = [*([custom] if custom else []), str(FOLDER), *others]
    config.theme.static_templates.add("503.html")
    return config
