"""The rule for fields: what a program puts words in place of stands in the translation too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.bitext.checks.pair import Pair

_HIDDEN = re.compile(
    r"(?P<ticks>`+)[^`]+(?P=ticks)|(?<=\])\([^()\s]*(?:\s\"[^\"]*\")?\)|https?://[!-~]+|"
    r"\\[({\[].*?\\[)}\]]|\$\$.*?\$\$|(?<![\w$])\$[^\s$](?:[^$\n]*[^\s$])?\$(?![\w$])"
)
"""Code, targets of links, addresses, formulas: what the structure of a message already keeps."""
_FIELD = re.compile(
    r"""
    \{\{.*?\}\} | \{%.*?%\} | # macros and templates
    (?<![{\\$])\$?\{[A-Za-z_][\w.-]*(?:\[\w+\])?(?:![rsa])?(?::[^{}\s]*)?\} | (?<![{\\])\{\d+\} |
    (?<![\w%])%(?:\(\w+\)|\d+\$)?[sdiu@](?!\w) | %\(\w+\)[sdifr] | # formats of C and Python
    (?<![\w$])\$[A-Z][A-Z0-9_]+(?![\w$]) # variables of a shell
    """,
    re.ASCII | re.VERBOSE,
)


def fields(pair: Pair) -> Iterator[str]:
    """A place that a program fills in, such as {amount}, {{ name }}, %s or $NAME, has changed."""
    mine, theirs = _found(pair.source, pair.kind), _found(pair.target, pair.kind)
    if any(each.startswith(("{{", "{%")) for each in theirs - mine):
        return  # what may run something is refused, and named with what to write
    lost, added = (", ".join(sorted(each)) for each in (mine - theirs, theirs - mine))
    if lost and added:
        yield f"{lost} has become {added}; write what the source has, letter by letter"
    elif lost:
        yield f"{lost} is missing; write it too, letter by letter"
    elif added:
        yield f"{added} is not in the source; take it out"


def _found(text: str, kind: str) -> set[str]:
    """Return the fields of a text, without the blanks in them."""
    if not any(sign in text for sign in "{%$"):  # nearly no text has one
        return set()
    shown = text if kind == "code" else _HIDDEN.sub(" ", text)
    return {"".join(each.split()) for each in _FIELD.findall(shown)}
