"""The service worker that keeps visited pages readable without a connection.

`theme/worker.js` is the worker; a build puts one line before it, the only one that differs between
sites. With `offline: false` in mkdocs.yml, and in a preview, the same worker removes itself and
everything that it saved.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import write_file

from handbook.bitext.project.pages import site_catalog
from handbook.press.core import i18n, places, theme
from handbook.press.core.config import root as root_of

_WORKER = "worker.js"
_PAGE = "503.html"
"""The page shown instead of one that was never visited.

MkDocs writes absolute links on error pages."""
_NEEDS = re.compile(r'<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]+\.(?:js|css|svg))"')


def can_be_offered(config: MkDocsConfig) -> bool:
    """Tell whether browsers accept a service worker: only over https, so not in a preview."""
    return (config.site_url or "").startswith("https:")


def write(config: MkDocsConfig, *, offered: bool) -> None:
    """Write the worker to the root of the site: the same one whichever language is built.

    Unless it is `offered`, the same worker removes itself and everything that it saved.
    """
    text = (theme.FOLDER / _WORKER).read_text("utf-8")
    kept = json.dumps(_kept(config) if offered else None)
    write_file(f"const KEPT = {kept}\n\n{text}".encode(), str(Path(config.site_dir, _WORKER)))


def _kept(config: MkDocsConfig) -> dict[str, object]:
    """Return what the worker saves when it is installed: the fallback pages and what they need.

    The version is a digest of their sources: with a new one, browsers see a new worker.
    """
    folder, root = Path(config.site_dir), root_of(config)
    languages = i18n.names(config)
    here = folder / places.within(i18n.current(config), _PAGE, config)
    needs = sorted(set(_needs(here, config)))
    catalogs = (root / site_catalog(language) for language in languages)
    sources = [theme.FOLDER / _PAGE, *catalogs, *(folder / need for need in needs)]
    digest = sha256(b"".join(file.read_bytes() for file in sources if file.is_file()))
    pages = [places.within(language, _PAGE, config) for language in languages]
    return {"version": digest.hexdigest(), "pages": pages, "needs": needs}


def _needs(page: Path, config: MkDocsConfig) -> Iterator[str]:
    """Yield the scripts, style sheets and icons of a page, relative to the root of the site."""
    root = urlsplit(config.site_url or "/").path
    for address in _NEEDS.findall(page.read_text("utf-8")):
        yield address.removeprefix(root)
