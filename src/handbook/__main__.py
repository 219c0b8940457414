"""Run the command with `python -m handbook`."""

from __future__ import annotations

import sys

from handbook.command.main import main

if __name__ == "__main__":
    sys.exit(main())
