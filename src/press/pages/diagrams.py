"""The Mermaid diagrams of pages: readers get drawings in the page's language, and no script."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from press.core import editions
from press.core.settings import log
from press.pages.drawing import SVG, DrawingError, kept

_FENCE = re.compile(r'<pre class="mermaid"><code>(.*?)</code></pre>', re.DOTALL)
_FENCE_LINE = re.compile(r"^[ >]*(?:```+|~~~+) *\{?\.?mermaid\b", re.MULTILINE)
_HEADING = re.compile(r"<h[1-6][^>]*>(.*?)</h[1-6]>", re.DOTALL)
_ANCHOR = re.compile(r'<a class="headerlink".*?</a>|<[^>]+>')
_LABELLED = re.compile(r'\b(\w+)[\[({>]+"([^"\n]*)"')
_ARROW = re.compile(r"\s*(-\.->|-\.-|-->|---|==>|===)\s*(?:\|\"?([^|\"]*)\"?\|)?\s*")


def place(content: str, page: Page, config: MkDocsConfig) -> str:
    """Put drawings in the place of a page's Mermaid fences; warn of one that cannot be drawn.

    They are kept in `build/drawings`.
    """
    folder = editions.root(config) / "build" / "drawings"
    language, path = editions.place(page.file.src_uri)
    breaks = _breaks((language, editions.of(config).sources[path].language), config)
    parts = _FENCE.split(content)  # text, fence, text, fence, …, text
    for number, index in enumerate(range(1, len(parts), 2), start=1):
        heading = _last_heading("".join(parts[:index]))
        try:
            text = html.unescape(parts[index])
            parts[index] = figure(text, f"diagram-{number}", heading, folder, breaks)
        except DrawingError as error:
            log.warning("%s: %s", _where(page, number, config), error)
            parts[index] = f'<pre class="undrawn"><code>{parts[index]}</code></pre>'
    return "".join(parts)


def figure(text: str, name: str, title: str, folder: Path, breaks: str = "") -> str:
    """The text of a Mermaid fence as a figure.

    `name` begins the ids inside and must be the only one of its kind on a page; `title` says what
    the drawing is of. The drawing without them is kept in `folder`. Labels may break at blanks and
    at what the regular expression `breaks` finds. Raises DrawingError.
    """
    svg = kept(text, folder, breaks)
    for tag, words in (("desc", describe(text)), ("title", title)):
        element = ET.Element(f"{SVG}{tag}", id=f"drawn-{tag}")
        element.text = words
        svg.insert(0, element)
    svg.set("aria-labelledby", "drawn-title drawn-desc")
    drawing = ET.tostring(svg, encoding="unicode").replace("drawn-", f"{name}-")
    return f'<figure class="diagram" data-search-exclude>{drawing}</figure>'


def _breaks(languages: tuple[str, ...], config: MkDocsConfig) -> str:
    """Where labels may break that are in one of some languages."""
    records = editions.of(config).handbook.records
    return "|".join(dict.fromkeys(filter(None, (records[each].label_breaks for each in languages))))


def describe(text: str) -> str:
    """Say a flowchart in words: what leads to what, and under which label."""
    labels = dict(_LABELLED.findall(text))
    return "; ".join(_arrows(text, labels))


def _arrows(text: str, labels: dict[str, str]) -> Iterator[str]:
    for line in text.splitlines():
        nodes = _ARROW.split(line.strip())  # node, arrow, label, node, arrow, label, …, node
        for start, arrow, label, end in zip(
            nodes[::3], nodes[1::3], nodes[2::3], nodes[3::3], strict=False
        ):
            names = (labels.get(key, key) for key in map(_key, (start, end)))
            sign = " → " if arrow.endswith(">") else " – "
            yield sign.join(names) + (f" ({label})" if label else "")


def _key(node: str) -> str:
    """The name of a node, without its shape and label."""
    return re.split(r"[\[({>]", node, maxsplit=1)[0].strip()


def _last_heading(content: str) -> str:
    """The text of the last heading in some HTML."""
    headings = _HEADING.findall(content)
    return html.unescape(_ANCHOR.sub("", headings[-1])).strip() if headings else ""


def _where(page: Page, number: int, config: MkDocsConfig) -> str:
    """Where in the repository the page's diagram of this number stands."""
    language, path = editions.place(page.file.src_uri)
    source = editions.of(config).sources[path]
    text = source.file.read_text("utf-8")
    starts = [match.start() for match in _FENCE_LINE.finditer(text)]
    line = text.count("\n", 0, starts[number - 1]) + 1 if number <= len(starts) else 1
    place = f"docs/{source.language}/{path}:{line}: cannot draw this diagram"
    return place if language == source.language else f"{place} with the labels of {language}"
