"""E-books (EPUB 3)."""
