"""A desk that nobody uses ends by itself; the page's own looking is no use, and a desk that watches does not end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from rosterkit.desk.desk import Desk

LOOKING = "/keadaan"


class NoteUse:
    """Wraps the app and takes note of requests.

    Args:
        app: what is behind.
        desk: whose ``used`` is set.
    """

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app, self._desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope.get("path") != LOOKING:
            self._desk.used = time.monotonic()
        await self._app(scope, receive, send)


def is_idle(desk: Desk, seconds: float, now: float) -> bool:
    """Whether nobody has used a desk for so long, and nothing goes on in it."""
    if desk.running or desk.watching:
        desk.used = now  # the time begins when that ends
    return now - desk.used >= seconds


async def end_when_idle(desk: Desk, seconds: float, end: Callable[[], None]) -> None:
    """Call ``end`` once a desk is idle; 0 seconds: never."""
    while seconds:
        await asyncio.sleep(min(30.0, seconds / 2))
        if is_idle(desk, seconds, time.monotonic()):
            end()
            return
