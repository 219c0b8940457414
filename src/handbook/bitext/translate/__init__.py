"""Merge, align and assemble a page and its catalog, and prove translations harmless."""
