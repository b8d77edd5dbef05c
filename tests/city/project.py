"""The project folder of the city: its schema, the lists of its office, and the month before."""

from __future__ import annotations

import random
from pathlib import Path

import openpyxl

from rosterkit.rules import BY_CODE
from rosterkit.rules.examples import cells
from rosterkit.schema.load import load_roster
from tests.city.examples import own_people, write_examples
from tests.city.lists import (
    FIRST,
    LISTS,
    PEOPLE,
    fill_forms,
    people_of,
    send_again,
    write_crowd,
    write_levels,
    write_list,
    write_lists,
    write_troubles,
)
from tests.city.people import person
from tests.command_line import check_json, cli
from tests.helpers import write_book

SCHEMA = """kind: roster
name: kota-umpama
title: Kota Umpama
extends: kediri-2025
chain: [rt, kelurahan]
address: [rt, kelurahan]
ages: {min: 17, max: 64}
from_nik: true
in_force: {number: SK Umpama, start: 2025-04-01, end: 2025-12-31}
funding: {source: APBD, refuses: [KETUA-RT]}
quota: {total: 5000, categories: {OJEK: 4}}
rules:
  RK503: {severity: warning}
"""
PROJECT = """schema = "acuan/kota-umpama.yaml"
decree = "acuan/SK.xlsx"
participants = "acuan/peserta.xlsx"
population = "acuan/padan.xlsx"
out = "hasil"
deadline = 2025-03-31
"""


def make_city(folder: Path) -> Path:
    """Make the project: a few plain lists were checked, uploaded and decided a month ago; now all the others came."""
    chance = random.Random(16)
    inbox = folder / "masuk"
    (folder / "acuan").mkdir(parents=True)
    inbox.mkdir()
    (folder / "acuan" / "kota-umpama.yaml").write_text(SCHEMA, encoding="utf-8")
    (folder / "rosterkit.toml").write_text(PROJECT, encoding="utf-8")
    _write_references(folder / "acuan")
    _last_month(folder, chance)
    write_lists(inbox, chance)
    write_levels(inbox, chance)
    send_again(inbox, chance)
    write_crowd(inbox, chance)
    fill_forms(inbox, load_roster("kediri-2025"))
    write_troubles(inbox)
    write_examples(inbox / "contoh")
    _write_exceptions(folder / "pengecualian.xlsx")
    return folder


def _last_month(folder: Path, chance: random.Random) -> None:
    for number in range(FIRST):
        write_list(folder / "masuk", chance, number, people_of(number))
    check_json("masuk", "--engine", "here", cwd=folder)
    (sheet,) = (folder / "hasil").glob("gabungan.*.xlsx")
    assert cli("uploaded", sheet, cwd=folder).returncode == 0
    _decide(folder / "hasil" / "ganda.xlsx")
    check_json("masuk", "--engine", "here", cwd=folder)
    for path in (folder / "masuk").iterdir():
        path.unlink()


def _decide(path: Path) -> None:
    """Decide the first group of ``ganda.xlsx``, as a clerk does."""
    book = openpyxl.load_workbook(path)
    page = book["GANDA"]
    columns = {cell.value: cell.column for cell in page[1]}
    page.cell(2, columns["Keputusan"]).value = "pakai A"
    page.cell(2, columns["Oleh"]).value = "Siti Rekaan"
    book.save(path)


def _example_people(code: str) -> list[tuple[str, str, str]]:
    """NIK, name and birth date of the people in the wrong example of a rule."""
    number = list(BY_CODE).index(code)
    _head, *rows = cells(own_people(BY_CODE[code], number))
    return [(row[0], row[1], row[2]) for row in rows]


def _write_references(folder: Path) -> None:
    people = [person(number) for number in range(LISTS * PEOPLE)]
    people += [person(number) for number in (*range(4000, 4100), *range(5000, 5420))]
    listed = [[one.nik, one.name, f"{one.birth[0]:02}-{one.birth[1]:02}-{one.birth[2]}"] for one in people]
    decree = [row for number, row in enumerate(listed) if number % 29]
    decree += [[person(number).nik, person(number).name, ""] for number in range(6000, 6005)]  # in no list
    decree += [[nik, "Nama Lain Sama Sekali", day] for nik, _name, day in _example_people("RK502")]
    decree += [list(row) for code in ("RK505", "RK506", "RK507", "RK509") for row in _example_people(code)]
    write_book(folder / "SK.xlsx", [["NIK", "Nama", "Tanggal Lahir"], *decree])
    head = ["NIK", "KPJ", "NAMA", "TGL_LAHIR", "TGL_KEPESERTAAN", "TGL_BERAKHIR", "MASA_GRACE"]
    insured = [*_example_people("RK505"), *(listed[number] for number in range(50, 1500, 90))]
    lapsed = [*_example_people("RK506"), *(listed[number] for number in range(60, 1500, 90))]
    rows = [
        [nik, f"2499{at:07}", name, day, "01-03-2019", "31-12-2026", ""] for at, (nik, name, day) in enumerate(insured)
    ]
    rows += [
        [nik, f"2599{at:07}", name, day, "01-03-2019", "30-09-2024", ""] for at, (nik, name, day) in enumerate(lapsed)
    ]
    write_book(folder / "peserta.xlsx", [head, *rows])
    words = ["Padan", "Tidak Padan", "Tidak Ditemukan", "Meninggal"]
    results = [[nik, name, words[at % 3 + 1]] for at, (nik, name, _day) in enumerate(_example_people("RK509"))]
    results += [[row[0], row[1], words[0 if at % 40 else at // 40 % 4]] for at, row in enumerate(listed)]
    write_book(folder / "padan.xlsx", [["NIK", "Nama", "Hasil Pemadanan"], *results])
    senders = [["RT", "RW", "Kelurahan"], *([number, 1, "Umpamarejo"] for number in range(1, 12))]
    write_book(folder / "pengirim.xlsx", senders)


def _write_exceptions(path: Path) -> None:
    """Accept something of a person, prefer two of a category that is too many, and get a line wrong."""
    head = ["NIK", "Kode", "Alasan", "Oleh", "Tanggal"]
    signed = ["sudah dicek", "Siti Rekaan", "01-02-2025"]
    lines = [[person(5200 + number).nik, "RK508", *signed] for number in range(2)]
    lines += [[person(29 * number).nik, "RK501", *signed] for number in range(1, 9)]
    lines += [[person(300).nik, "RK999", *signed], [person(301).nik, "RK402", "", "", ""]]
    write_book(path, [head, *lines])
