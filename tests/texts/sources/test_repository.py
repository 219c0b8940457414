"""The pages about the repository itself, in its folders."""

from __future__ import annotations

import re

from folders import ROOT


def test_links_of_the_repositorys_own_pages_lead_somewhere() -> None:
    own = (ROOT.glob("*.md"), ROOT.glob("docs/*/README.md"), ROOT.glob(".github/*.md"))
    for page in (page for pages in own for page in pages):
        text = re.sub("`[^`\n]*`", "", page.read_text("utf-8"))
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
