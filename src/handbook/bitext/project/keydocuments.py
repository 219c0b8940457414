"""Key documents: pages whose exact wording matters, as their front matter says."""

from __future__ import annotations

from collections.abc import Mapping

STATUSES = ("restatement", "draft", "adopted")
"""What the text of a document may be."""
OF_MATERIAL = ("new", "deprecated")
"""The theme's own statuses, which it shows in the menu: they say nothing of a document."""
_OF_DOCUMENTS = ("version", "authentic")
"""What only documents have: a number of their version, languages in which the text counts."""


def is_key_document(front: Mapping[str, object]) -> bool:
    """Tell whether a page is a key document: its `status` is that of a document.

    A site may name statuses of its own, as for Material: with one of these, a page is a document
    if it has a version or authentic languages as well.
    """
    status = front.get("status")
    if not status or status in OF_MATERIAL:
        return False
    return status in STATUSES or any(front.get(key) for key in _OF_DOCUMENTS)
