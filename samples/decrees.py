"""A decree that changes in mid-year, as in Kota Kediri 2024: from 9,300 to 9,695 people, with the lists around it.

    python samples/decrees.py FOLDER

writes the two annexes, the list of participants and the matching results into FOLDER. They are made here and not
stored, as they are large; everybody in them is invented.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import xlsxwriter
from invent import Invent, Person

OLD, NEW = "SK 2024 lama.xlsx", "SK 2024 baru.xlsx"
PARTICIPANTS, POPULATION = "peserta BPJS.xlsx", "hasil pemadanan.xlsx"
CATEGORIES = ["Tukang becak", "Pemulung", "Ketua RT", "Ketua RW", "Buruh tani", "Kader kesehatan"]
# People by what happens to them: in both decrees, only in the new one, only in the old one.
STAY, CHANGED, COME, GO = 9_040, 55, 600, 205
STAY_LAPSED, STAY_UNKNOWN = 80, 15
COME_INSURED, COME_LAPSED = 40, 25
GO_DEAD, GO_LAPSED, GO_UNKNOWN = 5, 10, 5


def people() -> tuple[list[Person], list[Person], list[Person], list[Person]]:
    """Those who stay, those who stay and stand there otherwise, those who come, those who go."""
    invent = Invent(9695)
    stay, changed, come, go = (invent.people(count, CATEGORIES, 1, 1) for count in (STAY, CHANGED, COME, GO))
    return stay, changed, come, go


def annex(path: Path, number: str, persons: Sequence[Person]) -> None:
    """The annex of a decree with all that a registration needs."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("Lampiran")
    page.write(0, 0, f"LAMPIRAN KEPUTUSAN WALI KOTA CONTOH NOMOR {number}")
    page.write(1, 0, f"DAFTAR PENERIMA SEBANYAK {len(persons):,} ORANG".replace(",", "."))
    heads = ["NO", "NAMA", "NIK", "TEMPAT LAHIR", "TANGGAL LAHIR", "L/P", "NAMA IBU KANDUNG", "ALAMAT", "KATEGORI"]
    page.write_row(3, 0, heads)
    for row, p in enumerate(persons, 4):
        born = p.born.strftime("%d-%m-%Y")
        page.write_row(row, 0, [row - 3, p.name, p.nik, p.place, born, p.sex, p.mother, p.address, p.category])
    book.close()


def participants(path: Path, members: Iterable[tuple[Person, dt.date, dt.date | None]]) -> None:
    """The list that BPJS gives: two header rows, days as 1-Mar-19."""
    months = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des"]

    def day(one: dt.date | None) -> str:
        return f"{one.day}-{months[one.month - 1]}-{one:%y}" if one else ""

    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("Peserta")
    heads = ["NIK", "KPJ", "NAMA", "TGL_LAHIR", "NO_HANDPHONE"]
    for column, text in enumerate(heads):
        page.merge_range(0, column, 1, column, text)
    page.merge_range(0, 5, 0, 7, "PROGRAM")
    page.write_row(1, 5, ["JHT", "JKK", "JKM"])
    for column, text in enumerate(["JENIS_PEKERJAAN", "TGL_KEPESERTAAN", "TGL_BERAKHIR", "MASA_GRACE"], 8):
        page.merge_range(0, column, 1, column, text)
    for row, (p, since, until) in enumerate(members, 2):
        cells = [
            p.nik,
            f"2499{row:07}",
            p.name,
            day(p.born),
            p.phone,
            "T",
            "Y",
            "Y",
            p.category,
            day(since),
            day(until),
        ]
        page.write_row(row, 0, cells)
    book.close()


def matching(path: Path, results: Iterable[tuple[Person, str]]) -> None:
    """The results of the matching with the population register."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("Hasil")
    page.write_row(0, 0, ["NO", "NIK", "NAMA", "STATUS"])
    for row, (p, word) in enumerate(results, 1):
        page.write_row(row, 0, [row, p.nik, p.name, word])
    book.close()


def write(folder: Path) -> None:
    """Write everything."""
    folder.mkdir(parents=True, exist_ok=True)
    stay, changed, come, go = people()
    after = [
        replace(p, name=f"{p.name} Baru")
        if n % 2
        else replace(p, category=CATEGORIES[(CATEGORIES.index(p.category) + 1) % 6])
        for n, p in enumerate(changed)
    ]
    annex(folder / OLD, "1/2024", [*stay, *changed, *go])
    annex(folder / NEW, "2/2024", [*stay, *after, *come])
    since, lapsed = dt.date(2019, 3, 1), dt.date(2023, 9, 30)
    members = [(p, since, lapsed if n < STAY_LAPSED else None) for n, p in enumerate(stay[STAY_UNKNOWN:])]
    members += [(p, since, None) for p in changed]
    members += [
        (p, since, None if n < COME_INSURED else lapsed) for n, p in enumerate(come[: COME_INSURED + COME_LAPSED])
    ]
    members += [(p, since, lapsed if n < GO_LAPSED else None) for n, p in enumerate(go[: GO - GO_UNKNOWN])]
    participants(folder / PARTICIPANTS, members)
    dead = go[GO_LAPSED : GO_LAPSED + GO_DEAD]
    matching(folder / POPULATION, [(p, "Meninggal" if p in dead else "Padan") for p in go])


if __name__ == "__main__":
    write(Path(sys.argv[1]))
