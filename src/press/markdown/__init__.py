"""Renderers of Markdown, and the Markdown extensions of this package."""
