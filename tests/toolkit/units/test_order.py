"""Words in the order of dictionaries: that of Intl.Collator, which has Unicode's own data."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from handbook.bitext.languages import alphabets
from handbook.bitext.languages.registry import Languages
from handbook.press.core import order
from programs import missing
from rows import rows

RECORDS = Languages(Path("nowhere"))
WORDS = {
    "ar": "مدينة أحمد إبراهيم باب بيت تفاح ثوب",
    "be": "йод ірыс зала каза ўрок ура ё ель яма",
    "bg": "йод игра як ела",
    "bs": "čaj ćup car cura đak dom džep ljeto luk njiva nos šuma sat žaba zima",
    "cs": "chata cena čas hora had řeka rok šaty sad žena zima irena",
    "cy": "chwaer cath ddoe dyn ffa fory llan lon llyn pha pen rhif theatr tad ngardd gardd hen",
    "da": "zone ære øl åben apa Aalborg æble ånd",
    "de": "Zebra Ähre Ahorn Afrika straße Strand öl ofen über Uhr Łódź Ale",
    "el": "ωμέγα άλφα βήτα αλέα έψιλον",
    "eo": "ĉevalo cent ĝardeno gusto ĥoro horo ĵaluza jes ŝipo suno ŭa uzi",
    "es": "zona ñame nube Ámbito llama chico cosa luz ana aña ano año esta está cuyo",
    "et": "šokk saal zoo žanr tuba õun äär öö üks vesi xyz",
    "fi": "zeta ångström äiti öljy apu ääni vesi wau",
    "fil": "nga nipa ñame oras",
    "fr": "cote côte coté côté élan epi été œuf ogre zèle",
    "gl": "nube ñame niño ole",
    "he": "שלום אבא בית דלת",
    "hi": "हम कमल खत अमर आम इमली",
    "hr": "čaj ćup car cura đak dom džep ljeto luk njiva nos šuma sat žaba zima",
    "hu": "csak cukor dzsem dzeta dob gyár gomb lyuk lap nyár nap ősz olaj szó só tyúk tó ütő ut",
    "id": "zebra apel buku",
    "is": "þorn æði öl zeta á af ís if ýsa yl",
    "it": "perché però pera zio",
    "ja": "あい アイ いぬ ハーブ はら ばら はあく かいごう がっこう がくせい きょう きよう",
    "ko": "회의 가나 각 나무 강 값",
    "lt": "čia cukrus šuo saulė žuvis zebras",
    "lv": "čau cits ģimene gads ķirsis kaķis ļoti logs ņemt nav šis saule žurka zils",
    "mk": "ѓон дом ене ѕвезда зима јас ива љубов лук њива нос ќе тоа ура џез час шест",
    "mn": "өвс орон үг ус йод их яв",
    "nb": "zebra ære øl å apa åre",
    "pl": "łza lza źle żal zet ąż az ćma cel sól śnieg óra ona ńa nos ęa ela",
    "pt": "ação acao água zebra órgão ovo",
    "ro": "ăla âla ala apa în in șapte sapte sare țară tare",
    "ru": "йод игла ёлка ель ежик яма объём",
    "sk": "chata cena čas hora ôsmy oko äa ako šaty sad žena zima",
    "sl": "čas cena šola sad žaba zima ćup đak dan",
    "sq": "çaj cep dhe dy ëma emër gjë gur llamba lule nj nuk rrugë re shi si thes xhep xe zhurmë",
    "sr": "ђак дом ено јун иво љубав лук њива нос ћуп том ура џеп час шест",
    "sr-Latn": "čaj ćup car cura đak dom džep ljeto luk njiva nos šuma sat žaba zima",
    "sv": "zon ål ära öl apa åka ärta vad wok",
    "th": "แม่ กา ขา เกม มา ไก่ โต๊ะ",
    "tr": "ırmak iğne ılık ıssız hız çay cam öz ot şu su üç uç ğa ga gün",
    "uk": "ґанок гора їжак ідея йод ир яма ера єдність",
    "vi": "ăn an ân đi da dân ê em ô on ơn ưa ua ậm ấm",
    "zh": "北京 上海 安全 中国 大会",
}


def test_every_alphabet_is_tried() -> None:
    assert alphabets.known() - {"nn", "no"} <= WORDS.keys()


def test_words_have_the_order_of_their_language() -> None:
    node = shutil.which("node")
    if node is None:
        missing("Node.js")
    script = (
        "const given = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "for (const code in given) given[code].sort(new Intl.Collator(code).compare);"
        "console.log(JSON.stringify(given))"
    )
    given = {code: sorted(words.split()) for code, words in WORDS.items()}
    done = subprocess.run(
        [node, "-e", script], input=json.dumps(given), capture_output=True, text=True, check=True
    )
    expected = json.loads(done.stdout)
    ours = {
        code: sorted(words, key=lambda word: order.key(word, RECORDS[code]))
        for code, words in given.items()
    }
    assert ours == expected


@rows(
    ("language", "words"),
    [
        ("es", ["«Ámbito»", "¿Cómo decidir?", "cuyo", "¡Ñame!", "zona"]),
        ("de", ["Ärger (im Kreis)", "Ast", "„Uhr“", "Zeit"]),
        ("ja", ["「あい」", "カード", "かたち", "ハーブ", "会議", "総会"]),
        ("sv", ["Zon", "”Ål”", "Ö"]),
        ("zh-TW", ["一", "大會", "會議"]),
    ],
)
def test_punctuation_does_not_count(language: str, words: list[str]) -> None:
    record = RECORDS[language]
    backward = words[::-1]
    assert sorted(backward, key=lambda word: order.key(word, record)) == words


def test_a_site_says_what_follows_a_letter(tmp_path: Path) -> None:
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages/qu.toml").write_text(
        'sorting = { c = ["ch", "chʼ"], n = "ñ" }\n', "utf-8"
    )
    (tmp_path / "languages/gn.toml").write_text("sorting = { n = [1] }\n", "utf-8")
    known = Languages(tmp_path)
    [problem] = known.problems
    assert "does not say which letters follow one" in problem.text
    words = ["cruz", "chaka", "cusi", "chʼaka", "dia"]
    ours = sorted(words, key=lambda word: order.key(word, known["qu"]))
    assert ours == ["cruz", "cusi", "chaka", "chʼaka", "dia"]
