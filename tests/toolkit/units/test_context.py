"""What templates are given that is worked out from addresses."""

from __future__ import annotations

from typing import cast

from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from handbook.press.plugin import context
from rows import rows

REPOSITORY = "https://host.example/group/handbook/-/edit/main/"


class _Page:
    """A page of MkDocs as far as its address for editing goes."""

    def __init__(self, edit_url: str | None, path: str) -> None:
        self.edit_url = edit_url
        self.file = File(f"en/{path}", "docs", "site", use_directory_urls=True)
        self.file.edit_uri = f"docs/en/{path}"


@rows(
    ("edit_url", "path", "found"),
    [
        (f"{REPOSITORY}docs/en/a.md", "a.md", f"{REPOSITORY}translations/es/a.po"),
        (f"{REPOSITORY}docs/en/a%20%22b.md", 'a "b.md', f"{REPOSITORY}translations/es/a%20%22b.po"),
        (f"{REPOSITORY}docs/en/a%23%25.md", "a#%.md", f"{REPOSITORY}translations/es/a%23%25.po"),
        (f"{REPOSITORY}docs/en/a.md?plain=1", "a.md", ""),  # a template of the site's own
        (None, "a.md", ""),
    ],
)
def test_a_file_is_edited_where_the_page_is_if_that_can_be_told(
    edit_url: str | None, path: str, found: str
) -> None:
    page = cast("Page", _Page(edit_url, path))
    assert context.edit_url(page, f"translations/es/{path.removesuffix('.md')}.po") == found
