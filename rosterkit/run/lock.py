"""One run at a time writes to an output folder, also where the folder is shared by several computers.

The lock is a file that only one can create. Its owner touches it while it works, so that others can tell a run that
goes on from one that was killed; ages are measured by the clock of the folder's own file system.
"""

from __future__ import annotations

import datetime as dt
import getpass
import json
import os
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from rosterkit.errors import FileError
from rosterkit.language import _
from rosterkit.records import dataclass

NAME = ".rosterkit.lock"
_TOUCH = 15  # seconds between two signs of life
_STALE = 120  # seconds without one: its owner is gone
_ATTEMPTS = 20  # to take over a lock that several want
_PAUSE = 0.05  # seconds between them
_LARGEST = 10_000  # bytes; ours has less than 500


@dataclass(frozen=True, slots=True)
class Owner:
    """Who holds a lock."""

    user: str
    machine: str
    process: int
    since: str

    @staticmethod
    def this_run() -> Owner:
        """The owner that this process is."""
        try:
            user = getpass.getuser()
        except (KeyError, OSError, ImportError):  # an account without a name
            user = "?"
        return Owner(user, socket.gethostname() or "?", os.getpid(), dt.datetime.now().strftime("%d-%m-%Y %H:%M"))


@contextmanager
def output_lock(folders: Sequence[Path]) -> Iterator[None]:
    """Hold the output folders of a run while it goes on; folders that nobody can write to are passed over.

    Raises:
        FileError: another run holds one of them.
    """
    with ExitStack() as stack:
        for folder in sorted({folder.resolve() for folder in folders}):
            stack.enter_context(_held(folder))
        yield


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    is_new = not folder.exists()
    path, owner = folder / NAME, Owner.this_run()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _take(path, owner)
    except OSError:  # a place that cannot be written to: the results will say so
        yield
        return
    over = threading.Event()
    alive = threading.Thread(target=_touch, args=(path, owner, over), daemon=True)
    alive.start()
    try:
        yield
    finally:
        over.set()
        alive.join()
        with suppress(OSError):
            if _owner(path) == owner:
                path.unlink()
            if is_new:
                folder.rmdir()  # only where nothing was written


def _take(path: Path, owner: Owner) -> None:
    """Create the lock file; that of a run which is gone is taken away first.

    Raises:
        FileError: its owner is at work.
        OSError: it cannot be created.
    """
    for _attempt in range(_ATTEMPTS):
        if _create(path, owner):
            return
        if not _is_stale(path, owner):
            break
        _take_away(path, owner)
    raise FileError("in-use", _in_use(path))


def _create(path: Path, owner: Owner) -> bool:
    """Create a file that only one can create; False where it is there already."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({name: getattr(owner, name) for name in Owner.__slots__}, file)
    return True


def _take_away(path: Path, owner: Owner) -> None:
    """Take a stale lock away: one at a time, and only if it is still stale then, as another may have taken it over."""
    turn = path.with_name(NAME + ".turn")
    if not _create(turn, owner):
        if _is_stale(turn, owner):  # somebody died within these lines
            _remove(turn)
        time.sleep(_PAUSE)
        return
    try:
        if _is_stale(path, owner):
            _remove(path)
    finally:
        _remove(turn)


def _remove(path: Path) -> None:
    """Remove a file; one that somebody has open just now stays until the next attempt."""
    with suppress(OSError):
        path.unlink()


def _in_use(path: Path) -> str:
    holder = _owner(path)
    if holder is None:
        text = _("Folder {folder} sedang dipakai pemeriksaan lain. Tunggu sampai selesai, lalu periksa lagi.")
        return text.format(folder=path.parent)
    text = _(
        "Folder {folder} sedang dipakai pemeriksaan lain oleh {user} di komputer {machine} sejak {since}. Tunggu sampai"
        " selesai, lalu periksa lagi."
    )
    return text.format(folder=path.parent, user=holder.user, machine=holder.machine, since=holder.since)


def _is_stale(path: Path, here: Owner) -> bool:
    """Whether the owner of a lock is gone: its process has ended (on this machine), or it gave no sign of life."""
    try:
        age = _now(path) - path.stat().st_mtime
    except FileNotFoundError:
        return True
    holder = _owner(path)
    if holder and holder.machine == here.machine and not is_running(holder.process):
        return True
    return age > _STALE


def _now(path: Path) -> float:
    """The time by the clock of the file system, which may be another computer's."""
    probe = path.with_name(f"{NAME}.{os.getpid()}.{threading.get_ident()}.time")
    try:
        probe.touch()
        return probe.stat().st_mtime
    finally:
        probe.unlink(missing_ok=True)


def _owner(path: Path) -> Owner | None:
    """Who holds a lock; None for one that says nothing readable (it may be half written)."""
    try:
        with path.open("rb") as file:
            known = json.loads(file.read(_LARGEST))
        owner = Owner(*(known[name] for name in Owner.__slots__))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    texts = (owner.user, owner.machine, owner.since)
    return owner if isinstance(owner.process, int) and all(isinstance(text, str) for text in texts) else None


def is_running(process: int) -> bool:
    """Whether a process of this machine is there."""
    if os.name == "nt":
        return _is_running_on_windows(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # somebody else's, or no number of a process
        return True
    return True


def _is_running_on_windows(process: int) -> bool:
    import ctypes

    synchronize, timeout = 0x0010_0000, 0x102
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 # only there on Windows
    handle = kernel.OpenProcess(synchronize, False, process)
    if not handle:
        return False
    try:
        return bool(kernel.WaitForSingleObject(handle, 0) == timeout)
    finally:
        kernel.CloseHandle(handle)


def _touch(path: Path, owner: Owner, over: threading.Event) -> None:
    while not over.wait(_TOUCH):
        with suppress(OSError):
            if _owner(path) == owner:
                os.utime(path)
