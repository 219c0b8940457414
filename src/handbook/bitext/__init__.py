"""A text and its translations: Markdown pages and gettext catalogs, kept in step.

`page` and `catalog` are the two things there are, `translate` is what is done to them, `project` is
a handbook on disk. Nothing here knows MkDocs.
"""
