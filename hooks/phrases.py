"""Let Japanese titles break between phrases."""

from press.core import i18n
from press.pages import phrases


def on_post_page(output, page, config):
    return phrases.part(output, i18n.current(config))


def on_post_template(output, template_name, config):
    if not template_name.endswith(".html"):
        return output
    return phrases.part(output, i18n.current(config))
