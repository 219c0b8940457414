"""What `handbook impact` says of a change is what `handbook update` then does, on our own history.

Each of the last commits that changed pages is made once more, in a handbook of the pages that it
touched, with the catalogs as they were, those of interface text among them. Each page is a key
document there, and each catalog the work of two people; some pages are moved at the same time. What
the update has done is read off its files by polib.
"""

from __future__ import annotations

import re
import subprocess
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import polib
import pytest

from folders import ROOT
from handbook.bitext.catalog import po
from handbook.bitext.catalog.units import Catalog
from handbook.bitext.changes import versions
from handbook.bitext.changes.impact import BranchContext, Impact, LanguageImpact, Snapshots, impact
from handbook.bitext.changes.repository import Repository
from handbook.bitext.changes.translators import translators
from handbook.bitext.files import write
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.translate.volume import count_words
from handbook.bitext.upkeep import declared, update
from handbook.bitext.upkeep.declared import Declaration

COMMITS, FURTHEST, MOST = 50, 150, 25
"""How many commits are made once more, how many until each kind of change has been met, and how
many pages each may have changed."""
KINDS = ("changed", "new", "editorial", "gone", "moved")
HISTORY = Repository(ROOT)
WHOLE = 20
"""The letters from which on a message that is in another one is a part of it by no accident."""
GIVEN = ("address", "short form", "number")
PEOPLE = ("Ana", "Berta")
"""Who has translated the entries of every catalog in turns, from the first one on."""
MET = (*KINDS, "falls", "site", "at another path", *PEOPLE)
"""What is to be met among the commits that are made once more."""
REQUIRED = "es"
"""The language that every page is required in, beside its own."""
Catalogs = dict[str, list[polib.POEntry]]
Files = dict[str, dict[str, polib.POEntry]]
Interface = list[tuple[str, str]]
SITE = "site.md"
"""The path that a page with the catalog of interface text would have."""
SITE_CATALOGS = [f"translations/{code}/site.po" for code in ("es", "ja")]


def git(*words: str, cwd: Path = ROOT, by: str = "n") -> str:
    author = ["-c", f"user.name={by}", "-c", "user.email=e"]
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
        text = content.decode()
        write(root / name, as_key_document(text) if name.endswith(".md") else text)
    for name in set(names) - set(there):
        (root / name).unlink(missing_ok=True)


def as_key_document(text: str) -> str:
    """Return a page that is to be authentic in a language, whatever it is in our history."""
    found = re.match(r"---\n(.*?)^---\n", text, re.DOTALL | re.MULTILINE)
    rows = found[1].splitlines() if found else []
    rows = [each for each in rows if not each.startswith(("status:", "authentic:"))]
    front = "\n".join([*rows, "status: adopted", f"authentic: [{REQUIRED}]"])
    return f"---\n{front}\n---\n{text[found.end() if found else 0 :]}"


def commit_work_of_two(root: Path) -> None:
    """Commit every catalog as the work of two people, who have translated entries in turns."""
    files = {file: file.read_text("utf-8") for file in root.rglob("*.po")}
    for file, text in files.items():
        catalog = po.parse(text)
        units = (
            unit if turn == 0 else unit._replace(translation="", fuzzy=False, previous=None)
            for turn, unit in zip(turns(len(catalog.units)), catalog.units, strict=True)
        )
        write(file, po.dump(Catalog(catalog.header, tuple(units), catalog.obsolete)))
    for who in PEOPLE:
        git("add", ".", cwd=root)
        git("commit", "-qm", who, "--allow-empty", cwd=root, by=who)
        for file, text in files.items():
            write(file, text)


def interface_of(commit: str) -> Interface:
    """Return the interface messages at a commit, as its catalogs have them."""
    known = {each.name: each.blob for each in HISTORY.entries(commit)}
    texts = HISTORY.contents(known[name] for name in SITE_CATALOGS if name in known)
    found = (unit.message for text in texts for unit in po.parse(text.decode()).units)
    return [(message, "") for message in dict.fromkeys(found)]


def moved(root: Path, pages: Sequence[str]) -> dict[str, str]:
    """Move a page that was there before, and return its new path by its old one.

    No README: there it is a page or none, as its folder has an index or not.
    """
    there = git("ls-files", "docs", cwd=root).splitlines()
    for name in pages:
        if name in there and (root / name).exists() and not name.endswith("/README.md"):
            _, language, path = name.split("/", 2)
            write(root / "docs" / language / "moved" / path, (root / name).read_text("utf-8"))
            (root / name).unlink()
            git("add", "--intent-to-add", ".", cwd=root)
            return {path: f"moved/{path}"}
    return {}


def turns(count: int) -> list[int]:
    return [number % len(PEOPLE) for number in range(count)]


def whose(read: Catalogs) -> dict[str, dict[str, str]]:
    """Return who has translated each entry of the catalogs of a language.

    Of a text that stands twice git cannot tell who has copied it from whom: its name is "".
    """
    texts = Counter(entry.msgstr for kept in read.values() for entry in kept)
    found: dict[str, dict[str, str]] = {}
    for name, kept in read.items():
        live = [entry for entry in kept if not entry.obsolete]
        found[name] = {
            key(entry): PEOPLE[turn] if texts[entry.msgstr] == 1 else ""
            for turn, entry in zip(turns(len(live)), live, strict=True)
            if state(entry) in ("current", "changed") and is_work(entry)
        }
    return found


def bring_up_to_date(root: Path, interface: Interface, edits: Sequence[Declaration] = ()) -> None:
    book = Handbook.open(root)
    for each in update.updates(book, book.languages, interface):
        each, _, _ = declared.apply(book, each, edits)
        assert update.write(book, each) is None


def declared_of(root: Path, pages: Sequence[str], before: Mapping[str, str]) -> list[Declaration]:
    """All edits of these pages, as if their author had called them editorial."""
    there = [name for name in pages if name in before and (root / name).exists()]
    return [Declaration(n, before[n], (root / n).read_text("utf-8")) for n in there]


def catalogs(root: Path, language: str) -> Catalogs:
    """Return the entries of each catalog of a language, by the path of its page."""
    folder = root / "translations" / language
    return {
        file.relative_to(folder).with_suffix(".md").as_posix(): list(polib.pofile(str(file)))
        for file in sorted(folder.rglob("*.po"))
    }


def entries(read: Catalogs) -> Files:
    """Return the entries that are work to somebody."""
    return {
        name: {key(e): e for e in kept if not e.obsolete and is_work(e)}
        for name, kept in read.items()
    }


def key(entry: polib.POEntry) -> str:
    return f"{entry.msgctxt}\x04{entry.msgid}"


def is_work(entry: polib.POEntry) -> bool:
    return not entry.comment.startswith(GIVEN)


def state(entry: polib.POEntry) -> str:
    if not entry.msgstr:
        return "missing"
    if not entry.fuzzy:
        return "current"
    return "changed" if entry.previous_msgid is not None else "suggested"


def done_by_update(
    before: Files, after: Files, old: Counter[str], new: Counter[str]
) -> dict[str, int]:
    """What an update did to the entries of a language; `old` and `new` are obsolete messages."""
    done = Counter(dict.fromkeys(("changed", "editorial", "moved", "work", "words"), 0))
    known = {key for units in before.values() for key in units}
    come = {
        key for page, units in after.items() for key in units.keys() - before.get(page, {}).keys()
    }
    for page, units in after.items():
        mine = list(before.get(page, {}))
        if page != SITE:  # which has no order
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
        done["gone"] = (new - old).total() - away + copies
    return dict(done)


def out_of_order(places: list[int]) -> int:
    """How many of these have to be moved so that all are in order again."""
    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(places) - len(ends)


def _ends(names: Counter[str], message: str) -> bool:
    return any(name.partition(":")[2] == message for name in names)


def obsolete(read: Catalogs) -> Counter[str]:
    """Count the obsolete messages of a language's catalogs, each behind its file's name.

    A guide and its sheet may have files of one name, and lose one message both.
    """
    return Counter(
        f"{Path(name).name}:{entry.msgid}"
        for name, kept in read.items()
        for entry in kept
        if entry.obsolete and is_work(entry)
    )


def former_names(root: Path) -> dict[str, str]:
    """Return what each page was called in the last commit, by its name now; "" if it is new.

    Both begin with the language that the page is written in.
    """
    listed = git("ls-tree", "-r", "--name-only", "-z", "HEAD", "docs", cwd=root).split("\0")
    renamed = git("diff", "-M40%", "--name-status", "--diff-filter=R", "HEAD", cwd=root)
    names = {new: old for _, old, new in (row.split("\t") for row in renamed.splitlines())}
    names |= {name: name for name in listed}
    pages = (file.relative_to(root).as_posix() for file in sorted((root / "docs").rglob("*.md")))
    return {page.partition("/")[2]: names.get(page, "").partition("/")[2] for page in pages}


def due(
    made: Mapping[str, Mapping[str, str]], after: Files, former: Mapping[str, str]
) -> dict[str, set[str]]:
    """Return whose translations of each page no longer stand under their messages; or else all."""
    found = {}
    for page, was in former.items():
        known = made.get(was.partition("/")[2], {})
        stay = after.get(page.partition("/")[2], {})
        touched = {name for key, name in known.items() if key not in stay}
        found[page.partition("/")[2]] = touched or set(known.values())
    return found


def complete(entries: Mapping[str, polib.POEntry]) -> int:
    """Return how many of a hundred words of a catalog are current."""
    words = {key: count_words(entry.msgid) for key, entry in entries.items()}
    current = sum(words[key] for key, entry in entries.items() if state(entry) == "current")
    return current * 100 // sum(words.values()) if any(words.values()) else 100


def fallen(
    before: Files, after: Files, pages: Mapping[str, str], language: str
) -> dict[tuple[str, str], tuple[int, bool]]:
    """Return the key documents that are less than complete and were so, with how much is current.

    `pages` are those of `former_names`.
    """
    found = {}
    for name, former in pages.items():
        source, _, page = name.partition("/")
        if source == language:
            continue
        was = complete(before.get(former.partition("/")[2], {})) if former else 100
        now = complete(after.get(page, {}))
        if was == 100 > now and (former or language == REQUIRED):
            found[page, language] = now, language == REQUIRED
    return found


def no_history() -> str:
    """Return why our history cannot be made once more; "" if it can."""
    if problem := HISTORY.no_history():
        return problem.text
    if len(FOUND) >= COMMITS:
        return ""
    cure = "git fetch --unshallow" if HISTORY.is_shallow else "clone the repository itself"
    return f"only {len(FOUND)} commits of pages are here and {COMMITS} are needed: {cure}"


@pytest.mark.long
@pytest.mark.skipif(bool(no_history()), reason=no_history())
def test_impact_says_what_update_then_does(tmp_path: Path) -> None:
    total: Counter[str] = Counter()
    for number, (commit, pages) in enumerate(FOUND):
        if number >= COMMITS and all(total[each] for each in MET):
            break
        how = {"is_declared": number % 2 == 1, "is_moved": number % 3 == 2}
        total.update(replayed(tmp_path / str(number), commit, pages, **how))
    assert [each for each in MET if not total[each]] == []


def replayed(
    root: Path, commit: str, pages: list[str], *, is_declared: bool, is_moved: bool
) -> Counter[str]:
    """Make a commit once more, and hold its impact to what an update does.

    Its edits may be declared editorial: then those are that change no meaning. One of its pages may
    be moved too.
    """
    begin(root, commit, pages)
    texts = {name: (root / name).read_text("utf-8") for name in pages if (root / name).exists()}
    put(root, commit, pages)
    edits = declared_of(root, pages, texts) if is_declared else []
    paths = moved(root, pages) if is_moved else {}
    interface = interface_of(commit)
    told = asked(root, interface, edits)
    before = {each.language: catalogs(root, each.language) for each in told.languages}
    bring_up_to_date(root, interface, edits)
    former = former_names(root)
    falls: dict[tuple[str, str], tuple[int, bool]] = {}
    for language in told.languages:
        code = language.language
        old, new = before[code], catalogs(root, code)
        known, after = entries(old), entries(new)
        then = {paths.get(path, path): units for path, units in known.items()}
        held(language, done_by_update(then, after, obsolete(old), obsolete(new)), commit)
        names = due(whose(old), after, former)
        for page in language.pages:
            if page.path == "site.po":  # of which nobody is named
                continue
            mine = names.get(page.path, set())
            most = set(PEOPLE) if "" in mine else mine
            assert mine - {""} <= set(page.translators) <= most, (commit, page)
        falls |= fallen(known, after, former, code)
    assert {(f.path, f.language): (f.percent, f.is_required) for f in told.falls} == falls, commit
    told_names = (n for each in told.languages for page in each.pages for n in page.translators)
    counts = sum((Counter(each.counts._asdict()) for each in told.languages), Counter())
    sites = sum(page.path == "site.po" for each in told.languages for page in each.pages)
    others = Counter({"falls": len(falls), "site": sites, "at another path": len(paths)})
    return counts + Counter(told_names) + others


def begin(root: Path, commit: str, pages: list[str]) -> None:
    """Make a handbook of pages as they were before a commit, up to date and in git."""
    inner = [page.split("/", 2)[2].removesuffix(".md") for page in pages]
    names = [f"translations/{code}/{page}.po" for page in inner for code in ("en", "es", "ja")]
    write(root / "pyproject.toml", '[tool.handbook]\nlanguages = ["en", "es", "ja"]\n')
    write(root / "docs/en/index.md", "# Home\n")
    put(root, f"{commit}^", [*pages, *names, *SITE_CATALOGS])
    bring_up_to_date(root, interface_of(f"{commit}^"))
    git("init", "-q", "--template=", cwd=root)
    commit_work_of_two(root)


def asked(root: Path, interface: Interface, edits: Sequence[Declaration]) -> Impact:
    """Return the impact of what has changed in a folder since its last commit."""
    repository = Repository(root)
    with (
        versions.at(repository, "HEAD") as base,
        versions.at(repository, "HEAD", pages_of=root) as untouched,
    ):
        assert isinstance(base, Handbook)
        assert isinstance(untouched, Handbook)
        context = BranchContext(
            edits,
            interface=interface,
            former=repository.names_before("HEAD"),
            translators=lambda name, catalog, units: translators(
                repository, name, "HEAD", catalog, units
            ),
        )
        head = Handbook.open(root)
        return impact(Snapshots(base, untouched, head), head.languages, context)


def held(language: LanguageImpact, done: dict[str, int], commit: str) -> None:
    """Hold the counts, words and hours of a language to what an update has done."""
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
    if not counts.waiting:  # 300 words are an hour, and five minutes are 25 of them
        hours = pytest.approx(done["words"] / 300, abs=0.051)  # they are told in tenths
        assert language.effort.hours == hours, commit
        assert 0 <= language.effort.minutes * 5 - done["words"] < 25, commit
