"""Find translations that are pages: in folders of languages, or with the language in their name."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from handbook.bitext.datafile import DataError
from handbook.bitext.languages import cldr
from handbook.bitext.migrate import languagelist, values
from handbook.bitext.migrate.site import Site
from handbook.bitext.moving import links
from handbook.bitext.page import scan
from handbook.bitext.project import settings, yamlscalars
from handbook.bitext.project.reading import front_matter
from handbook.bitext.project.settings import MKDOCS
from handbook.bitext.project.yamlscalars import Scalar

_CODE = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?")
_FORM = re.compile(r"[a-z]{2}(?:-[A-Za-z]{4})?(?:-[A-Z]{2})?|[a-z]{2}_[A-Z]{2}")
"""A code that the plugin i18n takes."""
_SUFFIX = re.compile(r"(.+)\.([a-z]{2}(?:[-_][A-Za-z]{2,4})?)(\.\w+)")


@dataclass(frozen=True)
class Found:
    """The files that are in another language than the site's first."""

    files: dict[str, tuple[str, str]]
    """The language and the path in its folder of each, by its path from the root."""
    languages: tuple[str, ...]
    """Their languages, those with the most pages first."""

    def folders(self, docs: str) -> set[str]:
        """Return the names of the folders of languages in `docs`, the folder of pages."""
        names = (posixpath.relpath(name, docs).partition("/") for name in self.files)
        return {folder for folder, _, rest in names if rest and _CODE.fullmatch(folder)}


def find(site: Site, source: str, files: Collection[str]) -> Found:
    """Return the translations among `files`, the files in the site's folder of pages."""
    listed = {str(each["locale"]) for each in site.listed} | {source}
    inside = {posixpath.relpath(name, site.docs): name for name in files}
    named = dict(_in_folders(inside, source, listed)) | dict(_with_suffix(inside, listed))
    found = {path: (_code(code, listed), rest) for path, (code, rest) in named.items()}
    counts: dict[str, int] = {}
    for name, (language, _) in found.items():
        counts[language] = counts.get(language, 0) + name.endswith(".md")
    others = sorted((each for each in counts if each != source), key=lambda each: -counts[each])
    order = [str(each["locale"]) for each in site.listed if each["locale"] in others]
    return Found(
        {inside[path]: place for path, place in found.items()},
        tuple(dict.fromkeys([*order, *others])),
    )


def beside(site: Site) -> list[str]:
    """Return the folders of languages beside the folder of pages, if that is one of a language."""
    own = site.root / site.docs
    folders = sorted(own.parent.iterdir()) if _CODE.fullmatch(own.name) and "/" in site.docs else []
    return [
        each.name
        for each in folders
        if each != own and _CODE.fullmatch(each.name) and cldr.locale(each.name)
        if (each / "index.md").is_file() or (each / "README.md").is_file()
    ]


def elsewhere(site: Site) -> Iterator[tuple[str, str, str]]:
    """Yield each file that makes a site of another language alone, its folder of pages, its code.

    Such files stand beside mkdocs.yml, or in the folder of a language beside that of mkdocs.yml.
    """
    beside = (each for mark in ".-_" for each in sorted(site.root.glob(f"mkdocs{mark}*.yml")))
    above = site.root.resolve().parent
    siblings = sorted(above.glob(f"*/{MKDOCS}")) if site.is_beside_others else ()
    for file in (*beside, *siblings):
        code = (
            re.split("[._-]", file.stem, maxsplit=1)[-1]
            if file.name != MKDOCS
            else file.parent.name
        )
        docs = file.parent / str(settings.mkdocs_settings(file).get("docs_dir") or "docs")
        if _CODE.fullmatch(code) and cldr.locale(code) and docs.is_dir():
            name, folder = (os.path.relpath(each, site.root.resolve()) for each in (file, docs))
            if folder not in (site.docs, f"{site.docs}/{code}"):
                yield name, folder, code


def raised(site: Site) -> Site:
    """Return a site with the folder of all languages as that of pages, if it is that of its own.

    Addresses at which pages are edited follow, in mkdocs.yml and where it inherits them.
    """
    above, own = posixpath.split(site.docs)
    if not beside(site) or own != site.language:
        return site
    ours = {name: text for name, text in site.files.items() if not name.startswith(("/", "../"))}
    texts = {name: yamlscalars.changed(text, _raised(site.docs)) for name, text in ours.items()}
    if texts == ours:  # a file that is of other sites too says where the pages are
        return site
    config, texts = {**site.config, "docs_dir": above}, {**site.files, **texts}
    return Site(site.root, texts.pop(MKDOCS), config, texts)


def _raised(docs: str) -> Callable[[Scalar], str | None]:
    """Return what changes a value of the settings of a site whose pages were in `docs`."""

    def changed(scalar: Scalar) -> str | None:
        key = scalar.keys[0] if scalar.keys and not scalar.is_key else ""
        if key == "docs_dir":
            return posixpath.dirname(docs)
        if key == "extra_templates":
            return posixpath.join(posixpath.basename(docs), scalar.value)
        if key == "edit_uri":
            return values.edit_uri(scalar.value, docs)
        return values.edit_uri_template(scalar.value, docs) if key == "edit_uri_template" else None

    return changed


def own_keys(pages: Mapping[str, str], source: str) -> dict[str, str]:
    """Return the keys of front matter that translations have otherwise than their sources.

    Each with the first page. `pages` are texts by their new paths, `source` is the first language;
    words that are translated are left out.
    """
    found: dict[str, str] = {}
    for name, text in pages.items():
        language, _, path = name.removeprefix("docs/").partition("/")
        ours = pages.get(f"docs/{source}/{path}")
        if language != source and ours is not None:
            with suppress(DataError):  # is named when the handbook is built
                for key in _differing(front_matter(ours), front_matter(text)):
                    found.setdefault(key, name)
    return found


def _differing(ours: Mapping[str, object], theirs: Mapping[str, object]) -> Iterator[str]:
    for key, value in theirs.items():
        if key not in scan.DEFAULT_KEYS and value != ours.get(key):
            yield key


def _code(name: str, listed: Collection[str]) -> str:
    """Return the code of a language as the plugin i18n takes it: pt-BR of a folder pt_br."""
    codes, _ = languagelist.read(name)
    return name if name in listed or not codes or _FORM.fullmatch(name) else codes[0]


def _in_folders(
    inside: Collection[str], source: str, listed: Collection[str]
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the files in folders of languages: those that are listed, or hold pages of the site."""
    first = {path.removeprefix(f"{source}/") for path in inside}
    addresses = {links.address(path): path for path in first if path.endswith(".md")}
    for folder in sorted({path.split("/")[0] for path in inside if "/" in path}):
        if folder == source or not _CODE.fullmatch(folder) or cldr.locale(folder) is None:
            continue
        own = [path.removeprefix(f"{folder}/") for path in inside if path.startswith(f"{folder}/")]
        pages = [path for path in own if path.endswith(".md")]
        known = [path for path in pages if path in first]
        if folder in listed or 2 * len(known) > len(pages):
            for path in own:
                # sessions.md and sessions/index.md are one address, and so one page.
                same = addresses.get(links.address(path)) if path.endswith(".md") else None
                is_other = path not in first and same and f"{folder}/{same}" not in inside
                yield f"{folder}/{path}", (folder, same if is_other and same else path)


def _with_suffix(
    inside: Collection[str], listed: Collection[str]
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the files whose names end in the code of a language: `page.ja.md`."""
    for path in inside:
        found = _SUFFIX.fullmatch(path)
        if not found:
            continue
        language, plain = found[2], found[1] + found[3]
        if language in listed or (plain in inside and cldr.locale(language)):
            yield path, (language, plain)
