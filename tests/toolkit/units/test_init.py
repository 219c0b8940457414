"""What `handbook init` works out for sites of many forms, before it touches a file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pathspec import GitIgnoreSpec

from handbook.bitext import datafile
from handbook.bitext.files import write
from handbook.bitext.migrate import pages, plan, titles
from handbook.bitext.migrate.plan import Plan
from handbook.bitext.migrate.site import open_site
from handbook.bitext.problem import Problem
from handbook.press.core.config import load
from rows import rows

PLAIN = "site_name: x\ntheme: {name: material}\n"
LISTED = """\
plugins:
  - search
  - i18n:
      docs_structure: {0}
      languages:
        - {{locale: en, name: English, default: true}}
        - {{locale: de, name: Deutsch}}
nav:
  - Overview: README.md
  - Two: sub/two.md
"""


def refused(root: Path) -> str:
    """Return why the site in a folder cannot become a handbook, in lines."""
    told = open_site(root)
    assert isinstance(told, list)
    return "\n".join(map(str, told))


def planned(root: Path, files: dict[str, str], *codes: str, below: str = "") -> Plan:
    """Write a site, and return what is to be done to it."""
    made = tried(root, files, *codes, below=below)
    assert not isinstance(made, Problem), made
    return made


def tried(root: Path, files: dict[str, str], *codes: str, below: str = "") -> Plan | Problem:
    """Write a site, and return what is to be done to it, or why nothing can be."""
    for name, text in files.items():
        write(root / name, text)
    site = open_site(root)
    assert not isinstance(site, list), site
    inside = [name for name in files if name.startswith(f"{site.docs}/")]
    return plan.of(site, inside, codes, from_pages=not codes, below=below)


@rows("structure", ["suffix", "folder"])
def test_a_readme_that_is_the_home_page_of_each_language_is_its_index(
    tmp_path: Path, structure: str
) -> None:
    def page(path: str, language: str) -> str:
        return f"{language}/{path}.md" if structure == "folder" else f"{path}.{language}.md"

    files = {
        "mkdocs.yml": PLAIN + LISTED.format(structure),
        f"docs/{page('README', 'en')}": "# Home\n\n[Two](sub/two.md)\n",
        f"docs/{page('README', 'de')}": "# Start\n\n[Zwei](sub/two.md)\n",
        f"docs/{page('sub/two', 'en')}": "# Two\n\n[Home](../README.md)\n",
        f"docs/{page('sub/two', 'de')}": "# Zwei\n\n[Start](../README.md#x)\n",
    }
    made = planned(tmp_path, files)
    moved = {made.layout.moves.get(name, name) for name in files if name != "mkdocs.yml"}
    assert moved == {f"docs/{c}/{p}.md" for c in ("en", "de") for p in ("index", "sub/two")}
    assert "(../index.md)" in made.layout.texts["docs/en/sub/two.md"]
    assert "(../index.md#x)" in made.layout.texts["docs/de/sub/two.md"]
    assert "  - Overview: index.md\n  - Two: sub/two.md\n" in made.texts["mkdocs.yml"]


@rows("setting", ["absolute_links:", "links: {absolute_links:"])
def test_links_from_the_folder_of_pages_become_links_from_the_page(
    tmp_path: Path, setting: str
) -> None:
    rest = '[A](/README.md#x), [B](/sub%20a/two.md), [C](/no.md), <a href="/README.md">D</a>'
    closed = " relative_to_docs" + "}" * setting.count("{")
    files = {
        "mkdocs.yml": f"{PLAIN}validation: {{{setting}{closed}}}\n",
        "docs/README.md": "# Home\n",
        "docs/sub a/two.md": f"# Two\n\n{rest}\n",
    }
    texts = planned(tmp_path, files, "de").layout.texts
    now = rest.replace("(/README.md#x)", "(../index.md#x)").replace("(/sub%20a/two.md)", "(two.md)")
    assert texts == {"docs/en/sub a/two.md": f"# Two\n\n{now}\n"}
    write(tmp_path / "mkdocs.yml", PLAIN)
    site = open_site(tmp_path)
    assert not isinstance(site, list)
    made = plan.of(site, [name for name in files if name.startswith("docs/")], ["de"])
    assert isinstance(made, Plan)
    assert made.layout.texts == {}


def test_the_navigation_of_a_folder_names_the_home_page_anew(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": PLAIN + "plugins: [search, awesome-pages]\n",
        "docs/README.md": "# Home\n",
        "docs/.pages": "nav:\n  - README.md # first\n  - Guide: guide\n",
        "docs/guide/README.md": "# Guide\n",
        "docs/guide/.pages": "nav: [README.md]\n",
    }
    texts = planned(tmp_path, files, "de").layout.texts
    assert texts == {"docs/en/.pages": "nav:\n  - index.md # first\n  - Guide: guide\n"}


def test_the_navigation_of_a_folder_has_no_languages(tmp_path: Path) -> None:
    pages = ["index.md", "guide/a.md", "ja/index.md", "ja/guide/a.md"]
    files = {f"docs/{path}": "# A\n" for path in pages}
    files |= {"mkdocs.yml": PLAIN + "plugins: [search, awesome-pages]\n"}
    files["docs/.pages"] = "nav:\n  - index.md # first\n  - Guide: guide\n  - 日本語: ja\n"
    texts = planned(tmp_path, files).layout.texts
    assert texts == {"docs/en/.pages": "nav:\n  - index.md # first\n  - Guide: guide\n"}


def test_the_file_that_is_inherited_from_names_what_moves_anew(tmp_path: Path) -> None:
    base = PLAIN + "docs_dir: content\nmarkdown_extensions:\n  - pymdownx.snippets:\n"
    base += "      base_path: [content/parts, .]\n"
    files = {
        "mkdocs.yml": "INHERIT: cfg/base.yml\nplugins: [search]\n",
        "cfg/base.yml": base,
        "content/index.md": "# Home\n",
        "content/parts/x.txt": "x\n",
    }
    texts = planned(tmp_path, files, "de").texts
    new = base.replace("docs_dir: content\n", "").replace("content/parts", "docs/en/parts")
    assert texts["cfg/base.yml"] == new


def test_each_file_of_a_chain_is_changed_where_it_says_something(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": "INHERIT: cfg/site.yml\r\nsite_name: x\r\nnav: [index.md]\r\n",
        "cfg/site.yml": "INHERIT: ../base.yml\ndocs_dir: web\nexclude_docs: |\n  /drafts/\n",
        "base.yml": "theme: material\nplugins:\n  - search # one\n  - tags\n"
        "extra_templates: [parts/list.html]\nwatch: [web/parts]\n",
        "web/index.md": "# Home\n",
        "web/parts/list.html": "x\n",
    }
    texts = planned(tmp_path, files, "de").texts
    assert "mkdocs.yml" not in texts
    assert texts["cfg/site.yml"] == "INHERIT: ../base.yml\nexclude_docs: |\n  /*/drafts/\n"
    assert texts["base.yml"].startswith(
        "theme: material\nplugins:\n  - search # one\n  - tags\n  - i18n:\n"
    )
    assert "\n  - bitext:\n      strict_books: false\nextra_templates:" in texts["base.yml"]
    assert "[en/parts/list.html]\nwatch: [docs/en/parts]\n" in texts["base.yml"]


SHARED = "theme: material\ndocs_dir: web\nplugins: [search, tags]\n"


def outside(root: Path, shared: str, own: str = "") -> dict[str, str]:
    """Write a site that inherits from a file above its folder; return its files."""
    write(root / "base.yml", shared)
    return {"mkdocs.yml": f"INHERIT: ../base.yml\n{own}", "web/index.md": "# Home\n"}


@rows("end", ["\n", "\r\n"])
def test_a_file_outside_is_left_alone(tmp_path: Path, end: str) -> None:
    files = outside(tmp_path, SHARED.replace("\n", end))
    texts = planned(tmp_path / "site", files, "de").texts
    rows = "INHERIT: ../base.yml\ndocs_dir: docs\n\nplugins: [search, tags, {i18n: "
    assert texts["mkdocs.yml"].startswith(rows)
    assert not any(name.endswith("base.yml") for name in texts)


def test_what_would_have_to_change_outside_is_named(tmp_path: Path) -> None:
    shared = SHARED + "exclude_docs: |\n  /drafts/\n"
    files = outside(tmp_path, shared)
    problem = tried(tmp_path / "site", files, "de")
    assert isinstance(problem, Problem)
    assert str(problem).startswith("../base.yml:4: exclude_docs would have to change")
    copied = outside(tmp_path, shared, "exclude_docs: |\n  /drafts/\n")
    assert "  /*/drafts/\n" in planned(tmp_path / "site", copied, "de").texts["mkdocs.yml"]


def test_plugins_that_name_what_stands_elsewhere_are_to_be_copied(tmp_path: Path) -> None:
    shared = "theme: {name: material, language: &l en}\nplugins: [search: {lang: *l}]\n"
    files = outside(tmp_path, shared, "docs_dir: web\n")
    problem = tried(tmp_path / "site", files, "de")
    assert isinstance(problem, Problem)
    assert str(problem).endswith("copy plugins into mkdocs.yml first")


def test_translations_beside_the_folder_of_pages_are_named(tmp_path: Path) -> None:
    files = {f"docs/{path}/index.md": "# A\n" for path in ("en", "ja", "img")}
    told = tried(tmp_path, files | {"mkdocs.yml": PLAIN + "docs_dir: docs/en\n"}, "ja")
    fault = "docs_dir is docs/en, and beside it are translations as pages (ja)"
    cure = "take them along: handbook init --from-pages"
    assert str(told) == f"mkdocs.yml:1: {fault}; {cure}"


def test_translations_beside_the_folder_of_pages_come_along_with_their_titles(
    tmp_path: Path,
) -> None:
    """Each language is a site of its own, with a file of settings."""
    rest = f"{PLAIN}edit_uri: edit/main/docs/en/\ndocs_dir: docs/en # ours\n"
    rest += "extra_templates: [robots.txt]\n"
    write(tmp_path / "mkdocs.yml", f"{rest}nav:\n  - Start: index.md\n  - two.md\n")
    nav = "nav:\n  - Anfang: index.md\n  - Mehr:\n      - drei.md\n"
    write(tmp_path / "mkdocs.de.yml", f"site_name: y\ndocs_dir: docs/de\n{nav}")
    inside = [f"docs/{path}.md" for path in ("en/index", "en/two", "de/index", "de/two", "de/drei")]
    for name in inside:
        write(tmp_path / name, "# A\n")
    site = open_site(tmp_path)
    assert not isinstance(site, list)
    site = pages.raised(site)
    made = plan.of(site, inside, [], from_pages=True)
    assert isinstance(made, Plan)
    assert "edit_uri: edit/main/docs/\ndocs_dir: docs # ours\n" in made.texts["mkdocs.yml"]
    assert "extra_templates: [en/robots.txt]\n" in made.texts["mkdocs.yml"]
    assert made.layout.moves == {}
    assert titles.read(site, made.found).translated == {"de": {"x": "y", "Start": "Anfang"}}
    assert titles.own_file(site, "de") == "mkdocs.de.yml"
    assert titles.read(site, made.found).changed == [("de", ["drei.md"])]


@rows(("file", "folder"), [("mkdocs_de.yml", "docs_de"), ("../de/mkdocs.yml", "../de/docs")])
def test_pages_of_another_language_that_are_elsewhere_are_to_be_moved(
    tmp_path: Path, file: str, folder: str
) -> None:
    root = tmp_path / "en"
    write(root / file, f"site_name: y\ndocs_dir: {folder.rpartition('/')[2]}\n")
    write(root / folder / "index.md", "# B\n")
    told = tried(root, {"mkdocs.yml": PLAIN, "docs/index.md": "# A\n"})
    cure = f"git mv {folder} docs/de, commit, and call this again"
    assert str(told) == f"{file}:1: has its pages in {folder}; {cure}"
    write(root / "docs/de/index.md", "# B\n")
    site = open_site(root)
    assert not isinstance(site, list)
    assert titles.own_file(site, "de") == file


def test_a_folder_beside_is_another_site_unless_both_are_named_as_languages(tmp_path: Path) -> None:
    write(tmp_path / "de/mkdocs.yml", "site_name: y\n")
    write(tmp_path / "de/docs/index.md", "# B\n")
    files = {"mkdocs.yml": PLAIN, "docs/index.md": "# A\n", "docs/de/index.md": "# B\n"}
    made = planned(tmp_path / "ours", files)
    site = open_site(tmp_path / "ours")
    assert not isinstance(site, list)
    assert titles.read(site, made.found).files == {}


def test_pages_of_several_languages_that_are_elsewhere_are_named_at_once(tmp_path: Path) -> None:
    for code in ("de", "fr"):
        write(tmp_path / f"mkdocs.{code}.yml", f"site_name: y\ndocs_dir: docs_{code}\n")
        write(tmp_path / f"docs_{code}/index.md", "# B\n")
    told = tried(tmp_path, {"mkdocs.yml": PLAIN, "docs/index.md": "# A\n"})
    moves = "git mv docs_de docs/de, git mv docs_fr docs/fr, commit, and call this again"
    assert str(told) == f"mkdocs.de.yml:1: has its pages in docs_de; {moves}"
    (tmp_path / "docs_de").rename(tmp_path / "docs/de")
    told = tried(tmp_path, {})
    assert str(told).startswith("mkdocs.fr.yml:1: has its pages in docs_fr; git mv docs_fr")


OLD = """\
plugins:
  - i18n:
      default_language: en
      languages: # as pages
        en: English
        de: {name: Deutsch, site_name: y}
      nav_translations:
        de:
          Two: Zwei
  - search
nav:
  - index.md
  - Two: two.md
"""


def test_languages_in_the_form_of_an_older_plugin_are_read(tmp_path: Path) -> None:
    files = {"mkdocs.yml": PLAIN + OLD, "docs/index.en.md": "# A\n", "docs/index.de.md": "# B\n"}
    made = planned(tmp_path, {**files, "docs/two.md": "# C\n", "docs/two.de.md": "# D\n"})
    assert made.languages == ("en", "de")
    languages = "[{locale: en, name: English, default: true}, {locale: de, name: Deutsch}]"
    expected = f"      docs_structure: folder\n      languages: {languages}\n  - search\n"
    assert f"plugins:\n  - i18n:\n{expected}  - bitext:" in made.texts["mkdocs.yml"]
    assert made.layout.moves["docs/two.de.md"] == "docs/de/two.md"
    site = open_site(tmp_path)
    assert not isinstance(site, list)
    assert titles.read(site, made.found).translated["de"] == {"x": "y", "Two": "Zwei"}


def test_what_is_beside_the_folder_of_pages_stays_out_of_the_site(tmp_path: Path) -> None:
    settings = f"{PLAIN}docs_dir: docs/src/pages\nexclude_docs: |\n  *.tmp\n"
    write(tmp_path / "docs/theme/main.html", "x")
    write(tmp_path / "docs/requirements.txt", "x")
    files = {"mkdocs.yml": settings, "docs/src/pages/index.md": "# A\n"}
    made = datafile.load(planned(tmp_path, files, "de").texts["mkdocs.yml"])
    assert isinstance(made, dict)
    assert made["exclude_docs"].split() == ["*.tmp", "/requirements.txt", "/theme/"]


def test_each_name_beside_the_folder_of_pages_is_left_out_and_no_other(tmp_path: Path) -> None:
    names = ("[old]/a.md", "o/a.md", "a*b.txt", "ab.txt", "c?.txt", "d\\e.txt")
    for name in (*names, ".DS_Store", ".git-keep/a"):
        write(tmp_path / "docs" / name, "x")
    files = {"mkdocs.yml": f"{PLAIN}docs_dir: docs/pages\n", "docs/pages/index.md": "# A\n"}
    made = datafile.load(planned(tmp_path, files, "de").texts["mkdocs.yml"])
    assert isinstance(made, dict)
    rows = made["exclude_docs"].split()
    assert not any(row.startswith("/.") for row in rows)
    for name in names:
        left_out = [row for row in rows if GitIgnoreSpec.from_lines([row]).match_file(name)]
        assert len(left_out) == 1, (name, rows)


@rows("code", ["en", "de"])
def test_a_folder_in_the_way_of_a_language_is_named(tmp_path: Path, code: str) -> None:
    """Left out of the site, it would take all pages of the language with it."""
    write(tmp_path / f"docs/{code}/sub/notes.txt", "x")
    write(tmp_path / "docs/fr/.DS_Store", "x")
    files = {"mkdocs.yml": f"{PLAIN}docs_dir: docs/content\n", "docs/content/index.md": "# A\n"}
    problem = tried(tmp_path, files, "de", "fr")
    cure = f"rename it: git mv docs/{code} docs/{code}-other"
    fault = f"is not of the pages in docs/content, and those written in {code} are to be there"
    assert str(problem) == f"docs/{code}: {fault}; {cure}"


def test_a_link_to_what_is_not_there_stays_as_it_is(tmp_path: Path) -> None:
    files = {"mkdocs.yml": f"{PLAIN}docs_dir: pages\n", "pages/de/index.md": "# B\n\n![A](a.png)\n"}
    made = planned(tmp_path, {**files, "pages/en/index.md": "# A\n\n![A](a.png)\n"})
    assert made.layout.moves["pages/en/index.md"] == "docs/en/index.md"
    assert made.layout.texts == {}


def test_pages_in_the_language_that_is_asked_for_may_be_in_another(tmp_path: Path) -> None:
    told = str(tried(tmp_path, {"mkdocs.yml": PLAIN, "docs/index.md": "# Hola\n"}, "en"))
    assert told.startswith("docs: pages are taken for en, their translations too; write theme: ")
    spanish = PLAIN.replace("material", "material, language: es")
    made = planned(tmp_path, {"mkdocs.yml": spanish, "docs/index.md": "# Hola\n"}, "en")
    assert made.languages == ("es", "en")


@rows(
    ("text", "code"),
    [
        ("# Дом\n\nМы вместе решаем, и `mkdocs build --strict` строит сайт.", "ru"),
        ("# 使用 Docker 部署\n\n运行 docker compose 之后打开浏览器。", "zh"),
        ("# ホーム\n\n私たちは共に決める。", "ja"),
        ("# 집\n\n우리는 함께 결정합니다.", "ko"),
        ("# بيت\n\nنحن نقرر معا.", "ar"),
        ("# Σπίτι\n\nΑποφασίζουμε μαζί.", "el"),
        ("# বাড়ি\n\nআমরা একসাথে সিদ্ধান্ত নিই।", "bn"),
        ("# Home\n\nWe decide together, as the word собрание says, and in Japan 会議.", ""),
        ("# Haus\n\nWir entscheiden gemeinsam: Größe, Öl und Übel.", ""),
        ("# 1\n\n2", ""),
        ("# ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ\n", ""),
    ],
)
def test_pages_in_other_letters_are_not_taken_for_english(
    tmp_path: Path, text: str, code: str
) -> None:
    files = {"mkdocs.yml": PLAIN, "docs/index.md": text}
    told = tried(tmp_path, files, "fr")
    if not code:
        assert isinstance(told, Plan)
        return
    assert f"write theme: language: {code}, or" in str(told)
    for said in (PLAIN.replace("}", f", language: {code}}}"), PLAIN + _LISTED_AS.format(code)):
        assert planned(tmp_path, {**files, "mkdocs.yml": said}, "fr").source == code


_LISTED_AS = "plugins: [i18n: {{docs_structure: folder, languages: [{{locale: {0}, name: x}}]}}]\n"


def test_letters_of_translations_say_nothing_of_what_pages_are_in(tmp_path: Path) -> None:
    files = {"mkdocs.yml": PLAIN, "docs/index.md": "# Home\n", "docs/index.ru.md": "# Дом\n"}
    assert planned(tmp_path, files).languages == ("en", "ru")
    (tmp_path / "docs/index.md").write_text("# Дом и сад\n", "utf-8")
    (tmp_path / "docs/index.ru.md").rename(tmp_path / "docs/index.en.md")
    del files["docs/index.ru.md"]
    files |= {"docs/index.md": "# Дом и сад\n", "docs/index.en.md": "# Home\n"}
    assert "write theme: language: ru, or" in str(tried(tmp_path, files))


def test_a_folder_below_that_has_the_settings_is_named(tmp_path: Path) -> None:
    write(tmp_path / "docs/en/mkdocs.yml", PLAIN)
    assert "is not here; run this where it is (docs/en), or" in refused(tmp_path)


@rows(
    ("docs", "cure"),
    [
        ("../../docs/en", "move mkdocs.yml to ../.., with docs_dir: docs/en and all paths from th"),
        ("x/../../../docs", "move mkdocs.yml to ../.., with docs_dir: docs and all paths from th"),
        ("..", "move it beside mkdocs.yml"),
        ("/docs", "move it beside mkdocs.yml"),
    ],
)
def test_where_pages_are_outside_the_settings_are_moved(
    tmp_path: Path, docs: str, cure: str
) -> None:
    write(tmp_path / "mkdocs.yml", f"{PLAIN}docs_dir: {docs}\n")
    assert f"3: has its pages outside of this folder; {cure}" in refused(tmp_path)


def test_a_page_that_would_be_none_is_named(tmp_path: Path) -> None:
    told = tried(tmp_path, {"mkdocs.yml": PLAIN, "docs/a.md": "", "docs/b.mkd": "# B\n"}, "de")
    cure = "rename it, also in links and in nav"
    assert str(told) == f"docs/b.mkd: would be no page, since one ends in .md; {cure}"


def test_a_readme_beside_an_index_stays_one(tmp_path: Path) -> None:
    files = {"mkdocs.yml": PLAIN, "docs/README.md": "# R\n", "docs/index.md": "# I\n"}
    moves = planned(tmp_path, files, "de").layout.moves
    assert sorted(moves.values()) == ["docs/en/README.md", "docs/en/index.md"]


@rows(
    ("docs", "old", "new"),
    [
        ("docs/src", "tree/main/docs/src", "tree/main/docs/"),
        ("docs/src", "edit/main/site/docs/src/", "edit/main/site/docs/"),
        ("docs/src", "edit/main/other/", "edit/main/other/"),
        ("docs", "edit/main/docs/", "edit/main/docs/"),
    ],
)
def test_pages_are_edited_where_they_are(tmp_path: Path, docs: str, old: str, new: str) -> None:
    settings = f"{PLAIN}docs_dir: {docs}\nedit_uri: {old}\n"
    made = planned(tmp_path, {"mkdocs.yml": settings, f"{docs}/index.md": "# A\n"}, "de")
    assert f"edit_uri: {new}\n" in made.texts["mkdocs.yml"]


@rows(
    ("docs", "old", "new"),
    [
        ("web/src", "edit/main/web/src/{path}", "edit/main/docs/{path}"),
        ("web", "'https://x.example/?f=y/web/{path!q}'", "'https://x.example/?f=y/docs/{path!q}'"),
        ("web", "web/{path_noext}.md", "docs/{path_noext}.md"),
        ("web", "edit/other-web/{path}", "edit/other-web/{path}"),
        ("docs", "edit/main/docs/{path}", "edit/main/docs/{path}"),
    ],
)
def test_the_template_of_such_addresses_is_changed(
    tmp_path: Path, docs: str, old: str, new: str
) -> None:
    settings = f"{PLAIN}docs_dir: {docs}\nedit_uri_template: {old}\n"
    made = planned(tmp_path, {"mkdocs.yml": settings, f"{docs}/index.md": "# A\n"}, "de")
    assert f"edit_uri_template: {new}\n" in made.texts["mkdocs.yml"]


INCLUDES = """\
# A

{% include-markdown "../../README.md" %}
{%
   include-markdown './part.md'
   start="<!--a-->"
%}
{%- include "parts/*.txt" -%} {% include "https://example.org/a.md" %} {% include "/abs.md" %}
{! include "parts/b.txt" !}
"""


def test_what_the_plugin_include_markdown_names_is_found(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": PLAIN + "plugins: [search, include-markdown]\n",
        "docs/sub/a.md": INCLUDES,
        "docs/sub/part.md": "Part.\n",
        "docs/parts/x.txt": "x",
        "README.md": "# R\n",
    }
    text = planned(tmp_path, files, "de").layout.texts["docs/en/sub/a.md"]
    expected = INCLUDES.replace('"../../README.md"', '"../../../README.md"')
    assert text == expected.replace('"parts/', '"en/parts/')


def test_a_site_below_the_top_of_its_repository_has_its_workflow_there(tmp_path: Path) -> None:
    files = {"mkdocs.yml": PLAIN, "docs/index.md": "# A\n"}
    root = tmp_path / "sites/our"
    texts = planned(root, files, "de", below="sites/our/").texts
    workflow = texts["../../.github/workflows/translations.yml"]
    assert "\ndefaults:\n  run:\n    working-directory: sites/our\n" in workflow
    assert "working-directory" not in "".join(planned(root, files, "de").texts.values())


def test_settings_may_name_a_module_of_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where MkDocs is called as `python -m mkdocs`; what is installed goes before it."""
    monkeypatch.setattr(sys, "path", [each for each in sys.path if each])
    write(tmp_path / "ours_of_this_site.py", "def slug(text, sep):\n    return text\n")
    write(tmp_path / "docs/index.md", "# A\n")
    named = "!!python/name:ours_of_this_site.slug"
    write(tmp_path / "mkdocs.yml", f"{PLAIN}markdown_extensions:\n  - toc: {{slugify: {named} }}\n")
    assert load(tmp_path).mdx_configs["toc"]["slugify"].__name__ == "slug"
    assert sys.path[-1] == str(tmp_path.resolve())


FILTERS = """\
plugins:
  - search
  - exclude:
      glob: [drafts/*, "*.tmp", rules/old.md, nothing/*]
      regex:
        - '^private/.*|^old/.*'  # not ours
        - .*[.]bak$
  - git-revision-date-localized: {exclude: [index.md]}
  - social:
      cards_include: ["*/old.md"]
  - literate-nav: {nav_file: SUMMARY.md}
"""


def test_patterns_of_plugins_choose_the_same_files_in_every_language(tmp_path: Path) -> None:
    paths = "drafts/a.md a.tmp rules/old.md private/a.md old/a.md index.md x.bak SUMMARY.md".split()
    files = {f"docs/{path}": "# A\n" for path in paths}
    made = planned(tmp_path, files | {"mkdocs.yml": PLAIN + FILTERS}, "de").texts["mkdocs.yml"]
    listed = datafile.load(made)["plugins"]
    plugins = {
        name: given for each in listed if isinstance(each, dict) for name, given in each.items()
    }
    assert plugins["exclude"] == {
        "glob": ["*/drafts/*", "*.tmp", "*/rules/old.md", "nothing/*"],
        "regex": ["[^/]+/(?:private/.*|old/.*)", ".*[.]bak$"],
    }
    assert plugins["git-revision-date-localized"]["exclude"] == ["*/index.md"]
    assert plugins["social"] == {"cards_include": ["*/old.md"]}
    assert plugins["literate-nav"] == {"nav_file": "SUMMARY.md"}
    assert "# not ours" in made


NAVIGATION = """\
nav:
  - English:
      - en/index.md
      - Places: en/places.md
  - 日本語:  # theirs
      - ja/index.md
      - 場所: ja/places.md
  - ja/only.md
"""


def test_pages_that_become_catalogs_are_taken_out_of_the_navigation(tmp_path: Path) -> None:
    paths = ["en/index.md", "en/places.md", "ja/index.md", "ja/places.md", "ja/only.md"]
    files = {f"docs/{path}": "# A\n" for path in paths} | {"mkdocs.yml": PLAIN + NAVIGATION}
    made = planned(tmp_path, files).texts["mkdocs.yml"]
    assert "  - English:\n      - index.md\n      - Places: places.md\n" in made
    assert "theirs" not in made
    assert "ja/places.md" not in made
    assert "  - ja/only.md\n" in made


@rows(
    ("name", "code"),
    [("pt_br", "pt-BR"), ("pt-br", "pt-BR"), ("pt_BR", "pt_BR"), ("zh-CN", "zh-CN")],
)
def test_the_folder_of_a_language_gets_a_code_that_is_one(
    tmp_path: Path, name: str, code: str
) -> None:
    paths = ["index.md", "a.md", f"{name}/index.md", f"{name}/a.md"]
    files = {f"docs/{path}": "# A\n" for path in paths} | {"mkdocs.yml": PLAIN}
    made = planned(tmp_path, files)
    assert made.languages == ("en", code)
    assert set(plan.translated_pages(made)) == {f"docs/{code}/a.md", f"docs/{code}/index.md"}


BESIDE = """\
nav:
  - Start: index.md
  - Guide:
      - First: guide/one.md
      - guide/two.md
      - Third: guide/three.md
  - Forum: https://forum.example
  - 日本語:
      - はじめに: ja/index.md
      - 手引き:
          - 一: ja/guide/one.md
          - ja/guide/two.md
      - 集い: https://forum.example
"""
SUFFIXED = BESIDE.replace("ja/guide/one", "guide/one.ja").replace("ja/guide/two", "guide/two.ja")
APART = """\
plugins:
  - i18n:
      docs_structure: folder
      languages:
        - {locale: en, name: English, default: true}
        - locale: ja
          name: 日本語
          nav_translations: {Third: 三}
          nav:
            - はじめに: index.md
            - 手引き: [{一: guide/one.md}, ja/guide/two.md]
            - 集い: https://forum.example
"""


@rows(
    ("settings", "more"),
    [
        (BESIDE, {}),
        (SUFFIXED.replace("ja/index", "index.ja"), {}),
        (APART + BESIDE.partition("  - 日本語")[0], {"Third": "三", "Forum": "集い"}),
    ],
)
def test_titles_are_paired_by_the_pages_below_them(
    tmp_path: Path, settings: str, more: dict[str, str]
) -> None:
    """A section need not have all of its pages in both languages."""
    paths = ["index", "guide/one", "guide/two"]
    files = [f"ja/{path}.md" if ".ja.md" not in settings else f"{path}.ja.md" for path in paths]
    for name in ["guide/three.md", *(f"{path}.md" for path in paths), *files]:
        write(tmp_path / "docs" / name, "# A\n")
    write(tmp_path / "mkdocs.yml", PLAIN + settings)
    site = open_site(tmp_path)
    assert not isinstance(site, list)
    inside = [each.relative_to(tmp_path).as_posix() for each in tmp_path.glob("docs/**/*.md")]
    found = titles.read(site, pages.find(site, "en", inside)).translated
    known = {"Start": "はじめに", "Guide": "手引き", "First": "一"}
    assert found == {"ja": known | more}


def test_a_name_that_no_file_can_have_is_that_of_none(tmp_path: Path) -> None:
    named = 'plugins: [awesome-nav: {filename: "a\\0b"}]\n'
    planned(tmp_path, {"mkdocs.yml": PLAIN + named, "docs/index.md": "# A\n"}, "fr")
    write(tmp_path / "mkdocs.yml", PLAIN + 'INHERIT: "a\\0b.yml"\n')
    assert refused(tmp_path) == "a\0b.yml:1: not found; correct the path"


def test_no_file_is_moved_over_another_that_moves_too(tmp_path: Path) -> None:
    names = ["index.md", "about.md", "en/about.md", "en/en/about.md"]
    files = {f"docs/{name}": f"# {name}\n" for name in names}
    made = planned(tmp_path, {"mkdocs.yml": PLAIN, **files}, "fr")
    plan.carry_out(tmp_path, made)
    there = {name: (tmp_path / "docs/en" / name).read_text("utf-8") for name in names}
    assert there == {name: f"# {name}\n" for name in names}
    assert len(list(tmp_path.glob("docs/**/*.*"))) == len(names)


def test_what_is_there_in_another_encoding_stays(tmp_path: Path) -> None:
    for name in ("CONTRIBUTING.md", ".gitignore"):
        (tmp_path / name).write_bytes("# Beiträge\n".encode("latin-1"))
    made = planned(tmp_path, {"mkdocs.yml": PLAIN, "docs/index.md": "# A\n"}, "fr")
    assert sorted(made.texts) == [".github/workflows/translations.yml", "mkdocs.yml"]


@rows("ends", ["\n", "\r\n"])
def test_snippets_in_a_block_follow_their_files(tmp_path: Path, ends: str) -> None:
    page = ends.join(("# A", "", "--8<--", "docs/part.md", "--8<--", ""))
    files = {"mkdocs.yml": PLAIN, "docs/index.md": page, "docs/part.md": "Part.\n"}
    [text] = planned(tmp_path, files, "fr").layout.texts.values()
    assert text == page.replace("docs/", "docs/en/")


@rows(
    ("base", "named", "then"),
    [
        ("docs", "parts/note.en.md", "parts/note.md"),
        ("docs/parts", "note.en.md:2:3", "note.md:2:3"),
        (".", "docs/parts/note.en.md", "docs/en/parts/note.md"),
        ("[other, docs]", "parts/note.en.md:end", "parts/note.md:end"),
        ("docs", "parts/same.md", "parts/same.md"),
        ("docs", "../other/beside.md", "../../other/beside.md"),
        ("docs", "nowhere.en.md", "nowhere.en.md"),
    ],
)
def test_snippets_follow_their_files_from_the_folders_of_the_extension(
    tmp_path: Path, base: str, named: str, then: str
) -> None:
    """Else they would be left out of every page without a word."""
    settings = PLAIN + SUFFIXED
    settings += f"markdown_extensions:\n  - pymdownx.snippets:\n      base_path: {base}\n"
    page = '# A\n\n--8<-- "{}"\n'
    files = {
        "mkdocs.yml": settings,
        "docs/index.en.md": page.format(named),
        "docs/parts/note.en.md": "A.\n\nB.\n",
        "docs/parts/same.md": "A.\n",
        "other/beside.md": "A.\n",
    }
    texts = planned(tmp_path, files, "fr").layout.texts
    assert texts.get("docs/en/index.md", page.format(named)) == page.format(then)


SUFFIXED = """\
plugins:
  - i18n:
      docs_structure: suffix
      languages: [{locale: en, default: true, name: English}]
"""


@rows(
    ("plugin", "fault"),
    [
        ("i18n: true", "mkdocs.yml:4: has options without names; write each below i18n"),
        ("i18n: {languages: en}", "has languages that say no locale"),
        ("i18n: {languages: [en, fr]}", "has languages that say no locale"),
        ("i18n: {languages: [{locale: en}, {name: x}]}", "has languages that say no locale"),
        ("git-revision-date-localized: yes", "has options without names"),
    ],
)
def test_options_that_no_plugin_takes_are_named(tmp_path: Path, plugin: str, fault: str) -> None:
    write(tmp_path / "mkdocs.yml", f"{PLAIN}plugins:\n  - {plugin}\n")
    write(tmp_path / "docs/index.md", "# A\n")
    assert fault in refused(tmp_path)


@rows("plugins", ["5", "search", "yes"])
def test_plugins_that_are_no_list_are_named(tmp_path: Path, plugins: str) -> None:
    write(tmp_path / "mkdocs.yml", f"{PLAIN}plugins: {plugins}\n")
    write(tmp_path / "docs/index.md", "# A\n")
    assert refused(tmp_path) == (
        "mkdocs.yml:3: has plugins that are no list; write each as - search"
    )


def test_pages_are_not_translated_into_what_they_are_taken_for(tmp_path: Path) -> None:
    files = {"mkdocs.yml": PLAIN, "docs/index.md": "# Bem-vindos\n"}
    told = str(tried(tmp_path, files, "en", "ar"))
    assert told == (
        "mkdocs.yml:1: pages are to be translated into en, and nothing says what they are in;"
        " write that, as theme: language: pt, commit, and call this again"
    )
    files["mkdocs.yml"] = PLAIN.replace("material", "material, language: pt")
    assert planned(tmp_path, files, "en", "ar").languages == ("pt", "en", "ar")


def test_titles_of_navigation_files_are_paired_too(tmp_path: Path) -> None:
    write(tmp_path / "mkdocs.yml", PLAIN + "plugins: [search, awesome-pages]\n")
    write(tmp_path / "docs/en/.pages", "nav: [index.md, Guide: guide, Off: x.md]\n")
    write(tmp_path / "docs/ja/.pages", "nav: [index.md, 手引き: guide]\n")
    write(tmp_path / "docs/en/guide/.pages", "title: The guide\n")
    write(tmp_path / "docs/ja/guide/.pages", "title: 手引書\n")
    write(tmp_path / "docs/ja/only/.pages", "title: 日本だけ\n")
    site = open_site(tmp_path)
    assert not isinstance(site, list)
    found = titles.taken(tmp_path, site, "en", "ja")
    assert found == {"Guide": "手引き", "The guide": "手引書"}
    left = [each.relative_to(tmp_path).as_posix() for each in tmp_path.rglob(".pages")]
    assert sorted(left) == ["docs/en/.pages", "docs/en/guide/.pages", "docs/ja/only/.pages"]


def test_an_entry_of_the_menu_that_leads_elsewhere_is_no_language(tmp_path: Path) -> None:
    entry = "        - {locale: 'null', name: Help translate, fixed_link: /help/}\n"
    listed = LISTED.format("suffix").replace("nav:\n", f"{entry}nav:\n")
    files = {
        "mkdocs.yml": PLAIN + listed,
        "docs/index.md": "# Home\n",
        "docs/index.de.md": "# Start\n",
        "docs/sub/two.md": "# Two\n",
        "docs/README.md": "# Overview\n",
    }
    made = planned(tmp_path, files)
    assert made.languages == ("en", "de")
    assert entry in made.texts["mkdocs.yml"]


def test_what_is_beside_the_pages_leads_to_where_they_are(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": PLAIN,
        "docs/index.md": "# Home\n",
        "docs/guide/one.md": "# One\n",
        "README.md": "# Us\n\n[One](docs/guide/one.md#x), [all](docs/guide/), [MIT](LICENSE)\n",
        "CONTRIBUTING.md": "# How\n\n[Home](./docs/index.md), [all](docs/guide), <b>[x](#y)</b>\n",
        "CHANGELOG.md": "# News\n",
    }
    texts = planned(tmp_path, files, "de").texts
    first, _, rest = texts["README.md"].partition("), ")
    assert first == "# Us\n\n[One](docs/en/guide/one.md#x"
    assert rest == "[all](docs/en/guide/), [MIT](LICENSE)\n"
    own = "# How\n\n[Home](docs/en/index.md), [all](docs/en/guide), <b>[x](#y)</b>\n\n<!--"
    assert texts["CONTRIBUTING.md"].startswith(own)
    assert "CHANGELOG.md" not in texts
