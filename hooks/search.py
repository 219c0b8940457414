"""Give each language its own search."""

from mkdocs.plugins import event_priority

from press import i18n, search


def on_env(env, config, files):
    search.write(config, files)
    return search.teach(env, config)


on_post_build = event_priority(i18n.AFTER)(search.clear)
