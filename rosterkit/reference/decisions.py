"""Reads ``ganda.xlsx`` and ``keputusan.xlsx``: what the office decides of rows that may be one person.

Both are written by rosterkit (``write.books.duplicates``) and filled in, sorted or cut by people: a block counts where
its rows stand together and its one decision can be read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from rosterkit.errors import FileError
from rosterkit.language import N_
from rosterkit.model.cells import Row
from rosterkit.model.finding import ONE_NIK, OTHER_NIK, DecidedRow, Decision, Remark
from rosterkit.read.workbook import read_workbook
from rosterkit.records import dataclass
from rosterkit.schema.spec import plain

_COLUMNS = {
    "KELOMPOK": "group",
    "NAMA": "name",
    "NIK": "nik",
    "BERKAS": "file",
    "KODE": "code",
    "KEPUTUSAN": "decision",
    "OLEH": "who",
    "TANGGAL": "when",
}
_NEEDED = frozenset(_COLUMNS.values()) - {"when"}
_USE = re.compile(r"PAKAI ([A-Z])")
_DATE = re.compile(r"(\d{2})-(\d{2})-(\d{4})")


@dataclass(frozen=True, slots=True)
class Decisions:
    """What is decided.

    Args:
        made: decisions in force, those without ``who`` only as they were written.
        new: whether some are not in ``keputusan.xlsx`` yet.
        remarks: what could not be read or applied.
        readable: whether ``ganda.xlsx`` could be read, or is not there; else it is not written over.
    """

    made: tuple[Decision, ...] = ()
    new: bool = False
    remarks: tuple[Remark, ...] = ()
    readable: bool = True


def read_decisions(kept: Path, sheet: Path | None, today: dt.date) -> Decisions:
    """Read what was decided before, and what the office has written into ``ganda.xlsx`` since.

    Args:
        kept: ``keputusan.xlsx``; it need not be there.
        sheet: ``ganda.xlsx`` of the last run, likewise; None: it is not looked at.
        today: the day of a new decision.
    """
    remarks: list[Remark] = []
    known, _readable = _read(kept, today, remarks)
    written, readable = _read(sheet, today, remarks) if sheet else ([], True)
    before = {decision.key: decision for decision, _unsure in known}
    after = dict(before)
    for decision, unsure in written:
        if unsure:
            after.pop(decision.key, None)
            continue
        old = before.get(decision.key)
        same = old is not None and (old.chosen, old.who, old.rows) == (decision.chosen, decision.who, decision.rows)
        after[decision.key] = old if old is not None and same else decision
    signed = {key: decision for key, decision in after.items() if decision.who}
    return Decisions(tuple(after.values()), signed != before, tuple(remarks), readable)


def _read(path: Path, today: dt.date, remarks: list[Remark]) -> tuple[list[tuple[Decision, bool]], bool]:
    """The decisions of a file, each with whether it is taken back; whether the file could be read or is not there."""
    if not path.is_file():
        return [], True
    try:
        workbook = read_workbook(path)
    except FileError as error:
        text = N_("{file} tidak bisa dibaca, jadi keputusan di dalamnya belum dipakai: {message}")
        remarks.append(Remark(text, {"file": path.name, "message": error.message}))
        return [], False
    for sheet in workbook.sheets:
        for number, row in enumerate(sheet.rows[:5]):
            columns = {_COLUMNS[plain(cell)]: at for at, cell in enumerate(row) if _is_header(cell)}
            if columns.keys() >= _NEEDED:
                lines = _Lines(path.name, sheet.rows, columns, number + 1)
                return list(lines.decisions(today, remarks)), True
    return [], True


def _is_header(cell: object) -> bool:
    return isinstance(cell, str) and plain(cell) in _COLUMNS


class _Lines:
    """The rows below the header of a sheet of decisions."""

    def __init__(self, file: str, rows: Sequence[Row], columns: Mapping[str, int], first: int) -> None:
        self._file, self._rows, self._columns, self._first = file, rows, columns, first

    def decisions(self, today: dt.date, remarks: list[Remark]) -> Iterator[tuple[Decision, bool]]:
        """Yield each decision with whether it is taken back; what cannot be used is a remark."""
        numbers = [at for at in range(self._first, len(self._rows)) if self._text(at, "group")]
        for _group, block in groupby(numbers, key=lambda at: self._text(at, "group")):
            lines = list(block)
            words = {plain(text) for at in lines if (text := self._text(at, "decision"))}
            if not words:
                continue
            problem, chosen, unsure = self._parse(words, lines)
            who = next((text for at in lines if (text := self._text(at, "who"))), "")
            unsigned = "" if who or unsure else N_("{file} baris {row}: kolom Oleh kosong, jadi belum dipakai.")
            if problem or unsigned:
                facts = {"file": self._file, "row": lines[0] + 1, "written": " / ".join(sorted(words))}
                remarks.append(Remark(problem or unsigned, facts))
            if not problem:
                rows = tuple(DecidedRow(*(self._text(at, name) for name in ("file", "nik", "name"))) for at in lines)
                yield Decision(self._text(lines[0], "code"), rows, chosen, who, self._day(lines, today)), unsure

    def _parse(self, words: set[str], lines: Sequence[int]) -> tuple[str, int | None, bool]:
        """What is wrong with the words of a block (empty: nothing), the chosen row, whether it is taken back."""
        (word, *others) = sorted(words)
        use, code = _USE.fullmatch(word), self._text(lines[0], "code")
        if others or code not in (*ONE_NIK, *OTHER_NIK):
            return N_("{file} baris {row}: keputusan {written} tidak jelas, jadi belum dipakai."), None, False
        if word == "BELUM PASTI":
            return "", None, True
        if word == "ORANG BERBEDA":
            if code in OTHER_NIK:
                return "", None, False
            text = N_("{file} baris {row}: NIK yang sama tidak bisa milik dua orang; pilih pakai A atau pakai B.")
            return text, None, False
        chosen = ord(use[1]) - ord("A") if use else -1
        if 0 <= chosen < len(lines):
            return "", chosen, False
        return N_("{file} baris {row}: keputusan {written} tidak jelas, jadi belum dipakai."), None, False

    def _day(self, lines: Iterable[int], today: dt.date) -> dt.date:
        """The day that stands in a block; today where none does."""
        for at in lines:
            written = _DATE.fullmatch(self._text(at, "when"))
            if written:
                try:
                    return dt.date(int(written[3]), int(written[2]), int(written[1]))
                except ValueError:
                    return today
        return today

    def _text(self, at: int, name: str) -> str:
        row, column = self._rows[at], self._columns.get(name)
        cell = row[column] if column is not None and column < len(row) else ""
        return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
