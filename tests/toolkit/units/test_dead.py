"""Links that lead nowhere: each named once, with its line and the cure."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from handbook.bitext.files import write
from handbook.bitext.moving import dead
from handbook.bitext.problem import Problem
from handbook.bitext.project.handbook import Handbook
from handbook.press.core.editions import Editions
from handbook.press.plugin import deadlinks

SETTINGS = "validation: {links: {not_found: warn, anchors: warn}}\n"
HTML = '<h1 id="home">Home</h1><h2 id="all-of-it">All of it</h2>'
GOOD = """# Home { #top }

[a](more/friend.md), [b](more/friend.md#known "t"), [c](#top), [d](#all-of-it), [e](#p3.12),
[f](../es/more/friend.md), ![g](img/x%20y.png), [h](https://away.example/x.md), [i](more/friend/),
[j](mailto:a@handbook.example), [k](), [l](/x.md), <a href="x.md">m</a>, `[n](x.md)`, [o](#fn:1),
[p](../es/only.png), [q](http://[x), [r](more/caf\u00e9.md#home), [s](../es/more/caf%C3%A9.md),
![t](img/e\u0301.png), ![u](../es/img/\u00e9.png), ![v](../assets/o\u0301.png).

<!-- once [w](x.md) -->

```md
[r](x.md)
```

[ref]: <more/friend.md#known>
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path / "pyproject.toml", '[tool.handbook]\nlanguages = ["en", "es"]\n')
    write(tmp_path / "mkdocs.yml", SETTINGS)
    write(tmp_path / "docs/redirects.yml", "old.md: more/friend.md\n")
    write(tmp_path / "docs/en/index.md", GOOD)
    write(tmp_path / "docs/en/more/way.md", "# Way\n")
    write(tmp_path / "docs/en/img/x y.png", "")
    write(tmp_path / "docs/en/img/\u00e9.png", "")
    write(tmp_path / "docs/assets/\u00f3.png", "")
    write(tmp_path / "docs/en/more/cafe\u0301.md", "# Café\n")
    write(tmp_path / "docs/es/only.png", "")
    write(tmp_path / "docs/es/more/friend.md", "# Amiga\n\n<a id=known></a>\n")
    return tmp_path


def found(root: Path) -> list[str]:
    handbook = Handbook.open(root, render=lambda text: HTML)
    return [str(link.problem) for link in dead.dead_links(handbook)]


def test_what_leads_somewhere_or_is_no_link_of_ours_is_not_named(root: Path) -> None:
    assert found(root) == []


def test_a_page_that_was_renamed_is_found_by_what_its_catalog_says(root: Path) -> None:
    """Where git or a browser has renamed it, and not `handbook move`, which changes links."""
    text = "# Roles\n\nEverybody has a part in the dull work, and a part in the rest of it.\n"
    write(root / "docs/en/more/roles.md", text)
    unit = 'msgid "{}"\nmsgstr "x"\n'.format
    units = map(unit, (text.splitlines()[0].removeprefix("# "), text.splitlines()[2]))
    write(root / "translations/es/more/role.po", "\n".join(['msgid ""\nmsgstr ""\n', *units]))
    write(root / "docs/en/index.md", "# Home\n\n[a](more/role.md)\n")
    move = "handbook move docs/en/more/role.md docs/en/more/roles.md"
    assert found(root) == [
        "docs/en/index.md:3: a link leads to more/role.md, which is more/roles.md now; write that,"
        f" or give it back its name, and all links follow: {move}"
    ]


def test_of_two_files_that_look_alike_only_one_that_is_named_exactly_is_meant(root: Path) -> None:
    for name in ("a\u0301e\u0301", "\u00e1\u00e9"):
        write(root / f"docs/en/{name}.md", "# A\n")
    write(
        root / "docs/en/index.md",
        "[a](a\u0301e\u0301.md) [b](\u00e1\u00e9.md) [c](a\u0301\u00e9.md)\n",
    )
    assert [each.partition(",")[0] for each in found(root)] == [
        "docs/en/index.md:1: a link leads to a\u0301\u00e9.md"
    ]


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("[a](none.md)", "none.md, and there is no such page; write the path of a page, or take"),
        ("[a](none.md?x=1#y)", "none.md?x=1#y, and there is no such page; "),
        (
            "[a](more/frend.md)",
            "more/frend.md, and there is no such page (did you mean more/friend.",
        ),
        ("[a](friend.md)", "friend.md, and there is no such page (did you mean more/friend.md?)"),
        ("[a](old.md)", "old.md, which has moved; write more/friend.md"),
        ("![a](img/z.png)", "img/z.png, which is not there; add the file, write its name as it is"),
        (f"![a]({'a' * 300}.png)", "aaa.png, which is not there"),
        ("[a](../fr/index.md)", "../fr/index.md, and there is no such page"),
        (
            "[a](../../mkdocs.yml)",
            "mkdocs.yml, which is outside of docs/ and not on the site;",
        ),
        ("[a](#topp)", "#topp, and docs/en/index.md has no #topp; write the id of a heading"),
        ("[a](#all-of-its)", "(did you mean #all-of-it?)"),
        ("[a](more/friend.md#x)", "docs/es/more/friend.md has no #x"),
        ("[a]\n\n[a]: none.md", "none.md, and there is no such page"),
        ("[a](none.md) [b](none.md)", "none.md, and there is no such page"),
    ],
)
def test_a_dead_link_is_named_once(link: str, fault: str, root: Path) -> None:
    write(root / "docs/en/index.md", f"---\ntitle: A\n---\n\n# Home\n\n{link}\n")
    [told] = found(root)
    line = 9 if "]: " in link else 7
    assert told.startswith(f"docs/en/index.md:{line}: a link leads to ")
    assert fault in told


@pytest.mark.parametrize("setting", ["not_found", "anchors"])
def test_a_site_may_not_mind(setting: str, root: Path) -> None:
    write(root / "docs/en/index.md", "[a](none.md) and [b](#none)\n")
    assert len(found(root)) == 2
    write(root / "mkdocs.yml", SETTINGS.replace(f"{setting}: warn", f"{setting}: info"))
    assert len(found(root)) == (0 if setting == "not_found" else 1)


def test_what_mkdocs_says_in_each_language_becomes_one_problem_of_the_page(root: Path) -> None:
    write(root / "docs/en/index.md", "[a](none.md)\n\n[a](none.md)\n")
    editions = Editions(Handbook.open(root))
    dead_links = deadlinks.install(editions)
    assert dead_links.tells_of(Problem("docs/en/index.md", 1, "a link leads to none.md"))
    assert dead_links.tells_of(Problem("translations/es/index.po", 9, "a link leads to none.md"))
    assert not dead_links.tells_of(Problem("docs/en/more/way.md", 1, "a link leads to none.md"))

    def told(file: str, link: str) -> list[str]:
        words = f"Doc file '{file}' contains a link '{link}', but the target is not found."
        record = logging.LogRecord("mkdocs", logging.WARNING, "", 0, words, (), None)
        return [str(record.msg)] if dead_links.filter(record) else []

    assert told("es/index.md", "none.md") == []
    both = told("en/index.md", "none.md") + told("en/index.md", "none.md")
    assert [each[:19] for each in both] == ["docs/en/index.md:1:", "docs/en/index.md:3:"]
    assert told("en/index.md", "none.md") == []
    # What is not ours is left as MkDocs says it.
    assert told("es/index.md", "other.md")[0].startswith("Doc file 'es/index.md'")


@pytest.mark.parametrize("level", [logging.WARNING, logging.INFO])
@pytest.mark.parametrize(("kind", "link"), [("absolute", "/a/"), ("unrecognized relative", "a/")])
def test_a_link_that_mkdocs_leaves_as_it_is_is_told_once(
    root: Path, kind: str, link: str, level: int
) -> None:
    write(root / "docs/en/index.md", f"# A\n\n[a]({link})\n")
    told = deadlinks.install(Editions(Handbook.open(root)))
    words = f"contains an {kind} link '{link}', it was left as is."
    records = [
        logging.LogRecord("mkdocs", level, "", 0, f"Doc file '{code}/index.md' {words}", (), None)
        for code in ("en", "es")
    ]
    assert [told.filter(each) for each in records] == [True, False]
    assert str(records[0].msg).startswith(f"docs/en/index.md:3: a link leads to {link}, which is ")
