"""A page's HTML as a tree."""

from __future__ import annotations

from press.core import tree


def test_a_page_that_was_taken_apart_is_put_together_again() -> None:
    html = '<p>1 &lt; 2 <b>“x”</b><br></p>\n<svg viewBox="0 0 1 1"><path d="M0"></path></svg>\n'
    assert tree.html(tree.parse(html)) == html
