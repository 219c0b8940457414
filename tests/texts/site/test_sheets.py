"""Sheets on paper."""

from __future__ import annotations

import re
from itertools import product

from playwright.sync_api import Browser

import ours
from sites import Built


def test_every_sheet_prints_on_one_side(built: Built, browser: Browser) -> None:
    folder, _ = built
    long = {}
    with browser.new_page() as page:
        for language, sheet in product(("", *ours.LANGUAGES[1:]), ours.SHEETS):
            page.goto((folder / language / "sheets" / sheet / "index.html").as_uri())
            paper = page.pdf(format="A4", prefer_css_page_size=True)
            sides = len(re.findall(rb"/Type\s*/Page\b", paper))
            if sides != 1:
                long[language, sheet] = sides
    assert not long
