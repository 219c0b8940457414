"""Tell templates and search engines where each page stands in each language."""

from press.frame import links


def on_page_context(context, page, config, nav):
    return links.describe(context, page, config)


def on_post_page(output, page, config):
    return links.declare_language(output, page, config)


def on_template_context(context, template_name, config):
    return links.describe_template(context, template_name, config)


def on_post_template(output, template_name, config):
    return links.put_error_page(output, template_name, config)
