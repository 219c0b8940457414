"""Tell by their letters that pages are not in English where no setting says what they are in."""

from __future__ import annotations

from collections.abc import Iterable

from handbook.bitext.files import read
from handbook.bitext.languages import cldr, scripts
from handbook.bitext.migrate.languagelist import name_of
from handbook.bitext.migrate.site import Site
from handbook.bitext.page import scan
from handbook.bitext.problem import Problem
from handbook.bitext.project.settings import MKDOCS

_ENOUGH = 20_000
"""As many characters tell it: the rest of the pages is not read."""


def unsaid_language(site: Site, pages: Iterable[str]) -> Problem | None:
    """Return the problem that pages are in other letters than English, and nothing says in what."""
    script = "" if site.said_language else scripts.of(_words(site, pages))
    if script in ("", "Latn"):
        return None
    code = cldr.language_in(script)
    fault = f"pages have the letters of {name_of(code)}, and {MKDOCS} has no theme: language"
    cure = f"write theme: language: {code}, or what they are in, into it"
    return Problem(site.docs, 0, f"{fault}; {cure}, commit, and call this again")


def _words(site: Site, pages: Iterable[str]) -> str:
    """Return what readers see of the first pages, without code."""
    found = ""
    for name in pages:
        text = read(site.root / name, name)
        if isinstance(text, str):
            found += " ".join(each.message for each in scan.read(text).segments)
        if len(found) > _ENOUGH:
            break
    return found
