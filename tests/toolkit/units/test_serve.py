"""The preview answers to its own names alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.bitext.files import write
from handbook.bitext.problem import SettingsError
from handbook.press.core.config import load
from handbook.press.make import serve
from handbook.press.make.livereload import Server, is_own
from programs import eventually
from rows import rows


@rows(
    ("name", "bound", "wanted"),
    [
        ("localhost:8000", "127.0.0.1", True),
        ("LOCALHOST.", "127.0.0.1", True),
        ("127.0.0.1:8000", "localhost", True),
        ("[::1]:8000", "127.0.0.1", True),
        ("a-computer:8000", "a-computer", True),
        ("192.168.1.5:8000", "0.0.0.0", True),
        ("[fe80::1]:8000", "::", True),
        ("a.example:8000", "0.0.0.0", False),
        ("192.168.1.5", "127.0.0.1", False),
        ("a.example:8000", "127.0.0.1", False),
        ("localhost.a.example", "127.0.0.1", False),
        ("127.0.0.1@a.example", "127.0.0.1", False),
        ("[::1", "127.0.0.1", False),
        ("", "127.0.0.1", False),
        ("", "0.0.0.0", False),
    ],
)
def test_names(name: str, bound: str, wanted: bool) -> None:
    assert is_own(name, bound) is wanted


@rows(("host", "port"), [("127.0.0.1", 70000), ("\N{LATIN SMALL LETTER E WITH ACUTE}" * 70, 0)])
def test_an_address_that_none_can_be_is_named(host: str, port: int, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=rf"dev_addr {host}:{port} cannot be used"):
        Server(tmp_path, host, port)


def test_what_ends_a_rebuild_is_a_line_and_the_next_save_is_followed(tmp_path: Path) -> None:
    left, told = [OSError(28, "No space left on device", "site"), ValueError("x")], list[str]()
    server = Server(tmp_path, "127.0.0.1", 0)

    def refresh() -> None:
        if left:
            raise left.pop()

    try:
        server.follow(refresh, lambda problem: told.append(str(problem)))
        for _ in range(3):
            server.builder()
    finally:
        server.server_close()
    assert "ValueError" in told[0]
    assert told[1:] == ["site: No space left on device; mend that and try again"]


def test_a_request_for_another_name_or_for_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("Home", "utf-8")
    server = Server(tmp_path, "127.0.0.1", 0)
    try:
        for name, path, status in (
            ("a.example", "/", "403 Forbidden"),
            ("localhost", "/", "200 OK"),
            ("localhost", "/\0", "400 Bad Request"),
        ):
            said: list[str] = []
            environ = {"HTTP_HOST": name, "PATH_INFO": path, "REQUEST_METHOD": "GET"}
            answer = server.serve_request(environ, lambda status, _, to=said: to.append(status))
            assert said == [status]
            assert (b"Home" in b"".join(answer)) == (status == "200 OK")
            if close := getattr(answer, "close", None):
                close()
    finally:
        server.server_close()


def test_files_of_editors_are_no_change_and_those_of_navigation_are_one(tmp_path: Path) -> None:
    kept = {"page.md", ".nav.yml", ".pages", "docs.yml"}
    for name in (*kept, ".page.md.swp", "page.md~", "4913", ".navigation", "x.pyc"):
        write(tmp_path / name, "x")
    assert {file.name for file in serve._look([tmp_path])} == kept


def test_a_link_to_itself_and_a_file_elsewhere_do_not_end_the_preview(tmp_path: Path) -> None:
    """A site may watch the source of a program, and the theme of this one is installed."""
    (tmp_path / "link").symlink_to("link")
    assert serve._look([tmp_path]) == {}
    file = tmp_path / "program.py"
    assert serve._changes([file], [file], tmp_path / "site", ("en",)) is None


SITE = """\
site_name: x
theme: {name: material}
plugins:
  - bitext
  - i18n:
      docs_structure: folder
      languages: [{locale: en, name: English, default: true}]
"""


def test_what_is_watched_may_be_made_later(tmp_path: Path) -> None:
    """A site that was taken up may have no pyproject.toml, and no translations yet."""
    write(tmp_path / "mkdocs.yml", SITE)
    write(tmp_path / "docs/en/index.md", "# A\n")
    watched = list(serve._watched(load(tmp_path)))
    assert {tmp_path / each for each in ("mkdocs.yml", "docs", "translations")} <= set(watched)
    server = Server(tmp_path, "127.0.0.1", 0)
    for each in watched:
        server.watch(str(each))
    server.observer.start()
    try:
        write(tmp_path / "translations/es/index.po", "")
        assert eventually(lambda: server._want_rebuild)
    finally:
        server.shutdown()
