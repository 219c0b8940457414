"""Front matter: which values people read, where they are, and that a page keeps its bytes."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.utils import meta

from growth import within
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.datafile import DataError
from handbook.bitext.page import frontmatter, scan
from handbook.bitext.translate import assemble, splice
from handbook.bitext.translate.proof import Original
from handbook.press.markdown import renderers
from rows import rows

# What a page's YAML holds, and the title that a translator reads; "" for none.
VALUES = {
    "title: Words": "Words",
    "title:   Words here  # comment": "Words here",
    'title: "Words: \\"two\\""': 'Words: "two"',
    "title: 'It''s words'": "It's words",
    "title:\n  Words below": "Words below",
    "title: Words\n  on two lines": "Words on two lines",
    'title: "Words\n\n  on three lines"': "Words on three lines",
    "title: >-\n  Folded\n  words\nother: x": "Folded words",
    "title: |\n    Literal words\n# comment": "Literal words",
    '"title": Words': "Words",
    "? title\n: Words": "Words",
    "title: First\ntitle: Last": "Last",
    "title: |\n  One\n\n  two": "",
    "title: 2026": "",
    "title: .inf": "",
    "title: 0x1F": "",
    "title: yes": "",
    "title:": "",
    "title: {a: Words}": "",
    "title: [[Words]]": "",
    "title: &anchor [Words]\nother: *anchor": "",
    "title: &anchor Words\nother: *anchor": "",
    "other: &anchor Words\ntitle: *anchor": "",
    "title: !!str Words": "",
    "{title: Words}": "",
    "other:\n  title: Words": "",
    "- title": "",
    "Words": "",
    "# comment": "",
    "title: Words\nother: *missing": "",
    "title: Words\nother: a: b": "",
    "title: Words\n\tother: x": "",
    "title: Words\x07": "",
    "title: Words\ud800": "",
    'title: "\\x07 words"': "",
    'title: "\\UFFFFFFFF"': "",
}
CHANGES = {
    "as it is": lambda text: text,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "BOM": lambda text: "\ufeff" + text,
    "dots": lambda text: text.replace("\n---\n", "\n...\n"),
    "beyond the first 65,536 characters": lambda text: text.replace("語", "語𠮷" * 33_000),
}


def page(front: str) -> str:
    return f"---\n# 語\n{front}\n---\n\nText.\n"


@rows("change", CHANGES)
@rows("front", VALUES)
def test_a_value_is_found_and_replaced(front: str, change: str) -> None:
    text = CHANGES[change](page(front))
    source = scan.read(text)
    found = [s.message for s in source.segments if s.kind == "front matter"]
    assert found == [VALUES[front]] * bool(VALUES[front])
    assert splice.splice(source, [s.message for s in source.segments]) == text
    if not found:
        return
    others = frontmatter.load(text)
    assert isinstance(others, dict)
    del others["title"]
    for words in "New: words", "it's #1", 'a "b"', "no", "- new", "1.5", "new \\ words", "[new]":
        after = frontmatter.load(splice.splice(source, [words, None]))
        assert isinstance(after, dict)
        assert after.pop("title").strip() == words
        assert after == others


@rows("change", CHANGES)
@rows("front", ['title: [One, "two", 3]\nx: y', "title:\n  - One\n  - 'two'\n  - 3\nx: y"])
def test_the_strings_of_a_list_are_found_and_replaced(front: str, change: str) -> None:
    text = CHANGES[change](page(front))
    source = scan.read(text)
    found = [s.message for s in source.segments if s.kind == "front matter"]
    assert found == ["One", "two"]
    assert splice.splice(source, [s.message for s in source.segments]) == text
    for words in "New: words", "it's #1", 'a "b"', "no", "- new", "1.5", "a, b", "[new]", "{new}":
        changed = frontmatter.load(splice.splice(source, [words, words, None]))
        assert isinstance(changed, dict)
        assert changed["title"] == [words, words, 3]
        assert changed["x"] == "y"


NESTED = """\
hero:
  text: One
  text: Two
  more: {text: No}
  buttons:
    - label: Three
      url: a.md
    - label: [Four, 5]
text: No
other: {hero: {text: No}}"""


@rows("change", CHANGES)
def test_a_key_may_be_named_with_those_above_it(change: str) -> None:
    text = CHANGES[change](page(NESTED))
    source = scan.read(text, ("hero.text", "hero.more.text", "hero.buttons.label"))
    found = [each.message for each in source.segments if each.kind == "front matter"]
    assert found == ["Two", "Three", "Four"]
    assert frontmatter.nested(text.replace("url: a", "url: a b")) == ["hero.buttons.url"]
    after = frontmatter.load(splice.splice(source, ["a: b", "- c", "d, e", None]))
    assert isinstance(after, dict)
    assert after["hero"]["text"] == "a: b"
    assert after["hero"]["buttons"] == [{"label": "- c", "url": "a.md"}, {"label": ["d, e", 5]}]


@rows(
    ("front", "line"),
    [
        ("title: a: b", 3),
        ("title: x\ndate: ]", 4),
        ("title: x\ny: \x07", 4),
        ("x: *missing", 3),
        ("date: 2027-02-29", 3),
        ("x: " + "[" * 60 + "]" * 60, 3),
        ("x: &x 1\ny: [" + "*x, " * 30 + "]", 4),
    ],
)
def test_what_cannot_be_read_is_an_error_with_its_line(front: str, line: int) -> None:
    with pytest.raises(DataError) as caught:
        frontmatter.load(page(front))
    assert caught.value.line == line


@rows(
    "front",
    [
        "a: " + "[" * 100000,
        "a: " + "{a: " * 100000,
        "- " * 100000,
        "? " * 100000,
        "".join("  " * n + "a:\n" for n in range(500)),
        "a: &a [x]\n" + "".join(f"b{n}: &b{n} {{<<: [{'*a, ' * 9}]}}\n" for n in range(9)),
    ],
)
def test_what_is_nested_too_deep_ends_soon(front: str) -> None:
    text = page("title: Words\n" + front)
    with within(30):  # it takes less than one
        assert [s.kind for s in scan.read(text).segments] == ["paragraph"]
        with pytest.raises(DataError):
            frontmatter.load(text)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab: \n\r\t-|>&*!?{}[],#'\"%@`\\\u2028\x85語"), max_size=60))
def test_noise_raises_nothing_and_keeps_its_bytes(front: str) -> None:
    text = page("title: " + front)
    source = scan.read(text)
    assert splice.splice(source, [s.message for s in source.segments]) == text


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40), st.sampled_from(["plain", "single", "double"]))
def test_a_written_value_reads_back(value: str, style: str) -> None:
    kept = frontmatter.NOT_YAML.sub("", value)
    assert yaml.safe_load("x: " + frontmatter.write(value, style)) == {"x": " ".join(kept.split())}


@rows(
    "text",
    [
        "Title: A page\nauthor: Two\n    lines\n\n# Heading\n",
        "Note: all of it\n",
        "Note: a line\nand what follows\n",
        "https://example.org leads on\n\nText\n",
        "A_b-9:\n\n\n\nText\n",
        "Título: text\n",
        "\nNote: text\n",
        "# Heading: text\n",
        "    code: text\n",
        "Title: x\r\nkey: y\r\n \r\nText\r\n",
        "---\ntitle: A\n---\nNote: text\n",
    ],
)
def test_the_body_of_a_page_begins_where_mkdocs_says(text: str) -> None:
    body, _ = meta.get_data(text)
    found = text[frontmatter.end(text) :].replace("\r\n", "\n")
    assert found.lstrip("\n") == body.lstrip("\n")


def test_a_translation_at_the_top_of_a_page_is_no_front_matter() -> None:
    page = scan.read("Important! Read it.\n\nMore.\n")
    units = (Unit("Important! Read it.", "Importante: lea."),)
    text = assemble.assemble(page, Catalog({}, units)).text
    assert meta.get_data(text) == ("Importante: lea.\n\nMore.\n", {})


@rows(
    "line",
    [
        "Note: read it.",
        "https://example.org/a",
        "10:30 Doors open",
        "Date: 3 May",
        "   NOTE:",
        "mailto:a@example.org",
        "Well-known: yes",
    ],
)
@rows("form", ["{}\n\nMore.\n", "\ufeff{}\r\nmore\r\n", "{}", "{}\nTitle: x\n"])
def test_text_that_mkdocs_hides_is_named(line: str, form: str) -> None:
    text = form.format(line)
    body, _ = meta.get_data(text.removeprefix("\ufeff"))
    assert line.strip() not in body
    page = scan.read(text)
    [fault] = page.faults
    assert f"“{line.strip()}”" in fault.text
    assert page.line_at(fault.offset) == 1
    cured = scan.read(f"\n{text}")
    assert cured.faults == ()
    assert line.strip() in meta.get_data(cured.text)[0]


@rows("mark", ["", "\ufeff"])
def test_the_first_line_of_a_translation_is_no_front_matter(mark: str) -> None:
    page = scan.read(f"{mark}- Words.\n\n    More.\n\nEnd.\n")
    translations = {"Words.": "Nota.", "More.": "Más.", "End.": "Fin."}
    catalog = Catalog({}, tuple(Unit(*pair) for pair in translations.items()))
    made = assemble.assemble(page, catalog, Original(page, renderers.whole()))
    assert (made.text, made.refusals) == (f"{mark}- Nota.\n\n    Más.\n\nFin.\n", ())
    page = scan.read(f"{mark}Words.\n")
    catalog = Catalog({}, (Unit("Words.", "Nota: lea."),))
    assert assemble.assemble(page, catalog).text == f"{mark}\nNota: lea.\n"


@rows(
    "text",
    [
        "Title: Minutes\nNote: read it\n\nText\n",
        "authors: A\n\nText\n",
        "lead: A\n\nText\n",
        "---\nNote: x\n---\nText\n",
        "---\ntitle: A\n---\nNote: text\n",
        "\nNote: text\n",
        "**Note:** text\n",
        "Título: text\n",
        "A note: text\n",
        "Note : text\n",
        "    note: code\n",
        ":note: text\n",
    ],
)
def test_front_matter_and_what_is_shown_are_not_named(text: str) -> None:
    assert scan.read(text, ("title", "lead")).faults == ()
