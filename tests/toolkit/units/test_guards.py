"""Law 9: a translation can only change words. Each attack is a document in `attacks/`.

Its first line says what it tries and what becomes of it: `refused`, and the page is the
source's; or `words`, and the page shows them as the words they are.
"""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

import yaml

from folders import TOOLKIT
from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.page import frontmatter, scan
from handbook.bitext.page.segments import Segment
from handbook.bitext.translate import assemble, guards, skeleton
from handbook.bitext.translate.guards import refusal
from handbook.bitext.translate.proof import Original
from handbook.press.markdown import renderers
from rows import rows

ATTACKS = sorted((TOOLKIT / "attacks").glob("*.md"))
_PARTS = re.compile(
    r"Tries .*: (refused|words)\.\n\n~~~~~ page\n(.*)~~~~~\n\n~~~~~ catalog\n(.*)~~~~~\n", re.DOTALL
)
_HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
RENDER = renderers.whole()


def front(text: str) -> object:
    """The front matter of a page, its values that people read left out."""
    values = yaml.safe_load(text[: frontmatter.end(text)].strip("-\n") or "{}")
    return {key: key in scan.DEFAULT_KEYS or value for key, value in values.items()}


def fences(text: str) -> list[str]:
    """Fenced code without the words between quotation marks."""
    return [re.sub('"[^"\n]*"', '""', fence) for fence in re.findall(r"```.*?```", text, re.DOTALL)]


@rows("file", ATTACKS)
def test_an_attack_changes_nothing_but_words(file: Path) -> None:
    parts = _PARTS.fullmatch(file.read_text("utf-8"))
    assert parts, "see the first lines of test_guards.py for the form"
    verdict, text, entries = parts.groups()
    page = scan.read(text)
    catalog = po.parse(_HEADER + entries)
    assert catalog.units[0].message in [segment.message for segment in page.segments]
    result = assemble.assemble(page, catalog, Original(page, RENDER))
    assert front(result.text) == front(text)
    assert fences(result.text) == fences(text)
    before, after = (
        RENDER(re.sub('(?<=")[^"\n]*(?="[]])', "", each[frontmatter.end(each) :]))
        for each in (text, result.text)
    )
    assert skeleton.skeleton(before).allows(skeleton.skeleton(after)), after
    if verdict == "refused":
        assert result.refusals
        assert result.text == text
    else:
        assert not result.refusals
        assert result.text != text


def test_there_are_attacks_enough() -> None:
    assert len(ATTACKS) >= 60


@rows(
    ("message", "translation"),
    [
        ("Bring *one* [thing](a.md) and [another](b.md).", "Trae [otra](b.md) y [una](a.md)."),
        ("Say `yes` or **no**.", "「`yes`」または **no** と<ruby>言<rt>い</rt></ruby>う。"),
        ("Solidarity.", "連<wbr>帯。<bdi>IOPS</bdi>"),
        ("A paragraph[^1] here.", "Aquí[^1] un párrafo."),
    ],
)
def test_what_translators_need_is_allowed(message: str, translation: str) -> None:
    page = scan.read(f"{message}\n\n[^1]: Note.\n")
    catalog = Catalog({}, (Unit(message, translation),))
    result = assemble.assemble(page, catalog, Original(page, RENDER))
    assert not result.refusals
    assert translation in result.text


def test_an_address_of_its_own_takes_the_place_of_the_sources() -> None:
    page = scan.read("Read [it](https://en.example.org/wiki) and <https://en.example.org/wiki>.\n")
    catalog = Catalog(
        {},
        (
            Unit(page.segments[0].message, page.segments[0].message.replace("Read", "Lee")),
            Unit("https://en.example.org/wiki", "https://es.example.org/wiki"),
        ),
    )
    own = ["es.example.org"]
    result = assemble.assemble(page, catalog, Original(page, RENDER), hosts=own)
    assert (
        result.text == "Lee [it](https://es.example.org/wiki) and <https://es.example.org/wiki>.\n"
    )


@rows(
    ("message", "translation"),
    [
        ("Plain words.", r"Palabras \`</span>\`."),
        ("Plain words.", r"Palabras \`</label>\` y `código`."),
        ("Plain words.", r"Palabras \\\`</a>\`."),
        ("A [link](a\ue6a0\ue6b1.md).", "Un [enlace](a.md)."),
        ("A [link](a\ue6a0\ue6b1.md).", "Un [enlace](a\ue6a0\ue6b0.md)."),
        ("A [link](a&#xE6A0;.md).", "Un [enlace](a.md)."),
        ("The code `a\ue6a0\ue6b1`.", "El código `a`."),
        ("Words.", "Palabras &#xE6A0;."),
        ("**Bold.** Signs such as `**`.", "**Negrita. Signos como `**`."),
    ],
)
def test_what_would_close_or_change_unseen_is_refused(message: str, translation: str) -> None:
    assert refusal(Segment("paragraph", message, ((0, len(message)),), ""), translation)


@rows("text", [r"A \\`</b>`.", r"A `\` and `<b>`.", r"A \` sign.", "A \ue6a0\ue6b1."])
def test_what_is_code_is_not(text: str) -> None:
    segment = Segment(
        "paragraph", "Plain words. \ue6a0\ue6b1" if "\ue6a0" in text else "W.", (), ""
    )
    assert refusal(segment, text) is None


def test_no_character_that_is_looked_for_is_printable() -> None:
    found = guards._CONTROL.findall("".join(map(chr, range(sys.maxunicode + 1))))
    assert "\u200e" in found
    assert not any(map(str.isprintable, found))


def test_all_that_runs_something_has_one_of_its_signs() -> None:
    chance = random.Random(1)
    pieces = (*guards._OF_PROGRAMS, *"-<[]{}%#!*+~=:> \nx", "TOC]", "8")
    for _ in range(20_000):
        text = "".join(chance.choices(pieces, k=4))
        if guards._PROGRAM.search(text) or guards._TEMPLATE.search(text):
            assert any(sign in text for sign in guards._OF_PROGRAMS), text
