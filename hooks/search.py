"""Give each language its own search."""

from mkdocs.plugins import CombinedEvent, event_priority

from press import i18n, search


def on_env(env, config, files):
    return search.teach(env, config)


@event_priority(search.AFTER)
def on_page_context(context, page, config, nav):
    search.describe(page, config)


on_post_build = CombinedEvent(
    event_priority(search.BEFORE)(search.write), event_priority(i18n.AFTER)(search.clear)
)
