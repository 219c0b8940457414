"""Find the segments of a page: a block scanner for Python-Markdown and its extensions.

The dialect is Python-Markdown with PyMdown Extensions and Material for MkDocs. The scanner
goes line by line, through containers made by indentation, and follows the block processors of
those packages: `RULES` says which rule may take a block, `bitext.page.rules` has the rules.
Nothing is ever written back. Where a construct is not understood, its lines stay out of every
message, or become shorter ones: either way the page around them stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable

from handbook.bitext.page import fences, frontmatter
from handbook.bitext.page.lines import TAB, Line
from handbook.bitext.page.lines import read as read_lines
from handbook.bitext.page.rules import code, containers, html, leaves, lists
from handbook.bitext.page.rules.paragraph import paragraph, rest_of_paragraph
from handbook.bitext.page.scanner import Grammar, Rule, Scanner
from handbook.bitext.page.segments import Fault, Page

DEFAULT_KEYS = ("title", "description")
_HIDDEN = (
    "MkDocs takes “{}” at the top of a page for front matter and shows it to nobody; if it is text,"
    " put an empty line above it, if not, lines of --- above and below"
)


def read(text: str, keys: Iterable[str] = DEFAULT_KEYS, *, keeps_lines: bool = False) -> Page:
    """Read the page in `text`; `keys` name the front-matter values that people read.

    `keeps_lines`: the site shows each line of a paragraph as a line of its own (nl2br).
    Takes any text and raises nothing.
    """
    scanner = Scanner(text, _GRAMMAR, keeps_lines=keeps_lines)
    keys = tuple(keys)
    body, values = frontmatter.read(text, keys)
    if found := frontmatter.hidden(text, keys):
        scanner.faults.append(Fault(found[0], _HIDDEN.format(found[1][:40])))
    for value in values:
        scanner.add("front matter", value.message, (value.span,), detail=value.style)
    scanner.fences = dict(fences.find(text, body))
    scanner.blocks(list(read_lines(text, body)), 0)
    faults = tuple(sorted(scanner.faults))
    return Page(text, tuple(scanner.segments), faults, tuple(scanner.wordless))


def _blocks(scanner: Scanner, lines: list[Line], base: int, tight: bool) -> None:
    """Scan the lines of one container, block by block; see `Scanner.blocks`."""
    i, count = 0, len(lines)
    last = ""
    while i < count:
        line = lines[i]
        if not line.body:
            i += 1
            tight = False
            continue
        if line.first in scanner.fences:
            i = code.fenced(scanner, lines, i)
            name = last = "code"
            # SuperFences leaves a placeholder line; the next line goes on with its paragraph.
            if i < count and lines[i].body and lines[i].first not in scanner.fences:
                i = rest_of_paragraph(scanner, lines, i, base, tight)
        elif line.indent - base >= TAB:
            start, i = i, code.indented(lines, i, base)
            _note(scanner, lines[start:i], base + TAB)
            name = last = "code"
        else:
            start = i
            i, name = _block(scanner, lines, i, base, tight, last)
            if name == "formula":
                _note(scanner, lines[start:i], base)
            last = last if name in _UNSEEN else name
        if name != "directive":
            scanner.said = scanner.said_around


def _note(scanner: Scanner, lines: list[Line], base: int) -> None:
    """Note lines as code, as it is written behind column `base`."""
    last = next(i for i in reversed(range(len(lines))) if lines[i].body)
    rows = (" " * (line.indent - base) + line.body for line in lines[: last + 1])
    scanner.add_wordless("code block", "\n".join(rows), ((lines[0].first, lines[last].end),))


def _block(
    scanner: Scanner, lines: list[Line], i: int, base: int, tight: bool, last: str
) -> tuple[int, str]:
    """Scan the block at line `i`, after a block named `last`.

    Returns the number of the line after it, and the name of the rule that took it.
    """
    for rule in _TRIED.get(lines[i].body[0], _ANY):
        if rule.name == "definition" and last in _UNDEFINABLE:
            continue
        after = rule.scan(scanner, lines, i, base)
        if after is not None:
            return after, rule.name
    return paragraph(scanner, lines, i, base, tight), "paragraph"


def _always(text: str, start: int, end: int) -> bool:
    return True


_RULE = Rule("rule", leaves.rule, leaves.RULE.match)
_INCLUDE = Rule("include", code.include)
_FORMULA = Rule("formula", code.formula)
_UNDERLINED = Rule("heading", leaves.setext)
_LIST = Rule("list", lists.plain)

# The rules for blocks, by first character, in the order in which they are tried.
RULES: dict[str, tuple[Rule, ...]] = {
    "#": (Rule("heading", leaves.heading, _always),),
    ">": (_UNDERLINED, Rule("quote", containers.quote, _always)),
    "!": (Rule("admonition", containers.admonition, containers.ADMONITION.match),),
    "?": (Rule("details", containers.details, containers.DETAILS.match),),
    "=": (Rule("tab", containers.tab, containers.TAB_TITLE.match),),
    "/": (Rule("block", containers.block, containers.BLOCK.match), _INCLUDE),
    "[": (
        Rule("alert", containers.alert),
        Rule("footnote", lists.footnote, lists.FOOTNOTE.match),
        Rule("reference", leaves.reference, leaves.begins_reference),
        _INCLUDE,
    ),
    "*": (
        _RULE,
        Rule("abbreviation", leaves.abbreviation, leaves.ABBREVIATION.match),
        _UNDERLINED,
        _LIST,
    ),
    "-": (_RULE, _INCLUDE, _UNDERLINED, _LIST),
    "_": (_RULE,),
    "+": (_UNDERLINED, _LIST),
    "<": (Rule("directive", html.comment), Rule("html", html.element, html.interrupts), _INCLUDE),
    ":": (_INCLUDE, Rule("definition", lists.definition, lists.DEFINITION.match)),
    "$": (_FORMULA,),
    "\\": (_FORMULA,),
    "{": (_INCLUDE,),
    ";": (_INCLUDE,),
    **dict.fromkeys("0123456789", (_UNDERLINED, _LIST)),
}
# What is tried before and after those, whatever the first character.
_FIRST = (Rule("table", leaves.table),)
_LAST = (_UNDERLINED, Rule("list", lists.fancy))
_ANY = _FIRST + _LAST
_TRIED = {character: _FIRST + rules + _LAST for character, rules in RULES.items()}

# Behind what a definition is a paragraph: it needs something above it in its container, which
# need not be a term, and is not what stands nowhere on the rendered page.
_UNDEFINABLE = frozenset(("", "block", "alert", "include"))
_UNSEEN = frozenset(("footnote", "reference", "abbreviation"))

_GRAMMAR = Grammar(RULES, frozenset("`~").union(RULES), _blocks)
