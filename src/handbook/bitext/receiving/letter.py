"""Read the corrections in a letter or a file: lines with labels in any language, or JSON.

Mail programs quote, wrap, widen and sign what people send. What cannot be told from the text of a
correction for sure is refused with its line, never put on a page.
"""

from __future__ import annotations

import html
import json
import quopri
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import dropwhile, pairwise, takewhile
from typing import NamedTuple

from handbook.bitext.catalog import encoding
from handbook.bitext.languages.scripts import CJK, is_wide
from handbook.bitext.problem import Problem
from handbook.bitext.receiving.corrections import Correction
from handbook.bitext.receiving.labels import Labels, labeled

_TEXTS = ("old", "new", "report")
_ONCE = ("page", "address")
"""Fields that name the page."""
ENTRY = re.compile(r'^[> \t]*msgid[ \t\xa0]+"', re.MULTILINE)
"""How an entry of a catalog begins."""
_TRANSLATION = re.compile(r'^[> \t]*msgstr(?:\[\d+\])?[ \t\xa0]+"', re.MULTILINE)


class Line(NamedTuple):
    """A line of a letter, with its number."""

    number: int
    text: str
    lead: int = 0
    """The columns of the label before the text."""


@dataclass(frozen=True)
class _Record:
    """The fields of one correction, each with the lines of its value."""

    line: int
    fields: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    """The fields that it has labels of; others are those of the correction before it."""

    def with_field(self, name: str, value: tuple[Line, ...]) -> _Record:
        """Return the record with a field more."""
        fields = {**self.fields, name: value}
        return _Record(self.line or value[0].number, fields, self.own | {name})


def has_entries(text: str, labels: Labels) -> bool:
    """Tell whether a text is or has a catalog, whose comments may have what is a label in a letter.

    A correction of a page about gettext may have keywords of a catalog, or whole entries.
    """
    lines = text.replace("\r", "\n")
    message, translation = ENTRY.search(lines), _TRANSLATION.search(lines)
    if message is None or translation is None:
        return False
    before = _letter_lines(text[: min(message.start(), translation.start())])
    if not any(labeled(line.text, labels) for line in before):
        return True  # as nearly always: that alone is looked at first
    return not _quotes_entries(text, labels)


def _letter_lines(text: str) -> list[Line]:
    """Return the lines of a letter that are no comments of a catalog."""
    return [line for line in _lines(text) if not line.text.lstrip().startswith("#")]


def _quotes_entries(text: str, labels: Labels) -> bool:
    """Tell whether all entries in a text are in corrections: in an old text, and its new one."""
    lines = _letter_lines(text)
    old: set[int] = set()
    new: set[int] = set()
    for fields in (record.fields for record in _records(lines, labels)):
        if "old" in fields and "new" in fields:
            old.update(line.number for line in fields["old"])
            behind = dropwhile(lambda line: not line.text.strip(), fields["new"])
            new.update(line.number for line in takewhile(lambda line: line.text.strip(), behind))
    begun = (line for line in lines if ENTRY.match(line.text) or _TRANSLATION.match(line.text))
    entries = {line.number for line in begun}
    return not entries.isdisjoint(old) and entries <= old | new


def is_correction(text: str, labels: Labels) -> bool:
    """Tell whether a file that came has corrections in it, and is no catalog."""
    if has_entries(text, labels):
        return False
    if _JSON.match(text.lstrip("\ufeff")) or _pasted(text):
        return True
    found = {got[0] for line in _lines(text) if (got := labeled(line.text, labels))}
    return _has_work(found)


def lacks_texts(data: bytes, labels: Labels) -> bool:
    """Tell whether a letter says on which page and in which language, and not what is wrong."""
    text = data.decode("utf-8", "replace")
    if has_entries(text, labels):
        return False
    found = {got[0] for line in _lines(text) if (got := labeled(line.text, labels))}
    return "language" in found and not found.isdisjoint(_ONCE)


def _has_work(fields: set[str]) -> bool:
    names_page = not fields.isdisjoint(_ONCE)
    return (names_page and not fields.isdisjoint(_TEXTS)) or {"old", "new"} <= fields


def read(text: str, name: str, labels: Labels, language: str = "") -> list[Correction | Problem]:
    """Return the corrections in a file, each once, and what was not understood.

    `language` is what they are in, if they do not say it.
    """
    text = text.lstrip("\ufeff")
    if _JSON.match(text):
        return _once(_in_json(text, name, language))
    pasted = _pasted(text)
    found = list(_in_json(pasted, name, language)) if pasted else []
    return _once([*found, *_in_letter(_lines(text), name, labels, language)])


def _once(found: Iterable[Correction | Problem]) -> list[Correction | Problem]:
    """Return each of what was found once: a mail may quote another that quotes it."""
    first: dict[Correction | Problem, Correction | Problem] = {}
    for each in found:
        first.setdefault(each._replace(line=0) if isinstance(each, Correction) else each, each)
    return list(first.values())


# -- JSON ------------------------------------------------------------------------------------------

_JSON = re.compile(r"\s*+(?:```\w*\s+)?(?:\{|\[\s*+[{\[\"]|\[[\s\d,.]*+(?:\]\s*+)?\Z)")
_FENCE = re.compile(r"^\s*```[\w ]*$", re.MULTILINE)
"""A line that begins or ends a block of code, as a tracker shows one."""
_SAVED = re.compile(r'\{\s*"page"\s*:')
"""How the JSON begins that a page offers to save."""
_CELLS = re.compile(r"(?<!\S)\|(?!\S)")
"""What a page's form puts between the cells of a row; the first and the last may be empty."""
_NEEDED = ("page", "language", "old", "new")
_KEYS = (*_NEEDED, "paragraph", "revision", "credit", "address")


def _in_json(text: str, name: str, language: str) -> Iterator[Correction | Problem]:
    """Yield the corrections in a JSON file, one or a list of them, as pages offer to save."""
    try:
        found = json.loads(_FENCE.sub("", text))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        cure = "correct the line, or write Page:, Language:, Old: and New: as lines"
        yield Problem(name, line, f"is not JSON; {cure}")
        return
    for one in found if isinstance(found, list) else [found]:
        given = one if isinstance(one, dict) else {}
        values = {key: str(given.get(key) or "").strip() for key in _KEYS}
        yield from _corrections(values, name, 1, language)


def _pasted(text: str) -> str:
    """Return what pages offered to save and somebody has pasted into a letter; "" if nothing."""
    if '"page"' not in text:
        return ""
    whole = unwrapped(line.text for line in _lines(text))
    found: list[str] = []
    for begun in _SAVED.finditer(whole):
        with suppress(ValueError, RecursionError):
            _, end = json.JSONDecoder().raw_decode(whole, begun.start())
            found.append(whole[begun.start() : end])
    return f"[{','.join(found)}]" if found else ""


def _corrections(
    given: dict[str, str], name: str, line: int, language: str
) -> Iterator[Correction | Problem]:
    """Yield a correction, or one of each cell of a row that it changes."""
    old_text, new_text = _alike(*(_cleaned(given.get(key, "")) for key in ("old", "new")))
    values = {**given, "old": old_text, "new": new_text}
    values["language"] = given.get("language") or language
    values["page"] = values.get("page") or values.get("address", "")
    missing = [key for key in _NEEDED if not values[key]]
    if missing and missing != ["new"]:  # to be taken out, or rewritten by whoever knows better
        yield Problem(name, line, f"a correction has no {' and no '.join(missing)}; {_ASK}")
        return
    made = Correction(**values, file=name, line=line)
    old, new = ([cell.strip() for cell in _CELLS.split(each)] for each in (made.old, made.new))
    if len(old) != len(new) or len(old) == 1 or old == new:
        yield made
        return
    for before, after in zip(old, new, strict=True):
        if before and after and before != after:
            yield made._replace(old=before, new=after)
        elif before != after:
            yield Problem(
                name, line, f"fills or empties a cell, “{before or after}”; do it by hand"
            )


def _alike(old: str, new: str) -> tuple[str, str]:
    """Return two texts without what their sender, or a program, has put around or into both."""
    quoted = _IN_QUOTES.fullmatch(old), _IN_QUOTES.fullmatch(new)
    if quoted[0] and quoted[1] and quoted[0].group(1, 3) == quoted[1].group(1, 3):
        old, new = quoted[0][2], quoted[1][2]
    plain = _NO_BREAK.sub(" ", new)
    # Where the old text has none, a program has put them there: unless they are what is corrected.
    return old, new if _NO_BREAK.search(old) or plain == old else plain


_ASK = "ask its sender"
_IN_QUOTES = re.compile('([«“"「『„])([^«»“”"「」『』„]+)([»”"」』])')
"""A text that its sender has put between quotation marks."""
_NO_BREAK = re.compile("[\u00a0\u202f]")
_UNSEEN = re.compile("[\u200b\u00ad\ufeff\u2060]")


def _cleaned(text: str) -> str:
    """Return a text as it stands in files: in composed letters, without what nobody sees."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _unlinked(text))).strip()


_LINKED = re.compile(r"(\S+?)\s?<(?:https?://|mailto:)([^<>\s]+)>")
"""What looks like an address, and the link that a mail program has made of it: of `page.md` too."""


def _unlinked(text: str) -> str:
    """Return a text without links that a mail program has put behind what they lead to."""
    return _LINKED.sub(
        lambda found: found[1] if found[1].endswith(found[2].rstrip("/")) else found[0], text
    )


# -- lines with labels -----------------------------------------------------------------------------

_QUOTED = re.compile(r"^(?: ?[>＞])+ ?")
CHAT = re.compile(
    r"^\u200e?\[?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?[ \u202f]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
    r"(?:[ \u202f]?[ap]\.?[ \u202f]?m\.?)?(?:\]| -) (?P<sender>[^:\n]{1,60}): "
    r"|^\d{1,2}:\d{2}\t(?P<name>[^\t\n]{1,60})\t",
    re.IGNORECASE,
)
"""Day, hour and name, which an exported chat has before each message."""
_APART = re.compile(r"[ \t]*([-=_*~—―─━＝－＿・])\1{2,}[ \t]*")
"""A line that divides two corrections, or a letter from a signature."""
_SIGNATURE = re.compile(r"--\s*")
_DIRECTIONS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks of direction, which programs for Arabic and Hebrew put at the ends of lines."""
_FEWEST = 4
"""The lines of which one may say that a program has put an empty one behind each."""


def _lines(text: str) -> list[Line]:
    """Return the lines of a letter, without the signs by which a mail quotes another."""
    rows = [_QUOTED.sub("", row.strip(_DIRECTIONS)) for row in re.split(r"\r\n|\n|\r", text)]
    lines = [Line(n, CHAT.sub("", row).rstrip()) for n, row in enumerate(rows, 1)]
    lines = [line for line in lines if not _FENCE.fullmatch(line.text)]
    return list(_apart_by_senders(_narrowed(lines), rows))


def _narrowed(lines: list[Line]) -> list[Line]:
    """Return the lines of a letter without the empty ones that a program has put behind each.

    Where more than those are empty, its writer has left one, as before a greeting.
    """
    full = [n for n, line in enumerate(lines) if line.text]
    least = min((b - a for a, b in pairwise(full)), default=1)
    if len(full) < _FEWEST or least == 1:
        return lines
    wider = {b for a, b in pairwise(full) if b - a > least}
    return [each for n in full for each in (*([lines[n - 1]] if n in wider else []), lines[n])]


def _apart_by_senders(lines: Iterable[Line], rows: Sequence[str]) -> Iterator[Line]:
    """Yield the lines of a letter, in a chat with an empty one before what somebody else says."""
    last = ""
    for line in lines:
        stamp = CHAT.match(rows[line.number - 1])
        sender = (stamp["sender"] or stamp["name"]) if stamp else last
        if last not in ("", sender):
            yield Line(line.number, "")
        last = sender
        yield line


def _in_letter(
    lines: Iterable[Line], name: str, labels: Labels, language: str
) -> Iterator[Correction | Problem]:
    for record in _records(lines, labels):
        if not _has_work(set(record.fields)):
            continue
        yield from _read(record, name, language)


def _records(lines: Iterable[Line], labels: Labels) -> Iterator[_Record]:
    """Divide a letter into its corrections: at lines of dashes, and where a label comes again."""
    record = _Record(0)
    for found in _fields(lines, labels):
        if found is None:
            yield record
            record = _Record(0)
            continue
        name, value = found
        if name in record.own:
            yield record
            record = _Record(value[0].number, _kept(record, name))
        record = record.with_field(name, value)
    yield record


def _fields(lines: Iterable[Line], labels: Labels) -> Iterator[tuple[str, tuple[Line, ...]] | None]:
    """Yield each field of a letter with the lines of its value, and None for a line of dashes."""
    name, value = "", list[Line]()
    for line in lines:
        is_apart = _APART.fullmatch(line.text)
        got = None if is_apart else labeled(line.text, labels)
        if not is_apart and (got is None or (name in _TEXTS and line.text.lstrip()[:1].islower())):
            value.append(line)
            continue
        if name:
            yield name, tuple(value)
        name, text = got or ("", "")
        value = [Line(line.number, text, _width(line.text) - _width(text))]
        if is_apart:
            yield None
    if name:
        yield name, tuple(value)


def _kept(record: _Record, name: str) -> dict[str, tuple[Line, ...]]:
    """Return what a correction has in common with that before it, which begins with a field.

    A text that follows without a page is on the same page; another page is in the same language.
    """
    keys = ("page", "language", "revision", "address") if name in _TEXTS else ("language",)
    return {key: record.fields[key] for key in keys if key in record.fields and key != name}


def _read(record: _Record, name: str, language: str) -> Iterator[Correction | Problem]:
    """Yield the corrections of a record, or what is wrong with it; what was left out besides."""
    given = {key: _value(lines) for key, lines in record.fields.items() if key not in _TEXTS}
    given["address"] = _rejoined(record.fields.get("address", ()))
    given["page"] = _address(record.fields.get("page", ())) or given["address"]
    if "report" in record.fields and "new" not in record.fields:
        given["old"] = unwrapped(line.text for line in record.fields.get("paragraph", ()))
        yield _for_a_person(given, name, record.line, language)
        return
    lines = record.fields.get("old", ())
    given["old"] = unwrapped(line.text for line in lines)
    is_behind = bool(lines and lines[0].text)
    new = _new(record.fields.get("new", ()), name, given["old"], is_behind=is_behind)
    if isinstance(new, Problem):
        yield new
        return
    given["new"], rest = new
    if given["new"] and not given["old"]:
        yield _for_a_person(given, name, record.line, language)
        return
    if rest and _goes_on(given["old"], given["new"], rest[0].text):
        fault = (
            "the new text may go on here; take out the empty line above, or what is no part of it"
        )
        yield Problem(name, rest[0].number, fault)
        return
    if rest:
        words = unwrapped(line.text for line in rest)
        fault = f"“{words}” stands below the new text and is no part of it; nothing was taken of it"
        yield Problem(name, rest[0].number, fault, level="notice")
    yield from _corrections(given, name, record.line, language)


def _for_a_person(
    given: Mapping[str, str], name: str, line: int, language: str
) -> Correction | Problem:
    """Return what says where a page is wrong, and not both of its texts."""
    code = given.get("language") or language
    if not given["page"] or not code:
        return Problem(name, line, f"a correction has no page or no language; {_ASK}")
    old, paragraph = _cleaned(given.get("old", "")), given.get("paragraph", "")
    return Correction(given["page"], code, old, "", paragraph, file=name, line=line)


def _value(lines: Iterable[Line]) -> str:
    """Return what stands behind a label that has one line."""
    return next((line.text.strip() for line in lines if line.text.strip()), "")


def _address(lines: Iterable[Line]) -> str:
    """Return what names a page, which a mail program may have wrapped."""
    kept: list[str] = []
    for line in lines:
        if kept and not line.text.strip():
            break
        kept += [line.text.strip()] if line.text.strip() else []
    return _unlinked(" ".join(kept))


def _rejoined(lines: Iterable[Line]) -> str:
    """Return the address of a page, which a mail program may have divided anywhere."""
    rows = [line.text.strip() for line in lines]
    return "".join([*rows[:1], *takewhile(_PART_OF_ADDRESS.fullmatch, rows[1:])])


def _goes_on(old: str, new: str, below: str) -> bool:
    """Tell whether a new text may have been cut off where an empty line is below it."""
    ends_alike = old[-1:].isalnum() or not new[-1:].isalnum()
    is_within = below.lstrip()[:2].islower()  # not “iPhone”
    return is_within or bool(_DIVIDED.search(new)) or not ends_alike


def _new(
    lines: tuple[Line, ...], name: str, old: str, *, is_behind: bool
) -> tuple[str, list[Line]] | Problem:
    """Return the new text of a correction, and the lines below it that are no part of it.

    `is_behind` tells whether the old text stands behind its label, as the new one then does.
    """
    signed = next((n for n, line in enumerate(lines) if _SIGNATURE.fullmatch(line.text)), None)
    own = list(lines[:signed])
    first = next((n for n, line in enumerate(own) if line.text.strip()), len(own))
    if (0 if is_behind else 1) < first < len(own):  # an empty new text, and a letter that goes on?
        fault = "the new text stands apart from its label; put it behind the label"
        return Problem(name, own[0].number, fault)
    last = next((n for n in range(first, len(own)) if not own[n].text.strip()), len(own))
    text, rest = own[first:last], [line for line in own[last:] if line.text.strip()]
    width = max([_NARROWEST, *(line.lead + _width(line.text) for line in text)])
    for line, following in pairwise(text):
        is_full = line.lead + _width(line.text) + _width(_word(following.text)) > width
        is_end = _ends(old, line.text) and not _ends(old, text[-1].text)
        if not is_full or is_end or _DIVIDED.search(line.text):
            fault = "begins a line of its own within the new text; if it is no part of that, put an"
            return Problem(
                name, following.number, f"{fault} empty line above it, else join the two"
            )
    return unwrapped(line.text for line in text), rest


def _ends(old: str, line: str) -> bool:
    """Tell whether a line ends as an old text does: with the same mark, and the word before it."""
    words = line.split()
    return bool(words) and not line[-1].isalnum() and old.endswith(words[-1][-_SAME:])


_SAME = 3
"""The characters at the end of two texts that are compared."""


_PART_OF_ADDRESS = re.compile(r"[\w/#%.@?&=+~-]+", re.ASCII)
_DIVIDED = re.compile(r"\w[-\u2010]$")
"""The end of a line at which a word may have been divided."""
_NARROWEST = 60
"""The columns at which no program wraps yet; a line that ends before was ended by a person."""


def _width(text: str) -> int:
    return sum(1 + is_wide(each) for each in text)


def _word(text: str) -> str:
    """Return what of a line would not be divided from its beginning: a word, or a character."""
    word = text.split(maxsplit=1)[0]
    return word[:2] if _CJK.match(word) else f" {word}"


_CJK = re.compile(f"[{CJK}]")


def unwrapped(rows: Iterable[str]) -> str:
    """Return lines as one; between two of them is a blank, but not beside Han or kana."""
    text = ""
    for row in (each.strip() for each in rows):
        if text and row:
            text += "" if _CJK.match(text[-1]) or _CJK.match(row) else " "
        text += row
    return text


# -- encodings -------------------------------------------------------------------------------------

_GUESSES = ("iso2022_jp", "cp932", "euc_jp", "cp1252", "gb18030", "big5", "cp949", "cp1256")
"""Encodings without a sign of their own that readers' programs may use."""
_PRINTABLE = re.compile(rb"=(?:\r?\n|[89A-F][0-9A-F])")


_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#x[0-9A-Fa-f]{2,5});")


def decoded(data: bytes, labels: Labels) -> str:
    """Return the text of a letter with corrections; "" if it has none, or in no known encoding.

    An encoding that is not declared is believed where a label in its letters is read with it.
    """
    for mark, name in encoding.MARKS:
        if data.startswith(mark):
            return _checked(data.decode(name, "replace").removeprefix("\ufeff"), labels)
    if _PRINTABLE.search(data):
        plain = quopri.decodestring(data)
        if found := _decoded(plain, labels):
            return found
    return _decoded(data, labels)


def _decoded(data: bytes, labels: Labels) -> str:
    """Return a letter in the first encoding in which it has corrections; "" if in none."""
    if b"\0" in data:
        names: tuple[str, ...] = ("utf-16-le", "utf-16-be")
    elif b"\x1b$" in data:
        names = ("iso2022_jp",)
    else:
        names = ("utf-8",)
    for name in (*names, *_GUESSES):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        found = _checked(_unescaped(text, labels), labels)
        if found and (name in names or _proves(text, labels)):
            return found
    return ""


def _unescaped(text: str, labels: Labels) -> str:
    """Return a letter without escapes, if a program has made them: of its labels too, if of any.

    A reader may write of escapes, and a page show one.
    """
    if _JSON.match(text) or not _ENTITY.search(text):
        return text
    plain = html.unescape(text)
    counts = [
        sum(labeled(row, labels) is not None for row in each.splitlines()) for each in (text, plain)
    ]
    return plain if counts[1] > counts[0] else text


def unread(data: bytes, labels: Labels) -> int:
    """Return the line at which a letter with corrections is not UTF-8; 0 if it is none."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        is_letter = is_correction(data.decode("latin-1"), labels)
        return data.count(b"\n", 0, error.start) + 1 if is_letter else 0
    return 0


def _checked(text: str, labels: Labels) -> str:
    return text if is_correction(text, labels) else ""


def _proves(text: str, labels: Labels) -> bool:
    """Tell whether a label that is no ASCII is read in a text."""
    found = (line.text for line in _lines(text) if labeled(line.text, labels))
    return any(not re.split("[:\uff1a]", line)[0].isascii() for line in found)
