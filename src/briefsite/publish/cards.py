"""Card pictures, which other sites show beside a link: 1200 by 630 pixels, one a brief and map."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from briefsite.languages import ENGLISH, Language
from briefsite.maps import DrawnMap, DrawnMaps, flat_picture
from briefsite.model.entries import BriefEntry, MapEntry
from briefsite.model.library import Library
from briefsite.publish.typeset import FONTS

WIDTH, HEIGHT = 1200, 630
_MAP_WIDTH = 680
"""Width that maps are drawn at, in pixels. A card shows them larger, to be read when it is small,
and paper at about 70 %."""

_MAX_TEXT = 300


@dataclass(frozen=True, slots=True)
class Picture:
    """A map for cards and paper: as SVG, alone or with its key, and whose data it shows."""

    bare: str
    whole: str
    credit: str


def pictures(drawn: DrawnMaps) -> dict[str, Picture]:
    """Every map, drawn once for all that is printed."""
    return {key: picture(shown) for key, shown in drawn.maps.items()}


def picture(shown: DrawnMap) -> Picture:
    """One map."""
    svg = shown.draw(width=_MAP_WIDTH)
    bare, whole = flat_picture(svg, FONTS, bare=True), flat_picture(svg, FONTS)
    return Picture(bare, whole, shown.attribution)


Pictures = Mapping[str, Picture]


def site_card(
    library: Library, maps: Pictures, site_url: str, language: Language = ENGLISH
) -> dict[str, Any]:
    """What the publication's own card says."""
    count = language.ngettext
    meta = (
        count("%(num)s brief", "%(num)s briefs", len(library.briefs)),
        count("%(num)s claim", "%(num)s claims", len(library.claims)),
        count("%(num)s source", "%(num)s sources", len(library.sources)),
    )
    title, text = library.publication.title, library.publication.tagline
    card = _card(library, site_url, language, "", title, text)
    first = (maps[key] for entry in library.briefs.values() for key in entry.record.maps)
    return card | {"meta": " · ".join(meta)} | _shown(next(first, None), language)


def brief_card(
    library: Library,
    entry: BriefEntry,
    maps: Pictures,
    site_url: str,
    language: Language = ENGLISH,
) -> dict[str, Any]:
    """What a brief's card says: its topic, title and first judgement, and its first map."""
    brief, say = entry.record, language.gettext
    text = say("Withdrawn.") if brief.status == "withdrawn" else brief.judgements[0].text
    topic = library.topics[brief.topic].title
    card = _card(library, site_url, language, topic, brief.title, text)
    claims = language.ngettext("%(num)s claim", "%(num)s claims", len(brief.claims))
    meta = say("Information to %(date)s", date=language.date(brief.cutoff)) + f" · {claims}"
    first = (maps[key] for key in brief.maps)
    runs = {"lang": brief.language, "dir": Language(brief.language).direction}
    return card | {"meta": meta} | runs | _shown(next(first, None), language)


def map_card(
    library: Library,
    entry: MapEntry,
    maps: Pictures,
    site_url: str,
    language: Language = ENGLISH,
) -> dict[str, Any]:
    """What a map's card says: its title, its day, and the disclaimer that maps stand under."""
    title, say = entry.record.title, language.gettext
    meta = say("As of %(date)s", date=language.date(entry.record.data_date))
    text = library.publication.map_disclaimer
    card = _card(library, site_url, language, say("Map"), title, text)
    return card | {"meta": meta, "kind": "map"} | _shown(maps[entry.id], language)


def _card(
    library: Library, site_url: str, language: Language, kicker: str, title: str, text: str
) -> dict[str, Any]:
    address = urlsplit(site_url)
    return {
        "kind": "page",
        "lang": language.code,
        "dir": language.direction,
        "publication": library.publication.title,
        "site": f"{address.hostname or ''}{address.path.rstrip('/')}",
        "kicker": kicker,
        "title": title,
        "text": textwrap.shorten(text, _MAX_TEXT, placeholder=" …"),
    }


def _shown(picture: Picture | None, language: Language) -> dict[str, Any]:
    if picture is None:
        return {"map": None, "credit": ""}
    return {"map": picture.bare, "credit": language.isolated(picture.credit)}
