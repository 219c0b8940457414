"""Make catalogs with the programs of translators, as test data: `python tests/clients.py`.

Each program that is installed opens `tests/toolkit/clients/base.po`, does what an action is called,
and saves; what it wrote is kept beside it, or in the folder that is named. Those that show windows
run on a screen of their own (xvfb, xdotool). What is not installed is named and left as it was.
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
from pathlib import Path

CLIENTS = Path(__file__).parent / "toolkit/clients"
BASE = CLIENTS / "base.po"
Make = Callable[[Path], None]

_LOKALIZE = """\
[Identity]
authorEmail=somebody@example.org
authorName=Somebody Invented
authorLocalizedName=Somebody Invented
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
    if unit.isfuzzy() and action == "forget":
        unit.prev_source = ""
store.savefile(file)
"""


def run(*words: str | Path, **more: str) -> None:
    environment = {**os.environ, **more}
    subprocess.run([str(each) for each in words], check=True, capture_output=True, env=environment)


def on_screen(*words: str, title: str, wait: float, keys: Sequence[str]) -> Make:
    """A program that shows a window: it is started, keys are pressed, and it is ended."""

    def make(file: Path) -> None:
        with tempfile.TemporaryDirectory() as home:
            (Path(home) / ".config").mkdir()
            (Path(home) / ".config/lokalizerc").write_text(_LOKALIZE)
            script = [f'{" ".join(words)} "{file}" >/dev/null 2>&1 & P=$!; sleep {wait}']
            script.append(f"W=$(xdotool search --name '{title}' | tail -1); xdotool windowfocus $W")
            script += [f"sleep 1; xdotool {key}" for key in keys]
            script.append("sleep 3; kill -9 $P")
            environment = {"HOME": home, "XDG_RUNTIME_DIR": home, "LC_ALL": "C.UTF-8"}
            command = ("dbus-run-session", "--", "xvfb-run", "-a", "sh", "-c", "; ".join(script))
            run(*command, QT_QPA_PLATFORM="xcb", **environment)

    return make


def poedit(*keys: str) -> Make:
    return on_screen("poedit", title="Poedit", wait=6, keys=(*keys, "key ctrl+s"))


def lokalize(*keys: str) -> Make:
    return on_screen("lokalize", title="Lokalize", wait=20, keys=(*keys, "key ctrl+s"))


def omegat(file: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        project = Path(name)
        for folder in ("source", "target", "omegat", "tm", "glossary", "dictionary"):
            (project / folder).mkdir()
        (project / "omegat.project").write_text(_OMEGAT)
        shutil.copy(file, project / "source/base.po")
        run("omegat", "--mode=console-translate", f"--config-dir={project}/config", project)
        shutil.copy(project / "target/base.po", file)


def toolkit(action: str) -> Make:
    """The library that Weblate writes catalogs with."""
    return lambda file: run(sys.executable, "-c", _TOOLKIT, file, action)


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


MATRIX: dict[str, tuple[str, dict[str, Make]]] = {
    "poedit": (
        "poedit",
        {
            "mark": poedit("key ctrl+u"),
            "finish": poedit("key ctrl+Down", "key ctrl+u"),
            "wrap-and-mark": wrapped(poedit("key ctrl+u")),
        },
    ),
    "lokalize": (
        "lokalize",
        {
            "edit": lokalize("type 'Otro. '"),
            "mark": lokalize("key ctrl+u"),
            "wrap-and-edit": wrapped(lokalize("type 'Otro. '")),
        },
    ),
    "omegat": ("omegat", {"save": omegat}),
    "weblate": (
        "translate",
        {name: toolkit(name) for name in ("save", "edit", "mark", "wrap", "forget")},
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
"""By the folder of each program: what has to be there, and what it does for each action."""


def is_there(what: str) -> bool:
    if what == "translate":
        words = [sys.executable, "-c", "import translate"]
        return subprocess.run(words, capture_output=True, check=False).returncode == 0
    return shutil.which(what) is not None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=CLIENTS, help="folder to write to")
    folder = parser.parse_args().to
    for client, (what, actions) in MATRIX.items():
        if not is_there(what):
            print(f"{client}: not run, for {what} is not installed")
            continue
        for action, make in actions.items():
            file = folder / client / f"{action}.po"
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(BASE, file)
            start = time.monotonic()
            make(file)
            print(f"{client}: {action}, {time.monotonic() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
