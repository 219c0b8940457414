"""What a page offers at its foot: files, words to share it with, and whom to tell of a mistake.

Links to write a mail follow RFC 6068, those to a form RFC 3986: everything that is not ASCII is
percent-encoded UTF-8, and a line of a mail ends with %0D%0A.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from babel import Locale
from babel.units import format_unit
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig

from press.core import i18n
from press.core.editions import Leaf, Say
from press.core.interface import N_

PARAGRAPH = "{paragraph}"
"""Stands in `Tools.report` where the words of the paragraph go, once a reader has chosen one."""
_KINDS = re.compile(r"mailto:[^\s?{}@]+@[^\s?{}@]+|https?://[^\s/]\S*")
_FIELDS = frozenset({"{page}", "{paragraph}", "{language}"})
REPORT_CURE = (
    "write a bare mailto: address, or the https: address of a form "
    "with {page}, {paragraph} and {language} where they go"
)
# Translators: The subject of a mail that a reader sends. Keep {title}.
_SUBJECT = N_("Mistake on the page “{title}”")
_LINES = (
    # Translators: A line of a mail that a reader sends. Keep what is in {}.
    N_("Page: {page}"),
    # Translators: A line of a mail that a reader sends. Keep what is in {}.
    N_("Language: {language}"),
    # Translators: A line of a mail that a reader sends. Keep what is in {}.
    N_("Paragraph: {paragraph}"),
    # Translators: A line of a mail that a reader sends. Keep what is in {}.
    N_("What is wrong, and how it should read:"),
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


def is_report_address(address: str) -> bool:
    """Whether reports of mistakes can be sent there: a bare mailto:, or a form with our fields."""
    return bool(_KINDS.fullmatch(address)) and set(re.findall(r"{[^}]*}?|}", address)) <= _FIELDS


def tools(
    leaf: Leaf,
    title: str,
    address: str,
    config: MkDocsConfig,
    report: str = "",
    downloads: Iterable[Download] = (),
) -> Tools:
    """What to offer at the foot of the page at `address`; mistakes are reported to `report`."""
    language, locale, title = leaf.language, leaf.record.locale, _plain(title)
    lines = dict.fromkeys((title, _plain(config.site_name), _plain(config.site_description)))
    text = "\n".join(filter(None, lines))
    name = f"{i18n.names(config)[language]} ({language})"
    return Tools(
        title=title,
        text=text,
        address=address,
        locale=leaf.record.open_graph_code,
        mail=_mail("", title, f"{text}\n{address}"),
        report=_report(report, title, address, name, leaf.say),
        downloads=tuple(Offer(each.label, each.url, size(each.size, locale)) for each in downloads),
    )


def size(count: int, locale: Locale) -> str:
    """A number of bytes as readers of a language write it, in kilobytes or megabytes."""
    if count < 1_000_000:
        return format_unit(-(-count // 1000), "digital-kilobyte", "short", locale=locale)
    return format_unit(count / 1e6, "digital-megabyte", "short", format="#,##0.0", locale=locale)


def _report(report: str, title: str, address: str, language: str, say: Say) -> str:
    """The link for telling of a mistake on a page."""
    values = {"{page}": f"{title} {address}", "{language}": language}
    if not report.startswith("mailto:"):
        return _filled(report, {field: quote(value, safe="") for field, value in values.items()})
    body = "\n".join(_filled(say(line), values) for line in _LINES) + "\n"
    return _mail(report.removeprefix("mailto:"), say(_SUBJECT).replace("{title}", title), body)


def _filled(text: str, values: dict[str, str]) -> str:
    return re.sub(r"{\w+}", lambda field: values.get(field[0], field[0]), text)


def _mail(to: str, subject: str, body: str) -> str:
    """A link that begins a mail (RFC 6068); `PARAGRAPH` stays as it is."""
    lines = quote(body.replace("\n", "\r\n"), safe="").replace(quote(PARAGRAPH), PARAGRAPH)
    return f"mailto:{to}?subject={quote(subject, safe='')}&body={lines}"


def _plain(text: str | None) -> str:
    """The text of a setting or title, which may stand in HTML, as people write it in a mail."""
    return Markup(text or "").striptags()
