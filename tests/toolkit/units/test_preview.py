"""A catalog beside its page: what is shown, what is left to do, and that every save is followed."""

from __future__ import annotations

import shutil
import socket
import threading
from pathlib import Path
from urllib.request import urlopen

import pytest

import handbooks
from handbook.bitext.files import write
from handbook.bitext.problem import Problem
from handbook.command.main import main
from handbook.press.core import tree
from handbook.press.make import build, preview
from programs import PATIENCE, eventually

PAGE = """\
# Notes

We meet on *Monday*. See [the rules](rules.md) and <https://example.org>.

![A map](map.png)

Bring bread.

Bring milk.
"""
SPANISH = {
    "Notes": "Notas",
    "We meet on *Monday*. See [the rules](rules.md) and <https://example.org>.": (
        "Nos vemos el *lunes*. Vean [las reglas](rules.md) y <https://example.org>."
    ),
    "Bring bread.": "Traigan <b>pan</b>.",
    "Bring milk.": "Traigan leche , por favor.",
}


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook of two pages, one of them translated into Spanish; its Spanish catalog."""
    texts = {"docs/en/index.md": PAGE, "docs/en/rules.md": "# Rules\n"}
    extensions = "markdown_extensions: [footnotes, tables]\n"
    handbooks.notes(tmp_path, texts, ("en", "es", "ja"), extensions)
    (tmp_path / "docs/en/map.png").write_bytes(b"a map")
    monkeypatch.chdir(tmp_path)
    assert main(["update", "--quiet"]) == 0
    file = tmp_path / "translations/es/index.po"
    handbooks.fill(file, SPANISH)
    text = file.read_text("utf-8")
    fuzzy = '#, fuzzy\n#| msgid "We meet on *Sunday*."\nmsgid "We meet'
    write(file, text.replace('msgid "We meet', fuzzy))
    return file


def shown(folder: Path, beside: str = "en") -> tree.Element:
    return tree.parse((folder / f"{beside}.html").read_text("utf-8"))


def a_preview(folder: Path, said: list[str]) -> preview.CatalogPreview:
    handbook = build.handbook(Path.cwd())
    asked = preview.asked(handbook, Path("translations/es/index.po").absolute())
    assert not isinstance(asked, Problem)
    folder.mkdir()
    return preview.CatalogPreview(handbook, asked.source, asked.language, folder, said.append)


def test_a_page_stands_beside_its_source_block_by_block(notes: Path, tmp_path: Path) -> None:
    folder = tmp_path / "view"
    assert list(a_preview(folder, []).refresh()) == []
    rows = shown(folder).xpath(".//div[@class='row']")
    texts = [[tree.text(cell).strip() for cell in row] for row in rows]
    assert texts[0] == ["Notes", "Notas"]
    assert texts[-1] == ["Bring milk.", "Traigan leche , por favor."]
    assert len(rows) == 5
    assert [link.get("href") for link in rows[1].iter("a")] == [None, "https://example.org"] * 2
    [name, again] = [each.get("src") for each in rows[2].iter("img")]
    assert name == again
    assert (folder / name).read_bytes() == b"a map"


def test_above_it_is_what_is_left_to_do(notes: Path, tmp_path: Path) -> None:
    folder = tmp_path / "view"
    list(a_preview(folder, []).refresh())
    [refused, doubtful] = shown(folder).xpath(".//header/ul")
    assert "it adds <b>" in tree.text(refused)
    assert "style: 'leche , por': no blank" in tree.text(doubtful)
    items = shown(folder).xpath(".//details/ul/li")
    assert "el original cambió después de traducirlo" in tree.text(items[0])
    [out, new] = [tree.text(each) for each in items[0].iter("del", "ins")][:2]
    assert ("Sunday" in out, "Monday" in new) == (True, True)
    lines = notes.read_text("utf-8").splitlines()
    line = lines.index('msgid "A map"') - 1
    assert any(f"línea {line} sin traducir: A map" in tree.text(each) for each in items)


def test_another_language_can_stand_beside_it(notes: Path, tmp_path: Path) -> None:
    file = notes.parent.parent / "ja/index.po"
    text = file.read_text("utf-8").replace('"Notes"\nmsgstr ""', '"Notes"\nmsgstr "メモ"')
    write(file, text)
    folder = tmp_path / "view"
    list(a_preview(folder, []).refresh())
    [first] = shown(folder, "ja").xpath(".//div[@class='row'][1]")
    assert [tree.text(cell).strip() for cell in first] == ["メモ", "Notas"]
    assert shown(folder, "ja").xpath(".//a[@aria-current]/@href") == ["ja.html"]


def test_addresses_that_cannot_be_read_lead_nowhere(notes: Path, tmp_path: Path) -> None:
    odd = ("http://[a", "a%00b.png", "c" * 300)
    links = "".join(f'<img src="{each}" alt="x"><a href="{each}">y</a>\n' for each in odd)
    write(tmp_path / "docs/en/index.md", f"{PAGE}\n{links}")
    list(a_preview(tmp_path / "view", []).refresh())
    [row] = shown(tmp_path / "view").xpath(".//div[@class='row'][last()]/div[1]")
    assert [each.get("src") for each in row.iter("img")] == [""] * len(odd)
    assert [each.get("href") for each in row.iter("a")] == [None] * len(odd)


def test_a_catalog_that_cannot_be_read_is_named_and_the_view_stays(
    notes: Path, tmp_path: Path
) -> None:
    said: list[str] = []
    made = a_preview(tmp_path / "view", said)
    list(made.refresh())
    write(notes, notes.read_text("utf-8") + 'msgid "x\n')
    [problem] = made.refresh()
    assert said == ["translations/es/index.po is up to date"]  # as it was said before
    assert problem.path == "translations/es/index.po"
    assert "Notas" in (tmp_path / "view/en.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("docs/en/index.md", "is no catalog of a page"),
        ("/elsewhere/index.po", "/elsewhere/index.po: is no catalog of a page"),
        ("translations/es/site.po", "is the catalog of no page"),
        ("translations/es/none.po", "is the catalog of no page"),
        ("translations/pt/index.po", "is the catalog of no page"),
        ("translations/en/index.po", "docs/en/index.md was written in en"),
    ],
)
def test_what_is_no_catalog_is_refused(
    notes: Path, capsys: pytest.CaptureFixture[str], name: str, fault: str
) -> None:
    assert main(["preview", name]) == 2
    assert fault in capsys.readouterr().err


@pytest.mark.long
def test_every_save_is_followed(notes: Path) -> None:
    """The first too, which makes the folder."""
    text = notes.read_text("utf-8")
    shutil.rmtree(notes.parent)
    handbook = build.handbook(Path.cwd())
    asked = preview.asked(handbook, Path("translations/es/index.po").absolute())
    assert not isinstance(asked, Problem)
    opened: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as free:
        where = free.getsockname()
    said: list[object] = []
    arguments = handbook, asked, where, said.append, said.append, opened.append
    threading.Thread(target=preview.serve, args=arguments, daemon=True).start()
    assert eventually(lambda: _served(opened) != "")
    write(notes, text)
    assert eventually(lambda: "Notas" in _served(opened))
    write(notes, text.replace('"Notas"', '"Apuntes"'))
    assert eventually(lambda: "Apuntes" in _served(opened))


def _served(opened: list[str]) -> str:
    """What is served now at the address that was opened; nothing before."""
    if not opened:
        return ""
    with urlopen(opened[0], timeout=PATIENCE) as answer:
        return answer.read().decode()
