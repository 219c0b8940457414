"""Japanese titles break between phrases, never within a word."""

from __future__ import annotations

from handbook.press.pages import phrases
from rows import rows

JOINER = "\N{WORD JOINER}"


@rows(
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
        # Too long for a narrow column, and one phrase to BudouX.
        ("「会議ばかり増えるじゃないか」", "「会議ばかり|増えるじゃないか」"),
    ],
)
def test_a_heading_gets_its_breaks(title: str, parted: str) -> None:
    heading = '<h2 id="a" title="この節について > 1">{}</h2>'
    marked = heading.format(parted.replace("|", "<wbr>"))
    assert phrases.part(heading.format(title), "ja") == marked


@rows(
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


@rows(
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
    assert phrases.part(heading, "") == heading


@rows(
    ("cell", "parted"),
    [
        ("2012年4月ごろ", "2012年4月ごろ<wbr>"),
        (
            '<a class="number">1.9</a>2012年の初めごろ',
            '<a class="number">1.9</a>2012年の<wbr>初めごろ<wbr>',
        ),
        ("確認。月は私たちの見積もり", "確認。<wbr>月は<wbr>私たちの<wbr>見積もり<wbr>"),
        ("April 2012", "April 2012"),
        ("", ""),
        ("設立大会の条件をめぐる議論が始まった。", "設立大会の条件をめぐる議論が始まった。"),
    ],
)
def test_a_short_cell_is_read_like_a_title(cell: str, parted: str) -> None:
    row = '<tr><td style="text-align: right;">{}</td><td>支部</td></tr>'
    assert phrases.part(row.format(cell), "ja") == row.format(parted).replace("支部", "支部<wbr>")
