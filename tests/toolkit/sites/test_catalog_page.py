"""A catalog is opened, corrected beside its page and saved in a browser, with nothing installed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from handbook.bitext.files import write

_SOURCE, _WORDS = "We cook on Mondays.", "Cocinamos los lunes."


@pytest.fixture
def mission(page: Page, served: str) -> Page:
    """The page that opens catalogs, with the Spanish catalog of Mission."""
    page.goto(f"{served}/es/mission/")
    page.locator("aside.foot a[href*='catalog.html']").click()
    expect(page.locator("#units > li").first).to_be_attached()
    page.locator("#only-open").set_checked(False)
    expect(page.frame_locator("#page").locator("h1")).to_be_visible()
    return page


def _saved(page: Page, folder: Path) -> str:
    with page.expect_download() as found:
        page.locator("#save").click()
    found.value.save_as(folder / found.value.suggested_filename)
    return (folder / "mission.po").read_text("utf-8")


def test_nothing_that_nobody_changed_is_changed(
    mission: Page, sample: Path, tmp_path: Path
) -> None:
    own = (sample / "translations/es/mission.po").read_text("utf-8")
    assert _saved(mission, tmp_path) == own


def test_words_go_into_their_place_and_into_the_file(
    mission: Page, sample: Path, tmp_path: Path
) -> None:
    own = (sample / "translations/es/mission.po").read_text("utf-8")
    row = next(row for row in own.splitlines() if _WORDS in row)
    text = row.removeprefix('msgstr "').removesuffix('"')
    box = mission.locator("#units > li", has_text=_SOURCE).locator("textarea")
    box.fill("Cocinamos **todos** los días.")
    here = mission.frame_locator("#page").locator("[data-here]")
    expect(here).to_have_text("Cocinamos todos los días.")
    mission.locator("#credit").fill("Una vecina")
    wanted = own.replace(text, "Cocinamos **todos** los días.")
    head = '"X-Reviewed: \\n"\n'
    made = _saved(mission, tmp_path)
    assert made == wanted.replace(head, f'{head}"X-Credit: Una vecina\\n"\n')


def test_what_must_stay_is_named_and_a_mark_is_kept(mission: Page, tmp_path: Path) -> None:
    item = mission.locator("#units > li", has_text="[^town]").first
    item.locator("textarea").fill("Queremos un <b>pueblo</b>.")
    said = item.locator(".wrong li").all_text_contents()
    assert [row.rpartition(": ")[2] for row in said] == ["[^town]", "<b>", "</b>"]
    item.locator("input").check()
    assert '#, fuzzy\nmsgid "We want a town' in _saved(mission, tmp_path)


def test_what_was_not_saved_is_there_again(mission: Page) -> None:
    mission.locator("#units > li", has_text=_SOURCE).locator("textarea").fill("Cocinamos.")
    mission.on("dialog", lambda dialog: dialog.accept())
    mission.reload()
    mission.locator("#only-open").set_checked(False)
    boxes = mission.locator("textarea")
    expect(boxes.first).to_be_attached()
    assert "Cocinamos." in boxes.evaluate_all("all => all.map(each => each.value)")


def test_a_file_of_any_program_is_opened_and_a_wrong_one_is_named(
    page: Page, served: str, sample: Path, tmp_path: Path
) -> None:
    page.goto(f"{served}/es/catalog.html")
    write(tmp_path / "wrong.po", 'msgid ""\nmsgstr ""\nnothing\n')
    page.locator("#file").set_input_files(tmp_path / "wrong.po")
    expect(page.locator("#told")).to_contain_text("3")
    own = (sample / "translations/es/mission.po").read_text("utf-8")
    text = own.replace('"Last-Translator: \\n"', '"Last-Translator: Ana <a@handbook.example>\\n"')
    (tmp_path / "mission (1).po").write_bytes(text.replace("\n", "\r\n").encode())
    page.locator("#file").set_input_files(tmp_path / "mission (1).po")
    expect(page.locator("#units > li").first).to_be_attached()
    assert _saved(page, tmp_path) == own
