"""Catalogs as gettext PO files: `parse` reads their text, `dump` writes it.

The only module that knows polib. Its written form is that of `msgcat --no-wrap`, to the
byte; where polib differs (order of header and comments, wrapping of references, `#~|` and
`#=` lines, line separators inside messages), this module makes up for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polib

from handbook.bitext import conflicts
from handbook.bitext.catalog.units import Catalog, CatalogError, Unit, with_others
from handbook.bitext.problem import line_at

escape, unescape = polib.escape, polib.unescape
QUOTED = r'"((?:[^"\\\n]++|\\.)*+)"'
"""A pattern for a string as it is written, its content as a group."""

# polib splits at every character at which Python ends a line; gettext at "\n" alone. While polib
# works, stand-ins take their place: lone surrogates, which no text that was read from a file has.
_SEPARATORS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_HIDE = {ord(char): 0xDC00 + number for number, char in enumerate(_SEPARATORS)}
_SHOW = {0xDC00 + number: char for number, char in enumerate(_SEPARATORS)}
_SEPARATOR = re.compile(f"[{_SEPARATORS}]")
_STAND_IN = re.compile(f"[{''.join(map(chr, _SHOW))}]")
_SHOW_ESCAPED = _SHOW | {
    _HIDE[ord(char)]: name for char, name in zip("\r\v\f", (r"\r", r"\v", r"\f"), strict=True)
}
_ERROR_LINE = re.compile(r"\(line (\d+)\)(?:: (.*))?$")
_PREVIOUS_OBSOLETE = re.compile(r"^#~\|", re.MULTILINE)
_WORKFLOW_FLAGS = re.compile(r"^#=", re.MULTILINE)
_GLUED = re.compile(r"^#([.,:|])(?=[^\s])", re.MULTILINE)
# What has no blank where polib wants one: behind a keyword, or behind the mark of an old entry.
_TIGHT = re.compile(
    r'^(?:#~(?=[a-z"])|(?:#[~|]\|?[ \t]*)?msg[a-z_]+(?:\[\d+\])?(?="))', re.MULTILINE
)
# A blank of another kind behind a keyword, as programs for Japanese and keyboards write it.
_WIDE_BLANK = re.compile(
    r'^((?:#~[ \t]*)?msg[a-z_]+(?:\[\d+\])?)[ \t]*[\u00a0\u2000-\u200a\u202f\u3000][^\S\n]*(?=")',
    re.MULTILINE,
)
# Blanks before a line, at which gettext does not look.
_INDENTED = re.compile(r"^[ \t]+", re.MULTILINE)
# A line that does not belong in a catalog. polib would drop a character of it, or the line.
_BROKEN = re.compile(
    r"^(?!\s*$)(?!#(?![~|]))(?!(?:#~[ \t]*\|?|#\|)?[ \t]*"
    rf"(?:(?:msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)[ \t]*)?{QUOTED}[ \t]*$).*$",
    re.MULTILINE,
)
# Strings beside each other on a line, which gettext reads as one. Without a blank between them they
# are taken for a quotation mark that was doubled, as in tables.
_BESIDE = re.compile(
    rf"^(?P<head>(?:#[~|]{{1,2}})?[a-z_\[\]\d \t]*)(?P<strings>{QUOTED}(?:[ \t]+{QUOTED})+)[ \t]*$",
    re.MULTILINE,
)
_KEYWORD = re.compile(r"^(?:#~[ \t]*)?(?P<name>msg\w+)(?P<index>\[\d+\])?", re.MULTILINE)
_FOLLOWING = {
    "msgctxt": ("msgid",),
    "msgid": ("msgstr", "msgstr[n]", "msgid_plural"),
    "msgid_plural": ("msgstr[n]", "msgstr"),
    "msgstr": ("msgid", "msgctxt"),
    "msgstr[n]": ("msgstr[n]", "msgid", "msgctxt"),
}
_FOREIGN = re.compile(r"^#(?:~\||=|[.,:|][^\s]|[^\s.,:|~=#])", re.MULTILINE)
_COMMENT = re.compile(r"^#(?![.,:|~=])[ ]?(.*)$", re.MULTILINE)
_BARE_COMMENT = re.compile(r"^#(?=[^\s.,:|~=#])", re.MULTILINE)


_HEADER = re.compile(r'^msgid[ \t]*""[ \t]*\n(?=[ \t]*msgstr)', re.MULTILINE)
_SECOND = "this is a second header; delete one of the two"


def parse(text: str) -> Catalog:
    """Return the catalog written in `text`. Raises CatalogError."""
    text = text.removeprefix("\ufeff").replace("\r\r\n", "\n").replace("\r\n", "\n")
    try:
        file = polib.pofile(_for_polib(text), wrapwidth=0)
    except OSError as error:
        match = _ERROR_LINE.search(str(error))
        line = int(match[1]) if match else 1
        raise CatalogError(line, (match and match[2]) or "not a line of a catalog") from None
    entries = [_unit(entry) for entry in file]
    _refuse_forms(file)
    if _SEPARATOR.search(text):
        entries = [_translated(unit, _SHOW) for unit in entries]
    units = [unit for unit, entry in zip(entries, file, strict=True) if not entry.obsolete]
    obsolete = [unit for unit, entry in zip(entries, file, strict=True) if entry.obsolete]
    units, obsolete = _without_duplicates(units, obsolete)
    above, words = _shown(file.header), _words_at_end(text)
    if last := obsolete or units:
        last[-1] = last[-1]._replace(comment=_joined_rows(last[-1].comment, words))
    else:
        above = _joined_rows(above, words)
    return Catalog(
        header={_field(name): _field(value) for name, value in file.metadata.items()},
        units=tuple(units),
        obsolete=tuple(obsolete),
        comment=above,
        fuzzy_header=bool(file.metadata_is_fuzzy),
    )


def _words_at_end(text: str) -> str:
    """Return the comment behind the last entry of a catalog, which gettext and polib drop."""
    last = max(text.rfind("\nmsg"), text.rfind("\n#~"))
    return "\n".join(_COMMENT.findall(text, last + 1)) if last >= 0 else ""


def _joined_rows(*texts: str) -> str:
    return "\n".join(filter(None, texts))


def _refuse_disorder(text: str) -> None:
    """Raise CatalogError where keywords are not in order, as after a msgid without a msgstr.

    polib drops such an entry silently.
    """
    previous, last, forms = "msgstr", None, 0
    for match in _KEYWORD.finditer(text):
        keyword = match["name"] + ("[n]" if match["index"] else "")
        forms = forms + 1 if keyword == "msgstr[n]" else 0
        if forms and int(match["index"][1:-1]) != forms - 1:
            wrong = f"this must be msgstr[{forms - 1}]: forms of a plural are numbered 0, 1, 2"
            raise CatalogError(line_at(text, match.start()), wrong)
        if keyword not in _FOLLOWING[previous]:
            wanted = " or ".join(_FOLLOWING[previous])
            raise CatalogError(
                line_at(text, match.start()), f"{wanted} must come before this {keyword}"
            )
        previous, last = keyword, match
    if last and not previous.startswith("msgstr"):
        raise CatalogError(line_at(text, last.start()), f"no msgstr follows this {previous}")


def _for_polib(text: str) -> str:
    """Return `text` in a form that polib reads without loss. Raises CatalogError."""
    if not text.strip():
        raise CatalogError(1, "the file is empty")
    if _INDENTED.search(text):
        text = _INDENTED.sub("", text)
    if line := conflicts.first_line(text):
        raise CatalogError(line, conflicts.FAULT)
    text = _with_one_header(text)
    headers = list(_HEADER.finditer(text))
    if len(headers) > 1:
        raise CatalogError(line_at(text, headers[1].start()), _SECOND)
    text = _hidden(_decoded(text))
    if _BROKEN.search(text):
        text = _BESIDE.sub(_as_one, _WIDE_BLANK.sub(r"\1 ", text))
    if broken := _BROKEN.search(text):
        wrong = 'this is not a string between two ", with \\" for a quotation mark inside'
        raise CatalogError(line_at(text, broken.start()), wrong)
    _refuse_disorder(text)
    while _TIGHT.search(text):  # a line may have two
        text = _TIGHT.sub(r"\g<0> ", text)
    if _FOREIGN.search(text):
        text = _PREVIOUS_OBSOLETE.sub("#|", text)
        text = _WORKFLOW_FLAGS.sub("#,", text)
        text = _BARE_COMMENT.sub("# ", _GLUED.sub(r"#\1 ", text))
    # polib takes a text without a line break for a file's name.
    return text if text.endswith("\n") else text + "\n"


def _with_one_header(text: str) -> str:
    """Return `text` with the first value of each field that msgcat has put into its header twice.

    Of what is left out there remain empty strings, so that no line has another number.
    """
    end = text.find("\n\n")
    if not _OF_FILE.search(text, 0, max(end, 0)):
        return text
    known: dict[str, str] = {}
    rows = (_row_of_header(row, known) for row in text[:end].split("\n"))
    return "\n".join(rows) + text[end:]


def _row_of_header(row: str, known: dict[str, str]) -> str:
    """Return a row of a header, or an empty string if it says what is `known`, or nothing new."""
    name, _, value = row.partition(": ")
    if _OF_FILE.match(row) or (name in known and (known[name] or value == _NOTHING)):
        return '""'
    if row.startswith('"') and value:
        known[name] = value.removesuffix(_NOTHING)
    return row


_OF_FILE = re.compile(rf'^"{conflicts.OF_FILE}[^\n]*$', re.MULTILINE)
"""The row by which msgcat names the file that the rows behind it are from."""
_NOTHING = r"\n" + '"'
"""What is written behind the value of a field, and all of that if it is empty."""


def _as_one(row: re.Match[str]) -> str:
    """Return a line with one string in the place of several."""
    return row["head"] + '"' + "".join(_STRINGS.findall(row["strings"])) + '"'


_STRINGS = re.compile(QUOTED)


def _unit(entry: polib.POEntry) -> Unit:
    """Return an entry of polib's as a unit."""
    flags = [_FUZZY.sub("fuzzy", flag) for flag in entry.flags]
    return Unit(
        message=entry.msgid,
        translation=entry.msgstr or entry.msgstr_plural.get(0, ""),
        fuzzy="fuzzy" in flags,
        previous=entry.previous_msgid,
        places=tuple(f"{path}:{line}" if line else path for path, line in entry.occurrences),
        note=entry.comment,
        comment=entry.tcomment,
        flags=tuple(dict.fromkeys(f for f in flags if f and f != "fuzzy")) if flags else (),
        context=entry.msgctxt,
        previous_context=entry.previous_msgctxt,
        plural=(entry.msgid_plural, *entry.msgstr_plural.values()) if entry.msgid_plural else (),
        previous_plural=entry.previous_msgid_plural,
        line=entry.linenum or 0,
    )


_FUZZY = re.compile("fuzzy", re.IGNORECASE)
"""The mark of what is not sure, which keyboards begin with a capital."""


def _translated(unit: Unit, table: Mapping[int, Any]) -> Unit:
    """Return `unit` with `table` (as of `str.translate`) applied to each of its texts."""
    return Unit(*(_deep(value, table) for value in unit))


def _deep(value: Any, table: Mapping[int, Any]) -> Any:
    if isinstance(value, str):
        return value.translate(table)
    return tuple(_deep(v, table) for v in value) if isinstance(value, tuple) else value


def _refuse_forms(entries: Iterable[polib.POEntry]) -> None:
    """Raise CatalogError where a message without a plural has several forms of a translation."""
    for entry in entries:
        if not entry.msgid_plural and any(
            entry.msgstr_plural.get(n) for n in entry.msgstr_plural if n
        ):
            fault = "a message without a msgid_plural has one translation; write it as msgstr"
            raise CatalogError(entry.linenum or 1, fault)


def _without_duplicates(
    units: Sequence[Unit], obsolete: Sequence[Unit]
) -> tuple[list[Unit], list[Unit]]:
    """Return units that are there once, in use or obsolete. Raises CatalogError.

    An obsolete unit whose message is in use, or obsolete once more, is one with the first of them:
    gettext does not look at it. Its translation is kept, in a comment if it is another one.
    """
    kept: dict[tuple[str | None, str], Unit] = {}
    for unit in units:
        if not unit.message and unit.context is None:
            raise CatalogError(max(1, unit.line), _SECOND)
        first = kept.setdefault((unit.context, unit.message), unit)
        if first is not unit:
            kept[unit.context, unit.message] = _same(first, unit)
    used = len(kept)
    for unit in obsolete:
        key = unit.context, unit.message
        if key == (None, ""):  # an old header has nobody's words
            continue
        first = kept.setdefault(key, unit)
        if first is not unit:
            kept[key] = _joined(first, unit)
    found = list(kept.values())
    return found[:used], found[used:]


def _same(first: Unit, second: Unit) -> Unit:
    """Return two units of one message as one if a translation is lost by neither."""
    if (first.translation, first.fuzzy, first.plural) == (
        second.translation,
        second.fuzzy,
        second.plural,
    ) or not (second.translation or any(second.plural[1:])):
        return first
    if not (first.translation or any(first.plural[1:])):
        return second._replace(places=first.places or second.places)
    wrong = f"this repeats the message of line {first.line}; delete one of the two"
    raise CatalogError(second.line, wrong)


def _joined(first: Unit, second: Unit) -> Unit:
    """Return a unit together with an obsolete one of the same message."""
    own = (first.translation, *first.plural[1:])
    if not any(own):
        return first._replace(
            translation=second.translation,
            fuzzy=second.fuzzy,
            previous=second.previous,
            plural=second.plural,
            comment=first.comment or second.comment,
        )
    texts = (second.translation, *second.plural[1:])
    return with_others(first, (each for each in texts if each not in own))


_STRING_LINE = re.compile(r"^(?:#[~|]|[^#\n])[^\n]*\\[0-7x][^\n]*$", re.MULTILINE)
_BYTES = re.compile(r"(?:\\(?:[0-7]{1,3}|x[0-9A-Fa-f]{1,2}))+|\\.")
_BYTE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2}))")


def _decoded(text: str) -> str:
    """Return `text` with its escaped bytes, such as `\\303\\263` for ó, read as gettext does.

    Raises CatalogError where they are no UTF-8.
    """

    def character(found: re.Match[str], start: int) -> str:
        pairs = _BYTE.findall(found[0])
        if not pairs:
            return found[0]
        try:
            data = bytes(int(octal, 8) if octal else int(digits, 16) for octal, digits in pairs)
            return escape(data.decode("utf-8"))
        except ValueError:
            fault = f"{found[0]} is not UTF-8; write the character"
            raise CatalogError(line_at(text, start), fault) from None

    def line(found: re.Match[str]) -> str:
        return _BYTES.sub(lambda each: character(each, found.start()), found[0])

    return _STRING_LINE.sub(line, text) if "\\" in text else text


def dump(catalog: Catalog) -> str:
    """Return the canonical text of `catalog`: what `msgcat --no-wrap` makes of it."""
    parts = [_header(catalog)]
    parts += [_entry(unit, obsolete=False) for unit in catalog.units]
    parts += [_entry(unit, obsolete=True) for unit in catalog.obsolete]
    text = "\n".join(parts)
    return text.translate(_SHOW_ESCAPED) if _STAND_IN.search(text) else text


def _header(catalog: Catalog) -> str:
    """Return the first entry of a catalog's file, with the comment above it.

    It declares UTF-8, in which every file is written, whatever it was read in.
    """
    own = {name: _CHARSET.sub("charset=UTF-8", value) for name, value in catalog.header.items()}
    message = "".join(f"{name}: {value}\n" for name, value in own.items())
    fuzzy = ["fuzzy"] if catalog.fuzzy_header else []
    entry = polib.POEntry(msgid="", msgstr=_hidden(message), flags=fuzzy)
    return comment("#", _hidden(catalog.comment)) + entry.__unicode__(0)


_CHARSET = re.compile(r"charset=(?!UTF-8$)[\w.:()-]+", re.IGNORECASE)


def _has_separators(unit: Unit) -> bool:
    """Tell whether any text of `unit` may have a character that polib would split at."""
    if unit.context or unit.plural:
        return True
    if (unit.message + unit.translation + unit.note).isprintable() and not (
        unit.previous or unit.comment
    ):
        return False  # nearly all units
    texts = (unit.message, unit.translation, unit.previous, unit.note, unit.comment)
    return bool(_SEPARATOR.search("\0".join(filter(None, texts))))


def _is_simple(unit: Unit) -> bool:
    """Tell whether `unit` has only a note, places, and texts that a file writes as they are."""
    message, translation, fuzzy, previous, _, note, words, flags, *rest, _, written = unit
    texts = message + translation
    return (
        not (fuzzy or words or flags or written)
        and (previous, rest) == (None, [None, None, (), None])
        and texts.isprintable()
        and '"' not in texts
        and "\\" not in texts
        and note.replace("\n", "").isprintable()
    )


def _entry(unit: Unit, obsolete: bool) -> str:
    """Return a unit as an entry of a catalog's file."""
    if not obsolete and _is_simple(unit):  # nearly all, and many times as fast as polib
        head = comment("#.", unit.note) + _references(unit.places)
        return f'{head}msgid "{unit.message}"\nmsgstr "{unit.translation}"\n'
    if _has_separators(unit):
        unit = _translated(unit, _HIDE)
    entry = polib.POEntry(
        msgid=unit.written or unit.message,
        msgstr=unit.translation,
        msgctxt=unit.context,
        previous_msgid=unit.previous,
        previous_msgctxt=unit.previous_context,
        previous_msgid_plural=unit.previous_plural,
        flags=(["fuzzy"] if unit.fuzzy else []) + list(unit.flags),
        obsolete=obsolete,
    )
    if unit.plural:
        entry.msgid_plural, *forms = unit.plural
        entry.msgstr_plural = dict(enumerate((unit.translation, *forms[1:])))
    head = comment("#", unit.comment) + comment("#.", unit.note)
    return head + ("" if obsolete else _references(unit.places)) + entry.__unicode__(0)


def _hidden(text: str) -> str:
    return text.translate(_HIDE) if _SEPARATOR.search(text) else text


def _shown(text: str) -> str:
    return text.translate(_SHOW) if _STAND_IN.search(text) else text


def _field(text: str) -> str:
    """Return a header's name or value without control characters: polib would split it there."""
    return _CONTROLS.sub("", _shown(text)).strip(" ")


_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def comment(marker: str, text: str) -> str:
    """Return `text` as comment lines, each after `marker`."""
    if not text:
        return ""
    return "".join(f"{marker} {row}".rstrip() + "\n" for row in text.split("\n"))


def _references(places: tuple[str, ...]) -> str:
    """Return `places` as reference lines, wrapped at 79 columns as GNU does even with --no-wrap."""
    rows: list[str] = []
    for place in places:
        if rows and len(rows[-1]) + 1 + len(place) <= 79:
            rows[-1] += " " + place
        else:
            rows.append("#: " + place)
    return "".join(row + "\n" for row in rows)
