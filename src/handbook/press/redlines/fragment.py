"""The rows of a redline as HTML: a table with a column a language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from unicodedata import normalize

from handbook.bitext.changes.compare import IN_LINES, Change, LinkChange
from handbook.bitext.changes.forms import FormChange
from handbook.bitext.changes.passages import Passage
from handbook.bitext.changes.reading import Link
from handbook.bitext.changes.redline import Cell, Redline, Row
from handbook.bitext.changes.words import BREAK, Piece
from handbook.bitext.languages.registry import Languages
from handbook.press.core.editions import Say
from handbook.press.redlines import captions

SayIn = Callable[[str], Say]
"""A function that returns, for a language, the translation of interface text into it."""


@dataclass(frozen=True)
class Presenter:
    """Presents what has changed as HTML, in the language of each column."""

    say: SayIn
    records: Languages
    is_print: bool = False
    """Whether it is for paper: without what only a screen or a voice has."""
    is_numbered: bool = True
    """Whether links may lead to each change."""
    is_curly: bool = False
    """Whether quotation marks that are typed straight are shown as curly ones, as on the page."""

    def table(self, redline: Redline) -> str:
        """Return the rows of a redline as a table."""
        columns = (redline.source, *redline.languages)
        heads = "".join(
            f'<th scope="col"{self._tongue(code)}>{self._name(code)}</th>' for code in columns
        )
        head = f"<thead><tr>{heads}</tr></thead>"
        rows = "\n".join(self._rows(redline.rows, columns))
        body = f"<tbody>\n{rows}\n</tbody>"
        return f'<table class="redline columns-{len(columns)}">{head}{body}</table>'

    def _name(self, code: str) -> str:
        return escape(self.records[code].name_of(code))

    def _tongue(self, code: str) -> str:
        record = self.records[code]
        direction = f' dir="{record.direction}"' if record.direction != "ltr" else ""
        return f' lang="{record.tag}"{direction}'

    def _rows(self, rows: Sequence[Row], columns: Sequence[str]) -> Iterator[str]:
        number = 0
        for row in rows:
            number += row.is_visible
            anchor = f' id="change-{number}"' if self.is_numbered else ""
            anchor = f'{anchor} class="changed"' if row.is_visible else ""
            cells = [self.source(row.change, self.say(columns[0]))]
            cells += (
                self.cell(cell, row.change, self.say(code))
                for cell, code in zip(row.cells, columns[1:], strict=True)
            )
            shown = "".join(
                f"<td{self._tongue(code)}>{text}</td>"
                for text, code in zip(cells, columns, strict=True)
            )
            yield f"<tr{anchor}>{shown}</tr>"

    # -- the source -----------------------------------------------------------------

    def source(self, change: Change, say: Say) -> str:
        """Return a passage of the source, with what has become of it."""
        marks = list(_marks(change, say))
        label = f'<p class="mark">{escape(" · ".join(marks))}</p>' if marks else ""
        if change.kind == "moved away":
            return label + f'<p class="away">{escape(_beginning(change.passage.text))}</p>'
        text = self.text(change, self.pieces(self._shown(change.pieces, change), say))
        more = "".join(f"<li>{each}</li>" for each in self._more(change, say))
        return label + text + (f'<ul class="more">{more}</ul>' if more else "")

    def text(self, change: Change, pieces: str) -> str:
        """Return a text as an element of its passage's kind."""
        passage = change.passage
        if not pieces:
            return ""
        if passage.level and self.is_print:
            return f"<p><strong>{pieces}</strong></p>"
        if passage.level:
            level = min(passage.level + 1, 6)
            return f'<p class="heading" role="heading" aria-level="{level}">{pieces}</p>'
        if passage.kind in IN_LINES:
            return f'<p class="code">{pieces}</p>'
        return f'<p class="{passage.kind.replace(" ", "-")}">{pieces}</p>'

    def cell(self, cell: Cell, change: Change, say: Say) -> str:
        """Return a translation of a passage, with what has become of it."""
        if cell.state == "moved away":
            return f'<p class="mark">{escape(say(captions.AWAY))}</p>'
        labels = {
            "missing": captions.NOT_YET,
            "older": captions.OLDER,
            "shared": captions.SHARED if change.is_visible else "",
        }
        label = labels.get(cell.state)
        if label is None and cell.is_changed and not change.is_visible:
            label = captions.CHANGED
        mark = f'<p class="mark {cell.state}">{escape(say(label))}</p>' if label else ""
        return mark + self.text(change, self.pieces(self._shown(cell.pieces, change), say))

    def _shown(self, pieces: Sequence[Piece], change: Change) -> Sequence[Piece]:
        """Return words as their page shows them: code as it is typed."""
        is_code = change.passage.kind in IN_LINES
        return _curled(pieces, change) if self.is_curly and not is_code else pieces

    # -- words ------------------------------------------------------------------------

    def pieces(self, pieces: Sequence[Piece], say: Say) -> str:
        """Return words as HTML, with what has become of them."""
        return "".join(self._piece(each, say) for each in pieces)

    def _piece(self, piece: Piece, say: Say) -> str:
        blank = " " if piece.is_apart else ""
        text = escape(piece.text, quote=False).replace("\n", "<br>")
        if piece.fate == "same":
            return blank + text
        text = text.replace(BREAK, f'<span class="break">{BREAK}</span><br>')
        if piece.fate == "in":
            return blank + self._fate("ins", say(captions.SAID_IN), text)
        return blank + self._fate("del", say(captions.SAID_OUT), text)

    def _fate(self, tag: str, said: str, text: str) -> str:
        """Return words in `<ins>` or `<del>`; on a screen with what is read out before them."""
        if self.is_print:
            return (
                f"<{tag}><strong>{text}</strong></{tag}>" if tag == "ins" else f"<del>{text}</del>"
            )
        before = f'<span class="said">[{escape(said)} </span>'
        return f'<{tag}>{before}{text}<span class="said">]</span></{tag}>'

    def _more(self, change: Change, say: Say) -> Iterator[str]:
        """Yield what has changed besides words: what is linked, how it stands, how it is set."""
        for form in change.forms:
            yield self._turned(say(captions.FORMS[form.name]), *_named(form, say), say)
        for style in change.styles:
            message = say(captions.STYLED if style.is_on else captions.UNSTYLED)
            named = message.replace("{style}", say(captions.STYLES[style.style]))
            yield escape(named.replace("{words}", style.words))
        for link in change.links:
            yield self._link(link, say)

    def _link(self, change: LinkChange, say: Say) -> str:
        """Return what has become of a link, a picture or a footnote."""
        link = change.new or change.old
        assert link is not None
        if change.is_exchanged:
            is_picture = link.kind == "image"
            message = say(captions.EXCHANGED if is_picture else captions.EXCHANGED_FILE)
            return escape(message.replace("{words}", link.words).replace("{name}", link.target))
        label = {"image": captions.PICTURE, "footnote": captions.NOTE}.get(link.kind, captions.LINK)
        name = say(label).replace("{words}", link.words)
        old, new = (_target(each) if each else "" for each in change)
        return self._turned(name, old, new, say)

    def _turned(self, name: str, old: str, new: str, say: Say) -> str:
        """Return what something was and is now; "" for nothing."""
        parts = [escape(name)]
        if old:
            parts.append(self._fate("del", say(captions.SAID_OUT), escape(old)))
        if new:
            parts.append(self._fate("ins", say(captions.SAID_IN), escape(new)))
        return " ".join(parts)


def _target(link: Link) -> str:
    if link.kind == "footnote":
        return _beginning(link.words) or link.target
    return f'{link.target} "{link.title}"' if link.title else link.target


def _named(form: FormChange, say: Say) -> tuple[str, str]:
    """Return how something about a passage was and is, in words."""
    old, new = (say(captions.value(form.name, each)) for each in (form.old, form.new))
    return old, new


_CURLY = {'"': "“”", "'": "‘’"}
_OPENING = " \n\xa0([{«“‘—–-/"
"""Characters behind which a quotation mark opens."""


def _curled(pieces: Sequence[Piece], change: Change) -> list[Piece]:
    """Return words with curly quotation marks, as Python-Markdown's `smarty` would write them.

    Not in code, which is known by the places of its letters in the old or the new text.
    """
    if not any(sign in piece.text for piece in pieces for sign in _CURLY):
        return list(pieces)
    code = {"out": _code(change.old), "in": _code(change.new)}
    at = {"out": 0, "in": 0}
    made, last = [], " "
    for piece in pieces:
        before, text = " " if piece.is_apart else last, ""
        side = "out" if piece.fate == "out" else "in"
        for letter in piece.text:
            is_typed = at[side] in code[side]
            text += letter if is_typed else _CURLY.get(letter, letter * 2)[before not in _OPENING]
            before = letter
            is_break = letter == BREAK and piece.fate != "same"
            for each in ("out", "in") if piece.fate == "same" else (side,):
                at[each] += not (letter.isspace() or is_break)
        made.append(piece._replace(text=text))
        last = last if piece.fate == "out" else before
    return made


def _code(found: Sequence[Passage]) -> set[int]:
    """Return which letters of passages are code, counted without blanks."""
    letters: set[int] = set()
    start = 0
    for passage in found:
        runs = (run for run in passage.reading.styles if run.style == "code")
        letters.update(start + place for run in runs for place in range(run.start, run.end))
        start += len("".join(normalize("NFC", passage.text).split()))
    return letters


def _marks(change: Change, say: Say) -> Iterator[str]:
    """Yield the labels of a passage: of which kind it is, and what has become of it."""
    if not change.is_visible:
        return
    passage = change.passage
    if (kind := captions.kind(passage.kind)) != captions.kind("paragraph"):
        yield say(kind)
    yield say(_state(change))
    was = captions.kind(change.old[0].kind) if change.is_other_kind else kind
    if was != kind:
        yield say(captions.WAS_KIND).replace("{kind}", say(was))
    if change.is_moved and change.new:
        before, now = change.old[0].under, change.new[0].under
        is_away = change.kind == "moved away"
        place = now if is_away else before
        if place and before != now:
            message = captions.NOW_UNDER if is_away else captions.WAS_UNDER
            yield say(message).replace("{heading}", place)


def _state(change: Change) -> str:
    if change.kind == "moved away":
        return captions.AWAY
    if change.is_moved:
        return captions.MOVED_CHANGED if change.is_edited else captions.MOVED
    return {"new": captions.NEW, "gone": captions.GONE}.get(change.kind, captions.CHANGED)


_LONGEST = 60
"""How many letters of a text are shown where it has been moved away from."""


def _beginning(text: str) -> str:
    """Return the beginning of a text, up to the end of a word where blanks divide words."""
    if len(text) <= _LONGEST:
        return text
    whole_words = text[: _LONGEST + 1].rpartition(" ")[0]
    is_enough = 2 * len(whole_words) > _LONGEST  # Japanese has a blank only here and there
    return f"{whole_words if is_enough else text[:_LONGEST].rstrip()} …"
