"""Paragraphs in a browser: their numbers, their menu, what has changed in them, and corrections."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from handbook.bitext.project.handbook import Handbook
from handbook.bitext.receiving import corrections, labels, letter

DOCUMENT = "mission/"
GUIDE = "toolkit/deciding/"
TABS = "strategy/barriers/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    size = {"width": 1280, "height": 800}
    with browser.new_context(viewport=size, service_workers="block") as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield context.new_page()


def test_a_number_is_the_same_in_each_language_and_no_part_of_the_text(
    served: str, page: Page
) -> None:
    found = []
    for language in ("", "es/"):
        page.goto(f"{served}/{language}{DOCUMENT}")
        found.append(page.locator(".md-content a.number").all_inner_texts())
    assert found[0] == found[1]
    assert found[0][0] == "0.1"
    index = json.loads(page.request.get(f"{served}/search/en.json").text())
    texts = [text for each in index["pages"] for _, _, text in each["sections"]]
    assert not any(text.startswith("0.1") for text in texts)


def test_numbers_are_shown_on_key_documents_and_at_hand_elsewhere(served: str, page: Page) -> None:
    page.goto(f"{served}/{DOCUMENT}")
    opacity = "each => getComputedStyle(each).opacity"
    assert page.locator("a.number").first.evaluate(opacity) == "1"
    page.goto(f"{served}/{GUIDE}")
    number = page.locator("p > a.number").first
    assert number.evaluate(opacity) == "0"
    number.locator("xpath=..").hover()
    assert number.evaluate(opacity) == "1"
    page.goto(f"{served}/{GUIDE}{number.get_attribute('href')}")
    page.mouse.move(0, 0)
    assert page.locator("a.number:target").evaluate(opacity) == "1"


def test_by_keyboard_a_paragraph_is_reached_and_its_menu_used(served: str, page: Page) -> None:
    page.goto(f"{served}/{DOCUMENT}")
    page.locator("a.number[tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    menu = page.get_by_role("dialog", name="This paragraph")
    expect(menu.get_by_role("button", name="Copy link")).to_be_focused()
    page.keyboard.press("Enter")
    number = page.locator("a.number").nth(1)
    address = f"{served}/{DOCUMENT}{number.get_attribute('href')}"
    assert page.evaluate("navigator.clipboard.readText()") == address
    menu.get_by_role("button", name="Copy number and version").click()
    quoted = page.evaluate("navigator.clipboard.readText()")
    assert quoted.split("#")[0].endswith(f": {served}/{DOCUMENT}")
    assert "@" in quoted
    other = menu.get_by_role("link", name="Español").get_attribute("href")
    assert other
    assert other.endswith(f"es/{DOCUMENT}{number.get_attribute('href')}")
    page.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    expect(number).to_be_focused()


def test_a_link_with_a_version_says_what_it_found(served: str, page: Page) -> None:
    page.goto(f"{served}/{DOCUMENT}")
    version = page.locator(".passages").get_attribute("data-version")
    page.goto("about:blank")
    page.goto(f"{served}/{DOCUMENT}#p0.1@{version}")
    expect(page.locator(".passages")).to_have_text(
        f"0.1 of version {version}: nothing has changed."
    )
    assert page.evaluate("location.hash") == "#p0.1"
    page.goto("about:blank")
    page.goto(f"{served}/es/{DOCUMENT}#p0.1@0000000")
    expect(page.locator(".passages")).to_contain_text("dónde está ahora 0.1 de la versión 0000000")


@pytest.mark.parametrize("end", ["1f2e3d4", "2020-01-01", "1F2E3D4.", "undefined"])
def test_a_version_of_a_page_whose_versions_are_not_followed_is_not_passed_over(
    end: str, served: str, page: Page
) -> None:
    page.goto(f"{served}/{GUIDE}#p0.1@{end}")
    expect(page.locator(".passages")).to_contain_text("Where 0.1 of version")
    assert page.evaluate("location.hash") == "#p0.1"


def test_a_link_opens_the_tab_that_a_paragraph_is_in(served: str, page: Page) -> None:
    page.goto(f"{served}/{TABS}")
    hidden = page.locator(".tabbed-block:not(:first-child) a.number").first
    expect(hidden).to_be_hidden()
    number = hidden.get_attribute("href")
    page.goto("about:blank")
    page.goto(f"{served}/{TABS}{number}")
    expect(page.locator(f"[id='{(number or '').removeprefix('#')}']")).to_be_in_viewport()


def test_the_search_goes_to_a_number(served: str, page: Page) -> None:
    page.goto(served)
    page.locator(".md-search__input").click()
    page.keyboard.type("mission 0.1")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url(f"**/{DOCUMENT}**#p0.1")


def _edit(page: Page, edits: dict[str, str]) -> None:
    """Let the site serve a document with other words from now on: patterns, and what to put."""

    def edited(route: Route) -> None:
        text = route.fetch().text()
        for old, new in edits.items():
            text, count = re.subn(old, new, text)
            assert count
        route.fulfill(body=text, content_type="text/html")

    page.route(f"**/{DOCUMENT}", edited)


def test_what_has_changed_is_told_and_can_be_forgotten(served: str, page: Page) -> None:
    page.clock.install()
    page.goto(f"{served}/{DOCUMENT}")
    expect(page.locator(".since")).to_be_hidden()
    page.clock.run_for(10_000)
    page.goto(f"{served}/{GUIDE}")
    edits = {
        ">An independent restatement": ">A restatement",
        "What we hold dear<a": "What we value<a",
        "We part friends": "We part as friends",
        "2300 inhabitants": "2400 inhabitants",
    }
    _edit(page, edits)
    page.goto(f"{served}/{DOCUMENT}")
    expect(page.locator(".since a")).to_have_text(["0.1", "What we value", "2.8", "[1]"])
    expect(page.locator(".since-read")).to_have_count(4)
    _edit(page, {"<p[^>]*>(?:<a[^>]*>[^<]*</a>)?We read.*?</p>": ""})
    page.reload()
    expect(page.locator(".since")).to_contain_text(": 1.")
    expect(page.locator(".since-read")).to_have_count(0)
    page.get_by_role("button", name="Forget all and stop").click()
    page.clock.run_for(10_000)
    page.goto(f"{served}/{GUIDE}")
    assert not page.evaluate("Object.keys(localStorage).filter(each => each.includes('read /'))")
    page.goto(f"{served}/{DOCUMENT}")
    expect(page.locator(".since")).to_be_hidden()


def test_a_page_that_has_moved_is_known_by_its_old_address(served: str, page: Page) -> None:
    page.clock.install()
    page.goto(f"{served}/{GUIDE}")
    path = urlsplit(page.url).path.replace(GUIDE, "toolkit/old/choosing/")
    memory = json.dumps({"form": 2, "day": "2026-11-28T12:00:00Z", "texts": ["another"]})
    page.evaluate("each => localStorage.setItem(...each)", [f"handbook: read {path}", memory])
    page.reload()
    expect(page.locator(".since")).to_contain_text("on November 28, 2026: ")
    page.clock.run_for(10_000)
    page.goto(f"{served}/{DOCUMENT}")
    known = page.evaluate("Object.keys(localStorage).filter(each => each.includes('read /'))")
    assert [each.partition("toolkit")[2] for each in known] == ["/deciding/"]


def test_where_no_room_is_left_a_reader_can_still_stop(served: str, page: Page) -> None:
    page.add_init_script(
        """const keep = Storage.prototype.setItem
        Storage.prototype.setItem = function (key, value) {
            if (this.getItem("handbook: read /")) throw new DOMException("", "QuotaExceededError")
            keep.call(this, key, value)
        }"""
    )
    page.goto(f"{served}/{DOCUMENT}")
    page.evaluate("localStorage.setItem('handbook: read /', 'much')")
    page.get_by_role("button", name="Forget all and stop").click()
    expect(page.get_by_role("button", name="Remember it")).to_be_visible()


def test_raised_figures_are_part_of_a_text_and_signs_of_notes_are_not(
    served: str, page: Page
) -> None:
    page.goto(f"{served}/{DOCUMENT}")
    script = page.locator("script[src*='since']").get_attribute("src")
    words = page.evaluate(
        """async address => {
            const { wordsOf } = await import(address)
            const holder = document.createElement("p")
            holder.innerHTML = "10<sup>6</sup> trees<sup><a class='footnote-ref'>1</a></sup>"
            return wordsOf(holder)
        }""",
        page.evaluate("each => new URL(each, location.href).href", script),
    )
    assert words == "106 trees"


def test_a_page_that_waits_in_another_tab_is_not_read(served: str, page: Page) -> None:
    page.clock.install()
    page.add_init_script(
        "Object.defineProperty(document, 'hidden', {get: () => !window.isSeen, configurable: true})"
    )
    remembered = "Object.keys(localStorage).filter(each => each.includes('read /'))"
    for is_seen in (False, True):
        page.goto(f"{served}/{DOCUMENT}")
        page.clock.run_for(10_000)
        if is_seen:
            seen = "window.isSeen = true; document.dispatchEvent(new Event('visibilitychange'))"
            page.evaluate(seen)
            page.clock.run_for(10_000)
        page.goto(f"{served}/{GUIDE}")
        assert bool(page.evaluate(remembered)) == is_seen


def test_a_browser_that_refuses_to_remember_shows_the_page(served: str, page: Page) -> None:
    errors: list[object] = []
    page.on("pageerror", lambda error: errors.append(error))
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused') }})"
    )
    page.goto(f"{served}/{DOCUMENT}")
    expect(page.locator(".remember")).to_be_hidden()
    assert not [error for error in errors if "since" in str(error)]


def test_a_correction_is_sent_by_mail_or_saved(hosted: str, page: Page) -> None:
    page.goto(f"{hosted}/page/")
    page.locator(".md-content a.number").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Correct these words").click()
    box = page.get_by_role("textbox", name="Correct the words here")
    old = box.input_value()
    assert old
    page.get_by_role("button", name="Save as a file").click()
    expect(page.get_by_text("Nothing is changed yet.")).to_be_visible()
    box.fill("New words & more")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    made = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert (made["old"], made["new"], made["language"]) == (old, "New words & more", "en")
    assert made["page"] == "docs/en/page.md"
    page.evaluate("addEventListener('click', event => event.preventDefault())")
    mail = page.locator("[data-send=mail]")
    mail.click()
    address = mail.get_attribute("href") or ""
    assert address.startswith("mailto:keepers@example.org?subject=docs%2Fen%2Fpage.md")
    assert "New%20words%20%26%20more" in address
    box.press("Escape")
    expect(box).to_have_count(0)


SELECTED = """([text, words]) => {
    const content = document.querySelector(".md-content")
    const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT)
    let node
    while ((node = walker.nextNode())) {
        const at = node.data.indexOf(words)
        if (at < 0 || !node.parentElement.closest(text)) continue
        getSelection().setBaseAndExtent(node, at, node, at + words.length)
        return true
    }
}"""


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        (".footnote", "harm", "A “no” to a proposal that would harm the group."),
        ("h1", "Deciding", "Deciding together"),
        ("svg text", "agreement", "agreement"),
        ("p", "rare", "A block is rare. Whoever blocks helps to find another way."),
        ("dt", "resort", "Vote as a last resort:"),
        (".admonition-title", "begin", "Before you begin"),
        ("summary", "nobody", "If nobody speaks"),
    ],
)
def test_selected_words_are_corrected_and_seen_at_their_line(
    served: str, sample: Path, page: Page, text: str, words: str, whole: str
) -> None:
    page.goto(f"{served}/{GUIDE}")
    assert page.evaluate(SELECTED, [text, words])
    offered = page.locator(".at-words")
    source_link = offered.get_by_role("link", name="See its source")
    line = (source_link.get_attribute("href") or "").partition("#L")[2]
    source = (sample / "docs/en/toolkit/deciding.md").read_text("utf-8").split("\n")
    assert words in source[int(line) - 1]
    offered.get_by_role("button", name="Look at the whole text first").click()
    box = page.get_by_role("textbox", name="Correct the words here")
    expect(box).to_have_value(whole)
    assert box.evaluate("e => e.value.slice(e.selectionStart, e.selectionEnd)") == words
    box.fill(f"{whole} And more.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    made = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert (made["page"], made["old"]) == ("docs/en/toolkit/deciding.md", whole)
    box.press("Escape")
    expect(box).to_have_count(0)


@pytest.mark.parametrize("language", ["", "es/"])
def test_a_cell_is_corrected_alone_and_seen_at_its_own_line(
    served: str, sample: Path, page: Page, language: str
) -> None:
    page.goto(f"{served}/{language}{DOCUMENT}")
    cell = page.locator("td:nth-child(2)").first
    whole = cell.inner_text()
    cell.dblclick()
    offered = page.locator(".at-words")
    href = offered.get_by_role("link").get_attribute("href") or ""
    name = "translations/es/mission.po" if language else "docs/en/mission.md"
    assert f"/{name}?plain=1#L" in href
    lines = (sample / name).read_text("utf-8").split("\n")
    assert whole in lines[int(href.partition("#L")[2]) - 1]
    offered.locator("[data-do=look]").click()
    expect(page.locator("form.correct textarea")).to_have_value(whole)


def test_words_in_two_texts_or_none_are_offered_nothing(served: str, page: Page) -> None:
    page.goto(f"{served}/{GUIDE}")
    page.evaluate(SELECTED, ["h1", "Deciding"])
    expect(page.locator(".at-words")).to_be_visible()
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.md-content'))")
    expect(page.locator(".at-words")).to_have_count(0)
    page.evaluate(SELECTED, ["h1", "Deciding"])
    expect(page.locator(".at-words")).to_be_visible()
    page.evaluate("getSelection().removeAllRanges()")
    expect(page.locator(".at-words")).to_have_count(0)


def test_side_by_side_the_words_of_the_page_itself_are_corrected(served: str, page: Page) -> None:
    page.goto(f"{served}/{GUIDE}?with=es")
    expect(page.locator("h1 .pair__other")).to_have_text("Decidir en común")
    page.locator("p > a.number").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Correct these words").click()
    own = page.locator("p:has(> a.number) .pair__own").first.inner_text()
    expect(page.locator("form.correct textarea")).to_have_value(own)
    page.keyboard.press("Escape")
    page.evaluate(SELECTED, ["h1 .pair__own", "Deciding"])
    expect(page.locator(".at-words")).to_be_visible()
    page.evaluate(SELECTED, ["h1 .pair__other", "Decidir"])
    expect(page.locator(".at-words")).to_have_count(0)


PLACE = """text => {
    const range = document.createRange()
    range.selectNodeContents([...text.childNodes].find(each => each.data?.trim()))
    return range.getBoundingClientRect()
}"""


def test_select_retype_send_are_three_actions(hosted: str, page: Page) -> None:
    page.goto(f"{hosted}/page/")
    text = page.locator(".md-content p").filter(has=page.locator(":scope > a.number")).first
    whole = text.evaluate("e => e.textContent.replace(/^[0-9.]+/, '').trim()")
    page.evaluate("addEventListener('click', event => event.preventDefault())")
    place = text.evaluate(PLACE)
    page.mouse.dblclick(place["x"] + 4, place["y"] + 4)
    words = str(page.evaluate("String(getSelection())")).strip()
    offered = page.locator(".at-words")
    expect(offered.get_by_role("textbox")).to_have_value(words)
    mail = offered.get_by_role("link", name="Send by e-mail")
    expect(mail).to_be_hidden()  # there is nothing to send yet
    page.keyboard.type("s/n new")  # keys that are shortcuts elsewhere
    mail.click()
    sent = parse_qs(urlsplit(mail.get_attribute("href") or "").query)
    assert f"New text: {whole.replace(words, 's/n new', 1)}\r\n" in sent["body"][0]
    assert f"Old text: {whole}\r\n" in sent["body"][0]
    assert page.url.startswith(f"{hosted}/page/")


# MAINTAINING, "A newcomer's way", counts the steps of these.
@pytest.mark.parametrize(
    ("address", "text", "words", "file"),
    [
        ("ja/mission/", "p", "近所の人びと", "translations/ja/mission.po"),
        ("toolkit/deciding/", "svg text", "agreement", "docs/en/toolkit/deciding.md"),
        ("toolkit/deciding/", ".footnote", "harm", "docs/en/toolkit/deciding.md"),
        ("reference/glossary/", "dd", "autonomy", "docs/en/reference/glossary.md"),
        ("es/toolkit/deciding/", ".foot", "Herramientas", "translations/es/site.po"),
        ("toolkit/deciding/", "p", "urgent", "docs/en/toolkit/deciding.md"),
    ],
)
def test_a_newcomer_sees_the_line_and_sends_in_three_actions(
    served: str, sample: Path, page: Page, address: str, text: str, words: str, file: str
) -> None:
    page.goto(f"{served}/{address}")
    page.evaluate("addEventListener('click', event => event.preventDefault())")
    if text == ".foot":  # a name in the menus is a link: to press it is to select it
        page.locator(".foot").get_by_role("link", name=words, exact=True).click()
    else:
        assert page.evaluate(SELECTED, [text, words])
    offered = page.locator(".at-words")
    expect(offered.get_by_role("textbox")).to_have_value(words)
    href = offered.locator("[data-source]").get_attribute("href") or ""
    assert f"/{file}?plain=1#L" in href
    line = (sample / file).read_text("utf-8").split("\n")[int(href.partition("#L")[2]) - 1]
    assert words in line
    offered.get_by_role("textbox").fill("otherwise")
    issue = offered.locator("[data-send=issue]")
    issue.click()
    sent = parse_qs(urlsplit(issue.get_attribute("href") or "").query)
    handbook = Handbook.open(sample)
    [correction] = letter.read(sent["body"][0], "issue", labels.of(handbook))
    assert isinstance(correction, corrections.Correction)
    made = corrections.worked(handbook, correction)
    assert isinstance(made, corrections.Worked), made
    assert made.name == file
    assert line.replace(words, "otherwise") in made.text.split("\n")


@pytest.mark.parametrize("size", [(1280, 800), (360, 560)], ids=str)
def test_the_way_out_is_last_and_the_menu_stays_in_sight(
    hosted: str, page: Page, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{hosted}/page/")
    place = page.get_by_text("The second paragraph").evaluate(PLACE)
    page.mouse.dblclick(place["x"] + 4, place["y"] + 4)
    offered = page.locator(".at-words")
    before = offered.bounding_box()
    page.keyboard.type("new")
    ways = offered.locator("a, button").filter(visible=True)
    expect(ways).to_have_text(
        [
            "Send as an issue (needs an account)",
            "Send by e-mail",
            "Save as a file",
            "Look at the whole text first",
            "See its source",
            "Cancel",
        ]
    )
    after, words = offered.bounding_box(), page.get_by_text("The second paragraph").evaluate(PLACE)
    assert before
    assert after
    assert (after["x"], after["width"]) == (before["x"], before["width"])
    assert 0 <= after["y"] <= after["y"] + after["height"] < size[1] + 1  # parts of a pixel
    is_above, is_below = after["y"] + after["height"] <= words["y"], after["y"] > words["y"]
    assert is_above or is_below
    ways.last.click()
    expect(offered).to_have_count(0)


def test_what_was_retyped_is_kept_looked_at_and_given_up(served: str, page: Page) -> None:
    page.goto(f"{served}/{GUIDE}")
    assert page.evaluate(SELECTED, ["p", "some go round"])
    offered = page.locator(".at-words")
    box = offered.get_by_role("textbox")
    box.click()
    assert box.evaluate("e => e.value.slice(e.selectionStart, e.selectionEnd)") == "some go round"
    page.keyboard.type("others go round")
    page.evaluate(SELECTED, ["h1", "Deciding"])
    page.locator("h1").click()
    expect(box).to_have_value("others go round")
    offered.get_by_role("button", name="Look at the whole text first").click()
    form = page.locator("form.correct").get_by_role("textbox")
    expect(form).to_have_value(
        "Most decisions go round once; others go round twice. The drawing shows both."
    )
    expect(offered).to_have_count(0)
    form.press("Escape")
    assert page.evaluate(SELECTED, ["p", "go round twice"])
    box.press("x")
    box.press("Escape")
    expect(offered).to_have_count(0)


def test_words_that_read_alike_are_told_apart_and_one_can_be_deleted(
    served: str, page: Page
) -> None:
    page.goto(f"{served}/{GUIDE}")
    assert page.evaluate(SELECTED.replace("indexOf", "lastIndexOf"), ["p", "go round"])
    offered = page.locator(".at-words")
    expect(offered).to_be_visible()
    page.keyboard.press("Backspace")
    offered.get_by_role("button", name="Look at the whole text first").click()
    form = page.locator("form.correct").get_by_role("textbox")
    assert "go round once; some twice" in " ".join(form.input_value().split())


def test_letters_of_an_input_method_begin_in_the_box_alone(served: str, page: Page) -> None:
    page.goto(f"{served}/ja/{GUIDE}")
    words = page.locator(".md-content h1").evaluate("e => e.firstChild.data.trim()")
    assert page.evaluate(SELECTED, ["h1", words])
    box = page.locator(".at-words").get_by_role("textbox")
    expect(box).to_be_visible()
    page.keyboard.press("k")
    expect(box).to_have_value(words)
    expect(box).not_to_be_focused()
