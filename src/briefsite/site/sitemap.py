"""The sitemap: addresses only, because a date of change would be the clock's."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urljoin
from xml.sax.saxutils import escape


def sitemap(addresses: Iterable[str], site_url: str) -> bytes:
    """`sitemap.xml` of a site published at `site_url`."""
    base = site_url if site_url.endswith("/") else f"{site_url}/"
    rows = "".join(
        f"<url><loc>{escape(urljoin(base, quote(address)))}</loc></url>\n" for address in addresses
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    opening = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{opening}{rows}</urlset>\n".encode()
