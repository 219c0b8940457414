"""Give a handbook another language, or take one out: the files that name its languages.

Settings are changed in their text, so that comments and layout stay, and read again before anything
is written: what cannot be changed for sure is said, with what to write by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from handbook.bitext import datafile
from handbook.bitext.datafile import DataError
from handbook.bitext.languages import cldr
from handbook.bitext.problem import Problem
from handbook.bitext.project import settings, walk
from handbook.bitext.project.edits import Edits
from handbook.bitext.project.handbook import Handbook

_SETTINGS, _SITE, _OWNERS = "pyproject.toml", "mkdocs.yml", ".github/CODEOWNERS"
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_LISTED = re.compile(r"^(?P<head>languages[ \t]*=[ \t]*\[)(?P<codes>[^\]]*)\]", re.MULTILINE)
_ENTRY = re.compile(
    r"^(?P<margin>[ \t]*)- (?:locale:[ \t]*(?P<code>[\w\"'-]+)[^\n]*\n"
    r"(?:(?P=margin)[ \t]+[^\n]*\n)*"
    r"|\{[^}\n]*\blocale:[ \t]*(?P<flow>[\w\"'-]+)[^\n]*\n)",
    re.MULTILINE,
)
_OWNER = re.compile(r"^(?P<mark>#? ?)/docs/(?P<code>[\w-]+)/[^\n]*\n", re.MULTILINE)


def addition(handbook: Handbook, code: str, name: str = "") -> Edits | Problem:
    """Return the edits that give a handbook a language; `name` is what it calls itself.

    Unicode knows the name of most.
    """
    if not _CODE.fullmatch(code):
        return Problem(code, 0, "is no code of a language; give one such as pt, pt_BR or zh-Hant")
    for known in handbook.languages:
        if _folded(known) == _folded(code):
            return Problem(code, 0, f"is in the handbook already, as {known}")
    shown = name.strip() or own_name(code)
    if not shown:
        fault = "is a language that Unicode has no name of"
        return Problem(code, 0, f"{fault}; give what it calls itself: --name")
    texts = _texts(handbook.root)
    made = {
        _SETTINGS: _listed(texts.get(_SETTINGS, ""), (*handbook.languages, code)),
        _SITE: _with_entry(texts.get(_SITE, ""), code, shown),
        _OWNERS: _with_owner(texts.get(_OWNERS, ""), code),
    }
    return _checked(handbook, texts, made, (*handbook.languages, code))


def removal(handbook: Handbook, code: str) -> Edits | Problem:
    """Return the edits that take a language out of a handbook, its catalogs among them."""
    if code == handbook.languages[0]:
        fault = "is the default language, whose interface text is the source of all others"
        return Problem(code, 0, f"{fault}; put another one first in {_SETTINGS}")
    written = [source for source in handbook.sources() if source.language == code]
    if written:
        first = handbook.name(written[0].file)
        count = f"{len(written)} pages were first written in it"
        turned = handbook.languages[0]
        return Problem(code, 0, f"{count}; turn each to another: handbook turn {first} {turned}")
    left = tuple(each for each in handbook.languages if each != code)
    texts = _texts(handbook.root)
    made = {
        _SETTINGS: _listed(texts.get(_SETTINGS, ""), left),
        _SITE: _without(_ENTRY, texts.get(_SITE, ""), code),
        _OWNERS: _without(_OWNER, texts.get(_OWNERS, ""), code),
    }
    edits = _checked(handbook, texts, made, left)
    if isinstance(edits, Problem):
        return edits
    return Edits(texts=edits.texts, gone=tuple(_files(handbook, code)))


def own_name(code: str) -> str:
    """Return what a language calls itself, as a list of languages has it; "" if unknown."""
    known = cldr.locale(code)
    shown = (known.get_display_name(known) or "") if known else ""
    return shown[:1].upper() + shown[1:]


def _folded(code: str) -> str:
    return code.replace("_", "-").casefold()


def _files(handbook: Handbook, code: str) -> Iterator[str]:
    """Yield the files of a language, which git keeps."""
    for folder in (f"translations/{code}", f"docs/{code}"):
        for file in walk.files(handbook.root, folder):
            if isinstance(file, Path):
                yield handbook.name(file)


def _texts(root: Path) -> dict[str, str]:
    names = (_SETTINGS, _SITE, _OWNERS)
    found = {name: (root / name).read_text("utf-8") for name in names if (root / name).is_file()}
    return {name: text if text.endswith("\n") else f"{text}\n" for name, text in found.items()}


# -- the text of settings --------------------------------------------------------------------------


def _listed(text: str, codes: tuple[str, ...]) -> str:
    """Return pyproject.toml with these languages; unchanged if it lists none."""
    found = _LISTED.search(text)
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


def _with_entry(text: str, code: str, name: str) -> str:
    """Return mkdocs.yml with a language below its last one; unchanged if it has none."""
    entries = list(_ENTRY.finditer(text))
    if not entries:
        return text
    last = entries[-1]
    margin = last["margin"]
    entry = f"{margin}- locale: {_plain(code)}\n{margin}  name: {_plain(name)}\n"
    return text[: last.end()] + entry + text[last.end() :]


def _plain(text: str) -> str:
    """Return a value as YAML has it: `no` is Norwegian here, and not false."""
    written = yaml.safe_dump(text, allow_unicode=True, width=1000).removesuffix("...\n")
    return written.rstrip("\n")


def _with_owner(text: str, code: str) -> str:
    """Return CODEOWNERS with the folders of a language, commented out until somebody owns them."""
    owners = list(_OWNER.finditer(text))
    if not owners:
        return text
    end = owners[-1].end()
    return f"{text[:end]}# /docs/{code}/ /translations/{code}/   @name\n{text[end:]}"


def _without(pattern: re.Pattern[str], text: str, code: str) -> str:
    """Return a text without the entry of a language."""
    for found in pattern.finditer(text):
        groups = found.groupdict()
        if (groups.get("code") or groups.get("flow") or "").strip("\"'") == code:
            return text[: found.start()] + text[found.end() :]
    return text


def _checked(
    handbook: Handbook, texts: dict[str, str], made: dict[str, str], codes: tuple[str, ...]
) -> Edits | Problem:
    """Return the edits, or the problem that a file would not name these languages after them."""
    for name, text in made.items():
        if name in texts and name != _OWNERS and (fault := _fault(name, text, codes)):
            return fault
    listing = [name for name in (_SETTINGS, _SITE) if made[name] != texts.get(name, "")]
    if not listing:
        named = ", ".join(codes)
        none = "names no languages, nor does mkdocs.yml"
        return Problem(_SETTINGS, 1, f"{none}; write them there by hand: {named}")
    return Edits(texts={name: made[name] for name in made if made[name] != texts.get(name, "")})


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
    return Problem(
        name, 1, f"has a list of languages that is to be changed by hand: {', '.join(codes)}"
    )
