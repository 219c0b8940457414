"""Files written whole or not at all, and what runs that were killed left."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from handbook.bitext.files import put, sweep, write
from programs import eventually


def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path: Path) -> None:
    old, fresh, other = (
        tmp_path / "translations/es" / name
        for name in (".index.po.abcd1234.part", ".page.po.abcd1234.part", ".notes.po")
    )
    for file in (old, fresh, other):
        write(file, "half")
    os.utime(old, (time.time() - 3600,) * 2)
    sweep(tmp_path / "translations")
    assert [file.exists() for file in (old, fresh, other)] == [False, True, True]


def test_who_writes_into_a_folder_removes_what_killed_runs_left_there(tmp_path: Path) -> None:
    left = tmp_path / "en/.index-en.pdf.abcd1234.part"
    left.parent.mkdir()
    left.write_text("half", "utf-8")
    os.utime(left, (time.time() - 3600,) * 2)
    put(tmp_path / "en/index-en.json", b"{}")
    assert [each.name for each in left.parent.iterdir()] == ["index-en.json"]


_BIG = """
import resource, sys; from pathlib import Path; from handbook.bitext.files import put
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    put(Path(sys.argv[1]), b"x" * 1_000_000)
except OSError as error:
    print(error.filename, error.strerror)
"""


def test_a_file_that_is_too_large_leaves_the_old_one_whole(tmp_path: Path) -> None:
    file = tmp_path / "book.epub"
    file.write_bytes(b"old")
    words = [sys.executable, "-c", _BIG, str(file)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout == f"{file} File too large\n"
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [
        ("book.epub", b"old")
    ]


_WRITER = """
import sys; from pathlib import Path; from handbook.bitext.files import write
number = 0
while True:
    number += 1
    write(Path(sys.argv[1]), f"{number} " * 200000 + "end")
"""


@pytest.mark.long
def test_a_killed_writer_leaves_a_whole_file(tmp_path: Path) -> None:
    file = tmp_path / "catalog.po"
    for delay in (0, 0.003, 0.007, 0.011, 0.016, 0.021):
        write(file, "0 end")
        with subprocess.Popen([sys.executable, "-c", _WRITER, str(file)]) as process:
            eventually(lambda: file.read_text("utf-8") != "0 end")
            time.sleep(delay)
            process.kill()
        words = file.read_text("utf-8").split()
        assert words[-1] == "end"
        assert len(set(words[:-1])) == 1


def test_a_file_that_is_written_keeps_its_permissions_and_a_link_leads_nowhere(
    tmp_path: Path,
) -> None:
    ours, link = tmp_path / "ours", tmp_path / "link"
    assert write(ours, "one")
    assert ours.stat().st_mode & 0o777 == 0o644
    ours.chmod(0o775)
    link.symlink_to(ours)
    assert write(ours, "two")
    assert ours.stat().st_mode & 0o777 == 0o775
    assert write(link, "three")
    assert (ours.read_text("utf-8"), link.is_symlink()) == ("two", False)
    assert link.stat().st_mode & 0o777 == 0o644
