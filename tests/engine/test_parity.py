"""The same pages, whatever builds them, wherever and whenever."""

from __future__ import annotations

import datetime
import json
import posixpath
import re
from collections.abc import Mapping
from typing import Any

import pytest

from briefsite.site.manifest import NAME as MANIFEST

# What is not the same, and why:
# - the manifest and our sitemap belong to the plugin, the engine's own sitemap (with the clock's
#   date, and a compressed copy) to a tree that is staged.
OWN_TO_AN_ENGINE = {MANIFEST, "sitemap.xml", "sitemap.xml.gz"}
# - the name and version of the engine stand in a tag of every page's head.
GENERATOR = re.compile(rb'<meta name="generator" content="[^"]*">')


def normal(tree: Mapping[str, bytes]) -> dict[str, Any]:
    files: dict[str, Any] = {}
    for name, content in tree.items():
        if name in OWN_TO_AN_ENGINE:
            continue
        if name.endswith(".html"):
            files[name] = GENERATOR.sub(b"", content, count=1)
        else:
            files[name] = content
    return files


@pytest.mark.parametrize("name", ["properdocs", "staged"])
def test_other_engines_give_the_same_pages(name: str, builds: Any) -> None:
    wanted, actual = normal(builds.trees["mkdocs"]), normal(builds.trees[name])
    assert sorted(actual) == sorted(wanted)
    assert [key for key in wanted if actual[key] != wanted[key]] == []


def test_the_command_gives_the_same_site_byte_for_byte(builds: Any) -> None:
    assert builds.trees["briefsite"] == builds.trees["mkdocs"]


def test_folder_user_time_zone_language_hash_seed_cores_and_cache_change_nothing(
    builds: Any,
) -> None:
    wanted, actual = builds.trees["mkdocs"], builds.trees["elsewhere"]
    assert sorted(actual) == sorted(wanted)
    assert [key for key in wanted if actual[key] != wanted[key]] == []


def test_the_generator_is_named_in_pages_and_manifest(builds: Any) -> None:
    manifest = json.loads(builds.trees["mkdocs"][MANIFEST])
    assert set(manifest["generator"]) >= {"briefsite", "mkdocs", "mkdocs-material", "folium"}
    assert b"ProperDocs" in builds.trees["properdocs"]["index.html"]


def test_manifest_names_every_file(builds: Any) -> None:
    for name in ("mkdocs", "properdocs", "as-of"):
        tree = builds.trees[name]
        assert set(json.loads(tree[MANIFEST])["files"]) == set(tree) - {MANIFEST}


def test_no_build_complains(builds: Any) -> None:
    for name, printed in builds.printed.items():
        assert not re.search(r"WARN|ERROR|Deprecat|Traceback", printed), f"{name}: {printed}"


def test_drafts_are_not_built(builds: Any) -> None:
    for name, tree in builds.trees.items():
        assert "briefs/sample/index.html" in tree, name
        assert not [key for key in tree if "not-yet" in key], name
        for word in (b"draft-pipeline", b"Zymurgia", b"Quokkaland"):
            assert not [key for key, content in tree.items() if word in content], (name, word)


def test_as_of_is_the_day_the_site_speaks_from(builds: Any) -> None:
    assert "as of 7 June 2024" in builds.trees["as-of"]["index.html"].decode()
    assert json.loads(builds.trees["as-of"]["data/library.json"])["as_of"] == "2024-06-07"


def test_without_it_the_day_is_that_of_the_newest_review(builds: Any) -> None:
    assert "as of 10 April 2024" in builds.trees["mkdocs"]["index.html"].decode()


def test_no_file_holds_the_clocks_date(builds: Any) -> None:
    now = datetime.datetime.now(datetime.UTC)
    days = [(now + datetime.timedelta(days=shift)).date() for shift in (-1, 0, 1)]
    words = [
        form.encode()
        for day in days
        for form in (day.isoformat(), f"{day.day} {day:%B %Y}", f"{day:%B} {day.day}, {day.year}")
    ]
    for name in ("mkdocs", "as-of"):
        for key, content in builds.trees[name].items():
            assert not [word for word in words if word in content], key


def test_hostile_text_reaches_no_page_as_markup(builds: Any) -> None:
    for key, content in builds.trees["mkdocs"].items():
        if key.endswith((".html", ".svg", ".xml")):
            assert b"<script>alert" not in content, key
            assert b"<img src=x" not in content, key


def test_edit_links_lead_to_the_file_an_author_edits(builds: Any) -> None:
    tree = builds.trees["mkdocs"]
    for page, origin in {
        "briefs/sample/": "briefs/sample.yaml",
        "actors/alphaland/": "briefs/registry/registry.yaml",
        "actors/hostile-actor/": "briefs/registry/hostile.yaml",
        "places/betatown/": "briefs/registry/registry.yaml",
        "sources/gazette/": "briefs/registry/contested.yaml",
        "agreements/road-accord/": "briefs/registry/contested.yaml",
        "timeline/": "macros/pages/timeline.html.j2",
        "": "docs/index.md",
        "method/": "docs/method.md",
    }.items():
        links = re.findall(r'<a [^>]*rel="edit"[^>]*>', tree[f"{page}index.html"].decode())
        assert len(links) == 1, page
        assert re.search(rf'href="https://[^"]+/edit/main/{re.escape(origin)}"', links[0]), page


def test_contents_list_of_a_generated_page(builds: Any) -> None:
    text = builds.trees["mkdocs"]["briefs/contested/index.html"].decode()
    links = re.findall(r'<a href="(#[^"]+)" class="md-nav__link">', text)
    assert links[:3] == ["#key-judgements", "#figures", "#maps"]
    assert "#road-background" in links
    assert "Background &amp; dispute" in text


def test_components_of_hand_written_pages_are_expanded(builds: Any) -> None:
    page = builds.trees["mkdocs"]["index.html"].decode()
    assert '<article class="bs-card">' in page
    assert "briefsite:" not in page
    assert "Home" in page
    assert "title: Home" not in page


def test_sitemap_names_every_page_and_no_date(builds: Any) -> None:
    tree = builds.trees["mkdocs"]
    found = set(re.findall(r"<loc>https://example\.org/(.*?)</loc>", tree["sitemap.xml"].decode()))
    pages = {
        key.removesuffix("index.html")
        for key in tree
        if key.endswith("index.html") and not re.match(r"maps/[^/]+/", key)
    }
    assert found == pages
    assert b"lastmod" not in tree["sitemap.xml"]


def test_pages_name_their_other_forms_and_what_they_are_about(builds: Any) -> None:
    tree = builds.trees["mkdocs"]
    page = tree["briefs/contested/index.html"].decode()
    head = page.partition("</head>")[0]
    found = re.findall(r'<link rel="alternate \w+" type="([^"]+)"[^>]* href="([^"]+)"', head)
    links = dict(found)
    assert 'rel="alternate"' not in head, "Material asks for a sitemap at each of these"
    assert links == {
        "application/atom+xml": "feed.xml",
        "application/feed+json": "../../feed.json",
        "text/markdown": "../../data/contested.md",
        "application/json": "../../data/contested.json",
    }
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert [json.loads(block)["@id"] for block in blocks] == [
        "https://example.org/briefs/contested/"
    ]
    assert 'href="../feed.xml"' in tree["method/index.html"].decode()
    pages = {name: tree[name].decode() for name in tree if name.endswith("index.html")}
    for name, text in pages.items():
        for way in re.findall(r'<a href="([^":]+)" (?:download|type)', text):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), way))
            assert target in tree, f"{name}: {way}"


def test_markdown_of_a_brief_reaches_the_site_as_it_is(builds: Any) -> None:
    for name, tree in builds.trees.items():
        assert tree["data/sample.md"].startswith(b"# Sample brief\n"), name
        assert not [key for key in tree if key.startswith("data/sample/")], name
