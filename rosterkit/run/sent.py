"""Who was uploaded already: ``terunggah.json`` beside ``rosterkit.toml``, else beside the output folder, never in it.

NIKs and values are kept as keyed hashes, the key beside them: nobody reads them in passing, and a run can still tell
who it is, and which of her values are no longer those that were sent.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

from rosterkit.errors import UsageError
from rosterkit.files import remove_output, whole_file
from rosterkit.language import _
from rosterkit.model.cells import Workbook, cell_name
from rosterkit.read.properties import find_upload_source
from rosterkit.read.workbook import read_workbook
from rosterkit.records import dataclass
from rosterkit.run.output_names import FOLDER
from rosterkit.schema.spec import plain
from rosterkit.settings import INBOX, MEMORY, SENT, find_project

_LARGEST = 200_000_000  # bytes; a million people of a form of 30 columns take 160 MB
_SEARCH = 30  # rows of a sheet in which the headers must be
_SHORT = 2  # bytes of the hash of a value
_NIK = re.compile(r"[0-9]{16}")
_BETWEEN = re.compile(r"[\s'.-]+")  # what stands between the digits of a NIK that was written by hand
_NO_UPLOAD = re.compile(r"\.periksa\.xls[xm]$|^(?:rekap|ganda|pengecualian|keputusan)\.xlsx$", re.IGNORECASE)
_IDENTITIES = frozenset(("NIK", "NOMOR IDENTITAS", "NO KTP", "NOMOR KTP", "KTP", "NOMOR NIK"))


@dataclass(frozen=True, slots=True)
class SentSheet:
    """An upload sheet that was sent: its name, the day, its columns, and the hash of a NIK -> those of her values."""

    name: str
    when: dt.date
    columns: tuple[str, ...]
    people: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sent:
    """Upload sheets that were sent.

    Args:
        key: of the hashes (hex).
        sheets: SHA-256 of a sheet -> what is remembered of it, in the order in which they were marked.
    """

    key: str
    sheets: Mapping[str, SentSheet]

    def by_person(self) -> dict[str, SentSheet]:
        """Return the hash of a NIK -> the sheet in which she was sent last."""
        ordered = sorted(self.sheets.values(), key=lambda sheet: sheet.when)
        return {person: sheet for sheet in ordered for person in sheet.people}

    def hash_nik(self, nik: str) -> str:
        """Return the hash of a NIK."""
        return hashlib.blake2b(nik.encode(), key=bytes.fromhex(self.key), digest_size=12).hexdigest()

    def hash_values(self, nik: str, values: Mapping[str, object]) -> Iterator[str]:
        """Yield the short hash of each of somebody's values; without her NIK nobody can guess what it was."""
        person = hashlib.blake2b(f"{nik}\0".encode(), key=bytes.fromhex(self.key), digest_size=_SHORT)
        for column, value in values.items():
            own = person.copy()
            own.update(f"{column}\0{'' if value is None else value}".encode())
            yield own.hexdigest()

    def changed_columns(self, sheet: SentSheet, nik: str, values: Mapping[str, object]) -> list[str]:
        """Return the columns in which somebody's values are no longer those that were sent.

        Args:
            sheet: in which she was sent.
            nik: hers.
            values: plain header -> what would be uploaded now; what the sheet did not have is not compared.
        """
        sent, width = sheet.people[self.hash_nik(nik)], 2 * _SHORT
        old = {column: sent[at * width : (at + 1) * width] for at, column in enumerate(sheet.columns) if sent}
        new = zip(values, self.hash_values(nik, values), strict=True)
        return [column for column, value in new if old.get(column, value) != value]


def sent_file(project: Path | None, out: Path) -> Path:
    """Where it is kept."""
    return (project or out.parent) / SENT


def output_folder(sheet: Path) -> Path:
    """The output folder that an upload sheet lies in, at whatever depth."""
    return next((folder for folder in sheet.absolute().parents if (folder / MEMORY).is_dir()), sheet.parent)


def load_sent(path: Path) -> Sent:
    """Return what was sent; nothing where the file is not there.

    Raises:
        UsageError: the file is of a newer rosterkit, or damaged: somebody could be uploaded twice.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError(path)
        content = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Sent(secrets.token_hex(16), {})
    except (OSError, ValueError) as error:
        raise _unreadable(path) from error
    from rosterkit.run.sent_document import read_document

    try:
        known = read_document(content)
    except (ValueError, RecursionError) as error:
        raise _unreadable(path) from error
    sheets = {
        key: SentSheet(_printable(sheet.name), sheet.when, sheet.columns, sheet.people)
        for key, sheet in known.sheets.items()
    }
    return Sent(known.key, sheets)


def _unreadable(path: Path) -> UsageError:
    text = _("{path} tidak bisa dibaca, atau dari rosterkit yang lebih baru. Pindahkan dulu, lalu tandai lagi.")
    return UsageError(text.format(path=path))


def _printable(name: str) -> str:
    """A name that can be shown anywhere, whatever stands in the file."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)


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
    marked = SentSheet(name=sheet.name, when=today, columns=tuple(columns), people=hashes)
    others = {key: one for key, one in known.sheets.items() if key != workbook.sha256}
    _save(path, Sent(known.key, {**others, workbook.sha256: marked}))
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
    _save(path, Sent(known.key, {other: one for other, one in known.sheets.items() if other != key}))
    return len(known.sheets[key].people), known.sheets[key].when


def _save(path: Path, sent: Sent) -> None:
    if not sent.sheets:
        remove_output(path)
        return
    from rosterkit.run.sent_document import Document

    sheets = {
        key: {"name": one.name, "when": one.when.isoformat(), "columns": one.columns, "people": one.people}
        for key, one in sent.sheets.items()
    }
    document = {"version": 2, "key": sent.key, "sheets": sheets}
    Document.model_validate(document)  # what could not be read again is not written
    with whole_file(path) as target:
        target.write(json.dumps(document, indent=0).encode())


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


def _read_nik(value: object) -> str | None:
    """The NIK in a cell of an upload sheet, which somebody may have saved again or filled in by hand.

    A number of 16 digits that ends in 0 may be one whose last digit Excel has lost.
    """
    if isinstance(value, str):
        text = _BETWEEN.sub("", value)
        return text if _NIK.fullmatch(text) else None
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return text if _NIK.fullmatch(text) and not text.endswith("0") else None
