"""A gettext catalog: the messages of one page in one language, and their translations."""
