"""What `handbook impact` says of a change is what `handbook update` then does, on our own history.

Each of the last commits that changed pages is made once more, in a handbook of the pages that it
touched, with the catalogs as they were. What the update has done is read off its files by polib.
"""

from __future__ import annotations

import subprocess
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import polib
import pytest

from folders import ROOT
from handbook.bitext.changes import versions
from handbook.bitext.changes.impact import BranchContext, Counts, Snapshots, impact
from handbook.bitext.changes.repository import Repository
from handbook.bitext.files import write
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.translate.volume import count_words
from handbook.bitext.upkeep import declared, update
from handbook.bitext.upkeep.declared import Declaration

COMMITS, FURTHEST, MOST = 52, 90, 25
"""How many commits are made once more, how many until each kind of change has been met, and how
many pages each may have changed."""
KINDS = ("changed", "new", "editorial", "gone", "moved")
HISTORY = Repository(ROOT)
WHOLE = 20
"""The letters from which on a message that is in another one is a part of it by no accident."""
GIVEN = ("address", "short form", "number")


def git(*words: str, cwd: Path = ROOT) -> str:
    author = ["-c", "user.name=n", "-c", "user.email=e"]
    done = subprocess.run(["git", *author, *words], cwd=cwd, capture_output=True, check=True)
    return done.stdout.decode()


def commits() -> list[tuple[str, list[str]]]:
    """The last commits that changed a few pages, each with the names of their files."""
    told = ("--no-merges", "--no-renames", "--name-only", "--format=%x00%H %P")
    try:
        found = git("log", *told, "--", "docs/*.md")
    except (OSError, subprocess.CalledProcessError):
        return []  # an archive has no history
    kept = []
    for entry in found.split("\0")[1:]:
        ids, *names = entry.split("\n")
        pages = [name for name in names if name.count("/") > 1]
        if len(ids.split()) > 1 and 0 < len(pages) <= MOST:
            kept.append((ids.split()[0], pages))
    return kept[:FURTHEST]


FOUND = commits()


def put(root: Path, commit: str, names: list[str]) -> None:
    """Write files as they were at a commit; those that it does not have are removed."""
    known = {each.name: each.blob for each in HISTORY.entries(commit)}
    there = [name for name in names if name in known]
    for name, content in zip(there, HISTORY.contents(known[n] for n in there), strict=True):
        write(root / name, content.decode())
    for name in set(names) - set(there):
        (root / name).unlink(missing_ok=True)


def bring_up_to_date(root: Path, edits: Sequence[Declaration] = ()) -> None:
    book = Handbook.open(root)
    for each in update.updates(book, book.languages, []):
        each, _, _ = declared.apply(book, each, edits)
        assert update.write(book, each) is None


def declared_of(root: Path, pages: Sequence[str], before: Mapping[str, str]) -> list[Declaration]:
    """All edits of these pages, as if their author had called them editorial."""
    there = [name for name in pages if name in before and (root / name).exists()]
    return [Declaration(n, before[n], (root / n).read_text("utf-8")) for n in there]


def entries(root: Path, language: str) -> dict[str, dict[str, polib.POEntry]]:
    """The entries of each catalog of a language that are work to somebody."""
    found = {}
    for file in sorted((root / "translations" / language).rglob("*.po")):
        kept = [e for e in polib.pofile(str(file)) if not e.comment.startswith(GIVEN)]
        name = file.relative_to(root / "translations" / language).with_suffix(".md").as_posix()
        found[name] = {f"{e.msgctxt}\x04{e.msgid}": e for e in kept if not e.obsolete}
    return found


def state(entry: polib.POEntry) -> str:
    if not entry.msgstr:
        return "missing"
    if not entry.fuzzy:
        return "current"
    return "changed" if entry.previous_msgid is not None else "suggested"


Files = dict[str, dict[str, polib.POEntry]]


def done_by_update(before: Files, after: Files, old: set[str], new: set[str]) -> dict[str, int]:
    """What an update did to the entries of a language; `old` and `new` are obsolete messages."""
    done = Counter(dict.fromkeys(("changed", "editorial", "moved", "work", "words"), 0))
    known = {key for units in before.values() for key in units}
    come = {
        key for page, units in after.items() for key in units.keys() - before.get(page, {}).keys()
    }
    for page, units in after.items():
        mine = list(before.get(page, {}))
        done["moved"] += out_of_order([mine.index(key) for key in units if key in mine])
        current = {e.msgid for e in before.get(page, {}).values() if state(e) == "current"}
        for key in units.keys() - before.get(page, {}).keys():
            entry = units[key]
            if state(entry) == "current":
                is_new = key not in known and not _ends(old, entry.msgid)
                done["editorial" if is_new else "moved"] += 1
                continue
            done["work"] += 1
            done["words"] += count_words(entry.msgid)
            # Words of two joined messages are in none of them alone; a cell such as "2" is in many.
            was = entry.previous_msgid or ""
            was_current = was in current or any(
                len(each) >= WHOLE and (each in was or was in each) for each in current
            )
            done["changed"] += state(entry) == "changed" and was_current
    gone = [
        entry
        for page, units in before.items()
        for key, entry in units.items()
        if key not in after.get(page, {}) and key not in come
    ]
    if all(state(each) in ("current", "changed") for each in gone):
        away = sum(
            key not in after.get(page, {}) and key in come
            for page, units in before.items()
            for key in units
        )
        # A translation that is its message, such as "no", is work to nobody and is not kept
        # where its message is gone and not edited.
        edited = {entry.previous_msgid for units in after.values() for entry in units.values()}
        copies = sum(each.msgstr == each.msgid and each.msgid not in edited for each in gone)
        done["gone"] = len(new - old) - away + copies
    return dict(done)


def out_of_order(places: list[int]) -> int:
    """How many of these have to be moved so that all are in order again."""
    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(places) - len(ends)


def _ends(names: set[str], message: str) -> bool:
    return any(name.partition(":")[2] == message for name in names)


def obsolete(root: Path, language: str) -> set[str]:
    """The obsolete messages of a language's catalogs, each behind its file's name."""
    files = (root / "translations" / language).rglob("*.po")
    return {
        f"{file.name}:{entry.msgid}"
        for file in files
        for entry in polib.pofile(str(file)).obsolete_entries()
        if not entry.comment.startswith(GIVEN)
    }


@pytest.mark.long
@pytest.mark.skipif(len(FOUND) < 50, reason="needs the history of this repository: clone all of it")
def test_impact_says_what_update_then_does(tmp_path: Path) -> None:
    total: Counter[str] = Counter()
    for number, (commit, pages) in enumerate(FOUND):
        if number >= COMMITS and all(total[each] for each in KINDS):
            break
        for counts in replayed(tmp_path / str(number), commit, pages, is_declared=number % 2 == 1):
            total.update(counts._asdict())
    assert min(total[each] for each in KINDS) > 0


def replayed(root: Path, commit: str, pages: list[str], *, is_declared: bool) -> list[Counts]:
    """Make a commit once more, and hold its impact to what an update does.

    Its edits may be declared editorial: then those are that change no meaning.
    """
    inner = [page.split("/", 2)[2].removesuffix(".md") for page in pages]
    names = [f"translations/{code}/{page}.po" for page in inner for code in ("en", "es", "ja")]
    write(root / "pyproject.toml", '[tool.handbook]\nlanguages = ["en", "es", "ja"]\n')
    write(root / "docs/en/index.md", "# Home\n")
    put(root, f"{commit}^", [*pages, *names])
    bring_up_to_date(root)
    git("init", "-q", cwd=root)
    git("add", ".", cwd=root)
    git("commit", "-qm", "Begin", cwd=root)
    texts = {name: (root / name).read_text("utf-8") for name in pages if (root / name).exists()}
    put(root, commit, pages)
    edits = declared_of(root, pages, texts) if is_declared else []
    repository = Repository(root)
    with (
        versions.at(repository, "HEAD") as base,
        versions.at(repository, "HEAD", pages_of=root) as untouched,
    ):
        assert isinstance(base, Handbook)
        assert isinstance(untouched, Handbook)
        asked = BranchContext(edits, former=repository.names_before("HEAD"))
        head = Handbook.open(root)
        told = impact(Snapshots(base, untouched, head), head.languages, asked)
    before = {code: (entries(root, code), obsolete(root, code)) for code in head.languages}
    bring_up_to_date(root, edits)
    for language in told.languages:
        code = language.language
        known, were = before[code]
        done = done_by_update(known, entries(root, code), were, obsolete(root, code))
        counts = language.counts
        assert counts.translated == 0
        said = {
            "changed": counts.changed,
            "editorial": counts.editorial,
            "work": counts.changed + counts.new + counts.waiting,
            "moved": counts.moved,
            "gone": counts.gone if "gone" in done else None,
            # What had been waiting is no work of the commit, and the files do not tell which it is.
            "words": done["words"] if counts.waiting else language.effort.words,
        }
        assert said == {"gone": None, **done}, (commit, language)
        assert language.effort.words <= done["words"]
    return [each.counts for each in told.languages]
