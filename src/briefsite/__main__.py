"""The `briefsite` command, also as `python -m briefsite`."""

from __future__ import annotations

import atexit
import os
import sys

from briefsite.cache.unchanged import repeat


def main() -> int:
    """Run the command line of this process, and end it; returns the exit code if it cannot."""
    code = _run(sys.argv[1:])
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        return code
    # To take a large publication apart, object by object, would take seconds.
    atexit._run_exitfuncs()
    os._exit(code)


def _run(arguments: list[str]) -> int:
    unchanged = repeat(arguments)
    if unchanged is not None:
        return unchanged
    # To load all of it takes longer than to see that there is nothing to do.
    from briefsite.cli import main as run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
