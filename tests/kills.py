"""Kill the command at random moments, as long as one likes: `make kills`.

Each time what is on the disk has to be the old or the new state as a whole, nothing may go on
running, and the next run has to make the new state. Half of the kills are aimed at the moments in
which files are exchanged. It prints the seed and what it finds.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import handbooks

PATIENCE = 30.0
"""Seconds in which what the command has started must have ended."""
Files = dict[str, bytes]
"""What is in a folder, by path."""


@dataclass(frozen=True)
class Trial:
    """A call of the command, and what it writes."""

    arguments: tuple[str, ...]
    made: str
    """The folder that it writes."""
    is_swapped: bool
    """Whether the folder has to be old or new as a whole, and not just each of its files."""
    is_begun: Callable[[Path, float], bool]
    """Whether files are being exchanged, in a handbook in which it was started at a time."""


def _is_merged(root: Path, start: float) -> bool:
    """Tell whether all languages of a site are built, and are put together or exchanged."""
    return (root / ".site.new" / "sitemap.xml").exists()


def _is_written(folder: str) -> Callable[[Path, float], bool]:
    def is_written(root: Path, start: float) -> bool:
        files = [each for each in (root / folder).rglob("*") if each.is_file()]
        return any(each.stat().st_mtime > start for each in files if each.exists())

    return is_written


TRIALS = {
    "site": Trial(("site",), "site", True, _is_merged),
    "update": Trial(("update",), "translations", False, _is_written("translations")),
    "pdf": Trial(("pdf", "en"), "build/pdf", False, _is_written("build/pdf")),
}


def state(folder: Path) -> Files:
    """Read what is in a folder; what a killed run leaves for the next one to remove is left out."""
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in sorted(folder.rglob("*"))
        if each.is_file() and not each.name.startswith(".")
    }


def _age(folder: Path) -> None:
    """Make files that were not finished as old as those that a run removes."""
    for each in folder.rglob(".*"):
        os.utime(each, (time.time() - 3600,) * 2)


def _start(trial: Trial, root: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "handbook", *trial.arguments]
    return subprocess.Popen(
        command,
        cwd=root,
        env=os.environ | {"HANDBOOK_BOOKS": "false"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _running(session: int) -> Iterator[int]:
    """Yield the processes of a session that have not ended."""
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            yield int(file.parent.name)


def kill(trial: Trial, root: Path, moment: float, *, aimed: bool) -> tuple[bool, str]:
    """Kill one run after so many seconds; tell whether it was running, and what went on.

    Where it is aimed, they count from the moment at which files begin to be exchanged.
    """
    start = time.time()
    process = _start(trial, root)
    while aimed and process.poll() is None and not trial.is_begun(root, start):
        pass
    time.sleep(moment)
    was_running = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    end = time.monotonic() + PATIENCE
    while left := list(_running(process.pid)):
        if time.monotonic() > end:
            for each in left:
                os.kill(each, signal.SIGKILL)
            return was_running, f"{len(left)} processes went on for {PATIENCE:.0f} seconds"
        time.sleep(0.02)
    return was_running, ""


def faults(trial: Trial, now: Files, old: Files, new: Files) -> Iterator[str]:
    """Yield what is neither the old nor the new state."""
    if trial.is_swapped and now not in (old, new):
        torn = [each for each in {*now, *old} if now.get(each) != old.get(each)]
        yield f"{trial.made} is neither old nor new: {len(torn)} files, such as {sorted(torn)[:3]}"
    for each in sorted({*now, *old}):
        is_note = each.endswith(".json") and each not in now  # goes before the PDF it describes
        if now.get(each) not in (old.get(each), new.get(each)) and not is_note:
            yield f"{each} is neither old nor new"


class Killing:
    """A small handbook with an old and a new state, in which runs of one trial are killed."""

    def __init__(self, root: Path, trial: Trial) -> None:
        """Make both states, and measure how long a run takes."""
        self.root, self._trial = root, trial
        self._kept = root.with_name("kept")
        handbooks.sample(root) if trial.made == "translations" else handbooks.pair(root)
        self._write("old")
        self._run()
        self.old = state(root / trial.made)
        for made in (trial.made, "translations"):
            shutil.copytree(root / made, self._kept / made, dirs_exist_ok=True)
        self._write("new")
        start = time.monotonic()
        self._run()
        self.seconds = time.monotonic() - start
        self.new = state(root / trial.made)
        assert self.new != self.old

    def _write(self, word: str) -> None:
        """Write a text into each page."""
        for page in self.root.glob("docs/*/*.md"):
            text = page.read_text("utf-8").partition("\nThe text is ")[0]
            page.write_text(f"{text}\nThe text is {word}, and long enough.\n", "utf-8")

    def _run(self) -> None:
        process = _start(self._trial, self.root)
        process.wait()

    def once(self, random: Random, *, aimed: bool) -> tuple[str, list[str]]:
        """Kill one run that makes the new state of the old one; tell what was there, and faults."""
        made = self.root / self._trial.made
        shutil.rmtree(made, ignore_errors=True)
        shutil.copytree(self._kept / self._trial.made, made)
        moment = random.uniform(0, 0.05 if aimed else self.seconds)
        was_running, went_on = kill(self._trial, self.root, moment, aimed=aimed)
        found = [went_on] if went_on else []
        now = state(made)
        found += faults(self._trial, now, self.old, self.new)
        _age(made)
        self._run()
        if state(made) != self.new:
            found.append("the next run made something else")
        left = [each.name for each in (*made.rglob(".*"), *self.root.glob(".site.new*"))]
        if left:
            found.append(f"the next run left {left}")
        there = "all old" if now == self.old else "all new" if now == self.new else "some new"
        return (f"killed with {there}" if was_running else "ended before"), found


def main() -> int:
    """Kill as often as the arguments say; return 1 if something was torn."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--verb", choices=TRIALS, action="append")
    parser.add_argument("--seed", type=int, default=time.time_ns())
    arguments = parser.parse_args()
    random, has_fault = Random(arguments.seed), False
    print(f"seed {arguments.seed}")
    for verb in arguments.verb or TRIALS:
        count = Counter[str]()
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder, "handbook")
            root.mkdir()
            killing = Killing(root, TRIALS[verb])
            for number in range(arguments.kills):
                what, found = killing.once(random, aimed=number % 2 == 1)
                count[what] += 1
                count["with a fault"] += bool(found)
                for each in found:
                    print(f"{verb}, kill {number}: {each}", flush=True)
        has_fault |= count["with a fault"] > 0
        print(f"{verb}: {dict(count)}, a run takes {killing.seconds:.1f} s", flush=True)
    return 1 if has_fault else 0


if __name__ == "__main__":
    sys.exit(main())
