"""What must be looked at again: what has aged, and links that no longer lead anywhere.

    .venv/bin/python .ci/watch.py DAY OUT

asks as of DAY (YYYY-MM-DD), and writes a report as Markdown to OUT: empty if there is nothing.
What is quoted in it comes from authors and from hosts elsewhere, and stands in code blocks, where a
forge reads neither links nor names.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

# An issue on the forge holds 65,536 letters.
MOST_LETTERS = 30_000
_SECTIONS = {
    "To be looked at again": ("stale", "--as-of"),
    "Links of sources": ("links",),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("day")
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    parts = []
    for title, (command, *flags) in _SECTIONS.items():
        found = briefsite(command, *(part for flag in flags for part in (flag, options.day)))
        if found:
            parts.append(f"## {title}\n\n{fenced(found)}")
    if parts:
        parts.append(
            f"As of {options.day}. This report is renewed, and closed when nothing is left."
        )
    options.out.write_text("\n\n".join(parts), encoding="utf-8")
    return 0


def briefsite(*arguments: str) -> str:
    """What a command found that somebody must look at. Raises RuntimeError if it could not look."""
    command = [sys.executable, "-m", "briefsite", *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode and not done.stdout:
        raise RuntimeError(f"briefsite {arguments[0]} ended with {done.returncode}: {done.stderr}")
    return done.stdout if done.returncode else ""


def fenced(text: str) -> str:
    """As a code block, which nothing in the text ends."""
    if len(text) > MOST_LETTERS:
        shown = text[:MOST_LETTERS].rpartition("\n")[0]
        more = text.count("\n") - shown.count("\n") - 1
        text = f"{shown}\n… and {more} more lines\n"
    longest = max((len(found) for found in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}{fence}"


if __name__ == "__main__":
    raise SystemExit(main())
