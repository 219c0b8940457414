"""Names of files: what is published, and what is named because it is not."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from handbook.bitext.files import write
from handbook.bitext.project import faults
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.upkeep.align import align
from rows import rows

SITE = "exclude_docs: |\n  /*/README.md\n  notes/\n  # a comment\ndraft_docs: draft.md\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path / "pyproject.toml", '[tool.handbook]\nlanguages = ["en", "es"]\n')
    write(tmp_path / "mkdocs.yml", SITE)
    write(tmp_path / "docs/en/index.md", "# Home\n")
    return tmp_path


def told(root: Path) -> list[str]:
    return [str(each) for each in faults.page_problems(Handbook.open(root))]


def paths(root: Path) -> list[str]:
    return [each.path for each in Handbook.open(root).sources()]


def test_readme_is_the_index_of_its_folder_or_named(root: Path) -> None:
    write(root / "docs/en/guide/README.md", "# Guide\n")
    write(root / "docs/es/README.md", "# Para quien llega aquí\n")
    assert (paths(root), told(root)) == (["guide/README.md", "index.md"], [])
    write(root / "docs/es/guide/index.md", "# Guía\n")
    assert paths(root) == ["guide/index.md", "index.md"]
    assert told(root) == [
        "docs/en/guide/README.md:1: is not published, because docs/es/guide/index.md is the index"
        " of its folder; rename it or take it into that"
    ]
    (root / "docs/en/index.md").rename(root / "docs/en/README.md")
    assert "docs/en/README.md:1: is not published, and there is no home page; rename it as" in str(
        told(root)
    )


def test_what_mkdocs_leaves_out_is_no_page(root: Path) -> None:
    for name in ("notes/a.md", ".hidden.md", ".git/b.md", "more/draft.md", "more/page.md"):
        write(root / "docs/en" / name, "# A page\n")
    assert (paths(root), told(root)) == (["index.md", "more/page.md"], [])
    write(root / "docs/base.yml", "exclude_docs: page.md\n")
    write(root / "mkdocs.yml", "INHERIT: docs/base.yml\n")
    assert "more/page.md" not in paths(root)


@rows(
    ("options", "left"),
    [
        ("", ["a.md", "drafts/b.md", "index.md", "x/drafts/c.md"]),
        (": {glob: '*/drafts/*'}", ["a.md", "index.md"]),
        (": {glob: ['en/drafts/*', a.md], regex: '.*c[.]md'}", ["a.md", "index.md"]),
        (": {regex: ['drafts', '[^/]+/a', 5]}", ["drafts/b.md", "index.md", "x/drafts/c.md"]),
        (": {glob: 5, regex: {a: b}}", ["a.md", "drafts/b.md", "index.md", "x/drafts/c.md"]),
        (": [a]", ["a.md", "drafts/b.md", "index.md", "x/drafts/c.md"]),
    ],
)
def test_what_the_plugin_exclude_leaves_out_is_no_page(
    root: Path, options: str, left: list[str]
) -> None:
    for name in ("a.md", "drafts/b.md", "x/drafts/c.md"):
        write(root / "docs/en" / name, "# A page\n")
    write(root / "mkdocs.yml", f"plugins:\n  - exclude{options}\n")
    assert (paths(root), told(root)) == (left, [])


def test_the_catalog_of_a_page_that_is_left_out_waits_for_it(root: Path) -> None:
    for name in ("more/draft", "notes/a", "gone"):
        write(root / f"translations/es/{name}.po", 'msgid "A page"\nmsgstr "Una página"\n')
    for name in ("more/draft", "notes/a"):
        write(root / f"docs/en/{name}.md", "# A page\n")
    found = faults.catalog_problems(Handbook.open(root), "es")
    assert [each.path for each in found] == ["translations/es/gone.po"]


def test_a_page_of_another_ending_is_named(root: Path) -> None:
    for name in ("a.markdown", "sub/b.mkd", "out/c.mdown"):
        write(root / "docs/en" / name, "# A page\n")
    write(root / "mkdocs.yml", "exclude_docs: out/\n")
    rest = "is not published, since a page ends in .md; rename it, also in links and in nav"
    assert told(root) == [f"docs/en/a.markdown:1: {rest}", f"docs/en/sub/b.mkd:1: {rest}"]


def test_names_that_differ_in_case_alone_are_named(root: Path) -> None:
    for name in ("en/Page.md", "es/page.md", "en/a/one.md", "es/A/two.md"):
        write(root / "docs" / name, "# A page\n")
    write(root / "docs/en/se\u00f1al.md", "# A page\n")
    write(root / "docs/en/sen\u0303al.md", "# A page\n")
    rest = "in case or accents alone; on many computers they are one; rename one of them"
    assert told(root) == [
        f"docs/en/a/one.md:1: a differs from A {rest}",
        f"docs/es/page.md:1: page.md differs from Page.md {rest}",
        f"docs/en/se\u00f1al.md:1: se\u00f1al.md differs from sen\u0303al.md {rest}",
    ]


def test_files_of_a_language_that_was_removed_are_named(root: Path) -> None:
    write(root / "docs/ja/page.md", "# ページ\n")
    write(root / "translations/pt-BR/index.po", 'msgid ""\nmsgstr ""\n')
    write(root / "docs/assets/notes.md", "# No page\n")
    write(root / "translations/templates/index.po", 'msgid ""\nmsgstr ""\n')
    cure = "name the language in mkdocs.yml and pyproject.toml"
    assert told(root) == [
        f"docs/ja: has 1 file in ja, and the handbook has en, es; {cure}, and turn the pages"
        " before you take it out: handbook turn",
        f"translations/pt-BR: has 1 file in pt-BR, and the handbook has en, es; {cure}, or commit"
        " the folder and delete it: git keeps it",
        "docs/assets: is no language's folder, and its page is not published; move it to"
        " docs/en/assets, or name it in exclude_docs of mkdocs.yml",
    ]


def test_a_catalog_under_another_name_is_named_with_how_its_work_is_kept(root: Path) -> None:
    names = ["index (1).po", "index.po.txt", "Index.PO"]
    for name in (*names, "index.mo", "notes.txt"):
        write(root / "translations/es" / name, 'msgid ""\nmsgstr ""\n')
    found = {each.path: each.text for each in faults.stray_problems(Handbook.open(root), "es")}
    paths = [f"translations/es/{name}" for name in names]
    cure = "or take it in and delete it: handbook receive"
    assert found == {
        name: f"{fault}, {cure} {shlex.quote(name)}"
        for name, fault in zip(paths, _MISNAMED, strict=True)
    }


_MISNAMED = [
    "there is no page index (1).md; rename the catalog with its page",
    *("is not read under this name; end it in .po",) * 2,
]


def test_a_catalog_in_no_languages_folder_of_catalogs_is_named(root: Path) -> None:
    write(root / "docs/en/page.md", "# A page\n")
    names = ["translations/page.po", "translations/es.po.txt", "docs/es/page.po"]
    for name in (*names, "docs/en/example.po", "translations/all.pot"):
        write(root / name, 'msgid ""\nmsgstr ""\n')
    told = [str(each) for each in faults.problems(Handbook.open(root))]
    found = [each.partition(":1: is not read")[::2] for each in told]
    assert sorted(name for name, _ in found) == sorted(names)
    assert all(text.endswith(f"delete it: handbook receive {name}") for name, text in found)


def test_a_page_outside_of_all_languages_is_named_and_never_passed_over(root: Path) -> None:
    """With it unseen, the translation of another language would be made the source."""
    write(root / "pyproject.toml", '[tool.handbook]\nlanguages = ["en", "ja", "ko"]\n')
    for name in ("page.md", "ja/page.md", "ko/page.md"):
        write(root / "docs" / name, "# A page\n")
    cure = "move it to docs/en/page.md, or another language's"
    stray = f"docs/page.md:1: is in no language's folder, and so is not published; {cure}"
    assert told(root) == [
        stray,
        "docs/ko/page.md:1: docs/ja/page.md is a page of the same path; if docs/page.md is their"
        f" source, {cure} first",
    ]
    book = Handbook.open(root)
    assert str(align(book, Path("docs/ko/page.md"))) == stray


def test_a_folder_of_pages_that_is_no_languages_is_named(root: Path) -> None:
    for name in ("guide/a.md", "guide/deep/b.md", "assets/c.md", "_parts/d.md", "pictures/e.png"):
        write(root / "docs" / name, "# A page\n")
    cure = "or name it in exclude_docs of mkdocs.yml"
    assert told(root) == [
        "docs/assets: is no language's folder, and its page is not published; move it to"
        f" docs/en/assets, {cure}",
        "docs/guide: is no language's folder, and its 2 pages are not published; move it to"
        f" docs/en/guide, {cure}",
    ]
    write(root / "mkdocs.yml", "exclude_docs: |\n  /guide/\n  assets/c.md\n")
    assert told(root) == []
