"""The words that stand on no page: the site's name, its sections, its notices and labels.

In code, templates and mkdocs.yml they are English. A reader's language comes from
`translations/<language>/site.po`; `words` lists what has to stand there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, nodes
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from bitext.translate.assemble import Tally
from press.core import editions, i18n, material, theme
from press.frame import foot, repairs, sharing
from press.pages import passages

_SHARES = (
    (0.98, "This page is translated, and up to date but for the passages marked."),
    (0.9, "Nearly all of this page is translated and up to date."),
    (0.6, "Most of this page is translated and up to date."),
    (0.4, "About half of this page is translated and up to date."),
    (0.0, "A small part of this page is translated and up to date."),
)
_UNTRANSLATED = "This page has not been translated yet. You see it in {language}."
_MISSING = "What is missing stands here in {language}, with a line and a label beside it."
_CHANGED = (
    "Passages whose original has changed since they were translated stand in the older "
    "translation, with a dotted line and a label beside them; the current text opens below each."
)
_CHANGED_DOCUMENT = (
    "Passages that have changed since they were translated stand here in {language}, with the "
    "older translation below each."
)
_KEPT = "own_words"

_MARKDOWN_WORDS = {
    "Link to this section": ("toc", "permalink_title"),
    "Back to the text of note {}": ("footnotes", "BACKLINK_TITLE"),
}
"""Words that Markdown extensions put into pages, with the option that takes them."""


@dataclass(frozen=True)
class Notice:
    """What the head of a page tells about its translation."""

    sentences: tuple[str, ...]
    edit_url: str | None
    """Where a reader can help."""


def words(config: MkDocsConfig) -> list[tuple[str, str]]:
    """Each English message that stands on no page, once, with a note for its translators."""
    notes: dict[str, str] = {}
    for message, note in _all_words(config):
        notes.setdefault(message, note)
    return list(notes.items())


def _all_words(config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    for _, key, message in _own_words(config):
        button = key == "name"
        yield message, "A button in its head." if button else f"`{key}` of the site."
    for title in nav_titles(config.nav):
        yield title, "In the navigation: keep it short."
    for _, sentence in _SHARES:
        yield sentence, "Notice at the head of a page."
    for sentence in (_UNTRANSLATED, _MISSING, _CHANGED, _CHANGED_DOCUMENT):
        yield sentence, "Notice at the head of a page. Keep {language} if it is there."
    yield from passages.words()
    yield from foot.words()
    yield from repairs.words()
    yield from sharing.words()
    for message in _MARKDOWN_WORDS:
        yield message, "Shown when the pointer rests on a link sign. Keep {} if it is there."
    for message, template in _template_words(config):
        yield message, f"Used in {template}."


def rename(config: MkDocsConfig) -> MkDocsConfig:
    """Say the site's name and other settings in the language being built."""
    language = i18n.current(config)
    say = editions.of(config).words(language)
    config.theme["language"] = language
    for holder, key, message in _own_words(config):
        holder[key] = escape(say(message))
    for message, (extension, option) in _MARKDOWN_WORDS.items():
        config.mdx_configs.setdefault(extension, {})[option] = say(message)
    return config


def _own_words(config: MkDocsConfig) -> list[tuple[Any, str, str]]:
    """The English words of mkdocs.yml: what holds them, under which key, and the words.

    All languages share one configuration, so they are kept before the first is overwritten.
    """
    if _KEPT not in config.extra:
        own = ("site_name", "site_description", "copyright")
        holders: list[tuple[Any, str]] = [(config, key) for key in own]
        holders.append((config.extra, "standing"))
        holders += [(each["toggle"], "name") for each in config.theme["palette"]]
        config.extra[_KEPT] = [(held, key, held[key]) for held, key in holders if held.get(key)]
    kept: list[tuple[Any, str, str]] = config.extra[_KEPT]
    return kept


def rename_sections(nav: Navigation, config: MkDocsConfig) -> Navigation:
    """Say the titles that come from mkdocs.yml in the language being built."""
    _rename(nav.items, editions.of(config).words(i18n.current(config)))
    return nav


def _rename(items: list[Any], say: editions.Words) -> None:
    for item in items:
        # Else it is a page that takes its title from its heading, or is not there at all.
        if vars(item).get("title") is not None:
            item.title = escape(say(item.title))
        _rename(item.children or [], say)


def teach(env: Environment, config: MkDocsConfig) -> Environment:
    """Give templates the filter `"…" | translated`, into the language being built or a given one.

    What it gives may stand in HTML as it is.
    """
    book, here = editions.of(config), i18n.current(config)
    material.teach(env, book.handbook.records[here])
    env.filters["translated"] = lambda message, to=here: escape(book.words(to)(message))
    return env


def notice(page: Page, config: MkDocsConfig) -> Notice | None:
    """What to tell at the head of a page; None where there is nothing to tell."""
    language, path = editions.place(page.file.src_uri)
    book = editions.of(config)
    translation = book.translation(path, language)
    if translation is None or translation.tally.current == translation.tally.total:
        return None
    source_language = book.handbook.records[language].name_of(book.sources[path].language)
    say = book.words(language)
    sentences = _sentences(translation.words, passages.is_key_document(page))
    told = tuple(say(each).replace("{language}", source_language) for each in sentences)
    return Notice(told, page.edit_url)


def _sentences(words: Tally, key_document: bool) -> Iterator[str]:
    """The messages that tell how a page stands: in words, for numbers promise precision."""
    if not words.current + words.changed:
        yield _UNTRANSLATED
        return
    share = words.current / words.total
    yield next(sentence for least, sentence in _SHARES if share >= least)
    if words.missing + words.suggested:
        yield _MISSING
    if words.changed:
        yield _CHANGED_DOCUMENT if key_document else _CHANGED


def nav_titles(nav: Any) -> Iterator[str]:
    """The titles in a navigation as it stands in mkdocs.yml."""
    for item in nav if isinstance(nav, list) else []:
        if isinstance(item, dict):
            for title, children in item.items():
                yield str(title)
                yield from nav_titles(children)


def _template_words(config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    """What our templates pass through `translated`, each with its template's name."""
    folder = theme.FOLDER
    env = config.theme.get_env()
    for path in sorted(folder.rglob("*.html")):
        for call in env.parse(path.read_text("utf-8")).find_all(nodes.Filter):
            if call.name == "translated" and isinstance(call.node, nodes.Const):
                yield call.node.value, path.relative_to(folder.parent).as_posix()
