"""Edits that their author calls editorial: what may pass, and what may not."""

from __future__ import annotations

import pytest

from bitext.languages.registry import Languages
from bitext.translate.editorial import change_of_meaning

TERMS = ("chapter", "recall", "支部")
LANGUAGES = Languages()


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("en", "A chapter meets evry day.", "A chapter meets every day."),
        ("en", "The members agreeed to it.", "The members agreed to it."),
        ("es", "Nos reunimos en el bario de siempre.", "Nos reunimos en el barrio de siempre."),
        ("ja", "支部は町で集まります。", "支部は町であつまります。"),
    ],
)
def test_a_typo_passes(language: str, old: str, new: str) -> None:
    assert change_of_meaning(old, new, LANGUAGES[language], TERMS) is None


@pytest.mark.parametrize(
    ("language", "old", "new", "reason"),
    [
        ("en", "We are 12 people here.", "We are 13 people here.", "a number"),
        ("en", "We are two people here.", "We are ten people here.", "a number"),
        (
            "en",
            "A chapter meets on the frist day.",
            "A chapter meets on the first day.",
            "a number",
        ),
        ("en", "We meet each Monday at six.", "We meet each Sunday at six.", "a date"),
        ("en", "It is decided.", "It is not decided.", "a negation"),
        ("en", "They do agree to it.", "They don't agree to it.", "a negation"),
        ("en", "Members may speak here.", "Members must speak here.", "a modal verb"),
        ("en", "See [it](a.md) for more.", "See [it](b.md) for more.", "a link target"),
        ("en", "Each chapter decides.", "Each charter decides.", "the glossary's term “chapter”"),
        ("es", "No se decide aquí todavía.", "Se decide aquí todavía.", "a negation"),
        ("es", "Se puede votar a mano alzada.", "Se debe votar a mano alzada.", "a modal verb"),
        ("ja", "会議は公開します。", "会議は公開しません。", "a negation"),
        (
            "en",
            "A long sentence that says one thing.",
            "Words of another kind altogether.",
            "a number",
        ),
        ("en", "A sentence that says this.", "Quite another sentence here.", "more than a typo"),
    ],
)
def test_a_change_of_meaning_is_refused(language: str, old: str, new: str, reason: str) -> None:
    assert (change_of_meaning(old, new, LANGUAGES[language], TERMS) or "").startswith(reason)
