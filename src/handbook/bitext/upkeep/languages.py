"""Give a handbook another language, or take one out: the files that name its languages.

Settings are changed in their text, so that comments and layout stay, and read again before anything
is written: what cannot be changed for sure is said, with what to write by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from handbook.bitext import datafile, files
from handbook.bitext.datafile import DataError
from handbook.bitext.languages import cldr
from handbook.bitext.languages.codes import folded
from handbook.bitext.problem import Problem, amount
from handbook.bitext.project import settings, tomltable, walk
from handbook.bitext.project.edits import Edits
from handbook.bitext.project.handbook import Handbook
from handbook.bitext.upkeep import sitelanguages

_SETTINGS, _OWNERS = tomltable.NAME, ".github/CODEOWNERS"
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_TAKEN = re.compile(r"[a-z]{2}(?:-[A-Za-z]{4})?(?:-[A-Z]{2})?|[a-z]{2}_[A-Z]{2}")
"""What the plugin i18n takes."""
_SUCH = "give one such as pt, pt_BR or zh-Hant"
_LISTED = re.compile(r"^(?P<head>languages[ \t]*=[ \t]*\[)(?P<codes>[^\]]*)\]", re.MULTILINE)
_OWNER = re.compile(r"^#? ?/(?:docs|translations)/(?P<code>[\w-]+)/[^\n]*(?:\n|\Z)", re.MULTILINE)


def addition(handbook: Handbook, code: str, name: str = "") -> Edits | Problem:
    """Return the edits that give a handbook a language; `name` is what it calls itself.

    Unicode knows the name of most.
    """
    if not _TAKEN.fullmatch(code):
        return _not_taken(code)
    for known in handbook.languages:
        if folded(known) == folded(code):
            return Problem(code, 0, f"is in the handbook already, as {known}")
    shown = name.strip() or cldr.own_name(code)
    if not shown:
        fault = "is a language that Unicode has no name of"
        return Problem(code, 0, f"{fault}; give what it calls itself: --name")
    codes = (*handbook.languages, code)
    return _changed(handbook, codes, lambda text: sitelanguages.with_language(text, code, shown))


def _not_taken(code: str) -> Problem:
    """Say why a code cannot be taken, with the one that is meant where there is one."""
    fault = "is no code of a language"
    if _CODE.fullmatch(code):
        fault = "is no code that the site's plugin i18n takes (two letters, a script, a country)"
    given = cldr.parts(code) or cldr.Parts("")
    forms = (given.joined("-" if given.script else "_"), given.language)
    meant = next((form for form in forms if _TAKEN.fullmatch(form)), "")
    return Problem(code, 0, f"{fault}; {f'did you mean {meant}?' if meant else _SUCH}")


def removal(handbook: Handbook, code: str) -> Edits | Problem:
    """Return the edits that take a language out of a handbook, its catalogs among them."""
    if code == handbook.languages[0]:
        fault = "is the default language, whose interface text is the source of all others"
        return Problem(code, 0, f"{fault}; put another one first in {_SETTINGS}")
    written = [source for source in handbook.sources() if source.language == code]
    if written:
        first = written[0].name
        count = f"{amount(len(written), 'page')} first written in it"
        turned = handbook.languages[0]
        return Problem(code, 0, f"{count}; turn each to another: handbook turn {first} {turned}")
    left = tuple(each for each in handbook.languages if each != code)
    edits = _changed(handbook, left, lambda text: sitelanguages.without_language(text, code))
    if isinstance(edits, Problem):
        return edits
    return Edits(texts=edits.texts, gone=tuple(_files(handbook, code)))


def _files(handbook: Handbook, code: str) -> Iterator[str]:
    """Yield the files of a language, which git keeps."""
    for folder in (f"translations/{code}", f"docs/{code}"):
        for file in walk.files(handbook.root, folder):
            if isinstance(file, Path):
                yield handbook.name(file)


# -- the text of settings --------------------------------------------------------------------------


def _changed(
    handbook: Handbook, codes: tuple[str, ...], change: Callable[[str], str]
) -> Edits | Problem:
    """Return the edits after which the files that name languages name `codes`.

    `change` is what becomes of the text of mkdocs.yml, or of the file that this inherits from. What
    would name other languages then is a problem.
    """
    site = sitelanguages.file_of(handbook.root)
    if site.startswith(("../", "/")):
        fault = f"lists the languages, outside of the handbook; write them there: {_all(codes)}"
        line = sitelanguages.line_of(_text(handbook.root, site))
        return Problem(site, line, f"{fault}, then: handbook update")
    texts = {name: _text(handbook.root, name) for name in (_SETTINGS, site, _OWNERS) if name}
    made = {
        _SETTINGS: _listed(texts[_SETTINGS], codes),
        _OWNERS: _with_owners(texts[_OWNERS], handbook.languages, codes),
    }
    if site:
        try:
            made[site] = change(texts[site])
        except DataError as error:
            return Problem(site, error.line, f"is not YAML ({error}); correct the line")
    for name in (_SETTINGS, site):
        if name and texts[name] and (problem := _fault(name, made[name], codes)):
            return problem
    new = {name: text for name, text in made.items() if text != texts[name]}
    if not new.keys() & {_SETTINGS, site}:
        none = "names no languages, nor does mkdocs.yml"
        return Problem(_SETTINGS, 1, f"{none}; write them there by hand: {_all(codes)}")
    return Edits(texts=new)


def _text(root: Path, name: str) -> str:
    """Return the text of a file with its own line ends; "" if it is not there."""
    text = files.read(root / name, name)
    return text if isinstance(text, str) else ""


def _all(codes: tuple[str, ...]) -> str:
    return ", ".join(codes)


def _listed(text: str, codes: tuple[str, ...]) -> str:
    """Return pyproject.toml with these languages; unchanged if it lists none."""
    span = tomltable.table_span(text)
    found = _LISTED.search(text, *span) if span else None
    if found is None:
        return text
    old = re.findall(r"[\"']([^\"']+)[\"']", found["codes"])
    gone = [code for code in old if code not in codes]
    listed = found["codes"]
    for code in gone:
        listed = re.sub(rf"(?:,\s*[\"']{code}[\"'])|(?:[\"']{code}[\"']\s*,\s*)", "", listed)
    for code in (code for code in codes if code not in old):
        body, tail = listed.rstrip(), listed[len(listed.rstrip()) :]
        listed = f'{body.rstrip(",")}, "{code}"{"," if body.endswith(",") else ""}{tail}'
    return f"{text[: found.start()]}{found['head']}{listed}]{text[found.end() :]}"


def _with_owners(text: str, old: tuple[str, ...], new: tuple[str, ...]) -> str:
    """Return CODEOWNERS with the folders of new languages, and without those of others.

    New ones are commented out until somebody owns them. GitHub reads one pattern a line.
    """
    for code in (code for code in new if code not in old):
        owners = list(_OWNER.finditer(text))
        if owners:
            last, end = owners[-1][0].rstrip("\r\n"), owners[-1].end()
            row_end = owners[-1][0][len(last) :] or "\n"
            gap = "" if owners[-1][0] != last else row_end
            lines = (f"# /{folder}/{code}/ @name{row_end}" for folder in ("docs", "translations"))
            text = f"{text[:end]}{gap}{''.join(lines)}{text[end:]}"
    gone = {code for code in old if code not in new}
    return _OWNER.sub(lambda owner: "" if owner["code"] in gone else owner[0], text)


def _fault(name: str, text: str, codes: tuple[str, ...]) -> Problem | None:
    """Return the problem that a changed file does not name the languages; None if it does."""
    try:
        if name == _SETTINGS:
            table = datafile.load_toml(text).get("tool", {}).get("handbook", {})
            found = set(table.get("languages", codes))
        else:
            found = set(settings.languages_of(text)) or set(codes)
    except DataError:
        found = set()
    if found == set(codes):
        return None
    line = 1 if name == _SETTINGS else sitelanguages.line_of(text)
    fault = "has a list of languages that is to be changed by hand"
    return Problem(name, line, f"{fault}: {_all(codes)}")
