"""Mark the glossary's terms on all pages, and list the pages below its entries."""

from mkdocs.plugins import event_priority

from press.core import i18n
from press.pages import glossary


@event_priority(i18n.AFTER)  # once passages that are not current have their labels
def on_page_content(html, page, config, files):
    return glossary.mark(html, page, config, files)


@event_priority(i18n.AFTER)  # once books are made: the lists are for the site
def on_env(env, config, files):
    return glossary.list_pages(env, config, files)


def on_page_context(context, page, config, nav):
    return glossary.explain(context, page, config)
