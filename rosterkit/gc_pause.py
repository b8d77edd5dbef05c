"""Pauses Python's garbage collector where millions of cells are made that hold no cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_OBJECTS = (50_000, 20, 50)  # that are new before the collector looks at them; at those that stay


def collect_rarely() -> None:
    """Let the garbage collector of this process look seldom: importing makes very many objects that stay."""
    gc.set_threshold(*_OBJECTS)


@contextmanager
def pause_gc() -> Iterator[None]:
    """Pause the garbage collector within the block.

    It walks every cell again and again and finds nothing, which takes a fifth of the time of an upload.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
