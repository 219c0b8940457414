"""A text and its translations: Markdown pages and gettext catalogs, kept in step.

Floors, each importing only from those below it: `page` (with `scan`, `inline`
and `markup`), `catalog`, then the verbs, then `project`.
"""
