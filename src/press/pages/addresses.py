"""Warnings about URLs on a page that cannot be parsed."""

from bitext.problem import Problem
from press.core.editions import Leaf
from press.core.log import log
from press.core.tree import Element
from press.markdown.addresses import ATTRIBUTE


def report(content: Element, leaf: Leaf) -> None:
    """Warn about each URL that `press.markdown.addresses` marked unreadable; remove the marks."""
    for element in content.xpath(f".//*[@{ATTRIBUTE}]"):
        address = element.attrib.pop(ATTRIBUTE)
        before, found, _ = leaf.source.file.read_text("utf-8").partition(address)
        line = before.count("\n") + 1 if found else 1
        fault = f"{address} is not an address; correct it, or write it as code"
        log.warning(Problem(leaf.file, line, fault))
