"""Data for reading in another language than English: whatever it says itself, and what it names."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from xml.etree import ElementTree

import pytest
from tests.languages.pseudo import pseudo

from briefsite.check import check_tree, read_translations
from briefsite.data import Addresses, data_files
from briefsite.languages import Languages
from briefsite.load import load_tree
from briefsite.model.library import Library
from briefsite.model.translations import translate

PERSIAN = Path(__file__).parents[1] / "projects" / "persian"
SITE = Addresses("https://example.org/base/")
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LINK = re.compile(r"\]\([^)]*\)")


@pytest.fixture(scope="module")
def persian(lay_out, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Library]:  # type: ignore[no-untyped-def]
    root = lay_out(tmp_path_factory.mktemp("persian") / "project", PERSIAN)
    library = check_tree(load_tree(root)).library
    assert library is not None
    return root, library


def made(persian: tuple[Path, Library], languages: Languages) -> Mapping[str, Callable[[], bytes]]:
    root, library = persian
    found = read_translations(root).entries
    told = {f"{each.brief}.{each.language}": translate(library, each) for each in found}
    return data_files(
        library,
        SITE,
        languages=languages,
        translations=found,
        translated={name: (lambda each=each: each) for name, each in told.items()},  # type: ignore[misc]
    )


def spoken(english: str, other: str) -> set[str]:
    """The words that both say alike, those of messages that were translated aside."""
    found = 1
    while found:
        other, found = re.subn(r"‹[^‹›]*›", "", other)
    one, two = (set(re.findall("[A-Za-z]{3,}", _LINK.sub("]", text))) for text in (english, other))
    return one & two


@pytest.mark.parametrize("name", ["data/sample.md", "llms.txt"])
def test_whatever_a_text_says_itself_is_translated(
    persian: tuple[Path, Library], name: str
) -> None:
    languages = Languages(MappingProxyType({"en": pseudo("az")}))
    ours = made(persian, Languages())[name]().decode()
    theirs = made(persian, languages)[name]().decode()
    library = made(persian, Languages())["data/library.json"]().decode()
    recorded = set(re.findall(r"[A-Za-z]{3,}", library))
    # `Optional` is a word of the format.
    assert spoken(ours, theirs) - recorded - {"Optional", "GeoNames"} == set()
    assert "‹" in theirs


def test_a_translation_is_news_in_its_language(persian: tuple[Path, Library]) -> None:
    files = made(persian, Languages())
    atom = ElementTree.fromstring(files["feed.xml"]().decode())
    entries = {each.findtext("{*}id"): each for each in atom.iterfind("{*}entry")}
    entry = entries["https://example.org/base/briefs/sample/fa/"]
    assert entry.get(XML_LANGUAGE) == "fa"
    assert entry.findtext("{*}title") == "گزارش نمونه"
    items = {each["id"]: each for each in json.loads(files["feed.json"]())["items"]}
    item = items["https://example.org/base/briefs/sample/fa/"]
    assert (item["language"], item["url"]) == ("fa", item["id"])
    # Nobody followed the brief's own feed for it: that is in the brief's language.
    assert b"/fa/" not in files["briefs/sample/feed.xml"]()


def test_a_feed_says_the_language_of_the_publication(persian: tuple[Path, Library]) -> None:
    languages = Languages(MappingProxyType({"en": pseudo("az")}))
    files = made(persian, languages)
    assert ElementTree.fromstring(files["feed.xml"]()).get(XML_LANGUAGE) == "az"
    feed = json.loads(files["judgements/feed.json"]())
    assert (feed["language"], feed["description"]) == ("az", "‹Key judgements that moved›")
    assert "language" not in json.loads(made(persian, Languages())["feed.json"]())


def test_the_data_of_a_translation_say_what_it_is(persian: tuple[Path, Library]) -> None:
    files = made(persian, Languages())
    note = json.loads(files["data/sample.fa.json"]())["translation"]
    assert (note["language"], note["original_language"]) == ("fa", "en")
    assert note["original_reviewed"] == "2024-03-05"
    assert "claims/pipeline-unbuilt/text" in note["untranslated"]
    assert "claims/pipeline-announced/text" not in note["untranslated"]
    assert "translation" not in json.loads(files["data/sample.json"]())
    text = files["data/sample.fa.md"]().decode()
    assert "Translated by The desk from the version reviewed on 5 March 2024." in text
    assert "[The original](https://example.org/base/briefs/sample/)" in text
    guide = files["llms.txt"]().decode()
    assert "(https://example.org/base/data/sample.fa.md): the same in فارسی" in guide
