"""Hold the address for reports of mistakes to what pages can use."""

from press import tools

on_config = tools.check
