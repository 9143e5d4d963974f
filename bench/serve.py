"""Measure the preview: from the write of a file to the new bytes being served.

`python -m bench.serve` writes its table to bench/serve.md.
"""

from __future__ import annotations

import argparse
import http.client
import os
import platform
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.workload import write_workload

ROOT = Path(__file__).parents[1]
SIZES = (10, 100, 1000)
ROUNDS = 11
PATIENCE = 900.0


@dataclass(frozen=True)
class Edit:
    """A kind of edit: its name, the page that is looked at, and what is written."""

    name: str
    page: str
    write: Callable[[Path, str], None]


def _title(path: str) -> Callable[[Path, str], None]:
    def write(root: Path, mark: str) -> None:
        file = root / path
        text = file.read_text(encoding="utf-8")
        text, count = re.subn(r"^( *(?:- )?title:) .*", rf"\1 {mark}", text, count=1, flags=re.M)
        assert count == 1
        file.write_text(text, encoding="utf-8")

    return write


def _macro(root: Path, mark: str) -> None:
    file = root / "macros" / "pages" / "brief.html.j2"
    text = re.sub(r"\{# mark .*? #\}<!--.*?-->\n", "", file.read_text(encoding="utf-8"))
    file.write_text(f"{text.rstrip()}\n{{# mark {mark} #}}<!-- {mark} -->\n", encoding="utf-8")


def edits(root: Path) -> Sequence[Edit]:
    """One of each kind: in a brief, in a source that a brief cites, in the macro of all briefs."""
    brief = sorted((root / "briefs").glob("*.yaml"))[3]
    shared = root / "briefs" / "registry" / "sources-000.yaml"
    found = re.search(r"^ *- id: (\S+)", shared.read_text(encoding="utf-8"), flags=re.M)
    assert found is not None
    citing = next(
        path
        for path in sorted((root / "briefs").glob("*.yaml"))
        if f"source: {found[1]}\n" in path.read_text(encoding="utf-8")
    )
    return (
        Edit("a brief", f"/briefs/{brief.stem}/", _title(f"briefs/{brief.name}")),
        Edit("a source", f"/briefs/{citing.stem}/", _title(f"briefs/registry/{shared.name}")),
        Edit("a macro", f"/briefs/{brief.stem}/", _macro),
    )


@contextmanager
def served(root: Path) -> Iterator[tuple[str, int, float]]:
    """A preview of a project that answers: its address, its process, and how long it took."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "briefsite", "serve", "--quiet", "--address", address],
        cwd=root,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        while True:
            assert process.poll() is None, "the preview ended"
            assert time.perf_counter() - begun < PATIENCE
            try:
                get(address, "/method/")
                break
            except OSError:
                time.sleep(0.1)
        yield address, process.pid, time.perf_counter() - begun
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def get(address: str, page: str) -> bytes:
    connection = http.client.HTTPConnection(address, timeout=300)
    try:
        connection.request("GET", page)
        return connection.getresponse().read()
    finally:
        connection.close()


def worked(process: int) -> float:
    """Seconds of a processor that a process has used so far."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def latencies(root: Path, address: str, process: int, edit: Edit) -> list[tuple[float, float]]:
    """For each write: seconds to the first answer that holds it, and those of the processor."""
    found = []
    for number in range(ROUNDS + 1):
        mark = f"Edited in {edit.name.split()[-1]} {number}"
        get(address, edit.page)
        time.sleep(0.3)
        begun, before = time.perf_counter(), worked(process)
        edit.write(root, mark)
        while mark.encode() not in get(address, edit.page):
            time.sleep(0.002)
            assert time.perf_counter() - begun < 60, f"{edit.name} never came"
        found.append((time.perf_counter() - begun, worked(process) - before))
    return found[1:]  # the first compiles what the others find ready


def table(sizes: Sequence[int]) -> Iterator[str]:
    """The rows, each as soon as it is known."""
    yield "| briefs | comes up | edit | median | 95 % within | of a processor | load |"
    yield "|---:|---:|---|---:|---:|---:|---:|"
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "workload"
            write_workload(size, root)
            with served(root) as (address, process, start):
                for edit in edits(root):
                    rounds = latencies(root, address, process, edit)
                    times = sorted(seconds for seconds, _ in rounds)
                    work = statistics.median(seconds for _, seconds in rounds)
                    late = times[min(len(times) - 1, round(0.95 * len(times)))]
                    middle, load = statistics.median(times), os.getloadavg()[0]
                    yield (
                        f"| {size:,} | {start:.1f} s | {edit.name} | "
                        f"{middle:.2f} s | {late:.2f} s | {work:.2f} s | {load:.0f} |"
                    )


HEAD = """\
# The preview

From the write of a file to the first answer that holds what was written, over HTTP; the page is a
brief's. `comes up` is the start of the command to the first page; `of a processor` is the median of
what the preview itself worked for an edit, which does not depend on what else runs. `python -m
bench.serve` writes this table.
"""


def main() -> None:
    """Measure, print, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    sizes = parser.parse_args().sizes
    about = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    lines = []
    for row in table(sizes):
        lines.append(row)
        print(row, flush=True)
    text = "\n".join(
        [HEAD, *lines, "", f"Measured on {about}; `load` is how many wanted them.", ""]
    )
    (ROOT / "bench" / "serve.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
