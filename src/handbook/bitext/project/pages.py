"""Find and read the source pages of a handbook on disk, each file once, when first needed.

Nothing is written or printed here; a fault in a file is returned as a Problem.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from handbook.bitext import files, git
from handbook.bitext.page import scan
from handbook.bitext.page.segments import Page
from handbook.bitext.problem import Problem
from handbook.bitext.project import exclusions, includes, settings, walk
from handbook.bitext.project.exclusions import Exclusions
from handbook.bitext.project.reading import front_matter, read_page
from handbook.bitext.project.settings import Settings

SITE = "site.po"
"""The name of the catalogs of interface text: navigation, notices, labels."""
ADOPTIONS = "docs/adoptions.yml"
"""The list of what was adopted, by the paths of pages; `changes/adoptions.py` reads it."""
_SITE_PAGE = "site.md"

OTHER_ENDINGS = (".markdown", ".mdown", ".mkdn", ".mkd")
"""Names of files that are pages for MkDocs, and not in a handbook, end so."""
RENAMING = "rename it, also in links and in nav"
README = "README.md"
"""A file that is a page, the index of its folder, only where its folder has no other index."""


@dataclass(frozen=True, order=True)
class Source:
    """A source page: a page in the language it was first written in."""

    path: str
    """Relative to the folder of its language, with slashes; the same in every language."""
    language: str
    file: Path = field(compare=False)
    generated_text: str | None = field(default=None, compare=False, repr=False)
    """The text of a page that a plugin makes while the site is built; then there is no file."""

    @property
    def name(self) -> str:
        """Its file in problems: the path from the root, with slashes."""
        name = f"{self.language}/{self.path}"
        return f"docs/{name}" if self.generated_text is None else name

    def read_text(self) -> str:
        """Return its text as it stands in its file, which must be readable."""
        return self.file.read_text("utf-8") if self.generated_text is None else self.generated_text


def site_catalog(language: str) -> str:
    """Return the path of the catalog of interface text in a language, from the root."""
    return f"translations/{language}/{SITE}"


def index_of(path: str) -> str:
    """Return the path of the index of a page's folder."""
    return str(PurePosixPath(path).with_name("index.md"))


class Pages:
    """The source pages of a handbook: what is in `docs`, in a folder of one of its languages."""

    def __init__(self, root: Path, settings: Settings) -> None:
        """Take the folder of a handbook and its settings; nothing is read yet."""
        self.root, self.settings = root, settings
        self.generated_paths: Collection[str] = ()
        """The paths of files that plugins make while the site is built, as far as that is known."""
        self.doubles: list[Source] = []
        """Pages that are not published because another is at their address; see `by_path`."""
        self._texts: dict[str, str | Problem] = {}
        self._pages: dict[str, Page | Problem] = {}
        self._fronts: dict[str, Mapping[str, object]] = {}

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of all languages, the default language first."""
        return self.settings.languages

    # -- finding --------------------------------------------------------------------

    @cached_property
    def by_path(self) -> dict[str, list[Source]]:
        """All files of pages, by path; more than one if languages have pages with the same path."""
        found: dict[str, list[Source]] = {}
        names = [
            (each, each.path if isinstance(each, Problem) else self.name(each))
            for each in self.walked
        ]
        for language in self.languages:
            start = f"docs/{language}/"
            for each, name in names:
                path = name.removeprefix(start)
                is_page = path != name and path.endswith(".md") and path != README
                if is_page and not (
                    name in self.made or self.unpublished.match_file(f"{language}/{path}")
                ):
                    found.setdefault(path, []).append(Source(path, language, self.root / name))
                    if isinstance(each, Problem):
                        self._texts[name] = each
        # As MkDocs does: README.md is the index of its folder if there is no other.
        doubles = [
            each for each in found if each.endswith(f"/{README}") and index_of(each) in found
        ]
        self.doubles = [source for path in doubles for source in found.pop(path)]
        return dict(sorted(found.items()))

    @cached_property
    def unpublished(self) -> Exclusions:
        """The patterns of what is no page of the site, of paths in `docs`."""
        return exclusions.of(self.root)

    @cached_property
    def walked(self) -> Sequence[Path | Problem]:
        """All files in `docs`, and a problem for each that cannot or must not be read."""
        return tuple(walk.files(self.root, "docs"))

    def has_found(self, name: str) -> bool:
        """Tell whether a file, by its path from the root, was there and is none a program makes."""
        return name in self._names and name not in self.made

    @cached_property
    def _names(self) -> frozenset[str]:
        named = (
            each.path if isinstance(each, Problem) else self.name(each) for each in self.walked
        )
        return frozenset(named)

    @cached_property
    def made(self) -> Collection[str]:
        """The pages that were there, and a program has made."""
        return {name for name, is_made in self.are_made(self._names).items() if is_made}

    def are_made(self, names: Iterable[str]) -> Mapping[str, bool]:
        """Tell of the pages among some files whether a program makes them, and git ignores them.

        Hooks make such pages, and others make those outside of all languages. Nothing is said of
        what git does not know: where it is not there, or ignores the whole handbook.
        """
        folders = tuple(f"docs/{language}/" for language in self.languages)
        has_hooks = bool(settings.mkdocs_settings(self.root / settings.MKDOCS).get("hooks"))
        pages = [each for each in names if each.endswith(".md")]
        asked = [each for each in pages if has_hooks or not each.startswith(folders)]
        told = git.ignored(self.root, [*asked, settings.MKDOCS]) if asked else {}
        known = {} if told.pop(settings.MKDOCS, True) else told
        return dict.fromkeys({*pages} - {*asked}, False) | known

    def is_left_out(self, path: str) -> bool:
        """Tell whether the page at `path` is there and left out of the site, as a draft is."""
        names = (f"{language}/{path}" for language in self.languages)
        return any(
            self.has_found(f"docs/{name}") and self.unpublished.match_file(name) for name in names
        )

    def is_hidden(self, path: str) -> bool:
        """Tell whether the page at `path` may be in a folder that cannot be read."""
        names = [f"docs/{language}/{path}" for language in self.languages]
        return any(name.startswith(f"{place}/") for place in self._unread for name in names)

    @cached_property
    def _unread(self) -> Sequence[str]:
        """The paths, from the root, of what in `docs` cannot or must not be read."""
        return [each.path for each in self.walked if isinstance(each, Problem)]

    @cached_property
    def _sources(self) -> tuple[Source, ...]:
        first = (sources[0] for sources in self.by_path.values())
        return tuple(source for source in first if isinstance(self.text(source), str))

    def sources(self) -> tuple[Source, ...]:
        """Return all readable pages, by path; of two with one path, the first language's."""
        return self._sources

    def source_at(self, path: str) -> Source | None:
        """Return the readable page at `path`; None if there is none."""
        found = self.by_path.get(path)
        return found[0] if found and isinstance(self.text(found[0]), str) else None

    def files_of_page(self, path: str) -> Sequence[Source]:
        """Return the files of the page at `path`, even unreadable ones; only one is allowed."""
        return self.by_path.get(path, ())

    def paths(self) -> Collection[str]:
        """Return the paths of all pages, even of unreadable ones."""
        return self.by_path.keys()

    def unusable(self) -> set[str]:
        """Return the paths of pages that cannot be used because of a problem."""
        return self.by_path.keys() - {source.path for source in self.sources()}

    def name(self, file: Path) -> str:
        """Return a file's name in problems: its path from the root, with slashes."""
        return file.relative_to(self.root).as_posix()

    def given(self, path: str | Path) -> str:
        """Return the name of a file that somebody has typed, also where they gave it in full."""
        return files.given(self.root, path)

    # -- reading --------------------------------------------------------------------

    def read(self, source: Source) -> Page:
        """Return the parsed page of `source`, which must be one of `sources()`."""
        page = self.try_read(source)
        assert isinstance(page, Page)
        return page

    def try_read(self, source: Source) -> Page | Problem:
        """Return the parsed page of `source`, or the problem of reading it."""
        if source.name not in self._pages:
            self._pages[source.name] = self.scanned(self.text(source))
        return self._pages[source.name]

    def text(self, source: Source) -> str | Problem:
        """Return the text of a page, or the problem of reading it."""
        name = source.name
        if source.generated_text is not None:
            return source.generated_text
        if name not in self._texts:
            self._texts[name] = read_page(source.file, name)
            if source.path == _SITE_PAGE:
                fault = f"its catalogs would be {SITE}, where interface text is; rename the page"
                self._texts[name] = Problem(name, 1, fault)
        return self._texts[name]

    def scanned(self, text: str | Problem) -> Page | Problem:
        """Parse a page's text with the handbook's settings; a problem is returned unchanged."""
        if isinstance(text, Problem):
            return text
        return scan.read(text, self.settings.keys, keeps_lines=self._keeps_lines)

    @cached_property
    def _keeps_lines(self) -> bool:
        return settings.keeps_lines(self.root)

    @property
    def reading(self) -> str:
        """The settings that the reading of a text depends on, for whoever keeps what came of it."""
        return f"{self.settings.keys} {self._keeps_lines}"

    def forget_parsed(self) -> None:
        """Free the memory of parsed pages; a page that is needed once more is parsed again."""
        self._pages.clear()

    def front(self, source: Source) -> Mapping[str, object]:
        """Return the front matter of a page that can be read."""
        if source.name not in self._fronts:
            text = self.text(source)
            assert isinstance(text, str)
            self._fronts[source.name] = front_matter(text)
        return self._fronts[source.name]

    def reread_page(self, source: Source, *, keep: bool = False) -> Problem | None:
        """Read a page again; if it cannot be read, return the problem.

        What is known of it is kept then, and if `keep` is true.
        """
        name = source.name
        text = walk.fault(self.root, name) or read_page(source.file, name)
        if isinstance(text, Problem):
            return text
        if not keep:
            self._texts[name], self._pages[name] = text, self.scanned(text)
            self._fronts.pop(name, None)
        return None

    # -- including ------------------------------------------------------------------

    def parts(self) -> frozenset[str]:
        """Return the paths of the pages that others include."""
        return frozenset().union(*self._direct().values())

    def _direct(self) -> dict[str, set[str]]:
        """Return the paths of the pages that each page includes by itself."""
        texts = {source: self.text(source) for source in self.sources()}
        return {
            source.path: {
                part.path for name in includes.parts(text) if (part := self.part(source, name))
            }
            for source, text in texts.items()
            if isinstance(text, str) and "8<-" in text
        }

    def including(self, path: str) -> list[str]:
        """Return the paths of the pages that include the page at `path`, also through others."""
        direct = self._direct()
        found = [path]
        for known in found:
            found += [each for each in direct if known in direct[each] and each not in found]
        return found[1:]

    @cached_property
    def folders(self) -> tuple[str, ...]:
        """The folders that the site includes files from."""
        return settings.snippet_folders(self.root)

    def included(self, name: str) -> str | None:
        """Return the text of a page or another file that a page includes; None if there is none."""
        known = self._by_name.get(name)
        if known is None and not (self.root / name).is_file():
            return None
        text = self.text(known) if known else walk.fault(self.root, name)
        text = text or read_page(self.root / name, name)
        return text if isinstance(text, str) else None

    def part(self, source: Source, path: str) -> Source | None:
        """Return the page that a page includes by `path`; None if there is none."""
        names = includes.places(f"docs/{source.language}/{source.path}", path, self.folders)
        return next((self._by_name[each] for each in names if each in self._by_name), None)

    @cached_property
    def _by_name(self) -> dict[str, Source]:
        return {each.name: each for each in self.sources()}
