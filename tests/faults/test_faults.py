"""Whatever happens to a build, the last good site stays whole, and the next build is right.

A few of each in every test run; `make faults` tries fifty moments and more kinds of full disks.
"""

from __future__ import annotations

import ctypes
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.faults.conftest import Desk, Rebuilds, edit, tree, undo
from tests.seeds import MANY

from briefsite.site import altered, former

in_full = pytest.mark.skipif(not MANY, reason="make faults tries it")


def kill_after(seconds: float, process: subprocess.Popen[str]) -> bool:
    """Whether a build had to be killed, as it had not ended by then."""
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()  # no signal that could be handled
        process.communicate()
        return True
    return False


def test_killed_at_any_moment(desk: Desk, rebuilds: Rebuilds) -> None:
    moments = random.Random(7)
    killed = 0
    for _ in range(50 if MANY else 2):
        process = desk.start()
        killed += kill_after(desk.seconds * moments.uniform(0.2, 1.05), process)
        assert desk.is_whole()
    assert killed
    rebuilds(desk)


@in_full
def test_killed_at_any_moment_while_most_is_there_by_links(desk: Desk, rebuilds: Rebuilds) -> None:
    """Each build finds what an edit, and builds that were killed, have left of the one before."""
    moments = random.Random(8)
    seconds = 0.0
    for _ in range(15):
        for change in (undo, edit):
            change(desk.root)
            start = time.monotonic()
            assert desk.run()[0] == 0
            seconds = time.monotonic() - start
        undo(desk.root)
        process = desk.start()
        kill_after(seconds * moments.uniform(0.2, 1.05), process)
        assert desk.is_whole()
        edit(desk.root)
        rebuilds(desk)


@in_full
def test_killed_at_any_moment_while_the_engine_is_not_asked(desk: Desk) -> None:
    """A sentence comes and goes; frames are known after some builds."""
    moments, line = random.Random(9), ("build", "--verbose")
    here, soon = "The ministry announced", "The ministry soon announced"
    for _ in range(4):
        for then, now in ((here, soon), (soon, here)):
            edit(desk.root, then, now)
            start = time.monotonic()
            code, said = desk.run(*line)
            seconds = time.monotonic() - start
            assert code == 0, said
    assert "assembling" in said
    assert "reading pages" not in said
    old = tree(desk.site)
    edit(desk.root, here, soon)
    assert desk.run(*line)[0] == 0
    desk = replace(desk, old=old, new=tree(desk.site))
    for _ in range(20):
        edit(desk.root, soon, here)
        process = desk.start(*line)
        kill_after(seconds * moments.uniform(0.3, 1.05), process)
        assert desk.is_whole()
        edit(desk.root, here, soon)
        code, said = desk.run(*line)
        assert code == 0, said
        assert tree(desk.site) == desk.new
        assert {*desk.left()} <= {".site-spare"}


def small_files(limit: int) -> Callable[[], None]:
    """No file of the process may be larger: each write that is, fails as on a full disk."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


@pytest.mark.parametrize("limit", [60_000, *([100, 140_000] if MANY else [])])
def test_a_disk_that_takes_no_more(desk: Desk, limit: int) -> None:
    code, said = desk.run(preexec_fn=small_files(limit))
    assert code == 1
    assert "Traceback" not in said
    assert "File too large" in said or "nothing was published" in said
    assert tree(desk.site) == desk.old
    assert {*desk.left()} <= {".site-spare"}


def test_a_full_disk(desk: Desk, tmp_path: Path) -> None:
    """A real one, of a few megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    size = sum(len(content) for content in desk.old.values())
    for part in (0.3, 0.6, 0.9, 0.99) if MANY else (0.6,):
        space = int(size * (1 + part))
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={space}", "tmpfs", disk], capture_output=True
        )
        if mounted.returncode:
            pytest.skip("only root may make a small disk")
        try:
            subprocess.run(["cp", "-r", desk.site, disk / "site"], check=True)
            code, said = desk.run("build", "--site-dir", str(disk / "site"))
            assert code == 1
            assert "Traceback" not in said
            assert "No space left on device" in said
            assert tree(disk / "site") == desk.old
            assert [path.name for path in disk.iterdir()] == ["site"]
        finally:
            subprocess.run(["umount", disk], check=True)


_PR_CAPBSET_DROP, _CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 24, 1, 2


def as_anyone() -> None:
    """Root reads every file, unless it gives that up."""
    libc = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() == 0:
        for capability in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
            libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)


@pytest.mark.parametrize("name", ["briefs/sample.yaml", "briefs/registry", "maps", "docs/authors"])
def test_what_cannot_be_read_is_named(desk: Desk, name: str) -> None:
    path = desk.root / name
    path.chmod(0)
    try:
        code, said = desk.run("build" if MANY else "check", preexec_fn=as_anyone)
    finally:
        path.chmod(0o755)
    assert code == 1
    assert f"{name}:1:1: error: " in said
    assert "[unreadable-file]" in said
    assert "Traceback" not in said
    assert tree(desk.site) == desk.old


@in_full
@pytest.mark.parametrize(
    "name", ["maps/basemap/core.topojson", "macros/pages/brief.html.j2", "mkdocs.yml"]
)
def test_what_else_cannot_be_read_stops_a_build(desk: Desk, name: str) -> None:
    path = desk.root / name
    path.chmod(0)
    code, said = desk.run(preexec_fn=as_anyone)
    assert code == 1
    assert "Traceback" not in said
    assert tree(desk.site) == desk.old
    assert {*desk.left()} <= {".site-spare"}


@in_full
def test_a_site_that_may_not_be_written_stays(desk: Desk) -> None:
    desk.root.chmod(0o555)
    try:
        code, said = desk.run(preexec_fn=as_anyone)
    finally:
        desk.root.chmod(0o755)
    assert code == 1
    assert "cannot be written: Permission denied" in said
    assert tree(desk.site) == desk.old


def test_two_builds_at_once(desk: Desk) -> None:
    """Who looks meanwhile sees a whole site at any moment."""
    for _ in range(5 if MANY else 1):
        both = [desk.start(), desk.start()]
        seen = watch(desk, both)
        for process in both:
            said, _ = process.communicate(timeout=240)
            assert process.returncode == 0, said
        assert seen == []
        assert tree(desk.site) == desk.new
        assert {*desk.left()} <= {".site-spare"}


WHOLE = {"index.html", "404.html", "briefs", "maps", "build-manifest.json"}


def watch(desk: Desk, builds: list[subprocess.Popen[str]]) -> list[str]:
    """What was missing from the site at any look."""
    missing: list[str] = []

    def look() -> None:
        while any(build.poll() is None for build in builds):
            before = desk.site.stat().st_ino
            names = {path.name for path in desk.site.iterdir()}
            # Of one that was replaced while we looked, the names may be gone already.
            if before == desk.site.stat().st_ino and not names >= WHOLE:
                missing.append(f"{sorted(WHOLE - names)}")
            time.sleep(0.005)

    look()
    return missing


@pytest.mark.parametrize(
    "seconds",
    [4_000_000_000, *([0] if MANY else [])],
    ids=lambda seconds: "in a century" if seconds else "long ago",
)
def test_a_clock_that_is_wrong(desk: Desk, seconds: int) -> None:
    """Times of files and of the system are nothing that a site depends on."""
    for path in desk.root.rglob("*"):
        os.utime(path, (seconds, seconds))
    (desk.root / "clock.py").write_text(
        "import sys, time\n"
        "now = iter(range(2_000_000_000, 0, -60))\n"
        "time.time = lambda: float(next(now))\n"
        "time.time_ns = lambda: next(now) * 10**9\n"
        "from briefsite.cli import main\n"
        "sys.exit(main(['build']))\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, "clock.py"], cwd=desk.root, capture_output=True)
    assert done.returncode == 0, done.stderr
    (desk.root / "clock.py").unlink()
    assert tree(desk.site) == desk.new


@in_full
def test_stopped_by_the_system_it_leaves_nothing_half_done(desk: Desk, rebuilds: Rebuilds) -> None:
    process = desk.start()
    time.sleep(1)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert desk.is_whole()
    rebuilds(desk)


@in_full
def test_publishing_is_rolled_back_and_forth(desk: Desk) -> None:
    """The site that publishing replaced is kept, and put back whole, in one step."""
    assert desk.run("publish", "--rollback")[0] == 1
    code, said = desk.run("publish")
    assert code == 0, said
    published = tree(desk.site)
    assert published["briefs/sample/index.html"].count(b"Another brief")
    code, said = desk.run("publish", "--rollback")
    assert code == 0, said
    assert tree(desk.site) == desk.old
    assert altered(desk.site) == []
    assert desk.run("publish", "--rollback")[0] == 0
    assert tree(desk.site) == published
    (former(desk.site) / "index.html").write_bytes(b"half")
    code, said = desk.run("publish", "--rollback")
    assert (code, "is not whole: file index.html was changed" in said) == (1, True)
    assert tree(desk.site) == published
