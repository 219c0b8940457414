"""The glossary's terms on all pages: which are marked, what they show, who uses them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin

import pytest
from lxml import html as lxml_html
from playwright.sync_api import Browser, Locator, Page, expect

from places import ROOT
from press.core import editions
from press.frame import links
from press.make import build
from press.markdown import renderers
from press.pages import glossary
from sites import Built

RENDER = renderers.whole()
LANGUAGES = ("en", "es", "ja")


def marked(text: str, language: str = "en", entries: str = "", older: str = "") -> list[str]:
    """The terms that are marked on a page, by what they lead to: `council: councils`."""
    read = glossary.read(RENDER(entries or ENTRIES[language]), language, older)
    html = RENDER(text)
    linked = glossary.link(html, read, "g/")
    assert re.sub(r'<a class="term" [^>]*>(.*?)</a>', r"\1", linked, flags=re.DOTALL) == html
    return [f"{key}: {term}" for key, term in _TERM.findall(linked)]


_TERM = re.compile(r'<a class="term" href="g/#([^"]+)">(.*?)</a>', re.DOTALL)
ENTRIES = {
    "en": """
council { #council }
:   A body in which people take part.

nested councils { #nested }
:   Councils in levels.

polity { #polity }
:   Where decisions are made.

branch { #branch }
:   The chapters of one country.

Consultative Committee (ICC) { #icc }
:   A body for the time being.

chapter / local group { #chapter }
:   People who meet.
""",
    "es": """
visión { #vision }
:   Una imagen.

consejos anidados { #nested }
:   Consejos en niveles.

condición previa { #precondition }
:   Una meta.

señales con las manos { #signals }
:   Gestos.
""",
    "ja": """
評議会 { #council }
:   話し合いの場。

入れ子型評議会 { #nested }
:   何段にもつながった評議会。

参加 { #participation }
:   加わること。

ビジョン { #vision }
:   大まかな絵。
""",
}


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "A council, its councils.", ["council: council"]),
        ("en", "Councils met. Polities differ.", ["council: Councils", "polity: Polities"]),
        ("en", "**Councils** met, (councils) too.", ["council: Councils"]),
        ("en", "The branches met.", ["branch: branches"]),
        ("en", "A nested council is no council.", ["nested: nested council", "council: council"]),
        ("en", "nested\ncouncils", ["nested: nested\ncouncils"]),
        ("en", "The ICC, or Consultative Committee.", ["icc: ICC"]),
        ("en", "A local group.", ["chapter: local group"]),
        ("en", "A councillor; a by-council; inter-council talks; councils2.", []),
        ("en", "See the Council page. The consultative committee and an icc.", []),
        ("es", "Las visiones. ¿Visión? Visionaria.", ["vision: visiones"]),
        ("es", "¿Visión o no?", ["vision: Visión"]),
        ("es", "Un consejo anidado.", ["nested: consejo anidado"]),
        ("es", "Las condiciones previas.", ["precondition: condiciones previas"]),
        ("es", "Una señal con la mano.", ["signals: señal con la mano"]),
        ("es", "La página Visión, las previsiones y la división.", []),
        ("ja", "入れ子型評議会は評議会です。", ["nested: 入れ子型評議会", "council: 評議会"]),
        ("ja", "IOPSの評議会で", ["council: 評議会"]),
        ("ja", "参加者は参加しました。", ["participation: 参加"]),
        ("ja", "大評議会、評議会長、ビジョンマップ、テレビジョン", []),
    ],
)
def test_terms_are_found_in_their_simple_forms(language: str, text: str, found: list[str]) -> None:
    assert marked(text, language) == found


def test_a_term_is_marked_once_a_section() -> None:
    text = "A council.\n\nA council.\n\n## One\n\nA council.\n\n### Two\n\nA council.\n"
    assert marked(text) == ["council: council"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "# A council\n\n## A council\n\n### A council",
        "[A council](there.md) and `council`",
        "```\ncouncil\n```",
        '??? note "A council"\n    Text.',
        '!!! note "A council"\n    Text.',
        "- [ ] A council, on a label to be clicked",
        '=== "A council"\n\n    Text.',
        "| A council |\n| --- |\n| Text |",
        "council\n:   Text.",
        'Text <span lang="es">council</span>',
        'Text <small class="state">council</small>',
        '<figure class="diagram"><svg viewBox="0 0 1 1"><text>council</text></svg></figure>',
        "Text.[^1]\n\n[^1]: The council's minutes.",
        "A council of street dogs.\n{: .everyday }",
    ],
)
def test_words_that_are_no_running_text_are_left_alone(text: str) -> None:
    assert marked(text) == []


def test_what_stands_after_such_words_is_marked() -> None:
    text = "# A council\n\nText `x <b>` [council](a.md) councils."
    assert marked(text) == ["council: councils"]


@pytest.mark.parametrize(
    "entry",
    [
        "council\n:   Has no id.",
        "council { #council .everyday }\n:   An everyday word.",
        "council { #council .everyday-es .everyday-en }\n:   An everyday word here.",
        'council { #council }\n:   <span class="missing" lang="es">Un órgano.</span>',
        '<span class="missing" lang="es">council</span> { #council }\n:   A body.',
    ],
)
def test_entries_that_are_not_marked(entry: str) -> None:
    assert marked("A council.", entries=entry) == []
    assert marked("A council.", entries=f"{entry}\n\npolity {{ #polity }}\n:   Text.") == []


def test_everyday_words_are_everyday_words_in_one_language() -> None:
    entry = "council { #council .everyday-es }\n:   A body."
    assert marked("A council.", entries=entry) == ["council: council"]


def test_several_names_share_an_entry() -> None:
    entry = "council { #council }\nboard\n:   A body."
    assert marked("The board.", entries=entry) == ["council: board"]


def test_a_definition_is_told_without_links_and_says_if_it_is_older() -> None:
    entry = (
        "council { #council }\n:   A *body*, see [there](there.md).\n\n"
        'polity { #polity }\n:   <span class="changed">As it was.</span>\n'
    )
    entries = glossary.read(RENDER(entry), "en", "older").entries
    assert entries["council"].definition == "A <em>body</em>, see there."
    assert entries["polity"].definition == (
        '<small class="state">older</small> <span class="changed">As it was.</span>'
    )


# The handbook ------------------------------------------------------------------------------------

Pages = dict[tuple[str, str], lxml_html.HtmlElement]


@pytest.fixture(scope="module")
def pages(built: Built) -> Pages:
    """Every page of the site by language and address."""
    config = build.configuration(ROOT)
    paths = editions.of(config).sources
    return {
        (language, links.address(path, language, config)): lxml_html.document_fromstring(
            (built[0] / links.file(path, language, config)).read_bytes(),
            parser=lxml_html.HTMLParser(encoding="utf-8"),
        )
        for path in paths
        for language in LANGUAGES
    }


def _glossary(pages: Pages, language: str) -> tuple[str, lxml_html.HtmlElement]:
    return next(
        (address, page)
        for (tongue, address), page in pages.items()
        if tongue == language and address.endswith("reference/glossary/")
    )


def _terms(pages: Pages, language: str) -> Iterator[tuple[str, lxml_html.HtmlElement]]:
    for (tongue, address), page in pages.items():
        if tongue == language:
            for term in page.xpath("//a[@class='term']"):
                yield address, term


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_leads_to_its_entry_and_has_its_definition(pages: Pages, language: str) -> None:
    there, entries = _glossary(pages, language)
    ids = set(entries.xpath("//dt/@id"))
    assert len(ids) >= 55
    found = list(_terms(pages, language))
    assert len(found) > 250
    for address, term in found:
        page, key = urldefrag(urljoin(f"https://a/{address}", term.get("href")))
        assert (page, key in ids) == (f"https://a/{there}", True)
        told = term.xpath("//dl[@class='definitions'][@hidden]/dd[@id=$id]", id=f"definition-{key}")
        assert len(told) == 1
        assert told[0].text_content().strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_lists_the_pages_that_use_it(pages: Pages, language: str) -> None:
    there, entries = _glossary(pages, language)
    used: dict[str, set[str]] = {}
    for address, term in _terms(pages, language):
        key = urldefrag(term.get("href"))[1]
        used.setdefault(key, set()).add(urljoin("https://a/", address))
    listed = {
        entry.get("id"): {
            urljoin(f"https://a/{there}", link)
            for link in entry.xpath(
                "following-sibling::dd[@class='used'][preceding-sibling::dt[1]/@id = $id]//a/@href",
                id=entry.get("id"),
            )
        }
        for entry in entries.xpath("//dt[@id]")
    }
    assert {key: pages for key, pages in listed.items() if pages} == used
    folded = entries.xpath("//dd[@class='used']/details")
    assert folded
    assert all(len(each.xpath(".//a")) > glossary.FEW for each in folded)


def test_sheets_and_the_glossary_have_no_terms(pages: Pages) -> None:
    for (_, address), page in pages.items():
        if "/sheets/" in f"/{address}" and not address.endswith("sheets/"):
            assert page.xpath("//div[@class='sheet']")
            assert not page.xpath("//a[@class='term'] | //dl[@class='definitions']")
    for language in LANGUAGES:
        assert not _glossary(pages, language)[1].xpath("//article//a[@class='term']")


def test_search_finds_the_words_and_not_the_machinery(built: Built) -> None:
    told = {
        language: (built[0] / "search" / f"{language}.json").read_text("utf-8")
        for language in LANGUAGES
    }
    assert "planned as a federation built" in told["en"]
    assert not re.search("Used in:|Used in [0-9]|Entry in the glossary", told["en"])
    assert not re.search("Se usa en|Entrada del glosario", told["es"])
    assert not re.search("使っているページ|用語集の項目", told["ja"])


# In a browser ------------------------------------------------------------------------------------


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on a desk, with a mouse."""
    with browser.new_context(viewport={"width": 1000, "height": 700}) as context:
        yield context.new_page()


def _term(page: Page) -> tuple[Locator, Locator]:
    return page.locator("a.term[href$='#federation']").first, page.locator(".definition")


def test_the_pointer_shows_a_definition_that_can_be_reached_and_put_away(
    page: Page, served: str
) -> None:
    page.goto(f"{served}/es/structure/")
    term, box = _term(page)
    term.hover()
    expect(box).to_be_visible()
    expect(box).to_contain_text("Unión cuyas partes conservan su autonomía")
    expect(box.get_by_role("link")).to_have_text("Entrada del glosario")
    box.hover()
    page.wait_for_timeout(400)  # longer than the box waits before it goes
    expect(box).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    term.hover()
    expect(box).to_be_visible()
    page.locator("h1").hover()
    expect(box).to_be_hidden()


def test_the_keyboard_shows_a_definition_and_goes_to_its_entry(page: Page, served: str) -> None:
    page.goto(f"{served}/structure/")
    term, box = _term(page)
    expect(term).to_have_accessible_description(re.compile("^A union whose parts keep"))
    term.evaluate(
        "term => { [...document.links].at([...document.links].indexOf(term) - 1).focus() }"
    )
    page.keyboard.press("Tab")
    expect(term).to_be_focused()
    expect(box).to_be_visible()
    page.mouse.move(5, 300)
    page.wait_for_timeout(400)
    expect(box).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(term).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reference/glossary/#federation")
    expect(page.locator("dt:target")).to_have_text("federation")


def test_the_first_tap_shows_a_definition_and_its_link_leads_on(
    browser: Browser, served: str
) -> None:
    phone = {"width": 360, "height": 640}
    with browser.new_context(viewport=phone, has_touch=True, is_mobile=True) as context:
        page = context.new_page()
        page.goto(f"{served}/ja/structure/")
        term, box = _term(page)
        term.tap()
        expect(box).to_be_visible()
        assert page.url.endswith("/ja/structure/")
        place = box.bounding_box()
        assert place
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= 360
        page.locator("h1").tap()
        expect(box).to_be_hidden()
        term.tap()
        box.get_by_role("link").tap()
        page.wait_for_url("**/ja/reference/glossary/#federation")


def test_without_scripts_a_term_is_a_link_and_nothing_else(browser: Browser, served: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{served}/structure/")
        term, box = _term(page)
        expect(box).to_have_count(0)
        expect(page.locator(".definitions")).to_be_hidden()
        term.click()
        page.wait_for_url("**/reference/glossary/#federation")


def test_on_paper_terms_are_words(page: Page, served: str) -> None:
    page.goto(f"{served}/structure/")
    term, box = _term(page)
    term.focus()
    expect(box).to_be_visible()
    page.emulate_media(media="print")
    expect(box).to_be_hidden()
    expect(term).to_have_css("text-decoration-line", "none")
