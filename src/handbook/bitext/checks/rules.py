"""The rules for wording, by name. A rule is a function of a Pair that yields what is wrong.

To add one, write such a function, whose docstring says what mistake it finds; name it here; and add
a document to `tests/toolkit/wordings/` with pairs that it must and must not find. A rule `ACROSS`
units is one of all translations into a language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from handbook.bitext.checks.addresses import addresses
from handbook.bitext.checks.consistency import consistency
from handbook.bitext.checks.emphasis import emphasis
from handbook.bitext.checks.fields import fields
from handbook.bitext.checks.figures import figures
from handbook.bitext.checks.letters import letters
from handbook.bitext.checks.marks import marks
from handbook.bitext.checks.pair import Pair
from handbook.bitext.checks.punctuation import ending, openers, pairs, style
from handbook.bitext.checks.words import doubled, length, spelling, terms, untranslated

Rule = Callable[[Pair], Iterator[str]]

RULES: Mapping[str, Rule] = {
    rule.__name__: rule
    for rule in (
        figures,
        fields,
        addresses,
        letters,
        emphasis,
        marks,
        ending,
        openers,
        pairs,
        style,
        untranslated,
        terms,
        spelling,
        length,
        doubled,
    )
}

ACROSS = {"consistency": consistency}
"""The rules that look at several units."""

WORDS = "words"
"""The name of the rule that is none of wording: a translation changes words alone."""
NAMES = sorted({*RULES, *ACROSS, WORDS})


def explained(name: str) -> str:
    """Return what a rule finds, and how a translator waives it."""
    if name == WORDS:
        return _OF_WORDS
    rule = RULES.get(name) or ACROSS[name]
    what = " ".join((rule.__doc__ or "").split())
    return f"""{name}: {what}

It is a warning: nothing fails for it. Where the translation is right as it is, write why into the
translator's comment of its unit, in any editor, and it is silent there:

    # ok {name}: the reason, in any language"""


_OF_WORDS = """\
words: A translation changes more than words: it brings along or lacks a tag, an address, code, a
place to fill in or a block.

It is an error: readers are shown the source instead, and nothing waives it. Write the translation
with the markup of its message. Emphasis may go, and lines may be worded in any way."""
_WAIVER = re.compile(r"^\s*ok ([a-z-]+(?:\s*,\s*[a-z-]+)*)\s*(?::|—|–|-)\s*(\S.*)$", re.MULTILINE)


def waived(comment: str) -> frozenset[str]:
    """Return the names of the rules that a translator's comment waives: `ok figures: the reason`.

    Without a reason nothing is waived.
    """
    found = (match[1].split(",") for match in _WAIVER.finditer(comment))
    return frozenset(name.strip() for names in found for name in names)


def findings(pair: Pair, comment: str = "") -> Iterator[tuple[str, str]]:
    """Yield the name of each rule that a translation breaks, with what is wrong and the cure."""
    left_out = waived(comment)
    for name, rule in RULES.items():
        if name not in left_out:
            for text in rule(pair):
                yield name, text
