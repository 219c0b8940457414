"""Strange characters in a page or a translation: all come back from a catalog, or are named."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from folders import TOOLKIT
from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import Catalog, empty
from handbook.bitext.files import write
from handbook.bitext.page import scan
from handbook.bitext.project.reading import read_catalog
from handbook.bitext.translate.assemble import assemble
from handbook.bitext.translate.guards import refusal
from handbook.bitext.translate.merge import merge
from handbook.bitext.translate.proof import Original
from handbook.press.markdown import renderers
from rows import rows

STRANGE = [
    *map(chr, [*range(0x20), *range(0x7F, 0xA0)]),
    *"\u00ad\u200b\u200f\u2028\u2029\u202e\u2066\ufeff",
    *map(chr, range(0xFDD0, 0xFDF0)),
    *"\ufffe\uffff\U0001fffe\U0010ffff\U000e0001\ue6a0\ue6b1\udbff"[:-1],
    *["\ue6a0\ue6b1", "\r\n", "\\", "\\n", '"', "#~ ", "\nmsgid"],
]
PAGES = [file.read_bytes().decode() for file in sorted((TOOLKIT / "examples").glob("*/page.md"))]


def mutated(chance: random.Random, text: str) -> str:
    for _ in range(chance.randrange(1, 6)):
        place = chance.randrange(len(text) + 1)
        text = text[:place] + chance.choice(STRANGE) + text[place:]
    return text


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_every_unit_comes_back(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(100):
        page = scan.read(mutated(chance, chance.choice(PAGES)))
        new = merge(page, empty("es", "en", "test"), path="page.md")
        done = replace(
            new,
            units=tuple(
                unit._replace(translation=mutated(chance, f"«{unit.message}»").replace("\0", ""))
                for unit in new.units
            ),
        )
        write(tmp_path / "page.po", po.dump(done))
        back = read_catalog(tmp_path / "page.po", "page.po")
        assert isinstance(back, Catalog), back
        again = merge(page, back, path="page.md")
        assert [unit[:2] for unit in again.units] == [unit[:2] for unit in done.units]
        assert po.dump(again) == po.dump(done)


@rows("character", ["\x00", "\x04", "\ue6a0"])
def test_what_a_catalog_cannot_hold_is_named(character: str) -> None:
    page = scan.read(f"# T\n\nOne {character}two.\n")
    assert [segment.message for segment in page.segments] == ["T"]
    (fault,) = page.faults
    assert page.line_at(fault.offset) == 3
    assert f"U+{ord(character):04X}" in fault.text


def test_marks_of_this_program_on_a_page_move_no_id() -> None:
    page = scan.read("# \ue6a0\ue6b1 one { #one }\n\n## Two\n\n## Three\n")
    new = merge(page, empty("es", "en", "test"))
    done = replace(new, units=tuple(u._replace(translation="Otro") for u in new.units))
    text = assemble(page, done, Original(page, renderers.whole())).text
    assert text.splitlines()[2:] == ["## Otro { #two }", "", "## Otro { #three }"]


@rows("character", [c for c in STRANGE if len(c) == 1 and c not in '\t\n\\"'])
def test_front_matter_takes_nothing_that_yaml_and_xml_cannot_carry(character: str) -> None:
    page = scan.read("---\ntitle: Words\n---\n")
    reason = refusal(page.segments[0], f"Pala{character}bras")
    assert reason or character in "\u00ad\u200b"
