"""Run the command with `python -m handbook`."""

import sys

from handbook.command.main import main

if __name__ == "__main__":
    sys.exit(main())
