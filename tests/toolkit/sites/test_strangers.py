"""What strangers write: each is one line with its place and the cure, and the rest is built."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pikepdf
import pytest
from lxml import etree
from lxml import html as lxml_html

from forks import mkdocs
from handbook.bitext.files import write, write_bytes
from handbook.bitext.moving import dead
from handbook.press.core.config import load
from handbook.press.core.log import collected
from handbook.press.make import build, interface, staging
from handbook.press.plugin import making
from handbooks import DOT
from programs import commit_all
from rows import rows

SETTINGS = """\
site_name: Two pages
theme: {name: material}
plugins:
  search: {}
  bitext: {books: false}
  i18n:
    docs_structure: folder
    languages:
      - {locale: en, name: English, default: true}
      - {locale: fr, name: Français}
"""
HUGE = DOT[:16] + b"\x7f\xff\xff\xff" * 2 + DOT[24:]
"""A picture that says it is much larger than any memory."""
BOOKS = SETTINGS.replace("{books: false}", "{}")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site of two pages."""
    write(tmp_path / "mkdocs.yml", SETTINGS)
    write(tmp_path / "docs/en/index.md", "# Home\n\nHello.\n")
    write(tmp_path / "docs/en/two.md", "# Two\n\nSome text.\n")
    return tmp_path


def front(value: str) -> str:
    return f"---\ndescription: A page.\n{value}\n---\n# Two\n\nSome text.\n"


def page(text: str) -> str:
    return f"# Two\n\n{text}\n"


WRONG_PAGES = [
    (front("reviewed: 2027-02-29"), 3, "a date that is none"),
    (front("reviewed: in spring"), 3, 'spring" cannot be used; write a date as 2026-01-31'),
    (front("review_by: 2026-01-01 10:00:00"), 3, "write a date as 2026-01-31"),
    (front("date: soon"), 3, "write a date as 2026-01-31"),
    (front("icon: no/such"), 3, "name an icon of the theme"),
    (front("icon: ../../../etc/passwd"), 3, "name an icon of the theme"),
    (front("template: nosuch.html"), 3, "name a template of the theme"),
    (front("hide: 5"), 3, "write what to hide as a list"),
    (front("tags: 5"), 3, "write a list"),
    (front("search: 7"), 3, "write search:"),
    (front("status: [a]"), 3, "write a text"),
    (front("sheet: maybe"), 3, "write true or false"),
    (front("authentic: 5"), 3, "write codes of languages"),
    (front(r'title: "Two \x07"'), 3, "the character U+0007 cannot be shown"),
    (front(r'1: "Two \x07"'), 3, "the character U+0007 cannot be shown"),
    ("# Two \x07\n", 1, "the character U+0007 cannot be shown"),
    (page("One \x01 two."), 3, "the character U+0001 cannot be shown"),
    (page("One &#1; two."), 3, "the character &#1; cannot be shown"),
    (page("One &#xFFFE; two."), 3, "the character &#xFFFE; cannot be shown"),
    (page("One &#xD800; two."), 3, "the character &#xD800; cannot be shown"),
    (front(f"version: {'9' * 5000}"), 3, "a number of more than 4,300 digits"),
    (page("[x](https://[bad/)"), 3, "is not an address"),
]
UNPRINTABLE = [
    (page("One \ufffe two."), 3, "the character U+FFFE cannot be shown"),
    (page("One \uffff two."), 3, "the character U+FFFF cannot be shown"),
    (page("![A](a.png)"), 3, "a.png cannot be read"),
    (page("![A](b.svg)"), 3, "b.svg cannot be read"),
    (page("![A](c.png)"), 3, "c.png cannot be read"),
    (page("![A](d.png)"), 3, "d.png has more than 100,000,000"),
]
PICTURES = {"a.png": b"no picture", "b.svg": b"<svg><", "c.png": DOT[:40], "d.png": HUGE}


@pytest.mark.parametrize(("settings", "pages"), [(SETTINGS, WRONG_PAGES), (BOOKS, UNPRINTABLE)])
def test_pages_are_named_and_the_rest_is_built(
    root: Path, settings: str, pages: list[tuple[str, int, str]]
) -> None:
    write(root / "mkdocs.yml", settings)
    write(root / "docs/en/two.md", "---\ndescription:\n---\n# Two\n\nSome text.\n")
    for name, data in PICTURES.items():
        write_bytes(root / "docs/en" / name, data)
    for number, (text, _, _) in enumerate(pages):
        write(root / f"docs/en/{number}.md", text)
    write(root / "docs/en/all.md", '# All\n\n<div id="state-of-translations"></div>\n')
    outcome = build.build(root)
    for number, (text, line, words) in enumerate(pages):
        found = [str(each) for each in outcome.problems if each.path == f"docs/en/{number}.md"]
        named = [each.partition(": ")[0] for each in found if words in each]
        assert named == [f"docs/en/{number}.md:{line}"], (text, found)
    # It leads to the entries of open catalogs, which no book has.
    assert [each for each in outcome.problems if each.path == "docs/en/all.md"] == []
    assert [each.language for each in outcome.languages] == ["en", "fr"]
    assert "Hello." in (root / "site/fr/index.html").read_text("utf-8")
    assert '"description":"None"' not in (root / "site/search/en.json").read_text("utf-8")
    assert (root / "site/books").exists() == (settings == BOOKS)


def test_the_name_of_a_file_is_no_markup(root: Path) -> None:
    name = 'Q&copy "A" <b>.md'
    write(root / "docs/en" / name, "# Questions\n\nAnswers.\n")
    write(root / "mkdocs.yml", f"{SETTINGS}repo_url: https://github.com/x/y\n")
    build.build(root)
    for page in ("", "fr/"):
        text = (root / "site" / page / name.removesuffix(".md") / "index.html").read_text("utf-8")
        content = lxml_html.document_fromstring(text)
        (passages,) = content.find_class("passages")
        assert (passages.get("data-page"), passages.get("data-file")) == (name, f"docs/en/{name}")
        names = {attribute for each in content.iter(etree.Element) for attribute in each.attrib}
        assert not [each for each in names if '"' in each or each in ("a", "<b")]


CLASHES = {
    "docs/en/drawn.md": "and so is docs/en/drawn/index.html; rename one",
    "docs/en/fr/index.md": "and so is docs/en/index.md; rename one",
    "docs/en/plain.md": "would be plain on the site, and so is docs/en/plain; rename one",
    "docs/en/search/en.json.md": "would be search/en.json on the site, and so is search",
    "docs/en/site.md": "its catalogs would be site.po",
    "docs/en/two/index.md": "and so is docs/en/two.md; rename one",
    "docs/en/worker.js.md": "would be worker.js on the site",
}


def test_no_page_is_written_over_another(root: Path) -> None:
    for name in CLASHES:
        write(root / name, "# Other\n\nOther words.\n")
    for name in ("docs/en/drawn/index.html", "docs/en/plain"):
        write(root / name, "No page.\n")
    named = {(each.path, each.line): each.text for each in build.build(root).problems}
    assert sorted(named) == [(name, 1) for name in CLASHES]
    assert [name for name, words in CLASHES.items() if words not in named[name, 1]] == []
    for file in ("index.html", "two/index.html", "fr/index.html", "fr/two/index.html"):
        assert "Other words." not in (root / "site" / file).read_text("utf-8")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (SETTINGS.replace("  i18n:", "  x: {}\n  y:"), "plugin"),
        ("site_name: x\ntheme: {name: material}\nplugins: [search, bitext]\n", "no plugin i18n"),
        (SETTINGS.replace("material", "mkdocs"), "bitext needs Material"),
        (SETTINGS + "site_dir: docs\n", "docs"),
        (SETTINGS + "site_dir: translations\n", "site_dir translations holds translations"),
        (SETTINGS + "site_dir: .\n", "site_dir"),
    ],
)
def test_settings_are_named_and_nothing_is_deleted(root: Path, settings: str, words: str) -> None:
    write(root / "translations/fr/two.po", 'msgid ""\nmsgstr ""\n')
    write(root / "mkdocs.yml", settings)
    before = sorted(root.rglob("*"))
    problems = build.build(root).problems
    assert {each.path for each in problems} == {"mkdocs.yml"}
    assert any(words in str(each) for each in problems)
    assert [each for each in before if not each.exists()] == []


EVENTS = """pre_build files nav env post_build pre_template template_context post_template
    pre_page page_read_source page_markdown page_content page_context post_page config
    startup""".split()
"""Events of MkDocs, of which each handler of a hook is given what it may change, and more."""


def test_a_hook_that_raises_is_named_and_passed_over(root: Path) -> None:
    """For some events it returns what is of no use instead."""
    body = {event: "return 5" if event in ("nav", "post_page") else "1 / 0" for event in EVENTS}
    lines = [f"def on_{event}(*a, **b): {body[event]}\n" for event in EVENTS]
    write(root / "hooks/own.py", "".join(lines))
    write(root / "mkdocs.yml", f"{SETTINGS}hooks: [hooks/own.py]\n")
    outcome = build.build(root)
    assert [each.language for each in outcome.languages] == ["en", "fr"]
    named = {each.text.split()[0]: each for each in outcome.problems}
    assert len(named) == len(outcome.problems) == len(EVENTS)
    for number, event in enumerate(EVENTS, 1):
        is_raised = body[event] == "1 / 0"
        assert named[f"on_{event}"].path == "hooks/own.py"
        assert named[f"on_{event}"].line == (number if is_raised else 1)
    assert "for index.md; correct it" in named["on_page_markdown"].text
    assert "Some text." in (root / "site/fr/two/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"h.py": "1/0\n"}, "h.py:1: raises ZeroDivisionError"),
        ({"h.py": "def on_startup(**a): 1/0\n"}, "h.py:1: raises ZeroDivisionError"),
        ({"h.py": "", "over/main.html": "{{ no.such.x }}"}, "over/main.html:1: raises Undefined"),
        ({"h.py": "", "over/main.html": "{% if %}"}, "over/main.html:1: Expected an expression"),
    ],
)
def test_mkdocs_alone_ends_in_a_line(root: Path, files: dict[str, str], words: str) -> None:
    settings = SETTINGS.replace("material}", "material, custom_dir: over}")
    write(root / "mkdocs.yml", f"{settings}hooks: [h.py]\n")
    (root / "over").mkdir()
    for name, text in files.items():
        write(root / name, text)
    ended = mkdocs(root, "build", "--quiet")
    assert ended.returncode == 1
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr


FRONT = """\
version: 1.10
subtitle: null
title: yes
keeper: a
keeper: b
adopted_by: nobody
descripton: x
status: adoptd
authentic: [en, xx]
"""


def test_front_matter_that_is_read_in_another_way_is_named(root: Path) -> None:
    write(root / "docs/en/two.md", front(FRONT.strip()))
    problems = build.build(root).problems
    for line, words in [
        (3, 'is read as 1.1; put it between quotation marks: version: "1.10"'),
        (4, '"subtitle: null" is read as nothing'),
        (5, '"title: yes" is read as true'),
        (7, '"keeper" is there twice'),
        (8, 'nothing reads the key "adopted_by"; delete it'),
        (9, "write description"),
        (10, "write adopted"),
        (11, '"xx" in authentic is the code of no language'),
    ]:
        found = [str(each) for each in problems if words in each.text]
        assert [each.startswith(f"docs/en/two.md:{line}: ") for each in found] == [True], words
    assert len(problems) == 8
    assert "Version 1.10" in (root / "site/two/index.html").read_text("utf-8")


def test_a_site_names_its_own_keys_and_states(root: Path) -> None:
    settings = SETTINGS.replace("{books: false}", "{books: false, meta: [adopted_by]}")
    write(root / "mkdocs.yml", settings + "extra: {status: {beta: Being tried}}\n")
    for name in ("two", "three"):
        text = front("adopted_by: nobody\nstatus: beta\nmine: 5")
        write(root / f"docs/en/{name}.md", text)
    problems = build.build(root).problems
    assert ['the key "mine"' in each.text for each in problems] == [True]


@pytest.mark.parametrize("is_here", [True, False])
def test_what_must_not_be_opened_is_named_and_the_rest_is_built(
    root: Path, is_here: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command runs in the folder of the handbook; other programs may name it."""
    monkeypatch.chdir(root if is_here else root.parent)
    secret = root.with_name(f"{root.name}-outside")
    secret.mkdir()
    (secret / "x.txt").write_text("Secret", "utf-8")
    os.mkfifo(root / "docs/en/pipe.png")
    os.mkfifo(root / "docs/en/pipe.md")
    for name, target in (
        ("x.txt", secret / "x.txt"),
        ("folder", secret),
        ("circle", root / "docs"),
    ):
        (root / "docs/en" / name).symlink_to(target)
        (root / "docs/en" / f"too-{name}").symlink_to(target)
    outcome = build.build(Path() if is_here else root)
    names = ("circle", "folder", "pipe.md", "pipe.png")
    names += ("too-circle", "too-folder", "too-x.txt", "x.txt")
    places = [(each.path, each.line) for each in outcome.problems]
    assert sorted(places) == [(f"docs/en/{name}", 1) for name in names]
    assert "Hello." in (root / "site/fr/index.html").read_text("utf-8")
    assert [each for each in (root / "site").rglob("*.txt") if each.name == "x.txt"] == []


@pytest.mark.parametrize(("value", "problems"), [('""', 0), ("maybe", 1)])
def test_whether_books_are_made_is_yes_or_no(root: Path, value: str, problems: int) -> None:
    write(root / "mkdocs.yml", SETTINGS.replace("books: false", f"books: {value}"))
    outcome = build.build(root)
    assert len(outcome.problems) == problems
    words = 'mkdocs.yml:5: "books: maybe" is not an answer; '
    assert all(words in str(each) for each in outcome.problems)
    assert (root / "site/books").exists()


def test_a_number_is_a_title_too(root: Path) -> None:
    write(root / "mkdocs.yml", SETTINGS + "nav: [{2026: index.md}, two.md]\n")
    assert build.build(root).problems == ()
    assert "2026" in (root / "site/fr/index.html").read_text("utf-8")


def test_the_name_of_a_site_may_have_any_sign(root: Path) -> None:
    name = """site_name: 'Two "blue" <b>pages</b> & more'"""
    write(root / "mkdocs.yml", SETTINGS.replace("site_name: Two pages", name))
    assert build.build(root).problems == ()
    for path in ("index.html", "404.html", "fr/catalog.html"):
        page = lxml_html.fromstring((root / "site" / path).read_text("utf-8"))
        told = page.xpath("//title/text() | //meta[@property='og:site_name']/@content")
        assert {each.rpartition(" - ")[2] for each in told} == {'Two "blue" pages & more'}, path


def test_signs_may_be_written_as_html_has_them(root: Path) -> None:
    """As Material's manual writes `copyright`."""
    rest = (
        "copyright: Copyright &copy; AT&T\nnav: [Two &amp; one: two.md, 'A &lt; B': [index.md]]\n"
    )
    write(root / "mkdocs.yml", SETTINGS + rest)
    assert build.build(root).problems == ()
    for path in ("two/index.html", "fr/two/index.html"):
        page = lxml_html.fromstring((root / "site" / path).read_text("utf-8"))
        assert page.xpath("string(//div[@class='md-copyright']/div)") == "Copyright © AT&T"
        names = {each.strip() for each in page.xpath("//span[@class='md-ellipsis']//text()")}
        assert names >= {"Two & one", "A < B"}


_LABELS = '<div class="tabbed-labels"><label>A</label><label>B</label></div>'
_BLOCK = '<div class="tabbed-content"><div class="tabbed-block">One</div></div>'
_NAME = 'a & "b" #1 50%3f é'
ODD_PAGES = {
    f"{_NAME}.md": "# Name\n\nText.\n",
    "dot.md": "# Dot\n\n![A dot](x.png)\n",
    "later.md": front("status: draft\ndate: 2206-01-01"),
    "marked.md": "\ufeff---\ntitle: Deux\n---\n\n# Two\n\nText.\n".replace("\n", "\r\n"),
    "tabs.md": f'# Tabs\n\n<div class="tabbed-set">{_LABELS}{_BLOCK}</div>\n',
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, build.Outcome]:
    """The site of some odd pages, with books, and what came of the build."""
    root = tmp_path_factory.mktemp("odd")
    write(root / "mkdocs.yml", f"{BOOKS}repo_url: https://github.com/x/y\n")
    write(root / "docs/en/index.md", "# Home\n\nHello.\n")
    write_bytes(root / "docs/en/x.png", DOT)
    for name, text in ODD_PAGES.items():
        write_bytes(root / "docs/en" / name, text.encode())
    return root / "site", build.build(root)


def test_tabs_that_lack_a_block_are_named_and_built(odd: tuple[Path, build.Outcome]) -> None:
    """Nothing else is wrong with the other odd pages."""
    fault = "docs/en/tabs.md:3: tabs have 2 labels and 1 block; give each label a block"
    assert list(map(str, odd[1].problems)) == [fault]
    assert [each.language for each in odd[1].languages] == ["en", "fr"]


def test_a_book_may_be_of_a_later_century(odd: tuple[Path, build.Outcome]) -> None:
    assert (odd[0] / "books/fr/later-fr.pdf").exists()
    assert (odd[0] / "books/handbook-fr.epub").exists()


def test_a_page_may_have_any_name(odd: tuple[Path, build.Outcome]) -> None:
    page = odd[0] / "fr" / _NAME
    content = lxml_html.fromstring((page / "index.html").read_text("utf-8"))
    leads = [urlsplit(each) for each in content.xpath("//aside//a/@href")]
    assert [each for each in content.xpath("//@href | //@src") if set(each) & set(' "<>')] == []
    edited = [
        each for each in leads if f"{each.netloc}{each.path}".startswith("github.com/x/y/edit/")
    ]
    assert {unquote(each.path).rpartition("/")[2] for each in edited} == {f"{_NAME}.po"}
    files = [page / unquote(each.path) for each in leads if each.path and not each.scheme]
    assert {each.suffix for each in files} >= {".html", ".po", ".pdf", ".epub"}
    assert [each for each in files if not each.exists()] == []
    asked = {parse_qs(each.query)["page"][0] for each in leads if each.query and not each.scheme}
    assert asked == {f"{_NAME}.md"}


def test_pictures_are_printed(odd: tuple[Path, build.Outcome]) -> None:
    with pikepdf.open(odd[0] / "books/en/dot-en.pdf") as book:
        assert len(book.pages[0].get_images()) == 1


def test_a_page_with_a_mark_and_other_line_ends_is_the_same_in_all_languages(
    odd: tuple[Path, build.Outcome],
) -> None:
    for name in ("marked", "fr/marked"):
        page = (odd[0] / name / "index.html").read_text("utf-8")
        assert "<title>Deux - Two pages</title>" in page
        assert '<h1 id="two"' in page
        assert "\ufeff" not in page


def test_an_exception_of_others_is_a_line_and_the_rest_is_built(root: Path) -> None:
    write(root / "hook.py", "def on_page_content(html, page, config, files):\n    1 / 0\n")
    write(root / "mkdocs.yml", SETTINGS + "hooks: [hook.py]\n")
    outcome = build.build(root)
    assert [each.language for each in outcome.languages] == ["en", "fr"]
    [problem] = [each for each in outcome.problems if "ZeroDivisionError" in each.text]
    assert "hook.py" in str(problem)


def test_languages_with_a_region_or_unknown_to_everybody_are_built(root: Path) -> None:
    """With English labels where there are none; letters that have no font are named once."""
    codes = ["pt_BR", "zh-Hant", "zh_TW", "qu", "xx"]
    listed = "".join(f"      - {{locale: {code}, name: {code}}}\n" for code in [*codes, "am"])
    write(root / "mkdocs.yml", BOOKS.replace("      - {locale: fr, name: Français}\n", listed))
    write(root / "docs/en/two.md", front("reviewed: 2026-01-31"))
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    for code in codes:
        text = f'{head}\nmsgid "Some text."\nmsgstr "Abc."\n'
        write(root / f"translations/{code}/two.po", text)
    problems = build.build(root).problems
    [problem] = problems
    assert str(problem).startswith("mkdocs.yml: books in am are not printed: no font")
    assert "languages/am.toml, below [print]" in problem.text
    for code in codes:
        page = (root / f"site/{code}/two/index.html").read_text("utf-8")
        tag = code.replace("_", "-")
        assert f'<html lang="{tag}"' in page
        assert '<body dir="ltr"' in page
        assert 'hreflang="pt-BR"' in page
        assert (root / f"site/books/handbook-{code}.pdf").exists()
        with zipfile.ZipFile(root / f"site/books/handbook-{code}.epub") as book:
            assert f"<dc:language>{tag}</dc:language>" in book.read("EPUB/package.opf").decode()
    home = (root / "site/pt_BR/index.html").read_text("utf-8")
    assert '<html lang="en"' in home
    assert "Pular para" in home


THEMED = SETTINGS.replace(
    "{name: material}",
    "{name: material, logo: no.png, favicon: 5, icon: {logo: no/such, a: 5}, palette: {toggle: "
    "{icon: material/home, name: 5}}}",
).replace("{books: false}", "{books: false, icons: {Part: no/such}}")


def test_wrong_pictures_of_the_site_are_named_and_the_rest_is_built(root: Path) -> None:
    write(root / "mkdocs.yml", THEMED + "nav: [index.md, {Part: [two.md]}]\n")
    outcome = build.build(root)
    assert [str(each).split("; ")[0] for each in outcome.problems] == [
        'mkdocs.yml:2: "name: 5" cannot be used',
        'mkdocs.yml:5: "Part: no/such" is not an icon',
        'mkdocs.yml:2: "logo: no/such" is not an icon',
        'mkdocs.yml:2: "a: 5" is not an icon',
        'mkdocs.yml:2: "logo: no.png" is not there',
        'mkdocs.yml:2: "favicon: 5" is not a path',
    ]
    assert [each.language for each in outcome.languages] == ["en", "fr"]


@rows("drawing", [b"<svg>\xff</svg>", b"<svg><", b"<svg/>"])
def test_a_favicon_that_is_no_svg_is_named(drawing: bytes, tmp_path: Path) -> None:
    """It would be on the cover of books, which no program would open."""
    settings = BOOKS.replace("material}", "material, custom_dir: own, favicon: a.svg}")
    write(tmp_path / "mkdocs.yml", settings)
    write(tmp_path / "docs/en/index.md", "# Home\n")
    write_bytes(tmp_path / "own/a.svg", drawing)
    with collected() as problems:
        build.handbook(tmp_path)
        making.staged(load(tmp_path), "en")
    [told] = map(str, problems)
    assert told.startswith('mkdocs.yml:2: "favicon: a.svg" is no SVG that can be read')


def test_names_that_differ_in_letter_case_alone_are_named(root: Path) -> None:
    write(root / "docs/en/TWO.md", "# Other\n\nWords.\n")
    [problem] = build.build(root).problems
    assert problem.path == "docs/en/two.md"
    assert "two.md differs from TWO.md in case" in problem.text


def test_a_navigation_without_end_is_named(root: Path) -> None:
    write(root / "mkdocs.yml", SETTINGS + "nav: &a [index.md, {A: *a}]\n")
    [problem] = build.build(root).problems
    assert str(problem).startswith("mkdocs.yml:1: is nested without end")


WRONG = (
    SETTINGS.replace(
        "{name: material}",
        "{name: material, features: 5, palette: 5, language: xx}",
    )
    + """\
extra: {status: 5, social: [{icon: no/such, link: a}], homepage: "http://[a"}
extra_templates: [no.xml]
nav:
  - index.md
  - two.md
  - Again: two.md
  - nowhere.md
"""
)


def test_settings_of_wrong_types_and_pages_that_are_not_there_are_named_once(root: Path) -> None:
    write(root / "mkdocs.yml", WRONG)
    outcome = build.build(root)
    assert [each.language for each in outcome.languages] == ["en", "fr"]
    found = sorted((each.path, each.line, each.text.split(";")[0]) for each in outcome.problems)
    assert found == [
        ("mkdocs.yml", 2, '"features: 5" cannot be used'),
        ("mkdocs.yml", 2, '"language: xx" is no language of the theme'),
        ("mkdocs.yml", 2, '"palette: 5" cannot be used'),
        ("mkdocs.yml", 11, '"homepage: http://[a" cannot be used'),
        ("mkdocs.yml", 11, '"icon: no/such" is not an icon'),
        ("mkdocs.yml", 11, '"status: 5" cannot be used'),
        ("mkdocs.yml", 12, "there is no file no.xml in docs"),
        ("mkdocs.yml", 16, "two.md is in nav twice"),
        ("mkdocs.yml", 17, "there is no page nowhere.md"),
    ]


EXTENSION = """\
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

class Raising(Preprocessor):
    def run(self, lines):
        return [1 / (line != "Some text.") and line for line in lines]

class Own(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Raising(md), "raising", 50)

def makeExtension(**options):
    return Own(**options)
"""


def test_an_extension_that_raises_costs_one_page_its_markup(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(root / "raising.py", EXTENSION)
    monkeypatch.setenv("PYTHONPATH", f"{root}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    monkeypatch.syspath_prepend(str(root))
    write(root / "mkdocs.yml", SETTINGS + "markdown_extensions: [raising]\n")
    outcome = build.build(root)
    [problem] = outcome.problems
    assert (problem.path, problem.line) == ("docs/en/two.md", 1)
    assert "ZeroDivisionError" in problem.text
    assert [each.language for each in outcome.languages] == ["en", "fr"]
    assert "<pre># Two" in (root / "site/two/index.html").read_text("utf-8")
    assert "Hello." in (root / "site/fr/index.html").read_text("utf-8")


TAKING_OUT = """\
from mkdocs.plugins import event_priority

@event_priority(50)
def on_files(files, config):
    files.remove(files.get_file_from_path("en/two.md"))
"""


def test_a_page_that_another_plugin_takes_out_is_in_no_language(root: Path) -> None:
    write(root / "hook.py", TAKING_OUT)
    write(root / "mkdocs.yml", f"{SETTINGS}site_url: https://x.example/\nhooks: [hook.py]\n")
    commit_all(at=root)
    assert build.build(root).problems == ()
    assert (root / "site/fr/index.html").exists()
    assert list(root.glob("site/**/two*")) == []  # nor a history, or a catalog
    for name in ("sitemap.xml", "status.json"):
        assert "two" not in (root / "site" / name).read_text("utf-8")


def test_links_lead_to_the_file_whose_name_is_the_same_to_the_eye(root: Path) -> None:
    """As macOS may spell it (NFD), or a keyboard does (NFC)."""
    apart, whole = "an\u0303o", "a\u00f1o"
    write(root / f"docs/en/{apart}.md", "# Year\n\nOne text.\n")
    write(
        root / f"docs/en/{whole}s/{whole}.md",
        f"# Years\n\n[a](../{whole}.md) ![b](../{whole}.png)\n",
    )
    write_bytes(root / f"docs/en/{apart}.png", DOT)
    links = (
        f"[a]({whole}.md#one) [b](an%CC%83os/{apart}.md) [c](../fr/{whole}.md) ![d]({whole}.png)"
    )
    write(root / "docs/en/index.md", f"# Home\n\n{links}\n")
    nav = f"nav: [index.md, two.md, {whole}.md, {{Years: an\u0303os/{apart}.md}}]\n"
    write(root / "mkdocs.yml", SETTINGS + nav)
    assert build.build(root).problems == ()
    expected = {
        "": ["an\u0303o/#one", "a\u00f1os/a\u00f1o/", "fr/an\u0303o/", "an\u0303o.png"],
        "fr/": ["an\u0303o/#one", "a\u00f1os/a\u00f1o/", "an\u0303o/", "../an\u0303o.png"],
    }
    for folder, wanted in expected.items():
        home = lxml_html.parse(str(root / f"site/{folder}index.html"))
        found = home.xpath("//article//*[img]/*/@href | //article//img/@src")
        assert [unquote(each) for each in found if not each.startswith("#")] == wanted
        assert len(home.xpath("//nav//a[contains(@href, '%')]")) >= 2


MAKING = """\
from pathlib import Path

from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File

MADE = {
    "api/SUMMARY.md": "* [Made](made.md)\\n* [Both](both.md)\\n",
    "api/made.md": "# Made\\n\\nBy a hook: [two](../two.md), [data](../data.json).\\n",
    "en/api/both.md": "# Both\\n",
    "fr/api/both.md": "# Les deux\\n\\nDu texte.\\n",
    "two.md": "# Another\\n",
    "data.json": "{}",
}

class GenFiles(BasePlugin):
    "A plugin that keeps edit links as gen-files does."

def on_config(config):
    config.plugins["gen-files"] = GenFiles()

def on_pre_build(config):
    Path(config.docs_dir, "log.md").write_text("# Log\\n\\nBefore the build.\\n", "utf-8")

@event_priority(-100)
def on_files(files, config):
    links = {"api/made.md": "made.py", "index.md": "index.py", "api/gone.md": "gone.py"}
    config.plugins["gen-files"]._edit_paths = links
    for path, content in MADE.items():
        files.append(File.generated(config, path, content=content))
"""


def test_what_a_hook_makes_is_published_in_every_language(root: Path) -> None:
    """Its pages are in the navigation and the search, and links lead to them, as with gen-files."""
    write(root / "hook.py", MAKING)
    write(root / ".gitignore", "/docs/log.md\n")
    subprocess.run(["git", "init", "-q", root], check=True)
    nav = "nav: [index.md, two.md, {API: api/}, {Log: log.md}, {Data: data.json}]\n"
    nav += "hooks: [hook.py]\nrepo_url: https://github.com/x/y\n"
    settings = SETTINGS.replace("  search: {}\n", "  search: {}\n  literate-nav: {}\n")
    write(root / "mkdocs.yml", settings + nav)
    write(root / "docs/en/two.md", "# Two\n\n[Data](data.json), [made](api/made.md).\n")
    [problem] = build.build(root).problems
    assert str(problem).startswith("mkdocs.yml:13: the hook hook.py makes the page two.md, and ")
    for name, link in (("", "index.py"), ("api/made/", "made.py")):
        assert f"/docs/{link}" in (root / f"site/{name}index.html").read_text("utf-8")
    assert "Before the build." in (root / "site/fr/log/index.html").read_text("utf-8")
    assert (root / "site/data.json").read_text("utf-8") == "{}"
    for name in ("", "fr/"):
        two, made = (root / f"site/{name}{each}/index.html" for each in ("two", "api/made"))
        assert f'href="{"../" * (name.count("/") + 1)}data.json"' in two.read_text("utf-8")
        assert 'href="../api/made/"' in two.read_text("utf-8")
        assert '<html lang="en"' in (text := made.read_text("utf-8"))
        assert ('class="notice"' in text, "catalog.html" in text) == (bool(name), False)
        assert ("n’est pas traduite" in text, "pas encore" in text) == (bool(name), False)
        assert text.count('href="../both/"') > 0
    found = {each: (root / f"site/search/{each}.json").read_text("utf-8") for each in ("en", "fr")}
    assert ("By a hook" in found["en"], "Les deux" in found["fr"]) == (True, True)
    assert 'lang="fr"' in (root / "site/fr/api/both/index.html").read_text("utf-8")
    handbook = build.handbook(root)
    assert [each.target for each in dead.dead_links(handbook)] == ["data.json", "api/made.md"]
    build.find_generated(handbook)
    assert list(dead.dead_links(handbook)) == []
    assert {"API", "Made", "Both"} <= {title for title, _ in interface.find(root).messages}
    [_, settings_of_fr] = staging.furnish(root, root / "out", ["en", "fr"])
    assert "Made: api/made.md" in settings_of_fr.read_text("utf-8")
    staged = {each: (root / "out/fr" / each).read_text("utf-8") for each in ("log.md", "data.json")}
    assert staged == {"log.md": "# Log\n\nBefore the build.\n", "data.json": "{}"}
    assert "Les deux" in (root / "out/fr/api/both.md").read_text("utf-8")


WRITING = """\
from pathlib import Path

def on_pre_build(config):
    Path(config.docs_dir, "en/made.md").write_text("# Made\\n", "utf-8")
"""


def test_a_page_that_a_hook_makes_after_all_others_is_refused(root: Path) -> None:
    """On a site of its own: a hook that replaces one as long within a second would not be read.

    Python would take the bytecode that it has kept of the earlier one.
    """
    write(root / "hook.py", MAKING.replace("-100", "-200"))
    write(root / "mkdocs.yml", SETTINGS + "hooks: [hook.py]\n")
    told = [str(each) for each in build.build(root, languages=["fr"]).problems]
    fault = "the hook hook.py makes the page api/SUMMARY.md, after all others have run"
    assert [each for each in told if fault in each], told


def test_a_page_that_a_hook_writes_is_known_for_one_at_each_build(root: Path) -> None:
    """If git ignores it; else the first build says that the next will not know it."""
    write(root / "hook.py", WRITING)
    write(root / "mkdocs.yml", SETTINGS + "hooks: [hook.py]\n")
    write(root / "docs/en/real/three.md", "# Three\n")
    (root / "docs/en/link").symlink_to("real")
    subprocess.run(["git", "init", "-q", root], check=True)
    with collected() as problems:
        making.staged(load(root), "fr")
    [told] = (str(each) for each in problems if each.path == "docs/en/made.md")
    assert told.startswith("docs/en/made.md: is made while the site is built")
    (root / "docs/en/made.md").unlink()
    write(root / ".gitignore", "made.md\n")
    for _ in range(2):
        with collected() as problems:
            _, made = making.staged(load(root), "fr")
        assert [name for name, _ in made] == ["made.md"]
        assert "docs/en/made.md" not in [each.path for each in problems]


@rows("kept", ["without git", "ignored as a whole", "behind a link"])
def test_where_git_does_not_answer_no_page_of_a_hook_is_a_problem(
    kept: str, tmp_path: Path
) -> None:
    write(tmp_path / "hook.py", WRITING)
    write(tmp_path / "mkdocs.yml", SETTINGS + "hooks: [hook.py]\n")
    write(tmp_path / "docs/en/index.md", "# Home\n")
    if kept != "without git":
        subprocess.run(["git", "init", "-q", tmp_path], check=True)
    if kept == "ignored as a whole":
        write(tmp_path / ".gitignore", "*\n")
    if kept == "behind a link":
        (tmp_path / "docs").rename(tmp_path / "pages")
        (tmp_path / "docs").symlink_to("pages")
    with collected() as problems:
        making.staged(load(tmp_path), "fr")
    assert problems == []


def test_a_site_may_have_no_home_page(root: Path) -> None:
    """MkDocs builds one without; where old addresses lead on, the home page's may too."""
    (root / "docs/en/index.md").unlink()
    done = mkdocs(root, "build", "--strict")
    assert (done.returncode, done.stderr.count("docs/en: has no home page")) == (0, 1)
    write(root / "docs/redirects.yml", "index.md: two.md\n")
    assert "no home page" not in mkdocs(root, "build", "--strict").stderr
    assert 'url=two/"' in (root / "site/fr/index.html").read_text("utf-8")


def test_templates_and_their_styles_may_be_in_the_folder_of_pages(root: Path) -> None:
    settings = SETTINGS.replace("{name: material}", "{name: material, custom_dir: docs/theme}")
    write(root / "mkdocs.yml", f"{settings}extra_css: [assets/own.css]\nexclude_docs: /theme/\n")
    write(root / "docs/theme/assets/own.css", "p {}\n")
    assert build.build(root).problems == ()
    assert (root / "site/assets/own.css").read_text("utf-8") == "p {}\n"
    assert not (root / "site/theme").exists()


def test_each_language_has_the_file_of_its_tags(root: Path) -> None:
    plugins = "  search: {}\n  tags: {}\n  meta: {}\n"
    write(root / "mkdocs.yml", SETTINGS.replace("  search: {}\n", plugins))
    write(root / "docs/en/two.md", front("tags: [one]"))
    write(root / "docs/en/sub/.meta.yml", "tags: [two]\n")
    write(root / "docs/en/sub/three.md", "# Three\n")
    assert build.build(root).problems == ()
    assert mkdocs(root, "build", "--strict", "--quiet", "-d", "alone").returncode == 0
    for folder in ("site", "alone"):
        for language in ("", "fr/"):
            mappings = json.loads((root / folder / language / "tags.json").read_text("utf-8"))
            found = {each["item"]["url"]: each["tags"] for each in mappings["mappings"]}
            assert found == {f"{language}two/": ["one"], f"{language}sub/three/": ["two"]}


def test_pages_may_be_in_no_book(root: Path) -> None:
    """A link to one leads to the site, if it has an address, and nowhere else."""
    write(root / "mkdocs.yml", BOOKS.replace("bitext: {}", "bitext: {not_in_books: /two.md}"))
    write(root / "docs/en/index.md", "# Home\n\n[Two](two.md) and [a blog](/blog/).\n")
    assert build.build(root).problems == ()
    made = {each.name for each in (root / "site/books").rglob("*")}
    assert made >= {"index-en.pdf", "index-fr.pdf", "handbook-en.pdf", "handbook-fr.epub"}
    assert not {"two-en.pdf", "two-fr.pdf"} & made
    with zipfile.ZipFile(root / "site/books/handbook-en.epub") as book:
        assert [each for each in book.namelist() if "text/" in each] == ["EPUB/text/index.xhtml"]
        assert "<a>Two</a> and <a>a blog</a>" in book.read("EPUB/text/index.xhtml").decode()
    assert "two-en.pdf" not in (root / "site/two/index.html").read_text("utf-8")
    with (root / "mkdocs.yml").open("a") as settings:
        settings.write("site_url: https://x.example/a/\n")
    assert build.build(root).problems == ()
    with pikepdf.open(root / "site/books/en/index-en.pdf") as pages:
        notes = pages.pages[0].get("/Annots", ())
        found = {str(each.A.URI) for each in notes if "/A" in each}
    assert found == {"https://x.example/a/two/", "https://x.example/blog/"}


def test_a_site_whose_menu_is_empty_has_no_books(root: Path) -> None:
    write(root / "mkdocs.yml", BOOKS + "not_in_nav: '*'\n")
    assert build.build(root).problems == ()
    assert "Hello." in (root / "site/fr/index.html").read_text("utf-8")
    assert not (root / "site/books").exists()
    for make in (build.pdfs, build.epubs):
        [problem] = make(root, ["fr"], root / "out")
        assert str(problem).startswith("mkdocs.yml:1: there are no books")


def test_a_site_without_a_description_has_none_to_share(root: Path) -> None:
    write(root / "mkdocs.yml", SETTINGS + "site_url: https://x.example/\n")
    assert build.build(root).problems == ()
    page = (root / "site/fr/two/index.html").read_text("utf-8")
    assert 'property="og:title"' in page
    assert "og:description" not in page
    assert '"None"' not in page
