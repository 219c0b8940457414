"""Law 4, and what becomes of a translation when its page is edited."""

from __future__ import annotations

from dataclasses import replace
from unicodedata import normalize

from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import Catalog, Unit, empty
from handbook.bitext.page import scan
from handbook.bitext.translate import revisions
from handbook.bitext.translate.assemble import assemble
from handbook.bitext.translate.merge import merge
from handbook.bitext.translate.sameness import is_editorial
from rows import rows

FIRST = """# Meeting

Bring a friend and a chair to the meeting on Monday.

Nobody leads; everybody takes a turn at leading.

- Tea
- Coffee
"""


def translated(text: str) -> Catalog:
    """A catalog in which the translation of a message is the message between « and »."""
    merged = merge(scan.read(text), empty("es", "en", "test"))
    units = tuple(
        Unit(u.message, f"«{u.message}»", places=u.places, note=u.note) for u in merged.units
    )
    return Catalog(merged.header, units)


def after(text: str, catalog: Catalog | None = None) -> Catalog:
    return merge(scan.read(text), catalog or translated(FIRST))


def states(catalog: Catalog) -> dict[str, str]:
    return {unit.message: unit.state for unit in catalog.units}


def test_nothing_to_do_changes_nothing() -> None:
    catalog = translated(FIRST)
    assert merge(scan.read(FIRST), catalog) is catalog


def test_an_edited_paragraph_keeps_its_translation_as_changed() -> None:
    catalog = after(FIRST.replace("Monday", "Tuesday"))
    unit = catalog.units[1]
    assert unit.state == "changed"
    assert unit.translation == "«Bring a friend and a chair to the meeting on Monday.»"
    assert unit.previous == "Bring a friend and a chair to the meeting on Monday."
    assert list(states(catalog).values()).count("changed") == 1


def test_several_edits_remember_what_was_translated() -> None:
    once = after(FIRST.replace("Monday", "Tuesday"))
    twice = after(FIRST.replace("on Monday", "next Tuesday"), once)
    assert twice.units[1].previous == "Bring a friend and a chair to the meeting on Monday."


def test_an_edit_undone_is_current_again() -> None:
    edited = after(FIRST.replace("Monday", "Tuesday"))
    assert merge(scan.read(FIRST), edited) == translated(FIRST)


def test_wrapping_and_moving_lose_nothing() -> None:
    wrapped = FIRST.replace("friend and", "friend\nand")
    assert set(states(after(wrapped)).values()) == {"current"}
    paragraphs = FIRST.split("\n\n")
    moved = "\n\n".join([paragraphs[0], paragraphs[2], paragraphs[1], paragraphs[3]])
    assert set(states(after(moved)).values()) == {"current"}


def test_text_moved_to_another_page_finds_its_translation() -> None:
    other = merge(
        scan.read("# New\n\nNobody leads; everybody takes a turn at leading.\n"),
        empty("es", "en", "test"),
        translated(FIRST).unit,
    )
    assert states(other) == {
        "New": "missing",
        "Nobody leads; everybody takes a turn at leading.": "current",
    }


EDIT = ("chair to the meeting on Monday", "chair to the meeting on Tuesday")


@rows(
    ("before", "edit", "theirs", "told"),
    [
        (FIRST, EDIT, "«Tuesday»", ("current", "«Tuesday»", ["chair"])),
        (FIRST, EDIT, "", ("changed", "Monday", [])),
        (FIRST, ("a chair", "*a chair*"), "«Tuesday»", ("current", "Monday", [])),
        (FIRST.replace("Tea", "A tea"), ("A tea", "Some tea"), "«té»", ("changed", "A tea", [])),
    ],
)
def test_what_is_edited_into_a_text_of_another_page_has_its_translation(
    before: str, edit: tuple[str, str], theirs: str, told: tuple[str, str, list[str]]
) -> None:
    """The translation of the text before is kept, in the unit or as an obsolete one."""
    state, translation, retired = told
    merged = merge(
        scan.read(before.replace(*edit)),
        translated(before),
        lambda key: Unit(key, theirs, places=("es/other.po",)) if theirs else None,
    )
    [unit] = [each for each in merged.units if edit[1] in each.message]
    assert unit.state == state
    assert translation in unit.translation
    assert [name for each in merged.obsolete for name in retired if name in each.translation] == (
        retired
    )


def test_an_edit_into_a_text_that_was_here_before_loses_neither_translation() -> None:
    without = after(FIRST.replace("Bring a friend and a chair to the meeting on Monday.\n\n", ""))
    later = merge(scan.read(FIRST.replace(*EDIT)), without)
    [unit] = [each for each in later.units if "Tuesday" in each.message]
    done = unit._replace(translation="«Tuesday»", fuzzy=False)
    units = tuple(done if each is unit else each for each in later.units)
    again = after(FIRST, replace(later, units=units))
    assert set(states(again).values()) == {"current"}
    assert [each.translation for each in again.obsolete] == ["«Tuesday»"]


def test_removed_text_is_retired_and_comes_back() -> None:
    shorter = after(FIRST.replace("- Coffee\n", ""))
    assert [unit.message for unit in shorter.obsolete] == ["Coffee"]
    again = after(FIRST, shorter)
    assert states(again)["Coffee"] == "current"
    assert not again.obsolete


def test_a_look_alike_is_only_suggested() -> None:
    text = FIRST + "\n## Later\n\nBring a friend and a chair to the meeting on Friday.\n"
    shorter = after(FIRST.replace("Bring a friend and a chair to the meeting on Monday.\n\n", ""))
    merged = after(
        text.replace("Bring a friend and a chair to the meeting on Monday.\n\n", ""), shorter
    )
    unit = merged.unit("Bring a friend and a chair to the meeting on Friday.")
    assert unit is not None
    assert (unit.state, unit.previous) == ("suggested", None)


def test_a_copy_that_was_edited_has_the_translation_of_the_first_suggested() -> None:
    """The first keeps it; and short cells that are alike have nothing to do with each other."""
    copy = "Bring a friend and a chair to the meeting on Friday."
    merged = after(FIRST + f"\n## Later\n\n{copy}\n\n- Tea!\n")
    unit = merged.unit(copy)
    assert unit is not None
    assert (unit.state, unit.previous) == ("suggested", None)
    assert unit.translation == "«Bring a friend and a chair to the meeting on Monday.»"
    assert states(merged)["Bring a friend and a chair to the meeting on Monday."] == "current"
    assert states(merged)["Tea!"] == "missing"


def test_a_new_text_in_an_old_place_is_missing() -> None:
    catalog = after(FIRST.replace("- Tea", "- Rent a hall with a ramp and a quiet room"))
    assert states(catalog)["Rent a hall with a ramp and a quiet room"] == "missing"
    assert [unit.message for unit in catalog.obsolete] == ["Tea"]


def test_joined_paragraphs_keep_both_translations() -> None:
    joined = FIRST.replace("Monday.\n\nNobody", "Monday. Nobody")
    unit = after(joined).units[1]
    assert unit.state == "changed"
    assert unit.translation.count("«") == 2


MONDAY, NOBODY = "Bring a friend and a chair to the meeting on Monday.", "Nobody leads; everybody"
BEFORE = f"{MONDAY} {NOBODY} takes a turn at leading."
JOINED = [
    (Unit("", "«1»", fuzzy=True, previous=MONDAY), "changed", BEFORE),
    (Unit("", "«1»", fuzzy=True), "suggested", None),
]


@rows(("first", "state", "previous"), JOINED)
def test_joined_paragraphs_of_which_one_was_edited_before(
    first: Unit, state: str, previous: str | None
) -> None:
    text = FIRST.replace("Monday", "Tuesday")
    _, old, other, *rest = translated(text).units
    first = first._replace(message=old.message, comment="A note.", places=old.places, note=old.note)
    other = other._replace(comment="A note.\nok ending: a title")
    catalog = replace(translated(text), units=(_, first, other, *rest))
    unit = after(text.replace("Tuesday.\n\nNobody", "Tuesday. Nobody"), catalog).units[1]
    assert unit.translation == f"«1» {other.translation}"
    assert (unit.state, unit.previous) == (state, previous)
    assert unit.comment == "A note.\nok ending: a title"


@rows("parts", [2, 3, 4])
def test_items_that_become_a_paragraph_keep_all_translations(parts: int) -> None:
    rows = ["Open the left valve.", "Then close the right one.", "Write the time.", "Go home."]
    items = "# T\n\n- " + "\n- ".join(rows[:parts]) + "\n\nAn end.\n"
    merged = after(f"# T\n\n{' '.join(rows[:parts])}\n\nAn end.\n", translated(items))
    assert merged.units[1].state == "changed"
    assert merged.units[1].translation == " ".join(f"«{row}»" for row in rows[:parts])
    assert not merged.obsolete


def test_neighbors_that_change_places_and_words_keep_their_own_translations() -> None:
    one, other = "Alpha text is about the first matter.", "Beta text is about the second matter."
    edited = "\n\n".join(each.replace("matter", "matters") for each in (other, one))
    for before in (f"{one}\n\n{other}\n", f"{one}\n\nA word.\n\n{other}\n"):
        merged = after(edited, translated(before))
        assert [unit.translation for unit in merged.units] == [f"«{other}»", f"«{one}»"]
        assert set(states(merged).values()) == {"changed"}


def test_rows_that_are_alike_keep_their_order() -> None:
    rooms = [f"Room {number} is open on all days of the week." for number in (1, 2, 3)]
    merged = after("\n\n".join(rooms).replace("open", "shut"), translated("\n\n".join(rooms)))
    assert [unit.translation for unit in merged.units] == [f"«{room}»" for room in rooms]


@rows("parts", [2, 3, 4])
def test_a_split_paragraph_keeps_its_translation_beside_each_part(parts: int) -> None:
    sentences = ["The first sentence says more than the others.", "Short one.", "Third.", "End."]
    whole = "# T\n\nAn intro.\n\n" + " ".join(sentences[:parts]) + "\n\nAn end.\n"
    split = "# T\n\nAn intro.\n\n" + "\n\n".join(sentences[:parts]) + "\n\nAn end.\n"
    merged = merge(scan.read(split), translated(whole))
    kept = merged.units[2:-1]
    assert [unit.state for unit in kept] == ["changed"] * parts
    assert {unit.translation for unit in kept} == {f"«{' '.join(sentences[:parts])}»"}
    assert not merged.obsolete


NUMBERS = "# T\n\n| Year | Members |\n| --- | --- |\n| 2012 | 3,500 |\n| 2013 | 2,900 |\n"


def test_a_number_is_its_own_translation_until_somebody_writes_another() -> None:
    catalog = merge(scan.read(NUMBERS), empty("es", "en", "test"))
    assert catalog.unit("3,500") is not None
    rewritten = replace(
        catalog,
        units=tuple(
            unit._replace(translation="3500") if unit.message == "3,500" else unit
            for unit in catalog.units
        ),
    )
    assert merge(scan.read(NUMBERS), rewritten) == rewritten
    edited_page = scan.read(NUMBERS.replace("3,500", "3,700").replace("2,900", "2,800"))
    units = {unit.message: unit for unit in merge(edited_page, rewritten).units}
    assert (units["2,800"].translation, units["2,800"].state) == ("2,800", "current")
    assert (units["3,700"].translation, units["3,700"].state) == ("3500", "changed")
    shown = assemble(edited_page, merge(edited_page, rewritten))
    assert "3,700" in shown.text
    assert shown.tally.total == 3
    emptied = replace(catalog, units=tuple(u._replace(translation="") for u in catalog.units))
    restored = merge(scan.read(NUMBERS), emptied)
    assert restored.unit("3,500") == catalog.unit("3,500")


SAME = "# T\n\n| Dates | Titles |\n| --- | --- |\n| same | same{} |\n"


def test_a_context_that_is_added_or_taken_away_keeps_the_translation() -> None:
    plain = translated(SAME.format(""))
    told = scan.read(SAME.format(" <!-- i18n: context titles -->"))
    catalog = merge(told, plain)
    units = {unit.context: unit for unit in catalog.units if unit.message == "same"}
    assert (units[None].state, units["titles"].state) == ("current", "changed")
    assert units["titles"].translation == "«same»"
    assert po.dump(po.parse(po.dump(catalog))) == po.dump(catalog)
    only = scan.read("# T\n\n<!-- i18n: context titles -->\nsame\n")
    moved = merge(only, plain)
    back = merge(scan.read("# T\n\nsame\n"), moved)
    assert [unit.state for unit in moved.units] == ["current", "changed"]
    assert [unit.state for unit in back.units] == ["current", "current"]
    assert back.units[1].previous_context is None
    other = Unit("same", "«the same»")
    sure = tuple(each._replace(fuzzy=False) for each in moved.units)
    again = merge(scan.read("# T\n\nsame\n"), replace(moved, units=sure, obsolete=(other,)))
    assert [unit.translation for unit in again.units][1:] == ["«the same»"]
    assert [unit.context for unit in again.obsolete] == ["titles"]


def test_a_message_that_is_edited_in_its_context_is_changed() -> None:
    text = "# T\n\n<!-- i18n: context door -->\nOpen it on Monday.\n"
    done = merge(scan.read(text), empty("es", "en", "test"))
    done = replace(done, units=tuple(u._replace(translation="x") for u in done.units))
    merged = merge(scan.read(text.replace("Monday", "Friday")), done)
    unit = merged.units[1]
    assert (unit.state, unit.context, unit.previous_context) == ("changed", "door", "door")
    assert unit.previous == "Open it on Monday."


def test_editorial_edits_leave_units_current() -> None:
    text = FIRST.replace("Nobody leads; everybody", "Nobody **leads**;  everybody")
    assert set(states(after(text)).values()) == {"current"}


@rows(
    ("old", "new", "translation", "state"),
    [
        ("Street 1, City", "Street 1,  \nCity", "Calle 1, Ciudad", "changed"),
        ("Street 1,  \nCity", "Street 1, City", "Calle 1,\nCiudad", "current"),
        ("Street 1,  \nCity", "**Street 1**,\\\nCity", "Calle 1,\nCiudad", "current"),
    ],
)
def test_a_line_break_that_is_put_in_has_to_be_put_into_the_translation(
    old: str, new: str, translation: str, state: str
) -> None:
    catalog = merge(scan.read(old), empty("es", "en", "test"))
    catalog = replace(catalog, units=(catalog.units[0]._replace(translation=translation),))
    (unit,) = after(new, catalog).units
    assert (unit.state, unit.translation) == (state, translation)


@rows(
    ("old", "new"),
    [
        ('Say "yes" - now', "Say “yes” – *now*"),
        ("Wait... 10 km", "Wait… 10&nbsp;km"),
        ("Read _all_ of  it", "Read all of it"),
        ("未来へ **進む** 道", "未来へ進む道"),
        ("Café", "Cafe\u0301"),
    ],
)
def test_an_editorial_edit_changes_no_word(old: str, new: str) -> None:
    assert is_editorial(old, new)
    assert is_editorial(new, old)


@rows(
    ("old", "new"),
    [
        ("You may vote.", "You must vote."),
        ("The room is now here.", "The room is nowhere."),
        ("Ask US members.", "Ask us members."),
        ("A man eating chicken", "A man-eating chicken"),
        ("It is 2*3 long", "It is 23 long"),
        ("Set `a_b` here", "Set `ab` here"),
        ("Set `*args` here", "Set `args` here"),
        ("If a == b", "If a b"),
        ('Say `"yes"` now', "Say `“yes”` now"),
        ("Read [it](A.md)", "Read [it](a.md)"),
    ],
)
def test_what_makes_another_word_is_no_editorial_edit(old: str, new: str) -> None:
    assert not is_editorial(old, new)
    assert not is_editorial(new, old)


@rows(
    ("message", "state"),
    [
        ("Free", "suggested"),
        ("Free *for all*", "suggested"),
        ("Free for all members", "current"),
        ("無料です", "suggested"),
        ("会員は無料です。", "current"),
        ("https://example.org/free", "current"),
    ],
)
def test_a_word_or_two_from_another_page_are_only_suggested(message: str, state: str) -> None:
    is_address = message.startswith("https")
    page = scan.read(f"<{message}>\n" if is_address else f"{message}\n")
    unit = Unit(message, "otra cosa")
    merged = merge(page, empty("es", "en", "test"), {message: unit}.get)
    assert [(each.state, each.translation) for each in merged.units] == [(state, "otra cosa")]


@rows(
    ("places", "state"),
    [("aa", "current"), ("ba", "suggested"), ("a ", "suggested")],
)
def test_a_word_or_two_that_came_with_their_neighbors_mean_what_they_meant(
    places: str, state: str
) -> None:
    page = scan.read("# Free\n\n12\n\nWhoever has no seat may take one of these.\n")
    known = {
        key: Unit(key, "otra cosa", places=(place,))
        for key, place in zip(
            ("Free", "Whoever has no seat may take one of these."), places, strict=True
        )
        if place.strip()
    }
    merged = merge(page, empty("es", "en", "test"), known.get)
    assert states(merged)["Free"] == state


def test_a_description_is_edited_beside_a_title_that_was_the_heading_too() -> None:
    text = (
        "---\ntitle: Our rules\ndescription: What they say of votes.\n---\n\n# Our rules\n\nOne.\n"
    )
    edited = text.replace("title: Our", "title: Our good").replace("votes", "votes and voters")
    merged = states(after(edited, translated(text)))
    assert merged["What they say of votes and voters."] == "changed"
    assert merged["Our rules"] == "current"


def test_what_was_moved_and_edited_a_little_is_changed() -> None:
    text = "# Title\n\nOne.\n\nThe minutes of 2019 are public, see the archive.\n\nTwo.\n\nThree.\n"
    first, last = "The minutes of 2019 are public, see the archive.\n\n", "Three.\n"
    moved = text.replace(first, "").replace(last, f"{last}\n{first.replace('2019', '2021')}")
    merged = after(moved, translated(text))
    assert merged.units[-1].state == "changed"
    assert not merged.obsolete


def test_a_footnote_that_was_moved_and_edited_is_changed_wherever_it_stands() -> None:
    note = "[^a]: Minutes are public, see the archive.\n\n"
    text = f"One.[^a]\n\nTwo.\n\n{note}Three.\n\n"
    edited = note.replace("public", "for members alone")
    merged = after(f"{text.replace(note, '')}{edited}", translated(text))
    assert states(merged)["Minutes are for members alone, see the archive."] == "changed"


def test_decomposed_text_is_the_same_text_and_is_kept_as_written() -> None:
    composed, decomposed = (normalize(form, "Una reunión más al año.") for form in ("NFC", "NFD"))
    for mine, theirs in ((composed, decomposed), (decomposed, composed)):
        page = scan.read(f"# New\n\n{mine}\n")
        start = merge(scan.read(f"{theirs}\n"), empty("en", "es", "test"))
        known = replace(
            start, units=(start.units[0]._replace(translation="One more meeting a year."),)
        )
        merged = merge(page, po.parse(po.dump(known)))
        assert states(merged) == {"New": "missing", mine: "current"}
        assert f'msgid "{theirs}"' in po.dump(merged)
        assert f'msgid "{mine}"' not in po.dump(merged)
        moved = merge(page, empty("en", "es", "test"), {mine: known.units[0]}.get)
        assert states(moved)[mine] == "current"


def test_joined_japanese_sentences_have_no_blank_between() -> None:
    text = "# T\n\nThe first sentence.\n\nThe second sentence.\n"
    known = merge(scan.read(text), empty("ja", "en", "test"))
    own = ("題", "一つ目の文です。", "二つ目の文です。")
    units = (u._replace(translation=t) for u, t in zip(known.units, own, strict=True))
    joined = scan.read(text.replace("e.\n\nThe", "e. The"))
    merged = merge(joined, replace(known, units=tuple(units)))
    assert merged.units[1].translation == "一つ目の文です。二つ目の文です。"


def test_repeated_messages_are_one_unit() -> None:
    catalog = merge(scan.read("Yes\n\n- Yes\n- Yes\n"), empty("es", "en", "test"))
    assert len(catalog.units) == 1


def test_addresses_stand_for_themselves() -> None:
    page = scan.read("See [it](https://example.org/a).\n")
    catalog = merge(page, empty("es", "en", "test"))
    assert states(catalog) == {
        "See [it](https://example.org/a).": "missing",
        "https://example.org/a": "current",
    }


LINKED = "See [roles](roles.md#who) and [the park](https://example.org/park) for more.\n"


def test_a_translation_follows_targets_that_alone_have_changed() -> None:
    new = LINKED.replace("roles.md#who", "../people/roles.md").replace("/park", "/gardens")
    catalog = after(new, translated(LINKED))
    unit = catalog.units[0]
    assert (unit.message, unit.translation, unit.state) == (
        new.strip(),
        f"«{new.strip()}»",
        "current",
    )
    assert catalog.obsolete == ()


@rows(
    ("old", "new"),
    [
        ("One[^1] and two[^2].\n\n[^1]: A.\n[^2]: B.\n", "One[^2] and two[^3].\n"),
        ("A [park][far] and a [tree][].\n", "A [park][near] and a [tree][].\n"),
        ("![A park][far] with [^1] note.\n", "![A park][near] with [^b] note.\n"),
    ],
)
def test_a_translation_follows_labels_that_alone_have_changed(old: str, new: str) -> None:
    unit = after(new, translated(old)).units[0]
    assert (unit.translation, unit.state) == (f"«{new.strip()}»", "current")


def test_a_changed_translation_follows_targets_and_stays_changed() -> None:
    edited = LINKED.replace("for more", "for less")
    once = after(edited, translated(LINKED))
    unit = after(edited.replace("roles.md", "people.md"), once).units[0]
    assert (unit.state, unit.previous) == ("changed", LINKED.strip())
    assert "(people.md#who)" in unit.translation


def test_where_words_or_too_many_targets_changed_the_translation_is_changed() -> None:
    twice = "See [a](x.md) or [b](x.md) here.\n"
    for old, new in (
        (LINKED, LINKED.replace("roles.md", "people.md").replace("more", "less")),
        (twice, twice.replace("[b](x.md)", "[b](y.md)")),
        ("The `a](x.md)` of code.\n", "The `a](y.md)` of code.\n"),
    ):
        assert after(new, translated(old)).units[0].state == "changed"


SECTIONS = """# The title

Lead.

## First { #first }

One.

### Without an id

Two.

## Nor this

Three.
"""


def test_references_do_not_depend_on_the_words_of_headings() -> None:
    """A place is the nearest id that its author has given, of a section it is in."""
    page = scan.read(SECTIONS)
    before = merge(page, empty("es", "en", "test"), path="p.md")
    assert [unit.places[0] for unit in before.units] == [
        *("p.md", "p.md"),  # the title, the lead
        *("p.md#first",) * 4,
        *("p.md", "p.md"),
    ]
    renamed = SECTIONS
    for words in ("The title", "First", "Without an id", "Nor this"):
        renamed = renamed.replace(words, f"{words}, renamed")
    after = merge(scan.read(renamed), before, path="p.md")
    assert [unit.places for unit in after.units] == [unit.places for unit in before.units]


def test_two_messages_are_not_joined_over_the_unit_of_a_third() -> None:
    """The joined ones are alike to the new message, but a third one was edited into it."""
    end = "this long sentence is about the meeting, its chair, the minutes and the votes of all."
    old = scan.read(f"# T\n\nNote\n\nBefore {end}\n\nNotes before {end}\n")
    new = scan.read(f"# T\n\nNotes: before {end}\n\nWords of another kind, about bread.\n")
    units = [Unit(s.message, f"«{n}»") for n, s in enumerate(old.segments)]
    merged = merge(new, replace(empty("es", "en", "test"), units=tuple(units)))
    kept = " ".join(unit.translation for unit in (*merged.units, *merged.obsolete))
    assert [each in kept for each in ("«1»", "«2»", "«3»")] == [True] * 3


def _near(text: str) -> st.SearchStrategy[str]:
    """A text with some of its first letters gone, and with a few more."""
    ends = st.tuples(st.integers(0, 4), st.text("abc ", max_size=4))
    return ends.map(lambda edit: text[edit[0] :] + edit[1])


@st.composite
def _edited(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A message that was made of one of some texts, and these; others may be as near to it."""
    texts = draw(st.lists(st.text("abc ", min_size=20, max_size=40), min_size=1, max_size=6))
    chosen = draw(st.sampled_from(texts))
    texts += draw(st.lists(_near(chosen), max_size=2))
    return draw(_near(chosen)), list(dict.fromkeys(texts))


def test_a_former_text_is_found_as_among_all() -> None:
    """Texts of another length are left out, and none of them would have been found."""
    is_found: list[bool] = []

    @settings(max_examples=300, deadline=None)
    @given(_edited())
    def find(edited: tuple[str, list[str]]) -> None:
        message, texts = edited
        among_all = revisions.single(message, texts)
        is_found.append(among_all is not None)
        assert revisions.Former(texts).single(message) == (
            None if among_all is None else texts[among_all]
        )

    find()
    assert min(map(is_found.count, (True, False))) > len(is_found) // 10
