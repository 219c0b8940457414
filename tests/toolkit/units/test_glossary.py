"""The glossary's terms on all pages: which are marked, what they show, who uses them."""

from __future__ import annotations

from unicodedata import normalize

from lxml import etree

from handbook.bitext.languages.registry import Languages
from handbook.press.core import tree
from handbook.press.markdown import renderers
from handbook.press.pages import glossary
from rows import rows

RENDER = renderers.whole()


def marked(text: str, language: str = "en", entries: str = "", older: str = "") -> list[str]:
    """The terms that are marked on a page, by what they lead to: `council: councils`."""
    read = glossary.read(
        tree.parse(RENDER(entries or ENTRIES[language])), Languages()[language], older
    )
    content = tree.parse(RENDER(text))
    unmarked = tree.html(content)
    keys = glossary.link(content, read, "g/")
    links = content.xpath(".//a[@class='term']")
    found = [(link.get("href").removeprefix("g/#"), link.text) for link in links]
    assert keys == list(dict.fromkeys(key for key, _ in found))
    for link in links:
        link.tag = "term"
    etree.strip_tags(content, "term")
    assert tree.html(content) == unmarked
    return [f"{key}: {term}" for key, term in found]


ENTRIES = {
    "en": """
council { #council }
:   A body in which people take part.

nested councils { #nested }
:   Councils in levels.

polity { #polity }
:   Where decisions are made.

branch { #branch }
:   The chapters of one country.

Consultative Committee (ICC) { #icc }
:   A body for the time being.

chapter / local group { #chapter }
:   People who meet.
""",
    "es": """
visión { #vision }
:   Una imagen.

consejos anidados { #nested }
:   Consejos en niveles.

condición previa { #precondition }
:   Una meta.

señales con las manos { #signals }
:   Gestos.
""",
    "ja": """
評議会 { #council }
:   話し合いの場。

入れ子型評議会 { #nested }
:   何段にもつながった評議会。

参加 { #participation }
:   加わること。

ビジョン { #vision }
:   大まかな絵。
""",
}


@rows(
    ("language", "text", "found"),
    [
        ("en", "A council, its councils.", ["council: council"]),
        ("en", "Councils met. Polities differ.", ["council: Councils", "polity: Polities"]),
        ("en", "**Councils** met, (councils) too.", ["council: Councils"]),
        ("en", "The branches met.", ["branch: branches"]),
        ("en", "A nested council is no council.", ["nested: nested council", "council: council"]),
        ("en", "nested\ncouncils", ["nested: nested\ncouncils"]),
        ("en", "The ICC, or Consultative Committee.", ["icc: ICC"]),
        ("en", "A local group.", ["chapter: local group"]),
        ("en", "A councillor; a by-council; inter-council talks; councils2.", []),
        ("en", "See the Council page. The consultative committee and an icc.", []),
        ("es", "Las visiones. ¿Visión? Visionaria.", ["vision: visiones"]),
        ("es", "¿Visión o no?", ["vision: Visión"]),
        ("es", "Un consejo anidado.", ["nested: consejo anidado"]),
        ("es", "Las condiciones previas.", ["precondition: condiciones previas"]),
        ("es", "Una señal con la mano.", ["signals: señal con la mano"]),
        ("es", "La página Visión, las previsiones y la división.", []),
        ("ja", "入れ子型評議会は評議会です。", ["nested: 入れ子型評議会", "council: 評議会"]),
        ("ja", "IOPSの評議会で", ["council: 評議会"]),
        ("ja", "参加者は参加しました。", ["participation: 参加"]),
        ("ja", "大評議会、評議会長、ビジョンマップ、テレビジョン", []),
    ],
)
def test_terms_are_found_in_their_simple_forms(language: str, text: str, found: list[str]) -> None:
    assert marked(text, language) == found


def test_a_term_is_marked_once_a_section() -> None:
    text = "A council.\n\nA council.\n\n## One\n\nA council.\n\n### Two\n\nA council.\n"
    assert marked(text) == ["council: council"] * 2


@rows(
    "text",
    [
        "# A council\n\n## A council\n\n### A council",
        "[A council](there.md) and `council`",
        "```\ncouncil\n```",
        '??? note "A council"\n    Text.',
        '!!! note "A council"\n    Text.',
        "- [ ] A council, on a label to be clicked",
        '=== "A council"\n\n    Text.',
        "| A council |\n| --- |\n| Text |",
        "council\n:   Text.",
        'Text <span lang="es">council</span>',
        'Text <small class="state">council</small>',
        '<figure class="diagram"><svg viewBox="0 0 1 1"><text>council</text></svg></figure>',
        "Text.[^1]\n\n[^1]: The council's minutes.",
        "A council of street dogs.\n{: .everyday }",
    ],
)
def test_words_that_are_no_running_text_are_left_alone(text: str) -> None:
    assert marked(text) == []


def test_what_stands_after_such_words_is_marked() -> None:
    text = "# A council\n\nText `x <b>` [council](a.md) councils."
    assert marked(text) == ["council: councils"]


@rows(
    "entry",
    [
        "council\n:   Has no id.",
        "council { #council .everyday }\n:   An everyday word.",
        "council { #council .everyday-es .everyday-en }\n:   An everyday word here.",
        'council { #council }\n:   <span class="missing" lang="es">Un órgano.</span>',
        '<span class="missing" lang="es">council</span> { #council }\n:   A body.',
    ],
)
def test_entries_that_are_not_marked(entry: str) -> None:
    assert marked("A council.", entries=entry) == []
    assert marked("A council.", entries=f"{entry}\n\npolity {{ #polity }}\n:   Text.") == []


def test_everyday_words_are_everyday_words_in_one_language() -> None:
    entry = "council { #council .everyday-es }\n:   A body."
    assert marked("A council.", entries=entry) == ["council: council"]


def test_several_names_share_an_entry() -> None:
    entry = "council { #council }\nboard\n:   A body."
    assert marked("The board.", entries=entry) == ["council: board"]


def test_a_definition_is_told_without_links_and_says_if_it_is_older() -> None:
    entry = (
        "council { #council }\n:   A *body*, see [there](there.md).\n\n"
        'polity { #polity }\n:   <span class="changed">As it was.</span>\n'
    )
    entries = glossary.read(tree.parse(RENDER(entry)), Languages()["en"], "older").entries
    assert entries["council"].definition == "A <em>body</em>, see there."
    assert entries["polity"].definition == (
        '<small class="state">older</small> <span class="changed">As it was.</span>'
    )


@rows("form", ["NFC", "NFD"])
def test_a_term_is_found_however_its_accents_are_written(form: str) -> None:
    other = {"NFC": "NFD", "NFD": "NFC"}[form]
    entries = normalize(other, ENTRIES["es"])
    text = normalize(form, "Una visión clara.")
    assert marked(text, "es", entries) == [normalize(form, "vision: visión")]


def test_definitions_of_one_term_are_joined_as_the_language_joins_sentences() -> None:
    text = "評議会 { #council }\n:   話し合いの場。\n\n:   決める場。\n"
    read = glossary.read(tree.parse(RENDER(text)), Languages()["ja"])
    assert read.entries["council"].definition == "話し合いの場。決める場。"
