"""Which engine a run has, with the team and the folder that it needs."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from rosterkit.files import cannot_write, is_temporary
from rosterkit.run.engines.disk import Disk
from rosterkit.run.engines.engine import Engine
from rosterkit.run.engines.here import Here
from rosterkit.run.read_part import file_size
from rosterkit.run.workers import Team, team_size, workers
from rosterkit.settings import Settings

_LARGE = 100_000_000  # bytes of all files from which their people wait on disk, also in one process
_PREFIX = "rosterkit-"
_STALE = 86_400  # seconds after which no run goes on


@contextmanager
def open_engine(settings: Settings, folders: Sequence[Path]) -> Iterator[tuple[Engine, Team]]:
    """The engine that the settings name, else the one that suits the files, and who works; both go away with the run.

    Args:
        settings: of the run.
        folders: those of the outputs, which a cluster sees; none where nothing is written.

    Raises:
        UsageError: there is no cluster, or no Spark.
        FileError: the folder cannot be written to.
    """
    with ExitStack() as stack:  # the folder goes last, when nobody writes into it any more
        if settings.engine == "spark":
            from rosterkit.run.engines.spark import cluster

            shared = stack.enter_context(_kept_people(folders[0] if folders else None))
            spark = stack.enter_context(cluster(settings.master))
            yield Disk(spark, shared, shuffle=spark), spark
            return
        count = team_size(len(settings.paths), settings.jobs)
        is_small = count == 1 and sum(map(file_size, settings.paths)) < _LARGE
        is_apart = settings.engine == "disk" or (settings.engine is None and not is_small)
        folder = stack.enter_context(_kept_people(None)) if is_apart else None
        team = stack.enter_context(workers(count, "rosterkit.pipeline"))
        yield (Disk(team, folder) if folder else Here()), team


@contextmanager
def _kept_people(place: Path | None) -> Iterator[Path]:
    """A folder for the people of a run between two steps, which only this user can read."""
    try:
        if place:
            place.mkdir(parents=True, exist_ok=True)
        _clear_stale(place or Path(tempfile.gettempdir()))
        made = tempfile.TemporaryDirectory(dir=place and place.absolute(), prefix=_PREFIX, ignore_cleanup_errors=True)
    except OSError as error:
        raise cannot_write(place or Path(tempfile.gettempdir()), error) from error
    with made as folder:
        yield Path(folder)


def _clear_stale(place: Path) -> None:
    """Remove what a killed run has left: it holds personal data."""
    for folder in place.glob(f"{_PREFIX}*"):
        try:
            is_old = folder.is_dir() and not folder.is_symlink() and time.time() - folder.stat().st_mtime > _STALE
            if is_old and all(path.match("*.arrow") or is_temporary(path) for path in folder.iterdir()):
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:  # of somebody else
            continue
