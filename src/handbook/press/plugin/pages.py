"""Give MkDocs every page in every language; translated pages exist only in memory.

mkdocs-static-i18n sorts the files by language, and creates new file objects without content. So a
page is added before that plugin runs, and gets its text afterwards.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from difflib import get_close_matches
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from handbook.bitext.files import is_file, meant
from handbook.bitext.problem import Problem
from handbook.bitext.project import exclusions, faults, settings
from handbook.bitext.project.catalogs import catalog_path
from handbook.press.core import i18n, places
from handbook.press.core.config import root
from handbook.press.core.editions import Editions, Leaf
from handbook.press.core.failures import problems_of
from handbook.press.core.kept import Kept
from handbook.press.core.log import log
from handbook.press.core.written import read_written
from handbook.press.frame import feed
from handbook.press.pages import outdated
from handbook.press.plugin import rendered
from handbook.press.search import index


def announce(files: Files, editions: Editions, config: MkDocsConfig) -> None:
    """Add each page in each language to `files`, and remove every other page.

    A page that another plugin has taken out before is left out of the whole handbook: nothing that
    is published tells of it.
    """
    written = {f"{source.language}/{path}" for path, source in editions.sources.items()}
    for file in [each for each in files if each.is_documentation_page()]:
        if file.src_uri not in written:
            files.remove(file)
    there = set(files.src_uris)
    for path, source in list(editions.sources.items()):
        if f"{source.language}/{path}" not in there:
            editions.leave_out(path)
            continue
        for language in i18n.names(config):
            if language != source.language:
                files.append(places.source(f"{language}/{path}", config))


def set_aside(files: Files, config: MkDocsConfig) -> tuple[File, ...]:
    """Take out the files on which static-i18n fails.

    They are those that are only in memory, as hooks make them, and those of a `custom_dir` that is
    in the folder of pages, where it looks for them as if they were pages.
    """
    dirs = set(map(Path, config.theme.dirs))
    found = tuple(
        each for each in files if each.abs_src_path is None or Path(each.src_dir or ".") in dirs
    )
    for file in found:
        files.remove(file)
    return found


def fill(file: File, editions: Editions, edit_links: Mapping[str, str]) -> None:
    """Set the text and the edit link of a page; warn of translations that are refused.

    `edit_links` are those of pages that a plugin has set, by path.
    """
    language, path = places.split(file.src_uri)
    translation = editions.leaf(path, language).translation
    if translation is None:
        file.edit_uri = edit_links.get(path, f"docs/{file.src_uri}")
        return
    for problem in translation.problems:
        log.warning(problem)
    text = translation.text + outdated.current_texts(translation.older)
    # As MkDocs reads a file: behind a mark, or with other line ends, it finds no front matter.
    file.content_string = io.StringIO(text.removeprefix("\ufeff"), newline=None).read()
    # The text is in memory; plugins that look for what stands beside a page find it at its source.
    file.abs_src_path = str(editions.sources[path].file)
    file.generated_by = "bitext"
    file.edit_uri = catalog_path(path, language)


def share_defaults(language: str, config: MkDocsConfig) -> None:
    """Let Material's plugin meta give a page in any language what a file in its folder says."""
    plugin = config.plugins.get("material/meta")
    known: dict[str, Any] = getattr(plugin, "meta", {})
    for path, values in list(known.items()):
        known.setdefault(f"{language}/{places.split(path)[1]}", values)


def from_root(template: str) -> str:
    """Return an `edit_uri_template` for paths from the root: not all that is edited is in docs.

    What is edited is not always Markdown either, so a template cannot end all paths in `.md`.
    """
    template = template.replace("{path_noext}.md", "{path}").replace(
        "{path_noext!q}.md", "{path!q}"
    )
    return _FOLDER.sub("", template)


_FOLDER = re.compile(r"(?<![^/=])docs/(?=\{path)")


def wrap_render(page: Page, leaf: Leaf, kept: Kept) -> None:
    """Wrap `page.render`: use cached HTML if unchanged; survive exceptions of extensions.

    An extension that raises an exception costs the page its markup, and nothing else.
    """
    if not isinstance(page.render, _Render):  # as it is where a preview makes a page again
        made = _Render(page, leaf.file, kept, page.render)
        setattr(page, "render", made)  # noqa: B010 – mypy knows it as a method


class _Render:
    """The wrapped `render` of a page."""

    def __init__(self, page: Page, file: str, kept: Kept, render: rendered.Render) -> None:
        self._page, self._file, self._kept, self._render = page, file, kept, render

    def __call__(self, config: MkDocsConfig, files: Files) -> None:
        page = self._page
        try:
            rendered.take_or_render(self._kept, page, config, files, self._render)
        except MemoryError:
            raise
        except Exception as error:
            for problem in problems_of(error, self._file, 1):
                log.warning(problem)
            page.content = f"<pre>{escape(page.markdown or '')}</pre>"
            page.toc = TableOfContents([])


def collisions(editions: Editions, config: MkDocsConfig) -> dict[str, Problem | None]:
    """Return, by path, why a page's output file is taken; None if reported elsewhere.

    Names that differ in letter case alone are one on many systems; the handbook itself names
    them, so that there is None for those.
    """
    languages = list(i18n.names(config))
    taken = dict.fromkeys(_OURS, "the site itself")
    for language in languages:
        taken[index.file(language).casefold()] = "search"
        taken |= {
            places.within(language, each, config).casefold(): "an error page"
            for each in _ERROR_PAGES
        }
        taken[places.within(language, feed.FILE, config).casefold()] = "the feed"
    found: dict[str, Problem | None] = {}
    paths = Counter(path.casefold() for path in editions.sources)
    for path, source in sorted(editions.sources.items(), key=lambda each: each[0].count("/")):
        own = {places.file(path, language, config) for language in languages}
        statics = dict(_statics(path, languages, config))
        for file in sorted(own):
            for needed in (file, *map(str, PurePosixPath(file).parents)):
                if other := taken.get(needed.casefold()) or statics.get(needed):
                    fault = f"would be {needed} on the site, and so is {other}; rename one"
                    is_named = paths[path.casefold()] > 1
                    found.setdefault(path, None if is_named else Problem(source.name, 1, fault))
        if path not in found:
            taken |= dict.fromkeys(map(str.casefold, own), source.name)
    return found


def _statics(path: str, languages: list[str], config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    """Yield each file that is published as it is where a page, or a folder of it, would be.

    First its path on the site. MkDocs would publish the page, or fail, as it happens.
    """
    output = places.file(path, i18n.default(config), config)
    for place in (output, *map(str, PurePosixPath(output).parents)):
        for language in languages:
            name = f"{language}/{place}"
            is_there = is_file(Path(config.docs_dir, name))
            if is_there and not exclusions.of(root(config)).match_file(name):
                yield places.within(language, place, config), f"docs/{name}"


_OURS = ("worker.js", "versions.json", "sitemap.xml", "sitemap.xml.gz")
_ERROR_PAGES = ("404.html", "503.html")


def report(editions: Editions, config: MkDocsConfig) -> None:
    """Log a warning for each problem of the files of pages and catalogs."""
    catalogs = (
        problem
        for language in i18n.names(config)
        for problem in editions.edition(language).problems
    )
    found = faults.page_problems(
        editions.handbook, lambda _, source: editions.text_problems(source)
    )
    for problem in (*found, *catalogs):
        log.warning(problem)


def nav_problems(
    config: MkDocsConfig, editions: Editions, named: Container[str]
) -> Iterator[Problem]:
    """Yield a problem for each page that `nav` has twice, and for those that do not exist.

    Those that other problems have `named` are left out.
    """
    written = read_written(root(config))
    absent = not_there(config, editions)
    for path, count in Counter(settings.targets(config.nav)).items():
        if path in absent and path not in named:
            yield written.item("nav", path, 1, f"there is no page {path}{_cure(path, editions)}")
        elif count > 1 and editions.has(path):
            yield written.item("nav", path, 2, f"{path} is in nav twice; take one out")


def _cure(path: str, editions: Editions) -> str:
    """Return what is said of a page in `nav` that is not there: which one may be meant."""
    close = get_close_matches(path, list(editions.paths), n=1, cutoff=0.75)
    return f"; write {close[0]}" if close else "; correct the path, or take it out of nav"


def respelled(nav: Any, editions: Editions) -> Any:
    """Return a `nav` of mkdocs.yml with the paths of pages as their files are spelled on disk."""
    if isinstance(nav, list):
        return [respelled(item, editions) for item in nav]
    if isinstance(nav, dict):
        return {title: respelled(item, editions) for title, item in nav.items()}
    return meant(nav, editions.paths) if isinstance(nav, str) else nav


def not_there(config: MkDocsConfig, editions: Editions) -> set[str]:
    """Return what `nav` leads to and is neither a page, another file nor an address."""
    docs = Path(config.docs_dir)
    folders = [docs, *(docs / language for language in i18n.names(config))]
    return {
        path
        for path in settings.targets(config.nav)
        if not editions.has(_normal(path))
        and path not in editions.handbook.generated_paths
        and not path.startswith(("/", "#", "?"))
        and not _SCHEME.match(path)
        and not any((folder / path).exists() for folder in folders)
    }


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def _normal(path: str) -> str:
    return PurePosixPath(path).as_posix()


def without(nav: Any, paths: set[str]) -> Any:
    """Return a `nav` of mkdocs.yml (lists, mappings, paths) without the pages at `paths`."""
    if isinstance(nav, list):
        kept = [without(item, paths) for item in nav]
        return [item for item in kept if item]
    if isinstance(nav, dict):
        kept_sections = {title: without(item, paths) for title, item in nav.items()}
        return {title: item for title, item in kept_sections.items() if item}
    return None if nav in paths else nav
