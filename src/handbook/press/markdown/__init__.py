"""Renderers of Markdown to HTML, and this package's extensions of Python-Markdown."""
