"""Keep what pages were made into, in `build/` of the handbook, for its next build."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs.config.defaults import MkDocsConfig

from handbook.bitext.project.handbook import Handbook
from handbook.press.core import assembled, caches
from handbook.press.core.kept import Kept
from handbook.press.markdown.described import described


def pages(handbook: Handbook, config: MkDocsConfig) -> Kept | None:
    """Return where assembled pages are kept; None where extensions may make anything of a text."""
    markdown = described(config)
    if markdown is None:
        return None
    seal = (markdown, repr(handbook.settings), *_languages(handbook))
    return Kept(caches.folder(handbook.root, "pages"), seal, *assembled.RECORDS)


def _languages(handbook: Handbook) -> Iterator[str]:
    """Yield the files of the site's own languages."""
    for file in sorted(handbook.root.glob("languages/*.toml")):
        yield file.name
        yield file.read_text("utf-8", "surrogateescape")
