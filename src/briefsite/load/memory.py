"""How a tree is held in memory."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for cycles of objects: a tree that is read is nearly all kept."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


_SELDOM = 200_000
"""After how many new objects memory is cleared, while a page makes some ten thousand."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """With cycles of objects looked for seldom: most of what a build makes is kept to its end."""
    often = gc.get_threshold()
    gc.set_threshold(_SELDOM, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*often)


@contextmanager
def frozen() -> Iterator[None]:
    """With all that is held left alone, while processes part from this one and share out work.

    What stays is not looked through again and again, nor copied for that.
    """
    gc.freeze()
    try:
        with seldom_collected():
            yield
    finally:
        gc.unfreeze()
