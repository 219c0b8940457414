"""Make catalogs with the programs of translators, as test data: `python tests/clients.py`.

Each program that is installed opens `tests/toolkit/clients/base.po`, does what an action is called,
and saves; what it wrote is kept beside it, or in the folder that is named. Those that show windows
run on a screen of their own (xvfb, xdotool). What is not installed is named and left as it was.

Six actions make the matrix: edit, finish (a changed unit), mark (as unsure), wrap (a file whose
lines are wrapped), add (a translation) and name (save with the translator's name set). A program
that saves only what was changed does a second action too: `wrap-and-edit`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

CLIENTS = Path(__file__).parent / "toolkit/clients"
BASE = CLIENTS / "base.po"
Make = Callable[[Path], None]

SCREEN = "-screen 0 1280x1024x24"
NAME, ADDRESS = "Somebody Invented", "somebody@example.org"
FINISHED = "Nadie dirige por mucho tiempo."
ADDED = "Quien toma notas no modera."

_LOKALIZE = """\
[Identity]
authorEmail=somebody@example.org
authorName=Somebody Invented
authorLocalizedName=Somebody Invented
"""
_POEDIT = """\
translator_name=Somebody Invented
translator_email=somebody@example.org
"""
_GTRANSLATOR = """\
<?xml version="1.0"?>
<profiles><profile name="Spanish" active="TRUE">
<author_name>Somebody Invented</author_name><author_email>somebody@example.org</author_email>
<language_name>Spanish</language_name><language_code>es</language_code>
<charset>UTF-8</charset><encoding>8bit</encoding><group_email>group@example.org</group_email>
<auth_token>x</auth_token><plural_forms>nplurals=2; plural=(n != 1);</plural_forms>
</profile></profiles>
"""
_EMACS = """\
(require 'po-mode)
(setq user-full-name "Somebody Invented" user-mail-address "somebody@example.org")
(setq make-backup-files nil)
(po-mode)
(defun go-to (words)
  (goto-char (point-min))
  (re-search-forward (concat "^msgid ." (regexp-quote words)))
  (po-current-entry))
(defun put-in (words) (po-edit-msgstr) (insert words) (po-subedit-exit))
(pcase (getenv "ACTION")
  ("edit" (go-to "Roles") (put-in "Otro. "))
  ("finish" (go-to "Nobody") (po-unfuzzy))
  ("mark" (go-to "Roles") (po-fade-out-entry))
  ("add" (go-to "Whoever") (put-in "Quien toma notas no modera."))
  ("name" (set-buffer-modified-p t)))
(save-buffer)
"""
_OMEGAT = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir>
<target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>EN-GB</source_lang>
<target_lang>ES</target_lang><sentence_seg>false</sentence_seg>
<support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags></project></omegat>
"""
_MEMORY = """\
<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.1"><header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US"
datatype="plaintext" creationtoolversion="3.6" segtype="paragraph" srclang="EN-GB"/><body><tu>
<tuv lang="EN-GB"><seg>{}</seg></tuv><tuv lang="ES" changeid="Somebody Invented"><seg>{}</seg></tuv>
</tu></body></tmx>
"""
_TOOLKIT = """\
import sys
from translate.storage import pypo
file, action = sys.argv[1:]
with open(file, "rb") as stream:
    store = pypo.pofile(stream)
if action == "wrap":
    store.wrapper.width = 77
for unit in store.units[1:]:
    if action == "wrap":
        unit.target = unit.target
    if unit.source == "Roles" and action in ("edit", "mark"):
        unit.target = "Otro. Funciones" if action == "edit" else unit.target
        unit.markfuzzy(action == "mark")
    if unit.isfuzzy() and action in ("forget", "finish"):
        unit.prev_source = ""
        unit.markfuzzy(action == "forget")
    if unit.source.startswith("Whoever") and action == "add":
        unit.target = "Quien toma notas no modera."
if action == "name":
    name, address = "Somebody Invented", "somebody@example.org"
    store.updatecontributor(name, address)
    store.updateheader(add=True, Last_Translator=f"{name} <{address}>", X_Generator="Weblate 5.14")
store.savefile(file)
"""


def run(*words: str | Path, **more: str) -> None:
    """Run a program. Raises CalledProcessError, also if it is not there."""
    environment, command = {**os.environ, **more}, [str(each) for each in words]
    try:
        subprocess.run(command, check=True, capture_output=True, env=environment)
    except FileNotFoundError as error:
        raise subprocess.CalledProcessError(127, command, stderr=str(error).encode()) from None


def on_screen(
    *words: str,
    title: str,
    wait: float,
    keys: Sequence[str],
    settings: tuple[str, str],
    before: Sequence[str] = (),
) -> Make:
    """A program that shows a window: it is started, keys are pressed, and it is ended.

    `settings` is a file of its own below `~/.config`; `before` is what closes its first dialogs.
    """

    def once(file: Path, patience: int) -> None:
        with tempfile.TemporaryDirectory() as home:
            own = Path(home) / ".config" / settings[0]
            own.parent.mkdir(parents=True)
            own.write_text(settings[1])
            script = [f'{" ".join(words)} "{file}" >/dev/null 2>&1 & P=$!; sleep {wait * patience}']
            script += [f"sleep 0.5; xdotool {key}" for key in before]
            script.append(f"W=$(xdotool search --name '{title}' | tail -1); xdotool windowfocus $W")
            script += [f"sleep 1; xdotool {key}" for key in keys]
            script.append("sleep 3; kill -9 $P")
            environment = {"HOME": home, "XDG_RUNTIME_DIR": home, "LC_ALL": "C.UTF-8"}
            more = {"QT_QPA_PLATFORM": "xcb", "GSETTINGS_BACKEND": "memory", "NO_AT_BRIDGE": "1"}
            screen = ("xvfb-run", "-a", "-s", SCREEN, "sh", "-c", "; ".join(script))
            more["XDG_CONFIG_HOME"] = f"{home}/.config"
            run("dbus-run-session", "--", *screen, **more, **environment)

    def make(file: Path) -> None:
        given = file.read_bytes()
        for patience in (1, 2, 3):  # on a busy machine a window may come late
            once(file, patience)
            if file.read_bytes() != given:
                return
        raise subprocess.CalledProcessError(1, words[0], stderr=b"it saved nothing")

    return make


def poedit(*keys: str) -> Make:
    return on_screen(
        "poedit",
        title="Poedit",
        wait=6,
        keys=(*keys, "key ctrl+s"),
        settings=("poedit/config", _POEDIT),
    )


def lokalize(*keys: str) -> Make:
    return on_screen(
        "lokalize",
        title="Lokalize",
        wait=20,
        keys=(*keys, "key ctrl+s"),
        settings=("lokalizerc", _LOKALIZE),
    )


def gtranslator(*keys: str, profile: str = _GTRANSLATOR) -> Make:
    """Without network it begins with two errors, which are closed; the first part of a title."""
    close = ("mousemove 400 30", "mousemove 400 355", "click 1")
    return on_screen(
        "gtranslator",
        title="po — Translation Editor",
        wait=6,
        keys=(*keys, "key ctrl+s"),
        settings=("gtranslator/profiles.xml", profile),
        before=(*close, "sleep 1", *close, "sleep 1"),
    )


def emacs(action: str) -> Make:
    """Emacs with the PO mode of gettext."""

    def make(file: Path) -> None:
        with tempfile.TemporaryDirectory() as home:
            script = Path(home) / "action.el"
            script.write_text(_EMACS)
            run("emacs", "--batch", file, "-l", script, HOME=home, ACTION=action)

    return make


def omegat(source: str = "", target: str = "") -> Make:
    """OmegaT, in whose project one text was translated, or none."""

    def make(file: Path) -> None:
        with tempfile.TemporaryDirectory() as name:
            project = Path(name)
            for folder in ("source", "target", "omegat", "tm", "glossary", "dictionary"):
                (project / folder).mkdir()
            (project / "omegat.project").write_text(_OMEGAT)
            if source:
                (project / "omegat/project_save.tmx").write_text(_MEMORY.format(source, target))
            shutil.copy(file, project / "source/base.po")
            run("omegat", "--mode=console-translate", f"--config-dir={project}/config", project)
            shutil.copy(project / "target/base.po", file)

    return make


def by_hand(*changes: tuple[str, str], end: str = "\n", line_end: str = "\n") -> Make:
    """A text field such as GitHub's: texts are replaced, and the file ends as somebody left it."""

    def make(file: Path) -> None:
        text = file.read_text("utf-8")
        for old, new in changes:
            assert text.count(old) == 1
            text = text.replace(old, new)
        text = text.rstrip("\n") + end
        file.write_bytes(text.replace("\n", line_end).encode())

    return make


def toolkit(action: str) -> Make:
    """The library that Weblate writes catalogs with."""
    return lambda file: run(toolkit_python(), "-c", _TOOLKIT, file, action)


@cache
def toolkit_python() -> str:
    """Return a Python that has the library: this one or the system's; nothing if none has it."""
    for python in (sys.executable, "/usr/bin/python3"):
        if Path(python).is_file():
            words = [python, "-c", "import translate"]
            if subprocess.run(words, capture_output=True, check=False).returncode == 0:
                return python
    return ""


def table(old: str = "", new: str = "") -> Make:
    """A spreadsheet, by way of the Translate Toolkit's tables: one text is replaced, or none."""

    def make(file: Path) -> None:
        with tempfile.TemporaryDirectory() as name:
            saved = Path(name) / "base.csv"
            run("po2csv", file, saved)
            saved.write_text(saved.read_text("utf-8").replace(f'"{old}"', f'"{new}"'), "utf-8")
            run("csv2po", saved, file)

    return make


def msgcat(*options: str) -> Make:
    return lambda file: run("msgcat", *options, "-o", file, file)


def msgmerge(file: Path) -> None:
    template = file.with_suffix(".pot")
    run("msgattrib", "--clear-fuzzy", "--empty", "-o", template, file)
    run("msgmerge", "--quiet", "--update", "--backup=none", file, template)
    template.unlink()


def wrapped(make: Make) -> Make:
    """The same with a file whose lines somebody has wrapped."""

    def made(file: Path) -> None:
        msgcat("--width=50")(file)
        make(file)

    return made


IN_LOKALIZE = ("mousemove 42 234", "click 1", "mousemove 600 345", "click 1")
IN_POEDIT = ("mousemove 300 700", "click 1")
CHAIR = 'msgid "Whoever takes notes does not chair."\nmsgstr ""'
WINDOWS = "xvfb-run xdotool dbus-run-session"
WEBLATE = ("edit", "finish", "mark", "wrap", "add", "name", "save", "forget")

MATRIX: dict[str, tuple[str, dict[str, Make]]] = {
    "poedit": (
        f"poedit {WINDOWS}",
        {
            "edit": poedit(*IN_POEDIT, "key ctrl+Home", "type 'Otro. '"),
            "finish": poedit("key ctrl+Down", "key ctrl+u"),
            "mark": poedit("key ctrl+u"),
            "wrap-and-mark": wrapped(poedit("key ctrl+u")),
            "add": poedit("mousemove 150 237", "click 1", *IN_POEDIT, f"type '{ADDED}'"),
            "name-and-mark": poedit("key ctrl+u"),
        },
    ),
    "lokalize": (
        f"lokalize {WINDOWS}",
        {
            "edit": lokalize("type 'Otro. '"),
            "finish": lokalize("key ctrl+Next", "key Escape", *IN_LOKALIZE[2:], "key ctrl+u"),
            "mark": lokalize("key ctrl+u"),
            "wrap-and-edit": wrapped(lokalize("type 'Otro. '")),
            "add": lokalize(*IN_LOKALIZE, f"type '{ADDED}'"),
            "name-and-mark": lokalize("key ctrl+u"),
        },
    ),
    "gtranslator": (
        f"gtranslator {WINDOWS}",
        {
            "edit": gtranslator("key ctrl+Home", "type 'Otro. '"),
            "finish": gtranslator("key alt+Right", "key ctrl+u"),
            "mark": gtranslator("key ctrl+u"),
            "wrap-and-mark": wrapped(gtranslator("key ctrl+u")),
            "add": gtranslator(*["key alt+Right"] * 4, f"type '{ADDED}'"),
            "name-and-mark": gtranslator("key ctrl+u"),
            "nameless-and-mark": gtranslator("key ctrl+u", profile="<profiles/>"),
        },
    ),
    "omegat": (
        "omegat",
        {
            "edit": omegat("Roles", "Otro. Funciones"),
            "finish": omegat("Nobody leads for longer than a year.", FINISHED),
            "wrap": wrapped(omegat()),
            "add": omegat("Whoever takes notes does not chair.", ADDED),
            "save": omegat(),
        },
    ),
    "emacs": (
        "emacs",
        {
            "edit": emacs("edit"),
            "finish": emacs("finish"),
            "mark": emacs("mark"),
            "wrap-and-edit": wrapped(emacs("edit")),
            "add": emacs("add"),
            "name": emacs("name"),
        },
    ),
    "github": (
        "",
        {
            "edit": by_hand(('"Funciones"', '"Otro. Funciones"'), end=""),
            "finish": by_hand(("#, fuzzy\n", "")),
            "mark": by_hand(('msgid "Roles"', '#, fuzzy\nmsgid "Roles"'), line_end="\r\n"),
            "wrap": by_hand((" until when, everybody", ' "\n"until when, everybody')),
            "add": by_hand((CHAIR, CHAIR[:-1] + ADDED + '"  '), end="\n\n\n"),
            "name": by_hand(
                ("Last-Translator: ", f"Last-Translator: {NAME} <{ADDRESS}>"),
                ('msgid ""\nmsgstr ""', f'# {NAME} <{ADDRESS}>, 2026.\nmsgid ""\nmsgstr ""'),
            ),
        },
    ),
    "weblate": (
        "translate",
        {name: toolkit(name) for name in WEBLATE},
    ),
    "table": (
        "po2csv csv2po",
        {"save": table(), "edit": table("Funciones", "Otro. Funciones")},
    ),
    "gettext": (
        "msgcat",
        {
            "wrap": msgcat("--width=60"),
            "sort": msgcat("--sort-output"),
            "forget": msgmerge,
            "save": msgcat("--no-wrap"),
        },
    ),
}
"""By the folder of each program: the programs it takes, and what it does for each action.

OmegaT has no mark, and writes no name into a catalog.
"""


def is_there(what: str) -> bool:
    return bool(toolkit_python() if what == "translate" else shutil.which(what))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=CLIENTS, help="folder to write to")
    parser.add_argument("clients", nargs="*", metavar="CLIENT", help="only these; all if none")
    arguments = parser.parse_args()
    folder, chosen = arguments.to, arguments.clients or MATRIX
    failed = False
    for client, (what, actions) in MATRIX.items():
        if client not in chosen:
            continue
        if missing := [each for each in what.split() if not is_there(each)]:
            print(f"{client}: not run, for what is not installed: {', '.join(missing)}")
            continue
        for action, make in actions.items():
            file = folder / client / f"{action}.po"
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(BASE, file)
            start = time.monotonic()
            try:
                make(file)
            except subprocess.CalledProcessError as error:
                failed = True
                file.unlink()
                print(f"{client}: {action} failed: {error.stderr.decode()[-500:].strip()}")
            else:
                print(f"{client}: {action}, {time.monotonic() - start:.0f} s", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
