"""How the command behaves: wrong calls, loudness, progress, and where it does not write."""

from __future__ import annotations

import json
import os
import pty
import re
import resource
import subprocess
import sys
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import pytest

from folders import ROOT
from handbook.bitext.files import write
from handbook.bitext.problem import Problem
from handbook.command import console, main, verbs
from handbook.press.make import serve
from handbooks import link
from programs import COMMAND
from rows import rows

REFUSED = """\
msgid ""
msgstr ""
"Language: es\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Words."
msgstr "<b>Palabras.</b>"
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook of two pages in two languages, one translation of which is refused."""
    link(tmp_path)
    write(
        tmp_path / "mkdocs.yml",
        f"INHERIT: {ROOT / 'mkdocs.yml'}\nplugins: {{bitext: {{books: false}}}}\nnav:\n",
    )
    write(tmp_path / "pyproject.toml", '[tool.handbook]\nlanguages = ["en", "es", "ja"]\n')
    write(tmp_path / "docs/en/index.md", "# Home\n\nWords.\n")
    write(tmp_path / "docs/en/page.md", "# Page\n")
    write(tmp_path / "translations/es/index.po", REFUSED)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], words: str) -> tuple[int, str, list[str]]:
    """Exit status, standard output, and the lines of standard error."""
    status = main.main(words.split())
    out, err = capsys.readouterr()
    return status, out, err.splitlines()


def start(words: str, stderr: int) -> subprocess.Popen[str]:
    """The command as a process of its own."""
    command = [sys.executable, "-c", COMMAND, *words.split()]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stderr, text=True)


# -- called wrongly --------------------------------------------------------------------

WRONG = {
    "": "give a verb: add-language, adopt, align, assemble, ",
    "stie": "no verb 'stie'; did you mean site?",
    "xyzzy": "no verb 'xyzzy'; handbook --help lists them",
    "update --chekc": "update: no option --chekc; did you mean --check?; see handbook update ",
    "-x site": "site: no option -x; ",
    "stage": "stage: the following arguments are required: --to; see handbook stage --help",
    "stage --too build": "stage: no option --too; did you mean --to?",
    "stage es --to build more": "no language 'more'; the handbook has en, es, ja",
    "align": "align: the following arguments are required: PAGE; ",
    "status eo": "no language 'eo'; the handbook has en, es, ja",
    "site JA": "no language 'JA'; the handbook has en, es, ja; did you mean ja?",
    "update docs/ja/a.md": "no language 'docs/ja/a.md'; the handbook has en, es, ja; did you",
    "serve es-MX": "no language 'es-MX'; the handbook has en, es, ja; did you mean es?",
    "serve --port 99999": "serve: argument --port: '99999' is not a port; ",
    "check --format xml": "check: argument --format: invalid choice: 'xml' ",
}


@pytest.mark.parametrize("words", WRONG)
def test_a_wrong_call_is_a_line_and_exit_code_2(
    words: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, words)
    assert (status, out, len(err)) == (2, "", 1)
    assert err[0].startswith(f"handbook: {WRONG[words]}")


def test_it_tells_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main.main(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"handbook {version('handbook')}\n"


def test_each_verb_is_in_the_overview(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main.main(["--help"])
    text = " ".join(capsys.readouterr().out.split())
    assert all(f"{name} {verbs.find(name).help}" in text for name in verbs.names())


def test_a_template_is_made_without_mkdocs() -> None:
    code = "import sys; from handbook.command.main import main; main(['extract', 'README.md']);"
    code += "print(*sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    loaded = set(done.stderr.split())
    assert "handbook.bitext.upkeep.extract" in loaded
    assert not loaded & {"mkdocs", "markdown", "handbook.press", "lxml"}


# -- what it prints --------------------------------------------------------------------

PLACE = "translations/es/index.po"
FAULT = "words: it adds <b>; use the markup of the message"


def test_problems_for_people_for_programs_and_for_github(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "check") == (1, "", [f"{PLACE}:6: {FAULT}"])
    status, out, err = run(capsys, "check --format json")
    assert (status, err) == (1, [])
    problem = {"path": PLACE, "line": 6, "text": FAULT, "rule": "words", "level": "error"}
    assert json.loads(out) == [problem]
    annotation = f"::error file={PLACE},line=6,title=words::{FAULT}\n"
    assert run(capsys, "check --format github") == (1, annotation, [])
    assert run(capsys, "check ja --format json") == (0, "[]\n", [])


def test_quiet_and_verbose(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "check -v")
    assert (status, out) == (1, "")
    assert [line for line in err if line.startswith("checked")] == [
        f"checked translations/{language}/{page}.po"
        for page in ("index", "page")
        for language in ("es", "ja")
    ]
    assert run(capsys, "-q update es") == (0, "", [])
    assert "X-Source-Language: en" in (root / "translations/es/page.po").read_text("utf-8")
    assert " % of " in run(capsys, "status es -q")[1]


@pytest.mark.long
def test_a_problem_is_printed_when_it_is_found(root: Path) -> None:
    for number in range(100):
        write(root / f"docs/en/more/{number}.md", "# More\n\n" + "Words, *more* words.\n\n" * 50)
    with start("check", subprocess.PIPE) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == f"{PLACE}:6: {FAULT}\n"
        assert process.poll() is None
        process.kill()


@rows("message", ["a.md:3: wrong; cure: none", "no place: 3 things", "x:y"])
def test_a_problem_read_from_a_message_says_the_same(message: str) -> None:
    assert str(Problem.parse(message)) == message


# -- some languages alone --------------------------------------------------------------


@pytest.mark.build
def test_a_language_that_is_built_alone_takes_its_place(root: Path) -> None:
    """And a terminal sees how far it is, on a line that is gone at the end."""
    site = root / "site"
    assert main.main(["site"]) == 1
    before = {file: file.stat().st_mtime_ns for file in site.rglob("*") if file.is_file()}
    write(root / "docs/en/index.md", "# Home\n\nOther words.\n")
    write(root / "docs/en/new.md", "# New\n")
    (root / "docs/en/page.md").unlink()
    mine, theirs = pty.openpty()
    with start("site ja", theirs) as process:
        assert process.stdout is not None
        lines = process.stdout.read().splitlines()
    assert [line.partition(":")[0] for line in lines] == ["日本語 (ja)"]
    shown = os.read(mine, 10000).decode()
    assert re.match(r"\r\x1b\[Kbuilding languages: 0 of 1, \d+ s", shown)
    assert shown.endswith("\r\x1b[K")
    assert "Other words." in (site / "ja/index.html").read_text("utf-8")
    assert (site / "ja/new/index.html").exists()
    assert not (site / "ja/page").exists()
    after = {file: file.stat().st_mtime_ns for file in site.rglob("*") if file.is_file()}
    changed = {file.relative_to(site).as_posix() for file, _ in before.items() ^ after.items()}
    assert {name for name in changed if "ja" not in name} == set()
    assert "assets/catalogs/ja/new.po" in changed  # of no folder of its own
    assert not (site / ".building").exists()


def test_a_log_says_now_and_then_how_far_work_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console, "REPEATED", 0.001)
    said = ""
    with console.Console().progress("reading", 2) as step:
        step()
        while "\n" not in said.partition("reading: 1 of 2")[2]:
            said += capsys.readouterr().err
    whole = said.splitlines()[: said.count("\n")]  # the last one may have been read half written
    assert {re.sub(r"\d+ s$", "0 s", line) for line in whole} <= {
        "reading: 0 of 2, 0 s",
        "reading: 1 of 2, 0 s",
    }


@pytest.mark.build
def test_the_default_language_built_alone_leaves_the_others(root: Path) -> None:
    site = root / "site"
    assert main.main(["site"]) == 1
    spanish = (site / "es/index.html").stat().st_mtime_ns
    write(root / "docs/en/index.md", "# Home\n\nOther words.\n")
    assert main.main(["site", "en"]) == 0
    assert "Other words." in (site / "index.html").read_text("utf-8")
    assert (site / "es/index.html").stat().st_mtime_ns == spanish


@pytest.mark.build
def test_one_language_is_shown_alone(root: Path) -> None:
    told: list[str] = []
    preview = serve.SitePreview(
        root, root / "site", "http://127.0.0.1:8000/", told.append, print, ["ja"]
    )
    with closing(preview):
        preview.refresh()
        write(root / "docs/en/index.md", "# Home\n\nOther words.\n")
        preview.refresh()
        write(root / PLACE, REFUSED.replace("<b>", "<i>"))
        preview.refresh()
    assert told == ["up to date: 1 language", "index.md is up to date: ja"]
    assert "Other words." in (root / "site/ja/index.html").read_text("utf-8")
    assert not (root / "site/es").exists()


# -- where it does not write -----------------------------------------------------------

LOST = {
    "extract docs/en --output mkdocs.yml": "mkdocs.yml:1: would be lost; ",
    "extract docs/en --output new.md": "new.md:1: would be lost; ",
    "stage --to .": ".:1: is where sources are kept; ",
    "stage --to ..": "..:1: is where sources are kept; ",
    "stage --to .git": ".git:1: is where sources are kept; ",
    "stage --to kept/more": "kept/more:1: is where sources are kept; ",
    "pdf --to NOTES.md": "NOTES.md:1: is the name of a file; give a folder",
    "extract docs/en --output translations/es/new.po": "translations/es/new.po:1: would be taken",
    "assemble docs/en --catalog translations/es/index.po --to docs/es": "docs/es:1: is where ",
    "pdf --to mkdocs.yml": "mkdocs.yml:1: is a file; give a folder",
    "epub --to /proc/x": "/proc/x:1: cannot be written to (",
    "epub --to translations/es/books": "translations/es/books:1: is where sources are kept; ",
}


@pytest.mark.parametrize("words", LOST)
def test_nothing_is_written_over_what_is_not_its_own(
    words: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root / "kept/more/notes.txt", "by hand")
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "add", "kept"], check=True)
    before = _files(root)
    status, out, err = run(capsys, words)
    assert (status, out, len(err)) == (2, "", 1)
    assert err[0].startswith(LOST[words])
    assert _files(root) == before


def _files(root: Path) -> dict[Path, bytes]:
    """What the files of a handbook hold, without what it shares with the repository's."""
    return {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}


def test_a_catalog_of_another_page_is_named_and_nothing_is_written(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(capsys, f"assemble docs/en/page.md --catalog {PLACE} --to out")
    assert status == 1
    assert err == [f"{PLACE}:1: has no message of docs/en/page.md; give the catalog of that page"]
    assert not list(root.glob("out/*"))


def test_a_template_is_written_over_a_template(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert run(capsys, "extract docs/en --output all.pot") == (0, "", [])


def test_a_handbook_without_pages_says_so(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "docs").rename(root / "pages")
    status, _, err = run(capsys, "status")
    assert status == 1
    assert err == ["docs: there are no pages; write the first one, docs/en/index.md"]


def test_a_new_handbook_needs_no_folder_of_catalogs(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / PLACE).unlink()
    (root / "translations/es").rmdir()
    (root / "translations").rmdir()
    assert run(capsys, "status")[0] == 0
    assert run(capsys, "update")[0] == 0
    assert (root / PLACE).exists()


def test_where_the_site_cannot_be_written_is_a_line(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("site_dir: /proc/x\n")
    status, out, err = run(capsys, "site en")
    assert (status, out) == (1, "")
    assert err == ["/proc/x: No such file or directory; mend that and try again"]


@pytest.mark.long
def test_a_wrong_configuration_is_named_once(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("docs_dir: nowhere\n")
    for verb in ("site", "epub", "check"):
        status, _, err = run(capsys, f"{verb} es")
        assert (status, len(err)) == (1, 1)
        assert re.match(
            r"mkdocs\.yml:\d+: (?:has its pages in|docs_dir: The path) .?nowhere", err[0]
        )


def test_a_full_disk_is_a_line(root: Path) -> None:
    command = [sys.executable, "-c", COMMAND, "status"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "standard output: No space left on device; mend that and try again\n"


@pytest.mark.long
def test_too_few_open_files_are_a_line(root: Path) -> None:
    command = [sys.executable, "-c", COMMAND, "site"]
    limits = (10, 10)
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, limits),
    )
    assert done.returncode == 1
    assert done.stderr == "Too many open files; allow more, as ulimit -n 1024 does\n"
    assert not (root / "site").exists()


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("pdf ja --beside ja index.md", "give another language to set it beside"),
        ("pdf en --beside xx index.md", "no language 'xx'"),
        ("pdf en --beside ja", "expected 2 arguments"),
    ],
)
def test_two_languages_on_paper_need_two_and_a_page(
    words: str, fault: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, words)
    assert (status, out) == (2, "")
    assert fault in err[0]
    assert not (root / "build").exists()


@pytest.mark.long
def test_a_page_or_section_is_printed_in_two_languages(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(capsys, "pdf en --beside ja docs/en/index.md --to out")
    assert out.startswith("out/en/index-en-ja.pdf: ")
    assert [each.name for each in root.glob("out/**/*") if each.is_file()] == ["index-en-ja.pdf"]
    status, out, err = run(capsys, "pdf en --beside ja nowhere.md --to out")
    assert (status, out) == (1, "")
    assert err[-1].startswith("nowhere.md: is no page and no section of the navigation; ")
