"""Rules for pages: what each names and leaves alone, and `check` that prints, waives and mends."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import handbooks
from folders import ROOT
from handbook.bitext.editing import house
from handbook.bitext.editing.draft import Draft, Site
from handbook.bitext.editing.notes import sorted_notes
from handbook.bitext.editing.rules import RULES, findings
from handbook.bitext.files import write
from handbook.bitext.page import scan
from handbook.bitext.page.frontmatter import load
from handbook.bitext.project.house import HouseRule
from handbooks import run
from rows import rows

FILES = sorted((ROOT / "tests/toolkit/drafts").glob("*.toml"))


def cases(what: str) -> list[tuple[str, dict[str, Any]]]:
    """The pages of all documents, each with the rule that its document is of."""
    return [
        (file.stem, case)
        for file in FILES
        for case in tomllib.loads(file.read_text("utf-8")).get(what, ())
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a light picture and a heavy one."""
    folder = tmp_path_factory.mktemp("pictures")
    (folder / "light.png").write_bytes(bytes(200_000))
    (folder / "heavy.png").write_bytes(bytes(2_000_000))
    return folder


def draft(text: str, folder: Path = Path()) -> Draft:
    front = load(text)
    site = Site({key: {} for key in ("footnotes", "attr_list", "def_list")})
    return Draft("page.md", scan.read(text), front if isinstance(front, dict) else {}, site, folder)


@rows(("rule", "case"), cases("wrong"))
def test_what_is_wrong_on_a_page_is_named_at_its_line(
    rule: str, case: dict[str, Any], folder: Path
) -> None:
    page = draft(case["text"], folder)
    found = [(name, page.page.line_at(each.offset)) for name, each in findings(page)]
    assert found == [(rule, case["line"])]


@rows(("rule", "case"), cases("right"))
def test_a_right_page_is_left_alone(rule: str, case: dict[str, Any], folder: Path) -> None:
    assert list(RULES[rule](draft(case["text"], folder))) == []


@rows(("rule", "case"), [*cases("wrong"), *cases("right")])
def test_notes_are_mended_where_one_order_is_right(rule: str, case: dict[str, Any]) -> None:
    assert sorted_notes(draft(case["text"])) == case.get("fixed", case["text"])


def test_every_rule_has_a_document() -> None:
    assert [file.stem for file in FILES] == sorted(RULES)


# What check makes of them ------------------------------------------------------------------------

TABLE = """\
[tool.handbook]
errors = ["notes"]
reviews = 1

[[tool.handbook.rules]]
name = "front-matter"
keys = ["keeper"]
cure = "say who looks after it"

[[tool.handbook.rules]]
name = "end"
pages = ["*", "!/index.md"]
always = '^## End'
cure = "end it with ## End"

[[tool.handbook.rules]]
name = "private"
never = '[\\w.]+@\\w+'
translations = true
cure = "take it out"
"""
HOME = """\
---
keeper: the office
reviewed: 2026-01-01
review_by: 2027-05-01
---

# Home

Write to `a@b`.

<!-- i18n: note ok levels: a list of dates -->

### 2014
"""
MORE = """\
---
reviewed: 2026-02-01
review_by: 2027-05-01
---

# More

First.[^b] Second.[^a] Mail ana@example.

[^a]: The second.
[^b]: The first.
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    texts = {"pyproject.toml": TABLE, "docs/en/index.md": HOME, "docs/en/more.md": MORE}
    handbooks.notes(tmp_path, texts, settings="markdown_extensions: [footnotes, attr_list]\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_pages_are_held_to_all_rules_and_to_those_of_their_handbook(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "check", "-q") == (
        1,
        [],
        [
            "docs/en/more.md:10: notes: the notes stand in another order than the text has; put the"
            " notes into this order: b, a; handbook check --fix does so",
            "docs/en/more.md:1: front-matter: its front matter lacks keeper; say who looks after"
            " it",
            "docs/en/more.md:1: end: end it with ## End",
            "docs/en/more.md:8: private: “ana@example” is not written here; take it out",
            "docs/en/more.md:3: warning: due: of 2 pages due for review in 2027-05 (index.md,"
            " more.md) 1 may be; choose another month, such as 2027-06",
        ],
    )
    write(root / "pyproject.toml", "[tool.handbook]\n")
    write(root / "pyproject.toml", '[tool.handbook]\nerrors = ["note"]\n')
    said = run(capsys, "check", "-q", "--errors")[2]
    fault = "errors names note, which is no rule; did you mean notes?; correct it or take it out"
    assert said == [f"pyproject.toml: {fault}"]
    write(root / "pyproject.toml", '[tool.handbook]\nignored = ["notes"]\n')
    assert run(capsys, "check", "-q") == (0, [], [])
    write(root / "pyproject.toml", "[tool.handbook]\n")
    status, _, said = run(capsys, "check", "-q")
    assert (status, len(said)) == (0, 1)  # the notes, of which a warning is left
    assert run(capsys, "check", "-q", "--errors") == (0, [], [])


WAIVED = f"""\
---
keeper: the office
description: {"long " * 40}
---

<!-- i18n: note ok description, title, end: it is meant so -->

Words.

<!-- i18n: note ok alt: an ornament -->

![](a.png)

<!-- i18n: note ok alt, embedded, private: an ornament -->

Words and
![](a.png) with
![](https://example.org/a.png), a@b.

Words{"{}"}.
"""


def test_an_author_waives_rules_for_a_page_and_for_a_block(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root / "pyproject.toml", TABLE)
    write(root / "docs/en/a.png", "")
    write(root / "docs/en/more.md", WAIVED.format(""))
    assert run(capsys, "check", "-q") == (0, [], [])
    write(root / "docs/en/more.md", WAIVED.format(" ![](a.png)"))
    assert [each.split(" ")[:3] for each in run(capsys, "check", "-q")[2]] == [
        ["docs/en/more.md:20:", "warning:", "alt:"]
    ]


def test_a_rule_of_the_handbook_may_be_for_translations_too(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root / "docs/en/more.md", "# More\n\nMail us.\n")
    run(capsys, "update", "-q")
    handbooks.fill(root / "translations/es/more.po", {"Mail us.": "Escriba a ana@example."})
    said = run(capsys, "check", "-q")[2]
    line = (root / "translations/es/more.po").read_text("utf-8").splitlines().index("#. paragraph")
    words = "private: “ana@example.” is not written here; take it out".replace(".”", "”")
    assert f"translations/es/more.po:{line + 1}: {words}" in said


def test_a_rule_that_takes_forever_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "_SECONDS", 0.01)
    slow = HouseRule("slow", "cure", never="([a-z ]+)+#$")
    [found] = house.broken(draft("# One\n\n" + "words " * 50), slow)
    assert found.text.startswith("takes more than")
    assert house.broken_by("words " * 50, slow) == [found.text]


def test_own_rules_have_names_of_their_own(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root / "pyproject.toml", TABLE.replace('"end"', '"notes"'))
    [said, *_] = run(capsys, "check", "-q", "--errors")[2]
    fault = "the rule notes has the name of a rule of every handbook; give it another name"
    assert said == f"pyproject.toml: {fault}"


def test_notes_are_put_into_order(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "mended the order of notes in docs/en/more.md" in run(capsys, "check", "--fix")[1]
    assert (
        (root / "docs/en/more.md")
        .read_text("utf-8")
        .endswith("[^b]: The first.\n[^a]: The second.\n")
    )
    assert "nothing to mend" in run(capsys, "check", "--fix")[1][0]


@rows("rule", [*RULES, "links", "due", "parts", "sheet", "end"])
def test_every_rule_is_explained(rule: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "check", "--explain", rule)
    assert (status, out[0].partition(":")[0]) == (0, rule)


def test_a_rule_that_is_not_there_is_said(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [said] = run(capsys, "check", "--explain", "note")[2]
    assert said.startswith("handbook: check: no rule 'note'; did you mean notes?; the rules are ")


def test_links_beside_pages_lead_somewhere(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root / "pyproject.toml", '[tool.handbook]\nerrors = ["links"]\n')
    write(root / "README.md", "[a](docs/en/more.md) [b](docs/en/none.md#x) [c](../../issues)\n")
    sheet = "1. Home: `/es/`\n2. More: `/es/more/`\n3. None: `/es/none/`\n\n[x](more.po)\n"
    write(root / "translations/es/READER.md", sheet)
    said = run(capsys, "check", "-q", "--errors")[2]
    assert said == [
        "README.md:1: links: a link leads to docs/en/none.md#x, which is not there; write the path"
        " of a file, or take the link out",
        "translations/es/READER.md:5: links: a link leads to more.po, which is not there; write the"
        " path of a file, or take the link out",
        "translations/es/READER.md:3: links: `/es/none/` leads to no page of the site; write the"
        " address of a page, or take it out",
    ]


_INCLUDING = """# Home

--8<-- "hours.md"

--8<-- "shown.md"

--8<-- "out.md"

--8<-- "none.md"

<!-- i18n: note ok parts: names of people alone -->

--8<-- "people.txt"

```
--8<-- "none.py"
```
"""


def test_what_pages_include_is_translated_or_named(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A part that is a page has a catalog, and needs no title."""
    settings = (root / "mkdocs.yml").read_text("utf-8")
    snippets = "base_path: [blocks, docs/en], auto_append: [ends.md]"
    extension = f"markdown_extensions:\n  - pymdownx.snippets: {{{snippets}}}\n"
    write(root / "mkdocs.yml", f"{settings}{extension}not_in_nav: shown.md\nexclude_docs: out.md\n")
    write(root / "docs/en/index.md", _INCLUDING)
    for name in ("shown", "out"):
        write(root / f"docs/en/{name}.md", "Shown.\n")
    for name in ("hours.md", "people.txt"):
        write(root / "blocks" / name, "Open on Monday.\n")
    write(root / "blocks/ends.md", "*[GA]: General Assembly\n")
    said = [
        each for each in run(capsys, "check", "-q")[2] if re.search("parts:|shown.*title:", each)
    ]
    line = 1 + [*f"{settings}{extension}".splitlines()].index(
        f"  - pymdownx.snippets: {{{snippets}}}"
    )
    fault = "which is the same in every language, for no catalog has it; make it a page, such as"
    assert said == [
        f"docs/en/index.md:3: warning: parts: includes hours.md, {fault} docs/en/hours.md, and name"
        " that below not_in_nav",
        f"docs/en/index.md:7: warning: parts: includes out.md, {fault.split(' make')[0]} make it a"
        " page: name it below not_in_nav, and exclude it no more",
        "docs/en/index.md:9: warning: parts: includes none.md, which is not there: readers see"
        " nothing in its place; write its path from a folder of base_path",
        f"mkdocs.yml:{line}: warning: parts: appends ends.md, {fault} docs/en/ends.md, that pages"
        " include by a line, and append nothing",
    ]


def test_what_a_build_would_say_is_said(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Once, whatever the languages; the next check and the next build take what was rendered."""
    settings = (root / "mkdocs.yml").read_text("utf-8")
    below = "validation: {nav: {omitted_files: warn}, links: {absolute_links: warn}}\n"
    write(root / "mkdocs.yml", f"{settings}{below}nav: [index.md, moor.md]\nmore: 1\n")
    write(root / "pyproject.toml", "[tool.handbook]\n")
    write(root / "docs/en/index.md", "---\nstatus: restated\n---\n\n# Home\n\n[More](/more/)\n")
    write(root / "docs/en/more.md", "# More\n")
    for _ in range(2):
        said = run(capsys, "check", "-q")[2]
        assert [each.partition(" ")[0] for each in said] == [
            "mkdocs.yml:13:",
            "mkdocs.yml:12:",
            "docs/en/more.md:1:",
            "docs/en/index.md:2:",
            "docs/en/index.md:7:",
        ]
    assert said[2].startswith("docs/en/more.md:1: is in no menu and in no book; name it in nav")
