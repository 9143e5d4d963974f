"""The Content-Security-Policy that a built site runs under.

Scripts and styles come from the site itself alone; of those that stand in a page the theme's are
allowed, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from briefsite.publish.typeset import PublishError

THEME = "404.html"
"""A page that no author has a word in: its scripts are the theme's."""

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_WAY = r'\.|\.\.(?:/\.\.)*|/(?:[^"\\</][^"\\<]*)?'
_HERE = re.compile(rf'(?<=new URL\(")(?:{_WAY})(?="\s*,\s*location\))')
"""Where in one of the theme's scripts a page names its way to the site's root."""
_START = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)
_SEAL = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="[^"]*">')


def policy(folder: Path) -> str:
    """The policy of a whole site, for its headers. Raises PublishError.

    That a page holds a script which is not the theme's is an error.
    """
    scripts = {text for _, found in _scripts(folder) for text in found}
    pictures = (path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.svg")))
    styles = {style for text in pictures for style in _STYLE.findall(text)}
    return _policy(scripts, styles)


def seal(folder: Path) -> None:
    """Write into the head of each page its own policy, for hosts that send no headers.

    It stands before all that it governs. Raises PublishError.
    """
    for path, scripts in list(_scripts(folder)):
        text = path.read_text(encoding="utf-8")
        meta = f'<meta http-equiv="Content-Security-Policy" content="{_policy(scripts)}">'
        start = _START.search(text)
        if start is None:
            raise PublishError(f"{path.relative_to(folder).as_posix()} does not name its charset")
        path.write_text(text[: start.end()] + meta + text[start.end() :], encoding="utf-8")


def unsealed(page: bytes) -> bytes:
    """A page as it was before it was sealed."""
    return _SEAL.sub(b"", page, count=1)


def _policy(scripts: Iterable[str], styles: Iterable[str] = ()) -> str:
    parts = {
        "default-src": ("'none'",),
        "script-src": ("'self'", *sorted(map(_hash, scripts))),
        "style-src": ("'self'", *sorted(map(_hash, styles))),
        "img-src": ("'self'", "data:"),  # the theme's signs
        "font-src": ("'self'",),
        "connect-src": ("'self'",),
        "frame-src": ("'self'",),
        "manifest-src": ("'self'",),
        "base-uri": ("'none'",),
        "form-action": ("'self'",),
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in parts.items())


def _scripts(folder: Path) -> Iterator[tuple[Path, set[str]]]:
    """Each page, with the scripts that stand in it: all of them the theme's."""
    known = {_HERE.sub("", text) for text in _SCRIPT.findall((folder / THEME).read_text("utf-8"))}
    for path in sorted(folder.rglob("*.html")):
        found = set(_SCRIPT.findall(path.read_text(encoding="utf-8")))
        for text in sorted(found):
            if _HERE.sub("", text) not in known:
                name = path.relative_to(folder).as_posix()
                raise PublishError(f"{name} holds a script that is not the theme's: {text[:80]!r}")
        yield path, found


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
