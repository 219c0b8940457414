"""Find what is inside a message: links, images, code, attribute lists, addresses, words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import is_normalized, normalize

from handbook.bitext.page.markup import TEXT_ATTRIBUTES, code_finder, without
from handbook.bitext.page.segments import Attribute, Span

_TOKEN = re.compile(
    r"""
      \\.                                       # an escaped character is no token
    | (?P<code>`+)
    | <(?P<auto>https?://[^<>\s]+)>
    | (?P<tag></?[A-Za-z][^<>]*>)
    | (?P<open>!?\[)
    | (?P<close>\])
    | (?P<emoji>:[a-z0-9_+-]+:)
    | (?P<delimiter>\*+|_+|==|\^+|~+|\+\+)
    """,
    re.VERBOSE | re.DOTALL,
)
# A title with quotation marks of its own is no longer than that, so that no search has no end.
_DESTINATION = re.compile(
    r"""\(\s*
    (?:<(?P<angle>[^<>\n]*)>|(?P<bare>(?:[^\s()\\]|\\.|\((?:[^\s()]|\([^\s()]*\))*\))*))
    (?:\s+(?P<title>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|.{0,300}?["'].{0,300}?["']))?
    \s*\)""",
    re.VERBOSE | re.DOTALL,
)
# A bar that shows progress, up to its label: `[=25% "A quarter"]`.
_BAR = re.compile(r"\[=+[ ]*[\d./% ]+")
_REFERENCE = re.compile(r"\s?\[(?!\^)([^\[\]]*)\]")
ATTRIBUTES = re.compile(r"\{:?[ ]*[^}\n ][^}\n]{0,1000}\}")
_SHOWN_NAME = rf"(?:{'|'.join(TEXT_ATTRIBUTES)}|data-toc-label)"
_SHOWN = re.compile(
    rf"""(?<=[\s{{:,[]){_SHOWN_NAME}="""
    r"""(?:"(?P<double>[^"]+)"|'(?P<single>[^']+)'|(?P<bare>[^\s"'=}\]]+))"""
)
# In YAML; without quotation marks, a value ends with its line, or in braces at a comma.
_SHOWN_OPTION = re.compile(
    rf"""(?<=[\s{{,]){_SHOWN_NAME}:[ ]+(?:"(?P<double>[^"]+)"|'(?P<single>[^']+)')
    | ^\s*{_SHOWN_NAME}:[ ]+(?P<line>[^\s\W][^\n]*?)[ ]*$
    | (?<=[\s{{,]){_SHOWN_NAME}:[ ]+(?P<part>[^\s\W][^,{{}}\[\]\n]*?)(?=[ ]*[,}}])""",
    re.VERBOSE | re.MULTILINE,
)
_NO_PLAIN_VALUE = re.compile(r":(?:\s|$)|\s#")
_NAMED = re.compile(r"\{:?\s*(?:[.#][\w-]|[\w-]+=)")
_SKIPPED = re.compile(
    r"""
      (?P<ticks>`+)                                # code
    | </?[A-Za-z!][^<>]*> | <https?://[^<>\s]+>    # tags, autolinks
    | (?<=\])\([^()\s]*\) | (?<=\])\[[^\[\]]*\]    # targets of links
    | \[\^[^\[\]]+\]                               # footnote references
    | :[a-z0-9_+-]+:                               # emoji, icons
    | \+\+[\w+"-]+\+\+                             # keys
    | \{[{%*!].{0,500}?[}%*!]\}                    # templates, includes
    | \{\#[^{}]{0,500}\#\}                         # comments of templates
    | \$[^$\n]+\$ | \\\(.{0,500}?\\\)                  # math
    | \bhttps?://\S+
    | &(?:[A-Za-z]+|\#[0-9]+|\#x[0-9A-Fa-f]+);
    | \{:?\s*[.\#][^{}\n]*\}
    """,
    re.VERBOSE | re.DOTALL,
)
_LONGEST_KEY = 1000
_IS_EMPHASIS = re.compile(r"\*+|_+|==")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")


class Element(NamedTuple):
    """An inline element of a message."""

    kind: str
    """`link`, `image`, `reference`, `bar`, `code`, `tag`, `emoji` or `delimiter`."""
    key: str
    """What it is known by; the same element has the same key in a translation."""
    start: int
    end: int
    target: str = ""
    """The address of a link or image."""
    target_start: int = 0
    title: str = ""
    """What is shown of it when one points at it."""

    @property
    def target_span(self) -> Span:
        """Where its address stands."""
        return self.target_start, self.target_start + len(self.target)


def has_words(message: str) -> bool:
    """Tell whether a message has a letter outside of code, tags, addresses and the like."""
    words = message.lstrip("*_")  # the text of most, which is not to be searched then
    if words[:1].isalpha() and not words.startswith("http"):
        return True
    return _has(_LETTER, message)


def is_number(message: str) -> bool:
    """Tell whether a message without words is a number, a time, a date or a range of them.

    It has a digit outside of code, tags, addresses and the like.
    """
    # `[=25%]` is a bar that shows progress.
    return _has(_DIGIT, message) and "[=" not in message and not has_words(message)


def _has(character: re.Pattern[str], message: str) -> bool:
    """Tell whether a message has a character outside of what readers do not see as text."""
    if not character.search(message):
        return False
    code_at = code_finder(message) if "`" in message else None
    position = 0
    while match := _SKIPPED.search(message, position):
        start, end = match.span()
        if code_at and match["ticks"]:
            start, end = code_at(start, end) or (end, end)
        if character.search(message, position, start):
            return True
        position = end
    return bool(character.search(message, position))


def elements(text: str) -> list[Element]:
    """Return the inline elements that an attribute list may follow, in the order of their ends."""
    found: list[Element] = []
    opened: list[tuple[int, bool]] = []
    position = 0
    while match := _TOKEN.search(text, position):
        start, position = match.span()
        kind = match.lastgroup
        if kind == "code":
            position = _code(text, match, found)
        elif kind == "open":
            opened.append((start, text[start] == "!"))
        elif kind == "close" and opened:
            position = _link(text, *opened.pop(), start, found)
        elif kind == "auto":
            address = match["auto"]
            found.append(Element("link", address, start, position, address, match.start("auto")))
        elif kind is not None and kind != "close":
            found.append(Element(kind, match[0], start, position))
    return found


def _code(text: str, match: re.Match[str], found: list[Element]) -> int:
    """Add the code that begins at some backticks, if they have an end; return where to go on."""
    ticks = match[0]
    position = match.end()
    while (end := text.find(ticks, position)) >= 0:
        after = end + len(ticks)
        if text[after : after + 1] != "`" and text[end - 1] != "`":
            found.append(Element("code", text[match.start() : after], match.start(), after))
            return after
        position = after
        while text[position : position + 1] == "`":
            position += 1
    return match.end()


def _link(text: str, start: int, image: bool, close: int, found: list[Element]) -> int:
    """Add the link, image or reference whose text ends at `close`; return where to go on."""
    kind = "image" if image else "link"
    if bar := _BAR.match(text, start, close):
        found.append(Element("bar", bar[0].rstrip(), start, close + 1))
        return close + 1
    if destination := _DESTINATION.match(text, close + 1):
        name = "bare" if destination["angle"] is None else "angle"
        target, at = destination[name], destination.start(name)
        title = (destination["title"] or "")[1:-1]
        mark = f"{kind} {target}"
        found.append(Element(kind, mark, start, destination.end(), target, at, title))
        return destination.end()
    is_note = text.startswith("[^", start)  # of two notes in a row none is the other's words
    if not is_note and (reference := _REFERENCE.match(text, close + 1)):
        name = reference[1] or text[max(start + 1 + image, close - _LONGEST_KEY) : close]
        found.append(Element(kind, f"{kind} [{name.lower()}]", start, reference.end()))
        return reference.end()
    # Not all of a long one: brackets in brackets would take memory by the square.
    key = text[max(start, close - _LONGEST_KEY) : close + 1].lower()
    found.append(Element("reference", key, start, close + 1))
    return close + 1


def lists(text: str) -> Iterator[tuple[str, int, re.Match[str]]]:
    """Yield the attribute lists after elements.

    Each with the key of its element, and which of the elements with that key it is.
    """
    counts: Counter[str] = Counter()
    for element in elements(text):
        match = ATTRIBUTES.match(text, element.end)
        if match and (element.kind in ("link", "image") or _NAMED.match(match[0])):
            yield element.key, counts[element.key], match
        counts[element.key] += 1


_QUOTES = {"double": '"', "single": "'", "bare": "=", "line": ":", "part": ":"}


def shown(text: str) -> Iterator[tuple[Span, str]]:
    """Yield the spans of an attribute list that readers are shown, with their quotation marks.

    The mark of a value that has none is `=`.
    """
    for words in _SHOWN.finditer(text):
        kind = words.lastgroup or ""
        yield words.span(kind), _QUOTES[kind]


def shown_options(text: str) -> Iterator[tuple[Span, str]]:
    """Yield the spans of a block's options, which are YAML, that readers are shown.

    The mark of a value that has no quotation marks is `:`.
    """
    for words in _SHOWN_OPTION.finditer(text):
        kind = words.lastgroup or ""
        if _QUOTES[kind] != ":" or not _NO_PLAIN_VALUE.search(words[kind]):
            yield words.span(kind), _QUOTES[kind]


def without_attributes(text: str) -> tuple[str, tuple[Attribute, ...]]:
    """Take out the attribute lists after elements; returns the other text, and the lists."""
    found = list(lists(text))
    taken = tuple(Attribute(element, nth, match[0]) for element, nth, match in found)
    return without((match.span() for _, _, match in found), text), taken


def with_attributes(text: str, attributes: tuple[Attribute, ...]) -> str | None:
    """Put each attribute list back after its element; None if an element is missing.

    With emphasis that was dropped, its list goes, unless it has an id that links may lead to.
    """
    owned = list(_owned(text, attributes))
    if any(end is None for end, _ in owned):
        return None
    for end, attribute in sorted(owned, key=lambda pair: -(pair[0] or 0)):
        text = f"{text[:end]}{attribute.text}{text[end:]}"
    return text


def lacking(text: str, attributes: tuple[Attribute, ...]) -> list[str]:
    """Return the keys of the elements that attribute lists belong to and `text` has not."""
    return [attribute.element for end, attribute in _owned(text, attributes) if end is None]


def _owned(text: str, attributes: tuple[Attribute, ...]) -> Iterator[tuple[int | None, Attribute]]:
    """Yield each attribute list with the end of its element, or None; none of dropped emphasis."""
    ends: dict[tuple[str, int], int] = {}
    counts: Counter[str] = Counter()
    for element in elements(text):
        key = normalize("NFC", element.key)
        ends[key, counts[key]] = element.end
        counts[key] += 1
    for attribute in attributes:
        end = ends.get((normalize("NFC", attribute.element), attribute.nth))
        is_emphasis = _IS_EMPHASIS.fullmatch(attribute.element) and "#" not in attribute.text
        if end is not None or not is_emphasis:
            yield end, attribute


def addresses(text: str) -> list[str]:
    """Return the addresses outside the site that `text` links to, in reading order."""
    return [address for _, address in addresses_at(text)]


def addresses_at(text: str) -> Iterator[tuple[Span, str]]:
    """Yield the addresses outside the site that `text` links to, each with its place."""
    for element in elements(text) if "://" in text else ():
        if element.kind == "link" and element.target.startswith(("https://", "http://")):
            yield element.target_span, element.target


_NAMES = re.compile(r"\]\([^)\s]*|\]\[[^\]]*\]|\[\^[^\]\s]{1,200}+\]|`[^`]*`|<[^<>]*>")


def spelled_like(text: str, source: str) -> str:
    """Return `text` with its targets, notes, code and tags in the code points of `source`.

    An accent may be a character of its own (NFD): to a reader the same, but not to a file's name.
    """
    if is_normalized("NFC", text) and is_normalized("NFC", source):
        return text
    names = {normalize("NFC", name): name for name in _NAMES.findall(source)}
    return _NAMES.sub(lambda name: names.get(normalize("NFC", name[0]), name[0]), text)
