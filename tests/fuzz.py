"""Send mutated pages and catalogs through the engine: `make fuzz`, as long as one likes.

It begins with the examples of the tests. A fault is printed with the number that makes it again
(`--seed`), and its smallest text is written below build/fuzz.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Callable
from functools import cache
from itertools import count
from random import Random

from folders import ROOT, TOOLKIT
from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import Catalog, CatalogError, empty
from handbook.bitext.page import scan
from handbook.bitext.translate.assemble import assemble
from handbook.bitext.translate.merge import merge
from handbook.bitext.translate.proof import Original
from handbook.bitext.translate.splice import splice
from handbook.press.markdown import renderers

LONGEST = 4000
"""Characters of a text at most."""
PIECES = (
    *("`", "``", "```\n", "~~~\n", "*", "**", "_", "<!--", "-->", "<a ", "</a>", "<div>", "</div>"),
    *("<svg>", "<span title='", '"', "'", "[", "](", "]", "(", ")", "![", "[^1]", "[^1]: ", "|"),
    *("|-|\n", "- ", "1. ", "> ", "#", "!!! note\n", '=== "a"\n', "    ", "\t", "\n", "\n\n", "\\"),
    *("{ .a }", "{: #b }", "*[A]: ", ":   ", "---\n", "$$", "\\(", "{{", "&#0;", "&amp;", "://"),
    *("/// note\n", "///\n", "[TOC]", "==", "++a++", ":smile:", "<!-- i18n: skip -->", "\ue6a0"),
    *(
        "\ue6b1",
        "\ufeff",
        "\x00",
        "\r",
        "\x0b",
        "\u2028",
        "\ufdd0",
        "\u0301",
        "é",
        "日本",
        "\U0001f600",
    ),
    *('msgid "', 'msgstr "', '"\n', "#, fuzzy\n", "#| ", "#~ ", "#~| ", "msgctxt ", "msgstr[0] "),
    *("\\303", "\\x41", "\\n", "msgid_plural "),
)


@cache
def _texts(suffix: str) -> tuple[str, ...]:
    """The texts to begin with."""
    files = sorted(TOOLKIT.rglob(f"*{suffix}"))
    return tuple(file.read_bytes().decode("utf-8", "replace")[:LONGEST] for file in files)


def mutated(text: str, random: Random, others: tuple[str, ...]) -> str:
    """Return a text with a few changes."""
    for _ in range(random.randint(1, 6)):
        start, end = sorted(random.randrange(len(text) + 1) for _ in range(2))
        match random.randrange(7):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:end] + text[start:end] + text[end:]
            case 2:
                text = (
                    text[:start] + random.choice(PIECES) * random.choice((1, 1, 3)) + text[start:]
                )
            case 3:
                other = random.choice(others)
                place = random.randrange(len(other) + 1)
                text = text[:start] + other[place : place + 300] + text[start:]
            case 4:
                lines = text.split("\n")
                random.shuffle(lines)
                text = "\n".join(lines)
            case 5:
                text = text[:start] + text[start:end].replace("\n", "\n    ") + text[end:]
            case _:
                text = (
                    text[:start]
                    + chr(random.choice((random.randrange(0xD800), 0xE6A0)))
                    + text[end:]
                )
    return text[:LONGEST]


def reading(text: str, random: Random) -> None:
    """A page is its text: with nothing translated, it comes back character for character."""
    page = scan.read(text)
    assert splice(page, [None] * len(page.segments), {}) == text
    for segment in page.segments:
        assert all(0 <= start <= end <= len(text) for start, end in segment.spans)


def assembling(text: str, random: Random) -> None:
    """No translation stops the assembly of a page."""
    page = scan.read(text)
    catalog = _translated(merge(page, _EMPTY), random, hostile=True)
    assemble(page, catalog)
    if len(text) < 1500 and random.random() < 0.2:
        assemble(page, catalog, Original(page, renderers.whole()))


def merging(text: str, random: Random) -> None:
    """No translation is lost by an edit, and a second merge changes nothing."""
    page, other = scan.read(text), scan.read(mutated(text, random, _texts(".md")))
    before = _translated(merge(page, _EMPTY), random)
    after = merge(other, before, path="a.md")
    kept = [unit.translation for unit in (*after.units, *after.obsolete)]
    for unit in before.units:  # two neighbors that became one have theirs joined
        assert any(unit.translation in each for each in kept), unit
    assert merge(other, after, path="a.md") == after
    assert po.dump(po.parse(po.dump(after))) == po.dump(after)


def catalogs(text: str, random: Random) -> None:
    """A catalog is read, or refused with a line; what is written is read again as it is."""
    catalog = _parsed(text)
    if isinstance(catalog, CatalogError):
        assert 1 <= catalog.line <= text.count("\n") + 1, catalog
        return
    written = po.dump(catalog)
    assert po.dump(po.parse(written)) == written


def _parsed(text: str) -> Catalog | CatalogError:
    try:
        return po.parse(text)
    except CatalogError as error:
        return error


_EMPTY = empty("es", "en", "fuzz")


def _translated(catalog: Catalog, random: Random, *, hostile: bool = False) -> Catalog:
    """Return a catalog with a translation for each message."""
    units = []
    for number, unit in enumerate(catalog.units):
        text = f"«{number}»" if not hostile else mutated(unit.message, random, _texts(".md"))[:500]
        units.append(unit._replace(translation=text))
    return Catalog(catalog.header, tuple(units), catalog.obsolete)


Target = Callable[[str, Random], None]
TARGETS: dict[str, tuple[str, Target]] = {
    "reading": (".md", reading),
    "assembling": (".md", assembling),
    "merging": (".md", merging),
    "catalogs": (".po", catalogs),
}


def attempt(name: str, seed: int) -> str | None:
    """Try one mutated text; return the text if there is a fault, which is then printed."""
    suffix, target = TARGETS[name]
    random = Random(f"{name} {seed}")
    texts = _texts(suffix)
    text = mutated(random.choice(texts), random, texts)
    if _fault(target, text, seed) is None:
        return None
    text = _smallest(target, text, seed)
    print(f"{name}, --seed {seed}:\n{_fault(target, text, seed)}{text!r}", flush=True)
    return text


def _fault(target: Target, text: str, seed: int) -> str | None:
    try:
        target(text, Random(seed))
    except Exception:
        return traceback.format_exc(limit=-6)
    return None


def _smallest(target: Target, text: str, seed: int) -> str:
    """Return a part of a text that still has a fault, found by leaving parts out."""
    size = len(text) // 2
    while size:
        start = 0
        while start < len(text):
            shorter = text[:start] + text[start + size :]
            if _fault(target, shorter, seed):
                text = shorter
            else:
                start += size
        size //= 2
    return text


def main() -> int:
    """Fuzz for as long as the arguments say; return 1 if a fault was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, help="try this one alone")
    parser.add_argument("--target", choices=TARGETS, action="append")
    arguments = parser.parse_args()
    names = arguments.target or list(TARGETS)
    end = time.monotonic() + arguments.seconds
    seeds = count(time.time_ns()) if arguments.seed is None else [arguments.seed]
    tried = found = 0
    for seed in seeds:
        if time.monotonic() > end:
            break
        for name in names:
            tried += 1
            if text := attempt(name, seed):
                found += 1
                file = ROOT / "build" / "fuzz" / f"{name}-{seed}.txt"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(text.encode("utf-8", "surrogatepass"))
    print(f"{tried} texts, {found} with a fault")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
