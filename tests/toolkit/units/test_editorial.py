"""Edits that their author calls editorial: what may pass, and what may not."""

from __future__ import annotations

import pytest

from bitext.translate.editorial import change_of_meaning

TERMS = ("chapter", "recall", "支部")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("A chapter meets evry day.", "A chapter meets every day."),
        ("The members agreeed to it.", "The members agreed to it."),
        ("Nos reunimos en el bario de siempre.", "Nos reunimos en el barrio de siempre."),
        ("支部は町で集まります。", "支部は町であつまります。"),
    ],
)
def test_a_typo_passes(old: str, new: str) -> None:
    assert change_of_meaning(old, new, TERMS) is None


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("We are 12 people here.", "We are 13 people here.", "a number"),
        ("We are two people here.", "We are ten people here.", "a number"),
        ("A chapter meets on the frist day.", "A chapter meets on the first day.", "a number"),
        ("We meet each Monday at six.", "We meet each Sunday at six.", "a date"),
        ("It is decided.", "It is not decided.", "a negation"),
        ("They do agree to it.", "They don't agree to it.", "a negation"),
        ("Members may speak here.", "Members must speak here.", "a modal verb"),
        ("See [it](a.md) for more.", "See [it](b.md) for more.", "a link target"),
        ("Each chapter decides.", "Each charter decides.", "the glossary's term “chapter”"),
        ("No se decide aquí todavía.", "Se decide aquí todavía.", "a negation"),
        ("Se puede votar a mano alzada.", "Se debe votar a mano alzada.", "a modal verb"),
        ("会議は公開します。", "会議は公開しません。", "a negation"),
        ("A long sentence that says one thing.", "Words of another kind altogether.", "a number"),
        ("A sentence that says this.", "Quite another sentence here.", "more than a typo"),
    ],
)
def test_a_change_of_meaning_is_refused(old: str, new: str, reason: str) -> None:
    assert (change_of_meaning(old, new, TERMS) or "").startswith(reason)
