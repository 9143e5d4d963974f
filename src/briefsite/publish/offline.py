"""The site to take along: one zip that opens from disk, without a server."""

from __future__ import annotations

import datetime
import html
import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

# Of use to servers and robots alone.
_LEFT_OUT = re.compile(r"404\.html|sitemap(-\d+)?\.xml|robots\.txt|llms\.txt|card\.png")
_LINK = re.compile(r'(\s(?:href|src)="|\scontent="0; url=)([^"]*)"')
_HTML = re.compile(r"<html\b")


def offline_copy(folder: Path, *, title: str, site_url: str, day: datetime.date) -> bytes:
    """A zip of the site in `folder`, in which every link names a file.

    From disk, a link to a folder shows a list of files, not the page in it. What is not in the copy
    is linked where it is online, at `site_url`, if that is known. All files bear the date `day`, so
    that the same site gives the same zip. The `html` element of each page says `data-offline`.
    """
    paths = (path for path in folder.rglob("*") if path.is_file())
    named = {path.relative_to(folder).as_posix(): path for path in paths}
    files = {name: named[name] for name in sorted(named) if _is_taken(name)}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, path in files.items():
            content = path.read_bytes()
            if name.endswith(".html"):
                content = _opened_from_disk(content.decode(), name, files, site_url).encode()
            entry = zipfile.ZipInfo(f"{title}/{name}", (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, content)
    return made.getvalue()


def _is_taken(name: str) -> bool:
    return not _LEFT_OUT.fullmatch(posixpath.basename(name))


def _opened_from_disk(page: str, name: str, files: Mapping[str, Path], site_url: str) -> str:
    page = _HTML.sub("<html data-offline", page, count=1)
    return _LINK.sub(lambda match: f'{match[1]}{_link(match[2], name, files, site_url)}"', page)


def _link(given: str, name: str, files: Mapping[str, Path], site_url: str) -> str:
    try:
        parts = urlsplit(html.unescape(given))
    except ValueError:
        return given
    if parts.scheme or parts.netloc or not parts.path:
        return given
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
    page = posixpath.normpath(f"{target}/index.html")
    way = parts.path
    if target not in files and page in files:
        way = quote(posixpath.relpath(page, posixpath.dirname(name) or "."))
    elif target not in files and site_url:
        way = urljoin(site_url, "" if target == "." else quote(target))
        way += "/" if parts.path.endswith("/") and not way.endswith("/") else ""
    return html.escape(parts._replace(path=way).geturl())
