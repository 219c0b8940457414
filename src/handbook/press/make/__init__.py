"""Build the site, the books and the live preview, with one process for each language."""
