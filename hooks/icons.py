"""Give sections their icons."""

from mkdocs.plugins import event_priority

from press.frame import icons


@event_priority(icons.BEFORE)
def on_nav(nav, config, files):
    return icons.assign(nav, config)


def on_page_markdown(markdown, page, config, files):
    icons.keep(page, config)
