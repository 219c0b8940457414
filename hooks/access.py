"""Mend what keyboards, screen readers and validators stumble over."""

from press.core import editions, i18n
from press.frame import repairs


def on_post_page(output, page, config):
    return repairs.mend(output, editions.of(config).words(i18n.current(config)))


def on_post_template(output, template_name, config):
    if not template_name.endswith(".html"):
        return output
    return repairs.mend(output, editions.of(config).words(i18n.current(config)))
