"""The command `handbook`: one verb for each thing that can be done with a handbook.

Exit status: 0 all is well, 1 there are problems (on standard error), 2 called wrongly.
"""

from __future__ import annotations

import argparse
import errno
import gc
import io
import os
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import takewhile
from types import FrameType
from typing import NoReturn

from handbook.bitext.problem import Problem, SettingsError
from handbook.command import verbs
from handbook.command.arguments import Parser, Refused, WrongCall, declare_shared, did_you_mean
from handbook.command.console import Console
from handbook.command.formats import FORMATS
from handbook.command.verbs import Verb


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with `argv`, or with the arguments of the process; return its exit status.

    Changes the process: how its outputs write what they cannot encode, what ends it, and when
    garbage is looked for.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    signal.signal(signal.SIGTERM, _end)
    gc.set_threshold(50_000)  # hardly anything is garbage: to look for it at 700 takes 1/20 longer
    try:
        return _run(*_read(sys.argv[1:] if argv is None else argv))
    except Refused as error:
        print(error, file=sys.stderr)
        return 2
    except WrongCall as error:
        print(f"handbook: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        _leave_output()
        return 0
    except KeyboardInterrupt:
        return 130


def _end(number: int, frame: FrameType | None) -> NoReturn:
    """End as Ctrl-C does, so that processes are ended and temporary folders removed."""
    raise SystemExit(128 + number)


def _leave_output() -> None:
    """Let what is left for standard output go nowhere: Python would fail to write it at its end."""
    with suppress(io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _read(words: Sequence[str]) -> tuple[Verb, argparse.Namespace]:
    """Find the verb among the arguments, and read the others. Raises WrongCall."""
    before = list(takewhile(lambda word: word.startswith("-"), words))
    after = words[len(before) :]
    if not after or "--version" in before:
        _overview().parse_args(before)
        raise WrongCall(f"give a verb: {', '.join(verbs.names())}; see handbook --help")
    if after[0] not in verbs.names():
        meant = did_you_mean(after[0], verbs.names())
        raise WrongCall(f"no verb {after[0]!r}{meant or '; handbook --help lists them'}")
    verb = verbs.find(after[0])
    parser = Parser(verb.name, verb.description)
    verb.declare(parser)
    declare_shared(parser)
    return verb, parser.read([*before, *after[1:]])


def _overview() -> argparse.ArgumentParser:
    """Return the parser that explains the command as a whole."""
    from importlib.metadata import version  # takes a third of the time of a start

    words = "Keep a handbook and its translations, and publish them."
    parser = argparse.ArgumentParser(prog="handbook", description=words)
    release = f"%(prog)s {version('handbook')}"
    parser.add_argument("--version", action="version", version=release)
    listed = parser.add_subparsers(title="verbs", metavar="VERB")
    for name in verbs.names():
        listed.add_parser(name, help=verbs.find(name).help)
    return parser


def _run(verb: Verb, arguments: argparse.Namespace) -> int:
    """Run a verb, printing each problem when it is found, once."""
    console = Console(arguments.level, FORMATS[getattr(arguments, "format", "text")])
    found: set[Problem] = set()
    for problem in _problems(verb, arguments, console):
        if problem not in found:
            found.add(problem)
            console.problem(problem)
    console.close()
    return 1 if any(problem.level == "error" for problem in found) else 0


def _problems(verb: Verb, arguments: argparse.Namespace, console: Console) -> Iterator[Problem]:
    """Yield the problems of a verb, and after them what ended it."""
    try:
        yield from verb.run(arguments, console)
    except SettingsError as error:
        yield from error.problems
    except BrokenPipeError:
        raise
    except OSError as error:
        console.detail(traceback.format_exc())
        if error.errno in (errno.EMFILE, errno.ENFILE):
            yield Problem("", 0, f"{error.strerror}; allow more, as ulimit -n 1024 does")
            return
        if error.filename is None:
            _leave_output()
        place = str(error.filename or "standard output")
        yield Problem(place, 0, f"{error.strerror}; mend that and try again")
