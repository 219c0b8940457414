"""Add the theme of this package to the site: templates, styles and scripts over Material's."""

from __future__ import annotations

from contextlib import suppress
from html import escape
from importlib.resources import files
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PrefixLoader,
)
from jinja2.bccache import Bucket
from jinja2.filters import FILTERS
from lxml import etree
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import url_filter

from handbook.bitext.files import is_file, read
from handbook.press.core import caches, i18n
from handbook.press.core.tree import SVG

FOLDER = Path(str(files("handbook.press") / "theme"))
"""The folder of the theme, with its templates and `assets/`."""
MATERIAL = Path(str(files("material") / "templates"))
"""The folder of Material's own templates."""

_MKDOCS = Path(str(files("mkdocs") / "templates"))


def _module(path: str) -> ExtraScriptValue:
    """Return a script that the page loads as a JavaScript module, so that it can import others."""
    script = ExtraScriptValue(path)
    script.type = "module"
    return script


_STYLES = ("assets/parts.css", "assets/print.css")
_SCRIPTS = tuple(
    _module(f"assets/{name}.js")
    for name in ("languages", "keys", "terms", "numbers", "since", "tools", "fold")
)
_SEARCH = _module("assets/searchbox.js")


def add(config: MkDocsConfig) -> MkDocsConfig:
    """Add the theme to `config`, between the site's own `custom_dir` and Material, and return it.

    mkdocs-static-i18n has put its own sitemap template before all of them; ours replaces it.
    """
    custom = config.theme.custom_dir
    others = [
        folder
        for folder in config.theme.dirs
        if folder not in (custom, str(FOLDER)) and not i18n.is_sitemap(folder)
    ]
    config.theme.dirs[:] = [*([custom] if custom else []), str(FOLDER), *others]
    config.theme.static_templates.add("503.html")
    config.extra.setdefault("alternate", True)  # shows the language menu, whose template is ours
    _add_files(config)
    return config


def has_known_templates(config: MkDocsConfig) -> bool:
    """Tell whether all templates of a site are MkDocs', Material's and ours."""
    known = (str(FOLDER), str(MATERIAL), str(_MKDOCS))
    others = [each for each in config.theme.dirs if each not in known and not i18n.is_sitemap(each)]
    return not any(file for folder in others for file in Path(folder).rglob("*.html"))


def emblem(config: MkDocsConfig) -> str | None:
    """Return the favicon of a site as SVG, for covers of books; "" if it is another picture.

    None if it cannot be read: then a book has no emblem.
    """
    name = str(config.theme["favicon"] or "")
    found = (Path(folder, name) for folder in config.theme.dirs)
    file = next((each for each in found if name.endswith(".svg") and is_file(each)), None)
    text = read(file, name) if file else ""
    return text if isinstance(text, str) and (not text or _is_svg(text)) else None


def _is_svg(text: str) -> bool:
    try:
        drawing = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return False
    return str(drawing.tag) == f"{SVG}svg"


def colors(config: MkDocsConfig, url: str) -> str:
    """Return a `<script>` tag that sets the reader's colors on the page at `url`; "" if none.

    `url` is the page's own. Without a button that changes colors there is nothing to choose.
    """
    if not isinstance(config.theme.get("palette"), list):
        return ""
    script = escape(get_relative_url("assets/colors.js", url))
    scope = escape(str(config.extra.get("scope", "")))
    return f'<script src="{script}" data-scope="{scope}"></script>\n'


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates on disk; without a usable folder, each build compiles them again.

    Only Material's and ours are kept. Jinja applies filters to constants when it compiles, but for
    those that take the context, as ours do: they give other texts in another language or after a
    catalog was edited. So may those of a site, whatever their names.
    """

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """Return a template as it was kept; of templates that are not, always an empty one."""
        if filename and _has_known_filters(environment, Path(filename)):
            return super().get_bucket(environment, name, filename, source)
        return Bucket(environment, "", "")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read a compiled template, if it is there."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write a compiled template, if it is one to be kept."""
        if bucket.key:
            with suppress(OSError):
                super().dump_bytecode(bucket)


def _has_known_filters(env: Environment, file: Path) -> bool:
    """Tell whether a template is Material's or ours, and the filters that it has are as always."""
    if not file.is_relative_to(FOLDER) and not file.is_relative_to(MATERIAL):
        return False
    given = (*_OF_MKDOCS, *(OURS if file.is_relative_to(FOLDER) else ()))
    return all(env.filters.get(name) is known for name, known in FILTERS.items()) and all(
        getattr(env.filters.get(name), _GIVEN, None) is _CONTEXT for name in given
    )


_GIVEN = "jinja_pass_arg"
"""What Jinja sets on a filter to say what it is given besides a value."""
_CONTEXT = getattr(url_filter, _GIVEN)
_OF_MKDOCS = ("url", "script_tag")
OURS = ("translated", "with_own_search")
"""The filters that only our templates have; as those of MkDocs, they are given the context."""


def keep_all_compiled(config: MkDocsConfig, folder: Path) -> None:
    """Let each environment of a site's theme keep its templates: plugins ask for some of theirs."""
    get_env = config.theme.get_env

    def keeping() -> Environment:
        env = get_env()
        keep_compiled(env, folder)
        return env

    setattr(config.theme, "get_env", keeping)  # noqa: B010 – mypy knows it as a method


def keep_compiled(env: Environment, folder: Path) -> None:
    """Let `env` keep Material's templates, and ours, compiled, in `folder`.

    Jinja finds them by their name and source, so those of another version are compiled again. What
    git keeps there is somebody's, and a compiled template is program: then nothing is kept.
    """
    if caches.is_somebodys(folder):
        return
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = _Compiled(str(folder))


def lay_beneath(env: Environment, config: MkDocsConfig) -> None:
    """Let our `base.html` extend Material's template of the same name.

    A site's own main.html, which knows only that name, extends ours.
    """
    others = [folder for folder in config.theme.dirs if folder != str(FOLDER)]
    assert env.loader is not None  # MkDocs gives it one
    env.loader = ChoiceLoader([PrefixLoader({_BENEATH: FileSystemLoader(others)}), env.loader])


_BENEATH = "beneath"
"""The prefix of a template's name that selects what ours would stand in front of."""


def _add_files(config: MkDocsConfig) -> None:
    """Make every page load our styles and scripts, after those of the site."""
    has_box = "material/search" in config.plugins
    for script in (*_SCRIPTS, *([_SEARCH] if has_box else [])):
        if script not in config.extra_javascript:
            config.extra_javascript.append(script)
    for style in _STYLES:
        if style not in config.extra_css:
            config.extra_css.append(style)
