"""What tests have to know of this handbook's own texts; one that is made from it changes that here.

What is asked of the texts themselves stands in pyproject.toml, below [[tool.handbook.rules]].
"""

from __future__ import annotations

from folders import ROOT
from handbook.bitext.project import settings
from handbook.bitext.project.handbook import Handbook

LANGUAGES = settings.read(ROOT).languages
"""Its languages, the default first."""
KEY_DOCUMENTS = "mission vision structure program interim timeline getting-involved".split()
"""The paths of its key documents, without `.md`."""
WRITTEN_IN = 3
"""In how many languages, at least, two pages and more are first written."""
LISTS = frozenset({"spelling.yml"})
"""The lists that a folder of `docs/` has beside its pages, and that are not published."""
_BOOK = Handbook.open(ROOT)
_SHEETS = [source for source in _BOOK.sources() if _BOOK.front(source).get("sheet")]
SHEETS = [source.path.removeprefix("sheets/").removesuffix(".md") for source in _SHEETS]
"""Its pages below sheets/ that are made for one side of paper."""
_FEWEST = 10
FORMS = [
    name
    for name, source in zip(SHEETS, _SHEETS, strict=True)
    if _BOOK.read(source).text.count("&nbsp; |") >= _FEWEST
]
"""Those of them that are written on: with ten empty cells and more."""
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
    "ja/history/timeline.html",
)
"""What has changed on pages and on a translation; () for a handbook without history."""
SIDE_BY_SIDE = ("es/mission/?with=ja", "strategy/barriers/?with=es")
"""Pages beside another language."""
