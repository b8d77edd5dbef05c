"""The thread that looks into the folder of a desk while it is open, and what the page says of that."""

from __future__ import annotations

import datetime as dt
import logging
import threading

from rosterkit.desk.desk import Desk
from rosterkit.errors import place_of
from rosterkit.language import _
from rosterkit.run.watch import Look
from rosterkit.run.watch_folder import Waker, tell_look

LOG = logging.getLogger("rosterkit.desk")


class Watching:
    """Looks into a desk's folder from time to time, and begins a run where one is due.

    Args:
        desk: whose ``watching`` says whether it looks.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk, self._over = desk, threading.Event()
        self._waker = Waker(desk.inbox)
        self._folder = desk.inbox

    def start(self) -> None:
        """Begin, in a thread of its own."""
        threading.Thread(target=self._go, daemon=True, name="rosterkit-watching").start()

    def stop(self) -> None:
        """End."""
        self._over.set()
        self._waker.stop()

    def step(self) -> Look:
        """Look once, unless nobody wants it or a run goes on."""
        desk = self._desk
        if not desk.watching or desk.running:
            return Look(dt.datetime.now(), waiting=int(desk.running))
        if desk.inbox != self._folder:
            self._waker.stop()
            self._waker, self._folder = Waker(desk.inbox), desk.inbox
        desk.look = look = desk.watcher.look()
        if look.due:
            desk.start(by_hand=False)
        return look

    def _go(self) -> None:
        while not self._over.is_set():
            try:
                look = self.step()
            except Exception as error:  # looking goes on, whatever it is
                LOG.error("%s at %s", type(error).__name__, place_of(error))
                look = Look(dt.datetime.now(), waiting=1)
            self._waker.wait(look)


def watch_text(desk: Desk) -> str:
    """What the page says of watching."""
    if not desk.watching:
        return _("Folder masuk tidak dipantau.")
    look = desk.look
    if look is None:
        return _("Memantau folder masuk.")
    text = _("Memantau folder masuk. Terakhir dilihat {time}.").format(time=f"{look.when:%H:%M:%S}")
    if look.waiting and not look.away:
        text += " " + _("{count} berkas baru atau berubah.").format(count=look.waiting)
    return " ".join([text, *tell_look(look, desk.inbox)])
