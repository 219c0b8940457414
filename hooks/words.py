"""Say what stands on no page in the language being built."""

from mkdocs.plugins import event_priority

from press.core import i18n
from press.frame import notices
from press.pages import passages


@event_priority(i18n.AFTER)
def on_config(config):
    return notices.rename(config)


@event_priority(i18n.AFTER)
def on_nav(nav, config, files):
    return notices.rename_sections(nav, config)


def on_env(env, config, files):
    return notices.teach(env, config)


def on_page_content(html, page, config, files):
    return passages.label(html, page, config)
