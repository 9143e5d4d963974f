"""The sitemap: addresses only, because a date of change would be the clock's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from urllib.parse import quote

MOST = 50_000
"""How many addresses a file may hold, by sitemaps.org; its 50 MB are never reached."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemaps(addresses: Sequence[str], site_url: str) -> Mapping[str, bytes]:
    """Path → content of `sitemap.xml` of a site published at `site_url`.

    Where there are more addresses than a file may hold, it is the index of files beside it.
    """
    if len(addresses) <= MOST:
        return {"sitemap.xml": _listed("urlset", "url", addresses, site_url)}
    starts = range(0, len(addresses), MOST)
    files = {
        f"sitemap-{number}.xml": _listed("urlset", "url", addresses[start : start + MOST], site_url)
        for number, start in enumerate(starts, start=1)
    }
    return {"sitemap.xml": _listed("sitemapindex", "sitemap", files, site_url), **files}


def _listed(root: str, item: str, addresses: Iterable[str], site_url: str) -> bytes:
    base = escape(site_url if site_url.endswith("/") else f"{site_url}/", quote=False)
    rows = "".join(f"<{item}><loc>{base}{quote(address)}</loc></{item}>\n" for address in addresses)
    return f'{_HEAD}<{root} xmlns="{_NAMESPACE}">\n{rows}</{root}>\n'.encode()
