"""Redlines as people read them: a page of HTML that prints well, and a PDF."""
