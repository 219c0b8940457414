"""The foot of a page: who keeps it, when it is reviewed again, and what stands behind its words.

All of it is in the page's front matter, but for the review of a translation, which is in the header
of its catalog.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

from babel.dates import format_date
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_datetime

from bitext.languages.record import Language
from press.core import editions
from press.core.settings import log

_NONE = "none yet"
"""What authors write for a keeper or for languages where there are none."""
_KEEPER = "Keeper: {role}"
_NO_KEEPER = "Keeper: none yet"
_READ = "Last reviewed: {date}"
_DUE = "Next review by {date}"
_OVERDUE = "Overdue: this page should have been reviewed by {date}"
_STATUS = "Status: {status}"
_VERSION = "Version {number}"
_DATED = "Dated {date}"
_AUTHENTIC = "Authentic languages: {languages}"
_NO_AUTHENTIC = "Authentic languages: none yet"
_EDITED_IN = re.compile(r"(https?://[^/]+(?:/[^/]+){2,}?)/(?:-/edit|edit|_edit|blob|tree|src)/")
_STATUSES = ("restatement", "draft", "adopted")


@dataclass(frozen=True)
class Foot:
    """What the foot of a page tells, in its reader's language."""

    document: tuple[str, ...]
    """Status, version, date and authentic languages of a key document; of other pages nothing."""
    upkeep: tuple[str, ...]
    """Who keeps the page, and when it was and will be reviewed."""
    overdue: str
    """That the page should have been reviewed before now; empty if it need not."""
    vouched: bool
    """False for a translation that no native speaker has reviewed."""
    written: bool
    """Whether the page was written in the reader's language: what is edited is the page itself."""
    repository: str
    """Where all texts are kept; empty where `edit_uri` does not tell."""


def words() -> Iterator[tuple[str, str]]:
    """The English messages of the foot, with notes for their translators."""
    for message in (_KEEPER, _NO_KEEPER, _READ, _DUE, _OVERDUE):
        yield message, "In the foot of a page: its upkeep. Keep what is in {}."
    for message in (_STATUS, _VERSION, _DATED, _AUTHENTIC, _NO_AUTHENTIC):
        yield message, "In the foot of a key document. Keep what is in {}."
    for message in _STATUSES:
        yield message, "In the foot of a key document: its status."


def foot(page: Page, config: MkDocsConfig) -> Foot:
    """What to tell at the foot of a page. A date that is none is left out, with a warning."""
    language, path = editions.place(page.file.src_uri)
    book = editions.of(config)
    source = book.sources[path]
    record, file = book.handbook.records[language], f"docs/{source.language}/{path}"
    teller = _Teller(record, book.words(language), file, page.meta)
    due = teller.day("review_by")
    late = due is not None and due < get_build_datetime().astimezone(UTC).date()
    return Foot(
        document=tuple(teller.document()),
        upkeep=tuple(teller.upkeep(None if late else due)),
        overdue=teller.say(_OVERDUE, date=teller.written(due)) if due and late else "",
        vouched=not book.speaks(path, language) or book.reviewed(path, language),
        written=source.language == language,
        repository=repository(config.edit_uri or ""),
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
    words: editions.Words
    file: str
    meta: Any  # YAML: whatever the author wrote

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
        if value is not None and not isinstance(value, date):
            log.warning('%s: "%s: %s" is no date; write it as 2026-01-31', self.file, key, value)
            return None
        return value

    def written(self, day: date) -> str:
        """A date as readers of the language write it."""
        return format_date(day, "long", self.language.locale)
