"""Two versions of a catalog are joined unit by unit; each case is a folder of documents."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from folders import TOOLKIT
from handbook.bitext.catalog import headers, po, tidy
from handbook.bitext.catalog.units import ALSO, TWICE, Catalog, Unit
from handbook.bitext.page import scan
from handbook.bitext.translate import lineage
from handbook.bitext.translate.join import join
from handbook.bitext.translate.merge import merge
from programs import Run
from rows import rows

CASES = sorted((TOOLKIT / "joins").iterdir())


def read(folder: Path, name: str) -> Catalog:
    file = folder / f"{name}.po"
    return po.parse(file.read_text("utf-8")) if file.exists() else Catalog({})


@rows("folder", CASES)
def test_versions_are_joined(folder: Path) -> None:
    base, ours, theirs = (read(folder, name) for name in ("base", "ours", "theirs"))
    assert po.dump(join(base, ours, theirs).catalog) == (folder / "joined.po").read_text("utf-8")


@rows("folder", CASES)
def test_the_sides_count_alike(folder: Path) -> None:
    base, ours, theirs = (read(folder, name) for name in ("base", "ours", "theirs"))
    one, other = join(base, ours, theirs), join(base, theirs, ours)
    assert {u.key: u.state for u in one.catalog.units} == {
        u.key: u.state for u in other.catalog.units
    }
    assert [u.key for u in one.twice] == [u.key for u in other.twice]


@rows("folder", CASES)
def test_what_one_side_alone_has_done_is_taken_whole(folder: Path) -> None:
    base, ours = read(folder, "base"), read(folder, "ours")
    if base.units and folder.name not in ("a-tool-that-drops-units", _FORGETS):
        assert po.dump(join(base, ours, base).catalog) == po.dump(ours)
        assert po.dump(join(base, base, ours).catalog) == po.dump(ours)
    assert po.dump(join(ours, ours, ours).catalog) == po.dump(ours)


_FORGETS = "a-tool-that-forgets-what-the-text-was-before"


def test_a_wrapped_file_is_joined_by_its_units(gettext: Run, tmp_path: Path) -> None:
    words = "A sentence with many words that goes on for longer than any line of a wrapped file. "
    units = [Unit(f"{number} {words}", f"{number} {words}".upper()) for number in range(9)]
    base = Catalog(headers.new("es", "en", "handbook"), tuple(units))
    ours = replace(base, units=(units[0]._replace(translation="ONE"), *units[1:]))
    theirs = replace(base, units=(*units[:-1], units[-1]._replace(translation="NINE")))
    (tmp_path / "theirs.po").write_text(po.dump(theirs), "utf-8")
    wrapped = gettext("msgcat", "--width=60", tmp_path / "theirs.po").stdout
    assert wrapped != po.dump(theirs)
    made = join(base, ours, po.parse(wrapped))
    assert [u.translation for u in made.catalog.units][:: len(units) - 1] == ["ONE", "NINE"]
    assert made.twice == ()


def test_no_text_is_lost_whatever_three_people_do() -> None:
    """Each text that a side has and the base has not is somewhere in what they are joined to."""
    chance = random.Random(20)
    for _ in range(600):
        base = _invented(chance)
        ours, theirs, third = (_worked_on(base, chance, by) for by in "otx")
        made = join(base, join(base, ours, theirs).catalog, third).catalog
        written = po.dump(made)
        assert po.dump(po.parse(written)) == written
        for side in (ours, theirs, third):
            for unit, before in zip(side.units, base.units, strict=True):
                assert unit.translation in written or unit.translation == before.translation
        assert {u.key for u in made.units} >= {u.key for u in base.units}


def _invented(chance: random.Random) -> Catalog:
    units = [
        Unit(f"message {n}", chance.choice(("", f"base {n}")), previous=None)
        for n in range(chance.randrange(1, 8))
    ]
    marked = (
        u._replace(fuzzy=True, previous=f"earlier {u.message}")
        if u.translation and chance.random() < 0.3
        else u
        for u in units
    )
    return Catalog({}, tuple(marked))


def _worked_on(catalog: Catalog, chance: random.Random, by: str) -> Catalog:
    def worked(unit: Unit) -> Unit:
        done = chance.random()
        if done < 0.4:
            return unit
        if done < 0.6:
            return unit._replace(fuzzy=bool(unit.translation))
        return unit._replace(translation=f"{by} {unit.message}", fuzzy=False, previous=None)

    return replace(catalog, units=tuple(map(worked, catalog.units)))


def test_a_choice_is_over_when_the_mark_is_gone() -> None:
    folder = TOOLKIT / "joins/one-unit-translated-twice"
    like = Catalog(headers.new("es", "en", "handbook"))
    twice = join(*(read(folder, name) for name in ("base", "ours", "theirs"))).twice[0]
    assert twice.is_twice
    assert twice.state == "suggested"  # nobody reads it
    chosen = tidy.tidy(replace(like, units=(twice._replace(fuzzy=False),)), like)
    assert chosen.units[0].comment == ""
    kept = tidy.tidy(replace(like, units=(twice,)), like)
    assert kept.units[0].is_twice


WORDS = "a group meets to decide what it does and who does it until when on which day".split()


def _page(chance: random.Random, number: int) -> list[str]:
    return [
        " ".join(chance.choices(WORDS, k=chance.randrange(4, 14))).capitalize() + f" {n}."
        for n in range(number)
    ]


def _edit(paragraphs: list[str], chance: random.Random) -> list[str]:
    """A page after somebody has edited, added, deleted and moved paragraphs."""
    made = list(paragraphs)
    for _ in range(chance.randrange(1, 4)):
        place = chance.randrange(len(made))
        match chance.randrange(4):
            case 0:
                made[place] = made[place].replace(" ", " very ", 1)
            case 1:
                made.insert(place, f"New {chance.random()} words here.")
            case 2 if len(made) > 2:
                del made[place]
            case _:
                made.append(made.pop(place))
    return made


def test_an_update_and_a_translator_lose_nothing_of_each_other() -> None:
    """Whatever is done to a page and to its catalog at the same time."""
    chance = random.Random(16)
    for _ in range(300):
        paragraphs = _page(chance, chance.randrange(2, 9))
        page = scan.read("\n\n".join(paragraphs) + "\n")
        base = merge(page, Catalog({}), path="a.md")
        base = replace(base, units=tuple(_half(unit, chance) for unit in base.units))
        edited = scan.read("\n\n".join(_edit(paragraphs, chance)) + "\n")
        ours = merge(edited, base, path="a.md")
        theirs = _worked_on(base, chance, "t")
        made = join(base, ours, theirs).catalog
        updated = merge(edited, made, path="a.md")
        assert [unit.key for unit in updated.units] == [unit.key for unit in ours.units]
        written = po.dump(updated)
        for unit, before in zip(theirs.units, base.units, strict=True):
            assert unit.translation in written or unit.translation == before.translation
        for unit in updated.units:  # nothing is shown as current that was made for another text
            known = {u.translation for u in (*theirs.units, *ours.units) if u.key == unit.key}
            assert unit.state != "current" or unit.translation in known


def test_two_who_both_work_and_update_lose_nothing_of_each_other() -> None:
    """Neither a text nor a comment, however the two are joined, and not when joined once more."""
    chance = random.Random(112)
    for _ in range(300):
        paragraphs = _page(chance, chance.randrange(2, 9))
        base = merge(scan.read("\n\n".join(paragraphs) + "\n"), Catalog({}), path="a.md")
        base = replace(base, units=tuple(_half(unit, chance) for unit in base.units))
        ours, theirs = (_updated_between(base, paragraphs, chance, by) for by in "ot")
        made = join(base, ours, theirs).catalog
        done = _said(ours) | _said(theirs)
        assert _said(made) >= done - _said(base)
        assert _said(join(base, theirs, ours).catalog) >= done - _said(base)
        assert _said(join(base, made, theirs).catalog) == _said(made)
        for unit in made.units:  # nothing is current that nobody found to be so
            known = {(u.key, u.translation) for u in (*ours.units, *theirs.units) if not u.fuzzy}
            assert unit.state != "current" or (unit.key, unit.translation) in known


def _updated_between(
    catalog: Catalog, paragraphs: list[str], chance: random.Random, by: str
) -> Catalog:
    """A catalog that somebody has worked on before and after an update that followed an edit."""
    page = scan.read("\n\n".join(_edit(paragraphs, chance)) + "\n")
    before = _drafted(_worked_on(catalog, chance, f"{by}1"), chance, f"{by}2")
    return _drafted(merge(page, before, path="a.md"), chance, f"{by}3")


def _drafted(catalog: Catalog, chance: random.Random, by: str) -> Catalog:
    def drafted(unit: Unit) -> Unit:
        done = chance.random()
        if done < 0.2:
            return unit._replace(translation=f"{by} {unit.message}", fuzzy=True)
        if done < 0.3 and unit.translation:
            return unit._replace(comment=f"{by} {unit.message}")
        return unit

    return replace(catalog, units=tuple(map(drafted, catalog.units)))


def _said(catalog: Catalog) -> set[str]:
    """All texts of a catalog, and what its comments say."""
    rows = {
        row.removeprefix(TWICE).removeprefix(ALSO)
        for unit in (*catalog.units, *catalog.obsolete)
        for row in (unit.translation, *unit.comment.split("\n"))
    }
    return rows - {""}


def _half(unit: Unit, chance: random.Random) -> Unit:
    return unit._replace(translation=f"base {unit.message}") if chance.random() < 0.5 else unit


def test_a_reworded_text_alone_says_whether_it_has_a_plural() -> None:
    one, some = Unit("A", "a"), Unit("A", "a", plural=("As", "a", "as"))
    new, more = (
        each._replace(
            message="B", fuzzy=True, previous="A", plural=each.plural and ("Bs", "a", "as")
        )
        for each in (one, some)
    )
    worked = some._replace(translation="w", plural=("As", "w", "ws"))
    singular = join(*(Catalog({}, (unit,)) for unit in (some, new, worked))).catalog.units
    assert [(unit.translation, unit.plural) for unit in singular] == [("w", ())]
    assert singular[0].comment == "Also translated: ws"
    forms = join(*(Catalog({}, (unit,)) for unit in (one, more, one._replace(translation="w"))))
    assert [unit.plural for unit in forms.catalog.units] == [("Bs", "a", "as")]
    assert [unit.comment for unit in forms.catalog.units] == ["Translated twice: w"]


def test_a_text_that_is_now_two_keeps_their_order_whoever_joins() -> None:
    base = Catalog({}, (Unit("A", "a"),))
    split = tuple(Unit(text, f"our {text}", True, "A") for text in ("B", "C", "D"))
    ours, theirs = Catalog({}, split), Catalog({}, (Unit("A", "their a"),))
    for made in (join(base, ours, theirs), join(base, theirs, ours)):
        assert [unit.key for unit in made.catalog.units] == ["B", "C", "D"]


def test_edits_without_a_translation_are_not_compared_each_with_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Unit] = []
    was_edited = lineage._was_edited

    def counted(before: Unit, unit: Unit) -> bool:
        asked.append(unit)
        return was_edited(before, unit)

    monkeypatch.setattr(lineage, "_was_edited", counted)
    texts = [f"The text of paragraph {number} is about this." for number in range(50)]
    base = Catalog({}, units=tuple(Unit(text, "") for text in texts))
    ours = Catalog({}, units=tuple(Unit(f"{text} Indeed.", "") for text in texts))
    assert [unit.key for unit in join(base, ours, base).catalog.units] == [
        u.key for u in ours.units
    ]
    assert asked == []
