"""All generated files together: each at one address."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.pages import TemplateError
from briefsite.pages.macros import Macros
from briefsite.report import Problem
from briefsite.site import AssemblyError, Project, Site, Writer, assemble


def build(root: Path) -> Site:
    checked = check_tree(load_tree(root))
    assert checked.library is not None, checked.problems
    return assemble(Project(root), checked.library)


def problems(root: Path) -> Sequence[Problem]:
    with pytest.raises(AssemblyError) as caught:
        build(root)
    return caught.value.problems


def write(root: Path, name: str, text: str | bytes = "text\n") -> None:
    path = root / "docs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


DATA = ("json", "csv", "figures.csv", "geojson", "bib", "ris", "csl.json")


def test_every_kind_of_file_is_there(whole: Path) -> None:
    site = build(whole)
    assert {page.address for page in site.pages} == {
        "briefs/", "briefs/sample/", "timeline/", "positions/", "corrections/", "atlas/",
        "sources/", "sources/ministry-report/",
        "actors/", "actors/alphaland/", "actors/energy-ministry/",
        "places/", "places/alphaville/", "places/betatown/",
        "agreements/", "agreements/pipeline-accord/",
        "glossary/", "glossary/works/",
    }  # fmt: skip
    assert set(site.docs) == {
        "index.md", "data.md", "method.md", "editorial-policy.md", "maps.md",
        "authors/index.md", "authors/first-brief.md", "authors/sourcing.md",
        "authors/translating.md", "authors/desk.md",
        "authors/review.md", "authors/fields.md", "authors/components.md", "authors/rules.md",
        "authors/problems.md", "authors/changes.md",
    }  # fmt: skip
    assert "search/index.js" in site.files
    shared = ("assets/maps/", "search/")
    assert {name for name in site.files if not name.startswith(shared)} == {
        *(f"data/{name}.{ending}" for name in ("library", "sample") for ending in DATA),
        "data/sample.md", "data/brief.schema.json", "data/library.schema.json",
        "llms.txt", "robots.txt", "assets/briefsite/material.css",
        "maps/sample-map/index.html", "maps/sample-map.svg", "maps/sample-map.geojson",
    }  # fmt: skip
    assert "" in site.addresses
    assert list(site.addresses) == sorted(set(site.addresses))


def test_no_two_share_an_address(whole: Path) -> None:
    site = build(whole)
    addresses = [*(page.address for page in site.pages), *site.files]
    assert len(addresses) == len(set(addresses))


@pytest.mark.parametrize(
    ("name", "address", "holder"),
    [
        ("briefs/sample.md", "briefs/sample/", "briefs/sample.yaml"),
        ("briefs/sample/index.md", "briefs/sample/", "briefs/sample.yaml"),
        ("timeline.md", "timeline/", "macros/pages/timeline.html.j2"),
        ("method/index.md", "method/", "docs/method.md"),
        ("README.md", "", "docs/index.md"),
        ("maps/sample-map.md", "maps/sample-map/", "maps/sample-map/index.html"),
        ("data/library.json", "data/library.json", "data/library.json"),
    ],
)
def test_a_second_file_at_an_address_is_a_problem(
    name: str, address: str, holder: str, whole: Path
) -> None:
    write(whole, name)
    (found,) = problems(whole)
    assert found.code == "address-collision"
    first, second = sorted([f"docs/{name}", holder])
    assert {found.path, *[n for n in (first, second) if n in found.message]} >= {first, second}
    assert f"'/{address}'" in found.message


def test_all_problems_come_at_once(whole: Path) -> None:
    write(whole, "timeline.md", "<!-- briefsite: heros -->\n")
    write(whole, "latin.md", "Füllöp\n".encode("latin-1"))
    found = problems(whole)
    assert [(p.path, p.code) for p in found] == [
        ("docs/latin.md", "not-utf8"),
        ("docs/timeline.md", "address-collision"),
        ("docs/timeline.md", "unknown-component"),
    ]


def test_links_out_of_the_project_are_refused(whole: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key.txt").write_text("not yours", encoding="utf-8")
    (whole / "docs" / "key.txt").symlink_to(secret / "key.txt")
    (whole / "docs" / "more").symlink_to(secret)
    (whole / "docs" / "page.md").symlink_to(secret / "key.txt")
    found = problems(whole)
    assert [(p.path, p.code) for p in found] == [
        ("docs/key.txt", "not-a-plain-file"),
        ("docs/more", "not-a-plain-file"),
        ("docs/page.md", "not-a-plain-file"),
    ]


def test_a_name_that_cannot_be_printed_is_a_problem(whole: Path) -> None:
    name = os.fsencode(whole / "docs") + b"/b\xe9.md"
    with open(name, "wb") as file:  # noqa: PTH123 - a name of bytes
        file.write(b"text")
    (found,) = problems(whole)
    assert found.code == "file-name"
    assert found.path == "docs/b\N{REPLACEMENT CHARACTER}.md"


def test_hidden_files_and_templates_are_no_part_of_the_site(whole: Path) -> None:
    before = set(build(whole).docs)
    for name in (".draft.md", "templates/page.md", ".git/config"):
        write(whole, name)
    assert set(build(whole).docs) == before


def test_a_basemap_that_cannot_be_read_is_a_problem(whole: Path) -> None:
    (whole / "maps" / "basemap" / "core.topojson").write_text("{", encoding="utf-8")
    (found,) = problems(whole)
    assert (found.path, found.code) == ("maps/basemap", "no-basemap")


def test_no_basemap_at_all_is_a_problem(whole: Path) -> None:
    shutil.rmtree(whole / "maps" / "basemap")
    (found,) = problems(whole)
    assert (found.path, found.code) == ("maps/basemap", "no-basemap")


@pytest.mark.parametrize("name", ["run.js", "page.html", "picture.svg", "style.css"])
def test_what_a_browser_would_run_is_refused(name: str, whole: Path) -> None:
    write(whole, name, "<script>alert(1)</script>")
    (found,) = problems(whole)
    assert (found.path, found.code) == (f"docs/{name}", "docs-file")


def test_a_linked_folder_of_pages_is_refused(whole: Path) -> None:
    (whole / "docs").rename(whole / "elsewhere")
    (whole / "docs").symlink_to(whole / "elsewhere")
    assert [p.code for p in problems(whole)] == ["not-a-plain-file"]


def test_a_byte_order_mark_is_no_text(whole: Path) -> None:
    write(whole, "marked.md", "\ufeff---\ntitle: Marked\n---\n\ntext\n")
    assert build(whole).docs["marked.md"].markdown.startswith("---\n")


def test_a_site_is_the_same_however_many_processes_make_it(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = build(whole)
    written = {page.source: page.body for page in plain.pages} | dict(plain.files)
    monkeypatch.setattr("briefsite.processes.MIN_TASKS", 0)
    monkeypatch.setattr("briefsite.processes.cores", lambda: 3)
    steps: list[int] = []
    shared = Writer(build(whole), tmp_path, where=str)
    shared.prepare()
    shared.write(lambda page: page.body.encode(), lambda: steps.append(1))
    assert len(steps) == shared.size
    assert shared.placed.keys() == written.keys()
    for name, content in written.items():
        made = content.encode() if isinstance(content, str) else content
        assert (tmp_path / name).read_bytes() == made, name


def test_no_process_compiles_what_another_has_compiled(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    compile_macro = Macros.compile

    def spy(self: Macros, source: Any, name: str | None = None, *given: Any) -> Any:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{name}\n")
        return compile_macro(self, source, name, *given)

    monkeypatch.setattr(Macros, "compile", spy)
    monkeypatch.setattr("briefsite.processes.MIN_TASKS", 0)
    monkeypatch.setattr("briefsite.processes.cores", lambda: 3)
    Writer(build(whole), tmp_path / "site").write(lambda page: page.body.encode())
    pages = [name for name in log.read_text().split() if name.startswith("pages/")]
    assert {"pages/brief.html.j2", "pages/place.html.j2"} <= {*pages}
    assert len(pages) == len({*pages})


def test_a_macro_that_cannot_be_rendered_is_told_by_whichever_process(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    macro = whole / "macros" / "pages" / "place.html.j2"
    monkeypatch.setattr("briefsite.processes.MIN_TASKS", 0)
    monkeypatch.setattr("briefsite.processes.cores", lambda: 3)
    macro.write_text(
        "{% extends 'pages/record.html.j2' %}\n{% block facts %}{{ nothing }}{% endblock %}\n"
    )
    with pytest.raises(TemplateError, match=r"^pages/place\.html\.j2:2: 'nothing'"):
        Writer(build(whole), tmp_path).write(lambda page: page.body.encode())
