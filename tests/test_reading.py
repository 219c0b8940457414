"""Reading a translated page: what is not current says so, and the other text is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT
from lxml import html as lxml_html

from bitext import volume
from press import build, tree

# A handbook of a guide and a key document with the same words ------------------------------------

_WORDS = """\
# The *new* page

A [new](index.md) paragraph, with a note.[^1]

## A new heading { #heading }

- A new item

    - below it

| A new head | Second |
| --- | --- |
| A new cell | Second |

A new term
:   A new *definition*.

!!! note "A new title"
    Text.

??? note "A new summary"
    Text.

=== "A new tab"

    Text.

Nobody has translated this.

[^1]: A new note.
"""
_CATALOG = """\
msgid ""
msgstr ""
"Language: es\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
_OLD = {
    "The *new* page": "La *vieja* página",
    "A [new](index.md) paragraph, with a note.[^1]": "Un [viejo](index.md) párrafo.[^1]",
    "A new heading": "Un viejo título",
    "A new item": "Un viejo punto",
    "A new head": "Una vieja cabecera",
    "A new cell": "Una vieja celda",
    "A new term": "Un viejo término",
    "A new *definition*.": "Una vieja *definición*.",
    "A new title": "Un viejo rótulo",
    "A new summary": "Un viejo resumen",
    "A new tab": "Una vieja pestaña",
    "A new note.": "Una vieja nota.",
}
_CURRENT = {"below it": "debajo", "Second": "Segunda", "Text.": "Texto."}


def _catalog() -> str:
    units = [
        f'\n#, fuzzy\n#| msgid "An old text"\nmsgid "{new}"\nmsgstr "{old}"\n'
        for new, old in _OLD.items()
    ]
    units += [f'\nmsgid "{new}"\nmsgstr "{own}"\n' for new, own in _CURRENT.items()]
    return _CATALOG + "".join(units)


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of that handbook, most of whose passages have changed since they were translated."""
    root = tmp_path_factory.mktemp("edited")
    for folder in ("hooks", "theme"):
        (root / folder).symlink_to(ROOT / folder)
    for folder in ("docs/en", "translations/es"):
        (root / folder).mkdir(parents=True)
    (root / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    (root / "mkdocs.yml").write_text(f"INHERIT: {ROOT / 'mkdocs.yml'}\nnav: null\n", "utf-8")
    (root / "docs/en/index.md").write_text("# Home\n", "utf-8")
    for name, front in (("guide", "description: A guide."), ("document", "status: draft")):
        (root / f"docs/en/{name}.md").write_text(f"---\n{front}\n---\n\n{_WORDS}", "utf-8")
        (root / f"translations/es/{name}.po").write_text(_catalog(), "utf-8")
    assert build.build(root).problems == ()
    return root / "site/es"


def _article(file: Path) -> lxml_html.HtmlElement:
    parser = lxml_html.HTMLParser(encoding="utf-8")
    return lxml_html.document_fromstring(file.read_bytes(), parser=parser).find(".//article")


@pytest.fixture(scope="module")
def guide(edited: Path) -> lxml_html.HtmlElement:
    return _article(edited / "guide/index.html")


@pytest.fixture(scope="module")
def document(edited: Path) -> lxml_html.HtmlElement:
    return _article(edited / "document/index.html")


_PLACES = """h1/following-sibling::*[1] h1/following-sibling::p[1]/following-sibling::*[1]
    h2/following-sibling::*[1] ul/li/* table//th/* table//td/* dl/dt/* dl/dd/*
    div[contains(@class,'admonition')]/* details[@class='note']/*
    div[contains(@class,'tabbed-set')]/* div[@class='footnote']//li/*""".split()


@pytest.mark.parametrize("place", _PLACES)
@pytest.mark.parametrize("name", ["guide", "document"])
def test_the_other_text_stands_where_html_allows_it(
    name: str, place: str, request: pytest.FixtureRequest
) -> None:
    page = request.getfixturevalue(name)
    behind = [each for each in page.xpath(f".//{place}") if each.get("class") == "passage"]
    assert len(behind) == 1


def test_each_changed_passage_has_its_other_text(
    guide: lxml_html.HtmlElement, document: lxml_html.HtmlElement
) -> None:
    for page in (guide, document):
        assert len(page.xpath(".//details[@class='passage']")) == len(_OLD)
        assert page.xpath(".//p//details | .//h1//details | .//label//details") == []
        assert page.xpath(".//*[@data-current]") == []


def test_a_guide_keeps_the_older_translation_and_hides_the_current_text(
    guide: lxml_html.HtmlElement,
) -> None:
    paragraph = guide.xpath(".//p[span[@class='changed']]")[0]
    label, passage = paragraph.xpath("./*")
    assert (label.text, passage.text_content()) == ("older version", "Un viejo párrafo.\u20601")
    behind = paragraph.getnext()
    assert behind.get("open") is None
    summary, current = behind.xpath("./*")
    assert summary.text == "The current text, in inglés"
    assert current.text_content() == "A new paragraph, with a note.\u20601"
    assert (current.get("lang"), current.get("dir")) == ("en", "ltr")
    assert current.xpath("self::*[@data-search-exclude]/a/@href") == ["../"]


def test_a_key_document_shows_the_current_text_first(document: lxml_html.HtmlElement) -> None:
    paragraph = document.xpath(".//p[span[@class='edited']]")[0]
    label, passage = paragraph.xpath("./*")
    assert label.text == "changed since it was translated"
    assert passage.text_content() == "A new paragraph, with a note.\u20601"
    assert (passage.get("lang"), passage.get("dir")) == ("en", "ltr")
    behind = paragraph.getnext()
    assert behind.get("open") is not None
    assert behind.xpath("string(p)") == "Un viejo párrafo.\u20601"
    assert "in inglés, with the older translation" in document.xpath("string(aside)")


def test_no_id_stands_twice_and_notes_lead_to_the_translation(
    guide: lxml_html.HtmlElement, document: lxml_html.HtmlElement
) -> None:
    for page in (guide, document):
        ids = page.xpath(".//@id")
        assert len(ids) == len(set(ids))
        [back] = page.xpath(".//a[@class='footnote-backref']/@href")
        assert page.xpath(f".//span[@class='changed']/sup[@id='{back[1:]}']")


def test_what_is_missing_has_a_label_and_no_other_text(guide: lxml_html.HtmlElement) -> None:
    [missing] = guide.xpath(".//span[@class='missing']")
    assert (missing.get("lang"), missing.getprevious().text) == ("en", "not translated yet")
    assert missing.getparent().getnext().get("class") != "passage"


def test_search_leaves_out_what_stands_in_another_language(
    guide: lxml_html.HtmlElement, document: lxml_html.HtmlElement
) -> None:
    for page in (guide, document):
        foreign = page.xpath(".//*[@lang='en']")
        assert len(foreign) == len(_OLD) + 1
        assert [each for each in foreign if each.get("data-search-exclude") is None] == []


def test_a_page_that_was_taken_apart_is_put_together_again() -> None:
    html = '<p>1 &lt; 2 <b>“x”</b><br></p>\n<svg viewBox="0 0 1 1"><path d="M0"></path></svg>\n'
    assert tree.html(tree.parse(html)) == html


# How much is current ---------------------------------------------------------------------------


def test_the_share_of_a_page_that_is_current_is_counted_in_words(edited: Path) -> None:
    """Three short units of sixteen are current; in words they are less."""
    notice = _article(edited / "guide/index.html").xpath("string(aside)")
    assert "A small part of this page" in notice


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("One two-three, don't 3.5.", 4),
        ("[Two words](https://four.example/words/in/it)", 2),
        ("**Words** and <span>tags</span>[^note]", 3),
        ("参加型社会のためのハンドブック", 5),
        ("IOPSは2012年に", 3),
        ("สังคมแบบมีส่วนร่วม", 3),
        ("—", 1),
    ],
)
def test_words_are_counted_in_any_script(message: str, words: int) -> None:
    assert volume.words(message) == words
