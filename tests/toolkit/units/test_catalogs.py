"""What the page that opens catalogs is given: the catalogs, and a list of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from babel.localedata import locale_identifiers

from handbook.bitext.catalog import canonical, po
from handbook.bitext.files import write
from handbook.bitext.languages import cldr
from handbook.bitext.project.handbook import Handbook
from handbook.press.frame import catalogs


def test_a_published_catalog_has_the_words_of_the_repository_in_order(sample: Path) -> None:
    book = Handbook.open(sample)
    for source in book.sources():
        for language in set(book.languages) - {source.language}:
            text = catalogs.published(book, source, language).decode()
            assert canonical.is_canonical(text), source.path
            units = book.catalog(source, language).units
            translated = {unit.key: unit.translation for unit in po.parse(text).units}
            assert translated == {unit.key: unit.translation for unit in units}, source.path


def test_the_list_of_pages_ends_no_script() -> None:
    entry = catalogs.Entry(
        "a.md", "</script><b>", "../a/", catalogs.file("a.md", "es"), "", "en", False
    )
    written = catalogs.listed([entry])
    assert "<" not in written
    assert json.loads(written)[0]["title"] == "</script><b>"
    assert json.loads(written)[0]["catalog"] == "assets/catalogs/es/a.po"


def test_the_script_is_one_module() -> None:
    script = catalogs.script()
    assert "\nimport " not in script
    assert "\nexport " not in script


def test_the_numbers_of_each_form_are_told_where_the_rule_can_be_read() -> None:
    told = {code: catalogs.counts(cldr.plural_forms(code)) for code in locale_identifiers()}
    assert (told["en"], told["ja"]) == ("1|0, 2, 3 …", "0, 1, 2 …")
    for rule in ("nplurals=2; plural=(n != );", "nplurals=2; plural=n%0;"):
        assert catalogs.counts(rule) == ""


_TEXT = "We cook on Mondays. Whoever cooks decides about the menu, and everybody about the day."


def test_a_catalog_is_published_as_an_update_would_make_it(sample: Path, tmp_path: Path) -> None:
    """What is open is told by the catalog as by the page, though nobody has updated it yet."""
    root = shutil.copytree(sample, tmp_path / "sample")
    page = root / "docs/en/mission.md"
    write(page, page.read_text("utf-8").replace("on Mondays", "on Sundays"))
    book = Handbook.open(root)
    source = book.by_path["mission.md"][0]
    units = po.parse(catalogs.published(book, source, "es").decode()).units
    changed = [unit for unit in units if unit.state == "changed"]
    assert [unit.message for unit in changed] == [_TEXT.replace("Mon", "Sun")]
    assert [unit.previous for unit in changed] == [_TEXT]
