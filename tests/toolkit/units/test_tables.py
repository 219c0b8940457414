"""Tables: figures are aligned, and rows can be shown as cards."""

from __future__ import annotations

import markdown

from handbook.press.core import tree
from handbook.press.core.tree import Element
from handbook.press.pages import tables
from rows import rows

FIGURES = """\
| No. | What it was spent on, in a few words | In | Out | Share |
| --- | --- | --- | --- | --- |
| 1 | Room | | 15.50 | −3 % |
| 2 | Hat, counted by two people | 1,038 | | 97 % |
"""


def laid_out(text: str) -> Element:
    content = tree.parse(markdown.markdown(text, extensions=["tables", "attr_list"]))
    tables.lay_out(content)
    return content


def test_columns_of_figures_are_aligned_but_the_first() -> None:
    content = laid_out(FIGURES)
    for cells in content.xpath(".//tr"):
        assert [cell.get("style") for cell in cells] == [None, None] + ["text-align: right;"] * 3


@rows("cell", ["2 or 3", "0 o 1", "5–8", "3か4"])
def test_two_figures_with_a_short_word_between_are_figures(cell: str) -> None:
    content = laid_out(FIGURES.replace("1,038", cell))
    assert content.xpath(".//tr[2]/td")[2].get("style") == "text-align: right;"


@rows("cell", ["12 people", "unknown", "June 2014"])
def test_words_are_not_aligned_as_figures(cell: str) -> None:
    content = laid_out(FIGURES.replace("1,038", cell))
    assert [each.get("style") for each in content.xpath(".//tr[2]/td")][2] is None


def test_what_an_author_aligned_stays() -> None:
    content = laid_out(FIGURES.replace("| --- | --- | --- | ---", "| --- | --- | :-: | ---"))
    assert content.xpath(".//tr[1]/td/@style")[0] == "text-align: center;"


def test_cells_of_a_wide_table_name_their_columns() -> None:
    [table] = laid_out(FIGURES).xpath(".//table")
    assert table.get("data-cards") == ""
    assert [cell.get("data-label") for cell in table.xpath(".//tr[1]/td")] == [
        None,
        "What it was spent on, in a few words",
        "In",
        "Out",
        "Share",
    ]


def test_what_is_said_of_a_heads_translation_is_told_from_its_words() -> None:
    label = '<small class="state">not translated yet</small> Share'
    content = laid_out(FIGURES.replace("Share", label))
    assert content.xpath(".//td/@data-label")[3] == "Share (not translated yet)"


@rows(
    "text",
    [
        "| a | b |\n| --- | --- |\n| 1 | 2 |\n",
        FIGURES.replace("| 1 | Room", "| 1 { colspan=2 } | Room"),
    ],
)
def test_other_tables_are_left_as_they_are(text: str) -> None:
    assert laid_out(text).xpath(".//*[@data-cards or @data-label]") == []


def test_a_table_with_a_class_of_its_own_is_left_as_it_is() -> None:
    html = markdown.markdown(FIGURES, extensions=["tables"])
    content = tree.parse(html.replace("<table>", '<table class="own">'))
    tables.lay_out(content)
    assert content.xpath(".//*[@data-cards or @data-label or @style]") == []


def test_wide_characters_count_twice() -> None:
    text = "| 日付 | 内容 |\n| --- | --- |\n| 三月二日 | 会場の費用と交通費 |\n"
    assert laid_out(text).xpath(".//table[@data-cards]") == []
    assert laid_out(text.replace("費用", "費用をまとめて")).xpath(".//table[@data-cards]")


# Forms -----------------------------------------------------------------------------------------


def on_end(*heads: str, label: str = "Welcoming newcomers") -> list[str]:
    """The heads of a form with a row that stand on end on a phone."""
    columns = " | ".join(heads)
    text = f"| {columns} |\n{'| --- ' * len(heads)}|\n| {label} {'| ' * len(heads)}\n"
    content = tree.parse(markdown.markdown(text, extensions=["tables"]))
    tables.lay_out_form(content)
    return [tree.text(head) for head in content.xpath(".//th[@class='on-end']")]


def test_long_heads_of_columns_to_write_in_stand_on_end_where_a_phone_is_too_narrow() -> None:
    assert on_end("Task", "Hours a month", "Second person", "Ja", "1", "Done on", "Influence") == [
        "Hours a month", "Second person", "Done on", "Influence",
    ]  # fmt: skip
    assert on_end("Task", "Hours a month", "Done on") == []
    heads = ["仕事", "一か月の時間", "いつまで", "だれが", "影響力", "次"]
    assert on_end(*heads, label="連絡先、お知らせの送信") == [
        "一か月の時間",
        "いつまで",
        "だれが",
        "影響力",
    ]


def test_no_figure_of_a_form_is_broken() -> None:
    content = tree.parse("<table><tr><td>15–30</td><td>in 15 days</td><td></td></tr></table>")
    tables.lay_out_form(content)
    assert [cell.get("style") for cell in content.iter("td")] == [
        "white-space: nowrap;",
        None,
        None,
    ]


# Timelines -------------------------------------------------------------------------------------


def timeline(*days: str) -> list[str | None]:
    """The years that a table with these first cells is told."""
    rows = "".join(
        f"| {day} | Something happened that day, and somebody wrote it down |\n" for day in days
    )
    content = laid_out(f"| Date | Event |\n| --- | --- |\n{rows}")
    return [row.get("data-year") for row in content.xpath(".//tbody/tr")]


def test_rows_of_a_long_timeline_have_their_year() -> None:
    days = ["2009 to 2010", "2012年4月ごろ", *["June 10, 2012"] * 13, "2013"]
    assert timeline(*days) == ["2009", *["2012"] * 14, "2013"]


@rows(
    "days",
    [
        ["2012"] * 15,  # short
        [*["2012"] * 15, "2011"],  # in no order
        [*["2012"] * 15, "later"],
        [*["2012"] * 15, "12013"],  # a number
    ],
)
def test_other_rows_have_none(days: list[str]) -> None:
    assert {*timeline(*days)} == {None}
