"""The rule for addresses that readers see: those of the source stand in it, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.bitext.checks.pair import Pair

_HIDDEN = re.compile(r"`+[^`]*`+|(?<=\])\([^()\s]*(?:\s\"[^\"]*\")?\)|</?[A-Za-z][^<>]*>")
"""Code, targets of links, tags: what the structure of a message already keeps."""
_ADDRESS = re.compile(
    r"""
    https?://[^\s<>()\[\]"«»“”「」『』（）、。，]+ |
    (?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+ |
    (?<![\w@./-])www\.[\w.-]+\w |
    (?<![\w@./-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|info|io|me|app)(?![\w-])
    """,
    re.ASCII | re.VERBOSE | re.IGNORECASE,
)


def addresses(pair: Pair) -> Iterator[str]:
    """An e-mail or web address in the text is not the source's."""
    if pair.kind == "address":  # a unit of its own, which may be the language's edition
        return
    mine, theirs = (_found(text) for text in (pair.source, pair.target))
    if added := sorted(theirs - mine):
        yield f"{', '.join(added)} is not in the source; take it out"
    elif lost := sorted(mine - theirs):
        yield f"{', '.join(lost)} is missing; write it too"


def _found(text: str) -> set[str]:
    found = _ADDRESS.findall(_HIDDEN.sub(" ", text))
    return {each.rstrip(".,;:!?*_").casefold() for each in found}
