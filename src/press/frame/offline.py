"""The service worker that keeps visited pages readable without a connection.

`theme/worker.js` is the worker; a build puts before it the one line in which sites differ. Where
mkdocs.yml says `offline: false`, and in a preview, the same worker takes itself and all that it
saved away again.
"""

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import write_file

from bitext.project.handbook import SITE
from press.core import i18n, places, theme
from press.core.config import root as root_of

_WORKER = "worker.js"
_PAGE = "503.html"
"""Stands in for a page that was never visited; MkDocs writes the links of error pages in full."""
_NEEDS = re.compile(r'<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]+\.(?:js|css|svg))"')


def can_be_offered(config: MkDocsConfig) -> bool:
    """Whether browsers accept a service worker: only over https, so not in a preview."""
    return (config.site_url or "").startswith("https:")


def write(config: MkDocsConfig, *, offered: bool) -> None:
    """Put the worker at the root of the site: the same one whichever language is built.

    Where it is not `offered` the same worker removes itself and all that it saved.
    """
    text = (theme.FOLDER / _WORKER).read_text("utf-8")
    kept = json.dumps(_kept(config) if offered else None)
    write_file(f"const KEPT = {kept}\n\n{text}".encode(), str(Path(config.site_dir, _WORKER)))


def _kept(config: MkDocsConfig) -> dict[str, object]:
    """What the worker saves before it is asked: the pages that stand in, and what they need.

    The version is a digest of what these are made from: a new one is a new worker to browsers.
    """
    folder, root = Path(config.site_dir), root_of(config)
    languages = i18n.names(config)
    here = folder / places.within(i18n.current(config), _PAGE, config)
    needs = sorted(set(_needs(here, config)))
    words = (root / "translations" / language / SITE for language in languages)
    sources = [theme.FOLDER / _PAGE, *words, *(folder / need for need in needs)]
    digest = sha256(b"".join(file.read_bytes() for file in sources if file.is_file()))
    pages = [places.within(language, _PAGE, config) for language in languages]
    return {"version": digest.hexdigest(), "pages": pages, "needs": needs}


def _needs(page: Path, config: MkDocsConfig) -> Iterator[str]:
    """The scripts, styles and icons that a page names, relative to the root of the site."""
    root = urlsplit(config.site_url or "/").path
    for address in _NEEDS.findall(page.read_text("utf-8")):
        yield address.removeprefix(root)
