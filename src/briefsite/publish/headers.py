"""What a host sends with each file: as `_headers`, which Netlify and Cloudflare Pages read, and for
nginx as `_nginx.conf`, which `hosting/nginx.conf` includes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from briefsite.publish.policy import policy

NAME, NGINX = "_headers", "_nginx.conf"

_HASHED = re.compile(r"\.[0-9a-f]{8,}\.(?:min\.)?(?:js|css|svg)")
_YEAR = "public, max-age=31536000, immutable"
_ASK_AGAIN = "public, max-age=0, must-revalidate"
"""What the hosts that read `_headers` send where it says nothing of keeping."""

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

Rules = Mapping[str, Mapping[str, str]]
"""Path on the host, in which `*` is anything → name → value; where several fit, all are sent."""


def header_rules(folder: Path, site_url: str) -> Rules:
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
    return {f"{base}{path}": lines for path, lines in rules.items()}


def print_headers(rules: Rules) -> str:
    """Rules as `_headers`."""
    return "".join(
        f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in lines.items())
        for path, lines in rules.items()
    )


def print_nginx(rules: Rules) -> str:
    """Rules as nginx reads them in `http`: for each header a variable, empty where none is sent.

    A header that may be sent twice has a second variable, whose name ends with `_2`.
    """
    values: dict[str, dict[str, list[str]]] = {}
    for path, lines in rules.items():
        for name, value in lines.items():
            values.setdefault(name, {}).setdefault(value, []).append(path)
    text = "# Made by publishing, from the rules of _headers; hosting/nginx.conf uses it.\n"
    for name, each in values.items():
        variable = "$briefsite_" + name.lower().replace("-", "_")
        for number, (value, paths) in enumerate(each.items(), start=1):
            text += f"map $uri {variable}{f'_{number}' if number > 1 else ''} {{\n"
            text += f'  default "{_ASK_AGAIN}";\n' if name == "Cache-Control" else ""
            text += "".join(f'  "~^{_pattern(path)}$" "{value}";\n' for path in paths)
            text += "}\n"
    return text


def _pattern(path: str) -> str:
    return ".*".join(map(re.escape, path.split("*"))).replace("\\-", "-")


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
