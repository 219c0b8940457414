"""The handbook as an e-book (EPUB 3)."""
