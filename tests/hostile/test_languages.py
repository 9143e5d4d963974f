"""What translators write, of the interface and of a brief, is text wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.hostile.corpus import SEEN
from tests.hostile.inert import Shape, faults

from briefsite.languages import Language, Languages
from briefsite.languages.extract import template
from briefsite.languages.language import Messages
from briefsite.languages.po import read_entries
from briefsite.maps import DrawnMaps, draw_maps
from briefsite.model.entries import Origin
from briefsite.model.library import Library
from briefsite.model.records import Translation
from briefsite.model.translations import TranslationEntry
from briefsite.pages import Page, Templates, build_pages

ROOT = Path(__file__).parents[2]
MACROS = ROOT / "macros"
# Each is shown to be text by itself in any field of a record; here all of them stand in one.
PAYLOADS = " ".join(SEEN.values())


@pytest.fixture(scope="module")
def drawn(library: Library) -> DrawnMaps:
    return draw_maps(library, ROOT / "maps" / "basemap")


@pytest.fixture(scope="module")
def said() -> Mapping[tuple[str, str], str]:
    """Context and message of all there are, with the plural."""
    return {
        (entry.context, entry.message.value): entry.plural.value if entry.plural else ""
        for entry in read_entries(template(MACROS))
        if entry.message.value
    }


def shapes(pages: Iterator[Page]) -> dict[str, list[str]]:
    found = {}
    for page in pages:
        assert list(faults("page.html", page.body.encode())) == []
        found[page.source] = Shape(page.body).elements
    return found


def templates(
    library: Library, drawn: DrawnMaps, said: Mapping[tuple[str, str], str], text: str
) -> Templates:
    """Pages that say one text, with the places of each message, for everything."""
    single, several = {}, {}
    for (context, message), plural in said.items():
        places = " ".join(part for part in message.split() if part.startswith("%("))
        if plural:
            several[context, message] = (f"{text} {places}",) * 2
        else:
            single[context, message] = f"{text} {places}"
    hostile = Language("en", Messages(single, several, lambda number: int(number != 1)))
    return Templates(MACROS, library, drawn.maps, languages=Languages({"en": hostile}))


def test_a_catalogue_makes_no_markup(
    library: Library, drawn: DrawnMaps, said: Mapping[tuple[str, str], str]
) -> None:
    """The check refuses markup in catalogues; pages do not rely on it."""
    plain, hostile = (
        shapes(build_pages(templates(library, drawn, said, text)))
        for text in ("plain words", PAYLOADS)
    )
    assert hostile == plain


def translation(text: str) -> TranslationEntry:
    record = Translation.model_validate(
        {
            "schema": 1,
            "language": "az",
            "translator": text,
            "original_reviewed": "2024-03-05",
            "title": text,
            "judgements": ({"id": "pipeline-unlikely", "text": text, "reason": text},),
            "sections": ({"id": "background", "heading": text},),
            "claims": (
                {
                    "id": "pipeline-announced",
                    "text": text,
                    "reason": text,
                    "figures": (text,),
                    "units": (text,),
                },
            ),
            "timeline": (text,),
        },
        by_name=False,
    )
    return TranslationEntry("sample", Origin("briefs/sample.az.yaml", 1), record)


def test_a_translated_brief_makes_no_markup(library: Library, drawn: DrawnMaps) -> None:
    maker = Templates(MACROS, library, drawn.maps)

    def page(text: str) -> dict[str, list[str]]:
        pages = build_pages(maker, (translation(text),))
        return shapes(each for each in pages if each.source == "briefs/sample/az.md")

    plain = page("plain words")
    for text in SEEN.values():
        if len(text) <= 240:
            assert page(text) == plain, text
