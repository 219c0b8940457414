"""Conversion of a chapter's HTML to Typst: calls of functions that `book.typ` defines.

`elements` maps each element to the function that converts it, `writer` goes through a chapter and
calls these functions, `manuscript` holds the converted chapters of a book. All text of a page
becomes string literals: Typst never reads it as markup or code.
"""
