"""A page of HTML that needs no other file: its style sheet is in it."""

from __future__ import annotations

from importlib.resources import files

from handbook.bitext.languages.record import Language

_STYLE = (files("handbook.press.redlines") / "redline.css").read_text("utf-8")


def page_of(title: str, record: Language, body: str, style: str = _STYLE, script: str = "") -> str:
    """Return a page of HTML with a style sheet in it, that of redlines; title and body are HTML.

    Its icon is none, so that browsers do not ask the site for one.
    `script` is an element of HTML: what a page that stands on a site takes from it.
    """
    return f"""<!doctype html>
<html lang="{record.tag}" dir="{record.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>{title}</title>
<style>
{style}</style>
{script}</head>
<body>
{body}
</body>
</html>
"""
