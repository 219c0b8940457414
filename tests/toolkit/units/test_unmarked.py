"""Markup is looked for where its sign is, and nothing comes out otherwise."""

from __future__ import annotations

from pathlib import Path

import markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTextInlineProcessor

from handbook.bitext.page import frontmatter
from handbook.press.core.config import load
from handbook.press.markdown.unmarked import makeExtension
from handbooks import SAMPLE
from rows import rows

EVERYTHING = """\
IOPS `IOPS` alone, *IOPS*, a\\*b, &amp; and AT&T

- IOPS plain
- a ==mark== and a ![picture](x.png "IOPS")

Two spaces  \nend this line.[^1]

[^1]: IOPS.

*[IOPS]: An organization
"""


class Shout(Extension):
    """Adds a kind of inline markup that begins with a letter."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        """Add it."""
        md.inlinePatterns.register(SimpleTextInlineProcessor("(X)"), "shout", 1)


def test_pages_come_out_as_they_did(corpus: list[Path], sample: Path) -> None:
    config = load(sample)
    extensions = [
        each for each in config.markdown_extensions if each != "handbook.press.markdown.unmarked"
    ]
    plain, ours = (
        markdown.Markdown(extensions=each, extension_configs=config.mdx_configs)
        for each in (extensions, [*extensions, "handbook.press.markdown.unmarked"])
    )
    assert type(ours.treeprocessors["inline"]) is not type(plain.treeprocessors["inline"])
    files = [*sorted((SAMPLE / "docs").rglob("*.md")), *corpus]
    texts = [EVERYTHING, *(file.read_text("utf-8", "replace") for file in files)]
    for text in (text[frontmatter.end(text) :] for text in texts):
        assert ours.reset().convert(text) == plain.reset().convert(text)


@rows("extension", [Shout(), "pymdownx.keys", "pymdownx.magiclink"])
def test_markup_that_it_does_not_know_is_looked_for(extension: Extension | str) -> None:
    text = EVERYTHING + "\n++ctrl+x++ X https://example.org X *X*\n"
    plain, ours = (
        markdown.Markdown(extensions=[extension, *each]) for each in ([], [makeExtension()])
    )
    assert ours.convert(text) == plain.convert(text)


def test_without_inline_markup_text_stays() -> None:
    converter = markdown.Markdown()
    for name in [each.name for each in converter.inlinePatterns._priority]:
        converter.inlinePatterns.deregister(name)
    converter.registerExtensions([makeExtension()], {})
    assert converter.convert("*a*") == "<p>*a*</p>"


def test_markup_of_an_extension_that_comes_later_is_looked_for() -> None:
    text = "S is *said* and shouted: X.\n"
    plain = markdown.Markdown(extensions=[Shout()])
    ours = markdown.Markdown(extensions=[makeExtension(), Shout()])
    assert ours.convert(text) == plain.convert(text)
