"""The plugin's options: what mkdocs.yml says below `plugins: bitext:`."""

from __future__ import annotations

import re
from typing import NamedTuple

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig

from bitext.files import read
from press.core.config import root
from press.core.log import log
from press.frame import offline, sharing


class Options(Config):  # type: ignore[no-untyped-call]  # of MkDocs
    """Each has a default: `plugins: [search, i18n, bitext]` is enough."""

    standing = c.Type(str, default="")
    """For whom the site speaks: in the foot of each page and the imprint of each book."""
    help = c.Type(str, default="")
    """The path of the page that tells how to help with translations."""
    icons = c.Type(dict, default={})
    """Icons of the sections, by their titles in `nav`."""
    books = c.Optional(c.Type(bool))
    """Whether PDF and EPUB are made with the site; they are unless this is false."""
    offline = c.Optional(c.Type((bool, str, int, list, dict)))
    """Whether visited pages stay readable without a connection."""
    report = c.Optional(c.Type((str, list, dict)))
    """Where mistakes are reported: mailto: and an address, or the https: address of a form."""


class Checked(NamedTuple):
    """Options that were checked once for all languages."""

    report: str
    """The address that takes reports of mistakes, or ""."""
    offline: bool
    """Whether browsers are offered to keep pages."""


def check(options: Options, config: MkDocsConfig) -> Checked:
    """Check what MkDocs cannot. Warns of wrong values; the site is built without them."""
    wanted = _is_offline_wanted(options, config)
    return Checked(_report_address(options, config), wanted and offline.can_be_offered(config))


def _report_address(options: Options, config: MkDocsConfig) -> str:
    given = options.report or ""
    if not given or (isinstance(given, str) and sharing.is_report_address(given)):
        return str(given)
    place = _place("report", config)
    log.warning('%s: "report: %s" is no address; %s', place, given, sharing.REPORT_CURE)
    return ""


def _is_offline_wanted(options: Options, config: MkDocsConfig) -> bool:
    if options.offline is not None and not isinstance(options.offline, bool):
        place = _place("offline", config)
        log.warning('%s: "offline: %s" is no answer; write true or false', place, options.offline)
    return options.offline is True


def _place(key: str, config: MkDocsConfig) -> str:
    """The line of mkdocs.yml that holds an option of the plugin."""
    text = read(root(config) / "mkdocs.yml", "mkdocs.yml")
    found = re.search(rf"\b{key}\s*:", text) if isinstance(text, str) else None
    return f"mkdocs.yml:{found.string.count(chr(10), 0, found.start()) + 1 if found else 1}"
