"""The colors of a page: those of the device, until a reader has chosen others with the button."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

LIGHT, DARK = "rgb(255, 255, 255)", "rgb(24, 26, 27)"
Scheme = Literal["dark", "light"]
CATALOGS = "es/catalog.html"
"""A page that is not the theme's."""


def _wears(page: Page, scheme: str) -> None:
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)


def test_what_nobody_has_chosen_is_not_remembered(served: str, page: Page) -> None:
    turns: list[tuple[Scheme, str]] = [("dark", "slate"), ("light", "default"), ("dark", "slate")]
    for device, scheme in turns:
        page.emulate_media(color_scheme=device)
        page.goto(f"{served}/structure/")
        _wears(page, scheme)
        page.wait_for_load_state("networkidle")
        _wears(page, scheme)
        assert page.evaluate("localStorage.getItem('/.__palette')") is None


@pytest.mark.parametrize(
    ("device", "chosen", "color"), [("light", "slate", DARK), ("dark", "default", LIGHT)]
)
def test_other_pages_of_the_site_follow_the_button(
    served: str, page: Page, device: Scheme, chosen: str, color: str
) -> None:
    page.emulate_media(color_scheme=device)
    page.goto(f"{served}/structure/")
    page.locator("[data-md-component=palette] label:visible").click()
    _wears(page, chosen)
    page.goto(f"{served}/es/")  # also in another language
    _wears(page, chosen)
    page.goto(f"{served}/{CATALOGS}")
    expect(page.locator("body")).to_have_css("background-color", color)
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == (
        "dark" if chosen == "slate" else "light"
    )


@pytest.mark.parametrize(("device", "color"), [("light", LIGHT), ("dark", DARK)])
@pytest.mark.parametrize(
    "kept",
    [None, "{", '{"index": 0, "color": {"media": "(prefers-color-scheme)", "scheme": "slate"}}'],
)
def test_without_a_choice_they_follow_the_device(
    served: str, page: Page, device: Scheme, color: str, kept: str | None
) -> None:
    page.emulate_media(color_scheme=device)
    page.goto(f"{served}/{CATALOGS}")
    if kept:
        page.evaluate("kept => localStorage.setItem('/.__palette', kept)", kept)
        page.reload()
    expect(page.locator("body")).to_have_css("background-color", color)
