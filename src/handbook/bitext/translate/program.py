"""Check that a translated block of code changes only comments and text in strings.

A reader copies code and runs it, so that no command may become another one.
"""

from __future__ import annotations

import re
from collections import Counter

from handbook.bitext.page import comments

# Blocks that are no program, whose author wants all of them translated.
_TEXT = frozenset("text txt plain plaintext none md markdown email mail".split()) | {""}
_SESSION = frozenset("console shell-session sh-session bash-session pycon doscon".split())
# Commands of a shell whose strings are shown to people; those of others may be commands themselves.
_SPEAKS = re.compile(
    r"\s*(?:[$>%]\s+)?(?:echo|printf|print|say|read|Write-Host|Write-Output|git\s+commit)\b"
)
# What a string or a comment may run or lead to.
_RUNS = re.compile(
    r"\$\([^)]{0,2000}\)|`[^`\n]*`|\$\{[^}]{0,2000}\}|\$\w+|\{[^{}\n]*\}|https?://[^\s\"'<>]+|%[-\w(]"
)
_PROMPT = re.compile(r"^[ \t]*(?:\$|>>>|\.\.\.|%|PS[^>\n]*>|[A-Z]:[^>\n]*>)[ \t]")


def changes(source: str, translation: str, language: str) -> bool:
    """Tell whether a translation of code changes more than its comments and what it says."""
    language = language.lower()
    if language in _TEXT:
        return False
    if language in _SESSION:
        source, translation = (_commands(each) for each in (source, translation))
        language = "bash"
    if Counter(_RUNS.findall(translation)) - Counter(_RUNS.findall(source)):
        return True
    return _code(source, language) != _code(translation, language)


def _commands(session: str) -> str:
    """Return the lines of a session that somebody typed; what the program answered is text."""
    return "\n".join(row for row in session.split("\n") if _PROMPT.match(row))


def _code(text: str, language: str) -> list[str]:
    """Return the lines of code without comments, each string as "", blanks at the ends left out."""
    speaks = language not in comments.SHELL

    def bare(match: re.Match[str]) -> str:
        if match["string"] is None:
            return ""
        start = text.rfind("\n", 0, match.start()) + 1
        is_said = speaks or _SPEAKS.match(text, start)
        return f"{match[0][0]}{match[0][0]}" if is_said else match[0]

    rows = (row.rstrip() for row in comments.tokens(language).sub(bare, text).split("\n"))
    return [row for row in rows if row]
