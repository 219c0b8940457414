"""A handbook whose pages have changed, most of them, since they were translated into Spanish."""

from __future__ import annotations

from pathlib import Path

from handbooks import furnish

_WORDS = """\
# The *new* page

A [new](index.md) paragraph, with a note.[^1]

## A new heading { #heading }

- A new item

    - below it

| A new head | Second |
| --- | --- |
| A new cell | Second |

A new term
:   A new *definition*.

!!! note "A new title"
    Text.

??? note "A new summary"
    Text.

=== "A new tab"

    Text.

Nobody has translated this.

[^1]: A new note.
"""
_CATALOG = """\
msgid ""
msgstr ""
"Language: es\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
OLD = {
    "The *new* page": "La *vieja* página",
    "A [new](index.md) paragraph, with a note.[^1]": "Un [viejo](index.md) párrafo.[^1]",
    "A new heading": "Un viejo título",
    "A new item": "Un viejo punto",
    "A new head": "Una vieja cabecera",
    "A new cell": "Una vieja celda",
    "A new term": "Un viejo término",
    "A new *definition*.": "Una vieja *definición*.",
    "A new title": "Un viejo rótulo",
    "A new summary": "Un viejo resumen",
    "A new tab": "Una vieja pestaña",
    "A new note.": "Una vieja nota.",
}
_CURRENT = {"below it": "debajo", "Second": "Segunda", "Text.": "Texto."}


def _catalog() -> str:
    units = [
        f'\n#, fuzzy\n#| msgid "An old text"\nmsgid "{new}"\nmsgstr "{old}"\n'
        for new, old in OLD.items()
    ]
    units += [f'\nmsgid "{new}"\nmsgstr "{own}"\n' for new, own in _CURRENT.items()]
    return _CATALOG + "".join(units)


def write(root: Path) -> None:
    """Write the handbook into an empty folder."""
    furnish(root, "nav: null\nplugins: {bitext: {books: false}}\n")
    for folder in ("docs/en", "translations/es"):
        (root / folder).mkdir()
    (root / "docs/en/index.md").write_text("# Home\n", "utf-8")
    for name, front in (("guide", "description: A guide."), ("document", "status: draft")):
        (root / f"docs/en/{name}.md").write_text(f"---\n{front}\n---\n\n{_WORDS}", "utf-8")
        (root / f"translations/es/{name}.po").write_text(_catalog(), "utf-8")
