"""Reading a translated page: what is not current says so, and the other text is at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html as lxml_html

from unfinished import OLD


def _article(file: Path) -> lxml_html.HtmlElement:
    parser = lxml_html.HTMLParser(encoding="utf-8")
    return lxml_html.document_fromstring(file.read_bytes(), parser=parser).find(".//article")


@pytest.fixture(scope="module")
def guide(edited: Path) -> lxml_html.HtmlElement:
    return _article(edited / "es/guide/index.html")


@pytest.fixture(scope="module")
def document(edited: Path) -> lxml_html.HtmlElement:
    return _article(edited / "es/document/index.html")


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
        assert len(page.xpath(".//details[@class='passage']")) == len(OLD)
        assert page.xpath(".//p//details | .//h1//details | .//label//details") == []
        assert page.xpath(".//*[@data-current]") == []


def test_a_guide_keeps_the_older_translation_and_hides_the_current_text(
    guide: lxml_html.HtmlElement,
) -> None:
    paragraph = guide.xpath(".//p[span[@class='changed']]")[0]
    _number, label, passage = paragraph.xpath("./*")
    assert (label.text, passage.text_content()) == ("versión anterior", "Un viejo párrafo.\u20601")
    behind = paragraph.getnext()
    assert behind.get("open") is None
    summary, current = behind.xpath("./*")
    assert summary.text == "El texto actual, en inglés"
    assert current.text_content() == "A new paragraph, with a note.\u20601"
    assert (current.get("lang"), current.get("dir")) == ("en", "ltr")
    assert current.xpath("self::*[@data-search-exclude]/a/@href") == ["../"]


def test_a_key_document_shows_the_current_text_first(document: lxml_html.HtmlElement) -> None:
    paragraph = document.xpath(".//p[span[@class='edited']]")[0]
    _number, label, passage = paragraph.xpath("./*")
    assert label.text == "cambiado desde la traducción"
    assert passage.text_content() == "A new paragraph, with a note.\u20601"
    assert (passage.get("lang"), passage.get("dir")) == ("en", "ltr")
    behind = paragraph.getnext()
    assert behind.get("open") is not None
    assert behind.xpath("string(p)") == "Un viejo párrafo.\u20601"
    assert "en inglés, cada uno con la traducción anterior" in document.xpath("string(aside)")


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
    assert (missing.get("lang"), missing.getprevious().text) == ("en", "sin traducir")
    assert missing.getparent().getnext().get("class") != "passage"


def test_search_leaves_out_what_stands_in_another_language(
    guide: lxml_html.HtmlElement, document: lxml_html.HtmlElement
) -> None:
    for page in (guide, document):
        foreign = page.xpath(".//*[@lang='en'][not(ancestor::template)]")
        assert len(foreign) == len(OLD) + 1
        assert [each for each in foreign if each.get("data-search-exclude") is None] == []


# How much is current ---------------------------------------------------------------------------


def test_the_share_of_a_page_that_is_current_is_counted_in_words(edited: Path) -> None:
    """Three short units of sixteen are current; in words they are less."""
    notice = _article(edited / "es/guide/index.html").xpath("string(aside)")
    assert "Solo una pequeña parte de esta página" in notice


def test_an_older_heading_is_named_by_its_source_where_no_label_stands(edited: Path) -> None:
    """The title, the navigation, the contents and the search."""
    page = lxml_html.parse(edited / "es/guide/index.html")
    assert page.findtext(".//title").startswith("The new page")
    links = page.xpath("//nav//a[contains(@class, 'md-nav__link')]")
    named = {" ".join(link.text_content().split()) for link in links}
    assert named >= {"The new page", "A new heading"}
    assert not named & {"La vieja página", "Un viejo título"}
    found = json.loads((edited / "search/es.json").read_text("utf-8"))["pages"]
    titles = {title for each in found for _, title, _ in each["sections"]}
    assert titles == {"The new page", "A new heading"}


# Where a page is edited ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "label", "file"),
    [
        ("guide", "Edit this page", "docs/en/guide.md"),
        ("es/guide", "Mejorar esta traducción", "translations/es/guide.po"),
    ],
)
def test_the_foot_of_a_page_leads_to_where_it_is_edited(
    edited: Path, page: str, label: str, file: str
) -> None:
    links = _article(edited / page / "index.html").xpath("aside[@class='foot']//a")
    root = "https://github.com/handbook/handbook"
    assert (links[0].text.strip(), links[0].get("href")) == (label, f"{root}/edit/main/{file}")
    assert links[1].get("href") == root
