"""Where each page stands in each language, and what search engines are told of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.utils import is_error_template, write_file
from mkdocs.utils.templates import TemplateContext

from press.core import editions, i18n
from press.frame import foot, notices, sharing

HOME = "index.md"
"""The path of the page that stands at the root of each language."""
_HELP = "reference/translate.md"
"""The path of the page that tells how to help with translations."""
_FURNITURE = (
    '<header class="md-header',
    '<div class="md-sidebar ',
    '<aside class="notice"',
    '<aside class="tools"',
    '<aside class="foot"',
    '<footer class="md-footer',
)
"""What surrounds a page's own text."""


@dataclass(frozen=True)
class Alternate:
    """A page in one language."""

    language: str
    name: str
    """The language's name, as its speakers call it."""
    url: str
    """Relative to the root of the site."""
    address: str
    """In full, or as `url` where the configuration has no site_url."""
    translated: bool
    """Whether the page says anything in this language yet."""


def alternates(path: str, config: MkDocsConfig) -> list[Alternate]:
    """The page at `path` in every language, the site's default first."""
    return list(_alternates(path, config))


def _alternates(path: str, config: MkDocsConfig) -> Iterator[Alternate]:
    book, url = editions.of(config), _url(path, config)
    for language, name in i18n.names(config).items():
        own = within(language, url, config) or "./"
        full = urljoin(config.site_url or "", own)
        yield Alternate(language, name, own, full, book.speaks(path, language))


def address(path: str, language: str, config: MkDocsConfig) -> str:
    """A page's address in one language, relative to the root of the site."""
    return within(language, _url(path, config), config) or "./"


def _url(path: str, config: MkDocsConfig) -> str:
    return _file(path, config).url.removeprefix("./")


def file(path: str, language: str, config: MkDocsConfig) -> str:
    """The file a page is written to in one language, relative to the root of the site."""
    return within(language, _file(path, config).dest_uri, config)


def _file(path: str, config: MkDocsConfig) -> File:
    return File(path, None, config.site_dir, config.use_directory_urls)


def within(language: str, url: str, config: MkDocsConfig) -> str:
    """Where `url` of one language stands, relative to the root of the site.

    The default language stands at the root of the site, every other in a folder of its own.
    """
    return url if language == i18n.default(config) else f"{language}/{url}"


def describe(context: TemplateContext, page: Page, config: MkDocsConfig) -> TemplateContext:
    """Give a page's template its alternates, its notice, its tools and its foot.

    A page that says nothing in its language names its source page as the one to find.
    """
    language, path = editions.place(page.file.src_uri)
    book = editions.of(config)
    found = alternates(path, config)
    here = next(each for each in found if each.language == language)
    spoken = here.translated
    if not spoken:
        source = book.sources[path].language
        page.canonical_url = next(each.address for each in found if each.language == source)
    context.update(  # type: ignore[call-arg]
        alternates=found,
        spoken=spoken,
        home=path == HOME,
        notice=notices.notice(page, config),
        tools=sharing.tools(page, here.address, config),
        foot=foot.foot(page, config),
        help=address(_HELP, language, config) if _HELP in book.sources else page.edit_url,
    )
    return context


def describe_template(
    context: TemplateContext, template: str, config: MkDocsConfig
) -> TemplateContext:
    """Give error pages all homes, and sitemap.xml every page that says something."""
    book = editions.of(config)
    if is_error_template(template):
        context.update(alternates=alternates(HOME, config))  # type: ignore[call-arg]
    elif template == "sitemap.xml":
        pages = (alternates(path, config) for path in sorted(book.sources))
        context.update(  # type: ignore[call-arg]
            pages=[[each for each in page if each.translated] for page in pages]
        )
    return context


def put_error_page(output: str, template: str, config: MkDocsConfig) -> str:
    """Write each language's error pages into its own folder; MkDocs has one place."""
    language = i18n.current(config)
    if not is_error_template(template) or language == i18n.default(config):
        return output
    write_file(output.encode(), str(Path(config.site_dir, within(language, template, config))))
    return ""  # MkDocs writes nothing where there is nothing


def declare_language(output: str, page: Page, config: MkDocsConfig) -> str:
    """Say in `<html lang>` which language a page that is not translated is really in."""
    language, path = editions.place(page.file.src_uri)
    book = editions.of(config)
    if book.speaks(path, language):
        return output
    source = book.sources[path].language
    output = output.replace(f'<html lang="{language}"', f'<html lang="{source}"', 1)
    for tag in _FURNITURE:
        element, attributes = tag.split(" ", 1)
        output = output.replace(tag, f'{element} lang="{language}" {attributes}')
    return output
