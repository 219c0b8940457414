"""Give the templates, Material's and our own, the data of the language being built."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

from jinja2 import ChoiceLoader, DictLoader, Environment, PrefixLoader
from mkdocs.config.defaults import MkDocsConfig

from bitext.languages import cldr
from bitext.languages.record import Language

FOLDER = Path(str(files("material") / "templates"))
"""The folder of Material's own templates."""
_OWN = "material"
"""The prefix of a template's name that selects Material's own template."""


def teach(env: Environment, record: Language) -> None:
    """Give templates the `joiner` between sentences, and Material's interface text in a language.

    If Material has none in that language, that of the nearest language is used, or English.
    """
    env.globals["joiner"] = record.joiner
    near = [*map(_name, cldr.fallbacks(record.code)), _name("en")]
    nearest = env.select_template(near)
    is_own = nearest.name == _name(record.code)  # of zh_TW it has zh-TW
    if is_own and nearest.module.t("language") == record.tag:  # type: ignore[attr-defined]
        return
    assert env.loader is not None  # it has just loaded a template
    own = DictLoader({_name(record.code): _texts(record, nearest.name or "")})
    env.loader = ChoiceLoader([own, PrefixLoader({_OWN: env.loader}), env.loader])


def settle_language(config: MkDocsConfig) -> None:
    """Set the theme's language to the nearest that Material has words in.

    Material's own search plugin looks for them before a language begins, and fails without.
    """
    code = str(config.theme.get("language") or "en")
    near = (*cldr.fallbacks(code), "en")
    config.theme["language"] = next(each for each in near if _has_words(each, config))


def _has_words(code: str, config: MkDocsConfig) -> bool:
    return any(Path(folder, _name(code)).is_file() for folder in config.theme.dirs)


def _name(code: str) -> str:
    """Return the name of the template with Material's interface text in a language."""
    return f"partials/languages/{code}.html"


def _texts(record: Language, nearest: str) -> str:
    """Return a template with the text of `nearest`, but with this language's tag and direction."""
    own = json.dumps({"language": record.tag, "direction": record.direction})
    return (
        f'{{% import "{_OWN}/{nearest}" as nearest %}}'
        f"{{% macro t(key) %}}{{{{ {own}[key] or nearest.t(key) }}}}{{% endmacro %}}"
    )
