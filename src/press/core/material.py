"""What the templates are told of the language being built, Material's and our own."""

from __future__ import annotations

import json

from jinja2 import BaseLoader, ChoiceLoader, DictLoader, Environment, TemplateNotFound

from bitext.languages import cldr
from bitext.languages.record import Language


def teach(env: Environment, record: Language) -> None:
    """Give templates `joiner`, which is put between sentences, and interface text of Material's.

    Where Material has none in a language, it is that of the nearest it has, in the end English.
    """
    env.globals["joiner"] = record.joiner
    assert env.loader is not None  # MkDocs gives it one
    name = _name(record.code)
    if not _has(name, env.loader, env):
        near = (_name(code) for code in cldr.fallbacks(record.code))
        nearest = next((each for each in near if _has(each, env.loader, env)), _name("en"))
        env.loader = ChoiceLoader([DictLoader({name: _texts(record, nearest)}), env.loader])


def _name(code: str) -> str:
    """The template with Material's texts in a language."""
    return f"partials/languages/{code}.html"


def _has(name: str, loader: BaseLoader, env: Environment) -> bool:
    try:
        loader.get_source(env, name)
    except TemplateNotFound:
        return False
    return True


def _texts(record: Language, nearest: str) -> str:
    """A template like those of Material, with its texts from the `nearest`."""
    own = json.dumps({"language": record.tag, "direction": record.direction})
    return (
        f'{{% import "{nearest}" as nearest %}}'
        f"{{% macro t(key) %}}{{{{ {own}[key] or nearest.t(key) }}}}{{% endmacro %}}"
    )
