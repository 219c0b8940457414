"""What is to be done to a site so that it is a handbook: worked out first, then done as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from handbook.bitext.datafile import DataError
from handbook.bitext.files import read, remove, write
from handbook.bitext.migrate import furniture, languages, layout, mending, pages
from handbook.bitext.migrate.layout import Layout
from handbook.bitext.migrate.pages import Found
from handbook.bitext.migrate.site import FILE, Site
from handbook.bitext.problem import Problem
from handbook.bitext.project import yamledit


@dataclass(frozen=True)
class Plan:
    """The steps that make a handbook of a site."""

    languages: tuple[str, ...]
    """Its languages; pages are written in the first."""
    layout: Layout
    texts: Mapping[str, str]
    """New texts of files beside the pages."""
    found: Found
    """The translations that are pages."""

    @property
    def source(self) -> str:
        """The language that pages are written in."""
        return self.languages[0]


def of(
    site: Site,
    files: Collection[str],
    codes: Sequence[str],
    keys: Sequence[str] = (),
    *,
    from_pages: bool = False,
    below: str = "",
) -> Plan | Problem:
    """Return the plan for a site with the pages `files`, in languages besides its own.

    `keys` of front matter are those that only this site uses, `below` is the path of the site in
    its repository. A problem says why there is no plan.
    """
    source = next((str(each["locale"]) for each in site.listed), site.language)
    if len(languages.read(source)[0]) != 1:
        return Problem(FILE, 1, f"theme: language: {source} is not a code; write one such as en")
    found = pages.find(site, source, files)
    if problem := _mismatch(site, source, found, codes, from_pages=from_pages):
        return problem
    listed = [str(each["locale"]) for each in site.listed]
    known = list(dict.fromkeys([source, *listed, *found.languages, *codes]))
    made = layout.of(site, source, files, found.files)
    if problem := _collision(site, files, made):
        return problem
    text = layout.settings(site, source, made)
    made = replace(made, texts=dict(mending.mended(site.root, made)))
    texts = {FILE: _settings(replace(site, text=text), known, keys)}
    texts |= dict(_inherited(site, source, made))
    texts |= dict(_redirects(site))
    texts |= dict(furniture.files(site.root, source, known, below))
    return Plan(tuple(known), made, texts, found)


def _mismatch(
    site: Site, source: str, found: Found, codes: Sequence[str], *, from_pages: bool
) -> Problem | None:
    """Return the problem that another call is needed; None if there is none."""
    if found.languages and not from_pages:
        fault = f"holds translations as pages ({', '.join(found.languages)})"
        return Problem(site.docs, 0, f"{fault}; take them along: handbook init --from-pages")
    if from_pages and not found.languages:
        fault = "no page is translated in a folder such as ja/ or as page.ja.md"
        return Problem(site.docs, 0, f"{fault}; call handbook init --languages ja")
    if not from_pages and not {*codes, *(str(each["locale"]) for each in site.listed)} - {source}:
        fault = f"pages are in {source}; name the languages to translate them into"
        return Problem(site.docs, 0, f"{fault}: handbook init --languages fr,de")
    return None


def _collision(site: Site, files: Collection[str], made: Layout) -> Problem | None:
    """Return the problem that two files would be one; None if there are none."""
    taken: dict[str, str] = {}
    for old in sorted(files):
        new = made.moves.get(old, old)
        other = taken.setdefault(new, old)
        if other != old:
            return Problem(old, 0, f"would be {new}, and so would {other}; rename or delete one")
    for old, new in made.moves.items():
        if new not in taken or (new not in files and (site.root / new).exists()):
            fault = f"would be {new}, and there is a file that git does not keep"
            return Problem(old, 0, f"{fault}; move that away")
    return None


def _inherited(site: Site, source: str, made: Layout) -> Iterator[tuple[str, str]]:
    """Yield the new text of the file that mkdocs.yml inherits from, where it names what moves."""
    name = str(site.config.get("INHERIT") or "")
    path = Path(name)
    if not name or path.is_absolute() or ".." in path.parts:
        return
    text = read(site.root / name, name)
    with suppress(DataError):  # MkDocs names it
        if isinstance(text, str):
            new = layout.settings(replace(site, text=text), source, made)
            if site.docs != layout.DOCS:
                new = yamledit.without(new, ["docs_dir"])
            if new != text:
                yield path.as_posix(), new


def _maps(site: Site) -> dict[str, str]:
    """Return the old and new paths of pages in the plugin redirects."""
    options = site.plugins.get("redirects") or {}
    given = options.get("redirect_maps") if isinstance(options, dict) else None
    maps = given.items() if isinstance(given, dict) else ()
    return {str(old): str(new) for old, new in maps if "://" not in str(new)}


def _redirects(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the handbook's own file of redirects, which knows all languages."""
    if maps := _maps(site):
        rows = "".join(f"{yamledit.flow(old)}: {yamledit.flow(new)}\n" for old, new in maps.items())
        yield "docs/redirects.yml", f"# Old addresses, and the pages they lead to.\n{rows}"


def _settings(site: Site, codes: Sequence[str], keys: Sequence[str]) -> str:
    """Return the text of mkdocs.yml with the plugins that a handbook needs."""
    text = yamledit.without(site.text, ["docs_dir"]) if site.docs != layout.DOCS else site.text
    options = languages.plugin_options(codes) | {"strict_books": False}
    options |= {"meta": list(keys)} if keys else {}
    new: dict[str, Any] = {} if "plugins" in site.config else {"search": {}}
    for old in _maps(site):
        text = yamledit.without(text, ["plugins", "redirects", "redirect_maps", old])
    if "i18n" in site.plugins:
        text = _with_languages(_with_nav(text, site), site, codes)
    else:
        new["i18n"] = languages.options(codes)
    if _DATES in site.plugins:
        text = _with_dates(text, site)
    return yamledit.with_entries(text, "plugins", new | {"bitext": options}, _DATES)


_DATES = "git-revision-date-localized"
"""A plugin that wants to stand after i18n, and reads files in parallel only if all are on disk."""


def _with_dates(text: str, site: Site) -> str:
    """Return `text` with what this plugin needs: pages of other languages are not on disk."""
    keys, key, options = ["plugins", _DATES], "enable_parallel_processing", site.plugins[_DATES]
    if not options:
        value = {key: False}
        is_mapping = isinstance(site.config["plugins"], dict)
        return yamledit.replaced(text, keys, value if is_mapping else {_DATES: value})
    if key in options:
        return yamledit.replaced(text, [*keys, key], False)
    return yamledit.added(text, keys, key, False)


def _with_nav(text: str, site: Site) -> str:
    """Return `text` with the navigation that only the first language has, for all."""
    listed = site.plugins["i18n"].get("languages") or ()
    number = next((n for n, each in enumerate(listed) if each.get("default")), 0)
    if not listed or not listed[number].get("nav") or site.config.get("nav"):
        return text
    rows = yamledit.block(text, ["plugins", "i18n", "languages", str(number), "nav"])
    return yamledit.with_block(text, "nav", rows)


def _with_languages(text: str, site: Site, codes: Sequence[str]) -> str:
    """Return `text` with what bitext needs of the plugin i18n that is there."""
    above = ["plugins", "i18n"]
    given = site.plugins["i18n"]
    for number, each in enumerate(given.get("languages") or ()):
        for key in ("nav", "nav_translations", "site_name", "site_description", "copyright"):
            if key in each:
                text = yamledit.without(text, [*above, "languages", str(number), key])
    for code in codes:
        if code not in {str(each["locale"]) for each in site.listed}:
            entry = {"locale": code, "name": languages.name_of(code)}
            text = yamledit.with_item(text, [*above, "languages"], entry)
    for key, value in {"docs_structure": "folder", "fallback_to_default": True}.items():
        if key in given:
            text = yamledit.replaced(text, [*above, key], value)
        elif key == "docs_structure":
            text = yamledit.added(text, above, key, value)
    return text


def carry_out(root: Path, plan: Plan) -> None:
    """Move and write the files of a plan. Raises OSError or SettingsError."""
    for old, new in plan.layout.moves.items():
        (root / new).parent.mkdir(parents=True, exist_ok=True)
        (root / old).rename(root / new)
    for old in plan.layout.moves:
        remove(root / old)  # is gone: the folders that are empty without it
    for new, target in plan.layout.links.items():
        (root / new).unlink()
        (root / new).symlink_to(target)
    for name, text in {**plan.layout.texts, **plan.texts}.items():
        write(root / name, text)


def translated_pages(plan: Plan) -> Iterator[str]:
    """Yield the path of each page that is a translation, once it has moved."""
    for name, (language, _) in sorted(plan.found.files.items()):
        if language != plan.source and name.endswith(".md"):
            yield plan.layout.moves.get(name, name)
