"""What is to be done to a site so that it is a handbook: worked out first, then done as a whole."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from handbook.bitext.files import remove, write
from handbook.bitext.migrate import configuration, furniture, languagelist, layout, mending, pages
from handbook.bitext.migrate.layout import Layout
from handbook.bitext.migrate.lettering import unsaid_language
from handbook.bitext.migrate.pages import Found
from handbook.bitext.migrate.site import Site
from handbook.bitext.problem import Problem
from handbook.bitext.project import yamlentries
from handbook.bitext.project.pages import OTHER_ENDINGS, RENAMING
from handbook.bitext.project.settings import MKDOCS


@dataclass(frozen=True)
class Plan:
    """The steps that make a handbook of a site."""

    languages: tuple[str, ...]
    """Its languages; pages are written in the first."""
    layout: Layout
    texts: Mapping[str, str]
    """New texts of files beside the pages."""
    found: Found
    """The translations that are pages."""

    @property
    def source(self) -> str:
        """The language that pages are written in."""
        return self.languages[0]


def of(
    site: Site,
    files: Collection[str],
    codes: Sequence[str],
    keys: Sequence[str] = (),
    *,
    from_pages: bool = False,
    below: str = "",
) -> Plan | Problem:
    """Return the plan for a site with the pages `files`, in languages besides its own.

    `keys` of front matter are those that only this site uses, `below` is the path of the site in
    its repository. A problem says why there is no plan.
    """
    source = site.language
    if len(languagelist.read(source)[0]) != 1:
        return Problem(MKDOCS, 1, f"theme: language: {source} is not a code; write one such as en")
    found = pages.find(site, source, files)
    if problem := unsaid_language(site, _own_pages(source, files, found)) or _unlikely(site, codes):
        return problem
    if problem := _mismatch(site, source, found, codes, from_pages=from_pages):
        return problem
    listed = [str(each["locale"]) for each in site.listed]
    known = list(dict.fromkeys([source, *listed, *found.languages, *codes]))
    made = layout.of(site, source, files, found.files)
    if problem := _in_the_way(site, known) or _collision(site, files, made):
        return problem
    gone = list(_becoming_catalogs(site, source, found))
    texts = configuration.texts(site, made, known, keys, gone)
    if isinstance(texts, Problem):
        return texts
    texts |= dict(_redirects(site)) | dict(furniture.files(site.root, source, known, below))
    for name, text, changed in layout.beside(site, source, files, found.files):
        texts[name] = texts.get(name, text).replace(text, changed)
    return Plan(tuple(known), _with_mended(site, source, found, made), texts, found)


def _own_pages(source: str, files: Iterable[str], found: Found) -> Iterator[str]:
    """Yield the pages that are no translations."""
    for name in sorted(files):
        if name.endswith(".md") and found.files.get(name, (source, ""))[0] == source:
            yield name


def _with_mended(site: Site, source: str, found: Found, made: Layout) -> Layout:
    """Return a layout with the files of navigation too, and with pages mended."""
    folders = found.folders(site.docs) - {source}
    of_files = dict(configuration.nav_files(site, made, folders))
    made = replace(made, texts={**made.texts, **of_files})
    return replace(made, texts=dict(mending.mended(site.root, made)))


def _unlikely(site: Site, codes: Sequence[str]) -> Problem | None:
    """Return the problem that pages are to be translated into what they are taken for; or None."""
    if site.said_language or site.language not in codes or len(codes) < 2:
        return None
    fault = f"pages are to be translated into {site.language}, and nothing says what they are in"
    cure = "write that, as theme: language: pt, commit, and call this again"
    return Problem(MKDOCS, 1, f"{fault}; {cure}")


def _mismatch(
    site: Site, source: str, found: Found, codes: Sequence[str], *, from_pages: bool
) -> Problem | None:
    """Return the problem that another call is needed; None if there is none."""
    if others := pages.beside(site):
        fault = f"docs_dir is {site.docs}, and beside it are translations as pages"
        cure = f"write docs_dir: {posixpath.dirname(site.docs)}, then: handbook init --from-pages"
        if posixpath.basename(site.docs) == source and not from_pages:
            cure = "take them along: handbook init --from-pages"
        return Problem(MKDOCS, 1, f"{fault} ({', '.join(others)}); {cure}")
    if found.languages and not from_pages:
        fault = f"holds translations as pages ({', '.join(found.languages)})"
        return Problem(site.docs, 0, f"{fault}; take them along: handbook init --from-pages")
    if from_pages and (problem := _elsewhere(site, found)):
        return problem
    if from_pages and not found.languages:
        fault = "no page is translated in a folder such as ja/ or as page.ja.md"
        return Problem(site.docs, 0, f"{fault}; call handbook init --languages ja")
    if not from_pages and not {*codes, *(str(each["locale"]) for each in site.listed)} - {source}:
        return _nothing_to_do(site, source, codes)
    return None


def _nothing_to_do(site: Site, source: str, codes: Sequence[str]) -> Problem:
    """Return the problem that no other language than that of the pages is named."""
    if source in codes and not site.listed:
        fault = f"pages are taken for {source}, their translations too"
        cure = "write theme: language: es, or what they are in, into mkdocs.yml"
        return Problem(site.docs, 0, f"{fault}; {cure}, commit, and call this again")
    fault = f"pages are in {source}; name the languages to translate them into"
    return Problem(site.docs, 0, f"{fault}: handbook init --languages fr,de")


def _elsewhere(site: Site, found: Found) -> Problem | None:
    """Return the problem that pages of other languages have to be moved; None if none have to.

    What is above the site's folder may be another site, and is left alone once pages are found.
    """
    others = [
        each
        for each in pages.elsewhere(site)
        if not (found.languages and each[0].startswith("../"))
    ]
    if not others:
        return None
    moves = ", ".join(f"git mv {folder} {site.docs}/{code}" for _, folder, code in others)
    name, folder, _ = others[0]
    return Problem(name, 1, f"has its pages in {folder}; {moves}, commit, and call this again")


def _in_the_way(site: Site, codes: Sequence[str]) -> Problem | None:
    """Return the problem that the folder of a language is another one beside that of the pages."""
    own = site.docs.removeprefix(f"{layout.DOCS}/")
    for code in codes if own != site.docs else ():
        name = f"{layout.DOCS}/{code}"
        files = (site.root / name).rglob("*") if code != own.partition("/")[0] else ()
        if any(each.is_file() and not each.name.startswith(".") for each in files):
            fault = f"is not of the pages in {site.docs}, and those written in {code} are to be"
            return Problem(name, 0, f"{fault} there; rename it: git mv {name} {name}-other")
    return None


def _collision(site: Site, files: Collection[str], made: Layout) -> Problem | None:
    """Return the problem that two files would be one, or a page none; None if there are none."""
    if name := next((each for each in sorted(files) if each.endswith(OTHER_ENDINGS)), None):
        return Problem(name, 0, f"would be no page, since one ends in .md; {RENAMING}")
    taken: dict[str, str] = {}
    for old in sorted(files):
        new = made.moves.get(old, old)
        other = taken.setdefault(new, old)
        if other != old:
            return Problem(old, 0, f"would be {new}, and so would {other}; rename or delete one")
    for old, new in made.moves.items():
        if new not in taken or (new not in files and (site.root / new).exists()):
            fault = f"would be {new}, and there is a file that git does not keep"
            return Problem(old, 0, f"{fault}; move that away")
    return None


def _becoming_catalogs(site: Site, source: str, found: Found) -> Iterator[str]:
    """Yield the path, in the folder of pages, of each translation whose source is there."""
    for name, (language, path) in found.files.items():
        if language != source and any(
            (site.root / site.docs / each).is_file()
            for each in (path, f"{source}/{path}", f"{path.removesuffix('.md')}.{source}.md")
        ):
            yield posixpath.relpath(name, site.docs)


def _redirects(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the handbook's own file of redirects, which knows all languages."""
    if maps := configuration.redirects(site):
        rows = "".join(
            f"{yamlentries.flow(old)}: {yamlentries.flow(new)}\n" for old, new in maps.items()
        )
        yield "docs/redirects.yml", f"# Old addresses, and the pages they lead to.\n{rows}"


def carry_out(root: Path, plan: Plan) -> None:
    """Move and write the files of a plan. Raises OSError or SettingsError."""
    moves = plan.layout.moves
    for old, new in moves.items():  # where one goes, another may lie that has yet to go
        (root / new).parent.mkdir(parents=True, exist_ok=True)
        (root / old).rename(root / f"{new}{_ASIDE}")
    for new in moves.values():
        (root / f"{new}{_ASIDE}").rename(root / new)
    for old in moves.keys() - moves.values():
        remove(root / old)  # is gone: the folders that are empty without it
    for new, target in plan.layout.links.items():
        (root / new).unlink()
        (root / new).symlink_to(target)
    for name, text in {**plan.layout.texts, **plan.texts}.items():
        write(root / name, text)


_ASIDE = ".moving"
"""Ends the names of files while they move."""


def translated_pages(plan: Plan) -> Iterator[str]:
    """Yield the path of each page that is a translation, once it has moved."""
    for name, (language, _) in sorted(plan.found.files.items()):
        if language != plan.source and name.endswith(".md"):
            yield plan.layout.moves.get(name, name)
