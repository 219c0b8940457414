"""Readers' corrections are worked into the page or the catalog they belong to, or said why not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from folders import ROOT, TOOLKIT
from handbook.bitext.catalog import po
from handbook.bitext.files import write
from handbook.command import main
from handbook.press.core.history import revision
from handbooks import link
from programs import commit_all, git
from rows import rows

CATALOG = "translations/es/roles.po"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(TOOLKIT / "received/3", tmp_path, dirs_exist_ok=True)
    link(tmp_path)
    write(tmp_path / "mkdocs.yml", f"INHERIT: {ROOT / 'mkdocs.yml'}\nnav:\n")
    page = tmp_path / "docs/en/meetings.md"
    text = "The **agenda** is made a week before, [by two](roles.md) of us."
    write(page, page.read_text("utf-8").replace("The agenda is made a week before.", text))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def send(root: Path, capsys: pytest.CaptureFixture[str], *corrections: object) -> tuple[int, str]:
    """Receive corrections as JSON; give the exit status and all that was said."""
    file = root / "correction (1).json"
    file.write_text(json.dumps(corrections), "utf-8")
    status = main.main(["receive", str(file)])
    out, err = capsys.readouterr()
    return status, out + err


def says(old: str, new: str, page: str = "roles.md", language: str = "es", **more: str) -> object:
    return {"page": page, "language": language, "old": old, "new": new, **more}


@pytest.mark.parametrize(
    "page", ["roles.md", "roles", "/es/roles/", "https://x.example/handbook/es/roles/#see-also"]
)
def test_a_translation_is_corrected_wherever_the_page_is_named(
    root: Path, capsys: pytest.CaptureFixture[str], page: str
) -> None:
    status, said = send(
        root, capsys, says("toma notas", "apunta", page, credit="A reader <a@x.example>")
    )
    assert (status, f"taken into {CATALOG}:" in said) == (0, True)
    catalog = po.parse((root / CATALOG).read_text("utf-8"))
    unit = catalog.unit("Whoever takes notes does not chair.")
    assert unit is not None
    assert (unit.state, unit.translation) == ("current", "Quien apunta no modera.")
    assert catalog.header["X-Credit"] == "A reader"


def test_escapes_that_a_reader_writes_of_are_no_code_of_a_program(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = root / "docs/en/meetings.md"
    write(page, "# Meetings\n\nWrite `&quot;` for a mark.\n")
    old, new = "Write &quot; for a mark.", "Write &quot; for this mark."
    assert send(root, capsys, says(old, new, "meetings.md", "en"))[0] == 0
    assert page.read_text("utf-8").endswith("\n\nWrite `&quot;` for this mark.\n")
    texts = "Old text: Write &quot; for\n\nNew text: Put &quot; for\n"
    (root / "letter.txt").write_text(f"Page: meetings.md\nLanguage: en\n\n{texts}", "utf-8")
    assert main.main(["receive", str(root / "letter.txt")]) == 0
    assert page.read_text("utf-8").endswith("\n\nPut `&quot;` for this mark.\n")


def test_a_name_in_the_menus_is_corrected(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    menus = "translations/es/site.po"
    write(root / menus, 'msgid ""\nmsgstr ""\n\nmsgid "Toolkit"\nmsgstr "Herramientas"\n')
    near = send(root, capsys, says("herramientas", "Caja de herramientas", menus))[1]
    assert f"{menus}: says “Herramientas” and not “herramientas”; judge it by hand" in near
    assert send(root, capsys, says("Herramientas", "Caja de herramientas", menus))[0] == 0
    unit = po.parse((root / menus).read_text("utf-8")).unit("Toolkit")
    assert unit is not None
    assert (unit.state, unit.translation) == ("current", "Caja de herramientas")


def test_a_name_in_the_menus_that_its_source_has_is_in_the_settings(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("  - Our roles: roles.md\n")
    write(root / "translations/es/site.po", 'msgid ""\nmsgstr ""\n\nmsgid "Our roles"\nmsgstr ""\n')
    status, said = send(root, capsys, says("Our roles", "Roles", language="en"))
    assert (status, "mkdocs.yml: has the name “Our roles”; change it there by hand" in said) == (
        1,
        True,
    )


@rows(
    ("old", "new", "text"),
    [
        ("Notes are kept.1", "Notes are read.1", "Notes are read.[^1]"),
        ("kept.1 They last.", "kept.1 They stay.", "Notes are kept.[^1] They stay."),
        ("By two of us. ↩", "By all of us. ↩", "[^1]: By all of us."),
        ("By two of us.\u00a0↩\ufe0e", "By all of us.\u00a0↩\ufe0e", "[^1]: By all of us."),
        ("Notes are kept.1", "Notes are read.", ""),
        ("## Notes are kept.1", "## Notes are read.1", "Notes are read.[^1]"),
        ("- Each has 2.5 kilos.", "- Each has 3 kilos.", "Each has 3 kilos."),
        ("Each has 2.5 kilos.", "- Each has 3 kilos.", ""),
        ("Each has 2.5 kilos", "Each has 3.5 kilos", "Each has 3.5 kilos."),
        ("Each has 2.6 kilos", "Each has 3.6 kilos", ""),
    ],
)
def test_signs_around_words_are_copied_along(
    root: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, text: str
) -> None:
    page = root / "docs/en/meetings.md"
    before = "Notes are kept.[^1] They last.\n\nEach has 2.5 kilos.\n\n[^1]: By two of us.\n"
    write(page, before)
    status, _ = send(root, capsys, says(old, new, "meetings.md", "en"))
    assert status == (0 if text else 1)
    after = page.read_text("utf-8")
    assert text in after if text else after == before


@rows(
    ("text", "old", "new", "made"),
    [
        ("Ten came[^1] and stayed.", "came1 and", "came1 or", "Ten came[^1] or stayed."),
        ("Ten came[^1] and stayed.", "Ten came[1] and", "Nine came[1] and", "Nine came[^1] and st"),
        ("Ten came,[^1] [^2] 10 stayed.", "came,¹ ² 10", "came,¹ ² 9", "came,[^1] [^2] 9 stayed."),
        ("Ten came[^1] and stayed.", "came1 and", "came2 and", "no longer says “came1 and”"),
        ("Ten came[^1] and stayed.", "came1 and", "came and", "no longer says “came1 and”"),
        ("十人が来た[^1]。残った。", "十人が来た1。", "九人が来た1。", "九人が来た[^1]。残った。"),
        ("It has 10 m^2^.", "It has 10 m2.", "It has 12 m2.", "It has 12 m^2^."),
        ("CO~2~ is bad.", "CO2 is bad.", "CO2 is worse.", "CO~2~ is worse."),
    ],
)
def test_numbers_of_notes_and_raised_figures_stay_where_they_are(
    root: Path, capsys: pytest.CaptureFixture[str], text: str, old: str, new: str, made: str
) -> None:
    page = root / "docs/en/meetings.md"
    write(page, f"{text}\n\n[^1]: By two.\n[^2]: By all.\n")
    said = send(root, capsys, says(old, new, "meetings.md", "en"))[1]
    assert made in page.read_text("utf-8") + said


@rows(
    ("old", "new", "made"),
    [
        ("notes are kept", "notes are read", "Notes are read, By Turns"),
        ("notes", "minutes", "Minutes are kept, By Turns"),
        ("notes are kept, by turns.", "notes are read, by turns.", "Notes are read, By Turns"),
        ("by turns!", "Taken by turns!", "Notes are kept, Taken By Turns"),
        ("NOTES ARE KEPT", "NOTES ARE READ", "says “Notes are kept” and not “NOTES ARE KEPT”;"),
        ("by turns", "by hours", "says “By Turns” and not “by turns”; judge it by hand"),
        ("notes are kep", "nodes are kep", "no longer says “notes are kep”"),
        ("Notes are kept.", "Notes are read.", "no longer says “Notes are kept.”"),
        ("The team decides.", "Tom decides.", "says “the team decides” and not “The team deci"),
        ("The team decides.", "Anna decides.", "says “the team decides” and not “The team deci"),
        ("The team decides.", "The teams decide.", "So the teams decide\n"),
        ("We Meet", "We met", "says “We meet”, “we meet” and not “We Meet”"),
        ("会議は 週に一度。", "会議は週に二度。", "会議は週に二度"),
        ("週に一度。", "週に二度。", "no longer says “週に一度。”"),
    ],
)
def test_words_typed_from_memory_are_found_where_they_can_only_be_one_text(
    root: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, made: str
) -> None:
    page = root / "docs/en/meetings.md"
    english = "Notes are kept, By Turns\n\nWe meet. So we meet.\n\nSo the team decides\n"
    write(page, f"{english}\n会議は週に一度\n")
    status, said = send(root, capsys, says(old, new, "meetings.md", "en"))
    assert made in (page.read_text("utf-8") if status == 0 else said)


def test_a_text_that_a_page_has_sent_is_not_a_part_of_another(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = root / "docs/en/meetings.md"
    write(page, "# Meetings\n\n**Tea** first\n\nNo tea: Tea first is a habit.\n")
    assert send(root, capsys, says("Tea first", "Tea last", "meetings.md", "en"))[0] == 1
    sent = says("Tea first", "Tea last", "meetings.md", "en", revision="1f2e")
    assert send(root, capsys, sent)[0] == 0
    assert page.read_text("utf-8").endswith("\n\n**Tea** last\n\nNo tea: Tea first is a habit.\n")


def test_a_page_is_corrected_and_its_markup_stays(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = "The agenda is made a week before, by two of us."
    new = "The agenda is sent a week before, by two of us."
    status, said = send(root, capsys, says(old, new, "meetings.md", "en", credit="A reader"))
    assert (status, "docs/en/meetings.md:5" in said) == (0, True)
    assert "thank A reader in the message of the commit" in said
    text = (root / "docs/en/meetings.md").read_text("utf-8")
    assert "The **agenda** is sent a week before, [by two](roles.md) of us." in text


@pytest.mark.parametrize(
    ("correction", "why"),
    [
        (says("Nadie manda.", "Nadie."), "no longer says “Nadie manda.”: it was changed since"),
        (says("Nadie manda.", "x", revision="1f2e"), "(read in version 1f2e)"),
        (says("a", "e"), "times: “a”; judge it by hand"),
        (says("toma notas", "apunta", "none.md"), "none.md: is no page of this handbook"),
        (
            says("toma notas", "apunta", language="fr"),
            "has no language 'fr'; give one of en, es, ja",
        ),
        (says("notas", "<script>x</script>"), "brings along markup or an address"),
        (says("notas", "[x](https://x.example)"), "brings along markup or an address"),
        (says("The agenda is", "It is", "meetings.md", "en"), "has markup where"),
        (says("Quien toma notas no modera.", ""), f"wrong at {CATALOG}:34; judge it by hand"),
        (says("notas", "~~notas~~ actas"), "brings along markup or an address"),
        ({}, "a correction has no page and no language and no old and no new"),
        ("text", "a correction has no page"),
        (says("会合", "x", "meetings.md", "ja"), "no longer says"),
        (says("Toolkit", "Tools", "mkdocs.yml", "en"), "change it there by hand, then run"),
        (says("Inicio", "Casa", "translations/es/site.po"), "no longer says “Inicio”"),
    ],
)
def test_what_a_person_has_to_judge_is_left(
    root: Path, capsys: pytest.CaptureFixture[str], correction: object, why: str
) -> None:
    before = {file: file.read_bytes() for file in root.rglob("*.[mp][do]")}
    status, said = send(root, capsys, correction)
    assert status == 1
    assert why in said
    assert {file: file.read_bytes() for file in root.rglob("*.[mp][do]")} == before


@pytest.mark.parametrize(
    ("raw", "old", "new", "made"),
    [
        ("So in 2012. ==unconfirmed==", "in 2012. unconf", "in 2013. unconf", "in 2013. =="),
        ("Call `make x` and *wait*.", "Call make x and wait.", "Run make x and wait.", "Run `"),
        ("So.[^a][This](b.md) is so.", "This is so.", "This was so.", "(b.md) was so."),
        ("Use `[a](b.md)` here.", "Use [a](b.md) here.", "Use [a](b.md) there.", "` there."),
        ("We meet[^a] on *Monday*, all of us.", "We meet on Monday, all of us.",
         "We meet on Mondays, all of us.", "*Mondays*, all"),
        ("See <https://x.example/a> & more.", "See https://x.example/a & more.",
         "See https://x.example/a & less.", "> & less."),
        ("A&nbsp;b &amp; c d.", "A b & c d.", "A b & c e.", "&amp; c e."),
        ("So \\*it\\* is.", "So *it* is.", "So *it* was.", "\\*it\\* was."),
        ("In [month] we meet.", "In [month] we meet.", "In [month] we met.", "In [month] we met."),
        ("[Mission and values](../a.md), [Vision](../b.md).", "Mission and values, Vision.",
         "Mission and its values, Vision.", "[Mission and its values](../a.md)"),
        # A site with Python-Markdown's smarty shows straight quotation marks as curly ones.
        ('Ask *Ann\'s* "group" first.', "Ask Ann’s “group” first.", "Ask Ann’s own “circle” first.",
         'Ask *Ann\'s* own "circle" first.'),
        ("Say it “so”.", "Say it “so”.", "Say it “thus”.", "Say it “thus”."),
        # A keyboard has no others than straight ones.
        ("Ask «the group», it’s Ann’s.", 'Ask "the group", it\'s Ann\'s.',
         'Ask "the circle", it\'s Ann\'s.', "Ask «the circle», it’s Ann’s."),
        # A browser copies readings, or leaves them out.
        ("<ruby>暫定<rt>ざんてい</rt></ruby>の会は続く。", "暫定ざんていの会は続く。",
         "暫定ざんていの会は終わる。", "</ruby>の会は終わる。"),
        # Several words of one text, on both sides of its markup; each in its place.
        ("Ask *them*, see [the list](roles.md).", "Ask them, see the list.",
         "Tell them, read the lists.", "Tell *them*, read [the lists](roles.md)."),
        ("Ask so\nand **so**.", "Ask so and so.", "Ask those or so.", "Ask those\nor **so**."),
        ("Over\nmany lines.", "Over many lines.", "On a few lines.", "On\na few lines."),
        ("会議は週に\n一度です。", "会議は週に一度です。",
         "会議は月二度です。", "会議は月二度です。"),
        ("Here  \nit ends.", "Here it ends.", "There it ended.", "There  \nit ended."),
        ("It is an\u00adother.", "It is another.", "It was another.", "was an\u00adother."),
        ("It is an&shy;other.", "It is another.", "It was another.", "was an&shy;other."),
        ("<ruby>暫定<rt>ざんてい</rt></ruby>の会。", "暫定ざんていの会。",
         "暫定的ざんていの会。", "<ruby>暫定的<rt>ざんてい</rt></ruby>の会。"),
        ("<ruby>暫定<rp>（</rp><rt>ざんてい</rt><rp>）</rp></ruby>の会は続く。", "暫定の会は続く。",
         "暫定の会は終わる。", "</ruby>の会は終わる。"),
    ],
)  # fmt: skip
def test_a_text_is_known_as_its_reader_sees_it(
    root: Path, capsys: pytest.CaptureFixture[str], raw: str, old: str, new: str, made: str
) -> None:
    page = root / "docs/en/meetings.md"
    write(page, f"# Meetings\n\n{raw}\n\n[^a]: A note.\n")
    assert send(root, capsys, says(old, new, "meetings", "en"))[0] == 0
    assert made in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("raw", "old", "new", "made"),
    [
        ("They turn with the [jobs](roles.md).", "roles", "jobs", None),
        ("Turn with the [roles](roles.md).", "Turn with the roles.", "Turn with the jobs.",
         "Turn with the [jobs](roles.md)."),
        ("Say *lunes* for what was lunes.", "Say lunes for", "Say luunes for",
         "Say *luunes* for what was lunes."),
        ("All **active, and** *active* ones.", "active ones.", "acting ones.",
         "All **active, and** *acting* ones."),
        ("See the [ro*l*es](roles.md).", "See the roles.", "See the rolles.",
         "See the [ro*l*les](roles.md)."),
        ("<ruby>暫定<rt>ざんてい</rt></ruby>の会は続く。", "暫定の会は", "臨時の会は", None),
        ("See [the roles](roles.md) or **ask** us.", "See the roles or", "See or", None),
        ("See or **ask** us, so.", "or ask us, so", "or us, thus", None),
    ],
)  # fmt: skip
def test_an_edit_is_made_where_its_reader_sees_it_or_not_at_all(
    root: Path, capsys: pytest.CaptureFixture[str], raw: str, old: str, new: str, made: str | None
) -> None:
    page = root / "docs/en/meetings.md"
    write(page, f"# Meetings\n\n{raw}\n")
    status = send(root, capsys, says(old, new, "meetings", "en"))[0]
    assert status == (1 if made is None else 0)
    assert page.read_text("utf-8").split("\n")[2] == (made or raw)


def test_a_number_says_which_of_two_paragraphs_is_meant(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = root / "docs/en/meetings.md"
    write(page, "# Meetings\n\nWe meet.\n\n## Late\n\nWe meet.\n\nWe meet again.\n")
    assert "has this 3 times" in send(root, capsys, says("We meet", "We met", "meetings", "en"))[1]
    words = says("We meet", "We met", "meetings", "en", paragraph="1.2")
    assert send(root, capsys, words)[0] == 0
    assert page.read_text("utf-8").endswith("We meet.\n\nWe met again.\n")


@rows(
    ("edited", "number", "made"),
    [
        ("New. / Sing. / Meet. / Sing.", "0.3", "New. / Sing. / Meet. / Sang."),
        ("New. / Sing. / Meet. / Sing.", "0.1", "New. / Sang. / Meet. / Sing."),
        ("Sing. / Meet. / Sang.", "0.3", ":7: notice: says “Sang.” already: it was taken before"),
        ("Sing. / Meet. / Singing.", "0.3", ":7: 0.3 says “Singing.” and not “Sing.” (read in"),
        ("Meet. / Sing.", "0.1", "no longer says “Sing.” (read in"),
        ("Meet. / Tea.", "0.1", "no longer says “Sing.” (read in"),
    ],
)
def test_a_number_is_that_of_the_version_that_was_read(
    root: Path, capsys: pytest.CaptureFixture[str], edited: str, number: str, made: str
) -> None:
    page = root / "docs/en/meetings.md"
    text = "# A\n\nSing.\n\nMeet.\n\nSing.\n"
    write(page, text)
    git("init", "--quiet", at=root)
    git("hash-object", "-w", page, at=root)
    write(page, "\n\n".join(["# A", *edited.split(" / "), ""]))
    sent = says("Sing.", "Sang.", "meetings", "en", paragraph=number, revision=revision(text))
    said = send(root, capsys, sent)[1]
    assert made in page.read_text("utf-8").replace("\n\n", " / ") + said


def test_a_text_is_found_beside_the_place_of_its_number_in_a_version_that_git_has_not(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = root / "docs/en/meetings.md"
    write(page, "# A\n\nNew.\n\nWe sing.\n")
    sent = says("We sing.", "We sang.", "meetings", "en", paragraph="0.1", revision="1f2e3d4")
    assert send(root, capsys, sent)[0] == 0
    assert page.read_text("utf-8") == "# A\n\nNew.\n\nWe sang.\n"


def test_a_translation_is_corrected_though_its_catalog_is_older_than_the_page(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = root / "docs/en/roles.md"
    write(page, page.read_text("utf-8").replace("Whoever takes notes does", "Who takes notes does"))
    assert send(root, capsys, says("Quien toma notas", "Quien apunta"))[0] == 0
    assert "Quien apunta no modera." in (root / CATALOG).read_text("utf-8")


def test_cells_of_a_row_are_corrected_each_in_its_place(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = root / "docs/en/meetings.md"
    rows = ("| Who | What | When |", "| --- | --- | --- |")
    table = "\n".join((*rows, "| host | **opens** | at 1 |", "| x | y | at 1 |", ""))
    write(page, f"# Meetings\n\n{table}")
    row = ("host | opens | at 1", "hosts | opens | at 2")
    assert send(root, capsys, says(*row, "meetings", "en", paragraph="0.1"))[0] == 0
    assert "| hosts | **opens** | at 2 |\n| x | y | at 1 |" in page.read_text("utf-8")
    assert send(root, capsys, says(*row, "meetings", "en", paragraph="0.1"))[0] == 1
    write(page, f"# Meetings\n\n{table}| who opens | | at 1 |\n")
    row = ("who opens | | at 1", "who closes | | at 1")
    assert send(root, capsys, says(*row, "meetings", "en", paragraph="0.3"))[0] == 0
    assert "| who closes | | at 1 |" in page.read_text("utf-8")
    row = ("who closes | | at 1", "who closes | all | at 1")
    said = send(root, capsys, says(*row, "meetings", "en", paragraph="0.3"))
    assert (said[0], "fills or empties a cell, “all”" in said[1]) == (1, True)


def test_what_the_form_of_a_page_sends_is_read(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As `correct.js` writes it: the tests of scripts hold it to this form."""
    about = (
        "Page: docs/en/meetings.md\nLanguage: en\nRevision: 1f2e3d4\nAddress: https://x.example/#a"
    )
    texts = "Old text: The agenda is made\n\nNew text: The agenda is sent\n"
    page = root / "docs/en/meetings.md"
    write(page, "# Meetings\n\nThe agenda is made.\n")
    (root / "issue.txt").write_text(f"{about}\n\n{texts}", "utf-8")
    assert main.main(["receive", str(root / "issue.txt")]) == 0
    capsys.readouterr()
    assert page.read_text("utf-8") == "# Meetings\n\nThe agenda is sent.\n"


@pytest.mark.parametrize("page", ["../../etc/passwd", "/nope/", "https://x.example/a/nope/", "[::"])
def test_what_names_no_page_is_never_taken_for_the_home_page(
    root: Path, capsys: pytest.CaptureFixture[str], page: str
) -> None:
    write(root / "docs/en/index.md", "# Home\n\nWe meet.\n")
    status, said = send(root, capsys, says("We meet", "We met", page, "en"))
    assert (status, f"{page}: is no page of this handbook" in said) == (1, True)
    for home in ("https://x.example/", "https://x.example/handbook/en/", "/en/", "index.md"):
        assert send(root, capsys, says("We meet", "We met", home, "en"))[0] == 0
        write(root / "docs/en/index.md", "# Home\n\nWe meet.\n")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-8"])
def test_a_letter_is_read_in_the_form_in_which_programs_save_it(
    root: Path, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    quote = "> " if encoding == "utf-8" else ""
    lines = ("Page: roles.md", "Language: es", "Old: toma notas", "New: apunta", "")
    letter = "\r\n".join(f"{quote}{line}" for line in lines)
    (root / "letter.txt").write_bytes(letter.encode(encoding))
    assert main.main(["receive", str(root / "letter.txt")]) == 0
    capsys.readouterr()
    (root / "letter.txt").write_bytes("Page: roles.md\nOld: función\nNew: x\n".encode("cp1252"))
    assert main.main(["receive", str(root / "letter.txt")]) == 1
    assert "letter.txt:2: is not UTF-8; save the file" in capsys.readouterr().err


def test_a_letter_with_fields_is_read_too(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter = """Dear friends,

Page: https://x.example/es/roles/
Language: es
Old: Quien toma notas
New: Quien escribe el acta
---
Page: roles
Language: ja
Old: 役割は一年で終わります。
New: 役割は一年で終わります。交代します。
"""
    file = root / "letter.txt"
    file.write_bytes(letter.replace("\n", "\r\n").encode())
    assert main.main(["receive", str(file)]) == 0
    capsys.readouterr()
    assert "Quien escribe el acta no modera." in (root / CATALOG).read_text("utf-8")
    assert "交代します。" in (root / "translations/ja/roles.po").read_text("utf-8")
    assert main.main(["receive", str(file)]) == 1  # twice
    file.write_text('{"page": ', "utf-8")
    assert main.main(["receive", str(file)]) == 1
    assert "letter.txt:1: is not JSON; correct the line" in capsys.readouterr().err


def _moved(root: Path, *moves: tuple[str, str]) -> str:
    """Commit all, rename pages one after the other without the command; return what roles.md was.

    That is the name that git has for its text.
    """
    commit_all(at=root)
    read = git("hash-object", "docs/en/roles.md", at=root).strip()
    for old, new in moves:
        (root / new).parent.mkdir(parents=True, exist_ok=True)
        git("mv", old, new, at=root)
        commit_all(at=root)
    return read


@pytest.mark.parametrize("page", ["roles.md", "https://x.example/handbook/es/roles/"])
def test_a_page_is_found_that_was_renamed_since_it_was_read(
    root: Path, capsys: pytest.CaptureFixture[str], page: str
) -> None:
    where = ("docs/en/roles.md", "docs/en/team/duties.md", "docs/en/who.md")
    _moved(root, (where[0], where[1]), (where[1], where[2]))
    assert send(root, capsys, says("toma notas", "apunta", page))[0] == 0
    assert send(root, capsys, says("takes notes", "writes", page, "en"))[0] == 0
    assert "Whoever writes does not chair." in (root / where[2]).read_text("utf-8")
    assert "Quien apunta no modera." in (root / CATALOG).read_text("utf-8")


def test_of_two_pages_of_one_name_the_one_that_was_read_is_meant(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, moved = "docs/en/roles.md", "docs/en/duties.md"
    read = _moved(root, (name, moved))
    write(root / name, "# Roles\n\nAsk whoever takes notes.\n")
    commit_all(at=root)
    assert send(root, capsys, says("takes notes", "writes", language="en"))[0] == 0
    assert "Ask whoever writes." in (root / name).read_text("utf-8")
    of_the_other = says("takes notes", "writes", language="en", revision=read[:7])
    assert send(root, capsys, of_the_other)[0] == 0
    assert "Whoever writes does not chair." in (root / moved).read_text("utf-8")
