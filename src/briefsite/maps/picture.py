"""The static twin of a map: the same data, projection and ink as one SVG picture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from markupsafe import Markup

from briefsite.languages import ENGLISH, Language
from briefsite.lettering import text_width, wrapped
from briefsite.maps.backdrop import Shape
from briefsite.maps.ground import Ground, land_names
from briefsite.maps.key import Sign, all_signs, boundaries
from briefsite.maps.naming import ground_names
from briefsite.maps.placement import Box
from briefsite.maps.projection import Projection, Window
from briefsite.maps.sheet import Sheet, label, tenths
from briefsite.maps.style import hatches
from briefsite.maps.templates import static_text, template
from briefsite.maps.views import in_default_view
from briefsite.model.entries import MapEntry


class _Bar(NamedTuple):
    """The scale: where it begins, how long it is, and what distance that is."""

    x: float
    y: float
    width: float
    words: str


class _Item(NamedTuple):
    """A sign of the key, and where it stands."""

    sign: Sign
    x: float
    y: float


class _Line(NamedTuple):
    """A line of the small print, and where it stands."""

    words: str
    x: float
    y: float


def static_picture(
    collection: Mapping[str, Any],
    entry: MapEntry,
    ground: Ground,
    *,
    width: int = 960,
    language: Language = ENGLISH,
) -> str:
    """A map's extent and features as an SVG document, `width` pixels wide.

    Its key and small print stand below. Labels keep their size whatever the width, so a narrow
    picture shows fewer of them.
    """
    collection = in_default_view(collection)
    projection = Projection.fit(entry.record.extent, width)
    sheet = Sheet(ground, projection, Window(0, 0, width, projection.height))
    features = collection["features"]
    bar = _scale_bar(projection, language)
    sheet.placer.taken.append(Box(0, bar.y - 16, bar.x + bar.width + 60, bar.y + 16))
    shapes = [*sheet.ground(features), *sheet.routes(features)]
    signs, labels = sheet.places(features)
    lands, water = sheet.backdrop.lands, sheet.backdrop.water
    by_name = {area.name: lands[area.id] for area in ground.land if area.id in lands}
    told, capitals = land_names(ground, language), language.capitals
    names = [
        label(f"name {name.kind}", name.placed, is_foreign=bool(told) and not name.is_told)
        for name in ground_names(
            ground.labels, by_name, water, projection, sheet.placer, told=told, capitals=capitals
        )
    ]
    signs_used = [*all_signs(collection, language), *_border_signs(shapes, language)]
    key, bottom = _key(signs_used, width, projection.height)
    print_ = _small_print(entry, collection, width, bottom, language)
    return template("picture.svg.j2").render(
        id=f"map-{entry.id}",
        title=collection["title"],
        description=f"{collection['description']} {collection['disclaimer']}",
        css=Markup(_css()),  # noqa: S704
        width=width,
        height=print_[-1].y + 8,
        map_height=int(projection.height),
        hatches=hatches(features),
        shapes=shapes,
        signs=signs,
        names=names,
        labels=labels,
        bar=bar,
        key=key,
        small_print=print_,
        lang=language.code,
        is_mirrored=language.direction == "rtl",
    )


def _scale_bar(projection: Projection, language: Language) -> _Bar:
    """A bar of the roundest length that takes up to a sixth of the width."""
    longest = projection.km(projection.width / 6)
    steps = [base * 10**power for power in range(-2, 5) for base in (1, 2, 5)]
    km = max(step for step in steps if step <= longest)
    words = language.gettext("%(distance)s km", distance=language.numerals(f"{km:g}"))
    return _Bar(14, projection.height - 14, tenths(projection.pixels(km)), words)


def _border_signs(shapes: Iterable[Shape], language: Language) -> Iterator[Sign]:
    seen = {shape.cls for shape in shapes}
    return (sign for sign in boundaries(language) if f"border {sign.name}" in seen)


def _key(signs: Iterable[Sign], width: float, top: float) -> tuple[list[_Item], float]:
    """The signs flowed in rows below the map, and where the last row ends."""
    placed: list[_Item] = []
    x, y = 14.0, top + 22
    for sign in signs:
        needed = 36 + text_width(sign.words, 12) + 22
        if x > 14 and x + needed > width:
            x, y = 14.0, y + 22
        placed.append(_Item(sign, tenths(x), tenths(y)))
        x += needed
    return placed, y


def _small_print(
    entry: MapEntry,
    collection: Mapping[str, Any],
    width: float,
    top: float,
    language: Language,
) -> list[_Line]:
    schematic = any(feature["properties"].get("schematic") for feature in collection["features"])
    say = language.gettext
    words = [say("As of %(date)s.", date=language.date(entry.record.data_date))]
    if schematic:
        words += [say("Routes are schematic; broken lines are not in use or not built.")]
    own = (collection["disclaimer"], collection["worldview"], collection["attribution"])
    words += map(language.isolated, own)
    lines = wrapped(" ".join(words), 10.5, width - 28)
    return [_Line(text, 14, int(top + 28 + 14 * number)) for number, text in enumerate(lines)]


@cache
def _css() -> str:
    """The ink without its comments and line breaks. `]]>` and `<` do not occur in it."""
    css = static_text("ink.css") + static_text("picture.css")
    return re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", css, flags=re.S)).strip()
