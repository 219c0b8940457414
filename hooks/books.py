"""Make books of each language while its site is built."""

from mkdocs.plugins import event_priority

from press.books import book
from press.core import i18n
from press.plugin import bookshelf


@event_priority(i18n.AFTER - 1)  # once sections have their titles
def on_nav(nav, config, files):
    return book.remember(nav, config, files)


def on_env(env, config, files):
    bookshelf.put(config)
