"""Firefox and WebKit, driven as W3C WebDriver says: Playwright can only drive builds of its own."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from programs import PATIENCE, eventually, missing

TAB, ENTER, ESCAPE = "\ue004", "\ue007", "\ue00c"

_PATHS = {
    "Navigate": "url",
    "ExecuteScript": "execute/sync",
    "PerformActions": "actions",
    "SetWindowRect": "window/rect",
}


@dataclass(frozen=True)
class Engine:
    """A browser with one window."""

    tell: Callable[..., Any]
    """Send a command of WebDriver by its name, with its parameters; returns its value."""

    def visit(self, address: str) -> None:
        self.tell("Navigate", url=address)
        self.until("performance.getEntriesByType('navigation')[0].loadEventEnd")

    def run(self, script: str, *arguments: object) -> Any:
        """What a script returns; in it they are `arguments`."""
        return self.tell("ExecuteScript", script=script, args=arguments)

    def until(self, expression: str, *arguments: object) -> Any:
        """Wait until an expression is true; returns its value."""
        value = eventually(lambda: self.run(f"return {expression}", *arguments))
        assert value, f"never true: {expression}"
        return value

    def press(self, *keys: str) -> None:
        steps = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.tell("PerformActions", actions=[{"type": "key", "id": "keys", "actions": steps}])

    def point(self, selector: str) -> None:
        """Bring an element to the middle of the window, and the mouse to the element."""
        x, y = self.run(_MIDDLE, selector)
        move = {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0}
        self.tell("PerformActions", actions=[{"type": "pointer", "id": "mouse", "actions": [move]}])

    def resize(self, width: int, height: int) -> None:
        """Give the window a size inside."""
        self.tell("SetWindowRect", width=width, height=height)
        inner = self.run("return [innerWidth, innerHeight]")
        self.tell("SetWindowRect", width=2 * width - inner[0], height=2 * height - inner[1])


_MIDDLE = """const element = document.querySelector(arguments[0])
element.scrollIntoView({ block: "center", behavior: "instant" })
const { x, y, width, height } = element.getClientRects()[0]
return [x + width / 2, y + height / 2]"""


@contextmanager
def firefox(folder: Path) -> Iterator[Engine]:
    """A Firefox with its profile in `folder`, over Marionette: its own WebDriver, without a server.

    A message is its length, a colon and `[0, number, command, parameters]`; an answer likewise
    `[1, number, error, value]`.
    """
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        missing("Firefox")
    (folder / "user.js").write_text('user_pref("marionette.port", 0);\n', "ascii")
    command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
    with _running(command):
        port = int(eventually((folder / "MarionetteActivePort").read_text))
        with socket.create_connection(("127.0.0.1", port)) as line, line.makefile("rwb") as stream:

            def answer() -> Any:
                length = b""
                while not length.endswith(b":"):
                    length += stream.read(1)
                return json.loads(stream.read(int(length[:-1])))

            def tell(name: str, **parameters: object) -> Any:
                message = json.dumps([0, 1, f"WebDriver:{name}", parameters]).encode()
                stream.write(b"%d:%s" % (len(message), message))
                stream.flush()
                _, _, error, value = answer()
                assert not error, error
                return value.get("value", value)

            answer()  # who is there
            tell("NewSession")
            yield Engine(tell)


@contextmanager
def webkit(_: Path) -> Iterator[Engine]:
    """WebKitGTK's small browser, over its WebDriver server, on a screen that nobody sees."""
    if not (shutil.which("WebKitWebDriver") and shutil.which("xvfb-run")):
        missing("WebKitGTK's WebKitWebDriver, or xvfb-run,")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ["xvfb-run", "--auto-servernum", "WebKitWebDriver", f"--port={port}"]
    with _running(command):

        def ask(method: str, path: str, body: object = None) -> Any:
            with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
                connection.request(method, path, json.dumps(body))
                answer = connection.getresponse()
                value = json.load(answer)["value"]
            assert answer.status == 200, value
            return value

        eventually(lambda: ask("GET", "/status"))
        session = f"/session/{ask('POST', '/session', {'capabilities': {}})['sessionId']}"
        yield Engine(lambda name, **body: ask("POST", f"{session}/{_PATHS[name]}", body))
        ask("DELETE", session)


@contextmanager
def _running(command: list[str]) -> Iterator[None]:
    """Run a program until the end, and with it all that it started."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True)
    try:
        yield
    finally:
        os.killpg(process.pid, 15)
        process.wait()
