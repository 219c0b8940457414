"""What this handbook asks of its own texts; one that is made from it changes that here."""

KEY_DOCUMENTS = "mission vision structure program interim timeline getting-involved".split()
"""The paths of its key documents, without `.md`: each states its status, version and date."""
WRITTEN_IN = 3
"""In how many languages, at least, some pages are first written."""
READ_IN = 3
"""In how many languages, at least, there is a list of pages for a native reader."""
KEYS = frozenset({"description", "reviewed", "review_by"})
"""The front matter that each page has."""
TERMS = 55
"""How many terms its glossary explains, at least; 0 without a glossary."""
LISTS = frozenset({"spelling.yml"})
"""The lists that a folder of `docs/` has beside its pages, and that are not published."""
LAST_SECTION = "next"
"""The id of the heading that each page but the first ends with; "" if headings need no ids."""
