"""Edits that are declared editorial, on a call or by a commit: which marks they speak for."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import Catalog
from handbook.bitext.files import write
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.upkeep import update
from handbook.bitext.upkeep.declared import Declaration, apply
from handbook.command import history
from programs import commit_all, git

PAGE = (
    "# Title\n\nMembrs meet here on each of the days before the assembly.\n\nAll is opne to all.\n"
)
NAME = "docs/en/index.md"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook of one translated page in git."""
    write(tmp_path / "pyproject.toml", '[tool.handbook]\nlanguages = ["en", "es"]\n')
    write(tmp_path / NAME, PAGE)
    monkeypatch.chdir(tmp_path)
    save(tmp_path)
    file = tmp_path / "translations/es/index.po"
    catalog = po.parse(file.read_text("utf-8"))
    units = tuple(unit._replace(translation=f"«{unit.message}»") for unit in catalog.units)
    write(file, po.dump(Catalog(catalog.header, units)))
    commit_all("Begin")
    return tmp_path


def edit(root: Path, old: str, new: str) -> None:
    write(root / NAME, (root / NAME).read_text("utf-8").replace(old, new))


def asked(root: Path, swaps: frozenset[tuple[str, str]] = frozenset()) -> list[Declaration]:
    """What `--editorial` says of the page."""
    old = history.last_commit(NAME)
    text = (root / NAME).read_text("utf-8")
    return [Declaration(NAME, old.decode() if old else None, text, swaps)]


def save(root: Path, declared: list[Declaration] | None = None) -> tuple[list[str], list[str]]:
    """Update with these declarations; return what was accepted and refused."""
    book = Handbook.open(root)
    [each] = update.updates(book, ["es"], [], [root / NAME])
    each, accepted, problems = apply(book, each, declared or [])
    assert update.write(book, each) is None
    return [str(a) for a in accepted], [str(p) for p in problems]


def states(root: Path) -> list[str]:
    text = (root / "translations/es/index.po").read_text("utf-8")
    return [unit.state for unit in po.parse(text).units]


def test_a_declaration_speaks_for_edits_since_the_last_commit_alone(root: Path) -> None:
    edit(root, "opne", "open")
    save(root)
    commit_all("An edit that nobody calls editorial")
    edit(root, "Membrs", "Members")
    accepted, refused = save(root, asked(root))
    assert accepted == [
        f"editorial, by --editorial: {NAME}:3: “{PAGE.splitlines()[2]}” is now"
        f" “{PAGE.splitlines()[2].replace('Membrs', 'Members')}”"
    ]
    assert (refused, states(root)) == ([], ["current", "current", "changed"])
    # Nor for a paragraph that was edited before, and is edited again.
    edit(root, "open to", "opened to")
    assert save(root, asked(root)) == ([], [])
    assert states(root)[2] == "changed"


def test_a_commit_declares_for_those_without_a_command_line(root: Path) -> None:
    edit(root, "Membrs", "Members")
    commit_all(f"Mend a typo\n\nEditorial: {NAME}\nMore words.")
    edit(root, "opne", "open")
    commit_all("Mend another, and say nothing")
    [found] = history.declared()
    assert (found.page, found.swaps, found.by[:7]) == (NAME, frozenset(), "commit ")
    assert len(save(root, [found])[0]) == 1
    assert states(root) == ["current", "current", "changed"]


def test_what_no_commit_declares(root: Path) -> None:
    edit(root, "Membrs", "Members")
    commit_all(f"Of Editorial: lines\n\nnot Editorial: {NAME}\nEditorial: docs/en/none.md")
    assert list(history.declared()) == []


def test_words_that_are_exchanged_have_to_be_confirmed(root: Path) -> None:
    edit(root, "before the", "after the")
    [told] = save(root, asked(root))[1]
    assert told.startswith(f"{NAME}:3: not an editorial edit: ")
    assert states(root)[1] == "changed"
    git("checkout", "-q", "translations")
    pair = history.confirmed_words("Before=after")
    assert save(root, asked(root, pair))[1] == []
    assert states(root)[1] == "current"


@pytest.mark.parametrize(
    ("old", "new", "swap"),
    [
        ("You may come.", "You must come.", "may=must"),
        ("It has six rooms.", "It has ten rooms.", "six=ten"),
        ("It takes 5 hours.", "It takes 6 hours.", "5=6"),
        ("It is open.", "It is not open.", "=not"),
        ("Come on Monday.", "Come on Sunday.", "monday=sunday"),
    ],
)
def test_nobody_can_confirm_a_number_or_a_not(root: Path, old: str, new: str, swap: str) -> None:
    (root / NAME).write_text(f"# A\n\n{old}\n", "utf-8")
    save(root)
    catalog = root / "translations/es/index.po"
    text = catalog.read_text("utf-8")
    catalog.write_text(
        text.replace(f'msgid "{old}"\nmsgstr ""', f'msgid "{old}"\nmsgstr "x"'), "utf-8"
    )
    commit_all("Write a sentence")
    edit(root, old, new)
    assert save(root, asked(root, history.confirmed_words(swap)))[0] == []
    assert states(root)[1] == "changed"
