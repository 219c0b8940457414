"""The history of a page as a page of HTML: the days on which it has changed, with redlines.

What a day has changed is known by what it was made from, so that it is compared once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from hashlib import sha256
from html import escape
from itertools import islice
from posixpath import basename
from typing import NamedTuple

from babel.dates import format_date

from handbook.bitext.changes import compare, ledger
from handbook.bitext.changes.compare import Change
from handbook.bitext.changes.excerpt import differing, words
from handbook.bitext.changes.history import Day, spellings
from handbook.bitext.changes.passages import Passage, of_files, passages, with_contents
from handbook.bitext.changes.redline import Redline, Row
from handbook.bitext.languages.record import Language
from handbook.bitext.languages.registry import Languages
from handbook.bitext.page.segments import Page
from handbook.press.core.editions import Say
from handbook.press.core.places import Alternate
from handbook.press.redlines import brief, captions
from handbook.press.redlines.fragment import Presenter
from handbook.press.redlines.page import page_of

SHOWN = 10
"""How many of the last changes are shown word by word; of older ones only the day is named."""

Read = Callable[[str], str | None]
"""A function that returns the text that git knows by an id; None if there is none."""
Show = Callable[[str, Sequence[str], str], str]
"""A function that returns a page as readers had it at a commit, from its text and its names.

"" if it was not there yet in their language.
"""
Scan = Callable[[str], Page | None]
"""A function that returns the page that a text is; None if it cannot be read."""

_MARK = "\0"


class Adopted(NamedTuple):
    """A version of a page that was adopted."""

    number: str
    day: date
    body: str
    """Who has adopted it."""
    text: str
    """As it was adopted, or corrected since."""
    is_first: bool = True
    """Whether none was adopted before it, in any language."""


class Bodies:
    """What days and decisions have changed, as HTML; what is `known` is not made anew."""

    def __init__(self, known: Mapping[str, str]) -> None:
        """Take what was `used` before."""
        self.known = known
        self.used: dict[str, str] = {}

    def once(self, about: Iterable[str], make: Callable[[], str | None]) -> str:
        """Return what `make` does, unless it is known by what it is `about`.

        None is a text that cannot be had now; it is asked for again the next time.
        """
        key = sha256(_MARK.join(about).encode()).hexdigest()
        made = self.known[key] if key in self.known else make()
        if made is not None:
            self.used[key] = made
        return made or ""


@lru_cache(maxsize=1024)  # many pages have changed on the same days
def _formatted(day: date, locale: str) -> str:
    return format_date(day, "long", locale=locale)


def anchor(day: Day) -> str:
    """Return the id of what a day has changed, on the page that tells it."""
    return f"d{day.day.isoformat()}"


def _key(day: Day) -> tuple[str, ...]:
    """Return what the texts of a day, and of what is in them, are known by."""
    files = (part for each in day.exchanged for part in each)
    return (day.commits[0], day.commits[-1], day.name, *files)


def _names(day: Day) -> list[str]:
    return [name for each in day.exchanged for name in spellings(basename(each.path))]


@dataclass(frozen=True)
class Chronicler:
    """Writes the history of pages in one language."""

    language: str
    say: Say
    records: Languages
    read: Read
    show: Show
    scan: Scan
    bodies: Bodies
    is_curly: bool = False
    """Whether pages show straight quotation marks as curly ones."""

    def page(
        self,
        title: str,
        back: str,
        days: Sequence[Day],
        adopted: Sequence[Adopted] = (),
        now: str = "",
        script: str = "",
        others: Sequence[Alternate] = (),
    ) -> str:
        """Return the history of a page; `back` is the page's address from there.

        `others`: its history in other languages, with their addresses from there.
        `adopted`: its versions, the oldest first; `now`: the page as it reads, in the same form.
        `script`: an element of HTML for its head.
        """
        named = escape(self.say(captions.HISTORY).replace("{title}", title))
        link = f'<p class="back">{" · ".join(self._ways(back, others))}</p>'
        left = iter(days)
        changed = list(islice(self.changed(left), SHOWN))
        sections = [self._since(adopted[-1], now)] if adopted else []
        before = (None, *adopted)[:-1]
        versions = [self._version(*pair) for pair in zip(before, adopted, strict=True)]
        sections += reversed(versions)
        sections += self._sections(changed)
        older = [self._written(day.day) for day in left if self._is_named(day)]
        if older:
            listed = self._record.comma.join(older)
            sections.append(f"<p>{escape(self.say(captions.EARLIER))} {escape(listed)}</p>")
        legend = f"<p>{escape(self.say(captions.LEGEND))}</p>"
        body = f"<header>\n<h1>{named}</h1>\n{link}\n{legend}\n</header>\n<main>\n"
        return page_of(named, self._record, body + "\n".join(sections) + "\n</main>", script=script)

    def _ways(self, back: str, others: Iterable[Alternate]) -> Iterator[str]:
        """Yield the links to the page, and to its history in other languages."""
        yield f'<a href="{escape(back)}">{escape(self.say(captions.BACK))}</a>'
        for to in others:
            yield (
                f'<a href="{escape(to.url)}" hreflang="{to.tag}" lang="{to.tag}">'
                f"{escape(to.name)}</a>"
            )

    def brief(self, day: Day, body: str) -> str:
        """Return in brief what a day has changed; both are HTML."""
        return brief.of_day(self._written(day.day), body, self.say)

    def changed(self, days: Iterable[Day]) -> Iterator[tuple[Day, str]]:
        """Yield the days on which the text that readers see has changed, with what has changed."""
        for day in days:
            if body := self._described(day):
                yield day, body

    def _since(self, adopted: Adopted, now: str) -> str:
        """Return what has changed since a version was adopted."""
        heading = self.say(captions.SINCE).replace("{number}", adopted.number)
        return self._decided(heading, self._between(adopted.text, now))

    @property
    def _record(self) -> Language:
        return self.records[self.language]

    def _version(self, old: Adopted | None, new: Adopted) -> str:
        """Return what the decision on a version has changed in the one before, if there was one."""
        heading = self.say(captions.VERSION).replace("{number}", new.number)
        heading = heading.replace("{date}", self._written(new.day)).replace("{body}", new.body)
        if old is None:
            said = f"<p>{escape(self.say(captions.FIRST))}</p>" if new.is_first else ""
            return self._titled(heading, said)
        return self._decided(heading, self._between(old.text, new.text))

    def _decided(self, heading: str, body: str) -> str:
        body = body or f"<p>{escape(self.say(captions.NOTHING))}</p>"
        return self._titled(heading, body)

    def _titled(self, heading: str, body: str) -> str:
        return f"<section>\n<h2>{escape(heading)}</h2>\n{body}\n</section>"

    def _between(self, old: str, new: str) -> str:
        """Return what differs between two texts as they are kept; "" if nothing does."""

        def compared() -> str:
            found = ledger.changes(old, new, self._record)
            return self._table(compare.visible(found))

        return self.bodies.once((old, new), compared)

    def _written(self, day: date) -> str:
        return _formatted(day, self._record.locale)

    def _sections(self, changed: Iterable[tuple[Day, str]]) -> Iterator[str]:
        """Yield the section of each day; of two with one date, by a wrong clock, one has the id."""
        known: set[date] = set()
        for day, body in changed:
            yield self._section(day, body, is_known=day.day in known)
            known.add(day.day)

    def _section(self, day: Day, body: str, *, is_known: bool) -> str:
        iso = day.day.isoformat()
        heading = f'<time datetime="{iso}">{escape(self._written(day.day))}</time>'
        place = "" if is_known else f' id="{anchor(day)}"'
        return f"<section{place}>\n<h2>{heading}</h2>\n{body}\n</section>"

    def _described(self, day: Day) -> str:
        """Return what a day has changed as HTML; "" if a reader could see nothing of it."""
        return self.bodies.once(_key(day), lambda: self._compared(day))

    def _is_named(self, day: Day) -> bool:
        """Tell whether a day that is too old to be shown is named.

        Its words tell that, which are not compared as readers see them: there may be many days.
        """

        def differing_words() -> str | None:
            if (texts := self._texts(day)) is None:
                return None
            old, new = texts
            is_exchanged = any(name in old and name in new for name in _names(day))
            return "differs" if is_exchanged or words(old) != words(new) else ""

        return bool(self.bodies.once((*_key(day), "words"), differing_words))

    def _compared(self, day: Day) -> str | None:
        if (texts := self._texts(day)) is None:
            return None
        if not all(texts):
            return f"<p>{escape(self.say(captions.NEW_PAGE))}</p>" if texts[1] else ""
        old, new = differing(*texts, _names(day))
        before, after = self._passages(old), self._passages(new)
        if before is None or after is None:
            return None
        if day.exchanged:
            before = with_contents(before, of_files({e.path: e.old for e in day.exchanged}))
            after = with_contents(after, of_files({e.path: e.new for e in day.exchanged}))
        return self._table(compare.seen(before, after, self._record))

    def _texts(self, day: Day) -> tuple[str, str] | None:
        """Return a page before and after a day, as readers see it; None if git cannot give it."""
        # The new one first: it is the old one of the day that was compared before.
        new, old = (self._text(blob) if blob else "" for blob in (day.new, day.old))
        if old is None or new is None:
            return None
        after = self.show(new, day.names, day.commits[0])
        return self.show(old, day.names, f"{day.commits[-1]}^"), after

    @cached_property
    def _text(self) -> Read:
        """The function that reads a version, which two days have in common."""
        return lru_cache(maxsize=2)(self.read)

    @cached_property
    def _passages(self) -> Callable[[str], list[Passage] | None]:
        """The function that returns the passages of a text, which two days may have in common."""

        @lru_cache(maxsize=2)
        def found(text: str) -> list[Passage] | None:
            page = self.scan(text)
            return passages(page) if page else None

        return found

    def _table(self, found: Sequence[Change]) -> str:
        rows = tuple(Row(each, ()) for each in found)
        if not rows:
            return ""
        presenter = Presenter(
            lambda language: self.say, self.records, is_numbered=False, is_curly=self.is_curly
        )
        return presenter.table(Redline("", "", self.language, (), rows))
