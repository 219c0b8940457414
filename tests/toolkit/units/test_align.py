"""A page and an older translation of it become a catalog.

`alignments/<case>/` holds a page, the translation in `page.<language>.md` and the catalog
that must come out, `page.<language>.po`. Add a folder and you have added a test.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures import Tell
from folders import CORPUS, TOOLKIT
from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import Catalog, empty
from handbook.bitext.languages.registry import Languages
from handbook.bitext.page import scan
from handbook.bitext.page.segments import Page
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.translate.align import align, alignment, pairs
from rows import rows

CASES = sorted((TOOLKIT / "alignments").glob("*/page.*.md"))
BLOCKS = [
    "# Uno\n\n",
    "Dos.\n\n",
    "- Tres\n- Cuatro 4\n\n",
    "| A |\n| - |\n| B |\n\n",
    "Cinco [seis](x.md), que es más largo que el resto.\n\n",
    "Siete\n:   Ocho\n\n",
]
PAGES = st.lists(st.sampled_from(BLOCKS), max_size=8).map("".join).map(scan.read)


def aligned(file: Path) -> Catalog:
    page = scan.read((file.parent / "page.md").read_text("utf-8"))
    language = file.suffixes[0][1:]
    start = empty(language, "en", "handbook", Languages()[language].plural_forms)
    return align(page, scan.read(file.read_text("utf-8")), start, "page.md")


@rows("file", CASES)
def test_alignment(file: Path) -> None:
    assert po.dump(aligned(file)) == file.with_suffix(".po").read_text("utf-8")


@pytest.mark.long
@settings(max_examples=200, deadline=None)
@given(PAGES, PAGES)
def test_pairs_are_in_order_of_one_kind_and_nothing_is_paired_twice(
    page: Page, translated: Page
) -> None:
    found = pairs(page, translated)
    for each, segments in enumerate((page.segments, translated.segments)):
        places = [segments.index(pair[each]) for pair in found]
        assert all(before < after for before, after in pairwise(places))
    assert all(mine.kind == theirs.kind for mine, theirs in found)


def test_a_translation_that_there_is_stays() -> None:
    page = scan.read("# One\n\nTwo.\n")
    known = align(page, scan.read("# Uno\n\nDos.\n"), empty("es", "en", "handbook"))
    again = align(page, scan.read("# Primero\n\nSegundo.\n"), known)
    assert [unit.translation for unit in again.units] == ["Uno", "Dos."]


# The pairs of the sample are checked, for its pages were translated by hand. Blocks of the
# translation are dropped, added, divided, joined and swapped, as where pages were edited alone.


def _blocks(text: str) -> list[str]:
    """A page's blocks: what blank lines divide, code aside."""
    found: list[str] = []
    is_open = False
    for line in text.split("\n"):
        if line.strip() or is_open:
            is_open ^= line.lstrip().startswith("```")
            if found and found[-1]:
                found[-1] += "\n" + line
            else:
                found[-1:] = [line]
        elif found and found[-1]:
            found.append("")
    return [block for block in found if block]


def _disturbed(text: str, strange: list[str], chance: Random) -> str:
    """A page with a tenth of its blocks dropped, added, divided, joined or swapped."""
    blocks, made = _blocks(text), []
    while blocks:
        block = blocks.pop(0)
        is_plain = block[0].isalnum() or block[0] in "「（¿*"
        match chance.choice(_ACTS) if made and chance.random() < 0.1 else "keep":
            case "drop":
                continue
            case "add":
                made.append(chance.choice(strange))
            case "divide" if (
                is_plain and len(halves := re.split(r"(?<=[。.]) ?", block, maxsplit=1)) > 1
            ):
                made.append(halves[0])
                block = halves[1] or "…"
            case "join" if is_plain and blocks and blocks[0][0].isalnum():
                block += " " + blocks.pop(0)
            case "swap" if blocks:
                made.append(blocks.pop(0))
        made.append(block)
    return "\n\n".join(made) + "\n"


_ACTS = ("drop", "add", "divide", "join", "swap")

Score = Counter[str]


def _score(page: Page, right: Page, text: str) -> Score:
    """Count what is found of a disturbed translation, whose right pairs are those of `right`."""
    score = Score()
    ours, theirs = ([s for s in each.segments if s.kind != "address"] for each in (page, right))
    pairs_of: dict[str, set[str]] = {}
    for mine, other in zip(ours, theirs, strict=True):
        pairs_of.setdefault(mine.message, set()).add(other.message)
    disturbed = scan.read(text)
    there = {segment.message for segment in disturbed.segments}
    found: set[str] = set()
    for pair in alignment(page, disturbed).pairs:
        is_right = pair.text in pairs_of[pair.mine.message]
        score["sure"] += pair.is_sure
        score["sure and right"] += pair.is_sure and is_right
        if is_right:
            found.add(pair.mine.message)
    wanted = {message for message, texts in pairs_of.items() if texts & there}
    score["wanted"] += len(wanted)
    score["found"] += len(found & wanted)
    return score


def _judge(texts: list[tuple[str, str]], tell: Tell, name: str) -> Score:
    """Hold pages and their translations, disturbed and not, to what is promised."""
    chance, total = Random(7), Score()
    strange = [block for _, own in texts for block in _blocks(own) if block[0].isalnum()]
    for text, own in texts:
        page, right = scan.read(text), scan.read(own)
        total += _score(page, right, own)
        total += _score(page, right, _disturbed(own, strange, chance))
    tell(
        f"{name}: sure pairs that are right",
        f"{total['sure and right'] / total['sure']:.2%}",
        "99 %",
    )
    tell(f"{name}: right pairs that are found", f"{total['found'] / total['wanted']:.2%}", "95 %")
    assert total["sure and right"] >= 0.99 * total["sure"]
    assert total["found"] >= 0.95 * total["wanted"]
    return total


def test_what_is_sure_is_right_in_the_sample(sample: Path, tell: Tell) -> None:
    book = Handbook.open(sample)
    texts = []
    for source in book.sources():
        for language in book.languages:
            if language != source.language:
                own = book.translated(source, language).text
                texts.append((book.read(source).text, re.sub(r" \{ #[\w-]+ \}", "", own)))
    assert _judge(texts, tell, "align, sample")["wanted"] >= 2 * 150


def test_what_is_sure_is_right_in_a_real_guide(corpus: list[Path], tell: Tell) -> None:
    guide = CORPUS / "openai-agents/2026-08"
    names = [file.relative_to(guide / "en") for file in corpus if file.is_relative_to(guide / "en")]
    texts = [(guide / "en" / name, guide / "ja" / name) for name in names[::6]]
    _judge([(a.read_text("utf-8"), b.read_text("utf-8")) for a, b in texts], tell, "align, guide")
