"""What a browser prints."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from papers import pages_of

_TALL = (
    '<figure class="diagram"><svg viewBox="0 0 300 700" width="300" height="700"></svg></figure>'
)
_ABOVE, _BELOW = "<p>what stands before</p>" * 12, "<p>what follows it</p>" * 12
_MADE = f'<article class="md-content__inner md-typeset">{_ABOVE}{_TALL}{_BELOW}the end</article>'


def test_no_drawing_leaves_most_of_a_page_white(
    served: str, browser: Browser, tmp_path: Path
) -> None:
    """It is no higher than two fifths of a page, so it fits where there is half of one."""
    page = browser.new_page()
    page.goto(f"{served}/structure/")
    page.evaluate("made => { document.querySelector('article').outerHTML = made }", _MADE)
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    page.close()
    printed = pages_of(tmp_path / "page.pdf")
    assert "what follows" in printed[0]
    assert len(printed) == 2
