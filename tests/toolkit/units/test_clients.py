"""What translators' programs write is accepted by check, and an update leaves what they meant.

`clients/base.po` was opened by each program; `clients/<program>/<action>.po` is what it wrote, and
`clients/right/<action>.po` what an update has to make of that: the same for every program, and no
line of any is foreign. `tests/clients.py` makes them anew, and says what the actions are.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from folders import ROOT, TOOLKIT
from handbook.bitext.catalog import canonical, po, tidy
from handbook.bitext.files import write
from handbook.command import main
from handbooks import link
from programs import commit_all, git
from rows import rows

CLIENTS = Path(os.environ.get("HANDBOOK_CLIENTS", TOOLKIT / "clients"))
RIGHT = TOOLKIT / "clients/right"
WRITTEN = sorted(file for file in CLIENTS.glob("*/*.po") if file.parent.name != "right")
NAME = "translations/es/roles.po"


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handbook in git whose one catalog is the one that the programs were given."""
    root = tmp_path_factory.mktemp("clients")
    link(root)
    text = f"INHERIT: {ROOT / 'mkdocs.yml'}\nplugins: {{bitext: {{books: false}}}}\nnav:\n"
    write(root / "mkdocs.yml", text)
    write(root / "pyproject.toml", '[tool.handbook]\nlanguages = ["en", "es"]\n')
    write(root / "docs/en/index.md", "# Home\n")
    (root / NAME).parent.mkdir(parents=True)
    shutil.copy(TOOLKIT / "clients/roles.md", root / "docs/en/roles.md")
    shutil.copy(TOOLKIT / "clients/base.po", root / NAME)
    commit_all(at=root)
    return root


PROGRAMS = ("emacs", "github", "gtranslator", "lokalize", "omegat", "poedit", "weblate")
ACTIONS = ("edit", "finish", "mark", "wrap", "add", "name")
NOT_IN_IT = {("omegat", "mark"), ("omegat", "name")}
"""OmegaT has no mark for what is unsure, and writes nobody's name into a catalog."""


def test_there_is_a_file_of_every_program_and_action() -> None:
    kept = {
        (file.parent.name, action)
        for file in (TOOLKIT / "clients").glob("*/*.po")
        for action in file.stem.split("-and-")
    }
    wanted = {(program, action) for program in PROGRAMS for action in ACTIONS}
    assert wanted - kept == NOT_IN_IT


@pytest.mark.long
@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_what_a_program_writes_is_right_after_an_update(
    handbook: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    monkeypatch.chdir(handbook)
    shutil.copy(file, handbook / NAME)
    assert main.main(["check"]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert all(": notice: " in line for line in lines)
    assert len(lines) <= 1
    assert main.main(["update", "es"]) == 0
    capsys.readouterr()
    assert (handbook / NAME).read_text("utf-8") == right(file).read_text("utf-8")


def right(file: Path) -> Path:
    """The document that a file has to become, by the last of its actions."""
    action = file.stem.rpartition("-")[2]
    only_form = action in ("wrap", "name", "sort", "forget")
    return RIGHT / f"{'save' if only_form else action}.po"


DAMAGED = [
    ('msgid "Roles"', 'msgid "Rolls"'),
    ("longer than a year.", "longer than a year!"),
]


@pytest.mark.parametrize(("old", "new"), DAMAGED)
def test_a_damaged_message_is_named_and_put_back(
    handbook: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    old: str,
    new: str,
) -> None:
    monkeypatch.chdir(handbook)
    text = (TOOLKIT / "clients/base.po").read_text("utf-8")
    (handbook / NAME).write_text(text.replace(old, new), "utf-8")
    assert main.main(["check", "es"]) == 1
    found = capsys.readouterr().err.splitlines()
    assert len(found) == 1
    assert ": this is not the message of the page any more" in found[0]
    assert main.main(["update", "es"]) == 0
    assert (handbook / NAME).read_text("utf-8") == text


BASE = (TOOLKIT / "clients/base.po").read_text("utf-8")
HOTEL = '#. paragraph\n#: roles.md\nmsgid "Hotel"\nmsgstr "Hotel"\n\n'
NOTES = 'msgid "Whoever takes notes does not chair."\nmsgstr ""'
OVER = 'msgid "Quien toma notas no modera."\nmsgstr ""'
NOTES_TAKEN = NOTES.replace('""', '"Quien toma notas no modera."')
ROLE = '#. paragraph\n#: roles.md\nmsgid "A role is'
SENT_IN_PART = [
    (BASE.partition(HOTEL)[0], BASE),
    (BASE.partition("#. heading")[0] + ROLE + BASE.partition(ROLE)[2], BASE),
    ("#, fuzzy\n" + BASE.partition("#, fuzzy\n")[2].partition("#. paragraph")[0], BASE),
    (BASE.replace(NOTES, OVER), BASE.replace(NOTES, f"#, fuzzy\n{NOTES_TAKEN}")),
]


@rows(("part", "right"), SENT_IN_PART)
def test_units_that_a_file_lacks_come_back_with_the_next_update(
    handbook: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    part: str,
    right: str,
) -> None:
    monkeypatch.chdir(handbook)
    (handbook / NAME).write_text(part, "utf-8")
    main.main(["check", "es"])
    found = capsys.readouterr().err.splitlines()
    assert ": notice: lacks " in found[0] or ": this is not the message" in found[0]
    assert main.main(["update", "es"]) == 0
    assert (handbook / NAME).read_text("utf-8") == right


A_YEAR = "#, fuzzy" + BASE.partition("#, fuzzy")[2].partition("\n\n")[0]
RENAMED = A_YEAR.replace("Nobody leads for longer than a year.", "Un año, y ni un día más.")
SORTED = [  # words stand over a message, and a program has sorted the units
    (OVER, f"#, fuzzy\n{NOTES_TAKEN}", ""),
    (OVER, f"#, fuzzy\n{NOTES_TAKEN}", "#"),  # and has dropped notes and places
    (NOTES, NOTES, RENAMED),
    (OVER, f"#, fuzzy\n{NOTES_TAKEN}", RENAMED),
]


@pytest.mark.parametrize("is_committed", [False, True])
@rows(("over", "right", "renamed"), SORTED)
def test_words_over_a_message_are_kept_where_units_are_in_another_order(
    handbook: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    over: str,
    right: str,
    renamed: str,
    is_committed: bool,
) -> None:
    monkeypatch.chdir(handbook)
    wanted = BASE.replace(NOTES, right)
    text = BASE.replace(NOTES, over)
    if renamed == "#":
        text = re.sub(r"#[.:].*\n(?!#~)", "", text)
    elif renamed:
        text = text.replace(A_YEAR, renamed)
        wanted = wanted.replace(
            "#. paragraph\n#: roles.md\n" + A_YEAR,
            "# Also translated: Un año, y ni un día más.\n#. paragraph\n#: roles.md\n" + A_YEAR,
        )
    head, *units = text.strip("\n").split("\n\n")
    (handbook / NAME).write_text("\n\n".join([head, *reversed(units)]) + "\n", "utf-8")
    if is_committed:  # and then the file was worked on
        git("commit", "-aqm", "over")
        file = handbook / NAME
        file.write_text(file.read_text("utf-8").replace('msgstr "Hotel"', 'msgstr "Posada"'))
        git("commit", "-aqm", "more")
        wanted = wanted.replace('msgstr "Hotel"', 'msgstr "Posada"')
    assert main.main(["check", "es"]) == 1
    assert ": this is not the message of the page" in capsys.readouterr().err
    assert main.main(["update", "es"]) == 0
    assert (handbook / NAME).read_text("utf-8") == wanted
    if is_committed:
        git("reset", "-q", "--hard", "HEAD^^")


def _twice(text: str) -> str:
    """Return a text with its last unit in use once more, translated by neither."""
    return text.replace(
        "\n#. paragraph\n#~", f"\n#. paragraph\n#: roles.md\n{NOTES}\n\n#. paragraph\n#~"
    )


TITLE = 'msgid "Roles"\nmsgstr "Funciones"'
ASK = BASE.replace(
    "#. paragraph\n#: roles.md\n" + NOTES, f"# Ask Ana.\n#. paragraph\n#: roles.md\n{NOTES}"
)
THANKS = BASE.replace('"X-Reviewed: \\n"', '"X-Reviewed: Ana Díaz\\n"\n"X-Credit: Luz Gil\\n"')
LINES = BASE.replace('"Funciones"', '"Las \\\\*funciones"')
LEFT = [  # a catalog, what programs and people leave of it, and what becomes of that
    # posegment takes out the texts of *changed* units, and of old ones
    (
        BASE,
        BASE.replace('"Nadie dirige por mucho tiempo."', '""').replace("#. paragraph\n#~", "#~"),
        BASE,
    ),
    (BASE, re.sub(r'^(#~ )?msgstr "[^"]+"$', r'\1msgstr ""', BASE, flags=re.M), BASE),  # a template
    (ASK, ASK.replace(f"# Ask Ana.\n#. paragraph\n#: roles.md\n{NOTES}\n\n", ""), ASK),  # msgunfmt
    (THANKS, re.sub(r'"X-.*\n', "", THANKS), THANKS),  # Babel
    (
        THANKS,
        THANKS.replace('"X-Credit: Luz Gil\\n"\n', ""),
        THANKS.replace('"X-Credit: Luz Gil\\n"\n', ""),
    ),
    (LINES, LINES.replace("\\\\", "\\\\\\\\"), LINES),  # csv2po
    (BASE, _twice(BASE), BASE),
    (BASE, BASE.replace("#, fuzzy", "#, Fuzzy"), BASE),
    (
        BASE,
        BASE.replace('msgid "Roles"', 'msgid\u3000"Roles"').replace('msgstr "F', 'msgstr\u00a0"F'),
        BASE,
    ),
]


@pytest.mark.parametrize("is_committed", [False, True])
@rows(("before", "left", "right"), LEFT)
def test_what_was_left_of_a_catalog_is_made_whole(
    handbook: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    before: str,
    left: str,
    right: str,
    is_committed: bool,
) -> None:
    monkeypatch.chdir(handbook)
    (handbook / NAME).write_text(before, "utf-8")
    git("commit", "--allow-empty", "-aqm", "before")
    (handbook / NAME).write_text(left, "utf-8")
    if is_committed:
        git("commit", "-aqm", "left")
    assert main.main(["check", "es", "--errors"]) == 0
    assert main.main(["update", "es"]) == 0
    assert (handbook / NAME).read_text("utf-8") == right
    capsys.readouterr()
    assert main.main(["update", "es"]) == 0
    assert capsys.readouterr().out == ""
    git("reset", "-q", "--hard", "HEAD^^" if is_committed else "HEAD^")


def test_two_texts_that_msgcat_has_put_together_are_to_be_chosen_from(
    handbook: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(handbook)
    both = """\
#, fuzzy
msgid "Roles"
msgstr ""
"#-#-#-#-#  roles.po (handbook)  #-#-#-#-#\\n"
"Funciones\\n"
"#-#-#-#-#  other.po (handbook)  #-#-#-#-#\\n"
"Papeles"
"""
    (handbook / NAME).write_text(BASE.replace(f"{TITLE}\n", both), "utf-8")
    assert main.main(["check", "es"]) == 1
    assert ": msgcat has put two translations together" in capsys.readouterr().err
    assert main.main(["update", "es"]) == 0
    unit = po.parse((handbook / NAME).read_text("utf-8")).unit("Roles")
    assert unit is not None
    assert (unit.translation, unit.comment) == ("Funciones", "Translated twice: Papeles")
    assert unit.is_twice
    git("checkout", "-q", ".")


def test_what_msgcat_has_put_together_around_the_texts_is_told_apart() -> None:
    sign = "#-#-#-#-#  {}.po (handbook)  #-#-#-#-#"
    head, _, rest = BASE.removeprefix('msgid ""\nmsgstr ""\n').partition("\n\n")
    blank, thanks = f"{head}\n", head.replace("X-Reviewed: ", "X-Reviewed: Ana Díaz") + "\n"
    first, second = (f'"{sign.format(name)}\\n"\n' for name in ("a", "b"))
    rest = rest.replace("#. heading", f"# {sign.format('a')}\n# Why?\n#. heading", 1)
    joined = f'#, fuzzy\nmsgid ""\nmsgstr ""\n{first}{blank}{second}{thanks}\n{rest}'
    made = po.parse(joined)
    assert made.header == po.parse(BASE).header | {"X-Reviewed": "Ana Díaz"}
    assert joined.split("\n")[made.units[0].line - 1] == f"# {sign.format('a')}"
    assert tidy.tidy(made, made).units[0].comment == "Why?"
    assert not canonical.is_tidy(joined, made.header)


@pytest.mark.parametrize(
    "form",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("=UTF-8", "=ISO-8859-1").encode("latin-1"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("charset=UTF-8", "charset=").encode(),  # as Gtranslator may
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace('"Funciones"', '"Funciones\\n"').encode(),
        lambda text: text.replace("#. heading", "#. heading\n#, python-format", 1).encode(),
    ],
)
def test_a_form_is_one_notice_and_restored(
    handbook: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    form: Callable[[str], bytes],
) -> None:
    monkeypatch.chdir(handbook)
    text = (TOOLKIT / "clients/base.po").read_text("utf-8")
    (handbook / NAME).write_bytes(form(text))
    assert main.main(["check", "es"]) == 0
    assert all(": notice: " in line for line in capsys.readouterr().err.splitlines())
    assert main.main(["update", "es"]) == 0
    assert (handbook / NAME).read_text("utf-8") == text


@pytest.mark.parametrize("name", ["omegat/save.po", "weblate/forget.po", "gettext/forget.po"])
def test_what_was_dropped_comes_back_after_it_was_merged_too(
    handbook: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.chdir(handbook)
    base = (TOOLKIT / "clients/base.po").read_text("utf-8")
    shutil.copy(TOOLKIT / "clients" / name, handbook / NAME)
    git("commit", "-aqm", name)
    assert main.main(["update", "es"]) == 0
    capsys.readouterr()
    assert (handbook / NAME).read_text("utf-8") == base
    git("reset", "-q", "--hard", "HEAD^")


def test_the_messages_of_an_old_file_are_no_translations(
    handbook: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody has sent, and sorted, a file from before more edits than are looked through."""
    monkeypatch.chdir(handbook)
    (handbook / NAME).write_text(BASE, "utf-8")
    page = handbook / "docs/en/roles.md"
    text = page.read_text("utf-8")
    later = text.replace("Whoever takes notes does not chair.", "Two people write, and one leads.")
    for number in range(21):
        write(page, f"{later}\n{number}\n")
        git("commit", "-aqm", str(number))
    write(page, later)
    main.main(["update", "es"])
    right = (handbook / NAME).read_text("utf-8")
    git("commit", "-aqm", "later")
    head, *units = BASE.strip("\n").split("\n\n")
    (handbook / NAME).write_text("\n\n".join([head, *reversed(units)]) + "\n", "utf-8")
    capsys.readouterr()
    assert main.main(["check", "es", "--errors"]) == 0
    assert main.main(["update", "es"]) == 0
    assert (handbook / NAME).read_text("utf-8") == right
    git("reset", "-q", "--hard", "HEAD~22")


def test_an_edit_that_was_undone_is_no_damage(
    handbook: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A translation of the text in between is no translation of the text that is back."""
    monkeypatch.chdir(handbook)
    page = handbook / "docs/en/roles.md"
    text = page.read_text("utf-8")
    between = text.replace("takes notes does not", "takes notes always does")
    write(page, between)
    main.main(["update", "es"])
    catalog = (handbook / NAME).read_text("utf-8")
    done = 'always does chair."\nmsgstr "'
    assert done in catalog
    write(handbook / NAME, catalog.replace(done, f"{done}Quien toma notas siempre modera."))
    git("commit", "-aqm", "between")
    write(page, text)
    capsys.readouterr()
    assert main.main(["check", "es", "--errors"]) == 0
    assert main.main(["update", "es"]) == 0
    unit = po.parse((handbook / NAME).read_text("utf-8")).unit(
        "Whoever takes notes does not chair."
    )
    assert unit is not None
    assert (unit.state, unit.previous) == ("changed", "Whoever takes notes always does chair.")
    git("reset", "-q", "--hard", "HEAD^")
