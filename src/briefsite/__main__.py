"""The `briefsite` command, also as `python -m briefsite`."""

from __future__ import annotations

import sys

from briefsite.cache.unchanged import repeat


def main() -> int:
    """Run the command line of this process; returns the exit code."""
    arguments = sys.argv[1:]
    unchanged = repeat(arguments)
    if unchanged is not None:
        return unchanged
    # To load all of it takes longer than to see that there is nothing to do.
    from briefsite.cli import main as run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
