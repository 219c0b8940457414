"""Quick answers about a catalog's text: yes only where parsing and writing would change nothing.

`is_canonical` and `has` may say no of a catalog that is canonical, never yes of one that is not;
with them, an update that has nothing to do parses no catalog (a tenth of the time). `keys`
reads nothing but messages and their contexts, and detects no errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from handbook.bitext import conflicts
from handbook.bitext.catalog import encoding, po, restore, tidy
from handbook.bitext.catalog.units import ALSO, BEFORE, TWICE, CatalogError
from handbook.bitext.page.segments import key

_ROW = r'"(?:[^"\\\x00-\x1f\x85\u2028\u2029]++|\\[\\"trvbf])*+'
_LINE = rf'{_ROW}\\n"\n'


def _string(margin: str) -> str:
    """Return a pattern for a string: on one line, or as "" and a row a line after `margin`."""
    last = rf'{margin}(?!""){_ROW}"\n'
    return rf'(?:""\n{margin}{_LINE}(?:(?:{margin}{_LINE})++(?:{last})?+|{last})|{_ROW}(?:\\n)?"\n)'


_STRING = _string("")
_OBSOLETE = _string(r"\#~\ ")
# It does not begin with an empty line, such as the one that polib writes above every header.
_COMMENT = r"(?:(?!\#\n)(?:\#(?:\ [^\n]*[^\s])?\n)++)?+"
_CANONICAL = re.compile(
    rf"""
    (?:
      {_COMMENT}                                      # translators' comment
      (?:\#\.\ [^\n]*[^\s]\n)*+                       # kind and note
      (?:\#:\ [^\s]++\n)?+                            # one place
      (?:\#,\ (?:fuzzy\n|[\w-]+(?:,\ [\w-]+)*+\n))?+   # flags
      (?:(?:\#\|\ msgctxt\ {_ROW}"\n)?+\#\|\ msgid\ {_ROW}(?:\\n)?"\n)?+  # previous message
      (?:msgctxt\ {_ROW}"\n)?+
      msgid\ {_STRING}msgstr\ {_STRING}
      (?:\n|\Z)
    )++
    (?:
      {_COMMENT}(?:\#\.\ [^\n]*[^\s]\n)*+(?:\#,\ fuzzy\n)?+
      (?:(?:\#~\|\ msgctxt\ {_ROW}"\n)?+\#~\|\ msgid\ {_ROW}(?:\\n)?"\n)?+
      (?!\#~\ msgid\ ""\n\#~\ msgstr)                # an old header
      (?:\#~\ msgctxt\ {_ROW}"\n)?+
      \#~\ msgid\ {_OBSOLETE}\#~\ msgstr\ {_OBSOLETE}
      (?:\n|\Z)
    )*+
    """,
    re.VERBOSE,
)


def is_canonical(text: str) -> bool:
    """Tell whether `text` is certainly in canonical form.

    Knows the entries that nearly all catalogs have; of others (with a plural, several places) it
    says False, and only `po.dump(po.parse(text)) == text` can tell.
    """
    names = list(keys(text))
    return len(names) == len(set(names)) and _has_form(text)


def _has_form(text: str) -> bool:
    """Tell whether a text is certainly in canonical form if no message is in it twice."""
    if _OF_ANOTHER.search(text.partition("\n\n")[0]) or _OTHER_FUZZY.search(text):
        return False
    return bool(_CANONICAL.fullmatch(text)) and not text.endswith("\n\n")


_OTHER_FUZZY = re.compile(r"^#,(?=[^\n]*fuzzy)(?![^\n]*(?-i:fuzzy))", re.MULTILINE | re.IGNORECASE)
"""The mark of what is not sure with a capital."""


_OF_ANOTHER = re.compile(r"charset=(?!UTF-8\b)", re.IGNORECASE)
"""An encoding in which no catalog is written."""


_HEAD = re.compile(
    r"^((?:#\. [^\n]*\n)*)((?:#: [^\n]*\n)?)(?:#, [^\n]*\n)?(?:#\| [^\n]*\n)*"
    r'((?:msgctxt "[^\n]*"\n)?msgid (?:"[^\n]*"\n)+)',
    re.MULTILINE,
)
"""Note and place of an entry, and its key behind flags and earlier messages, which do not count."""


def heads(entries: Iterable[tuple[str, str, str]]) -> list[str]:
    """Return how entries begin in canonical form, up to their translation, without flags.

    An entry is a note, a place and a key.
    """
    return [
        f"{_note(note)}#: {place}\n{_written(name)}" if place else _note(note) + _written(name)
        for note, place, name in entries
    ]


def has(text: str, heads: Sequence[str]) -> bool:
    """Tell whether `text` is canonical and its units in use begin with just `heads`, in order."""
    found = text.split("\n\n")[1:]
    return (
        len(heads) <= len(found)
        and all(map(_begins, found, heads))
        and not any(map(_HEAD.search, found[len(heads) :]))
        and _has_form(text)
    )


_TRANSLATED = "msgstr "


def _begins(entry: str, head: str) -> bool:
    """Tell whether an entry begins with a head; there may be flags and comments too."""
    if entry.startswith(head) and entry.startswith(_TRANSLATED, len(head)):
        return True
    found = _HEAD.search(entry)
    return found is not None and "".join(found.groups()) == head


@cache
def _note(note: str) -> str:
    return po.comment("#.", note)


_FORMAT = re.compile(r"^#,[^\n]*-format\b", re.MULTILINE)
"""A flag of format strings."""
_HEADER = re.compile(r'msgid ""\nmsgstr ((?:"[^\n]*"\n)+)')
_PREVIOUS_OF_NONE = re.compile(r"^(?!#\||#,.*\bfuzzy\b)[^\n]*\n#\| ", re.MULTILINE)
_WITHOUT_NOTE = re.compile(
    r"^(?!#\. )[^\n]*\n(?:#, [^\n]*\n)?(?:#~\| [^\n]*\n)*#~ msgid", re.MULTILINE
)


def is_tidy(text: str, like: Mapping[str, str]) -> bool:
    """Tell whether `tidy` surely has nothing to do in a canonical text; `like` is an empty header.

    It says False of a text with a comment above its header, of one with obsolete units that
    have no note or fuzzy ones that have no earlier message, for git may know it, and of one with
    a unit that has another translation in its comment, or that names its translation of before.
    """
    block = _HEADER.match(text)
    if block is None or ("\n#| " in text and _PREVIOUS_OF_NONE.search(text)):
        return False
    if "\n#~ msgid" in text and _WITHOUT_NOTE.search(text):
        return False
    if any(f"# {sign}" in text for sign in (TWICE, ALSO, BEFORE)) or conflicts.OF_FILE in text:
        return False
    signs = (restore.may_lack_previous, restore.may_have_doubled, restore.may_be_emptied)
    if any(each(text) for each in signs):
        return False
    if (
        "\\r\\n" in text
        or _has_breaks_at_ends(text, block.end())
        or ("-format" in text and _FORMAT.search(text))
    ):
        return False
    rows = po.unescape("".join(_ROWS.findall(block[1]))).split("\n")
    found = dict(row.split(": ", 1) for row in rows if ": " in row)
    return list(tidy.header(found, like).items()) == list(found.items())


def _has_breaks_at_ends(text: str, start: int) -> bool:
    """Tell whether any translation after `start` begins or ends in a line break."""
    begins = ('\nmsgstr "\\n', '\nmsgstr ""\n"\\n')
    ends = '\\n"\n\n'
    return (
        any(text.find(sign, start) >= 0 for sign in (*begins, ends))
        or text.find(ends[:-1], max(start, len(text) - len(ends) + 1)) >= 0
    )


_ESCAPED = re.compile(r'[\\"\x00-\x1f\x85\u2028\u2029]')


def _written(key: str) -> str:
    """Return the context and the message of a key as a catalog has them."""
    if not _ESCAPED.search(key):
        return f'msgid "{key}"\n'
    head, message = "msgid ", key
    if "\x04" in key:
        context, _, message = key.partition("\x04")
        head = f'msgctxt "{po.escape(context)}"\nmsgid '
    rows = [f'"{po.escape(row)}"\n' for row in message.splitlines(keepends=True)]
    return head + (rows[0] if len(rows) == 1 else '""\n' + "".join(rows))


_QUOTED = r'"(?:[^"\\\n]++|\\.)*+"'
_STRINGS = rf"\s*({_QUOTED}(?:\s*(?:#~[ \t]*)?{_QUOTED})*+)"
_KEY = re.compile(
    rf"^(?:(?:#~[ \t]*)?msgctxt{_STRINGS}\s*)?^(?:#~[ \t]*)?msgid{_STRINGS}", re.MULTILINE
)
_ROWS = re.compile(po.QUOTED)


def keys(text: str) -> Iterator[str]:
    """Yield the key of each unit of a catalog's text, in use or obsolete, in order."""
    for found in _KEY.finditer(text):
        yield key(None if found[1] is None else _read(found[1]), _read(found[2]))


def has_share(text: str, page: str, share: float) -> bool:
    """Tell whether messages of a catalog's text surely make up at least `share` of a page's text.

    Counts the messages that the page has as they are written in the catalog, on one line. A page
    has no more messages than text.
    """
    wanted, found = share * len(page), set[str]()
    for entry in text.split('\nmsgid "')[1:]:
        message = entry[: entry.find('"\n')]
        if message not in found and message in page:
            found.add(message)
            wanted -= len(message)
            if wanted <= 0:
                return True
    return False


def retired(text: str) -> Iterator[str]:
    """Yield the key of each obsolete unit of a catalog's text, in order."""
    start = text.find("\n#~")
    for found in _KEY.finditer(text, start + 1) if start >= 0 else ():
        if found[0].startswith("#~"):
            yield key(None if found[1] is None else _read(found[1]), _read(found[2]))


_TRANSLATION = re.compile(rf"^[ \t]*msgstr(?:\[\d+\])?{_STRINGS}", re.MULTILINE)


def volume(data: bytes) -> int:
    """Return about how many characters the translations in use of a catalog's file have."""
    try:
        text = encoding.decode(data).replace("\r", "\n")
    except CatalogError:  # none of it is used
        return 0
    return sum(found.end(1) - found.start(1) for found in _TRANSLATION.finditer(text))


def _read(strings: str) -> str:
    """Return what is written in one or more strings."""
    content = "".join(_ROWS.findall(strings))
    return po.unescape(content) if "\\" in content else content
