"""Whatever one file does, in reading, judging or writing, is that file's failure: the others keep their results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rosterkit.check.judge import judge
from rosterkit.check.verdict import Verdict
from rosterkit.errors import FileError, UsageError, place_of
from rosterkit.language import _
from rosterkit.model.finding import Accepted, Decision
from rosterkit.model.report import Failure, ReadFile
from rosterkit.rules.context import Context


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


def judge_files(
    files: Sequence[ReadFile],
    context: Context,
    exceptions: Sequence[Accepted],
    decisions: Sequence[Decision] = (),
) -> tuple[tuple[ReadFile, ...], Verdict]:
    """Judge a run (see ``check.judge``); files at which judging breaks are set aside and the rest is judged again.

    Returns:
        the files, those that were set aside with a failure, and the verdict.
    """
    try:
        return tuple(files), judge(files, context, exceptions, decisions)
    except UsageError:
        raise
    except Exception:  # whatever it is, it must not cost the others their results
        broken = {number: failure for number in range(len(files)) if (failure := _broken(files, number, context))}
        if not broken:
            raise
        rest = [file.failed(broken[number]) if number in broken else file for number, file in enumerate(files)]
        return tuple(rest), judge(rest, context, exceptions, decisions)


def _broken(files: Sequence[ReadFile], number: int, context: Context) -> Failure | None:
    """Why a file cannot be judged, alone; its number stays what it is."""
    alone = [file if at == number else replace(file, tables=(), skipped=()) for at, file in enumerate(files)]
    try:
        judge(alone, context)
    except Exception as error:  # see judge_files
        return failure_of(error)
    return None
