"""Catalogs that came by mail: each is a document with its known truth (`received/truth.toml`)."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from folders import ROOT, TOOLKIT
from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.files import write
from handbook.bitext.page.segments import Page
from handbook.bitext.problem import Problem
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.receiving import labels, placing, receive, spoken
from handbook.bitext.receiving.envelope import Piece
from handbook.command import history, main
from handbooks import link
from programs import commit_all
from rows import rows

RECEIVED = TOOLKIT / "received"
TRUTH: dict[str, dict[str, Any]] = tomllib.loads((RECEIVED / "truth.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handbook with three versions in git: translated, translated anew, and its pages edited."""
    root = tmp_path_factory.mktemp("received")
    for number in ("1", "2", "3"):
        for folder in ("docs", "translations"):
            shutil.rmtree(root / folder, ignore_errors=True)
        shutil.copytree(RECEIVED / number, root, dirs_exist_ok=True)
        commit_all(number, at=root)
    link(root)
    write(root / "mkdocs.yml", f"INHERIT: {ROOT / 'mkdocs.yml'}\nnav:\n")
    return root


@pytest.fixture(scope="module")
def book(repository: Path) -> Handbook:
    """The handbook, opened once for all tests that write nothing."""
    return Handbook.open(repository)


@pytest.fixture
def root(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(repository)
    yield repository
    shutil.rmtree(repository / "translations")
    shutil.copytree(RECEIVED / "3/translations", repository / "translations")


def take_all(book: Handbook, name: str, **more: str) -> list[receive.Received | Problem]:
    """What becomes of each piece in a file."""
    found: list[receive.Received | Problem] = []
    for piece in receive.sent(RECEIVED / "mail" / name, labels.known()):
        if isinstance(piece, Problem):
            found.append(piece)
        else:
            found += receive.receive(book, piece, history.versions, **more)
    return found


def take(root: Path, name: str, **more: str) -> receive.Received | Problem:
    [found] = take_all(Handbook.open(root), name, **more)
    return found


def units(catalog: Catalog | Path) -> dict[str, str]:
    if isinstance(catalog, Path):
        catalog = po.parse(catalog.read_text("utf-8"))
    return {unit.key: unit.translation for unit in catalog.units}


@rows(
    ("text", "code"),
    [
        ("Quien deja la función no se queda las notas de la reunión.", "es"),
        ("Quien deja la función.", ""),
        ("Quem deixa a função não fica com as notas da reunião.", ""),
        ("O manual de notas dura máis e queda na reunión.", ""),
        ("役割は一年で終わります。", "ja"),
        ("職務期限為一年並於年底終止。", ""),
        ("Nobody leads, and each role ends after a year.", "en"),
    ],
)
def test_a_language_is_known_by_its_words_in_the_handbook(
    book: Handbook, text: str, code: str
) -> None:
    assert spoken.language_of(book, text) == code


def test_a_language_is_known_by_the_words_of_short_texts(book: Handbook) -> None:
    page = book.try_read(next(each for each in book.sources() if each.language == "en"))
    assert isinstance(page, Page)
    texts = ("Quien deja", "la función", "no se", "queda las", "notas")
    units = tuple(map(Unit, (each.message for each in page.segments), texts))
    assert len(units) == len(texts)
    place = placing.place_of(book, Catalog({}, units), "page.po")
    assert isinstance(place, placing.Place)
    assert place.language == "es"


def test_every_file_has_its_truth() -> None:
    files = {file.name for file in (RECEIVED / "mail").iterdir()}
    assert files == TRUTH.keys()
    assert len(files) >= 20


@rows("name", TRUTH)
def test_what_came_by_mail_is_taken(
    repository: Path, book: Handbook, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(repository)
    truth = TRUTH[name]
    [found, *others] = take_all(book, name)
    if "also" in truth:
        [second] = others
        assert isinstance(second, receive.Received)
        told = [[line.message for line in lines] for lines in (second.taken, second.left)]
        assert [second.path, *told] == [truth["also"][key] for key in ("path", "taken", "left")]
    assert [each.text for each in others if isinstance(each, Problem)] == truth.get("faults", [])
    if "fault" in truth:
        assert isinstance(found, Problem)
        assert found.text == truth["fault"]
        return
    assert isinstance(found, receive.Received), found
    assert found.path == truth["path"]
    assert [line.message for line in found.taken] == truth["taken"]
    assert [line.message for line in found.left] == truth["left"]
    before, after = units(repository / found.path), units(found.catalog)
    changed = {key for key in before if before[key] != after.get(key)}
    allowed = {*truth["taken"], *_edited(found, truth["taken"])}
    assert changed <= allowed  # no newer text is reverted, and none emptied
    text = po.dump(found.catalog)
    assert po.dump(po.parse(text)) == text
    assert "@" not in text


def _edited(found: receive.Received, taken: list[str]) -> set[str]:
    """The messages that were edited from those that the sender had."""
    return {unit.key for unit in found.catalog.units if unit.previous in taken}


def test_the_newer_of_two_texts_stays_and_the_other_is_at_hand(root: Path) -> None:
    found = take(root, "translated-since.po")
    assert isinstance(found, receive.Received)
    unit = found.catalog.unit("Each role ends after a year.")
    assert unit is not None
    assert (unit.state, unit.translation) == ("current", "Ninguna función dura más de un año.")
    assert unit.comment == "Also translated: Cada cargo acaba al cabo de un año."


def test_marks_that_a_tool_has_left_out_stay(root: Path) -> None:
    for name in ("OmegaT.po", "needs-work.po"):
        found = take(root, name)
        assert isinstance(found, receive.Received)
        unit = found.catalog.unit("Nobody leads for longer than a year.")
        assert unit is not None
        assert (unit.state, unit.previous) == ("changed", "Nobody leads for long.")


@pytest.mark.parametrize(
    ("name", "state"),
    [("plural.po", "current"), ("set-aside.po", "current"), ("of-a-look-alike.po", "suggested")],
)
def test_what_a_program_has_invented_is_not_taken(root: Path, name: str, state: str) -> None:
    """A text for another page's message is not shown to readers as if its own were edited."""
    found = take(root, name)
    assert isinstance(found, receive.Received)
    unit = found.catalog.unit("Papers change hands on the same day.")
    assert unit is not None
    assert (unit.state, unit.plural, unit.previous) == (state, (), None)
    assert unit.translation == "Los papeles se entregan el mismo día."


def test_a_text_for_an_edited_message_is_taken_as_changed(root: Path) -> None:
    found = take(root, "edited-since.po")
    assert isinstance(found, receive.Received)
    unit = found.catalog.unit("Nobody leads for longer than a year.")
    assert unit is not None
    assert (unit.state, unit.translation) == ("changed", "長く率いる人はいません。")


def test_a_text_that_a_mark_takes_from_readers_is_told(root: Path) -> None:
    """Poedit takes the mark off as one types; who then presses its button sets it again."""
    found = take(root, "marked-after-work.po")
    assert isinstance(found, receive.Received)
    [line] = found.taken
    assert line.outcome.endswith("readers see the source until the mark is removed")


@rows(
    ("header", "code"),
    [
        ("sr@latin", "sr-Latn"),
        ("sr_Latn", "sr-Latn"),
        ("sr", "sr"),
        ("sr@cyrillic", "sr"),
        ("pt", "pt_BR"),
        ("pt-br", "pt_BR"),
        ("pt_PT", "pt_BR"),
        ("zh_TW", "zh-Hant"),
        ("zh_HK", "zh-Hant"),
        ("zh", "zh-Hant"),
        ("zh_CN", ""),
        ("sr@ijekavian", "sr"),
        ("Portuguese (Brazil)", ""),
    ],
)
def test_a_header_names_the_language_as_programs_write_it(
    tmp_path: Path, header: str, code: str
) -> None:
    languages = '["en", "pt_BR", "zh-Hant", "sr", "sr-Latn"]'
    write(tmp_path / "pyproject.toml", f"[tool.handbook]\nlanguages = {languages}\n")
    write(tmp_path / "docs/en/index.md", "# Home\n")
    sent = Catalog({"Language": header}, (Unit("Home", "x"),))
    place = placing.place_of(Handbook.open(tmp_path), sent, "index.po")
    found = "" if isinstance(place, Problem) else place.language
    assert found == code


def test_whom_a_sender_names_is_thanked(root: Path) -> None:
    found = take(root, "needs-work.po", credit="A reading circle <circle@example.org>")
    assert isinstance(found, receive.Received)
    assert found.catalog.header["X-Credit"] == "Somebody Invented, A reading circle"


def test_a_file_that_comes_twice_changes_nothing_the_second_time(root: Path) -> None:
    found = take(root, "roles (1).po")
    assert isinstance(found, receive.Received)
    receive.write(Handbook.open(root), found)
    text = (root / found.path).read_text("utf-8")
    again = take(root, "roles (1).po")
    assert isinstance(again, receive.Received)
    assert [line.outcome for line in again.taken] == ["taken before"]
    assert po.dump(again.catalog) == text


def test_what_is_saved_meanwhile_is_not_written_over(root: Path) -> None:
    book = Handbook.open(root)
    [found] = take_all(book, "roles (1).po")
    assert isinstance(found, receive.Received)
    saved = (root / found.path).read_text("utf-8") + "\n"
    (root / found.path).write_text(saved, "utf-8")
    problem = receive.write(book, found)
    assert problem is not None
    assert problem.text.endswith("roles (1).po was read; give that again: handbook receive")
    assert (root / found.path).read_text("utf-8") == saved
    [again] = take_all(book, "roles (1).po")  # which is read again
    assert isinstance(again, receive.Received)
    assert receive.write(book, again) is None


def test_without_git_nothing_is_replaced(root: Path) -> None:
    piece = Piece("crlf.po", (RECEIVED / "mail/crlf.po").read_bytes())
    [found] = receive.receive(Handbook.open(root), piece, lambda path: ())
    assert isinstance(found, receive.Received)
    before, after = units(root / found.path), units(found.catalog)
    assert {key: text for key, text in before.items() if text} == {
        key: text for key, text in after.items() if before[key]
    }


def test_the_command_tells_what_it_took(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mail = RECEIVED / "mail"
    names = [str(mail / name) for name in ("translated-since.po", "letter.po", "which-language.po")]
    assert main.main(["receive", names[0], str(mail / "[l]etter.p*"), names[2]]) == 1
    out, err = capsys.readouterr()
    head, *rest = out.splitlines()
    assert head.startswith(f"{names[0]}: translations/es/roles.po, made from that of ")
    assert head.endswith("): 1 taken, 1 not")
    assert rest == [
        "  taken: “Whoever takes notes does not chair.”",
        "  not taken, was translated anew since; kept in its comment: “Each role ends after a"
        " year.”",
    ]
    assert [line.partition(".po:")[0] + ".po" for line in err.splitlines()] == names[1:]
    (tmp_path / "to all/inner").mkdir(parents=True)
    (tmp_path / "to all/.hidden").write_bytes(b"\xff")
    shutil.copy(names[2], tmp_path / "to all/inner/meetings (2).po")
    assert main.main(["receive", str(tmp_path / "to all"), "--language", "ja"]) == 0
    assert "会合" in (root / "translations/ja/meetings.po").read_text("utf-8")
    assert main.main(["receive", names[2], "--language", "de"]) == 2
