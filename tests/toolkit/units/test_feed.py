"""The feed of changed pages: what RFC 4287 wants of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from lxml import etree, html

from handbook.press.frame import feed
from handbook.press.redlines import brief
from rows import rows

ATOM = "{http://www.w3.org/2005/Atom}"
ABOUT = feed.Feed(
    "Rules & <more>",
    "",
    "CC BY-SA",
    "pt-BR",
    "https://site.example/pt_BR/",
    "https://site.example/pt_BR/feed.xml",
    "What has changed & why",
)
DAY = datetime(2026, 1, 1, 12, tzinfo=UTC)


def entries(count: int) -> list[feed.Entry]:
    site = "https://site.example"
    return [
        feed.Entry(
            f"{n}f/docs/en/{n}.md",
            f"Page {n}",
            f"{site}/{n}/",
            DAY - timedelta(days=n),
            "",
            "<p>Now: <ins>new</ins> words</p>",
            f"{site}/history/{n}.html#d",
        )
        for n in range(count)
    ]


def test_each_element_that_a_feed_needs_is_there() -> None:
    root = etree.fromstring(feed.written(ABOUT, entries(3)))
    assert root.tag == f"{ATOM}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "pt-BR"
    for name in ("title", "id", "updated", "author"):
        assert len(root.findall(f"{ATOM}{name}")) == 1
    assert root.findtext(f"{ATOM}title") == "Rules & <more>"
    rels = [link.get("rel") for link in root.findall(f"{ATOM}link")]
    assert rels == ["self", "alternate"]
    for entry in root.findall(f"{ATOM}entry"):
        assert all(len(entry.findall(ATOM + name)) == 1 for name in ("title", "id", "updated"))


def test_the_feed_is_as_new_as_its_first_entry() -> None:
    root = etree.fromstring(feed.written(ABOUT, entries(3)))
    found = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    assert found == [f"{ABOUT.address}#{n}f/docs/en/{n}.md" for n in range(3)]
    assert root.findtext(f"{ATOM}updated") == DAY.isoformat()


def test_without_history_there_is_no_feed() -> None:
    assert feed.written(ABOUT, []) == b""


@rows("summary", ["A & B", ""])
def test_an_entry_tells_what_has_changed_and_leads_there(summary: str) -> None:
    known = entries(1)[0]._replace(summary=summary)
    entry = etree.fromstring(feed.written(ABOUT, [known])).find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}summary", "") == summary
    content = entry.find(f"{ATOM}content")
    assert content.get("type") == "html"
    shown = html.fragment_fromstring(content.text, create_parent=True)
    assert [each.text_content() for each in shown] == ["Now: new words", ABOUT.link]
    link = shown.find(".//a")
    assert (link.get("href"), link.text) == (known.history, ABOUT.link)


def test_the_first_changed_passages_are_told_without_a_style_sheet() -> None:
    said = '<span class="said">[put in: </span>'
    cell = f'<p class="mark">new</p><p class="item"><ins>{said}&lt;b&gt; {{}}</ins></p>'
    rows = "".join(f"<tr><td>{cell.format(n)}</td></tr>" for n in range(7))
    table = f"<table><tbody>{rows}</tbody></table>"
    told = html.fragment_fromstring(brief.of_day("May 3", table, str), create_parent=True)
    items = [each.text_content() for each in told.iter("li")]
    assert items == [*(f"new<b> {n}" for n in range(5)), "…"]
    assert [each.text for each in told.iter("ins")] == [f"<b> {n}" for n in range(5)]
    assert told[0].text == "May 3 · Changed passages: 7"


def test_a_new_page_is_told_by_its_day() -> None:
    assert brief.of_day("May 3", "<p>New & <b>", str).startswith("<p>May 3</p><p>New")
