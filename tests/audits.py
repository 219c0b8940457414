"""What judges a built site: axe, the Nu HTML checker, Lighthouse, and a look at each link.

Findings are lines, each with its place. `make test` installs the programs, see `audit/`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html
from playwright.sync_api import Browser, ConsoleMessage, Request, sync_playwright

from folders import ROOT
from programs import QUIET, SHORT, chromium, missing

Scheme = Literal["light", "dark"]

IS_WHOLE = os.environ.get("AUDIT") == "whole"
"""Whether all is printed that is not judged, as `make audit` does."""

_PROGRAMS = ROOT / "build/audit/node_modules"
_PARSER = html.HTMLParser(encoding="utf-8")


def program(path: str) -> Path:
    """A file of what `make test` installs with npm, which must be there under CI."""
    file = _PROGRAMS / path
    if not file.exists():
        missing(f"{file.relative_to(ROOT)}, which `make test` installs with npm,")
    return file


# Files -----------------------------------------------------------------------------------------


def invalid(*folders: Path) -> list[str]:
    """What the Nu checker, the reference of HTML, calls an error in the pages of some folders."""
    if shutil.which("java") is None:
        missing("Java")
    checker = program("vnu-jar/build/dist/vnu.jar")
    command = [
        "java",
        *SHORT,
        "-jar",
        checker,
        "--errors-only",
        "--skip-non-html",
        "--format",
        "json",
    ]
    done = subprocess.run([*command, *folders], capture_output=True, text=True, check=False)
    return [
        f"{urlsplit(each['url']).path}:{each.get('lastLine')}: {each['message']}"
        for each in json.loads(done.stderr)["messages"]
    ]


def broken(folder: Path, address: str) -> list[str]:
    """Links of a site's pages that lead to no file or to no anchor of it; `address` is the site's.

    Of the ready-made checkers, those that know anchors need the network, a newer Node.js than
    Debian's, or libraries that nobody keeps.
    """
    pages = {file: html.parse(file, _PARSER) for file in folder.rglob("*.html")}
    anchors = {file: {*page.xpath("//@id | //a/@name")} for file, page in pages.items()}

    def leads(url: str) -> bool:
        target = urlsplit(url)
        file = folder / unquote(target.path).lstrip("/")
        file = file / "index.html" if target.path.endswith("/") else file
        anchor = unquote(target.fragment)
        return file.is_file() and (not anchor or anchor in anchors.get(file, {anchor}))

    return [
        f"{file.relative_to(folder)}: {link}"
        for file, page in pages.items()
        for link in page.xpath("//@href | //@src")
        if (url := urljoin(address + file.relative_to(folder).as_posix(), link)).startswith(address)
        and not leads(url)
    ]


# In a browser ----------------------------------------------------------------------------------

_AXE = """async options => {
    axe.configure({rules: [{id: "region", selector: "body *:not(#__drawer)"}]})
    const {violations} = await axe.run(options)
    return violations.flatMap(rule => rule.nodes.map(
        node => `${rule.id}: ${node.target} ${node.failureSummary.split("\\n").slice(1)}`))
}"""
"""The switch of the drawer is in no region: Material's styles want it beside them all."""
_ALL = {"rules": {"target-size": {"enabled": True}}}  # in WCAG 2.2, yet off by default
_COLORS = {"runOnly": ["color-contrast", "link-in-text-block"]}


EXCESS = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""

_BROWSERS = 2
"""How many browsers visit pages at the same time: most of a visit is computed by one processor."""


class View(NamedTuple):
    """What to visit: a page, in which colors, how wide."""

    url: str
    scheme: Scheme
    width: int


@dataclass(frozen=True)
class Visit:
    """What came of a first visit to a page, with nothing in the browser's cache."""

    url: str
    requested: tuple[str, ...]
    failures: tuple[str, ...]
    """Requests that failed, and what the console holds against the page."""
    size: int
    """Bytes over the wire until nothing more was asked for."""
    violations: tuple[str, ...]
    """What axe found: in full in the given color scheme, of colors in the other."""
    excess: int
    """By how many pixels it is wider than the window."""


def visits(views: Sequence[View]) -> list[Visit]:
    """Visit each view as for the first time and let axe judge it."""
    with ThreadPoolExecutor(_BROWSERS) as pool:
        parts = pool.map(_visit_in_turn, (views[nth::_BROWSERS] for nth in range(_BROWSERS)))
        return [each for part in parts for each in part]


def _visit_in_turn(views: Sequence[View]) -> list[Visit]:
    """Visit views in a browser of their own."""
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium(), args=QUIET) as browser,
    ):
        return [_visit(browser, *view) for view in views]


def _visit(browser: Browser, url: str, scheme: Scheme, width: int) -> Visit:
    axe = program("axe-core/axe.min.js")
    window = {"width": width, "height": 800}
    with browser.new_context(color_scheme=scheme, viewport=window) as context:
        page = context.new_page()
        requests: list[Request] = []
        failures: list[str] = []
        page.on("request", lambda each: requests.append(each))
        page.on("requestfailed", lambda each: failures.append(f"{each.url}: {each.failure}"))
        page.on("console", lambda each: failures.extend(_complaints(each)))
        page.on("pageerror", lambda each: failures.append(str(each)))
        page.goto(url, wait_until="networkidle")
        size = sum(map(_size, requests))
        page.add_script_tag(path=axe)
        violations = page.evaluate(_AXE, _ALL)
        page.emulate_media(color_scheme="light" if scheme == "dark" else "dark")
        violations += page.evaluate(_AXE, _COLORS)
        requested = tuple(each.url for each in requests)
        excess = page.evaluate(EXCESS)
        return Visit(url, requested, tuple(failures), size, tuple(violations), excess)


def _complaints(message: ConsoleMessage) -> list[str]:
    return [message.text] if message.type in ("error", "warning") else []


def _size(request: Request) -> int:
    if urlsplit(request.url).scheme == "data":
        return 0
    sizes = request.sizes()
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]


def scores(url: str) -> dict[str, int]:
    """What Lighthouse gives a page on a phone, of 100, for each of its categories."""
    done = subprocess.run(
        [
            *(program("lighthouse/cli/index.js"), url, "--quiet", "--output=json"),
            *("--no-enable-error-reporting", f"--chrome-flags=--headless {' '.join(QUIET)}"),
        ],
        env=os.environ | {"CHROME_PATH": chromium()},
        capture_output=True,
        text=True,
        check=True,
    )
    categories = json.loads(done.stdout)["categories"]
    return {name: round(100 * each["score"]) for name, each in categories.items()}
