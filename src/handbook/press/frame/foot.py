"""Text in the foot of a page: its keeper, its dates of review, the status of a key document.

All of it comes from the page's front matter, except the review of a translation, which is in the
header of its catalog.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from babel.lists import format_list

from handbook.bitext.changes.adoptions import Ledger
from handbook.bitext.languages.record import Language
from handbook.bitext.project.keydocuments import is_key_document
from handbook.press.core.editions import Leaf, Say
from handbook.press.core.history import Version, today
from handbook.press.core.interface import N_

_NONE = "none yet"
"""The value that authors write for `keeper` or `authentic` where there is none: for `keeper`, as if
it were not there."""
# Translators: In the foot of a page: its upkeep. Keep what is in {}.
_KEEPER = N_("Keeper: {role}")
# Translators: In the foot of a translated page: who has translated it and wants to be named.
# Keep {names}.
_TRANSLATORS = N_("Translated by: {names}")
# Translators: In the foot of a page: its upkeep. Keep what is in {}.
_READ = N_("Last reviewed: {date}")
# Translators: In the foot of a page: its upkeep. Keep what is in {}.
_DUE = N_("Next review by {date}")
# Translators: In the foot of a page: its upkeep. Keep what is in {}.
_OVERDUE = N_("Overdue: this page should have been reviewed by {date}")
# Translators: In the foot of a key document. Keep what is in {}.
_STATUS = N_("Status: {status}")
# Translators: In the foot of a key document. Keep what is in {}.
_VERSION = N_("Version {number}")
# Translators: In the foot of a key document. Keep what is in {}.
_DATED = N_("Dated {date}")
# Translators: In the foot of a key document. Keep what is in {}.
_AUTHENTIC = N_("Authentic languages: {languages}")
# Translators: In the foot of a key document. Keep what is in {}.
_NO_AUTHENTIC = N_("Authentic languages: none yet")
# Translators: In the foot of a key document: which paragraph is "3.12" changes with the text, so
# the version is named that the numbers belong to. Keep what is in {}.
_NUMBERS = N_("Paragraph numbers: version of {date}, {revision}")
# Translators: In the foot of a key document, where the day of its version is not known. Keep what
# is in {}.
_NUMBERS_UNDATED = N_("Paragraph numbers: version {revision}")
# Translators: Copied by a reader who quotes a paragraph of a key document: "Structure 3.12, version
# of 28 November 2026 (1f2e3d4):", and an address after it. Keep what is in {}.
_QUOTED = N_("{title} {number}, version of {date} ({revision}):")
# Translators: Copied by a reader who quotes a paragraph, where the day of its version is not known:
# "Structure 3.12, version 1f2e3d4:", and an address after it. Keep what is in {}.
_QUOTED_UNDATED = N_("{title} {number}, version {revision}:")
# Translators: In the foot of an adopted document. Keep what is in {}.
_ADOPTED = N_("Version {number}, adopted on {date} by: {body}")
# Translators: In the foot of an adopted document: where the decision is recorded. Keep {place}.
_RECORD = N_("The decision is recorded here: {place}")
# Translators: In the foot of a document that is to replace an adopted one. Keep {number}.
_DRAFT = N_("You are reading a draft of version {number}, on which nobody has decided yet.")
# Translators: In the foot of a draft: which version is in force. Keep what is in {}.
_IN_FORCE = N_("Version {number} of {date} is in force.")
# Translators: In the foot of an adopted document whose page was edited.
_OTHERWISE = N_("This page has been edited since: it does not read as it was adopted.")
_STANDINGS = {
    # Translators: What the text of a document is in this language.
    "authentic": N_("This is an authentic text."),
    # Translators: What the text of a document is in this language.
    "official translation": N_("This is an official translation, approved with the text."),
    # Translators: What the text of a document is in this language.
    "courtesy": N_("This translation is for information; only the authentic texts count."),
    # Translators: What the text of a document is in this language.
    "draft": N_("This text is a draft."),
}
_STATUSES = (  # keydocuments.STATUSES, for translators
    # Translators: In the foot of a key document: its status.
    N_("restatement"),
    # Translators: In the foot of a key document: its status.
    N_("draft"),
    # Translators: In the foot of a key document: its status.
    N_("adopted"),
)


@dataclass(frozen=True)
class Foot:
    """The texts in the foot of a page, in the reader's language."""

    document: tuple[str, ...]
    """Status, version, date and authentic languages of a key document; empty on other pages."""
    upkeep: tuple[str, ...]
    """Translators who want to be named, the keeper of the page, the dates of its reviews."""
    overdue: str
    """A warning that the review of the page is overdue; empty if it is not."""


def foot(
    leaf: Leaf,
    meta: Mapping[str, Any],
    adoptions: Ledger | None = None,
    *,
    is_as_adopted: bool = True,
    version: Version | None = None,
) -> Foot:
    """Return the texts for the foot of a page, from its front matter `meta` and what was adopted.

    `is_as_adopted`: whether the page still reads as it was adopted; `version`: that of
    the source page, for the numbers of a key document's paragraphs.
    """
    front = _FrontMatter(leaf.record, leaf.say, meta, version)
    due = front.day("review_by")
    late = due is not None and due < today()
    adopted = _adoption(front, leaf, adoptions or Ledger({}), is_as_adopted=is_as_adopted)
    return Foot(
        document=(*front.document(), *adopted),
        upkeep=(*front.translators(leaf.credit), *front.upkeep(None if late else due)),
        overdue=front.say(_OVERDUE, date=front.written(due)) if due and late else "",
    )


def _adoption(
    front: _FrontMatter, leaf: Leaf, adoptions: Ledger, *, is_as_adopted: bool
) -> Iterator[str]:
    """Yield which version of an adopted document one reads, and what it is worth."""
    last, valid = adoptions.last(leaf.path), adoptions.in_force(leaf.path)
    if last is None:
        return
    if last.is_draft:
        yield front.say(_DRAFT, number=last.number)
        if valid and valid.day:
            yield front.say(_IN_FORCE, number=valid.number, date=front.written(valid.day))
        return
    day = front.written(last.day) if last.day else ""
    yield front.say(_ADOPTED, number=last.number, date=day, body=last.body)
    yield front.say(_RECORD, place=last.record)
    if not is_as_adopted:
        yield front.words(_OTHERWISE)
        return
    text = last.texts.get(leaf.language)
    # A translation that nobody has decided on is for information.
    yield front.say(_STANDINGS[text.standing if text else "courtesy"])


def quoted(leaf: Leaf, title: str, version: Version) -> str:
    """Return how a paragraph of a key document is quoted; the field `{number}` is still in it."""
    front = _FrontMatter(leaf.record, leaf.say, {}, version)
    return front.of_version(_QUOTED, _QUOTED_UNDATED, title=title)


@dataclass(frozen=True)
class _FrontMatter:
    """The front matter of a page as text in one language."""

    language: Language
    words: Say
    meta: Mapping[str, Any]
    version: Version | None = None

    def say(self, message: str, **fields: str) -> str:
        """Return a message in the reader's language, with its fields filled in."""
        text = self.words(message)
        for name, value in fields.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def translators(self, names: Sequence[str]) -> Iterator[str]:
        """Yield who has translated the page, if any of them wants to be named."""
        if names:
            yield self.say(
                _TRANSLATORS, names=format_list(list(names), locale=self.language.locale)
            )

    def upkeep(self, due: date | None) -> Iterator[str]:
        """Yield the keeper and the dates of review, as far as the front matter has them."""
        keeper = self.meta.get("keeper")
        if keeper and keeper != _NONE:
            yield self.say(_KEEPER, role=self.words(str(keeper)))
        if checked := self.day("reviewed"):
            yield self.say(_READ, date=self.written(checked))
        if due:
            yield self.say(_DUE, date=self.written(due))

    def document(self) -> Iterator[str]:
        """Yield status, version, date and authentic languages of a key document."""
        if not is_key_document(self.meta):
            return
        yield self.say(_STATUS, status=self.words(str(self.meta["status"])))
        if version := self.meta.get("version"):
            yield self.say(_VERSION, number=str(version))
        if dated := self.day("date"):
            yield self.say(_DATED, date=self.written(dated))
        authentic = self.meta.get("authentic")
        if authentic == _NONE:
            yield self.words(_NO_AUTHENTIC)
        elif authentic:
            yield self.say(_AUTHENTIC, languages=self.languages(authentic))
        if self.version:
            yield self.of_version(_NUMBERS, _NUMBERS_UNDATED)

    def of_version(self, dated: str, undated: str, **fields: str) -> str:
        """Return a message that names the version of the page, by its day if that is known."""
        assert self.version is not None
        day, revision = self.version.day, self.version.revision
        if day is None:
            return self.say(undated, revision=revision, **fields)
        return self.say(dated, date=self.written(day), revision=revision, **fields)

    def languages(self, codes: Any) -> str:
        """Return the names of languages, given as a list of codes or as codes with commas."""
        listed = codes if isinstance(codes, list) else re.split(r"\s*,\s*", str(codes))
        return self.language.comma.join(self.language.name_of(str(code)) for code in listed)

    def day(self, key: str) -> date | None:
        """Return a date from the front matter, or None if it has no date there."""
        value = self.meta.get(key)
        return value if isinstance(value, date) else None

    def written(self, day: date) -> str:
        """Return a date in the format of the language."""
        return format_date(day, "long", self.language.locale)
