"""What is mended in finished pages, and that the markup it mends is still written."""

from __future__ import annotations

import pytest
from mkdocs.commands import build as mkdocs_build

from handbook.bitext.files import write
from handbook.press.core.config import load
from handbook.press.frame import repairs
from rows import rows

SETTINGS = """\
site_name: Three pages
theme: {name: material, features: [navigation.tabs, navigation.indexes]}
nav: [Home: [index.md, more.md], Other: [other.md]]
markdown_extensions: [tables, {pymdownx.tasklist: {custom_checkbox: true}}]
plugins:
  search: {}
  i18n: {docs_structure: folder, languages: [
    {locale: en, name: English, default: true}, {locale: ar, name: العربية}]}
  bitext: {books: false}
"""
PAGE = """\
# Home

## Tasks

- [ ] A task.

|     | A |
| --- | - |
| 1   | 2 |
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The pages of a site before anything is mended."""
    root = tmp_path_factory.mktemp("site")
    write(root / "mkdocs.yml", SETTINGS)
    for name in ("index", "more", "other"):
        write(root / f"docs/en/{name}.md", PAGE)
    pages: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(repairs, "mend", lambda html, say: pages.append(html) or html)
        mkdocs_build.build(load(root))
    return pages


@pytest.mark.build
@rows("repair", repairs.REPAIRS)
def test_what_is_mended_is_still_written(repair: repairs.Repair, written: list[str]) -> None:
    assert any(repair.apply(page, str) != page for page in written), (
        f"{repair.writer} no longer writes what this mends; delete the repair"
    )


def test_a_heading_that_is_not_translated_is_in_its_language_in_the_contents() -> None:
    link = '<a href="#rules" class="md-nav__link"> <span class="md-ellipsis"> Rules! </span></a>'
    marked = link.replace("Rules!", '<bdi lang="en" dir="ltr">Rules!</bdi>')
    for words, shown in ((' class="missing" lang="en" dir="ltr"', marked), (' class="a"', link)):
        heading = f'<h2 class="x" id="rules"><span{words}>Rules!</span></h2>'
        assert repairs.mend(link + heading, str) == shown + heading


@rows(
    ("own", "name", "made"),
    [
        ("rtl", "Is it C++?", '<bdi dir="ltr">Is it C++?</bdi>'),
        ("rtl", "ما هي C++؟", "ما هي C++؟"),
        ("rtl", "2026", "2026"),
        ("ltr", "لماذا؟", '<bdi dir="rtl">لماذا؟</bdi>'),
        ("ltr", "Is it C++?", "Is it C++?"),
    ],
)
def test_names_that_are_written_from_the_other_side_have_their_direction(
    own: str, name: str, made: str
) -> None:
    for menu in ('<span class="md-ellipsis"> {} </span>', _ASKED):
        page = f'<body dir="{own}">{menu}'
        assert repairs.mend(page.format(name), str) == page.format(made)


_ASKED = '<legend class="md-feedback__title">\n{}\n</legend>'


def test_what_a_page_says_of_html_stays_as_it_is() -> None:
    said = '<code>&lt;a tabindex=""&gt;, &lt;label for="__toc"&gt;</code>'
    assert repairs.mend(said, str) == said
