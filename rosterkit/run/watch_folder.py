"""A folder on a disk that is watched: with the project around it, something that wakes, and what is told of it."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rosterkit.errors import UsageError
from rosterkit.language import _
from rosterkit.run.look import Sight, Stamp, look_into
from rosterkit.run.output_names import FOLDER
from rosterkit.run.watch import INTERVAL, Look, Watcher, can_open
from rosterkit.settings import DECISIONS, DUPLICATES, FILE, INBOX, SENT, find_project, read_project

_OFFICE = ("decree", "participants", "population", "senders", "exceptions")
_QUIET = 5.0  # seconds between two looks where nothing waits
_NAMED = 5


def inbox_of(folder: Path) -> Path:
    """The folder of lists of a project's folder, or the folder itself."""
    inside = folder / INBOX
    return inside if inside.is_dir() else folder


def watch_folder(inbox: Path) -> Watcher:
    """Return the watcher of a folder of lists and of what its project names."""

    def scan(known: Mapping[str, Stamp]) -> Sight:
        out, office, written = _project(inbox)
        return look_into(inbox, out, office, known, written)

    return Watcher(scan, lambda name: can_open(inbox / name))


def _project(inbox: Path) -> tuple[Path | None, list[Path], list[Path]]:
    """The output folder of a project; what a check depends on beside the lists; what of that it writes itself."""
    folder = find_project(inbox)
    try:
        known = read_project(inbox)
    except (UsageError, OSError):
        return None, [] if folder is None else [folder / FILE], []
    out, base = known.get("out"), folder or inbox
    office = [base / SENT, *(known[name] for name in _OFFICE if name in known)]
    own = [] if folder is None else [folder / FILE]
    return out, [*own, *office], [base / DECISIONS, (out or inbox / FOLDER) / DUPLICATES]


class Waker:
    """Waits for the next look; ``watchfiles``, where it is installed, ends the waiting early.

    Args:
        folder: what is watched.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._changed, self._over = folder, threading.Event(), threading.Event()
        try:
            self._watch = importlib.import_module("watchfiles").watch
        except ImportError:
            return
        threading.Thread(target=self._listen, daemon=True, name="rosterkit-waker").start()

    def wait(self, look: Look) -> None:
        """Wait until the next look; between two looks that tell whether something stands still, always the interval."""
        if look.waiting or look.writing or look.away:
            self._over.wait(INTERVAL)
        else:
            self._changed.wait(_QUIET)
        self._changed.clear()

    def stop(self) -> None:
        """End all waiting."""
        self._over.set()
        self._changed.set()

    def _listen(self) -> None:
        try:
            for _changes in self._watch(self._folder, stop_event=self._over, raise_interrupt=False):
                self._changed.set()
        except Exception:  # noqa: S110 # a share that goes, or has no events: looking goes on without it
            pass


def tell_look(look: Look, inbox: Path) -> Iterator[str]:
    """What is told of a look, beside that it was made: what keeps a check waiting, and what to do."""
    if look.away:
        yield _("Folder {path} tidak ditemukan (mungkin jaringannya putus). Dilihat lagi terus.").format(path=inbox)
        return
    if not look.lists:
        yield _("Belum ada daftar di {path}.").format(path=inbox)
    if look.cloud:
        text = _(
            "Hanya ada di OneDrive, jadi belum diperiksa: {names}. Klik kanan di Explorer, pilih Selalu simpan di"
            " perangkat ini."
        )
        yield text.format(names=_names(look.cloud))
    if look.writing:
        yield _("Masih ditulis: {names}.").format(names=_names(look.writing))
    if look.open:
        yield _("Sedang dibuka: {names}.").format(names=_names(look.open))
    if look.again:
        yield _("Ada hasil yang belum bisa ditulis (mungkin sedang dibuka di Excel). Tutup; nanti dicoba lagi.")


def _names(names: Sequence[str]) -> str:
    shown = [Path(name).name if Path(name).is_absolute() else name for name in names[:_NAMED]]
    return ", ".join(shown) + (f" (+{len(names) - _NAMED})" if len(names) > _NAMED else "")
