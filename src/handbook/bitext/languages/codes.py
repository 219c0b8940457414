"""The codes of languages, however people and programs write them.

A module of its own, because git's merge driver starts for each file and need not load Babel.
"""

from __future__ import annotations


def folded(code: str) -> str:
    """Return a code as it is compared: `pt-BR` and `PT_br` are the same."""
    return code.replace("-", "_").casefold()
