"""The press: everything that a published site has and a plain build does not."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin, urlsplit

from markupsafe import Markup

from briefsite.charts import chart_picture, chart_words
from briefsite.languages import ENGLISH, NONE, Language, Languages
from briefsite.maps import DrawnMaps, flat_picture
from briefsite.model.charts import plot
from briefsite.model.entries import BriefEntry
from briefsite.model.library import Library
from briefsite.model.translations import Translated
from briefsite.pages import Page
from briefsite.publish import OFFLINE_COPY, cards
from briefsite.publish.cache import Cache
from briefsite.publish.compress import compress
from briefsite.publish.headers import NAME as HEADERS
from briefsite.publish.headers import NGINX, header_rules, print_headers, print_nginx
from briefsite.publish.offline import offline_copy
from briefsite.publish.paper import paper
from briefsite.publish.policy import seal
from briefsite.publish.typeset import FONTS, Made, Typesetter

SITE_CARD = "card.png"
_NOBODYS = frozenset({"example.com", "example.net", "example.org"})
"""Where no site can be (RFC 2606): what settings name until somebody says better."""

Speak = Callable[[str], Language]


@dataclass(frozen=True, slots=True)
class Card:
    """A card picture: its path in the site, and its text for those who do not see it."""

    path: str
    alt: str


@dataclass(frozen=True)
class Printed:
    """What the press made: files by their path in the site, and the card of each page.

    A page without a card of its own has that of the publication.
    """

    files: Mapping[str, bytes]
    cards: Mapping[str, Card]
    site_card: Card
    notes: tuple[str, ...] = ()
    """What is not as one would wish, for the eyes of whoever publishes."""

    def card(self, page: Page) -> Card:
        return self.cards.get(page.address, self.site_card)


class Press:
    """Makes what is put online beside the pages. Raises PublishError.

    `site_url` is the address the site will have, or empty: without it nothing can say where it is,
    so that there is no link to a picture from outside.
    """

    def __init__(self, cache: Cache, site_url: str) -> None:
        self.cache = cache
        self.site_url = site_url if site_url.endswith("/") or not site_url else f"{site_url}/"
        self.typesetter = Typesetter(cache)

    def print(
        self,
        library: Library,
        drawn: DrawnMaps,
        pages: Iterable[Page],
        languages: Languages = NONE,
        translated: Mapping[str, Callable[[], Translated]] = MappingProxyType({}),
    ) -> Printed:
        """The cards of a library, its briefs on paper, and its maps' pages, which name their cards.

        `pages` are those of the library; paper is set from the ones of briefs, and of what is
        `translated`, by `BRIEF.LANGUAGE`.
        """
        maps = cards.pictures(drawn)
        home = languages.get(library.publication.language) or ENGLISH

        def speak(code: str) -> Language:
            return languages.get(code) or home

        told = {name: tell() for name, tell in translated.items()}
        shown = {name: _maps_of(name, one, drawn) for name, one in told.items()}
        own = {
            address: self._card(data, address)
            for address, data in (
                *self._cards(library, maps, home, speak),
                *self._translated_cards(told, shown, speak),
            )
        }
        files = {card.path: picture for card, picture in own.values()}
        found = {address: card for address, (card, _) in own.items()}
        if self.site_url:
            for key, each in library.maps.items():
                path = f"maps/{key}/index.html"
                meta = self._meta(found[f"maps/{key}/"], each.record.title, f"maps/{key}/")
                files[path] = drawn.files[path].replace(b"</head>", meta + b"</head>", 1)
        notes: list[str] = []
        if urlsplit(self.site_url).hostname in _NOBODYS:
            notes.append(
                f"pages, feeds and cards name {self.site_url}: set SITE_URL to where it goes"
            )
        by_address = {page.address: page for page in pages}
        printed: list[tuple[str, Library, BriefEntry, str, cards.Pictures]] = [
            (entry.id, library, entry, f"briefs/{entry.id}/", maps)
            for entry in library.briefs.values()
        ]
        for name, one in told.items():
            printed.append((name, one.library, one.entry, one.address, shown[name]))
        for name, of, entry, address, pictures in printed:
            language = speak(entry.record.language)
            made = self._paper(of, entry, by_address[address], pictures, language)
            path = f"data/{name}.pdf"
            files[path] = made.content
            if made.missing:
                notes.append(f"{path}: no font has {' '.join(made.missing)}")
        return Printed(MappingProxyType(files), MappingProxyType(found), found[""], tuple(notes))

    def _cards(
        self, library: Library, maps: cards.Pictures, home: Language, speak: Speak
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Page address → what its card says."""
        yield "", cards.site_card(library, maps, self.site_url, home)
        for entry in library.briefs.values():
            given = library, entry, maps, self.site_url, speak(entry.record.language)
            yield f"briefs/{entry.id}/", cards.brief_card(*given)
        for shown in library.maps.values():
            yield f"maps/{shown.id}/", cards.map_card(library, shown, maps, self.site_url, home)

    def _translated_cards(
        self, told: Mapping[str, Translated], shown: Mapping[str, cards.Pictures], speak: Speak
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        for name, each in told.items():
            language = speak(each.record.language)
            given = each.library, each.entry, shown[name], self.site_url, language
            yield each.address, cards.brief_card(*given)

    def finish(self, folder: Path, *, title: str, day: datetime.date) -> None:
        """Add to a built site its copy to take along, its headers, a policy in each page,
        and small copies of its texts.

        `title` is the publication's, and becomes the name of the copy's folder; the copy's files
        bear the date `day`.
        """
        name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "site"
        archive = offline_copy(folder, title=name, site_url=self.site_url, day=day)
        (folder / OFFLINE_COPY).write_bytes(archive)
        rules = header_rules(folder, self.site_url)
        (folder / HEADERS).write_text(print_headers(rules), encoding="utf-8")
        (folder / NGINX).write_text(print_nginx(rules), encoding="utf-8")
        seal(folder)
        compress(folder)
        self.cache.prune()

    def _paper(
        self,
        library: Library,
        entry: BriefEntry,
        page: Page,
        maps: cards.Pictures,
        language: Language,
    ) -> Made:
        brief, day = entry.record, entry.record.reviewed.last
        readable = self.typesetter.readable
        plots = {chart.id: plot(chart, library.claims) for chart in brief.charts}
        said = {key: chart_words(each, library, language) for key, each in plots.items()}
        data = {
            "title": brief.title,
            "description": page.description,
            "authors": list(brief.authors or (library.publication.byline,)),
            "keywords": [library.topics[brief.topic].title],
            "publication": library.publication.title,
            "lang": brief.language.partition("-")[0],
            "dir": Language(brief.language).direction,
            "day": [day.year, day.month, day.day],
            "url": urljoin(self.site_url, page.address) if self.site_url else "",
            "maps": {key: readable(maps[key].whole) for key in brief.maps},
            "charts": {
                key: readable(
                    flat_picture(chart_picture(each, library, bare=True, language=language), FONTS)
                )
                for key, each in plots.items()
            },
            "tree": paper(page, maps, self.site_url, said),
        }
        return self.typesetter.pdf("brief.typ", data, day)

    def _card(self, data: Mapping[str, Any], address: str) -> tuple[Card, bytes]:
        stop = "" if data["title"].endswith((".", "?", "!")) else "."
        card = Card(f"{address}{SITE_CARD}", f"{data['title']}{stop} {data['text']}")
        return card, self.typesetter.png("card.typ", data)

    def _meta(self, card: Card, title: str, address: str) -> bytes:
        """Open Graph for a page that the theme does not make."""
        tags = (
            ("og:type", "website"),
            ("og:title", title),
            ("og:url", urljoin(self.site_url, address)),
            ("og:image", urljoin(self.site_url, card.path)),
            ("og:image:width", cards.WIDTH),
            ("og:image:height", cards.HEIGHT),
            ("og:image:alt", card.alt),
        )
        lines: Sequence[str] = [
            Markup('<meta property="{}" content="{}">\n').format(*tag) for tag in tags
        ]
        return (
            f'{"".join(lines)}<meta name="twitter:card" content="summary_large_image">\n'.encode()
        )


def _maps_of(name: str, told: Translated, drawn: DrawnMaps) -> cards.Pictures:
    """The maps of a translated brief, in its language."""
    return {key: cards.picture(drawn.told[f"{key}.{name}"]) for key in told.entry.record.maps}
