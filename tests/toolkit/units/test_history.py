"""The history of a page: the days on which its text changed, as git tells it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handbook.bitext.changes.earlier import Earlier
from handbook.bitext.changes.history import Steps
from handbook.bitext.changes.included import Joined, joined
from handbook.bitext.changes.repository import Repository
from handbook.bitext.files import write
from handbook.bitext.git import Store
from handbook.bitext.languages.registry import Languages
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.settings import Settings
from handbook.press.core import tree
from handbook.press.core.kept import Kept
from handbook.press.redlines.chronicle import Bodies, Chronicler

NAME = "docs/en/page.md"
CATALOG = "translations/es/page.po"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a page in git, in a larger repository."""
    folder = tmp_path / "handbook"
    folder.mkdir()
    monkeypatch.chdir(folder)
    git("init", "-q", "-b", "main", str(tmp_path))
    save(1, "# Page\n\nOne.\n")
    return folder


def git(*words: str, day: int = 1) -> str:
    date = f"2026-03-{day:02}T12:00:00+00:00"
    who = {"NAME": "n", "EMAIL": "e", "DATE": date}
    env = {f"GIT_{role}_{key}": who[key] for role in ("AUTHOR", "COMMITTER") for key in who}
    done = subprocess.run(
        ["git", *words], check=True, capture_output=True, text=True, env={**os.environ, **env}
    )
    return done.stdout


def save(day: int, text: str, name: str = NAME) -> None:
    write(Path(name), text)
    git("add", "-A")
    git("commit", "-qm", f"Day {day}", day=day)


def told(root: Path, name: str = NAME) -> list[tuple[int, int, str, str]]:
    """The days of a page: which, how many commits, and the last word before and after."""
    repository = Repository(root)

    def last(blob: str) -> str:
        return b"".join(repository.contents([blob])).decode().split()[-1] if blob else ""

    found = Steps.of(repository).days(name, Joined(""))
    return [(each.day.day, len(each.commits), last(each.old), last(each.new)) for each in found]


def test_the_commits_of_a_day_are_one_change(root: Path) -> None:
    save(2, "# Page\n\nTwo.\n")
    save(2, "# Page\n\nThree.\n")
    save(3, "# Other\n", "docs/en/other.md")
    save(4, "# Page\n\nFour.\n")
    assert told(root) == [(4, 1, "Three.", "Four."), (2, 2, "One.", "Three."), (1, 1, "", "One.")]


def test_a_page_is_followed_through_its_names(root: Path) -> None:
    Path("docs/es").mkdir()
    save(2, "# Page\n\nTwo.\n")
    git("mv", NAME, "docs/en/first.md")
    git("commit", "-qm", "Move", day=3)
    save(4, "# Page\n\nAnother page of the old name.\n")
    git("mv", "docs/en/first.md", "docs/en/last.md")
    git("commit", "-qm", "Move", day=5)
    days = [day for day, *_ in told(root, "docs/en/last.md")]
    assert days == [5, 3, 2, 1]
    assert told(root) == [(4, 1, "", "name.")]


def test_what_a_merge_brings_in_is_a_change_of_its_day(root: Path) -> None:
    git("switch", "-qc", "branch")
    save(2, "# Page\n\nTwo.\n")
    save(3, "# Page\n\nThree.\n")
    git("switch", "-q", "main")
    save(4, "# Other\n", "docs/en/other.md")
    git("merge", "-q", "--no-ff", "-m", "Merge", "branch", day=5)
    assert told(root) == [(5, 1, "One.", "Three."), (1, 1, "", "One.")]


def test_a_page_that_git_does_not_know_has_no_history(root: Path) -> None:
    for day in (2, 3):
        save(day, "a picture" * day, "docs/en/hall.png")
    assert not Steps.of(Repository(root)).days("docs/en/new.md", Joined("![](hall.png)"))


def test_texts_are_read_from_one_process_and_what_git_has_not_is_none(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(2, "# Page\n\nTwo.\n")
    save(3, "")
    blobs = [git("rev-parse", f"{each}:./{NAME}").strip() for each in ("HEAD~2", "HEAD~1", "HEAD")]
    started: list[list[str]] = []
    real = subprocess.Popen

    def counted(command: list[str], **given: Any) -> object:
        started.append(command)
        return real(command, **given)

    monkeypatch.setattr(subprocess, "Popen", counted)
    with Store(root) as store:
        assert not started
        found = [store.content(each) for each in (*blobs, "0" * 40, blobs[0])]
        paths = (NAME, "no such file", "docs", "two\nlines", NAME)
        named = [store.content(f"HEAD^:./{each}") for each in paths]
    assert found == [
        b"# Page\n\nOne.\n",
        b"# Page\n\nTwo.\n",
        b"",
        None,
        b"# Page\n\nOne.\n",
    ]
    assert named == [b"# Page\n\nTwo.\n", None, None, None, b"# Page\n\nTwo.\n"]
    assert len(started) == 1


def test_where_git_knows_nothing_or_is_not_there_no_text_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(tmp_path) as store:
        assert [store.content("0" * 40) for _ in range(3)] == [None] * 3
    monkeypatch.setenv("PATH", str(tmp_path))
    with Store(tmp_path) as store:
        assert store.content("0" * 40) is None


# -- the page ---------------------------------------------------------------------------


def page(
    root: Path,
    read: Callable[[str], str | None] | None = None,
    *,
    language: str = "en",
    is_curly: bool = False,
) -> tree.Element:
    """The history of the page in a language, parsed."""
    kept = Kept(root / "build/history", (language, str(is_curly)))
    bodies = Bodies(kept.find(language, ()) or {})
    handbook = Handbook(root, Settings(("en", "es")))
    shown = joined(handbook, next(s for s in handbook.sources() if s.path == "page.md"))
    files = (*shown.files, CATALOG) if language == "es" else shown.files
    name = next(s.name for s in handbook.sources() if s.path == "page.md")
    days = Steps.of(Repository(root), files).days(name, shown._replace(files=files))
    with Store(root) as store:
        earlier = Earlier(handbook, language, store.content)
        about = language, str, Languages(), read or earlier.read, earlier.shown, earlier.page
        made = Chronicler(*about, bodies, is_curly).page("Page", "../page/", days)
    kept.keep(language, (), bodies.used)
    return tree.parse(made)


def test_of_two_days_with_one_date_by_a_wrong_clock_one_has_the_place(root: Path) -> None:
    for number, day in enumerate((5, 2, 5)):
        save(day, f"# Page\n\nNumber {number}.\n")
    assert [each.get("id") for each in page(root).iter("section")] == [
        "d2026-03-05",
        "d2026-03-02",
        None,
        "d2026-03-01",
    ]


def test_the_last_ten_days_are_shown_word_by_word_and_older_ones_named(root: Path) -> None:
    for day in range(2, 15):
        save(day, f"# Page\n\nThis is what stands here on day {day}.\n")
    save(16, "# Page\n\nThis is what stands\nhere on day 14.\n")
    content = page(root)
    days = [tree.text(each) for each in content.iter("time")]
    assert days == [f"March {day}, 2026" for day in range(14, 4, -1)]
    text = tree.text(content)
    assert "Earlier changes: March 4, 2026, March 3, 2026, March 2, 2026, March 1, 2026" in text
    assert [tree.text(each) for each in content.iter("ins")][:2] == ["[put in: 14]", "[put in: 13]"]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (
            "a text of sixty letters and more is named at its old place by its beginning",
            "a text of sixty letters and more is named at its old place …",
        ),
        ("第1 " + "いろは" * 30, "第1 " + "いろは" * 19 + " …"),
    ],
)
def test_what_was_moved_away_is_named_by_whole_words(root: Path, words: str, named: str) -> None:
    """Unless blanks do not divide its words."""
    for day, passages in ((2, (words, "One.", "Two.")), (3, ("One.", "Two.", words))):
        save(day, "\n\n".join(("# Page", *passages)))
    (away,) = (each for each in page(root).iter("p") if each.get("class") == "away")
    assert tree.text(away) == named


def test_a_picture_that_was_exchanged_under_its_name_is_told_on_its_day(root: Path) -> None:
    """Several times on a day is one exchange; there and back again is none."""
    hall, other, form = "docs/en/pictures/the hall.png", "docs/other.png", "docs/en/form.pdf"
    shown = "![Hall](<pictures/the hall.png>) ![Other](../other.png) [A form](form.pdf#page=2)"
    save(2, "a", hall)
    save(2, "a", other)
    save(2, "a", form)
    save(3, "b", hall)  # before the page shows it
    save(4, f"# Page\n\nOne.\n\n{shown}\n")
    save(5, "c", hall)
    save(6, "b", other)
    save(6, "a", other)
    save(7, "d", hall)
    save(7, f"# Page\n\nOne more.\n\n{shown}\n")
    save(7, "e", hall)
    save(7, "b", other)
    save(7, "b", form)
    content = page(root)
    assert [tree.text(each) for each in content.iter("time")] == [
        f"March {day}, 2026" for day in (7, 5, 4, 1)
    ]
    told = [tree.text(each) for each in content.iter("li")]
    assert [each for each in told if "put in" not in each] == [
        "Picture “Hall” is another one under the same name: pictures/the hall.png",
        "Picture “Other” is another one under the same name: ../other.png",
        "The file behind “A form” is another one under the same name: form.pdf#page=2",
        "Picture “Hall” is another one under the same name: pictures/the hall.png",
    ]


def test_what_a_page_includes_is_told_on_the_day_on_which_it_has_changed(root: Path) -> None:
    """From docs/ and from elsewhere, also through others, and by another name."""
    write(root / "mkdocs.yml", SNIPPETS)
    save(2, "Bring soup.\n", "docs/en/parts/food.md")
    save(3, "Come in time.\n", "snippets/time.txt")  # before the page includes it
    save(4, '--8<-- "time.txt"\n\n--8<-- "parts/all.md"\n', "docs/en/parts/all.md")
    save(5, '# Page\n\nOne.\n\n--8<-- "food.md"\n\n--8<-- "parts/all.md"\n')
    save(6, "Bring bread.\n", "docs/en/parts/food.md")
    save(7, "Bring  bread.\n", "docs/en/parts/food.md")
    save(8, "Come late.\n", "snippets/time.txt")
    save(9, "Come as you are.\n", "snippets/other.txt")
    Path("docs/en/parts/food.md").rename("docs/en/parts/meal.md")
    save(10, '# Page\n\nTwo.\n\n--8<-- "meal.md"\n\n--8<-- "parts/all.md"\n')
    save(11, "Bring tea.\n", "docs/en/parts/meal.md")
    told = {
        section.get("id"): [tree.text(each) for each in section.iter("td")]
        for section in page(root).iter("section")
    }
    assert told == {
        "d2026-03-11": ["changedBring [taken out: bread] [put in: tea]."],
        "d2026-03-10": ["changed[taken out: One.][put in: Two.]"],
        "d2026-03-08": ["changedCome [taken out: in time] [put in: late]."],
        "d2026-03-06": ["changedBring [taken out: soup] [put in: bread]."],
        "d2026-03-05": ["new[put in: Bring soup.]", "new[put in: Come in time.]"],
        "d2026-03-01": [],
    }


SNIPPETS = """site_name: A site
markdown_extensions:
  - pymdownx.snippets:
      base_path: [docs/en/parts, snippets]
"""


def test_a_text_that_git_cannot_give_now_is_asked_for_again(root: Path) -> None:
    save(2, "# Page\n\nOne and two.\n")
    assert "two" not in tree.text(page(root, lambda blob: None))
    assert "two" in tree.text(page(root))


def test_each_version_is_read_once(root: Path) -> None:
    for day in range(2, 6):
        save(day, f"# Page\n\nThis is what stands here on day {day}.\n")
    read: list[str] = []

    def counted(blob: str) -> str:
        read.append(blob)
        return b"".join(Repository(root).contents([blob])).decode()

    page(root, counted)
    assert len(read) == len(set(read)) == 5


def test_a_day_is_compared_once(root: Path) -> None:
    save(2, "# Page\n\nOne and two.\n")
    first = tree.html(page(root))

    def never(blob: str) -> str:
        raise AssertionError

    assert tree.html(page(root, never)) == first


def test_quotation_marks_are_shown_as_the_page_shows_them(root: Path) -> None:
    save(2, """# Page\n\n"One" and ('two') aren't "a 'new' word."\n""")
    assert """"One" and ('two') aren't""" in tree.text(page(root))
    text = tree.text(page(root, is_curly=True))
    assert "“One” and (‘two’) aren’t “a ‘new’ word.”" in text


def test_quotation_marks_in_code_are_shown_as_they_are_typed(root: Path) -> None:
    save(2, """# Page\n\nRun `echo "it's"` or "so".\n\nSay "a".\n""")
    save(3, """# Page\n\nRun `print "it's"` or "thus".\n\nSay "b" `"c"`.\n""")
    text = tree.text(page(root, is_curly=True))
    words = """Run [taken out: echo] [put in: print] "it's" or “[taken out: so][put in: thus]”."""
    assert words in text
    assert 'Say “[taken out: a][put in: b” "c]".' in text


def test_a_note_that_came_is_told_by_its_words(root: Path) -> None:
    """Its label is no word that readers have."""
    note = "A report of the group, which is long enough to be shortened where it is named"
    save(2, f"# Page\n\nOne.[^x]\n\n[^x]: {note}\n")
    told = [tree.text(each) for each in page(root).iter("li")]
    assert told == [
        "Footnote: [put in: A report of the group, which is long enough to be shortened …]"
    ]


# -- translations -----------------------------------------------------------------------


def catalog(*units: tuple[str, str], comment: str = "") -> str:
    """A catalog with these messages and translations."""
    head = (
        """msgid ""\nmsgstr ""\n"Language: es\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n"""
    )
    note = f"# {comment}\n" if comment else ""
    return head + "".join(f'\n{note}msgid "{one}"\nmsgstr "{other}"\n' for one, other in units)


def told_in_spanish(root: Path) -> dict[int, list[str]]:
    """What the history of the page in Spanish says of each day."""
    return {
        int(str(section.get("id"))[-2:]): [
            tree.text(each) for each in section.iter("td", "p") if each.getparent().tag != "td"
        ]
        for section in page(root, language="es").iter("section")
    }


def test_a_translation_has_the_days_on_which_its_own_words_have_changed(root: Path) -> None:
    """What is not translated is left out; a day with nothing to see, such as of a note, also."""
    save(2, "# Page\n\nOne.\n\nTwo.\n")
    save(3, catalog(("One.", "Uno.")), CATALOG)
    save(4, catalog(("One.", "Uno."), comment="checked"), CATALOG)
    save(5, "# Page\n\nOne.\n\nTwo and more.\n")
    save(6, catalog(("One.", "Uno o más."), ("Two and more.", "Dos y más.")), CATALOG)
    save(7, "# Page\n\nTwo and more.\n")
    assert told_in_spanish(root) == {
        7: ["taken out[taken out: Uno o más.]"],
        6: ["changedUno [put in: o más].", "new[put in: Dos y más.]"],
        3: ["This page is new."],
    }
    assert "Dos" not in tree.text(page(root))


def test_an_older_translation_is_no_change_until_it_is_replaced(root: Path) -> None:
    save(2, catalog(("One.", "Uno.")), CATALOG)
    save(3, "# Page\n\nOne or two.\n")
    fuzzy = catalog(("One or two.", "Uno.")).replace(
        'msgid "One or', '#, fuzzy\n#| msgid "One."\nmsgid "One or'
    )
    save(4, fuzzy, CATALOG)
    save(5, catalog(("One or two.", "Uno o dos.")), CATALOG)
    assert told_in_spanish(root) == {
        5: ["changedUno [put in: o dos]."],
        2: ["This page is new."],
    }


def test_a_translation_is_followed_through_the_names_of_its_page(root: Path) -> None:
    """Its catalog may follow later; what was written in another language had its translation."""
    old, other = "docs/en/old.md", "translations/es/old.po"
    git("mv", NAME, old)
    git("commit", "-qm", "Move", day=2)
    save(3, catalog(("One.", "Uno.")), other)
    git("mv", old, NAME)
    git("commit", "-qm", "Move back", day=4)
    Path(other).rename(CATALOG)
    save(5, catalog(("One.", "El uno.")), CATALOG)
    assert told_in_spanish(root) == {
        5: ["changed[taken out: Uno][put in: El uno]."],
        3: ["This page is new."],
    }
    Path("docs/es").mkdir()
    Path(CATALOG).unlink()
    Path(NAME).rename("docs/es/page.md")
    save(6, "# Page\n\nEl uno. Y otro.\n", "docs/es/page.md")
    found = told_in_spanish(root)
    assert found[6][-1] == "changedEl uno. [put in: Y otro.]"


def test_what_a_page_includes_is_told_in_its_translation(root: Path) -> None:
    save(2, "Bring soup.\n", "docs/en/food.md")
    save(2, '# Page\n\nOne.\n\n--8<-- "food.md"\n')
    save(3, catalog(("One.", "Uno."), ("Bring soup.", "Traigan sopa.")), CATALOG)
    save(4, catalog(("One.", "Uno."), ("Bring soup.", "Traigan sopas.")), CATALOG)
    assert told_in_spanish(root)[4] == ["changedTraigan [taken out: sopa] [put in: sopas]."]
