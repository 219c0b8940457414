"""A site that exists: what its mkdocs.yml says, and whether it can become a handbook."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handbook.bitext.datafile import DataError
from handbook.bitext.files import read
from handbook.bitext.migrate import older
from handbook.bitext.problem import Problem, line_at
from handbook.bitext.project import settings, yamlscalars
from handbook.bitext.project.settings import MKDOCS


@dataclass(frozen=True)
class Site:
    """A site in one language, or one whose languages are pages."""

    root: Path
    text: str
    """The text of mkdocs.yml."""
    config: Mapping[str, Any]
    """What it says, with what it inherits; values with tags are None."""
    parents: Mapping[str, str] = field(default_factory=dict)
    """The texts of the files that it inherits from, the nearest first, by their paths."""

    @property
    def files(self) -> Mapping[str, str]:
        """The texts of mkdocs.yml and of those that it inherits from, by their paths."""
        return {MKDOCS: self.text, **self.parents}

    @property
    def docs(self) -> str:
        """The folder of its pages, relative to the root."""
        return Path(str(self.config.get("docs_dir") or "docs")).as_posix()

    @property
    def custom_dir(self) -> str:
        """The folder of its own templates; "" if there is none."""
        theme = self.config.get("theme")
        given = theme.get("custom_dir") if isinstance(theme, dict) else None
        return Path(str(given)).as_posix() if given else ""

    @property
    def language(self) -> str:
        """The language of the theme's own words; Material's are English by default."""
        return self.said_language or "en"

    @property
    def said_language(self) -> str:
        """The language that the settings say pages are in; "" if they say none."""
        theme = self.config.get("theme")
        given = theme.get("language") if isinstance(theme, dict) else None
        return str(next((each["locale"] for each in self.listed), given or ""))

    @property
    def is_beside_others(self) -> bool:
        """Whether its folder is named as its language, as are those of its others beside it."""
        name = self.root.resolve().name
        return re.split("[-_]", name)[0] == re.split("[-_]", self.language)[0]

    @property
    def plugins(self) -> Mapping[str, Any]:
        """Its plugins with their options."""
        given = self.config.get("plugins", ["search"]) or []
        listed = given if isinstance(given, list) else ()
        items = given.items() if isinstance(given, dict) else map(_item, listed)
        found = {str(name): options or {} for name, options in items}
        return {**found, "i18n": older.renewed(found["i18n"])} if "i18n" in found else found

    @property
    def listed(self) -> list[dict[str, Any]]:
        """The languages of the plugin i18n, the default first."""
        options = self.plugins.get("i18n")
        listed = options.get("languages") if isinstance(options, dict) else None
        return sorted(settings.with_locale(listed), key=lambda each: not each.get("default"))


def _item(item: Any) -> tuple[str, Any]:
    return next(iter(item.items())) if isinstance(item, dict) and item else (item, {})


def open_site(root: Path) -> Site | list[Problem]:
    """Read the site in `root`; return the reasons if it cannot become a handbook."""
    if not (root / MKDOCS).exists():
        return [_not_here(root)]
    texts = {}
    for name in settings.inherited_files(root):
        text = read(root / name, name)
        if isinstance(text, Problem):
            return [text]
        if problem := _no_yaml(text, name):
            return [problem]
        texts[name] = text
    own = texts.pop(MKDOCS)
    site = Site(root, own, settings.mkdocs_settings(root / MKDOCS), texts)
    return list(_refusals(site)) or site


def _no_yaml(text: str, name: str) -> Problem | None:
    try:
        yamlscalars.scalars(text)
    except DataError as error:
        return yamlscalars.problem(error, name)
    return None


def _not_here(root: Path) -> Problem:
    """Return the problem that a folder has no settings, with where they may be."""
    for name in ("mkdocs.yaml", "properdocs.yml", "zensical.yml", "zensical.toml"):
        if (root / name).exists():
            cure = "rename it" if "toml" not in name else f"write them into {MKDOCS}"
            return Problem(name, 1, f"the settings must be in {MKDOCS}; {cure}")
    below = [*root.glob(f"*/{MKDOCS}"), *root.glob(f"*/*/{MKDOCS}")]
    folders = ", ".join(sorted(each.relative_to(root).parent.as_posix() for each in below[:5]))
    where = f"run this where it is{f' ({folders})' * bool(folders)}"
    cure = f"{where}, or begin anew: handbook new DIR --languages en,fr"
    return Problem(MKDOCS, 0, f"is not here; {cure}")


def _refusals(site: Site) -> Iterator[Problem]:
    """Yield the reasons why a site cannot become a handbook."""
    theme = site.config.get("theme")
    name = theme.get("name") if isinstance(theme, dict) else theme
    if not site.config:
        yield _problem(site, "", "says nothing; write site_name and theme: {name: material} first")
    elif name != "material":
        cure = "a handbook needs Material: theme: {name: material}"
        yield _problem(site, "theme", f"has the theme {name or 'mkdocs'}; {cure}")
    if "bitext" in site.plugins:
        cure = "add a language to it: handbook add-language fr"
        yield _problem(site, "bitext", f"is a handbook's already; {cure}")
    yield from _unreadable_options(site)
    docs = Path(site.docs)
    if docs.is_absolute() or ".." in docs.parts:
        yield _problem(site, "docs_dir", f"has its pages outside of this folder; {_cure(docs)}")
    elif not (site.root / docs).is_dir():
        yield _problem(site, "docs_dir", f"there is no folder {site.docs} of pages; correct it")
    elif site.docs == ".":
        yield _problem(site, "docs_dir", "has its pages at the root; move them to docs first")
    for name in settings.UNABLE:
        if name in site.plugins:
            yield _problem(site, name, settings.unable_fault(name))


def _unreadable_options(site: Site) -> Iterator[Problem]:
    """Yield where plugins have options that MkDocs, or the plugin i18n, would not take."""
    if not isinstance(site.config.get("plugins") or [], list | dict):
        yield _problem(site, "plugins", "has plugins that are no list; write each as - search")
    for name, options in site.plugins.items():
        if not isinstance(options, Mapping):
            yield _problem(site, name, f"has options without names; write each below {name}")
    given = site.plugins.get("i18n")
    listed = given.get("languages") if isinstance(given, Mapping) else None
    items = listed if isinstance(listed, list) else [listed] * bool(listed)
    if not all(isinstance(each, Mapping) and each.get("locale") for each in items):
        cure = "write each as - {locale: fr, name: Français}"
        yield _problem(site, "i18n", f"has languages that say no locale; {cure}")


def _cure(docs: Path) -> str:
    """Return what makes a folder of pages, which is elsewhere, one below mkdocs.yml."""
    parts = Path(os.path.normpath(docs)).parts
    above = [each for each in parts if each == ".."]
    if docs.is_absolute() or not parts[len(above) :]:
        return "move it beside mkdocs.yml"
    below = "/".join(parts[len(above) :])
    return f"move mkdocs.yml to {'/'.join(above)}, with docs_dir: {below} and all paths from there"


def _problem(site: Site, name: str, fault: str) -> Problem:
    """Return a problem at the line of mkdocs.yml that names something, or at its first."""
    found = (each for each in yamlscalars.scalars(site.text) if name and each.value == name)
    start = next((each.span[0] for each in found), 0)
    return Problem(MKDOCS, line_at(site.text, start), fault)
