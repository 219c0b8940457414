"""Count the words of a message, in any script."""

from __future__ import annotations

import re
from functools import lru_cache
from math import ceil

from handbook.bitext.languages.scripts import HAN, KANA, SOUTHEAST_ASIAN
from handbook.bitext.page.markup import without_tags
from handbook.bitext.patterns import pattern

# Characters per word, in scripts without spaces between words: GMX-V 2.0 (ETSI GS LIS 004),
# which gives 2.8 for Chinese, 3.0 for Japanese and 6.0 for Thai. The script alone does not
# distinguish Chinese from Japanese, so 3.0 is for both; Thai's neighbours count as Thai.
_UNSPACED = (
    (3.0, pattern(f"[〆{HAN}{KANA}\u31f0-\u31ff]")),
    (6.0, pattern(f"[{SOUTHEAST_ASIAN}]")),
)
_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")
_TARGET = re.compile(r"(?<=\])(?:\([^()]*\)|\[[^\[\]]*\])|\[\^[^\]]*\]")


@lru_cache(maxsize=1024)  # the same page is counted once for each language
def count_words(message: str) -> int:
    """Count the words that a reader sees in `message`, without tags and link targets.

    The result is at least 1, because every message is some work to translate.
    """
    text = without_tags(_TARGET.sub("", message))
    count = 0
    for characters, script in _UNSPACED:
        text, found = script.subn(" ", text)
        count += ceil(found / characters)
    return max(1, count + len(_WORD.findall(text)))
