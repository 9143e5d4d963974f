"""The workload of the measurements is a good publication, the same each time, of the size asked."""

from __future__ import annotations

from pathlib import Path

from bench.workload import write_plain, write_workload

from briefsite.check import check_tree
from briefsite.load import load_tree


def files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_workload_is_a_publication_without_a_problem(tmp_path: Path) -> None:
    write_workload(4, tmp_path)
    checked = check_tree(load_tree(tmp_path))
    assert checked.problems == ()
    assert checked.library is not None
    assert len(checked.library.briefs) == len(checked.library.maps) == 4
    for entry in checked.library.briefs.values():
        brief = entry.record
        assert len(brief.claims) == 20
        assert len(brief.timeline) == 8
        assert len(brief.positions) == 1
        words = sum(len(section.prose.source.split()) for section in brief.sections)
        assert 700 <= words <= 1_000
        shown = checked.library.maps[brief.maps[0]].record
        assert [len(layer.places) for layer in shown.layers] == [10, 0]
        assert [len(layer.routes) for layer in shown.layers] == [0, 2]


def test_workload_is_the_same_each_time_and_a_larger_one_holds_it(tmp_path: Path) -> None:
    for name, size in (("one", 5), ("two", 5), ("larger", 8)):
        write_workload(size, tmp_path / name)
    one, two, larger = (files(tmp_path / name) for name in ("one", "two", "larger"))
    assert one == two
    shared = [name for name in one if not name.startswith("briefs/registry/")]
    assert {name: larger[name] for name in shared} == {name: one[name] for name in shared}


def test_plain_pages_hold_the_same_words(tmp_path: Path) -> None:
    write_workload(2, tmp_path / "project")
    write_plain(2, tmp_path / "plain")
    library = check_tree(load_tree(tmp_path / "project")).library
    assert library is not None
    for key, entry in library.briefs.items():
        page = (tmp_path / "plain" / "docs" / "briefs" / f"{key}.md").read_text(encoding="utf-8")
        for claim in entry.record.claims:
            assert claim.text in page
        for section in entry.record.sections:
            assert f"## {section.heading}" in page
