"""What is written straight into a site is what verification wants, whoever has made it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from briefsite import processes
from briefsite.cache.survey import state_of
from briefsite.model.lazy import Lazy
from briefsite.pages import Page, TemplateError
from briefsite.site import Site, Writer, verify


def framed(page: Page) -> bytes:
    return f"<html>{page.body}</html>".encode()


def made(anchors: tuple[str, ...] = ("one",), write: Callable[[], str] | None = None) -> Site:
    pages = tuple(
        Page(f"briefs/{name}.md", name, "", write or (lambda: '<h2 id="one">One</h2>'), "", anchors)
        for name in "abcdef"
    )
    files = {f"data/{name}.json": name.encode for name in "abcdef"}
    return Site(pages, {}, Lazy(files, lambda: {"search/index.js": b"index"}))


@pytest.fixture(params=[1, 3], ids=["one process", "three"])
def count(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(processes, "cores", lambda: request.param)
    monkeypatch.setattr(processes, "MIN_TASKS", 1)
    return int(request.param)


def test_it_tells_what_it_has_written(count: int, tmp_path: Path) -> None:
    steps: list[int] = []
    writer = Writer(made(), tmp_path)
    writer.prepare()
    writer.write(framed, lambda: steps.append(1))
    assert (len(steps), writer.missing) == (13, [])
    found = {p.relative_to(tmp_path).as_posix(): p for p in tmp_path.rglob("*") if p.is_file()}
    assert found.keys() == writer.placed.keys()
    for name, placed in writer.placed.items():
        assert placed.is_as(state_of(found[name].stat()))
        assert placed.digest == hashlib.sha256(found[name].read_bytes()).hexdigest()
    assert (tmp_path / "briefs/a/index.html").read_bytes() == framed(made().pages[0])
    assert verify(tmp_path, made(), writer.placed) == verify(tmp_path, made()) == []


def test_what_all_maps_are_drawn_by_is_loaded_once(count: int, tmp_path: Path) -> None:
    """Whatever the number of processes: it may take longer than many maps."""
    log = tmp_path / "log"

    @cache
    def load() -> bytes:
        with log.open("a") as lines:
            lines.write("loaded\n")
        return b"<svg/>"

    drawn = Lazy(dict.fromkeys([f"maps/{name}.svg" for name in "abcdef"], load))
    Writer(Site((), {}, drawn, drawn=drawn), tmp_path / "new").prepare()
    assert len([*(tmp_path / "new/maps").iterdir()]) == 6
    assert log.read_text() == "loaded\n"


def test_what_happens_to_it_afterwards_is_seen(count: int, tmp_path: Path) -> None:
    writer = Writer(made(), tmp_path)
    writer.write(framed)
    (tmp_path / "data/a.json").write_bytes(b"other")
    (tmp_path / "briefs/b/index.html").unlink()
    assert sorted(verify(tmp_path, made(), writer.placed)) == [
        "file briefs/b/index.html was not written",
        "file data/a.json was changed on its way",
    ]


def test_anchors_that_are_not_there_are_named(count: int, tmp_path: Path) -> None:
    writer = Writer(made(("one", "two")), tmp_path)
    writer.write(framed)
    assert sorted(writer.missing) == [f"anchor briefs/{n}/#two is there 0 times" for n in "abcdef"]


def test_a_mistake_in_a_macro_is_met_by_whoever_asks(count: int, tmp_path: Path) -> None:
    def fail() -> str:
        raise TemplateError("pages/brief.html.j2:1: no")

    with pytest.raises(TemplateError, match=r"brief\.html\.j2:1"):
        Writer(made(write=fail), tmp_path).write(framed)


def test_what_a_process_has_left_is_not_written_through(tmp_path: Path) -> None:
    """It may be a file of the site that is in place."""
    elsewhere = tmp_path / "a.json"
    elsewhere.write_bytes(b"of the site")
    (tmp_path / "new/data").mkdir(parents=True)
    (tmp_path / "new/data/a.json").hardlink_to(elsewhere)
    writer = Writer(made(), tmp_path / "new")
    writer.write(framed)
    assert elsewhere.read_bytes() == b"of the site"
    assert (tmp_path / "new/data/a.json").read_bytes() == b"a"
