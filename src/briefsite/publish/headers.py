"""`_headers`: what a host sends with each file, in the form that Netlify and Cloudflare Pages read.

The policy is the one that the site runs under: scripts and styles from itself alone, and of those
that stand in a page the theme's, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from briefsite.publish.typeset import PublishError

NAME = "_headers"
THEME = "404.html"
"""A page that no author has a word in: its scripts are the theme's."""

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_WAY = r'\.|\.\.(?:/\.\.)*|/(?:[^"\\</][^"\\<]*)?'
_HERE = re.compile(rf'(?<=new URL\(")(?:{_WAY})(?="\s*,\s*location\))')
"""Where in one of the theme's scripts a page names its way to the site's root."""
_HASHED = re.compile(r"\.[0-9a-f]{8,}\.(?:min\.)?(?:js|css|svg)")
_YEAR = "public, max-age=31536000, immutable"

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def headers(folder: Path, site_url: str) -> str:
    """The headers of a built site, for the address that it will have.

    Maps may be shown in a frame by anybody, all other pages by the site alone. Raises PublishError
    if a page holds a script that is not the theme's.
    """
    base = urlsplit(site_url).path.rstrip("/")
    rules: dict[str, dict[str, str]] = {"/*": {"Content-Security-Policy": policy(folder)}}
    rules["/*"] |= EVERYWHERE
    # Where two rules fit, a host joins their policies, and a browser obeys both.
    for path in ("/", "/index.html", *(f"/{name}/*" for name in _sections(folder))):
        rules[path] = {"Content-Security-Policy": "frame-ancestors 'self'"}
    for path in _lasting(folder):
        rules[path] = {"Cache-Control": _YEAR}
    return "".join(_printed(f"{base}{path}", lines) for path, lines in rules.items())


def policy(folder: Path) -> str:
    """The Content-Security-Policy of a built site. Raises PublishError."""
    scripts = sorted({_hash(text) for text in _scripts(folder)})
    pictures = (path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.svg")))
    styles = sorted({_hash(style) for text in pictures for style in _STYLE.findall(text)})
    parts = {
        "default-src": ("'none'",),
        "script-src": ("'self'", *scripts),
        "style-src": ("'self'", *styles),
        "img-src": ("'self'", "data:"),  # the theme's signs
        "font-src": ("'self'",),
        "connect-src": ("'self'",),
        "frame-src": ("'self'",),
        "manifest-src": ("'self'",),
        "base-uri": ("'none'",),
        "form-action": ("'self'",),
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in parts.items())


def _scripts(folder: Path) -> Iterator[str]:
    known = {_HERE.sub("", text) for text in _SCRIPT.findall((folder / THEME).read_text("utf-8"))}
    for path in sorted(folder.rglob("*.html")):
        for text in set(_SCRIPT.findall(path.read_text(encoding="utf-8"))):
            if _HERE.sub("", text) not in known:
                name = path.relative_to(folder).as_posix()
                raise PublishError(f"{name} holds a script that is not the theme's: {text[:80]!r}")
            yield text


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _sections(folder: Path) -> Iterable[str]:
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.is_dir() and path.name != "maps" and any(path.rglob("index.html"))
    )


def _lasting(folder: Path) -> Iterator[str]:
    """What bears the hash of its content in its name, and so never changes."""
    for path in sorted((folder / "search").iterdir()) if (folder / "search").is_dir() else ():
        if path.is_dir():
            yield f"/search/{path.name}/*"
    for path in sorted((folder / "assets").rglob("*")):
        if _HASHED.search(path.name) and path.suffix != ".map" and path.is_file():
            yield f"/{path.relative_to(folder).as_posix()}"


def _printed(path: str, lines: Mapping[str, str]) -> str:
    return f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in lines.items())
