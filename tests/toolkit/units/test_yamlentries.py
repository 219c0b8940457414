"""Settings are put into a mkdocs.yml, or taken out, and every other character stays."""

from __future__ import annotations

from typing import Any

import yaml

from handbook.bitext.project import yamlentries
from rows import rows

OPTIONS = {
    "docs_structure": "folder",
    "languages": [{"locale": "en", "default": True}, {"locale": "no", "name": "norsk"}],
}
TEXTS = [
    "site_name: x\n",
    "site_name: x",
    "site_name: x\nplugins:\n",
    "plugins: []\nnav: []\n",
    "plugins: [search]\n",
    "plugins: [search,\n  tags, # why\n]\nx: 1\n",
    "plugins:\n- search\n- tags:\n    a: |\n      b\n      c\n# next\n\nx: 1\n",
    "plugins:\n    - search:  # here\n    - a:\n        b:\n          - en # d\n\n# end\nx: 1\n",
    "plugins:\n  search: {}\n  a:\n    b: c\n",
    "plugins: {search: {}}\r\nx: 1\r\n",
    "# comment\n---\nsite_name: x\n...\n",
    "plugins: null # none\nx: 1\n",
    "x: !ENV [A, b]\nplugins:\n  - a: !!python/name:b.c\n",
]


def plugins(text: str) -> dict[str, Any]:
    """The plugins of a mkdocs.yml with their options."""
    loaded = yaml.safe_load(text.replace("!ENV", "").replace("!!python/name:b.c", "b"))["plugins"]
    items = [{each: {}} if isinstance(each, str) else each for each in loaded]
    return loaded if isinstance(loaded, dict) else {k: v for each in items for k, v in each.items()}


@rows("text", TEXTS)
def test_plugins_are_added_in_the_form_that_is_there(text: str) -> None:
    new = yamlentries.with_entries(text, "plugins", {"i18n": OPTIONS, "bitext": {}})
    found = plugins(new)
    assert list(found)[-2:] == ["i18n", "bitext"]
    assert found["i18n"] == OPTIONS
    assert [each for each in text.split() if each not in (*new.split(), "[]", "null")] == [
        each
        for each in ("[search]", "tags,", "{}}", "[search,")
        if each in text.split() and each not in new.split()
    ]
    assert ("\r\n" in new) == ("\r\n" in text)
    assert "\n" not in new.replace("\r\n", "") or "\r\n" not in text


CHANGED = [
    ("a: 1 # why\nb: 2\n", ["a"], "b: 2\n"),
    ("a: {b: 1, c: 2}\n", ["a", "b"], "a: {c: 2}\n"),
    ("a: {b: 1, c: 2}\n", ["a", "c"], "a: {b: 1}\n"),
    ("a:\n  b: 1\n# next\nc: 2\n", ["a", "b"], "a:\n  {}\n# next\nc: 2\n"),
    ("a:\n  - x:\n      b: 1\n      c: 2\n", ["a", "x", "b"], "a:\n  - x:\n      c: 2\n"),
    ("a:\n  - n: 1\n    l:\n      - 2\n    k: 3\n", ["a", "0", "l"], "a:\n  - n: 1\n    k: 3\n"),
    ("a:\n  - n: 1\n    k: 3\n", ["a", "0", "n"], "a:\n  - k: 3\n"),
    ("a: 1\n", ["b"], "a: 1\n"),
]


@rows(("text", "keys", "new"), CHANGED)
def test_a_setting_is_taken_out_with_its_lines_alone(text: str, keys: list[str], new: str) -> None:
    assert yamlentries.without(text, keys) == new


BEFORE = [
    ("plugins: [a, b, c]\n", "plugins: [a, x, b, c]\n"),
    ("plugins: [a, {b: {c: 1}}]\n", "plugins: [a, x, {b: {c: 1}}]\n"),
    ("plugins: [a, { b: {c: 1}}]\n", "plugins: [a, x, { b: {c: 1}}]\n"),
    (
        "plugins:\n  - a\n  - b: # why\n      c: 1\n",
        "plugins:\n  - a\n  - x\n  - b: # why\n      c: 1\n",
    ),
    ("plugins:\n- b\n", "plugins:\n- x\n- b\n"),
    ("plugins: [a]\n", "plugins: [a, x]\n"),
]


@rows(("text", "new"), BEFORE)
def test_an_entry_may_stand_before_another(text: str, new: str) -> None:
    assert yamlentries.with_entries(text, "plugins", {"x": {}}, "b") == new


def test_a_key_may_stand_before_another() -> None:
    made = yamlentries.with_entries("plugins:\n  a: {}\n  b: {c: 1}\n", "plugins", {"x": {}}, "b")
    assert made == "plugins:\n  a: {}\n  x: {}\n  b: {c: 1}\n"
    made = yamlentries.with_entries("plugins: {a: {}, b: {c: 1}}\n", "plugins", {"x": {}}, "b")
    assert made == "plugins: {a: {}, x: {}, b: {c: 1}}\n"
