"""Handbooks that are built into sites."""

from __future__ import annotations

from pathlib import Path

import pytest

from press.make import build

Built = tuple[Path, build.Outcome]
"""Where a site is, and what came of the build."""


def built(root: Path, folder: Path) -> Built:
    """Build the handbook in `root` into `folder`, whatever addresses the environment gives."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("HANDBOOK_SITE_URL", raising=False)
        patch.delenv("HANDBOOK_EDIT_URL", raising=False)
        return folder, build.build(root, site_dir=folder)
