"""Addresses at the forge that has a repository, made from the address that edits a page.

GitHub, GitLab and Forgejo (Codeberg) are known; each has its own path segment between the root of
a repository and the branch. What is made is "" at any other.
"""

from __future__ import annotations

import re
from urllib.parse import quote

_EDITED_IN = re.compile(r"(https?://[^/]+(?:/[^/]+){2,}?)/(?:-/edit|edit|_edit|blob|tree|src)/")
_VIEWS = (
    ("/-/edit/", "/-/blob/", "plain=1"),  # GitLab
    ("/_edit/", "/src/", "display=source"),  # Forgejo
    ("/edit/", "/blob/", "plain=1"),  # GitHub; last, since the others have "edit/" too
)
"""What edits a file, what shows it in its place, and the query for its lines as written."""


def source(edit_url: str) -> str:
    """Return the URL that shows a file with its line numbers, made from the URL that edits it."""
    if not repository(edit_url):
        return ""
    known = ((edit, view, query) for edit, view, query in _VIEWS if edit in edit_url)
    edit, view, query = next(known, ("", "", ""))
    return f"{edit_url.replace(edit, view, 1)}?{query}" if edit else ""


def issue(edit_url: str) -> str:
    """Return the URL that opens an issue, made from one that edits; `{title}`, `{body}` in it."""
    root = repository(edit_url)
    if not root:
        return ""
    if "/-/" in edit_url:  # GitLab
        return f"{root}/-/issues/new?issue%5Btitle%5D={{title}}&issue%5Bdescription%5D={{body}}"
    return f"{root}/issues/new?title={{title}}&body={{body}}"


def repository(edit_uri: str) -> str:
    """Return the root URL of the repository that `edit_uri` edits."""
    match = _EDITED_IN.match(edit_uri)
    return match[1] if match else ""


def written(url: str, name: str = "") -> str:
    """Return a URL as it can stand in a page: what none may have is encoded, and nothing twice.

    `name` is that of the file it leads to: where the URL has it as it is, what would end a path is
    encoded too.
    """
    before, found, after = url.rpartition(name) if name else ("", "", url)
    return f"{quote(before, safe=_SAFE)}{quote(found, safe=_IN_PATHS)}{quote(after, safe=_SAFE)}"


_IN_PATHS = "%/:[]@!$&'()*+,;=~"
_SAFE = f"{_IN_PATHS}?#"
