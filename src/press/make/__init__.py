"""Building: a process for each language, the site, the books, the live preview."""
