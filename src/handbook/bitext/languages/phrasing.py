"""Phrases of a language that has no blanks between words, found by BudouX, a small model."""

from __future__ import annotations

from functools import cache

import budoux

_MODELS = {
    "ja": budoux.load_default_japanese_parser,
    "zh-hans": budoux.load_default_simplified_chinese_parser,
    "zh-hant": budoux.load_default_traditional_chinese_parser,
}


@cache
def parser(model: str) -> budoux.Parser:
    """Return BudouX's parser for a model, by BudouX's name of it; loaded once."""
    return _MODELS[model]()
