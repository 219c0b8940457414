"""Edits that their author calls editorial: what may pass, and what may not."""

from __future__ import annotations

import pytest

from bitext.languages.registry import Languages
from bitext.translate.editorial import change_of_meaning, changed_words

TERMS = ("chapter", "recall", "支部")
LANGUAGES = Languages()


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("en", "A chapter meets evry day.", "A chapter meets every day."),
        ("en", "The members agreeed to it.", "The members agreed to it."),
        ("es", "Nos reunimos en el bario de siempre.", "Nos reunimos en el barrio de siempre."),
        ("ja", "支部は町で集まります。", "支部は町であつまります。"),
        ("en", "We meet in the the hall every week.", "We meet in the hall every week."),
        ("en", "Members decide at end of a meeting.", "Members decide at the end of a meeting."),
        ("es", "La reunion empieza con una ronda.", "La reunión empieza con una ronda."),
        ("ja", "会議は輪になって始めまます。", "会議は輪になって始めます。"),
    ],
)
def test_a_typo_passes(language: str, old: str, new: str) -> None:
    assert change_of_meaning(old, new, LANGUAGES[language], TERMS) is None


@pytest.mark.parametrize(
    ("language", "old", "new", "swap"),
    [
        ("en", "Speak before the vote is taken here.", "after", "before/after"),
        ("en", "All of the members who came agreed.", "Some", "All/Some"),
        ("en", "The hall is free on every evening.", "paid", "free/paid"),
        ("en", "It is decided in an open ballot here.", "secret", "open/secret"),
        ("en", "Ask members of the US branch about it.", "us", "US/us"),
        ("en", "The room that we use is now here.", "nowhere", "now here/nowhere"),
        ("en", "Read what is included in the price.", "excluded", "included/excluded"),
        ("en", "It was quite late when we closed it.", "quiet", "quite/quiet"),
        ("en", "The open meeting was called for today.", "", "open/"),
        ("es", "Siempre empezamos la reunión a tiempo.", "A veces", "Siempre/A veces"),
        ("es", "Todas las personas que vinieron votan.", "Algunas", "Todas/Algunas"),
        ("ja", "会議の前に資料を読んでおきます。", "後", "前/後"),
        ("ja", "支部の会議は町の全員に公開します。", "非公開", "/非"),
    ],
)
def test_a_swapped_word_is_refused_until_it_is_confirmed(
    language: str, old: str, new: str, swap: str
) -> None:
    before = {"/非": "公開"}.get(swap, swap.partition("/")[0])
    edited = old.replace(before, new)
    assert edited != old
    known = {"quite"}
    reason = change_of_meaning(old, edited, LANGUAGES[language], known=known)
    assert reason == f"a word has become another one ({swap})"
    assert changed_words(old, edited, LANGUAGES[language], known) == (swap,)
    confirmed = {swap}
    assert (
        change_of_meaning(old, edited, LANGUAGES[language], confirmed=confirmed, known=known)
        is None
    )


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
