"""What a body adopts: recorded with its texts, held against every later edit, shown on the page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

import handbooks
from handbook.bitext.changes import adopt, adoptions, ledger
from handbook.bitext.changes.adopt import Decision
from handbook.bitext.files import write
from handbook.bitext.languages.registry import Languages
from handbook.bitext.moving import move
from handbook.bitext.problem import Problem
from handbook.bitext.project import edits
from handbook.bitext.project.handbook import Handbook
from handbook.press.core import tree
from handbook.press.core.editions import Editions
from handbook.press.frame.foot import foot
from handbook.press.plugin import histories, options
from handbook.press.plugin.state import State
from handbook.press.redlines.chronicle import Bodies, Chronicler

PAGE = """\
---
status: adopted
version: "1.0"
date: 2026-05-03
authentic: [en, es]
---

# Statute

Every *member* has one vote in the [assembly](assembly.md).

- Minutes are public.
- A secretary keeps them.
"""
NAME = "docs/en/statute.md"
DAY = date(2026, 5, 3)
STANDINGS = {"en": "authentic", "es": "official translation", "ja": "courtesy"}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook with a statute in English and Spanish, and a heading of it in Japanese."""
    write(tmp_path / "pyproject.toml", '[tool.handbook]\nlanguages = ["en", "es", "ja"]\n')
    write(tmp_path / NAME, PAGE)
    write(tmp_path / "docs/en/index.md", "# Home\n")
    monkeypatch.chdir(tmp_path)
    translate("es", "")
    translate("ja", "Statute")
    return tmp_path


def translate(language: str, start: str, page: str = "statute") -> None:
    name = f"translations/{language}/{page}.po"
    handbooks.translate(
        Path(),
        lambda path, unit: (
            f"«{unit.message}»" if path == name and unit.message.startswith(start) else None
        ),
    )


def decided(
    version: str = "1.0",
    standings: dict[str, str] | None = None,
    day: date | None = DAY,
    corrigendum: str = "",
) -> list[str]:
    """Record a decision on the statute; return what was written, or the problems."""
    handbook = Handbook.open(Path())
    source = next(each for each in handbook.sources() if each.path == "statute.md")
    decision = Decision(
        version, day, "General assembly", "minutes of May 3", standings or STANDINGS, corrigendum
    )
    return [str(each) for each in adopt.adopt(handbook, source, decision)]


def problems() -> list[str]:
    return [str(each) for each in ledger.problems(Handbook.open(Path()))]


edit = partial(handbooks.edit, name=NAME)


def facts(language: str) -> tuple[str, ...]:
    """What the page shows in its foot, below its status."""
    editions = Editions(Handbook.open(Path()))
    leaf, known = editions.leaf("statute.md", language), adoptions.load(Path())
    last = known.last("statute.md")
    is_same = last is None or ledger.is_as_adopted(editions.handbook, leaf.source, language, last)
    return foot(leaf, {}, known, is_as_adopted=is_same).document


def test_a_decision_is_recorded_with_its_texts(root: Path) -> None:
    texts = [f"adopted/statute/1.0.{code}.txt" for code in ("en", "es", "ja")]
    assert decided() == [*texts, "docs/adoptions.yml"]
    assert Path(texts[0]).read_text("utf-8") == (
        "Statute\n\nEvery member has one vote in the assembly.\n\n"
        "Minutes are public.\n\nA secretary keeps them.\n"
    )
    assert Path(texts[2]).read_text("utf-8").startswith("«Statute»\n\nEvery member has one")
    version = adoptions.load(root).in_force("statute.md")
    assert version is not None
    assert (version.number, version.day, version.body) == ("1.0", DAY, "General assembly")
    # Neither git nor this program is needed to prove a text.
    kept = version.texts["es"]
    assert sha256(Path(kept.file).read_bytes()).hexdigest() == kept.sha256
    assert problems() == []


def test_what_readers_cannot_see_may_change(root: Path) -> None:
    decided()
    edit(("Every *member* has one vote in", "Every member has\none vote in"))
    edit(("- Minutes", "* Minutes"), ("- A", "* A"))
    translate("es", "none of them: an update alone")
    edit(("assembly.md", "assemblies.md"))
    assert problems() == []


def test_what_is_struck_out_or_ticked_or_has_no_words_is_a_part_of_the_text(root: Path) -> None:
    edit(("one vote in", "~~no~~ one vote~2~ and 10^2^ in"), ("- A ", "- [ ] A "))
    edit(("# Statute\n", "# Statute\n\n| Who | Votes |\n| --- | --- |\n| Guest | ✓ |\n"))
    decided(standings={"en": "authentic"})
    kept = Path("adopted/statute/1.0.en.txt").read_text("utf-8")
    assert "Every member has ~~no~~ one vote~2~ and 10^2^ in" in kept
    assert "\n[ ] A secretary" in kept
    assert problems() == []
    for old, new in (("~~no~~", "no"), ("10^2^", "102"), ("- [ ] A", "- [x] A"), ("✓", "✗")):
        edit((old, new))
        assert problems()[0].startswith("docs/en/statute.md:1: differs from version 1.0")
        edit((new, old))
    assert problems() == []


def test_what_a_page_includes_is_adopted_with_it(root: Path) -> None:
    write(root / "mkdocs.yml", "markdown_extensions:\n- pymdownx.snippets: {base_path: docs/en}\n")
    write(root / "docs/en/assembly.md", "All members meet.\n")
    edit(("- Minutes", '--8<-- "assembly.md"\n\n- Minutes'))
    translate("es", "")
    assert "1 passage not current" in decided()[0]
    translate("es", "", "assembly")
    decided()
    assert "All members meet.\n\nMinutes" in Path("adopted/statute/1.0.en.txt").read_text("utf-8")
    assert "«All members meet.»" in Path("adopted/statute/1.0.es.txt").read_text("utf-8")
    edit(("All members", "Some members"), name="docs/en/assembly.md")
    assert "[-All-]{+Some+} members meet." in problems()[0]


def test_an_adopted_text_that_is_edited_is_an_error_with_the_redline(root: Path) -> None:
    decided()
    edit(("one vote", "two votes"))
    cure = "undo the edit, or record a new version or a corrigendum: handbook adopt"
    assert problems() == [
        "docs/en/statute.md:1: differs from version 1.0, adopted on 2026-05-03: “Every member has"
        f" [-one vote-] {{+two votes+}} in the assembly.”; {cure}",
        # The official translation no longer is what was approved either.
        "translations/es/statute.po:1: differs from version 1.0, adopted on 2026-05-03: “[-«-]Every"
        f" member has [-one vote-] {{+two votes+}} in the assembly.[-»-]”; {cure}",
    ]
    assert facts("en")[-1].startswith("This page has been edited since")
    assert decided(day=date(2026, 6, 1))[0].endswith("or record a --corrigendum")


def test_a_translation_that_binds_nobody_may_become_better(root: Path) -> None:
    decided()
    translate("ja", "")
    assert problems() == []
    edit(("«Minutes are public.»", "«Minutes are open.»"), name="translations/es/statute.po")
    assert [each.partition(":")[0] for each in problems()] == ["translations/es/statute.po"]


def test_a_corrigendum_records_what_was_only_misprinted(root: Path) -> None:
    decided()
    edit(("secretary keeps", "secretary shall keep"))
    translate("es", "")
    standings = {code: STANDINGS[code] for code in ("en", "es")}
    made = decided(standings=standings, day=date(2026, 6, 1), corrigendum="A word was lost.")
    assert made[0] == "adopted/statute/1.0-corrected-2026-06-01.en.txt"
    assert problems() == []
    edit(("shall keep", "should keep"))
    translate("es", "")
    decided(standings=standings, day=date(2026, 7, 1), corrigendum="Another one.")
    assert problems() == []
    assert Path("docs/adoptions.yml").read_text("utf-8").count("why:") == 2


def test_a_page_that_moves_takes_its_versions_along_and_keeps_its_texts(root: Path) -> None:
    decided()
    kept = {file: file.read_text("utf-8") for file in Path("adopted").rglob("*.txt")}
    carried = edits.carry_out(root, move.move(Handbook.open(root), "statute.md", "law/statute.md"))
    assert "wrote docs/adoptions.yml" in list(carried)
    assert problems() == []
    assert [each.number for each in adoptions.load(root).versions["law/statute.md"]] == ["1.0"]
    # Another page of the old path is adopted: the texts of the first are not written over.
    write(root / NAME, PAGE.replace("one vote", "two votes"))
    assert decided(standings={"en": "authentic"})[0] == "adopted/statute/1.0-2.en.txt"
    assert all(file.read_text("utf-8") == text for file, text in kept.items())
    assert not [each for each in problems() if "SHA-256" in each]


@pytest.mark.long
def test_a_new_version_goes_by_a_draft_to_a_decision(root: Path) -> None:
    decided()
    edit(('"1.0"', '"1.1"'), ("one vote", "two votes"))
    assert any("version is 1.1, and docs/adoptions.yml says 1.0" in each for each in problems())
    decided("1.1", {"en": "draft", "es": "draft"}, day=None)
    assert problems() == []
    assert facts("en") == (
        "You are reading a draft of version 1.1, on which nobody has decided yet.",
        "Version 1.0 of May 3, 2026 is in force.",
    )
    edit(("2026-05-03", "2026-11-08"))
    assert "passage not current; translate" in decided("1.1", day=date(2026, 11, 8))[0]
    translate("es", "")
    decided("1.1", day=date(2026, 11, 8))
    assert problems() == []
    versions = adoptions.load(root).versions["statute.md"]
    assert [each.number for each in versions] == ["1.0", "1.1"]
    assert facts("en")[0] == "Version 1.1, adopted on November 8, 2026 by: General assembly"
    assert facts("es")[-1] == "Esta es una traducción oficial, aprobada junto con el texto."
    assert facts("ja")[-1] == "この翻訳は参考用です。効力を持つのは正文だけです。"


def test_what_people_have_written_in_the_list_stays(root: Path) -> None:
    decided()
    file = Path("docs/adoptions.yml")
    text = f"# Ours.\n{file.read_text('utf-8')}\n# The end.\n\nother.md:\n- {{bad: true}}\n"
    write(file, text)
    assert "other.md" not in "".join(decided("1.1"))  # a list with a fault is not added to
    write(file, text.replace("\nother.md:\n- {bad: true}\n", ""))
    edit(('"1.0"', '"1.1"'))
    decided("1.1")
    new = file.read_text("utf-8")
    assert new.startswith("# Ours.\n")
    assert new.endswith("\n# The end.\n")
    assert problems() == []


@pytest.mark.parametrize(
    ("change", "is_taken"),
    [
        (lambda text: text.rstrip("\n"), True),  # as some editors save it
        (lambda text: text + "\n# The end.", True),
        (lambda text: json.dumps(yaml.safe_load(text), default=str), False),
        (lambda text: yaml.safe_dump(yaml.safe_load(text), default_flow_style=None), True),
    ],
)
def test_a_list_takes_a_version_however_it_ends_or_stays_as_it_is(
    root: Path, change: Callable[[str], str], is_taken: bool
) -> None:
    decided()
    file = Path("docs/adoptions.yml")
    old = change(file.read_text("utf-8")).replace('"2026-05-03"', "2026-05-03")
    write(file, old)
    assert problems() == []
    edit(('"1.0"', '"1.1"'))
    made = decided("1.1")
    if is_taken:
        assert [each.number for each in adoptions.load(root).versions["statute.md"]] == [
            "1.0",
            "1.1",
        ]
    else:
        assert made[0].startswith("docs/adoptions.yml:1: no version can be added to it")
        assert file.read_text("utf-8") == old
        assert not Path("adopted/statute/1.1.en.txt").exists()


def test_a_kept_text_that_was_touched_or_lost_is_named(root: Path) -> None:
    decided()
    edit(("public", "secret"), name="adopted/statute/1.0.en.txt")
    Path("adopted/statute/1.0.ja.txt").unlink()
    assert [each.partition(";")[0] for each in problems()] == [
        "adopted/statute/1.0.en.txt:1: is not the text that was adopted as version 1.0 of"
        " statute.md in en: its SHA-256 is another",
        "docs/adoptions.yml:19: there is no adopted/statute/1.0.ja.txt",
    ]


def test_a_status_without_a_decision_is_named(root: Path) -> None:
    [fault] = problems()
    assert fault.startswith("docs/en/statute.md:2: its status is adopted, and docs/adoptions.yml")
    decided()
    edit(('version: "1.0"\ndate: 2026-05-03', 'version: "1.2"\ndate: 2026-05-04'))
    assert [each.partition(",")[0] for each in problems()] == [
        "docs/en/statute.md:3: version is 1.2",
        "docs/en/statute.md:4: date is 2026-05-04",
    ]


def test_the_history_of_a_page_has_the_redline_of_each_decision(root: Path) -> None:
    decided()
    for number, day, words in (
        ("1.1", "2026-06-01", "two votes"),
        ("2.0", "2026-07-01", "no vote"),
    ):
        before = re.search("has (.*) in", Path(NAME).read_text("utf-8"))
        assert before
        edit((before[1], words))
        text = re.sub("date: .*", f"date: {day}", Path(NAME).read_text("utf-8"))
        write(Path(NAME), re.sub("version: .*", f'version: "{number}"', text))
        standings = {"en": "authentic", "ja": "courtesy"}
        assert decided(number, standings, day=date.fromisoformat(day))[-1] == "docs/adoptions.yml"
    edit(("- Minutes", "- All minutes"), ('"2.0"', '"2.1"'))
    decided("2.1", {"en": "draft"}, day=None)
    handbook = Handbook.open(root)
    [source] = [each for each in handbook.sources() if each.path == "statute.md"]
    state = State(Editions(handbook), "en", options.Checked("", offline=False))
    versions = list(histories.adopted_versions(source, state))
    assert [each.number for each in versions] == ["1.0", "1.1", "2.0"]
    unread: dict[str, None] = {}
    read = unread.get, lambda text, *_: text, unread.get
    teller = Chronicler("en", str, Languages(), *read, Bodies({}))
    now = ledger.text_of(handbook, source, "en")
    sections = list(tree.parse(teller.page("Statute", "../", [], versions, now)).iter("section"))
    told = [
        (tree.text(each[0]), [tree.text(word) for word in each.iter("ins", "del")])
        for each in sections
    ]
    by = "by: General assembly"
    assert told == [
        ("Since version 2.0 was adopted", ["[taken out: Minutes]", "[put in: All minutes]"]),
        (
            f"Version 2.0, adopted on July 1, 2026 {by}",
            ["[taken out: two votes]", "[put in: no vote]"],
        ),
        (
            f"Version 1.1, adopted on June 1, 2026 {by}",
            ["[taken out: one vote]", "[put in: two votes]"],
        ),
        (f"Version 1.0, adopted on May 3, 2026 {by}", []),
    ]
    assert "This is the first version that was adopted." in tree.text(sections[-1])
    # A text that is lost is no reason to show nothing of the others.
    Path("adopted/statute/1.1.en.txt").unlink()
    assert [each.number for each in histories.adopted_versions(source, state)] == ["1.0", "2.0"]


TEXTS = "{en: {standing: authentic, file: adopted/x.txt, sha256: " + "a" * 64 + "}}"
FACTS = "date: 2026-05-03, body: B, record: R"
ROWS = FACTS.replace(", ", "\n  ")


@pytest.mark.parametrize(
    ("entry", "line", "fault"),
    [
        ("statute.md: 1", 1, "has no list of versions"),
        (f"statute.md: [{{version: 1.0, {FACTS}, texts: {TEXTS}}}]", 1, "version is no text"),
        (f"statute.md: [{{version: '1', {FACTS}}}]", 1, "texts has no language"),
        (f"statute.md:\n- version: '1'\n  texts: {TEXTS}", 2, "date is missing"),
        (
            f"statute.md: [{{version: '1', date: May, body: B, record: R, texts: {TEXTS}}}]",
            *(1, "“May” is no day"),
        ),
        (f"statute.md: [{{vresion: '1', {FACTS}, texts: {TEXTS}}}]", 1, "(did you mean version?)"),
        (
            f"statute.md:\n- version: '1'\n  {FACTS.replace(', ', chr(10) + '  ')}\n  texts:\n"
            "    en: {standing: autentic, file: adopted/x.txt, sha256: a}",
            *(7, "(did you mean authentic?)"),
        ),
        (
            f"statute.md: [{{version: '1', {FACTS}, texts: {{en: {{standing: authentic}}}}}}]",
            *(1, "has no file or no sha256"),
        ),
        (
            f"statute.md: [{{version: '1', {FACTS}, texts: {TEXTS.replace('en', 'eo', 1)}}}]",
            *(1, "no language “eo”"),
        ),
        (
            f"statute.md: [{{version: '1', {FACTS}, texts: {TEXTS.replace('adopted/', '../')}}}]",
            *(1, "../x.txt is not in adopted/"),
        ),
        (
            f"statute.md: [{{version: '1', {FACTS}, texts: {TEXTS.replace('x', 'x' * 300, 1)}}}]",
            *(1, "there is no adopted/xxx"),
        ),
        (
            f"statue.md: [{{version: '1', {FACTS}, texts: {TEXTS}}}]",
            1,
            "no page statue.md",
        ),
        (
            f"statute.md: [{{version: '1', {FACTS}, texts: {TEXTS}, corrigenda: 5}}]",
            1,
            "a corrigendum has no date or no why",
        ),
        ("statute.md: [", 1, "is not YAML"),
        ("a: &a [*a]", 1, "is not YAML"),
        ("[" * 5000, 1, "is not YAML"),
        ("statute.md: []\nstatute.md: []", 2, "is there twice"),
        ("- a", 1, "names no page; write paths"),
        ("other.md: []\n\nstatute.md: 1", 3, "statute.md has no list of versions"),
        (
            f"statute.md:\n- version: '1'\n  {ROWS}\n  texts:\n    no: {{}}",
            7,
            "“None” is no standing",
        ),
        *(
            (f"statute.md:\n- version: '1'\n  {ROWS.replace(*swap)}\n  texts: {TEXTS}", line, fault)
            for swap, line, fault in (
                (("B", "[B, C]"), 4, "body is no text"),
                (("R", "2026-05-03"), 5, "record is no text"),
                (("2026-05-03", "9999-12-31"), 2, "9999-12-31 has not come yet"),
                (("R", "R\n  why: x"), 6, "“why” is no fact of a version"),
                (("R", "R\n  [a]: x"), 6, "a list or a mapping is no key"),
                (
                    ("R", f"R\n  corrigenda: [{{date: 2026-05-04, why: x, text: {TEXTS}}}]"),
                    *(6, "“text” is no fact of a corrigendum (did you mean texts?)"),
                ),
            )
        ),
        *(
            (
                f"statute.md:\n- version: '1'\n  {ROWS}\n  texts:\n    en:\n      {text}",
                *(line, fault),
            )
            for text, line, fault in (
                ("standing: authentic\n      file: f\n      sha256: 12", 10, "“12” is no SHA-256"),
                ("standing: authentic\n      hash: a", 9, "“hash” is no fact of a text"),
            )
        ),
        (
            f"statute.md:\n- {{version: '2', {FACTS.replace('05-03', '06-01')}, texts: {TEXTS}}}\n"
            f"- {{version: '1', {FACTS}, texts: {TEXTS}}}",
            *(3, "version 1 of statute.md stands behind 2, and is older; put the oldest first"),
        ),
        (
            f"docs/statute.md: [{{version: '1', {FACTS}, texts: {TEXTS}}}]",
            *(1, "no page docs/statute.md (did you mean statute.md?)"),
        ),
    ],
)
def test_a_list_that_cannot_be_used_is_named_with_its_line(
    root: Path, entry: str, line: int, fault: str
) -> None:
    write(Path("docs/adoptions.yml"), entry)
    found = list(ledger.problems(Handbook.open(Path())))
    assert any(each.line == line and fault in each.text for each in found), found
    assert all(isinstance(each, Problem) for each in found)


def test_a_fault_of_the_list_is_no_second_one_of_the_page(root: Path) -> None:
    decided()
    edit(("date: 2026-05-03", "date: May 3"), name="docs/adoptions.yml")
    assert problems() == ["docs/adoptions.yml:6: “May 3” is no day; write it as 2026-05-03"]


def test_a_hash_in_capitals_is_the_same_and_other_line_ends_are_named(root: Path) -> None:
    decided()
    text = Path("adopted/statute/1.0.en.txt")
    known = sha256(text.read_bytes()).hexdigest()
    edit((known, known.upper()), name="docs/adoptions.yml")
    assert problems() == []
    text.write_bytes(text.read_bytes().replace(b"\n", b"\r\n"))
    assert problems() == [
        "adopted/statute/1.0.en.txt:1: its lines end as on Windows, so it has another SHA-256;"
        " write adopted/** -text into .gitattributes, and put it back from git"
    ]


def test_what_has_not_been_decided_yet_is_not_recorded(root: Path) -> None:
    edit(("date: 2026-05-03", "date: 9999-12-31"))
    assert decided(day=date(9999, 12, 31)) == [
        "9999-12-31 has not come yet; give the day of the decision"
    ]
