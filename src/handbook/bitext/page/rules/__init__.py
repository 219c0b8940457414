"""How each kind of block is scanned: one function a rule, one module a group of kinds.

A rule takes the scanner, the lines of its container, the number of its own first line and the
column where the container's content begins; `bitext.page.scanner.Rule` says what it returns,
and the table in `bitext.page.scan` says when it is tried. Most name the block processor of
Python-Markdown, or of an extension, that they follow.
"""
