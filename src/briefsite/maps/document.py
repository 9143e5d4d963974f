"""A map as its own page: Folium's document, with everything loaded from the site itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import folium
from branca.element import CssLink, Element
from jinja2 import Template
from markupsafe import Markup

from briefsite.compact import script_json
from briefsite.languages import ENGLISH, Language, tell_languages
from briefsite.maps.assets import ROOT
from briefsite.maps.key import boundaries, map_key
from briefsite.maps.rows import feature_rows
from briefsite.maps.scripts import script_words
from briefsite.maps.style import hatches, line_of, style_data
from briefsite.maps.templates import template, template_of
from briefsite.model.entries import MapEntry
from briefsite.model.translations import Untranslated


def map_page(
    collection: Mapping[str, Any],
    entry: MapEntry,
    *,
    asset_urls: Mapping[str, str],
    language: Language = ENGLISH,
    lands: Mapping[str, str] = MappingProxyType({}),
    name: str = "",
) -> str:
    """The HTML document of `maps/NAME/index.html`, from the map's feature collection.

    `asset_urls` leads from the logical names of `map_assets` to addresses relative to the page,
    `lands` from the names of countries in the basemap to those in the language; `name` is the map's
    id, unless it is said. Raises KeyError where an asset is missing.
    """
    document = _document(entry.record.basemap, tuple(asset_urls.items()), language)
    said = language.in_pages
    page = document.render(
        map=collection,
        name=name or entry.id,
        data_date=entry.record.data_date,
        root=ROOT,
        key=map_key(collection, said),
        boundaries=boundaries(said),
        hatches=hatches(collection["features"]),
        rows=feature_rows(collection, said),
        data=Markup(script_json(map_data(entry, collection, language, lands))),  # noqa: S704
    )
    return tell_languages(page, language)


@lru_cache(maxsize=16)
def _document(basemap: str, asset_urls: Sequence[tuple[str, str]], language: Language) -> Template:
    """The template of all maps of a basemap: Folium puts it together, once for all of them."""
    drawn = LibraryMap(basemap, dict(asset_urls), language)
    drawn.add_child(MapData())
    return template_of(drawn.page.render(), language)


def map_data(
    entry: MapEntry,
    collection: Mapping[str, Any],
    language: Language = ENGLISH,
    lands: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Any]:
    """What the map's script is given: the features, and the styles that they use.

    The claims of a feature are in its row of the page's table, and not a second time here.
    """
    features: list[dict[str, Any]] = [
        {
            **feature,
            # An area's outline is in the basemap, which the page has already.
            **({"geometry": None} if "hatch" in feature["properties"] else {}),
            "properties": {
                key: value
                for key, value in feature["properties"].items()
                if key != "claims" and value is not None
            },
        }
        for feature in collection["features"]
    ]
    given = [feature["properties"] for feature in collection["features"]]
    for feature, properties in zip(features, given, strict=True):
        if foreign := _foreign(properties):
            feature["properties"]["lang"] = foreign
    return {
        "basemap": entry.record.basemap,
        "root": ROOT,
        **({} if language.is_english else {"words": script_words(language)}),
        **({"lands": dict(lands)} if lands else {}),
        "styles": style_data(
            {p["sign"] for p in given if "sign" in p},
            {line_of(p) for p in given if "route" in p},
        ),
        "map": {**collection, "features": features},
    }


def _foreign(properties: Mapping[str, Any]) -> dict[str, str]:
    """The texts of a feature that are not translated, and the language that each is in."""
    texts = ((key, properties[key]) for key in ("title", "note"))
    return {key: text.language for key, text in texts if isinstance(text, Untranslated)}


class Verbatim(Element):
    """Markup that is finished. Branca would read it as a template once more."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self._markup = markup

    def render(self, **kwargs: Any) -> str:
        return self._markup


class DeferredScript(Verbatim):
    """A script file that runs when the page is read."""

    def __init__(self, url: str) -> None:
        super().__init__(str(Markup('<script defer src="{}"></script>').format(url)))


class Included(Verbatim):
    """The place of a template of ours, which is filled in for each map."""

    def __init__(self, name: str) -> None:
        super().__init__(f'{{% include "{name}" +%}}')


class Page(Element):
    """What Folium calls a figure, without an inline script: it stands under a strict policy."""

    _template = template("page.html.j2")

    def __init__(self, icon: str, language: Language) -> None:
        super().__init__()
        self.header, self.html = Element(), Element()
        self.icon = icon
        self.language = language

    def render(self, **kwargs: Any) -> str:
        """Give the document, when its children have put into it what they need."""
        for child in self._children.values():
            child.render(**kwargs)
        return str(super().render(**kwargs))


class LibraryMap(folium.Map):
    """Folium's map with asset lists of its own, so that no other map and no host has a part in it.

    Its data comes in one MapData; its script draws them.
    """

    def __init__(
        self, basemap: str, asset_urls: Mapping[str, str], language: Language = ENGLISH
    ) -> None:
        super().__init__(tiles=None)
        self.page = Page(asset_urls["icon.svg"], language)
        self.page.add_child(self)
        scripts = ("leaflet.js", f"basemap-{basemap}.js", "map.js")
        self.default_js = [(name, asset_urls[name]) for name in scripts]
        self.default_css = [(name, asset_urls[name]) for name in ("leaflet.css", "map.css")]

    def render(self, **kwargs: Any) -> str:
        """Put the links, the page's body and the children into the page. Gives the body."""
        for name, url in self.default_css:
            self.page.header.add_child(CssLink(url), name=name)
        for name, url in self.default_js:
            self.page.header.add_child(DeferredScript(url), name=name)
        body = Included("map.html.j2")
        for child in (body, *self._children.values()):
            self.page.html.add_child(child)
        return body.render()


class MapData(Included):
    """The map's whole data as JSON: one element, however many features there are."""

    def __init__(self) -> None:
        super().__init__("data.html.j2")
