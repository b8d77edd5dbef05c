"""Opens a desk: a socket on 127.0.0.1, the server, her browser. It needs no streams (``pythonw`` has none)."""

from __future__ import annotations

import asyncio
import logging
import os
import platform
import secrets
import socket
import sys
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

from rosterkit import __version__
from rosterkit.desk.app import make_app
from rosterkit.desk.desk import Desk
from rosterkit.desk.find_folder import find_folder
from rosterkit.desk.idle import end_when_idle
from rosterkit.desk.instance import Instance, forget_instance, hand_over, save_instance
from rosterkit.desk.log import set_up_log
from rosterkit.desk.watching import Watching
from rosterkit.desk.worker import Worker
from rosterkit.errors import UsageError
from rosterkit.language import _
from rosterkit.records import dataclass

if TYPE_CHECKING:
    import uvicorn

LOG = logging.getLogger("rosterkit.desk")
_HOST = "127.0.0.1"
_GRACE = 3  # seconds for answers that go on when it ends


@dataclass(frozen=True, slots=True)
class Options:
    """How a desk is opened.

    Args:
        port: 0: any that is free.
        browser: open it.
        watch: watch the folder.
        idle: minutes without any use after which it ends; 0: never.
    """

    port: int = 0
    browser: bool = True
    watch: bool = True
    idle: float = 60


def serve(folder: Path | None, lang: str | None, options: Options) -> None:
    """Serve a desk until it is stopped (Ctrl+C) or nobody uses it; one that is open already gets the folder.

    Args:
        folder: a project's folder, or a folder of lists; None: one in her home folder, which is made.
        lang: the language; None: that of the project.
        options: the rest.

    Raises:
        UsageError: the folder is not there, the port is in use, or an open desk is busy with another folder.
    """
    import uvicorn

    place = find_folder(folder)
    address = hand_over(place if folder is not None else None)
    if address:
        _say(address)
        if options.browser:
            webbrowser.open(address)
        return
    set_up_log()
    door = _bind(options.port)
    port, token = door.getsockname()[1], secrets.token_urlsafe(32)
    desk = Desk(place, lang, Worker(), watching=options.watch)
    app, instance, watching = make_app(desk, token, port), Instance(port, token, os.getpid()), Watching(desk)
    desk.load()
    save_instance(instance)
    watching.start()
    LOG.info("rosterkit %s, Python %s, %s", __version__, platform.python_version(), platform.system())
    _say(app.address)
    if options.browser:
        threading.Timer(0.2, webbrowser.open, [app.address]).start()
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        http="h11",
        ws="none",
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
    )
    try:
        asyncio.run(_serve(uvicorn.Server(config), door, desk, 60 * options.idle))
    finally:
        watching.stop()
        forget_instance(instance)


async def _serve(server: uvicorn.Server, door: socket.socket, desk: Desk, idle: float) -> None:
    def end() -> None:
        server.should_exit = True
        LOG.info("ended, as nobody used it")
        _say(_("Meja kerja ditutup: {minutes:.0f} menit tidak dipakai.").format(minutes=idle / 60))

    ender = asyncio.create_task(end_when_idle(desk, idle, end))
    await server.serve([door])
    ender.cancel()


def _say(text: str) -> None:
    if sys.stdout is not None:
        print(text, flush=True)


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
