"""A site that takes the plugin up looks as it did before: what it adds is beside what was there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from mkdocs.commands import build as mkdocs_build
from playwright.sync_api import BrowserContext

import hosting
from handbook.bitext.files import write
from handbook.press.core.config import load

SETTINGS = """\
site_name: A site
theme: {name: material, features: [navigation.tabs, navigation.path]}
copyright: Copyright &copy; 2026 R&D
markdown_extensions:
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - pymdownx.details
  - pymdownx.mark
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.tasklist: {custom_checkbox: true}
plugins:
  search: {}
  i18n: {docs_structure: folder, languages: [{locale: en, name: English, default: true}]}
"""
PAGE = """\
# Home

Some *text* that has ==marks==, `code`, a [link](#part) and a note.[^1]

## Part

!!! tip "A box"
    Its text.

??? question "Folded"
    Its text.

<div class="grid cards" markdown>

- **A card**

    Its text.

- **Another**

    Its text.

</div>

| Name | Number |
| ---- | ------ |
| One  | 1      |

Term
:   What it means.

- [ ] To do
- [x] Done

=== "A tab"

    Its text.

=== "Another"

    Its text.

> Somebody's words.

<figure markdown="span">
  <figcaption>A caption</figcaption>
</figure>

```python
pass
```

[^1]: A note.
"""
SHOWN = """h1, h2, p, p > [href="#part"], code, pre, mark, em, blockquote, .admonition,
    .admonition-title, details, summary, .cards > ul > li, table, th, td, dt, dd, .task-list-item,
    .task-list-indicator, .tabbed-labels, .tabbed-labels > label, figure, figcaption, .footnote"""
AROUND = """.md-typeset__scrollwrap, .md-typeset__table, .md-tabs__link, .md-nav__title,
    .md-nav__link, .md-footer-meta, .md-copyright"""
ON_PURPOSE = (
    ".md-typeset__scrollwrap background-image",  # a shade, where a table goes on beyond the edge
    ".tabbed-labels",  # titles that can all be read stand in several lines, each with its own mark
    ".md-nav__title",  # at the head of the drawer the title is whole
)
LOOKS = """() => {
    const properties = `color background-color background-image border-top border-bottom border-left
        border-right border-radius box-shadow font-family font-size font-weight font-style
        line-height letter-spacing list-style-type padding text-align text-decoration-line
        margin-left margin-right`.split(/\\s+/)
    const found = {}
    const look = (name, element, part) => {
        const style = getComputedStyle(element, part)
        for (const each of [...properties, ...(part ? ["content", "mask-image"] : [])])
            found[`${name}${part ?? ""} ${each}`] = style.getPropertyValue(each)
    }
    for (const [within, names] of [["article", SHOWN], ["body", AROUND]])
        for (const name of names.split(/,\\s*/)) {
            const element = document.querySelector(`${within} ${name}`)
            if (!element) continue
            for (const part of [null, "::before", "::after"]) look(name, element, part)
        }
    found["foot"] = document.querySelector(".md-copyright").innerText.split(/\\s+/).join(" ")
    return found
}"""


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """Where a site is without the plugin, and with it."""
    with ExitStack() as stack:
        found = []
        for plugin in ("", "  bitext: {books: false}\n"):
            root = tmp_path_factory.mktemp("site")
            write(root / "mkdocs.yml", f"{SETTINGS}{plugin}")
            write(root / "docs/en/index.md", PAGE)
            write(root / "docs/en/guide/more.md", PAGE.replace("# Home", "# More", 1))
            mkdocs_build.build(load(root))
            found.append(stack.enter_context(hosting.serve(root / "site")))
        yield found


@pytest.mark.parametrize("width", [1280, 800])
@pytest.mark.parametrize("page", ["", "guide/more/"])
def test_what_a_site_shows_looks_as_without_the_plugin(
    addresses: list[str], reader: BrowserContext, page: str, width: int
) -> None:
    looks = []
    for address in addresses:
        tab = reader.new_page()
        tab.set_viewport_size({"width": width, "height": 800})
        tab.goto(f"{address}/{page}")
        script = LOOKS.replace("SHOWN", f"`{SHOWN}`").replace("AROUND", f"`{AROUND}`")
        looks.append(tab.evaluate(script))
        tab.close()
    stock, ours = looks
    other = {each: (look, ours.get(each)) for each, look in stock.items() if look != ours.get(each)}
    assert {each: both for each, both in other.items() if not each.startswith(ON_PURPOSE)} == {}
    assert len(stock) > 20 * len(other)


def test_no_folder_of_a_language_is_a_section(addresses: list[str], reader: BrowserContext) -> None:
    tab = reader.new_page()
    tab.goto(f"{addresses[1]}/guide/more/")
    assert tab.locator(".md-path__item").all_inner_texts() == ["Home", "Guide"]
    assert "© 2026 R&D" in tab.locator(".md-copyright").inner_text()
    tab.close()


@pytest.mark.parametrize("page", ["", "guide/more/"])
def test_what_a_page_holds_is_in_no_box_of_ours(
    addresses: list[str], reader: BrowserContext, page: str
) -> None:
    """Material lets code, and more, reach the edges of a phone if it is the article's own."""
    tab = reader.new_page()
    tab.goto(f"{addresses[1]}/{page}")
    assert tab.locator("article > .highlight").count() == 1
    tab.close()
