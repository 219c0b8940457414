"""Laws 1 to 3: what a page is, and what a translation can do to it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import markdown
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from folders import CORPUS
from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.page import frontmatter, scan, segments
from handbook.bitext.translate import assemble, skeleton, splice
from handbook.bitext.translate.proof import NOT_RENDERED, Original
from handbook.press.markdown import renderers
from rows import rows

# The extensions of the sites whose pages the corpus holds, by folder.
_MATERIAL = (
    "admonition attr_list def_list footnotes md_in_html abbr tables toc pymdownx.betterem"
    " pymdownx.caret pymdownx.tilde pymdownx.mark pymdownx.details pymdownx.emoji"
    " pymdownx.inlinehilite pymdownx.keys pymdownx.magiclink pymdownx.smartsymbols"
    " pymdownx.superfences pymdownx.tabbed pymdownx.tasklist pymdownx.arithmatex"
    " pymdownx.escapeall pymdownx.fancylists pymdownx.saneheaders pymdownx.progressbar"
    " pymdownx.critic pymdownx.striphtml pymdownx.blocks.admonition pymdownx.blocks.details"
    " pymdownx.blocks.tab pymdownx.blocks.html pymdownx.blocks.definition"
    " pymdownx.blocks.caption smarty"
)
SITES = {
    "pymdown-extensions": _MATERIAL,
    "mkdocs": "toc tables attr_list def_list footnotes md_in_html admonition pymdownx.superfences",
    "openai-agents": "toc tables attr_list md_in_html admonition pymdownx.details"
    " pymdownx.superfences pymdownx.inlinehilite pymdownx.tabbed pymdownx.emoji",
}
_TYPES = "new settings note warning tip danger success failure question info example".split()
OPTIONS = {
    "pymdownx.escapeall": {"hardbreak": True, "nbsp": True},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.blocks.admonition": {"types": _TYPES},
    "pymdownx.blocks.details": {"types": [{"name": f"details-{t}", "class": t} for t in _TYPES]},
}
_CJK = "[\u3000-\u9fff\uff00-\uff9f]"


@cache
def renderer(extensions: str) -> markdown.Markdown:
    names = extensions.split()
    options = {name: value for name, value in OPTIONS.items() if name in names}
    return markdown.Markdown(extensions=names, extension_configs=options)


def html_of(converter: markdown.Markdown, text: str) -> str:
    """What a page becomes, white space in running text folded."""
    converter.reset()
    end = frontmatter.end(text)
    front = yaml.safe_load(text[:end].strip("\ufeff-. \r\n")) if end else None
    parts = re.split(r"(<pre\b.*?</pre>)", converter.convert(text[end:]), flags=re.DOTALL)
    for number in range(0, len(parts), 2):
        folded = re.sub(r"\s+", " ", parts[number])
        parts[number] = re.sub(f"(?<={_CJK}) (?={_CJK})", "", folded)
    return repr(front) + "".join(parts)


def bracketed(source: segments.Page) -> str:
    """The page with every message in ⟦brackets⟧; addresses are no words."""
    return splice.splice(
        source, [None if s.kind == "address" else f"⟦{s.message}⟧" for s in source.segments]
    )


def unbracketed(text: str) -> str:
    return re.sub("[⟦⟧]", "", text)


def test_untranslated_pages_come_back_byte_for_byte(corpus: list[Path]) -> None:
    for file in corpus:
        text = file.read_bytes().decode()
        source = scan.read(text)
        assert splice.splice(source, [s.message for s in source.segments]) == text, file
        assert splice.splice(source, [None] * len(source.segments)) == text, file


@rows(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("    ", "\t"),
        lambda text: text.replace("\n\n", "  \n\n"),
    ],
)
def test_bytes_are_kept_in_every_dress(corpus: list[Path], change: Callable[[str], str]) -> None:
    for file in corpus[::5]:
        text = change(file.read_bytes().decode())
        source = scan.read(text)
        assert splice.splice(source, [s.message for s in source.segments]) == text, file


@rows("site", SITES)
def test_brackets_change_nothing_but_words(site: str, corpus: list[Path]) -> None:
    converter = renderer(SITES[site])
    pages = [file for file in corpus if file.relative_to(CORPUS).parts[0] == site]
    broken = [
        file.name
        for file in pages
        if (text := file.read_bytes().decode())
        and html_of(converter, text) != unbracketed(html_of(converter, bracketed(scan.read(text))))
    ]
    assert broken == []


@rows(
    ("text", "extensions"),
    [
        ("/// fancylists | type=I\nV.   item V\nVI.  item VI\n///\n", "pymdownx.blocks.admonition"),
        ("iv.  four\nv.   five\n", "pymdownx.fancylists pymdownx.saneheaders"),
        ("V.   five\nVI.  six\n", "pymdownx.fancylists"),
        ("__This is strong_ because of what is around it.__\n", "pymdownx.betterem"),
        ("**This is strong* because of what is around it.**\n", "pymdownx.betterem"),
        ("__This is strong_ because of what is around it.__\n", ""),
        ('[a]: x.md\n  "One"\n\n[a]\n', ""),
        ("> [a]:\n>   http://example.org\n>   (One two)\n>\n> [a]\n", ""),
        ("[a]: x.md\n[b]: y.md\n'Two'\nMore [a] [b]\n", ""),
        ("[a]:\nsome words\n", ""),
        ("One\\\\\ntwo\\\\\n{{ three }}\n", "pymdownx.escapeall"),
        ("One\\\n{{ two }}\nthree\\\n- four\n", "pymdownx.escapeall"),
        ("One\ntwo\n---\nThree\n", ""),
        ("> One\n> two\n> -----  \n> Three\n", ""),
        ("- One\n  two\n---\n- Three\n", ""),
        ("One\ntwo\n--\n\nOne\n---\n\nOne\ntwo\n===\n", ""),
        ("- One\n    two\n    ---\n", ""),
        ("Term\n:   One\n    two\nNext\n:   Three\r\n    four\r\nLast\n:   Five\n", ""),
        ("- Term\n: One\n  two\n- Next\n: Three\n  four\n", ""),
        ("- One\n---\n\n> Two\n---\n\n1. Three\n\n    four\n---\n\n- [ ] Five\n===\n", ""),
        ("> > One\n> ---\n> Two\n\n- Three\n    - Four\n    ---\n", ""),
        ("One with a tab\t\ntwo \t\nthree\t\n\n> - Four\t\n>   five\n", ""),
        ("\ufeff```\na\n```\nb\n", "pymdownx.superfences"),
        ("\ufeff> One\n> two\n", ""),
        ("> One\n<!-- a\n\nb -->\n\n> Two\n<div>\n\nThree</div>\n", ""),
        ("One [a].\n[a]:\nx.md 'Two'\nThree.\n", ""),
        ("- One [a].\n  [a]:\n  <x.md>\n  (Two)\n- Three\n", ""),
        ("> One [a].\n> [a]:\n> x.md\n> Two\n", ""),
        ("One [a].\n[a]:\nsome words\nTwo.\n", ""),
        ("- One\n\n    <table>\n    <tr>\n        <td>Two</td>\n    </tr>\n    </table>\n", ""),
        ("- One\n\n    <p>Two  \n    three</p> [a](b){ .c }\n", ""),
        ("1. One\n    <div>\n        Two\n    </div>\n2. Three\n", ""),
        ("> <div>\n>     One\n> </div>\n> Two\n", ""),
        ("!!! note\n    > <table>\n    >     <td>One</td>\n    > </table>\n", "admonition"),
        ("- One\n\n    <style>\n    a {}\n\n    # b\n    </style>\n\n    Two\n", ""),
        ("<p markdown>\n    One  \n    - two\n\n    # three\n</p>\n", "md_in_html"),
        ('<div markdown="block">\n    One\n\nTwo\n</div>\n', "md_in_html"),
    ],
)
def test_brackets_keep_what_depends_on_its_neighbours(text: str, extensions: str) -> None:
    converter = renderer(extensions)
    source = scan.read(text)
    assert source.segments
    assert unbracketed(html_of(converter, bracketed(source))) == html_of(converter, text)


@rows(
    "text",
    [
        "- one\n- two\n: def\n: def two\n",
        "1. one\n  more\n:    def\n",
        "- a\n: b\n    c\n- d\n: e\nlazy\n\nText\n",
        "- [x] task\n- [ ] other\n: def\n  more\n",
        "> - a\n> : b\n",
        '!!! note "A"\n    - x\n    : y\n',
        "- a\n: - b\n",
        "- # H\n: b\n",
        "a. one\nb. two\n: def\n",
        "- A\n- B\n\n: c\n",
        "# H\n: b\n",
        "Term\n:\tb\n\tc\n",
        "Term\n:         b\n",
        "| a | b |\n|---|---|\n| c | d |\n\n: x y\n",
        "    code\n\n: b\n",
        "Text\n\n[a]: x\n\n: b\n",
        "> q\n\n: b\n",
        "- : b\n",
        "\n: b\n",
        "- ```py\n    # A\n    ```\n    after\n- ``` x ```\n",
        "T\n:   a\n\n    b\nU\n:   c\n",
        "T\n:   a\n\n    - b\n    - c\nU\n:   d\n",
        "X[^1].\n\n[^1]: a\n\n    b\n: c\n",
        "X[^1].\n\n[^1]:\n    a\n\n    b\n\n\n    !!! c\n\n[^2]: d\n",
        "T\n:   a\nb\n1. c\n",
        "| a |\n|---|\n| b |\nc\n",
        "| a |\n|---|\nb |\n# C\nd\n\na |\n--- |\n> b\n\n> | a |\n> |---|\n> b\n",
    ],
)
def test_brackets_keep_definitions_and_code_of_items(text: str) -> None:
    converter = renderer(_MATERIAL)
    source = scan.read(text)
    shown = html_of(converter, text)
    assert unbracketed(html_of(converter, bracketed(source))) == shown


@rows(
    "text",
    [
        "One\ntwo\nthree.\n",
        "One \ntwo\\\nthree  \nfour\n",
        "- One\n  two\n- Three\nfour\n",
        "> One\n> two\n",
        "A\nB\n:   One\n    two\n",
        "Text[^1].\n\n[^1]: One\n    two\n",
        "<div markdown>\nOne\ntwo\n</div>\n",
        "<p markdown>One\ntwo</p>\n",
        "One\ntwo <div>x\ny</div> three\nfour\n",
        "One **a\nb** two `c\nd` [e\nf](g)\n",
        "![a](b)\n![c d](e)\n",
        "3,500\n2,900\n",
        "日本\n語の\n文\n",
        "One\n<!-- note -->\ntwo\n",
        "One\ntwo\n{: .x }\n",
        "One\n[a]: b c\n2014. two\n",
        "One\r\ntwo\r\n",
        "<p>One\ntwo</p>\n",
    ],
)
def test_brackets_keep_the_lines_of_nl2br(text: str) -> None:
    converter = renderer(f"{_MATERIAL} nl2br")
    source = scan.read(text, keeps_lines=True)
    assert splice.splice(source, [s.message for s in source.segments]) == text
    shown = html_of(converter, text)
    assert unbracketed(html_of(converter, bracketed(source))) == shown
    assert all(("\n" in s.message) == (len(s.spans) > 1) for s in source.segments)


@rows(
    ("text", "translation", "made"),
    [
        ("a\\\n\\\nb\n", "x\n\ny", "x\\\n\\\ny\n"),
        ("a\\\n\\\nb\n", "x\ny", "x\\\n\\\ny\n"),
        ("\\\nb\n", "y", "\\\ny\n"),
        ("a  \nb\n", "x\n\ny\n", "x  \ny\n"),
    ],
)
def test_an_empty_line_of_a_message_stays_empty(text: str, translation: str, made: str) -> None:
    source = scan.read(text)
    assert splice.splice(source, [translation]) == made


@rows(
    ("text", "messages"),
    [
        ("a <hr> >\n", ["a"]),
        ("See <div>b</div>>\n", ["See", "b"]),
        ("/// details | C\n    attrs:\n    title: D\n      e\n\nf\n///\n", ["C", "f"]),
        ("The 3.\nand on\n12. May\n", ["The 3. and on 12. May"]),
        ("> Before\n> 2014. After\n", ["Before 2014. After"]),
        ("   One\n2. two\n", ["One", "two"]),
        ("```\na\n```\nOne\n2. two\n", ["One", "two"]),
        ("One:\n1. two\n2. three\n", ["One:", "two", "three"]),
        ("One.\n3. two\n4. three\n", ["One.", "two", "three"]),
        ("[//]: # (One)\n[comment]: <> (Two)\n\n[a]: b (Three)\n", ["Three"]),
        ("One.\n- two\n3. three\n", ["One.", "two", "three"]),
    ],
)
def test_what_only_looks_like_an_item_or_a_title_is_no_message_of_its_own(
    text: str, messages: list[str]
) -> None:
    assert [s.message for s in scan.read("# A\n\n" + text).segments] == ["A", *messages]


_BLANKS = ["\u00a0", "\u2003", "\u3000", "\u202f", "\u2028", "\u00a0 \u00a0", "\u3000\u2003"]


@rows("blank", _BLANKS)
@rows(
    "text",
    [
        "{}Words.{}\n",
        "- {}Words.{}\n",
        "{}\nWords.\n{}\n",
        "# {}Words.{}\n",
        "| {}Words.{} | 1 |\n|---|---|\n",
        "T\n: {}Words.{}\n",
        "[^1]: {}Words.\n\n1[^1]\n",
        "<!-- a -->{}Words.{}<!-- b -->{}\n",
        '!!! note "1"\n    {}Words.\n',
        '=== "{}Words."\n    1\n',
    ],
)
def test_blanks_of_any_kind_begin_and_end_no_message(blank: str, text: str) -> None:
    text = text.replace("{}", blank)
    source = scan.read(text)
    assert "Words." in [s.message for s in source.segments]
    assert all(s.message == s.message.strip() for s in source.segments)
    translations = [s.message.replace("Words", "Más") for s in source.segments]
    assert splice.splice(source, translations) == text.replace("Words", "Más")


_NEVER = re.compile(
    r"^(?:!!! |\?\?\?|=== \"|/// |```|~~~|--8<--|\{\*)|(?<=[)\]])\{:?\s*[.#][\w-]+\s*\}",
    re.MULTILINE,
)


def test_no_marker_stands_in_a_message(corpus: list[Path]) -> None:
    for file in corpus:
        for segment in scan.read(file.read_bytes().decode()).segments:
            if segment.kind not in ("code", "html"):
                assert not _NEVER.search(segment.message), (file, segment)


# Code, formulas, keys, references to Python objects and generated pages: no words of the page.
_NOT_WORDS = re.compile(
    r"<(pre|code|script|style|svg|math|kbd)\b.*?</\1>"
    r'|<(div|span) class="(?:arithmatex|progress)\b.*?</\2>'
    r"|\[\]\[[\w.]+\]|\[:[\w-]+:\]\[_\w+\]\S*|<p>:::.*?</p>|/{3,}[^\n]*|<[^>]*>|&[#\w]+;",
    re.DOTALL,
)


def test_nearly_every_visible_letter_stands_in_a_message(corpus: list[Path]) -> None:
    """Counted on the rendered page, code left out: at least 99.5 % of the letters."""
    inside = outside = 0
    converters = {site: renderer(extensions) for site, extensions in SITES.items()}
    for file in corpus:
        text = file.read_bytes().decode()
        converter = converters[file.relative_to(CORPUS).parts[0]]
        source = scan.read(text)
        texts = [
            None if s.kind in NOT_RENDERED else "\ue6a1" + s.message + "\ue6a2"
            for s in source.segments
        ]
        converter.reset()
        shown = converter.convert(splice.splice(source, texts)[frontmatter.end(text) :])
        shown = _NOT_WORDS.sub("", shown)
        messages = re.findall("\ue6a1([^\ue6a1\ue6a2]*)\ue6a2", shown)
        letters = sum(map(str.isalpha, shown))
        inside += sum(map(str.isalpha, "".join(messages)))
        outside += letters - sum(map(str.isalpha, "".join(messages)))
    assert inside / (inside + outside) >= 0.995, (inside, outside)


STARTS = """2014. |2014) |- |* |+ |# |###### |#hash |> |>> |=== "x"|===|!!! note|!!! |??? note
???|    four|\tTab|---|***|___|* * *|[^1]: |[x]: y|*[X]: z|:   |: a|/// x|///|| a | b
a. |A. |i. |(1) |1. |[ ] |[x] |::: x""".replace("\n", "|")


def starts() -> list[str]:
    return [start for start in STARTS.split("|") if start]


CONTAINERS = {
    "paragraph": "Words.\n",
    "item": "- Words.\n",
    "numbered item": "1. Words.\n",
    "second paragraph": "- Item.\n\n    Words.\n",
    "quote": "> Words.\n",
    "admonition": '!!! note "Title"\n    Words.\n',
    "definition": "Term\n:   Words.\n",
    "footnote": "Text[^1].\n\n[^1]: Words.\n",
    "cell": "| A | B |\n| - | - |\n| Words. | c |\n",
    "heading": "## Words.\n",
    "tab": '=== "Words."\n    Text.\n',
    "setext": "Words.\n======\n",
}


@cache
def contained(container: str) -> tuple[segments.Page, skeleton.Skeleton]:
    """A page whose words are in a container, and what a translation must not change of it."""
    source = scan.read(CONTAINERS[container])
    return source, skeleton.skeleton(renderers.whole()(source.text))


@rows("start", starts())
def test_what_begins_like_a_block_comes_out_as_words(start: str) -> None:
    translation = f"{start.strip()} fin"
    render_page = renderers.whole()
    for container in CONTAINERS:
        source, bones = contained(container)
        texts = [translation if s.message == "Words." else None for s in source.segments]
        made = render_page(splice.splice(source, texts))
        made = re.sub(r'(<h[12] id=)"[^"]*"', r'\1"words"', made)
        assert bones.allows(skeleton.skeleton(made)), (container, made)
        plain = re.sub(r"<[^>]*>", "", made)
        said = re.sub(r"\s+", " ", html.unescape(plain))
        assert re.sub(r"\s+", " ", translation) in said, (container, made)


# Pages made from a grammar of the dialect.
_WORDS = st.sampled_from(
    ["Alpha beta.", "*strong* and `code`", "a [link](x.md) here", "日本語の文。", "x | y", "1 < 2"]
)


def _indented(text: str) -> str:
    return "".join("    " + line if line.strip() else line for line in text.splitlines(True))


_LEAF = st.one_of(
    _WORDS.map(lambda w: w + "\n"),
    st.tuples(_WORDS, _WORDS).map(lambda pair: f"{pair[0]}\n{pair[1]}\n"),
    _WORDS.map(lambda w: f"## {w} {{ #id }}\n"),
    _WORDS.map(lambda w: f"```\n{w}\n```\n"),
    _WORDS.map(lambda w: f"{w}  \n{w}\n"),
    st.just("| a | b |\n|---|---|\n| `x|y` | z |\n"),
    st.just("---\n"),
    st.just("<div>\n<p>Raw <b>text</b></p>\n</div>\n"),
    st.just("<!-- comment -->\n"),
    st.just('--8<-- "file.md"\n'),
)
_BLOCK = st.recursive(
    _LEAF,
    lambda inner: st.one_of(
        st.tuples(_WORDS, inner).map(lambda p: f"- {p[0]}\n\n{_indented(p[1])}"),
        st.tuples(_WORDS, inner).map(lambda p: f'!!! note "{p[0]}"\n{_indented(p[1])}'),
        st.tuples(_WORDS, inner).map(lambda p: f'=== "{p[0]}"\n\n{_indented(p[1])}'),
        st.tuples(_WORDS, inner).map(lambda p: f"1. {p[0]}\n{_indented(p[1])}"),
        st.tuples(_WORDS, inner).map(lambda p: f"Term\n:   {p[0]}\n\n{_indented(p[1])}"),
        inner.map(lambda text: "".join("> " + line for line in text.splitlines(True))),
        inner.map(lambda text: f"/// note | Title\n{text}///\n"),
    ),
    max_leaves=6,
)
_PAGE = st.lists(_BLOCK, max_size=6).map("\n".join)


@pytest.mark.long
@settings(max_examples=250, deadline=None)
@given(_PAGE)
def test_made_pages_keep_laws_1_and_2(text: str) -> None:
    keeps_laws(text)


@settings(max_examples=250, deadline=None)
@given(st.text(st.sampled_from('ab \n>-*#|`!=/[]{}<&"1._語'), max_size=120))
def test_noise_keeps_laws_1_and_2(text: str) -> None:
    keeps_laws(text)


def keeps_laws(text: str) -> None:
    source = scan.read(text)
    assert splice.splice(source, [s.message for s in source.segments]) == text
    render_page = renderers.whole()
    texts = [None if s.kind in NOT_RENDERED else f"⟦{s.message}⟧" for s in source.segments]
    result = assemble.assemble(source, _catalog(source, texts), Original(source, render_page))
    before = skeleton.skeleton(render_page(text[frontmatter.end(text) :]))
    assert before.allows(skeleton.skeleton(render_page(result.text[frontmatter.end(text) :])))


def _catalog(source: segments.Page, texts: list[str | None]) -> Catalog:
    units = {
        s.message: Unit(s.message, t or "", note=s.kind)
        for s, t in zip(source.segments, texts, strict=True)
    }
    return Catalog({}, tuple(units.values()))


_NOISE = st.text(st.sampled_from("ab \t\n\r>-*+#|`~:!?=/[](){}<&\"'1.^$_\\語"), max_size=200)


@settings(max_examples=400, deadline=None)
@given(_NOISE)
def test_noise_raises_nothing_and_keeps_law_1(text: str) -> None:
    source = scan.read(text)
    assert splice.splice(source, [s.message for s in source.segments]) == text
    for segment in source.segments:
        splice.replacing(text, segment, "words")


@rows(
    "text",
    [">" * 5000, "- " * 5000, "> - " * 2000, "    " * 3000 + "x", "[" * 5000, "<a " * 5000,
     "<p " + "a  " * 5000 + "<", "`" * 5001, "*[" * 3000, "{" * 5000, "|" * 5000 + "\n|-|\n",
     "(" * 5000, "![" * 3000, "<!--" * 3000, "\\" * 5001, "a\n" * 20000],
)  # fmt: skip
def test_extremes_end_soon(text: str) -> None:
    source = scan.read(text)
    assert splice.splice(source, [s.message for s in source.segments]) == text


@rows("text", ["![][](", "[![alt][ref]](#x)", "![a][b] ![c](d)", "[![a][]](b)", "![a][](b"])
def test_an_image_without_an_address_is_read(text: str) -> None:
    keeps_laws(text + "\n")


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_mutated_pages_keep_laws_1_and_2(corpus: list[Path], data: st.DataObject) -> None:
    pages = [file for file in corpus if file.stat().st_size < 9000]
    lines = data.draw(st.sampled_from(pages)).read_bytes().decode().splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 4))):
        i = data.draw(st.integers(0, len(lines) - 1))
        j = data.draw(st.integers(0, len(lines) - 1))
        if data.draw(st.booleans()):
            lines[i], lines[j] = lines[j], lines[i]
        elif len(lines) > 1:
            del lines[i]
    keeps_laws("".join(lines))
