"""The verbs of the command, a module each; to add one is to add a module.

The first line of its docstring is its help in `handbook --help`, the whole in its own `--help`.
`declare(parser)` declares its arguments. `run(arguments, console)` does the work: it prints results
by the console and gives each problem when it finds it. What is slow to import, such as MkDocs, is
imported in `run`.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.bitext.problem import Problem

if TYPE_CHECKING:
    from handbook.command.arguments import Parser
    from handbook.command.console import Console


@dataclass(frozen=True)
class Verb:
    """One thing that can be done with a handbook."""

    name: str
    help: str
    """What it does, in a line."""
    description: str
    """The same and more."""
    declare: Callable[[Parser], None]
    run: Callable[[argparse.Namespace, Console], Iterable[Problem]]


def names() -> list[str]:
    """Return the names of all verbs, by alphabet."""
    return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__))


def find(name: str) -> Verb:
    """Import the verb of this name, one of `names()`."""
    module = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
    text = (module.__doc__ or "").strip()
    return Verb(name, text.partition("\n\n")[0], text, module.declare, module.run)
