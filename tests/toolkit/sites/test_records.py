"""What is known of languages: records from files and CLDR, and what asks them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import html as lxml_html

from folders import ROOT
from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import empty
from handbook.bitext.languages.browser import for_browser
from handbook.bitext.languages.registry import Languages
from handbook.bitext.problem import Problem
from handbook.bitext.project import faults
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.translate.editorial import change_of_meaning
from handbook.bitext.upkeep.update import updates
from handbook.press.core import tree
from handbook.press.make import build
from handbook.press.markdown import renderers
from handbook.press.pages import glossary
from handbooks import link, translate
from programs import Run
from rows import rows

PACKAGE = Languages()
OURS = ("en", "es", "ja")


def own(root: Path, **texts: str) -> Languages:
    """The languages of a site with files of its own: `zh_TW="…"` is `languages/zh_TW.toml`."""
    (root / "languages").mkdir()
    for code, text in texts.items():
        (root / "languages" / f"{code}.toml").write_text(text, "utf-8")
    return Languages(root)


# Records ---------------------------------------------------------------------------------------


def test_the_package_has_a_file_for_each_language_of_the_handbook() -> None:
    assert PACKAGE.problems == ()
    assert {record.code for record in PACKAGE.on_file()} >= set(OURS)


@rows("code", OURS)
def test_a_language_of_the_handbook_is_known_in_full(code: str) -> None:
    record = PACKAGE[code]
    spaced = not record.is_cjk
    guarded = record.editorial
    for wording in (guarded.numbers, guarded.negations, guarded.modals):
        assert wording.words if spaced else wording.pattern
    assert bool(guarded.dates.words) == spaced  # in Japanese they are written with digits
    assert bool(record.forms) == spaced
    assert bool(record.phrases and record.label_breaks) == record.is_cjk
    assert bool(record.print.packages) == record.is_cjk
    assert record.search.endings
    assert len(record.search.question_words) > 50
    assert len(record.search.other_subjects) > 1000


@rows("code", OURS)
def test_words_of_other_subjects_are_written_once_as_search_folds_them(code: str) -> None:
    search = PACKAGE[code].search
    words = search.other_subjects
    assert len(set(words)) == len(words)
    assert [word for word in words if re.search("[A-Z\u00c0-\u024f]", word)] == []
    ours = {*search.question_words, *search.short_forms, *search.near_words}
    assert ours.intersection(words) == set()


@rows(
    ("code", "direction", "forms", "joiner", "tag", "gettext_code"),
    [
        ("en", "ltr", 2, " ", "en", "en"),
        ("es", "ltr", 2, " ", "es", "es"),
        ("ja", "ltr", 1, "", "ja", "ja"),
        ("ar", "rtl", 6, " ", "ar", "ar"),
        ("pt-BR", "ltr", 2, " ", "pt-BR", "pt_BR"),
        ("pt_BR", "ltr", 2, " ", "pt-BR", "pt_BR"),
        ("zh-Hant", "ltr", 1, "", "zh-Hant", "zh_TW"),
        ("zh_TW", "ltr", 1, "", "zh-TW", "zh_TW"),
        ("sr-Latn", "ltr", 3, " ", "sr-Latn", "sr@latin"),
        ("sr-Cyrl", "ltr", 3, " ", "sr-Cyrl", "sr_RS"),
        ("pl", "ltr", 3, " ", "pl", "pl"),
        ("pa-Arab", "rtl", 2, " ", "pa-Arab", "pa_PK"),
        ("ckb", "rtl", 2, " ", "ckb", "ckb"),
        ("qu", "ltr", 2, " ", "qu", "qu"),
        ("tlh", "ltr", 2, " ", "tlh", "tlh"),
        ("no code", "ltr", 2, " ", "no code", "no code"),
    ],
)
def test_what_no_file_says_is_known_from_cldr(
    code: str, direction: str, forms: int, joiner: str, tag: str, gettext_code: str
) -> None:
    record = PACKAGE[code]
    assert record.direction == direction
    assert record.plural_forms.startswith(f"nplurals={forms}; plural=")
    assert (record.joiner, record.tag, record.gettext_code) == (joiner, tag, gettext_code)


def test_brazilian_plurals_are_not_those_of_portugal() -> None:
    assert PACKAGE["pt-BR"].plural_forms == "nplurals=2; plural=(n > 1);"
    assert PACKAGE["pt"].plural_forms == "nplurals=2; plural=(n != 1);"


@rows("code", ["ar", "ckb", "ja", "mt", "pt-BR", "qu", "sr-Latn", "zh-Hant"])
def test_gettext_takes_the_header_of_a_new_catalog(code: str, gettext: Run, tmp_path: Path) -> None:
    record, file = PACKAGE[code], tmp_path / "new.po"
    catalog = empty(record.gettext_code, "en", "test", record.plural_forms)
    file.write_text(po.dump(catalog), "utf-8")
    checked = gettext("msgfmt", "-c", "-o", "/dev/null", file)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_languages_are_named_in_each_other() -> None:
    spanish = PACKAGE["es"]
    names = [spanish.name_of(code) for code in ("ja", "pt-BR", "tlh", "no code")]
    assert names == ["japonés", "portugués (Brasil)", "tlh", "no code"]
    assert PACKAGE["tlh"].name_of("es") == "Spanish"


@rows("code", [*OURS, "qu"])
def test_browsers_get_data(code: str) -> None:
    data = for_browser(PACKAGE[code])
    assert json.loads(json.dumps(data)) == data
    assert data["code"] == code
    assert data["questionWords"].split() == list(PACKAGE[code].search.question_words)


# Files -----------------------------------------------------------------------------------------


def test_a_file_of_the_site_wins_and_says_only_what_differs(tmp_path: Path) -> None:
    languages = own(
        tmp_path,
        es='joiner = "_"\n[editorial.modals]\nwords = "ha"\n',
        es_MX='direction = "rtl"\n',
    )
    assert languages.problems == ()
    mexican, spanish = languages["es-MX"], languages["es"]
    assert (mexican.direction, spanish.direction) == ("rtl", "ltr")
    assert mexican.joiner == spanish.joiner == "_"
    assert spanish.editorial.modals.words == {"ha"}
    assert spanish.editorial.numbers == mexican.editorial.numbers == PACKAGE["es"].editorial.numbers
    assert spanish.forms == PACKAGE["es"].forms


@rows(
    ("code", "joiner"),
    [("zh-TW", "t"), ("zh_HK", "h"), ("zh-Hant", "h"), ("zh-CN", "z"), ("zh", "z"), ("ko", " ")],
)
def test_the_nearest_file_counts(code: str, joiner: str, tmp_path: Path) -> None:
    files = {"zh_TW": "t", "zh-Hant": "h", "zh": "z"}
    languages = own(tmp_path, **{name: f'joiner = "{text}"' for name, text in files.items()})
    assert languages[code].joiner == joiner


@rows(
    ("text", "line", "fault"),
    [
        ('joiner = " "\njoiner', 2, "is not TOML"),
        ('# x\njoinr = " "', 2, "joinr is not known; write joiner"),
        ("\ncolors = 1", 2, "colors is not known; delete it, or write one of direction"),
        ('\n[editorial.number]\nwords = ""', 2, "editorial.number is not known; write numbers"),
        ("[search]\n\nshortest_stem = 0", 3, "search.shortest_stem is not a count"),
        ("[print]\nslants = 1", 2, "print.slants is neither true nor false"),
        ("print = 1", 1, "print is not a table; write [print]"),
        ('[print]\nsize = "big"', 2, "print.size is not a length"),
        ('[print]\nserif = "A"', 2, "print.serif is not a list of texts"),
        ("joiner = 1", 1, "joiner is not text"),
        ('direction = "up"', 1, "direction is none of ltr, rtl"),
        ('plural_forms = "nplurals=2"', 1, "plural_forms is not of gettext"),
        ("[editorial.dates]\npattern = '('", 2, "editorial.dates.pattern is not a regular"),
        ('label_breaks = "a{99999999999}"', 1, "label_breaks is not a regular"),
        (f'joiner = ""\nlabel_breaks = "{"(" * 2000}{")" * 2000}"', 2, "label_breaks is not a reg"),
        ('[[forms]]\nends = "(?i)s"\nendings = []', 1, "ends has flags for all of it"),
        ("[[checks.styles]]\nfind='a'\nsay='b'\nwrite='\\1'", 1, "write is no template"),
        ('sorting = { nn = "ñ" }', 1, "sorting does not say"),
        ('\n[[forms]]\nends = "s"', 2, "forms has a rule with ends = 's': endings is missing"),
        ('[[forms]]\nend = "s"\nendings = []', 1, "end is not known; write ends"),
    ],
)
def test_a_malformed_file_is_a_problem_with_its_line(
    text: str, line: int, fault: str, tmp_path: Path
) -> None:
    languages = own(tmp_path, es=text)
    [problem] = languages.problems
    assert (problem.path, problem.line) == ("languages/es.toml", line)
    assert fault in problem.text
    assert "; " in problem.text
    assert languages["es"] == PACKAGE["es"]


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    assert own(tmp_path, es='\ufeffjoiner = "~"')["es"].joiner == "~"


def test_a_language_has_one_file(tmp_path: Path) -> None:
    languages = own(tmp_path, **{"zh-TW": 'joiner = "a"', "zh_TW": 'joiner = "b"'})
    assert [str(each) for each in languages.problems] == [
        "languages/zh_TW.toml:1: is a second file for zh-TW; delete one of them"
    ]


def test_every_fault_of_a_file_is_named(tmp_path: Path) -> None:
    languages = own(tmp_path, es="joiner = 1\nphrases = 2", **{"1": ""})
    assert [str(each).partition(" is ")[0] for each in languages.problems] == [
        "languages/1.toml:1: '1'",
        "languages/es.toml:1: joiner",
        "languages/es.toml:2: phrases",
    ]


# What asks them --------------------------------------------------------------------------------

MADE_UP = """
plural_forms = "nplurals=3; plural=(n>2 ? 2 : n);"

[[forms]]
ends = "a"
drop = "a"
endings = ["a", "oj"]

[editorial.negations]
words = "nix"
"""


@pytest.fixture
def made_up(tmp_path: Path) -> Handbook:
    """A handbook in English and in a language that only its own file knows."""
    own(tmp_path, xx=MADE_UP)
    (tmp_path / "pyproject.toml").write_text('[tool.handbook]\nlanguages = ["en", "xx"]\n', "utf-8")
    (tmp_path / "docs/en").mkdir(parents=True)
    (tmp_path / "docs/en/page.md").write_text("# Page\n", "utf-8")
    return Handbook.open(tmp_path)


def test_a_catalog_has_the_plural_forms_of_the_sites_file(made_up: Handbook) -> None:
    [update, *_] = updates(made_up, ["xx"], ())
    assert update.after is not None
    assert update.after.header["Language"] == "xx"
    assert update.after.header["Plural-Forms"] == "nplurals=3; plural=(n>2 ? 2 : n);"


def test_the_editorial_guard_asks_the_sites_file(made_up: Handbook) -> None:
    edit = "Si nix va kun mi hodie.", "Si nux va kun mi hodie."
    assert change_of_meaning(*edit, made_up.records["xx"]) == "a negation has changed"
    reason = "a word has become another one (nix/nux)"
    assert change_of_meaning(*edit, made_up.records["en"]) == reason


def test_terms_have_the_forms_of_the_sites_file(made_up: Handbook) -> None:
    render = renderers.whole()
    entries = tree.parse(render("kunula { #council }\n:   Lo.\n"))
    terms = glossary.read(entries, made_up.records["xx"])
    for text, first in (("La kunuloj, kunula.", "kunuloj"), ("Kunuloj.", "Kunuloj")):
        page = tree.parse(render(text))
        assert glossary.link(page, terms, "g/") == ["council"]
        assert f">{first}</a>" in tree.html(page)


def test_a_malformed_file_is_a_problem_of_the_handbook(made_up: Handbook) -> None:
    (made_up.root / "languages/xx.toml").write_text("joiner = 1\n", "utf-8")
    [problem] = faults.page_problems(Handbook.open(made_up.root))
    assert isinstance(problem, Problem)
    assert str(problem).startswith("languages/xx.toml:1: joiner is not text; ")


NAMES = {
    "en": "English",
    "ar": "العربية",
    "pt-BR": "Português",
    "sr-Latn": "Srpski",
}
_PAGES = {
    "index.md": "# Home\n\nWelcome. See [the terms](reference/glossary.md).\n",
    "reference/glossary.md": "# Glossary\n\nhome { #home }\n:   A place.\n",
}


def site(root: Path, *codes: str) -> Path:
    """Build a small handbook in English and other languages, translated word for word."""
    link(root)
    for path, text in _PAGES.items():
        (root / "docs/en" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "docs/en" / path).write_text(f"---\nreviewed: 2026-01-31\n---\n\n{text}", "utf-8")
    listed = json.dumps(["en", *codes])
    (root / "pyproject.toml").write_text(f"[tool.handbook]\nlanguages = {listed}\n", "utf-8")
    (root / "mkdocs.yml").write_text(_configuration("en", *codes), "utf-8")
    translate(root, lambda _, unit: unit.message)
    assert build.build(root).problems == ()
    return root / "site"


def _configuration(*codes: str) -> str:
    """The repository's mkdocs.yml for some languages, without its navigation."""
    languages = [{"locale": code, "name": NAMES[code]} for code in codes]
    settings = {
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "nav": None,
        "plugins": {"i18n": {"languages": [languages[0] | {"default": True}, *languages[1:]]}},
    }
    return json.dumps(settings, ensure_ascii=False)


def declared(page: Path) -> tuple[str | None, str]:
    """The language and the direction that a page declares."""
    tree = lxml_html.document_fromstring(page.read_text("utf-8"))
    return tree.get("lang"), tree.xpath("string(//body/@dir)")


def test_a_site_is_made_in_languages_that_books_have_no_fonts_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDBOOK_BOOKS", "false")
    built = site(tmp_path, "ar", "pt-BR", "sr-Latn")
    assert declared(built / "ar/index.html") == ("ar", "rtl")
    assert declared(built / "pt-BR/index.html") == ("pt-BR", "ltr")
    assert declared(built / "sr-Latn/index.html") == ("sr-Latn", "ltr")
