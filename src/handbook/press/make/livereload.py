"""A server of this computer alone, whose pages reload in open browsers when files are saved.

It is MkDocs' live server (read in 1.6.1), which the previews of a site and of a catalog share.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingObserverVFS

from handbook.bitext.problem import Problem, SettingsError
from handbook.bitext.project.settings import MKDOCS
from handbook.press.core.failures import problems_of

LOOK = 0.25
"""Seconds between two scans of the files."""


class Server(LiveReloadServer):
    """MkDocs' server, but its port is open during the first build: browsers wait for its end."""

    def __init__(
        self, folder: Path, host: str, port: int, mount: str = "/", look: float = LOOK
    ) -> None:
        """Open a port, to serve `folder` at the path `mount`; look for changes every so often.

        `look` is in seconds. Raises SettingsError.
        """
        super().__init__(lambda: None, host, port, str(folder), mount, polling_interval=look)
        self._bound = host
        self.observer = PollingObserverVFS(  # type: ignore[assignment]  # a sister of its class
            _status, os.scandir, polling_interval=look
        )
        """Follows no links: they may lead in circles."""
        self.error_handler = partial(_error_page, folder)
        try:
            super().server_bind()
            super().server_activate()
        except (OSError, OverflowError, TypeError) as error:  # the others: what no address can be
            self.server_close()
            reason = error.strerror if isinstance(error, OSError) else error
            wrong = f"dev_addr {host}:{port} cannot be used ({reason})"
            cure = "give another --port or --host"
            raise SettingsError(Problem(MKDOCS, 1, f"{wrong}; {cure}")) from None

    def follow(self, refresh: Callable[[], None], warn: Callable[[Problem], None]) -> None:
        """Call `refresh` whenever files are saved; `warn` is told what ends it, if anything does.

        MkDocs would print a traceback. The next save is followed all the same.
        """

        def build() -> None:
            try:
                refresh()
            except Exception as error:  # raised by the disk, or any extension or template
                for problem in problems_of(error):
                    warn(problem)

        self.builder = build

    def serve_request(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        """Answer a request that names this computer; refuse others.

        A page of another host could else read the preview: its name may be made to lead here.
        """
        if "\0" in environ.get("PATH_INFO", ""):  # no file has that in its name
            start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
            return [b"There is no such address.\n"]
        if is_own(environ.get("HTTP_HOST", ""), self._bound):
            answer: Iterable[bytes] = super().serve_request(environ, start_response)
            return answer
        start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
        return [f"This preview answers to localhost and {self._bound} alone.\n".encode()]

    def server_bind(self) -> None:
        """Do nothing: `serve` calls this, but `__init__` has already bound the port."""

    def server_activate(self) -> None:
        """Do nothing, for the same reason as `server_bind`."""


_NO_FOLDER = os.stat_result((stat.S_IFDIR, *[0] * 9))


def _status(place: str) -> os.stat_result:
    """Return what is known of a file or a folder; what is not there is an empty folder.

    So a folder is followed that is made later, or goes with one branch of git and comes back.
    """
    try:
        return os.lstat(place)
    except (FileNotFoundError, NotADirectoryError):
        return _NO_FOLDER


_LOCAL = ("localhost", "127.0.0.1", "::1")
_ALL = ("0.0.0.0", "::", "")
"""What to bind to for answering at every address of a computer."""


def is_own(name: str, bound: str) -> bool:
    """Tell whether the `Host` of a request is a name of a server that is bound to `bound`.

    Bound to all addresses, it answers to any that is a number: such a one cannot be redirected.
    """
    try:
        host = (urlsplit(f"//{name}").hostname or "").removesuffix(".")
    except ValueError:
        return False
    if host in _LOCAL or (host and host == bound.strip("[]").lower()):
        return True
    return bound in _ALL and _is_number(host)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _error_page(site_dir: Path, code: int) -> bytes | None:
    page = site_dir / f"{code}.html"
    return page.read_bytes() if page.exists() else None
