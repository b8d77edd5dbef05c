"""The log of the desk: one place, rotated, without personal data; names of files and folders are personal data too."""

from __future__ import annotations

import copy
import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from rosterkit.errors import place_of
from rosterkit.files import user_folder

_NAME = "desk.log"
_BYTES = 200_000
_KEPT = 2  # older ones


class _WithoutData(logging.Formatter):
    """Writes of an exception its kind and place, of other programs' messages what is the same for everybody."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        if not record.name.startswith("rosterkit"):
            record = copy.copy(record)
            record.args, record.stack_info = None, None  # a part of a request may stand there
        return super().format(record)

    def formatException(self, ei: object) -> str:  # noqa: N802 # the name that logging calls
        """Return kind and place of an exception; its text could hold a name."""
        error = ei[1] if isinstance(ei, tuple) else None
        return f"{type(error).__name__} at {place_of(error)}" if isinstance(error, BaseException) else ""


def set_up_log() -> None:
    """Write the log to a file of its own, where that is possible; never to a stream that may not be there."""
    handler: logging.Handler
    try:
        folder = user_folder()
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / _NAME, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8")
    except (OSError, RuntimeError):
        handler = logging.NullHandler()
    handler.setFormatter(_WithoutData("%(asctime)s %(name)s %(levelname)s %(message)s"))
    for name, level in (("rosterkit.desk", logging.INFO), ("uvicorn", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)


def log_files() -> list[Path]:
    """The files of the log, the newest first."""
    try:
        folder = user_folder()
    except RuntimeError:
        return []
    names = (_NAME, *(f"{_NAME}.{number}" for number in range(1, _KEPT + 1)))
    return [folder / name for name in names if (folder / name).is_file()]
