"""Hold the address for reports of mistakes to what pages can use."""

from press.frame import sharing

on_config = sharing.check
