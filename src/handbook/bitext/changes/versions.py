"""A handbook as it was at a commit, opened beside the one in its folder."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import NamedTuple

from handbook.bitext.changes import menus
from handbook.bitext.changes import redline as redlines
from handbook.bitext.changes.passages import file_of
from handbook.bitext.changes.redline import Redline, Version
from handbook.bitext.changes.repository import Entry, Repository
from handbook.bitext.languages.record import Language
from handbook.bitext.languages.registry import FOLDER
from handbook.bitext.problem import Problem, SettingsError
from handbook.bitext.project import includes, walk
from handbook.bitext.project.handbook import Handbook, no_labels
from handbook.bitext.project.pages import Source
from handbook.bitext.project.settings import snippet_folders
from handbook.bitext.translate.assemble import Label


@contextmanager
def at(
    repository: Repository,
    commit: str,
    pages_of: Path | None = None,
    marks: Callable[[Language], Label] = no_labels,
) -> Iterator[Handbook | Problem]:
    """Open the handbook of a commit, in a folder of its own that is removed in the end.

    With `pages_of`, all but its catalogs is taken from the handbook in that folder.
    """
    with TemporaryDirectory(prefix="handbook-") as folder:
        root = Path(folder).resolve()
        _write(repository, commit, root, ("translations",) if pages_of else ())
        if pages_of:
            _copy(pages_of.resolve(), root)
        opened: Handbook | Problem
        try:
            opened = Handbook.open(root, marks=marks)
        except SettingsError as error:
            why = error.problems[0].text.replace(f"{root}/", "")
            opened = Problem(
                "", 0, f"at {commit[:10]} there is no handbook that can be read: {why}"
            )
        yield opened


def _write(repository: Repository, commit: str, root: Path, folders: Collection[str] = ()) -> None:
    """Write what a handbook is read from, as it was at a commit, into a folder.

    Without `folders` all of it, else what is in these.
    """
    wanted = [
        each
        for each in repository.entries(commit)
        if _is_read(PurePosixPath(each.name))
        and (not folders or each.name.partition("/")[0] in folders)
    ]
    texts = _put(repository, wanted, root)
    if not folders:
        _write_included(repository, commit, root, texts)


def _put(repository: Repository, wanted: Sequence[Entry], root: Path) -> dict[str, str]:
    """Write files into a folder; return the texts of those that may include others, by name."""
    contents = repository.contents(each.blob for each in wanted)
    texts: dict[str, str] = {}
    for each, content in zip(wanted, contents, strict=True):
        file = root / each.name
        if file.resolve().is_relative_to(root):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            if b"8<-" in content:
                texts[each.name] = content.decode("utf-8", "replace")
    return texts


def _write_included(
    repository: Repository, commit: str, root: Path, texts: Mapping[str, str]
) -> None:
    """Write what the pages of a commit include from elsewhere, also through others."""
    folders = snippet_folders(root)
    known = {each.name: each for each in repository.entries(commit)} if texts else {}
    while texts:
        named = {
            place
            for name, text in texts.items()
            for path in includes.parts(text)
            for place in includes.places(name, path, folders)
        }
        missing = [
            known[name] for name in sorted(named & known.keys()) if not (root / name).exists()
        ]
        texts = _put(repository, missing, root)


def _copy(source: Path, root: Path) -> None:
    """Copy what a handbook is read from, but for its catalogs, from one folder to another."""
    found = [each for each in source.iterdir() if each.is_file()]
    for folder in ("docs", FOLDER):
        found += (each for each in walk.files(source, folder) if isinstance(each, Path))
    for each in found:
        name = each.relative_to(source)
        if _is_read(PurePosixPath(name.as_posix())):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(each.read_bytes())


def _is_read(name: PurePosixPath) -> bool:
    if ".." in name.parts:
        return False
    top, suffix = name.parts[0], name.suffix
    return {
        "docs": suffix in (".md", ".yml"),
        "translations": suffix == ".po",
        FOLDER: suffix == ".toml",
    }.get(top, len(name.parts) == 1 and suffix in (".yml", ".yaml", ".toml"))


class Span(NamedTuple):
    """Two versions: the ids of commits, the older first; None is what is in the folder."""

    since: str
    until: str | None


def span(repository: Repository, since: str, until: str | None) -> Span | Problem:
    """Return the commits that two revisions name.

    `main...` is the commit at which the newer one left main, as in git: what main has got since is
    no change of a branch.
    """
    last = repository.commit(until) if until is not None else None
    if isinstance(last, Problem):
        return last
    base = since.removesuffix("...")
    first = repository.commit(base) if base == since else repository.fork(base, last or "HEAD")
    return first if isinstance(first, Problem) else Span(first, last)


def redline(
    repository: Repository, here: Handbook, page: str, asked: Span, languages: Sequence[str]
) -> Redline | Problem:
    """Return the redline of a page between two versions, or of the names around the pages.

    `here` is the handbook in the folder, `page` the page's path or the name of its file, as it is
    now or was in one of the versions; or `mkdocs.yml`, or one of the catalogs `site.po`.
    """
    with ExitStack() as stack:
        old = stack.enter_context(at(repository, asked.since))
        new = here if asked.until is None else stack.enter_context(at(repository, asked.until))
        if isinstance(old, Problem):
            return old
        if isinstance(new, Problem):
            return new
        if menus.is_meant(PurePosixPath(page).as_posix()):
            return menus.redline(old, new, languages, here.records)
        if fault := _fault(new, page):
            return fault
        after = find(new, page) or _by_later_name(repository, here, page, asked, new)
        before = _before(repository, asked, after, old) if after else find(old, page)
        if after is None and before is None:
            return Problem(page, 0, f"is no page in either version; {_GIVE}")
        return redlines.redline(
            _version(repository, old, before, asked.since) if before else None,
            _version(repository, new, after, asked.until) if after else None,
            languages,
            here.records,
        )


def _version(
    repository: Repository, handbook: Handbook, source: Source, commit: str | None
) -> Version:
    """Return a version of a page, with its pictures as git knows them."""
    folder = PurePosixPath(source.name).parent

    def content(target: str) -> str:
        path = file_of(target)
        name = posixpath.normpath(folder / path)
        return "" if not path or name.startswith("..") else repository.blob(name, commit)

    return Version(handbook, source, content)


_GIVE = "give its path, such as docs/en/mission.md, or mkdocs.yml for the names in the menus"


def _fault(handbook: Handbook, page: str) -> Problem | None:
    """Return why a page that is there cannot be read: it is not gone."""
    there = (each for sources in handbook.by_path.values() for each in sources)
    faults = (handbook.try_read(each) for each in there if page in (each.name, each.path))
    return next((each for each in faults if isinstance(each, Problem)), None)


def find(handbook: Handbook, page: str) -> Source | None:
    """Return the page with a path, in a file, or of a catalog; None if there is none."""
    name = PurePosixPath(page).as_posix().removeprefix("./")
    if language_of(name):
        name = PurePosixPath(*PurePosixPath(name).parts[2:]).with_suffix(".md").as_posix()
    for source in handbook.sources():
        if name in (source.name, source.path):
            return source
    return None


def language_of(page: str) -> str:
    """Return the language of a catalog that somebody names in the place of its page, or ""."""
    parts = PurePosixPath(page).parts
    is_catalog = page.endswith(".po") and len(parts) > 2 and parts[0] == "translations"
    return parts[1] if is_catalog else ""


def _by_later_name(
    repository: Repository, here: Handbook, page: str, asked: Span, new: Handbook
) -> Source | None:
    """Return the page by the name that it got after the newer version."""
    source = find(here, page)
    if source is None or asked.until is None:
        return None
    return find(new, repository.former_name(source.name, asked.until, None))


def _before(repository: Repository, asked: Span, after: Source, old: Handbook) -> Source | None:
    """Return the older version of a page, whatever it was called then."""
    former = repository.former_name(after.name, asked.since, asked.until)
    return find(old, former) or find(old, after.path)
