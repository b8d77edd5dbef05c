"""Decides on rows that may be one person, as it is decided in ``ganda.xlsx``: the next run reads it from there."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from rosterkit.errors import UsageError
from rosterkit.language import _
from rosterkit.records import dataclass

if TYPE_CHECKING:
    from rosterkit.recap.duplicates import Duplicate, DuplicateRow

DIFFERENT, UNSURE = "different", "unsure"


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that may be one person, side by side, with a key that stays theirs whatever is decided of others."""

    key: str
    duplicate: Duplicate

    @property
    def is_decided(self) -> bool:
        """Whether somebody has decided on them by name."""
        return self.duplicate.decision is not None and self.duplicate.decision.who != ""

    @property
    def is_one_nik(self) -> bool:
        """Whether they share a NIK: then they are never different people."""
        from rosterkit.model.finding import ONE_NIK

        return self.duplicate.code in ONE_NIK


def read_blocks(sheet: Path, today: dt.date) -> list[Block]:
    """Return the blocks of ``ganda.xlsx`` with what is decided; none where there is no such file.

    Raises:
        FileError: it cannot be read.
        UsageError: it holds a decision that is not clear, or is no longer as rosterkit wrote it.
    """
    from rosterkit.model.finding import Decision
    from rosterkit.recap.duplicates import Duplicate
    from rosterkit.reference.decisions import read_decisions

    if not sheet.is_file():
        return []
    decided = {decision.key: decision for decision in read_decisions(Path(), sheet, today).made}
    blocks = []
    for code, word, rows in _read_rows(sheet):
        written = tuple(row.decided for row in rows)
        decision = decided.get(Decision(code, written, None, "", today).key)
        unsure = word == "belum pasti"
        if word and decision is None and not unsure:
            text = _("Di {name} ada keputusan yang tidak jelas ({word}). Perbaiki dulu di Excel.")
            raise UsageError(text.format(name=sheet.name, word=word))
        key = hashlib.sha256(repr((code, written)).encode()).hexdigest()[:16]
        blocks.append(Block(key, Duplicate(code, rows, decision, unsure)))
    return blocks


def decide(sheet: Path, key: str, choice: str, who: str, today: dt.date) -> None:
    """Write one decision into ``ganda.xlsx``; all others stay.

    Args:
        sheet: the file.
        key: of the block.
        choice: the position of the row that is used, ``different``, or ``unsure``, which takes a decision back.
        who: who decides.
        today: the day.

    Raises:
        FileError: the file cannot be read or written, as it is open in Excel.
        UsageError: the block is not there, or cannot be decided so.
    """
    from rosterkit.write.books.duplicates import write_duplicates

    blocks = read_blocks(sheet, today)
    block = next((one for one in blocks if one.key == key), None)
    if block is None:
        raise UsageError(_("Pasangan ini tidak ada lagi di {name}. Muat ulang halaman ini.").format(name=sheet.name))
    decided = _decided(block, choice, who, today)
    write_duplicates(sheet, [decided if one is block else one.duplicate for one in blocks], today)


def _decided(block: Block, choice: str, who: str, today: dt.date) -> Duplicate:
    from rosterkit.model.finding import Decision

    duplicate = block.duplicate
    if choice == UNSURE:
        return replace(duplicate, decision=None, unsure=True)
    if not who:
        raise UsageError(_("Tulis dulu siapa yang memutuskan."))
    chosen = int(choice) if choice.isascii() and choice.isdecimal() else None
    is_possible = choice == DIFFERENT and not block.is_one_nik if chosen is None else chosen < len(duplicate.rows)
    if not is_possible:
        raise UsageError(_("Keputusan ini tidak bisa dipilih untuk pasangan ini."))
    rows = tuple(row.decided for row in duplicate.rows)
    return replace(duplicate, decision=Decision(duplicate.code, rows, chosen, who, today), unsure=False)


def _read_rows(sheet: Path) -> Iterator[tuple[str, str, tuple[DuplicateRow, ...]]]:
    """Code, decision in words, and rows of each block."""
    from rosterkit.model.finding import DecidedRow
    from rosterkit.read.workbook import read_workbook
    from rosterkit.recap.duplicates import DuplicateRow
    from rosterkit.write.books.duplicates import COLUMNS

    table = read_workbook(sheet).sheets[0].rows
    header = [str(cell).strip() for cell in table[0]] if table else []
    if header[: len(COLUMNS)] != list(COLUMNS):
        text = _("{name} tidak lagi berbentuk seperti aslinya. Tulis keputusannya di Excel.")
        raise UsageError(text.format(name=sheet.name))
    lines = [dict(zip(COLUMNS, map(_text, row), strict=False)) for row in table[1:]]
    for _group, block in groupby((line for line in lines if line["Kelompok"]), key=lambda line: line["Kelompok"]):
        own = list(block)
        rows = tuple(
            DuplicateRow(
                DecidedRow(line["Berkas"], line["NIK"], line["Nama"]),
                line["Tanggal lahir"],
                line["Alamat"],
                line["Kategori"],
                line["Pengirim"],
                line["Lembar"],
                int(line["Baris"] or 0),
            )
            for line in own
        )
        yield own[0]["Kode"], next((line["Keputusan"].lower() for line in own if line["Keputusan"]), ""), rows


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
