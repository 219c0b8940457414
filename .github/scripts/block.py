#!/usr/bin/env python3
"""Shows text from a pull request as a block of code: `block MOST FILE`.

No line of the text can close the block: its fence is longer than any run of backticks in it, and
the longest of these are cut, so that two fences do not fill a comment. At most MOST characters are
shown, counted as UTF-16 does, which is never fewer than GitHub counts. The parts of a report, each
behind a form feed, share them: what short ones leave, long ones get.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

READ = 4_000_000
"""How many bytes of a file are looked at."""
PARTS = 50
CUT = "\n[… the rest of it is in the report]"


def units(text: str) -> int:
    """Return how long a text is."""
    return len(text.encode("utf-16-le")) // 2


def shortened(text: str, most: int) -> str:
    """Return a text, or its beginning where it is longer."""
    if units(text) <= most:
        return text
    room = max(most - units(CUT), 0)
    return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + CUT


def shared(parts: list[str], most: int) -> list[str]:
    """Return the parts of a report, each as far as there is room."""
    made = list(parts)
    for left, number in enumerate(sorted(range(len(parts)), key=lambda n: units(parts[n]))):
        made[number] = shortened(parts[number], most // (len(parts) - left))
        most -= units(made[number])
    return made


def main(most: int, file: Path) -> None:
    """Print the block."""
    with file.open("rb") as stream:
        text = stream.read(READ).decode("utf-8", "ignore").replace("\0", "")
    text = re.sub("`{13,}", "`" * 12, text)
    parts = [part.strip("\n") for part in text.split("\f", PARTS)]
    shown = shared([part.replace("\f", "") for part in parts if part], most - 2 * PARTS)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    print(f"{fence}text\n" + "\n\n".join(shown) + f"\n{fence}")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    main(int(sys.argv[1]), Path(sys.argv[2]))
