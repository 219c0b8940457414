"""The rules of Mermaid's kinds of diagrams: where in a line their labels are.

They are tried line by line; the first that matches says where labels are. A label is a named group
of a rule. Its name says how a translation is written there:

    text     in quotation marks already
    quote    not in quotation marks, but may be: they are added where the text needs them
    ascii    the same, where it needs them for all but letters of English
    token    the same, where it needs them for blanks too
    single   in quotation marks of one stroke
    line     up to the end of the line
    part     up to a colon or a comma
    node     without quotation marks where brackets would change the shape
    word     one word, without quotation marks and entities: what joins its parts is _
    class    the name of a class that has no label; one is put behind it, in brackets

A digit behind it tells two groups of one rule apart. Groups of other names are no labels.
"""

from __future__ import annotations

import re
from functools import cache

IN_LINE = ";#:{}"
DETAILS = {
    "text": '"\t{}',
    "quote": '"\t"{}"',
    "ascii": '"\t"{}"\tascii',
    "token": '"\t"{}"\ttoken',
    "single": "'\"\t{}",
    "line": IN_LINE + "\t{}",
    "part": ';#:,"\t{}',
    "node": ';#"()[]{}\t{}',
    "word": "\t{}\tword",
}
QUOTED = re.compile(r'"`(?P<text>[^"`\n]+)`"|"(?P<text2>[^"\n]+)"')
# Statements whose strings are not shown.
SILENT = re.compile(
    r"(?:%%|click\b|style\b|class\b(?=[\w\s,-]+;?$)|classDef\b|cssClass\b|linkStyle\b|href\b|callback\b|links?\b"
    r"|direction\b|accTitle\b|accDescr\b|Update\w+\()"
)
TITLE = r'(?:acc)?[tT]itle\b:?\s*(?:"(?P<text>[^"]+)"|(?P<line>[^\s"].*))'
DESCRIPTION = r"accDescr\s*:\s*(?P<line>.+)"
SECTION = r"section\s+(?P<line>.+)"

SHAPE = (
    r"""(?:\(\(\(|\(\(|\(\[|\[\[|\[\(|\[/|\[\\|\{\{|\[|\(|\{|(?<=\w)>)[ ]*"""
    r"""(?P<quote>[^\s"`\[\](){}|/\\][^"\[\](){}|\n]*?)[ ]*[/\\]?[\])}]"""
)
IN_FLOWCHART = re.compile(
    rf"""
      {QUOTED.pattern.replace("text2", "text3").replace("text>", "text1>")}
    | (?<=\w){SHAPE}
    | \|[ ]*(?P<quote2>[^|"\n]*[^|"\s])[ ]*\|
    | (?:(?<![-=])--|==|-\.)(?![->xo=.]\s)[ ]*
      (?P<quote3>[^\s\-=.>|"&][^|"\n]*?)[ ]*(?:---*[->xo]|===*[=>xo]|\.-+[>xo]?)
    | @\{{[^}}\n]*\blabel:[ ]*(?:"(?P<text4>[^"\n]+)"|(?P<quote4>[^"',}}\n]*[^"',}}\s]))[^}}\n]*\}}
    """,
    re.VERBOSE,
)
NAMED = re.compile(r"(?<![\w-])([\w-]++)[ ]{0,9}(?:[\[({]|>[^\s>|-][^\n\]]{0,200}\]|@\{)")
NO_NAMES = re.compile(r"@\{[^}\n]*\}|;\s*(?:class|classDef|style|linkStyle|click)\s[^;\n]*")
"""What is said of nodes in the line of a flowchart that names them."""
SUBGRAPH = re.compile(
    r"""subgraph\s+(?:
    (?P<id>[\w-]+)\s*$ # subgraph one
    | (?P<id2>[\w-]+)\s*\[\s*(?:"(?P<text>[^"]+)"|(?P<quote>[^\]"]+?))\s*\] # subgraph one [Words]
    | "(?P<text2>[^"]+)" # subgraph "Words"
    | (?P<ascii2>[^"\[\]]+?)\s*$ # subgraph Some words
    )""",
    re.VERBOSE,
)
BETWEEN_NODES = re.compile(r"\s*(?:[<xo]?(?:--+|==+|-\.+-?|~~~+)[->xo=.]*|&|;)\s*|\s+")
NODE = re.compile(r"(?P<name>[^\W\d_]{3,}[\w-]*)(?::::[\w-]+)?$")

SEQUENCE = (
    r"(?:create\s+)?(?:participant|actor)\s+[^\n@]+?(?:@\{.*\})?\s+as\s+(?P<line>.+)",
    r"[Nn]ote\s+(?:over|right of|left of)\s[^:]+:\s*(?P<line>.+)",
    r"(?:loop|alt|else|opt|par|par_over|and|critical|option|break)\s+(?P<line>.+)",
    r"box\s+(?:(?:rgba?|hsla?)\([^)]*\)\s+|(?i:aqua|blue|gr[ae]y|green|orange|pink|purple|red"
    r"|transparent|yellow|(?:light|dark)\w+)\s+)?(?P<line>.+)",
    r"[^:]+?(?:<<)?--?(?:>>|>|[x)]|\|\\|\|/)[+-]?[^:]+:\s*(?P<line>.+)",
    TITLE,
    DESCRIPTION,
)
ACTORS = re.compile(
    r"""(?P<declared>(?:create\s+)?(?:participant|actor)\s+(?P<name>[^\n@]+?)\s*$)
    | (?P<from>[^\s:+-][^:>+-]*?)\s*(?:<<)?--?(?:>>|>|[x)])[+-]?\s* # One ->>
      (?P<to>[^:+-][^:]*?)\s*: # Other: words
    """,
    re.VERBOSE,
)
ALIASED = re.compile(r"(?:create\s+)?(?:participant|actor)\s+([^\n@]+?)(?:@\{.*\})?\s+as\s")
SPACED = re.compile(
    r"^[ \t>]*((?:create[ \t]+)?(?:participant|actor)[ \t]+)(?![^\n]*[ \t]as[ \t])"
    r"(\S+[ \t]+[^\n@]{0,200}?)[ \t]*$",
    re.MULTILINE,
)
ACTOR = re.compile(r"[^\W\d_]{2}")

STATE = (
    r"note\s+(?:right|left) of\s[^:]+:\s*(?P<line>.+)",
    r"[^:]+-->[^:]+:\s*(?P<line>.+)",
    r"[\w-]+\s*:\s*(?P<line>.+)",
    TITLE,
    DESCRIPTION,
)
STATE_NAMES = re.compile(
    r"(?P<from>\w+|\[\*\])\s*-->\s*(?P<to>\w+|\[\*\])|state\s+(?P<one>\w+)\s*$"
)
COMPOSITE = re.compile(r"state\s+(?P<name>\w+)\s*\{")
STATE_KNOWN = re.compile(
    r'(?:state\s+"[^"]*"\s+as\s+(\w+)|state\s+(\w+)\s*(?:\{|<<)|(\w+)\s*:(?!:))'
)

CLASS = (
    r"[^:\"]*(?:\"[^\"]*\"[^:\"]*)*(?:--|\.\.)[^:\"]*(?:\"[^\"]*\"[^:\"]*)*:\s*(?P<line>.+)",
    r"\w[\w~]*\s*:\s*(?P<line>.+)",
    r"class\s+(?P<class>\w+)\s*(?:\{\s*)?$",
    TITLE,
    DESCRIPTION,
)
RULES: dict[str, tuple[str, ...]] = {
    "sequenceDiagram": SEQUENCE,
    "stateDiagram": STATE,
    "classDiagram": CLASS,
    "erDiagram": (
        r'.*:\s*(?P<ascii>[^\s"{}]+)\s*$',
        r'(?P<id>[\w-]+)\[(?P<ascii>[^"\]]+)\]',
        TITLE,
        DESCRIPTION,
    ),
    "pie": (rf"pie\b(?:\s+showData)?\s+{TITLE}", TITLE, DESCRIPTION),
    "gantt": (
        TITLE,
        DESCRIPTION,
        SECTION,
        r"(?:dateFormat|axisFormat|tickInterval|excludes|includes|todayMarker|weekday|weekend"
        r"|inclusiveEndDates|topAxis|displayMode)\b",
        r"(?P<part>[^:\s][^:]*?)\s*:",
    ),
    "journey": (TITLE, DESCRIPTION, SECTION),
    "timeline": (TITLE, DESCRIPTION, SECTION),
    "mindmap": (
        r"(?:::icon|:::|%%)",
        r'[\w-]*(?:\(\(|\{\{|\)\)|\[|\(|\))(?:"`?(?P<text>[^"`]+)`?"|(?P<node>[^"]+?))'
        r"(?:\)\)|\}\}|\(\(|\]|\)|\()\s*$",
        r"(?P<node>[^\s\"].*)",
    ),
    "kanban": (r'[\w-]*\[(?:"(?P<text>[^"]+)"|(?P<node>[^\]"]+))\]', r"(?P<node>[^\s@\"][^@]*)"),
    "quadrantChart": (
        r'title\s+(?:"(?P<text>[^"]+)"|(?P<ascii>.+))',
        DESCRIPTION,
        r'[xy]-axis\s+(?:"(?P<text>[^"]+)"|(?P<ascii>[^"]+?))(?:\s*-->\s*(?:"(?P<text2>[^"]+)"'
        r'|(?P<ascii2>[^"]+)))?\s*$',
        r'quadrant-[1-4]\s+(?:"(?P<text>[^"]+)"|(?P<ascii>.+))',
        r'(?P<ascii>[^":][^":]*?)(?::::[\w-]+)?\s*:\s*\[',
    ),
    "xychart": (
        r'title\s+(?:"(?P<text>[^"]+)"|(?P<ascii>.+))',
        DESCRIPTION,
        r'[xy]-axis\s+(?P<ascii>[^"\[\d\s-][^"\[]*?)\s*(?:\[|[\d.-]+\s*-->|$)',
    ),
    "requirementDiagram": (r'text:\s*(?:"(?P<text>[^"]+)"|(?P<ascii>.+))',),
    "gitGraph": (
        r'(?:branch|checkout|switch|merge)\s+(?:"(?P<text>[^"]+)"|(?P<token>[^\s"]+))',
        TITLE,
        DESCRIPTION,
    ),
    "sankey": (
        r'(?:"(?P<text>[^"]+)"|(?P<ascii>[^",]+)),(?:"(?P<text2>[^"]+)"|(?P<ascii2>[^",]+)),',
    ),
    "architecture": (r".*\[\s*(?P<ascii>[^\]\"]+?)\s*\]", r"title\s+(?P<line>.+)"),
    "radar": (TITLE,),
    "treemap": (TITLE,),
    "packet": (TITLE,),
    "block": (),
    "C4": (TITLE,),
    "zenuml": (TITLE, r".*?(?:->|\.)[^:]*:\s*(?P<line>.+)"),
}


@cache  # most pages have no diagrams: nothing is compiled before it is needed
def rules_of(kind: str) -> list[re.Pattern[str]]:
    """Return the rules of a kind of diagram."""
    return [re.compile(rule) for rule in RULES.get(kind, ())]


FLOWCHARTS = ("flowchart", "graph", "block", "swimlane")
CATEGORIES = re.compile(r"x-axis\b[^\[]*\[([^\]]*)\]")
CATEGORY = re.compile(r'"(?P<text>[^"]+)"|(?P<ascii>[^\s",][^",]*?)(?=\s*(?:,|$))')
KIND = re.compile(r"(?:[ \t\r>]*+(?:%%[^\n]*+)?\n)*+[ \t>]*+([A-Za-z]\w*)")
# Of a longer line, only what is in quotation marks is read: the rules take time by the square.
LONGEST_LINE = 500
FRONT = re.compile(r"\s*---[ \t]*\n(.*?)\n[ \t>]*---[ \t]*(?:\n|$)", re.DOTALL)
FRONT_TITLE = re.compile(
    r"^[ \t>]*title:[ \t]*(?:\"(?P<text>[^\"\n]+)\"|(?P<quote>[^\s\"'].{0,300}?))[ \t]*$", re.M
)
NOTE = re.compile(r"note\s+(?:right|left) of\s[^:]+$")
MEMBERS = re.compile(r"(?:class\s+\w|[\w-]+\s*(?:\[[^]]*\]\s*)?\{).*(?<=\{)\s*$")
# What a relation joins, and how a name without a label gets one.
RELATED = {
    "erDiagram": (
        re.compile(
            r"""(?P<one>[\w-]+)(?=\s*\{\s*$) # ONE {
            | (?P<from>[\w-]+)\s+[|}o]\S?(?:--|\.\.)\S+\s+(?P<to>[\w-]+)\s*: # ONE ||--o{ OTHER :
            """,
            re.VERBOSE,
        ),
        "",
    ),
    "classDiagram": (
        re.compile(
            r"""(?P<from>\w+)(?:\s+"[^"]*")?\s* # One "1"
            (?:<\||[*o<]|\(\))?(?:--|\.\.)(?:\|>|[*o>]|\(\))?\s* # <|--
            (?:"[^"]*"\s+)?(?P<to>\w+) # "many" Other
            | (?P<has>\w+)\s*:(?!:) # One : member
            """,
            re.VERBOSE,
        ),
        "class ",
    ),
}
COLUMN = re.compile(r"(?P<word>[^\s\"{}]+)\s+(?P<word2>[^\s\"{}]+)")
# The first branch of a gitGraph has no line of its own: its name is in the settings above.
MAIN = re.compile(
    r"""mainBranchName["']?[ \t]*:[ \t]*"""
    r"""(?:"(?P<text>[^"\n]+)"|'(?P<single>[^'\n]+)'|(?P<token>[^\s"'{},]+))"""
)
MAIN_CURE = '"\t%%{init: {"gitGraph": {"mainBranchName": "{}"}}}%%\n'
DESCRIBED = re.compile(r"accDescr\s*\{")
