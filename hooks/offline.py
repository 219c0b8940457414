"""Keep visited pages readable without a connection."""

from press.frame import offline


def on_config(config):
    return offline.check(config)


def on_post_build(config):
    offline.write(config)
