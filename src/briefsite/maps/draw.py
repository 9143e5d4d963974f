"""Every map of a library in all its forms, with the files that they share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from briefsite.compact import compact_json
from briefsite.languages import ENGLISH, Language
from briefsite.maps.assets import ROOT, Assets, map_assets
from briefsite.maps.features import feature_collection
from briefsite.maps.ground import Ground, land_names, read_ground
from briefsite.maps.rows import FeatureRow, feature_rows
from briefsite.model.entries import MapEntry
from briefsite.model.lazy import Forms, Lazy
from briefsite.model.library import Library

Keep = Callable[[str, Callable[[], bytes]], Callable[[], bytes]]
_SIZE = re.compile(rb'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"')


class Draw(Protocol):
    """Draws a map's picture as SVG, `width` pixels wide."""

    def __call__(self, *, width: int) -> str: ...


class Tell(Protocol):
    """Tells a map's features in a language, what they rest on as a library says it."""

    def __call__(self, library: Library, language: Language) -> tuple[FeatureRow, ...]: ...


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """What a page needs to show a map: its picture's size in pixels, its features, its views.

    Its page is at `address`, its picture beside that, with `.svg` for the slash. `draw` makes the
    picture in another width; `attribution` names whose data it shows.
    """

    address: str
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
    sizes: Lazy[tuple[int, int]] = field(default_factory=Lazy)
    """Path of a picture → its width and height in pixels."""
    told: Mapping[str, DrawnMap] = field(default_factory=dict)
    """Those of translated briefs, by `MAP.BRIEF.LANGUAGE`."""


@dataclass(frozen=True)
class Telling:
    """A translated brief, `BRIEF.LANGUAGE`: its maps are drawn once more, in its language."""

    name: str
    maps: Sequence[str]
    language: Language
    library: Callable[[], Library]
    """What the maps are drawn from, as the translation says it."""
    origin: object
    """What that follows from, besides the library: it is the same where this is."""


def draw_maps(library: Library, basemap_dir: Path) -> DrawnMaps:
    """Draw all maps of a library: a live page, a picture and GeoJSON each; shared assets once.

    Without maps there are no files. Raises OSError or GroundError where a basemap cannot be read;
    each map is drawn when it is first asked for.
    """
    return Desk(basemap_dir).draw(library, ENGLISH)


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
        tellings: Sequence[Telling] = (),
        wanted: Iterable[str] | None = None,
        scales: Iterable[str] | None = None,
    ) -> DrawnMaps:
        """All maps of a library, as `draw_maps` gives them, and those of its translations.

        `keep` may take a file, of which it gets the name and what makes it, from somewhere else.
        Where others are known to stand, there are files of those that are `wanted` alone. `scales`
        are the basemaps that all of them are drawn on, if that is known.
        """
        if not library.maps:
            return DrawnMaps(MappingProxyType({}), Lazy())
        if scales is None:
            scales = (entry.record.basemap for entry in library.maps.values())
        assets, grounds = self._lay({*scales})
        urls = assets.urls(ROOT)

        def drawing(key: str, name: str, telling: Telling | None = None) -> _Drawing:
            told = library if telling is None else telling.library()
            speaks, spoken = language, ""
            origin = None if telling is None else telling.origin
            if telling is not None:
                speaks, spoken = telling.language, telling.language.code
            entry = told.maps[key]
            ground = grounds[entry.record.basemap]
            collection = feature_collection(told, entry, ground, speaks, spoken)
            known = self._drawings.get(name)
            if known is None or not known.shows(entry, collection, ground, speaks, origin):
                known = _Drawing(name, entry, collection, ground, urls, speaks, spoken, origin)
                self._drawings[name] = known
            return known

        makers: dict[str, Callable[[], bytes]] = {
            asset.path: partial(bytes, asset.data) for asset in assets.files.values()
        }
        own = {key: library.shared(partial(drawing, key, key)) for key in library.maps}
        others = {
            f"{key}.{telling.name}": (
                library.shared(partial(drawing, key, f"{key}.{telling.name}", telling)),
                telling,
            )
            for telling in tellings
            for key in telling.maps
        }
        drawings = Forms({**own, **{name: made for name, (made, _) in others.items()}})
        self._drawings = {name: d for name, d in self._drawings.items() if name in drawings}

        def form(name: str, what: str, origin: object = None) -> Any:
            return getattr(drawings[name], what)

        forms: dict[str, tuple[str, str]] = {}

        def add(name: str) -> None:
            origin = others[name][1].origin if name in others else None
            paths = {f"maps/{name}/index.html": "page", _picture(name): "picture"}
            if name in own:
                paths[f"maps/{name}.geojson"] = "geojson"
            for path, what in paths.items():
                makers[path] = keep(path, partial(form, name, what, origin))
                forms[path] = name, what

        for each in drawings if wanted is None else wanted:
            add(each)

        def let_go(path: str) -> None:
            name, what = forms.get(path, ("", ""))
            if name in self._drawings:
                vars(self._drawings[name]).pop(what, None)

        files = Lazy(makers, let_go=let_go)

        def size(name: str) -> tuple[int, int]:
            key = name.partition(".")[0]
            if _picture(name) not in makers:
                add(name)
            return _size(files[_picture(name)], library.maps[key])

        # The picture may have been drawn by another process, or another time.
        sizes = Lazy({_picture(name): partial(size, name) for name in drawings})

        def view(name: str) -> DrawnMap:
            from_library = others[name][1].library() if name in others else library
            return drawings[name].view(sizes[_picture(name)], from_library)

        views = {name: partial(view, name) for name in drawings}
        return DrawnMaps(
            Forms({name: views[name] for name in own}),
            files,
            sizes,
            Forms({name: views[name] for name in others}),
        )

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
        name: str,
        entry: MapEntry,
        collection: Mapping[str, Any],
        ground: Ground,
        asset_urls: Mapping[str, str],
        language: Language,
        spoken: str,
        origin: object,
    ) -> None:
        self._name = name
        self._origin = origin
        self._entry = entry
        self._collection = collection
        self._ground = ground
        self._urls = asset_urls
        self._language = language
        self._spoken = spoken

    def shows(
        self,
        entry: MapEntry,
        collection: Mapping[str, Any],
        ground: Ground,
        language: Language,
        origin: object,
    ) -> bool:
        """Whether it would be drawn the same from these."""
        # Of words that are translated by the same ones, only where they come from tells.
        return (
            self._ground is ground
            and self._origin == origin
            and self._language is language
            and self._collection == collection
            and (self._entry is entry or self._entry.record == entry.record)
        )

    @cached_property
    def page(self) -> bytes:
        from briefsite.maps.document import map_page

        lands = land_names(self._ground, self._language)
        return map_page(
            self._collection,
            self._entry,
            asset_urls=self._urls,
            language=self._language,
            lands=lands,
            name=self._name,
        ).encode()

    @cached_property
    def picture(self) -> bytes:
        return self._draw().encode()

    def _draw(self, *, width: int = 960) -> str:
        from briefsite.maps.picture import static_picture  # which imports NumPy

        given = self._collection, self._entry, self._ground
        return static_picture(*given, width=width, language=self._language)

    @cached_property
    def geojson(self) -> bytes:
        return _geojson(self._collection)

    def view(self, size: tuple[int, int], library: Library) -> DrawnMap:
        """What a page needs, the size of its picture given."""
        given = self._collection["attribution"], self._collection["views"]
        tell = partial(self._tell, library)
        return DrawnMap(f"maps/{self._name}/", size, tell, self._draw, *given)

    def _tell(self, own: Library, library: Library, language: Language) -> tuple[FeatureRow, ...]:
        if library is own and language is self._language and language.is_english:
            return self._rows
        told = language.in_pages
        given = library, self._entry, self._ground, told, self._spoken
        collection = feature_collection(*given)
        return feature_rows(collection, told)

    @cached_property
    def _rows(self) -> tuple[FeatureRow, ...]:
        return feature_rows(self._collection, self._language)


def _picture(key: str) -> str:
    """Where the picture of a map is in a site."""
    return f"maps/{key}.svg"


def _geojson(collection: Mapping[str, object]) -> bytes:
    return f"{compact_json(collection)}\n".encode()


def _size(picture: bytes, entry: MapEntry) -> tuple[int, int]:
    match = _SIZE.search(picture)
    if match is None:
        raise ValueError(f"the picture of map '{entry.id}' states no size")
    return round(float(match[1])), round(float(match[2]))
