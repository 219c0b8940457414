"""The foot of a page: who keeps it, when it is reviewed again, and what stands behind its words.

All of it is in the page's front matter, but for the review of a translation, which is in the header
of its catalog.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

from babel.dates import format_date
from mkdocs.utils import get_build_datetime

from bitext.languages.record import Language
from press.core.editions import Leaf, Say
from press.core.interface import N_

_NONE = "none yet"
"""What authors write for a keeper or for languages where there are none."""
# Translators: In the foot of a page: its upkeep. Keep what is in {}.
_KEEPER = N_("Keeper: {role}")
# Translators: In the foot of a page: its upkeep. Keep what is in {}.
_NO_KEEPER = N_("Keeper: none yet")
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
_EDITED_IN = re.compile(r"(https?://[^/]+(?:/[^/]+){2,}?)/(?:-/edit|edit|_edit|blob|tree|src)/")
_STATUSES = (
    # Translators: In the foot of a key document: its status.
    N_("restatement"),
    # Translators: In the foot of a key document: its status.
    N_("draft"),
    # Translators: In the foot of a key document: its status.
    N_("adopted"),
)


@dataclass(frozen=True)
class Foot:
    """What the foot of a page tells, in its reader's language."""

    document: tuple[str, ...]
    """Status, version, date and authentic languages of a key document; of other pages nothing."""
    upkeep: tuple[str, ...]
    """Who keeps the page, and when it was and will be reviewed."""
    overdue: str
    """That the page should have been reviewed before now; empty if it need not."""


def foot(leaf: Leaf, meta: Mapping[str, Any]) -> Foot:
    """What to tell at the foot of a page, from its front matter `meta`."""
    teller = _Teller(leaf.record, leaf.say, leaf.file, meta)
    due = teller.day("review_by")
    late = due is not None and due < get_build_datetime().astimezone(UTC).date()
    return Foot(
        document=tuple(teller.document()),
        upkeep=tuple(teller.upkeep(None if late else due)),
        overdue=teller.say(_OVERDUE, date=teller.written(due)) if due and late else "",
    )


def repository(edit_uri: str) -> str:
    """The root of the repository in whose web interface texts are edited; "" if that is unknown.

    GitHub, GitLab and Forgejo (Codeberg) have words of their own between it and the branch.
    """
    match = _EDITED_IN.match(edit_uri)
    return match[1] if match else ""


@dataclass(frozen=True)
class _Teller:
    """Tells a page's front matter in one language."""

    language: Language
    words: Say
    file: str
    meta: Mapping[str, Any]

    def say(self, message: str, **fields: str) -> str:
        """The message in the reader's language, filled in."""
        said = self.words(message)
        for name, value in fields.items():
            said = said.replace(f"{{{name}}}", value)
        return said

    def upkeep(self, due: date | None) -> Iterator[str]:
        """The keeper and the days of review, as far as the page names them."""
        keeper = self.meta.get("keeper")
        if keeper == _NONE:
            yield self.words(_NO_KEEPER)
        elif keeper:
            yield self.say(_KEEPER, role=self.words(str(keeper)))
        if checked := self.day("reviewed"):
            yield self.say(_READ, date=self.written(checked))
        if due:
            yield self.say(_DUE, date=self.written(due))

    def document(self) -> Iterator[str]:
        """What a key document says of itself."""
        if not (status := self.meta.get("status")):
            return
        yield self.say(_STATUS, status=self.words(str(status)))
        if version := self.meta.get("version"):
            yield self.say(_VERSION, number=str(version))
        if dated := self.day("date"):
            yield self.say(_DATED, date=self.written(dated))
        authentic = self.meta.get("authentic")
        if authentic == _NONE:
            yield self.words(_NO_AUTHENTIC)
        elif authentic:
            yield self.say(_AUTHENTIC, languages=self.languages(authentic))

    def languages(self, codes: Any) -> str:
        """The names of languages, given as a list of codes or with commas between."""
        listed = codes if isinstance(codes, list) else re.split(r"\s*,\s*", str(codes))
        return ", ".join(self.language.name_of(str(code)) for code in listed)

    def day(self, key: str) -> date | None:
        """A date of the front matter."""
        value = self.meta.get(key)
        return value if isinstance(value, date) else None

    def written(self, day: date) -> str:
        """A date as readers of the language write it."""
        return format_date(day, "long", self.language.locale)
