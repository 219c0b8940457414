"""From pages to what readers hold: the site and the books.

Everything that knows MkDocs, the theme or a drawing engine is here; `bitext` knows none of them.
"""
