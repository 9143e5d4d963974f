"""What is published of a translation: its paper, its card, and what it tells machines."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.project import Project
from briefsite.publish import Cache, Press
from briefsite.site import Site, assemble

PERSIAN = Path(__file__).parents[1] / "projects" / "persian"
SITE_URL = "https://example.org/base/"


@pytest.fixture(scope="module")
def site(lay_out: Any, tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = lay_out(tmp_path_factory.mktemp("printed") / "project", PERSIAN)
    library = check_tree(load_tree(root)).library
    assert library is not None
    return assemble(Project(root), library, Press(Cache(None), SITE_URL), site_url=SITE_URL)


def test_a_translation_has_paper_in_its_language(site: Site) -> None:
    document = PdfReader(io.BytesIO(site.files["data/sample.fa.pdf"]))
    root: Any = document.trailer["/Root"]
    assert root["/Lang"] == "fa"
    assert root["/ViewerPreferences"]["/Direction"] == "/R2L"
    assert document.metadata is not None
    assert document.metadata.title == "گزارش نمونه"
    # No letter of it is without a sign.
    assert not [note for note in site.notes if "no font has" in note]
    original: Any = PdfReader(io.BytesIO(site.files["data/sample.pdf"])).trailer["/Root"]
    assert original["/Lang"] == "en"


def test_its_page_leads_to_its_own_files(site: Site) -> None:
    page = site.page_at["briefs/sample/fa.md"]
    for name in ("sample.fa.pdf", "sample.fa.md", "sample.fa.json", "sample.csv"):
        assert f'href="../../../data/{name}"' in page.body
    assert page.card is not None
    assert page.card[0] == "briefs/sample/fa/card.png"
    assert page.card[0] in site.files.known


def test_machines_are_told_what_is_a_translation_of_what(site: Site) -> None:
    translation = json.loads(site.page_at["briefs/sample/fa.md"].describe())
    original = json.loads(site.page_at["briefs/sample.md"].describe())
    assert translation["inLanguage"] == "fa"
    assert translation["headline"] == "گزارش نمونه"
    assert translation["translator"]["name"] == "The desk"
    assert translation["translationOfWork"] == {"@id": original["@id"]}
    assert original["workTranslation"] == [{"@id": translation["@id"]}]
    assert "translator" not in original


def test_whoever_publishes_for_an_address_that_is_nobodys_is_told(site: Site) -> None:
    """It is what settings name until `SITE_URL` says better; cards and feeds would lead there."""
    said = f"pages, feeds and cards name {SITE_URL}: set SITE_URL to where it goes"
    assert site.notes.count(said) == 1
