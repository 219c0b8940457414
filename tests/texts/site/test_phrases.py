"""Japanese headings on a phone: no line begins within a phrase."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

import budoux
from playwright.sync_api import Browser

from sites import Built

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
    return before[-1] not in " \u3000、。：！？・" and after[0] not in " 「（"
