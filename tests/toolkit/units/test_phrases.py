"""Japanese titles break between phrases, never within a word."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import accumulate

import budoux
import pytest
from lxml import html as lxml_html
from playwright.sync_api import Browser

from press.pages import phrases
from sites import Built

JOINER = "\N{WORD JOINER}"


@pytest.mark.parametrize(
    ("title", "parted"),
    [
        ("このハンドブックについて", "この|ハンドブックに|ついて"),
        ("話し合いを開く", "話し合いを|開く"),
        ("戦略は世界か、地域か、その両方か", "戦略は|世界か、|地域か、|その|両方か"),
        # What BudouX alone would part.
        ("2014年6月の状態", "2014年6月の|状態"),
        ("3か月ごとに30分", "3か月ごとに|30分"),
        ("入れ子型評議会：背景にあった構想", "入れ子型評議会：背景に|あった|構想"),
        ("組織のしくみ", "組織の|しくみ"),
        ("なぜ待つのか", "なぜ待つのか"),
        # What browsers would part.
        ("「参加」はどこにあるか", f"「参加」{JOINER}は|どこに|あるか"),
        ("15〜30日目", f"15〜{JOINER}30日目"),
        # Markup: behind a phrase, never in code or beside a reading.
        ("<a href='../'>支部</a>では話し合いを開く", "<a href='../'>支部</a>では|話し合いを|開く"),
        ("<strong>支部では</strong>話し合う", "<strong>支部では|</strong>話し合う"),
        ("<code>支部では話し合う</code>を使う", "<code>支部では話し合う</code>を|使う"),
        (
            "<ruby>委任<rt>いにん</rt></ruby>する前に読む",
            "<ruby>委任<rt>いにん</rt></ruby>する|前に|読む",
        ),
        (
            '支部では話す<a class="headerlink" href="#a" title="この節へのリンク">&para;</a>',
            '支部では|話す<a class="headerlink" href="#a" title="この節へのリンク">&para;</a>',
        ),
        ("A &amp; Bを比べる人のために", "A &amp; Bを|比べる|人の|ために"),
        ("Where to begin", "Where to begin"),
    ],
)
def test_a_heading_gets_its_breaks(title: str, parted: str) -> None:
    heading = '<h2 id="a" title="この節について > 1">{}</h2>'
    marked = heading.format(parted.replace("|", "<wbr>"))
    assert phrases.part(heading.format(title), "ja") == marked


@pytest.mark.parametrize(
    ("element", "end"),
    [
        ('<th style="text-align: left;">', "</th>"),
        ("<figcaption>", "</figcaption>"),
        ('<p class="admonition-title">', "</p>"),
        ('<label for="__tabbed_1_2"><a href="#a">', "</a></label>"),
        ('<span class="md-ellipsis">\n    ', "\n  \n</span>"),
        ("<p><strong>", "</strong></p>"),
    ],
)
def test_other_titles_get_theirs(element: str, end: str) -> None:
    title = f"{element}話し合いを開く{end}"
    assert phrases.part(title, "ja") == f"{element}話し合いを<wbr>開く{end}"


@pytest.mark.parametrize(
    "text",
    [
        "<title>話し合いを開く</title>",
        "<p>話し合いを開く</p>",
        "<p><strong>話し合いを</strong>開く</p>",
        '<a title="話し合いを開く" href="#a"></a>',
    ],
)
def test_what_is_no_title_stays_as_it_is(text: str) -> None:
    assert phrases.part(text, "ja") == text


def test_pages_in_other_languages_stay_as_they_are() -> None:
    heading = "<h1>話し合いを開く</h1>"
    assert phrases.part(heading, "en") == heading


# In a browser ----------------------------------------------------------------------------------

_HEADINGS = """async addresses => {
    const article = document.querySelector("article")
    const pages = await Promise.all(addresses.map(async each => (await fetch(each)).text()))
    const parser = new DOMParser()
    const found = pages.flatMap(page =>
        [...parser.parseFromString(page, "text/html").querySelectorAll("article :is(h1, h2, h3)")])
    article.replaceChildren(...found)
    return found.map(heading => {
        let text = "", last = null
        const starts = [], range = document.createRange()
        const walker = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT)
        for (let node; node = walker.nextNode();) {
            if (node.parentElement.matches(".headerlink")) continue
            for (let at = 0; at < node.length; at++) {
                if (node.data[at] === "\\u2060") continue
                range.setStart(node, at)
                range.setEnd(node, at + 1)
                const box = range.getBoundingClientRect()
                if (last && box.top > last.top + last.height / 2) starts.push(text.length)
                text += node.data[at]
                last = box
            }
        }
        const size = parseFloat(getComputedStyle(heading).fontSize)
        return { text, starts, room: heading.clientWidth / size }
    })
}"""


def test_on_a_phone_no_line_of_a_heading_begins_within_a_phrase(
    built: Built, served: str, browser: Browser
) -> None:
    folder = built[0]
    addresses = [
        f"{served}/{file.parent.relative_to(folder).as_posix()}/"
        for file in folder.glob("ja/**/index.html")
    ]
    with browser.new_context(viewport={"width": 360, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{served}/ja/")
        headings = page.evaluate(_HEADINGS, addresses)
    assert sum(bool(heading["starts"]) for heading in headings) > 20
    assert [torn for heading in headings for torn in _torn(**heading)] == []


def _torn(text: str, starts: list[int], room: float) -> Iterator[str]:
    """The phrases of a heading that stand on two lines though one has `room` for their letters."""
    found = budoux.load_default_japanese_parser().parse(text)
    for phrase, end in zip(found, accumulate(map(len, found)), strict=True):
        for start in starts:
            before, after = phrase[: start - end], phrase[start - end :]
            if end - len(phrase) < start < end and len(phrase) <= room and _is_one(before, after):
                yield f"{text}: {before}|{after}"


def _is_one(before: str, after: str) -> bool:
    """Whether two parts of a phrase are neither words apart nor parted by a mark."""
    return before[-1] not in " 、。：！？・" and after[0] not in " 「（"


def test_where_titles_are_no_html_they_stay_as_they_are(built: Built) -> None:
    parser = lxml_html.HTMLParser(encoding="utf-8")
    searched = str(json.loads((built[0] / "search/ja.json").read_text("utf-8")))
    for file in built[0].glob("ja/**/index.html"):
        page = lxml_html.document_fromstring(file.read_bytes(), parser=parser)
        words = [page.findtext("head/title"), *page.xpath("//@*")]
        assert [each for each in words if "<wbr" in each] == []
        assert page.xpath("string(//h1/text())") in searched
        assert page.xpath("string(//title)").split(" - ")[0] in searched
