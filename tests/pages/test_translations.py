"""A translated brief is a page of its own: other texts, all else as the original has it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from briefsite.check import check_tree, read_translations
from briefsite.data.json import brief_json
from briefsite.languages import read_languages
from briefsite.load import load_tree
from briefsite.maps import draw_maps
from briefsite.model.library import Library
from briefsite.model.translations import Untranslated, translate
from briefsite.pages import Page, Templates, build_pages
from briefsite.site import Project, Site, assemble

ROOT = Path(__file__).parents[2]
PERSIAN = ROOT / "tests" / "projects" / "persian"


@pytest.fixture(scope="module")
def root(lay_out, tmp_path_factory):  # type: ignore[no-untyped-def]
    return lay_out(tmp_path_factory.mktemp("persian") / "project", PERSIAN)


@pytest.fixture(scope="module")
def persian(root: Path) -> Library:
    checked = check_tree(load_tree(root))
    assert checked.library is not None, checked.problems
    return checked.library


def test_a_translation_says_what_it_has_and_the_original_the_rest(
    root: Path, persian: Library
) -> None:
    (entry,) = read_translations(root).entries
    told = translate(persian, entry)
    brief, original = told.entry.record, persian.briefs["sample"].record
    assert brief.title == "گزارش نمونه"
    announced, unbuilt = brief.claims
    assert not isinstance(announced.text, Untranslated)
    assert isinstance(unbuilt.text, Untranslated)
    assert (unbuilt.text, unbuilt.text.language) == (original.claims[1].text, "en")
    assert told.original == frozenset()
    # The reasons of the judgement and of a claim, that claim, what two figures measure in what,
    # what the map shows and the name of its layer.
    assert told.missing == 9
    drawn = told.library.maps["sample-map"].record
    assert drawn.title == "مسیر خط لوله"
    assert isinstance(drawn.description, Untranslated)
    assert [layer.routes[0].title for layer in drawn.layers] == ["خط لولهٔ پیشنهادی"]
    assert persian.maps["sample-map"].record.title == "Where the pipeline would run"
    assert [claim.sources for claim in brief.claims] == [c.sources for c in original.claims]
    assert announced.figures[0].value == original.claims[0].figures[0].value
    assert told.library.claims["pipeline-announced"] is announced
    assert persian.claims["pipeline-announced"] is original.claims[0]


@pytest.fixture(scope="module")
def made(root: Path, persian: Library) -> Site:
    return assemble(Project(root), persian, site_url="https://example.org/")


@pytest.fixture(scope="module")
def pages(made: Site) -> dict[str, Page]:
    site = made
    assert "briefs/sample/fa/" in site.addresses
    assert b"briefs/sample/fa/#pipeline-announced" in b"".join(
        content for name, content in site.files.items() if "/items-" in name
    )
    assert "گزارش نمونه".encode() in site.files["data/sample.fa.json"]
    return {page.source: page for page in site.pages}


def test_a_translated_page_shows_its_maps_in_its_language(pages: dict[str, Page]) -> None:
    own, others = pages["briefs/sample/fa.md"].body, pages["briefs/sample.md"].body
    address = "maps/sample-map.sample.fa"
    assert f'src="../../../{address}.svg"' in own
    assert f'src="../../../{address}/"' in own
    assert address not in others
    picture = re.search(r'<img class="bs-map__picture"[^>]*>', own)
    assert picture is not None
    # What is not translated says so, in an attribute too.
    assert 'alt="A line from Alphaville' in picture[0]
    assert ' lang="en" dir="ltr"' in picture[0]
    assert "<strong>مسیر خط لوله.</strong>" in own
    assert ' lang="en"' not in next(iter(re.findall(r'<img class="bs-map__[^>]*>', others)))


def test_the_map_of_a_translation_tells_it_in_its_language(made: Site) -> None:
    page = made.files["maps/sample-map.sample.fa/index.html"].decode()
    picture = made.files["maps/sample-map.sample.fa.svg"].decode()
    assert '<html lang="fa" dir="rtl">' in page
    for drawn in (page, picture):
        assert "مسیر خط لوله" in drawn
        assert "Where the pipeline would run" not in drawn
    assert "خط لولهٔ پیشنهادی" in page
    # A country is called as the language calls it; other names of the ground say that they are not.
    assert ">ارمنستان</text>" in picture
    assert re.search(r'<text class="name sea"[^>]* lang="en">Caspian Sea<', picture)
    assert '"Armenia":"ارمنستان"' in page
    # The claims are those of the translation.
    assert "در فوریهٔ 2012 وزارت انرژی گفت" in page
    assert '<img src="../sample-map.sample.fa.svg"' in page
    # The publication's own map is what it was, and the data are one file.
    assert "Where the pipeline would run" in made.files["maps/sample-map/index.html"].decode()
    assert "maps/sample-map.sample.fa.geojson" not in made.files.known


def test_both_pages_name_each_other(pages: dict[str, Page]) -> None:
    for source in ("briefs/sample.md", "briefs/sample/fa.md"):
        versions = pages[source].front_matter()["versions"]
        assert versions == [
            {"language": "en", "path": "briefs/sample/"},
            {"language": "fa", "path": "briefs/sample/fa/"},
        ]
        assert "bs-languages" in pages[source].body
    assert 'hreflang="fa"' in pages["briefs/sample.md"].body
    assert "language" not in pages["briefs/sample.md"].front_matter()
    assert pages["briefs/sample/fa.md"].front_matter()["language"] == {
        "code": "fa",
        "direction": "rtl",
        "theme": "fa",
    }


def test_a_page_has_the_anchors_of_its_original(pages: dict[str, Page]) -> None:
    original, translated = pages["briefs/sample.md"], pages["briefs/sample/fa.md"]
    assert translated.anchors == original.anchors
    assert [heading.id for heading in translated.contents] == [h.id for h in original.contents]
    assert "ارزیابی‌های اصلی" in [heading.title for heading in translated.contents]
    assert 'href="../../../sources/ministry-report/"' in translated.body


def test_a_page_tells_that_its_original_is_newer(root: Path, persian: Library) -> None:
    (entry,) = read_translations(root).entries
    original = persian.briefs["sample"].record
    older = entry.record.model_copy(update={"original_reviewed": original.cutoff})
    drawn = draw_maps(persian, ROOT / "maps" / "basemap")
    templates = Templates(ROOT / "macros", persian, drawn.maps)
    made = build_pages(templates, (replace(entry, record=older),))
    (page,) = (each for each in made if each.source == "briefs/sample/fa.md")
    assert "The original was reviewed again on" in page.body


def test_a_build_tells_of_a_translation_that_is_older(root: Path, persian: Library) -> None:
    path = root / "briefs" / "sample.fa.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2024-03-05", "2024-03-04"), encoding="utf-8")
    try:
        notes = assemble(Project(root), persian).notes
    finally:
        path.write_text(text, encoding="utf-8")
    assert notes == (
        "briefs/sample.fa.yaml:4:20: warning: the original was reviewed again on 2024-03-05",
    )


def test_the_data_of_a_translation_has_its_texts(root: Path, persian: Library) -> None:
    (entry,) = read_translations(root).entries
    told = translate(persian, entry)
    text = brief_json(told.library, told.entry).decode()
    assert '"language": "fa"' in text
    assert "A review of 2020 found" in text


def test_a_library_that_says_otherwise_says_it_in_each_language(
    root: Path, persian: Library
) -> None:
    languages = read_languages(root)
    templates = Templates(ROOT / "macros", persian, {}, languages=languages)
    templates.speaking("fa")  # as for the frame of a page
    (entry,) = read_translations(root).entries
    told = translate(persian, entry)
    assert templates.telling(told).speaking("fa").library is told.library
    assert templates.speaking("fa").library is persian
