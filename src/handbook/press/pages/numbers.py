"""Give each numbered passage of a page its number: a link to itself, which others can use.

`assign` notes the numbers on the elements while they are in the order of the source; `show` makes
links of them once everything else has read the page, because a number is no part of its text.
Texts without a number, such as headings, footnotes and words in a diagram, only get their line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from lxml.builder import E

from handbook.bitext.page import frontmatter
from handbook.press.core import tree
from handbook.press.core.editions import Leaf
from handbook.press.core.numbering import LINES, Label, Layout, Spot, holders, others
from handbook.press.core.tree import Element

_NUMBER, _LINE = "data-number", "data-line"


def anchor(number: str) -> str:
    """Return the id of a passage: `p3.12`."""
    return f"p{number}"


def assign(content: Element, layout: Layout, leaf: Leaf, render: Callable[[str], str]) -> None:
    """Note its number on each passage of a page, and the line where its text can be edited.

    Where a hook or a plugin of the site has added something, the passages are found by what they
    say: `render` tells how the page looks without.
    """
    page = _Page(content, leaf, render)
    for spot, element in page.found(layout.spots, layout.tags, holders):
        if _NUMBER not in element.attrib:
            element.set(_NUMBER, spot.number)
            element.set(_LINE, str(_line(spot, leaf)))
    for spot, element in page.found(layout.other_spots, layout.other_tags, others):
        if _LINE not in element.attrib:
            element.set(_LINE, str(_line(spot, leaf)))
    drawn = content.xpath(".//pre[@class='mermaid']")
    if len(drawn) == len(layout.diagrams):  # no hook has added one
        for element, labels in zip(drawn, layout.diagrams, strict=True):
            element.set(LINES, " ".join(str(_line(each, leaf)) for each in labels))


@dataclass(frozen=True)
class _Page:
    """The HTML of a page, in which texts are looked for."""

    content: Element
    leaf: Leaf
    render: Callable[[str], str]

    @cached_property
    def _rendered(self) -> Element:
        """The page without what a hook or a plugin has added."""
        return tree.parse(self.render(text(self.leaf)))

    def found(
        self,
        spots: Sequence[Spot],
        tags: Sequence[str],
        choose: Callable[[Element], list[Element]],
    ) -> Iterator[tuple[Spot, Element]]:
        """Yield the element of each spot that is there; `choose` are those with these tags."""
        found: Sequence[Element | None] = choose(self.content)
        if not spots:
            return
        if tuple(str(each.tag) for each in found if each is not None) != tags:
            found = _matched(choose(self.content), choose(self._rendered), tags)
        for spot in spots:
            element = found[spot.holder] if spot.holder < len(found) else None
            if element is not None:
                yield spot, element


def text(leaf: Leaf) -> str:
    """Return the Markdown of a page, without front matter."""
    whole = leaf.translation.text if leaf.translation else leaf.source.read_text()
    return whole[frontmatter.end(whole) :]


def _line(spot: Spot | Label, leaf: Leaf) -> int:
    """Return the line of the page or of the catalog that a text is edited in; 0 for none."""
    if leaf.translation is None:
        return spot.line
    lines = leaf.translation.lines
    return lines[spot.segment] if spot.segment < len(lines) else 0


def _matched(
    found: Sequence[Element], expected: Sequence[Element], tags: Sequence[str]
) -> list[Element | None]:
    """Return the element of `found` for each one expected, by tag and text; None without one."""
    if tuple(each.tag for each in expected) != tags:
        return []
    matched: list[Element | None] = [None] * len(expected)
    one, other = ([(str(e.tag), tree.text(e)) for e in each] for each in (expected, found))
    for start, at, size in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        matched[start : start + size] = found[at : at + size]
    return matched


_BEGINNING = 90
"""How many characters of a passage the search shows."""


def rendered(leaf: Leaf, layout: Layout, render: Callable[[str], str]) -> Element:
    """Return the HTML of a page, without what hooks and plugins add, with its numbers noted."""
    content = tree.parse(render(text(leaf)))
    assign(content, layout, leaf, render)
    return content


def beginnings(content: Element) -> list[str]:
    """Return how each passage of a page begins, in the order of their numbers."""
    found = {each.get(_NUMBER, ""): words(each) for each in content.xpath(f".//*[@{_NUMBER}]")}
    texts = (found[number] for number in sorted(found, key=_sorted))
    return [f"{each[:_BEGINNING]}…" if len(each) > _BEGINNING else each for each in texts]


def words(element: Element) -> str:
    """Return the text of a passage, without the signs of footnotes."""
    found = "".join(element.xpath(".//text()[not(ancestor::sup or ancestor::small)]"))
    return " ".join(found.replace("\N{WORD JOINER}", "").split())


def _sorted(number: str) -> tuple[int, ...]:
    return tuple(map(int, number.split(".")))


def show(content: Element, *, is_key_document: bool) -> list[str]:
    """Put a link with its number at the beginning of each passage; return the new ids.

    On key documents it is always visible, elsewhere when somebody points at its passage. An id
    that the author has given something else stays theirs.
    """
    taken = set(content.xpath(".//@id"))
    made = []
    for element in content.xpath(f".//*[@{_NUMBER}]"):
        number, line = element.attrib.pop(_NUMBER), element.attrib.pop(_LINE)
        name = anchor(number)
        if name in taken:
            continue
        taken.add(name)
        made.append(name)
        link = E.a(number, {"class": "number" if is_key_document else "number at-hand"})
        link.set("id", name)
        link.set("href", f"#{name}")
        if line != "0":
            link.set(_LINE, line)
        _put_first(link, _place(element))
    return made


def _place(element: Element) -> Element:
    """Return where the number of a passage goes: of a row, into its first cell with text."""
    cells = element.findall("td") + element.findall("th") if element.tag == "tr" else []
    return next((cell for cell in cells if tree.text(cell)), cells[0] if cells else element)


def _put_first(link: Element, element: Element) -> None:
    link.tail, element.text = element.text, None
    element.insert(0, link)
