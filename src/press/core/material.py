"""What the templates are told of the language being built, Material's and our own."""

from __future__ import annotations

import json

from jinja2 import ChoiceLoader, DictLoader, Environment, PrefixLoader

from bitext.languages import cldr
from bitext.languages.record import Language

_OWN = "material"
"""Before the name of a template: the one that Material has."""


def teach(env: Environment, record: Language) -> None:
    """Give templates `joiner`, which is put between sentences, and Material's text in a language.

    Where Material has none, its text is that of the nearest language it has, in the end English.
    """
    env.globals["joiner"] = record.joiner
    near = [*map(_name, cldr.fallbacks(record.code)), _name("en")]
    nearest = env.select_template(near)
    if nearest.module.t("language") == record.tag:  # type: ignore[attr-defined]
        return
    assert env.loader is not None  # it has just loaded a template
    own = DictLoader({_name(record.code): _texts(record, nearest.name or "")})
    env.loader = ChoiceLoader([own, PrefixLoader({_OWN: env.loader}), env.loader])


def _name(code: str) -> str:
    """The template with Material's texts in a language."""
    return f"partials/languages/{code}.html"


def _texts(record: Language, nearest: str) -> str:
    """A template of texts: those of the `nearest`, under the language that they are shown in."""
    own = json.dumps({"language": record.tag, "direction": record.direction})
    return (
        f'{{% import "{_OWN}/{nearest}" as nearest %}}'
        f"{{% macro t(key) %}}{{{{ {own}[key] or nearest.t(key) }}}}{{% endmacro %}}"
    )
