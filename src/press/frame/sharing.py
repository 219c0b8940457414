"""What a page offers at its foot: files, words to share it with, and whom to tell of a mistake.

Links to write a mail follow RFC 6068, those to a form RFC 3986: everything that is not ASCII is
percent-encoded UTF-8, and a line of a mail ends with %0D%0A.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from babel import Locale
from babel.units import format_unit
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from press.core import editions, i18n
from press.core.settings import log

PARAGRAPH = "{paragraph}"
"""Stands in `Tools.report` where the words of the paragraph go, once a reader has chosen one."""
_OFFERED = "downloads"
_KINDS = re.compile(r"mailto:[^\s?{}@]+@[^\s?{}@]+|https?://[^\s/]\S*")
_FIELDS = frozenset({"{page}", "{paragraph}", "{language}"})
_CURE = (
    "write a bare mailto: address, or the https: address of a form "
    "with {page}, {paragraph} and {language} where they go"
)
_SUBJECT = "Mistake on the page “{title}”"
_LINES = (
    "Page: {page}",
    "Language: {language}",
    "Paragraph: {paragraph}",
    "What is wrong, and how it should read:",
)


@dataclass(frozen=True)
class Download:
    """A file that holds a page, or what the page belongs to."""

    label: str
    """What it is, in the reader's language: `PDF`."""
    url: str
    """Relative to the root of the site."""
    size: int
    """In bytes: readers learn it before they tap."""


@dataclass(frozen=True)
class Offer:
    """A download as a page shows it."""

    label: str
    url: str
    size: str


@dataclass(frozen=True)
class Tools:
    """What stands at the foot of a page, in its reader's language."""

    title: str
    text: str
    """What the page is and what the handbook is, in lines; the address goes with it."""
    address: str
    """The page's address in full, or from the root where the configuration has no site_url."""
    locale: str
    """The reader's language as Open Graph has it: `es_ES`."""
    mail: str
    """A link that begins a mail with all of this."""
    report: str
    """A link that begins a report of a mistake, with `PARAGRAPH` in it where the paragraph goes.

    Empty where mkdocs.yml names no address."""
    downloads: tuple[Offer, ...]


def words() -> Iterator[tuple[str, str]]:
    """The English messages of the tools, with notes for their translators."""
    yield _SUBJECT, "The subject of a mail that a reader sends. Keep {title}."
    for message in _LINES:
        yield message, "A line of a mail that a reader sends. Keep what is in {}."


def offer(path: str, language: str, downloads: tuple[Download, ...], config: MkDocsConfig) -> None:
    """Have the page at `path` offer files, instead of any it offered before.

    The files need not be there yet; call it before the language's pages are put into templates.
    """
    config.extra.setdefault(_OFFERED, {})[path, language] = downloads


def check(config: MkDocsConfig) -> MkDocsConfig:
    """Warn of an `extra: report` that is no address, and go on as if there were none."""
    report = config.extra.get("report") or ""
    if report and not _is_address(report):
        log.warning('mkdocs.yml: "report: %s" is no address; %s', report, _CURE)
        report = ""
    config.extra["report"] = report
    return config


def _is_address(report: object) -> bool:
    if not isinstance(report, str) or not _KINDS.fullmatch(report):
        return False
    return set(re.findall(r"{[^}]*}?|}", report)) <= _FIELDS


def tools(page: Page, address: str, config: MkDocsConfig) -> Tools:
    """What to offer at the foot of a page that stands at `address`."""
    language, path = editions.place(page.file.src_uri)
    title = _plain(page.title)
    lines = dict.fromkeys((title, _plain(config.site_name), _plain(config.site_description)))
    text = "\n".join(filter(None, lines))
    record = editions.of(config).handbook.records[language]
    locale = record.locale
    offered = config.extra.get(_OFFERED, {}).get((path, language), ())
    return Tools(
        title=title,
        text=text,
        address=address,
        locale=record.open_graph_code,
        mail=_mail("", title, f"{text}\n{address}"),
        report=_report(title, address, language, config),
        downloads=tuple(Offer(each.label, each.url, size(each.size, locale)) for each in offered),
    )


def size(count: int, locale: Locale) -> str:
    """A number of bytes as readers of a language write it, in kilobytes or megabytes."""
    if count < 1_000_000:
        return format_unit(-(-count // 1000), "digital-kilobyte", "short", locale=locale)
    return format_unit(count / 1e6, "digital-megabyte", "short", format="#,##0.0", locale=locale)


def _report(title: str, address: str, language: str, config: MkDocsConfig) -> str:
    """The link for telling of a mistake on a page."""
    report: str = config.extra["report"]
    values = {"{page}": f"{title} {address}", "{language}": f"{_name(language, config)}"}
    if not report.startswith("mailto:"):
        return _filled(report, {field: quote(value, safe="") for field, value in values.items()})
    say = editions.of(config).words(language)
    body = "\n".join(_filled(say(line), values) for line in _LINES) + "\n"
    return _mail(report.removeprefix("mailto:"), say(_SUBJECT).replace("{title}", title), body)


def _name(language: str, config: MkDocsConfig) -> str:
    return f"{i18n.names(config)[language]} ({language})"


def _filled(text: str, values: dict[str, str]) -> str:
    return re.sub(r"{\w+}", lambda field: values.get(field[0], field[0]), text)


def _mail(to: str, subject: str, body: str) -> str:
    """A link that begins a mail (RFC 6068); `PARAGRAPH` stays as it is."""
    lines = quote(body.replace("\n", "\r\n"), safe="").replace(quote(PARAGRAPH), PARAGRAPH)
    return f"mailto:{to}?subject={quote(subject, safe='')}&body={lines}"


def _plain(text: str | None) -> str:
    """The text of a setting or title, which may stand in HTML, as people write it in a mail."""
    return Markup(text or "").striptags()
