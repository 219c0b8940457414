"""How long the site takes to build, beside the stock configuration, on the same pages in one run.

    .venv/bin/python benchmarks/site.py [COUNT …] [--write]

A handbook of COUNT pages in three languages (100, 300 and 1,000 by default) is grown from this one:
its pages over and over, each copy with a title of its own and translated as the original is. Our
time is that of `handbook site`, from pages and catalogs to the site. Stock is what one gets who
follows the manuals: MkDocs, Material and mkdocs-static-i18n as they come, with the same Markdown
extensions and navigation; it gets the finished pages of every language, as `handbook stage` writes
them, and neither reads catalogs, nor proves translations, nor draws diagrams. Both make the site
alone, without books. Ours is made once more after an edit of one page, with what the first build
has kept. Beside the seconds of the clock stand those of the processors: on a machine that does
other things too, only these can be compared.

Then the time from saving a catalog to its new words in an open browser (Chromium), as
`handbook serve` shows them. `--write` puts the figures into benchmarks/README.md.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from engine import machine
from playwright.sync_api import Page, sync_playwright

from handbook.bitext.catalog import po
from handbook.bitext.page import scan
from handbook.bitext.project.catalogs import catalog_path
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import SITE, Source
from handbook.press.core.config import load

ROOT = Path(__file__).parent.parent
WORK = ROOT / "build" / "benchmark"
COUNTS = (100, 300, 1000)
PROGRAMS = ROOT / ".venv" / "bin"
ENVIRONMENT = {**os.environ, "HANDBOOK_BOOKS": "false", "NO_MKDOCS_2_WARNING": "1"}

_END = re.compile(r"^([A-Z].*\.)$", re.MULTILINE)
_TITLE = re.compile(r"^# (.+?)(?= *(?:\{.*)?$)", re.MULTILINE)
_LINK = re.compile(r"(?<=\]\()([^)\s:#]+\.md)")
_FIGURES = re.compile(r"(?<=## The site\n)(.*?)```\n.*?```", re.DOTALL)


def main(argv: list[str]) -> int:
    counts = [int(word) for word in argv if word.isdigit()] or list(COUNTS)
    WORK.mkdir(parents=True, exist_ok=True)
    lines = [
        *machine(),
        "",
        *comparing(counts),
        "",
        *previewing([len(Handbook.open(ROOT).sources()), max(counts)]),
    ]
    print("\n".join(lines))
    if "--write" in argv:
        readme = Path(__file__).parent / "README.md"
        block = "```\n" + "\n".join(lines) + "\n```"
        readme.write_text(
            _FIGURES.sub(lambda found: found[1] + block, readme.read_text("utf-8")), "utf-8"
        )
    return 0


class Run(NamedTuple):
    """What a command took."""

    seconds: float
    processors: float
    """Seconds of all processors together."""
    peak: float
    """Most memory of any of its processes, in MiB."""


def comparing(counts: list[int]) -> Iterator[str]:
    """Seconds and memory of both at each size, and how both grow."""
    yield "pages × languages"
    runs: list[tuple[Run, Run]] = []
    for count in counts:
        folder = grown(count, WORK / f"handbook-{count}")
        plain = stock(folder)
        ours = run(PROGRAMS / "handbook", "site", folder=folder)
        _edit(folder)
        again = run(PROGRAMS / "handbook", "site", folder=folder)
        theirs = run(PROGRAMS / "mkdocs", "build", "--quiet", folder=plain)
        runs.append((ours, theirs))
        share = f"{ours.seconds / theirs.seconds:.0%} of its time"
        yield f"  {count:5} × 3   handbook site {_told(ours)}   {share}"
        part = f"{again.processors / ours.processors:.0%} of the processors' time of the first"
        yield f"              after an edit {_told(again)}   {part}"
        yield f"              stock         {_told(theirs)}"
    for (fewer, before), (more, after) in pairwise(zip(counts, runs, strict=True)):
        ours, theirs = (new.seconds / old.seconds for old, new in zip(before, after, strict=True))
        yield f"{more / fewer:.1f} times the pages: {ours:.1f} times our time, {theirs:.1f} stock's"


def _edit(folder: Path) -> None:
    """Put some words into a paragraph of the mission."""
    file = folder / "docs/en/mission.md"
    file.write_text(_END.sub(r"\1 And so on.", file.read_text("utf-8"), count=1), "utf-8")


def _told(run: Run) -> str:
    return (
        f"{run.seconds:6.1f} s, {run.processors:6.1f} s of processors,"
        f" {run.peak:4.0f} MiB a process at most"
    )


def run(program: Path, *arguments: str, folder: Path) -> Run:
    """Run a command that must succeed."""
    start = time.perf_counter()
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            [program, *arguments], cwd=folder, stdout=log, stderr=log, env=ENVIRONMENT
        )
        _, status, usage = os.wait4(process.pid, 0)  # of it and all its descendants
    if status:
        raise SystemExit(
            f"{program.name} failed: {(folder / 'log.txt').read_text('utf-8')[-2000:]}"
        )
    seconds = time.perf_counter() - start
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


# -- a handbook of any size -----------------------------------------------------------


def grown(count: int, folder: Path) -> Path:
    """A handbook of `count` pages: this one, then copies of it, the last in part."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("hooks", "theme", "pyproject.toml", "LICENSE-CONTENT"):
        (folder / name).symlink_to(ROOT / name)
    book = Handbook.open(ROOT)
    sources = book.sources()
    places = [(number // len(sources), sources[number % len(sources)]) for number in range(count)]
    taken = {_path(part, source.path) for part, source in places}
    for part, source in places:
        _copy(book, source, part, folder, taken)
    for language in book.languages:
        words = Path("translations", language, SITE)
        if (ROOT / words).exists():
            _write(folder / words, (ROOT / words).read_text("utf-8"))
    settings = {"INHERIT": str(ROOT / "mkdocs.yml"), "nav": list(_nav(places[-1][0], taken))}
    _write(folder / "mkdocs.yml", json.dumps(settings))  # JSON is YAML
    return folder


def _path(part: int, path: str) -> str:
    return f"part-{part}/{path}" if part else path


def _copy(book: Handbook, source: Source, part: int, folder: Path, taken: set[str]) -> None:
    """A page and its catalogs as part `part` has them."""
    path = _path(part, source.path)
    text = book.read(source).text
    title = _TITLE.search(text)
    assert title is not None, source.path
    number = f" {part}" if part else ""
    aimed = _aimed(path, part, taken)
    text = text[: title.end()] + number + text[title.end() :]
    wanted = {segment.message for segment in scan.read(text).segments}
    _write(folder / "docs" / source.language / path, aimed(text))
    for language in book.languages:
        if language != source.language:
            catalog = book.catalog(source, language)
            units = (unit for each in catalog.units for unit in _numbered(each, title[1], number))
            used = tuple(unit for unit in units if unit.message in wanted)
            written = po.dump(replace(catalog, units=used))
            _write(folder / catalog_path(path, language), aimed(written))


def _numbered(unit: po.Unit, title: str, number: str) -> Iterator[po.Unit]:
    """A unit, and that of the copy's title; the words of a title may stand on the page again."""
    if unit.message == title and number:
        yield unit._replace(message=title + number, translation=unit.translation + number)
    yield unit


def _aimed(path: str, part: int, taken: set[str]) -> Callable[[str], str]:
    """Links to pages that a part does not have lead to the first part's."""
    here = posixpath.dirname(path)

    def aim(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(here, link[1]))
        if target in taken:
            return link[1]
        return posixpath.relpath(target.removeprefix(f"part-{part}/"), here or ".")

    return lambda text: _LINK.sub(aim, text)


def _nav(last: int, taken: set[str]) -> Iterator[Any]:
    """The navigation: this handbook's, then each further part as a section of its own."""
    nav = load(ROOT).nav
    yield from nav
    for part in range(1, last + 1):
        yield {f"Part {part}": _within(nav, part, taken)}


def _within(nav: Any, part: int, taken: set[str]) -> Any:
    """A navigation with the paths of a part, as far as it has them."""
    if isinstance(nav, str):
        return _path(part, nav) if _path(part, nav) in taken else None
    if isinstance(nav, dict):
        entries = {title: _within(item, part, taken) for title, item in nav.items()}
        return {title: item for title, item in entries.items() if item} or None
    return [item for item in (_within(each, part, taken) for each in nav) if item]


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


# -- stock ----------------------------------------------------------------------------

_STOCK = """\
site_name: Handbook
site_url: https://handbook.example/
theme:
  name: material
plugins:
  - search
  - i18n:
      docs_structure: folder
      languages:
        - {{locale: en, name: English, default: true}}
        - {{locale: es, name: Español}}
        - {{locale: ja, name: 日本語}}
nav: {nav}
{extensions}
"""


_EXTENSIONS = re.compile(r"^markdown_extensions:\n(?:[ ]+.*\n?)+", re.MULTILINE)


def stock(folder: Path) -> Path:
    """The same pages, finished, with the configuration that the manuals begin with."""
    plain = folder.with_name(f"{folder.name}-stock")
    shutil.rmtree(plain, ignore_errors=True)
    run(PROGRAMS / "handbook", "stage", "--to", str(plain / "docs"), folder=folder)
    nav = json.loads((folder / "mkdocs.yml").read_text("utf-8"))["nav"]
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    [extensions] = _EXTENSIONS.findall(text)
    _write(plain / "mkdocs.yml", _STOCK.format(nav=json.dumps(nav), extensions=extensions))
    return plain


# -- a preview ------------------------------------------------------------------------

_SAVES = 7


def previewing(counts: list[int]) -> Iterator[str]:
    """How long it takes until an open browser shows what was saved."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        yield "preview: left out, Chromium is not here"
        return
    yield f"from saving a catalog to its words in an open browser, of {_SAVES} times"
    for count in counts:
        folder = grown(count, WORK / f"handbook-{count}")
        with sync_playwright() as playwright, served(folder) as address:
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            page = browser.new_page()
            page.goto(f"{address}es/mission/", timeout=60_000)
            times = sorted(_shown(page, folder, number) for number in range(_SAVES))
            browser.close()
        yield f"  {count:5} pages   median {times[_SAVES // 2]:.2f} s, longest {times[-1]:.2f} s"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which `handbook serve` shows a handbook, once it does."""
    settings = json.loads((folder / "mkdocs.yml").read_text("utf-8"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings["dev_addr"] = f"127.0.0.1:{free.getsockname()[1]}"
    _write(folder / "mkdocs.yml", json.dumps(settings))
    command = [PROGRAMS / "handbook", "serve"]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT
    ) as process:
        assert process.stdout is not None
        line = next(line for line in process.stdout if line.startswith("Serving on "))
        try:
            yield line.split()[2].rstrip(";")
        finally:
            process.send_signal(signal.SIGINT)


def _shown(page: Page, folder: Path, number: int) -> float:
    """Seconds from saving the Spanish mission's catalog to its first paragraph in the browser."""
    file = folder / "translations/es/mission.po"
    catalog = po.parse(file.read_text("utf-8"))
    place = next(i for i, each in enumerate(catalog.units) if each.note.startswith("paragraph"))
    unit = catalog.units[place]
    words = f"Guardado {number} {time.time()}"
    units = [*catalog.units]
    units[place] = unit._replace(translation=f"{unit.translation} {words}")
    time.sleep(1 + number / 10)  # not in step with looks at the files
    text = po.dump(replace(catalog, units=tuple(units)))
    start = time.perf_counter()
    file.write_text(text, "utf-8")
    page.get_by_text(words).first.wait_for(timeout=60_000)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
