"""Draw diagrams while building."""

from press.pages import diagrams


def on_page_content(html, page, config, files):
    return diagrams.place(html, page, config)
