"""The program's own words in the languages that it brings along."""

from __future__ import annotations

from pathlib import Path

from handbook.bitext.catalog import headers, po
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.languages import cldr
from handbook.bitext.project.words import FOLDER, is_unsaid, words
from handbook.bitext.translate.guards import interface_refusal
from handbook.bitext.upkeep import update
from handbook.press.core import interface
from rows import rows

CATALOGS = sorted(FOLDER.glob("*.po"))


def known() -> set[str]:
    return {message for message, _ in (*interface.in_code(), *interface.in_theme())}


@rows("file", CATALOGS)
def test_words_fit_what_the_program_says(file: Path) -> None:
    assert cldr.locale(file.stem)
    catalog = po.parse(file.read_text("utf-8"))
    units = catalog.units
    assert tuple(catalog.header) == headers.GETTEXT  # or msgfmt -c complains
    refused = {u.message: interface_refusal(u.message, u.translation) for u in units}
    assert {message: why for message, why in refused.items() if why} == {}
    messages = known()
    assert {u.message for u in units} <= messages, "the program says these no more"
    # A new message may wait for its translators: it is then a unit of each site's own catalog.
    assert len([u for u in units if u.state == "current"]) >= 0.9 * len(messages)


def test_a_language_has_the_words_of_the_nearest() -> None:
    assert words("pt_BR") == words("pt-BR") != words("pt")
    assert words("pt-BR")["Share"] == "Compartilhar"
    assert words("pt-PT")["Share"] == "Partilhar"
    assert words("fr")["Cancel"] == "Annuler"
    assert words("qu") == {}
    assert words("zh-TW") == words("zh_TW") == words("zh-Hant") == words("zh-HK")
    assert (words("zh-TW")["Menu"], words("zh-CN")["Menu"]) == ("選單", "菜单")
    assert (words("en")["Cancel"], words("en-GB")["Cancel"]) == ("Cancel", "Cancel")


def test_a_catalog_has_what_the_program_has_no_words_for() -> None:
    wanted = [("Our site", "`site_name`"), ("Cancel", ""), ("Share", ""), ("Save as a file", "")]
    said = Unit("Cancel", "Laisser tomber")
    before = Catalog({}, (Unit("Share"), said))
    made = update.interface_catalog(wanted, before, "fr")
    assert [(u.message, u.translation) for u in made.units] == [
        ("Our site", ""),
        ("Cancel", "Laisser tomber"),
    ]
    assert update.interface_catalog(wanted, made, "fr") is made
    everything = update.interface_catalog(wanted, before, "qu")
    assert [u.message for u in everything.units] == [message for message, _ in wanted]


def test_a_first_language_without_words_of_the_program_has_a_catalog_for_them() -> None:
    assert is_unsaid("Cancel", "qu")
    assert not is_unsaid("Our site", "qu")
    assert not any(is_unsaid("Cancel", language) for language in ("en", "en-GB", "fr", "pt-BR"))
