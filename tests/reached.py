"""Says which modules of src/ the tests of `make quick` reach, and holds the list of the others.

A module is reached when the body of one of its functions has run, not when it is imported.
"""

from __future__ import annotations

import json
import sys

from places import ROOT

BUILD = "runs only while a site is built"
UNREACHED: dict[str, str] = {}
"""Each module that no quick test reaches, and why."""


def reached(functions: dict[str, dict[str, list[int]]]) -> bool:
    """Whether the body of any function of a module has run."""
    return any(each["executed_lines"] for name, each in functions.items() if name)


def main() -> int:
    """Compare what `make coverage` has measured with the list; returns the exit code."""
    measured = json.loads((ROOT / "build/coverage.json").read_text("utf-8"))["files"]
    modules = {
        path.removeprefix("src/").removesuffix(".py").replace("/", "."): reached(each["functions"])
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
