"""Processes: what becomes of them when the one that started them is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from programs import eventually

PARENT = """\
import os, time
from handbook.press.core.process import Process

def wait(pipe):
    pipe.send(os.getpid())
    time.sleep(600)

if __name__ == "__main__":
    with Process(wait) as process:
        print(process.receive(), flush=True)
        time.sleep(600)
"""


def test_a_process_ends_with_the_one_that_started_it(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, "utf-8")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    if not eventually(lambda: not _is_running(child)):
        os.kill(child, signal.SIGKILL)
        pytest.fail("the process went on")


def _is_running(process: int) -> bool:
    """Whether there is a process of this number that has not ended (a zombie has)."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
