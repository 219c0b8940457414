"""From a chapter's HTML to Typst: calls of what `book.typ` defines.

`elements` says what each element becomes, `writer` goes through a chapter and asks it, `manuscript`
holds the chapters of a book. Whatever a page says becomes a string in quotation marks: nothing of
it is ever read as Typst's markup or code.
"""
