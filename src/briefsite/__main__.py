"""The `briefsite` command, also as `python -m briefsite`."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence

from briefsite.cache.unchanged import repeat


def main() -> int:
    """Run the command line of this process, and end it; returns the exit code if it cannot."""
    arguments = sys.argv[1:]
    # Nearly all that is loaded is kept: it is not looked through for what is not.
    gc.set_threshold(100_000)
    if _is_check(arguments):
        gc.disable()  # it keeps nearly all that it makes, and this process ends with it
    code = _run(arguments)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        return code
    # To take a large publication apart, object by object, would take seconds.
    atexit._run_exitfuncs()
    os._exit(code)


def _is_check(arguments: Sequence[str]) -> bool:
    given = arguments[2:] if arguments[:1] == ["--root"] else arguments
    return given[:1] == ["check"]


def _run(arguments: Sequence[str]) -> int:
    unchanged = repeat(arguments)
    if unchanged is not None:
        return unchanged
    # To load all of it takes longer than to see that there is nothing to do.
    from briefsite.cli import main as run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
