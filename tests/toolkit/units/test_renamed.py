"""Pages that are renamed, moved or split: their translations go with them, and nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import Catalog
from handbook.bitext.files import write
from handbook.bitext.problem import Problem
from handbook.bitext.project import faults, renamed
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.upkeep import update

LANGUAGES = ["en", "es", "ja"]
START = """# Start

We meet every Monday in the library.

Bring a chair and somebody who has never been there, see [the plan](plan.md).

Whoever comes first makes the tea for all others.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A handbook of two pages with all their translations: the message between « and »."""
    names = ", ".join(f'"{each}"' for each in LANGUAGES)
    write(tmp_path / "pyproject.toml", f"[tool.handbook]\nlanguages = [{names}]\n")
    write(tmp_path / "docs/en/start.md", START)
    write(tmp_path / "docs/en/plan.md", "# Plan\n\nThe plan of the year stands here.\n")
    run(tmp_path)
    for file in tmp_path.glob("translations/**/*.po"):
        catalog = po.parse(file.read_text("utf-8"))
        units = tuple(unit._replace(translation=f"«{unit.message}»") for unit in catalog.units)
        write(file, po.dump(Catalog({**catalog.header, "X-Reviewed": "yes"}, units)))
    return tmp_path


def run(root: Path, languages: Sequence[str] = LANGUAGES) -> list[str]:
    """Update the catalogs of some languages, and return those that were moved."""
    book = Handbook.open(root)
    moved = []
    for each in update.updates(book, languages, []):
        assert update.write(book, each) is None
        moved += [f"{each.moved_from} {each.path}"] if each.moved_from else []
    return moved


def rename(root: Path, new: str, text: str = START) -> None:
    (root / "docs/en/start.md").unlink()
    write(root / f"docs/en/{new}", text)


def states(root: Path, page: str, language: str = "es") -> list[str]:
    text = (root / f"translations/{language}/{page}.po").read_text("utf-8")
    return [unit.state for unit in po.parse(text).units]


def problems(root: Path) -> list[Problem]:
    return list(faults.problems(Handbook.open(root)))


def test_a_renamed_page_takes_its_catalogs_along(root: Path) -> None:
    """Edited on the way, in another folder; before the update a build shows them too."""
    edited = START.replace("a chair", "two chairs").replace("(plan.md)", "(../plan.md)")
    rename(root, "first/begin.md", edited.replace("# Start", "# Begin"))
    book = Handbook.open(root)
    source = book.sources()[0]
    assert source.path == "first/begin.md"
    for language in ("es", "ja"):
        assert book.tally(source, language) == (2, 1, 1, 0)
        assert book.reviewed(source, language) == "yes"
    assert "«We meet every Monday in the library.»" in book.translated(source, "es").text
    assert problems(root) == []
    assert run(root) == [
        f"translations/{each}/start.po translations/{each}/first/begin.po" for each in ("es", "ja")
    ]
    assert not list(root.glob("translations/*/start.po"))
    assert states(root, "first/begin", "ja") == ["missing", "current", "changed", "current"]
    assert "X-Reviewed: yes" in (root / "translations/ja/first/begin.po").read_text("utf-8")
    assert run(root) == problems(root) == []


def test_one_language_at_a_time(root: Path) -> None:
    """Also where an empty catalog of the new name was made before."""
    rename(root, "begin.md")
    empty = root / "translations/es/begin.po"
    write(empty, po.dump(Handbook.open(root).catalogs.empty("en", "es")))
    assert run(root, ["es"]) == ["translations/es/start.po translations/es/begin.po"]
    assert problems(root) == []
    assert run(root, ["ja"]) == ["translations/ja/start.po translations/ja/begin.po"]


def test_a_page_that_was_copied_is_named(root: Path) -> None:
    """Both copies are translated, with titles of a word or two; the catalog stays."""
    for name in ("one.md", "two.md"):
        write(root / f"docs/en/{name}", START)
    (root / "docs/en/start.md").unlink()
    told = "there is no page start.md, and one.md and two.md have its text; "
    assert [problem.text.startswith(told) for problem in problems(root)] == [True, True]
    assert run(root) == []
    assert states(root, "one") == states(root, "two") == ["current"] * 4
    assert len(problems(root)) == 2


def test_a_page_that_was_split_or_taken_into_another_loses_nothing(root: Path) -> None:
    _, first, second, third = START.strip().split("\n\n")
    rename(root, "begin.md", f"# Start\n\n{first}\n\n{second}\n")
    write(root / "docs/en/tea.md", f"# Tea\n\n{third}\n")
    assert len(run(root)) == 2
    assert states(root, "begin") == ["current"] * 3
    assert states(root, "tea") == ["missing", "current"]
    (root / "docs/en/tea.md").unlink()
    write(root / "docs/en/plan.md", f"# Plan\n\nThe plan of the year stands here.\n\n{third}\n")
    assert run(root) == []
    assert states(root, "plan") == ["current"] * 3
    told = "there is no page tea.md; rename the catalog with its page, or take it in and delete it:"
    assert {problem.text for problem in problems(root)} == {
        f"{told} handbook receive translations/{code}/tea.po" for code in ("es", "ja")
    }


def test_a_catalog_that_is_worked_on_is_never_replaced(root: Path) -> None:
    rename(root, "begin.md")
    begun = (root / "translations/es/start.po").read_text("utf-8").replace("«", "¡")
    write(root / "translations/es/begin.po", begun)
    assert run(root) == ["translations/ja/start.po translations/ja/begin.po"]
    assert "¡We meet" in (root / "translations/es/begin.po").read_text("utf-8")
    assert [problem.path for problem in problems(root)] == ["translations/es/start.po"]


def test_another_page_is_no_rename() -> None:
    gone = {"a.md": ["Sources", "One thing was said here.", "And nothing else."]}
    other = {"b.md": ["Sources", "Something new altogether.", "It says more than that."]}
    assert renamed.find(gone, other) == renamed.Renames()
    assert renamed.find({"a.md": []}, {"b.md": []}) == renamed.Renames()


def test_of_two_pages_that_became_one_the_likest_is_taken() -> None:
    gone = {"a.md": ["One thing was said here."], "b.md": ["Another thing, which took longer."]}
    both = {"c.md": [*gone["a.md"], *gone["b.md"]]}
    assert renamed.find(gone, both).pages == {"b.md": "c.md"}


def test_only_what_stands_nowhere_as_it_was_is_looked_for_as_edited(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each of 200 pages that had moved was held against all others, word by word: for a minute."""
    asked: list[str] = []
    real = renamed._edited
    monkeypatch.setattr(
        renamed, "_edited", lambda message, left: asked.append(message) or real(message, left)
    )
    gone = {f"{n}.md": [f"{word * 9} {n}" for word in ("one", "two", "three")] for n in range(9)}
    new = {f"a/{path}": list(messages) for path, messages in gone.items()}
    new["a/0.md"][0] += " more"
    assert renamed.find(gone, new).pages == {path: f"a/{path}" for path in gone}
    assert set(asked) == {gone["0.md"][0]}


def test_a_message_that_stands_elsewhere_as_it_was_may_be_edited_here() -> None:
    """A page was lost where it had one form of a message and another page still the old one."""
    common = "Whoever comes for the first time is shown around the house"
    gone = {"a.md": [common, "One thing is said here."], "b.md": [common, "Another is said there."]}
    new = {"c.md": [f"{common}.", "One thing is said here."], "d.md": gone["b.md"]}
    assert renamed.find(gone, new).pages == {"a.md": "c.md", "b.md": "d.md"}
    copied = {"c.md": gone["a.md"], "d.md": new["c.md"]}  # either may be it
    assert renamed.find({"a.md": gone["a.md"]}, copied).doubts == {"a.md": ("c.md", "d.md")}


PLAN = "# Plan\n\nThe plan of the year stands here.\n"


def test_pages_that_exchange_names_keep_all_translations(root: Path) -> None:
    write(root / "docs/en/start.md", PLAN)
    write(root / "docs/en/plan.md", START)
    book = Handbook.open(root)
    assert [book.tally(each, "es").current for each in book.sources()] == [4, 2]
    assert problems(root) == []
    assert len(run(root)) == 4
    assert (states(root, "plan"), states(root, "start")) == (["current"] * 4, ["current"] * 2)
    assert (run(root), problems(root)) == ([], [])


def test_names_passed_on_in_a_row(root: Path) -> None:
    """plan.md becomes later.md, and start.md takes its name; a word is edited on the way."""
    (root / "docs/en/start.md").unlink()
    write(root / "docs/en/plan.md", START.replace("a chair", "two chairs"))
    write(root / "docs/en/later.md", PLAN)
    assert problems(root) == []
    run(root)
    assert (states(root, "plan").count("changed"), states(root, "plan").count("current")) == (1, 3)
    assert states(root, "later") == ["current"] * 2
    assert not (root / "translations/es/start.po").exists()
    assert (run(root), problems(root)) == ([], [])


def test_no_catalog_is_written_over_whose_page_is_not_found(root: Path) -> None:
    """start.md takes the name of plan.md, which is deleted: its catalog keeps what it has."""
    (root / "docs/en/start.md").unlink()
    write(root / "docs/en/plan.md", START)
    before = (root / "translations/es/start.po").read_bytes()
    run(root)
    text = (root / "translations/es/plan.po").read_text("utf-8")
    assert "«The plan of the year stands here.»" in text
    assert "«We meet every Monday in the library.»" in text
    assert (root / "translations/es/start.po").read_bytes() == before
