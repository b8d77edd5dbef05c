"""Marks an upload sheet as sent, and takes the mark back (``rosterkit uploaded``)."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from rosterkit.dates import DATE_FORMAT
from rosterkit.errors import UsageError
from rosterkit.frame.name_keys import comparison_keys
from rosterkit.language import _
from rosterkit.model.cells import Workbook, cell_name
from rosterkit.read.properties import find_upload_source
from rosterkit.read.workbook import read_workbook
from rosterkit.run.output_names import FOLDER
from rosterkit.run.sent import Sent, SentSheet, load_sent, save_sent
from rosterkit.schema.load import DEFAULT, load_roster
from rosterkit.schema.spec import plain
from rosterkit.settings import INBOX, MEMORY, find_project

_SEARCH = 30  # rows of a sheet in which the headers must be
_NIK = re.compile(r"[0-9]{16}")
_BETWEEN = re.compile(r"[\s'.-]+")  # what stands between the digits of a NIK that was written by hand
_NO_UPLOAD = re.compile(r"\.periksa\.xls[xm]$|^(?:rekap|ganda|pengecualian|keputusan)\.xlsx$", re.IGNORECASE)
_IDENTITIES = frozenset(("NIK", "NOMOR IDENTITAS", "NO KTP", "NOMOR KTP", "KTP", "NOMOR NIK"))


def output_folder(sheet: Path) -> Path:
    """The output folder that an upload sheet lies in, at whatever depth."""
    return next((folder for folder in sheet.absolute().parents if (folder / MEMORY).is_dir()), sheet.parent)


def mark_sent(sheet: Path, path: Path, today: dt.date) -> tuple[int, list[str]]:
    """Remember that an upload sheet was sent.

    Args:
        sheet: the upload sheet.
        path: where it is remembered.
        today: the day.

    Returns:
        how many people are marked, and the cells of those who are not, as their NIK cannot be read.

    Raises:
        UsageError: it is no upload sheet.
        FileError: it cannot be read, or nothing can be written.
    """
    workbook = read_workbook(sheet)
    _require_result(sheet)
    known = load_sent(path)
    columns: dict[str, None] = {}
    people: dict[str, dict[str, object]] = {}
    unread: list[str] = []
    for cell, nik, values in _people(workbook):
        columns |= dict.fromkeys(values)
        if nik is None:
            unread.append(cell)
        else:
            people[nik] = values
    if not people:
        raise UsageError(_("{path} bukan berkas unggah: tidak ada NIK di dalamnya.").format(path=sheet))
    hashes = {
        known.hash_nik(nik): "".join(known.hash_values(nik, {column: values.get(column) for column in columns}))
        for nik, values in people.items()
    }
    named = tuple(sorted({known.hash_name(*person) for person in _names(list(people.values()))}))
    marked = SentSheet(name=sheet.name, when=today, columns=tuple(columns), people=hashes, named=named)
    others = {key: one for key, one in known.sheets.items() if key != workbook.sha256}
    save_sent(path, Sent(known.key, {**others, workbook.sha256: marked}))
    return len(people), unread


def _require_result(sheet: Path) -> None:
    """See that a sheet is an upload sheet in the output folder of a run: only there the next run finds the mark.

    Raises:
        UsageError: it is not.
    """
    folder, place = output_folder(sheet), sheet.absolute().parent
    project = find_project(place)
    if find_upload_source(sheet) is None:  # a form that was filled, perhaps; no list of a sender, no list of the office
        inside = place.relative_to(project.absolute()).parts if project else ()
        if _NO_UPLOAD.search(sheet.name) or {INBOX, "acuan"} & set(inside):
            raise UsageError(_("{path} bukan berkas unggah buatan rosterkit.").format(path=sheet))
    if not project and folder.name != FOLDER and not (folder / MEMORY).is_dir():
        text = _("{path} bukan di folder hasil, jadi tandanya tidak akan ditemukan. Tandai yang ada di folder hasil.")
        raise UsageError(text.format(path=sheet))


def unmark_sent(sheet: Path, path: Path) -> tuple[int, dt.date]:
    """Forget that an upload sheet was sent; return how many people it holds, and the day on which it was marked.

    A run may have written another sheet over it by now: then the one of this name that was marked last is meant.

    Raises:
        UsageError: none of this name was marked.
        FileError: nothing can be written.
    """
    known = load_sent(path)
    digest = hashlib.sha256(sheet.read_bytes()).hexdigest() if sheet.is_file() else ""
    named = [key for key, one in known.sheets.items() if one.name == sheet.name]
    last = max(reversed(named), key=lambda key: known.sheets[key].when, default="")
    key = digest if digest in known.sheets else last
    if not key:
        raise UsageError(_("{path} belum ditandai terunggah.").format(path=sheet))
    save_sent(path, Sent(known.key, {other: one for other, one in known.sheets.items() if other != key}))
    return len(known.sheets[key].people), known.sheets[key].when


def _people(workbook: Workbook) -> Iterator[tuple[str, str | None, dict[str, object]]]:
    """Yield everybody in an upload sheet, also below the heading of a form.

    Her cell, her NIK (None: it cannot be read) and her values by plain header; a row without a value is nobody.
    """
    for page in workbook.sheets:
        for at, row in enumerate(page.rows[:_SEARCH]):
            headers = [plain(cell) if isinstance(cell, str) else "" for cell in row]
            identity = next((column for column, header in enumerate(headers) if header in _IDENTITIES), None)
            if identity is None:
                continue
            for below, person in enumerate(page.rows[at + 1 :], at + 1):
                values = {header: value for header, value in zip(headers, person, strict=True) if header}
                if any(value not in (None, "") for value in values.values()):
                    yield cell_name(below, identity), _read_nik(person[identity]), values
            break


def _names(people: Sequence[Mapping[str, object]]) -> Iterator[tuple[str, dt.date]]:
    """Yield the comparison key of the name and the birth date of those who have both."""
    columns = load_roster(DEFAULT).columns
    headers = {field: list(map(plain, columns[field].aliases)) for field in ("name", "birth_date")}
    found = [[_first(person, words) for words in headers.values()] for person in people]
    keys = comparison_keys(pl.Series([str(name) for name, _day in found], dtype=pl.String))
    for key, (_name, written) in zip(keys, found, strict=True):
        day = _read_day(written)
        if key and day:
            yield key, day


def _first(person: Mapping[str, object], headers: Sequence[str]) -> object:
    return next((person[header] for header in headers if person.get(header) not in (None, "")), "")


def _read_day(value: object) -> dt.date | None:
    """The date in a cell of an upload sheet, in one of the ways in which forms write it."""
    if isinstance(value, dt.datetime | dt.date):
        return value.date() if isinstance(value, dt.datetime) else value
    text = str(value).strip()
    try:
        return dt.datetime.strptime(text.replace("/", "-").replace(".", "-"), DATE_FORMAT).date()
    except ValueError:
        try:
            return dt.date.fromisoformat(text[:10])
        except ValueError:
            return None


def _read_nik(value: object) -> str | None:
    """The NIK in a cell of an upload sheet, which somebody may have saved again or filled in by hand.

    A number of 16 digits that ends in 0 may be one whose last digit Excel has lost.
    """
    if isinstance(value, str):
        text = _BETWEEN.sub("", value)
        return text if _NIK.fullmatch(text) else None
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return text if _NIK.fullmatch(text) and not text.endswith("0") else None
