"""What the repository says of itself, for GitHub to read."""

from __future__ import annotations

import re

from folders import ROOT
from handbook.bitext.project.handbook import Handbook

BOOK = Handbook.open(ROOT)


def test_each_language_has_a_line_for_whoever_will_own_it() -> None:
    """GitHub reads one pattern a line and the names behind it; it takes no line with two."""
    lines = (ROOT / ".github/CODEOWNERS").read_text("utf-8").splitlines()
    owned = [line.removeprefix("# ") for line in lines if re.match("(?:# )?/", line)]
    assert all(re.fullmatch(r"/\S+( @[\w/-]+)+", line) for line in owned), owned
    patterns = {line.split()[0] for line in owned}
    assert all(list(ROOT.glob(each.strip("/"))) for each in patterns), patterns
    for folder in ("docs", "translations"):
        assert {f"/{folder}/{code}/" for code in BOOK.languages} <= patterns
