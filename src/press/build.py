"""Build the site: what `handbook site` does.

A plain `mkdocs build --strict` gives the same site, one language after the other, and ends at the
first that has a warning. Here everything else is built still, and all that is wrong told.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from mkdocs.exceptions import MkDocsException

from bitext.files import SettingsError
from bitext.project import Handbook
from press import book, books, epub, glossary, imprint, notices, site
from press.books import Made
from press.settings import collected
from press.settings import configuration as configuration
from press.workshop import Built, Workshop
from press.workshop import Outcome as Outcome


def build(root: Path, *, site_dir: Path | None = None) -> Outcome:
    """Build the handbook in `root` in all its languages, into the folder mkdocs.yml names.

    Whatever is wrong is among the problems; nothing is printed.
    """
    built: list[Built] = []
    with collected() as problems:
        try:
            config = configuration(root, site_dir=site_dir)
            site.of(config)
            with Workshop(root, config) as workshop:
                for outcome in workshop.build():
                    built += outcome.languages
                    problems += outcome.problems
        except (MkDocsException, SettingsError) as error:
            problems.append(str(error))
    return Outcome(tuple(built), tuple(dict.fromkeys(problems)))


def handbook(root: Path) -> Handbook:
    """The handbook in `root`, with translations held to what the site's Markdown makes of them."""
    return site.of(configuration(root)).handbook


def words(root: Path) -> list[tuple[str, str]]:
    """The words of the site that stand on no page, with notes for their translators."""
    return [
        *notices.words(configuration(root)),
        *glossary.words(),
        *imprint.words(),
        *epub.words(),
        *books.words(),
    ]


def epubs(root: Path, languages: Iterable[str], folder: Path) -> Iterator[Made | str]:
    """Write the handbook in `root` as e-books into `folder`; tell each, and whatever is wrong."""
    for language in languages:
        with collected() as problems:
            try:
                config = configuration(root)
                yield books.make_epub(book.read(config, language), folder, config)
            except MkDocsException as error:
                problems.append(str(error))
        yield from dict.fromkeys(problems)
