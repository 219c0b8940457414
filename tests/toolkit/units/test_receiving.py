"""What is read from what came by mail, and what is not certain enough to be taken."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from growth import within
from handbook.bitext.catalog import po
from handbook.bitext.files import write
from handbook.bitext.problem import Problem
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.past import Version
from handbook.bitext.receiving import (
    corrections,
    envelope,
    exchange,
    labels,
    letter,
    misread,
    placing,
    receive,
)
from handbook.bitext.receiving.envelope import Piece
from rows import rows

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


def catalog(texts: dict[str, str], language: str = "") -> str:
    """A catalog with translations of messages."""
    units = (f'\nmsgid "{message}"\nmsgstr "{text}"\n' for message, text in texts.items())
    return HEAD + f'"Language: {language}\\n"\n' + "".join(units)


def made(root: Path, languages: str, page: str) -> Handbook:
    write(root / "pyproject.toml", f"[tool.handbook]\nlanguages = [{languages}]\n")
    write(root / "docs/en/index.md", page)
    return Handbook.open(root)


@rows(
    ("known", "encoding", "text"),
    [
        ("sposób", "cp1250", None),  # its letters are the same in cp1252, whose others are not
        ("żółw", "cp1250", "żółty dąb"),
        ("día", "cp1252", "también"),
    ],
)
def test_an_encoding_is_proven_by_what_only_it_reads_so(
    tmp_path: Path, known: str, encoding: str, text: str | None
) -> None:
    write(tmp_path / "translations/xx/index.po", catalog({"A way": known}, "xx"))
    book = made(tmp_path, '"en", "xx"', "# A way\n\nA tree.\n")
    sent = catalog({"A way": known, "A tree.": text or "żółty dąb"}, "xx")
    read = misread.reread(book, sent.encode(encoding))
    assert (read and read.units[1].translation) == text


@rows(
    ("old", "new", "read"),
    [
        ("“curly”", "«curly»", ("“curly”", "«curly»")),
        ("“curly”", "“straight”", ("curly", "straight")),
        ("Pourquoi ?", "Pourquoi\u00a0?", ("Pourquoi ?", "Pourquoi\u00a0?")),
        ("Pourquoi ?", "Comment\u00a0?", ("Pourquoi ?", "Comment ?")),
    ],
)
def test_a_correction_of_marks_is_read(old: str, new: str, read: tuple[str, str]) -> None:
    [found] = letter.read(
        f"Page: a\nLanguage: fr\nOld: {old}\nNew: {new}\n", "x.txt", labels.known()
    )
    assert isinstance(found, corrections.Correction)
    assert (found.old, found.new) == read


@rows("old", ["A way", "“A way”", "A | way"])
def test_a_correction_of_nothing_is_refused(tmp_path: Path, old: str) -> None:
    book = made(tmp_path, '"en"', "# A way\n")
    [found] = letter.read(
        f"Page: index\nLanguage: en\nOld: {old}\nNew: {old}\n", "x.txt", labels.known()
    )
    assert isinstance(found, corrections.Correction)
    said = corrections.worked(book, found)
    assert isinstance(said, Problem)
    assert "has the same old and new text" in said.text


@rows("language", ["en", "fr"])
def test_what_reads_as_it_should_is_said_to(language: str, tmp_path: Path) -> None:
    write(tmp_path / "translations/fr/index.po", catalog({"It’s l’eau.": "C’est l’eau."}, "fr"))
    book = made(tmp_path, '"en", "fr"', "It’s l’eau.\n")
    said = corrections.worked(book, corrections.Correction("index", language, "l'eau", "l’eau"))
    assert isinstance(said, Problem)
    assert said.text.startswith("index: has the same old and new text: “l'eau”")


@rows(("field", "value"), [("Old text", 'msgid "Hello"'), ("New text", 'msgid "Hallo"')])
@rows("quote", ["", "> "])
def test_a_correction_may_be_of_a_keyword_of_catalogs(field: str, value: str, quote: str) -> None:
    fields = {"Old text": "Hello", "New text": "Hallo"} | {field: value}
    lines = ["Page: gettext", "Language: fr"]
    lines += [line for each in fields.items() for line in (f"{each[0]}:", each[1])]
    data = "".join(f"{quote}{line}\n" for line in lines).encode()
    [piece] = envelope.opened("x.txt", data, labels.known())
    assert isinstance(piece, Piece)
    [found] = letter.read(letter.decoded(piece.data, labels.known()), "x.txt", labels.known())
    assert isinstance(found, corrections.Correction)
    assert (found.old, found.new) == (fields["Old text"], fields["New text"])


def test_an_archive_that_is_damaged_is_named() -> None:
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", method) as archive:
            archive.writestr("a.po", catalog({"A": "B"}) * 9)
        data = bytearray(packed.getvalue())
        data[45:70] = bytes(each ^ 0x5A for each in data[45:70])
        [problem] = envelope.opened("a.zip", bytes(data), labels.known())
        assert problem == Problem(
            "a.zip", 1, "is a damaged archive; ask its sender to send it again"
        )


def test_a_mail_with_a_damaged_head_is_named() -> None:
    parts = (
        "--=\nContent-Type: text/plain\nContent-Disposition: attachment; filename*\n\nx\n--=--\n"
    )
    mail = f'From: a@b.example\nContent-Type: multipart/mixed; boundary="="\n\n{parts}'
    [problem] = envelope.opened("a.eml", mail.encode(), labels.known())
    assert isinstance(problem, Problem)
    assert problem.text.startswith("has a head that cannot be read; ")


def test_words_that_a_text_has_often_are_looked_for_in_bounded_time() -> None:
    passage = (
        "They meet on the first Monday of the month and speak of what is to be done, in turn, "
    )
    passage += "without haste and without votes, until nobody has a reason left against it; "
    with within(20):  # it took minutes
        new = passage.replace("first Monday", "second Tuesday")
        assert exchange.exchanged(passage * 18, passage, new) is None


@rows("quote", ["", "> "])
@rows(
    ("lines", "told"),
    [
        (
            'Page: gettext\nLanguage: fr\nOld text: msgid "Hello"\nNew text: msgid "Hallo"',
            'msgid "Hello"',
        ),
        (
            'Page: gettext\nLanguage: fr\nOld text:\nmsgid "A"\nmsgstr "B"\nNew text: msgid "C"',
            'msgid "A" msgstr "B"',
        ),
        (
            'Page: gettext\nLanguage: fr\nOld text:\nmsgid "A"\nmsgstr "B"\nNew text:\n'
            'msgid "A"\nmsgstr "C"\n\nRegards',
            None,  # the lines of the new text might be joined wrongly, so a person is asked
        ),
    ],
)
def test_a_correction_may_be_of_entries(quote: str, lines: str, told: str | None) -> None:
    data = "".join(f"{quote}{line}\n" for line in lines.split("\n")).encode()
    mail = b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n\n" + data
    for sent in (data, mail):
        [piece] = envelope.opened("x.eml", sent, labels.known())
        assert isinstance(piece, Piece)
        [found] = letter.read(letter.decoded(piece.data, labels.known()), "x.eml", labels.known())
        assert (found.old if isinstance(found, corrections.Correction) else None) == told


@rows(
    "below",
    [
        'New text: b\n\nmsgid "A"\nmsgstr "B"\n',
        'Old text: a\nNew text:\nmsgid "A"\nmsgstr "B"\n',
        '# Old text:\nmsgid "A"\nmsgstr "B"\n# New text: c\n',
    ],
)
def test_entries_in_a_letter_are_a_catalog_elsewhere(below: str) -> None:
    data = f"Page: gettext\nLanguage: fr\n{below}".encode()
    assert letter.decoded(data, labels.known()) == ""


@rows(
    "comment",
    ["誤：b\n# 正：a", "reads: b\n# should read: a", "Page: a.md\n# Language: Japanese\n# 現在：b"],
)
def test_a_catalog_is_no_letter_whatever_its_comments_say(comment: str) -> None:
    data = f"# {comment}\n{catalog({'A': 'B'})}".encode()
    assert letter.decoded(data, labels.known()) == ""
    assert not letter.lacks_texts(data, labels.known())
    assert letter.unread(data + b"\xff", labels.known()) == 0


@rows(
    ("language", "text", "is_taken"),
    [
        ("ja", "これには GitHub Actions を使う。", True),
        ("ja", "Esto se hace con GitHub Actions.", False),
        ("es", "これには道具を使う。", False),
        ("ru", "Это GitHub Actions и Docker Compose", True),
        ("ru", "これには GitHub Actions を使う。", False),
    ],
)
def test_names_in_latin_letters_tell_no_language(
    tmp_path: Path, language: str, text: str, is_taken: bool
) -> None:
    book = made(tmp_path, '"en", "es", "ja", "ru"', "# Use this tool\n")
    read = po.parse(catalog({"Use this tool": text}, language))
    assert isinstance(placing.place_of(book, read, "index.po"), Problem) is not is_taken


@rows(
    ("sent", "text"),
    [
        ('msgstr "すべての\n人を"', "すべての人を"),
        ('msgstr "all\nof us"', "all of us"),
    ],
)
@rows("before", ["", "A letter.\n\n"])
def test_a_divided_line_is_joined_as_its_language_is_written(
    before: str, sent: str, text: str
) -> None:
    data = f'{before}{HEAD}\nmsgid "A"\n{sent}\n'.encode()
    [piece] = envelope.opened("x.po", data, labels.known())
    assert isinstance(piece, Piece)
    assert po.parse(piece.data.decode()).units[0].translation == text


@rows(
    ("sent", "text"),
    [
        ('"msgstr """"",,\n"uno, dos, ",,\n"tres, cuatro,",,\n', "uno, dos, tres, cuatro,"),
        ('"msgstr """"",,\nuno\\n,,\n#dos\\n,,\n', "uno\n#dos\n"),
        ('"msgstr """"",,\nuno ,,\nmsgid dos,,\n', "uno msgid dos"),
        ('"msgstr ""uno""",,\n"#~ msgid ""x""",,\n"#~ msgstr ""y""",,\n', "uno"),
        ('"msgstr ""uno""",,\n# dos,,\n"msgid ""B""",,\n"msgstr ""b""",,\n', "uno"),
    ],
)
def test_a_table_keeps_the_whole_of_a_text(sent: str, text: str) -> None:
    [piece] = envelope.opened("x.csv", f'"msgid ""A""",,\n{sent}'.encode(), labels.known())
    assert isinstance(piece, Piece)
    assert po.parse(piece.data.decode()).units[0].translation == text


@rows(
    ("raw", "old", "new", "text"),
    [
        ("It’s a word: no.", "word: no", "word: 'yes'", "It’s a word: 'yes'."),
        ("It’s so.", "It's so", "It's Ann's", "It’s Ann’s."),
        ("The groups’ task.", "groups' task", "groups' work", "The groups’ work."),
        ("A “Door” is so.", "is so", 'is 5" wide and 6" high', 'A “Door” is 5" wide and 6" high.'),
        ("A “Door”.", 'A "Door"', 'A "Gate" 5" wide', 'A “Gate” 5" wide.'),
        ("A “Door”.", "A “Door”", 'A "Door"', 'A "Door".'),
        ("Say “so”.", 'Say "so"', "Say “so”", "Say “so”."),
        ("C’est l’eau", "l'eau", "l’eau", "C’est l’eau"),
        ("Why *so* ?", "Why so ?", "Why so\u00a0?", None),
        ("So. Why\n*so*\u00a0?", "Why so ?", "Why so\u00a0?", "So. Why\n*so*\u00a0?"),
    ],
)
def test_marks_of_a_keyboard_are_exchanged_where_they_were(
    raw: str, old: str, new: str, text: str | None
) -> None:
    assert exchange.exchanged(raw, old, new) == text


@rows(("count", "taken"), [(1, 1), (2, 2), (3, 0)])
def test_one_long_name_may_be_its_own_translation(tmp_path: Path, count: int, taken: int) -> None:
    names = [f"Creative Commons Attribution License {n}" for n in range(count)]
    book = made(tmp_path, '"en", "es"', "\n\n".join(names) + "\n")
    piece = Piece("index.po", catalog({each: each for each in names}, "es").encode())
    base = Version("1f2e3d4", "2026-01-01", catalog(dict.fromkeys(names, ""), "es").encode())
    [found] = receive.receive(book, piece, lambda path: [base])
    assert isinstance(found, receive.Received)
    assert len(found.taken) == taken
    assert all("write it into the catalog by hand" in line.outcome for line in found.left)
