"""The HTML of a page as a tree: read fast, and as browsers read it."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from handbook.press.core import tree
from rows import rows

_SVG = 'xmlns="http://www.w3.org/2000/svg"'


@rows(
    "html",
    [
        "",
        '<p>1 &lt; 2 &amp; <b title="a &gt; b">“x”</b><br></p>\n',
        f'<svg {_SVG} viewBox="0 0 1 1"><clipPath><path d="M0"></path></clipPath></svg>\n',
        f"<svg {_SVG}><foreignObject><p>x</p></foreignObject></svg>",
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi definitionURL="x">y</mi></math>',
        "<p>long<wbr>word</p>",
        "<details open><summary>a</summary><p>b</p></details>",
        "<pre>\n\na\n</pre><script>1 < 2 && 3</script>",
    ],
)
def test_a_page_that_was_taken_apart_is_put_together_again(html: str) -> None:
    assert tree.html(tree.parse(html)) == html


@rows(
    ("html", "read"),
    [
        ("<p>one<p>two", "<p>one</p><p>two</p>"),
        ("<ul><li>one<li>two</ul>", "<ul><li>one</li><li>two</li></ul>"),
        ("<b>a <i>b</b> c</i>", "<b>a <i>b</i></b><i> c</i>"),
        ("<b><p>a</b> b</p>", "<b></b><p><b>a</b> b</p>"),
        ("<p>a<div>b</div>c</p>", "<p>a</p><div>b</div>c"),
        ("<p>a<td>b</td></p>", "<p>ab</p>"),
        ("<p>a<details>b</details></p>", "<p>a</p><details>b</details><p></p>"),
        ("<ruby>漢<rt>かん<rt>じ</ruby>", "<ruby>漢<rt>かん</rt><rt>じ</rt></ruby>"),
        ("<table>a<tr><td>b</table>", "a<table><tbody><tr><td>b</td></tr></tbody></table>"),
        ("a</div>b</body>c", "abc"),
        ("a<!-- b -->c", "ac"),
        ("a\x0bb\ufffec", "a b c"),
    ],
)
def test_tags_that_do_not_nest_are_mended_as_browsers_mend_them(html: str, read: str) -> None:
    assert tree.html(tree.parse(html)) == read


@pytest.mark.parametrize("piece", range(1, 9))
def test_tags_are_the_same_in_pieces(monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    html = "<P>a < b<br/></p>\n<table><tr><td>1</td></tr></table> <"
    monkeypatch.setattr(tree, "_PIECE", piece)
    assert "".join(tree._pieces(html)) == html
    assert tree._tags(tree._pieces(html)) == "<p<br<table<tr<td</td</tr</table"


def test_what_plugins_write_of_code_is_read_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """They put blocks into paragraphs; to mend that took minutes and half a gigabyte a page."""
    monkeypatch.setattr(tree, "_mended", None)
    rows = "<p><code>a</code><div><pre>b</pre></div></p>" * 3
    assert "<p>" in tree.html(tree.parse(f"<div>{rows}<p>c<ul><li>d</li></ul></p></div>"))


def test_an_element_that_is_closed_as_in_xml_is_empty() -> None:
    assert tree.html(tree.parse('<a id="x"/>words <i/><br/>')) == '<a id="x"></a>words <i></i><br>'


def test_drawings_keep_their_letters_and_namespaces() -> None:
    content = tree.parse('<svg VIEWBOX="0 0 1 1" xmlns:x="y"><use xlink:href="#a"/></svg> tail')
    drawing = content.find(f"{tree.SVG}svg")
    assert drawing is not None
    assert (dict(drawing.attrib), drawing.tail) == ({"viewBox": "0 0 1 1"}, " tail")
    assert dict(drawing[0].attrib) == {"{http://www.w3.org/1999/xlink}href": "#a"}
    assert etree.tostring(drawing, with_tail=False).startswith(f"<svg {_SVG}".encode())


def test_plain_text_has_no_tags_and_nothing_that_xml_does_not_allow() -> None:
    assert tree.plain("A\x07&#1; <b>bell</b> &amp; more") == "A bell & more"
    assert tree.plain("<code>&amp;#7;</code> is a bell") == "&#7; is a bell"  # the words of a page
    assert tree.plain(f"&#{'9' * 5000}; is none") == "is none"


_NAMES = """a b body button code details div dl dt dd em figure h1 h2 img input li p path pre rp rt
    ruby source span sup svg table tbody td tr ul video wbr""".split()
_PIECES = st.sampled_from(
    [f"<{name}>" for name in _NAMES] + [f"</{name}>" for name in _NAMES] + ["word ", "x &amp; y "]
)


@given(st.lists(_PIECES, max_size=12))
def test_no_word_is_lost_or_moved(pieces: list[str]) -> None:
    html = "".join(pieces)
    content = tree.parse(html)
    assert _words(content) == _words(html5lib.parseFragment(html, treebuilder="etree"))
    assert _words(tree.parse(tree.html(content))) == _words(content)


def _words(content: Element | tree.Element) -> list[str]:
    return "".join(content.itertext()).split()
