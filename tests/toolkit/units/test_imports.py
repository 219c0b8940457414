"""Imports point down only: the rooms of the three packages."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from folders import ROOT
from rows import rows

SOURCE = ROOT / "src/handbook"
# The rooms of the house, from the ground up. A module may import those of the rooms below its own,
# and of its own room those listed before it.
ROOMS = {
    "bitext": "problem files git limits conflicts patterns datafile",
    "bitext.languages": "codes scripts cldr alphabets record file registry browser phrasing terms",
    "bitext.checks": """consistency pair addresses emphasis marks letters figures fields punctuation
        words rules fixes""",
    "bitext.page": """segments characters markup inline frontmatter lines fences tables comments
        mermaid_rules mermaid scanner rules.code rules.images rules.html rules.text rules.leaves
        rules.lists rules.containers rules.paragraph scan numbers""",
    "bitext.catalog": "headers units encoding restore tidy po canonical",
    "bitext.translate": """splice program guards volume skeleton proof pairing retarget sameness
        revisions merge choice sides lineage join foreign successors likeness align assemble
        editorial""",
    "bitext.project": """house settings exclusions walk reading past includes words catalogs renamed
        tomltable yamlscalars yamlentries redirects keydocuments pages owners handbook faults
        edits output""",
    "bitext.moving": "spelling links dead move leftovers turn",
    "bitext.editing": "patience draft notes headings lists front pictures house rules parts beside",
    "bitext.upkeep": """wording update declared deleted restoring check align stage status extract
        loose joining reviewed glossary sitelanguages languages weblate""",
    "bitext.receiving": """respelled labels languagenames exchange nearly passage addressed
        corrections
        letter wrappings envelope spoken placing misread receive""",
    "bitext.migrate": """languagelist older filters furniture new site lettering layout values pages
        titles mending configuration plan
        aligning importing refused""",
    "bitext.changes": """repository translators words styles reading forms media passages grouping
        compare included redline menus versions effort impact history earlier excerpt adoptions
        ledger adopt todo""",
    "press.markdown": "unmarked renderers described addresses sorting",
    "press.core": """process memory log caches written shapes refused failures i18n navfiles config
        target tree theme history numbering kept assembled editions places interface kinds order
        material""",
    "press.pages": """addresses characters embedded emphasis sorting stylesheet drawing tables
        outdated diagrams glossary phrases numbers lately status gathered""",
    "press.search": "sections index",
    "press.frame": "repairs foot forge icons sharing notices offline versions feed catalogs",
    "press.books": "played book imprint",
    "press.books.typeset": """typst places fillin writer blocks boxes inline links lists notes
        pictures tables elements manuscript""",
    "press.books.pdf": "endings composer typesetter printer documents",
    "press.books.epub": "xhtml package",
    "press.redlines": "captions fragment page plain document brief chronicle",
    "press.preview": "view",
    "press.plugin": """needs given handlers excepthook sitetexts front options deadlinks omitted
        generated rendered state keeping finished collect bookshelf inputs pages terms gathering
        context histories catalogpage redirects references published plugin remake making
        populate""",
    "press.make": """interface aside workshop build rehearsal staging navigation livereload preview
        serve""",
    "command": "formats console arguments history unmerged worktree catalogs impacts main",
    "command.verbs": """adopt add_language align assemble check epub extract glossary import init
        impact merge_driver move new pdf preview receive redline remove_language resolve
        reviewed serve site stage status todo turn update weblate""",
}
ORDER = [f"{room}.{name}" for room, names in ROOMS.items() for name in names.split()] + ["__main__"]
MODULES = {
    ".".join(file.relative_to(SOURCE).with_suffix("").parts): file
    for file in sorted(SOURCE.rglob("*.py"))
    if file.name != "__init__.py"
}


# As text: to parse every module takes a second. The names in parentheses may take several lines.
IMPORT = re.compile(r"^ *(?:from (\S+) )?import (\([^)]*\)|.*)", re.MULTILINE)


def names_in(file: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield what each import of a file names: a module or "", and names in it or modules."""
    for module, names in IMPORT.findall(file.read_text("utf-8")):
        yield module, [name.split()[0] for name in names.strip("()").split(",") if name.strip()]


def imported(file: Path) -> set[str]:
    """The modules of this project that a file imports."""
    found: set[str] = set()
    for module, names in names_in(file):
        found |= {module, *(f"{module}.{name}" for name in names)} if module else set(names)
    return {name.removeprefix("handbook.") for name in found} & MODULES.keys()


def test_imports_are_read_as_python_reads_them() -> None:
    file = MODULES["press.books.typeset.elements"]
    tree = ast.parse(file.read_text("utf-8"))
    parsed = [
        (node.module or "", [alias.name for alias in node.names])
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    ]
    assert list(names_in(file)) == parsed
    assert any(len(names) > 3 for _, names in parsed)


def test_every_module_has_a_room() -> None:
    assert set(ORDER) == set(MODULES)


def test_imports_point_down() -> None:
    floor = {module: number for number, module in enumerate(ORDER)}
    up = [
        f"{module} imports {name}"
        for module, file in MODULES.items()
        for name in imported(file)
        if floor[name] >= floor[module]
    ]
    assert up == []


def test_the_architecture_lists_the_rooms_from_the_top_down() -> None:
    """Its table has every room, and imports point down it."""
    table = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    listed: list[str] = []
    for package, room in re.findall(r"^\| (?:`(\w+)`)? ?\| (?:`(\w+)/`)? ?\|", table, re.MULTILINE):
        inside = package or listed[-1].partition(".")[0]
        listed.append(f"{inside}.{room}" if room else inside)
    floor = {room: number for number, room in enumerate(reversed(listed))}

    def room_of(module: str) -> str:
        near = ".".join(module.split(".")[:2])
        return near if near in floor else module.partition(".")[0]

    rooms = {room for room in ROOMS if room.count(".") < 2 and not room.startswith("command")}
    assert rooms <= set(listed)
    up = {
        (room_of(module), room_of(name))
        for module, file in MODULES.items()
        for name in imported(file)
        if "." in module and floor[room_of(name)] > floor[room_of(module)]
    }
    assert up == set()


def test_the_engine_knows_nothing_of_its_hosts() -> None:
    for module, file in MODULES.items():
        if module.startswith("bitext."):
            assert not packages(file) & {"mkdocs", "markdown"}, module


@rows(("name", "owner"), [("polib", "bitext.catalog.po")])
def test_a_package_is_touched_in_one_place(name: str, owner: str) -> None:
    users = [
        module
        for module, file in MODULES.items()
        if re.search(rf"^(?:import|from) {name}\b", file.read_text("utf-8"), re.MULTILINE)
    ]
    assert users == [owner]


def test_pages_need_the_standard_library_and_yaml_alone() -> None:
    """Front matter is YAML by definition, and MkDocs reads it with the same package."""
    allowed = sys.stdlib_module_names | {"handbook", "yaml"}
    for module, file in MODULES.items():
        if module.startswith("bitext.page."):
            assert packages(file) <= allowed, module


def packages(file: Path) -> set[str]:
    """The packages that a file imports."""
    named = (name for module, names in names_in(file) for name in ([module] if module else names))
    return {name.partition(".")[0] for name in named}


def test_only_the_command_prints() -> None:
    """A problem, or what was made, is a value; where it is shown is for the command to say."""
    prints = re.compile(r"(?<![\w.])(?<!def )print\(|\bsys\.std(?:out|err)\b")
    allowed = {"command.console", "command.main"}
    found = {module for module, file in MODULES.items() if prints.search(file.read_text("utf-8"))}
    assert found == allowed


def test_every_ignore_has_its_reason() -> None:
    silent = re.compile(r"# (?:type: ignore|noqa)[^#\n–]*$", re.MULTILINE)
    found = [
        f"{module}: {line[0]}"
        for module, file in MODULES.items()
        for line in silent.finditer(file.read_text("utf-8"))
    ]
    assert found == []
