"""Every map of a library in all its forms, with the files that they share."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from briefsite.languages import ENGLISH, Language
from briefsite.maps.assets import ROOT, Assets, map_assets
from briefsite.maps.features import feature_collection
from briefsite.maps.ground import Ground, read_ground
from briefsite.maps.rows import FeatureRow, feature_rows
from briefsite.model.lazy import Forms, Lazy
from briefsite.model.library import Library, MapEntry

Keep = Callable[[str, Callable[[], bytes]], Callable[[], bytes]]
_SIZE = re.compile(rb'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"')


class Draw(Protocol):
    """Draws a map's picture as SVG, `width` pixels wide; as a rule in the map's own language."""

    def __call__(self, *, width: int, language: Language | None = None) -> str: ...


class Tell(Protocol):
    """Tells a map's features in a language, what they rest on as a library says it."""

    def __call__(self, library: Library, language: Language) -> tuple[FeatureRow, ...]: ...


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """What a page needs to show a map: its picture's size in pixels, its features, its views.

    `draw` makes the picture in another width; `attribution` names whose data it shows.
    """

    size: tuple[int, int]
    rows: Tell
    draw: Draw
    attribution: str
    views: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class DrawnMaps:
    """All maps by id, and every file they need by its path in the site."""

    maps: Mapping[str, DrawnMap]
    files: Lazy[bytes]


def draw_maps(library: Library, basemap_dir: Path, language: Language = ENGLISH) -> DrawnMaps:
    """Draw all maps of a library: a live page, a picture and GeoJSON each; shared assets once.

    Without maps there are no files. Raises OSError or GroundError where a basemap cannot be read;
    each map is drawn when it is first asked for.
    """
    return Desk(basemap_dir).draw(library, language)


class Desk:
    """Where the maps of a project are drawn; it keeps a drawing until something in it changes."""

    def __init__(self, basemap_dir: Path) -> None:
        self._folder = basemap_dir
        self._ground: tuple[object, Assets, Mapping[str, Ground]] | None = None
        self._drawings: dict[str, _Drawing] = {}

    def draw(
        self,
        library: Library,
        language: Language = ENGLISH,
        keep: Keep = lambda name, make: make,
    ) -> DrawnMaps:
        """All maps of a library, as `draw_maps` gives them.

        `keep` may take a file, of which it gets the name and what makes it, from somewhere else.
        """
        if not library.maps:
            return DrawnMaps(MappingProxyType({}), Lazy())
        assets, grounds = self._lay({entry.record.basemap for entry in library.maps.values()})
        urls = assets.urls(ROOT)

        def drawing(key: str) -> _Drawing:
            entry = library.maps[key]
            ground = grounds[entry.record.basemap]
            collection = feature_collection(library, entry, ground, language)
            known = self._drawings.get(entry.id)
            if known is None or not known.shows(entry, collection, ground, language):
                known = _Drawing(entry, collection, ground, urls, language)
                self._drawings[entry.id] = known
            return known

        drawings = Forms({key: library.shared(partial(drawing, key)) for key in library.maps})

        def form(key: str, name: str) -> Any:
            return getattr(drawings[key], name)

        makers: dict[str, Callable[[], bytes]] = {
            asset.path: partial(bytes, asset.data) for asset in assets.files.values()
        }
        for key in library.maps:
            names = (f"maps/{key}/index.html", f"maps/{key}.svg", f"maps/{key}.geojson")
            for path, name in zip(names, ("page", "picture", "geojson"), strict=True):
                makers[path] = keep(path, partial(form, key, name))
        files = Lazy(makers)

        def view(key: str) -> DrawnMap:
            # The picture may have been drawn by another process, or another time.
            return drawings[key].view(files[f"maps/{key}.svg"], library)

        return DrawnMaps(Forms({key: partial(view, key) for key in library.maps}), files)

    def _lay(self, scales: set[str]) -> tuple[Assets, Mapping[str, Ground]]:
        """The shared assets and the grounds of some scales, read again only if they changed."""
        paths = {scale: self._folder / f"{scale}.topojson" for scale in sorted(scales)}
        state = [(path, (stat := path.stat()).st_mtime_ns, stat.st_size) for path in paths.values()]
        if self._ground is None or self._ground[0] != state:
            grounds = {scale: read_ground(path) for scale, path in paths.items()}
            self._ground = state, map_assets(self._folder, scales), grounds
        return self._ground[1:]


class _Drawing:
    """A map in all its forms, each made once."""

    def __init__(
        self,
        entry: MapEntry,
        collection: Mapping[str, Any],
        ground: Ground,
        asset_urls: Mapping[str, str],
        language: Language,
    ) -> None:
        self._entry = entry
        self._collection = collection
        self._ground = ground
        self._urls = asset_urls
        self._language = language

    def shows(
        self,
        entry: MapEntry,
        collection: Mapping[str, Any],
        ground: Ground,
        language: Language,
    ) -> bool:
        """Whether it would be drawn the same from these."""
        return (
            self._ground is ground
            and self._language is language
            and self._collection == collection
            and (self._entry is entry or self._entry.record == entry.record)
        )

    @cached_property
    def page(self) -> bytes:
        from briefsite.maps.document import map_page

        given = self._collection, self._entry
        return map_page(*given, asset_urls=self._urls, language=self._language).encode()

    @cached_property
    def picture(self) -> bytes:
        return self._draw(self._collection, self._language).encode()

    def _draw(self, told: Mapping[str, Any], language: Language, *, width: int = 960) -> str:
        from briefsite.maps.picture import static_picture  # which imports NumPy

        return static_picture(told, self._entry, self._ground, width=width, language=language)

    def _draw_in(self, library: Library, *, width: int, language: Language | None = None) -> str:
        if language is None or language is self._language:
            return self._draw(self._collection, self._language, width=width)
        told = feature_collection(library, self._entry, self._ground, language)
        return self._draw(told, language, width=width)

    @cached_property
    def geojson(self) -> bytes:
        return _geojson(self._collection)

    def view(self, picture: bytes, library: Library) -> DrawnMap:
        """What a page needs, its picture given."""
        size = _size(picture, self._entry)
        given = self._collection["attribution"], self._collection["views"]
        tell, draw = partial(self._tell, library), partial(self._draw_in, library)
        return DrawnMap(size, tell, draw, *given)

    def _tell(self, own: Library, library: Library, language: Language) -> tuple[FeatureRow, ...]:
        if library is own and language is self._language and language.is_english:
            return self._rows
        told = language.in_pages
        collection = feature_collection(library, self._entry, self._ground, told)
        return feature_rows(collection, told)

    @cached_property
    def _rows(self) -> tuple[FeatureRow, ...]:
        return feature_rows(self._collection, self._language)


def _geojson(collection: Mapping[str, object]) -> bytes:
    return (json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _size(picture: bytes, entry: MapEntry) -> tuple[int, int]:
    match = _SIZE.search(picture)
    if match is None:
        raise ValueError(f"the picture of map '{entry.id}' states no size")
    return round(float(match[1])), round(float(match[2]))
