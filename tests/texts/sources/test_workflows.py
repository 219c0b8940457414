"""The scripts of the workflows, each run against a bare repository and a stand-in for `gh`."""

from __future__ import annotations

import json
import operator
import os
import re
import shutil
import subprocess
import sys
from functools import reduce
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
import yaml

from folders import ROOT
from programs import Run, package

pytestmark = pytest.mark.long  # git and shells, again and again

SCRIPTS = ROOT / ".github/scripts"
BOT = "41898282+github-actions[bot]@users.noreply.github.com"

# Answers with the file named after the call's first words, and writes each call down. What is there
# as GitHub's JSON goes through the call's own filter.
GH = """#!/usr/bin/env bash
printf '%s\\n' "$*" >> "$GH_LOG"
filter=. before=
for word in "$@"; do
  case $word in body=@*) cat "${word#body=@}" >> "$GH_LOG.body" ;; esac
  [ "$before" != --jq ] || filter=$word
  before=$word
done
answer() {
  if [ -e "$GH_ANSWERS/$1.json" ]; then jq --raw-output "$filter" "$GH_ANSWERS/$1.json"
  else cat "$GH_ANSWERS/$1" 2>/dev/null || true
  fi
}
case "$1 $2" in
  'run download') mkdir -p "${!#}"; cp "$GH_ANSWERS"/report/* "${!#}" 2>/dev/null || exit 1 ;;
  'pr list')
    case "$*" in
      *'--state all'*) answer pr-all ;;
      *) answer pr-list ;;
    esac ;;
  'issue list') answer issue-list ;;
  'issue create' | 'issue edit') cat "${!#}" >> "$GH_LOG.body" ;;
  'api '*)
    case "$*" in
      */artifacts*) answer artifacts ;;
      *pulls/*/files*) answer files ;;
      *'/pulls '*) answer pulls ;;
      *'--paginate'*comments*) answer comments ;;
    esac ;;
esac
"""


class Hub:
    """A bare repository with a clone of it, and a `gh` that answers from files."""

    def __init__(self, folder: Path, files: dict[str, str] | None = None) -> None:
        self.folder, self.clone, self.answers = folder, folder / "clone", folder / "answers"
        for each in (self.answers / "report", folder / "bin"):
            each.mkdir(parents=True)
        stand_in = folder / "bin/gh"
        stand_in.write_text(GH, "utf-8")
        stand_in.chmod(0o755)
        self.git("init", "--quiet", "--bare", "--initial-branch", "main", str(folder / "hub.git"))
        self.git("clone", "--quiet", str(folder / "hub.git"), str(self.clone))
        first = {"translations/es/a.po": "uno\n", "docs/en/a.md": "# A\n"}
        self.commit("one", first | (files or {}))
        self.git("push", "--quiet", "origin", "main", at=self.clone)

    def git(self, *words: str, at: Path | None = None) -> str:
        command = ["git", "-c", "user.name=Someone", "-c", "user.email=someone@example.org", *words]
        done = subprocess.run(
            command, cwd=at or self.folder, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def commit(self, subject: str, files: dict[str, str], email: str = "") -> None:
        for name, text in files.items():
            file = self.clone / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        self.git("add", "--all", at=self.clone)
        who = [f"-cuser.email={email}"] if email else []
        self.git(*who, "commit", "--quiet", "--message", subject, at=self.clone)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "GH_LOG": str(self.folder / "log"),
            "GH_ANSWERS": str(self.answers),
            "GH_REPO": "some/handbook",
        }

    def run(self, script: str, *words: str, **environment: str) -> str:
        given = {**self.environment, **environment}
        done = subprocess.run(
            [SCRIPTS / script, *words],
            cwd=self.clone,
            env=given,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    @property
    def calls(self) -> str:
        log = self.folder / "log"
        return log.read_text("utf-8") if log.exists() else ""

    @property
    def body(self) -> str:
        return (self.folder / "log.body").read_text("utf-8")


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    return Hub(tmp_path)


# -- propose ------------------------------------------------------------------------------


def told(hub: Hub, text: str, told: str = "") -> str:
    """What the first job hands over: main with another catalog."""
    folder = hub.folder / "update"
    folder.mkdir(exist_ok=True)
    hub.git("switch", "--quiet", "main", at=hub.clone)
    (hub.clone / "translations/es/a.po").write_text(text, "utf-8")
    patch = hub.git("diff", "--binary", "--", "translations", at=hub.clone)
    (folder / "translations.patch").write_text(f"{patch}\n" if patch else "", "utf-8")
    (folder / "told.txt").write_text(told, "utf-8")
    hub.git("checkout", "--quiet", "--", ".", at=hub.clone)
    return str(folder)


def proposed(hub: Hub) -> str:
    return hub.git("show", "update-catalogs:translations/es/a.po", at=hub.folder / "hub.git")


def test_changed_catalogs_are_proposed_with_what_was_declared(hub: Hub) -> None:
    hub.run("propose", told(hub, "dos\n", "editorial, by commit 1: a\nwrote x\n"))
    assert proposed(hub) == "dos"
    assert "pr create --head update-catalogs" in hub.calls
    assert "\n\n    editorial, by commit 1: a" in hub.calls  # indented: it calls nobody
    assert "wrote x" not in hub.calls
    assert "isCrossRepository | not" in hub.calls  # a fork may have a branch of that name
    assert "workflow run check.yml --ref update-catalogs" in hub.calls


def test_what_was_declared_is_cut(hub: Hub) -> None:
    hub.run("propose", told(hub, "dos\n", f"editorial, by commit 1: {'あ' * 200_000}\n"))
    assert "pr create" in hub.calls
    assert len(hub.calls.encode()) < 60_000


def test_a_proposal_is_renewed_and_not_opened_twice(hub: Hub) -> None:
    hub.run("propose", told(hub, "dos\n"))
    (hub.answers / "pr-list").write_text("7\n")
    hub.run("propose", told(hub, "tres\n"))
    assert proposed(hub) == "tres"
    assert hub.calls.count("pr create") == 1


def test_a_proposal_that_is_right_starts_no_second_check(hub: Hub) -> None:
    hub.run("propose", told(hub, "dos\n"))
    (hub.answers / "pr-list").write_text("7\n")
    assert "already as it should be" in hub.run("propose", told(hub, "dos\n"))
    assert hub.calls.count("workflow run") == 1


def test_nobodys_commits_are_pushed_over(hub: Hub) -> None:
    hub.run("propose", told(hub, "dos\n"))
    hub.git("fetch", "--quiet", at=hub.clone)
    hub.git("switch", "--quiet", "--force-create", "theirs", "origin/update-catalogs", at=hub.clone)
    hub.commit("mine", {"translations/es/a.po": "mío\n"})
    hub.git("push", "--quiet", "origin", "theirs:update-catalogs", at=hub.clone)
    for number in ("", "7\n"):
        (hub.answers / "pr-list").write_text(number)
        assert "Somebody has committed" in hub.run("propose", told(hub, "tres\n"))
        assert proposed(hub) == "mío"
    # Merged as one commit, and its branch was left standing: the closed proposal has their commits.
    (hub.answers / "pr-list").write_text("")
    (hub.answers / "pr-all").write_text("MERGED\n")
    hub.run("propose", told(hub, "tres\n"))
    assert proposed(hub) == "tres"


def test_a_proposal_with_nothing_left_is_closed(hub: Hub) -> None:
    hub.run("propose", told(hub, "dos\n"))
    (hub.answers / "pr-list").write_text("7\n")
    assert "Nothing could be" in hub.run("propose", told(hub, "uno\n"), PROBLEMS="yes")
    assert "pr close" not in hub.calls
    hub.run("propose", told(hub, "uno\n"))
    assert "pr close 7" in hub.calls
    assert "update-catalogs" not in hub.git("branch", "--all", at=hub.folder / "hub.git")


def test_a_patch_of_anything_but_catalogs_is_left_out(hub: Hub) -> None:
    folder = told(hub, "dos\n")
    patch = Path(folder) / "translations.patch"
    added = "diff --git a/evil.sh b/evil.sh\nnew file mode 100755\n--- /dev/null\n+++ b/evil.sh\n"
    patch.write_text(f"{patch.read_text('utf-8')}{added}@@ -0,0 +1 @@\n+rm\n", "utf-8")
    hub.run("propose", folder)
    names = hub.git("ls-tree", "-r", "--name-only", "update-catalogs", at=hub.folder / "hub.git")
    assert names.split() == ["docs/en/a.md", "translations/es/a.po"]


# -- comment ------------------------------------------------------------------------------

RECORDED = Path(__file__).with_name("github")
"""Events and answers of GitHub for a proposal from a fork, in the form that its manual gives."""


def recorded(name: str) -> Any:
    return json.loads((RECORDED / f"{name}.json").read_text("utf-8"))


def given(workflow: str, event: str, words: str) -> dict[str, str]:
    """What a step that has some words in it is given of an event, by the workflow's own file."""
    text = (ROOT / f".github/workflows/{workflow}.yml").read_text("utf-8")
    jobs = yaml.safe_load(text)["jobs"].values()
    [env] = [s["env"] for job in jobs for s in job["steps"] if words in s.get("run", "")]
    made = {}
    for name, value in env.items():
        found = re.fullmatch(r"\$\{\{ github\.event\.([\w.]+) }}", value)
        if found:
            made[name] = str(reduce(operator.getitem, found[1].split("."), recorded(event)))
    return made


HEAD = {"HEAD_SHA", "HEAD_OWNER", "HEAD_BRANCH"}
EVENT = given("comment", "workflow_run", "scripts/comment")


def report(hub: Hub, check: str, impact: str = "", redlines: str = "") -> None:
    """Have answers for a proposal whose check has left a report."""
    files = {"check.txt": check, "impact.md": impact, "redlines.txt": redlines}
    for name, text in files.items():
        (hub.answers / "report" / name).write_text(text, "utf-8")
    (hub.answers / "pulls").write_text("12\n")
    (hub.answers / "files").write_text("translations/es/a.po\ndocs/ja/b.md\nsrc/c.py\n")


def test_a_recorded_event_of_a_fork_is_commented_on(hub: Hub) -> None:
    """Each filter is run on what GitHub answers: another proposal has the branch's older commit."""
    hub.commit("settings", {"pyproject.toml": 'languages = ["en", "es"]\n'})
    report(hub, "a.po:1: a\n", "es: 3 changed", "docs/en/a.md: Changes\n\n[-Old-] {+New+}\n")
    for name in ("artifacts", "files", "comments"):
        shutil.copy(RECORDED / f"{name}.json", hub.answers)
    pull = recorded("pull_request")["pull_request"]
    older = pull | {"number": 11, "head": pull["head"] | {"sha": "f" * 40}}
    (hub.answers / "pulls.json").write_text(json.dumps([older, pull]), "utf-8")
    job = WORKFLOWS["comment"]["jobs"]["comment"]
    assert job["if"] == "github.event.workflow_run.event == 'pull_request'"
    assert recorded("workflow_run")["workflow_run"]["event"] == "pull_request"
    assert EVENT.keys() == {"RUN", "RUN_URL", "CONCLUSION", *HEAD}
    hub.run("comment", **EVENT)
    assert "--method PATCH repos/some/handbook/issues/comments/99" in hub.calls
    assert "-f head=someone:words" in hub.calls
    order = ["a.po:1: a", "es: 3 changed", "[-Old-] {+New+}", "/artifacts/15)", "/artifacts/17)"]
    assert sorted(order, key=hub.body.index) == order
    pages = [line for line in hub.body.splitlines() if line.startswith("- ")]
    assert pages == ["- `es/a.html`", "- `es/b.html`", "- `ja/b.html`"]
    labels = re.findall("pr edit 12 --add-label (.*)", hub.calls)
    assert labels == ["language: es", "program"]  # main has no folder of Japanese catalogs
    assert given("check", "pull_request", ".ci/texts") == {"BASE": pull["base"]["sha"]}


def test_a_pull_request_gets_one_comment_and_its_labels(hub: Hub) -> None:
    report(hub, "", "es: 3 changed")
    hub.run("comment", **EVENT)
    assert "--method POST repos/some/handbook/issues/12/comments" in hub.calls
    assert "found nothing wrong" in hub.body
    assert "What comes after it did" in hub.body
    assert "es: 3 changed" in hub.body
    labels = ["language: es", "language: ja", "program"]  # main has no folder of Japanese catalogs
    added = [each for each in labels if f"pr edit 12 --add-label {each}" in hub.calls]
    assert added == ["language: es", "program"]
    (hub.answers / "comments").write_text("99\n")
    hub.run("comment", **EVENT | {"CONCLUSION": "success"})
    assert "--method PATCH repos/some/handbook/issues/comments/99" in hub.calls
    assert hub.calls.count("--method POST") == 1
    assert hub.body.count("What comes after it did") == 1


def test_the_comment_leads_to_the_changed_pages_of_the_preview(hub: Hub) -> None:
    hub.commit("settings", {"pyproject.toml": 'languages = ["en", "es"] # the first\n'})
    report(hub, "")
    names = "docs/en/one/a.md docs/es/b.md translations/es/one/a.po translations/es/site.po"
    hostile = "docs/en/`x`.md docs/en/[click](//example.org).md docs/es/README.md src/c.py"
    (hub.answers / "files").write_text("\n".join(f"{names} {hostile}".split()) + "\n", "utf-8")
    (hub.answers / "artifacts").write_text("report 5\npreview 7\nevil](x) 8\n")
    hub.run("comment", **EVENT)
    assert f"[preview]({EVENT['RUN_URL']}/artifacts/7)" in hub.body
    assert f"[report]({EVENT['RUN_URL']}/artifacts/5)" in hub.body
    pages = [line for line in hub.body.splitlines() if line.startswith("- ")]
    assert pages == ["- `es/b.html`", "- `es/one/a.html`", "- `one/a.html`"]
    assert "evil" not in hub.body


def test_a_preview_that_is_not_there_is_no_promise(hub: Hub) -> None:
    report(hub, "")
    hub.run("comment", **EVENT)
    assert "There is no preview: the site was not built" in hub.body
    assert "unpack it" not in hub.body


@pytest.mark.parametrize(
    "hostile",
    ["```\n@everyone [click](https://example.org)", "`````` \n<img src=x>", "\xff\udc80" * 3],
)
def test_a_report_cannot_leave_its_block(hub: Hub, hostile: str) -> None:
    report(hub, "")
    (hub.answers / "report/check.txt").write_bytes(hostile.encode("utf-8", "surrogateescape"))
    hub.run("comment", **EVENT)
    lines = hub.body.splitlines()
    opening = next(i for i, line in enumerate(lines) if line.endswith("`text"))
    fence = lines[opening].removesuffix("text")
    closing = lines.index(fence, opening + 1)
    inside = "\n".join(lines[opening + 1 : closing])
    assert fence not in inside
    assert "@everyone" not in hub.body.replace(inside, "")
    assert "<img" not in hub.body.replace(inside, "")


@pytest.mark.parametrize("sign", ["あ", "` ", "😀", "`\n", "a\f"])
def test_a_long_report_is_cut(hub: Hub, sign: str) -> None:
    """GitHub takes 65,536 characters; an emoji may be counted as two."""
    hub.commit("settings", {"pyproject.toml": 'languages = ["en", "es"]\n'})
    report(hub, sign * 100_000, sign * 100_000, sign * 100_000)
    (hub.answers / "files").write_text("".join(f"docs/en/{'a' * 180}{n}.md\n" for n in range(30)))
    (hub.answers / "artifacts").write_text("report 5\npreview 7\n")
    hub.run("comment", **EVENT)
    assert 55_000 < len(hub.body.encode("utf-16-le")) // 2 < 65_536
    assert hub.body.count("the rest of it is in the report") >= 3


def test_each_page_has_its_room_in_the_comment(hub: Hub) -> None:
    pages = ["\fa.md\n" + "あ" * 40_000, "\fb.md\n\nOne.\n", "\fc.md\n" + "c" * 40_000]
    report(hub, "", "", "".join(pages))
    hub.run("comment", **EVENT)
    assert [hub.body.count(sign) // 1000 for sign in "あc"] == [15, 15]
    assert "\n\nb.md\n\nOne.\n\nc.md\n" in hub.body
    assert "\f" not in hub.body


def test_a_proposal_of_thousands_of_files_is_commented_on(hub: Hub) -> None:
    """Of the branch's name nothing is run, whatever it is called."""
    hub.commit("settings", {"pyproject.toml": 'languages = ["en", "es"]\n'})
    report(hub, "")
    names = [f"docs/en/{'long/' * 20}{number}.md" for number in range(3000)]
    names += [f"translations/{chr(97 + n % 26)}{chr(97 + n // 26)}/a.po" for n in range(500)]
    (hub.answers / "files").write_text("\n".join(names), "utf-8")
    (hub.answers / "artifacts").write_text("preview 7\n")
    branch = """x"'$(touch evil)`touch evil`;touch${IFS}evil"""
    hub.run("comment", **EVENT | {"HEAD_BRANCH": branch})
    assert hub.body.count("\n- ") == 20
    assert hub.calls.count("--add-label") == 1
    assert not list(hub.folder.rglob("evil"))


def test_a_pull_request_with_newer_commits_is_left_alone(hub: Hub) -> None:
    report(hub, "")
    (hub.answers / "pulls").write_text("")
    assert "has newer commits" in hub.run("comment", **EVENT)
    assert "POST" not in hub.calls


def test_a_check_that_did_not_end_is_said(hub: Hub) -> None:
    (hub.answers / "pulls").write_text("12\n")
    (hub.answers / "files").write_text("")
    hub.run("comment", **EVENT)
    assert "did not end" in hub.body


# -- weekly -------------------------------------------------------------------------------


def test_each_language_has_one_issue(hub: Hub) -> None:
    folder = hub.folder / "todo"
    folder.mkdir()
    (folder / "es.txt").write_text("mission.md: 3 units\n")
    hub.run("weekly", str(folder))
    assert "issue create --title What to do next: es" in hub.calls
    assert "mission.md: 3 units" in hub.body
    (hub.answers / "issue-list").write_text("4\n")
    hub.run("weekly", str(folder))
    assert "issue edit 4" in hub.calls
    (folder / "es.txt").write_text("")
    hub.run("weekly", str(folder))
    assert "issue close 4" in hub.calls
    assert hub.calls.count("issue create") == 1
    (folder / "es.txt").unlink()
    before = hub.calls
    hub.run("weekly", str(folder))
    assert hub.calls == before


def test_a_list_cannot_leave_its_block(hub: Hub) -> None:
    folder = hub.folder / "todo"
    folder.mkdir()
    (folder / "es.txt").write_text("a.po:1: ```\n@everyone\n" + "\n" * 100_000)
    hub.run("weekly", str(folder))
    assert "\n    @everyone\n" in hub.body
    assert len(hub.body.encode()) < 65_536


# -- join and push-joined -----------------------------------------------------------------

CATALOG = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

#: a.md
msgid "One"
msgstr "{one}"

#: a.md
msgid "Two"
msgstr "{two}"
"""


def branch(hub: Hub, name: str, files: dict[str, str]) -> None:
    """Push a branch that began at the first commit of main."""
    first = hub.git("rev-list", "--max-parents=0", "main", at=hub.clone)
    hub.git("switch", "--quiet", "--create", name, first, at=hub.clone)
    hub.commit(name, files)
    hub.git("push", "--quiet", "origin", name, at=hub.clone)
    hub.git("switch", "--quiet", "main", at=hub.clone)


def joined(hub: Hub, *branches: str) -> str:
    """Run both scripts as the workflow does; what they say."""
    (hub.folder / "branches").write_text("".join(f"{each}\n" for each in branches))
    folder = str(hub.folder / "joined")
    handbook = str(Path(sys.executable).with_name("handbook"))
    said = hub.run("join", str(hub.folder / "branches"), folder, HANDBOOK=handbook)
    return said + hub.run("push-joined", folder)


def at(hub: Hub, branch: str, name: str) -> str:
    return hub.git("show", f"{branch}:{name}", at=hub.folder / "hub.git")


PLACE = "translations/es/b.po"


@pytest.fixture
def catalog(tmp_path: Path) -> Hub:
    """A repository that has had a catalog of two units from its first commit on."""
    hub = Hub(tmp_path, {PLACE: CATALOG.format(one="", two="")})
    hub.commit("main translates", {PLACE: CATALOG.format(one="Uno", two="")})
    hub.git("push", "--quiet", "origin", "main", at=hub.clone)
    return hub


def test_an_open_proposal_is_joined_by_unit(catalog: Hub) -> None:
    branch(catalog, "words", {PLACE: CATALOG.format(one="", two="Dos")})
    assert "words: renewed" in joined(catalog, "words")
    text = at(catalog, "words", PLACE)
    assert 'msgstr "Uno"' in text
    assert 'msgstr "Dos"' in text
    assert "workflow run check.yml --ref words" in catalog.calls
    assert "renewed" not in joined(catalog, "words")


def test_a_proposal_is_led_to_its_language_where_git_takes_the_wrong_one(tmp_path: Path) -> None:
    """A page was renamed and translated on main, and a language came whose catalog is alike."""
    empty, long = CATALOG.format(one="", two=""), "Um texto muito mais longo do que antes. " * 9
    hub = Hub(tmp_path, {"translations/pt/b.po": _in(empty, "pt")})
    branch(hub, "words", {"translations/pt/b.po": _in(CATALOG.format(one="", two="Dois"), "pt")})
    hub.git("rm", "--quiet", "translations/pt/b.po", at=hub.clone)
    renamed = {
        "translations/pt/c.po": _in(CATALOG.format(one=long, two=""), "pt"),
        "translations/es/c.po": _in(empty, "es"),
    }
    hub.commit("rename", renamed)
    hub.git("push", "--quiet", "origin", "main", at=hub.clone)
    assert "git took translations/pt/c.po for it" in joined(hub, "words")
    text = at(hub, "words", "translations/pt/c.po")
    assert ("Um texto" in text, 'msgstr "Dois"' in text) == (True, True)
    assert at(hub, "words", "translations/es/c.po") == renamed["translations/es/c.po"].strip()


def _in(catalog: str, language: str) -> str:
    return catalog.replace('"Content', f'"Language: {language}\\n"\n"Content', 1)


ADDED = '\n#: a.md\nmsgid "Three"\nmsgstr "{three}"\n'
BUTTON = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def pressed(hub: Hub, name: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Merge a branch into main as GitHub's button does, knowing no driver; "" if it conflicts."""
    server = hub.folder / "server"
    shutil.rmtree(server, ignore_errors=True)
    hub.git("clone", "--quiet", str(hub.folder / "hub.git"), str(server))
    with monkeypatch.context() as patch:
        for key, value in BUTTON.items():
            patch.setenv(key, value)
        assert "handbook" not in hub.git("config", "--list", "--local", at=server)
        try:
            hub.git("merge", "--no-ff", "--quiet", "-m", name, f"origin/{name}", at=server)
        except subprocess.CalledProcessError:
            return ""
        hub.git("push", "--quiet", "origin", "main", at=server)
    hub.git("pull", "--quiet", "--ff-only", "origin", "main", at=hub.clone)
    return hub.git("rev-parse", "main", at=server)


@pytest.mark.parametrize("widths", [(), (40, 55)], ids=["as-written", "wrapping-editors"])
def test_three_proposals_and_an_update_merge_with_the_button_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gettext: Run, widths: tuple[int, ...]
) -> None:
    japanese = PLACE.replace("/es/", "/ja/")
    old, new = (f"Each member has {number} in the assembly." for number in ("a vote", "one vote"))
    catalog = CATALOG.replace('"One"', f'"{old}"')
    empty = catalog.format(one="", two="")
    first, second = f"Uno{' y más' * 9}", f"Dos{' y más' * 9}"
    made = {
        "first": {PLACE: catalog.format(one=first, two="")},
        "second": {PLACE: catalog.format(one="", two=second)},
        "japanese": {japanese: catalog.format(one="一", two="二")},
    }
    hub = Hub(tmp_path, {PLACE: empty, japanese: empty})
    for (name, files), width in zip_longest(made.items(), widths, fillvalue=None):
        branch(hub, name, {each: _saved(files[each], width, gettext, tmp_path) for each in files})
    # Meanwhile the page was edited, and the update of its catalogs is merged.
    updated = empty.replace(old, new) + ADDED.format(three="")
    hub.commit("update", {PLACE: updated, japanese: updated})
    hub.git("push", "--quiet", "origin", "main", at=hub.clone)
    assert not pressed(hub, "first", monkeypatch)  # so it would be without the renewal
    left = ["first", "second", "japanese"]
    while left:
        joined(hub, *left)  # after each push to main
        assert pressed(hub, left.pop(0), monkeypatch)
    spanish, text = at(hub, "main", PLACE), at(hub, "main", japanese)
    assert f'#| msgid "{old}"\nmsgid "{new}"\nmsgstr "{first}"' in spanish
    assert f'msgid "Two"\nmsgstr "{second}"' in spanish
    assert f'#| msgid "{old}"\nmsgid "{new}"\nmsgstr "一"' in text
    assert 'msgid "Two"\nmsgstr "二"' in text
    assert all('msgid "Three"\nmsgstr ""' in each for each in (spanish, text))


def _saved(text: str, width: int | None, gettext: Run, folder: Path) -> str:
    """Return a catalog as an editor saves it that wraps lines."""
    if width is None:
        return text
    (folder / "edited.po").write_text(text, "utf-8")
    wrapped = gettext("msgcat", f"--width={width}", folder / "edited.po").stdout
    assert wrapped.count("\n") > text.count("\n")
    return wrapped


def test_a_fork_whose_proposal_conflicts_is_told_once_how_to_join(catalog: Hub) -> None:
    """Of four proposals one conflicts, one is of this repository, and one has lost its branch."""
    made = {
        5: {PLACE: CATALOG.format(one="Una", two="Dos")},
        6: {"translations/es/new.po": CATALOG.format(one="Uno", two="")},
    }
    forked(catalog, made)
    told = asked_of_forks(catalog)
    assert "5: told how to join main\n" in told
    assert re.findall(r"POST \S*issues/(\d+)", catalog.calls) == ["5"]
    assert "git pull --no-rebase https://github.com/some/handbook.git main" in catalog.body
    assert "Resolve conflicts" not in catalog.body
    who = {"login": "github-actions[bot]"}
    comments = catalog.answers / "comments.json"
    comments.write_text(json.dumps([{"id": 1, "user": who, "body": catalog.body}]), "utf-8")
    assert "5: told already" in catalog.run("tell-forks")
    assert catalog.calls.count("POST") == 1


def test_a_fork_is_told_which_files_conflict_that_are_no_catalogs(catalog: Hub) -> None:
    hostile = "docs/en/`@all\n[x](y).md"
    forked(catalog, {5: {"docs/en/a.md": "# B\n", hostile: "# B\n"}})
    catalog.commit("edit", {"docs/en/a.md": "# C\n", hostile: "# C\n"})
    asked_of_forks(catalog)
    assert "\n    docs/en/a.md\n" in catalog.body
    assert "\n[x](y)" not in catalog.body
    assert "*Resolve conflicts*" in catalog.body
    assert "git commit --all --no-edit\n    git push\n" in catalog.body
    assert "merge-driver" not in catalog.body


def test_a_fork_is_told_both_where_catalogs_and_pages_conflict(catalog: Hub) -> None:
    forked(catalog, {5: {"docs/en/a.md": "# B\n", PLACE: CATALOG.format(one="Una", two="")}})
    catalog.commit("edit", {"docs/en/a.md": "# C\n"})
    asked_of_forks(catalog)
    assert "    docs/en/a.md\n\nMain has since changed catalogs" in catalog.body
    assert "merge-driver --install\n    git pull" in catalog.body
    assert "    git commit --all" in catalog.body


def forked(catalog: Hub, made: dict[int, dict[str, str]]) -> None:
    """Make proposals from forks, each by its number with the files that it changes."""
    for number, files in made.items():
        branch(catalog, f"fork-{number}", files)
        at_hub = catalog.folder / "hub.git"
        catalog.git("update-ref", f"refs/pull/{number}/head", f"fork-{number}", at=at_hub)
        catalog.git("branch", "--quiet", "-D", f"fork-{number}", at=at_hub)


def asked_of_forks(catalog: Hub) -> str:
    """Tell forks; of the proposals that are open, 8 is of this repository."""
    listed = [{"number": n, "isCrossRepository": n < 8} for n in (5, 6, 7, 8)]
    (catalog.answers / "pr-list.json").write_text(json.dumps(listed), "utf-8")
    (catalog.answers / "comments.json").write_text("[]", "utf-8")
    return catalog.run("tell-forks")


@pytest.mark.parametrize(
    "others",
    [{"src/x.py": "1\n"}, {f"{'long/' * 20}{number}.txt": "" for number in range(1500)}],
    ids=["one", "many"],
)
def test_a_branch_with_more_than_catalogs_is_left_to_its_author(
    catalog: Hub, others: dict[str, str]
) -> None:
    branch(catalog, "program", {PLACE: CATALOG.format(one="", two="Dos"), **others})
    before = at(catalog, "program", PLACE)
    assert "more than catalogs" in joined(catalog, "program")
    assert at(catalog, "program", PLACE) == before


def test_whatever_a_branch_is_called_it_and_those_behind_it_are_joined(catalog: Hub) -> None:
    """One has a catalog with a Japanese name, and one has nothing in common with main."""
    catalog.git("switch", "--quiet", "--orphan", "other", at=catalog.clone)
    catalog.commit("other", {PLACE: CATALOG.format(one="", two="")})
    catalog.git("push", "--quiet", "origin", "other", at=catalog.clone)
    catalog.git("switch", "--quiet", "--force", "main", at=catalog.clone)
    odd = """it's"$(touch${IFS}evil)`"""
    branch(catalog, odd, {"translations/es/会.po": CATALOG.format(one="", two="Dos")})
    assert f"{odd}: renewed" in joined(catalog, "none", "other", odd)
    assert 'msgstr "Uno"' in at(catalog, odd, PLACE)
    assert not list(catalog.folder.rglob("evil"))


def test_a_branch_that_is_gone_does_not_keep_others_from_being_renewed(catalog: Hub) -> None:
    for name in ("gone", "words"):
        branch(catalog, name, {PLACE: CATALOG.format(one="", two="Dos")})
    (catalog.folder / "branches").write_text("gone\nwords\n")
    folder = catalog.folder / "joined"
    handbook = str(Path(sys.executable).with_name("handbook"))
    catalog.run("join", str(catalog.folder / "branches"), str(folder), HANDBOOK=handbook)
    catalog.git("push", "--quiet", "origin", "--delete", "gone", at=catalog.clone)
    assert "words: renewed" in catalog.run("push-joined", str(folder))


@pytest.mark.parametrize("name", ["main", "words"])
def test_nothing_but_catalogs_is_pushed_and_nothing_to_main(catalog: Hub, name: str) -> None:
    """Whatever the job that has run the program hands over."""
    if name != "main":
        branch(catalog, name, {PLACE: CATALOG.format(one="", two="Dos")})
    catalog.git("switch", "--quiet", "--detach", f"origin/{name}", at=catalog.clone)
    old = catalog.git("rev-parse", "HEAD", at=catalog.clone)
    other = PLACE if name == "main" else "src/evil.py"
    catalog.commit("evil", {other: CATALOG.format(one="Uno", two="Dos")})
    new = catalog.git("rev-parse", "HEAD", at=catalog.clone)
    catalog.git("update-ref", "refs/joined/x", new, at=catalog.clone)
    folder = catalog.folder / "joined"
    folder.mkdir()
    bundle = ("bundle", "create", "--quiet", str(folder / "x.bundle"), "refs/joined/x", f"^{old}")
    catalog.git(*bundle, at=catalog.clone)
    (folder / "list").write_text(f"x {old} {new} {name}\n")
    catalog.git("switch", "--quiet", "main", at=catalog.clone)
    assert "is not what was said" in catalog.run("push-joined", str(folder))
    assert catalog.git("rev-parse", name, at=catalog.folder / "hub.git") == old


def test_a_branch_that_somebody_pushed_to_meanwhile_is_left_alone(catalog: Hub) -> None:
    branch(catalog, "words", {PLACE: CATALOG.format(one="", two="Dos")})
    (catalog.folder / "branches").write_text("words\n")
    folder = str(catalog.folder / "joined")
    handbook = str(Path(sys.executable).with_name("handbook"))
    catalog.run("join", str(catalog.folder / "branches"), folder, HANDBOOK=handbook)
    catalog.git("switch", "--quiet", "words", at=catalog.clone)
    catalog.commit("later", {PLACE: CATALOG.format(one="", two="Dos, mejor")})
    catalog.git("push", "--quiet", "origin", "words", at=catalog.clone)
    assert "left alone" in catalog.run("push-joined", folder)
    assert "mejor" in at(catalog, "words", PLACE)


# -- the steps themselves -----------------------------------------------------------------

CI = ROOT / ".ci"
WORKFLOWS = {
    file.stem: yaml.safe_load(file.read_text("utf-8"))
    for file in sorted((ROOT / ".github/workflows").glob("*.yml"))
}


def steps(workflow: str) -> list[str]:
    """The shell of each step of a workflow, in order."""
    jobs = WORKFLOWS[workflow]["jobs"].values()
    return [step["run"] for job in jobs for step in job["steps"] if "run" in step]


def step(workflow: str, words: str) -> str:
    """The shell of the one step that has some words in it."""
    [found] = [each for each in steps(workflow) if words in each]
    return found


def do(hub: Hub, shell: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a step in a checkout of main, as a runner does."""
    for name, target in {".github": ROOT / ".github", ".ci": CI, ".venv/bin": PROGRAMS}.items():
        link = hub.clone / name
        if not link.exists():
            link.parent.mkdir(exist_ok=True)
            link.symlink_to(target)
    temporary = hub.folder / "runner"
    temporary.mkdir(exist_ok=True)
    given = {
        **hub.environment,
        "RUNNER_TEMP": str(temporary),
        "GITHUB_OUTPUT": str(hub.folder / "output"),
        "GITHUB_STEP_SUMMARY": str(hub.folder / "summary"),
        **environment,
    }
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", shell],
        cwd=hub.clone,
        env=given,
        capture_output=True,
        text=True,
        check=False,
    )


PROGRAMS = Path(sys.executable).parent
TRIED = {
    "check": ["make install", ".ci/texts", ".ci/run", "make site", 'echo "texts:'],
    "comment": [".github/scripts/comment"],
    "publish": ["make site ||", "echo '::error::"],
    "renew": [
        "make install",
        "gh pr list",
        ".github/scripts/join ",
        "gh auth setup-git",
        ".github/scripts/tell-forks",
    ],
    "update": ["make install", 'mkdir "$RUNNER_TEMP/update"', "gh auth setup-git", "echo '::error"],
    "weekly": ["make install", 'mkdir "$RUNNER_TEMP/todo"', "gh run download"],
}
"""How the shell of each step begins: a new one has to be tried here, or be a call of `make`."""


def test_every_step_is_one_that_is_tried() -> None:
    assert WORKFLOWS.keys() == TRIED.keys()
    for workflow, starts in TRIED.items():
        found = steps(workflow)
        assert len(found) == len(starts), (workflow, found)
        for shell, start in zip(found, starts, strict=True):
            assert shell.startswith(start), (workflow, shell)


@pytest.fixture
def texts(tmp_path: Path) -> Hub:
    """A handbook of two pages, of which one is translated."""
    page = "# A { #a }\n\nEach member has a vote.\n"
    languages = "".join(
        f"{{locale: {code}, name: {code}, build: true, default: {str(code == 'en').lower()}}}, "
        for code in ("en", "es")
    )
    plugins = f"[search, {{i18n: {{docs_structure: folder, languages: [{languages}]}}}}, bitext]"
    files = {
        "pyproject.toml": '[tool.handbook]\nlanguages = ["en", "es"]\n',
        "mkdocs.yml": f"site_name: Test\ntheme: {{name: material}}\nplugins: {plugins}\n",
        ".gitignore": ".ci\n.github\n.venv\nbuild\n",
        "docs/en/index.md": "# Home\n",
        "docs/en/a.md": page,
        "translations/es/a.po": "",
    }
    hub = Hub(tmp_path, files)
    (hub.clone / "translations/es/a.po").unlink()
    assert do(hub, ".venv/bin/handbook --quiet update").returncode == 0
    name = hub.clone / "translations/es/a.po"
    text = name.read_text("utf-8").replace('"A"\nmsgstr ""', '"A"\nmsgstr "La A"')
    old, new = (f'vote."\nmsgstr "{words}"' for words in ("", "Cada miembro tiene un voto."))
    hub.commit("translate", {"translations/es/a.po": text.replace(old, new)})
    hub.git("push", "--quiet", "origin", "main", at=hub.clone)
    return hub


def test_the_step_of_an_update_hands_over_a_patch(texts: Hub) -> None:
    page = "# A { #a }\n\nEach member has one vote.\n\nVotes are counted aloud.\n"
    texts.commit("edit", {"docs/en/a.md": page, "translations/es/index.po": 'msgid "\n'})
    done = do(texts, step("update", 'mkdir "$RUNNER_TEMP/update"'))
    assert done.returncode == 0, done.stderr
    patch = (texts.folder / "runner/update/translations.patch").read_text("utf-8")
    assert '+msgid "Votes are counted aloud."' in patch
    assert "updated translations/es/a.po" in done.stdout
    assert "problems=yes" in (texts.folder / "output").read_text()  # of the catalog that is broken
    texts.git("reset", "--quiet", "--hard", at=texts.clone)
    folder = texts.answers / "report"
    for name in ("translations.patch", "told.txt"):
        shutil.copy(texts.folder / "runner/update" / name, folder)
    done = do(texts, step("update", "scripts/propose"), RUN="1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "auth setup-git" in texts.calls
    assert "Votes are counted aloud." in at(texts, "update-catalogs", "translations/es/a.po")


def test_the_steps_of_a_week_and_of_a_renewal(texts: Hub) -> None:
    done = do(texts, step("weekly", 'mkdir "$RUNNER_TEMP/todo"'))
    assert done.returncode == 0, done.stderr
    assert (texts.folder / "runner/todo/es.txt").read_text("utf-8")
    for name in ("es.txt", "en.txt"):
        shutil.copy(texts.folder / "runner/todo" / name, texts.answers / "report")
    shutil.rmtree(texts.folder / "runner/todo")
    assert do(texts, step("weekly", "gh run download"), RUN="1").returncode == 0
    assert "issue create --title What to do next: es" in texts.calls
    assert "What to do next: en" not in texts.calls  # nothing is left to do in it
    (texts.answers / "pr-list").write_text("words\n")
    assert do(texts, step("renew", "gh pr list")).returncode == 0
    assert (texts.folder / "runner/branches.txt").read_text() == "words\n"
    branch(texts, "words", {"translations/es/z.po": CATALOG.format(one="Uno", two="")})
    done = do(texts, step("renew", "scripts/join"))
    assert "words: joined" in done.stdout, done.stdout + done.stderr
    for file in (texts.folder / "runner/joined").iterdir():
        shutil.copy(file, texts.answers / "report")
    shutil.rmtree(texts.folder / "runner/joined")
    done = do(texts, step("renew", "push-joined"), RUN="1")
    assert "renewed" in done.stdout + done.stderr
    assert at(texts, "words", "translations/es/a.po")


def test_the_check_leaves_a_report_with_a_redline_of_each_edited_page(texts: Hub) -> None:
    base = texts.git("rev-parse", "main", at=texts.clone)
    catalog = at(texts, "main", "translations/es/a.po").replace("un voto", "un solo voto")
    home = "# Home\n\nSee [nothing](none.md).\n"
    texts.commit("edit", {"translations/es/a.po": f"{catalog}\n", "docs/en/index.md": home})
    report = texts.folder / "report"
    done = do(texts, step("check", ".ci/texts"), BASE=base, REPORT=str(report))
    assert done.returncode == 1
    assert "none.md" in (report / "check.txt").read_text("utf-8")
    assert "::error file=docs/en/index.md,line=3" in done.stdout
    assert "es" in (report / "impact.md").read_text("utf-8")
    assert {each.name for each in report.glob("*.html")} == {"es-a.html", "index.html"}
    assert ">solo" in (report / "es-a.html").read_text("utf-8")
    redlines = (report / "redlines.txt").read_text("utf-8")
    assert "docs/en/index.md: Changes to “Home”\n" in redlines
    assert "  es: Cada miembro tiene un {+solo+} voto.\n" in redlines
    assert "none.md" in (texts.folder / "summary").read_text("utf-8")


def test_a_page_of_any_name_has_a_redline_and_no_page_has_none(texts: Hub) -> None:
    names = ("docs/en/a b.md", "docs/en/会.md")
    texts.commit("pages", dict.fromkeys(names, "# Page\n\nOne.\n"))
    report, base = texts.folder / "report", texts.git("rev-parse", "HEAD", at=texts.clone)
    shell = step("check", ".ci/texts")
    settings = (texts.clone / "mkdocs.yml").read_text("utf-8")
    texts.commit("no name", {"mkdocs.yml": f"{settings}strict: false\n", "docs/en/README.md": ""})
    do(texts, shell, BASE=base, REPORT=str(report))
    assert "redlines.txt" not in {each.name for each in report.iterdir()}
    base = texts.git("rev-parse", "HEAD", at=texts.clone)
    shutil.rmtree(report)
    texts.commit("edit", dict.fromkeys(names, "# Page\n\nTwo.\n"))
    do(texts, shell, BASE=base, REPORT=str(report))
    assert {each.name for each in report.glob("*.html")} == {"a b.html", "会.html"}
    redlines = (report / "redlines.txt").read_text("utf-8")
    assert redlines.count("[-One.-]{+Two.+}") == 2


def test_pages_that_come_and_go_menus_and_names_have_redlines(texts: Hub) -> None:
    """A catalog of names has one of its own where mkdocs.yml was left alone."""
    report, base = texts.folder / "report", texts.git("rev-parse", "HEAD", at=texts.clone)
    shell, text = step("check", ".ci/texts"), at(texts, "main", "translations/es/a.po")
    site = text[: text.index("#: a.md")] + 'msgid "Test"\nmsgstr "Prueba"\n'
    texts.commit("a name", {"translations/es/site.po": site})
    do(texts, shell, BASE=base, REPORT=str(report))
    assert {each.name for each in report.glob("*.html")} == {"es-site.html"}
    redlines = (report / "redlines.txt").read_text("utf-8")
    assert redlines.startswith("\fmkdocs.yml: ")
    assert "  es: {+Prueba+}\n" in redlines
    settings = (texts.clone / "mkdocs.yml").read_text("utf-8")
    (texts.clone / "docs/en/index.md").unlink()
    new = {"mkdocs.yml": settings.replace("Test", "Trial"), "docs/en/new.md": "# All new\n"}
    texts.commit("more", new)
    shutil.rmtree(report)
    do(texts, shell, BASE=base, REPORT=str(report))
    found = {each.name for each in report.glob("*.html")}
    assert found == {"index.html", "mkdocs.yml.html", "new.html"}
    redlines = (report / "redlines.txt").read_text("utf-8")
    assert "[-Home-]" in redlines
    assert "[-Test-]{+Trial+}" in redlines
    assert "{+All new+}" in redlines


def test_a_list_that_was_not_made_is_no_empty_one(texts: Hub) -> None:
    shell = step("weekly", 'mkdir "$RUNNER_TEMP/todo"').replace("--quiet todo", "--quiet tdoo")
    assert do(texts, shell).returncode == 0
    assert not list((texts.folder / "runner/todo").iterdir())


@pytest.mark.parametrize("build", ["success", "failure", "skipped", "cancelled"])
def test_the_one_job_for_all_passes_if_each_has_passed(hub: Hub, build: str) -> None:
    done = do(hub, step("check", "echo"), TEXTS="success", BUILD=build)
    assert (done.returncode == 0) == (build == "success")


@pytest.mark.parametrize(("status", "is_there"), [(0, True), (1, True), (1, False)])
def test_what_could_be_built_is_published(hub: Hub, status: int, is_there: bool) -> None:
    make = hub.folder / "bin/make"
    site = "mkdir -p site && touch site/index.html; " if is_there else ""
    make.write_text(f"#!/bin/sh\n{site}exit {status}\n")
    make.chmod(0o755)
    assert (do(hub, step("publish", "make site")).returncode == 0) == is_there
    output = hub.folder / "output"
    assert (output.exists() and "problems=yes" in output.read_text()) == (status == 1 and is_there)
    assert do(hub, step("publish", "::error::")).returncode == 1
    assert do(hub, step("update", "::error::")).returncode == 1


# -- before a commit, on somebody's own machine ---------------------------------------------


def test_pre_commit_keeps_what_is_wrong_from_being_committed(texts: Hub) -> None:
    """The program itself, with this repository's own configuration."""
    package("pre-commit")
    shutil.copy(ROOT / ".pre-commit-config.yaml", texts.clone)
    home = {"PRE_COMMIT_HOME": str(texts.folder / "pre-commit")}
    done = do(texts, f"'{sys.executable}' -m pre_commit install", **home)
    assert done.returncode == 0, done.stdout + done.stderr
    home |= {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in _WHO}
    broken = "# Home\n\nSee [nothing](none.md).\n"
    tried = [
        ("docs/en/index.md", broken, "docs/en/index.md:3: "),
        ("translations/es/a.po", 'msgid "\n', "translations/es/a.po:1: "),
        ("docs/en/index.md", "# Home\n\nWelcome.\n", "pages and translations.*Passed"),
        ("src/a.py", "a = 1\n", "pages and translations.*Skipped"),
    ]
    for name, text, said in tried:
        (texts.clone / name).parent.mkdir(exist_ok=True)
        (texts.clone / name).write_text(text, "utf-8")
        done = do(texts, f"git add {name} && git commit --message x", **home)
        assert re.search(said, done.stdout + done.stderr), done.stdout + done.stderr
        assert (done.returncode == 0) == said.startswith("pages")
        texts.git("reset", "--quiet", "--hard", at=texts.clone)


_WHO = ("NAME", "EMAIL")


# -- the workflow that `handbook init` writes ----------------------------------------------

WRITTEN = yaml.safe_load(
    (ROOT / "src/handbook/bitext/migrate/templates/translations.yml").read_text("utf-8")
)


def offered(hub: Hub, text: str, problems: str = "") -> str:
    """Run its last step behind an update that has left a text of a catalog; what it says."""
    [step] = [each for each in WRITTEN["jobs"]["update"]["steps"] if "GH_TOKEN" in str(each)]
    fixed = {key: step["env"][key] for key in ("BRANCH", "BOT")}
    hub.git("switch", "--quiet", "--force", "--detach", "origin/main", at=hub.clone)
    hub.git("branch", "--quiet", "--force", "main", "origin/main", at=hub.clone)
    for name in ("update-catalogs", "theirs"):
        if hub.git("branch", "--list", name, at=hub.clone):
            hub.git("branch", "--quiet", "-D", name, at=hub.clone)
    (hub.clone / "translations/es/a.po").write_text(text, "utf-8")
    done = do(hub, step["run"], **fixed, BASE="main", PROBLEMS=problems)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_written_workflow_proposes_renews_and_closes(hub: Hub) -> None:
    offered(hub, "dos\n")
    assert proposed(hub) == "dos"
    (hub.answers / "pr-list").write_text("7\n")
    offered(hub, "tres\n")
    assert proposed(hub) == "tres"
    assert hub.calls.count("pr create") == 1
    offered(hub, "uno\n", problems="yes")
    assert "pr close" not in hub.calls
    offered(hub, "uno\n")
    assert "pr close 7" in hub.calls


def test_the_written_workflow_pushes_over_nobodys_commits(hub: Hub) -> None:
    offered(hub, "dos\n")
    hub.git("switch", "--quiet", "--force-create", "theirs", "update-catalogs", at=hub.clone)
    hub.commit("mine", {"translations/es/a.po": "mío\n"})
    hub.git("push", "--quiet", "origin", "theirs:update-catalogs", at=hub.clone)
    assert "Somebody has committed" in offered(hub, "tres\n")
    assert proposed(hub) == "mío"


# -- every workflow -----------------------------------------------------------------------


def test_scripts_are_programs() -> None:
    for script in SCRIPTS.iterdir():
        assert os.access(script, os.X_OK), script
        reader = [sys.executable, "-m", "ast"] if script.suffix else ["bash", "-n"]
        done = subprocess.run([*reader, script], capture_output=True, text=True, check=False)
        assert done.stderr == ""


def test_the_stand_in_is_valid() -> None:
    done = subprocess.run(["bash", "-n"], input=GH, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
