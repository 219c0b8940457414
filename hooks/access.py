"""Mend what keyboards, screen readers and validators stumble over."""

from press import access, i18n, site


def on_post_page(output, page, config):
    return access.mend(output, site.of(config).words(i18n.current(config)))


def on_post_template(output, template_name, config):
    if not template_name.endswith(".html"):
        return output
    return access.mend(output, site.of(config).words(i18n.current(config)))
