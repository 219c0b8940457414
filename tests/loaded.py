"""Load what a build needs: each process of a build is forked from one that has done so."""

from __future__ import annotations

from importlib import import_module

import installed
from handbook.press.core import kept

for name in """handbook.press.make.build material.plugins.search.plugin mermaidx
    mkdocs_static_i18n.plugin pygments.lexers pymdownx.highlight pymdownx.superfences
    pymdownx.tabbed""".split():
    import_module(name)
kept.program()
installed.look()
