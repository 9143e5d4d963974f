"""All of the site in place is linked ahead; what is not wanted goes, what is not there is told."""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from briefsite import processes
from briefsite.cache.inputs import digest_file
from briefsite.cache.store import Store
from briefsite.cache.survey import digest_state, state_of, survey
from briefsite.site import Building, InPlace
from briefsite.site.manifest import NAME as MANIFEST
from briefsite.site.manifest import Placed
from briefsite.site.swap import replace_folder, spare
from briefsite.site.write import _write

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


Noting = Callable[[], None]


@pytest.fixture
def note(store: Store, tmp_path: Path) -> Noting:
    """Note the site that is in place, as the build does that has put it there."""
    site = tmp_path / "site"
    before = InPlace(store, site)

    def note() -> None:
        before.note(placed(site), survey(site), lambda name: f"sign of {name}")
        store.save()

    return note


@pytest.fixture
def site(note: Noting, tmp_path: Path) -> Path:
    """A site that a build has left in its place."""
    site = tmp_path / "site"
    for name in NAMES:
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    note()
    return site


@pytest.fixture
def laid_by(note: Noting, site: Path) -> Path:
    """The folder that a build has replaced, as if it had held the very same."""
    folder = spare(site)
    for name in NAMES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).hardlink_to(site / name)
    note()
    return folder


@pytest.fixture
def building(site: Path) -> Iterator[Building]:
    building = Building(site)
    yield building
    building.discard()


@pytest.fixture
def folder(building: Building) -> Path:
    return building.folder


def linked(store: Store, site: Path, building: Building) -> InPlace:
    in_place = InPlace(store, site)
    in_place.link(building)
    return in_place


def linked_into_the_spare(store: Store, site: Path) -> tuple[InPlace, Building]:
    laid_by = spare(site).stat().st_ino
    in_place = InPlace(store, site)
    building = Building(site)
    in_place.link(building)
    assert building.folder.stat().st_ino == laid_by
    return in_place, building


def there(folder: Path) -> set[str]:
    return set(survey(folder))


def test_what_is_wanted_stays_and_all_else_goes(
    store: Store, site: Path, building: Building, folder: Path
) -> None:
    in_place = linked(store, site, building)
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


def test_what_has_another_name_now_is_moved(
    store: Store, site: Path, building: Building, folder: Path
) -> None:
    digests = {name: each.digest for name, each in placed(site).items()}
    (site / "d/e/index.html").unlink()  # meanwhile
    in_place = linked(store, site, building)
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


def test_what_was_touched_is_told(
    store: Store, site: Path, building: Building, folder: Path
) -> None:
    state = (site / "a/index.html").stat()
    (site / "a/index.html").write_text("A/index.html", encoding="utf-8")
    os.utime(site / "a/index.html", ns=(state.st_atime_ns, state.st_mtime_ns))
    (site / "d/e/index.html").unlink()
    in_place = linked(store, site, building)
    wanted = {n: in_place.find(n, sign=f"sign of {n}") for n in NAMES}
    assert all(wanted.values())
    found = {name: each for name, each in wanted.items() if each is not None}
    assert sorted(in_place.settle(found)) == ["a/index.html", "d/e/index.html"]
    assert not (folder / "a/index.html").exists()


def test_a_file_that_is_written_meanwhile_stays(
    store: Store, site: Path, building: Building, folder: Path
) -> None:
    (folder / "a").mkdir()
    (folder / "a/index.html").write_text("new", encoding="utf-8")
    state = (folder / "a/index.html").stat()
    written = Placed("digest", state.st_size, state.st_mtime_ns, state.st_ino)
    in_place = linked(store, site, building)
    assert in_place.settle({"a/index.html": written}) == []
    assert there(folder) == {"a/", "a/index.html"}
    assert (folder / "a/index.html").read_text(encoding="utf-8") == "new"


def test_a_process_that_ends_before_all_is_linked_does_no_harm(
    store: Store, site: Path, building: Building, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, own = os.link, os.getpid()
    done: list[int] = []

    def end(*given: Any, **options: Any) -> None:
        if os.getpid() != own and len(done) == 2:
            os._exit(9)
        done.append(1)
        link(*given, **options)

    monkeypatch.setattr(os, "link", end)
    in_place = linked(store, site, building)
    wanted = {n: p for n in NAMES if (p := in_place.find(n, sign=f"sign of {n}")) is not None}
    assert len(wanted) == len(NAMES)
    assert in_place.settle(wanted) == []
    assert there(folder) == there(site)


def rewritten(path: Path, content: str) -> None:
    path.unlink()
    path.write_text(content, encoding="utf-8")


def a_file_for_a_folder(folder: Path) -> None:
    shutil.rmtree(folder / "a")
    (folder / "a").write_text("a", encoding="utf-8")


def a_folder_for_a_file(folder: Path) -> None:
    (folder / "index.html").unlink()
    (folder / "index.html" / "below").mkdir(parents=True)


def exchanged(folder: Path) -> None:
    (folder / "index.html").rename(folder / "other")
    (folder / "a/index.html").rename(folder / "index.html")
    (folder / "other").rename(folder / "a/index.html")


TAMPERING: dict[str, Callable[[Path], object]] = {
    "nothing": lambda folder: None,
    "of two builds ago": lambda folder: rewritten(folder / "a/index.html", "older"),
    "same size": lambda folder: rewritten(folder / "a/index.html", "A/INDEX.HTML"),
    "added": lambda folder: (folder / "a/added").touch(),
    "hidden": lambda folder: (folder / ".hidden").touch(),
    "folders": lambda folder: (folder / "x/y/z").mkdir(parents=True),
    "removed": lambda folder: (folder / "a/b/c.json").unlink(),
    "a folder removed": lambda folder: shutil.rmtree(folder / "a"),
    "renamed": lambda folder: (folder / "d/e").rename(folder / "x"),
    "exchanged": exchanged,
    "another name": lambda folder: (folder / "0").hardlink_to(folder / "index.html"),
    "another name below": lambda folder: (folder / "a/0").hardlink_to(folder / "index.html"),
    "a link": lambda folder: (folder / "link").symlink_to("index.html"),
    "a link elsewhere": lambda folder: (folder / "x").symlink_to(folder.parent / "site"),
    "a file for a folder": a_file_for_a_folder,
    "a folder for a file": a_folder_for_a_file,
    "locked": lambda folder: (folder / "a/b").chmod(0),
}


@pytest.mark.parametrize("tamper", TAMPERING.values(), ids=TAMPERING)
def test_whatever_happened_to_the_spare_folder_the_next_build_finds_in_it_what_is_in_place(
    tamper: Callable[[Path], object], note: Noting, store: Store, site: Path, laid_by: Path
) -> None:
    tamper(laid_by)
    note()  # to take one of its names from a file changes its state
    in_place, building = linked_into_the_spare(store, site)
    assert in_place.settle(placed(site)) == []
    assert there(building.folder) == there(site)
    assert all((building.folder / name).samefile(site / name) for name in NAMES)
    folders = [path for path in building.folder.rglob("*") if path.is_dir()]
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o755}
    building.close()


def test_a_file_that_was_edited_by_the_name_that_it_has_in_the_spare_folder_is_told(
    store: Store, site: Path, laid_by: Path
) -> None:
    before = placed(site)
    os.truncate(laid_by / "a/index.html", 3)
    in_place, building = linked_into_the_spare(store, site)
    assert in_place.settle(before) == ["a/index.html"]
    assert not (building.folder / "a/index.html").exists()
    building.close()


def test_only_what_is_missing_in_the_spare_folder_is_linked(
    note: Noting, store: Store, site: Path, laid_by: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, linked = os.link, []

    def spy(here: str, there: str, **options: bool) -> None:
        linked.append(there)
        link(here, there, **options)

    monkeypatch.setattr(os, "link", spy)
    rewritten(laid_by / "a/index.html", "older")
    note()
    in_place, building = linked_into_the_spare(store, site)
    assert in_place.settle(placed(site)) == []
    assert linked == [f"{building.folder}/a/index.html"]
    assert in_place.is_shared
    building.close()


def removed(laid_by: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = Path.rename

    def late(path: Path, place: Path) -> Path:
        shutil.rmtree(laid_by, ignore_errors=True)
        return really(path, place)

    monkeypatch.setattr(Path, "rename", late)


def locked(laid_by: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise PermissionError

    (laid_by / "a/added").touch()
    monkeypatch.setattr(os, "unlink", fail)


def on_a_full_disk(laid_by: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mkdir = os.mkdir

    def fail(path: str, *mode: int) -> None:
        if Path(path).parent.name == ".site-spare":
            raise OSError(errno.ENOSPC, "full")
        mkdir(path, *mode)

    monkeypatch.setattr(os, "mkdir", fail)


@pytest.mark.parametrize(
    ("happen", "is_lost"),
    [(removed, True), (locked, False), (on_a_full_disk, False)],  # a link less is another state
    ids=["removed", "locked", "full"],
)
def test_without_a_spare_folder_that_can_be_had_all_is_linked_into_another(
    happen: Callable[[Path, pytest.MonkeyPatch], None],
    is_lost: bool,
    store: Store,
    site: Path,
    laid_by: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as meanwhile:
        happen(laid_by, meanwhile)
        in_place = InPlace(store, site)
        building = Building(site)
        in_place.link(building)
    lost = in_place.settle(placed(site))
    assert sorted(lost) == (sorted(NAMES) if is_lost else [])
    assert there(building.folder) - {*lost} == there(site) - {*lost}
    assert not spare(site).exists()
    building.discard()


def test_a_spare_folder_of_any_depth_is_cleared(store: Store, site: Path, laid_by: Path) -> None:
    inner = os.open(laid_by, os.O_RDONLY)
    for _ in range(1_200):
        os.mkdir("x", dir_fd=inner)
        outer, inner = inner, os.open("x", os.O_RDONLY, dir_fd=inner)
        os.close(outer)
    os.close(inner)
    in_place, building = linked_into_the_spare(store, site)
    assert in_place.settle(placed(site)) == []
    assert there(building.folder) == there(site)
    building.discard()


def test_what_another_build_lays_by_is_not_built_in(
    store: Store, site: Path, laid_by: Path
) -> None:
    """Where somebody has removed what this one holds."""
    in_place, building = InPlace(store, site), Building(site)
    in_place._clearing.close()
    laid_by.rename(site.parent / "elsewhere")
    laid_by.mkdir()
    (laid_by / "stale.html").touch()
    in_place.link(building)
    assert in_place.settle(placed(site)) == []
    assert there(building.folder) == there(site)
    building.discard()


def test_a_spare_folder_is_not_taken_up_without_the_site(
    store: Store, site: Path, laid_by: Path
) -> None:
    shutil.rmtree(site)
    in_place = InPlace(store, site)
    building = Building(site)
    in_place.link(building)
    assert in_place.settle({}) == []
    assert there(building.folder) == set()
    assert not laid_by.exists()
    building.discard()


THEIRS = ("404.html", "assets/main.css", "about/index.html")


def noted_whole(store: Store, site: Path) -> str:
    """Note a site that others have written to as well; gives what stands for all of it."""
    for name in (*THEIRS, MANIFEST):
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_text(f"their {name}", encoding="utf-8")
    listed = {name: digest_file(f"{site}/{name}") for name in (*NAMES, *THEIRS)}
    before = InPlace(store, site, whole="of no build")
    whole = before.note(placed(site), survey(site), lambda name: f"sign of {name}", listed)
    store.save()
    time.sleep(0.02)  # the system tells by ticks when a state has changed
    return whole


def test_what_others_have_written_is_linked_where_all_is_wanted(store: Store, site: Path) -> None:
    in_place, building = InPlace(store, site, whole=noted_whole(store, site)), Building(site)
    assert in_place.every().keys() == {*NAMES, *THEIRS}
    in_place.link(building)
    assert in_place.settle(in_place.every()) == []
    assert there(building.folder) == there(site) - {MANIFEST}
    assert all((building.folder / name).samefile(site / name) for name in (*NAMES, *THEIRS))
    building.discard()


def test_what_others_write_again_is_not_linked(
    store: Store, site: Path, building: Building
) -> None:
    """They write into what is there, which would be the site in place."""
    noted_whole(store, site)
    in_place = linked(store, site, building)
    assert in_place.every().keys() == {*NAMES}
    assert in_place.settle(placed(site)) == []
    assert there(building.folder) == there(site) - {*THEIRS, MANIFEST, "about/", "assets/"}


def a_link(site: Path) -> None:
    (site / "link").symlink_to("index.html")


def a_file_that_nobody_lists(site: Path) -> None:
    (site / "a" / MANIFEST).touch()


@pytest.mark.parametrize("tamper", [a_link, a_file_that_nobody_lists])
def test_where_not_all_is_known_nothing_is(
    tamper: Callable[[Path], object], store: Store, site: Path
) -> None:
    tamper(site)
    whole = noted_whole(store, site)
    in_place = InPlace(store, site, whole=whole)
    assert (in_place.every(), in_place.manifest()) == ({}, None)
    in_place = InPlace(store, site)
    assert in_place.every().keys() == {*NAMES}


def test_of_another_build_nothing_is_known(store: Store, site: Path) -> None:
    before = noted_whole(store, site)
    rewritten(site / "index.html", "another")
    after = noted_whole(store, site)
    for whole, names in ((before, set()), (after, {*NAMES, *THEIRS})):
        assert InPlace(store, site, whole=whole).every().keys() == names


def test_a_manifest_is_read_while_it_is_the_one_that_was_noted(store: Store, site: Path) -> None:
    in_place = InPlace(store, site, whole=noted_whole(store, site))
    path = site / MANIFEST
    assert in_place.manifest() == path.read_bytes()
    state = path.stat()
    path.write_bytes(bytes(reversed(path.read_bytes())))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert in_place.manifest() is None
    path.unlink()
    assert in_place.manifest() is None


def remade(in_place: InPlace, building: Building) -> dict[str, Placed]:
    """Make one file again, find one that has another name now, and let all else stand."""
    digests = {name: each.digest for name, each in in_place.every().items()}
    in_place.link(building)
    every = in_place.every()
    found = in_place.find("new/name.json", digest=digests["a/b/c.json"])
    assert found is not None
    del every["a/b/c.json"]
    every["new/name.json"] = found
    (building.folder / "a/b").mkdir(parents=True, exist_ok=True)
    every["a/b/index.html"] = _write(f"{building.folder}/a/b/index.html", [b"made again"])
    return every


@pytest.mark.parametrize("tamper", TAMPERING.values(), ids=TAMPERING)
def test_what_was_not_touched_need_not_be_looked_at_again(
    tamper: Callable[[Path], object], store: Store, site: Path, laid_by: Path
) -> None:
    tamper(laid_by)
    in_place = InPlace(store, site, whole=noted_whole(store, site))
    building = Building(site)
    every = remade(in_place, building)
    assert in_place.settle(every) == []
    found = in_place.survey(every)
    assert found == survey(building.folder)
    assert every.keys() == {name for name in found if not name.endswith("/")}
    building.discard()


def test_what_is_looked_at_is_little(
    store: Store, site: Path, laid_by: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_place = InPlace(store, site, whole=noted_whole(store, site))
    building = Building(site)
    every = remade(in_place, building)
    in_place.settle(every)
    look, looked = os.lstat, []

    def spy(path: str) -> os.stat_result:
        looked.append(path.removeprefix(f"{building.folder}/"))
        return look(path)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(os, "lstat", spy)
        in_place.survey(every)
    # What others have written was missing in the spare folder.
    assert sorted(looked) == sorted([*THEIRS, "a/b/index.html", "new/name.json"])
    building.discard()


def test_without_a_spare_folder_all_is_looked_at(store: Store, site: Path) -> None:
    in_place, building = InPlace(store, site, whole=noted_whole(store, site)), Building(site)
    every = remade(in_place, building)
    assert in_place.settle(every) == []
    assert in_place.survey(every) == survey(building.folder)
    building.discard()


def test_builds_that_make_one_file_each_know_the_site_as_it_is(
    store: Store, site: Path, laid_by: Path
) -> None:
    whole = noted_whole(store, site)
    for number in range(3):
        in_place, building = InPlace(store, site, whole=whole), Building(site)
        in_place.link(building)
        (building.folder / "a").mkdir(exist_ok=True)
        made = _write(f"{building.folder}/a/index.html", [b"made anew %d" % number])
        every = in_place.every() | {"a/index.html": made}
        assert in_place.settle(every) == []
        assert in_place.is_shared
        (building.folder / MANIFEST).write_text(f"{number}")
        found = {
            **in_place.survey(every),
            MANIFEST: state_of((building.folder / MANIFEST).stat()),
        }
        assert replace_folder(building.folder, site, lay_by=True)
        building.close()
        whole = in_place.note_again(every, found, {"a/index.html": f"sign {number}"})
        store.save()
        assert digest_state(found) == digest_state(survey(site))
        now = InPlace(store, site, whole=whole)
        now.close()
        assert now.every() == every
        assert now.manifest() == str(number).encode()
        assert now.find("a/index.html", sign=f"sign {number}") == every["a/index.html"]
        assert now.find("index.html", sign="sign of index.html") == every["index.html"]
    # A whole build knows the same of what is not others'.
    in_place = InPlace(store, site)
    in_place.close()
    assert in_place.every() == {name: every[name] for name in NAMES}


def test_what_was_made_again_as_it_was_is_known_by_its_new_sign(
    store: Store, site: Path, laid_by: Path
) -> None:
    in_place = InPlace(store, site, whole=noted_whole(store, site))
    building = Building(site)
    in_place.link(building)
    every = in_place.every()
    assert in_place.settle(every) == []
    found = {**in_place.survey(every), MANIFEST: state_of((site / MANIFEST).stat())}
    in_place.note_again(every, found, {"index.html": "new", "a/index.html": None})
    store.save()
    now = InPlace(store, site)
    now.close()
    assert now.find("index.html", sign="new") == every["index.html"]
    for name in ("index.html", "a/index.html"):
        assert now.find(name, sign=f"sign of {name}") is None
    building.discard()


def test_what_is_written_to_meanwhile_is_seen_later(
    store: Store, site: Path, laid_by: Path
) -> None:
    in_place = InPlace(store, site, whole=noted_whole(store, site))
    building = Building(site)
    in_place.link(building)
    every = in_place.every()
    in_place.settle(every)
    (building.folder / "a/index.html").write_text("A/index.html", encoding="utf-8")
    found = {**in_place.survey(every), MANIFEST: state_of((site / MANIFEST).stat())}
    replace_folder(building.folder, site, lay_by=True)
    building.close()
    assert digest_state(found) != digest_state(survey(site))
    whole = in_place.note_again(every, found, {})
    store.save()
    in_place, building = InPlace(store, site, whole=whole), Building(site)
    in_place.link(building)
    assert in_place.settle(in_place.every()) == ["a/index.html"]
    building.discard()
