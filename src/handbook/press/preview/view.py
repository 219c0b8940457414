"""A translated page beside its source, block by block, with what is left to do, as HTML."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from handbook.bitext.catalog.units import Unit
from handbook.bitext.changes import reading, redline
from handbook.bitext.page import frontmatter
from handbook.bitext.problem import Problem
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.pages import Source
from handbook.press.core import tree
from handbook.press.core.editions import Say
from handbook.press.core.interface import N_
from handbook.press.core.tree import Element
from handbook.press.markdown.addresses import is_readable
from handbook.press.redlines.fragment import Presenter, SayIn
from handbook.press.redlines.page import page_of

_STYLE = (files("handbook.press.preview") / "preview.css").read_text("utf-8")

# Translators: Title of a translator's preview. Keep {title} and {language}.
_TITLE = N_("{title}: translation into {language}")
# Translators: In a translator's preview: how far the page is. Keep {part} and {whole}.
_CURRENT = N_("{part} of {whole} entries are up to date.")
# Translators: In a translator's preview, above a list of entries.
_OPEN = N_("Left to do")
# Translators: In a translator's preview, above a list of entries that are not shown to readers.
_REFUSED = N_("Not shown to readers")
# Translators: In a translator's preview, above a list of doubtful wordings.
_DOUBTFUL = N_("Please look again")
# Translators: In a translator's preview: where an entry is. Keep {line}.
_LINE = N_("line {line}")
_STATES = {
    # Translators: In a translator's preview: an entry without a translation.
    "missing": N_("not translated"),
    # Translators: In a translator's preview: an entry whose source was edited; the edit follows.
    "changed": N_("edited since it was translated"),
    # Translators: In a translator's preview: an entry whose text is that of one that is alike.
    "suggested": N_("suggested, not checked"),
}
# Translators: In a translator's preview: the languages that can stand beside the translation.
_BESIDE = N_("Beside it")


@dataclass(frozen=True)
class View:
    """What is shown: a page, the language it is translated into, and the one beside it."""

    source: Source
    language: str
    beside: str
    """The source's language, or another one that the translator reads."""


Put = Callable[[Path], str]
"""A function that returns the address at which a picture is served; "" if it is not there."""


def html(handbook: Handbook, view: View, warnings: tuple[Problem, ...], put: Put) -> str:
    """Return the view as a page of HTML; `warnings` are those of its wording."""
    speak = cache(handbook.say)
    say, record = speak(view.language), handbook.records[view.language]
    title = str(handbook.front(view.source).get("title") or _heading(handbook, view.source))
    shown = say(_TITLE).replace("{title}", title)
    name = escape(shown.replace("{language}", record.name_of(view.language)))
    problems = handbook.translated(view.source, view.language).problems
    body = [f"<h1>{name}</h1>", _counts(handbook, view, say), _choices(handbook, view, say)]
    body += _problems(say(_REFUSED), problems, say)
    body += _problems(say(_DOUBTFUL), warnings, say)
    body += _open(handbook, view, speak)
    head = "\n".join(filter(None, body))
    rows = _table(handbook, view, put)
    content = f"<header>\n{head}\n</header>\n<main>\n{rows}\n</main>"
    return page_of(name, record, content, _STYLE)


def _heading(handbook: Handbook, source: Source) -> str:
    segments = handbook.read(source).segments
    found = (each.message for each in segments if each.kind == "heading")
    return reading.read(next(found, source.path)).text


def _counts(handbook: Handbook, view: View, say: Say) -> str:
    tally = handbook.tally(view.source, view.language)
    counts = {"part": str(tally.current), "whole": str(tally.total)}
    return f"<p>{escape(say(_CURRENT).format(**counts))}</p>"


def address(beside: str) -> str:
    """Return the address of the view with a language beside the translation."""
    return f"{quote(beside)}.html"


def _choices(handbook: Handbook, view: View, say: Say) -> str:
    """Return links to the views with other languages beside the translation."""
    others = [each for each in handbook.languages if each != view.language]
    if len(others) < 2:
        return ""
    links = (
        f'<a href="{address(code)}"{" aria-current=page" if code == view.beside else ""}>'
        f"{escape(handbook.records[view.language].name_of(code))}</a>"
        for code in others
    )
    return f"<p>{escape(say(_BESIDE))}: {' · '.join(links)}</p>"


def _problems(head: str, problems: tuple[Problem, ...], say: Say) -> Iterator[str]:
    """Yield a heading and a list of problems, if there are any."""
    if problems:
        items = "".join(f"<li>{_at(each.line, say)}{escape(each.text)}</li>" for each in problems)
        yield f"<h2>{escape(head)}</h2>\n<ul>{items}</ul>"


def _at(line: int, say: Say) -> str:
    return f'<span class="line">{escape(say(_LINE).format(line=line))}</span> '


def _open(handbook: Handbook, view: View, speak: SayIn) -> Iterator[str]:
    """Yield the list of units that are not current, each with what was edited."""
    left = [
        unit
        for unit in handbook.catalog(view.source, view.language).units
        if unit.state != "current"
    ]
    if left:
        presenter, say = Presenter(speak, handbook.records), speak(view.language)
        items = "".join(f"<li>{_described(unit, view, presenter)}</li>" for unit in left)
        yield f"<details open><summary>{escape(say(_OPEN))}</summary>\n<ul>{items}</ul></details>"


def _described(unit: Unit, view: View, presenter: Presenter) -> str:
    say, record = presenter.say(view.language), presenter.records[view.source.language]
    head = f"{_at(unit.line, say)}{escape(say(_STATES[unit.state]))}: "
    pieces = presenter.pieces(redline.of_unit(unit, record), say)
    return head + f'<span lang="{record.tag}">{pieces}</span>'


# -- the two texts ----------------------------------------------------------------------------


def _table(handbook: Handbook, view: View, put: Put) -> str:
    """Return both texts in columns: block beside block if both have as many blocks."""
    mine = _blocks(handbook, view.source, view.beside, put)
    theirs = _blocks(handbook, view.source, view.language, put)
    if len(mine) != len(theirs):
        mine, theirs = ["\n".join(mine)], ["\n".join(theirs)]
    tongues = [_tongue(handbook, code) for code in (view.beside, view.language)]
    return "\n".join(
        f'<div class="row"><div{tongues[0]}>{one}</div><div{tongues[1]}>{other}</div></div>'
        for one, other in zip(mine, theirs, strict=True)
    )


def _tongue(handbook: Handbook, code: str) -> str:
    record = handbook.records[code]
    return f' lang="{record.tag}" dir="{record.direction}"'


def _blocks(handbook: Handbook, source: Source, language: str, put: Put) -> list[str]:
    """Return a page in a language as HTML, block by block."""
    page = handbook.read(source)
    is_source = language == source.language
    text = page.text if is_source else handbook.translated(source, language).text
    assert handbook.render is not None
    content = tree.parse(handbook.render(text[frontmatter.end(text) :]))
    _prepare(content, source, put)
    return [_written(each) for each in list(content)]


def _written(block: Element) -> str:
    """Return an element as HTML; it is taken out of its page."""
    holder = tree.parse("")
    holder.append(block)
    return tree.html(holder)


def _prepare(content: Element, source: Source, put: Put) -> None:
    """Let links lead nowhere but to other sites, and pictures to where they are served."""
    for link in content.xpath(".//a[@class='headerlink']"):
        tree.remove(link)
    for link in content.iter("a"):
        address = link.get("href", "")
        if _path(address) is not None and not address.startswith("#"):
            link.attrib.pop("href", None)
    for picture in content.iter("img"):
        path = _path(picture.get("src", ""))
        if path is not None:
            picture.set("src", put(Path(posixpath.normpath(source.file.parent / path))))


def _path(address: str) -> str | None:
    """Return the path that an address leads to from a page; None if it leads to another site.

    Of one that cannot be read it is "", which is no file.
    """
    parts = urlsplit(address if is_readable(address) else "")
    return None if parts.scheme else unquote(parts.path)
