"""Processes: what becomes of them when the one that started them is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from programs import eventually
from rows import rows

PARENT = """\
import os, time
from handbook.press.core.process import Process

def wait(pipe):
    pipe.send(os.getpid())
    time.sleep(600)

if __name__ == "__main__":
    with Process(wait, forked=FORKED) as process:
        print(process.receive(), flush=True)
        time.sleep(600)
"""


LOADED = """\
import sys, threading
from handbook.press.core.process import Process, can_fork

loaded = []

def tell(pipe):
    pipe.send(bool(loaded))

if __name__ == "__main__":
    loaded.append("slow to load")
    for name in sys.argv[1:]:
        threading.Thread(target=threading.Event().wait, name=name, daemon=True).start()
    with Process(tell, forked=can_fork()) as process:
        print(process.receive())
"""


@rows("forked", [False, True])
def test_a_process_ends_with_the_one_that_started_it(tmp_path: Path, forked: bool) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT.replace("FORKED", str(forked)), "utf-8")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    if not eventually(lambda: not _is_running(child)):
        os.kill(child, signal.SIGKILL)
        pytest.fail("the process went on")


@pytest.mark.skipif(sys.platform != "linux", reason="no process is forked here")
@rows(("threads", "is_forked"), [([], True), (["handbook"], True), (["handbook", "hook"], False)])
def test_a_process_is_forked_where_no_foreign_thread_may_hold_a_lock(
    tmp_path: Path, threads: list[str], is_forked: bool
) -> None:
    script = tmp_path / "parent.py"
    script.write_text(LOADED, "utf-8")
    run = subprocess.run([sys.executable, script, *threads], capture_output=True, text=True)
    assert run.stdout == f"{is_forked}\n", run.stderr


def _is_running(process: int) -> bool:
    """Whether there is a process of this number that has not ended (a zombie has)."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
