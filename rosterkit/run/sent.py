"""Who was uploaded already: ``terunggah.json`` beside ``rosterkit.toml``, else beside the output folder, never in it.

NIKs, names with birth dates, and values are kept as keyed hashes, the key beside them: nobody reads them in passing,
and a run can still tell who it is, also under another NIK, and which of her values are no longer those that were sent.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

from rosterkit.errors import UsageError
from rosterkit.files import remove_output, whole_file
from rosterkit.language import _
from rosterkit.records import dataclass
from rosterkit.settings import SENT

_LARGEST = 200_000_000  # bytes; a million people of a form of 30 columns take 160 MB
_SHORT = 2  # bytes of the hash of a value


@dataclass(frozen=True, slots=True)
class SentSheet:
    """An upload sheet that was sent: its name, the day, its columns, and the hash of a NIK -> those of her values.

    ``named`` are the hashes of names with birth dates; sheets that an older rosterkit marked have none.
    """

    name: str
    when: dt.date
    columns: tuple[str, ...]
    people: Mapping[str, str]
    named: tuple[str, ...] = ()


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

    def by_name(self) -> dict[str, SentSheet]:
        """Return the hash of a name and a birth date -> the sheet in which somebody of them was sent last."""
        ordered = sorted(self.sheets.values(), key=lambda sheet: sheet.when)
        return {person: sheet for sheet in ordered for person in sheet.named}

    def hash_name(self, name_key: str, birth_date: dt.date) -> str:
        """Return the hash of the comparison key of a name (see ``frame.name_keys``) and a birth date."""
        text = f"{name_key}\0{birth_date.isoformat()}"
        return hashlib.blake2b(text.encode(), key=bytes.fromhex(self.key), digest_size=12).hexdigest()

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
        key: SentSheet(_printable(sheet.name), sheet.when, sheet.columns, sheet.people, sheet.named)
        for key, sheet in known.sheets.items()
    }
    return Sent(known.key, sheets)


def _unreadable(path: Path) -> UsageError:
    text = _("{path} tidak bisa dibaca, atau dari rosterkit yang lebih baru. Pindahkan dulu, lalu tandai lagi.")
    return UsageError(text.format(path=path))


def _printable(name: str) -> str:
    """A name that can be shown anywhere, whatever stands in the file."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)


def save_sent(path: Path, sent: Sent) -> None:
    """Write what was sent; nothing was: the file goes away.

    Raises:
        FileError: it cannot be written.
    """
    if not sent.sheets:
        remove_output(path)
        return
    from rosterkit.run.sent_document import Document

    sheets = {
        key: {
            "name": one.name,
            "when": one.when.isoformat(),
            "columns": one.columns,
            "people": one.people,
            "named": one.named,
        }
        for key, one in sent.sheets.items()
    }
    document = {"version": 3, "key": sent.key, "sheets": sheets}
    Document.model_validate(document)  # what could not be read again is not written
    with whole_file(path) as target:
        target.write(json.dumps(document, indent=0).encode())
