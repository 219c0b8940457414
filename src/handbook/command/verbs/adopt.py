"""Record that a body has adopted a page as it stands.

The text of each language is kept in `adopted/`, and what was decided, when and by whom in
`docs/adoptions.yml`. From then on `handbook check` names every edit of an adopted text that comes
without a new version or a corrigendum.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from handbook.bitext.changes.adoptions import STANDINGS
from handbook.bitext.problem import Problem
from handbook.command.arguments import Parser, WrongCall, did_you_mean, require_language
from handbook.command.console import Console


def declare(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("page", metavar="PAGE", help="a page, such as docs/en/statute.md")
    words = "the number of the version; the page's front matter has the same"
    parser.add_argument("--version", metavar="NUMBER", required=True, help=words)
    words = "the day of the decision, such as 2026-05-03"
    parser.add_argument("--date", metavar="DAY", type=_day, help=words)
    parser.add_argument("--body", metavar="NAME", default="", help="who has decided")
    words = "where the decision is recorded: an address, or words"
    parser.add_argument("--record", metavar="PLACE", default="", help=words)
    words = f"what the text in a language is: {', '.join(STANDINGS)}"
    parser.add_argument(
        "--standing",
        metavar="CODE=STANDING",
        type=_standing,
        action="append",
        required=True,
        help=words,
    )
    words = "this corrects the version, for this reason, and is no new one"
    parser.add_argument("--corrigendum", metavar="WHY", default="", help=words)


def _day(word: str) -> date:
    """Return the day that a word names. Raises ArgumentTypeError."""
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{word!r} is no day; give one like 2026-05-03") from None


def _standing(word: str) -> tuple[str, str]:
    """Return the language and the standing in `en=authentic`. Raises ArgumentTypeError."""
    code, _, standing = word.partition("=")
    if standing not in STANDINGS:
        meant = did_you_mean(standing, STANDINGS)
        raise argparse.ArgumentTypeError(f"{word!r} is no standing; give {code}=authentic{meant}")
    return code, standing


def run(arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Write the texts and the list; say which files were written."""
    from handbook.bitext.changes import adopt, versions
    from handbook.press.make import build

    handbook = build.handbook(Path())
    for code, _ in arguments.standing:
        require_language(code, handbook)
    source = versions.find(handbook, handbook.given(arguments.page))
    if source is None:
        raise WrongCall(f"adopt: {arguments.page} is no page; give one such as docs/en/statute.md")
    decision = adopt.Decision(
        arguments.version,
        arguments.date,
        arguments.body,
        arguments.record,
        dict(arguments.standing),
        arguments.corrigendum,
    )
    if not decision.is_draft and not (decision.day and decision.body and decision.record):
        raise WrongCall(
            "adopt: a decision has a day, a body and a record; give --date, --body, --record"
        )
    for each in adopt.adopt(handbook, source, decision):
        if isinstance(each, Problem):
            yield each
        else:
            console.say(f"wrote {each}")
