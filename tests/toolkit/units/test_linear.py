"""Reading a page takes time in proportion to its size, whatever it holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from growth import is_linear, within
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.changes.passages import passages
from handbook.bitext.checks.pair import Pair
from handbook.bitext.checks.rules import findings
from handbook.bitext.languages.registry import Languages
from handbook.bitext.page import scan
from handbook.bitext.page.segments import Page, Segment
from handbook.bitext.project.catalogs import catalog_path
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.receiving import envelope, letter
from handbook.bitext.translate import program
from handbook.bitext.translate.guards import refusal
from handbook.bitext.translate.revisions import Former
from handbook.bitext.translate.skeleton import headings, skeleton, titles
from handbook.bitext.translate.splice import splice
from handbook.press.core import tree
from rows import rows

pytestmark = pytest.mark.long

# Pages of any size, of what once took time that grew with the square of the size, or worse.
PAGES: dict[str, Callable[[int], str]] = {
    "code in a row": lambda n: "|`a`" * n + "|\n|-|\n",
    "backticks of many lengths": lambda n: " ".join("`" * (k % 300 + 1) for k in range(n)),
    "a run of backticks": lambda n: "9 " + "`" * n + "a",
    "attributes of a fence": lambda n: "``` x " + 'a="" ' * n + "!\n",
    "values of a fence": lambda n: "``` " + 'a="b ' * n + "!\n",
    "blanks before a word in a tag": lambda n: "word <div> a" + " " * n + "b</div>\n",
    "fences": lambda n: "```\na\n```\n\n" * n,
    "comments that never end": lambda n: "<!-- " * n,
    "paragraphs of comments that never end": lambda n: "<!-- \n\n" * n,
    "comments in an element": lambda n: "<div>--><b>" + "<!-- " * n,
    "blanks in a directive": lambda n: "<!-- i18n: note" + " a" * n + " " * n + "b -->",
    "comments at the end of a line": lambda n: "a " + "<!-- b --> " * n + "c-->",
    "arrows of a diagram": lambda n: "```mermaid\nflowchart TD\n" + "a--b|c[" * n + "\n```\n",
    "lines of a diagram": lambda n: "```mermaid\nflowchart TD\n" + "aaa -- b\n" * n + "```\n",
    "blank lines of a diagram": lambda n: "```mermaid\n" + "\n" * n + "1\n```\n",
    "a word in a diagram": lambda n: "```mermaid\ngraph\n" + "a" * n + "\n```\n",
    "colons of a timeline": lambda n: "```mermaid\ntimeline\n" + " : " * n + "\n```\n",
    "messages of a sequence": lambda n: (
        "```mermaid\nsequenceDiagram\n" + "aaa-->>bbb: c\n" * n + "```\n"
    ),
    "footnotes that never end": lambda n: "[^a" * n,
    "parentheses": lambda n: "[a]((" * n,
    "titles that never end": lambda n: '[a](b "' * n,
    "brackets": lambda n: "[" * n,
    "attribute lists of a heading": lambda n: "# a" + " {a}" * n,
    "hashes of a heading": lambda n: "# a" + " #" * n,
    "blanks in a heading": lambda n: "# a" + " " * n + "b",
    "attribute lists of a cell": lambda n: "|a" + " {.a" * n + "|\n|-|\n",
    "attribute lists that never end": lambda n: "*a*{.a " * n,
    "templates that never end": lambda n: "9 {{ a " * n,
    "formulas that never end": lambda n: "9 \\( a " * n,
    "formulas": lambda n: "$$ a\n" * n,
    "elements that never end": lambda n: "<div><svg><text>a</text>" * n,
    "ends of nothing": lambda n: "<div>" * n + "</p>" * n,
    "attributes of an element": lambda n: ("<div " + "a " * 10 + "\n") * n,
    "elements": lambda n: "<div></div>\n" * n,
    "elements with comments": lambda n: "<div><!-- </div>\n" * n + "-->\n\n" * n,
    "elements with comments that never end": lambda n: "<div><!-- </div>\n" * n,
    "references in references": lambda n: "![" * n + "](" * n,
    "blanks behind a reference": lambda n: "[a]: b" + " " * n + "x",
    "attributes of a heading that never end": lambda n: "# a { " + "{: " * n + "}\n",
    "ids of a heading that never end": lambda n: "# a { " + "{#" * n + " }\n",
    "paragraphs in HTML that never end": lambda n: "<p markdown>\na\n" * n,
    "captions in captions": lambda n: '<figure markdown="span">\n    a\n' * n,
    "macros that never end": lambda n: "{% a\n" * n + "\n{{ b }\n" * n,
    "HTML in a box": lambda n: "!!! a\n" + "    <div>\n        b\n" * n,
    "names of references": lambda n: "[a]:\n" * n,
    "elements of items that never end": lambda n: "- <div>\n" * n,
    "blank lines of a quote": lambda n: "> a\n" + "\n" * n + "> b\n",
    "quotes": lambda n: "> a\n\n" * n,
    "items": lambda n: "- a\n" * n,
    "blank lines": lambda n: "a\n" + "\n" * n + ":   b\n",
}


@rows("page", PAGES)
def test_time_grows_with_size_alone(page: str) -> None:
    with within(20):  # or it grows faster than any power
        scan.read(PAGES[page](25))
    assert is_linear(scan.read, PAGES[page], 500)


# What the passages of a page are found by, once it has been read.
SHOWN: dict[str, Callable[[int], str]] = {
    "comments that never end": lambda n: "<!-- a word\n\n" * n,
    "pictures between words": lambda n: "a\n\n![](a.png)\n\n" * n,
    "pictures in HTML": lambda n: '<img src="a">\n\n' * n,
    "values that never end": lambda n: "<img \"'" * n,
    "addresses that never end": lambda n: "![](a(" * n,
    "names of attributes": lambda n: "<img " + "a" * n + ">",
    "fences": lambda n: "```py title='a'\n# a\nb\n```\n\n" * n,
}


@rows("page", SHOWN)
def test_the_passages_of_a_page_are_found_in_linear_time(page: str) -> None:
    assert is_linear(lambda text: passages(scan.read(text)), SHOWN[page], 250)


TRANSLATIONS: dict[str, Callable[[int], str]] = {
    "backticks of many lengths": lambda n: "<b>" + " ".join("`" * (k % 300 + 1) for k in range(n)),
    "comments that never end": lambda n: "<b></b>" + "<!-- " * n,
    "tags that never end": lambda n: "<a " * n,
    "values that never end": lambda n: "<a b='" * n + '"',
    "hyphens": lambda n: "-" * n * 4,
    "lines": lambda n: "\n" * n * 4 + "x",
    "blanks": lambda n: " " * n * 4 + "x",
    "footnotes that never end": lambda n: "[^a" * n,
    "bold": lambda n: "**" * n,
    "digits": lambda n: "1" * n + ".",
    "braces": lambda n: "{ " * n,
    "entities": lambda n: "&#" * n,
}


@rows("translation", TRANSLATIONS)
@rows("kind", ["paragraph", "label", "cell", "html", "code"])
def test_a_translation_is_judged_and_put_in_place_in_linear_time(
    kind: str, translation: str
) -> None:
    def judge(text: str) -> None:
        detail = '"\t"{}"' if kind == "label" else ""  # as `mermaid` writes it
        segment = Segment(kind, text, ((0, len(text)),), "", detail=detail)
        other = text + "é"
        refusal(segment, other)
        splice(Page(text, (segment,)), [other], {})

    assert is_linear(judge, TRANSLATIONS[translation], 500)


WORDINGS: dict[str, Callable[[int], str]] = {
    "digits": lambda n: "1" * n * 4,
    "letters": lambda n: "a" * n * 4,
    "letters beside accents": lambda n: "é" * n * 8,
    "quotations that never end": lambda n: "«A" * n * 4,
}


@rows("text", WORDINGS)
def test_the_wording_of_a_translation_is_judged_in_linear_time(text: str) -> None:
    languages = Languages()

    def judge(target: str) -> None:
        source = "A short one, in other words."
        list(findings(Pair(source, target, "paragraph", languages["en"], languages["es"])))

    assert is_linear(judge, WORDINGS[text], 500)


ROWS = [
    *("<!-- ", "<!-- > ", "<script>", "<style>a", "<script ", "<script></style> ", "</script "),
    *("<h1>a", "<h1 ", '<h1 id="', '<p class="admonition-title"', "<summary ", "<a b='", "<pre>"),
]


@rows("row", ROWS)
def test_the_html_of_a_page_is_read_in_linear_time(row: str) -> None:
    def read(html: str) -> None:
        for each in (skeleton, lambda text: list(headings(text)), titles):
            each(html)

    assert is_linear(read, lambda size: row * size, 250)


@rows("row", ["<br/><{}>", "<br/><p {}>"])
def test_the_tree_of_a_page_is_made_in_linear_time(row: str) -> None:
    def parse(html: str) -> None:
        tree.parse(html)

    assert is_linear(parse, lambda size: row.format("a" * size), 1500)


@rows("row", ["/* ", "<!-- ", '"\\', "$( ", "${ ", '"""a '])
def test_comments_and_strings_that_never_end_take_bounded_time(row: str) -> None:
    def compare(text: str) -> None:
        for language in ("css", "html", "js"):
            program.changes("x", text, language)

    # From twice the 2,000 characters on that are searched; below, each is searched to the end.
    assert is_linear(compare, lambda size: row * (size // len(row)), 4000)


SENT: dict[str, Callable[[int], str]] = {
    "blanks before a keyword": lambda n: 'msgid "x"\n' + " " * n + "x\n",
    "blanks in a list": lambda n: "[" + " " * n + "x",
    "blanks in base64": lambda n: "A" * 80 + " " * n + "!",
    "blanks before an element": lambda n: " " * n + "x",
    "comments before an element": lambda n: "<!---->" * n + "x",
    "comments before no header": lambda n: "# a\n" * n + "x",
    "lines of a text that never ends": lambda n: '# a\nmsgid "x"\nmsgstr "abc\n' + "a b\n" * n,
    "lines of a letter": lambda n: 'Hello\nmsgid "x"\nmsgstr "abc\n' + "a b\n" * n,
    "lines of a comment": lambda n: '#\nmsgid "x"\n# a\n' + "a b\n" * n,
    "elements of a mail": lambda n: "<html><body>" + "<div>a <br> b</div>" * n,
    "lines below a correction": lambda n: (
        "Page: a\nLanguage: es\nOld text: b\nNew text: c\n\n" + "a b\n" * n
    ),
    "dividers of a patch": lambda n: f"From {'0' * 40} x\n" + "a\n---\n" * n,
}


@rows("sent", SENT)
def test_what_was_sent_is_opened_in_linear_time(sent: str) -> None:
    def take(text: str) -> None:
        for each in envelope.opened("sent", text.encode()):
            if isinstance(each, envelope.Piece):
                letter.read(letter.decoded(each.data), "sent")

    with within(20):
        take(SENT[sent](25))
    assert is_linear(take, SENT[sent], 500)


def test_each_text_of_a_page_is_looked_for_in_its_catalog_in_linear_time(tmp_path: Path) -> None:
    """It was compared with each unit: the check of a page of 200 kB took twelve seconds."""

    def find(text: str) -> None:
        units = [Unit(f"[a](b.md) {k}", "c" * (k % 2)) for k in range(len(text))]
        catalogs = Handbook.open(tmp_path).catalogs
        catalogs.replace(catalog_path("a.md", "es"), Catalog({}, tuple(units)))
        for unit in units:
            catalogs.find_in_other_pages(unit.key, "es", ["a.md"], lambda: Former(()))

    (tmp_path / "pyproject.toml").write_text('[tool.handbook]\nlanguages = ["en", "es"]\n', "utf-8")
    assert is_linear(find, lambda size: "a" * size, 40)
