"""Search as readers use it: in the box of the built handbook, in each language.

tests/texts/search/<language>.txt holds what is typed and the page that has to come first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from figures import Tell
from folders import ROOT, TEXTS
from handbook.bitext.project.handbook import Handbook
from sites import Built

QUERIES = TEXTS / "search"
HOMES = {"en": "/", "es": "/es/", "ja": "/ja/"}
NOTHING = "—"
MOVED = 3


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page."""
    with browser.new_page() as page:
        yield page


def visit(page: Page, address: str) -> None:
    """Open a page and wait until its search box is ready."""
    page.goto(address, wait_until="networkidle")
    ready = json.loads(page.locator("#__config").inner_text())["translations"]
    page.wait_for_function(f"{_TOLD}.trim() === {json.dumps(ready['search.result.placeholder'])}")


def ask(page: Page, query: str) -> None:
    """Type a query and wait until its results are there."""
    page.evaluate(f"{_TOLD} = ''")
    page.locator("[data-md-component=search-query]").fill(query)
    page.wait_for_function(f"{_TOLD} && {_TOLD} !== {_LOADING}")


_TOLD = "document.querySelector('.md-search-result__meta').textContent"
_LOADING = "document.querySelector('.search-ways').dataset.loading"


def first(page: Page) -> str:
    """The address of the first result on this host, without a place on its page."""
    links = page.locator(".md-search-result__item:first-child > a")
    return urlsplit(str(links.first.get_attribute("href"))).path if links.count() else NOTHING


def table(language: str) -> dict[str, str]:
    """What is typed, and the page that has to come first."""
    lines = (QUERIES / f"{language}.txt").read_text("utf-8").splitlines()
    rows = (re.split(r"\s{2,}", line) for line in lines if line and not line.startswith("#"))
    return dict(rows)


@pytest.mark.parametrize("language", HOMES)
def test_the_right_page_comes_first(page: Page, served: str, language: str, tell: Tell) -> None:
    """An edit of a page or of its keywords may move a few; more would be the program's doing."""
    visit(page, served + HOMES[language])
    wrong = {}
    for query, expected in table(language).items():
        ask(page, query)
        if (found := first(page).removeprefix(HOMES[language]) or "/") != expected:
            wrong[query] = found
    tell(f"Queries of 60 that lead to another page, {language}", len(wrong), f"at most {MOVED}")
    assert len(wrong) <= MOVED, wrong


@pytest.mark.parametrize(("language", "least"), [("en", 60), ("es", 60), ("ja", 50)])
def test_browsers_that_divide_no_words_find_nearly_as_much(
    browser: Browser, served: str, language: str, least: int, tell: Tell
) -> None:
    with browser.new_page(service_workers="block") as page:
        page.route(_SCRIPTS, _aged)
        visit(page, served + HOMES[language])
        assert page.workers[0].evaluate("typeof Intl.Segmenter") == "undefined"
        right = 0
        for query, expected in table(language).items():
            ask(page, query)
            right += (first(page).removeprefix(HOMES[language]) or "/") == expected
    tell(f"Queries of 60 answered right without word division, {language}", right, f"{least}")
    assert right >= least


_SCRIPTS = re.compile(r"/assets/search(/\w+)?\.js$")


def _aged(route: Route) -> None:
    """A script of the worker, in a browser as old as those that can just run it."""
    response = route.fetch()
    assert not re.search(r"\(\?<[=!]", response.text())  # a script with it is no script to them
    route.fulfill(response=response, body=f"{_GONE}; {response.text()}")


_GONE = "delete Intl.Segmenter; delete Array.prototype.toSorted; delete Array.prototype.findLast"


FAR = [
    ("en", "babysitting", "toolkit/access/"),
    ("es", "guardería", "toolkit/access/"),
    ("ja", "保育", "toolkit/access/"),
    ("en", "brands", "toolkit/security/"),
    ("es", "autoevaluación", "toolkit/health-check/"),
]


def test_pages_are_found_by_words_that_stand_nowhere_on_them(page: Page, served: str) -> None:
    """An edit may put one of them on its page, or take it from the list of keywords."""
    right = []
    for language, query, path in FAR:
        visit(page, served + HOMES[language])
        ask(page, query)
        shown = page.locator(".md-search-result__item:first-child article").first
        if first(page) == HOMES[language] + path and query not in shown.inner_text():
            right.append(query)
    assert len(right) >= len(FAR) - 1, right


@pytest.mark.parametrize("language", HOMES)
def test_the_queries_are_many_and_a_fourth_find_nothing(language: str) -> None:
    expected = list(table(language).values())
    assert (len(expected), expected.count(NOTHING)) == (60, 15)


@pytest.mark.parametrize("language", HOMES)
def test_an_index_holds_the_pages_of_its_language(built: Built, language: str) -> None:
    index = json.loads((built[0] / f"search/{language}.json").read_text("utf-8"))
    folders = {
        section[0].partition("/")[0] for page in index["pages"] for section in page["sections"]
    }
    assert (folders == {language}) if language != "en" else not folders & {"es", "ja"}
    pages = next(each.pages for each in built[1].languages if each.language == language)
    handbook = Handbook.open(ROOT)
    foreign = [each for each in handbook.sources() if each.language != language]
    known = (handbook.tally(each, language) for each in foreign)
    assert len(index["pages"]) == pages - sum(not each.current + each.changed for each in known)


@pytest.mark.parametrize("language", HOMES)
def test_terms_that_the_glossary_defines_are_places_to_go_to(
    page: Page, served: str, language: str
) -> None:
    visit(page, served + HOMES[language])
    ask(page, {"en": "what is mutual aid", "es": "ayuda mutua", "ja": "相互扶助とは"}[language])
    assert first(page) == f"{HOMES[language]}reference/glossary/"
    links = page.locator(".md-search-result__item:first-child a")
    addresses = links.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert any(urlsplit(each).fragment == "mutual-aid" for each in addresses)


@pytest.mark.parametrize("start", ["/", "/es/toolkit/money/", "/ja/404.html"])
def test_the_index_is_fetched_when_the_search_box_is_entered(
    page: Page, served: str, start: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    visit(page, served + start)
    assert [path for path in asked if "/search/" in path or "/lunr/" in path] == []
    page.locator("[data-md-component=search-query]").focus()
    for query in ("IOPS", "IOPS 2012"):
        ask(page, query)
    language = next(each for each in ("es", "ja", "en") if start.startswith(HOMES[each]))
    # Twice where the host lets nothing be kept: by the page, and by the search worker.
    assert {path for path in asked if path.startswith("/search/")} == {f"/search/{language}.json"}


def test_results_show_words_of_the_page_and_lead_there(page: Page, served: str) -> None:
    visit(page, f"{served}/es/toolkit/money/")
    ask(page, "spokescouncil")
    result = page.locator(".md-search-result__item:first-child")
    marked = {each.lower() for each in result.locator("mark").all_text_contents()}
    assert marked >= {"consejo", "portavoces"}
    teasers = result.locator("article").evaluate_all(_TEASERS)
    page.locator("[data-md-component=search-query]").press("Enter")
    page.wait_for_url(f"{served}/es/toolkit/delegates/**")
    read = _words(page.locator("article.md-content__inner").inner_text())
    assert len(teasers) > 1
    for teaser in teasers:
        assert set(_words(teaser)) <= set(read)


_TEASERS = """articles => articles.map(article => [...article.childNodes]
    .filter(node => !/H[12]/.test(node.nodeName)).map(node => node.textContent).join(""))"""


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
