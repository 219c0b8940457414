"""How much text a message is."""

from __future__ import annotations

from handbook.bitext.translate import volume
from rows import rows


@rows(
    ("message", "words"),
    [
        ("One two-three, don't 3.5.", 4),
        ("[Two words](https://four.example/words/in/it)", 2),
        ("**Words** and <span>tags</span>[^note]", 3),
        ("参加型社会のためのハンドブック", 5),
        ("IOPSは2012年に", 3),
        ("สังคมแบบมีส่วนร่วม", 3),
        ("—", 1),
    ],
)
def test_words_are_counted_in_any_script(message: str, words: int) -> None:
    assert volume.count_words(message) == words
