"""Give each language its own search."""

from mkdocs.plugins import event_priority

from press.core import i18n
from press.search import index


def on_env(env, config, files):
    index.write(config, files)
    return index.teach(env, config)


on_post_build = event_priority(i18n.AFTER)(index.clear)
