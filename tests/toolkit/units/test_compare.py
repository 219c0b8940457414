"""Two versions of a page are compared as their readers see them.

The labelled edits are in `tests/toolkit/redlines`: in each folder an old page, a new one, and what
a redline has to show of it, in the order of reading; nothing, if no reader could see the edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

import pytest

from folders import TOOLKIT
from handbook.bitext.changes import compare, excerpt, reading, words
from handbook.bitext.changes.compare import Change
from handbook.bitext.changes.passages import as_read, file_of, passages
from handbook.bitext.languages.registry import Languages
from handbook.bitext.page import scan
from handbook.bitext.page.segments import Segment
from handbook.press.core import tree
from handbook.press.markdown import renderers
from rows import rows

FOLDER = TOOLKIT / "redlines"
EDITS = sorted(FOLDER.iterdir())
RECORDS = Languages()


@rows("folder", EDITS)
def test_a_redline_shows_each_changed_word_and_nothing_else(folder: Path) -> None:
    old, new = (scan.read((folder / name).read_text("utf-8")) for name in ("old.md", "new.md"))
    found = compare.compare(old, new, RECORDS[folder.name[:2]])
    shown = [line for each in compare.visible(found) for line in told(each)]
    assert shown == (folder / "expected.txt").read_text("utf-8").splitlines()


@rows("folder", EDITS)
def test_what_is_the_same_around_a_change_can_be_left_out(folder: Path) -> None:
    """Also where the page goes on before and behind it, as most pages do."""
    section = "# A heading\n\nSome text.\n\n- An item\n\n## Another\n\n{}\n\n"
    around = section.format("    # code") + section + section.format("Last.")
    texts = [(folder / name).read_text("utf-8") for name in ("old.md", "new.md")]
    if not texts[0].startswith("---"):
        texts = [around.format(each) for each in texts]
    old, new = (passages(scan.read(each)) for each in texts)
    language = RECORDS[folder.name[:2]]
    whole = compare.visible(compare.of_passages(old, new, language))
    parts = (passages(scan.read(each)) for each in excerpt.differing(*texts))
    found = compare.seen(*parts, language)
    assert [[*told(each)] for each in found] == [[*told(each)] for each in whole]


SECTIONS = "# A\n\nFirst.\n\n## B\n\n```\n\n# no heading\n```\n\nOne.\n\n## C\n\nLast.\n"


@rows(
    ("old", "new", "part"),
    [
        ("One.", "Two.", "## B\n\n```\n\n# no heading\n```\n\nOne.\n\n"),
        ("Last.", "The last.", "## C\n\nLast.\n"),
        ("First.\n\n", "", "# A\n\nFirst.\n\n"),
        ("Last.", "[a]\n\n[a]: b.md", SECTIONS),
        ("Last.", "$$\nx\n\ny\n$$", SECTIONS),
        ("Last.", "A note.[^1]\n\n[^1]: Here.", SECTIONS),
        ("One.", "<div>", SECTIONS),
        ("One.", "/// note\n///", SECTIONS),
        ("One.", "<!-- i18n: skip-start -->", SECTIONS),
        ("# A", "---\nstatus: adopted\n---\n\n# A", ""),
    ],
)
def test_sections_that_stay_are_cut_off(old: str, new: str, part: str) -> None:
    """Unless something may reach into them from where it stands."""
    found, _ = excerpt.differing(SECTIONS, SECTIONS.replace(old, new))
    assert found == part


@rows(
    "heading",
    ["Other\n-----", "Other\n===\n\nText.", "- ## Other", "> ## Other", "##Other"],
)
def test_text_below_a_heading_of_another_kind_is_not_put_below_the_one_before(heading: str) -> None:
    old = f"## A\n\nFirst.\n\n{heading}\n\nSome words.\n\nLast.\n\n## C\n\nEnd.\n"
    found, _ = excerpt.differing(old, old.replace("Last.", "The last."))
    assert heading in found


def test_what_is_behind_a_fence_that_was_left_open_is_read_too() -> None:
    old = "# A\n\n```\nOne\n```\n\n# B\n\n~~~\nTwo\n\n# C\n~~~\n\n# D\n"
    assert excerpt.differing(old, old.replace("```\nOne", "One"))[0] == old
    old = "# A\n\nSome text\n\n# B\n\n```\nOne\n```\n"
    assert excerpt.differing(old, old.replace("# A\n", "# A\n~~~"))[0] == old


PARAGRAPHS = """# A

Intro of one line.

![Hall](hall.png)

Some text
in two lines.

- An item

- Another item

Term of the list

:   What it means.

Note: a hall.

Last words.
"""


@rows(
    ("old", "new", "part"),
    [
        ("Intro of", "The intro of", "Intro of one line.\n\n"),
        ("![Hall]", "![The hall]", "![Hall](hall.png)\n\n"),
        ("two lines", "two rows", "Some text\nin two lines.\n\n"),
        ("- Another", "- One", "- Another item\n\n"),
        ("- Another", "-   Another", "- An item\n\n- Another item\n\n"),
        ("it means", "it says", "Term of the list\n\n:   What it means.\n\n"),
        ("Last words.", "", "Note: a hall.\n\nLast words.\n"),
    ],
)
def test_paragraphs_that_stay_are_cut_off(old: str, new: str, part: str) -> None:
    """Where nothing is open that could go on in them; the heading above says where they stand."""
    found, _ = excerpt.differing(PARAGRAPHS, PARAGRAPHS.replace(old, new))
    assert found == f"# A\n\n{part}"


ITEMS = """# A

- One thing
- **Two** things
- Three things
- 4 things
- Five things
  and more
- Six things

1. Seven.

Some text
- Eight things
- Nine things

> - Ten things
"""


@rows(
    ("old", "new", "part"),
    [
        ("One", "Some", "- One thing\n"),
        ("Two", "Both", "- **Two** things\n"),
        ("- **Two", "  - **Two", ITEMS[5 : ITEMS.index("Some text")]),
        ("- Three things\n", "", ITEMS[ITEMS.index("- **Two") : ITEMS.index("Some text")]),
        ("Five", "5", ITEMS[ITEMS.index("- Three") : ITEMS.index("Some text")]),
        ("Nine", "9", ITEMS[ITEMS.index("Some text") :]),
        ("- 4", "-\n- 4", ITEMS[ITEMS.index("- **Two") :]),
    ],
)
def test_items_that_stay_are_cut_off(old: str, new: str, part: str) -> None:
    """Those of a line each, behind one another or an empty line."""
    found, _ = excerpt.differing(ITEMS, ITEMS.replace(old, new))
    assert found == f"# A\n\n{part}"


NOTES = "# A\n\nSome text.[^1]\n\n[^1]: A note.\n\nMore text.[^2]\n\n[^2]: Another.\n"


@rows(
    ("old", "new", "part"),
    [
        ("More", "Other", "# A\n\nMore text.[^2]\n\n"),
        ("Another", "The other", NOTES),
        (".[^1]\n\n[^1]: A note", "", NOTES),
        ("More text", '| More { title="A" } | text |\n| - | - |', NOTES),
    ],
)
def test_footnotes_are_cut_off_unless_one_differs(old: str, new: str, part: str) -> None:
    found, _ = excerpt.differing(NOTES, NOTES.replace(old, new))
    assert found == part


@rows(
    ("names", "part"),
    [
        (["hall.png"], "# A\n\n![Hall](hall.png)\n\n"),
        (["hall.png", "Last"], PARAGRAPHS.replace("Intro of one line.\n\n", "")),
        (["of"], PARAGRAPHS.replace("Note: a hall.\n\nLast words.\n", "")),
        (["door.png"], ""),
    ],
)
def test_where_names_of_files_stand_counts_as_differing(names: list[str], part: str) -> None:
    assert excerpt.differing(PARAGRAPHS, PARAGRAPHS, names) == (part, part)


@rows(
    ("front", "is_seen"),
    [
        ("title: {}", True),
        ('"title": {}', True),
        ("description: {}", True),
        ("title: >\n  Of\n  {}", True),
        ("keeper: {}", True),
        ("tags: [{}]", False),
        ("tags:\n  - {}\ntitle: A", False),
    ],
)
def test_words_of_the_front_matter_count_if_readers_see_them(front: str, is_seen: bool) -> None:
    texts = [f"---\n{front.format(each)}\n---\n\n# A\n" for each in ("one", "two")]
    old, new = map(excerpt.words, texts)
    assert (old != new) == is_seen
    old_page, new_page = (passages(scan.read(each)) for each in texts)
    assert bool(compare.seen(old_page, new_page, RECORDS["en"])) == is_seen


def test_there_are_edits_and_text_wrapped_anew_in_every_language() -> None:
    assert len(EDITS) >= 30
    for language in ("en", "es", "ja"):
        found = [
            (each / "expected.txt").read_text("utf-8")
            for each in EDITS
            if each.name[:2] == language
        ]
        assert sum(map(bool, found)) >= 4
        assert "" in found


def told(change: Change) -> Iterator[str]:
    """What a redline shows of a change, in lines."""
    if change.kind == "moved away":
        return
    moved = "moved and changed" if change.is_edited else "moved"
    yield f"{moved if change.is_moved else change.kind} {change.passage.kind}"
    for piece in change.pieces:
        if piece.fate != "same":
            yield f"{'+' if piece.fate == 'in' else '-'} {' '.join(piece.text.split())}"
    for link in change.links:
        one = link.new or link.old
        assert one is not None
        kind = {"footnote": "note"}.get(one.kind, one.kind)
        old, new = (f"{each.target} {each.title}".strip() if each else "" for each in link)
        yield f"{kind} {old} -> {new}"
    for form in change.forms:
        yield f"{form.name} {form.old} -> {form.new}"
    for style in change.styles:
        yield f"{style.style} {'+' if style.is_on else '-'} {style.words}"


# -- what a reader sees -------------------------------------------------------------------

PAGES = sorted((TOOLKIT / "examples").rglob("*.md"))
RENDER = renderers.whole()
OTHER_BLOCK = re.compile(r"[#\-+*>=:|`~]|\d+[.)] |!!!|///|    |\[\^")
"""What would make another block of a message that stands alone."""
UNSEEN = ".//sup[starts-with(@id, 'fnref')] | .//rp | ./div[@class='footnote']"


@rows("file", PAGES)
def test_what_a_reader_sees_is_what_markdown_makes_of_a_message(file: Path) -> None:
    page = scan.read(file.read_text("utf-8"))
    targets = reading.references(page.text)
    for segment in page.segments:
        if segment.kind in ("paragraph", "item", "cell", "heading"):
            seen = reading.read(segment.message, targets).text
            if not (OTHER_BLOCK.match(segment.message) or "$" in segment.message):  # no formulas
                assert bare(seen) == bare(rendered(segment, targets))


ICON = "\U000f02dc"
"""A house of a font of icons, whose characters are for private use."""


@rows(
    ("message", "text", "target"),
    [
        (f"{ICON} Home", f"{ICON} Home", ""),
        (f"`a {ICON}` \\* {ICON}", f"a {ICON} * {ICON}", ""),
        (f"[{ICON}](a{ICON}.md)", ICON, f"a{ICON}.md"),
        (f"<https://a.example/{ICON}>", f"https://a.example/{ICON}", f"https://a.example/{ICON}"),
        ("`a` &#xF02DC; &amp;", f"a {ICON} &", ""),
        ('`a` <img src="a.png" alt="&#xF02DC; &amp;lt;">', f"a {ICON} &lt;", "a.png"),
        ('<img src="a\\_b.png" alt="A">', "A", "a_b.png"),
    ],
)
def test_icons_and_what_is_escaped_are_read_as_they_are(
    message: str, text: str, target: str
) -> None:
    seen = reading.read(message)
    assert (seen.text, "".join(each.target for each in seen.links)) == (text, target)


def test_what_looks_like_the_number_of_a_passage_is_none() -> None:
    old, new = scan.read("Word \x025\x03 one.\n"), scan.read("Word \x025\x03 two.\n")
    assert [each.kind for each in compare.compare(old, new, RECORDS["en"])] == ["changed"]


def rendered(segment: Segment, targets: dict[str, str]) -> str:
    """The text of a message in the HTML that it becomes."""
    notes = re.findall(r"\[\^([^\]]+)\]", segment.message)
    more = [f"[{label}]: {target}" for label, target in targets.items()]
    more += [f"[^{note}]: A note." for note in dict.fromkeys(notes)]
    content = tree.parse(RENDER("\n\n".join((segment.message, *more))))
    for image in content.iter("img"):
        image.text = image.get("alt")
    for each in content.xpath(UNSEEN):
        tree.remove(each)
    return "".join(content.itertext())


def bare(text: str) -> str:
    """A text without the brackets that readings of kanji are told in."""
    return " ".join(re.sub(r"[()]", "", text).split())


@rows(
    ("message", "seen"),
    [
        ("**Bold**, *slanted*, `code` and ==marked==", "Bold, slanted, code and marked"),
        ("2 * 3 * 4, snake_case_name, a lone * star", "2 * 3 * 4, snake_case_name, a lone * star"),
        (r"\*not slanted\* and \[no link\]", "*not slanted* and [no link]"),
        ("[words](a.md 'title') and ![alt](b.png)", "words and alt"),
        ("[x] is no link, [y][] is one", "[x] is no link, y is one"),
        ("H~2~O, x^2^, ~~gone~~, ++ctrl+c++", "H2O, x2, gone, Ctrl+C"),
        ("A note.[^1] Fish &amp; chips&nbsp;&copy;", "A note. Fish & chips ©"),
        ("Two notes.[^1] [^2] Two more,[^1][^2] a note[^1] [y].", "Two notes. Two more, a note y."),
        ("one<br>two <kbd>three</kbd>", "one two three"),
        ("<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>", "漢字(かんじ)"),
        ("`**stars** &amp; [all](x)` stay", "**stars** &amp; [all](x) stay"),
    ],
)
def test_signs_of_markdown_are_no_words(message: str, seen: str) -> None:
    assert reading.read(message, {"y": "y.md"}).text == seen


# -- the laws -----------------------------------------------------------------------------


@rows("folder", EDITS)
def test_both_versions_can_be_read_off_a_redline(folder: Path) -> None:
    old, new = (scan.read((folder / name).read_text("utf-8")) for name in ("old.md", "new.md"))
    changes = compare.compare(old, new, RECORDS[folder.name[:2]])
    kept = [each for each in changes if each.kind != "moved away"]
    for side, page in (("out", old), ("in", new)):
        said = [letters(each, side) for each in kept]
        wanted = [squeezed(each.text) for each in passages(page)]
        assert sorted("".join(said)) == sorted("".join(wanted))
    assert "".join(letters(each, "in") for each in kept) == "".join(
        squeezed(each.text) for each in as_read(passages(new))
    )


def letters(change: Change, side: str) -> str:
    """The text of one side of a change, without blanks."""
    shown = (each.text for each in change.pieces if each.fate in ("same", side))
    return squeezed("".join(shown).replace(words.BREAK, ""))


def squeezed(text: str) -> str:
    """A text without blanks, in composed characters."""
    return "".join(normalize("NFC", text).split())


def test_a_version_that_does_not_exist_changes_as_a_whole() -> None:
    page = scan.read("# Title\n\nSome words.\n")
    came = compare.compare(None, page, RECORDS["en"])
    went = compare.compare(page, None, RECORDS["en"])
    assert [each.kind for each in came] == ["new", "new"]
    assert [each.kind for each in went] == ["gone", "gone"]


@pytest.mark.long
def test_a_long_page_that_was_turned_around_is_compared() -> None:
    rows = [f"Paragraph {n} says that {n * 7 % 11} of us came on day {n}." for n in range(600)]
    old = scan.read("\n\n".join(rows))
    new = scan.read(
        "\n\n".join([*rows[300:], *(row.replace("came", "left") for row in rows[:300])])
    )
    changes = compare.compare(old, new, RECORDS["en"])
    assert sum(each.is_moved and each.kind == "changed" for each in changes) == 300


@rows(
    ("text", "divided"),
    [
        ("👩‍🌾 👍🏽🇪🇸🇯🇵 1️⃣ ❤️‍🔥", "👩‍🌾 👍🏽 🇪🇸 🇯🇵 1️⃣ ❤️‍🔥"),
        ("हिन्दी में, लिखा", "हिन्दी में , लिखा"),
        ("می‌شود كتابٌ", "می‌شود كتابٌ"),
        ("葛\U000e0100飾区", "葛\U000e0100飾区"),
        ("x\u0302q\u0302 (z)", "x\u0302q\u0302 ( z )"),
    ],
)
def test_what_is_one_sign_to_a_reader_is_never_divided(text: str, divided: str) -> None:
    found = [each.text for each in words.divide(text, RECORDS["ja"])]
    assert found == divided.split(" ")


@rows(
    ("target", "path"),
    [
        ("pictures/a%20b.png", "pictures/a b.png"),
        ("./x/../form.pdf#page=2", "form.pdf"),
        ("../a.png?size=2", "../a.png"),
        *((each, "") for each in ("", "#here", "https://example.org/a.png", "//example.org/a.png")),
        *((each, "") for each in ("https://[", "mailto:a@example.org", "data:image/png;base64,AA")),
        ("a%00b.png", ""),
    ],
)
def test_a_target_is_a_file_of_the_handbook_or_leads_elsewhere(target: str, path: str) -> None:
    assert file_of(target) == path
