"""Derives the readings of kanji in the record of Japanese, `ja.toml`, from a dictionary.

    pip install sudachipy sudachidict_small
    python benchmarks/search/readings.py

The dictionary knows words; a kanji's readings are what is left of the reading of a word of one or
two kanji when its kana and the readings of the other kanji are taken off. It takes a minute or two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from sudachipy import Dictionary

# The kanji of JIS level 1: those in daily use.
KANJI = [
    character
    for row in range(0xB0, 0xD0)
    for cell in range(0xA1, 0xFF)
    if (character := bytes((row, cell)).decode("euc_jp", "ignore"))
]
KANA = [chr(code) for code in range(0x3042, 0x3094)]
ENDINGS = "うくぐすずつぬぶむるい"
TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
UNSAID = ("固有名詞", "記号")
LEAST = 4
"""Words of two kanji in which a reading has to occur."""


def main() -> None:
    """Print one line for each kanji: the kanji, then its readings."""
    lookup = Dictionary(dict="small").lookup

    def read(word: str) -> Iterator[str]:
        for each in lookup(word):
            if each.surface() == word and not set(each.part_of_speech()) & set(UNSAID):
                yield each.reading_form().translate(TO_HIRAGANA)

    known: defaultdict[str, set[str]] = defaultdict(set)
    for kanji in KANJI:
        known[kanji].update(read(kanji))
        for kana in KANA:
            for tail in (kana, *(kana + end for end in ENDINGS)):
                for reading in read(kanji + tail):
                    if reading.endswith(tail):
                        known[kanji].add(reading.removesuffix(tail))
    seen: Counter[tuple[str, str]] = Counter()
    for one in KANJI:
        for other in KANJI:
            for reading in read(one + other):
                for left in known[one]:
                    if reading.startswith(left):
                        seen[other, reading.removeprefix(left)] += 1
                for right in known[other]:
                    if reading.endswith(right):
                        seen[one, reading.removesuffix(right)] += 1
    for (kanji, reading), count in seen.items():
        if count >= LEAST and 0 < len(reading) <= 2:
            known[kanji].add(reading)
    for kanji in KANJI:
        if readings := sorted(each for each in known[kanji] if each):
            print(kanji, *readings)


if __name__ == "__main__":
    main()
