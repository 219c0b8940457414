"""The numbers of paragraphs: the same in every language, and found again after edits."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from folders import ROOT
from handbook.bitext.moving.turn import turn
from handbook.bitext.page import frontmatter
from handbook.bitext.page.numbers import numbered
from handbook.bitext.page.scan import read
from handbook.bitext.project.edits import Edits, carry_out
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.translate.proof import Original
from handbook.bitext.translate.successors import followed, successors
from handbook.bitext.upkeep import update
from handbook.press.core import history, numbering, tree
from handbook.press.core.editions import Editions
from handbook.press.frame import versions
from handbook.press.markdown import renderers
from handbook.press.pages import diagrams, numbers
from programs import commit_all, git
from rows import rows

EXAMPLES = sorted((ROOT / "tests/toolkit/examples").glob("*/page.md"))
RENDER = renderers.whole()
PAGE = """\
---
title: Rules
---

# Rules

Before the first section.[^note]

## One

A paragraph
in two lines.

| Who | What |
| --- | --- |
| Host | Opens the door |
| Scribe | Writes |

### Below

- An item.

    A second paragraph of it.

- [ ] A task.

## Two

Council
:   A meeting.

!!! note "Title"
    In a box.

[^note]: A footnote.

    And its second paragraph.
"""


def texts_of(text: str) -> dict[str, str]:
    page = read(text)
    return {each.number: page.segments[each.segments[0]].message for each in numbered(page)}


def test_what_has_a_number() -> None:
    assert texts_of(PAGE) == {
        "0.1": "Before the first section.[^note]",
        "1.1": "A paragraph in two lines.",
        "1.2": "Host",
        "1.3": "Scribe",
        "1.4": "An item.",
        "1.5": "A second paragraph of it.",
        "1.6": "A task.",
        "2.1": "A meeting.",
        "2.2": "In a box.",
    }


def test_where_sections_begin() -> None:
    assert list(texts_of("Text.\n\n# First\n\nA.\n\n# Second\n\nB.\n\nThird\n---\n\nC.")) == [
        "0.1",
        "0.2",
        "1.1",
        "2.1",
    ]
    said = "<!-- i18n: note said to newcomers -->"
    assert list(texts_of(f"# {said} First\n\nA.\n\n### {said} Small\n\nB.")) == ["0.1", "0.2"]
    assert list(texts_of("### Only\n\nA.\n\n### Small\n\nB.")) == ["0.1", "0.2"]
    assert texts_of("") == {}


@rows("file", EXAMPLES)
def test_each_passage_has_its_place_in_the_html_of_every_language(file: Path) -> None:
    page = read(file.read_text("utf-8"))
    layout = numbering.layout(Original(page, RENDER))
    missing = {p.number for p in numbered(page)} - {spot.number for spot in layout.spots}
    assert not missing
    for other in sorted(file.parent.glob("page*.md")):
        text = other.read_text("utf-8")
        content = tree.parse(RENDER(text[frontmatter.end(text) :]))
        assert tuple(each.tag for each in numbering.holders(content)) == layout.tags, other


# On a page ---------------------------------------------------------------------------------------

CONFIGURED = """\
[tool.handbook]
languages = ["en", "es", "ja"]
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text(CONFIGURED, "utf-8")
    (tmp_path / "docs/en").mkdir(parents=True)
    return tmp_path


def editions(home: Path) -> Editions:
    return Editions(Handbook.open(home, RENDER))


def save(home: Path) -> None:
    """Bring the catalogs up to date."""
    handbook = Handbook.open(home)
    for each in update.updates(handbook, handbook.languages, []):
        update.write(handbook, each)


def translate(home: Path) -> None:
    """Translate all that has no translation: “es: ” and the message."""
    save(home)
    for language in ("es", "ja"):
        file = home / f"translations/{language}/rules.po"
        lines = file.read_text("utf-8").split("\n")
        for at, line in enumerate(lines):
            if line == 'msgstr ""' and lines[at - 1] != 'msgid ""':
                message = lines[at - 1].removeprefix('msgid "')
                lines[at] = f'msgstr "{language}: {message}'
        file.write_text("\n".join(lines), "utf-8")


def shown(home: Path, language: str, prefix: str = "") -> dict[str, str]:
    """Return the text of each numbered passage of the page, as its readers have it."""
    found = editions(home)
    leaf = found.leaf("rules.md", language)
    text = leaf.translation.text if leaf.translation else leaf.source.file.read_text("utf-8")
    content = tree.parse(prefix + RENDER(text[frontmatter.end(text) :]))
    numbers.assign(content, found.layout("rules.md"), leaf, RENDER)
    texts = {
        each.get("data-number"): tree.text(each) for each in content.xpath(".//*[@data-number]")
    }
    assert numbers.show(content, is_key_document=True) == [f"p{number}" for number in texts]
    return texts


def test_a_number_is_the_same_passage_in_each_language(home: Path) -> None:
    (home / "docs/en/rules.md").write_text(PAGE, "utf-8")
    translate(home)
    english = shown(home, "en")
    assert english.keys() == texts_of(PAGE).keys()
    for language in ("es", "ja"):
        first = {
            n: text.split(f"{language}: ")[1].strip() for n, text in shown(home, language).items()
        }
        assert all(english[number].startswith(text) for number, text in first.items()), first
        assert english.keys() == first.keys()


@pytest.mark.parametrize("added", ["<p>Read in two minutes.</p>", "<ul><li>a</li></ul><p>b</p>"])
def test_what_a_hook_of_the_site_adds_has_no_number(home: Path, added: str) -> None:
    (home / "docs/en/rules.md").write_text(PAGE, "utf-8")
    translate(home)
    for language in ("en", "es", "ja"):
        assert shown(home, language, added) == shown(home, language)


def test_an_id_of_the_author_stays_his() -> None:
    content = tree.parse('<h2 id="p1.1">x</h2><p data-number="1.1" data-line="3">y</p>')
    assert numbers.show(content, is_key_document=True) == []
    assert tree.html(content) == '<h2 id="p1.1">x</h2><p>y</p>'


def test_the_number_of_a_row_is_in_its_first_cell_with_text() -> None:
    row = '<table><tr data-number="1.1" data-line="3"><td></td><td>y</td></tr></table>'
    content = tree.parse(row)
    numbers.show(content, is_key_document=False)
    link = '<a class="number at-hand" id="p1.1" href="#p1.1" data-line="3">1.1</a>'
    assert f"<td></td><td>{link}y</td>" in tree.html(content)


def test_the_line_to_edit_is_that_of_the_page_or_of_its_catalog(home: Path) -> None:
    (home / "docs/en/rules.md").write_text(PAGE, "utf-8")
    translate(home)
    found = editions(home)
    for language, file, text in (
        ("en", "docs/en/rules.md", "A paragraph"),
        ("es", "translations/es/rules.po", 'msgstr "es: A paragraph in two lines."'),
    ):
        leaf = found.leaf("rules.md", language)
        source = leaf.translation.text if leaf.translation else PAGE
        content = tree.parse(RENDER(source[frontmatter.end(source) :]))
        numbers.assign(content, found.layout("rules.md"), leaf, RENDER)
        line = int(content.xpath("string(.//*[@data-number='1.1']/@data-line)"))
        assert text in (home / file).read_text("utf-8").split("\n")[line - 1]


WITHOUT_NUMBERS = """\
# Rules { #rules }

Text.[^1]

!!! note "A title"
    Words.

??? note "Closed"
    Words.

=== "A tab"

    Words in it.

| Head | Other |
| --- | --- |
| First | Second [^1] |

<figure>
<svg><title>Two ovals</title><text>An <tspan>oval</tspan></text></svg>
<figcaption><b>What</b> is drawn</figcaption>
</figure>

<div>Bare words in a box<p>A paragraph in tags</p></div>

Term
:   What it means.

## Next { #next }

```mermaid
flowchart LR
    A["Ask"] -->|"then"| B["Decide"]
    B --> C["Ask"]
```

[^1]: A note.
"""


@pytest.mark.parametrize("language", ["en", "es"])
def test_texts_without_a_number_have_their_line_too(home: Path, language: str) -> None:
    (home / "docs/en/rules.md").write_text(WITHOUT_NUMBERS, "utf-8")
    translate(home)
    found = editions(home)
    leaf = found.leaf("rules.md", language)
    source = leaf.translation.text if leaf.translation else WITHOUT_NUMBERS
    html = RENDER(source[frontmatter.end(source) :])
    html = html.replace("<pre><code>flow", '<pre class="mermaid">flow')  # as mkdocs.yml has it
    content = tree.parse(html.replace("</code></pre>", "</pre>"))
    numbers.assign(content, found.layout("rules.md"), leaf, RENDER)
    diagrams.place(content, leaf, home / "build")
    file = home / ("translations/es/rules.po" if language == "es" else leaf.file)
    lines = file.read_text("utf-8").split("\n")

    def named(path: str) -> str:
        [line] = set(content.xpath(f"{path}/@data-line"))
        return lines[int(line) - 1]

    for path, words in {
        ".//h1": "Rules",
        ".//h2": "Next",
        ".//p[@class='admonition-title']": "A title",
        ".//div[@class='tabbed-labels']//label": "A tab",
        ".//summary": "Closed",
        ".//dt": "Term",
        ".//th[1]": "Head",
        ".//th[2]": "Other",
        ".//td[1]": "First",
        ".//td[2]": "Second",
        ".//figure[not(@class)]//*[local-name()='text']": "An",
        ".//figure[not(@class)]//*[local-name()='tspan']": "oval",
        ".//figcaption": "is drawn",
        ".//div[p[contains(., 'in tags')]]": "Bare words",
        ".//p[contains(., 'in tags')]": "A paragraph in tags",
        ".//div[@class='footnote']//p": "A note.",
        ".//*[local-name()='text'][contains(@data-words, 'Decide')]": "Decide",
        ".//*[local-name()='text'][contains(@data-words, 'Ask')]": "Ask",
        ".//figure[@class='diagram']": "Ask",
    }.items():
        assert words in named(path), path
    numbers.show(content, is_key_document=False)
    assert not content.xpath(".//@data-number")


# Versions ----------------------------------------------------------------------------------------


def test_edits_moves_and_deletions_are_told_apart() -> None:
    old = read("One is here.\n\nTwo stays as it is.\n\nThree goes away for good.\n\nFour is last.")
    new = read("Four is last.\n\nOne is here.\n\nNew text came.\n\nTwo stays as it was.")
    fates = {number: tuple(fate) for number, fate in successors(old, new).items()}
    assert fates == {
        "0.1": ("0.2", False, False),
        "0.2": ("0.4", True, False),
        "0.3": (None, False, False),
        "0.4": ("0.1", False, False),
    }


def test_two_that_were_joined_are_both_there() -> None:
    old = read("The host opens the door.\n\nThe scribe writes what was decided.")
    new = read("The host opens the door. The scribe writes what was decided.")
    assert [fate.number for fate in successors(old, new).values()] == ["0.1", "0.1"]


def test_passages_with_the_same_words_keep_their_order() -> None:
    old = read("Yes.\n\nOne more question here.\n\nYes.\n\nThe end of it.\n\nYes.")
    new = read("One more question here.\n\nYes.\n\nThe end of it.\n\nYes.")
    fates = successors(old, new)
    assert [fates[f"0.{n}"].number for n in range(2, 6)] == ["0.1", "0.2", "0.3", "0.4"]


TWICE = "## A\n\nFirst of all.\n\n- Yes.\n- No.\n"
OTHER = "## B\n\nLast of all.\n\n- Yes.\n- No.\n"
DAYS = "| Monday | closed |\n| Sunday | closed |\n"


@rows(
    ("old", "new", "now"),
    [
        (f"{TWICE}\n{OTHER}", f"{OTHER}\n{TWICE}", "2.1 2.2 2.3 1.1 1.2 1.3"),  # moved
        (f"{TWICE}\n{OTHER}", f"## A\n\nFirst of all.\n\n{OTHER}", "1.1 - - 2.1 2.2 2.3"),
        ("Yes, of course.\n\nWhy?\n\nYes, of course.", "Yes, of course.\n\nWhy?", "0.1 0.2 -"),
        (
            f"| A | B |\n| --- | --- |\n{DAYS}",
            "| A | B |\n| --- | --- |\n| Sunday | closed |",
            "- 0.1",
        ),
    ],
)
def test_words_that_stand_elsewhere_too_are_not_taken_for_those_that_are_gone(
    old: str, new: str, now: str
) -> None:
    fates = successors(read(old), read(new)).values()
    assert [fate.number or "-" for fate in fates] == now.split()


def test_what_was_deleted_and_put_back_is_there() -> None:
    whole, part = read("One is here.\n\nTwo is there."), read("One is here.")
    assert [fate.number for fate in followed([whole, part, whole])[0].values()] == ["0.1", "0.2"]
    assert followed([]) == ()


FOUNDED = "# R\n\n## A\n\nWe meet on Mondays.\n\nAlone we can do little.\n\n- Yes, always.\n"


@rows(
    ("later", "now"),
    [
        (("Alone we can do little.", "People in towns organize."), "1.1 1.2! 1.3"),
        (("Alone we can do little.\n", "People in towns organize.\n\nThey win.\n"), "1.1 - 1.4"),
        (("Alone we can do little.", "- People in towns organize."), "1.1 - 1.3"),
        (("- Yes, always.", "### Below\n\n- Bring bread and salt."), "1.1 1.2 1.3!"),
        (("- Yes, always.", "## B\n\n- Bring bread and salt."), "1.1 1.2 -"),
        (
            (
                "We meet on Mondays.\n\nAlone we can do little.",
                "Bread.\n\nPeople in towns organize.",
            ),
            "1.1! 1.2! 1.3",
        ),
    ],
)
def test_what_was_written_anew_is_told_by_its_place(later: tuple[str, str], now: str) -> None:
    new = FOUNDED.replace(*later)
    [fates, _] = followed([read(FOUNDED), read(new)])
    told = [(each.number or "-") + "!" * each.is_rewritten for each in fates.values()]
    assert told == now.split()


def test_what_stands_for_another_is_followed_further() -> None:
    anew = FOUNDED.replace("Alone we can do little.", "People in towns organize.")
    later = anew.replace("People", "New here.\n\nPeople").replace("organize", "organize well")
    fates = followed([read(each) for each in (FOUNDED, anew, later, FOUNDED, later)])
    assert fates[0]["1.2"] == ("1.3", True, True)
    assert fates[1]["1.2"] == ("1.3", True, False)


EDITS = (
    (
        "Before the first section.[^note]",
        "A new beginning of it all.\n\nBefore the first section.[^note]",
    ),
    ("A paragraph\nin two lines.", "A paragraph in one line, edited."),
    ("| Host | Opens the door |\n", ""),
    ("### Below", "## Below"),
    ("- An item.", "- Another item came before.\n\n- An item."),
    ("A paragraph in one line, edited.", "A longer paragraph in one line, edited."),
    ("| Scribe | Writes |", "| Scribe | Writes |\n| Timekeeper | Looks at the clock |"),
    ("## One", "## Zero\n\nA section before all others.\n\n## One"),
    ("A longer paragraph in one line, edited.", "A longer paragraph in one line, edited twice."),
    ("    In a box.", "    In a box, at the end."),
)
FOUND = {  # where the passages of the first version are after the ten edits; None: gone
    "0.1": "0.2",
    "1.1": "2.1",
    "1.2": None,
    "1.3": "2.2",
    "1.4": "3.2",
    "1.5": "3.3",
    "1.6": "3.4",
    "2.1": "4.1",
    "2.2": "4.2",
}


def commit(home: Path, text: str) -> None:
    (home / "docs/en/rules.md").write_text(text, "utf-8")
    commit_all("Edit", at=home)


@pytest.mark.long
def test_after_ten_edits_a_number_and_version_find_the_same_passage_in_three_languages(
    home: Path,
) -> None:
    commit(home, PAGE)
    translate(home)
    git("add", ".", at=home)
    quoted = {language: shown(home, language) for language in ("en", "es", "ja")}
    text = PAGE
    for before, after in EDITS:
        assert before in text
        text = text.replace(before, after)
        commit(home, text)
    found = editions(home)
    told = versions.collect(["rules.md"], found, history.of(home), home / "build")["rules.md"]
    first, *_, newest = told
    assert len(told) == 11
    assert newest.keys() == {"id", "commit", "day", "counts"}
    assert history.revision(PAGE) == first["id"]
    for number, place in FOUND.items():
        assert (number in first["gone"]) == (place is None)
        if place:
            assert first["moved"].get(number, number) == place
    is_unedited = [number for number in FOUND if FOUND[number] and number not in first["edited"]]
    assert is_unedited == ["0.1", "1.3", "1.4", "1.5", "1.6", "2.1"]
    for language, before in quoted.items():
        now = shown(home, language)
        for number in is_unedited:
            assert now[str(FOUND[number])] == before[number], (language, number)
        for number in ("1.1", "2.2"):  # in other words; translations show what they were made for
            assert ("paragraph" if number == "1.1" else "box") in now[str(FOUND[number])]
    kept = versions.collect(["rules.md"], found, history.of(home), home / "build")
    assert kept == {"rules.md": told}


def test_a_renamed_page_keeps_its_versions(home: Path) -> None:
    commit(home, PAGE)
    git("mv", "docs/en/rules.md", "docs/en/laws.md", at=home)
    git("commit", "-m", "Rename", at=home)
    (home / "docs/en/laws.md").write_text(PAGE + "\nMore.\n", "utf-8")
    git("commit", "-am", "Edit", at=home)
    found = history.of(home)
    assert len(found.changes["docs/en/laws.md"]) == 3
    assert "docs/en/rules.md" not in found.changes
    blobs = [change.blob for change in found.changes["docs/en/laws.md"]]
    assert found.texts([*blobs, "0" * 40]) == [PAGE + "\nMore.\n", PAGE, PAGE, ""]


def of_rules(home: Path) -> list[dict[str, Any]]:
    """Return what is told of the versions of the page."""
    history.of.cache_clear()
    return versions.collect(["rules.md"], editions(home), history.of(home), home / "build")[
        "rules.md"
    ]


def test_a_page_that_was_turned_keeps_its_versions(home: Path) -> None:
    commit(home, PAGE)
    commit(
        home, PAGE.replace("## Two", "New here.\n\n## Two").replace("in two lines", "in one line")
    )
    translate(home)
    commit_all("Translate", at=home)
    save(home)
    edits = turn(Handbook.open(home, RENDER), "rules.md", "es")
    assert isinstance(edits, Edits), edits
    list(carry_out(home, edits))
    commit_all("Turn", at=home)
    file = home / "docs/es/rules.md"
    file.write_text(
        file.read_text("utf-8").replace("- es: An item.", "- Nuevo.\n- es: An item."), "utf-8"
    )
    commit_all("Edit", at=home)
    first, *_, newest = of_rules(home)
    assert first["id"] == history.revision(PAGE)
    assert newest["id"] == history.revision(file.read_text("utf-8"))
    assert (first["moved"], first["edited"]) == (
        {"1.4": "1.5", "1.5": "1.6", "1.6": "1.7"},
        ["1.1"],
    )
    assert "gone" not in first


def test_versions_from_before_the_site_was_a_handbook_are_followed(home: Path) -> None:
    (home / "docs/guide").mkdir()
    (home / "docs/guide/rules.md").write_text(PAGE.replace("Opens", "Holds"), "utf-8")
    commit_all("Begin", at=home)
    (home / "docs/guide/rules.md").rename(home / "docs/rules.md")
    commit_all("Move", at=home)
    (home / "docs/rules.md").rename(home / "docs/en/rules.md")
    commit(home, PAGE)
    first, second, last = of_rules(home)
    assert first["edited"] == second["edited"] == ["1.2"]
    assert "edited" not in last


def test_what_a_merge_brings_in_was_read_by_somebody(home: Path) -> None:
    """Who pulls what was published, and then pushes, has it beside this branch's own line."""
    commit(home, PAGE)
    git("checkout", "--quiet", "-b", "published", at=home)
    published = PAGE.replace("- An item.", "- A chair.\n- An item.")
    commit(home, published)
    commit(home, published.replace("A chair.", "A chair, two cups."))
    git("checkout", "--quiet", "-", at=home)
    commit(home, PAGE.replace("Writes", "Writes it down"))
    git("merge", "--quiet", "--no-edit", "published", at=home)
    told = of_rules(home)
    assert len(told) == 5
    [side] = [each for each in told if each["id"] == history.revision(published)]
    assert "day" not in side
    assert side["edited"] == ["1.3", "1.4"]
    assert "moved" not in side
    assert told[-1].keys() == {"id", "commit", "day", "counts"}


def test_a_page_with_the_line_ends_of_windows_has_its_day(home: Path) -> None:
    (home / "docs/en/rules.md").write_bytes(PAGE.replace("\n", "\r\n").encode())
    commit_all("Edit", at=home)
    [only] = of_rules(home)
    assert only["id"] == history.revision(PAGE)
    text = editions(home).handbook.text(editions(home).sources["rules.md"])
    assert isinstance(text, str)
    assert history.of(home).version(text, "docs/en/rules.md").day.isoformat() == only["day"]


def test_without_history_there_is_one_version(home: Path, tmp_path: Path) -> None:
    (home / "docs/en/rules.md").write_text(PAGE, "utf-8")
    found = history.of(home)
    assert not found.changes
    told = versions.collect(["rules.md"], editions(home), found, home / "build")["rules.md"]
    assert told == [{"id": history.revision(PAGE), "counts": [1, 6, 2]}]
    assert found.version(PAGE, "docs/en/rules.md") == (history.revision(PAGE), None)
    commit(home, PAGE)
    commit(home, PAGE + "\nMore.\n")
    subprocess.run(
        ["git", "clone", "--depth=1", home.as_uri(), str(tmp_path / "copy")],
        check=True,
        capture_output=True,
    )
    assert not history.of(tmp_path / "copy").changes  # one commit is not when each page changed


def test_a_revision_is_what_git_calls_the_text(home: Path) -> None:
    commit(home, "# ¿Qué?\n")
    (change,) = history.of(home).changes["docs/en/rules.md"]
    assert change.blob.startswith(history.revision("# ¿Qué?\n"))
