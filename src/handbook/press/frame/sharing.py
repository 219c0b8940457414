"""Tools at the foot of a page: downloads, sharing, and a link to report a mistake.

Links that open a mail follow RFC 6068, links to a form RFC 3986: everything that is not ASCII is
percent-encoded UTF-8, and a line of a mail ends with %0D%0A.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from babel import Locale
from babel.units import format_unit
from mkdocs.config.defaults import MkDocsConfig

from handbook.press.core import i18n
from handbook.press.core.editions import Leaf, Say
from handbook.press.core.interface import N_
from handbook.press.core.tree import plain

PARAGRAPH = "{paragraph}"
"""The placeholder in `Tools.report` for the text of the paragraph that a reader chooses."""
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
    """A file with a page, or with the larger text that the page belongs to."""

    label: str
    """The kind of file, in the reader's language: `PDF`."""
    url: str
    """From the root of the site, as it can stand in a page."""
    size: int
    """The size in bytes, shown to readers before they tap."""


@dataclass(frozen=True)
class Offer:
    """A download with the texts that a page shows."""

    label: str
    url: str
    size: str


@dataclass(frozen=True)
class Tools:
    """The data for the tools at the foot of a page, in the reader's language."""

    title: str
    text: str
    """The text to share: title of the page, name and description of the site, one on each line.

    The address is shared with it."""
    address: str
    """The full URL of the page, or its path from the root if the configuration has no site_url."""
    locale: str
    """The reader's language as an Open Graph code: `es_ES`."""
    mail: str
    """A `mailto:` link that opens a mail with title, text and address."""
    report: str
    """A link that opens a report of a mistake, with `PARAGRAPH` as placeholder of the paragraph.

    Empty if mkdocs.yml has no address for reports."""
    downloads: tuple[Offer, ...]


def is_report_address(address: str) -> bool:
    """Tell whether an address is valid for reports: a bare mailto:, or a form with our fields."""
    return bool(_KINDS.fullmatch(address)) and set(re.findall(r"{[^}]*}?|}", address)) <= _FIELDS


def tools(
    leaf: Leaf,
    title: str,
    address: str,
    config: MkDocsConfig,
    report: str = "",
    downloads: Iterable[Download] = (),
) -> Tools:
    """Return the tools for the foot of the page at `address`; mistakes are reported to `report`."""
    language, locale, title = leaf.language, leaf.record.locale, plain(title)
    lines = dict.fromkeys((title, plain(config.site_name), plain(config.site_description)))
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
    """Return a number of bytes as text in kilobytes or megabytes, in the format of a locale."""
    if count < 1_000_000:
        return format_unit(-(-count // 1000), "digital-kilobyte", "short", locale=locale)
    return format_unit(count / 1e6, "digital-megabyte", "short", format="#,##0.0", locale=locale)


def _report(report: str, title: str, address: str, language: str, say: Say) -> str:
    """Return the link to report a mistake on a page."""
    values = {"{page}": f"{title} {address}", "{language}": language}
    if not report.startswith("mailto:"):
        return _filled(report, {field: quote(value, safe="") for field, value in values.items()})
    body = "\n".join(_filled(say(line), values) for line in _LINES) + "\n"
    return _mail(report.removeprefix("mailto:"), say(_SUBJECT).replace("{title}", title), body)


def correction(report: str) -> str:
    """Return the link that opens a mail with a correction, with `{title}` and `{body}`; or ""."""
    return f"{report}?subject={{title}}&body={{body}}" if report.startswith("mailto:") else ""


def _filled(text: str, values: dict[str, str]) -> str:
    """Replace the fields in a text, `{page}` for one, by their values; keep unknown fields."""
    return re.sub(r"{\w+}", lambda field: values.get(field[0], field[0]), text)


def _mail(to: str, subject: str, body: str) -> str:
    """Return a link that opens a mail (RFC 6068); `PARAGRAPH` is not percent-encoded."""
    lines = quote(body.replace("\n", "\r\n"), safe="").replace(quote(PARAGRAPH), PARAGRAPH)
    return f"mailto:{to}?subject={quote(subject, safe='')}&body={lines}"
