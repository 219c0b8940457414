"""What time has done to a handbook, as its git tells: changed lately, waiting, due."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import date
from pathlib import Path

import pytest
from lxml.builder import E

import handbooks
from handbook.bitext.files import write
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.translate.assemble import Tally
from handbook.press.core import history, tree
from handbook.press.core.editions import Editions
from handbook.press.pages import lately, status

TODAY = date(2026, 3, 11)
RULES = """---
review_by: 2026-03-01
---

# Rules

> Each member has
> a vote.

- Minutes are public.
"""


def commit(root: Path, day: str) -> None:
    told = {f"GIT_{who}_DATE": f"{day}T12:00:00+00:00" for who in ("AUTHOR", "COMMITTER")}
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", day)):
        subprocess.run(["git", *words], cwd=root, env={**os.environ, **told}, check=True)


def translate(root: Path, *left: str) -> None:
    """Translate everything into Spanish but what is `left`."""
    handbooks.translate(root, lambda _, unit: None if unit.message in left else unit.message)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A handbook in which a short text waits for long and a longer one for less."""
    write(tmp_path / "pyproject.toml", '[tool.handbook]\nlanguages = ["en", "es"]\n')
    write(tmp_path / "docs/en/index.md", "# Home\n\nAll of it.\n")
    write(tmp_path / "docs/en/rules.md", RULES)
    write(tmp_path / "docs/en/late.md", "# Late\n")
    translate(tmp_path)
    commit(tmp_path, "2026-01-01")
    # The words of a quotation are edited; on another day they are wrapped, and others are edited.
    edited = RULES.replace("a vote", "one vote")
    write(tmp_path / "docs/en/rules.md", edited)
    commit(tmp_path, "2026-02-01")
    edited = edited.replace("has\n> one", "has one\n>").replace("are public", "are for all to read")
    write(tmp_path / "docs/en/rules.md", edited)
    write(
        tmp_path / "docs/en/late.md", "# Late\n\nIt came later than all of the others, and waits.\n"
    )
    commit(tmp_path, "2026-03-01")
    return tmp_path


def states(root: Path) -> status.Overview:
    return status.overview(Editions(Handbook.open(root)), history.of(root), TODAY)


def test_a_text_waits_since_the_page_has_it(root: Path) -> None:
    english, spanish = states(root).languages
    assert english.waiting == ()
    told = [(each.path, each.since, each.word_days) for each in spanish.waiting]
    # Five words for 38 days and six for 10: a text that was only wrapped anew waits on.
    assert told == [
        ("rules.md", date(2026, 2, 1), 5 * 38 + 6 * 10),
        ("late.md", date(2026, 3, 1), 10 * 10),
    ]
    translate(root, "It came later than all of the others, and waits.")
    commit(root, "2026-03-05")
    history.of.cache_clear()
    [late] = states(root).languages[1].waiting
    assert (late.path, late.words, late.since) == ("late.md", 10, date(2026, 3, 1))


@pytest.mark.parametrize(("language", "told"), [("en", "03-01"), ("es", "03-05")])
def test_a_new_name_is_no_change(language: str, told: str, root: Path) -> None:
    translate(root)
    commit(root, "2026-03-05")
    (root / "docs/en/late.md").rename(root / "docs/en/later.md")
    (root / "translations/es/late.po").rename(root / "translations/es/later.po")
    commit(root, "2026-03-06")
    leaf = Editions(Handbook.open(root)).leaf("later.md", language)
    found = lately.changed(leaf, history.of(root))
    assert found
    assert found.date().isoformat() == f"2026-{told}"


def _quoted(path: str) -> tree.Element:
    return E.a(f"“{path}”", href=f"../{path}")


def _opening(path: str, _language: str) -> tree.Element:
    return _quoted(path)


def test_the_page_and_the_file_say_the_same(root: Path) -> None:
    editions = Editions(Handbook.open(root))
    place = E.div(id=status.PLACE)
    content = E.div(place)
    leaf = editions.leaf("index.md", "es")
    status.fill(content, leaf, lambda: states(root), link=_quoted, opening=_opening)
    items = [tree.text(item).strip() for item in place.iter("li")]
    assert items == [
        "“rules.md” 11 palabras, en espera desde el 1 de febrero de 2026",
        "“late.md” 10 palabras, en espera desde el 1 de marzo de 2026",
        *("“rules.md” 1 de marzo de 2026", "“late.md” 1 de marzo de 2026"),
        *("“index.md” 1 de enero de 2026", "“rules.md” desde el 1 de marzo de 2026"),
    ]
    assert [each.get("href") for each in place.iter("a")][:2] == ["../rules.md", "../late.md"]
    data = json.loads(status.as_json(states(root)))
    assert data["due"] == [{"path": "rules.md", "since": "2026-03-01"}]
    spanish = data["languages"]["es"]
    assert spanish["changed"][2] == {"path": "index.md", "day": "2026-01-01"}
    assert spanish["waiting"][0]["since"] == "2026-02-01"
    assert spanish["open"] == {each["path"]: each["words"] for each in spanish["waiting"]}


def test_each_section_has_a_row_and_other_pages_the_last(root: Path) -> None:
    editions = Editions(Handbook.open(root))
    sections = (status.Section("Law & order", frozenset({"rules.md"})),)
    found = status.overview(editions, history.of(root), TODAY, sections)
    place = E.div(id=status.PLACE)
    leaf = editions.leaf("index.md", "es")
    status.fill(E.div(place), leaf, lambda: found, link=E.a, opening=_opening)
    table = place.findall("table")[1]
    told = [[tree.text(cell) for cell in row] for row in table.iter("tr")]
    data = json.loads(status.as_json(found))["languages"]["es"]
    shares = [f"{each['percent']} %" for each in data["sections"]]
    assert told == [
        ["Sección", "inglés", "español"],
        ["Law & order", "100 %", shares[0]],
        ["Otras páginas", "100 %", shares[1]],
    ]
    assert [(each["pages"], each["reviewed"]) for each in data["sections"]] == [(1, 0), (2, 0)]
    assert [each["words"]["changed"] for each in data["sections"]] == [11, 0]
    assert [each["words"]["missing"] for each in data["sections"]] == [0, 10]
    place.clear()
    place.set("id", status.PLACE)
    status.fill(E.div(place), leaf, lambda: states(root), link=E.a, opening=_opening)
    assert len(place.findall("table")) == 1


def test_without_git_it_is_known_how_much_waits(root: Path) -> None:
    editions = Editions(Handbook.open(root))
    found = status.overview(editions, history.History(root), TODAY).languages[1]
    assert found.changed == ()
    assert {each.path for each in found.waiting} == {"rules.md", "late.md"}
    assert all(each.since is None for each in found.waiting)


def test_per_cent_are_rounded_down_once() -> None:
    state = status.Progress("es", 0, {"a.md": Tally(current=29, missing=71)}, frozenset())
    assert "Español: 29 %" in status.badge(state, "Español")
