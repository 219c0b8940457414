"""A handbook on disk: its settings, how its files are found and read, and edits of them."""
