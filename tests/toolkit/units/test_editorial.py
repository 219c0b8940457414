"""Edits that their author calls editorial: what may pass, and what may not."""

from __future__ import annotations

from folders import TOOLKIT
from handbook.bitext.languages.registry import Languages
from handbook.bitext.translate.editorial import change_of_meaning, changed_words
from rows import rows

TERMS = ("chapter", "recall", "支部")
LANGUAGES = Languages()


@rows(
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
        (
            "en",
            "The comittee has recieved it befroe noon.",
            "The committee has received it before noon.",
        ),
        (
            "en",
            "Membrs seperate the proces in teh hall.",
            "Members separate the process in the hall.",
        ),
        ("es", "Asi fue tambien la ultima desición.", "Así fue también la última decisión."),
        ("es", "Despues viene el dia de la asamblea.", "Después viene el día de la asamblea."),
        ("ja", "ひとつづつ話して、こんにちわと言う。", "ひとつずつ話して、こんにちはと言う。"),
        ("en", "It is -5 or 20% -> so be it??", "It is −5 or 20 % → so be it?"),
        ("ja", "会議は１０人で、２０％が話す？", "会議は10人で、20%が話す?"),
        ("ja", "ここで行なう、話しあう会。", "ここで行う、話し合う会。"),
        ("ja", "コミュニケションをここでする会。", "コミュニケーションをここでする会。"),
    ],
)
def test_a_typo_passes(language: str, old: str, new: str) -> None:
    assert change_of_meaning(old, new, LANGUAGES[language], TERMS) is None


@rows(
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


@rows(
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


SENTENCES = {
    "en": "Everybody who came to the hall on that day agreed that {} is what we want here.",
    "es": "Las personas que vinieron aquel día acordaron que {} es lo que queremos aquí.",
    "ja": "その日に会場へ来た人は、私たちがここで望むのは{}ということだと、話し合って合意した。",
}


@rows("language", SENTENCES)
def test_no_word_is_a_typo_of_its_sister(language: str) -> None:
    """`swaps` has words that are taken for one another, or mean the contrary, one pair a line."""
    text, passed = SENTENCES[language], []
    for line in (TOOLKIT / "swaps" / f"{language}.txt").read_text("utf-8").splitlines():
        one, other = line.split(" = ")
        for old, new in ((one, other), (other, one)):
            edit = text.format(old), text.format(new)
            if change_of_meaning(*edit, LANGUAGES[language]) is None:
                passed.append(f"{old} = {new}")
    assert passed == []


@rows(
    ("language", "old", "new"),
    [
        ("en", "the members before the board", "the board before the members"),
        ("en", "1000 of 1001", "1001 of 1000"),
        ("en", "members must, guests may", "members may, guests must"),
        ("en", "members elect delegates", "delegates elect members"),
        ("en", "only members vote", "members only vote"),
        ("en", "[a](page1.md) or [b](page2.md)", "[a](page2.md) or [b](page1.md)"),
        ("en", "the council of councils", "the councils of council"),
        ("en", "it is so", "it is so?"),
        ("en", "a fee of $100", "a fee of €100"),
        ("en", "x > y", "x < y"),
        ("en", "it is -5", "it is 5"),
        ("en", "50% of it", "50 of it"),
        ("es", "la junta antes que la asamblea", "la asamblea antes que la junta"),
        ("es", "unas deben y otras pueden", "unas pueden y otras deben"),
        ("es", "de mayo a junio", "de junio a mayo"),
        ("es", "casos y casas", "casas y casos"),
        ("ja", "支部は評議会の前に", "評議会は支部の前に"),
        ("ja", "会員が評議会を選ぶ", "会員を評議会が選ぶ"),
        ("ja", "これはあれの前", "あれはこれの前"),
        ("ja", "二人のうち三人", "三人のうち二人"),
        ("ja", "AはBより", "BはAより"),
        ("ja", "来ます", "来ますか"),
    ],
)
def test_what_changes_places_is_no_typo(language: str, old: str, new: str) -> None:
    for one, other in ((old, new), (new, old)):
        edit = (SENTENCES[language].format(each) for each in (one, other))
        assert change_of_meaning(*edit, LANGUAGES[language]) is not None
