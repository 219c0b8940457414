"""A catalog is opened, corrected beside its page and saved in a browser, with nothing installed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from handbook.bitext.files import write
from handbook.bitext.project.words import words
from rows import rows

_SOURCE, _WORDS = "We cook on Mondays.", "Cocinamos los lunes."


@pytest.fixture
def mission(page: Page, served: str) -> Page:
    """The page that opens catalogs, with the Spanish catalog of Mission."""
    page.goto(f"{served}/es/catalog.html?page=mission.md")
    expect(page.locator("#units > li").first).to_be_visible()
    expect(page.locator("#page")).to_have_attribute("aria-busy", "false")
    return page


def _saved(page: Page, folder: Path) -> str:
    with page.expect_download() as found:
        page.locator("#save").click()
    found.value.save_as(folder / found.value.suggested_filename)
    return (folder / "mission.po").read_text("utf-8")


def test_nothing_that_nobody_changed_is_changed(
    page: Page, served: str, sample: Path, tmp_path: Path
) -> None:
    page.goto(f"{served}/es/mission/")
    page.locator("aside.foot a[href$='catalog.html?page=mission.md']").click()
    expect(page.locator("#units > li").first).to_be_visible()
    own = (sample / "translations/es/mission.po").read_text("utf-8")
    assert _saved(page, tmp_path) == own


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


_IN_LIST = """words => {
    const page = document.querySelector("#page").contentDocument
    const found = [...page.querySelectorAll("p")].find(each => each.textContent.includes(words))
    const item = page.createElement("li")
    item.append(...found.childNodes)
    item.insertAdjacentHTML("beforeend", "<ul><li>Inside</li></ul>")
    found.replaceWith(item)
}"""


def test_what_is_written_into_an_item_keeps_the_list_in_it(mission: Page) -> None:
    mission.evaluate(_IN_LIST, _WORDS)
    box = mission.locator("#units > li", has_text=_SOURCE).locator("textarea")
    for text in ("Cocinamos.", "Cocinamos hoy."):
        box.fill(text)
        here = mission.frame_locator("#page").locator("[data-here]")
        expect(here).to_have_text(f"{text}Inside")
        expect(here.locator("li")).to_have_text("Inside")


def test_what_must_stay_is_named_and_a_mark_is_kept(mission: Page, tmp_path: Path) -> None:
    item = mission.locator("#units > li", has_text="[^town]").first
    item.locator("textarea").fill("Queremos `$$` un <b>pueblo</b>.")
    said = item.locator(".wrong li").all_text_contents()
    assert [row.rpartition(": ")[2] for row in said] == ["[^town]", "`$$`", "<b>", "</b>"]
    expect(item.locator(".state")).to_have_text(words("es")["has a fault, not shown to readers"])
    expect(mission.locator("#count")).to_have_text(re.compile(r"\b1\b"))
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


_OLDER = (
    "As it stands, readers are shown this older translation, with a label; the source opens below"
    " it."
)
_SOURCE_SHOWN = "As it stands, readers are shown the source."


def test_what_a_text_is_and_what_readers_see_is_said_in_their_language(
    page: Page, served: str
) -> None:
    page.goto(f"{served}/es/catalog.html?page=toolkit/index.md")
    changed = page.locator("#units > li", has_text="What a group can use tonight.")
    say = words("es")
    kind = f"{say['edited since it was translated']} · {say['paragraph']}"
    expect(changed.locator(".about")).to_have_text(kind)
    expect(changed.locator(".shown")).to_have_text(say[_OLDER])
    older = changed.locator("textarea").input_value()
    shown = page.frame_locator("#page").locator("span.changed")
    assert shown.inner_text().startswith(older.partition("[")[0].strip())
    changed.locator("input").set_checked(False)
    expect(changed.locator(".shown")).to_be_empty()
    changed.locator("textarea").fill("")
    expect(changed.locator(".shown")).to_have_text(say[_SOURCE_SHOWN])


def _opened(page: Page, text: str, folder: Path, name: str = "mission.po") -> str:
    """What is said of a file that is opened."""
    write(folder / name, text)
    page.locator("#file").set_input_files(folder / name)
    expect(page.locator("#told p").first).to_be_visible()
    return page.locator("#told").inner_text()


_ENTRY = 'msgid "We cook on Mondays.'
_Case = tuple[str, str, str, bool]
"""A text in a catalog, what stands in its place, what is said of it, and whether it is opened."""
_MISNUMBERED = 'msgid "{n} a"\nmsgid_plural "{n} as"\nmsgstr[0] "x"\nmsgstr[2] "y"\n\n'
_CASES: list[_Case] = [
    ('"Language: es', '"Language: fr', "Su cabecera indica otro idioma: fr.", True),
    ("#: mission.md", "#: gone.md", "Este sitio no tiene ninguna página gone.md", True),
    (_ENTRY, 'msgid "We cook at times.', "le faltan entradas (1)", True),
    (_ENTRY, f"<<<<<<< HEAD\n{_ENTRY}", "hay dos versiones de un texto", False),
    ('msgid ""\nmsgstr ""\n', 'msgid "x"\nmsgstr ""\n', "al principio falta la cabecera", False),
    (_ENTRY, _ENTRY.removeprefix("msgid "), "esto no es un texto entre comillas", False),
    ("\n\n", f"\n\n{_MISNUMBERED}", "este no es el número que sigue", False),
]


@rows("case", _CASES)
def test_a_doubtful_file_is_named_with_what_is_doubtful(
    page: Page, served: str, sample: Path, tmp_path: Path, case: _Case
) -> None:
    old, new, said, is_opened = case
    page.goto(f"{served}/es/catalog.html")
    own = (sample / "translations/es/mission.po").read_text("utf-8")
    assert old in own
    assert said in _opened(page, own.replace(old, new, 1), tmp_path)
    assert page.locator("#work").is_visible() == is_opened


def test_a_file_that_is_dropped_has_nothing_of_the_one_before(
    mission: Page, sample: Path, tmp_path: Path
) -> None:
    """Its name, page and drafts are its own."""
    own = (sample / "translations/es/mission.po").read_text("utf-8")
    _opened(mission, own.replace("mission.md", "gone.md"), tmp_path, "gone.po")
    expect(mission.locator("#page")).to_be_hidden()
    with mission.expect_download() as found:
        mission.locator("#save").click()
    assert found.value.suggested_filename == "gone.po"


def test_a_finished_file_is_given_back_without_an_account(
    page: Page, served: str, hosted: str
) -> None:
    """By mail where there is an address, or else by somebody who has an account."""
    say = words("es")
    page.goto(f"{hosted}/es/page/")
    page.get_by_text(say["Give the finished file back"]).click()
    mail = page.locator("#mail")
    expect(mail).to_have_attribute("href", "mailto:keepers@example.org?subject=page.po%20(es)")
    page.goto(f"{served}/es/mission/")
    page.get_by_text(say["Give the finished file back"]).click()
    ways = page.locator("#return")
    expect(page.locator("#fetch")).to_be_visible()
    expect(ways.get_by_text(say[_NO_ACCOUNT])).to_be_visible()
    expect(ways.get_by_text(say[_PROPOSED])).to_be_visible()


_NO_ACCOUNT = "without an account: give it to somebody who has one"
_PROPOSED = "put its text in the place of this file, and propose that (needs an account)"


def test_the_text_of_a_file_is_copied(mission: Page, sample: Path, tmp_path: Path) -> None:
    """Whoever has worked in another program is told that this is not their file."""
    say, done = words("es"), mission.locator("#done")
    own = (sample / "translations/es/mission.po").read_text("utf-8")
    mission.locator("#copy").click()
    expect(done).to_contain_text(say[_UNCHANGED])
    assert mission.evaluate("navigator.clipboard.readText()") == own
    other = own.replace(_WORDS, "Cocinamos todos los días.")
    _opened(mission, other, tmp_path)
    mission.locator("#copy").click()
    expect(done).to_contain_text(say["Copied."])
    assert mission.evaluate("navigator.clipboard.readText()") == other


_UNCHANGED = (
    "Copied, but nothing in it is changed. If another program has saved your translation, "
    "open its file here first."
)


def test_what_may_not_be_copied_is_said(mission: Page) -> None:
    refuse = "() => { navigator.clipboard.writeText = () => Promise.reject(Error('not allowed')) }"
    mission.on("pageerror", lambda error: pytest.fail(str(error)))
    mission.evaluate(refuse)
    mission.locator("#copy").click()
    expect(mission.locator("#done")).to_contain_text(words("es")[_REFUSED])


_REFUSED = "This browser does not let it be copied. Save the file instead."


def test_a_page_that_has_moved_is_opened_and_one_that_is_gone_is_looked_for(
    page: Page, served: str, sample: Path, tmp_path: Path
) -> None:
    """Its draft is found too. Another file can be opened there, and its plural has all forms."""
    page.goto(f"{served}/es/catalog.html?page=gone.md")
    expect(page.locator("#told")).to_contain_text("ya no tiene la página gone.md")
    expect(page.locator("#list a").first).to_be_visible()
    page.goto(f"{served}/es/catalog.html?page=toolkit/old/choosing.md")
    expect(page.locator("#units > li").first).to_be_attached()
    assert page.locator("#fetch").get_attribute("href").endswith("es/toolkit/deciding.po")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("textarea").first.fill("Antes.")
    page.evaluate(_AS_BEFORE_THE_MOVE)
    page.reload()
    expect(page.locator("textarea").first).to_have_value("Antes.")
    own = (sample / "translations/es/mission.po").read_text("utf-8")
    plural = (
        '\nmsgid "{n} cook"\nmsgid_plural "{n} cooks"\nmsgstr[0] ""\nmsgstr[1] "{n} personas"\n'
    )
    write(tmp_path / "mission.po", own + plural)
    page.locator("#file").set_input_files(tmp_path / "mission.po")
    item = page.locator("#units > li", has_text="{n} cooks")
    boxes = item.locator("textarea")
    missing = words("es")["The form for {numbers} is missing."].format(numbers="1")
    expect(item.locator(".wrong li")).to_have_text([missing])
    expect(boxes.nth(1)).to_have_attribute("aria-label", "Traducción · 0, 2, 3 …: {n} cooks")
    boxes.first.fill("{n} persona")
    assert _saved(page, tmp_path) == own + plural.replace('[0] ""', '[0] "{n} persona"')


_AS_BEFORE_THE_MOVE = """
for (const draft of Object.keys(localStorage)) {
  const before = draft.replace("draft es toolkit/deciding.md", "draft es toolkit/old/choosing.md")
  if (before === draft) continue
  localStorage[before] = localStorage[draft]
  localStorage.removeItem(draft)
}
"""


def _drop(page: Page, *files: tuple[str, str]) -> None:
    """Drop files, by name and text, on the page."""
    page.evaluate(
        """files => {
          const dataTransfer = new DataTransfer()
          for (const [name, text] of files) dataTransfer.items.add(new File([text], name))
          document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }))
        }""",
        [list(each) for each in files],
    )


def test_of_two_files_that_are_dropped_the_one_that_is_opened_is_named(
    page: Page, served: str, sample: Path
) -> None:
    own = (sample / "translations/es/mission.po").read_text("utf-8")
    page.goto(f"{served}/es/catalog.html")
    _drop(page, ("mission.po", own), ("index.po", own.replace("mission.md", "index.md")))
    said = words("es")["Only {file} was opened. Save it before you open another."]
    expect(page.locator("#told")).to_contain_text(said.format(file="mission.po"))
    expect(page.frame_locator("#page").locator("h1")).to_be_visible()


def test_a_file_whose_program_dropped_its_places_is_known_by_its_name(
    page: Page, served: str, sample: Path, tmp_path: Path
) -> None:
    own = (sample / "translations/es/mission.po").read_text("utf-8")
    kept = [row for row in own.splitlines(keepends=True) if not row.startswith("#: ")]
    write(tmp_path / "mission (1).po", "".join(kept).replace("Language: es", "Language: "))
    page.goto(f"{served}/es/catalog.html")
    page.locator("#file").set_input_files(tmp_path / "mission (1).po")
    expect(page.frame_locator("#page").locator("h1")).to_be_visible()
    assert '"Language: es\\n"' in _saved(page, tmp_path)


def test_a_mark_comes_back_with_what_is_undone(page: Page, served: str) -> None:
    page.goto(f"{served}/es/catalog.html?page=toolkit/index.md")
    changed = page.locator("#units > li", has_text="What a group can use tonight.")
    before = changed.locator("textarea").input_value()
    changed.locator("textarea").fill(f"{before} x")
    expect(changed).to_have_attribute("data-state", "current")
    changed.locator("textarea").fill(before)
    expect(changed).to_have_attribute("data-state", "changed")
    expect(changed.locator("input")).to_be_checked()


def test_nothing_can_be_marked_where_nothing_is_written(mission: Page) -> None:
    item = mission.locator("#units > li", has_text=_SOURCE)
    for text in ("", "  \n "):
        item.locator("textarea").fill(text)
        expect(item.locator("input")).to_be_disabled()
        expect(item).to_have_attribute("data-state", "missing")
    item.locator("textarea").fill("Cocinamos.")
    expect(item.locator("input")).to_be_enabled()


def test_where_nothing_is_open_there_is_no_choice_of_what_is(mission: Page) -> None:
    choice = mission.locator("#only-open")
    expect(choice).to_be_hidden()
    mission.goto(mission.url.replace("mission.md", "toolkit/index.md"))
    expect(choice).to_be_visible()
    for box in mission.locator("textarea:visible").all():
        box.fill("x")
    expect(choice).to_be_visible()  # or the others could not be seen


def test_on_a_phone_the_file_is_saved_wherever_one_is(mission: Page) -> None:
    """What is edited stays in sight too: below the bar, and not left for the page below it."""
    mission.set_viewport_size({"width": 360, "height": 640})
    for index in (0, 3, -1):
        box = mission.locator("textarea").nth(index)
        box.focus()
        box.press("x")
        assert _is_below_the_bar(box)
    with mission.expect_download():
        box.press("Control+s")
    expect(mission.locator("#done")).to_be_in_viewport()
    mission.locator("#done a").click()
    expect(mission.locator("#return")).to_be_in_viewport(ratio=1)
    assert mission.evaluate("document.documentElement.scrollWidth") == 360


def _is_below_the_bar(box: Locator) -> bool:
    bar, own = box.page.locator("#bar").bounding_box(), box.bounding_box()
    assert bar
    assert own
    return bar["y"] >= 0 and bar["y"] + bar["height"] <= own["y"] < 640


_KEPT = "Lo que usted escribió aquí antes: Cocinamos."


@pytest.fixture
def opened(page: Page, served: str) -> Callable[[str], Locator]:
    """What opens a catalog's text as a file, and returns the entry of a text."""
    page.on("dialog", lambda dialog: dialog.accept())

    def open_it(text: str) -> Locator:
        page.goto(f"{served}/es/catalog.html")
        _drop(page, ("mission.po", text))
        return page.locator("#units > li", has_text=_SOURCE)

    return open_it


def test_a_draft_that_gave_way_outlives_an_edit(
    opened: Callable[[str], Locator], sample: Path
) -> None:
    own = (sample / "translations/es/mission.po").read_text("utf-8")
    newer = own.replace(_WORDS, "Guisamos los lunes.")
    opened(own).locator("textarea").fill("Cocinamos.")
    opened(newer).locator("textarea").fill("Guisamos siempre.")
    again = opened(newer)
    expect(again.locator("textarea")).to_have_value("Guisamos siempre.")
    expect(again.locator(".comment").first).to_have_text(_KEPT)


def test_what_is_typed_before_the_page_beside_has_come_is_judged(mission: Page) -> None:
    mission.evaluate("document.querySelector('#page').contentDocument.body.remove()")
    item = mission.locator("#units > li", has_text=_SOURCE)
    item.locator("textarea").fill("")
    expect(item).to_have_attribute("data-state", "missing")


def test_a_draft_gives_way_to_what_the_file_has_got_since(
    page: Page, opened: Callable[[str], Locator], sample: Path
) -> None:
    """It is shown, and kept until it was saved. Of an entry that is gone it is one again."""
    own = (sample / "translations/es/mission.po").read_text("utf-8")
    opened(own).locator("textarea").fill("Cocinamos.")
    later = opened(own.replace(_WORDS, "Guisamos los lunes."))
    assert later.locator("textarea").input_value().startswith("Guisamos los lunes.")
    expect(later.locator(".comment").first).to_have_text(_KEPT)
    gone = opened(own.replace(_SOURCE, "We cook at times."))
    expect(gone.locator("textarea")).to_have_value("Cocinamos.")
    expect(opened(own).locator("textarea")).to_have_value("Cocinamos.")
    page.keyboard.press("Control+s")
    expect(page.locator("#done")).not_to_be_empty()
    expect(opened(own.replace(_SOURCE, "We cook at times."))).to_have_count(0)


def test_an_entry_that_is_one_again_stays_one_when_it_is_edited(
    mission: Page, sample: Path, tmp_path: Path
) -> None:
    """The file has it among those that are gone."""
    own = (sample / "translations/es/mission.po").read_text("utf-8")
    block = next(each for each in own.split("\n\n") if _SOURCE in each)
    kept = [f"#~ {row}" for row in block.splitlines() if not row.startswith("#")]
    gone = own.replace(f"{block}\n\n", "").rstrip("\n") + "\n\n" + "\n".join(kept) + "\n"
    item = mission.locator("#units > li", has_text=_SOURCE)
    item.locator("textarea").fill("Cocinamos.")
    mission.on("dialog", lambda dialog: dialog.accept())
    mission.goto(mission.url.partition("?")[0])
    _drop(mission, ("mission.po", gone))
    expect(item.locator("textarea")).to_have_value("Cocinamos.")
    item.locator("textarea").fill("Cocinamos ya.")
    assert '\nmsgstr "Cocinamos ya."' in _saved(mission, tmp_path)


def _windows(page: Page, address: str) -> list[Page]:
    """Two windows of a browser with one page."""
    windows = [page, page.context.new_page()]
    for window in windows:
        window.on("dialog", lambda dialog: dialog.accept())
        window.goto(address)
        expect(window.locator("textarea").nth(1)).to_be_attached()  # the catalog has come
    return windows


def _write(box: Locator, text: str) -> None:
    """Write a text letter by letter in the place of what a box has."""
    box.press("ControlOrMeta+a")
    box.press_sequentially(text)


def test_what_is_written_in_two_windows_is_kept_of_both(page: Page, served: str) -> None:
    """Each shows what the other has got; two texts stay side by side until the file is saved."""
    one, other = _windows(page, f"{served}/es/catalog.html?page=mission.md")
    _write(one.locator("textarea").nth(0), "Texto 0")
    expect(other.locator("textarea").nth(0)).to_have_value("Texto 0")
    other.locator("textarea").nth(1).fill("Texto 1")
    expect(one.locator("textarea").nth(1)).to_have_value("Texto 1")
    one.locator("textarea").nth(2).fill("Texto 2")
    expect(other.locator("textarea").nth(2)).to_have_value("Texto 2")
    _write(other.locator("textarea").nth(2), "Texto 3")
    told = words("es")["What you wrote here before:"]
    expect(one.locator("#units > li").nth(2).locator(".comment")).to_have_text(f"{told} Texto 3")
    assert one.locator("textarea").nth(2).input_value() == "Texto 2"
    one.locator("textarea").nth(2).fill("Texto 2, al fin")
    one.reload()
    boxes = one.locator("textarea")
    for index, text in enumerate(("Texto 0", "Texto 1", "Texto 2, al fin")):
        expect(boxes.nth(index)).to_have_value(text)
    expect(one.locator("#units > li").nth(2).locator(".comment")).to_have_text(f"{told} Texto 3")
    one.keyboard.press("Control+s")
    expect(one.locator("#done")).not_to_be_empty()
    boxes.nth(2).fill("Texto 2, otra vez")
    one.reload()
    expect(boxes.nth(2)).to_have_value("Texto 2, otra vez")
    expect(one.locator("#units > li").nth(2).locator(".comment")).to_have_count(0)


def test_what_is_taken_back_in_one_window_is_taken_back_in_the_other(
    page: Page, served: str
) -> None:
    """The cursor stays where it is there, and what is written next goes into the file."""
    one, other = _windows(page, f"{served}/es/catalog.html?page=toolkit/index.md")
    changed = other.locator("#units > li", has_text="What a group can use tonight.")
    box = one.locator("#units > li", has_text="What a group can use tonight.").locator("textarea")
    before = box.input_value()
    changed.locator("textarea").focus()
    _write(box, "Hola")
    expect(changed.locator("textarea")).to_have_value("Hola")
    expect(changed).to_have_attribute("data-state", "current")
    box.fill(before)
    expect(changed.locator("textarea")).to_have_value(before)
    expect(changed).to_have_attribute("data-state", "changed")
    expect(changed.locator("input")).to_be_checked()
    expect(changed.locator("textarea")).to_be_focused()
    other.keyboard.press("x")
    expect(box).to_have_value(before)
    told = words("es")["What you wrote here before:"]
    expect(box.locator("..").locator(".comment")).to_contain_text(told)
    one.locator("#credit").fill("Una vecina")
    expect(other.locator("#credit")).to_have_value("Una vecina")


_FULL = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }"
_FORBIDDEN = """
Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("", "SecurityError") }
})
"""


@pytest.mark.parametrize("script", [_FULL, _FORBIDDEN])
def test_a_browser_that_remembers_nothing_is_named(
    page: Page, served: str, tmp_path: Path, script: str
) -> None:
    """All can be done and saved there, and one is asked before the page is left."""
    page.add_init_script(script)
    page.goto(f"{served}/es/catalog.html?page=mission.md")
    told = words("es")[_UNKEPT]
    expect(page.locator("#unkept")).to_have_text(told)
    page.locator("#units > li", has_text=_SOURCE).locator("textarea").fill("Cocinamos.")
    expect(page.locator("#unkept")).to_be_in_viewport()
    page.set_viewport_size({"width": 360, "height": 640})
    box = page.locator("textarea").nth(2)
    box.press("x")
    assert _is_below_the_bar(box)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.evaluate("location.hash = 'x'; location.reload()")
    expect(page.locator("#unkept")).to_have_text(told)
    assert asked == ["beforeunload"]
    assert 'msgstr "Cocinamos."' in _saved(page, tmp_path)


_UNKEPT = (
    "This browser does not keep what you write: it is not allowed to, or has no room. Save the"
    " file before you leave the page."
)


_COUNT_OF_ALERTS = """() => {
  window.alerts = 0
  new MutationObserver(changes => { alerts += changes.length })
    .observe(document.querySelector("#unkept"), { childList: true, characterData: true })
}"""


def test_room_that_runs_out_is_told_when_it_does(mission: Page) -> None:
    """Once, and not with each letter; and the draft that was kept before stays."""
    box = mission.locator("#units > li", has_text=_SOURCE).locator("textarea")
    expect(mission.locator("#unkept")).to_be_hidden()
    box.fill("Cocinamos.")
    mission.evaluate(f"() => {{ {_FULL} }}")
    mission.evaluate(_COUNT_OF_ALERTS)
    _write(box, "Cocinamos siempre.")
    expect(mission.locator("#unkept")).to_be_visible()
    assert mission.evaluate("alerts") == 1
    kept = mission.evaluate("Object.values(localStorage).join()")
    assert '"translation":"Cocinamos."' in kept


def test_ways_lead_back_to_the_site_to_other_pages_and_to_help(mission: Page, served: str) -> None:
    ways = mission.locator("nav a")
    expect(ways).to_have_count(3)
    expect(ways.nth(2)).to_have_attribute("href", re.compile("^reference/translate/"))
    ways.nth(1).click()
    expect(mission.locator("#list a").first).to_be_visible()
    expect(ways.nth(1)).to_be_hidden()
    assert mission.url == f"{served}/es/catalog.html?"
    ways.nth(0).click()
    assert mission.url == f"{served}/es/"


def test_what_a_file_has_otherwise_than_the_site_is_told_and_shown(
    page: Page, served: str, sample: Path, tmp_path: Path
) -> None:
    own = (sample / "translations/es/mission.po").read_text("utf-8")
    page.goto(f"{served}/es/catalog.html")
    said = words("es")["{file} is open. Entries that this site has otherwise: {count}."]
    assert _opened(page, own, tmp_path) == said.format(file="mission.po", count=0)
    other = own.replace(_WORDS, "Cocinamos todos los días.")
    assert _opened(page, other, tmp_path) == said.format(file="mission.po", count=1)
    expect(page.locator("#units > li:visible")).to_have_count(1)
    expect(page.frame_locator("#page").get_by_text("Cocinamos todos los días.")).to_be_visible()
    page.locator("#copy").click()
    expect(page.locator("#told")).to_be_empty()


def test_a_text_that_is_clicked_on_the_page_leads_to_its_entry(page: Page, served: str) -> None:
    page.goto(f"{served}/es/catalog.html?page=toolkit/index.md")
    expect(page.locator("#page")).to_have_attribute("aria-busy", "false")
    title = page.frame_locator("#page").locator("h1")
    title.click(position={"x": 5, "y": 5})
    expect(page.locator("#units > li:has(textarea:focus) .source")).to_have_text("Toolkit")
