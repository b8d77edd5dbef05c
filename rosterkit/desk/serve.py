"""Opens a desk: a socket on 127.0.0.1, the server, her browser. It needs no streams (``pythonw`` has none)."""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
import sys
import threading
import webbrowser
from logging.handlers import RotatingFileHandler
from pathlib import Path

from rosterkit.desk.app import make_app
from rosterkit.desk.desk import Desk
from rosterkit.desk.worker import Worker
from rosterkit.errors import UsageError, place_of
from rosterkit.language import _
from rosterkit.settings import FILE, INBOX

_HOST = "127.0.0.1"
_LOG_BYTES = 200_000


def serve(folder: Path | None, lang: str | None, port: int, browser: bool) -> None:
    """Serve a desk until it is stopped (Ctrl+C).

    Args:
        folder: a project's folder, or a folder of lists; None: one in her home folder, which is made.
        lang: the language; None: that of the project.
        port: 0: any that is free.
        browser: open it.

    Raises:
        UsageError: the folder is not there, or the port is in use.
    """
    import uvicorn

    place = find_folder(folder)
    _set_up_log()
    door = _bind(port)
    port = door.getsockname()[1]
    desk = Desk(place, lang, Worker())
    app = make_app(desk, secrets.token_urlsafe(32), port)
    desk.load()
    if sys.stdout is not None:
        print(app.address, flush=True)
    if browser:
        threading.Timer(0.2, webbrowser.open, [app.address]).start()
    config = uvicorn.Config(
        app, log_config=None, access_log=False, http="h11", ws="none", lifespan="off", server_header=False
    )
    asyncio.run(uvicorn.Server(config).serve([door]))


def find_folder(given: Path | None) -> Path:
    """The folder of a desk, with its inbox.

    Raises:
        UsageError: it is not there, or cannot be made.
    """
    folder = given if given is not None else Path.home() / "Meja kerja rosterkit"
    if given is not None and not folder.is_dir():
        text = _("Folder {path} tidak ditemukan. Sambungkan lagi, atau pilih folder lain.")
        raise UsageError(text.format(path=folder))
    try:
        if given is None or (folder / FILE).is_file():
            (folder / INBOX).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        text = _("Folder {path} tidak bisa disiapkan ({reason}).")
        raise UsageError(text.format(path=folder, reason=error.strerror)) from error
    return folder.resolve()


def _bind(port: int) -> socket.socket:
    door = socket.socket()
    try:
        door.bind((_HOST, port))
    except OSError as error:
        door.close()
        text = _("Port {port} sedang dipakai program lain. Pilih yang lain dengan --port, atau tanpa --port.")
        raise UsageError(text.format(port=port)) from error
    door.listen(128)
    return door


class _WithoutData(logging.Formatter):
    """Writes of an exception its kind and place; its text could hold a name."""

    def formatException(self, ei: object) -> str:  # noqa: N802 # the name that logging calls
        """Return kind and place of an exception."""
        error = ei[1] if isinstance(ei, tuple) else None
        return f"{type(error).__name__} at {place_of(error)}" if isinstance(error, BaseException) else ""


def _set_up_log() -> None:
    """Write the log to a file of its own, where that is possible; never to a stream that may not be there."""
    handler: logging.Handler
    try:
        folder = Path.home() / ".rosterkit"
        folder.mkdir(exist_ok=True)
        handler = RotatingFileHandler(folder / "desk.log", maxBytes=_LOG_BYTES, backupCount=2, encoding="utf-8")
    except (OSError, RuntimeError):
        handler = logging.NullHandler()
    handler.setFormatter(_WithoutData("%(asctime)s %(name)s %(levelname)s %(message)s"))
    for name in ("rosterkit.desk", "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(logging.WARNING)
