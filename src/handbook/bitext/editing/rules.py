"""The rules for pages, by name. A rule is a function of a Draft that yields what it finds.

To add one, write such a function, whose docstring says what mistake it finds; name it here; and add
a document to `tests/toolkit/drafts/`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from handbook.bitext.editing import house
from handbook.bitext.editing.draft import Draft, Finding, Site
from handbook.bitext.editing.front import dates, description
from handbook.bitext.editing.headings import ids, levels, title
from handbook.bitext.editing.lists import lists
from handbook.bitext.editing.notes import notes, sorted_notes
from handbook.bitext.editing.pictures import alt, embedded, weight
from handbook.bitext.page.segments import Page
from handbook.bitext.problem import Level, Problem
from handbook.bitext.project import settings
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.house import HouseRule
from handbook.bitext.project.pages import Source

Rule = Callable[[Draft], Iterator[Finding]]

RULES: Mapping[str, Rule] = {
    rule.__name__: rule
    for rule in (title, levels, ids, lists, notes, dates, description, alt, embedded, weight)
}
WRONG = frozenset({"ids", "dates"})
"""The rules whose findings are errors in every handbook: no reason makes them right."""


def drafts(handbook: Handbook) -> Iterator[tuple[Source, Draft]]:
    """Yield each page that can be read as rules see it."""
    site = _site(handbook)
    for source in handbook.sources():
        page = handbook.try_read(source)
        if isinstance(page, Page) and source.generated_text is None:
            front = handbook.front(source)
            yield source, Draft(source.path, page, front, site, source.file.parent)


def _site(handbook: Handbook) -> Site:
    """Return what rules for pages know of their site: of its settings, and of other pages."""
    root = handbook.root
    config = settings.mkdocs_settings(root / settings.MKDOCS)
    host = re.match(r"https?://([^/?#]+)", str(config.get("site_url")))
    return Site(
        settings.extensions(root),
        host[1] if host else "",
        frozenset(settings.titled(config.get("nav"))),
        settings.has_plugin(config, "privacy"),
        handbook.parts(),
    )


def problems(handbook: Handbook) -> Iterator[Problem]:
    """Yield what rules find on pages: those of every handbook, and those of this one."""
    asked = handbook.settings.rules
    for source, draft in drafts(handbook):
        for name, finding in findings(draft, asked):
            if name not in draft.waived_at(finding.offset):
                line = draft.page.line_at(finding.offset)
                level: Level = "error" if name in WRONG or name not in RULES else "warning"
                yield Problem(source.name, line, f"{name}: {finding.text}", name, level)


def translation_problems(handbook: Handbook, language: str) -> Iterator[Problem]:
    """Yield what translations into a language have that a rule of this handbook's own refuses."""
    for rule in (each for each in handbook.settings.rules if each.translations):
        for source in handbook.sources():
            if source.language == language or not rule.is_for(source.path):
                continue
            name = handbook.catalog_in_use(source.path, language)
            for unit in handbook.catalog(source, language).units:
                if unit.state == "current":
                    for text in house.broken_by(unit.translation, rule):
                        yield Problem(name, unit.line or 1, f"{rule.name}: {text}", rule.name)


def mended(handbook: Handbook) -> dict[str, str]:
    """Return the texts of the pages in which notes are to be put into their order, by name."""
    found = {source.name: (draft, sorted_notes(draft)) for source, draft in drafts(handbook)}
    return {name: text for name, (draft, text) in found.items() if text != draft.page.text}


def findings(draft: Draft, asked: tuple[HouseRule, ...] = ()) -> Iterator[tuple[str, Finding]]:
    """Yield the name of each rule that a page breaks, with where and what is wrong."""
    for name, rule in RULES.items():
        yield from ((name, finding) for finding in rule(draft))
    for each in asked:
        if each.is_for(draft.path):
            yield from ((each.name, finding) for finding in house.broken(draft, each))


def explained(name: str, rule: Callable[..., object]) -> str:
    """Return what a rule for pages finds, and how an author waives it."""
    what = f"{name}: {' '.join((rule.__doc__ or '').split())}"
    if name in WRONG:
        return f"{what}\n\nIt is an error, and nothing waives it."
    what = f"""{what}

It is a warning: nothing fails for it, unless pyproject.toml names it below [tool.handbook], as in
errors = ["{name}"]; with ignored = ["{name}"] nothing is said of it."""
    if name not in RULES:
        return what
    return f"""{what} Where a page is right as it is, write why above the text, or right below
the front matter if it is about the page as a whole:

    {_WAIVER.format(name=name)}"""


_WAIVER = "<!-- i18n: note ok {name}: the reason, in any language -->"


def explained_own(rule: HouseRule) -> str:
    """Return what a rule of a handbook's own asks for."""
    parts = [f"{rule.name}: a rule of this handbook, from pyproject.toml: {rule.cure}"]
    parts += [f"Pages: {' '.join(rule.pages)}"]
    parts += [f"Front matter: {', '.join(rule.keys)}"] if rule.keys else []
    parts += [f"Always: {rule.always}"] if rule.always else []
    parts += [f"Never: {rule.never}"] if rule.never else []
    parts += [f"Where a page is right as it is: {_WAIVER.format(name=rule.name)}"]
    return "\n".join(parts)
