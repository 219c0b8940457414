"""The options of the plugin, set in mkdocs.yml below `plugins: bitext:`, and their check.

The last of the three checks of mkdocs.yml that `core/config.py` names: with the theme and the files
of the site at hand, also of settings that are not the plugin's, such as icons and logos.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from pathspec import GitIgnoreSpec

from handbook.bitext.files import is_file
from handbook.bitext.problem import Problem
from handbook.press.core import i18n, theme
from handbook.press.core.config import root
from handbook.press.core.log import log
from handbook.press.core.written import read_written
from handbook.press.frame import offline, sharing
from handbook.press.plugin import front


class Options(Config):  # type: ignore[no-untyped-call]  # of MkDocs
    """The options of the plugin; all have defaults: `plugins: [search, i18n, bitext]` is enough."""

    standing = c.Type(str, default="")
    """On whose behalf the site speaks; shown in the foot of each page, the imprint of each book."""
    help = c.Type(str, default="")
    """The path of the page that explains how to help with translations; it may end with `#id`."""
    without_account = c.Type(str, default="")
    """The same for those who have no account: how they give a finished translation back."""
    icons = c.Type(dict, default={})
    """The icon of each section, by its title in `nav`."""
    books = c.Optional(c.Type((bool, str, int, float, list, dict)))
    """Whether PDF and EPUB files are made with the site, or for each language: `{ar: false}`."""
    not_in_books = c.Optional(c.PathSpec())
    """Pages that are on the site and in no book, as patterns such as those of `not_in_nav`."""
    strict_books = c.Type(bool, default=True)
    """Whether a page is left out of print for a character that no font has, a link or picture that
    is nowhere, or a picture without words; with false these alone are left out, the last is
    printed, and all are named as information; so is a document that takes too much to print."""
    marks_are_labels = c.Type(bool, default=False)
    """Whether books print marked words, `==so==`, small in a frame, as labels of what they are
    behind; they are highlighted if not."""
    offline = c.Optional(c.Type((bool, str, int, list, dict)))
    """Whether visited pages can be read offline."""
    meta = c.ListOfItems(c.Type(str), default=[])
    """Keys of front matter that only this site uses; others that are not known are named."""
    report = c.Optional(c.Type((str, list, dict)))
    """Where readers report mistakes: a mailto: URL, or the https: URL of a form."""


class Checked(NamedTuple):
    """The options that need a check, checked once for all languages."""

    report: str
    """The URL for reports of mistakes, or ""."""
    offline: bool
    """Whether visited pages can be read offline."""
    tolerant: bool = False
    """Whether books leave out what cannot be printed, and not the page it is on."""
    not_in_books: GitIgnoreSpec = GitIgnoreSpec.from_lines([])
    """Matches the pages that are in no book."""
    has_labels: bool = False
    """Whether marked words are labels in books."""


def check(options: Options, config: MkDocsConfig) -> Checked:
    """Check option values that MkDocs cannot check; warn of wrong ones and leave them out."""
    wanted = _is_offline_wanted(options, config)
    if fault := _books_fault(options.books, config):
        log.warning(_problem(("books",), f'"books: {options.books}" {fault}', config))
    options.icons = _icons(options.icons, (*_HERE, "icons"), config)
    config.theme["icon"] = _icons(config.theme.get("icon"), ("theme", "icon"), config)
    for key in ("logo", "favicon"):
        given = config.theme.get(key)
        if fault := _picture_fault(given, config):
            log.warning(_at(("theme", key), f'"{key}: {given}" {fault}', config))
    if theme.emblem(config) is None:
        fault = f'"favicon: {config.theme["favicon"]}" is no SVG that can be read; save it again'
        log.warning(_at(("theme", "favicon"), fault, config))
    for template in list(config.extra_templates):
        if not is_file(Path(config.docs_dir, template)):
            config.extra_templates.remove(template)
            fault = f"there is no file {template} in docs; correct the path or take it out"
            log.warning(_at(("extra_templates",), fault, config))
    _check_icons_in(config.theme.get("palette"), ("theme", "palette"), config)
    _check_icons_in(config.extra.get("social"), ("extra", "social"), config)
    _leave_out_extra(config)
    return Checked(
        _report_address(options, config),
        wanted and offline.can_be_offered(config),
        not options.strict_books,
        options.not_in_books or GitIgnoreSpec.from_lines([]),
        options.marks_are_labels,
    )


def _leave_out_extra(config: MkDocsConfig) -> None:
    """Take out of `extra` what the theme has no template for, or would miss a part of; warn."""
    social = config.extra.get("social") or []
    for number, each in reversed(list(enumerate(social))):
        if absent := [key for key in ("icon", "link") if not each.get(key)]:
            fault = f"an entry of social has no {absent[0]}; write icon and link, or take it out"
            log.warning(_at(("extra", "social", number), fault, config))
            del social[number]
    given = config.extra.get("analytics") or {}
    file = f"partials/integrations/analytics/{given.get('provider')}.html"
    if given.get("provider") and not any(Path(each, file).is_file() for each in config.theme.dirs):
        fault = f'"provider: {given["provider"]}" is none that the theme knows; take it out'
        log.warning(_at(("extra", "analytics", "provider"), fault, config))
        del config.extra["analytics"]


def _books_fault(given: Any, config: MkDocsConfig) -> str:
    """Return the fault of `books`, and the cure; "" if there is none."""
    if isinstance(given, dict):
        known = i18n.names(config)
        if strange := [str(each) for each in given if each not in known]:
            return f"names {', '.join(strange)}, and the site has {', '.join(known)}; correct it"
        is_answer = all(isinstance(each, bool) for each in given.values())
    else:
        is_answer = given in (None, "", True, False)  # "": HANDBOOK_BOOKS is there, and empty
    return "" if is_answer else "is not an answer; write true or false, or {ar: false}"


def are_books_wanted(options: Options, language: str) -> bool:
    """Tell whether books are made in a language."""
    given = options.books
    return (given.get(language) if isinstance(given, dict) else given) is not False


def _check_icons_in(given: Any, keys: tuple[str | int, ...], config: MkDocsConfig) -> None:
    """Warn of icons that the theme does not have, in lists and mappings; leave them out."""
    if isinstance(given, list):
        for number, each in enumerate(given):
            _check_icons_in(each, (*keys, number), config)
    elif isinstance(given, dict):
        icon = given.get("icon")
        if icon is not None and not front.is_icon(icon, config.theme.dirs):
            fault = f'"icon: {icon}" is not an icon; {_ICONS}'
            log.warning(_at((*keys, "icon"), fault, config))
            given["icon"] = _NO_ICON
        for key, each in given.items():
            _check_icons_in(each, (*keys, key), config)


_NO_ICON = "material/circle-small"
"""The icon in place of one that is not there, where a template needs one."""


def _icons(given: Any, keys: tuple[str, ...], config: MkDocsConfig) -> dict[str, Any]:
    """Return the icons of a setting that the theme has; warn of others, and leave them out."""
    if given is not None and not isinstance(given, dict):
        fault = f'"{keys[-1]}: {given}" is not a list of names; {_ICONS}'
        log.warning(_at(keys, fault, config))
    kept: dict[str, Any] = {}
    for name, icon in given.items() if isinstance(given, dict) else ():
        if isinstance(icon, dict):
            kept[name] = _icons(icon, (*keys, name), config)
        elif icon is None or front.is_icon(icon, config.theme.dirs):
            kept[name] = icon
        else:
            fault = f'"{name}: {icon}" is not an icon; {_ICONS}'
            log.warning(_at((*keys, name), fault, config))
    return kept


_ICONS = "name icons of the theme, such as material/home"


def _picture_fault(given: Any, config: MkDocsConfig) -> str:
    """Return the fault of the path of a logo, and the cure; "" if there is none."""
    cure = "give a picture in docs, or in a folder of the theme"
    if not given or (isinstance(given, str) and given.startswith(("https://", "http://"))):
        return ""
    if not isinstance(given, str):
        return f"is not a path; {cure}"
    docs = Path(config.docs_dir)
    folders = [docs, *(docs / name for name in i18n.names(config)), *map(Path, config.theme.dirs)]
    return "" if any(is_file(folder / given) for folder in folders) else f"is not there; {cure}"


def _report_address(options: Options, config: MkDocsConfig) -> str:
    given = options.report or ""
    if not given or (isinstance(given, str) and sharing.is_report_address(given)):
        return str(given)
    fault = f'"report: {given}" is not an address; {sharing.REPORT_CURE}'
    log.warning(_problem(("report",), fault, config))
    return ""


def _is_offline_wanted(options: Options, config: MkDocsConfig) -> bool:
    if options.offline is not None and not isinstance(options.offline, bool):
        fault = f'"offline: {options.offline}" is not an answer; write true or false'
        log.warning(_problem(("offline",), fault, config))
    return options.offline is True


_HERE = ("plugins", "bitext")


def _problem(keys: tuple[str, ...], fault: str, config: MkDocsConfig) -> Problem:
    """Return a problem at the line of an option of the plugin in mkdocs.yml."""
    return _at((*_HERE, *keys), fault, config)


def _at(keys: tuple[str | int, ...], fault: str, config: MkDocsConfig) -> Problem:
    """Return a problem at the line of a setting in mkdocs.yml."""
    return read_written(root(config)).problem(keys, fault)
