"""A build that takes pages from the last one makes the same site as one that begins anew."""

from __future__ import annotations

import re
import shutil
import sys
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import yaml
from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig

import forks
import handbooks
from folders import ROOT
from handbook.bitext.files import write
from handbook.bitext.project.handbook import Handbook
from handbook.press.core import caches, history
from handbook.press.core.assembled import ingredients
from handbook.press.core.config import load
from handbook.press.core.kept import Kept
from handbook.press.core.log import collected, log
from handbook.press.markdown.described import described
from programs import git


def _replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    """An edit that puts one text in the place of another, which must be there."""

    def edit(root: Path) -> None:
        text = (root / name).read_text("utf-8")
        assert old in text, name
        write(root / name, text.replace(old, new))

    return edit


def _add(name: str, text: str) -> Callable[[Path], None]:
    """An edit that writes more to a file, or a new one."""

    def edit(root: Path) -> None:
        before = (root / name).read_text("utf-8") if (root / name).exists() else ""
        write(root / name, before + text)

    return edit


def _move(name: str, other: str, pattern: str) -> Callable[[Path], None]:
    """An edit that moves what matches from a page to the end of another one."""

    def edit(root: Path) -> None:
        text = (root / name).read_text("utf-8")
        found = re.search(pattern, text, re.DOTALL | re.MULTILINE)
        assert found
        write(root / name, text.replace(found[0], ""))
        _add(other, f"\n{found[0]}\n")(root)

    return edit


def _delete(name: str) -> Callable[[Path], None]:
    return lambda root: (root / name).unlink()


def _rename(name: str, other: str) -> Callable[[Path], None]:
    """An edit that gives a page another name, in the navigation too, and leaves its catalogs."""

    def edit(root: Path) -> None:
        (root / "docs/en" / name).rename(root / "docs/en" / other)
        _replace("mkdocs.yml", name, other)(root)

    return edit


def _have_a_theme(root: Path) -> None:
    """Give the handbook templates of its own, in the place of a link to the repository's."""
    (root / "theme").unlink()
    shutil.copytree(ROOT / "theme", root / "theme")


HOOK = """\
def on_page_markdown(markdown, page, config, files):
    return markdown + "\\n\\nSaid by a hook: {words}.\\n"

def on_post_page(output, page, config):
    return output.replace("</body>", "<!-- {words} --></body>")
"""


ADDS_A_FOLDER = """\
from pathlib import Path

def on_config(config):
    folder = str(Path(config.config_file_path).parent / "more")
    if folder not in config.theme.dirs:
        config.theme.dirs.insert(0, folder)
"""
ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h{}z"/></svg>'


def _commit(root: Path) -> None:
    """Keep the handbook in git, so that its pages have versions, dates and histories."""
    for words in (("init", "-q"), ("add", "docs", "translations"), ("commit", "-qm", "Begin")):
        git(*words, at=root)


LEFT = """
{comment}#. paragraph
#~ msgid "We part friends. Whoever goes takes along what is theirs, and the thanks of the others."
#~ msgstr "{text}"
"""
PARTED = (
    "Nos despedimos en amistad. Quien se va se lleva lo suyo y las gracias de las demás personas."
)


STEPS: tuple[tuple[Callable[[Path], None], ...], ...] = (
    (),
    (  # texts
        _commit,
        _replace("docs/en/mission.md", "We read.", "We read aloud."),
        _replace("translations/es/structure.po", "Cada [calle]", "Toda [calle]"),
        _replace("docs/en/reference/glossary.md", "which delegates meet", "which to meet"),
        _replace("translations/es/site.po", "Reunirse", "Verse"),
        _replace("translations/ja/site.po", "このページは日本語", "この頁は日本語"),
        _replace("docs/en/toolkit/index.md", "# ", "\n\n\n# "),
    ),
    (  # what other pages show of a page
        _replace("docs/en/toolkit/deciding.md", "# Deciding tog", "# To decide tog"),
        _replace("translations/es/mission.po", "Misión y", "La misión y"),
        _replace("docs/en/structure.md", "keeper: the", "status: new\n2026: a year\nkeeper: the"),
        _add("docs/en/reference/glossary.md", "\nhands { #hands }\n:   What one looks at.\n"),
        _rename("strategy/barriers.md", "strategy/room.md"),
    ),
    (  # files that are there and files that are not
        _add("docs/en/new.md", "# New\n\nSee [the mission](mission.md).\n"),
        _add("docs/en/structure.md", "\nSee [this](new.md), [that](gone.md).\n\n![Sign](s.svg)\n"),
    ),
    (
        _add("docs/en/gone.md", "# Gone\n\nAnd back, like a federation.\n"),
        _add("docs/en/s.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
        _move("docs/en/mission.md", "docs/en/structure.md", "^Nobody leads.*?$"),
        _add("translations/es/structure.po", LEFT.format(comment="", text=PARTED)),
    ),
    (  # languages and settings
        _delete("docs/en/gone.md"),
        _replace("translations/es/structure.po", "X-Reviewed: ", "X-Reviewed: A 2026"),
        _add("languages/es.toml", "name = 'Castellano'\nbad = 1\n"),
        _add("translations/ja/mission.po", "\nmsgid unquoted\n"),
    ),
    (
        _replace("languages/es.toml", "bad = 1\n", ""),
        _replace("mkdocs.yml", "- Key documents", "- Documents"),
        _add("mkdocs.yml", "copyright: Nobody's\nuse_directory_urls: false\n"),
        _commit,
        _have_a_theme,
        _add("theme/partials/footer.html", "<footer>{{ 'Reference' | translated }}</footer>"),
        _add("one.py", HOOK.format(words="one")),
        _add("mkdocs.yml", "hooks: [one.py]\n"),
    ),
    (
        _replace("docs/en/mission.md", "We cook", "We all cook"),
        _add("mkdocs.yml", "markdown_extensions: [nl2br, {toc: {title: Here}}]\n"),
        _replace("theme/partials/footer.html", "<footer>", "<footer>And: "),
        _add("two.py", HOOK.format(words="two")),
        _replace("mkdocs.yml", "one.py", "two.py"),
    ),
    (
        _delete("theme/partials/footer.html"),
        _replace("mkdocs.yml", "two.py", "more.py"),
        _add("mkdocs.yml", "extra: {scope: /other/}\n"),
        _add("more.py", ADDS_A_FOLDER),
        _add("more/.icons/material/magnify.svg", ICON.format(1)),
    ),
    (
        _replace("more/.icons/material/magnify.svg", "h1z", "h2z"),
        _replace(  # as a join leaves it
            "translations/es/structure.po",
            LEFT.format(comment="", text=PARTED),
            LEFT.format(comment=f"# Translated before: {PARTED}\n", text="Nos vamos en paz."),
        ),
    ),
)
"""Edits of a handbook, and between them builds."""


def _built(root: Path) -> tuple[dict[str, bytes], list[str]]:
    """Build all languages; return the files of the site, and what was said of the handbook."""
    with collected() as problems:
        mkdocs_build.build(load(root))
    return _files(root / "site"), [*map(str, problems)]


def _files(site: Path) -> dict[str, bytes]:
    files = (each for each in site.rglob("*") if each.is_file())
    return {str(each.relative_to(site)): each.read_bytes() for each in files}


def _results(folder: Path) -> set[str]:
    """The names of what is kept of pages."""
    steps = ("pages", "rendered", "contents", "catalogs", "finished", "near")
    return {str(each.relative_to(folder)) for step in steps for each in folder.glob(f"{step}/*")}


@pytest.mark.skipif(sys.platform != "linux", reason="no process is forked here")
def test_a_site_after_each_edit_is_that_of_a_first_build(tmp_path: Path) -> None:
    root, away, forked = (tmp_path / name for name in ("handbook", "away", "forked"))
    root.mkdir()
    handbooks.sample(root, "plugins: {bitext: {books: false}}\n")
    for number, edits in enumerate(((), *STEPS)):
        for edit in edits:
            edit(root)
        history.of.cache_clear()  # git is asked once in a process
        again, said = _built(root)
        _put_away(root / "build", away, forked)
        said_by_forks = sorted(map(str, forks.site(root)))
        by_forks = _files(root / "site")
        _put_away(root / "build", forked)
        first, said_first = _built(root)
        assert _results(away) == _results(root / "build"), number
        assert said == said_first, number
        assert said_by_forks == sorted(set(said_first)), number
        for other in (again, by_forks):
            differ = [each for each in {**other, **first} if other.get(each) != first.get(each)]
            assert not differ, (number, sorted(differ))
        shutil.rmtree(root / "build")
        away.rename(root / "build")


def _put_away(folder: Path, away: Path, other: Path | None = None) -> None:
    """Move a folder away, and put the other one into its place, if it is there."""
    folder.rename(away)
    if other and other.exists():
        other.rename(folder)


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what is not found, with the folders where it is looked for."""
    missed: list[str] = []
    real = Kept.find

    def find(self: Kept, name: str, made_from: Sequence[str]) -> object:
        result = real(self, name, made_from)
        if result is None and self._folder is not None:
            missed.append(f"{self._folder.name}/{name}")
        return result

    monkeypatch.setattr(Kept, "find", find)
    return missed


def test_after_an_edit_only_its_own_page_and_catalogs_are_made(
    tmp_path: Path, found: list[str]
) -> None:
    handbooks.sample(tmp_path, "plugins: {bitext: {books: false}}\n")
    _built(tmp_path)
    assert {each.partition("/")[0] for each in found} == {
        "pages", "rendered", "contents", "catalogs", "finished", "near"
    }  # fmt: skip
    found.clear()
    _built(tmp_path)
    assert not found
    _replace("docs/en/mission.md", "We read.", "We read aloud.")(tmp_path)
    _built(tmp_path)
    shown = {re.sub(r"^\w+/(?:\w\w/)?([\w./]+).*", r"\1", each) for each in found}
    assert shown == {"mission.md", "translations/es/mission.po", "translations/ja/mission.po"}


def test_what_cannot_be_read_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "build/steps"
    made = Kept(folder, ["settings"])
    assert made.find_or_make("page", ["text"], lambda: [1]) == [1]
    assert made.find_or_make("page", ["text"], lambda: [2]) == [1]
    assert made.find_or_make("page", ["other text"], lambda: [3]) == [3]
    assert Kept(folder, ["other settings"]).find("page", ["other text"]) is None
    (file,) = folder.iterdir()
    digest = file.read_bytes()[:32]
    program = zlib.compress(b"cos\nsystem\n(S'true'\ntR.")
    for damaged in (b"", digest, digest + b"?", file.read_bytes()[:-3], digest + program):
        file.write_bytes(damaged)
        assert made.find_or_make("page", ["other text"], lambda: [4]) == [4]


def test_what_is_said_is_said_at_each_build(tmp_path: Path) -> None:
    made = Kept(tmp_path / "build/steps", [])

    def tell() -> str:
        log.warning("mend that")
        return "made"

    for _ in range(2):
        with collected() as problems:
            assert made.find_or_make("page", [], tell) == "made"
        assert [*map(str, problems)] == ["mend that"]


def test_what_git_keeps_is_not_ours(tmp_path: Path) -> None:
    folder = tmp_path / "build/steps"
    Kept(folder, []).keep("page", [], "somebody's")
    git("init", "-q", at=tmp_path)
    assert Kept(folder, []).find("page", []) == "somebody's"
    git("add", "-f", "build", at=tmp_path)
    caches.forget()
    assert Kept(folder, []).find("page", []) is None


def test_what_a_quiet_build_does_not_say_is_said_in_another(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    made = Kept(tmp_path / "build/steps", [])
    with caplog.at_level("ERROR", "mkdocs"):
        made.find_or_make("page", [], lambda: log.warning("mend that") or "made")
        assert made.find("page", []) == "made"
    with caplog.at_level("WARNING", "mkdocs"):
        assert made.find("page", []) is None


@pytest.mark.parametrize(
    "extensions",
    [
        "[strange_extension]",
        "[{pymdownx.snippets: {auto_append: [words.md]}}]",
        "[{pymdownx.emoji: {options: {custom_icons: [theme/.icons]}}}]",
        "[pymdownx.b64]",
        "[{toc: {slugify: !!python/name:os.system }}]",
    ],
)
def test_what_may_be_other_html_next_time_is_not_kept(extensions: str) -> None:
    config = MkDocsConfig()
    config.markdown_extensions, config.mdx_configs = [], {}
    for each in yaml.unsafe_load(extensions):
        named = each if isinstance(each, dict) else {each: {}}
        config.mdx_configs |= named
        config.markdown_extensions += list(named)
    assert described(config) is None
    config.markdown_extensions, config.mdx_configs = ["toc"], {"toc": {"permalink": True}}
    assert described(config) == "toc {'permalink': True}"


def test_a_catalog_that_was_saved_meanwhile_is_not_kept(tmp_path: Path) -> None:
    handbooks.sample(tmp_path)
    handbook = Handbook.open(tmp_path)
    page = next(each for each in handbook.sources() if each.path == "mission.md")
    assert ingredients(handbook, page, ["en", "es"])
    handbook.catalog(page, "es")
    _add("translations/es/mission.po", "\n# A word.\n")(tmp_path)
    assert ingredients(handbook, page, ["en", "es"]) is None
