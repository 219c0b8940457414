"""`make upgrade` lists which packages got which version; pip and uv are stand-ins here."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from folders import ROOT

OLD = {
    "requirements.txt": "alpha==1.0 \\\n    --hash=sha256:aa\nbeta==2.1 ; os_name == 'nt' \\\n"
    "    --hash=sha256:bb\nbeta==2.0 ; os_name != 'nt'\ngone==3\n",
    "requirements-test.txt": "alpha==1.0 \\\n    --hash=sha256:aa\ngamma-x==4.0.1\n",
}
NEW = {
    "requirements.txt": "alpha==1.1 \\\n    --hash=sha256:cc\nbeta==2.1 ; os_name == 'nt'\n"
    "beta==2.0 ; os_name != 'nt'\ncome==1\n",
    "requirements-test.txt": "alpha==1.1\ngamma-x==4.0.1\n",
}
# As an interpreter: is new enough, makes a venv in which Python does nothing and uv copies a file.
PYTHON = """#!/bin/sh
[ "$2" = venv ] || exit 0
mkdir -p build/upgrade/bin
printf '#!/bin/sh\\n' >build/upgrade/bin/python
printf '#!/bin/sh\\nfor word; do file=$word; done; cp "new/$file" "$file"\\n' >build/upgrade/bin/uv
chmod +x build/upgrade/bin/*
"""


def upgrade(folder: Path) -> list[str]:
    """The lines that `make upgrade` prints."""
    command = ["make", "--silent", "upgrade", f"PYTHON={folder / 'python'}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_an_upgrade_lists_old_and_new_versions(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "python").write_text(PYTHON)
    (tmp_path / "python").chmod(0o755)
    (tmp_path / "new").mkdir()
    for name in OLD:
        (tmp_path / name).write_text(OLD[name])
        (tmp_path / "new" / name).write_text(NEW[name])
    last = "requirements*.txt are written; propose them, or try them first: make test"
    told = ["alpha: 1.0 → 1.1", "come: none → 1", "gone: 3 → none", last]
    assert upgrade(tmp_path) == told
    assert upgrade(tmp_path) == ["no package has a newer version", last]
