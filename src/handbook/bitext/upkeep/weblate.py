"""A handbook as components of Weblate, as `weblate import_json` reads them.

A component is a page in all its languages, so its source language is that of the page. Nothing that
Weblate has by itself is repeated here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import quote
from zlib import crc32

from handbook.bitext.languages import cldr
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import SITE, Source
from handbook.bitext.upkeep import glossary

# As update writes catalogs: lines as long as their text, and of a header only what it needs.
_FILE = {
    "po_line_wrap": 65535,  # wrapped at line breaks alone; at -1, breaks in a text would go too
    "po_set_language_team": False,
    "po_set_last_translator": False,
    "po_set_x_generator": False,
    "po_report_msgid_bugs_to": False,
}
# `handbook check` has these with what is right in each language; Weblate's would contradict it.
# Japanese words of Latin capitals, and a footnote before a link, are nothing to either.
_NOT_BY_WEBLATE = """end_stop end_colon end_question end_exclamation end_semicolon end_ellipsis same
    duplicate multiple_capital md-reflink""".split()
_COMPONENT = {
    "vcs": "git",
    "file_format": "po",
    "file_format_params": _FILE,
    "new_lang": "none",  # a language comes with `handbook add-language`
    "inherit_new_lang": False,
    "allow_translation_propagation": False,  # one text may be translated in two ways on two pages
}
_LONGEST = 100
"""How many characters a name and a slug may have."""
_PLAIN = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*")


class Repository(NamedTuple):
    """Where Weblate fetches a handbook from and pushes it to."""

    address: str
    branch: str
    project: str
    """The project in Weblate, as its addresses name it."""


def components(
    handbook: Handbook, repository: Repository, address_of: Callable[[str, str], str]
) -> Iterator[dict[str, Any]]:
    """Yield the components in the order to import them: glossaries, interface text, pages.

    `address_of` gives the URL of the page at a path in a language; "" if that is not known.
    """
    sources = handbook.sources()
    first = handbook.settings.languages[0]
    if glossary.page(handbook):
        for each in sorted({first, *(source.language for source in sources)}):
            yield _glossary(each)
    yield _interface(first, repository)
    for source in sources:
        yield _page(source, repository.project, address_of(source.path, source.language))


def _interface(language: str, repository: Repository) -> dict[str, Any]:
    """Return the component of the interface text; it alone knows where the repository is."""
    return {
        "name": "Words around the pages",
        "slug": "site",
        "source_language": _language(language),
        "filemask": f"translations/*/{SITE}",
        "check_flags": _flags(),
        "repo": repository.address,
        "push": repository.address,
        "branch": repository.branch,
        "merge_style": "rebase",
        "push_on_commit": True,
        **_COMPONENT,
    }


def _page(source: Source, project: str, address: str) -> dict[str, Any]:
    """Return the component of a page, which uses the repository of the interface text."""
    return {
        "name": source.path if len(source.path) <= _LONGEST else _slug(source.path),
        "slug": _slug(source.path),
        "source_language": _language(source.language),
        "filemask": f"translations/*/{PurePosixPath(source.path).with_suffix('.po')}",
        "check_flags": _flags("md-text"),
        "repo": f"weblate://{project}/site",
        "repoweb": _place(address, source.path) if address else "",
        **_COMPONENT,
    }


def _glossary(language: str) -> dict[str, Any]:
    """Return the glossary of what is translated from a language; Weblate itself keeps its files."""
    return {
        "name": f"Glossary ({language})",
        "slug": f"glossary_{language.lower()}",  # no page has such a slug
        "source_language": _language(language),
        "filemask": "*.tbx",
        "file_format": "tbx",
        "vcs": "local",
        "repo": "local:",
        "branch": "main",
        "is_glossary": True,
        "allow_translation_propagation": False,
    }


def _slug(path: str) -> str:
    """Return what addresses call the component of a page; no two pages have the same.

    `start/about.md` is `start--about`. A path with anything else in it gets its checksum behind.
    """
    stem = path.removesuffix(".md")
    slug = re.sub(r"[^a-z0-9-]+", "-", stem.lower().replace("/", "--"))
    if _PLAIN.fullmatch(stem) and len(slug) <= _LONGEST:
        return slug
    return f"{slug[: _LONGEST - 9]}-{crc32(path.encode()):08x}".lstrip("-")


def _place(address: str, path: str) -> str:
    """Return the template that makes an address of a unit's place, `path` or `path#heading`.

    Weblate has quoted the place when the template gets it.
    """
    return f'{address}#{{{{ filename|cut:"{quote(path)}"|cut:"%23" }}}}'


def _flags(*given: str) -> str:
    return ", ".join((*given, *(f"ignore-{name.replace('_', '-')}" for name in _NOT_BY_WEBLATE)))


def _language(code: str) -> dict[str, str]:
    return {"code": cldr.gettext_code(code)}
