"""Where the things are that tests read."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
CORPUS = ROOT.parent / "shared" / "corpus"
TOOLKIT = TESTS / "toolkit"
TEXTS = TESTS / "texts"
