"""News as Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from briefsite.data.addresses import Addresses
from briefsite.data.entries import Entry
from briefsite.data.json import to_json

ATOM = "application/atom+xml"
# What XML 1.0 cannot hold in any spelling.
_UNPRINTABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed at `path` without its ending, about the page at `home`."""

    path: str
    home: str
    title: str
    subtitle: str
    updated: str
    """The day of its newest entry; without one, the day that what it is about is of."""
    entries: tuple[Entry, ...]
    language: str = "en"


def make_feed(
    path: str,
    home: str,
    title: str,
    subtitle: str,
    found: Sequence[Entry],
    otherwise: str,
    language: str = "en",
) -> Feed:
    """A feed of some entries, the newest first; `otherwise` is the day of a feed without any."""
    updated = max((entry.day.isoformat() for entry in found), default=otherwise)
    return Feed(path, home, title, subtitle, updated, tuple(found), language)


def atom(feed: Feed, addresses: Addresses) -> bytes:
    """The feed as Atom; needs to know where the site will be."""
    own, home = _at(addresses, f"{feed.path}.xml"), _at(addresses, feed.home)
    rows = "".join(_atom_entry(entry, addresses) for entry in feed.entries)
    # Each entry says its own.
    language = "" if feed.language == "en" else f" xml:lang={_attribute(feed.language)}"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom"{language}>\n'
        f"<id>{_text(own)}</id>\n"
        f"<title>{_text(feed.title)}</title>\n"
        f"<subtitle>{_text(feed.subtitle)}</subtitle>\n"
        f"<updated>{feed.updated}T00:00:00Z</updated>\n"
        f'<link rel="self" type="{ATOM}" href={_attribute(own)}/>\n'
        f'<link rel="alternate" type="text/html" href={_attribute(home)}/>\n'
        f"{rows}</feed>\n"
    ).encode()


def _atom_entry(entry: Entry, addresses: Addresses) -> str:
    identity = _at(addresses, entry.id)
    authors = "".join(f"<author><name>{_text(name)}</name></author>\n" for name in entry.authors)
    language = _attribute(entry.language)
    return (
        f"<entry xml:lang={language}>\n"
        f"<id>{_text(identity)}</id>\n"
        f"<title>{_text(entry.title)}</title>\n"
        f"<updated>{entry.day.isoformat()}T00:00:00Z</updated>\n"
        f"{authors}"
        f"<category term={_attribute(entry.topic)}/>\n"
        f'<link rel="alternate" type="text/html" '
        f"href={_attribute(_at(addresses, entry.address))}/>\n"
        f'<content type="text">{_text(entry.text)}</content>\n'
        "</entry>\n"
    )


def json_feed(feed: Feed, addresses: Addresses) -> bytes:
    """The feed as JSON Feed; needs to know where the site will be."""
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": _at(addresses, feed.home),
        "feed_url": _at(addresses, f"{feed.path}.json"),
        **({} if feed.language == "en" else {"language": feed.language}),
        "items": [
            {
                "id": _at(addresses, entry.id),
                "url": _at(addresses, entry.address),
                "title": entry.title,
                "content_text": entry.text,
                "date_published": f"{entry.day.isoformat()}T00:00:00Z",
                "authors": [{"name": name} for name in entry.authors],
                "tags": [entry.topic],
                "language": entry.language,
            }
            for entry in feed.entries
        ],
    }
    return to_json(document).encode()


def _at(addresses: Addresses, path: str) -> str:
    found = addresses.absolute(path)
    if found is None:
        raise ValueError("a feed needs to know where the site will be")
    return found


def _text(text: str) -> str:
    return escape(_UNPRINTABLE.sub("", text), quote=False)


def _attribute(text: str) -> str:
    return f'"{escape(_UNPRINTABLE.sub("", text))}"'
