"""Pauses Python's garbage collector where millions of cells are made that hold no cycles."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

_OBJECTS = (200_000, 20, 50)  # that are new before the collector looks at them; at those that stay


def collect_rarely() -> None:
    """Let the garbage collector of this process look seldom, and not at its end.

    Importing makes very many objects that stay, and when the process ends they all go: looking through them then took
    a tenth of a small check.
    """
    gc.set_threshold(*_OBJECTS)
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)


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
