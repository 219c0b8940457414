"""The handbook's catalogs: canonical, and valid to gettext."""

from __future__ import annotations

import pytest

from bitext.catalog import po
from folders import ROOT
from programs import Run


@pytest.mark.long
def test_every_catalog_of_the_handbook_is_canonical_and_valid(gettext: Run) -> None:
    files = sorted((ROOT / "translations").rglob("*.po"))
    assert files
    for file in files:
        text = file.read_bytes().decode()
        assert po.dump(po.parse(text)) == text, file
        assert gettext("msgcat", "--no-wrap", file).stdout == text, file
        checked = gettext("msgfmt", "-c", "-o", "/dev/null", file)
        assert (checked.returncode, checked.stderr) == (0, ""), file
