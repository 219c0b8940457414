"""Write every page in every language to a folder: what `handbook stage` does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from handbook.bitext.files import write
from handbook.bitext.problem import Problem
from handbook.bitext.project.handbook import Handbook


def stage(handbook: Handbook, folder: Path, languages: Sequence[str]) -> Iterator[Problem]:
    """Write every page to `folder/<language>/`, in `languages`; yield refused translations."""
    for source in handbook.sources():
        original = handbook.original(source)
        for language in languages:
            if language == source.language:
                text = handbook.read(source).text
            else:
                translation = handbook.translated(source, language, original)
                text = translation.text
                yield from translation.problems
            write(folder / language / source.path, text)
