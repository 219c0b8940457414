"""How fast the engine is, beside its peers, on the same pages in one run.

    .venv/bin/python benchmarks/engine.py [PAGES] [--write]

PAGES is a folder of Markdown (the corpus beside this repository by default). Peers are
installed into build/peers, each in an environment of its own; one that cannot be had is
named and left out. Every command is timed as a whole process, in turn, several times; the
median counts. `--write` puts the figures into benchmarks/README.md.
"""

from __future__ import annotations

import os
import platform
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time
import venv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
PEERS = ROOT / "build" / "peers"
WORK = ROOT / "build" / "benchmark"
ROUNDS = 5

Command = Callable[[Path], list[str]]


def main(argv: list[str]) -> int:
    paths = [Path(word) for word in argv if not word.startswith("--")]
    pages = (paths or [ROOT.parent / "shared" / "corpus"])[0].resolve()
    if not any(pages.rglob("*.md")):
        print(f"{pages}: holds no Markdown; name a folder that does", file=sys.stderr)
        return 1
    WORK.mkdir(parents=True, exist_ok=True)
    lines = [*machine(), "", *extracting(pages), "", *updating(), "", *merging(pages)]
    print("\n".join(lines))
    if "--write" in argv:
        readme = Path(__file__).parent / "README.md"
        block = "```\n" + "\n".join(lines) + "\n```"
        text = readme.read_text("utf-8")
        readme.write_text(
            re.sub(r"```\n.*?```", lambda _: block, text, count=1, flags=re.DOTALL), "utf-8"
        )
    return 0


def machine() -> list[str]:
    """What this was measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return [
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors,"
        f" {memory:.0f} GiB, Python {platform.python_version()}"
    ]


# -- extracting -----------------------------------------------------------------------


def extracting(pages: Path) -> list[str]:
    """Messages out of real pages: megabytes a second, and times as long as we take."""
    flat = _flattened(pages)
    size = sum(file.stat().st_size for file in flat.glob("*.md")) / 1e6
    peers = _peers()
    seconds: dict[str, list[float]] = {"handbook extract": [], **{name: [] for name in peers}}
    for turn in range(ROUNDS):
        seconds["handbook extract"].append(_timed(_ours(flat)))
        for name, peer in peers.items():
            if peer and turn < 2:
                seconds[name].append(_timed(peer(flat)))
    ours = statistics.median(seconds["handbook extract"])
    lines = [f"extract {size:.2f} MB, {len(_files(flat))} pages, whole process"]
    for name, times in seconds.items():
        if not times or not all(times):
            lines.append(f"  {name:22} " + ("gave up on these pages" if times else "not here"))
            continue
        median = statistics.median(times)
        ratio = "" if median == ours else f"   {median / ours:5.1f} times our time"
        lines.append(f"  {name:22} {median:7.2f} s {size / median:6.2f} MB/s{ratio}")
    return lines


def _ours(flat: Path) -> list[str]:
    return [str(ROOT / ".venv/bin/handbook"), "extract", str(flat), "--output", str(WORK / "a.pot")]


def _peers() -> dict[str, Command | None]:
    mdpo, toolkit = _environment("mdpo"), _environment("translate-toolkit[markdown]")
    po4a = shutil.which("po4a-updatepo")
    return {
        "mdpo md2po": mdpo
        and (lambda flat: [f"{mdpo}/md2po", *_files(flat), "--save", "-p", str(WORK / "b.po")]),
        "translate-toolkit": toolkit
        and (lambda flat: [f"{toolkit}/md2po", "-P", str(flat), str(WORK / "c")]),
        "po4a-updatepo": po4a
        and (
            lambda flat: [
                po4a, "-f", "text", "-o", "markdown", "-M", "UTF-8",
                *(word for file in _files(flat) for word in ("-m", file)),
                "-p", str(WORK / "d.po"),
            ]
        ),
    }  # fmt: skip


def _environment(package: str) -> str | None:
    """The folder of programs of a peer's own environment; None if it cannot be had."""
    folder = PEERS / package.partition("[")[0]
    if not (folder / "installed").exists():
        venv.create(folder, with_pip=True, clear=True)
        install = [str(folder / "bin/pip"), "install", "--quiet", package]
        if subprocess.run(install, check=False, capture_output=True).returncode:
            return None
        (folder / "installed").touch()
    return str(folder / "bin")


def _flattened(pages: Path) -> Path:
    """The pages in one folder: not every peer walks a tree."""
    folder = WORK / "pages"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for number, file in enumerate(sorted(pages.rglob("*.md"))):
        shutil.copyfile(file, folder / f"{number:04}-{file.name}")
    return folder


def _files(flat: Path) -> list[str]:
    return [str(file) for file in sorted(flat.glob("*.md"))]


def _timed(command: list[str], folder: Path = ROOT) -> float:
    """Seconds that a command took; 0 if it failed."""
    # Installed peers are compiled; where Python is told to keep nothing, we would be each time.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, env=kept)
    seconds = time.perf_counter() - start
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        print(f"{Path(command[0]).name} failed: {' '.join(last)[:200]}", file=sys.stderr)
    return 0.0 if done.returncode else seconds


# -- updating -------------------------------------------------------------------------


def updating() -> list[str]:
    """`handbook update` with nothing to do, over this handbook's pages many times over."""
    lines = ["update with nothing to do, two languages, whole process"]
    medians = {}
    for count in (100, 1000):
        folder = _grown(count)
        command = [str(ROOT / ".venv/bin/handbook"), "update"]
        _timed(command, folder)
        medians[count] = statistics.median(_timed(command, folder) for _ in range(ROUNDS))
        lines.append(f"  {count:5} pages {medians[count]:7.2f} s")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    lines.append(f"  ten times the pages: {medians[1000] / medians[100]:.1f} times the time")
    lines.append(f"  most memory of any process so far: {peak:.0f} MiB")
    return lines


def _grown(count: int) -> Path:
    """A handbook of `count` pages made from this one's, headings varied."""
    folder = WORK / f"grown-{count}"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "translations").mkdir(parents=True)
    for name in ("hooks", "theme"):
        (folder / name).symlink_to(ROOT / name)
    settings = '[tool.handbook]\nlanguages = ["en", "es", "ja"]\n'
    (folder / "pyproject.toml").write_text(settings, "utf-8")
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    start, end = text.index("\nnav:"), text.index("\ntheme:")
    (folder / "mkdocs.yml").write_text(text[:start] + text[end:], "utf-8")
    pages = sorted((ROOT / "docs/en").rglob("*.md"))
    for number in range(count):
        page = folder / f"docs/en/part-{number // 50}/page-{number}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        source = pages[number % len(pages)].read_text("utf-8")
        page.write_text(source.replace("# ", f"# Part {number}: ", 1), "utf-8")
    return folder


# -- merging --------------------------------------------------------------------------


def merging(pages: Path) -> list[str]:
    """Half a year's update of a real guide, against `msgmerge --previous` page by page."""
    old, new = pages / "openai-agents/2026-02/en", pages / "openai-agents/2026-08/en"
    if not old.is_dir() or shutil.which("msgmerge") is None:
        return ["merge: left out, the guide's two editions or msgmerge are not here"]
    from handbook.bitext.catalog import po
    from handbook.bitext.catalog.units import Catalog, empty
    from handbook.bitext.page import scan
    from handbook.bitext.page.segments import GIVEN
    from handbook.bitext.translate import merge, sameness

    blank = empty("es", "en", "benchmark")
    before = {}
    for file in sorted(old.rglob("*.md")):
        path = file.relative_to(old).as_posix()
        catalog = merge.merge(scan.read(file.read_text("utf-8")), blank, path=path)
        units = [u for u in catalog.units if not u.note.startswith(GIVEN)]
        done = tuple(u._replace(translation=f"«{u.message}»") for u in units)
        before[path] = Catalog(catalog.header, done)
    after = {
        file.relative_to(new).as_posix(): scan.read(file.read_text("utf-8"))
        for file in sorted(new.rglob("*.md"))
    }
    everywhere = {unit.message: unit for catalog in before.values() for unit in catalog.units}

    start = time.perf_counter()
    ours = [
        merge.merge(page, before.get(path, blank), everywhere.get, path)
        for path, page in after.items()
    ]
    our_time = time.perf_counter() - start
    given = sum(u.note.startswith(GIVEN) for c in ours for u in c.units)
    units = [u for c in ours for u in c.units if not u.note.startswith(GIVEN)]
    right = sum(u.state == "current" and u.translation == f"«{u.message}»" for u in units)
    wrong = sum(
        u.state == "current" and not sameness.is_editorial(u.message, u.translation[1:-1])
        for u in units
    )

    their_time, theirs = 0.0, Counter[str]()
    for path, page in after.items():
        template = merge.merge(page, blank, path=path)
        missing = [
            u._replace(translation="") for u in template.units if not u.note.startswith(GIVEN)
        ]
        (WORK / "new.pot").write_text(po.dump(Catalog(template.header, tuple(missing))), "utf-8")
        (WORK / "old.po").write_text(po.dump(before.get(path, blank)), "utf-8")
        command = ["msgmerge", "--quiet", "--previous", "--no-wrap", "old.po", "new.pot"]
        their_time += _timed([*command, "--output-file", "out.po"], WORK)
        theirs.update(u.state for u in po.parse((WORK / "out.po").read_text("utf-8")).units)
    states = Counter(unit.state for unit in units)
    times = their_time / our_time
    return [
        f"merge half a year's edits, {len(after)} pages, {len(units)} messages,"
        f" and {given} numbers and addresses that are filled in",
        f"  ours      {our_time:6.2f} s  {_told(states)}; current and right {right}, wrong {wrong}",
        f"  msgmerge  {their_time:6.2f} s  {_told(theirs)}; {times:.0f} times our time",
    ]


def _told(states: Counter[str]) -> str:
    return ", ".join(f"{states[state]} {state}" for state in sorted(states))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
