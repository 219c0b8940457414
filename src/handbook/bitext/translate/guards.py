"""Check the text of a translation for reasons to refuse it, without rendering the page.

Catalogs come from people we do not know. The effect of a translation on the page around it is
checked by rendering (`proof`); these checks find what rendering does not show: characters that
reorder text, includes and templates that run before Markdown, and values that end too early.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from unicodedata import normalize
from urllib.parse import urlsplit

from handbook.bitext import conflicts
from handbook.bitext.limits import translation_excess
from handbook.bitext.page.characters import decoded
from handbook.bitext.page.markup import EMPHASIS, TAG, VOID, tags, without_code
from handbook.bitext.page.segments import Segment
from handbook.bitext.patterns import pattern
from handbook.bitext.translate import program

_CONTROL = pattern(  # characters that end lines, reorder letters, or are invisible
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f"
    "\ue6a0\ue6b0-\ue6b9"  # the markers of `skeleton`
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # not for exchange (Unicode 23.6, 23.7)
    + "".join(
        f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)
    )
    + "]"
)
_OURS = re.compile("[\ue6a0\ue6b0-\ue6b9]")
"""The markers of `skeleton`, which a comparison of pages cannot see."""
_PROGRAM = re.compile(
    r"""<!-- # a comment, which may be a directive
    | \[\[ | \[TOC\]
    | (?<!-)-++8<-++ # an include of snippets
    | ^[^\S\n]*+::: # a block of mkdocstrings and others
    | \{[%#{!*] | [%#}!*]\} # macros and templates
    | \{(?:\+\+|--|~~|==|>>) | (?:\+\+|--|~~|==|<<)\} # edit marks (critic), read in fences too
    """,
    re.MULTILINE | re.VERBOSE,
)
"""What a program that makes the page would run, or take for its own."""
_OF_PROGRAMS = ("{", "}", "<!--", "[[", "8<", "[TOC]", ":::")
"""Each match of `_PROGRAM` has one of these."""
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{!.*?!\}|\{\*.*?\*\}", re.DOTALL)
"""What a macro or an include runs: all of it, with its marks."""
_LIST = re.compile(r"\{:?[ ]*(?:[.#][\w-]|[\w-]+=)[^{}\n]*\}")
"""An attribute list, as one after a link or at the end of a heading."""
_NOTE = re.compile(r"\[\^[^\]\s]{1,200}+\](?!:)")
_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(?::\d+)?(?:[/?#][!-~]*)?")
_UNSAFE = re.compile(r"""[\s<>"'`{}|\\^()]""")
_MERMAID = re.compile(
    r"<(?=[A-Za-z/!])|`|%%|^[^\S\n]*+(?:click|style|classDef|linkStyle|href)\b", re.MULTILINE
)
_COMMENT_END = re.compile(r"\*/|--+!?>|\?>|\\\s*$", re.MULTILINE)
_FENCE = re.compile(r"^[> \t]*(`{3,}|~{3,})", re.MULTILINE)


def refusal(segment: Segment, translation: str) -> str | None:
    """Return the reason why `translation` must not replace `segment`; None if it may."""
    segment = segment._replace(message=normalize("NFC", segment.message))
    translation = normalize("NFC", translation)
    if reason := _invisible(segment.message, translation) or translation_excess(
        segment.message, translation
    ):
        return reason
    wanted, written = _programs(segment.message), _programs(translation)
    if extra := written - wanted:
        cure = f"write {min(wanted - written)}" if wanted - written else "delete it"
        return f"{min(extra)!r} would hide or run something; {cure}"
    notes = _NOTE.findall(segment.message)
    if sorted(notes) != sorted(_NOTE.findall(translation)):
        marks = " ".join(notes) or "none"
        return f"its footnote marks are not those of the message; write {marks}"
    if _bold_signs(translation) % 2 > _bold_signs(segment.message) % 2:
        return "a ** is not closed; close it, or leave out both"
    if _is_balanced(segment.message) and not _is_balanced(translation):
        return "its HTML tags do not close in the order they open; write them as in the message"
    if segment.is_number and not any(_is_numeral(character) for character in translation):
        return "it is no number; write the number as your language does"
    return _BY_KIND.get(segment.kind, _running)(segment, translation)


def _bold_signs(text: str) -> int:
    return without_code(text).count("**") if "**" in text else 0


def _programs(text: str) -> set[str]:
    """Return what may run something: whole templates, and marks that stand in none."""
    if not any(sign in text for sign in _OF_PROGRAMS):  # nearly no text has one
        return set()
    return {*_TEMPLATE.findall(text), *_PROGRAM.findall(_TEMPLATE.sub(" ", text))}


def _is_numeral(character: str) -> bool:
    """Tell whether a character stands for a number in any script, as 3, ٣ and 三 do."""
    return unicodedata.numeric(character, None) is not None


def _invisible(message: str, translation: str) -> str | None:
    """Return the reason to refuse what is not seen, or a character of no text that was added."""
    if not translation.strip():
        return "it is blank; write a translation, or empty it"
    if conflicts.TWO_TEXTS.search(translation):
        return "msgcat has put two translations together; keep one, without the lines of #-#-#"
    if conflicts.is_whole(translation) and not conflicts.is_whole(message):
        return conflicts.FAULT
    if all(map(str.isprintable, (message, decoded(message), translation, decoded(translation)))):
        return None  # none of `_CONTROL` is printable
    if _OURS.findall(decoded(translation)) != _OURS.findall(decoded(message)):
        return "its characters from U+E6A0 to U+E6B9 are not those of the message; write the same"
    strange = _strange(translation) - _strange(message)
    if not strange:
        return None
    name = unicodedata.name(min(strange), f"U+{ord(min(strange)):04X}")
    return f"the character {name} is invisible or reorders text; delete it"


def interface_refusal(message: str, translation: str) -> str | None:
    """Return the reason why a translation of interface text must not be used; None if it may.

    It is inserted into templates, attributes, scripts, e-books and PDF, so it must have the same
    tags and `{field}`s as the message, and no single braces that the message does not have.
    """
    message, translation = normalize("NFC", message), normalize("NFC", translation)
    if reason := _invisible(message, translation) or translation_excess(message, translation):
        return reason
    if sorted(_tags(translation)) != sorted(_tags(message)) or "<" in _TAGS.sub("", translation):
        return "its HTML tags are not those of the message; write the same ones, or plain words"
    if sorted(_FIELD.findall(translation)) != sorted(_FIELD.findall(message)):
        wanted = " ".join(_FIELD.findall(message)) or "nothing in braces"
        return f"what is in braces is not what the message has; write {wanted}"
    return None


_TAGS = re.compile(r"</?[A-Za-z][^<>]*>")
_FIELD = re.compile(r"\{[^{}]*\}|[{}]")


def _is_balanced(text: str) -> bool:
    """Tell whether all HTML tags of `text`, except in code, are closed and nest correctly."""
    if "<" not in text:
        return True
    opened: list[str] = []
    for tag in tags(without_code(text)):
        name = (tag["name"] or "").lower()
        if tag["close"]:
            if not opened or opened.pop() != name:
                return False
        elif name and not tag["empty"] and name not in VOID:
            opened.append(name)
    return not opened


def _strange(text: str) -> set[str]:
    """Return the control characters of `text`, both literal ones and HTML entities."""
    return set(_CONTROL.findall(text + decoded(text)))


def _running(segment: Segment, translation: str) -> str | None:
    if lists := _lists(translation) - _lists(segment.message):
        return f"{min(lists)!r} is an attribute list; delete it, the page keeps its own"
    return None


def _lists(text: str) -> set[str]:
    """Return the attribute lists of a text, except in code."""
    return set(_LIST.findall(without_code(text))) if "{" in text else set()


def _anything(segment: Segment, translation: str) -> str | None:
    return None


def _address(segment: Segment, translation: str) -> str | None:
    if translation == segment.message:
        return None
    if not _ADDRESS.fullmatch(translation) or _UNSAFE.search(translation):
        return "not a plain https:// address; write a host and a path only"
    name = host(translation)
    if "." not in name.strip(".") or ".." in name:
        return f"{name!r} is not a host on the web; write the address in full"
    return None


def host(address: str) -> str:
    """Return the host of a URL; "" if no host can be found in it."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _no_tags(segment: Segment, translation: str) -> str | None:
    if re.search(r"<[A-Za-z/!]", translation) and not re.search(r"<[A-Za-z/!]", segment.message):
        return "HTML is not allowed here; write plain text"
    return None


def _attribute(segment: Segment, translation: str) -> str | None:
    if signs := set(re.findall(r"[][{}<>*`]", translation)).difference(segment.message):
        return f"{min(signs)!r} would end or divide the attribute list; write plain words"
    return None


def _short_form(segment: Segment, translation: str) -> str | None:
    if not re.search(r"[^\W\d_]", translation) or re.search(r"[]\[\\<>*\n]", translation):
        return "an abbreviation is letters; write them without markup"
    return None


def _label(segment: Segment, translation: str) -> str | None:
    if found := set(_MERMAID.findall(translation)) - set(_MERMAID.findall(segment.message)):
        return f"{min(found).strip()!r} would change the diagram; write plain text"
    return None


def _code(segment: Segment, translation: str) -> str | None:
    if _FENCE.search(translation) and not _FENCE.search(segment.message):
        return "a row of ``` or ~~~ would end the code block; delete it"
    if program.changes(segment.message, translation, segment.detail.partition("\n")[0]):
        return "it changes the code; translate only its comments and what it says"
    return None


def _comment(segment: Segment, translation: str) -> str | None:
    if _FENCE.search(translation):
        return "a row of ``` or ~~~ would end the code block; delete it"
    if set(_COMMENT_END.findall(translation)) - set(_COMMENT_END.findall(segment.message)):
        return "what ends a comment would make code of the rest; write plain text"
    return None


def _html(segment: Segment, translation: str) -> str | None:
    mine, theirs = Counter(_tags(segment.message)), Counter(_tags(translation))
    if theirs - mine or not _is_emphasis(mine - theirs):
        return "the HTML tags are not those of the message; use the same ones"
    return None


def _is_emphasis(tags: Counter[str]) -> bool:
    """Tell whether tags are emphasis alone, each with its end; a translation may drop them."""
    opened, closed = Counter[str](), Counter[str]()
    for written, count in tags.items():
        tag = TAG.fullmatch(written)
        if not tag or not tag["name"] or tag["name"].lower() not in EMPHASIS:
            return False
        (closed if tag["close"] else opened)[tag["name"].lower()] += count
    return opened == closed


def _tags(text: str) -> list[str]:
    """Return the tags of raw HTML, without those that any translation may use."""
    return [tag[0] for tag in tags(text) if not _FREE.fullmatch(tag[0])]


_FREE = re.compile(r"</?(?:ruby|rt|rp|wbr|bdi)>")


_BY_KIND = {
    "address": _address,
    "short form": _short_form,
    "front matter": _no_tags,
    "abbreviation": _no_tags,
    "image": _anything,
    "attribute": _attribute,
    "link title": _no_tags,
    "code title": _no_tags,
    "label": _label,
    "code": _code,
    "code comment": _comment,
    "html": _html,
    "drawing": _html,
}
