"""All of the site in place is linked ahead; what is not wanted goes, what is not there is told."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from briefsite import processes
from briefsite.cache.inputs import digest_file
from briefsite.cache.store import Store
from briefsite.cache.survey import survey
from briefsite.site import InPlace
from briefsite.site.manifest import Placed

NAMES = ("index.html", "a/index.html", "a/b/index.html", "a/b/c.json", "d/e/index.html")


@pytest.fixture(params=[1, 2], ids=["one core", "two"], autouse=True)
def count(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "cores", lambda: request.param)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "cache", tmp_path)
    yield store
    store.close()


def placed(site: Path) -> dict[str, Placed]:
    found = {name: (site / name).stat() for name in NAMES}
    return {
        name: Placed(digest_file(f"{site}/{name}"), s.st_size, s.st_mtime_ns, s.st_ino)
        for name, s in found.items()
    }


@pytest.fixture
def site(store: Store, tmp_path: Path) -> Path:
    """A site that a build has left in its place."""
    site, empty = tmp_path / "site", tmp_path / "empty"
    for name in NAMES:
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    empty.mkdir()
    before = InPlace(store, site, empty)
    assert before.settle({}) == []
    before.note(placed(site), survey(site), lambda name: f"sign of {name}")
    store.save()
    return site


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "new"
    folder.mkdir()
    return folder


def there(folder: Path) -> set[str]:
    return set(survey(folder))


def test_what_is_wanted_stays_and_all_else_goes(store: Store, site: Path, folder: Path) -> None:
    in_place = InPlace(store, site, folder)
    wanted: Mapping[str, Any] = {
        "index.html": in_place.find("index.html", sign="sign of index.html"),
        "a/b/c.json": in_place.find("a/b/c.json", digest=placed(site)["a/b/c.json"].digest),
    }
    assert in_place.find("a/index.html", sign="another", digest="another") is None
    assert in_place.find("not/there") is None
    assert in_place.settle(wanted) == []
    assert there(folder) == {"index.html", "a/", "a/b/", "a/b/c.json"}
    assert (folder / "index.html").samefile(site / "index.html")
    # From here on nothing can be taken from there.
    assert in_place.find("d/e/index.html", sign="sign of d/e/index.html") is None


def test_what_has_another_name_now_is_moved(store: Store, site: Path, folder: Path) -> None:
    digests = {name: each.digest for name, each in placed(site).items()}
    (site / "d/e/index.html").unlink()  # meanwhile
    in_place = InPlace(store, site, folder)
    names = {"new/one": "a/b/c.json", "new/two": "a/b/c.json", "new/three": "index.html"}
    names |= {"index.html": "index.html", "new/four": "d/e/index.html"}
    found = {name: in_place.find(name, digest=digests[was]) for name, was in names.items()}
    assert all(found.values())
    # A file has one name: what is wanted under two, or where it was, must be written.
    wanted = {name: each for name, each in found.items() if each is not None}
    lost = in_place.settle(wanted)
    assert lost == ["new/four", "new/three", "new/two"]
    assert there(folder) == {"index.html", "new/", "new/one"}
    assert (folder / "new/one").samefile(site / "a/b/c.json")


def test_what_was_touched_is_told(store: Store, site: Path, folder: Path) -> None:
    state = (site / "a/index.html").stat()
    (site / "a/index.html").write_text("A/index.html", encoding="utf-8")
    os.utime(site / "a/index.html", ns=(state.st_atime_ns, state.st_mtime_ns))
    (site / "d/e/index.html").unlink()
    in_place = InPlace(store, site, folder)
    wanted = {n: in_place.find(n, sign=f"sign of {n}") for n in NAMES}
    assert all(wanted.values())
    found = {name: each for name, each in wanted.items() if each is not None}
    assert sorted(in_place.settle(found)) == ["a/index.html", "d/e/index.html"]
    assert not (folder / "a/index.html").exists()


def test_a_file_that_is_written_meanwhile_stays(store: Store, site: Path, folder: Path) -> None:
    (folder / "a").mkdir()
    (folder / "a/index.html").write_text("new", encoding="utf-8")
    state = (folder / "a/index.html").stat()
    written = Placed("digest", state.st_size, state.st_mtime_ns, state.st_ino)
    in_place = InPlace(store, site, folder)
    assert in_place.settle({"a/index.html": written}) == []
    assert there(folder) == {"a/", "a/index.html"}
    assert (folder / "a/index.html").read_text(encoding="utf-8") == "new"


def test_a_process_that_ends_before_all_is_linked_does_no_harm(
    store: Store, site: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, own = os.link, os.getpid()
    done: list[int] = []

    def end(*given: Any, **options: Any) -> None:
        if os.getpid() != own and len(done) == 2:
            os._exit(9)
        done.append(1)
        link(*given, **options)

    monkeypatch.setattr(os, "link", end)
    in_place = InPlace(store, site, folder)
    wanted = {n: p for n in NAMES if (p := in_place.find(n, sign=f"sign of {n}")) is not None}
    assert len(wanted) == len(NAMES)
    assert in_place.settle(wanted) == []
    assert there(folder) == there(site)
