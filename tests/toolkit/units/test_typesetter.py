"""Typst's process: what is too large, too slow or too much for Typst is told, and is no end."""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from handbook.bitext.problem import Problem
from handbook.press.books.book import Book
from handbook.press.books.pdf.composer import Composer
from handbook.press.books.pdf.documents import LEFT_OUT, print_all
from handbook.press.books.pdf.endings import Tuning
from handbook.press.books.pdf.printer import Printed, Printer, Unprintable
from handbook.press.books.pdf.typesetter import Job, Overrun, Refused, Typeset, Typesetter
from handbook.press.books.typeset.manuscript import Manuscript
from papers import pages_of

pytestmark = pytest.mark.long

_SMALL = '#set document(title: "A title")\n#set text(lang: "en")\nA word.'
_LARGE = "#let all = range(100000000)"
_SLOW = "#for a in range(10000) { for b in range(10000) { for c in range(10000) {} } }"
_LIMITED = pytest.mark.skipif(sys.platform != "linux", reason="the system limits no memory")


def _job(source: str, *packages: str) -> Job:
    day = datetime.fromtimestamp(0, UTC)
    return Job(source, day, packages, fitted=False, is_chapter=False, is_large=False)


@pytest.mark.parametrize(
    "job",
    [
        pytest.param(_job(_LARGE), marks=_LIMITED, id="memory"),
        pytest.param(_job(_SLOW), marks=_LIMITED, id="time"),
        pytest.param(_job(_SMALL, "no-such-fonts"), id="an exception"),
    ],
)
def test_what_ends_the_process_is_told_and_the_next_is_typeset(
    job: Job, capfd: pytest.CaptureFixture[str]
) -> None:
    typesetter = Typesetter(memory=400, seconds=1)
    with pytest.raises(Overrun):
        typesetter.typeset(job)
    assert isinstance(typesetter.typeset(_job(_SMALL)), Typeset)
    typesetter.close()
    assert capfd.readouterr() == ("", "")


def test_what_is_certain_to_be_too_large_is_not_begun(
    books: dict[str, Book], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where books are tolerant it is no fault of the site, which then builds strictly."""
    monkeypatch.setattr(Typesetter, "typeset", None)
    large = replace(books["en"].chapters[0], html=f"<h1>Page</h1><p>{'word ' * 200_000}</p>")
    book = replace(books["en"], items=(large,))
    made = print_all(book, "", str, tmp_path, tmp_path, memory=100, tolerant=True)
    assert {each.rule for each in made if isinstance(each, Problem)} == {LEFT_OUT}


@_LIMITED
def test_a_chapter_that_is_too_much_with_trials_is_set_without_them() -> None:
    """Here, in the trial of its place in a book."""
    typesetter = Typesetter(memory=400, seconds=9)
    heavy = f'{_SMALL}\n#let all = if "bound" in sys.inputs {{ range(100000000) }}'
    made = typesetter.typeset(replace(_job(heavy), is_chapter=True))
    assert isinstance(made, Typeset)
    assert made.tuning == Tuning()
    typesetter.close()


def test_the_end_of_a_long_page_is_not_tried(
    books: dict[str, Book], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each trial of it would be kept: six took half a gigabyte."""
    jobs: list[Job] = []
    made = Typeset(b"", None, Tuning())
    monkeypatch.setattr(Typesetter, "typeset", lambda _, job: jobs.append(job) or made)
    for times in (1, 100_000):
        page = replace(books["en"].chapters[0], html=f"<h1>Page</h1><p>{'word ' * times}</p>")
        composer = Composer(Manuscript(replace(books["en"], items=(page,))), "", str)
        Printer(tmp_path, Typesetter()).print(composer.page(page))
    assert [job.is_chapter for job in jobs] == [True, False]


@_LIMITED
def test_the_memory_for_a_book_grows_with_its_pages_and_not_with_their_square(
    books: dict[str, Book], tmp_path: Path
) -> None:
    """Running heads that each asked for the places of all chapters took 240 MB and more."""
    first = replace(books["en"].chapters[0], html="<h1>A</h1><p>b</p>", meta={})
    chapters = tuple(replace(first, path=f"{n}.md", url=f"{n}/") for n in range(400))
    typesetter = Typesetter(memory=200)
    document = Composer(Manuscript(replace(books["en"], items=chapters)), "", str).handbook({})
    assert Printer(tmp_path, typesetter).print(document).size
    typesetter.close()


@_LIMITED
def test_the_pages_of_a_book_are_kept_once(books: dict[str, Book], tmp_path: Path) -> None:
    """All 120 of them were laid out three times, for which 170 MB were too few."""
    text = f"<h2>B</h2><p>{'Some words that fill a line. ' * 40}</p>" * 8
    first = replace(books["en"].chapters[0], html=f"<h1>A</h1>{text}", meta={})
    chapters = tuple(replace(first, path=f"{n}.md", url=f"{n}/") for n in range(40))
    composer = Composer(Manuscript(replace(books["en"], items=chapters)), "", str)
    tuning = Printer(tmp_path).print(composer.page(chapters[0])).tuning
    typesetter = Typesetter(memory=150)
    book = composer.handbook({each.path: tuning for each in chapters})
    assert len(pages_of(Printer(tmp_path, typesetter).print(book).file)) > 40 * tuning.pages
    typesetter.close()


def test_a_process_that_was_ended_from_outside_is_replaced() -> None:
    before = set(multiprocessing.active_children())
    typesetter = Typesetter()
    first = typesetter.typeset(_job(_SMALL))
    (process,) = set(multiprocessing.active_children()) - before
    process.kill()
    process.join()
    assert typesetter.typeset(_job(_SMALL)) == first
    typesetter.close()
    assert set(multiprocessing.active_children()) <= before


def test_what_is_written_for_typst_is_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    typesetter = Typesetter(memory=400, seconds=1)
    assert isinstance(typesetter.typeset(_job(_SMALL)), Typeset)
    assert list(tmp_path.iterdir())
    typesetter.close()
    assert not list(tmp_path.iterdir())


def test_an_error_of_a_document_is_no_end_of_the_process() -> None:
    typesetter = Typesetter()
    assert isinstance(typesetter.typeset(_job("#nothing")), Refused)
    assert isinstance(typesetter.typeset(_job(_SMALL)), Typeset)
    typesetter.close()


class _Failing(Typesetter):
    """A typesetter in whose Typst is a fault."""

    def typeset(self, job: Job) -> Typeset | Refused:
        place = "/a/folder/of-its-makers/build.rs:187:9"
        return Refused(f"internal error: tags weren't properly closed (occurred at {place})", "")


def test_a_fault_of_typst_names_no_file_of_its_makers(
    books: dict[str, Book], tmp_path: Path
) -> None:
    composer = Composer(Manuscript(books["en"]), "", lambda message: message)
    with pytest.raises(Unprintable) as caught:
        Printer(tmp_path, _Failing()).print(composer.page(books["en"].chapters[0]))
    assert str(caught.value) == ("Typst has failed (internal error: tags weren't properly closed)")
    assert caught.value.is_size


@_LIMITED
def test_what_is_too_large_is_named_with_its_longest_page_and_the_rest_is_printed(
    books: dict[str, Book], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    book = books["en"]
    small, large = (
        replace(book.chapters[n], html=f"<h1>Page</h1><p>{'word ' * times}</p>")
        for n, times in ((0, 5), (1, 150_000))
    )
    book = replace(book, items=(small, large))
    made = list(print_all(book, "", lambda message: message, tmp_path, tmp_path, memory=150))
    assert [each.key for each in made if isinstance(each, Printed)] == [small.path]
    told = [str(each) for each in made if isinstance(each, Problem)]
    assert len(told) == 2
    assert all(each.startswith(f"{large.file}:1: ") for each in told)
    assert "handbook-en.pdf is left out: printing takes more than 150 MB of memory" in told[1]
    assert "shorten its pages, of which this is the longest, or name what no book" in told[1]
    assert "shorten this page, or name what no book" in told[0]
    assert capfd.readouterr() == ("", "")
