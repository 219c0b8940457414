"""Hand MkDocs each page in each language."""

from mkdocs.plugins import CombinedEvent, event_priority

from press.core import i18n, theme
from press.pages import addresses
from press.plugin import pages


@event_priority(i18n.AFTER)
def on_config(config):
    return pages.report(theme.add(config))


on_files = CombinedEvent(pages.announce, event_priority(i18n.AFTER)(pages.fill))


def on_page_content(html, page, config, files):
    return pages.glue(addresses.name(html, page, config))
