"""Imports point down only: the floors of the two packages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from conftest import ROOT

# Each module may import those on floors below its own; neighbours on one floor are listed
# in the order in which they may know each other.
FLOORS = (
    ("bitext.files",),
    (
        "bitext.page",
        "bitext.inline",
        "bitext.markup",
        "bitext.frontmatter",
        "bitext.lines",
        "bitext.fences",
        "bitext.tables",
        "bitext.scan",
    ),
    ("bitext.splice", "bitext.words", "bitext.volume", "bitext.render"),
    ("bitext.catalog", "bitext.extract"),
    ("bitext.merge", "bitext.align", "bitext.assemble", "bitext.editorial"),
    ("bitext.project",),
    ("bitext.status", "bitext.plain"),
    ("press.settings", "press.process"),
    (
        "press.unmarked",
        "press.markdown",
        "press.i18n",
        "press.site",
        "press.drawing",
        "press.keywords",
        "press.sections",
        "press.terms",
        "press.tree",
    ),
    (
        "press.access",
        "press.addresses",
        "press.foot",
        "press.icons",
        "press.tools",
        "press.passages",
        "press.notices",
        "press.links",
        "press.diagrams",
        "press.glossary",
        "press.offline",
        "press.pages",
        "press.phrases",
        "press.search",
    ),
    ("press.book",),
    ("press.imprint", "press.xhtml", "press.typeset.typst"),
    ("press.typeset.places",),
    ("press.typeset.writer",),
    (
        "press.typeset.blocks",
        "press.typeset.boxes",
        "press.typeset.inline",
        "press.typeset.links",
        "press.typeset.lists",
        "press.typeset.notes",
        "press.typeset.pictures",
        "press.typeset.tables",
    ),
    ("press.typeset.elements",),
    ("press.typeset.manuscript",),
    ("press.epub", "press.pdf"),
    ("press.printer",),
    ("press.prints",),
    ("press.books",),
    ("press.remake",),
    ("press.workshop",),
    ("press.build", "press.serve"),
    ("press.cli",),
)
ORDER = [module for floor in FLOORS for module in floor]
MODULES = {
    ".".join(file.relative_to(ROOT / "src").with_suffix("").parts): file
    for file in sorted((ROOT / "src").rglob("*.py"))
    if file.name != "__init__.py"
}


def imported(file: Path) -> set[str]:
    """The modules of this project that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    return names & MODULES.keys()


def test_every_module_has_a_floor() -> None:
    assert set(ORDER) == set(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_down(module: str) -> None:
    below = ORDER[: ORDER.index(module)]
    assert imported(MODULES[module]) <= set(below)


def test_the_engine_knows_nothing_of_its_hosts() -> None:
    for module, file in MODULES.items():
        if module.startswith("bitext."):
            text = file.read_text("utf-8")
            assert "import mkdocs" not in text
            assert "from mkdocs" not in text
            assert "import markdown" not in text


@pytest.mark.parametrize(("name", "owner"), [("polib", "bitext.catalog")])
def test_a_package_is_touched_in_one_place(name: str, owner: str) -> None:
    users = [
        module
        for module, file in MODULES.items()
        if re.search(rf"^(?:import|from) {name}\b", file.read_text("utf-8"), re.MULTILINE)
    ]
    assert users == [owner]


def test_the_floor_of_pages_needs_the_standard_library_alone() -> None:
    for module in FLOORS[1]:
        tree = ast.parse(MODULES[module].read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").partition(".")[0] in {
                    "__future__",
                    "bitext",
                    "collections",
                    "typing",
                }
