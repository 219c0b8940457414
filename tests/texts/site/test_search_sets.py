"""Tells how the search answers the blind sets of benchmarks/search, beside other searches."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import Any

import audits
from figures import Tell
from folders import ROOT
from programs import missing
from sites import Built

FOLDER = ROOT / "benchmarks" / "search"
Row = dict[str, Any]


def _kept(name: str) -> list[Row]:
    rows: list[Row] = json.loads((FOLDER / name).read_text("utf-8"))
    return rows


def _shown(row: Row) -> str:
    asked, absent = row["asked"], row["absent"]
    return (
        f"first {row['first']} of {asked}, in three {row['three']} of {asked}, "
        f"false {row['false']} of {absent}"
    )


def test_the_blind_sets_are_told_beside_other_searches(built: Built, tell: Tell) -> None:
    """Every set was run once when it was new; now its words are known, and its figures say less.

    `make audit` asks all of them, other runs the newest alone.
    """
    first_runs = _kept("first-runs.json")
    asked = [] if audits.IS_WHOLE else [first_runs[-1]["set"]]
    node = shutil.which("node")
    if not node:
        missing("Node.js")
    ran = subprocess.run(
        [node, str(FOLDER / "ask.js"), *asked],
        env={**os.environ, "HANDBOOK_SITE": str(built[0])},
        capture_output=True,
        text=True,
        check=True,
    )
    now = [json.loads(line) for line in ran.stdout.splitlines()]
    wanted = "first 92 %, in three 97 %, false at most 5 %"
    for row in first_runs:
        tell(f"Search, set {row['set']} {row['language']}, first run", _shown(row), wanted)
    for row in now:
        tell(f"Search, set {row['set']} {row['language']}, now", _shown(row), wanted)
    for row in _kept("peers.json"):
        name = f"{row['engine']}, set {row['set']} {row['language']}"
        tell(name, _shown(row), "to compare")
    slowest = max(row["milliseconds"] for row in now)
    tell("Search, milliseconds a query", slowest, "at most 500 with the index loaded")
    assert len(now) == sum(not asked or row["set"] in asked for row in first_runs)
    assert {row["asked"] + row["absent"] for row in now} == {40}
