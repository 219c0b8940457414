"""Catch and report exceptions of event handlers of hooks and other plugins; the build goes on.

MkDocs ends a build at the first, in every language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from handbook.bitext.problem import Problem
from handbook.press.core import places
from handbook.press.core.config import root
from handbook.press.core.failures import place_of
from handbook.press.core.log import log
from handbook.press.core.written import read_written

_OURS = ("bitext", "i18n", "bitext/remaker")
_FAILED = "event handler"
"""The rule of problems of a handler that was passed over: what it does otherwise is not known."""
_LAST = -100
"""The event priority of what runs last, as MkDocs documents it; mkdocs-static-i18n has it too."""
_TYPES = {"config": MkDocsConfig, "files": Files, "nav": Navigation, "env": Environment}
"""What a handler of an event returns, where that is no text, if it returns something."""

Handler = Callable[..., Any]


def wrap_handlers(config: MkDocsConfig) -> None:
    """Wrap other plugins' event handlers to report exceptions; run file makers before ours.

    Those that know or make files run before ours, as long as they are not to run after all others.
    """
    plugins = config.plugins
    for event, handlers in plugins.events.items():
        for number, handler in enumerate(handlers):
            origin = plugins._event_origins.get(handler, "")
            if origin not in _OURS and not isinstance(handler, _Guarded):
                handlers[number] = _Guarded(handler, event, origin, config)
                plugins._event_origins[handlers[number]] = origin
    plugins.events["files"].sort(key=lambda each: _is_after_ours(each, config))


def _is_after_ours(handler: Handler, config: MkDocsConfig) -> bool:
    """Tell whether a handler runs with ours or later: not what runs last, and may make pages."""
    is_ours = config.plugins._event_origins.get(handler) in _OURS
    return is_ours or getattr(handler, "mkdocs_priority", 0) < _LAST


def origins(event: str, config: MkDocsConfig) -> Iterator[str]:
    """Yield the names in mkdocs.yml of the plugins and hooks that handle an event."""
    for handler in config.plugins.events[event]:
        yield config.plugins._event_origins.get(handler, "")


def failures(logged: Iterable[Problem]) -> list[Problem]:
    """Return those of the logged problems that say that a handler was passed over."""
    return [each for each in logged if each.rule == _FAILED]


class _Guarded:
    """A handler whose exceptions, and results of a wrong type, are each reported once."""

    def __init__(self, handler: Handler, event: str, origin: str, config: MkDocsConfig) -> None:
        self._handler, self._event, self._origin = handler, event, origin
        self._config = config
        self._told: set[str] = set()
        self.mkdocs_priority = getattr(handler, "mkdocs_priority", 0)

    def __call__(self, *item: Any, **about: Any) -> Any:
        try:
            result = self._handler(*item, **about)
        except (MkDocsException, MemoryError):  # the first is how a handler ends a build
            raise
        except (Exception, SystemExit) as error:
            what = " ".join(str(error).split())
            self._tell(f"raises {type(error).__name__} ({what})", about, error)
            return None
        if result is not None and item and not isinstance(result, self._type(item[0])):
            self._tell(f"returns {type(result).__name__}, which is of no use", about, None)
            return None
        return result

    def _type(self, item: Any) -> type:
        return str if isinstance(item, str) else _TYPES.get(self._event, object)

    def _tell(self, fault: str, about: dict[str, Any], error: BaseException | None) -> None:
        """Log the problem, with the first page that has it."""
        if fault in self._told:
            return
        self._told.add(fault)
        page = about.get("page")
        where = f" for {places.split(page.file.src_uri)[1]}" if isinstance(page, Page) else ""
        text = f"on_{self._event} {fault}{where}; correct it: until then it is passed over"
        log.warning(self._problem(text, error))

    def _problem(self, text: str, error: BaseException | None) -> Problem:
        if self._origin in list(self._config["hooks"]):
            place = place_of(error, root(self._config)) if error else None
            return Problem(*(place or (self._origin, 1)), text, _FAILED)
        written = read_written(root(self._config))
        text = f"the plugin {self._origin}: {text}"
        return replace(written.problem(("plugins", self._origin), text), rule=_FAILED)
