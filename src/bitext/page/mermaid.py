"""Find the labels of a Mermaid diagram: what its readers see as text.

Each kind of diagram has rules, tried line by line; the first that matches says where labels are.
A label is a named group of a rule. Its name says how a translation is written there:

    text     in quotation marks already
    quote    not in quotation marks, but may be: they are added where the text needs them
    ascii    the same, where it needs them for all but letters of English
    token    the same, where it needs them for blanks too
    single   in quotation marks of one stroke
    line     up to the end of the line
    part     up to a colon or a comma
    node     without quotation marks where brackets would change the shape
    word     one word, without quotation marks and entities: what joins its parts is _

A translation is never simply put there: characters that would end it are written as Mermaid's
entities (`#59;`). The name of a node without a label is shown in its place, and cannot be
translated: `unreadable` says how to give it one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from bitext.page.segments import Span


class Label(NamedTuple):
    """A label, by its place in the text of the diagram."""

    message: str
    span: Span
    """What a translation replaces; empty where it is added."""
    detail: str
    """The characters to be written as entities, a template with {} for the text, and what else may
    stand without the template's quotation marks, with tabs between."""


_IN_LINE = ";#:{}"
_DETAILS = {
    "text": '"\t{}',
    "quote": '"\t"{}"',
    "ascii": '"\t"{}"\tascii',
    "token": '"\t"{}"\ttoken',
    "single": "'\"\t{}",
    "line": _IN_LINE + "\t{}",
    "part": ';#:,"\t{}',
    "node": ';#"()[]{}\t{}',
    "word": "\t{}\tword",
}
_QUOTED = re.compile(r'"`(?P<text>[^"`\n]+)`"|"(?P<text2>[^"\n]+)"')
# Statements whose strings are not shown.
_SILENT = re.compile(
    r"(?:%%|click\b|style\b|class\b(?=[\w\s,-]+$)|classDef\b|cssClass\b|linkStyle\b|href\b|callback\b|links?\b"
    r"|direction\b|accTitle\b|accDescr\b|Update\w+\()"
)
_TITLE = r'(?:acc)?[tT]itle\b:?\s*(?:"(?P<text>[^"]+)"|(?P<line>[^\s"].*))'
_DESCRIPTION = r"accDescr\s*:\s*(?P<line>.+)"
_SECTION = r"section\s+(?P<line>.+)"

_SHAPE = (
    r"""(?:\(\(\(|\(\(|\(\[|\[\[|\[\(|\[/|\[\\|\{\{|\[|\(|\{|(?<=\w)>)[ ]*"""
    r"""(?P<quote>[^\s"`\[\](){}|/\\][^"\[\](){}|\n]*?)[ ]*[/\\]?[\])}]"""
)
_IN_FLOWCHART = re.compile(
    rf"""
      {_QUOTED.pattern.replace("text2", "text3").replace("text>", "text1>")}
    | (?<=\w){_SHAPE}
    | \|[ ]*(?P<quote2>[^|"\n]*[^|"\s])[ ]*\|
    | (?:(?<![-=])--|==|-\.)(?![->xo=.]\s)[ ]*
      (?P<quote3>[^\s\-=.>|"&][^|"\n]*?)[ ]*(?:---*[->xo]|===*[=>xo]|\.-+[>xo]?)
    | @\{{[^}}\n]*\blabel:[ ]*(?:"(?P<text4>[^"\n]+)"|(?P<quote4>[^"',}}\n]*[^"',}}\s]))[^}}\n]*\}}
    """,
    re.VERBOSE,
)
_NAMED = re.compile(r"(?<![\w-])([\w-]++)[ ]{0,9}(?:[\[({]|>[^\s>|-][^\n\]]{0,200}\]|@\{)")
_SHAPE_DATA = re.compile(r"@\{[^}\n]*\}")
_SUBGRAPH = re.compile(
    r'subgraph\s+(?:(?P<id>[\w-]+)\s*$|(?P<id2>[\w-]+)\s*\[\s*(?:"(?P<text>[^"]+)"|(?P<quote>[^\]"]+?))\s*\]'
    r'|"(?P<text2>[^"]+)"|(?P<ascii2>[^"\[\]]+?)\s*$)'
)
_BETWEEN_NODES = re.compile(r"\s*(?:[<xo]?(?:--+|==+|-\.+-?|~~~+)[->xo=.]*|&|;)\s*|\s+")
_NODE = re.compile(r"(?P<name>[^\W\d_]{3,}[\w-]*)(?::::[\w-]+)?$")

_SEQUENCE = (
    r"(?:create\s+)?(?:participant|actor)\s+[^\n@]+?(?:@\{.*\})?\s+as\s+(?P<line>.+)",
    r"[Nn]ote\s+(?:over|right of|left of)\s[^:]+:\s*(?P<line>.+)",
    r"(?:loop|alt|else|opt|par|par_over|and|critical|option|break)\s+(?P<line>.+)",
    r"box\s+(?:(?:rgba?|hsla?)\([^)]*\)\s+|(?i:aqua|blue|gr[ae]y|green|orange|pink|purple|red"
    r"|transparent|yellow|(?:light|dark)\w+)\s+)?(?P<line>.+)",
    r"[^:]+?(?:<<)?--?(?:>>|>|[x)]|\|\\|\|/)[+-]?[^:]+:\s*(?P<line>.+)",
    _TITLE,
    _DESCRIPTION,
)
_ACTORS = re.compile(
    r"(?P<declared>(?:create\s+)?(?:participant|actor)\s+(?P<name>[^\n@]+?)\s*$)"
    r"|(?P<from>[^\s:+-][^:>+-]*?)\s*(?:<<)?--?(?:>>|>|[x)])[+-]?\s*(?P<to>[^:+-][^:]*?)\s*:"
)
_ALIASED = re.compile(r"(?:create\s+)?(?:participant|actor)\s+([^\n@]+?)(?:@\{.*\})?\s+as\s")
_SPACED = re.compile(
    r"^[ \t>]*((?:create[ \t]+)?(?:participant|actor)[ \t]+)(?![^\n]*[ \t]as[ \t])"
    r"(\S+[ \t]+[^\n@]{0,200}?)[ \t]*$",
    re.MULTILINE,
)
_ACTOR = re.compile(r"[^\W\d_]{2}")

_STATE = (
    r"note\s+(?:right|left) of\s[^:]+:\s*(?P<line>.+)",
    r"[^:]+-->[^:]+:\s*(?P<line>.+)",
    r"[\w-]+\s*:\s*(?P<line>.+)",
    _TITLE,
    _DESCRIPTION,
)
_STATE_NAMES = re.compile(
    r"(?P<from>\w+|\[\*\])\s*-->\s*(?P<to>\w+|\[\*\])|state\s+(?P<one>\w+)\s*$"
)
_COMPOSITE = re.compile(r"state\s+(?P<name>\w+)\s*\{")
_STATE_KNOWN = re.compile(
    r'(?:state\s+"[^"]*"\s+as\s+(\w+)|state\s+(\w+)\s*(?:\{|<<)|(\w+)\s*:(?!:))'
)

_CLASS = (
    r"[^:\"]*(?:\"[^\"]*\"[^:\"]*)*(?:--|\.\.)[^:\"]*(?:\"[^\"]*\"[^:\"]*)*:\s*(?P<line>.+)",
    r"\w[\w~]*\s*:\s*(?P<line>.+)",
    r"class\s+(?P<class>\w+)\s*(?:\{\s*)?$",
    _TITLE,
    _DESCRIPTION,
)
_RULES: dict[str, tuple[str, ...]] = {
    "sequenceDiagram": _SEQUENCE,
    "stateDiagram": _STATE,
    "classDiagram": _CLASS,
    "erDiagram": (
        r'.*:\s*(?P<ascii>[^\s"{}]+)\s*$',
        r'(?P<id>[\w-]+)\[(?P<ascii>[^"\]]+)\]',
        _TITLE,
        _DESCRIPTION,
    ),
    "pie": (rf"pie\b(?:\s+showData)?\s+{_TITLE}", _TITLE, _DESCRIPTION),
    "gantt": (
        _TITLE,
        _DESCRIPTION,
        _SECTION,
        r"(?:dateFormat|axisFormat|tickInterval|excludes|includes|todayMarker|weekday|weekend"
        r"|inclusiveEndDates|topAxis|displayMode)\b",
        r"(?P<part>[^:\s][^:]*?)\s*:",
    ),
    "journey": (_TITLE, _DESCRIPTION, _SECTION),
    "timeline": (_TITLE, _DESCRIPTION, _SECTION),
    "mindmap": (
        r"(?:::icon|:::|%%)",
        r'[\w-]*(?:\(\(|\{\{|\)\)|\[|\(|\))(?:"`?(?P<text>[^"`]+)`?"|(?P<node>[^"]+?))'
        r"(?:\)\)|\}\}|\(\(|\]|\)|\()\s*$",
        r"(?P<node>[^\s\"].*)",
    ),
    "kanban": (r'[\w-]*\[(?:"(?P<text>[^"]+)"|(?P<node>[^\]"]+))\]', r"(?P<node>[^\s@\"][^@]*)"),
    "quadrantChart": (
        r'title\s+(?:"(?P<text>[^"]+)"|(?P<ascii>.+))',
        _DESCRIPTION,
        r'[xy]-axis\s+(?:"(?P<text>[^"]+)"|(?P<ascii>[^"]+?))(?:\s*-->\s*(?:"(?P<text2>[^"]+)"'
        r'|(?P<ascii2>[^"]+)))?\s*$',
        r'quadrant-[1-4]\s+(?:"(?P<text>[^"]+)"|(?P<ascii>.+))',
        r'(?P<ascii>[^":][^":]*?)(?::::[\w-]+)?\s*:\s*\[',
    ),
    "xychart": (
        r'title\s+(?:"(?P<text>[^"]+)"|(?P<ascii>.+))',
        _DESCRIPTION,
        r'[xy]-axis\s+(?P<ascii>[^"\[\d\s-][^"\[]*?)\s*(?:\[|[\d.-]+\s*-->|$)',
    ),
    "requirementDiagram": (r'text:\s*(?:"(?P<text>[^"]+)"|(?P<ascii>.+))',),
    "gitGraph": (
        r'(?:branch|checkout|switch|merge)\s+(?:"(?P<text>[^"]+)"|(?P<token>[^\s"]+))',
        _TITLE,
        _DESCRIPTION,
    ),
    "sankey": (
        r'(?:"(?P<text>[^"]+)"|(?P<ascii>[^",]+)),(?:"(?P<text2>[^"]+)"|(?P<ascii2>[^",]+)),',
    ),
    "architecture": (r".*\[\s*(?P<ascii>[^\]\"]+?)\s*\]", r"title\s+(?P<line>.+)"),
    "radar": (_TITLE,),
    "treemap": (_TITLE,),
    "packet": (_TITLE,),
    "block": (),
    "C4": (_TITLE,),
    "zenuml": (_TITLE, r".*?(?:->|\.)[^:]*:\s*(?P<line>.+)"),
}


@cache  # most pages have no diagrams: nothing is compiled before it is needed
def _rules(kind: str) -> list[re.Pattern[str]]:
    """Return the rules of a kind of diagram."""
    return [re.compile(rule) for rule in _RULES.get(kind, ())]


_FLOWCHARTS = ("flowchart", "graph", "block", "swimlane")
_CATEGORIES = re.compile(r"x-axis\b[^\[]*\[([^\]]*)\]")
_CATEGORY = re.compile(r'"(?P<text>[^"]+)"|(?P<ascii>[^\s",][^",]*?)(?=\s*(?:,|$))')
_KIND = re.compile(r"(?:[ \t\r>]*+(?:%%[^\n]*+)?\n)*+[ \t>]*+([A-Za-z]\w*)")
# Of a longer line, only what is in quotation marks is read: the rules take time by the square.
_LONGEST_LINE = 500
_FRONT = re.compile(r"\s*---[ \t]*\n(.*?)\n[ \t>]*---[ \t]*(?:\n|$)", re.DOTALL)
_FRONT_TITLE = re.compile(
    r"^[ \t>]*title:[ \t]*(?:\"(?P<text>[^\"\n]+)\"|(?P<quote>[^\s\"'].{0,300}?))[ \t]*$", re.M
)
_NOTE = re.compile(r"note\s+(?:right|left) of\s[^:]+$")
_MEMBERS = re.compile(r"(?:class\s+\w|[\w-]+\s*(?:\[[^]]*\]\s*)?\{).*(?<=\{)\s*$")
# What a relation joins, and how a name without a label gets one.
_RELATED = {
    "erDiagram": (
        re.compile(
            r"(?P<one>[\w-]+)(?=\s*\{\s*$)"
            r"|(?P<from>[\w-]+)\s+[|}o]\S?(?:--|\.\.)\S+\s+(?P<to>[\w-]+)\s*:"
        ),
        "",
    ),
    "classDiagram": (
        re.compile(
            r'(?P<from>\w+)(?:\s+"[^"]*")?\s*(?:<\||[*o<]|\(\))?(?:--|\.\.)(?:\|>|[*o>]|\(\))?\s*'
            r'(?:"[^"]*"\s+)?(?P<to>\w+)|(?P<has>\w+)\s*:(?!:)'
        ),
        "class ",
    ),
}
_COLUMN = re.compile(r"(?P<word>[^\s\"{}]+)\s+(?P<word2>[^\s\"{}]+)")
# The first branch of a gitGraph has no line of its own: its name is in the settings above.
_MAIN = re.compile(
    r"""mainBranchName["']?[ \t]*:[ \t]*"""
    r"""(?:"(?P<text>[^"\n]+)"|'(?P<single>[^'\n]+)'|(?P<token>[^\s"'{},]+))"""
)
_MAIN_CURE = '"\t%%{init: {"gitGraph": {"mainBranchName": "{}"}}}%%\n'
_DESCRIBED = re.compile(r"accDescr\s*\{")


def kind_of(text: str) -> str:
    """Return the kind of a diagram, as its first word says, without `-v2` and `-beta`."""
    front = _FRONT.match(text)
    found = _KIND.match(text, front.end() if front else 0)
    name = found[1] if found else ""
    return "C4" if name.startswith("C4") else name


def labels(text: str) -> list[Label]:
    """Return the labels of a diagram, in reading order."""
    return [label for label in _found(text) if not _is_name(label)]


def _found(text: str) -> list[Label]:
    """Return the labels of a diagram, and the names of nodes without one."""
    kind = kind_of(text)
    front = _FRONT.match(text)
    found = list(_front_title(text, front)) if front else []
    if kind == "gitGraph":
        found += _first_branch(text, front.end() if front else 0)
    reader = _Reader(kind, _known_names(kind, text))
    position = front.end() if front else 0
    for row in text[position:].split("\n"):
        found += reader.read(row, position)
        position += len(row) + 1
    return sorted(dict.fromkeys(found), key=lambda label: label.span)


def _is_name(label: Label) -> bool:
    """Tell whether a label is the name of a node, to which a label would have to be added."""
    return label.detail.split("\t")[1] not in ("{}", '"{}"')


def _front_title(text: str, front: re.Match[str]) -> Iterator[Label]:
    for title in _FRONT_TITLE.finditer(text, *front.span(1)):
        name = "text" if title["text"] else "quote"
        # In YAML, not in Mermaid's own language.
        detail = "\t{}" if name == "text" else '\t"{}"'
        yield Label(title[name], title.span(name), '"' + detail)


def _first_branch(text: str, start: int) -> Iterator[Label]:
    """Yield the name of the branch that a gitGraph begins with."""
    if named := _MAIN.search(text):
        yield from _groups(named)
    else:
        place = text.find("gitGraph", start)
        yield Label("main", (place, place), _MAIN_CURE)


def unreadable(text: str) -> Iterator[tuple[int, str]]:
    """Yield what readers see in a diagram and no label has, by its offset, with the cure."""
    kind = kind_of(text)
    for label in filter(_is_name, _found(text)):
        name, template = label.message, label.detail.split("\t")[1]
        cure = template.replace("{}", name).strip().split("\n")[-1]
        cure = f"{name} {cure}" if cure.startswith("as ") else cure
        yield label.span[0], f"“{name}” is shown and has no text of its own; write {cure}"
    if kind and kind not in _RULES and kind not in _FLOWCHARTS:
        yield 0, f"the diagram is a {kind}, which is not known; write labels in quotation marks"
    if kind == "sequenceDiagram":
        for spaced in _SPACED.finditer(text):
            first = spaced[2].split()[0]
            cure = f"write {spaced[1]}{first} as {spaced[2]}, and the first word below"
            yield spaced.start(2), f"“{spaced[2]}” cannot be translated; {cure}"


def _known_names(kind: str, text: str) -> set[str]:
    """Return the names of nodes that have a label somewhere in the diagram."""
    if kind == "sequenceDiagram":
        return {
            found[1] for row in text.split("\n") if (found := _ALIASED.match(row.strip(" \t>")))
        }
    if kind.startswith("stateDiagram"):
        rows = (_STATE_KNOWN.match(row.strip(" \t>")) for row in text.split("\n"))
        return {name for found in rows if found for name in found.groups() if name}
    if kind == "erDiagram":
        return set(re.findall(r"([\w-]+)\[", text))
    if kind == "classDiagram":
        return set(re.findall(r"\bclass\s+(\w+)", text))
    return set(_NAMED.findall(text))


class _Reader:
    """Reads a diagram line by line."""

    def __init__(self, kind: str, named: set[str]) -> None:
        self.kind = kind
        self.rules = _rules(kind)
        self.named = named
        self.is_first = True
        """Whether the line that says the kind has not been read."""
        self.within = ""
        """What runs over several lines: a note, a description or the members of a class."""

    def read(self, row: str, offset: int) -> Iterator[Label]:
        """Yield the labels of a line, which begins at an offset of the text."""
        body = row.strip(" \t\r>") if row.lstrip(" \t").startswith(">") else row.strip()
        first = row.find(body) if body else 0
        for label in self._labels(body, " " * first if row[:first].isspace() else row[:first]):
            start, end = label.span
            yield label._replace(span=(offset + first + start, offset + first + end))

    def _labels(self, body: str, lead: str) -> Iterator[Label]:
        if not body or body.startswith("%%") or (self.is_first and self.kind != "pie"):
            self.is_first = self.is_first and (not body or body.startswith("%%"))
            return
        if self.within:
            yield from self._inside(body)
        elif len(body) > _LONGEST_LINE:
            yield from (each for found in _QUOTED.finditer(body) for each in _groups(found))
        elif self.kind == "sequenceDiagram" and (made := list(self._actors(body, lead))):
            yield from made
            yield from self._by_rule(body)
        elif self.kind in _FLOWCHARTS:
            yield from self._flowchart(body)
        elif self.kind.startswith("stateDiagram"):
            yield from self._states(body, lead)
        elif self.kind in _RELATED:
            yield from self._related(body, lead)
            yield from self._by_rule(body)
        else:
            yield from self._by_rule(body)
        self._open(body)

    def _open(self, body: str) -> None:
        """Note what goes on over the next lines."""
        if self.within:
            return
        if _DESCRIBED.match(body) and "}" not in body:
            self.within = "}"
        elif self.kind.startswith("stateDiagram") and _NOTE.match(body):
            self.within = "end note"
        elif _MEMBERS.match(body) and self.kind in ("classDiagram", "erDiagram"):
            self.within = "}"

    def _inside(self, body: str) -> Iterator[Label]:
        if body == self.within:
            self.within = ""
        elif self.kind == "erDiagram":  # the type and name of a column, and a comment
            yield from _groups(_COLUMN.match(body))
            yield from (each for found in _QUOTED.finditer(body) for each in _groups(found))
        else:
            yield Label(body, (0, len(body)), _DETAILS["line"])

    def _by_rule(self, body: str) -> Iterator[Label]:
        """Yield what the first rule that matches finds, or else what is in quotation marks."""
        for rule in self.rules:
            if match := rule.match(body):
                yield from _groups(match)
                if match.groupdict():
                    break
                return
        else:
            if self.kind in ("timeline", "journey"):
                yield from self._columns(body)
        if self.kind == "xychart" and (listed := _CATEGORIES.match(body)):
            for found in _CATEGORY.finditer(body, *listed.span(1)):
                yield from _groups(found)
        if not _SILENT.match(body) and self.kind != "sequenceDiagram":
            for found in _QUOTED.finditer(body):
                yield from _groups(found)

    def _columns(self, body: str) -> Iterator[Label]:
        """Yield what stands between colons; in a journey, a task, a score and those who do it."""
        position = 0
        for number, column in enumerate(body.split(":")):
            cells = column.split(",") if self.kind == "journey" and number > 1 else [column]
            for cell in cells:
                words = cell.strip()
                start = position + len(cell) - len(cell.lstrip())
                if words and not (self.kind == "journey" and number == 1):
                    yield Label(words, (start, start + len(words)), _DETAILS["part"])
                position += len(cell) + 1

    def _flowchart(self, body: str) -> Iterator[Label]:
        if re.match(r"(?:accTitle|accDescr)\b", body):
            yield from _groups(re.match(_TITLE, body) or re.match(_DESCRIPTION, body))
            return
        if _SILENT.match(body) or re.match(r"(?:flowchart|graph|end|block|columns|space)\b", body):
            return
        if subgraph := _SUBGRAPH.match(body):
            yield from _groups(subgraph)
            if (name := subgraph["id"]) and _NODE.match(name):
                self.named.add(name)
                yield Label(name, subgraph.span("id"), f'"\t{name}["{{}}"]')
            return
        rest = body
        for found in _IN_FLOWCHART.finditer(body):
            yield from _groups(found)
            rest = rest[: found.start()] + " " * len(found[0]) + rest[found.end() :]
        yield from self._bare(body, rest)

    def _bare(self, body: str, rest: str) -> Iterator[Label]:
        """Yield the names of nodes that have no label: each is shown as it is."""
        rest = _SHAPE_DATA.sub(lambda data: " " * len(data[0]), rest)
        position = 0
        for token in _BETWEEN_NODES.split(rest):
            position = rest.index(token, position) if token else position
            match = _NODE.match(token) if token else None
            follows = body[position + len(token) : position + len(token) + 1]
            if match and match["name"] not in self.named and follows not in tuple("[({>@"):
                name = match["name"]
                self.named.add(name)
                yield Label(name, (position, position + len(name)), f'"\t{name}["{{}}"]')
            position += len(token)

    def _actors(self, body: str, lead: str) -> Iterator[Label]:
        """Yield the names of those who take part in a sequence without another name."""
        match = _ACTORS.match(body)
        if not match:
            return
        if name := match["name"]:
            if match["declared"] and " as " not in name and name not in self.named:
                self.named.add(name)
                if _ACTOR.search(name) and " " not in name:
                    yield Label(name, (match.end("name"),) * 2, f"{_IN_LINE}\t as {{}}")
            return
        before = ""
        for name in (match["from"], match["to"]):
            name = name.strip()
            if name not in self.named:
                self.named.add(name)
                if _ACTOR.search(name) and " " not in name:
                    yield Label(
                        name, (0, 0), f"{_IN_LINE}\t{before}participant {name} as {{}}\n{lead}"
                    )
                before = f"participant {name}\n{lead}"

    def _related(self, body: str, lead: str) -> Iterator[Label]:
        """Yield the names in a relation that have no label anywhere."""
        pattern, before = _RELATED[self.kind]
        names = pattern.match(body)
        for key, name in names.groupdict().items() if names else ():
            if name and name not in self.named and _ACTOR.search(name):
                self.named.add(name)
                if key == "one":
                    yield Label(name, (0, len(name)), f'"\t{name}["{{}}"]')
                else:
                    yield Label(name, (0, 0), f'"\t{before}{name}["{{}}"]\n{lead}')

    def _states(self, body: str, lead: str) -> Iterator[Label]:
        if composite := _COMPOSITE.match(body):
            name = composite["name"]
            if _ACTOR.search(name):
                yield Label(name, composite.span("name"), f'"\t"{{}}" as {name}')
            return
        if names := _STATE_NAMES.match(body):
            for name in names.groups():
                if name and name not in self.named and _ACTOR.search(name):
                    self.named.add(name)
                    yield Label(name, (0, 0), f"{_IN_LINE}\t{name} : {{}}\n{lead}")
        yield from self._by_rule(body)


def _groups(match: re.Match[str] | None) -> Iterator[Label]:
    """Yield a label for each named group of a match."""
    for name, message in match.groupdict().items() if match else ():
        style = name.rstrip("0123456789")
        if not message:
            continue
        if style in _DETAILS:
            yield Label(message, match.span(name), _DETAILS[style])  # type: ignore[union-attr]  # a match
        elif style == "class":
            yield Label(message, match.span(name), f'"\t{message}["{{}}"]')  # type: ignore[union-attr]
