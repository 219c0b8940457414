"""The handbook's catalogs: what an update makes of each is canonical, and valid to gettext.

A catalog may be in any form that a translator's program has given it: the next update writes it in
ours, and `handbook check` says so in a notice. What is wrong with one is named as check names it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from folders import ROOT
from handbook.bitext.catalog import po, tidy
from handbook.bitext.catalog.units import Catalog
from handbook.bitext.project.handbook import Handbook
from programs import Run

BOOK = Handbook.open(ROOT)


@pytest.mark.long
def test_what_an_update_makes_of_every_catalog_is_canonical_and_valid(
    gettext: Run, tmp_path: Path
) -> None:
    files = sorted((ROOT / "translations").rglob("*.po"))
    assert files
    for number, file in enumerate(files):
        name = file.relative_to(ROOT).as_posix()
        loaded = BOOK.catalogs.load(name)
        assert isinstance(loaded, Catalog), str(loaded)
        like = BOOK.catalogs.empty(
            loaded.header.get("X-Source-Language", ""), file.relative_to(ROOT).parts[1]
        )
        written = tmp_path / f"{number}.po"
        written.write_text(po.dump(tidy.tidy(loaded, like)), "utf-8")
        assert gettext("msgcat", "--no-wrap", written).stdout == written.read_text("utf-8"), name
        checked = gettext("msgfmt", "-c", "-o", "/dev/null", written)
        assert (checked.returncode, checked.stderr) == (0, ""), name
