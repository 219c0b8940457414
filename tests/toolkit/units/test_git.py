"""What git is asked: contents of files, whatever they are called, and what is not there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handbook.bitext import git
from handbook.bitext.changes.repository import Repository
from handbook.command import history, worktree
from programs import git as run_git
from rows import rows


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    run_git("init", "--quiet")
    return tmp_path


def _commit(name: str, data: bytes) -> None:
    Path(name).write_bytes(data)
    run_git("add", "--all")
    run_git("commit", "--quiet", "--message", "One more")


def test_versions_of_a_file_with_blanks_in_its_name(repository: Path) -> None:
    _commit("a b ü.po", b"one\n")
    _commit("a b ü.po", b"two\n\nthree 4 5\n")
    run_git("rm", "--quiet", "a b ü.po")
    _commit("a b ü.po", b"")
    found = [each.data for each in history.versions("a b ü.po")]
    assert found == [b"", b"two\n\nthree 4 5\n", b"one\n"]


def test_links_and_other_repositories_hide_nothing_that_is_ignored(repository: Path) -> None:
    Path("real").mkdir()
    Path("link").symlink_to("real")
    run_git("init", "--quiet", "part")
    run_git("-C", "part", "commit", "--quiet", "--allow-empty", "--message", "One")
    run_git("add", "part")
    Path(".gitignore").write_text("made.md\n", "utf-8")
    for name in ("link/made.md", "part/made.md"):
        told = git.ignored(repository, ["real/made.md", name, "written.md"])
        assert told == {"real/made.md": True, "written.md": False}


def test_what_git_does_not_answer_for_is_neither_ignored_nor_not(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert git.ignored(repository, ["a.md"]) == {"a.md": False}
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(repository.parent))
    Path(".git").rename("git")
    assert git.ignored(repository, ["a.md"]) == {}
    monkeypatch.setenv("PATH", "")
    assert git.ignored(repository, ["a.md"]) == {}


def test_what_is_not_there_moves_nothing_out_of_place(repository: Path) -> None:
    _commit("one", b"missing\nmissing\n")
    asked = ["HEAD:one", "HEAD:no such file", "0" * 40, "", "HEAD:one\ntwo", "HEAD:one"]
    one = b"missing\nmissing\n"
    assert list(git.contents(repository, asked)) == [one, None, None, None, None, one]


def test_a_log_says_the_same_whatever_git_is_told_to_show_in_it(repository: Path) -> None:
    signer = repository.parent / "signer"  # stands in for GnuPG
    signer.write_text(
        "#!/bin/sh\ncat > /dev/null\necho '[GNUPG:] SIG_CREATED ' >&2\n"
        "printf -- '-----BEGIN PGP SIGNATURE-----\\n\\nx\\n-----END PGP SIGNATURE-----\\n'\n",
        "utf-8",
    )
    signer.chmod(0o755)
    for setting in (f"gpg.program {signer}", "commit.gpgSign true", "log.showRoot false"):
        run_git("config", *setting.split(" ", 1))
    run_git("config", "log.showSignature", "true")
    _commit("a.md", b"one\n")
    Path("a.md").rename("b.md")
    _commit("c.md", b"two words\n")
    asked = Repository(repository)
    root = asked.commit("HEAD~1")
    assert isinstance(root, str)
    assert asked.day(root) == date.today()
    assert asked.committers("b.md", "HEAD") == ["Somebody"]
    assert asked.former_name("b.md", root, "HEAD") == "a.md"
    assert [each.name for each in git.file_changes(repository)] == ["b.md", "c.md", "a.md"]


@rows(
    ("times", "days"),
    [
        ("08T08:00+09:00 07T16:00-08:00 08T10:00+09:00", "7 7 8"),  # one hour after the other
        ("08T08:00+09:00 08T10:00+09:00 08T02:00+00:00", "8 8 8"),
        ("07T12:00+00:00 09T12:00+00:00 08T12:00+00:00", "7 9 8"),  # one clock was wrong
    ],
)
def test_days_do_not_run_backwards_where_people_are_far_from_each_other(
    times: str, days: str, tmp_path: Path
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        run_git("init", "--quiet")
        for time in times.split():
            patch.setenv("GIT_COMMITTER_DATE", f"2026-12-{time[:8]}:00{time[8:]}")
            _commit("a.md", time.encode())
        found = [each.when.day for each in git.file_changes(tmp_path)]
    assert found[::-1] == [int(day) for day in days.split()]


SETTINGS = (
    """i18n.logOutputEncoding=UTF-16 diff.orderFile=/nonexistent diff.renameLimit=1
    core.autocrlf=true color.ui=always diff.external=false status.short=true""",
    """i18n.logOutputEncoding=ISO-8859-1 diff.relative=true diff.renames=false log.follow=true
    core.quotePath=true format.pretty=fuller log.date=relative status.branch=true""",
    """core.abbrev=4 core.pager=false diff.renames=copies diff.mnemonicPrefix=true
    log.abbrevCommit=true log.diffMerges=off log.showRoot=false status.relativePaths=false""",
)


def test_git_says_the_same_whatever_its_users_settings_are(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("book").mkdir()
    monkeypatch.chdir("book")
    run_git("config", "user.name", "Zoë")
    for number, name in enumerate(("ä.md", "b.md", "c.md")):
        Path(name).write_text(f"{number}\n" * 9, "utf-8")
    _commit("d.md", b"")
    for name in ("b.md", "c.md", "ä.md"):
        Path(name).write_text(f"{Path(name).read_text('utf-8')}more\n", "utf-8")
        Path(name).rename(f"new {name}")
    _commit("d.md", b"Editorial\n")
    run_git("commit", "--quiet", "--allow-empty", "--message", "Editorial: d.md (o=ö)\n\nä")

    def told() -> object:
        root = Path()
        asked = Repository(root)
        commit = asked.commit("HEAD~2")
        assert isinstance(commit, str)
        names = [asked.former_name(f"new {each}.md", commit, "HEAD") for each in "äbc"]
        versions = list(history.versions("new ä.md"))
        others = history.not_kept(["d.md", "e.md"]), list(asked.entries("HEAD"))
        lines = [each.author for each in asked.lines("new ä.md", "HEAD")]
        people = asked.committers("d.md", "HEAD"), lines
        steps = set(git.file_changes(root, "."))
        return names, versions, others, people, asked.day(commit), steps, worktree.refusal()

    Path("d.md").write_text("edited\n", "utf-8")
    as_ever = told()
    for settings in map(str.split, SETTINGS):
        monkeypatch.setenv("GIT_CONFIG_COUNT", str(len(settings)))
        for number, (key, value) in enumerate(each.split("=") for each in settings):
            monkeypatch.setenv(f"GIT_CONFIG_KEY_{number}", key)
            monkeypatch.setenv(f"GIT_CONFIG_VALUE_{number}", value)
        assert told() == as_ever, settings


def test_a_file_can_be_staged_whatever_its_ends_of_lines(repository: Path) -> None:
    Path("a.md").write_bytes(b"one\n")
    for setting in ("core.autocrlf", "core.safecrlf"):
        run_git("config", setting, "true")
    history.settle("a.md")
    assert history.tracked(".") == {"a.md"}


def test_a_hook_of_a_second_working_tree_may_call_it_below_the_top(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("book").mkdir()
    _commit("book/a.md", b"one\n")
    run_git("worktree", "add", "--quiet", "second")
    monkeypatch.setenv("GIT_DIR", str(repository / ".git/worktrees/second"))
    monkeypatch.chdir("second/book")
    assert (history.tracked("."), worktree.below()) == ({"a.md"}, "book/")
    assert worktree.refusal("docs") is None


def test_a_repository_of_somebody_else_is_named_with_the_cure_of_git(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _commit("a.md", b"one\n")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "true")
    cure = f"git config --global --add safe.directory {repository}"
    for problem in (Repository(repository).no_history(), worktree.refusal("docs")):
        assert problem
        assert problem.text.startswith("git does not open the repository here: detected dubious")
        assert problem.text.endswith(f"; {cure}")
