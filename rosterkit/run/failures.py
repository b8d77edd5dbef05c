"""What went wrong, as a short word and a sentence: whatever one file does is that file's failure."""

from __future__ import annotations

from rosterkit.errors import FileError, place_of
from rosterkit.language import _
from rosterkit.model.report import Failure


def failure_of(error: Exception) -> Failure:
    """The failure of a file at which something went wrong; a mistake of the program is reported with its place."""
    text = _(
        "Ada kesalahan program pada berkas ini, jadi orang di dalamnya belum diperiksa; berkas lain tidak terpengaruh."
        " Laporkan kepada pengelola rosterkit: {error} di {where}."
    )
    return _failure(error, text)


def failure_together(error: Exception) -> Failure:
    """The failure of a run whose recap or combined upload could not be written, though its files were."""
    text = _(
        "Ada kesalahan program saat menulis rekap atau berkas gabungan; hasil tiap berkas sudah ada. Laporkan kepada"
        " pengelola rosterkit: {error} di {where}."
    )
    return _failure(error, text)


def _failure(error: Exception, text: str) -> Failure:
    if isinstance(error, FileError):
        return error.code, error.message
    return "program-error", text.format(error=type(error).__name__, where=place_of(error))
