"""The history of a page as a page of HTML: the days on which its text changed, with redlines.

What a day has changed is kept in a folder, by what it was made from, so that it is compared once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from babel.dates import format_date

from bitext.changes import compare, ledger
from bitext.changes.compare import Change
from bitext.changes.history import Day
from bitext.changes.redline import Redline, Row
from bitext.files import write
from bitext.languages.registry import Languages
from bitext.page.segments import Page
from press.core.editions import Say
from press.redlines import wording
from press.redlines.document import page_of
from press.redlines.fragment import Teller

SHOWN = 10
"""How many of the last changes are shown word by word; of older ones only the day is told."""

Read = Callable[[str], Page | None]
"""A function that returns the page that git knows by an id; None if it cannot be read."""


class Adopted(NamedTuple):
    """The version of a page that was adopted last."""

    number: str
    text: str
    """As it was adopted."""
    now: str
    """As the page reads now."""


@dataclass(frozen=True)
class Chronicler:
    """Writes the history of pages in one language."""

    language: str
    say: Say
    records: Languages
    read: Read
    kept: Path
    """The folder where it keeps what days have changed."""

    def page(
        self, title: str, back: str, days: Sequence[Day], adopted: Adopted | None = None
    ) -> str:
        """Return the history of a page; `back` is the page's address from there."""
        record = self.records[self.language]
        named = escape(self.say(wording.HISTORY).replace("{title}", title))
        link = f'<p><a href="{escape(back)}">{escape(self.say(wording.BACK))}</a></p>'
        changed = self._changed(days)
        sections = [self._since(adopted)] if adopted else []
        sections += (self._section(day, told) for day, told in islice(changed, SHOWN))
        older = [self._date(day) for day, _ in changed]
        if older:
            listed = ", ".join(older)
            sections.append(f"<p>{escape(self.say(wording.EARLIER))} {escape(listed)}</p>")
        legend = f"<p>{escape(self.say(wording.LEGEND))}</p>"
        body = f"<header>\n<h1>{named}</h1>\n{link}\n{legend}\n</header>\n<main>\n"
        return page_of(named, record, body + "\n".join(sections) + "\n</main>")

    def _changed(self, days: Iterable[Day]) -> Iterator[tuple[Day, str]]:
        """Yield the days on which the text that readers see has changed, with what has changed."""
        for day in days:
            if told := self._told(day):
                yield day, told

    def _since(self, adopted: Adopted) -> str:
        """Return what has changed since a version was adopted."""
        found = ledger.changes(adopted.text, adopted.now, self.records[self.language])
        heading = self.say(wording.SINCE).replace("{number}", adopted.number)
        told = self._table(compare.visible(found)) or f"<p>{escape(self.say(wording.NOTHING))}</p>"
        return f"<section>\n<h2>{escape(heading)}</h2>\n{told}\n</section>"

    def _date(self, day: Day) -> str:
        return format_date(day.day, "long", locale=self.records[self.language].locale)

    def _section(self, day: Day, told: str) -> str:
        date = f'<time datetime="{day.day.isoformat()}">{escape(self._date(day))}</time>'
        return f'<section id="d{day.day.isoformat()}">\n<h2>{date}</h2>\n{told}\n</section>'

    def _told(self, day: Day) -> str:
        """Return what a day has changed as HTML; "" if a reader could see nothing of it."""
        if not day.old:
            return f"<p>{escape(self.say(wording.NEW_PAGE))}</p>"
        file = self.kept / f"{self._key(day)}.html"
        if not file.exists():
            write(file, self._compared(day))
        return file.read_text("utf-8")

    def _key(self, day: Day) -> str:
        words = [self.say(each) for each in wording.LABELS]
        parts = (_program(), self.language, day.old, day.new, *words)
        return sha256("\0".join(parts).encode()).hexdigest()[:32]

    def _compared(self, day: Day) -> str:
        old, new = self.read(day.old), self.read(day.new) if day.new else None
        if old is None:
            return ""
        return self._table(compare.visible(compare.compare(old, new, self.records[self.language])))

    def _table(self, found: Sequence[Change]) -> str:
        rows = tuple(Row(each, ()) for each in found)
        if not rows:
            return ""
        teller = Teller(lambda language: self.say, self.records, is_numbered=False)
        return teller.table(Redline("", "", self.language, (), rows))


def _program() -> str:
    """Return what changes when this program does: then everything is compared anew."""
    digest = sha256()
    for package in ("bitext.changes", "press.redlines"):
        for file in sorted(Path(str(files(package))).glob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()
