"""Read the file of a language: TOML whose values are checked, each fault with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeAlias

from handbook.bitext import datafile, files
from handbook.bitext.datafile import DataError
from handbook.bitext.problem import Problem

Values = Mapping[str, Any]
"""The fields that a file gives, by name; tables within are mappings too."""
Kind = Callable[[Any], Any]
"""Makes the value of a field. Raises ValueError with what is wrong and the cure."""
Schema: TypeAlias = Mapping[str, "Kind | Schema"]


def read(file: Path, name: str) -> Values | tuple[Problem, ...]:
    """Return what `file`, which problems call `name`, says; or all that is wrong with it."""
    text = files.read(file, name)
    if isinstance(text, Problem):
        return (text,)
    try:
        table = datafile.load_toml(text)
    except DataError as error:
        return (Problem(name, error.line, f"is not TOML: {error}; correct it"),)
    faults: list[tuple[str, str]] = []
    values = _checked(table, _SCHEMA, faults)
    found = (Problem(name, _line(text, field), f"{field} {fault}") for field, fault in faults)
    return tuple(sorted(found)) or values


def _checked(
    table: Values, schema: Schema, faults: list[tuple[str, str]], outer: str = ""
) -> dict[str, Any]:
    """Return the values of a table; what is wrong goes into `faults`, with its field's name."""
    made: dict[str, Any] = {}
    for key, value in table.items():
        kind, name = schema.get(key), outer + key
        if kind is None:
            faults.append((name, f"is not known; {_meant(key, schema)}"))
        elif not callable(kind):
            if isinstance(value, dict):
                made[key] = _checked(value, kind, faults, f"{name}.")
            else:
                faults.append((name, f"is not a table; write [{name}] and its fields below"))
        else:
            try:
                made[key] = kind(value)
            except ValueError as error:
                faults.append((name, str(error)))
    return made


def _meant(key: str, schema: Schema) -> str:
    close = get_close_matches(key, schema, n=1)
    return f"write {close[0]}" if close else f"delete it, or write one of {', '.join(schema)}"


def _line(text: str, name: str) -> int:
    """Return the line of a field such as `editorial.dates`, searched for: tomllib keeps none."""
    lines = text.splitlines()
    table, _, key = name.rpartition(".")
    heads = (i for i, line in enumerate(lines) if re.match(rf"\[+\s*{re.escape(table)}\s*]", line))
    start = next(heads, 0) if table else 0
    own = rf"""\s*(?:\[+\s*{re.escape(name)}[\s.\]]|["']?{re.escape(key)}["']?\s*[=.])"""
    return next((i for i in range(start, len(lines)) if re.match(own, lines[i])), start) + 1


# Kinds of values -----------------------------------------------------------------------


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("is not text; put it between quotation marks")
    return value


def _words(value: Any) -> tuple[str, ...]:
    return tuple(_text(value).split())


def _names(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError('is not a list of texts; write it as ["one", "two"]')
    return tuple(value)


def _pattern(value: Any) -> str:
    try:
        re.compile(_text(value))
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"is not a regular expression ({error}); correct it") from None
    return str(value)


def _part(value: Any) -> str:
    """Read a pattern that becomes a part of another, where flags for all of it cannot stand."""
    try:
        re.compile(f"(?:{_pattern(value)})")
    except re.error:
        raise ValueError("has flags for all of it; write (?i:…) around it") from None
    return str(value)


def _patterns(value: Any) -> tuple[str, ...]:
    return tuple(map(_pattern, _names(value)))


def _short_forms(value: Any) -> dict[str, str]:
    entries = [entry.split() for entry in _text(value).split(",")]
    if not all(len(entry) > 1 for entry in entries):
        raise ValueError('does not say what each stands for; write it as "ppl people, u you"')
    return {short: " ".join(full) for short, *full in entries}


def _phrases(value: Any) -> tuple[str, ...]:
    phrases = (" ".join(phrase.split()) for phrase in _text(value).split(","))
    return tuple(filter(None, phrases))


def _sounds(value: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, list) or not all(
        isinstance(each, list) and len(each) == 2 and isinstance(each[1], str) for each in value
    ):
        raise ValueError('is not a list of pairs; write it as [["ph", "f"], ["z", "s"]]')
    return tuple((_pattern(pattern), sound) for pattern, sound in value)


def _readings(value: Any) -> dict[str, str]:
    lines = [line.split() for line in _text(value).splitlines() if line.strip()]
    if not all(len(line) > 1 and len(line[0]) == 1 for line in lines):
        raise ValueError("has a line that is no character and its readings; write 会 かい え")
    return {character: " ".join(readings) for character, *readings in lines}


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("is neither true nor false; write one of them, without quotation marks")
    return value


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("is not a count; write a whole number from 1 on")
    return value


def _length(value: Any) -> str:
    if not re.fullmatch(r"\d+(?:\.\d+)?(?:pt|em|mm)", _text(value)):
        raise ValueError('is not a length; write one such as "10.5pt" or "1em"')
    return str(value)


def _plural_forms(value: Any) -> str:
    if not re.fullmatch(r"nplurals=[1-9]; plural=[n\d\s()?:!=<>|&%+-]+;", _text(value)):
        raise ValueError('is not of gettext; write it as "nplurals=2; plural=(n != 1);"')
    return str(value)


def _one_of(*known: str) -> Kind:
    def choose(value: Any) -> str:
        if value not in known:
            raise ValueError(f"is none of {', '.join(known)}; write one of them")
        return str(value)

    return choose


def _letters(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(
        len(key) == 1 and isinstance(each, str) for key, each in value.items()
    ):
        raise ValueError('does not say what to write for each; write it as {"," = "、"}')
    return value


def _alphabet(value: Any) -> dict[str, Any]:
    """Read which letters follow one: signs, or a list of letters of several signs."""
    rows = value.values() if isinstance(value, dict) and all(len(k) == 1 for k in value) else [None]
    if not all(
        isinstance(r, str) or (isinstance(r, list) and all(map(_is_letter, r))) for r in rows
    ):
        cure = 'write it as {z = "åäö"}, or as {h = ["ch"]} for one of several signs'
        raise ValueError(f"does not say which letters follow one; {cure}")
    return {key: each if isinstance(each, str) else tuple(each) for key, each in value.items()}


def _is_letter(value: Any) -> bool:
    return isinstance(value, str) and all(value.split("="))


def _list_of(name: str, schema: Schema, needed: tuple[str, ...]) -> Kind:
    """Return the kind of a list of tables, each begun with `[[name]]`, with `needed` fields."""

    def read_all(value: Any) -> tuple[dict[str, Any], ...]:
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise ValueError(f"is not a list of rules; begin each with [[{name}]]")
        return tuple(map(read_one, value))

    def read_one(rule: Values) -> dict[str, Any]:
        faults: list[tuple[str, str]] = []
        made = _checked(rule, schema, faults)
        faults.extend((key, "is missing; add it") for key in needed if key not in rule)
        if not faults and "write" in rule:
            faults.extend(_template_faults(rule["find"], rule["write"]))
        for key, fault in faults:
            raise ValueError(f"has a rule with {_shown(rule)}: {key} {fault}")
        return made

    return read_all


def _template_faults(find: str, write: str) -> Iterator[tuple[str, str]]:
    """Yield why a template of `re` cannot be filled with what a pattern finds."""
    try:
        re.sub(find, write, "")
    except (re.error, IndexError) as error:
        yield "write", f"is no template for what is found ({error}); correct it"


def _marks(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(
        len(key) == 1 and isinstance(each, str) and len(each) == 1 for key, each in value.items()
    ):
        raise ValueError('does not say which mark opens what a mark ends; write {"?" = "¿"}')
    return value


def _shown(rule: Values) -> str:
    return ", ".join(f"{key} = {value!r}" for key, value in rule.items())


_FORM: Schema = {"ends": _part, "drop": _text, "endings": _names}
_STYLE: Schema = {
    "find": _pattern,
    "say": _text,
    "outside": _pattern,
    "write": _text,
    "letters": _letters,
    "is_compatible": _flag,
}
_WORDING: Schema = {"words": _words, "pattern": _pattern}
_SCHEMA: Schema = {
    "direction": _one_of("ltr", "rtl"),
    "plural_forms": _plural_forms,
    "joiner": _text,
    "forms": _list_of("forms", _FORM, ("ends", "endings")),
    "sorting": _alphabet,
    "phrases": _one_of("ja", "zh-hans", "zh-hant"),
    "label_breaks": _part,
    "editorial": {
        **dict.fromkeys(
            ("numbers", "dates", "negations", "modals", "opposites", "articles", "particles"),
            _WORDING,
        ),
        "misspellings": _names,
        "endings": _names,
    },
    "checks": {
        "openers": _marks,
        "styles": _list_of("checks.styles", _STYLE, ("find", "say")),
    },
    "search": {
        "endings": _patterns,
        "shortest_stem": _count,
        "question_words": _words,
        "short_forms": _short_forms,
        "near_words": _short_forms,
        "other_subjects": _phrases,
        "sounds": _sounds,
        "readings": _readings,
    },
    "print": {
        "packages": _names,
        "optional": _names,
        "serif": _names,
        "sans": _names,
        "mono": _names,
        "size": _length,
        "leading": _length,
        "indent": _length,
        "indents_all": _flag,
        "slants": _flag,
        "types_straight_quotes": _flag,
    },
}
