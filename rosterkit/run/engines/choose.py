"""Which engine a run has, and the folder that it needs."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rosterkit.run.engines.disk import Disk
from rosterkit.run.engines.engine import Engine
from rosterkit.run.engines.here import Here
from rosterkit.run.workers import Workers
from rosterkit.settings import Settings

_LARGE = 100_000_000  # bytes of all files from which their people wait on disk, also in one process
_PREFIX = "rosterkit-"
_STALE = 86_400  # seconds after which no run goes on


@contextmanager
def open_engine(settings: Settings, team: Workers) -> Iterator[Engine]:
    """The engine that the settings name, else the one that suits the files; what it keeps goes away with it."""
    if settings.engine == "here" or (settings.engine is None and team.count == 1 and _size(settings) < _LARGE):
        yield Here()
        return
    _clear_stale()
    with tempfile.TemporaryDirectory(
        prefix=_PREFIX, ignore_cleanup_errors=True
    ) as folder:  # only this user can read it
        yield Disk(team, Path(folder))


def _size(settings: Settings) -> int:
    return sum(path.stat().st_size for path in settings.paths if path.is_file())


def _clear_stale() -> None:
    """Remove what a killed run has left: it holds personal data."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            is_old = folder.is_dir() and not folder.is_symlink() and time.time() - folder.stat().st_mtime > _STALE
            if is_old and any(folder.glob("*.arrow")):
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:  # of somebody else
            continue
