"""A translation that changes the page is refused for its own fault, and takes no other along."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from unicodedata import normalize

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.bitext.catalog.units import Catalog, Unit
from handbook.bitext.files import write
from handbook.bitext.page import scan
from handbook.bitext.translate import assemble
from handbook.bitext.translate.proof import Original, faults
from handbook.press.core.config import load
from handbook.press.markdown import renderers
from rows import rows

RENDER = renderers.whole()

DEFINITIONS = "".join(f"Term {n} *(plural)*\n:   What {n} means.\n\n" for n in range(49))
WITH_IMAGE = DEFINITIONS + "Here is an ![image](x.png) in running text.\n"


def refused(text: str, translations: dict[int, str]) -> dict[int, str]:
    """Refuse translations of a page, given by index; all others say «message»."""
    page = scan.read(text)
    texts = [translations.get(n, f"«{s.message}»") for n, s in enumerate(page.segments)]
    return faults(Original(page, RENDER), texts)


@pytest.mark.long
@rows("sentence", ["Sentence {}.", "Sentence {} with `code`.", "**{}** *words*"])
@rows(
    ("count", "wrong"),
    [(10, [4]), (30, [4]), (100, [50]), (60, [10, 40]), (100, [0, 99]), (40, [*range(40)])],
)
@rows("form", ["{}\n\n", "- {}\n", "| {} |\n", "Term\n:   {}\n\n"])
def test_of_many_alike_only_the_wrong_ones_are_refused(
    sentence: str, count: int, wrong: list[int], form: str
) -> None:
    blocks = [form.format(sentence.format(n)) for n in range(count)]
    head = "| Head |\n| - |\n" if form.startswith("|") else ""
    page = scan.read(head + "".join(blocks))
    ours = [n for n, s in enumerate(page.segments) if s.message.strip("* ") not in ("Head", "Term")]
    bad = [ours[n] for n in wrong]
    found = refused(page.text, {n: page.segments[n].message + " `more`" for n in bad})
    assert found == dict.fromkeys(bad, "it adds the code 'more'")


@rows(
    ("number", "translation", "reason"),
    [
        (20, "Término `10`", "it adds the code '10'"),
        (98, "Aquí no hay nada.", 'it lacks <img alt="" src="x.png">'),
        (98, "An ![image](y.png).", 'it adds <img alt="" src="y.png">'),
        (21, "One <p>more</p>", "it adds <p>"),
        (21, "One <strong>more</strong>", "it adds <strong>"),
    ],
)
def test_a_reason_names_the_translations_own_fault(
    number: int, translation: str, reason: str
) -> None:
    assert refused(WITH_IMAGE, {number: translation}) == {number: reason}


@rows(
    ("message", "translation", "cure"),
    [
        ("Use `code` here.", "Usa code aquí.", "write `code`"),
        ("See [it](x.md).", "Ver [eso](x.es.md).", "write [your words](x.md)"),
        ("See [it](x.md 'T').", "Ver [eso](y.md “T”).", 'write [your words](x.md "T")'),
        ("See [it][ref].", "Ver [eso][eso].", "write [your words][ref]"),
        ("See [ref].", "Ver [eso].", "write [your words][ref]"),
        ("See https://a.org/b now.", "https://a.org/bを見て。", "write <https://a.org/b>"),
        ("See [ref][].", "Ver [eso][].", "write [your words][ref]"),
        ("An ![it](x.png) [sic].", "Una imagen [así].", "write ![your words](x.png)"),
        ("Use `a` and `a`.", "Usa `a` y otra vez.", "write `a`"),
        ("An [sic].", "Un `x` [así].", "use the markup of the message"),
        ("Now <https://a.org>.", "Ya <https://b.org>.", "write <https://a.org>"),
        ("A :smile: here.", "Una :sonrisa: aquí.", "write :smile:"),
        ("At {{ time }}.", "A las {{ hora }}.", "write {{ time }}"),
        ("At noon.", "A las {{ hora }}.", "delete it"),
    ],
)
def test_a_reason_says_what_to_write(message: str, translation: str, cure: str) -> None:
    page = scan.read(f"{message}\n\n[ref]: r.md\n")
    result = assemble.assemble(
        page, Catalog({}, (Unit(message, translation),)), Original(page, RENDER)
    )
    assert [each.reason.rpartition("; ")[2] for each in result.refusals] == [cure]


@rows(
    ("heading", "cure"),
    [
        ("## New in {{ version }} { #new }", []),
        ("## New in {% if x %} 2 {% endif %} { #new }", []),
        ("## New in {{ version }}", ["the heading of the page needs an id of its own: { #name }"]),
    ],
)
def test_a_heading_with_a_template_keeps_the_id_that_it_has(heading: str, cure: list[str]) -> None:
    page = scan.read(f"{heading}\n\nMore.\n")
    message = page.segments[0].message
    units = (Unit(message, message.replace("New in", "Novedades:")), Unit("More.", "Más."))
    result = assemble.assemble(page, Catalog({}, units), Original(page, RENDER))
    assert [each.reason.rpartition("; ")[2] for each in result.refusals] == cure
    assert ("Novedades" in result.text) is not cure
    assert "Más." in result.text


@rows(
    ("text", "cure"),
    [
        (
            "- Item\n\n    Term\n    :   Meaning\n\n        More of it.\n",
            "the page shows all of it as code: leave it, or mend what indents it there",
        ),
        (
            "Words <!-- to\n- More of it.\n- end -->\n",
            "the page has all of it in a comment: leave it, or end the comment before it",
        ),
    ],
)
def test_text_that_the_page_does_not_show_as_text_is_called_so(text: str, cure: str) -> None:
    page = scan.read(text)
    unit = Unit("More of it.", "Más de ello.")
    result = assemble.assemble(page, Catalog({}, (unit,)), Original(page, RENDER))
    [refusal] = result.refusals
    assert refusal.reason.partition("; ")[2] == cure


def test_emphasis_at_the_end_of_terms_may_move_or_go() -> None:
    """A marker beside `*` can make it a letter: then markers say nothing of these terms."""
    moved = {n: f"*(p)* Término {n}" for n in range(0, 98, 2)}
    dropped = {n: f"Término {n}" for n in range(0, 98, 2)}
    fault = {41: "One `more`"}
    assert not refused(WITH_IMAGE, moved)
    assert not refused(WITH_IMAGE, dropped)
    assert refused(WITH_IMAGE, moved | fault).keys() == fault.keys()
    assert refused(WITH_IMAGE, dropped | fault).keys() == fault.keys()


def test_a_reason_names_no_emphasis_that_may_go() -> None:
    found = refused("All of *it* in `code` is ![here](x.png).\n", {0: "*Todo* está en `code`."})
    assert found == {0: 'it lacks <img alt="" src="x.png">'}


@rows("translation", ["Lea la primera parte.", "Lea la **primera** parte."])
def test_emphasis_may_go_where_nothing_else_is_inline(translation: str) -> None:
    assert not refused("# T\n\nRead the **first** part.\n", {1: translation})


@rows(
    ("text", "translation"),
    [
        ("<p><b>Bold</b> and <i>more</i></p>\n", "Negrita y <i>más</i>"),
        ("A **bold**{ .red } word.\n", "Una palabra."),
        ("__All__\n:   It.\n", "Todo"),
        ('=== "**Tab**"\n    It.\n', "Pestaña"),
        ("| ***A*** |\n| - |\n| It |\n", "**A**"),
        ("**A**  \n**B**\n", "uno\ndos"),
    ],
)
def test_emphasis_may_go_in_every_dress(text: str, translation: str) -> None:
    page = scan.read(text)
    unit = Unit(page.segments[0].message, translation)
    result = assemble.assemble(page, Catalog({}, (unit,)), Original(page, RENDER))
    assert not result.refusals
    assert result.text != text


_LIST = "it lacks what an attribute list belongs to; keep"


@rows(
    ("text", "translation", "reason"),
    [
        # An id that links may lead to does not go with the emphasis.
        ("A **bold**{ #here } word.", "Una palabra.", f"{_LIST} **"),
        ("A [b](c.md){ .d } e.", "Una palabra.", f"{_LIST} [your words](c.md)"),
        ("[b](c.md){ .d } `e`{ .f }", "[b](c.md) sin ello", f"{_LIST} `e`"),
        # Without its list, the star is a part of the mark behind it.
        ("# *{ #id }**b**](", "b", f"{_LIST} *"),
        (
            "A `b`{ .c } line  \nand a line.",
            "Una `b` línea y una más.",
            "it has not as many lines as the message; write 2",
        ),
    ],
)
def test_what_an_attribute_list_belongs_to_is_kept(
    text: str, translation: str, reason: str
) -> None:
    page = scan.read(text + "\n")
    unit = Unit(page.segments[0].message, translation)
    result = assemble.assemble(page, Catalog({}, (unit,)), Original(page, RENDER))
    assert [each.reason for each in result.refusals] == [reason]


@rows(("page", "catalog"), [*product(("NFC", "NFD"), repeat=2)])
def test_decomposed_names_lead_where_the_source_leads(page: str, catalog: str) -> None:
    """Whoever typed the translation had another keyboard than whoever wrote the page."""
    message = "Read [más](reunión.md), `código`[^é] and <span title='é'>x</span>."
    own = "Lea [más](reunión.md), `código`[^é] y <span title='é'>x</span>."
    source = scan.read(normalize(page, f"{message}\n\n[^é]: Nota.\n"))
    unit = Unit(source.segments[0].message, normalize(catalog, own))
    result = assemble.assemble(source, Catalog({}, (unit,)), Original(source, RENDER))
    assert not result.refusals
    for name in ("(reunión.md)", "[^é]", "`código`", "<span title='é'>"):
        assert normalize(page, name) in result.text.partition("\n")[0]


@rows(
    ("text", "extensions", "is_box"),
    [
        ("/// tip\nHi.\n///\n", "pymdownx.blocks.admonition", True),
        ("Words\n/// tip\nmore.\n///\n", "pymdownx.blocks.admonition", True),
        ("/// tip\nHi.\n///\n", "admonition", False),
        ("Words\n/// tip\nmore.\n", "tables", False),
        ("/// tip\n    no: [\nyaml\n///\n", "pymdownx.blocks.admonition", False),
        ("!!! tip\n    Hi.\n", "admonition", True),
        ("!!! tip\n    Hi.\n", "tables", False),
        ("??? tip\n    Hi.\n", "pymdownx.details", True),
        ("??? tip\n    Hi.\n", "admonition", False),
    ],
)
def test_a_default_title_is_added_only_to_a_box(text: str, extensions: str, is_box: bool) -> None:
    def render(text: str) -> str:
        return markdown.markdown(text, extensions=[extensions])

    page = scan.read(text)
    result = assemble.assemble(page, Catalog({}, (Unit("Tip", "Consejo"),)), Original(page, render))
    assert ("Consejo" in result.text) is is_box
    assert is_box or result.text == text


def test_a_marker_that_changes_the_source_refuses_no_translation() -> None:
    """`#12` begins a line and is a link, where headings need a blank after their hashes."""
    options = {"repo_url_shorthand": True, "user": "a", "repo": "b", "provider": "github"}
    render = renderers.renderer(
        ["pymdownx.saneheaders", "pymdownx.magiclink"], {"pymdownx.magiclink": options}
    )
    original = Original(scan.read("#12 is done.\n\nMore.\n"), render)
    assert "/issues/12" in render("#12 is done.\n")
    assert not faults(original, [None, "Más."])


def test_translations_that_do_harm_only_together_are_told_from_the_others() -> None:
    """An element that one opens and another closes: neither changes the page by itself."""

    def render(text: str) -> str:
        body = RENDER(text)
        return body + "<hr>" if "open" in body and "close" in body else body

    page = scan.read("".join(f"Sentence {n}.\n\n" for n in range(20)))
    texts = [{3: "open", 15: "close"}.get(n, f"Frase {n}.") for n in range(20)]
    found = faults(Original(page, render), texts)
    assert found == {15: "with the translations before it, it adds <hr>"}


def test_what_does_harm_only_beside_itself_is_refused_for_that() -> None:
    """A sign in each of two equal items of one paragraph: together they are emphasis."""
    page = scan.read("As follows:\n- one\n- one\n\n| two |\n|-|\n| one |\n")
    units = (Unit("one", "un*o"), Unit("two", "dos"))
    result = assemble.assemble(page, Catalog({}, units), Original(page, RENDER))
    assert [each.reason.partition(";")[0] for each in result.refusals] == [
        "it adds <em> where the page has it more than once"
    ]
    assert result.text == "As follows:\n- one\n- one\n\n| dos |\n|-|\n| one |\n"


@rows(
    ("text", "translation"),
    [
        ("Read it.\n\n| A |\n| - |\n| Read it. |\n", "Lea\n\nesto."),
        ("# One\n\n- x\n\nOne\n", "Uno { #otro }"),
        ("---\ntitle: One\n---\n\n# One\n", "Uno `código`"),
        ("---\ntitle: One\n---\n\nOne\n", "Uno <b>dos</b>"),
        ("```mermaid\ngraph TD\n  a[One] --> b\n```\n\nOne\n", 'Uno "dos"'),
        ("```mermaid\ngraph TD\n  a[One] --> b\n```\n\nOne\n", "Uno <b>dos</b>"),
        ("![One](a.png)\n\nSee ![One](a.png) and One.\n\nOne\n", "Uno *dos*"),
        ("One\n\n- One\n\n    One\n\n> One\n", "1. Uno\n2. dos"),
    ],
)
def test_readers_see_a_translation_in_all_its_places_or_in_none(
    text: str, translation: str
) -> None:
    """What is refused in one place counts as missing, and is missing."""
    page = scan.read(text, keys=("title",))
    repeated = {each.message for each in page.segments if each.message in ("One", "Read it.")}
    units = tuple(Unit(message, translation) for message in repeated)
    result = assemble.assemble(page, Catalog({}, units), Original(page, RENDER))
    is_shown = text != result.text
    assert is_shown == bool(result.tally.current)
    assert is_shown or result.refusals


_WRONG = st.sampled_from(
    ["{} `x`", "*q* {}", "{} <p>x</p>", "{} <div>x</div>", "{} [y](z.md)", "**{}**", "{} <b>", "x"]
)
_TEXTS = st.sampled_from(
    ["- One *two*\n- Three `four`\n", "Five [six](x.md)\n\n", "> *Seven*\n\n",
     "Eight\n:   *Nine*\n\n",
     "| A | *B* |\n| - | - |\n| `c` | d |\n\n", "## Ten *eleven*\n\n", "Twelve ![a](b.png)\n\n"]
)  # fmt: skip


@pytest.mark.long
@settings(max_examples=60, deadline=None)
@given(st.lists(_TEXTS, min_size=1, max_size=8).map("".join), st.data())
def test_each_refused_translation_changes_the_page_by_itself(
    text: str, data: st.DataObject
) -> None:
    page = scan.read(text)
    original = Original(page, RENDER)
    wrong = data.draw(st.dictionaries(st.integers(0, len(page.segments) - 1), _WRONG))
    texts: list[str | None] = [
        wrong.get(n, "«{}»").format(s.message) if n in original.shown else None
        for n, s in enumerate(page.segments)
    ]
    found = faults(original, texts)
    for number in found:
        alone = [text if n == number else None for n, text in enumerate(texts)]
        assert not original.skeleton.allows(original.skeleton_of(alone))
    rest = [None if n in found else text for n, text in enumerate(texts)]
    assert original.skeleton.allows(original.skeleton_of(rest))


def test_an_extension_that_needs_mkdocs_costs_no_translation() -> None:
    options = {"material.extensions.preview": {"targets": {"include": ["*"]}}}
    render = renderers.renderer(["material.extensions.preview", "pymdownx.mark"], options)
    assert render("[a](b.md) ==c==") == '<p><a href="b.md">a</a> <mark>c</mark></p>'


@rows(
    ("extension", "text"),
    [
        ("pymdownx.tabbed", '=== "Two words"\n\n    Text.\n'),
        ("pymdownx.blocks.tab", "/// tab | Two words\nText.\n///\n"),
    ],
)
def test_ids_of_tabs_made_of_their_titles_refuse_no_translation(
    tmp_path: Path, extension: str, text: str
) -> None:
    slugs = "!!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}} "
    options = f"[{{{extension}: {{alternate_style: true, slugify: {slugs}}}}}]"
    write(tmp_path / "docs/en/index.md", "# A\n")
    write(tmp_path / "mkdocs.yml", f"site_name: x\nmarkdown_extensions: {options}\n")
    render = renderers.of(load(tmp_path))
    assert 'id="two-words"' in render(text)
    assert not faults(Original(scan.read(text), render), ["Dos palabras", None])
