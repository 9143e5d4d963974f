"""The `briefsite` command, also as `python -m briefsite`."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence

INTERRUPTED, UNREAD = 130, 141
"""The exit codes that shells give to what is interrupted, and to what nobody reads to its end."""


def main() -> int:
    """Run the command line of this process, and end it; returns the exit code if it cannot."""
    arguments = sys.argv[1:]
    # Nearly all that is loaded is kept: it is not looked through for what is not.
    gc.set_threshold(100_000)
    if _is_check(arguments):
        gc.disable()  # it keeps nearly all that it makes, and this process ends with it
    code = _end(arguments)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        code = UNREAD
    except OSError:
        return code
    # To take a large publication apart, object by object, would take seconds.
    atexit._run_exitfuncs()
    os._exit(code)


def _is_check(arguments: Sequence[str]) -> bool:
    given = arguments[2:] if arguments[:1] == ["--root"] else arguments
    return given[:1] == ["check"]


def _end(arguments: Sequence[str]) -> int:
    """The exit code, whatever ends the command, but for mistakes of its programmers."""
    try:
        return _run(arguments)
    except SystemExit as end:
        if isinstance(end.code, int):
            return end.code
        raise
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        return INTERRUPTED
    except BrokenPipeError:
        return UNREAD


def _run(arguments: Sequence[str]) -> int:
    # Also while this is loaded, it may be interrupted.
    from briefsite.cache.unchanged import repeat

    unchanged = repeat(arguments)
    if unchanged is not None:
        return unchanged
    # To load all of it takes longer than to see that there is nothing to do.
    from briefsite.cli import main as run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
