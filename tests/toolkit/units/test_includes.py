"""Parts that a page includes are translated: the same lines that Snippets itself would take."""

from __future__ import annotations

from pathlib import Path

import markdown

from handbook.bitext.files import write
from handbook.bitext.project import includes
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.project.settings import Settings
from rows import rows

PART = "\n".join(
    [
        "First.", "", "Second.", "", "<!-- --8<-- [start:middle] -->", "Third.", "",
        "Fourth.", "--8<-- [end:middle]", "", "Last.",
    ]
)  # fmt: skip


@rows(
    "selection",
    ["", ":3", ":3:6", "::3", ":3:", ":-3:", ":-5:-2", ":1:3,6", ":1:1,3:3", ":middle", ":0:2"],
)
def test_what_is_taken_is_what_snippets_takes(tmp_path: Path, selection: str) -> None:
    write(tmp_path / "part.md", PART)
    options = {"pymdownx.snippets": {"base_path": [str(tmp_path)]}}
    shown = markdown.markdown(
        f'--8<-- "part.md{selection}"', extensions=["pymdownx.snippets"], extension_configs=options
    )
    ours = markdown.markdown(
        includes.taken(PART, selection), extensions=["pymdownx.snippets"], extension_configs=options
    )
    assert ours == shown


PAGE = """# Page

--8<-- "en/parts/heat.md"

- An item

    --8<-- "parts/heat.md:3:3"

--8<--
docs/en/parts/heat.md
elsewhere.txt
--8<--

;--8<-- "en/parts/heat.md"

```
--8<-- "en/parts/heat.md"
```
"""
CATALOG = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


def test_a_page_includes_the_translated_part(tmp_path: Path) -> None:
    write(tmp_path / "docs/en/page.md", PAGE)
    heat = '---\ntitle: Part\n---\nIt is hot.\n\nDrink.\n\n--8<-- "en/page.md"\n'
    write(tmp_path / "docs/en/parts/heat.md", heat)
    write(
        tmp_path / "translations/es/parts/heat.po",
        f'{CATALOG}\nmsgid "It is hot."\nmsgstr "Hace calor."\n\nmsgid "Drink."\nmsgstr "Beban."\n',
    )
    handbook = Handbook(tmp_path, Settings(("en", "es")))
    source = next(each for each in handbook.sources() if each.path == "page.md")
    text = handbook.translated(source, "es").text
    part = 'Hace calor.\n\nBeban.\n\n--8<-- "en/page.md"\n'
    assert f"# Page\n\n{part}\n- An item" in text
    assert '\n--8<-- "elsewhere.txt"\n' in text
    assert text.count("Hace calor.") == 2
    assert text.endswith('\n;--8<-- "en/parts/heat.md"\n\n```\n--8<-- "en/parts/heat.md"\n```\n')


def test_pages_that_include_a_part_are_known(tmp_path: Path) -> None:
    """A preview makes them again with it; one that includes itself ends."""
    write(tmp_path / "docs/en/page.md", PAGE)
    write(tmp_path / "docs/en/parts/heat.md", 'Hot.\n\n--8<-- "en/parts/more.md:2"\n')
    write(tmp_path / "docs/en/parts/more.md", '--8<-- "en/page.md"\n')
    write(tmp_path / "docs/en/other.md", "# Other\n")
    handbook = Handbook(tmp_path, Settings(("en", "es")))
    assert handbook.including("parts/heat.md") == ["page.md", "parts/more.md"]
    assert sorted(handbook.including("parts/more.md")) == ["page.md", "parts/heat.md"]
    assert handbook.including("other.md") == []
