"""Try the handbook in a real Weblate: `python tests/weblate.py --weblate PATH`.

A Weblate of its own is started, with PostgreSQL and Redis in a temporary folder. It imports what
`handbook weblate` prints of a small handbook; units are edited by its API, pages on main; then each
text has to be there. It takes minutes, most of them for Weblate's database. What is not installed
is named, and nothing is tried.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from socket import socket
from typing import Any

ROOT = Path(__file__).parent.parent
_SETTINGS = """\
from weblate.settings_example import *
DATABASES["default"].update(HOST={home!r}, USER="weblate", NAME="weblate")
DATA_DIR = {home!r} + "/data"
CACHE_DIR = DATA_DIR + "/cache"
MEDIA_ROOT, STATIC_ROOT = DATA_DIR + "/media", CACHE_DIR + "/static"
CACHES["default"]["LOCATION"] = "unix://" + {home!r} + "/redis.sock?db=1"
SITE_DOMAIN = "127.0.0.1:{port}"
SITE_URL = "http://" + SITE_DOMAIN
SECRET_KEY = "of a test"
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
OTP_WEBAUTHN_RP_ID, OTP_WEBAUTHN_ALLOWED_ORIGINS = "localhost", ["http://localhost"]
VCS_ALLOW_SCHEMES, VCS_RESTRICT_PRIVATE = {{"git", "https", "ssh"}}, False
CELERY_TASK_ALWAYS_EAGER = CELERY_TASK_EAGER_PROPAGATES = True
CELERY_BROKER_URL, CELERY_RESULT_BACKEND = "memory://", None
BACKGROUND_ADMIN_CHECKS = False
"""
_TOKEN = """\
from rest_framework.authtoken.models import Token
from weblate.auth.models import User
print("token", Token.objects.get_or_create(user=User.objects.get(username="admin"))[0].key)
"""
_SITE = """\
site_name: A small handbook
site_url: https://handbook.example/
theme: {name: material}
markdown_extensions: [attr_list]
plugins:
  - i18n:
      docs_structure: folder
      languages:
        - {locale: en, name: English, default: true}
        - {locale: es, name: Español}
        - {locale: ja, name: 日本語}
  - bitext
"""
_GLOSSARY = "# Words\n\ncouncil\n:   Who decides together.\n"


def run(*words: str | Path, cwd: Path | None = None, **more: str) -> str:
    """Run a program; return what it prints. What it complains of is shown if it fails."""
    done = subprocess.run(
        [str(each) for each in words],
        cwd=cwd,
        env={**os.environ, **more},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(str(each) for each in words)}\n{done.stdout}{done.stderr}")
    return done.stdout


def git(folder: Path, *words: str) -> str:
    names = ("-c", "user.name=Main", "-c", "user.email=main@handbook.example")
    return run("git", *names, *words, cwd=folder)


def handbook(folder: Path, *words: str) -> str:
    return run(sys.executable, "-m", "handbook", *words, cwd=folder, PYTHONPATH=str(ROOT / "src"))


def free_port() -> int:
    with socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def started(*words: str | Path, log: Path, **more: str) -> Iterator[None]:
    """A program that runs for as long as it is needed."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [str(each) for each in words],
            env={**os.environ, **more},
            stdout=output,
            stderr=output,
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait()


def postgres_folder() -> str:
    """The folder of PostgreSQL's own programs, which Debian has outside of PATH; "" if none."""
    found = shutil.which("initdb")
    known = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return str(Path(found).parent if found else known[-1].parent) if found or known else ""


@contextmanager
def database(home: Path) -> Iterator[None]:
    """A PostgreSQL of our own, behind a socket in `home`. It refuses to be run by root."""
    programs, as_user = Path(postgres_folder()), ()
    if os.geteuid() == 0:
        as_user = ("runuser", "-u", "postgres", "--")
        shutil.chown(home, "postgres")
    data = home / "postgres"
    how = ("-A", "trust", "-U", "weblate", "-E", "UTF8", "--locale=C.UTF-8")
    run(*as_user, programs / "initdb", "-D", data, *how)
    options = f"-k {home} -c listen_addresses= -c fsync=off"
    control = (*as_user, programs / "pg_ctl", "-D", data, "-w", "-l", home / "postgres.log")
    run(*control, "-o", options, "start")
    try:
        run("psql", "-h", home, "-U", "weblate", "-c", "create database weblate", "postgres")
        yield
    finally:
        run(*control, "-m", "immediate", "stop")


class Weblate:
    """A Weblate that runs, by its API and its command."""

    def __init__(self, program: Path, home: Path, port: int) -> None:
        self.program, self.home, self.port, self.token = program, home, port, ""
        self.git_config = home / "data/home/.gitconfig"
        (home / "settings_of_test.py").write_text(_SETTINGS.format(home=str(home), port=port))
        self.environment = {
            "PYTHONPATH": str(home),
            "DJANGO_SETTINGS_MODULE": "settings_of_test",
            "PYTHONWARNINGS": "ignore",
        }

    def command(self, *words: str | Path) -> str:
        return run(self.program, *words, cwd=self.home, **self.environment)

    def ask(self, path: str, data: Any = None, method: str = "", kind: str = "json") -> Any:
        """Ask the API; `data` is what is sent, as JSON or as a file to be uploaded."""
        head = {"Authorization": f"Token {self.token}", "Content-Type": "application/json"}
        body = json.dumps(data).encode() if data is not None else None
        if kind == "file":
            head["Content-Type"] = "multipart/form-data; boundary=border"
            part = "--border\r\nContent-Disposition: form-data; name="
            form = f'{part}"method"\r\n\r\nadd\r\n{part}"file"; filename="terms.po"\r\n\r\n'
            body = f"{form}{data}\r\n--border--\r\n".encode()
        address = f"http://127.0.0.1:{self.port}/api/{path}"
        asked = urllib.request.Request(address, body, head, method=method or None)
        try:
            with urllib.request.urlopen(asked) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{path}: {error.read().decode()}") from None

    def units(self, component: str, language: str) -> dict[str, Any]:
        """The units of a translation, by their messages."""
        path = f"translations/handbook/{component}/{language}/units/?page_size=1000"
        return {each["source"][0]: each for each in self.ask(path)["results"]}

    def translate(self, component: str, language: str, words: Mapping[str, str]) -> None:
        units = self.units(component, language)
        for message, translation in words.items():
            edit = {"state": 20, "target": [translation]}
            self.ask(f"units/{units[message]['id']}/", edit, "PATCH")

    def do(self, operation: str) -> bool:
        path = "components/handbook/site/repository/"
        return bool(self.ask(path, {"operation": operation})["result"])


@contextmanager
def weblate(program: Path, home: Path) -> Iterator[Weblate]:
    """A new Weblate with one user."""
    log = home / "log"
    with ExitStack() as stack:
        stack.enter_context(database(home))
        redis = ("redis-server", "--port", "0", "--save", "", "--dir", home)
        stack.enter_context(started(*redis, "--unixsocket", home / "redis.sock", log=log))
        made = Weblate(program, home, free_port())
        print("Weblate makes its database: minutes", flush=True)
        made.command("migrate", "--no-input")
        who = ("--username", "admin", "--password", "Of-A-Test-1x", "--email", "a@handbook.example")
        made.command("createadmin", *who, "--name", "Somebody Invented")
        said = made.command("shell", "-c", _TOKEN)
        made.token = next(x.split()[1] for x in said.splitlines() if x.startswith("token "))
        serve = (program, "runserver", "--noreload", f"127.0.0.1:{made.port}")
        stack.enter_context(started(*serve, log=log, **made.environment))
        _wait(made)
        yield made


def _wait(made: Weblate) -> None:
    for _ in range(120):
        time.sleep(1)
        try:
            made.ask("")
        except OSError:
            continue
        return
    raise SystemExit(f"Weblate does not answer:\n{(made.home / 'log').read_text()[-3000:]}")


def small_handbook(folder: Path) -> Path:
    """The small handbook of the tests with a glossary, in git, its catalogs up to date."""
    shutil.copytree(ROOT / "tests/toolkit/handbook", folder)
    (folder / "mkdocs.yml").write_text(_SITE, "utf-8")
    (folder / ".gitattributes").write_text("*.po merge=handbook\n")
    (folder / "docs/en/reference").mkdir()
    (folder / "docs/en/reference/glossary.md").write_text(_GLOSSARY)
    with (folder / "docs/en/mission.md").open("a") as page:
        page.write("\n\n## How we meet { #meeting }\n\nWe take turns.\n")
    replace(folder / "translations/es/mission.po", "<b>mucho</b>", "mucho")
    handbook(folder, "update")
    terms = folder / "translations/es/reference/glossary.po"
    replace(terms, 'msgid "council"\nmsgstr ""', 'msgid "council"\nmsgstr "consejo"')
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "Begin")
    return folder


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text, f"{file} has no {old}"
    file.write_text(text.replace(old, new), "utf-8")


def commit(folder: Path, words: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", words)


Found = Iterator[tuple[str, bool]]


def imported(site: Weblate, folder: Path, address: str) -> Found:
    """Import the handbook as components, and its glossary."""
    site.ask(
        "projects/", {"name": "Handbook", "slug": "handbook", "web": "https://handbook.example/"}
    )
    (site.home / "components.json").write_text(handbook(folder, "weblate", address))
    site.command("import_json", "--project", "handbook", site.home / "components.json")
    terms = handbook(folder, "glossary", "es", "--format", "po")
    site.ask("translations/handbook/glossary_en/es/file/", terms, kind="file")
    made = {c["slug"]: c for c in site.ask("projects/handbook/components/?page_size=99")["results"]}
    of_page = {slug: made[slug]["source_language"]["code"] for slug in ("mission", "red")}
    yield "each page has its source language", of_page == {"mission": "en", "red": "es"}
    files = site.ask("components/handbook/red/translations/")["results"]
    names = {each["filename"] for each in files} - {""}
    yield "its catalogs are found", names == {f"translations/{x}/red.po" for x in ("en", "ja")}
    kept = site.units("glossary_en", "es")["council"]["target"]
    yield "the glossary has its terms", kept == ["consejo"]
    unit = site.units("mission", "es")["We take turns."]
    with urllib.request.urlopen(unit["web_url"]) as page:
        link = "https://handbook.example/mission/#meeting"
        yield "a unit leads to its place on the page", link in page.read().decode()
    red = [u for c in ("mission", "index") for u in site.units(c, "es").values()]
    yield "no check fails", not any(unit["has_failing_check"] for unit in red)


def edited(site: Weblate, folder: Path) -> Found:
    """Edit a unit, which is committed and pushed."""
    site.translate("mission", "es", {"Nobody leads for long.": "Nadie dirige mucho tiempo."})
    yield "an edit is committed and pushed", site.do("commit")
    git(folder, "pull", "-q", "--rebase", "origin", "main")
    heads = ('"PO-Revision-Date', '"Plural-Forms')
    ours = [row for row in changed_rows(folder, "+") if not row.startswith(heads)]
    yield "with no other line", ours == ['msgstr "Nadie dirige mucho tiempo."']


def pulled(site: Weblate, folder: Path) -> Found:
    """Edit units while main edits the page and updates its catalogs; then pull."""
    words = {"Mission": "La misión", "Everybody learns to lead.": "Todo el mundo aprende."}
    site.translate("mission", "es", words)
    site.translate(
        "mission", "ja", {"Mission": "使命", "Everybody learns to lead.": "皆が学びます。"}
    )
    replace(folder / "docs/en/mission.md", "Everybody learns to", "Everyone learns well to")
    replace(folder / "docs/en/mission.md", "take turns", "take turns often")
    handbook(folder, "update")
    commit(folder, "Edit a page, and bring its catalogs up to date")
    git(folder, "push", "-q", "origin", "main")
    yield "a pull after an update rebases", site.do("pull")
    yield from settled(folder, ("La misión", "Todo el mundo aprende.", "使命", "皆が学びます。"))


def settled(folder: Path, words: tuple[str, ...]) -> Found:
    """Update main's catalogs after Weblate; everything has to be there, in its form."""
    git(folder, "pull", "-q", "--rebase", "origin", "main")
    handbook(folder, "update")
    text = "".join(file.read_text("utf-8") for file in folder.glob("translations/*/*.po"))
    yield "nothing is lost", all(f'"{each}"' in text for each in words)
    commit(folder, "Bring the catalogs up to date")
    git(folder, "push", "-q", "origin", "main")
    rows = changed_rows(folder, "+-")
    heads = ('"PO-Revision-Date', '"Plural-Forms', "#|")
    yield (
        "an update restores fields of the header and #| alone",
        all(row.startswith(heads) for row in rows),
    )
    yield "handbook check finds nothing", handbook(folder, "check", "--errors") == ""


def joined_by_hand(site: Weblate, folder: Path) -> Found:
    """Without our driver Weblate stops at a conflict: its commits are joined in a clone."""
    handbook(folder, "merge-driver", "--install")
    git(folder, "config", "--file", str(site.git_config), "--unset", "merge.handbook.driver")
    site.translate("mission", "es", {"What the group is for.": "Para lo que existe el grupo."})
    replace(folder / "docs/en/mission.md", "What the group is for.", "What this group is for.")
    handbook(folder, "update")
    commit(folder, "Edit a text that is translated in Weblate just now")
    git(folder, "push", "-q", "origin", "main")
    yield "without the driver a pull stops", not site.do("pull")
    git(folder, "fetch", "-q", str(site.home / "data/vcs/handbook/site"), "main")
    git(folder, "merge", "-q", "--no-edit", "FETCH_HEAD")
    git(folder, "push", "-q", "origin", "main")
    yield "after a merge in a clone it pulls", site.do("pull")
    yield from settled(folder, ("Para lo que existe el grupo.", "La misión", "使命"))


def changed_rows(folder: Path, marks: str) -> list[str]:
    """The rows that the last commit has added or taken out."""
    rows = git(folder, "show", "--format=", "--unified=0").splitlines()
    return [row[1:] for row in rows if row[:1] in marks and row[:3] not in ("+++", "---")]


def found(program: Path) -> Found:
    """Try everything, one after the other."""
    # No longer path: PostgreSQL's socket may have one of a hundred characters.
    with tempfile.TemporaryDirectory(prefix="weblate-", dir="/tmp") as folder, ExitStack() as stack:
        home = Path(folder)
        home.chmod(0o755)
        mine = small_handbook(home / "handbook")
        (home / "git").mkdir()
        git(home, "clone", "-q", "--bare", "handbook", "git/handbook.git")
        git(mine, "remote", "add", "origin", str(home / "git/handbook.git"))
        port = str(free_port())
        served = (
            "git",
            "daemon",
            "--export-all",
            "--enable=receive-pack",
            f"--base-path={home}/git",
        )
        daemon = started(*served, "--listen=127.0.0.1", f"--port={port}", log=home / "log")
        stack.enter_context(daemon)
        site = stack.enter_context(weblate(program, home))
        yield from imported(site, mine, f"git://127.0.0.1:{port}/handbook.git")
        yield from edited(site, mine)
        driver = (
            f"env PYTHONPATH={ROOT / 'src'} {sys.executable} -m handbook merge-driver %O %A %B %P"
        )
        git(home, "config", "--file", str(site.git_config), "merge.handbook.driver", driver)
        yield from pulled(site, mine)
        yield from joined_by_hand(site, mine)


def main() -> int:
    """Print each thing that was tried; fail if one failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weblate", type=Path, required=True, help="the command weblate")
    program = parser.parse_args().weblate.absolute()
    lacking = [name for name in ("git", "psql", "redis-server") if not shutil.which(name)]
    lacking += [] if postgres_folder() else ["initdb (PostgreSQL)"]
    lacking += [] if program.exists() else [str(program)]
    if lacking:
        print(f"Weblate was not tried: {', '.join(lacking)} not installed")
        return 0
    failed = 0
    for what, is_so in found(program):
        print(f"{'yes' if is_so else 'NO '}  {what}", flush=True)
        failed += not is_so
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
