"""The notice at the head of a page whose translation is not complete and current."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.bitext.translate.assemble import Tally
from handbook.press.core.editions import Leaf
from handbook.press.core.interface import N_

_SHARES = (
    # Translators: Notice at the head of a page.
    (0.98, N_("This page is translated, and up to date but for the passages marked.")),
    # Translators: Notice at the head of a page.
    (0.9, N_("Nearly all of this page is translated and up to date.")),
    # Translators: Notice at the head of a page.
    (0.6, N_("Most of this page is translated and up to date.")),
    # Translators: Notice at the head of a page.
    (0.4, N_("About half of this page is translated and up to date.")),
    # Translators: Notice at the head of a page.
    (0.0, N_("A small part of this page is translated and up to date.")),
)
# Translators: Notice at the head of a page. Keep {language} if it is there.
_UNTRANSLATED = N_("This page has not been translated yet. You see it in {language}.")
# Translators: Notice at the head of a page. Keep {language} if it is there.
_GENERATED = N_("This page is made automatically and is not translated. You see it in {language}.")
# Translators: Notice at the head of a page. Keep {language} if it is there.
_MISSING = N_("What is missing stands here in {language}, with a line and a label beside it.")
# Translators: Notice at the head of a page. Keep {language} if it is there.
_CHANGED = N_(
    "Passages whose original has changed since they were translated stand in the older "
    "translation, with a dotted line and a label beside them; the current text opens below each."
)
# Translators: Notice at the head of a page. Keep {language} if it is there.
_CHANGED_DOCUMENT = N_(
    "Passages that have changed since they were translated stand here in {language}, with the "
    "older translation below each."
)


def notice(leaf: Leaf, *, is_key_document: bool) -> tuple[str, ...]:
    """Return the sentences of a page's notice, in the reader's language; none if all is current."""
    translation = leaf.translation
    if translation is None or translation.tally.current == translation.tally.total:
        return ()
    source_language = leaf.record.name_of(leaf.source.language)
    sentences = _sentences(translation.word_tally, is_key_document)
    if leaf.is_generated:
        sentences = iter([_GENERATED])
    return tuple(leaf.say(each).replace("{language}", source_language) for each in sentences)


def _sentences(words: Tally, is_key_document: bool) -> Iterator[str]:
    """Yield the messages for a page with this tally: in words, since numbers promise precision."""
    if not words.current + words.changed:
        yield _UNTRANSLATED
        return
    share = words.current / words.total
    yield next(sentence for least, sentence in _SHARES if share >= least)
    if words.missing + words.suggested:
        yield _MISSING
    if words.changed:
        yield _CHANGED_DOCUMENT if is_key_document else _CHANGED
