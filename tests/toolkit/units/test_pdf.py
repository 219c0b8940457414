"""What a page may hold, on paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

import handbooks
import programs
from folders import TOOLKIT
from handbook.bitext.languages import registry
from handbook.bitext.languages.registry import Languages
from handbook.bitext.problem import Problem
from handbook.bitext.project.catalogs import catalog_path
from handbook.press.books.book import Book, Part
from handbook.press.books.pdf.composer import Composer
from handbook.press.books.pdf.documents import LEFT_OUT, print_all, print_sample
from handbook.press.books.pdf.printer import Printed, Printer, Unprintable
from handbook.press.books.typeset import tables
from handbook.press.books.typeset.manuscript import Manuscript
from handbook.press.core import tree
from handbook.press.make import build
from papers import pages_of, structure, text_of
from rows import rows

_CONSTRUCTS = TOOLKIT / "epub"


def _composer(book: Book) -> Composer:
    return Composer(Manuscript(book), "reference/glossary.md", lambda message: message)


_EVERYTHING = """
<h1 id="top">Everything</h1>
<p>Some <em>stress</em>, <strong>weight</strong>, <code>#eval("x") $y$</code>, <kbd>Ctrl</kbd>,
<mark>unconfirmed</mark>, H<sub>2</sub>O, <del>gone</del>, <ins>added</ins>, [brackets], #hash,
$sum$, *stars*, `ticks`, back\\slash, "quotes", @at, &lt;angle&gt;, <a href="https://example.org/a">out</a>,
<a href="#h">within</a><sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>.</p>
<p lang="ja"><ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>と日本語</p>
<h2 id="h">Heading</h2>
<ul class="task-list">
<li class="task-list-item"><label><input type="checkbox" checked>done</label></li></ul>
<ol start="3"><li><p>third</p><ul><li>nested</li></ul></li></ol>
<details><summary>folded</summary><p>opened</p></details>
<blockquote><p>quoted</p></blockquote>
<dl><dt>term<details class="passage"><summary>Now</summary><p>new term</p></details></dt>
<dd>told</dd></dl>
<div class="highlight"><pre><code>line one
line two</code></pre></div>
<table><thead><tr><th>head</th><th>other</th></tr></thead>
<tbody><tr><td>cell</td><td>cell</td></tr></tbody></table>
<p><small class="state">older version</small> <span class="changed">An older text.</span></p>
<p><img src="picture.png" alt="A picture of nothing"></p>
<div class="footnote"><ol>
<li id="fn:1"><p>The note.<a class="footnote-backref" href="#fnref:1">↩</a></p></li></ol></div>
"""


@pytest.fixture
def page(books: dict[str, Book], tmp_path: Path) -> Book:
    """A book of one page with everything on it."""
    (tmp_path / "picture.png").write_bytes(handbooks.DOT)
    book = books["en"]
    chapter = replace(book.chapters[1], html=_EVERYTHING)
    files = {chapter.url + "picture.png": tmp_path / "picture.png"}
    return replace(book, items=(chapter,), files=files)


def _saying(page: Book, html: str) -> Book:
    """A book of one page with other content."""
    return replace(page, items=(replace(page.chapters[0], html=html),))


def _printed(book: Book, folder: Path) -> str:
    """What the only page of a book says on paper."""
    return text_of(Printer(folder).print(_composer(book).page(book.chapters[0])).file)


@pytest.mark.long
def test_a_page_with_everything_on_it(page: Book, tmp_path: Path) -> None:
    printed = Printer(tmp_path).print(_composer(page).page(page.chapters[0]))
    said = " ".join(text_of(printed.file).split())
    for words in (
        '#eval("x") $y$', "[brackets], #hash, $sum$, *stars*, `ticks`, back\\slash",
        "“quotes”, @at, <angle>", "https://example.org/a", "3. third", "folded", "opened",
        "term Now new term told", "quoted",
        "line one line two", "older version", "The note.", "かんじ",
    ):  # fmt: skip
        assert words in said
    with pikepdf.open(printed.file) as pdf:
        found = list(structure(pdf))
    assert {str(each.get("/Lang", "")) for each in found} >= {"ja"}
    assert "A picture of nothing" in {str(each.get("/Alt", "")) for each in found}


def test_what_a_comment_says_is_not_printed(page: Book) -> None:
    html = """<div class="admonition"><!-- hidden --><p>shown</p></div>
        <figure><!-- hidden --><p>shown</p></figure>
        <dl><!-- hidden --><dt>term</dt><!-- hidden --><dd>shown</dd></dl>"""
    book = _saying(page, html)
    body = Manuscript(book).convert(book.chapters[0]).body
    assert (body.count("shown"), body.count("hidden")) == (3, 0)


_RAW = """
<a href="https://example.org/"><p>word-0</p></a> <center><p>word-1</p></center>
<ins><ul><li>word-2</li></ul></ins> <dl><dt>word-3</dt></dl>
<table><caption>word-4</caption><tr><td>word-5</td><td>word-6</td></tr></table>
<table><thead><tr><th>word-7</th><th>word-8</th><th>word-9</th></tr></thead>
<tbody><tr><td colspan="2" rowspan="2">word-10</td><td>word-11</td></tr>
<tr><td>word-12</td></tr><tr><td>word-13</td></tr></tbody>
<tfoot><tr><td colspan="9">word-14</td></tr></tfoot></table>
<table><thead><tr><th>word-15</th></tr></thead><tbody><tr></tr></tbody></table>
"""


def test_raw_html_loses_no_word(page: Book, tmp_path: Path) -> None:
    said = _printed(_saying(page, _RAW), tmp_path)
    assert re.findall(r"word-(\d+)", said) == [str(each) for each in range(16)]


_DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>A drawing</title></svg>'


@rows(
    ("html", "made"),
    [
        ('<figure><img src="picture.png" alt="A"><br><figcaption>C</figcaption></figure>', '"A")'),
        ("<figure>Words<figcaption>C</figcaption></figure>", "Words"),
        (f"<figure>\n{_DRAWN}\n<figcaption>C</figcaption></figure>", "#captioned([#drawing("),
        ('<img src="picture.png" alt="A" width="80">', "width: 60pt"),
        ('<img src="picture.png" alt="A" style="width: 50%">', "width: 170pt"),
        ('<img src="picture.png" alt="A" width="9999">', "width: 340pt"),
        ('<div class="grid cards">Before<ul><li>One</li></ul></div>', "Before"),
        (
            '<div class="highlight"><span class="filename">a.py</span><pre>x</pre></div>',
            '[#"a.py"]',
        ),
        ('<iframe src="https://a.example/film" title="A film"></iframe>', "A film"),
        ("<dl><div><dt>Term</dt><dd>Meaning</dd></div></dl>", '([#"Term"], [#"Meaning"])'),
    ],
)
def test_what_other_sites_write_is_printed(page: Book, html: str, made: str) -> None:
    book = _saying(page, html)
    assert made in Manuscript(book).convert(book.chapters[0]).body


@rows(
    "html",
    [
        '<img src="picture.png#only-dark" alt="A">',
        '<table><tr><th><img src="picture.png" alt="A" width="80"></th></tr></table>',
        '<div class="grid cards"><ul><li><img src="picture.png" alt="A" width="9"></li></ul></div>',
        '<div class="highlight"><div class="linenos"><pre>12</pre></div><pre>x</pre></div>',
    ],
)
def test_numbers_of_lines_and_dark_pictures_are_not_printed(page: Book, html: str) -> None:
    book = _saying(page, html)
    body = Manuscript(book).convert(book.chapters[0]).body
    assert not any(each in body for each in ("only-dark", "width: ", "12"))


def test_marked_words_are_highlighted_or_labels(page: Book, tmp_path: Path) -> None:
    marked = _saying(page, "<p>A <mark>marked word</mark> here.</p>")
    for book in (marked, replace(marked, has_labels=True)):
        source = _composer(book).page(book.chapters[0]).source
        assert f"marks-are-labels = {str(book.has_labels).lower()}" in source
        assert "marked word" in _printed(book, tmp_path)


def test_a_heading_has_the_words_of_its_picture(page: Book, tmp_path: Path) -> None:
    """PDF/UA forbids one without words, such as a logo from elsewhere: nothing was printed."""
    link = '<a class="headerlink" href="#b">¶</a>'
    html = f"""<h2><img src="https://example.org/logo.png" alt="A logo"></h2><p>One</p>
        <h2 id="b"><img src="picture.png" alt="The plan">{link}</h2><p>Two</p>
        <h2 id="c"><img src="picture.png" alt="">{link}</h2><h2></h2>
        <p><a href="#c">Three</a></p>"""
    said = " ".join(_printed(_saying(page, html), tmp_path).split())
    assert "A logo One The plan Two Three" in said


_TITLES = """<h2>Go <a href="../other/">to the page</a></h2><p>One</p>
<h2><a href="#b"><em>Within</em></a><a class="headerlink" href="#a">¶</a></h2><p>Two</p>
<h2 id="b"><ruby>漢字<rt>かんじ</rt></ruby></h2><p>Three</p>
<h2>Of note<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></h2><p>Four</p>
<div class="footnote"><ol><li id="fn:1"><p>A note</p></li></ol></div>"""


def test_a_heading_may_be_a_link_or_ruby(page: Book, tmp_path: Path) -> None:
    """Typst finds no words in them, PDF/UA allows no heading without, and nothing was printed."""
    other = replace(page.chapters[0], path="other.md", url=f"{page.chapters[0].url}../other/")
    book = _saying(page, _TITLES)
    book = replace(book, items=(*book.items, other))
    file = Printer(tmp_path).print(_composer(book).page(book.chapters[0])).file
    assert "かんじ" in text_of(file)
    with pikepdf.open(file) as pdf, pdf.open_outline() as outline:
        titles = list(_titles(outline.root))
    assert titles[1:] == ["Go to the page", "Within", "漢字", "Of note"]


def test_no_word_has_two_lines(page: Book, tmp_path: Path) -> None:
    """PDF/UA allows one: through a word, below it, or below a passage that is not current."""
    html = '<p><small class="state">older</small> <span class="changed">was <del>gone</del></span>'
    html += " <del>one <ins>two</ins></del> <ins>three <s>four</s></ins></p>"
    assert "older was gone one two three four" in _printed(_saying(page, html), tmp_path)


def test_no_number_of_a_page_is_read_as_code(page: Book, tmp_path: Path) -> None:
    html = """<ol start="eval(x)"><li>one</li></ol><ol start="-3"><li>one</li></ol>
        <table><thead><tr><th width="sys%">head</th></tr></thead>
        <tbody><tr><td colspan="0" rowspan="1, fill: red">cell</td></tr></tbody></table>"""
    book = _saying(page, html)
    assert _printed(book, tmp_path).count("1. one") == 2
    assert "red" not in Manuscript(book).convert(book.chapters[0]).body


def test_drawings_are_as_large_as_they_say(page: Book) -> None:
    html = """<svg viewBox="-1 -.5 20 30.0"><title>T</title></svg>
        <svg viewBox="0,0,20,30"><title>T</title></svg>
        <svg viewBox="none" width="20px" height="30"><title>T</title></svg>
        <svg width="100%"><title>T</title></svg>"""
    book = _saying(page, html)
    body = Manuscript(book).convert(book.chapters[0]).body
    sizes = re.findall(r'"T", (\d+), (\d+)\)', body)
    assert sizes == [("20", "30"), ("20", "30"), ("20", "30"), ("100", "100")]


def test_a_drawing_wider_than_the_text_begins_where_it_does(page: Book, tmp_path: Path) -> None:
    wide = '<svg viewBox="0 0 900 90"><title>T</title><text x="0" y="40">drawn</text></svg>'
    book = _saying(page, f"<p>Begun</p>{wide}")
    file = Printer(tmp_path).print(_composer(book).page(book.chapters[0])).file
    with pypdfium2.PdfDocument(file) as pdf:
        text = pdf[0].get_textpage()
        assert abs(_left_of(text, "drawn") - _left_of(text, "Begun")) < 3


def test_a_word_as_wide_as_a_cover_stays_on_it(page: Book, tmp_path: Path) -> None:
    title = "Gemeinschaftsgartenverordnung und ハンドブック"
    book = replace(page, title=title, items=(Part("Part", "part", page.chapters),))
    whole = next(
        each for each in print_all(book, "", str, tmp_path, tmp_path) if each.kind == "handbook"
    )
    with pypdfium2.PdfDocument(whole.file) as pdf:
        text = pdf[0].get_textpage()
        boxes = [text.get_charbox(each) for each in range(text.count_chars())]
        assert max(right for _, _, right, _ in boxes) < pdf[0].get_width() - 72
        assert "ハンドブック" in text.get_text_bounded()


def test_a_book_is_laid_out_for_the_contents_it_will_have(page: Book, tmp_path: Path) -> None:
    """Its source lists the headings that Typst finds, that of a part within a part among them."""
    first, *others = [
        replace(page.chapters[0], html="<h1>A</h1><p>b</p>", title=f"Page {n}", path=f"{n}.md")
        for n in range(4)
    ]
    inner = Part("Within", "within", tuple(others[:2]))
    part = Part("Part", "part", (first, inner))
    book = replace(page, items=(part, others[2]))
    composer = _composer(book)
    for document in (composer.handbook({}), composer.section(part, {})):
        listed = re.findall(r'\("\w+", \d, \[#"([^"]+)"\]\)', document.source)
        file = Printer(tmp_path).print(document).file
        with pikepdf.open(file) as pdf, pdf.open_outline() as outline:
            assert list(_titles(outline.root))[1:] == listed  # the first is that of the list


def _titles(items: Iterable[pikepdf.OutlineItem]) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _titles(item.children)


_WORDS = (
    "<p>Some words of a page that say nothing much, but take three lines, as they would. </p>" * 15
)
_AFTER = "<p>What follows goes on where there is room.</p>" * 20
_TALL = '<svg viewBox="0 0 300 450"><title>T</title><text x="9" y="40">drawn</text></svg>'
_ROW = "<tr><td>drawn</td><td>A row with words enough that some of them make a table</td></tr>"
_TABLE = f"<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody>{_ROW * 14}</tbody></table>"


@pytest.mark.build
@pytest.mark.parametrize(
    ("above", "tall", "way"),
    [
        ("", _TALL, 1),
        ("<h2>Head</h2>", _TALL, 1),
        ("", f'<figure class="diagram">{_TALL}</figure>', 1),
        ("", f"<figure>{_TALL}<figcaption>Said of it</figcaption></figure>", 1),
        ("<h2>Head</h2>", _TABLE, 2),
        ("", _TABLE, 1),
    ],
)
def test_what_is_too_tall_leaves_no_page_white(
    page: Book, tmp_path: Path, above: str, tall: str, way: int
) -> None:
    """The text after a drawing goes on before it, a table is tighter or broken; in books too."""
    book = _saying(page, f"<h1>T</h1>{_WORDS}{above}{tall}{_AFTER}")
    whole = replace(book, items=(Part("Part", "part", book.chapters),))
    made = [*print_all(whole, "", str, tmp_path, tmp_path)]
    printed = [each for each in made if isinstance(each, Printed)]
    assert [each.kind for each in printed] == ["page", "handbook", "section"]
    assert [each for _, each in printed[0].tuning.moved] == [way]
    for each in printed:
        pages = pages_of(each.file)
        first = next(number for number, text in enumerate(pages) if "nothing much" in text)
        assert ("drawn" if "table" in tall else "What follows") in pages[first]
        assert sum(text.count("drawn") for text in pages) == tall.count("drawn")


@pytest.mark.parametrize(("head", "is_low"), [("Who", True), ("&#160;", False), ("", False)])
def test_only_a_row_of_names_has_no_room_for_a_pen(page: Book, head: str, *, is_low: bool) -> None:
    html = f"""<table><thead><tr><th>What</th><th>{head}</th></tr></thead>
        <tbody><tr><td>Room</td><td></td></tr></tbody></table>"""
    chapter = replace(page.chapters[0], html=html, meta={"sheet": True})
    assert ("low: true" in Manuscript(page).convert(chapter).body) == is_low


@pytest.mark.parametrize(("rows", "short_of"), [(10, []), (50, ["pen"]), (300, ["sides"])])
def test_a_sheet_that_its_paper_has_no_room_for_is_named(
    page: Book, tmp_path: Path, rows: int, short_of: list[str]
) -> None:
    """Also where it was printed before; its catalog is named if it is a translation."""
    row = "<tr><td>Who</td><td></td></tr>"
    html = f"<h1>T</h1><table><tbody>{row * rows}</tbody></table>"
    book = replace(page, items=(replace(page.chapters[0], html=html, meta={"sheet": True}),))
    for _ in range(2):
        made = [*print_sample(book, str, tmp_path, tmp_path)]
        assert [each.short_of for each in made if isinstance(each, Printed)] == (short_of or [""])
        said = [each for each in made if isinstance(each, Problem)]
        assert [(each.rule, each.level) for each in said] == [
            ("sheet", "error" if each == "sides" else "warning") for each in short_of
        ]
        assert all("US Letter" in each.text for each in said)


def test_lines_of_a_sheet_have_room_for_a_hand(page: Book, tmp_path: Path) -> None:
    """As far apart as in a notebook, none too short, and to the edge of what can be printed on."""
    html = """<h1>T</h1><p>Group … Date …</p><p>Came: … No. in the log …</p>
        <ul><li>If money runs short we drop, in this order: …</li></ul>
        <p>After … meetings. Agreed by these people, who have read all the rules aloud: …</p>"""
    book = replace(page, items=(replace(page.chapters[0], html=html, meta={"sheet": True}),))
    made = [*print_sample(book, str, tmp_path, tmp_path)]
    (printed,) = (each for each in made if isinstance(each, Printed))
    lines: dict[int, list[tuple[float, float]]] = {}
    with pypdfium2.PdfDocument(printed.file) as pdf:
        for path in pdf[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH], max_depth=5):
            left, bottom, right, _ = (each / 72 * 25.4 for each in path.get_bounds())
            lines.setdefault(round(bottom), []).append((left, right))
        edge = pdf[0].get_width() / 72 * 25.4 - 14
    assert all(high - low >= 8 for low, high in pairwise(sorted(lines)))
    ruled = [list(_joined(sorted(lines[at]))) for at in sorted(lines, reverse=True)]
    assert [len(line) for line in ruled] == [2, 2, 1, 1, 1]
    assert all(right - left > 20 for line in ruled for left, right in line)
    assert [abs(line[-1][1] - edge) < 1 for line in ruled] == [True, True, True, False, True]


def _joined(pieces: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Yield where lines begin and end, of which some are drawn in two pieces."""
    whole: tuple[float, float] | None = None
    for left, right in pieces:
        if whole and left - whole[1] < 0.5:
            whole = (whole[0], right)
            continue
        if whole:
            yield whole
        whole = (left, right)
    if whole:
        yield whole


def test_a_letter_that_no_font_has_is_known_before_all_is_printed(
    page: Book, tmp_path: Path
) -> None:
    """As a build names it, with the page that has it alone; marks on letters are not tried."""
    book = _saying(page, "<h1>T</h1><p>Vase \U00100000, cafe\u0301 &lt; \u2060</p>")
    said = [str(each) for each in print_sample(book, str, tmp_path, tmp_path)]
    [chapter] = book.chapters
    assert said == [f"{chapter.file}:1: no font has '\\U00100000'; write it in another way"]
    assert [str(each) for each in print_all(book, "", str, tmp_path, tmp_path)][:1] == said


def test_a_poster_with_something_missing_is_printed(page: Book, tmp_path: Path) -> None:
    html = """<div class="signals"><figure><figcaption>words alone</figcaption></figure>
        <figure><svg viewBox="0 0 9 9"><title>T</title></svg></figure></div>"""
    assert "words alone" in _printed(_saying(page, html), tmp_path)


def test_languages_are_told_to_screen_readers(page: Book, tmp_path: Path) -> None:
    html = """<p lang="pt-BR">um</p><p lang="zh-Hant">一</p><p lang="x-none">?</p>
        <p lang="en-GB">one</p>"""
    book = _saying(page, html)
    printed = Printer(tmp_path).print(_composer(book).page(book.chapters[0]))
    with pikepdf.open(printed.file) as pdf:
        said = {str(each.Lang) for each in structure(pdf) if "/Lang" in each}
    assert said == {"pt-BR", "zh-TW", "en-GB"}  # of scripts: where they are usual


def test_links_lead_to_more_than_pages(page: Book, tmp_path: Path) -> None:
    addresses = ["tel:+1234", "geo:1,2", "mailto:a@b.example", "https://example.org/x"]
    html = "".join(f'<p><a href="{each}">there</a></p>' for each in addresses)
    book = _saying(page, html + '<p><a href="//example.org/y">there</a></p>')
    said = _printed(book, tmp_path)
    assert all(each in said for each in (*addresses, "https://example.org/y"))
    assert Manuscript(book).convert(book.chapters[0]).flaws == ()


@rows("href", ["../%C3%B1and%C3%BA/", "../ñandú/", "../%c3%b1and%c3%ba/#%C3%A9", "../ñandú/#é"])
def test_a_page_is_led_to_however_its_address_is_quoted(page: Book, href: str) -> None:
    bird = replace(page.chapters[0], path="ñandú.md", url="%C3%B1and%C3%BA/")
    book = replace(page, items=(*page.items, bird))
    assert book.find(replace(bird, url="rhea/"), href) == ("ñandú.md", "é" if "#" in href else "")


def test_a_list_of_hundreds_of_links_has_no_notes_for_them(page: Book) -> None:
    """Where it had, Typst failed, and the page was not printed."""
    link = '<li><a href="https://example.org/{}">One</a></li>'
    lists = (f"<ul>{''.join(map(link.format, range(count)))}</ul>" for count in (5, 200))
    source = _composer(page).page(_saying(page, f"<h1>A</h1>{''.join(lists)}").chapters[0]).source
    assert (source.count("#out("), source.count("#out-here(")) == (5, 200)


def test_a_page_of_many_hundred_links_has_no_notes_for_them(page: Book) -> None:
    """Notes of release with seven thousand took 1.4 GB."""
    item = '<li><a href="https://example.org/">One</a></li>'
    lists = f"<ul>{item * 50}</ul>"
    for times, expected in ((12, (600, 0)), (13, (0, 650))):
        book = _saying(page, f"<h1>A</h1>{lists * times}")
        source = _composer(page).page(book.chapters[0]).source
        assert (source.count("#out("), source.count("#out-here(")) == expected


def test_the_constructs_of_e_books_are_printed_too(page: Book, tmp_path: Path) -> None:
    html = "".join(each.read_text("utf-8") for each in sorted(_CONSTRUCTS.glob("*.html")))
    html = re.sub(r'href="[^"]*"|<img[^>]*>', "", html)
    book = replace(page, items=(replace(page.chapters[0], html=html),))
    assert Printer(tmp_path).print(_composer(book).page(book.chapters[0])).size > 10_000


def test_the_same_page_makes_the_same_bytes(page: Book, tmp_path: Path) -> None:
    document = _composer(page).page(page.chapters[0])
    one, other = (Printer(tmp_path / name).print(document) for name in ("one", "other"))
    assert one.file.read_bytes() == other.file.read_bytes()


def test_what_has_not_changed_is_not_printed_again(page: Book, tmp_path: Path) -> None:
    document = _composer(page).page(page.chapters[0])
    file = Printer(tmp_path).print(document).file
    whole = file.read_bytes()
    file.write_bytes(b"k" * len(whole))
    Printer(tmp_path).print(document)
    assert file.read_bytes() == b"k" * len(whole)
    (tmp_path / "picture.png").write_bytes(handbooks.DOT + b"\0")
    Printer(tmp_path).print(document)
    assert file.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("broken", ["book.pdf", "book.json"])
def test_what_a_power_cut_left_is_printed_again(page: Book, tmp_path: Path, broken: str) -> None:
    document = replace(_composer(page).page(page.chapters[0]), name="book")
    file = Printer(tmp_path).print(document).file
    whole = file.read_bytes()
    (tmp_path / broken).write_bytes((tmp_path / broken).read_bytes()[:20])
    assert Printer(tmp_path).print(document).size == len(whole)
    assert file.read_bytes() == whole
    names = sorted(each.name for each in tmp_path.iterdir() if each.suffix != ".png")
    assert names == ["book.json", "book.pdf"]


def test_a_character_without_a_glyph_is_refused(page: Book, tmp_path: Path) -> None:
    chapter = replace(page.chapters[0], html="<p>A unicorn: 🦄</p>")
    book = replace(page, items=(chapter,))
    with pytest.raises(Unprintable) as caught:
        Printer(tmp_path).print(_composer(book).page(chapter))
    assert caught.value.letters == {"🦄"}


def test_what_has_no_words_is_printed_on_a_site_that_does_not_mind(
    page: Book, tmp_path: Path
) -> None:
    """An icon beside words adorns them, and needs none."""
    drawing = '<svg viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'
    icon, sign = (
        f'<span class="twemoji">{drawing}</span>',
        '<img class="twemoji" alt="✓" src="x:y">',
    )
    book = _saying(page, f"<h1>A</h1><p>{icon} One {sign} two.</p>")
    assert "One ✓ two." in " ".join(_printed(book, tmp_path / "out").split())
    book = _saying(page, f'<h1>A</h1><p><img src="picture.png">Three.</p>{drawing}')
    for is_tolerant in (False, True):
        made = list(print_all(book, "", str, tmp_path, tmp_path / "out", tolerant=is_tolerant))
        told = {each.rule for each in made if isinstance(each, Problem)}
        assert told == {LEFT_OUT if is_tolerant else "words"}
        assert any(isinstance(each, Printed) for each in made) == is_tolerant


def test_a_file_is_a_drawing_whatever_the_case_of_its_name(page: Book, tmp_path: Path) -> None:
    book = _saying(page, '<h1>A</h1><p><img src="A.SVG" alt="A square"></p>')
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1"/></svg>'
    (tmp_path / "A.SVG").write_text(drawing, "utf-8")
    book = replace(book, files={f"{book.chapters[0].url}A.SVG": tmp_path / "A.SVG"})
    assert _printed(book, tmp_path / "out")


def test_a_fault_is_looked_for_in_a_catalog_of_any_encoding(page: Book, tmp_path: Path) -> None:
    book = _saying(page, '<h1>A</h1><p><img src="hole.png" alt="Ruta"></p>')
    catalog = tmp_path / catalog_path(book.chapters[0].path, book.language)
    catalog.parent.mkdir(parents=True)
    catalog.write_bytes('msgid "é"\nmsgstr "![Ruta](hole.png)"\n'.encode("latin-1"))
    (told, *_) = print_all(book, "", str, tmp_path, tmp_path / "out")
    assert isinstance(told, Problem)
    assert (told.path, told.line) == (catalog.relative_to(tmp_path).as_posix(), 2)


@pytest.mark.build
def test_what_cannot_be_printed_is_named_and_the_rest_is_printed(tmp_path: Path) -> None:
    docs = handbooks.furnish(tmp_path, "nav: null\n") / "docs/en"
    docs.mkdir()
    (docs / "index.md").write_text("# Home\n\nWelcome.\n", "utf-8")
    (docs / "bad.md").write_text(
        "# Bad\n\nA unicorn: 🦄\n\n![A hole](hole.png)\n\n[Nowhere](index.md#nowhere)\n\n"
        '<a href="http://[bad">Bad</a> <a href="javascript:bad()">Bad</a>\n\n![](there.png)\n\n'
        '<svg viewBox="0 0 1 1"></svg>\n',
        "utf-8",
    )
    (docs / "there.png").write_bytes(handbooks.DOT)
    made = list(build.pdfs(tmp_path, ["en"], tmp_path / "out"))
    told = "\n".join(str(each) for each in made if isinstance(each, Problem))
    assert "docs/en/bad.md:5: the picture hole.png is not there" in told
    assert "docs/en/bad.md:7: a link leads to index.md#nowhere, which is nowhere" in told
    assert "docs/en/bad.md:9: a link leads to http://[bad, which is nowhere" in told
    assert "docs/en/bad.md:9: a link leads to javascript:bad(), which is nowhere" in told
    assert "docs/en/bad.md:11: the picture there.png has no words for who cannot see it" in told
    assert "docs/en/bad.md:13: a drawing has no words for who cannot see it" in told
    (docs / "bad.md").write_text("# Bad\n\nA unicorn: 🦄\n", "utf-8")
    (docs / "logo.md").write_text("# ![Logo](https://example.org/logo.png)\n\nWords.\n", "utf-8")
    made = list(build.pdfs(tmp_path, ["en"], tmp_path / "out"))
    assert "docs/en/bad.md:3: no font has '🦄'; write it in another way" in map(str, made)
    names = {each.name for each in (tmp_path / "out").rglob("*.pdf")}
    assert names == {"index-en.pdf", "logo-en.pdf"}


# Numbers of paragraphs, and two languages --------------------------------------------------------

_NUMBERED = """<h1>Rules</h1>
<p><a class="{kind}" id="p0.1" href="#p0.1" data-line="3">0.1</a>One paragraph.</p>
<h2 id="more">More</h2>
<table><tbody><tr><td><a class="{kind}" id="p1.1" href="#p1.1">1.1</a>cell</td></tr></tbody></table>
<p>See <a href="#p1.1">the row</a>.</p>"""


def test_the_numbers_of_key_documents_are_printed(page: Book, tmp_path: Path) -> None:
    said = _printed(_saying(page, _NUMBERED.format(kind="number")), tmp_path)
    assert "0.1" in said
    assert "1.1" in said
    said = _printed(_saying(page, _NUMBERED.format(kind="number at-hand")), tmp_path / "guide")
    assert "0.1" not in said
    assert "1.1" not in said


def test_a_drawing_for_phones_is_not_printed(page: Book) -> None:
    drawn = '<svg class="wide"></svg><svg class="narrow"></svg>'
    [chapter] = _saying(page, f'<h1>A</h1><figure class="diagram">{drawn}</figure>').chapters
    assert chapter.content().xpath(".//figure/*/@class") == ["wide"]


def test_the_program_below_an_entry_of_a_reference_is_not_printed(page: Book) -> None:
    source = '<details class="mkdocstrings-source"><summary>In a.py</summary>def f(): ...</details>'
    [chapter] = _saying(page, f"<h1>A</h1><p>What f does.</p>{source} And g.").chapters
    assert tree.text(chapter.content()) == "AWhat f does. And g."


def _both(books: dict[str, Book], html: dict[str, str]) -> tuple[Book, Book]:
    made = []
    for language in ("en", "ja"):
        book = books[language]
        chapter = replace(
            next(each for each in book.chapters if each.path == "mission.md"), html=html[language]
        )
        made.append(replace(book, items=(chapter,)))
    return made[0], made[1]


@pytest.mark.long
def test_two_languages_stand_beside_each_other(books: dict[str, Book], tmp_path: Path) -> None:
    numbered = _NUMBERED.format(kind="number")
    html = {"en": numbered, "ja": numbered.replace("One paragraph", "段落です")}
    mine, theirs = _both(books, html)
    composer = _composer(mine)
    composer._manuscript.convert = pytest.fail  # type: ignore[method-assign]  # it has the rows
    document = composer.beside(mine.chapters[0], Manuscript(theirs.apart()))
    assert document.name == "en/mission-en-ja"
    printed = Printer(tmp_path).print(document)
    said = text_of(printed.file)
    assert "One paragraph" in said
    assert "段落です" in said
    assert said.count("0.1") == 1
    with pikepdf.open(printed.file) as pdf:
        assert {str(each.get("/Lang", "")) for each in structure(pdf)} >= {"ja"}
        box = pdf.pages[0].MediaBox
        assert float(box[2]) > float(box[3])


@pytest.mark.build
def test_a_drawing_too_wide_for_a_column_leaves_no_page_white(
    books: dict[str, Book], tmp_path: Path
) -> None:
    """The text after it goes on before it, and nothing stands over it."""
    wide = _TALL.replace("0 0 300 450", "0 0 700 680")
    some = "<p>Some words that stand before.</p>" * 9
    table = _TABLE.replace("drawn", "row")
    html = f"<h1>A</h1>{some}{wide}<p>What follows.</p>{table}"
    mine, theirs = _both(books, {"en": html, "ja": html})
    document = _composer(mine).beside(mine.chapters[0], Manuscript(theirs.apart()))
    first, *others = pages_of(Printer(tmp_path).print(document).file)
    assert "What follows." in first
    assert ["drawn" in each and "table" in each for each in others] == [False] * len(others)


def test_drawings_as_high_as_a_page_share_one(books: dict[str, Book], tmp_path: Path) -> None:
    tall = _TALL.replace("0 0 300 450", "0 0 620 910")
    mine, theirs = _both(books, dict.fromkeys(("en", "ja"), f"<p>Before.</p>{tall}"))
    document = _composer(mine).beside(mine.chapters[0], Manuscript(theirs.apart()))
    pages = pages_of(Printer(tmp_path).print(document).file)
    assert [each.count("drawn") for each in pages] == [0, 2]


def test_blocks_stand_in_rows_a_heading_with_what_is_below_it(books: dict[str, Book]) -> None:
    numbered = _NUMBERED.format(kind="number")
    mine, _ = _both(books, {"en": numbered, "ja": numbered})
    _, rows = Manuscript(mine).rows(mine.chapters[0], numbered=True)
    assert len(rows) == 3
    assert "#head" in rows[1].typst
    assert "cell" in rows[1].typst


def test_pages_that_are_not_built_alike_stand_beside_each_other_as_wholes(
    books: dict[str, Book], tmp_path: Path
) -> None:
    mine, theirs = _both(books, {"en": "<p>One.</p><p>Two.</p>", "ja": "<p>一つ。</p>"})
    document = _composer(mine).beside(mine.chapters[0], Manuscript(theirs.apart()))
    said = text_of(Printer(tmp_path).print(document).file)
    assert "One." in said
    assert "Two." in said
    assert "一つ" in said


# Languages in other scripts ----------------------------------------------------------------------

# Invented, as a translator would write them: a paragraph, a word with weight, a label of a drawing.
_SPEECH = {
    "ar": ("نجتمع كل أسبوع ونقرر معاً، ثم نكتب محضراً قصيراً.", "قصيراً", "اقتراح"),
    "ko": ("우리는 매주 모여서 함께 정하고 짧은 회의록을 씁니다.", "짧은", "제안"),
    "zh_TW": ("我們每週聚會，一起決定，並寫下簡短的紀錄。", "簡短", "提案"),
    "qu": ("Sapa semana huñunakuyku, imata ruwanata rimaspa.", "kuska", "yuyay"),
}
_FACES = {
    "ar": ("pylopdf-fonts-ar", {"NotoNaskhArabic", "NotoSansArabic"}),
    "ko": ("pylopdf-fonts-ko", {"NotoSerifKR", "NotoSansCJKjp"}),
    "zh_TW": ("pylopdf-fonts-zh-tw", {"NotoSerifTC", "NotoSansCJKjp"}),
    "qu": ("", set()),
}
"""The package of its fonts, and the faces that set it beside those of the design."""


def _abroad(page: Book, code: str) -> Book:
    text, stressed, labeled = _SPEECH[code]
    drawn = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><title>{labeled}</title>
        <g fill="#123456"><text x="45" y="20" text-anchor="middle">{labeled}</text></g></svg>"""
    html = f"""<h1 id="top">{text}</h1><p><a class="number" id="p0.1" href="#p0.1">0.1</a>
        {text} <strong>{stressed}</strong> <em>{stressed}</em> 12.5 %</p>
        <div class="admonition note"><p class="admonition-title">{labeled}</p><p>{text}</p></div>
        <table><thead><tr><th>{labeled}</th><th align="right">{stressed}</th></tr></thead>
        <tbody><tr><td>{text}</td><td>7</td></tr></tbody></table><ol><li>{text}</li></ol>{drawn}"""
    chapter = replace(page.chapters[0], html=html, title=text, language=code)
    return replace(page, language=code, items=(chapter,), languages=Languages())


def _fonts(pdf: pikepdf.Pdf) -> set[str]:
    """The faces that a PDF uses, without their weights."""
    names = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
    return {re.sub(r"^/\w+\+|-.*", "", each) for each in names}


@pytest.mark.parametrize("code", _SPEECH)
def test_a_language_in_any_script_is_printed_in_its_own_faces(
    page: Book, code: str, tmp_path: Path
) -> None:
    package, faces = _FACES[code]
    if package:
        programs.package(package)
    book = _abroad(page, code)
    printed = Printer(tmp_path).print(_composer(book).page(book.chapters[0]))
    with pikepdf.open(printed.file) as pdf:
        assert str(pdf.Root.Lang) == Languages()[code].tag
        direction = str(pdf.Root.ViewerPreferences.get("/Direction", "/L2R"))
        assert direction == ("/R2L" if code == "ar" else "/L2R")
        assert _fonts(pdf) == faces | {"LibertinusSerif", "SourceSansPro"}
    if code != "ar":  # whose letters a PDF keeps in the order in which they are seen
        assert _SPEECH[code][0].rpartition(" ")[2] in text_of(printed.file)


def test_what_is_written_from_the_right_begins_on_the_right(page: Book, tmp_path: Path) -> None:
    """Numbers of paragraphs, the margin and the columns of tables are mirrored."""
    programs.package("pylopdf-fonts-ar")
    left = {}
    for code in ("qu", "ar"):
        book = _abroad(page, code)
        file = Printer(tmp_path / code).print(_composer(book).page(book.chapters[0])).file
        with pypdfium2.PdfDocument(file) as pdf:
            text = pdf[0].get_textpage()
            left[code] = {each: _left_of(text, each) for each in ("0.1", "12.5", "7")}
            width = pdf[0].get_width()
    assert left["qu"]["0.1"] < left["qu"]["12.5"]
    assert left["ar"]["0.1"] > width - 28 * 72 / 25.4 > left["ar"]["12.5"]
    assert left["ar"]["7"] < width / 2 < left["qu"]["7"]


def test_addresses_are_written_from_the_left_everywhere(page: Book, tmp_path: Path) -> None:
    programs.package("pylopdf-fonts-ar")
    book = _abroad(page, "ar")
    html = f'<p>{_SPEECH["ar"][0]} <a href="https://example.org/Q~">x</a></p>'
    book = replace(book, items=(replace(book.chapters[0], html=html),))
    file = Printer(tmp_path).print(_composer(book).page(book.chapters[0])).file
    with pypdfium2.PdfDocument(file) as pdf:
        text = pdf[0].get_textpage()
        signs = {text.get_text_range(each, 1): each for each in range(text.count_chars())}
        letter, sign = (text.get_charbox(signs[each])[0] for each in "Q~")
    assert letter < sign


def _left_of(text: pypdfium2.PdfTextPage, words: str) -> float:
    """How far from the left edge of its page the first of some words stands."""
    found = text.search(words, match_whole_word=True).get_next()
    assert found, words
    left: float = text.get_charbox(found[0])[0]
    return left


@pytest.mark.long
def test_letters_that_no_font_has_are_named_once(
    page: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the package to install, whatever is installed here."""
    monkeypatch.setattr(registry, "_is_installed", lambda package: False)
    book = _abroad(page, "ar")
    made = print_all(book, "", lambda message: message, tmp_path, tmp_path / "out")
    assert [str(each) for each in made] == [
        "mkdocs.yml: books in ar are not printed: no font that is installed has its letters; "
        "install the Python package pylopdf-fonts-ar, here and wherever books are made"
    ]
    for code in ("ko", "zh_TW", "qu"):
        book = _abroad(page, code)
        [*printed] = print_all(book, "", lambda message: message, tmp_path, tmp_path / code)
        assert [each for each in printed if isinstance(each, Problem)] == []


def test_a_footnote_is_in_the_language_of_its_text(page: Book, tmp_path: Path) -> None:
    """In the book of another language it stands on the side that its own text begins on."""
    programs.package("pylopdf-fonts-ar")
    reference = '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>'
    html = f"""<h1 id="top">One</h1><p>One.{reference}</p>
        <div class="footnote"><ol><li id="fn:1"><p>Its only note.</p></li></ol></div>"""
    chapter = replace(page.chapters[0], html=html, title="One", language="en")
    left = {}
    for code in ("en", "ar"):
        book = replace(page, language=code, items=(chapter,), languages=Languages())
        file = Printer(tmp_path / code).print(_composer(book).page(chapter)).file
        with pypdfium2.PdfDocument(file) as pdf:
            left[code] = _left_of(pdf[0].get_textpage(), "only")
            middle = pdf[0].get_width() / 2
    assert left["en"] < middle
    assert left["ar"] < middle


@rows(
    ("letters", "widths"),
    [
        ([(6, 31), (14, 0), (8, 36)], ["5.17fr", "5.33fr", "6.00fr"]),
        ([(6, 12), (14, 0), (8, 30)], ["auto", "5.33fr", "auto"]),
        ([(6, 31), (14, 3), (8, 36)], ["auto", "auto", "1fr"]),
        ([(6, 18), (8, 34), (1, 0)], ["auto", "1fr", "2.2em"]),
    ],
)
def test_a_form_is_as_wide_as_its_page_and_has_room_to_write_in(
    letters: list[tuple[int, ...]], widths: list[str]
) -> None:
    head = tree.parse("<b>5</b>")
    assert tables._form_widths([tables._Column(head, each, 0) for each in letters]) == widths
