"""What this handbook asks of its own texts; one that is made from it changes that here."""

from __future__ import annotations

from folders import ROOT
from handbook.bitext.project import settings

LANGUAGES = settings.read(ROOT).languages
"""Its languages, the default first."""
KEY_DOCUMENTS = "mission vision structure program interim timeline getting-involved".split()
"""The paths of its key documents, without `.md`: each states its status, version and date."""
WRITTEN_IN = 3
"""In how many languages, at least, two pages and more are first written."""
READ_IN = 3
"""In how many languages, at least, there is a list of pages for a native reader."""
KEYS = frozenset({"description", "reviewed", "review_by"})
"""The front matter that each page has."""
TERMS = 55
"""How many terms its glossary explains, at least; 0 without a glossary."""
LISTS = frozenset({"spelling.yml"})
"""The lists that a folder of `docs/` has beside its pages, and that are not published."""
FIRST_STEPS = 330
"""How many words, with marks, there are at most where those begin who want to translate."""
LAST_SECTION = "next"
"""The id of the heading that each page but the first ends with; "" if headings need no ids."""
SHEETS = """agenda consensus-flow hand-signals minutes-form task-table venue-checklist
    health-check budget mandate planner""".split()
"""Its pages below sheets/ that are made for one side of paper."""
FORMS = "agenda budget health-check mandate minutes-form planner task-table venue-checklist".split()
"""Those of them that are written on."""
AT_LEAST = {
    "pages": 60,
    "headings": 300,
    "links": 600,
    "tables": 80,
    "heads": 200,
    "notes": 100,
    "figures": 18,
}
"""What there is more of than this in the book of each language; {} for a handbook that begins."""
AUDITED = (
    "",  # home
    "toolkit/",  # a section
    "mission/",  # a key document
    "toolkit/facilitation/",  # a guide
    "strategy/barriers/",  # a discussion, with its positions
    "sheets/agenda/",  # a print sheet
    "structure/",  # with a drawing
    "reference/glossary/",
    "reference/figures/",  # wide tables, and boxes to tick
    "reference/translate/",  # code in colors, and the state of translations
    "catalog.html",  # opens catalogs
    "404.html",
    "503.html",  # stands in for pages without a connection
)
"""A page of each type, for figures that the site has to reach."""
HISTORIES = (
    "history/structure.html",
    "es/history/toolkit/growing.html",
    "ja/history/start/central-ideas.html",
)
"""What has changed on pages first written in each language; () for a handbook without history."""
SIDE_BY_SIDE = ("es/mission/?with=ja", "strategy/barriers/?with=es")
"""Pages beside another language."""
