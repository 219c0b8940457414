"""The length of a message in words, in any script."""

from __future__ import annotations

import re
from functools import lru_cache
from math import ceil

from bitext.languages.scripts import HAN, KANA, SOUTHEAST_ASIAN
from bitext.page.markup import TAG

# Characters a word, in scripts that put no spaces between words: GMX-V 2.0 (ETSI GS LIS 004),
# which gives 2.8 for Chinese, 3.0 for Japanese and 6.0 for Thai. By script alone Chinese cannot
# be told from Japanese, so 3.0 is for both; Thai's neighbours count as Thai.
_UNSPACED = (
    (3.0, re.compile(f"[〆{HAN}{KANA}\u31f0-\u31ff]")),
    (6.0, re.compile(f"[{SOUTHEAST_ASIAN}]")),
)
_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")
_TARGET = re.compile(r"(?<=\])(?:\([^()]*\)|\[[^\[\]]*\])|\[\^[^\]]*\]")


@lru_cache(maxsize=1024)  # a page is asked about once a language
def count_words(message: str) -> int:
    """Count the words that a reader sees in `message`, without tags and link targets.

    At least 1, as anything to translate is some work.
    """
    text = TAG.sub("", _TARGET.sub("", message))
    count = 0
    for characters, script in _UNSPACED:
        text, found = script.subn(" ", text)
        count += ceil(found / characters)
    return max(1, count + len(_WORD.findall(text)))
