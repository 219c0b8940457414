"""How many seeded mistakes `handbook check` finds in this handbook's translations.

    python benchmarks/wording.py [SEED]

Into current translations of each language go mistakes, one at a time, twenty of each kind where so
many texts allow it; printed is how many of them are named, and how often untouched texts are.
Errors are what an assembly refuses, warnings what the rules for wording find. The rules were tuned
on these catalogs, so that untouched texts of another handbook will be named more often.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from handbook.bitext.catalog.units import Unit
from handbook.bitext.checks.consistency import consistency, is_long
from handbook.bitext.checks.pair import Pair, visible
from handbook.bitext.checks.rules import findings, waived
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.translate.assemble import assemble
from handbook.bitext.upkeep import wording
from handbook.press.make import build

ROOT = Path(__file__).parent.parent
TIMES = 20

Mistake = Callable[[str, Pair, random.Random], str]
"""Puts a mistake into a translation; the same text if there is no place for it."""

Judge = Callable[[wording.Placed, str], bool]
"""Tells whether a wrong text in the place of a translation is named."""


def _sub(pattern: str, put: str | Callable[[re.Match[str]], str], after: str = "") -> Mistake:
    def mistake(text: str, pair: Pair, dice: random.Random) -> str:
        places = list(re.finditer(pattern, text))
        if not places or after not in text[: places[-1].start()]:
            return text
        match = dice.choice(places)
        return (
            text[: match.start()] + match.expand(put) + text[match.end() :]
            if isinstance(put, str)
            else text[: match.start()] + put(match) + text[match.end() :]
        )

    return mistake


def _other_digit(match: re.Match[str]) -> str:
    return match[0][:-1] + str((int(match[0][-1]) + 3) % 10)


def _half(text: str, pair: Pair, dice: random.Random) -> str:
    return text[: len(text) // 2] if len(pair.said) > 150 and "[" not in text else text


def _source_sentence(text: str, pair: Pair, dice: random.Random) -> str:
    sentences = re.findall(r"[A-ZÁ][^.!?`\[\]*_]{30,}[.!?]", pair.source)
    return f"{text} {dice.choice(sentences)}" if sentences else text


def _no_term(text: str, pair: Pair, dice: random.Random) -> str:
    if pair.glossary is None or pair.kind not in ("paragraph", "item"):
        return text
    said = f">{visible(_ELSEWHERE.sub('', pair.source))}"
    other = "物事" if pair.language.is_cjk else "cosa"
    for key, _, _ in pair.glossary.finder.find(said, 0, len(said)):
        for agreed in pair.glossary.agreed[key]:
            put = re.compile(rf"({_ELSEWHERE.pattern})|{re.escape(agreed)}")
            wrong = put.sub(lambda found: found[1] or other, text)
            if wrong != text:
                return wrong
    return text


_ELSEWHERE = re.compile(r"\[\^[^\]]+\]|\[[¿¡]?[A-ZÁÉÍÓÚ][^\[\]]*\]\([^)]*\)|\]\([^)]*\)")
"""Footnotes, addresses and titles of pages, which are no places for words of the glossary."""


def _variant(text: str, pair: Pair, dice: random.Random) -> str:
    for variant, used in pair.spellings.listed if pair.spellings else ():
        if used in text:
            return text.replace(used, variant, 1)
    return text


def _otherwise(text: str, pair: Pair, dice: random.Random) -> str:
    """Another wording, which is a mistake where the text has its usual one elsewhere."""
    if pair.language.is_cjk:
        return re.sub(r"。?$", "のです。", text)
    words = text.split(" ")
    spot = dice.randrange(len(words))
    return " ".join([*words[:spot], words[spot] + "s", *words[spot + 1 :]])


def _in_paragraphs(mistake: Mistake) -> Mistake:
    """Return a mistake that is none in items and cells, which may end without a full stop."""
    return lambda text, pair, dice: mistake(text, pair, dice) if pair.kind == "paragraph" else text


WARNINGS: dict[str, dict[str, Mistake]] = {
    "": {
        "figures": _sub(r"(?<![\d.,:／/#(\w-])\d{3,4}(?![\d.,:)\w-])", _other_digit),
        "length": _half,
        "untranslated": _source_sentence,
        "terms": _no_term,
        "spelling": _variant,
        "addresses": _sub(r"(?<=[a-zñáéíóú、]) ?(?=[a-zñáéíóúぁ-ん])", " ana@mail.example "),
        "emphasis": _sub(r"\*\*(?=[\w¿«「])", "** "),
        "consistency": _otherwise,
        "marks": _sub(r"^(?=\w)", "- "),
        "marks of HTML": _sub(r"(?<=\w) ?(?=\w)", "&nbspace;"),
        "letters": _sub(r"[a-zñáéíóúぁ-ん](?=[a-zñáéíóúぁ-ん])", "\ufffd"),
    },
    "es": {
        "ending": _in_paragraphs(_sub(r"[.?](?=$)", "")),
        "openers": _sub(r"¿", ""),
        "pairs": _sub(r"[»)](?=[\s,.])(?![^\[]*\])", ""),
        "style": _sub(r"(?<=\w)»\.", ".»"),
        "style tú": _sub(r"(?<=[a-z]) (?=que )", " tú "),
        "style blanks": _sub(r"(?<=\w)(?=[,;:] )", " "),
        "doubled": _sub(r"(?<= )(de|la|el|en|que|con) ", r"\1 \1 "),
    },
    "ja": {
        "ending": _in_paragraphs(_sub(r"。(?=$)", "")),
        "pairs": _sub(r"[」』）]", ""),
        "style commas": _sub(r"(?<=[ぁ-ん])、(?=[ぁ-ん一-龥])", ","),
        "style digits": _sub(r"(?<=[ぁ-ん一-龥])\d", lambda m: chr(ord(m[0]) + 0xFEE0)),
        "style blanks": _sub(r"(?<=[を])(?=[ぁ-ん一-龥])", " "),
        "style endings": _sub(r"です。(?=$)", "である。", after="ます。"),
        "doubled": _sub(r"を", "をを"),
    },
}
ERRORS: dict[str, Mistake] = {
    "footnote lost": _sub(r"\[\^[^\]]+\]", ""),
    "link elsewhere": _sub(r"(?<=\]\()[\w./#-]+(?=\))", "elsewhere.md"),
    "link lost": _sub(r"\[([^\[\]]+)\]\([^)]+\)", r"\1"),
    "code changed": _sub(r"`[^`]+`", "`rm -rf x`"),
    "HTML added": _sub(r" ", " <b onclick=x>"),
    "bold not closed": _sub(r"(?<=\w)\*\*", ""),
}


def main(argv: list[str]) -> int:
    """Print a line a kind and language; return the exit status."""
    dice = random.Random(int(argv[0]) if argv else 1)
    handbook = build.handbook(ROOT)
    for language in handbook.languages:
        placed = list(wording.pairs(handbook, language, wording.spelled(handbook, language)))
        untouched = {id(each) for each in placed if list(findings(each.pair, each.unit.comment))}
        twofold = _Twofold(placed)
        untouched |= {id(each) for each in placed if twofold.is_named(each, each.pair.target)}
        alarms = len(untouched)
        print(f"{language}: untouched {alarms} of {len(placed)}")
        kinds = WARNINGS[""] | WARNINGS.get(language, {})
        totals = [
            _seeded(name, mistake, twofold.placed, dice, twofold.is_named)
            if name == "consistency"
            else _seeded(name, mistake, placed, dice, _warned_by(name.partition(" ")[0]))
            for name, mistake in kinds.items()
        ]
        _print_sum(language, "warnings", totals)
        refused = _refused_in(handbook, language)
        totals = [_seeded(*kind, placed, dice, refused) for kind in ERRORS.items()]
        _print_sum(language, "errors", totals)
    return 0


def _seeded(
    name: str, mistake: Mistake, placed: list[wording.Placed], dice: random.Random, is_named: Judge
) -> tuple[int, int]:
    """Print how many of the mistakes of a kind are named, and how many were tried; return both."""
    found = tried = 0
    for each in dice.sample(placed, len(placed)):
        wrong = mistake(each.pair.target, each.pair, dice)
        if wrong == each.pair.target or tried == TIMES:
            continue
        tried += 1
        found += is_named(each, wrong)
    print(f"  {name:<16} {found:3} of {tried}")
    return found, tried


class _Twofold:
    """The judge of `consistency`, which looks at all translations of a text."""

    def __init__(self, placed: list[wording.Placed]) -> None:
        """Take all translations into a language."""
        kept = [each for each in placed if "consistency" not in waived(each.unit.comment)]
        self._uses = {id(each): wording.use(each) for each in kept}
        counted = Counter(use.text for use in self._uses.values())
        twice = [each for each in kept if counted[self._uses[id(each)].text] > 1]
        self.placed = [each for each in twice if is_long(each.unit.message)]
        """Those of texts that stand twice, long enough to mean the same everywhere."""

    def is_named(self, each: wording.Placed, wrong: str) -> bool:
        """Tell whether one of a text's translations is named if this is one of them."""
        own = self._uses.get(id(each))
        if own is None:  # waived
            return False
        others = [use for use in self._uses.values() if use != own and use.text == own.text]
        return bool(list(consistency([*others, own._replace(translation=wrong)])))


def _warned_by(rule: str) -> Judge:
    """Return the judge that looks for a warning of one rule."""
    return lambda each, wrong: (
        rule in {name for name, _ in findings(replace(each.pair, target=wrong))}
    )


def _refused_in(handbook: Handbook, language: str) -> Judge:
    """Return the judge that assembles the page and looks for a refusal."""
    sources = {handbook.catalog_in_use(s.path, language): s for s in handbook.sources()}
    return lambda each, wrong: _is_refused(handbook, sources[each.path], language, each.unit, wrong)


def _is_refused(
    handbook: Handbook, source: wording.Source, language: str, unit: Unit, wrong: str
) -> bool:
    catalog = handbook.catalog(source, language)
    units = tuple(u._replace(translation=wrong) if u.key == unit.key else u for u in catalog.units)
    made = replace(catalog, units=units)
    return bool(assemble(handbook.read(source), made, handbook.original(source)).refusals)


def _print_sum(language: str, what: str, totals: list[tuple[int, int]]) -> None:
    found, tried = (sum(each) for each in zip(*totals, strict=True))
    print(f"{language}: {what} {found} of {tried}, {found / max(1, tried):.1%}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
