"""The folder that a desk works on."""

from __future__ import annotations

from pathlib import Path

from rosterkit.desk.desk import Desk
from rosterkit.errors import UsageError
from rosterkit.language import _
from rosterkit.settings import FILE, INBOX


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


def open_folder(desk: Desk, folder: Path) -> bool:
    """Let a desk work on another folder from here on; False while a run goes on."""
    with desk.lock:
        if folder != desk.folder:
            if desk.running:
                return False
            desk.use_folder(folder)
    desk.load()
    return True
