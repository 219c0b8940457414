"""The arguments of the command: how they are read, and those that several verbs take."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from handbook.bitext.problem import Problem

if TYPE_CHECKING:
    from handbook.bitext.project.handbook import Handbook


class WrongCall(Exception):
    """The command was called wrongly; the message says how, and what would be right."""


class Refused(WrongCall):
    """Raised where nothing of what was asked for is done; the problems say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))


class Parser(argparse.ArgumentParser):
    """The parser of one verb; whatever is wrong is raised as WrongCall."""

    def __init__(self, verb: str, description: str) -> None:
        """Take the verb's name, and what it does."""
        self._verb = verb
        self._options: list[str] = []
        super().__init__(prog=f"handbook {verb}", description=description)

    def add_argument(self, *names: Any, **settings: Any) -> argparse.Action:
        """Declare an argument, as argparse does."""
        action = super().add_argument(*names, **settings)
        self._options += action.option_strings
        return action

    def read(self, words: Sequence[str]) -> argparse.Namespace:
        """Read the words after the verb. Raises WrongCall."""
        for word in takewhile(lambda word: word != "--", words):
            if word.startswith("-") and not self._is_known(word):
                option = word.partition("=")[0]
                self.error(f"no option {option}{did_you_mean(option, self._options)}")
        if "--" in words:  # intermixed, Python does not see what stands behind it
            return self.parse_args(words)
        return self.parse_intermixed_args(words)

    def _is_known(self, word: str) -> bool:
        """Tell whether a word is an option: its name, the beginning of it, or short ones in one."""
        if word.startswith("--"):
            name = word.partition("=")[0]
            return any(option.startswith(name) for option in self._options)
        return word[:2] in self._options

    def error(self, message: str) -> NoReturn:
        """Raise WrongCall, with where to read more."""
        raise WrongCall(f"{self._verb}: {message}; see {self.prog} --help")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the question that ends a message about a misspelt word; "" if nothing is like it."""
    folded = {each.casefold().replace("_", "-"): each for each in known}
    close = get_close_matches(word.casefold().replace("_", "-"), folded, n=1)
    return f"; did you mean {folded[close[0]]}?" if close else ""


def declare_shared(parser: Parser) -> None:
    """Declare what every verb takes."""
    level: dict[str, Any] = {"dest": "level", "action": "store_const", "default": 0}
    words = "print results and problems alone"
    parser.add_argument("-q", "--quiet", const=-1, help=words, **level)
    words = "print each page too, and more about failures"
    parser.add_argument("-v", "--verbose", const=1, help=words, **level)


def declare_languages(parser: Parser) -> None:
    """Declare languages to confine the work to."""
    words = "codes of languages; all of the handbook's if none is given"
    parser.add_argument("languages", metavar="LANGUAGE", nargs="*", help=words)


def declare_books(parser: Parser) -> None:
    """Declare the languages of books, and the folder to write them to."""
    declare_languages(parser)
    folder = Path("build", "books")
    words = f"folder to write to; {folder} if none is given"
    parser.add_argument("--to", metavar="DIR", type=Path, default=folder, help=words)


def declare_files(parser: Parser) -> None:
    """Declare Markdown files that need not be a handbook's."""
    parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="pages or folders")


def languages(handbook: Handbook, arguments: argparse.Namespace) -> list[str]:
    """Return the languages asked for, each once; all if none is named. Raises WrongCall."""
    for each in arguments.languages:
        require_language(each, handbook)
    return list(dict.fromkeys(arguments.languages)) or list(handbook.languages)


def require_language(code: str, handbook: Handbook) -> None:
    """Raise WrongCall unless the handbook has a language."""
    if code not in handbook.languages:
        known = ", ".join(handbook.languages)
        named = (part for part in Path(code).parts if part in handbook.languages)  # of a file
        base = next(named, code.replace("_", "-").partition("-")[0])
        meant = did_you_mean(code, handbook.languages) or did_you_mean(base, handbook.languages)
        raise WrongCall(f"no language {code!r}; the handbook has {known}{meant}")


def port(word: str) -> int:
    """Return the number of a port. Raises ArgumentTypeError."""
    if not word.isdecimal() or not 0 < int(word) < 65536:
        raise argparse.ArgumentTypeError(f"{word!r} is not a port; give a number from 1 to 65535")
    return int(word)
