"""The files beside the pages that a handbook is kept with: CONTRIBUTING, a workflow, .gitignore."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files as resources
from pathlib import Path, PurePosixPath

from handbook.bitext.files import read
from handbook.bitext.languages import cldr
from handbook.bitext.project.yamlentries import flow

DISTRIBUTION = "handbook"
"""What `pip install` calls this package."""

_BEGIN = "<!-- handbook: translations -->"
_WORKFLOW = ".github/workflows/translations.yml"
_IGNORED = ("/site/", "/build/", "/.site.new/")


def files(
    root: Path, source: str, languages: Sequence[str], below: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield the path and the whole new text of each file to be written in `root`.

    What is there is kept: a section is added to CONTRIBUTING, lines to .gitignore. A workflow or a
    section that is there already is left as it is, and so is a file that is not UTF-8. `below` is
    the path of `root` in its repository, "" if it is the top of it, where GitHub looks for
    workflows.
    """
    others = ", ".join(_english(each) for each in languages if each != source)
    name = _contributing(root)
    old = _text(root / name)
    if old is not None and _BEGIN not in old:
        section = _template("CONTRIBUTING.md").format(source=source, others=others)
        yield name, _joined(old or "# Contributing\n", f"{_BEGIN}\n{section}")
    workflow = "../" * len(PurePosixPath(below).parts) + _WORKFLOW
    if not (root / workflow).exists():
        yield workflow, _at(below, _template("translations.yml"))
    old = _text(root / ".gitignore")
    known = {line.strip().strip("/") for line in (old or "").splitlines()}
    rows = [row for row in _IGNORED if row.strip("/") not in known]
    if old is not None and rows:
        gap = "" if not old or old.endswith("\n") else "\n"
        yield ".gitignore", old + gap + "".join(f"{row}\n" for row in rows)


def _at(below: str, workflow: str) -> str:
    """Return a workflow whose commands run in a folder of the repository."""
    if not below:
        return workflow
    rows = f"defaults:\n  run:\n    working-directory: {flow(below.rstrip('/'))}\n"
    return workflow.replace("permissions: {}\n", f"permissions: {{}}\n\n{rows}", 1)


def _template(name: str) -> str:
    """Return a text of the folder `templates`."""
    return resources("handbook.bitext.migrate").joinpath("templates", name).read_text("utf-8")


def _contributing(root: Path) -> str:
    """Return the path of CONTRIBUTING; GitHub knows three places."""
    names = ("CONTRIBUTING.md", ".github/CONTRIBUTING.md", "contributing.md")
    return next((name for name in names if (root / name).is_file()), names[0])


def _joined(old: str, section: str) -> str:
    ends = "\r\n" if "\r\n" in old else "\n"
    return old.rstrip() + ends * 2 + section.replace("\n", ends)


def _english(code: str) -> str:
    known = cldr.locale(code)
    return (known.get_display_name("en") if known else None) or code


def _text(file: Path) -> str | None:
    """Return the text of a file, "" if there is none; None of one that cannot be read."""
    found = read(file, str(file)) if file.is_file() else ""
    return found if isinstance(found, str) else None
