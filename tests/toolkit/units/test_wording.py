"""Rules for wording: what each names and leaves alone, waivers, and `check` that prints them."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import handbooks
from folders import ROOT
from handbook.bitext.checks.consistency import Use, consistency
from handbook.bitext.checks.fixes import fixed
from handbook.bitext.checks.pair import Glossary, Lengths, Pair, Spellings, visible
from handbook.bitext.checks.rules import NAMES, RULES, WORDS, findings, waived
from handbook.bitext.files import write
from handbook.bitext.languages.record import Checks, Style
from handbook.bitext.languages.registry import Languages
from handbook.bitext.languages.terms import Finder
from handbook.bitext.project import settings
from handbook.bitext.upkeep import wording
from handbook.command.main import main
from rows import rows

FILES = sorted((ROOT / "tests/toolkit/wordings").glob("*.toml"))
LANGUAGES = Languages(ROOT)


def cases(what: str) -> list[tuple[dict[str, str], Pair]]:
    """The pairs of all documents, each beside what its document says of it."""
    found = []
    for file in FILES:
        document = tomllib.loads(file.read_text("utf-8"))
        found += [(case, pair_of(file.stem, document, case)) for case in document[what]]
    return found


def pair_of(stem: str, document: dict[str, Any], case: dict[str, str]) -> Pair:
    source, target = (LANGUAGES[code] for code in stem.split("-"))
    terms = document["glossary"]
    agreed = {term: (translation,) for term, translation in terms.items()}
    listed = {used: tuple(others) for used, others in document["spellings"].items()}
    return Pair(
        case["source"],
        case["target"],
        case.get("kind", "paragraph"),
        source,
        target,
        Glossary(Finder({term: term for term in terms}, source.forms), agreed),
        Spellings(listed, target),
        Lengths((0.0, 5.0), (0.0, 5.0)),
    )


@rows(("case", "pair"), cases("wrong"))
def test_a_wrong_wording_is_named_by_its_rule_alone(pair: Pair, case: dict[str, str]) -> None:
    found = dict(findings(pair))
    assert list(found) == [case["rule"]]
    assert len(found[case["rule"]]) > 10


@rows(("case", "pair"), cases("wrong"))
def test_a_wrong_wording_is_mended_where_one_answer_is_right(
    pair: Pair, case: dict[str, str]
) -> None:
    made = fixed(pair)
    assert made == case.get("fixed", pair.target)
    assert made == pair.target or list(findings(replace(pair, target=made))) == []
    assert fixed(pair, f"ok {case['rule']}: it is a test") == pair.target


@rows(("case", "pair"), cases("right"))
def test_a_right_wording_is_left_alone(pair: Pair, case: dict[str, str]) -> None:
    assert list(findings(pair)) == []
    assert fixed(pair) == pair.target


@rows(
    "find",
    ["(?i)[ａ-ｚ\uff66-\uff9f]", "(?xi)[ａ-ｚ\uff66-\uff9f] # letters, and marks of voicing"],
)
def test_a_style_that_writes_usual_forms_may_have_flags(find: str) -> None:
    style = Style(find, "full-width letters or half-width kana", is_compatible=True)
    japanese = replace(LANGUAGES["ja"], checks=Checks(styles=(style,)))
    pair = Pair("The word.", "ＷＯＲＤと\uff76\uff9e。", "paragraph", LANGUAGES["en"], japanese)
    assert fixed(pair) == "WORDとガ。"


def test_every_rule_has_a_document() -> None:
    named = {case["rule"] for case, _ in cases("wrong")}
    assert named == RULES.keys() - {"length"}  # it needs many texts: the next test


def use(number: int, message: str, translation: str, context: str = "", code: str = "en") -> Use:
    return Use(f"a.po:{number}", (code, message, context), translation)


LONG = "Nobody leads for long."
JAPANESE = "だれも長くは率いません。"


@rows(
    ("uses", "named"),
    [
        ([use(1, LONG, "Uno"), use(2, LONG, "Uno"), use(3, LONG, "Otro")], ["a.po:3"]),
        ([use(1, LONG, "Otro"), use(2, LONG, "Uno"), use(3, LONG, "Uno")], ["a.po:1"]),
        ([use(1, LONG, "Uno"), use(2, LONG, "Otro")], ["a.po:2"]),
        ([use(1, LONG, "Uno"), use(2, LONG, "Uno")], []),
        ([use(1, LONG, "Uno"), use(2, LONG, "Otro", "menu")], []),
        ([use(1, LONG, "Uno"), use(2, LONG, "Otro", code="fr")], []),
        ([use(1, "See also", "Uno"), use(2, "See also", "Otro")], []),
        ([use(1, "12 34 56", "Uno"), use(2, "12 34 56", "Otro")], []),
        ([use(1, JAPANESE, "Uno"), use(2, JAPANESE, "Otro")], ["a.po:2"]),
        ([use(1, "いつまで", "Uno"), use(2, "いつまで", "Otro")], []),
    ],
)
def test_a_text_that_is_translated_in_two_ways_is_named(uses: list[Use], named: list[str]) -> None:
    assert [found.place for found, _ in consistency(uses)] == named


def test_the_other_translation_is_named_with_its_place() -> None:
    uses = [use(1, LONG, "Uno"), use(2, LONG, "Uno"), use(3, LONG, "Otro")]
    [(_, text)] = consistency(uses)
    cure = "use one of the two everywhere"
    assert text == f"the same text is “Uno” in a.po:1 and 1 more; {cure}"


def test_a_far_shorter_translation_is_named() -> None:
    english, spanish = LANGUAGES["en"], LANGUAGES["es"]
    source = "The group meets every week in the library and decides together what to do next. " * 2
    usual = Lengths((0.1, 0.2), (0.1, 0.1))
    whole = Pair(source, source.replace("e", "é"), "paragraph", english, spanish, lengths=usual)
    half = Pair(source, "El grupo se reúne.", "paragraph", english, spanish, lengths=usual)
    assert [rule for rule, _ in findings(half)] == ["length"]
    assert "length" not in dict(findings(whole))


def test_a_translation_with_fewer_sentences_may_be_less_short() -> None:
    english, japanese = LANGUAGES["en"], LANGUAGES["ja"]
    source = "The group meets in the library every week. It decides what to do next together. " * 2
    usual = Lengths((0.0, 0.3), (-0.55, 0.13))
    one, two = (
        "会は毎週図書室で開かれ、皆で次を決めます。",
        "会は毎週図書室で開かれます。次は皆で決めます。",
    )
    named = [
        "length" in dict(findings(Pair(source, text, "item", english, japanese, lengths=usual)))
        for text in (one * 2, two * 2)
    ]
    assert named == [True, False]


def test_a_translation_that_ends_within_a_sentence_may_be_less_short_yet() -> None:
    """A long sentence that is cut off has hardly fewer signs, and says so by its end."""
    english, japanese = LANGUAGES["en"], LANGUAGES["ja"]
    source = (
        "The group meets in the library every week, and decides what to do together there. " * 2
    )
    usual = Lengths((0.0, 0.3), (-0.7, 0.13))
    whole = "会は毎週図書室で開かれ、そこで皆で次にすることを決めます。"
    named = [
        "length" in dict(findings(Pair(source, text, kind, english, japanese, lengths=usual)))
        for text, kind in [(whole + whole[:14], "paragraph"), (whole + whole[:14], "item")]
    ]
    assert named == [True, False]


@rows(
    ("comment", "rules"),
    [
        ("ok figures: the year is in the heading", {"figures"}),
        ("Seen by M.\nok figures, terms: as in the law", {"figures", "terms"}),
        ("ok figures — se dice en el título", {"figures"}),
        ("ok figures", set()),
        ("ok figures:", set()),
        ("it is ok, figures: no", set()),
    ],
)
def test_a_waiver_needs_a_reason(comment: str, rules: set[str]) -> None:
    assert waived(comment) == rules


def test_readers_do_not_see_signs_addresses_and_attributes() -> None:
    text = r"**Read** [the *rules*](rules.md#one){ .wide } at <https://example.org>[^n] `x` 2 \* 3"
    assert visible(text) == "Read the rules at □ □ 2 * 3"


TEXTS = {
    "pyproject.toml": '[tool.handbook]\nname = "Notes"\nlanguages = ["en", "es"]\n',
    "docs/en/index.md": "# Notes\n\nIt was founded in 1987.\n",
}


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook of one page whose Spanish has another year."""
    handbooks.notes(tmp_path, TEXTS)
    monkeypatch.chdir(tmp_path)
    assert main(["update", "--quiet"]) == 0
    file = tmp_path / "translations/es/index.po"
    handbooks.fill(file, {"Notes": "Notas", "It was founded in 1987.": "Se fundó en 1978."})
    return file


def test_a_text_of_two_pages_is_compared_and_waived(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = notes.read_text("utf-8").replace("en 1978", "en 1987")
    write(notes, text)
    write(notes.parents[2] / "docs/en/more.md", "# More\n\nIt was founded in 1987.\n")
    assert main(["update", "--quiet"]) == 0
    more = notes.with_name("more.po")
    done = '1987."\nmsgstr "'
    other = "Fundado en 1987."
    text = more.read_text("utf-8").replace("#, fuzzy\n", "")
    write(more, text.replace(f"{done}Se fundó en 1987.", done).replace(done, done + other))
    capsys.readouterr()
    assert main(["check", "--quiet"]) == 0
    [line] = capsys.readouterr().err.splitlines()
    place = line.split(" warning: ")[0]
    assert place.startswith("translations/es/more.po:")
    assert line.split(" warning: ")[1].startswith(
        "consistency: the same text is “Se fundó en 1987.”"
    )
    reasoned = "# ok consistency: it is said of another\n#. paragraph"
    write(more, more.read_text("utf-8").replace("#. paragraph", reasoned))
    assert main(["check", "--quiet"]) == 0
    assert capsys.readouterr().err == ""


def test_a_warning_has_its_line_and_fails_nothing(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["check", "--quiet"]) == 0
    line = notes.read_text("utf-8").splitlines().index("#. paragraph") + 1
    said = "figures: 1987 has become 1978; write what the source says"
    assert capsys.readouterr().err == f"translations/es/index.po:{line}: warning: {said}\n"
    assert main(["check", "--quiet", "--errors"]) == 0
    assert capsys.readouterr().err == ""


def test_warnings_for_programs_and_for_github(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    main(["check", "--quiet", "--format", "json"])
    [problem] = json.loads(capsys.readouterr().out)
    assert (problem["level"], problem["rule"]) == ("warning", "figures")
    main(["check", "--quiet", "--format", "github"])
    assert capsys.readouterr().out.startswith("::warning file=translations/es/index.po,line=")


def test_a_translator_waives_a_warning(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = notes.read_text("utf-8")
    write(
        notes,
        text.replace("#. paragraph\n", "# ok figures: a misprint of the source\n#. paragraph\n"),
    )
    capsys.readouterr()
    assert main(["update", "--check", "--quiet"]) == 0
    assert main(["check", "--quiet"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("video: [vídeo]\n  x: [", "docs/es/spelling.yml:2: is not YAML"),
        ("- video", "docs/es/spelling.yml:1: is no list of words"),
        ("solo: [sólo]\nvideo: vídeo", "docs/es/spelling.yml:2: video has no list"),
    ],
)
def test_a_list_that_cannot_be_read_is_named(
    notes: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    write(notes.parent.parent.parent / "docs/es/spelling.yml", text)
    capsys.readouterr()
    assert main(["check", "--quiet"]) == 1
    assert said in capsys.readouterr().err


@rows("rule", NAMES)
def test_every_rule_is_explained(rule: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--explain", rule]) == 0
    assert ("nothing waives it" if rule == WORDS else f"# ok {rule}:") in capsys.readouterr().out


def test_what_has_one_right_answer_is_mended_in_the_catalog(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = notes.read_text("utf-8")
    write(notes, text.replace("Se fundó en 1978.", "Se fundó , según se dice, en en  1978."))
    capsys.readouterr()
    assert main(["check", "--fix"]) == 0
    captured = capsys.readouterr()
    assert "mended 1 in translations/es/index.po" in captured.out
    assert 'msgstr "Se fundó, según se dice, en 1978."' in notes.read_text("utf-8")
    assert [line.split(": ")[2] for line in captured.err.splitlines()] == ["figures"]
    assert main(["check", "--fix"]) == 0
    assert "nothing to mend" in capsys.readouterr().out
    assert main(["update", "--check", "--quiet"]) == 0


def test_what_is_saved_while_wording_is_mended_is_not_written_over(
    notes: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = notes.read_text("utf-8").replace("Se fundó en 1978.", "Se fundó en en 1978.")
    write(notes, text)
    real = wording.fixed

    def slow(*given: Any) -> Any:
        found = real(*given)
        write(notes, text + "# mine\n")
        return found

    monkeypatch.setattr(wording, "fixed", slow)
    capsys.readouterr()
    assert main(["check", "--fix", "--quiet"]) == 1
    said = "translations/es/index.po:1: was saved while wording was mended; run this again"
    assert said in capsys.readouterr().err
    assert notes.read_text("utf-8") == text + "# mine\n"


# The list of spellings ---------------------------------------------------------------------------

SPELLED = {
    **TEXTS,
    "docs/en/spelling.yml": "neighborhood: [neighbourhood]\norganize: [organise]\n",
    "docs/en/index.md": "# Notes\n\n"
    "Our Neighbourhoods organize, see `organise` and [it](organise.md).\n"
    '\nRead "To Organise".\n\nOur neighbourhood\nis small.\n\n'
    "<!-- i18n: note ok spelling: a street's own name -->\n\nIt is in Neighbourhood Lane.\n",
    "docs/en/organise.md": "# How\n\nTogether.\n",
}


def checked(root: Path, texts: dict[str, str], capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What `check` says of a handbook."""
    handbooks.notes(root, texts)
    assert main(["update", "--quiet"]) == 0
    capsys.readouterr()
    main(["check", "--quiet"])
    return capsys.readouterr().err.splitlines()


def test_a_variant_on_a_page_is_named_where_it_is_running_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert checked(tmp_path, SPELLED, capsys) == [
        "docs/en/index.md:7: warning: spelling: “neighbourhood” is spelled “neighborhood” here"
    ]


def test_a_list_that_contradicts_itself_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    listed = "color: [colour]\ncolour: [colours]\ngrey: []\nhue: [colour]\n"
    said = checked(tmp_path, TEXTS | {"docs/en/spelling.yml": listed}, capsys)
    assert [line.removeprefix("docs/en/spelling.yml:").partition(";")[0] for line in said] == [
        "2: colour is to be written hue",
        "3: grey has no list of variants",
        "4: colour stands below color too",
    ]


@rows(
    ("target", "is_shown"),
    [
        ("これは**「会議」**です。", True),
        ("これは**会議。**です。", True),
        ("これは*（会議）*です。", True),
        ("これは「**会議**」です。", False),
        ("これは**会議**です。", False),
        ("**「会議」**", False),
    ],
)
def test_signs_beside_marks_are_shown_where_a_site_has_betterem(
    target: str, is_shown: bool, tmp_path: Path
) -> None:
    sign = "**" if "**" in target else "*"
    english, japanese = LANGUAGES["en"], LANGUAGES["ja"]
    pair = Pair(f"This is {sign}a meeting{sign}.", target, "item", english, japanese)
    assert "emphasis" not in dict(findings(pair))
    found = dict(findings(replace(pair, is_strict=True)))
    assert ("write the marks at its ends outside" in found.get("emphasis", "")) == is_shown
    for name in ("pymdownx.betterem", "pymdownx.extra", "extra"):
        (tmp_path / "mkdocs.yml").write_text(f"markdown_extensions: [{name}]\n", "utf-8")
        assert settings.is_strict_emphasis(tmp_path) == (name != "extra")
