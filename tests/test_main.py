"""The very start of the command, and its very end, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = (sys.executable, "-m", "briefsite")
# Loads the command as usual, but for one module: while that is looked for, it is interrupted.
INTERRUPTED = """
import sys

module = sys.argv.pop(1)

class Interrupt:
    def find_spec(self, name, *_):
        if name == module:
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupt())
from briefsite.__main__ import main

sys.exit(main())
"""


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", [("audit",), ("audit", "--format", "json"), ("check",)])
def test_a_reader_that_goes_away_is_no_mistake(
    project: Path, arguments: tuple[str, ...], unbuffered: str
) -> None:
    (project / "briefs" / "sample.yaml").write_text("title: 'x\n")
    command = [*COMMAND, "--root", str(project), *arguments]
    code, said = unread(command, subprocess.PIPE, PYTHONUNBUFFERED=unbuffered)
    assert code == 141
    assert "Traceback" not in said
    assert "Broken" not in said
    # In one pipe, as `2>&1 |` makes it, what is said besides is not read either.
    assert unread(command, subprocess.STDOUT, PYTHONUNBUFFERED=unbuffered) == (141, "")


def test_help_may_be_left_unread() -> None:
    assert unread([*COMMAND, "--help"], subprocess.PIPE, PYTHONUNBUFFERED="") == (141, "")


def unread(command: list[str], errors: int, **variables: str) -> tuple[int, str]:
    """Runs a command whose reader has gone; returns the exit code, and what it said besides."""
    end, start = os.pipe()
    os.close(end)
    done = subprocess.run(
        command,
        stdout=start,
        stderr=errors,
        env={**os.environ, **variables},
        text=True,
        check=False,
        timeout=60,
    )
    os.close(start)
    return done.returncode, done.stderr or ""


@pytest.mark.parametrize(
    "module", ["briefsite.cache.unchanged", "briefsite.cli", "briefsite.cli.checking"]
)
def test_it_may_be_interrupted_while_it_loads(project: Path, module: str) -> None:
    command = [sys.executable, "-c", INTERRUPTED, module, "--root", str(project), "check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout, done.stderr, done.returncode) == ("", "interrupted\n", 130)
