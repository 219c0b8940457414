"""A handbook on disk: what is found, what is wrong, and what is written."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

import handbooks
from handbook.bitext.catalog import po, restore
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.files import write
from handbook.bitext.moving import move, turn
from handbook.bitext.problem import Problem
from handbook.bitext.project import faults
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.upkeep import languages, reviewed, update
from handbook.bitext.upkeep.align import align
from handbook.command import main
from handbooks import link, run
from programs import commit_all, git
from rows import rows

SETTINGS = '[tool.handbook]\nlanguages = ["en", "es", "ja"]\n'
PAGE = "---\ndescription: A page.\n---\n\n# One\n\nA first paragraph.\n\nA second paragraph.\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small handbook with the configuration of the real one, and two pages."""
    link(tmp_path)
    write(tmp_path / "mkdocs.yml", handbooks.settings())
    (tmp_path / "pyproject.toml").write_text(SETTINGS, "utf-8")
    pages = {"en/index.md": PAGE, "en/more/two.md": "# Two\n\nWords.\n", "es/tres.md": "# Tres\n"}
    for name, page in pages.items():
        write(tmp_path / "docs" / name, page)
    (tmp_path / "translations").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def translate(root: Path, name: str) -> None:
    """Fill a catalog with its messages in capitals."""
    file = root / "translations" / name
    catalog = po.parse(file.read_text("utf-8"))
    units = tuple(
        Unit(u.message, u.message.upper(), places=u.places, note=u.note) for u in catalog.units
    )
    file.write_text(po.dump(Catalog(catalog.header, units)), "utf-8")


def test_update_writes_a_catalog_for_each_page_and_language(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, "update")
    assert (status, err) == (0, [])
    written = {file.relative_to(root).as_posix() for file in root.glob("translations/**/*.po")}
    assert written == {
        "translations/en/tres.po",
        "translations/es/index.po",
        "translations/es/more/two.po",
        "translations/es/site.po",
        "translations/ja/index.po",
        "translations/ja/more/two.po",
        "translations/ja/site.po",
        "translations/ja/tres.po",
    }
    assert len(out) == len(written)
    text = (root / "translations/es/more/two.po").read_text("utf-8")
    assert "#: more/two.md\n" in text


def test_a_second_update_changes_no_byte(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "update")
    before = {file: file.stat().st_mtime_ns for file in root.glob("translations/**/*.po")}
    assert run(capsys, "update") == (0, [], [])
    assert run(capsys, "update", "--check") == (0, [], [])
    assert {file: file.stat().st_mtime_ns for file in before} == before


def test_one_edited_word_changes_one_unit_in_each_language(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "update")
    translate(root, "es/index.po")
    translate(root, "ja/index.po")
    write(root / "docs/en/index.md", PAGE.replace("first paragraph", "new paragraph"))
    status, _, err = run(capsys, "update", "--check")
    assert status == 1
    assert err == [
        f"translations/{language}/index.po:1: is not up to date; run: handbook update"
        for language in ("es", "ja")
    ]
    book = Handbook.open(root)
    shown = book.translated(book.sources()[0], "es")
    assert (shown.tally.changed, shown.tally.missing) == (1, 0)
    assert "A FIRST PARAGRAPH." in shown.text
    run(capsys, "update")
    for language in ("es", "ja"):
        catalog = po.parse((root / f"translations/{language}/index.po").read_text("utf-8"))
        changed = [unit for unit in catalog.units if unit.state == "changed"]
        assert [unit.previous for unit in changed] == ["A first paragraph."]
        assert {unit.state for unit in catalog.units} == {"changed", "current"}
    assert run(capsys, "update") == (0, [], [])


def test_what_is_saved_during_an_update_is_not_lost(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Saved after it was read, it is read again; saved after that, it is left alone and named."""
    run(capsys, "update")
    write(root / "docs/en/index.md", PAGE.replace("first paragraph", "new paragraph"))
    book = Handbook.open(root)
    assert list(faults.problems(book)) == []
    translate(root, "es/index.po")
    [es, ja] = [each for each in update.updates(book, ["es", "ja"], []) if each.changed]
    assert [unit.state for unit in es.after.units].count("changed") == 1
    assert update.write(book, es) is None
    assert "A FIRST PARAGRAPH." in (root / es.path).read_text("utf-8")
    translate(root, "ja/index.po")
    saved = (root / ja.path).read_bytes()
    assert str(update.write(book, ja)) == (
        "translations/ja/index.po:1: was saved during the update; run handbook update again"
    )
    assert (root / ja.path).read_bytes() == saved


@pytest.mark.parametrize(
    ("words", "planner", "saved"),
    [
        ("move more/two.md more/three.md", (move, "move"), "docs/en/more/two.md"),
        ("turn index.md es", (turn, "turn"), "docs/es/index.md"),
        ("reviewed docs/en/index.md es --by Ana", (reviewed, "sign"), "translations/es/index.po"),
        ("add-language fr", (languages, "addition"), "pyproject.toml"),
        ("remove-language ja", (languages, "removal"), "mkdocs.yml"),
    ],
)
def test_what_is_saved_meanwhile_is_named_and_nothing_is_done(
    words: str,
    planner: tuple[object, str],
    saved: str,
    root: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run(capsys, "update")
    for language in ("es", "ja"):
        translate(root, f"{language}/index.po")
    commit_all()
    plan = getattr(*planner)

    def plan_and_save(*given: object) -> object:
        made = plan(*given)
        with (root / saved).open("a", encoding="utf-8") as file:
            file.write("\n# saved\n")
        return made

    monkeypatch.setattr(*planner, plan_and_save)
    status, _, err = run(capsys, *words.split())
    changed = git("status", "--porcelain", "-uall").splitlines()
    assert f"{saved}:1: was saved meanwhile, and nothing was done; run this again" in err
    assert status == 1
    assert [each.split()[-1] for each in changed] == [saved]


def test_what_moves_to_another_page_keeps_its_translation(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before an update its old page's catalog has it, after one among what is out of use."""
    run(capsys, "update")
    translate(root, "es/index.po")
    moved = "\nA second paragraph.\n"
    (root / "docs/en/index.md").write_text(PAGE.removesuffix(moved), "utf-8")
    for name in ("more/two", "one/three"):
        write(root / f"docs/en/{name}.md", f"# Title\n{moved}")
        run(capsys, "update", "es")
        text = (root / f"translations/es/{name}.po").read_text("utf-8")
        assert 'msgid "A second paragraph."\nmsgstr "A SECOND PARAGRAPH."' in text
        (root / f"docs/en/{name}.md").unlink()
        (root / f"translations/es/{name}.po").unlink()


VOTE, MEAL = (
    f"Everybody who comes to the assembly of the house has one {thing} in it."
    for thing in ("vote", "meal")
)


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")], ids=["to-a-later", "to-an-earlier"])
@pytest.mark.parametrize(
    ("text", "stays", "state"),
    [
        (VOTE, "", "current"),
        (VOTE, MEAL.replace("assembly", "kitchen"), "current"),  # an edit of it, as it seems
        (VOTE.replace("one vote", "two votes"), "", "changed"),
        (VOTE.replace("one vote", "two votes"), MEAL.replace("assembly", "kitchen"), "changed"),
        (VOTE.replace("one vote", "two votes"), VOTE, "missing"),  # copied: whose it is, is unsure
        (VOTE.replace("assembly of the house", "garden club"), "", "missing"),
    ],
)
def test_what_moves_to_another_page_and_is_edited_is_changed(
    root: Path, names: tuple[str, str], text: str, stays: str, state: str
) -> None:
    first, second = (root / f"docs/en/{name}.md" for name in names)
    write(first, f"# A\n\nFirst words.\n\n{VOTE}\n\nLast words.\n")
    write(second, "# B\n\nOther words.\n")
    assert main.main(["update", "es"]) == 0
    translate(root, f"es/{names[0]}.po")
    write(first, f"# A\n\nFirst words.\n\n{stays}\n\nLast words.\n")
    write(second, f"# B\n\nOther words.\n\n{text}\n")
    for _ in ("in memory", "on disk"):
        book = Handbook.open(root)
        unit = book.catalog(book.by_path[f"{names[1]}.md"][0], "es").unit(text)
        assert unit is not None
        said = "" if state == "missing" else VOTE.upper()
        assert (unit.state, unit.translation) == (state, said)
        assert unit.previous == (VOTE if state == "changed" else None)
        assert main.main(["update", "es"]) == 0


def test_what_was_retired_untranslated_is_not_current_by_an_earlier_text(root: Path) -> None:
    edited = VOTE.replace("one vote", "two votes")
    write(root / "docs/en/a.md", f"# A\n\n{VOTE}\n")
    write(root / "docs/en/b.md", f"# B\n\n{edited}\n")
    assert main.main(["update", "es"]) == 0
    translate(root, "es/a.po")
    write(root / "docs/en/a.md", "# A\n")
    with (root / "translations/es/index.po").open("a", encoding="utf-8") as file:
        file.write(f'\n#~ msgid "{edited}"\n#~ msgstr ""\n')
    book = Handbook.open(root)
    unit = book.catalog(book.by_path["b.md"][0], "es").unit(edited)
    assert unit is not None
    assert unit.state != "current"


def test_of_two_translations_elsewhere_it_is_that_of_most_pages(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that stands on a page counts before one that no page has any more."""
    text = "Everybody takes a turn at leading."
    words = {"a": "UNO", "b": "DOS", "c": "DOS", "d": "TRES", "e": "TRES"}
    for name in words:
        write(root / f"docs/en/{name}.md", f"# {name}\n\n{text}\n")
    run(capsys, "update", "es")
    for name, said in words.items():
        file = root / f"translations/es/{name}.po"
        old, new = (f'"{text}"\nmsgstr "{each}"' for each in ("", said))
        write(file, file.read_text("utf-8").replace(old, new))
    for name in ("d", "e"):
        write(root / f"docs/en/{name}.md", f"# {name}\n")
    run(capsys, "update", "es")
    translate(root, "es/index.po")
    page = root / "docs/en/index.md"
    write(page, page.read_text("utf-8").replace("A second paragraph.", text))
    run(capsys, "update", "es")
    book = Handbook.open(root)
    unit = book.catalog(book.by_path["index.md"][0], "es").unit(text)
    assert unit is not None
    assert (unit.state, unit.translation) == ("current", "DOS")


def test_status_as_text_and_as_json(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "update")
    translate(root, "es/index.po")
    status, out, _ = run(capsys, "status", "es")
    assert status == 0
    assert out[0].startswith("es: ")
    _, todo, _ = run(capsys, "todo", "es")
    assert out[0].partition("; left: ")[2] == todo[0].partition("pages, ")[2] != ""
    assert out[1] == "  more/two.md: 2 missing"
    assert out[2].startswith("  site.po: ")
    _, out, _ = run(capsys, "status", "es", "--json")
    data = json.loads("\n".join(out))["es"]
    assert data["current"] == 4
    assert data["missing"] == 2 + data["site"]["missing"]
    assert data["pages"]["index.md"] == {
        "current": 4,
        "changed": 0,
        "missing": 0,
        "suggested": 0,
    }


def test_an_edited_link_is_the_writers_and_no_fault_of_translators(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = root / "docs/en/index.md"
    write(page, "# One\n\nRead [the second page](more/two.md) for more.\n")
    run(capsys, "update")
    file = root / "translations/es/index.po"
    text = file.read_text("utf-8").replace(
        'for more."\nmsgstr ""', 'for more."\nmsgstr "Lean [la segunda](more/two.md)."'
    )
    file.write_text(text, "utf-8")
    write(page, "# One\n\nRead [the second page](more/two.md#two) for more.\n")
    assert run(capsys, "check", "es") == (0, [], [])
    book = Handbook.open(root)
    shown = book.translated(book.sources()[0], "es")
    assert (shown.tally.current, shown.tally.changed) == (1, 0)
    assert "Lean [la segunda](more/two.md#two)." in shown.text


@pytest.mark.parametrize(
    "words",
    [
        ("extract", "docs/en/index.md", "--output", "docs/en/index.md"),
        ("extract", "docs/en/index.md", "--output", "translations/es/index.po"),
        ("assemble", "docs/en", "--catalog", "translations/es/index.po", "--to", "docs/en"),
        ("stage", "--to", "docs"),
    ],
    ids=" ".join,
)
def test_no_command_writes_over_a_source(
    words: tuple[str, ...], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "update")
    translate(root, "es/index.po")
    files = [*root.glob("docs/**/*.md"), *root.glob("translations/**/*.po")]
    before = {file: file.read_bytes() for file in files}
    status, _, err = run(capsys, *words)
    assert status == 2
    assert all(": " in line for line in err)
    assert {file: file.read_bytes() for file in files} == before


@pytest.mark.parametrize(
    "words",
    [
        ("stage", "--to", "mkdocs.yml"),
        ("extract", "docs/en/index.md", "--output", "mkdocs.yml/x.pot"),
        ("extract", "nothing.md"),
        ("assemble", "docs/en", "--catalog", "nothing.po", "--to", "x"),
        ("align", "docs/en/nothing.md"),
        ("update", "--editorial", "nothing.md"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_one_line(
    words: tuple[str, ...], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(capsys, *words)
    assert status == (2 if words[0] == "stage" else 1)
    assert len(err) == 1
    assert ":1: " in err[0]


_LEADS_OUT = "is a link that leads out of the handbook and is not followed; "
_LEADS_NOWHERE = "is a link that leads to nothing, or to itself; "
STRANGE = {
    "circle": "is a link to a folder that it is in; ",
    "folder": _LEADS_OUT,
    "hidden": _LEADS_OUT,
    "loop": _LEADS_NOWHERE,
    "nothing": _LEADS_NOWHERE,
    "outside": _LEADS_OUT,
    "pipe": "is a pipe, a socket or a device, no file; ",
    "\\xff": "its name is not UTF-8; ",
}


def strangers(root: Path, place: str, suffix: str) -> None:
    """Make files that must not be opened."""
    folder, outside = root / place, root.with_name(f"{root.name}-outside")
    write(outside / "x.md", "# Secret\n")
    write(root / ".git/x.md", "# Secret\n")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / os.fsdecode(b"\xff" + suffix.encode())).touch()
    os.mkfifo(folder / f"pipe{suffix}")
    for name, target in {
        "circle": folder.parent,
        "folder": outside,
        "hidden": root / ".git/x.md",
        "loop": folder / f"loop{suffix}",
        "nothing": root / "no",
        "outside": outside / "x.md",
    }.items():
        (folder / (name + suffix)).symlink_to(target)


@pytest.mark.long
@pytest.mark.parametrize(
    ("place", "suffix"),
    [("docs/en/more", ".md"), ("docs/en/more", ".png"), ("translations/es/more", ".po")],
)
def test_what_must_not_be_opened_is_named_by_every_verb(
    place: str, suffix: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    strangers(root, place, suffix)
    for verb in (["check"], ["update"], ["status"], ["stage", "--to", "out"]):
        status, _, err = run(capsys, *verb)
        assert status == 1
        wanted = [f"{place}/{name}{suffix}:1: {fault}" for name, fault in STRANGE.items()]
        found = ["".join(line.partition("; ")[:2]) for line in err]
        assert sorted(found) == sorted(wanted), verb
    staged = [each.read_text("utf-8") for each in (root / "out").rglob("*.md")]
    assert len(staged) == 9
    assert "Secret" not in "".join(staged)


@pytest.mark.parametrize("name", ["docs/en", "docs", "translations/es", "translations"])
def test_a_linked_folder_outside_is_neither_read_nor_written(
    name: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "update")
    outside = root.with_name(f"{root.name}-outside")
    (root / name).rename(outside)
    (root / name).symlink_to(outside)
    before = {file: file.read_bytes() for file in outside.rglob("*.??")}
    write(root / "docs/es/new.md", "# Nuevo\n") if name == "translations" else None
    for verb in (["check"], ["status"], ["update"]):
        status, _, err = run(capsys, *verb)
        assert status == 1
        assert [line.startswith(f"{name}:1: {_LEADS_OUT}") for line in err] == [True]
    assert {file: file.read_bytes() for file in outside.rglob("*.??")} == before


def test_links_within_the_handbook_are_followed(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root / "docs/en/three.md", "# Three\n")
    (root / "docs/en/linked.md").symlink_to("three.md")
    (root / "docs/en/folder").symlink_to("more")
    (root / "docs/en/.#three.md").symlink_to("somebody@a-computer.1234")  # Emacs is editing it
    assert run(capsys, "check")[::2] == (0, [])
    paths = [each.path for each in Handbook.open(root).sources()]
    assert paths == ["folder/two.md", "index.md", "linked.md", "more/two.md", "three.md", "tres.md"]


def test_an_extension_that_fails_is_named_with_the_page(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "update")
    translate(root, "es/index.po")
    translate(root, "es/more/two.po")

    def render(text: str) -> str:
        if "paragraph" in text.lower():
            raise ValueError("no\nsuch thing")
        return f"<p>{text}</p>"

    book = Handbook.open(root, render)
    index, two = (source for source in book.sources() if source.language == "en")
    [problem] = book.translated(index, "es").problems
    assert str(problem).startswith(
        "docs/en/index.md:1: cannot be rendered (ValueError: no such thing, at test_project.py:"
    )
    assert book.translated(two, "es").problems == ()


def test_links_cannot_make_a_tree_without_end(root: Path) -> None:
    """Each of twenty folders has two links to the next."""
    for number in range(20):
        folder = root / f"docs/en/{number}"
        write(folder / "page.md", "# A page\n")
        (folder / "one").symlink_to(f"../{number + 1}")
        (folder / "two").symlink_to(f"../{number + 1}")
    assert len(Handbook.open(root).sources()) < 100


def test_pages_that_are_due_for_review_are_named(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dated = "---\nkeeper: a reader\nreview_by: {}\n---\n# Old\n"
    write(root / "docs/en/old.md", dated.format("2020-02-03"))
    write(root / "docs/en/fresh.md", dated.format("2999-02-03"))
    write(root / "docs/en/older.md", "---\nreview_by: 2020-02-02\n---\n# Older\n")
    _, out, _ = run(capsys, "status", "en")
    assert [line for line in out if "review" in line] == [
        "due for review since 2020-02-02: older.md",
        "due for review since 2020-02-03: old.md (keeper: a reader)",
    ]


def test_stage_writes_every_page_in_every_language(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "update")
    translate(root, "es/index.po")
    status, out, err = run(capsys, "stage", "--to", "staged")
    assert (status, err) == (0, [])
    assert out == ["3 pages in 3 languages in staged"]
    assert "# ONE { #one }" in (root / "staged/es/index.md").read_text("utf-8")
    assert (root / "staged/en/index.md").read_bytes() == (root / "docs/en/index.md").read_bytes()


BAD = {
    "a catalog with a syntax error": (
        "translations/es/index.po",
        b'msgid "a"\nmsgstr "b\n',
        "translations/es/index.po:2: ",
    ),
    "a catalog that is not UTF-8": (
        "translations/ja/index.po",
        b'msgid "a"\nmsgstr "\xe9"\n',
        "translations/ja/index.po:2: ",
    ),
    "a page that is not UTF-8": ("docs/en/bytes.md", b"# Bad\n\n\xff\n", "docs/en/bytes.md:3: "),
    "a page with the line ends of old Macs": (
        "docs/en/mac.md",
        b"---\rtitle: Bad\r---\r# Bad\r\rWords.\r",
        "docs/en/mac.md:1: its lines end in CR alone",
    ),
    "a catalog with the line ends of old Macs": (
        "translations/ja/more/two.po",
        b'msgid "a"\rmsgstr "b"\r',
        "translations/ja/more/two.po:1: its lines end in CR alone",
    ),
    "front matter that is not YAML": (
        "docs/en/quote.md",
        b'---\ntitle: "a\n---\n# Bad\n',
        "docs/en/quote.md:",
    ),
    "front matter without keys": (
        "docs/en/words.md",
        b"---\njust words\n---\n# Bad\n",
        "docs/en/words.md:1: ",
    ),
    "two sources for one path": ("docs/es/index.md", b"# Uno\n", "docs/es/index.md:1: "),
    "a catalog with no page": (
        "translations/ja/gone.po",
        b'msgid ""\nmsgstr ""\n',
        "translations/ja/gone.po:1: ",
    ),
}


@pytest.mark.parametrize("case", BAD)
@pytest.mark.parametrize("verb", ["update", "status", "check"])
def test_what_is_wrong_is_one_line_and_the_rest_goes_on(
    case: str, verb: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "update")
    name, data, place = BAD[case]
    (root / name).write_bytes(data)
    status, _, err = run(capsys, verb)
    assert status == 1
    assert [line.startswith(place) for line in err] == [True], err
    assert "; " in err[0]
    assert (root / name).read_bytes() == data


@pytest.mark.build
def test_all_that_is_wrong_is_a_line_each_and_the_rest_is_built(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "update")
    for name, data, _ in BAD.values():
        (root / name).write_bytes(data)
    status, _, err = run(capsys, "site")
    assert status == 1
    for _, _, place in BAD.values():
        assert sum(line.startswith(place) for line in err) == 1, (place, err)
    assert len(err) == len(BAD), err
    assert "Two" in (root / "site/more/two/index.html").read_text("utf-8")


@pytest.mark.build
def test_without_a_home_page_the_rest_is_built(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "docs/en/index.md").write_bytes(b"# Bad\n\xff\n")
    status, _, err = run(capsys, "site")
    assert status == 1
    assert err[0] == "docs/en/index.md:2: is not UTF-8; save the file in that encoding"
    assert "Two" in (root / "site/ja/more/two/index.html").read_text("utf-8")


@pytest.mark.build
def test_an_address_that_cannot_be_read_is_named_and_the_rest_is_built(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = root / "docs/en/more/two.md"
    page.write_text("# Two\n\nSee [x](http://[x) and <https://example.org/>, not `http://[y`.\n")
    run(capsys, "update")
    catalog = root / "translations/es/more/two.po"
    own = 'msgstr "https://example.org/"', 'msgstr "https://[z"'
    catalog.write_text(catalog.read_text("utf-8").replace(*own), "utf-8")
    assert run(capsys, "check", "es")[2] == [
        "translations/es/more/two.po:32: words: not a plain https:// address;"
        " write a host and a path only",
        "docs/en/more/two.md:3: http://[x is not an address; correct it, or write it as code",
    ]
    status, _, err = run(capsys, "site")
    assert status == 1
    assert (
        err[0]
        == "docs/en/more/two.md:3: http://[x is not an address; correct it, or write it as code"
    )
    assert not any("Error" in line for line in err), err
    assert 'href="http://%5Bx"' in (root / "site/more/two/index.html").read_text("utf-8")


@pytest.mark.build
def test_a_page_that_is_nested_too_deep_is_named(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nested = "".join("    " * depth + "- x\n" for depth in range(400))
    (root / "docs/en/more/two.md").write_text(f"# Two\n\n{nested}", "utf-8")
    status, _, err = run(capsys, "site", "en")
    assert status == 1
    assert any("en/more/two.md" in line for line in err), err
    assert any("a page is nested too deep; " in line for line in err), err
    assert not any("Traceback" in line or "exit code" in line for line in err), err


def test_align_lists_what_only_the_translation_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    own = "# Reglas\n\nLa lista tiene 3 nombres.\n\n## Sin par\n"
    _written(tmp_path, {"en/page.md": "# Rules\n\nThe list has 3 names.\n", "es/page.md": own})
    wrote = [
        "translations/es/page.po: 2 translations taken, 0 of 2 still missing",
        "docs/es/page.md:5: only here, in no pair: Sin par",
    ]
    assert run(capsys, "align", "docs/es/page.md") == (0, wrote, [])


@rows(
    ("files", "cures"),
    [
        (("en/x.md", "es/x.md", "ja/x.md"), ["docs/es/x.md", "docs/ja/x.md"]),
        (("es/x.md", "ja/x.md"), ["docs/ja/x.md if docs/es/x.md was written first, else"]),
        (
            ("x.md", "es/x.md", "ja/x.md"),
            ["move it to docs/en/x.md", "if docs/x.md is their source, move it to docs/en/x.md"],
        ),
    ],
)
def test_no_cure_makes_the_wrong_language_the_source(
    tmp_path: Path, files: Sequence[str], cures: Sequence[str]
) -> None:
    _written(tmp_path, dict.fromkeys(files, "# Words\n"))
    handbook = Handbook.open(tmp_path)
    found = [problem.text for problem in faults.page_problems(handbook)]
    assert len(found) == len(cures)
    assert all(cure in text for cure, text in zip(cures, found, strict=True))
    if "x.md" in files:
        refused = align(handbook, Path("docs/ja/x.md"))
        assert isinstance(refused, Problem)
        assert not (tmp_path / "translations").exists()


def _written(root: Path, pages: Mapping[str, str]) -> None:
    """Write a handbook of these pages in three languages."""
    (root / "pyproject.toml").write_text(SETTINGS, "utf-8")
    for name, text in pages.items():
        write(root / "docs" / name, text)


def test_align_makes_a_catalog_of_a_translated_page(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root / "docs/es/index.md", PAGE.replace("A first", "El primer").replace("One", "Uno"))
    wrote = ["translations/es/index.po: 4 translations taken, 0 of 4 still missing"]
    assert run(capsys, "align", "docs/es/index.md") == (0, wrote, [])
    again = ["translations/es/index.po: 0 translations taken, 0 of 4 still missing"]
    assert run(capsys, "align", str(root / "docs/es/index.md")) == (0, again, [])
    catalog = po.parse((root / "translations/es/index.po").read_text("utf-8"))
    unit = catalog.unit("A first paragraph.")
    assert unit
    assert unit.translation == "El primer paragraph."


def test_called_outside_a_handbook_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    status, _, err = run(capsys, "status")
    assert status == 1
    assert err == ["pyproject.toml:1: not found; run this in the folder of a handbook"]
    for verb in ("check", "status"):  # below a handbook, both name the way there
        languages = "languages: [{locale: en, name: English, default: true}]"
        write(tmp_path / "mkdocs.yml", f"plugins: [{{i18n: {{{languages}}}}}]\n")
        (tmp_path / "docs/en").mkdir(parents=True, exist_ok=True)
        monkeypatch.chdir(tmp_path / "docs/en")
        status, _, err = run(capsys, verb)
        assert status == 1
        assert [line.partition(": ")[2] for line in err] == [
            "not found; run this in the folder of the handbook: cd ../.."
        ]


def test_an_unknown_language_is_a_wrong_call(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, "status", "eo")
    assert (status, out) == (2, [])
    assert err == ["handbook: no language 'eo'; the handbook has en, es, ja"]


def test_a_declared_typo_leaves_translations_current(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = root / "docs/en/index.md"
    write(page, "# One\n\nMembrs decide here together.\n\nThey may speak twice an hour.\n")
    run(capsys, "update")
    translate(root, "es/index.po")
    write(page, page.read_text("utf-8").replace("Membrs", "Members").replace("may", "must"))
    status, _, err = run(capsys, "update", "es", "--editorial", "docs/en/index.md")
    assert status == 1
    assert err == [
        "docs/en/index.md:5: not an editorial edit: a modal verb has changed;"
        " it is marked as changed, have its translations follow"
    ]
    catalog = po.parse((root / "translations/es/index.po").read_text("utf-8"))
    assert [unit.state for unit in catalog.units] == ["current", "current", "changed"]
    assert catalog.units[1].translation == "MEMBRS DECIDE HERE TOGETHER."


def test_the_words_that_an_update_asks_to_have_confirmed_can_be(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = root / "docs/en/index.md"
    write(page, "# One\n\nMembers decide here together.\n")
    run(capsys, "update")
    translate(root, "es/index.po")
    commit_all()
    write(page, page.read_text("utf-8").replace("here ", ""))
    call = ["update", "es", "--editorial", "docs/en/index.md"]
    [told] = run(capsys, *call)[2]
    git("checkout", "-q", "translations")
    confirmed = told.partition("--confirm '")[2].partition("'")[0]
    assert confirmed == "here="
    assert run(capsys, *call, "--confirm", confirmed)[2] == []


def test_what_was_left_out_long_ago_is_not_put_back_with_each_edit(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "update")
    translate(root, "es/index.po")
    commit_all()
    write(root / "docs/en/index.md", PAGE.replace("A second paragraph.\n", ""))
    run(capsys, "update")
    file = root / "translations/es/index.po"
    write(file, file.read_text("utf-8").replace("#. paragraph\n#~", "#~"))
    commit_all()
    write(file, file.read_text("utf-8").replace("A FIRST", "A VERY FIRST"))
    commit_all()
    write(root / "docs/en/index.md", "# One\n\nA new first paragraph.\n")
    status, out, _ = run(capsys, "update", "es")
    assert (status, out) == (0, ["updated translations/es/index.po"])


def test_an_edit_that_was_undone_before_its_commit_is_no_damage(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "update")
    commit_all()
    write(root / "docs/en/index.md", PAGE.replace("A second paragraph.", "Other words here."))
    run(capsys, "update")
    write(root / "docs/en/index.md", PAGE)
    assert not any("not the message" in line for line in run(capsys, "check")[2])
    out = run(capsys, "update")[1]
    assert not any("put back" in line for line in out)
    assert git("diff", "--stat", "translations") == ""


@pytest.mark.parametrize("way", ["worktree", "index"])
def test_a_deleted_catalog_is_named_and_nothing_is_written_in_its_place(
    root: Path, capsys: pytest.CaptureFixture[str], way: str
) -> None:
    run(capsys, "update")
    translate(root, "es/index.po")
    commit_all()
    name = "translations/es/index.po"
    text = (root / name).read_text("utf-8")
    git(*(("rm", "-q", name) if way == "index" else ("rm", "-q", "--cached", name)))
    (root / name).unlink(missing_ok=True)
    for verb in ("update", "check", "status"):
        status, _, err = run(capsys, verb)
        [said] = (line for line in err if line.startswith(f"{name}: was deleted, with 4 "))
        assert status == 1
    assert not (root / name).exists()
    git(*said.partition("git ")[2].partition(",")[0].split())
    assert (root / name).read_text("utf-8") == text
    assert run(capsys, "update")[::2] == (0, [])


def test_a_catalog_that_was_deleted_for_good_stays_empty(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "update")
    translate(root, "es/index.po")
    commit_all()
    _as_committed(root)
    run(capsys, "update")
    write(root / "docs/en/index.md", PAGE.replace("second", "third"))
    assert "put back" not in "".join(run(capsys, "update")[1])
    assert not restore.has_text(po.parse((root / "translations/es/index.po").read_text("utf-8")))


def test_a_deleted_catalog_that_has_got_another_name_is_told_with_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "update")
    translate(root, "es/index.po")
    commit_all()
    (root / "translations/es/index.po").rename(root / "translations/es/index.po.txt")
    [said] = (line for line in run(capsys, "update")[2] if ": was deleted, " in line)
    assert "if translations/es/index.po.txt is that, give it its name again" in said


def _with_page_and_catalog_elsewhere(root: Path) -> None:
    for old, new in (("docs/en/index.md", "docs/en/new.md"), ("es/index.po", "es/new.po")):
        folder = root if old.startswith("docs") else root / "translations"
        (folder / old).rename(folder / new)


def _without_page(root: Path) -> None:
    (root / "docs/en/index.md").unlink()
    (root / "translations/es/index.po").unlink()


def _as_committed(root: Path) -> None:
    (root / "translations/es/index.po").unlink()
    commit_all()


def _without_work(root: Path) -> None:
    (root / "translations/es/more/two.po").unlink()


@pytest.mark.parametrize(
    "way", [_with_page_and_catalog_elsewhere, _without_page, _as_committed, _without_work]
)
def test_a_catalog_that_was_meant_to_go_is_no_problem(
    root: Path, capsys: pytest.CaptureFixture[str], way: Callable[[Path], None]
) -> None:
    run(capsys, "update")
    translate(root, "es/index.po")
    commit_all()
    way(root)
    assert not any("was deleted" in line for line in run(capsys, "update")[2])


def test_interface_text_that_a_file_lacks_comes_back(root: Path) -> None:
    first, second = (
        f'{HEAD}\nmsgid "A {nth} title"\nmsgstr "{said}"\n'
        for nth, said in (("first", "Uno"), ("second", "Dos"))
    )
    write(root / "translations/es/site.po", first)
    titles = [("A first title", ""), ("A second title", "")]
    before = second.encode()
    made = update.updates(Handbook.open(root), ["es"], titles, committed=lambda name: before)
    *_, site = made
    assert [unit.translation for unit in site.after.units] == ["Uno", "Dos"]


def test_words_over_interface_text_become_a_suggestion(root: Path) -> None:
    units = f'{HEAD}\nmsgid "{{}}"\nmsgstr ""\n\nmsgid "Second"\nmsgstr "Dos"\n'
    write(root / "translations/es/site.po", units.format("Todo lo primero"))
    titles = [("A first title", ""), ("Second", "")]
    before = units.format("A first title").encode()
    made = update.updates(Handbook.open(root), ["es"], titles, committed=lambda name: before)
    *_, site = made
    first = site.after.units[0]
    assert (first.message, first.translation) == ("A first title", "Todo lo primero")
    assert first.state == "suggested"


def test_marks_that_omegat_leaves_out_are_put_back(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "update")
    translate(root, "es/index.po")
    write(root / "docs/en/index.md", PAGE.replace("first", "new").replace("second", "old"))
    run(capsys, "update")
    commit_all()
    file = root / "translations/es/index.po"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(("#, fuzzy", "#|"))]
    text = "".join(kept).replace("A SECOND PARAGRAPH.", "OTRO PÁRRAFO.")
    file.write_text(text, "utf-8")
    status, out, _ = run(capsys, "update", "es", "--from-omegat")
    assert (status, out[0]) == (
        0,
        "put back in translations/es/index.po what a program had dropped",
    )
    units = {unit.message: unit for unit in po.parse(file.read_text("utf-8")).units}
    assert units["A new paragraph."].previous == "A first paragraph."
    assert units["A old paragraph."].state == "current"


def test_pages_of_several_folders_keep_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("a", "b/deep"):
        write(tmp_path / "pages" / folder / "index.md", f"# In {folder}\n")
    assert main.main(["extract", "pages/a", "pages/b", "--output", "all.pot"]) == 0
    template = (tmp_path / "all.pot").read_text("utf-8")
    assert "#: a/index.md\n" in template
    filled = template.replace('msgid "In a"\nmsgstr ""', 'msgid "In a"\nmsgstr "En a"')
    write(tmp_path / "es.po", filled)
    main.main(["assemble", "pages/a", "pages/b", "--catalog", "es.po", "--to", "out"])
    assert (tmp_path / "out/a/index.md").read_text("utf-8") == "# En a { #in-a }\n"
    assert (tmp_path / "out/b/deep/index.md").read_text("utf-8") == "# In b/deep\n"


TOLD = """# One

| Dates | Titles |
| --- | --- |
| same <!-- i18n: context dates --> | same |
"""
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


def entry(context: str, translation: str, flag: str = "") -> str:
    before = f'msgctxt "{context}"\n' if context else ""
    return f'\n{flag}{before}msgid "same"\nmsgstr "{translation}"\n'


def test_every_verb_keeps_a_context(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root / "docs/en/index.md", TOLD)
    name = "translations/es/index.po"
    write(root / name, HEAD + entry("dates", "mismas fechas") + entry("", "lo mismo"))
    assert run(capsys, "update", "es")[0] == 0
    assert 'msgctxt "dates"\nmsgid "same"\nmsgstr "mismas fechas"' in (root / name).read_text()
    assert run(capsys, "update", "--check", "es")[0] == 0
    assert run(capsys, "check", "es")[0] == 0
    extracted = "\n".join(run(capsys, "extract", "docs/en/index.md")[1])
    assert 'msgctxt "dates"\nmsgid "same"' in extracted
    row = "| mismas fechas <!-- i18n: context dates --> | lo mismo |"
    run(capsys, "stage", "--to", "build/pages", "es")
    assert row in (root / "build/pages/es/index.md").read_text("utf-8")
    run(capsys, "assemble", "docs/en/index.md", "--catalog", name, "--to", "build/es")
    assert row in (root / "build/es/index.md").read_text("utf-8")


def test_a_context_that_no_page_has_is_named_or_used(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root / "docs/en/index.md", "# One\n\nsame\n")
    name = "translations/es/index.po"
    write(root / name, HEAD + entry("menu", "otro") + entry("", "lo mismo"))
    fault = f"{name}:4: its message is nowhere in the context “menu”; delete it"
    for words in (["check", "es"], ["status", "es"], ["stage", "--to", "build/x"], ["update"]):
        assert any(line.startswith(fault) for line in run(capsys, *words)[2]), words
    assert 'msgctxt "menu"\n#~ msgid "same"\n#~ msgstr "otro"' in (root / name).read_text()
    assert run(capsys, "check", "es")[0] == 0
    write(root / name, HEAD + entry("menu", "otro"))
    assert run(capsys, "assemble", "docs/en", "--catalog", name, "--to", "build/es")[0] == 0
    assert "\notro\n" in (root / "build/es/index.md").read_text("utf-8")
    write(root / name, HEAD + entry("menu", "otro") + entry("", "lo mismo"))
    words = ["assemble", "docs/en", "--catalog", name, "--to", "build/es"]
    status, _, problems = run(capsys, *words)
    assert (status, len(problems)) == (1, 1)
    assert problems[0].startswith(fault)


def test_a_mark_that_omegat_leaves_out_is_put_back_in_its_context() -> None:
    base = po.parse(HEAD + entry("a", "x", '#, fuzzy\n#| msgid "like"\n') + entry("", "x"))
    saved = po.parse(HEAD + entry("a", "x") + entry("", "x"))
    marked = restore.marks(saved, base)
    assert [unit.state for unit in marked.units] == ["changed", "current"]


def test_what_a_page_says_wrongly_is_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        root / "docs/en/index.md",
        "# One\n\n<!-- i18n: contxt a -->\nWords \x00 here.\n\n[A](b){ .c\n.d }\n",
    )
    problems = run(capsys, "check")[2]
    assert [line.split(";")[0] for line in problems] == [
        "docs/en/index.md:3: 'contxt' is no directive",
        "docs/en/index.md:4: the character U+0000 cannot be in a catalog",
        "docs/en/index.md:6: an attribute list, in braces, goes on in the next line, so that"
        " readers see it and no translation can be shown",
        "docs/en/index.md:6: a link leads to b, which is no file",
        "docs/en/index.md:4: the character U+0000 cannot be shown",
    ]
