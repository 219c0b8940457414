"""The plugin in a site that nobody here knows: a plain mkdocs.yml, two pages, any option."""

from __future__ import annotations

import filecmp
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from lxml import etree
from lxml import html as lxml_html
from mkdocs.commands import build as mkdocs_build

from forks import mkdocs
from handbook.bitext.files import write
from handbook.press.core.config import load
from handbook.press.make import build, serve
from handbook.press.plugin import plugin
from handbook.press.plugin.plugin import Plugin
from programs import git

SETTINGS = """\
site_name: Two pages
theme: {name: material}
plugins:
  search: {}
  i18n:
    docs_structure: folder
    languages:
      - {locale: en, name: English, default: true}
      - {locale: fr, name: Français}
  bitext: {books: false}
"""
CATALOG = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Two"
msgstr "Deux"

msgid "Some text."
msgstr "Du texte."
"""


BESIDE = """
def on_page_markdown(markdown, page, **_):
    with open(__file__ + ".txt", "a") as file:
        file.write(f"{page.file.src_uri[:2]}:{page.file.abs_src_path}\\n")
"""


MAKING = """
from mkdocs.structure.files import File
from mkdocs.utils import write_file

def on_files(files, config):
    for path, content in (("api/one.md", "# One"), ("api/SUMMARY.md", "* [The first](one.md)")):
        files.append(File.generated(config, path, content=content))

def on_env(env, config, **_):  # as mkdocstrings does
    write_file(config.theme["language"].encode(), config.site_dir + "/objects.inv")
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site in English and French, one page of which is translated."""
    write(tmp_path / "mkdocs.yml", SETTINGS)
    write(tmp_path / "docs/en/index.md", "# Home\n\nHello [there](two.md).\n")
    write(tmp_path / "docs/en/two.md", "# Two\n\nSome text.\n\n## Part\n\nMore.\n")
    write(tmp_path / "translations/fr/two.po", CATALOG)
    return tmp_path


def merged(mine: dict[str, object], theirs: dict[str, object]) -> dict[str, object]:
    """Settings with others on top; null takes a setting away."""
    result = dict(mine)
    for key, value in theirs.items():
        old = result.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            result[key] = merged(old, value)
        elif value is None:
            result.pop(key, None)
        else:
            result[key] = value
    return result


_NAMED = "{locale: en, name: English, default: true}, {locale: fr, name: Français}"


@pytest.mark.parametrize(
    "settings",
    [
        "{}",
        "plugins: {bitext: null}",
        "plugins: {bitext: {standing: We speak for nobody.}}",
        "plugins: {bitext: {icons: {Home: material/home}}}\nnav: [Home: index.md, two.md]",
        "plugins: {bitext: {help: two.md}}",
        "plugins: {bitext: {report: 'mailto:a@example.org'}}",
        "plugins: {bitext: {offline: true}}\nsite_url: https://example.org/",
        "plugins: {bitext: {books: true}}",
        "theme: {palette: {scheme: slate}}",
        "theme: {palette: [{scheme: default}, {scheme: slate}]}",
        "theme: {palette: {scheme: slate, toggle: {icon: material/weather-night, name: Dark}}}",
        "theme: {features: [navigation.indexes, navigation.instant, navigation.instant.progress]}",
        "copyright: Everybody",
        f"plugins: {{i18n: {{languages: [{_NAMED}, {{locale: 'null', name: B, fixed_link: /}}]}}}}",
        "extra: {alternate: []}",
        "extra: {alternate: [{name: English, link: /}], version: 1.2}",
        "site_url: https://example.org/under/",
        "use_directory_urls: false",
        "plugins: {search: {enabled: false}}",
        "markdown_extensions: [attr_list, footnotes, {toc: {permalink: true}}]",
        "markdown_extensions: [{material.extensions.preview: {targets: {include: ['*']}}}]",
    ],
)
def test_it_builds_strict_clean(root: Path, settings: str) -> None:
    given = merged(yaml.safe_load(SETTINGS), yaml.safe_load(settings))
    plugins = given["plugins"]
    assert isinstance(plugins, dict)
    plugins.setdefault("bitext", {})
    (root / "mkdocs.yml").write_text(yaml.safe_dump(given, allow_unicode=True), "utf-8")
    done = mkdocs(root, "build", "--strict")
    assert done.returncode == 0, done.stderr
    flat = given.get("use_directory_urls") is False
    french = root / "site/fr" / ("two.html" if flat else "two/index.html")
    assert "Du texte." in french.read_text("utf-8")
    assert not (root / "site/null").exists()


def test_what_it_adds_can_be_seen(root: Path) -> None:
    options = "  bitext: {books: false, standing: We speak for nobody., help: two.md#part, "
    options += "without_account: two.md}\n"
    (root / "mkdocs.yml").write_text(
        SETTINGS.replace("  bitext: {books: false}\n", options) + "hooks: [beside.py]\n"
    )
    write(root / "beside.py", BESIDE)
    assert build.build(root).problems == ()
    # A plugin that looks for what stands beside a page finds it, in any language.
    assert set((root / "beside.py.txt").read_text("utf-8").split()) == {
        f"{language}:{root}/docs/en/{name}.md"
        for language in ("en", "fr")
        for name in ("index", "two")
    }
    page = lxml_html.fromstring((root / "site/fr/two/index.html").read_text("utf-8"))
    assert page.xpath("string(//h1/text())") == "Deux"
    assert page.xpath("//h2[@id='part']/span/@class") == ["missing"]
    assert "We speak for nobody." in page.xpath("string(//div[@class='md-copyright'])")
    opened = "../catalog.html?page=two.md"
    links = [opened, "../../assets/catalogs/fr/two.po", f"{opened}#return", "#part"]
    assert page.xpath("//aside[@class='foot']//a/@href") == links
    opens = lxml_html.fromstring((root / "site/fr/catalog.html").read_text("utf-8"))
    assert opens.xpath("//nav/a[last()]/@href") == ["two/#part"]
    assert opens.xpath("//div[@id='return']//li[last()]/a/@href") == ["two/"]
    assert [each.text.strip() for each in page.xpath("//a[@class='md-select__link']")] == [
        "English",
        "Français",
    ]
    assert (root / "site/search/fr.json").exists()


def test_mkdocs_and_the_command_build_the_same_site(root: Path) -> None:
    """Also what a hook makes; first an archive, then a shallow clone, which have no history."""
    write(root / "hook.py", MAKING)
    settings = SETTINGS.replace("bitext: {books: false}", "bitext: {}\n  literate-nav: {}")
    nav = "nav: [index.md, two.md, {API: api/}]\nhooks: [hook.py]\n"
    write(root / "mkdocs.yml", settings + nav)
    assert build.build(root).problems == ()
    shutil.move(root / "site", root / "built")
    _make_shallow(root)
    assert mkdocs(root, "build", "--strict").returncode == 0
    assert list(_differences(filecmp.dircmp(root / "site", root / "built"))) == []
    places = ("objects.inv", "fr/objects.inv")
    assert [(root / "site" / each).read_text() for each in places] == ["en", "fr"]
    for name in ("index.html", "two/index.html", "fr/index.html", "fr/two/index.html"):
        for folder in ("built", "site"):
            assert len(_NO_HISTORY.findall((root / folder / name).read_text("utf-8"))) == 1, name
    assert not (root / "site/history").exists()


def _make_shallow(root: Path) -> None:
    """Put a handbook into git as a clone that lacks older versions has it."""
    git("init", "--quiet", at=root)
    for message in ("one", "two"):
        git("add", "docs", "translations", at=root)
        git("commit", "--quiet", "--allow-empty", "--message", message, at=root)
    git("clone", "--quiet", "--no-checkout", "--depth=1", f"file://{root}", root / "clone")
    shutil.rmtree(root / ".git")
    shutil.move(root / "clone/.git", root / ".git")
    (root / "clone").rmdir()


def _differences(pair: filecmp.dircmp[str]) -> Iterator[str]:
    yield from (*pair.left_only, *pair.right_only)
    _, mismatch, errors = filecmp.cmpfiles(pair.left, pair.right, pair.common_files, shallow=False)
    yield from (name for name in (*mismatch, *errors) if name != "sitemap.xml.gz")  # has a date
    for each in pair.subdirs.values():
        yield from _differences(each)


def test_each_change_that_readers_see_is_an_entry_of_the_feed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a program has shown keeps its id, also when the page moves: only new ones are unread."""
    write(root / "mkdocs.yml", f"{SETTINGS}site_url: https://site.example/\n")
    git("init", "--quiet", at=root)

    def after(day: int) -> dict[str, list[str]]:
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"2026-03-{day:02}T12:00:00+00:00")
        git("add", "docs", "translations", at=root)
        git("commit", "--quiet", "--message", f"Day {day}", at=root)
        assert build.build(root).problems == ()
        return {name: list(_entries(root / "site" / name)) for name in ("feed.xml", "fr/feed.xml")}

    first = after(1)
    assert {name: len(each) for name, each in first.items()} == {"feed.xml": 2, "fr/feed.xml": 1}
    write(root / "translations/fr/two.po", CATALOG.replace("Du texte.", "Un texte."))
    second = after(2)
    assert second["feed.xml"] == first["feed.xml"]
    assert second["fr/feed.xml"][1:] == first["fr/feed.xml"]
    write(root / "translations/fr/two.po", f"{CATALOG}# Seen.\n".replace("Du texte.", "Un texte."))
    assert after(3) == second
    shutil.move(root / "docs/en/two.md", root / "docs/en/three.md")
    shutil.move(root / "translations/fr/two.po", root / "translations/fr/three.po")
    write(root / "docs/en/index.md", "# Home\n\nHello [there](three.md).\n")
    write(root / "docs/redirects.yml", "two.md: three.md\n")
    last = after(4)
    assert 'location.replace("three.html"' in (root / "site/history/two.html").read_text("utf-8")
    assert last["feed.xml"][1:] == second["feed.xml"]
    assert last["fr/feed.xml"] == second["fr/feed.xml"]


def _entries(path: Path) -> Iterator[str]:
    """Yield the ids of the entries of a feed; each leads to a day of a history that is there."""
    atom = "{http://www.w3.org/2005/Atom}"
    for entry in etree.parse(path).iter(f"{atom}entry"):
        content = lxml_html.fromstring(entry.findtext(f"{atom}content"))
        there, _, day = content.xpath("//a/@href")[-1].partition("#")
        told = there.removeprefix("https://site.example/").removeprefix("fr/")
        assert f'id="{day}"' in (path.parent / told).read_text("utf-8")
        yield entry.findtext(f"{atom}id")


def test_books_alone_are_those_of_the_site(root: Path) -> None:
    (root / "mkdocs.yml").write_text(SETTINGS.replace("{books: false}", "{}"))
    build.build(root)
    alone = root / "alone"
    for made in (*build.epubs(root, ["fr"], alone), *build.pdfs(root, ["fr"], alone)):
        assert not isinstance(made, str), made
    for name in ("handbook-fr.epub", "handbook-fr.pdf", "fr/two-fr.pdf"):
        assert (alone / name).read_bytes() == (root / "site/books" / name).read_bytes(), name


def test_a_page_that_is_made_again_is_the_page_of_a_build(root: Path) -> None:
    address = "http://127.0.0.1:8000/"
    preview = serve.SitePreview(root, root / "shown", address, print, print)
    try:
        preview.refresh()
        write(root / "translations/fr/two.po", CATALOG.replace("Du texte.", "Du nouveau texte."))
        preview.refresh()
    finally:
        preview.close()
    with (root / "mkdocs.yml").open("a") as file:
        file.write(f"site_url: {address}\n")
    build.build(root)
    for name in ("fr/two/index.html", "two/index.html", "fr/index.html"):
        built = _NO_HISTORY.sub("", (root / "site" / name).read_text("utf-8"))
        shown = (root / "shown" / name).read_text("utf-8")
        assert shown.split() == built.split(), name


# A preview does not say what has changed on a page.
_NO_HISTORY = re.compile(
    r"<p>(?:What has changed on this page is not known here|On ne sait pas ici)[^<]*</p>"
)


def test_a_preview_of_mkdocs_makes_no_books(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Plugin, "is_preview", False)
    (root / "mkdocs.yml").write_text(SETTINGS.replace("{books: false}", "{}"))
    for _ in range(2):  # MkDocs says that it serves once, and loads the configuration each time
        config = load(root)
        if not Plugin.is_preview:
            config.plugins.on_startup(command="serve", dirty=False)
        mkdocs_build.build(config)
        assert (root / "site/fr/index.html").exists()
        assert not (root / "site/books").exists()


def test_each_configuration_has_a_plugin_of_its_own(root: Path) -> None:
    one, other = load(root), load(root)
    assert plugin.of(one) is not plugin.of(other)


def test_settings_that_are_wrong_are_named(root: Path) -> None:
    write(root / "pyproject.toml", "[tool.handbook]\nlanguages = 5\n")
    done = mkdocs(root, "build")
    assert done.returncode == 1
    assert "languages is not a list of codes; write" in done.stderr
    assert "Traceback" not in done.stderr
