"""Text without a sign of markup is left alone, and nothing comes out otherwise."""

from pathlib import Path

import markdown
import pytest
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTextInlineProcessor

from handbook.bitext.page import frontmatter
from handbook.press.core.config import load
from handbook.press.markdown.unmarked import makeExtension
from handbooks import SAMPLE

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
    assert "unmarked-close" in ours.treeprocessors
    files = [*sorted((SAMPLE / "docs").rglob("*.md")), *corpus]
    texts = [EVERYTHING, *(file.read_text("utf-8", "replace") for file in files)]
    for text in (text[frontmatter.end(text) :] for text in texts):
        assert ours.reset().convert(text) == plain.reset().convert(text)


@pytest.mark.parametrize("extension", [Shout(), "pymdownx.keys", "pymdownx.magiclink"])
def test_beside_markup_it_does_not_know_it_does_nothing(extension: Extension | str) -> None:
    converter = markdown.Markdown(extensions=[extension, makeExtension()])
    assert "unmarked-close" not in converter.treeprocessors
