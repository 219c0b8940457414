"""People who work at the same time: real git merges catalogs, with and without our driver."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import chdir, redirect_stdout
from pathlib import Path

import pytest

from folders import ROOT
from handbook.bitext import git as asking
from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.files import write
from handbook.command import main
from handbooks import link, run
from programs import missing

SETTINGS = '[tool.handbook]\nlanguages = ["en", "es", "ja"]\n'
PARAGRAPHS = [
    f"Paragraph {number} says in some words what a group of {number} can do on a day like this one."
    for number in ("one", "two", "three", "four", "five", "six")
]
SPANISH, JAPANESE = "translations/es/index.po", "translations/ja/index.po"

Edit = Callable[[Unit], Unit]


def git(*words: str) -> subprocess.CompletedProcess[str]:
    path = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(["git", *words], capture_output=True, text=True, check=False, env=path)


def commit(message: str) -> None:
    git("add", "--all")
    assert git("commit", "-qm", message).returncode == 0


def page(*paragraphs: str) -> str:
    return "\n\n".join(("# Title", *paragraphs)) + "\n"


def read(name: str) -> Catalog:
    return po.parse(Path(name).read_text("utf-8"))


def work(name: str, edit: Edit) -> None:
    """Do to each unit of a catalog what a translator does."""
    catalog = read(name)
    units = tuple(map(edit, catalog.units))
    Path(name).write_text(po.dump(Catalog(catalog.header, units, catalog.obsolete)), "utf-8")


def says(number: str, text: str) -> Edit:
    """A translator who translates the paragraph of a number."""
    return lambda unit: (
        unit._replace(translation=text, fuzzy=False, previous=None)
        if f" {number} says" in unit.message
        else unit
    )


def drafts(number: str, text: str) -> Edit:
    """A translator who leaves a draft of the paragraph of a number."""
    return lambda unit: (
        unit._replace(translation=text, fuzzy=True) if f" {number} says" in unit.message else unit
    )


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page that was edited and updated on main, and three translators' branches from before."""
    if shutil.which("msgcat") is None:
        missing("gettext's msgcat")
    root = tmp_path_factory.mktemp("parallel")
    with chdir(root), redirect_stdout(io.StringIO()):
        _prepare(root)
    return root


def _prepare(root: Path) -> None:
    link(root)
    text = f"INHERIT: {ROOT / 'mkdocs.yml'}\nplugins: {{bitext: {{books: false}}}}\nnav:\n"
    write(root / "mkdocs.yml", text)
    write(root / "pyproject.toml", SETTINGS)
    write(root / ".gitattributes", "*.po text eol=lf merge=handbook\n")
    write(root / "docs/en/index.md", page(*PARAGRAPHS))
    git("init", "-q", "-b", "main")
    main.main(["update"])
    work(SPANISH, says("one", "Uno."))
    work(SPANISH, says("four", "Cuatro."))
    commit("a page")
    for name, catalog, edits in _BRANCHES:
        git("switch", "-qc", name, "main")
        for edit in edits:
            work(catalog, edit)
        if name == "wrapping":
            subprocess.run(["msgcat", "--width=50", "-o", catalog, catalog], check=True)
        commit(name)
        git("switch", "-q", "main")
    edited = [PARAGRAPHS[0].replace("some", "few"), *PARAGRAPHS[1:3], "A new one.", *PARAGRAPHS[3:]]
    write(root / "docs/en/index.md", page(*edited))
    commit("edit")
    main.main(["update"])
    commit("update")


@pytest.fixture
def root(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone of its own of what was prepared."""
    root = tmp_path / "clone"
    shutil.copytree(prepared, root, symlinks=True)
    monkeypatch.chdir(root)
    return root


_BRANCHES: list[tuple[str, str, list[Edit]]] = [
    ("wrapping", SPANISH, [says("one", "El uno."), says("two", "Dos."), says("three", "Tres.")]),
    ("other", SPANISH, [says("five", "Cinco."), says("three", "El tres."), says("six", "Seis.")]),
    ("japanese", JAPANESE, [says("one", "一。"), says("six", "六。")]),
]


def merge_all() -> dict[str, tuple[int, list[str]]]:
    """Merge each branch; give what git said of it, and which files are in conflict."""
    found = {}
    for name, _, _ in _BRANCHES:
        done = git("merge", "--no-edit", "-m", name, name)
        left = git("diff", "--name-only", "--diff-filter=U").stdout.split()
        found[name] = (done.returncode, left)
        if left:
            assert main.main(["resolve"]) == 0
            assert git("diff", "--name-only", "--diff-filter=U").stdout == ""
            assert git("commit", "--no-edit", "-qm", name).returncode == 0
    return found


EXPECTED = {
    "One": ("changed", "El uno."),
    "two": ("current", "Dos."),
    "three": ("suggested", "Tres."),
    "A new one": ("missing", ""),
    "four": ("current", "Cuatro."),
    "five": ("current", "Cinco."),
    "six": ("current", "Seis."),
}


def held(capsys: pytest.CaptureFixture[str]) -> None:
    """Hold what everybody has done against what has come of it, in the catalogs and in check."""
    spanish = read(SPANISH).units[1:]
    assert [(u.state, u.translation) for u in spanish] == list(EXPECTED.values())
    assert spanish[0].previous == PARAGRAPHS[0]
    assert spanish[2].comment == "Translated twice: El tres."
    japanese = [u.translation for u in read(JAPANESE).units[1:]]
    assert japanese == ["一。", "", "", "", "", "", "六。"]
    assert read(JAPANESE).units[1].previous == PARAGRAPHS[0]
    status, _, err = run(capsys, "check")
    assert (status, len(err)) == (1, 1)
    assert err[0].startswith(f"{SPANISH}:{spanish[2].line}: two people have translated this")
    assert run(capsys, "update", "--check")[0] == 0


@pytest.mark.long
def test_git_joins_what_people_did_at_the_same_time(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "merge-driver", "--install")[0] == 0
    assert git("status", "--porcelain").stdout == ""
    found = merge_all()
    assert {name: left for name, (_, left) in found.items()} == {name: [] for name in found}
    held(capsys)


@pytest.mark.long
def test_conflicts_that_are_there_are_resolved_to_the_same(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = merge_all()
    assert [name for name, (_, left) in found.items() if left] == ["wrapping", "other", "japanese"]
    capsys.readouterr()
    held(capsys)


@pytest.mark.long
def test_a_translation_follows_a_text_that_moved_to_another_page_meanwhile(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page is divided on main while somebody translates and improves both halves of it."""
    run(capsys, "merge-driver", "--install")
    git("switch", "-q", "japanese")
    work(JAPANESE, drafts("five", "五"))
    commit("a draft")
    git("switch", "-q", "other")
    work(SPANISH, says("four", "El cuatro."))
    commit("better")
    git("switch", "-q", "main")
    write(root / "docs/en/index.md", page(*PARAGRAPHS[:3]))
    write(root / "docs/en/second.md", page(*PARAGRAPHS[3:]))
    assert run(capsys, "update")[0] == 0
    commit("divided")
    for name in ("japanese", "other"):
        assert git("merge", "--no-edit", name).returncode == 0
    second = "translations/ja/second.po"
    assert read(second).units[-1].translation == ""
    assert run(capsys, "update", "--check")[0] == 1
    assert run(capsys, "update")[0] == 0
    assert read(second).units[-1].translation == "六。"
    assert [(u.state, u.translation) for u in read(second).units[-2:-1]] == [("suggested", "五")]
    assert read(JAPANESE).units[1].translation == "一。"
    spanish = "translations/es/second.po"
    assert [u.translation for u in read(spanish).units[1:]] == ["El cuatro.", "Cinco.", "Seis."]
    work(spanish, says("four", "Cuatro."))  # somebody takes the earlier one again
    assert run(capsys, "update")[0] == 0
    assert [u.translation for u in read(spanish).units[1:]] == ["Cuatro.", "Cinco.", "Seis."]
    commit("updated")
    git("switch", "-q", "japanese")
    work(JAPANESE, says("five", "五。"))
    commit("finished")
    git("switch", "-q", "main")
    assert git("merge", "--no-edit", "japanese").returncode == 0
    assert run(capsys, "update")[0] == 0
    assert [(u.state, u.translation) for u in read(second).units[-2:-1]] == [("current", "五。")]
    assert run(capsys, "update", "--check")[0] == 0
    assert run(capsys, "check")[0] == 0


@pytest.mark.long
def test_a_page_that_gets_another_name_meanwhile_is_followed(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Catalogs with few translations are alike: git takes the Spanish for the Japanese one."""
    run(capsys, "merge-driver", "--install")
    Path("docs/en/index.md").rename("docs/en/guide.md")
    assert run(capsys, "update")[0] == 0
    commit("renamed")
    merge_all()
    moved = {each: read(f"translations/{each}/guide.po") for each in ("es", "ja")}
    assert [u.translation for u in moved["ja"].units[1:]] == ["一。", "", "", "", "", "", "六。"]
    spanish = [(u.state, u.translation) for u in moved["es"].units[1:]]
    assert spanish == list(EXPECTED.values())


@pytest.mark.long
@pytest.mark.parametrize("has_driver", [False, True])
def test_a_page_that_git_has_lost_sight_of_is_followed(
    root: Path, capsys: pytest.CaptureFixture[str], has_driver: bool
) -> None:
    """A page got another name, and its catalog so much text that git takes it for a new one."""
    if has_driver:
        run(capsys, "merge-driver", "--install")
    Path("docs/en/index.md").rename("docs/en/guide.md")
    assert run(capsys, "update")[0] == 0
    guide = "translations/es/guide.po"
    for name in (guide, "translations/ja/guide.po"):
        work(name, says("two", "Dos. " * 400))
    commit("renamed, and translated at length")
    git("merge", "--no-edit", "other")
    assert git("diff", "--name-only", "--diff-filter=U").stdout.split() == [SPANISH]
    status, out, err = run(capsys, "resolve")
    assert (status, err) == (0, [])
    assert out == [f"joined {guide}", f"deleted {SPANISH}: its page has the catalog {guide} now"]
    assert git("commit", "--no-edit", "-qm", "other").returncode == 0
    assert not Path(SPANISH).exists()
    found = [unit.translation for unit in read(guide).units[1:]]
    assert found == ["Uno.", "Dos. " * 400, "El tres.", "", "Cuatro.", "Cinco.", "Seis."]
    assert run(capsys, "update", "--check")[0] == 0


GUIDE = "translations/es/guide.po"


@pytest.fixture
def renamed(root: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A clone in which a page got another name, and its catalogs so much text that git is lost.

    Beside them are a folder and a link that are called as catalogs are.
    """
    Path("docs/en/index.md").rename("docs/en/guide.md")
    assert run(capsys, "update")[0] == 0
    work(GUIDE, says("two", "Dos. " * 400))
    work("translations/ja/guide.po", says("two", "二。" * 400))
    commit("renamed, and translated at length")
    Path("translations/es/folder.po").mkdir()
    Path("translations/es/link.po").symlink_to("nothing.po")
    return root


@pytest.fixture
def left(renamed: Path) -> Path:
    """That clone, in which the catalog is in conflict by its old name."""
    git("merge", "--no-edit", "other")
    assert git("diff", "--name-only", "--diff-filter=U").stdout.split() == [SPANISH]
    return renamed


@pytest.mark.long
@pytest.mark.parametrize("way", ["merge --squash", "am -3", "stash pop", "rebase"])
def test_a_page_is_followed_where_git_does_not_name_the_other_side(
    renamed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], way: str
) -> None:
    """What an earlier stash and an earlier rebase have left knows the new name already."""
    git("switch", "-q", "other" if way == "stash pop" else "main")
    write(Path("docs/en/index.md" if way == "stash pop" else "docs/en/guide.md"), "# Other\n")
    work(SPANISH if way == "stash pop" else GUIDE, says("five", "El cinco."))
    git("stash")
    git("update-ref", "REBASE_HEAD", "main")
    git("switch", "-q", "other" if way == "rebase" else "main")
    write(tmp_path / "patch", git("format-patch", "--stdout", "main..other").stdout)
    last = {"merge --squash": "other", "am -3": str(tmp_path / "patch"), "rebase": "main"}
    assert git(*way.split(), *filter(None, [last.get(way)])).returncode != 0
    assert SPANISH in git("diff", "--name-only", "--diff-filter=U").stdout
    _, out, err = run(capsys, "resolve")
    assert (f"joined {GUIDE}" in out, err, Path(SPANISH).exists()) == (True, [], False)
    assert read(GUIDE).units[6].translation == ("El cinco." if way == "stash pop" else "Cinco.")


@pytest.mark.long
def test_a_page_is_followed_that_was_there_before_its_old_name_went(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy("docs/en/index.md", "docs/en/guide.md")
    assert run(capsys, "update")[0] == 0
    work(GUIDE, says("two", "Dos. " * 400))
    work("translations/ja/guide.po", says("two", "二。" * 400))
    commit("copied")
    Path("docs/en/index.md").unlink()
    git("rm", "-q", SPANISH, JAPANESE)
    commit("gone")
    git("merge", "--squash", "other")
    _, out, err = run(capsys, "resolve")
    assert (f"joined {GUIDE}" in out, err, Path(SPANISH).exists()) == (True, [], False)
    assert read(GUIDE).units[6].translation == "Cinco."


@pytest.mark.long
def test_what_is_written_by_the_old_name_after_the_merge_is_joined_too(
    left: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    work(SPANISH, says("five", "Cinco, por mí."))
    text = Path(SPANISH).read_text("utf-8")
    Path(SPANISH).write_text(text.replace('"Cinco, por mí."', '"Cinco, por'), "utf-8")
    status, _, err = run(capsys, "resolve")
    assert (status, err[0].split(": ")[:2]) == (1, [SPANISH, "not joined by unit"])
    assert '"Cinco, por\n' in Path(SPANISH).read_text("utf-8")
    Path(SPANISH).write_text(text, "utf-8")
    status, _, err = run(capsys, "resolve")
    assert (status, err, Path(SPANISH).exists()) == (0, [], False)
    found = [unit.translation for unit in read(GUIDE).units[1:]]
    assert found[2:] == ["El tres.", "", "Cuatro.", "Cinco, por mí.", "Seis."]


@pytest.mark.long
@pytest.mark.parametrize("way", ["--no-edit", "--squash"])
@pytest.mark.parametrize("is_ours", [False, True])
def test_a_page_that_was_always_there_is_not_taken_for_one_that_is_gone(
    root: Path, capsys: pytest.CaptureFixture[str], is_ours: bool, way: str
) -> None:
    """Two pages share much of their text, and one of them is deleted; a copy is nobody's page."""
    shutil.copy("docs/en/index.md", "docs/en/guide.md")
    assert run(capsys, "update")[0] == 0
    commit("another page with the same text")
    git("switch", "-qc", "edited")
    work(SPANISH, says("two", "El dos."))
    commit("edited")
    git("switch", "-qc", "gone", "main")
    Path("docs/en/index.md").unlink()
    git("rm", "-q", SPANISH, JAPANESE)
    commit("gone")
    git("switch", "-q", "edited" if is_ours else "gone")
    git("merge", way, "gone" if is_ours else "edited")
    shutil.copy(GUIDE, "translations/es/guide.orig.po")
    before = Path(GUIDE).read_text("utf-8")
    status, out, err = run(capsys, "resolve")
    assert (status, out, len(err)) == (1, [], 1)
    assert err[0].startswith(f"{SPANISH}: was edited on ")
    assert Path(GUIDE).read_text("utf-8") == before


@pytest.mark.long
def test_a_catalog_with_another_name_on_each_side_is_left_to_people(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = "translations/es/there.po"
    for name in ("there", "guide"):
        git("switch", "-qc", name, "main")
        for folder in ("docs/en", "translations/es", "translations/ja"):
            suffix = "md" if folder == "docs/en" else "po"
            git("mv", f"{folder}/index.{suffix}", f"{folder}/{name}.{suffix}")
        commit(name)
    git("merge", "there")
    status, _, err = run(capsys, "resolve")
    cure = f"to keep the first, git add {GUIDE} and git rm {SPANISH} {there}"
    said = f"was renamed on both sides, {GUIDE} here and {there} there; {cure}"
    assert (status, f"{SPANISH}: {said}" in err) == (1, True)
    git("add", GUIDE)
    assert git("rm", SPANISH, there).returncode == 0
    status, _, err = run(capsys, "resolve", SPANISH.replace("es", "ja"))
    assert f"{JAPANESE}: {said}".replace("/es/", "/ja/") in err


def test_a_catalog_that_was_emptied_was_not_renamed(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git("switch", "-qc", "gone")
    git("rm", "-q", SPANISH)
    commit("gone")
    git("switch", "-qc", "emptied", "main")
    Path(SPANISH).write_bytes(b"")
    commit("emptied")
    git("merge", "gone")
    said = f"{SPANISH}: was edited on this side and deleted on the other; "
    assert [each.startswith(said) for each in run(capsys, "resolve")[2]] == [True]


def test_git_is_asked_as_often_for_many_catalogs_as_for_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[str, ...]] = []
    real = asking.ask

    def counted(*words: str, root: Path = Path(), given: bytes = b"") -> bytes | None:
        asked.append(words)
        return real(*words, root=root, given=given)

    monkeypatch.setattr(asking, "ask", counted)
    counts = []
    for many in (2, 7):
        (tmp_path / str(many)).mkdir()
        monkeypatch.chdir(tmp_path / str(many))
        _renamed_on_both_sides("abcdefg"[:many])
        asked.clear()
        found = run(capsys, "resolve")[2]
        assert sum("/a-ours.po here and translations" in each for each in found) == 1
        counts.append((len(asked), len([each for each in found if "renamed on both" in each])))
    assert counts == [(counts[0][0], 2), (counts[0][0], 7)]


def _renamed_on_both_sides(names: str) -> None:
    git("init", "-q", "-b", "main")
    folder = Path("translations/es")
    for name in names:
        units = tuple(Unit(f"{name * 40} {number}") for number in range(5))
        write(folder / f"{name}.po", po.dump(Catalog({}, units)))
    commit("pages")
    for side in ("theirs", "ours"):
        git("switch", "-qc", side, "main")
        for name in names:
            (folder / f"{name}.po").rename(folder / f"{name}-{side}.po")
        commit(side)
    assert git("merge", "theirs").returncode == 1


@pytest.mark.long
def test_a_choice_between_two_texts_ends_it(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "merge-driver", "--install")
    merge_all()
    work(SPANISH, says("three", "El tres."))
    assert run(capsys, "update", "es")[0] == 0
    assert "Translated twice" not in Path(SPANISH).read_text("utf-8")
    assert run(capsys, "check", "es")[0] == 0


@pytest.mark.long
def test_a_rebase_and_a_stash_are_joined_too(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "merge-driver", "--install")
    git("switch", "-q", "other")
    work(SPANISH, says("two", "Dos."))
    git("stash")
    assert git("rebase", "main").returncode == 0
    done = git("stash", "pop")
    assert done.returncode == 0, done.stderr
    states = [unit.translation for unit in read(SPANISH).units[1:]]
    assert states == ["Uno.", "Dos.", "El tres.", "", "Cuatro.", "Cinco.", "Seis."]


@pytest.mark.long
def test_what_is_no_catalog_is_left_to_git(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "merge-driver", "--install")
    git("switch", "-q", "other")
    text = Path(SPANISH).read_text("utf-8")
    Path(SPANISH).write_text(text.replace('msgstr "Uno."', 'msgstr "El uno.'), "utf-8")
    commit("broken")
    git("switch", "-q", "main")
    done = git("merge", "other")
    assert done.returncode == 1
    assert "not joined by unit: in theirs of two versions, line" in done.stdout + done.stderr
    assert "<<<<<<< ours" in Path(SPANISH).read_text("utf-8")
    status, _, err = run(capsys, "resolve")
    assert status == 1
    assert err[0].startswith(f"{SPANISH}: not joined by unit")
    status, _, err = run(capsys, "check")
    assert (status, err[0].endswith(f"or run: handbook resolve {SPANISH}")) == (1, True)
    lines = Path(SPANISH).read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(("<<<<<<<", "======="))]
    Path(SPANISH).write_text("".join(kept), "utf-8")
    assert run(capsys, "check")[2][0].endswith("======= and >>>>>>>")


@pytest.mark.parametrize("style", ["merge", "diff3"])
def test_marks_that_git_knows_nothing_of_are_resolved(
    root: Path, capsys: pytest.CaptureFixture[str], style: str
) -> None:
    git("-c", f"merge.conflictStyle={style}", "merge", "wrapping")
    commit("with the marks in it")
    name = [] if style == "merge" else [str(Path(SPANISH).absolute())]
    status, out, err = run(capsys, "resolve", *name)
    assert (status, out, err) == (0, [f"joined {SPANISH}"], [])
    assert run(capsys, "resolve") == (0, ["no catalog is in conflict"], [])
    run(capsys, "update")
    found = [u.translation for u in read(SPANISH).units[1:]]
    assert found[1:] == ["Dos.", "Tres.", "", "Cuatro.", "", ""]
    assert found[0] in ("Uno.", "El uno.")


def test_no_work_of_a_person_is_written_over(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git("merge", "wrapping")
    text = Path(SPANISH).read_text("utf-8")
    entry = next(each for each in text.split("\n\n") if 'msgstr "Cuatro."' in each)
    for before, after in (
        ('msgstr "Cuatro."', 'msgstr "Cuatro, por mí."'),
        ('msgstr "Cuatro."', 'msgstr ""'),
        (f"{entry}\n\n", ""),
        ("#, fuzzy\n", ""),
    ):
        mine = text.replace(before, after)
        assert mine != text
        Path(SPANISH).write_text(mine, "utf-8")
        status, _, err = run(capsys, "resolve")
        assert (status, len(err)) == (1, 1)
        assert "was edited since git left the conflict" in err[0]
        assert Path(SPANISH).read_text("utf-8") == mine
    chosen = git("show", "wrapping:" + SPANISH).stdout.replace("Dos.", "El dos.")
    Path(SPANISH).write_text(chosen, "utf-8")
    status, _, err = run(capsys, "resolve", SPANISH)
    assert err == [f"{SPANISH}: has no conflict in it any more; git add {SPANISH}"]
    status, _, err = run(capsys, "resolve", ".gitattributes")
    assert (status, err) == (1, [f".gitattributes:1: is no catalog; give {_SUCH}"])
    with chdir("docs/en"):
        status, _, err = run(capsys, "resolve")
    assert (status, len(err)) == (2, 1)
    assert err[0].startswith("translations:1: not found; run this in the folder of the handbook")


_SUCH = "translations/<language>/….po"


def test_a_deletion_is_left_to_people(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git("rm", "-q", SPANISH)
    git("commit", "-qm", "gone")
    git("merge", "wrapping")
    status, _, err = run(capsys, "resolve")
    keep = f"to keep it, git add {SPANISH}; to delete it, git rm {SPANISH}"
    assert err == [f"{SPANISH}: was edited on the other side and deleted on this one; {keep}"]
    assert status == 1


def test_wrong_calls_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    status, _, err = run(capsys, "merge-driver", "a", "b")
    assert (status, err) == (
        2,
        ["handbook: merge-driver: give --install, or %O %A %B %P as git does"],
    )
    status, _, err = run(capsys, "merge-driver", "--install")
    assert (status, err) == (2, [".: is not in a git repository; run this in a clone"])
    for words, name in ((["none.po"], "none.po"), (["-q", "--", "-a.po"], "-a.po")):
        assert run(capsys, "resolve", *words)[2] == [f"{name}:1: not found; correct the path"]


def test_a_clone_that_names_no_catalogs_gets_a_line_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    git("init", "-q")
    for known in (b"* text=auto\n", b"# caf\xe9\r\n"):
        (tmp_path / ".gitattributes").write_bytes(known)
        said = run(capsys, "merge-driver", "--install")[1][1:]
        assert said == ["wrote .gitattributes: commit it"]
        made = known + b"\n*.po merge=handbook\n".replace(
            b"\n", b"\r\n" if b"\r" in known else b"\n"
        )
        assert (tmp_path / ".gitattributes").read_bytes() == made
    assert run(capsys, "merge-driver", "--install")[1][1:] == []
