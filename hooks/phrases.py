"""Let titles break between phrases where words have no blanks between them."""

from press.core import editions, i18n
from press.pages import phrases


def on_post_page(output, page, config):
    return phrases.part(output, _model(config))


def on_post_template(output, template_name, config):
    if not template_name.endswith(".html"):
        return output
    return phrases.part(output, _model(config))


def _model(config):
    return editions.of(config).handbook.records[i18n.current(config)].phrases
