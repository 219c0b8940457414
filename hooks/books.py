"""Make books of each language while its site is built."""

from mkdocs.plugins import event_priority

from press import book, books, i18n


@event_priority(i18n.AFTER - 1)  # once sections have their titles
def on_nav(nav, config, files):
    return book.remember(nav, config, files)


def on_env(env, config, files):
    books.put(config)
