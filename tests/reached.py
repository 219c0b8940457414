"""Says which modules of src/ the tests of `make quick` reach, and holds the list of the others.

A module is reached when the body of one of its functions has run, not when it is imported.
"""

from __future__ import annotations

import json
import sys

from folders import ROOT

UNREACHED = {
    "bitext.migrate.aligning": "makes handbooks of sites: sites/test_adopt.py",
    "bitext.migrate.new": "makes handbooks of sites: sites/test_adopt.py",
    "bitext.project.past": "a record, and a function that returns nothing",
    "command.catalogs": "part of init and import: sites/test_adopt.py",
    "command.verbs.adopt": "hands its arguments on: sites/test_commands.py shows what it prints",
    "command.worktree": "asks git before init: sites/test_adopt.py",
    "press.books.epub.package": "writes a whole e-book: sites/test_epub.py",
    "press.frame.repairs": "mends finished pages: the built sites of sites/",
    "press.plugin.published": "writes files of the site: sites/test_said.py and test_site.py",
    "press.plugin.remake": "makes pages of a preview again: the previews of sites/test_site.py",
    "press.plugin.catalogpage": "writes a page of the site: sites/test_catalog_page.py",
}
"""Each module that no quick test reaches, and why; where it is tried instead."""


def reached(functions: dict[str, dict[str, list[int]]]) -> bool:
    """Whether the body of any function of a module has run."""
    return any(each["executed_lines"] for name, each in functions.items() if name)


def main() -> int:
    """Compare what `make coverage` has measured with the list; returns the exit code."""
    measured = json.loads((ROOT / "build/coverage.json").read_text("utf-8"))["files"]
    modules = {
        path.removeprefix("src/handbook/").removesuffix(".py").replace("/", "."): reached(
            each["functions"]
        )
        for path, each in measured.items()
        if any(each["functions"].keys() - {""})
    }
    missed = {module for module, found in modules.items() if not found}
    for module in sorted(missed - UNREACHED.keys()):
        print(f"tests/reached.py:1: no quick test reaches {module}; write one, or say why not")
    for module in sorted(UNREACHED.keys() - missed):
        print(f"tests/reached.py:1: {module} is reached, or gone; take it off the list")
    print(f"{len(modules) - len(missed)} of {len(modules)} modules are reached")
    return missed != UNREACHED.keys()


if __name__ == "__main__":
    sys.exit(main())
