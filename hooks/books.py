"""Keep what books are made from."""

from mkdocs.plugins import event_priority

from press import book, i18n


@event_priority(i18n.AFTER - 1)  # once sections have their titles
def on_nav(nav, config, files):
    return book.remember(nav, config)
