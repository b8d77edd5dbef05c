"""Reads ``pengecualian.xlsx``: findings that the office accepts, each with a reason, who accepted it and when.

Columns, in any order: NIK (or Berkas and Baris), Kode, Alasan, Oleh, Tanggal, and, where it does not hold for ever,
Berlaku Sampai. A line that lacks something is not applied, and the report says so.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from rosterkit.dates import DATE_FORMAT
from rosterkit.errors import FileError, UsageError
from rosterkit.language import N_, _
from rosterkit.model.cells import Row
from rosterkit.model.finding import Accepted, Note
from rosterkit.read.workbook import read_workbook
from rosterkit.records import dataclass
from rosterkit.schema.spec import CodeOf, plain

_COLUMNS = {
    "nik": ("NIK", "NO KTP", "NOMOR NIK"),
    "file": ("BERKAS", "FILE", "NAMA BERKAS", "NAMA FILE"),
    "row": ("BARIS", "ROW", "NO BARIS"),
    "code": ("KODE", "KODE ATURAN", "CODE", "ATURAN"),
    "reason": ("ALASAN", "REASON", "KETERANGAN", "SEBAB"),
    "who": ("OLEH", "SIAPA", "DISETUJUI OLEH", "PETUGAS", "WHO", "PEJABAT"),
    "when": ("TANGGAL", "TGL", "KAPAN", "WHEN", "TANGGAL PERSETUJUAN"),
    "until": ("BERLAKU SAMPAI", "SAMPAI", "S D", "BERAKHIR", "UNTIL", "BERLAKU HINGGA"),
}
_DATE = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")


@dataclass(frozen=True, slots=True)
class Exceptions:
    """The lines of the file that are applied, and notes about the others."""

    path: Path
    accepted: tuple[Accepted, ...]
    notes: tuple[Note, ...]


class _Unusable(Exception):  # noqa: N818 # never leaves this file
    """The reason why a line is not applied: a text for a note, and its facts."""


def read_exceptions(path: Path, today: dt.date, code_of: CodeOf) -> Exceptions:
    """Read the exceptions.

    Args:
        path: the file.
        today: an exception that ended before it is not applied.
        code_of: returns the code of the rule that a text means, or the codes that it could mean (``rules.rule_codes``).

    Raises:
        UsageError: the file cannot be read, or has no header with Kode and NIK or Baris.
    """
    try:
        workbook = read_workbook(path)
    except FileError as error:
        raise UsageError(_("Pengecualian {path}: {message}").format(path=path, message=error.message)) from error
    for sheet in workbook.sheets:
        for number, row in enumerate(sheet.rows):
            columns = _find_columns(row)
            if "code" in columns and ("nik" in columns or "row" in columns):
                return _read_lines(path, sheet.rows[number + 1 :], number + 2, columns, today, code_of)
    raise UsageError(
        _(
            "Pengecualian {path}: tidak ada baris judul. Tulis kolom NIK (atau Berkas dan Baris), Kode, Alasan, Oleh,"
            " Tanggal, dan bila perlu Berlaku Sampai."
        ).format(path=path)
    )


def _find_columns(row: Row) -> dict[str, int]:
    """Return name of ``_COLUMNS`` -> column (from 0), for the headers in a row."""
    names = {word: name for name, words in _COLUMNS.items() for word in words}
    found: dict[str, int] = {}
    for column, cell in enumerate(row):
        name = names.get(plain(cell)) if isinstance(cell, str) else None
        if name:
            found.setdefault(name, column)
    return found


def _read_lines(
    path: Path,
    rows: Sequence[Row],
    first: int,
    columns: Mapping[str, int],
    today: dt.date,
    code_of: CodeOf,
) -> Exceptions:
    accepted: list[Accepted] = []
    notes: list[Note] = []
    for line, row in enumerate(rows, first):
        if all(cell == "" for cell in row):
            continue
        cells = {name: row[column] if column < len(row) else "" for name, column in columns.items()}
        try:
            accepted.append(_parse_line(line, cells, today, code_of))
        except _Unusable as problem:
            notes.append(Note(line, str(problem.args[0]), dict(problem.args[1])))
    return Exceptions(path, tuple(accepted), tuple(notes))


def _parse_line(line: int, cells: Mapping[str, object], today: dt.date, code_of: CodeOf) -> Accepted:
    written = str(cells["code"]).strip()
    code, near = code_of(written)
    if code is None and near:
        told = N_('kode "{code}" bisa berarti {near}; tulis salah satunya')
        raise _Unusable(told, {"code": written, "near": ", ".join(near)})
    if code is None:
        raise _Unusable(N_('kode "{code}" tidak ada; lihat rosterkit rules'), {"code": written})
    for name, label in (("reason", "Alasan"), ("who", "Oleh"), ("when", "Tanggal")):
        if str(cells.get(name, "")).strip() == "":
            raise _Unusable(N_("{column} kosong; tanpa itu tidak diterapkan"), {"column": label})
    when, until = _parse_date(cells["when"]), _parse_date(cells.get("until", ""))
    if until is not None and until < today:
        raise _Unusable(N_("sudah tidak berlaku sejak {until}"), {"until": until.strftime(DATE_FORMAT)})
    nik, file, row = cells.get("nik", ""), str(cells.get("file", "")).strip(), str(cells.get("row", "")).strip()
    if isinstance(nik, int | float):
        raise _Unusable(N_("NIK tersimpan sebagai angka; ubah selnya menjadi Text lalu ketik ulang"), {})
    digits = re.sub(r"[\s'.\-]", "", str(nik))
    number = int(float(row)) if re.fullmatch(r"\d+(\.0)?", row) else None
    if not digits and (not file or number is None):
        raise _Unusable(N_("NIK kosong, dan Berkas atau Baris juga kosong"), {})
    who, reason = str(cells["who"]).strip(), str(cells["reason"]).strip()
    return Accepted(line, code, digits or None, file or None, number, reason, who, when or today, until)


def _parse_date(cell: object) -> dt.date | None:
    """Return the date in a cell; None for an empty one."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    text = str(cell).strip()
    if not text:
        return None
    match = _DATE.fullmatch(text)
    try:
        return dt.date(int(match[3]), int(match[2]), int(match[1])) if match else dt.date.fromisoformat(text[:10])
    except ValueError:
        raise _Unusable(N_('tanggal "{date}" tidak terbaca; tulis seperti 17-08-2025'), {"date": text}) from None
