"""Emphasis in languages without italics: which has dots over its letters."""

from __future__ import annotations

from handbook.bitext.languages.registry import Languages
from handbook.press.core import tree
from handbook.press.pages import emphasis
from rows import rows


@rows(
    ("language", "words", "kind"),
    [
        ("ja", "支部", None),
        ("ja", "Parecon", "other-script"),
        ("ja", "<a href='x'>Tierra y libertad</a>", "other-script"),
        ("ja", "『Parecon』を読む", None),
        ("ja", "毎週土曜の9時から13時まで、朝市にブースを出す。", "long"),
        ("zh", "Parecon", "other-script"),
        ("en", "Parecon", None),
        ("es", "Ponemos un puesto en el mercado todos los sábados", None),
    ],
)
def test_dots_stand_over_a_few_words_of_the_language(
    language: str, words: str, kind: str | None
) -> None:
    content = tree.parse(f"<p><em>{words}</em></p>")
    emphasis.classify(content, Languages()[language])
    assert [each.get("class") for each in content.iter("em")] == [kind]
