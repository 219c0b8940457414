"""Find the labels of a Mermaid diagram: what its readers see as text.

A translation is never simply put there: characters that would end it are written as Mermaid's
entities (`#59;`). The name of a node without a label is shown in its place, and cannot be
translated: `unreadable` says how to give it one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from handbook.bitext.page import mermaid_rules as rules
from handbook.bitext.page.segments import Span


class Label(NamedTuple):
    """A label, by its place in the text of the diagram."""

    message: str
    span: Span
    """What a translation replaces; empty where it is added."""
    detail: str
    """The characters to be written as entities, a template with {} for the text, and what else may
    stand without the template's quotation marks, with tabs between."""


def kind_of(text: str) -> str:
    """Return the kind of a diagram, as its first word says, without `-v2` and `-beta`."""
    front = rules.FRONT.match(text)
    found = rules.KIND.match(text, front.end() if front else 0)
    name = found[1] if found else ""
    return "C4" if name.startswith("C4") else name


def is_flowchart(text: str) -> bool:
    """Tell whether a diagram is a flowchart, and not one of Mermaid's other kinds."""
    return kind_of(text).startswith(("flowchart", "graph"))


def labels(text: str) -> list[Label]:
    """Return the labels of a diagram, in reading order."""
    return [label for label in _found(text) if not _is_name(label)]


def _found(text: str) -> list[Label]:
    """Return the labels of a diagram, and the names of nodes without one."""
    kind = kind_of(text)
    front = rules.FRONT.match(text)
    position = front.end() if front else 0
    found = list(_front_title(text, front)) if front else []
    if kind == "gitGraph":
        found += _first_branch(text, position)
    reader = _Reader(kind, _known_names(kind, text))
    for row in text[position:].split("\n"):
        found += reader.read(row, position)
        position += len(row) + 1
    return sorted(dict.fromkeys(found), key=lambda label: label.span)


def _is_name(label: Label) -> bool:
    """Tell whether a label is the name of a node, to which a label would have to be added."""
    return label.detail.split("\t")[1] not in ("{}", '"{}"')


def _front_title(text: str, front: re.Match[str]) -> Iterator[Label]:
    """Yield the title in the front matter of a diagram."""
    for title in rules.FRONT_TITLE.finditer(text, *front.span(1)):
        name = "text" if title["text"] else "quote"
        # In YAML, not in Mermaid's own language.
        detail = "\t{}" if name == "text" else '\t"{}"'
        yield Label(title[name], title.span(name), '"' + detail)


def _first_branch(text: str, start: int) -> Iterator[Label]:
    """Yield the name of the branch that a gitGraph begins with."""
    if named := rules.MAIN.search(text):
        yield from _groups(named)
    else:
        place = text.find("gitGraph", start)
        yield Label("main", (place, place), rules.MAIN_CURE)


def unreadable(text: str) -> Iterator[tuple[int, str]]:
    """Yield what readers see in a diagram and no label has, by its offset, with the cure."""
    kind = kind_of(text)
    for label in filter(_is_name, _found(text)):
        name, template = label.message, label.detail.split("\t")[1]
        cure = template.replace("{}", name).strip().split("\n")[-1]
        cure = f"{name} {cure}" if cure.startswith("as ") else cure
        yield label.span[0], f"“{name}” is shown and has no text of its own; write {cure}"
    if kind and kind not in rules.RULES and kind not in rules.FLOWCHARTS:
        yield 0, f"the diagram is a {kind}, which is not known; write labels in quotation marks"
    if kind == "sequenceDiagram":
        for spaced in rules.SPACED.finditer(text):
            first = spaced[2].split()[0]
            cure = f"write {spaced[1]}{first} as {spaced[2]}, and the first word below"
            yield spaced.start(2), f"“{spaced[2]}” cannot be translated; {cure}"


def _known_names(kind: str, text: str) -> set[str]:
    """Return the names of nodes that have a label somewhere in the diagram."""
    if kind == "sequenceDiagram":
        rows = (rules.ALIASED.match(row.strip(" \t>")) for row in text.split("\n"))
        return {found[1] for found in rows if found}
    if kind.startswith("stateDiagram"):
        rows = (rules.STATE_KNOWN.match(row.strip(" \t>")) for row in text.split("\n"))
        return {name for found in rows if found for name in found.groups() if name}
    if kind == "erDiagram":
        return set(re.findall(r"([\w-]+)\[", text))
    if kind == "classDiagram":
        return set(re.findall(r"\bclass\s+(\w+)", text))
    return set(rules.NAMED.findall(text))


_NO_NODES = re.compile(r"(?:flowchart|graph|end|block|columns|space)\b")


class _Reader:
    """Reads a diagram line by line."""

    def __init__(self, kind: str, named: set[str]) -> None:
        self.kind = kind
        self.rules = rules.rules_of(kind)
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
        """Yield the labels of a line without its blanks; `lead` is what stood before it."""
        if not body or body.startswith("%%") or (self.is_first and self.kind != "pie"):
            self.is_first = self.is_first and (not body or body.startswith("%%"))
            return
        if self.within:
            yield from self._inside(body)
        elif len(body) > rules.LONGEST_LINE:
            yield from (each for found in rules.QUOTED.finditer(body) for each in _groups(found))
        elif self.kind == "sequenceDiagram" and (made := list(self._actors(body, lead))):
            yield from made
            yield from self._by_rule(body)
        elif self.kind in rules.FLOWCHARTS:
            yield from self._flowchart(body)
        elif self.kind.startswith("stateDiagram"):
            yield from self._states(body, lead)
        elif self.kind in rules.RELATED:
            yield from self._related(body, lead)
            yield from self._by_rule(body)
        else:
            yield from self._by_rule(body)
        self._open(body)

    def _open(self, body: str) -> None:
        """Note what goes on over the next lines."""
        if self.within:
            return
        if rules.DESCRIBED.match(body) and "}" not in body:
            self.within = "}"
        elif self.kind.startswith("stateDiagram") and rules.NOTE.match(body):
            self.within = "end note"
        elif rules.MEMBERS.match(body) and self.kind in ("classDiagram", "erDiagram"):
            self.within = "}"

    def _inside(self, body: str) -> Iterator[Label]:
        """Yield what a line in the midst of a note, a description or a list of members says."""
        if body == self.within:
            self.within = ""
        elif self.kind == "erDiagram":  # the type and name of a column, and a comment
            yield from _groups(rules.COLUMN.match(body))
            yield from (each for found in rules.QUOTED.finditer(body) for each in _groups(found))
        else:
            yield Label(body, (0, len(body)), rules.DETAILS["line"])

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
        if self.kind == "xychart" and (listed := rules.CATEGORIES.match(body)):
            for found in rules.CATEGORY.finditer(body, *listed.span(1)):
                yield from _groups(found)
        if not rules.SILENT.match(body) and self.kind != "sequenceDiagram":
            for found in rules.QUOTED.finditer(body):
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
                    yield Label(words, (start, start + len(words)), rules.DETAILS["part"])
                position += len(cell) + 1

    def _flowchart(self, body: str) -> Iterator[Label]:
        """Yield the labels of a line of a flowchart."""
        if re.match(r"(?:accTitle|accDescr)\b", body):
            yield from _groups(re.match(rules.TITLE, body) or re.match(rules.DESCRIPTION, body))
            return
        if rules.SILENT.match(body) or _NO_NODES.match(body):
            return
        if subgraph := rules.SUBGRAPH.match(body):
            yield from _groups(subgraph)
            if (name := subgraph["id"]) and rules.NODE.match(name):
                self.named.add(name)
                yield Label(name, subgraph.span("id"), f'"\t{name}["{{}}"]')
            return
        rest = body
        for found in rules.IN_FLOWCHART.finditer(body):
            yield from _groups(found)
            rest = rest[: found.start()] + " " * len(found[0]) + rest[found.end() :]
        yield from self._bare(body, rest)

    def _bare(self, body: str, rest: str) -> Iterator[Label]:
        """Yield the names of nodes that have no label: each is shown as it is."""
        rest = rules.NO_NAMES.sub(lambda data: " " * len(data[0]), rest)
        position = 0
        for token in rules.BETWEEN_NODES.split(rest):
            position = rest.index(token, position) if token else position
            match = rules.NODE.match(token) if token else None
            follows = body[position + len(token) : position + len(token) + 1]
            if match and match["name"] not in self.named and follows not in tuple("[({>@"):
                name = match["name"]
                self.named.add(name)
                yield Label(name, (position, position + len(name)), f'"\t{name}["{{}}"]')
            position += len(token)

    def _actors(self, body: str, lead: str) -> Iterator[Label]:
        """Yield the names of those who take part in a sequence without another name."""
        match = rules.ACTORS.match(body)
        if not match:
            return
        if name := match["name"]:
            if match["declared"] and " as " not in name and name not in self.named:
                self.named.add(name)
                if rules.ACTOR.search(name) and " " not in name:
                    yield Label(name, (match.end("name"),) * 2, f"{rules.IN_LINE}\t as {{}}")
            return
        before = ""
        for name in (match["from"], match["to"]):
            name = name.strip()
            if name not in self.named:
                self.named.add(name)
                if rules.ACTOR.search(name) and " " not in name:
                    yield Label(
                        name, (0, 0), f"{rules.IN_LINE}\t{before}participant {name} as {{}}\n{lead}"
                    )
                before = f"participant {name}\n{lead}"

    def _related(self, body: str, lead: str) -> Iterator[Label]:
        """Yield the names in a relation that have no label anywhere."""
        pattern, before = rules.RELATED[self.kind]
        names = pattern.match(body)
        for key, name in names.groupdict().items() if names else ():
            if name and name not in self.named and rules.ACTOR.search(name):
                self.named.add(name)
                if key == "one":
                    yield Label(name, (0, len(name)), f'"\t{name}["{{}}"]')
                else:
                    yield Label(name, (0, 0), f'"\t{before}{name}["{{}}"]\n{lead}')

    def _states(self, body: str, lead: str) -> Iterator[Label]:
        """Yield the labels of a line of a state diagram."""
        if composite := rules.COMPOSITE.match(body):
            name = composite["name"]
            if rules.ACTOR.search(name):
                yield Label(name, composite.span("name"), f'"\t"{{}}" as {name}')
            return
        if names := rules.STATE_NAMES.match(body):
            for name in names.groups():
                if name and name not in self.named and rules.ACTOR.search(name):
                    self.named.add(name)
                    yield Label(name, (0, 0), f"{rules.IN_LINE}\t{name} : {{}}\n{lead}")
        yield from self._by_rule(body)


def _groups(match: re.Match[str] | None) -> Iterator[Label]:
    """Yield a label for each group of a match whose name is one of those in `mermaid_rules`."""
    if match is None:
        return
    for name, message in match.groupdict().items():
        style = name.rstrip("0123456789")
        detail = f'"\t{message}["{{}}"]' if style == "class" else rules.DETAILS.get(style)
        if message and detail:
            yield Label(message, match.span(name), detail)
