"""What people lay around a list: blank rows, letterheads, empty columns, other tables; as changes of a sheet."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

from rosterkit.model.cells import Sheet
from rosterkit.model.roster import Table
from tests.properties.rearrange import (
    add_below,
    add_right,
    add_titles,
    insert_columns,
    insert_rows,
    order_columns,
    places_between_rows,
)

Change = Callable[[Sheet, Sequence[Table]], Sheet]


def other(serial: int) -> list[Any]:
    """A person of another list."""
    name = f"Umpama {'ABCDEFGHIJ'[serial] * 4}"
    return [float(serial), f"357101{serial:02}0186{9950 + serial}", name, f"{serial:02}-01-1986", "Jl. Umpama 9"]


LIST = [["NO", "NO KTP", "NAMA PENDUDUK", "TGL LAHIR", "ALAMAT"], *map(other, range(1, 5))]
SWAPPED = [[row[2], row[1], row[3]] for row in LIST]
CODES = [["KODE", "KETERANGAN"], ["L", "Laki-laki"], ["P", "Perempuan"]]
RECAP = [["KATEGORI", "JUMLAH"], ["Pemulung", 3.0], ["Tukang becak", 4.0], ["JUMLAH", 7.0]]
OFFICERS = [["NO", "NAMA PETUGAS", "JABATAN", "NO HP"], [1.0, "Contoh Petugas", "Ketua RT", "081200009999"],
            [2.0, "Umpama Petugas", "Ketua RW", "081200009998"]]  # fmt: skip
HEIRS = [["NAMA AHLI WARIS", "NIK AHLI WARIS", "HUBUNGAN"], ["Contoh Waris", "3571010101869990", "Anak"]]
GOODS = [["NO", "NAMA BARANG", "JUMLAH"], [1.0, "Beras", 2.0], [2.0, "Gula", 3.0]]
FUNDS = [["Sumber dana", "APBD"], ["Kelurahan", "Umpamarejo"]]
LETTER = [
    ["PEMERINTAH KOTA CONTOH"],
    ["KELURAHAN", ": UMPAMAREJO"],
    ["Nama Ketua RT", "Contoh Ketua"],
    ["NO HP", "081200009999"],
]
GUIDE = [["Petunjuk pengisian"], ["NIK", "diisi 16 angka"], ["Nama", "sesuai KTP"], ["Tanggal Lahir", "dd-mm-yyyy"]]
SIGNATURES = [["", "Kediri, 2 Januari 2025"], ["", "Ketua RT 03"], [], ["", "CONTOH KETUA"]]


def header_of(tables: Sequence[Table]) -> tuple[int, ...]:
    return tables[0].header_rows


def middle(sheet: Sheet, tables: Sequence[Table]) -> int:
    rows = [row for row in places_between_rows(sheet, header_of(tables)) if row > tables[0].people[0]]
    return rows[len(rows) // 2]


def beside(rows: Sequence[Sequence[Any]], gap: int, from_top: bool) -> Change:
    return lambda sheet, tables: add_right(sheet, rows, gap, 0 if from_top else header_of(tables)[-1])


def shuffled(seed: int) -> Change:
    return lambda sheet, tables: order_columns(sheet, lambda units: random.Random(seed).sample(units, len(units)))


CHANGES: dict[str, Change] = {
    "a blank row below the header": lambda sheet, tables: insert_rows(sheet, [header_of(tables)[-1] + 1]),
    "blank rows everywhere": lambda sheet, tables: insert_rows(sheet, places_between_rows(sheet, header_of(tables))),
    "90 blank rows in the middle": lambda sheet, tables: insert_rows(sheet, [middle(sheet, tables)] * 90),
    "90 blank rows above": lambda sheet, tables: insert_rows(sheet, [0] * 90),
    "a letterhead": lambda sheet, tables: add_titles(sheet, LETTER),
    "a guide above": lambda sheet, tables: add_titles(sheet, GUIDE),
    "two empty columns to the left": lambda sheet, tables: insert_columns(sheet, {0: 2}),
    "empty columns everywhere": lambda sheet, tables: insert_columns(sheet, None),
    "columns from right to left": lambda sheet, tables: order_columns(sheet, lambda units: units[::-1]),
    "the first columns last": lambda sheet, tables: order_columns(sheet, lambda units: units[3:] + units[:3]),
    "another order of columns": shuffled(1),
    "a list below": lambda sheet, tables: add_below(sheet, LIST, 1),
    "a list of another order below": lambda sheet, tables: add_below(sheet, SWAPPED, 3),
    "a recap below": lambda sheet, tables: add_below(sheet, RECAP, 1),
    "officers below": lambda sheet, tables: add_below(sheet, OFFICERS, 0),
    "signatures below": lambda sheet, tables: add_below(sheet, SIGNATURES, 1),
    "a list beside": beside(LIST, 1, from_top=False),
    "a list beside, without a gap": beside(LIST, 0, from_top=False),
    "a list beside, from the top": beside(LIST, 2, from_top=True),
    "a list of another order beside": beside(SWAPPED, 1, from_top=False),
    "a list of another order beside, from the top": beside(SWAPPED, 1, from_top=True),
    "a recap beside": beside(RECAP, 1, from_top=False),
    "codes beside": beside(CODES, 1, from_top=False),
    "officers beside": beside(OFFICERS, 2, from_top=False),
    "officers beside, from the top": beside(OFFICERS, 1, from_top=True),
    "heirs beside": beside(HEIRS, 1, from_top=True),
    "goods and funds beside": lambda sheet, tables: add_right(add_right(sheet, GOODS, 1), FUNDS, 1),
}  # fmt: skip
