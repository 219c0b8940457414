"""The record of a language: all that the rest of the program asks about it.

Each field has a value that holds for a language of which nothing is known. `en.toml` beside this
module explains how a file gives the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from babel import Locale

from handbook.bitext.languages import cldr
from handbook.bitext.languages.alphabets import Alphabet
from handbook.bitext.languages.cldr import Direction


@dataclass(frozen=True)
class Form:
    """A rule for the forms of a noun: what its spelling ends in, and what may end it instead."""

    ends: str
    """A regular expression of the end of the word."""
    endings: tuple[str, ...]
    """What the forms end in."""
    drop: str = ""
    """What is taken away before that."""


@dataclass(frozen=True)
class Wording:
    """How something is worded in a language: by some words, or by what a pattern finds."""

    words: frozenset[str] = frozenset()
    """Whole words, in small letters."""
    pattern: str = ""
    """A regular expression, "" for none; it alone finds anything where words have no blanks."""


@dataclass(frozen=True)
class Editorial:
    """What no editorial edit may touch, for translations would have to follow it."""

    numbers: Wording = Wording()
    dates: Wording = Wording()
    negations: Wording = Wording()
    modals: Wording = Wording()
    opposites: Wording = Wording()
    """Words that stand for the contrary of others, so that none of them is a typo."""
    articles: Wording = Wording()
    """Words that may come and go: an edit that adds "the" changes no meaning."""
    particles: Wording = Wording()
    """Letters that are words where words have no blanks: one that comes or goes is no typo."""
    misspellings: tuple[str, ...] = ()
    """The letters of kana, in each text, of which one is easily written for the other."""
    endings: tuple[str, ...] = ()
    """The endings, in each text, by which forms of a word differ, so that none is a typo of
    another; `-` is none: "- s"."""


@dataclass(frozen=True)
class Style:
    """Something that a language, or a handbook in it, does not write."""

    find: str
    """A regular expression that finds it in text as readers see it."""
    say: str
    """What to write instead, in words for the translator."""
    outside: str = ""
    """A regular expression of what is left out before: quotations, say."""
    write: str | None = None
    """What to write in the place of what was found, if that is always right: a template of `re`."""
    letters: Mapping[str, str] = field(default_factory=dict)
    """Instead of that, what to write for each character of it."""
    is_compatible: bool = False
    """Instead of these, whether its usual forms are right: what Unicode calls NFKC."""


@dataclass(frozen=True)
class Checks:
    """How a language writes, for the rules that check the wording of translations."""

    openers: Mapping[str, str] = field(default_factory=dict)
    """The mark that opens what ends with a mark: `{"?": "¿"}`."""
    styles: tuple[Style, ...] = ()


@dataclass(frozen=True)
class Search:
    """How words are cut to stems, and which say nothing in a question."""

    endings: tuple[str, ...] = ()
    """What is cut off the end of a word: parts of a regular expression, for JavaScript."""
    shortest_stem: int = 1
    """The letters that have to be left; a word that would have fewer is its own stem."""
    question_words: tuple[str, ...] = ()
    """The words that queries are phrased with, whatever they ask for, without accents."""
    short_forms: Mapping[str, str] = field(default_factory=dict)
    """What people type for short, and the words it stands for, without accents."""
    near_words: Mapping[str, str] = field(default_factory=dict)
    """What people type where a handbook may say it otherwise; what it may say, nearest first."""
    other_subjects: tuple[str, ...] = ()
    """Words and phrases of what a handbook is seldom about, such as recipes; without accents."""
    sounds: tuple[tuple[str, str], ...] = ()
    """Regular expressions, for JavaScript, and the letters that take their place, in this order:
    words that are alike then sound alike, and one is often written for the other."""
    readings: Mapping[str, str] = field(default_factory=dict)
    """How each kanji is read, in hiragana with spaces between."""


@dataclass(frozen=True)
class Print:
    """How a language is set on paper, beside the Latin faces that the design of the books has."""

    packages: tuple[str, ...] = ()
    """The Python packages that bring its fonts."""
    optional: tuple[str, ...] = ()
    """Further packages, used where they are installed: the handbook does not bring them along."""
    serif: tuple[str, ...] = ()
    """Font families, the first that has a character sets it."""
    sans: tuple[str, ...] = ()
    mono: tuple[str, ...] = ()
    size: str = "10.6pt"
    leading: str = "0.68em"
    """The space between two lines."""
    indent: str = "1.4em"
    indents_all: bool = False
    """Whether the first paragraph below a heading is indented too."""
    slants: bool = True
    """Whether words are stressed by a slant; where they are not, they are by the sans face."""
    types_straight_quotes: bool = False
    """Whether pages type " and ' for quotation marks, which are then set as curved ones."""


@dataclass(frozen=True)
class Language:
    """What is known of a language."""

    code: str
    """As the site writes it: the name of its folder in `docs/` or `translations/`."""
    direction: Direction
    plural_forms: str
    """gettext's header."""
    joiner: str
    """What is put between two sentences."""
    forms: tuple[Form, ...] = ()
    """Of nouns, in running text; the first that fits counts."""
    sorting: Alphabet = field(default_factory=dict)
    """The letters that dictionaries sort right after a letter, in order: `{"n": "ñ"}`."""
    phrases: str = ""
    """The model of BudouX that finds phrases, between which titles break; "" for none."""
    label_breaks: str = ""
    """A regular expression of where labels of diagrams may break, besides at blanks."""
    editorial: Editorial = Editorial()
    checks: Checks = Checks()
    search: Search = Search()
    print: Print = Print()

    @property
    def tag(self) -> str:
        """The code as HTML and BCP 47 write it: `pt-BR`."""
        given = cldr.parts(self.code)
        return given.joined("-") if given else self.code

    @property
    def gettext_code(self) -> str:
        """The code as gettext writes it: `pt_BR`."""
        return cldr.gettext_code(self.code)

    @cached_property
    def is_cjk(self) -> bool:
        """Whether it is written in Han characters or kana."""
        return cldr.is_cjk(self.code)

    @property
    def locale(self) -> Locale:
        """Formats dates, numbers and lists; English for a language that Babel does not know."""
        return cldr.locale_or_english(self.code)

    @property
    def comma(self) -> str:
        """What stands between the items of a list, with its blank."""
        middle = str(self.locale.list_patterns["standard"]["middle"])
        return middle.removeprefix("{0}").removesuffix("{1}")

    @property
    def font_cure(self) -> str:
        """What to do where no font that is installed has its letters."""
        if packages := self.print.optional:
            return f"install the Python package {packages[0]}, here and wherever books are made"
        return f"name a Python package of fonts in languages/{self.code}.toml, below [print]"

    @cached_property
    def open_graph_code(self) -> str:
        """The code with the territory where most of its speakers read it: `es_ES`."""
        given = cldr.parts(self.code)
        return cldr.likely(given)._replace(script="").joined("_") if given else self.code

    def name_of(self, code: str) -> str:
        """Return what a language is called in this one; its code if Babel does not know."""
        known = cldr.locale(code)
        return (known.get_display_name(self.locale) if known else None) or code
