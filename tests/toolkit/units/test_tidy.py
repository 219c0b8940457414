"""What other programs leave in a catalog, or lose, and what an update makes of it."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from handbook.bitext.catalog import canonical, encoding, po, restore, tidy
from handbook.bitext.catalog.units import CatalogError
from handbook.bitext.files import write
from handbook.bitext.problem import Problem
from handbook.bitext.project import faults
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.upkeep import joining, update
from programs import Run
from rows import rows

PAGE = "# Title\n\nA first paragraph.\n"
FOREIGN = """\
# Spanish translation of a handbook.
# Copyright (C) YEAR THE PACKAGE'S COPYRIGHT HOLDER
# Somebody Invented <somebody@example.org>, 2026.
# FIRST AUTHOR <EMAIL@ADDRESS>, YEAR.
#, fuzzy
msgid ""
msgstr ""
"Project-Id-Version: PACKAGE VERSION\\n"
"Report-Msgid-Bugs-To: bugs@example.org\\n"
"POT-Creation-Date: 2026-11-01 10:00+0000\\n"
"PO-Revision-Date: 2026-11-02 10:00+0000\\n"
"Last-Translator: Somebody Invented <somebody@example.org>\\n"
"Language-Team: Spanish <es@example.org>\\n"
"Language: es_AR\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset={charset}\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=3; plural=n;\\n"
"X-Reviewed: yes\\n"
"X-Credit: a reading circle\\n"
"X-Generator: Poedit 3.4\\n"
"X-Poedit-Basepath: .\\n"

#| msgid "Titel"
msgid "Title"
msgstr "Título"

msgid "A first paragraph."
msgstr "Un primer párrafo.\\r\\n"
"""
TIDY = """\
# Spanish translation of a handbook.
msgid ""
msgstr ""
"Project-Id-Version: handbook\\n"
"Report-Msgid-Bugs-To: \\n"
"POT-Creation-Date: \\n"
"PO-Revision-Date: \\n"
"Last-Translator: \\n"
"Language-Team: \\n"
"Language: es\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"X-Reviewed: yes\\n"
"X-Credit: a reading circle\\n"
"X-Source-Language: en\\n"

#. heading
#: index.md
msgid "Title"
msgstr "Título"

#. paragraph
#: index.md
msgid "A first paragraph."
msgstr "Un primer párrafo."
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A handbook of one page in three languages, without catalogs."""
    write(tmp_path / "pyproject.toml", '[tool.handbook]\nlanguages = ["en", "es", "ja"]\n')
    write(tmp_path / "docs/en/index.md", PAGE)
    return tmp_path


def updated(root: Path, data: bytes, language: str = "es") -> str:
    """Save a catalog, update it, and return its text; a second update must do nothing."""
    file = root / f"translations/{language}/index.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    for _ in range(2):
        book = Handbook.open(root)
        assert list(faults.problems(book)) == []
        changed = [each for each in update.updates(book, [language], []) if each.changed]
        assert [update.write(book, each) for each in changed] in ([], [None])
    assert changed == []
    return file.read_bytes().decode("utf-8")


@pytest.mark.parametrize(
    ("charset", "codec", "dress"),
    [
        ("UTF-8", "utf-8", str),
        ("utf8", "utf-8-sig", lambda text: text.replace("\n", "\r\n")),
        ("ISO-8859-1", "latin-1", str),
        ("windows-1252", "cp1252", lambda text: text.replace("\n", "\r\n")),
        ("UTF-16", "utf-16", str),
        ("UTF-16LE", "utf-16-le", str),
        ("UTF-16BE", "utf-16-be", str),
        ("UTF-32", "utf-32", str),
        ("CHARSET", "utf-8", str),
        ("rot13", "utf-8", str),
    ],
)
def test_what_tools_leave_in_a_catalog_goes(
    charset: str, codec: str, dress: type[str], root: Path
) -> None:
    text = dress(FOREIGN.replace("{charset}", charset))
    assert updated(root, text.encode(codec)) == TIDY


def test_a_catalog_in_shift_jis_becomes_utf_8(root: Path, gettext: Run) -> None:
    """As GNU gettext reads it; some of its second bytes are ASCII's backslash."""
    text = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=Shift_JIS\\n"\n\nmsgid "Title"\n'
    text += 'msgstr "表示と予定"\n'
    made = updated(root, text.encode("shift_jis"), "ja")
    assert '"Language: ja\\n"' in made
    assert 'msgstr "表示と予定"' in made
    assert (
        gettext("msgfmt", "-c", "-o", "/dev/null", root / "translations/ja/index.po").stderr == ""
    )


def test_what_is_written_declares_its_encoding_whatever_was_read() -> None:
    text = FOREIGN.format(charset="ISO-8859-1")
    made = joining.join_versions("index.po", None, b"", text.encode("latin-1"))
    assert not isinstance(made, Problem)
    written = joining.written(made)
    assert "charset=UTF-8" in encoding.decode(written.encode())
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    assert canonical.is_canonical(head)
    assert not canonical.is_canonical(head.replace("UTF-8", "ASCII"))


@rows(
    ("declared", "data", "line", "told"),
    [
        ("UTF-8", b"\xe9", 3, "is not UTF-8; save the file in that encoding"),
        ("euc-jp", b"\xe9", 3, "is not euc-jp; save the file as UTF-8"),
        ("latin-1", "é".encode(), 2, "latin-1 is declared, but the file is UTF-8; write charset"),
    ],
)
def test_what_is_not_in_its_encoding_is_named(
    declared: str, data: bytes, line: int, told: str
) -> None:
    text = f'msgid ""\nmsgstr "Content-Type: text/plain; charset={declared}\\n"\n# '
    with pytest.raises(CatalogError) as caught:
        encoding.decode(text.encode() + data + b"\n")
    assert (caught.value.line, caught.value.text.startswith(told)) == (line, True)


@pytest.mark.parametrize(
    ("header", "folder", "is_right"),
    [
        ("es_AR", "es", True),
        ("es-419", "es", True),
        ("ja_JP.UTF-8", "ja", True),
        ("", "es", True),
        ("LL", "es", True),
        ("Spanish", "es", True),
        ("pt", "es", False),
        ("es", "ja", False),
        ("eu", "es", False),
    ],
)
def test_a_catalog_of_another_language_is_named(
    header: str, folder: str, is_right: bool, root: Path
) -> None:
    text = f'msgid ""\nmsgstr ""\n"Language: {header}\\n"\n\nmsgid "Title"\nmsgstr "T"\n'
    name = f"translations/{folder}/index.po"
    write(root / name, text)
    problems = list(faults.problems(Handbook.open(root)))
    code = Handbook.open(root).records[folder].gettext_code
    fault = f"is in {header}, as its header says, not in {folder}"
    cure = f"move it to translations/{header}, or write Language: {code}"
    assert problems == ([] if is_right else [Problem(name, 3, f"{fault}; {cure}")])
    assert is_right == bool(list(update.updates(Handbook.open(root), [folder], [])))


def test_notes_of_obsolete_units_come_back_from_git(root: Path) -> None:
    name = "translations/es/index.po"
    kept = '# why\n#. paragraph\n#. for speakers\n#~ msgid "Old."\n#~ msgstr "Viejo."\n'
    whole = updated(root, (FOREIGN.format(charset="UTF-8") + "\n" + kept).encode())
    assert whole == f"{TIDY}\n{kept}"
    asked = []

    def committed(path: str) -> bytes:
        asked.append(path)
        return whole.encode()

    write(root / name, f"{TIDY}\n" + '#~ msgid "Old."\n#~ msgstr "Viejo."\n')
    book = Handbook.open(root)
    [each] = update.updates(book, ["es"], [], committed=committed)
    assert (po.dump(each.after), asked) == (whole, [name])


def test_an_earlier_message_without_a_mark_goes_and_with_one_stays() -> None:
    fuzzy = TIDY.replace('msgid "Title"', '#, fuzzy\n#| msgid "Titel"\nmsgid "Title"')
    header = po.parse(TIDY).header
    clean = TIDY[TIDY.index("msgid") :]
    assert canonical.is_tidy(clean, header)
    assert canonical.is_tidy(fuzzy[fuzzy.index("msgid") :], header)
    assert not canonical.is_tidy(TIDY, header)  # a comment may hold an address
    stale = clean.replace('msgid "Title"', '#| msgid "Titel"\nmsgid "Title"')
    assert not canonical.is_tidy(stale, header)


@rows(("other", "is_kept"), [("Título", False), ("Título de honor", True)])
def test_what_was_chosen_of_two_translations_is_not_kept_for_choice(
    root: Path, other: str, is_kept: bool
) -> None:
    note = f"# Also translated: {other}\n"
    with_note = TIDY.replace("#. heading", f"{note}#. heading")
    assert (note in updated(root, with_note.encode())) == is_kept


def test_a_folder_of_catalogs_is_made(root: Path, gettext: Run) -> None:
    book = Handbook.open(root)
    assert list(faults.problems(book)) == []
    for each in update.updates(book, ["es"], []):
        assert update.write(book, each) is None
    done: subprocess.CompletedProcess[str] = gettext(
        "msgcat", "--no-wrap", root / "translations/es/index.po"
    )
    assert done.stdout == (root / "translations/es/index.po").read_text("utf-8")


CONFLICT = """\
msgid ""
msgstr ""

<<<<<<< HEAD
msgid "Title"
msgstr "Título"
=======
msgid "Title"
msgstr "Titulo"
>>>>>>> translator
"""


def test_a_conflict_that_is_not_resolved_is_named(root: Path) -> None:
    """In a catalog and on a page; code may show one."""
    told = "two versions meet here and git could not join them"
    write(root / "translations/es/index.po", CONFLICT)
    half = CONFLICT.replace("<<<<<<< HEAD\n", "")
    write(root / "translations/ja/index.po", half)
    write(root / "docs/en/meet.md", f"# Meet\n\n{CONFLICT}")
    write(root / "docs/en/code.md", f"# Code\n\n```\n{CONFLICT}```\n")
    found = faults.problems(Handbook.open(root))
    found = [(each.path, each.line) for each in found if told in each.text]
    assert found == [
        ("docs/en/meet.md", 6),
        ("translations/es/index.po", 4),
        ("translations/ja/index.po", 6),
    ]


def test_a_note_comes_back_to_the_context_that_it_was_of() -> None:
    text = '#. heading\nmsgid "a"\nmsgstr "x"\n\n#. cell\nmsgctxt "date"\nmsgid "a"\nmsgstr "y"\n'
    before = po.parse(f'msgid ""\nmsgstr ""\n\n{text}')
    dropped = tuple(unit._replace(note="") for unit in before.units)
    found = restore.notes(replace(before, units=(), obsolete=dropped), before)
    assert [unit.note for unit in found.obsolete] == ["heading", "cell"]


def test_an_earlier_message_comes_back_from_the_version_that_dropped_it() -> None:
    changed = po.parse('msgid ""\nmsgstr ""\n\n#, fuzzy\n#| msgid "a"\nmsgid "b"\nmsgstr "x"\n')
    (unit,) = changed.units
    forgotten = replace(changed, units=(unit._replace(previous=None),))
    current = replace(changed, units=(unit._replace(previous=None, fuzzy=False),))
    other = replace(changed, units=(unit._replace(translation="y"),))
    assert restore.previous_messages(forgotten, [changed]) == changed
    assert restore.previous_messages(forgotten, [forgotten, changed]) == changed
    # It was found good since, or is another text: what it was made for says nothing any more.
    assert restore.previous_messages(forgotten, [current, changed]) == forgotten
    assert restore.previous_messages(forgotten, [other, changed]) == forgotten


@rows(
    ("text", "left"),
    [
        ("Ana <a@b.example>, Bo", "Ana, Bo"),
        ("a@b.example-c@d.example", ""),
        ("x  (a@b.example) y.z@a", "x y.z@a"),
        (f"a{' ' * 200_000}b", f"a{' ' * 200_000}b"),  # at worst these take minutes
        ("a." * 200_000, "a." * 200_000),
    ],
)
def test_addresses_go_and_each_letter_is_read_once(text: str, left: str) -> None:
    assert tidy.without_address(text) == left
