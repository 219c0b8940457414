"""Give the templates, Material's and our own, the data of the language being built."""

from __future__ import annotations

import json
from pathlib import Path

from jinja2 import ChoiceLoader, DictLoader, Environment, PrefixLoader, Template
from mkdocs.config.defaults import MkDocsConfig

from handbook.bitext.languages import cldr
from handbook.bitext.languages.record import Language
from handbook.bitext.problem import Problem
from handbook.press.core import i18n, places
from handbook.press.core.config import root
from handbook.press.core.editions import Say
from handbook.press.core.interface import N_
from handbook.press.core.theme import MATERIAL
from handbook.press.core.written import read_written

_OWN = "material"
"""The prefix of a template's name that selects Material's own template."""
# Translators: Above the list of a page's headings, beside the page and in the menu of a phone.
_ON_THIS_PAGE = N_("On this page")


def teach(env: Environment, record: Language, say: Say) -> None:
    """Give templates Material's interface text in a language, its `comma` and its `joiner`.

    These stand between the items of a list and between sentences.
    If Material has none in that language, that of the nearest language is used, or English.
    `say` translates the few texts that are ours.
    """
    env.globals["joiner"] = record.joiner
    env.globals["comma"] = record.comma
    near = [*map(_name, cldr.fallbacks(record.code)), _name("en")]
    nearest = env.select_template(near)
    own = _contents(nearest, say)
    is_own = nearest.name == _name(record.code)  # of zh_TW it has zh-TW
    if not is_own or nearest.module.t("language") != record.tag:  # type: ignore[attr-defined]  # a macro
        own |= {"language": record.tag, "direction": record.direction}
    if own:
        assert env.loader is not None  # it has just loaded a template
        texts = DictLoader({_name(record.code): _texts(own, nearest.name or "")})
        env.loader = ChoiceLoader([texts, PrefixLoader({_OWN: env.loader}), env.loader])


def _contents(nearest: Template, say: Say) -> dict[str, str]:
    """Return the label of a page's own list of contents: another than that of the whole site.

    Material's remains where we have no words in the language, and where a site has a template of
    its own that says something else.
    """
    label = say(_ON_THIS_PAGE)
    has_words = label != _ON_THIS_PAGE or nearest.name == _name("en")
    is_materials = Path(nearest.filename or "").is_relative_to(MATERIAL)
    return {"toc": label} if has_words and is_materials else {}


def settle_language(config: MkDocsConfig) -> None:
    """Set the theme's language to the nearest that Material has words in.

    Material's own search plugin looks for them before a language begins, and fails without.
    """
    code = str(config.theme.get("language") or "en")
    near = (*cldr.fallbacks(code), "en")
    config.theme["language"] = next(each for each in near if _has_words(each, config))


def settle_search(config: MkDocsConfig) -> None:
    """Turn Material's own search on where it is off, as `enabled: !ENV [CI, false]` has it.

    Each language has an index of its own, but mkdocs-static-i18n fails without Material's.
    """
    for name in ("search", "material/search"):
        plugin = config.plugins.get(name)
        if plugin and "enabled" in plugin.config:
            plugin.config["enabled"] = True


_INSTANT = "navigation.instant"


def settle_features(config: MkDocsConfig) -> Problem | None:
    """Leave out that pages are loaded in parts; return a remark on it, None if it was not on.

    The switcher of languages leads to the same page in another language, and scripts begin their
    work on each page: both need whole pages. mkdocs-static-i18n warns of it.
    """
    features = config.theme.get("features") or []
    kept = [each for each in features if not str(each).startswith(_INSTANT)]
    if kept == features:
        return None
    config.theme["features"] = kept
    fault = f"{_INSTANT} is left out, because the switcher of languages needs whole pages"
    written = read_written(root(config))
    return written.item("theme", _INSTANT, 1, fault)


def export_tags(language: str, config: MkDocsConfig) -> None:
    """Let the plugin tags write its file, for other programs, into the folder of each language."""
    plugin = config.plugins.get("material/tags")
    if plugin is None or "export_file" not in plugin.config:
        return
    given = str(plugin.config["export_file"])
    folder, _, file = given.partition("/")
    before = file if folder in i18n.names(config) else given  # of the language built before
    plugin.config["export_file"] = places.within(language, before, config)


def _has_words(code: str, config: MkDocsConfig) -> bool:
    return any(Path(folder, _name(code)).is_file() for folder in config.theme.dirs)


def _name(code: str) -> str:
    """Return the name of the template with Material's interface text in a language."""
    return f"partials/languages/{code}.html"


def _texts(own: dict[str, str], nearest: str) -> str:
    """Return a template with the text of the template `nearest`, but with texts of our `own`."""
    ours = json.dumps(own, ensure_ascii=False)
    return (
        f'{{% import "{_OWN}/{nearest}" as nearest %}}'
        f"{{% macro t(key) %}}{{{{ {ours}[key] or nearest.t(key) }}}}{{% endmacro %}}"
    )
