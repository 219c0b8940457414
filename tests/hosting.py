"""A folder served as a host serves a site: compressed, and with a page for what is not there."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import IO
from urllib.parse import urlsplit

_COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".webmanifest"}


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The address at which a folder can be browsed."""
    handler = partial(_Host, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


@lru_cache(500)
def _compressed(content: bytes) -> bytes:
    """Compress a file once, however often it is asked for."""
    return gzip.compress(content, mtime=0)


class _Host(SimpleHTTPRequestHandler):
    def send_head(self) -> BytesIO | None:
        file = Path(self.translate_path(self.path))
        if file.is_dir() and not urlsplit(self.path).path.endswith("/"):
            return super().send_head()  # leads to the address with a slash
        file = file / "index.html" if file.is_dir() else file
        if file.is_file():
            return self._send(file, 200)
        return self._send(Path(self.directory, "404.html"), 404)

    def _send(self, file: Path, status: int) -> BytesIO:
        content = file.read_bytes() if file.is_file() else b""
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(file.name))
        if file.suffix in _COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", ""):
            content = _compressed(content)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return BytesIO(content)

    def copyfile(self, source: IO[bytes], outputfile: IO[bytes]) -> None:
        with suppress(ConnectionError):  # a browser that goes on to another page
            super().copyfile(source, outputfile)

    def log_message(self, *_: object) -> None:
        pass
