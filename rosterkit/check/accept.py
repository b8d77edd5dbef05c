"""Findings that the office accepts: taken out of a file's findings, kept beside them with their reasons."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import polars as pl

from rosterkit.language import later
from rosterkit.model.finding import Accepted, Finding, Note
from rosterkit.model.report import FileReport
from rosterkit.model.roster import Table
from rosterkit.rules import BY_CODE

_TWICE = ("RK401", "RK402")  # to accept these for all rows would upload the person twice
Person = tuple[Path, str, int]  # path, sheet, row


def accept(
    files: Sequence[FileReport],
    frame: pl.DataFrame,
    tables: Sequence[tuple[Path, Table]],
    accepted: Sequence[Accepted],
    required: Sequence[str],
) -> list[Note]:
    """Move accepted findings to ``FileReport.accepted``; returns what there is to say of lines without effect.

    A finding that leaves a required value unread cannot be accepted: there would be nothing to upload.
    """
    notes: list[Note] = []
    if not accepted:
        return notes
    people = _people(frame, tables, accepted)
    unread = _unread(frame, tables, required)
    lines: dict[tuple[Person, str], Accepted] = {}
    for line in accepted:
        found = people.get(line.nik or (Path(line.file or "").name.casefold(), line.row), [])
        refused = _refused(line, len(found))
        if refused:
            notes.append(Note(line.line, refused, {"code": line.code}))
            continue
        for person in found:
            lines[person, line.code] = line
    used: set[Accepted] = set()
    for file in files:
        used |= _move(file, lines, unread, notes)
    for line in dict.fromkeys(lines.values()):
        if line not in used:
            facts = {"code": line.code}
            notes.append(Note(line.line, later("tidak diperlukan lagi: {code} tidak ditemukan pada orang ini"), facts))
    return sorted(notes, key=lambda note: note.line)


def _refused(line: Accepted, found: int) -> str:
    """Why a line is not applied; empty where nothing speaks against it."""
    if not found:
        return later("orangnya tidak ada dalam berkas yang diperiksa")
    if line.code in _TWICE and line.nik and found > 1:
        return later("{code}: NIK ini ada di beberapa baris; tulis Berkas dan Baris dari yang dipilih")
    if line.code in BY_CODE and BY_CODE[line.code].late:
        return later("{code} tidak bisa dikecualikan; ubah kuota di rosterkit.toml")
    return ""


def _move(
    file: FileReport,
    lines: Mapping[tuple[Person, str], Accepted],
    unread: Collection[tuple[Person, str | None]],
    notes: list[Note],
) -> set[Accepted]:
    """Move the accepted findings of one file; returns the lines that had something to do."""
    used: set[Accepted] = set()
    kept: list[Finding] = []
    for finding in file.findings:
        place = finding.place
        person = (file.path, place.sheet or "", -1 if place.row is None else place.row)
        line = lines.get((person, finding.code))
        if line is None:
            kept.append(finding)
            continue
        used.add(line)
        if (person, finding.field) in unread:
            told = later("{code} tidak bisa dikecualikan: tanpa isian itu tidak ada yang bisa diunggah")
            notes.append(Note(line.line, told, {"code": finding.code}))
            kept.append(finding)
        else:
            file.accepted.append((finding, line))
    file.findings[:] = kept
    return used


def _people(
    frame: pl.DataFrame, tables: Sequence[tuple[Path, Table]], accepted: Sequence[Accepted]
) -> Mapping[object, list[Person]]:
    """The people that the lines name, by NIK as typed and by (file name, row)."""
    niks = [line.nik for line in accepted if line.nik]
    rows = [line.row - 1 for line in accepted if line.row and not line.nik]
    wanted = frame.filter(pl.col("nik_digits").is_in(niks) | pl.col("_row").is_in(rows))
    people: dict[object, list[Person]] = {}
    for number, row, digits in wanted.select("_table", "_row", "nik_digits").iter_rows():
        path, table = tables[number]
        person = (path, table.sheet.name, row)
        people.setdefault(digits, []).append(person)
        people.setdefault((path.name.casefold(), row + 1), []).append(person)
    return people


def _unread(
    frame: pl.DataFrame, tables: Sequence[tuple[Path, Table]], required: Sequence[str]
) -> set[tuple[Person, str | None]]:
    """The people and required fields of which nothing could be read."""
    return {
        ((tables[number][0], tables[number][1].sheet.name, row), field)
        for field in required
        for number, row in frame.filter(pl.col(field).is_null()).select("_table", "_row").iter_rows()
    }
