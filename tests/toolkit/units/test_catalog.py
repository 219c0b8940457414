"""Law 5: one canonical form, and nothing that other programs wrote is lost."""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.bitext.catalog import canonical, po
from handbook.bitext.catalog.units import Catalog, CatalogError, Unit, empty
from handbook.bitext.page import scan
from handbook.bitext.translate.merge import merge
from handbooks import SAMPLE
from programs import Run
from rows import rows

HARD = (
    Unit('Say "hi"\tnow', "Di «hola»\r\u2028 y \\n", places=("a.md#b",), note="paragraph\nA note."),
    Unit("one\ntwo\n", "uno\ndos\n", fuzzy=True, previous="one\ntoo", flags=("no-wrap",)),
    Unit("file", "fichero", plural=("files", "fichero", "ficheros"), context="menu"),
    Unit("x", "y", fuzzy=True, context="a", previous="w", previous_context="b"),
    Unit("\x0b\x0c vertical", "日本語。" * 60, comment="First.\n\nThird."),
    Unit("many", places=tuple(f"a/long/path/number-{n}.md#and-a-place" for n in range(9))),
)
RETIRED = (Unit("gone", "ido", fuzzy=True, previous="older\nx", comment="hey", note="cell"),)
CATALOG = replace(empty("es", "en", "handbook"), units=HARD, obsolete=RETIRED, comment="Title")


def in_order(catalog: Catalog) -> list[str]:
    return [unit.key for unit in (*catalog.units, *catalog.obsolete)]


def without_lines(catalog: Catalog) -> tuple[list[Unit], list[Unit]]:
    return [u._replace(line=0) for u in catalog.units], [
        u._replace(line=0) for u in catalog.obsolete
    ]


def test_what_is_written_is_read_again() -> None:
    text = po.dump(CATALOG)
    again = po.parse(text)
    assert without_lines(again) == (list(HARD), list(RETIRED))
    assert again.header == CATALOG.header
    assert again.comment == CATALOG.comment
    assert po.dump(again) == text


def test_the_form_is_that_of_msgcat(gettext: Run, tmp_path: Path) -> None:
    file = tmp_path / "hard.po"
    file.write_bytes(po.dump(CATALOG).encode())
    assert gettext("msgcat", "--no-wrap", file).stdout == po.dump(CATALOG)
    for form in ("--no-wrap", "--width=30"):
        written = gettext("msgcat", form, file).stdout
        assert list(canonical.keys(written)) == ["", *in_order(CATALOG)]


# Pages with these are named: gettext ends strings and contexts there.
_NO_TEXT = "\x00\x04"
_TEXT = st.text(st.characters(codec="utf-8", exclude_characters=_NO_TEXT), min_size=1, max_size=60)


@pytest.mark.long
@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(_TEXT, _TEXT, st.booleans()), unique_by=lambda t: t[0], max_size=5))
def test_any_text_survives(rows: list[tuple[str, str, bool]]) -> None:
    units = tuple(Unit(m, t, fuzzy=f, previous="p" + m if f else None) for m, t, f in rows)
    text = po.dump(replace(CATALOG, units=units, obsolete=()))
    assert without_lines(po.parse(text))[0] == list(units)
    assert po.dump(po.parse(text)) == text
    assert list(canonical.keys(text)) == ["", *in_order(po.parse(text))]


def test_what_poedit_wraps_loses_nothing(gettext: Run) -> None:
    """Poedit saves through `msgcat`, wrapped at 79 columns; reading and writing unwraps it."""
    for file in sorted(SAMPLE.glob("translations/*/mission.po")):
        wrapped = gettext("msgcat", file).stdout
        assert wrapped != file.read_text("utf-8")
        assert po.dump(po.parse(wrapped)) == file.read_text("utf-8"), file
        assert list(canonical.keys(wrapped)) == ["", *in_order(po.parse(wrapped))], file


def test_the_share_of_a_page_that_a_catalog_has_is_known_without_parsing() -> None:
    units = [Unit(each, "…") for each in ("One message.", "Another one.", "Of another page.")]
    text = po.dump(replace(CATALOG, units=(*units, *HARD)))
    page = "# One message.\n\nAnother one.\n"
    assert canonical.has_share(text, page, 0.5)
    assert canonical.has_share(text, page + "x" * 17, 0.5)
    assert not canonical.has_share(text, page + "x" * 40, 0.5)
    assert not canonical.has_share(text, "A page of its own.\n", 0.5)
    assert not canonical.has_share("", page, 0.5)
    twice = text + '\nmsgctxt "a"\nmsgid "One message."\nmsgstr ""\n'
    assert not canonical.has_share(twice, "One message." + "x" * 36, 0.5)


def test_canonical_text_is_known_without_writing_it() -> None:
    """What it calls canonical is; nearly every catalog of the sample is called so."""
    files = sorted((SAMPLE / "translations").rglob("*.po"))
    known = [file for file in files if canonical.is_canonical(file.read_bytes().decode())]
    assert len(known) > 0.9 * len(files)
    text = po.dump(replace(CATALOG, units=(HARD[0], HARD[-2]), obsolete=RETIRED))
    for bad in (text + "\n", text.replace("\n\n", "\n\n\n"), text.replace("#. ", "#."), text[:-1]):
        assert not canonical.is_canonical(bad)
    retired = po.dump(replace(CATALOG, units=(), obsolete=(Unit("gone", "ido"),)))
    assert canonical.is_canonical(retired)
    assert not canonical.is_canonical(retired + '\n#~ msgid ""\n#~ msgstr "A: b\\n"\n')


_ROWS = st.lists(st.tuples(_TEXT, _TEXT, st.booleans()), unique_by=lambda t: t[0], max_size=4)
_TYPOS = st.sampled_from(['"', "\n", " ", "\\n", '"\n"', "#", '""\n'])


@pytest.mark.long
@settings(max_examples=300, deadline=None)
@given(_ROWS, st.data())
def test_what_is_called_canonical_is(
    rows: list[tuple[str, str, bool]], data: st.DataObject
) -> None:
    units = tuple(Unit(m, t, fuzzy=f, previous="p" if f else None) for m, t, f in rows)
    text = po.dump(replace(CATALOG, units=units, obsolete=()))
    place = data.draw(st.integers(len(po.dump(replace(CATALOG, units=(), obsolete=()))), len(text)))
    changed = text[:place] + data.draw(_TYPOS) + text[place:]
    if canonical.is_canonical(changed):
        with contextlib.suppress(CatalogError):
            assert po.dump(po.parse(changed)) == changed


WORKFLOW = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

#= fuzzy
#| msgid "old"
msgid "new"
msgstr "nuevo"

#comment without a blank
#,fuzzy
msgid "glued"
msgstr "pegado"

#, fuzzy
#~| msgid "older"
#~ msgid "gone"
#~ msgstr "ido"
"""


def test_forms_that_polib_does_not_know_are_read() -> None:
    catalog = po.parse(WORKFLOW)
    assert [(u.message, u.state, u.previous) for u in catalog.units] == [
        ("new", "changed", "old"),
        ("glued", "suggested", None),
    ]
    assert catalog.units[1].comment == "comment without a blank"
    assert catalog.obsolete[0].previous == "older"


def test_what_polib_wrapped_loses_nothing(tmp_path: Path) -> None:
    kept = replace(CATALOG, units=HARD[1:], obsolete=())
    file = polib.pofile(po.dump(kept), wrapwidth=78)
    assert without_lines(po.parse(str(file)))[0] == list(kept.units)


@rows(
    ("text", "line"),
    [
        ('msgid "a"\nmsgstr "b\n', 2),
        ('msgid "a"\nmsgstr "b"\nrubbish\n', 3),
        ('msgid "a"\nmsgstr "x" y"\n', 2),
        ('msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', 7),
        ('msgid ""\nmsgstr "A: b\\n"\n\nmsgid ""\nmsgstr "C: d\\n"\n', 4),
        ('msgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr "\\377"\n', 5),
        ("", 1),
        ('msgid "a"\nmsgstr b"\n', 2),
        ('msgid "a"\nmsgstr "b ""c"" d"\n', 2),
        ('msgid a"\nmsgstr "b"\n', 1),
        ('msgid "a"\nmsgid "c"\nmsgstr "b"\n', 2),
        ('msgid "a"\nmsgstr "b"\n\nmsgstr "c"\n', 4),
        ('#, fuzzy\n#| msgid "a\nmsgid "a"\nmsgstr "b"\n', 2),
        ('msgid "a"\nmsgstr "b"\n\n#~ msgid c"\n#~ msgstr "d"\n', 4),
        ('msgid "a"\nmsgid_plural "c"\nmsgstr[0] "b"\nmsgstr[0] "d"\n', 4),
        ('msgid "a"\nmsgid_plural "c"\nmsgstr[0] "b"\nmsgstr[2] "d"\n', 4),
        ('msgid "a" msgstr "b"\n\nmsgid "c"\nmsgstr "d"\n', 1),
    ],
)
def test_what_is_no_catalog_is_told_by_line(text: str, line: int) -> None:
    with pytest.raises(CatalogError) as caught:
        po.parse(text)
    assert caught.value.line == line


HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def test_the_first_form_of_a_plural_is_the_translation() -> None:
    text = HEAD + 'msgid "One."\nmsgid_plural "Many."\nmsgstr[0] "Uno."\nmsgstr[1] "Muchos."\n'
    catalog = po.parse(text)
    assert [(unit.translation, unit.state) for unit in catalog.units] == [("Uno.", "current")]
    assert po.dump(catalog) == text
    corrected = replace(catalog, units=(catalog.units[0]._replace(translation="Una."),))
    assert po.dump(corrected) == text.replace("Uno.", "Una.")


def test_a_form_without_a_plural_is_used_and_more_than_one_is_named() -> None:
    text = HEAD + 'msgid "One."\nmsgstr[0] "Uno."\n'
    assert po.parse(text).units[0].translation == "Uno."
    with pytest.raises(CatalogError, match="write it as msgstr"):
        po.parse(text + 'msgstr[1] "Muchos."\n')


@rows(
    ("written", "used", "obsolete"),
    [
        (r'msgid "a"/msgstr "Misi\303\263n"', {"a": "Misión"}, {}),
        (r'msgid "a"/msgstr "\x41\tb\042 \\303"', {"a": 'A\tb" \\303'}, {}),
        (r'# \303//msgid "a"/msgstr "b"', {"a": "b"}, {}),
        ('  #, fuzzy/\tmsgid "a"/  "A"/\tmsgstr "b"', {"aA": "b"}, {}),
        ('msgid "a"/msgstr "b"//msgid "a"/msgstr "b"', {"a": "b"}, {}),
        ('msgid "a"/msgstr ""//msgid "a"/msgstr "b"', {"a": "b"}, {}),
        ('msgid "a"/msgstr "b"//msgid "a"/msgstr ""', {"a": "b"}, {}),
        ('#~ msgid "a"/#~ msgstr "b"//#~ msgid "a"/#~ msgstr "b"', {}, {"a": "b"}),
        ('#~ msgid "a"/#~ msgstr "b"//#~ msgid "a"/#~ msgstr "c"', {}, {"a": "b"}),
        ('#~ msgid "a"/#~ msgstr "b"//msgid "a"/msgstr "c"', {"a": "c"}, {}),
        ('#~ msgid "a"/#~ msgstr "b"//msgid "a"/msgstr ""', {"a": "b"}, {}),
        ('msgid"a"/msgstr"b"//#~msgid "d"/#~msgstr"e"', {"a": "b"}, {"d": "e"}),
        ('#, fuzzy/#|msgid"d"/msgid "a"/""/msgstr[0]"b"', {"a": "b"}, {}),
        ('msgid "a"/msgstr "b"//# msgstr "c"', {"a": "b"}, {}),
        ('# d/#~ msgid "a"/#~ msgstr "b"//#msgstr "c"', {}, {"a": "b"}),
        ('#~ msgid "a"/#~ msgstr "b"//#~ msgid ""/#~ msgstr "A: d"', {}, {"a": "b"}),
        ('#, fuzzy/#| msgid "c" "d"/msgid "a" "A"/msgstr"b" "\\"" "B"/"" "c"', {"aA": 'b"Bc'}, {}),
        ('#~ msgid "a" "A"/#~msgstr "b" ""/#~ "c"', {}, {"aA": "bc"}),
        ('#/msgid "a"/msgstr "b"', {"a": "b"}, {}),
    ],
)
def test_what_gettext_reads_is_read_and_no_words_are_dropped(
    gettext: Run, written: str, used: dict[str, str], obsolete: dict[str, str]
) -> None:
    text = HEAD + written.replace("/", "\n") + "\n"
    catalog = po.parse(text)
    assert {unit.message: unit.translation for unit in catalog.units} == used
    assert {unit.message: unit.translation for unit in catalog.obsolete} == obsolete
    dumped = po.dump(catalog)
    assert all(word in dumped for word in ("b", "c") if f'msgstr "{word}"' in text)
    assert po.dump(po.parse(dumped)) == dumped
    assert gettext("msgcat", "--output-file", os.devnull, "-", fed=dumped).returncode == 0


def test_a_plural_that_is_on_no_page_is_kept() -> None:
    entry = 'msgid "one"\nmsgid_plural "many"\nmsgstr[0] "uno"\nmsgstr[1] "muchos"\n'
    for page in ("# Two\n", "# one\n"):
        text = po.dump(merge(scan.read(page), po.parse(HEAD + entry)))
        assert "uno" in text
        assert "muchos" in text
    assert "plural" not in text  # of a text that a page has, as gettext would want all its forms


def test_a_form_of_a_plural_that_is_not_the_first_is_only_suggested() -> None:
    """It was written for other numbers than the message of the page, and no reader is shown it."""
    entry = 'msgid "one"\nmsgid_plural "many"\nmsgstr[0] ""\nmsgstr[1] "muchos"\n'
    [unit] = merge(scan.read("# one\n"), po.parse(HEAD + entry)).units
    assert (unit.state, unit.translation, unit.plural) == ("suggested", "muchos", ())


def test_words_below_a_header_alone_are_kept() -> None:
    text = po.dump(po.parse(HEAD + "# Begun in May.\n# By hand.\n"))
    assert text == "# Begun in May.\n# By hand.\n" + HEAD.removesuffix("\n")


def test_an_empty_line_above_a_header_is_not_written() -> None:
    """As polib leaves it there; what is written has one form."""
    for text in (f"#\n{HEAD}", f'{HEAD}#\nmsgid "a"\nmsgstr "b"\n', f"#\n# a\n{HEAD}"):
        assert not canonical.is_canonical(text.rstrip("\n") + "\n")
        assert "#\n" not in po.dump(po.parse(text))


@rows("field", ["A: \x0bb", "A\x0b: b", "A: b\u2028", "\x1cA: b", "A: \\vb", "A: b\x85"])
def test_a_header_has_no_control_characters(field: str) -> None:
    catalog = po.parse(f'msgid ""\nmsgstr ""\n"{field}\\n"\n')
    assert catalog.header == {"A": "b"}
    assert po.parse(po.dump(catalog)) == catalog
