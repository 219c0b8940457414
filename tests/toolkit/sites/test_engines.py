"""In Firefox, and in WebKit, the engine of Safari: much is done otherwise there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import engines
import hosting
from engines import ENTER, ESCAPE, TAB, Engine
from sites import Built

TABS = "/strategy/barriers/"
TERM = "a.term[href$='#federation']"


@pytest.fixture(scope="module", params=[engines.firefox, engines.webkit])
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """A browser on a desk."""
    with request.param(tmp_path_factory.mktemp("profile")) as engine:
        engine.resize(1280, 800)
        yield engine


_ASK = """const box = document.querySelector("[data-md-component=search-query]")
document.querySelector(".md-search-result__meta").textContent = ""
box.focus()
box.value = arguments[0]
box.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }))"""
_TOLD = "document.querySelector('.md-search-result__meta').textContent.trim()"
_CONFIGURED = "JSON.parse(document.querySelector('#__config').textContent).translations"
_READY = f"{_TOLD} === {_CONFIGURED}['search.result.placeholder']"
_FIRST = "document.querySelector('.md-search-result__item > a')?.pathname"


@pytest.mark.parametrize(
    ("home", "query", "first"),
    [
        ("/", "consensus", "/toolkit/deciding/"),
        ("/", "2014", "/strategy/barriers/"),
        ("/es/", "votación", "/es/toolkit/deciding/"),
        ("/ja/", "夕食", "/ja/strategy/barriers/"),
        ("/ja/", "三分の二", "/ja/toolkit/deciding/"),
    ],
)
def test_words_of_each_language_are_found(
    engine: Engine, served: str, home: str, query: str, first: str
) -> None:
    engine.visit(served + home)
    engine.until(_READY)
    engine.run(_ASK, query)
    engine.until(_FIRST)  # the panel may say before that it is loading
    assert engine.run(f"return {_FIRST}") == first


def test_the_keyboard_reaches_every_link_and_passes_the_search(engine: Engine, served: str) -> None:
    engine.visit(served + TABS)
    links = engine.run(
        """return [...document.querySelectorAll("main a[href]:not([tabindex])")]
            .filter(each => each.checkVisibility({ visibilityProperty: true }))
            .map(each => each.href)"""
    )
    reached = []
    while links[-1] not in reached:
        engine.press(TAB)
        reached.append(engine.run("return document.activeElement.href"))
        assert len(reached) < 100
    assert not {*links} - {*reached}


def test_the_switcher_keeps_the_paragraph(engine: Engine, served: str) -> None:
    top = "document.querySelectorAll('article > p')[4]?.getBoundingClientRect().top"
    engine.visit(f"{served}/toolkit/deciding/")
    engine.run(f"scrollBy(0, {top} - 100)")
    engine.run("document.querySelector('.md-select a[hreflang=ja]').click()")
    engine.until(f"location.pathname.startsWith('/ja/') && Math.abs({top} - 100) < 6")
    assert engine.run("return location.hash") == "#fallback"


def test_a_term_shows_its_definition(engine: Engine, served: str) -> None:
    shown = "document.querySelector('.definition:popover-open')?.checkVisibility()"
    engine.visit(f"{served}/structure/")
    engine.point(TERM)
    engine.until(shown)
    engine.press(ESCAPE)
    engine.until("!document.querySelector('.definition')")
    engine.run(_FOCUS_BEFORE, TERM)
    engine.press(TAB)
    engine.until(shown)
    engine.press(ENTER)
    engine.until("document.querySelector('dt:target')?.textContent.startsWith('federation')")


_SELECT = """const node = document.querySelector("h1").firstChild
const at = node.data.indexOf(arguments[0])
getSelection().setBaseAndExtent(node, at, node, at + arguments[0].length)"""


def test_selected_words_are_written_over(engine: Engine, served: str) -> None:
    box = "document.querySelector('.at-words textarea')"
    engine.visit(f"{served}/toolkit/deciding/")
    engine.run(_SELECT, "together")
    engine.until(f"{box}?.value === 'together'")
    engine.press(*"sfn")  # which are shortcuts elsewhere
    engine.until(f"{box}.value === 'sfn'")
    engine.run("document.querySelector('.at-words [data-do=look]').click()")
    engine.until("document.querySelector('form.correct textarea')?.value === 'Deciding sfn'")
    engine.press(ESCAPE)
    engine.until("!document.querySelector('.at-words, form.correct')")


_FOCUS_BEFORE = """const links = [...document.links]
links[links.indexOf(document.querySelector(arguments[0])) - 1].focus()"""


def test_a_page_is_read_beside_itself_and_alone_again(engine: Engine, served: str) -> None:
    engine.visit(f"{served}/toolkit/deciding/?with=ja")
    engine.until("document.querySelector('.beside').textContent.includes('日本語')")
    assert engine.run("return document.querySelectorAll('.pair__other:lang(ja)').length") > 30
    engine.run("document.querySelector('.beside button').click()")
    engine.until("!document.querySelector('.pair') && !location.search")


def test_a_visited_page_is_there_without_a_connection(engine: Engine, built: Built) -> None:
    with hosting.serve(built[0]) as address:
        engine.visit(f"{address}/mission/")
        engine.until("caches.match(location.href).then(Boolean)")
    engine.visit(f"{address}/mission/?from=a-friend")
    assert "Mission" in engine.run("return document.querySelector('h1').textContent")
    engine.visit(f"{address}/es/mission/")
    assert "Sin conexión" in engine.run("return document.querySelector('h1').textContent")


def test_the_address_of_a_page_is_selected_as_a_whole(engine: Engine, served: str) -> None:
    engine.visit(f"{served}/mission/")
    style = "getComputedStyle(document.querySelector('.tools code'))"
    assert engine.run(f"return {style}.userSelect ?? {style}.webkitUserSelect") == "all"


@pytest.mark.parametrize("language", ["", "/es", "/ja"])
def test_no_page_is_wider_than_a_phone(engine: Engine, served: str, language: str) -> None:
    """In a frame, for no window is that narrow. Firefox shows bars that take room."""
    engine.visit(f"{served}/404.html")
    for page in ("/", TABS, "/mission/", "/toolkit/deciding/", "/sheets/agenda/"):
        engine.run(_FRAME, language + page)
        widths = engine.until(_WIDTHS)
        assert widths["scroll"] <= widths["client"], page


_FRAME = """const frame = document.createElement("iframe")
Object.assign(frame, { width: 360, height: 640, src: arguments[0] })
document.body.replaceChildren(frame)
return new Promise(done => { frame.onload = () => done(null) })"""
_WIDTHS = """(({ scrollWidth, clientWidth }) => ({ scroll: scrollWidth, client: clientWidth }))(
    document.querySelector("iframe").contentDocument.documentElement)"""
