"""A handbook on disk: its settings, and what reads or writes its pages and catalogs."""
