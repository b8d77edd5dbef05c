"""Draws rosters of invented people as senders lay them out, as pages of cells."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

HEADERS = {
    "no": ["NO", "No.", "NO URUT"],
    "nik": ["NIK", "No. KTP", "Nomor Induk Kependudukan", "NIK (16 Digit)", "NO KTP"],
    "name": ["Nama", "NAMA LENGKAP", "Nama Penerima", "NAMA PEKERJA", "Nama\nLengkap"],
    "place": ["Tempat Lahir", "TEMPAT LAHIR", "TMP LAHIR"],
    "birth": ["Tanggal Lahir", "TGL LAHIR", "TGL_LHR", "Tgl. Lahir"],
    "sex": ["JK", "L/P", "Jenis Kelamin"],
    "category": ["Kategori", "KATEGORI", "Jenis Pekerjaan", "PEKERJAAN"],
    "mother": ["Nama Ibu Kandung", "NAMA IBU KANDUNG", "NAMA IBU"],
    "address": ["Alamat", "ALAMAT KTP"],
    "rt": ["RT"],
    "phone": ["No HP", "NO. HP/WA"],
    "remark": ["Ket", "KETERANGAN"],
}
NEEDED = ("nik", "name", "place", "birth", "sex", "category", "mother", "address")
CATEGORIES = ["Pemulung", "Tukang becak", "Buruh tani", "Ojek", "Ketua RT", "Kader posyandu"]
PLACES = ["Kediri", "Blitar", "Kab. Kediri", "Nganjuk"]
ODD_NIKS: list[Callable[[str], object]] = [
    lambda nik: nik[:15], lambda nik: nik + "1", float, lambda nik: f"'{nik}", lambda nik: f"{nik}.0",
    lambda nik: f"{nik[:6]}.{nik[6:12]}.{nik[12:]}", lambda nik: f" {nik}\u00a0", lambda nik: nik.replace("0", "O"),
    lambda nik: "", lambda nik: "-",
    lambda nik: f"NIK: {nik}",
]  # fmt: skip
ODD_DATES: list[Callable[[dt.date], object]] = [
    lambda day: day, lambda day: f"{day:%d/%m/%Y}", lambda day: f"{day:%d.%m.%y}", lambda day: f"{day:%Y-%m-%d}",
    lambda day: "31-02-1985", lambda day: "", lambda day: float((day - dt.date(1899, 12, 30)).days),
    lambda day: f"{day:%Y}",
]  # fmt: skip
REMARKS = ["", "", "", "sakit", "pindah", "meninggal", "KTP Kediri", "x", "-", "TMS"]
_VOWELS, _CONSONANTS = "aeiou", "bdgklmnprst"


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person; ``word`` stands in no other name."""

    nik: str
    word: str
    birth: dt.date
    sex: str

    @property
    def name(self) -> str:
        return f"Contoh {self.word}"


@dataclass(slots=True)
class Page:
    """A sheet as it is written."""

    name: str
    rows: list[list[Any]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # first row and column, last row and column
    struck: set[tuple[int, int]] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)  # rows
    people: list[Person] = field(default_factory=list)

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=1)


def draw_person(number: int) -> Person:
    """Return the invented person of a number below 1,300."""
    sex = "LP"[number % 2]
    birth = dt.date(1965 + number % 30, number % 12 + 1, number % 28 + 1)
    day = birth.day + 40 * (sex == "P")
    nik = f"3571{number % 3 + 1:02}{day:02}{birth:%m%y}{9900 + number % 100}"
    letters, rest = "", number
    for _ in range(3):
        rest, consonant = divmod(rest, len(_CONSONANTS))
        letters += _CONSONANTS[consonant] + _VOWELS[(number + len(letters)) % 5]
    return Person(nik, letters.capitalize() + "q", birth, sex)


def draw_pages(chance: random.Random, odd: float = 0.1) -> list[Page]:
    """Return one to three pages, each with a header and people; a share of the cells is written oddly."""
    count = chance.choice([1, 1, 1, 1, 2, 3])
    numbers = chance.sample(range(900), 24)
    pages = []
    fields = draw_fields(chance)
    for number in range(count):
        group = [draw_person(n) for n in numbers[number * 8 : number * 8 + chance.randint(1, 8)]]
        if chance.random() < 0.3:
            fields = draw_fields(chance)
        head = [chance.choice(HEADERS[name]) for name in fields]
        body = [draw_row(chance, at, person, fields, odd) for at, person in enumerate(group, 1)]
        pages.append(Page(f"RT {number + 1:02}", [head, *body], people=group))
    return pages


def draw_fields(chance: random.Random) -> list[str]:
    """Return the columns of a list: all that are needed, some others, mostly in the usual order."""
    more = [name for name in HEADERS if name not in NEEDED and chance.random() < 0.5]
    fields = [name for name in HEADERS if name in NEEDED or name in more]
    if chance.random() < 0.3:
        chance.shuffle(fields)
    return fields


def draw_row(chance: random.Random, number: int, person: Person, fields: list[str], odd: float) -> list[Any]:
    """Return the cells of a person."""
    is_odd = chance.random() < odd or number == 1  # one of each page is wrong, so that there is a copy
    values: dict[str, Any] = {
        "no": chance.choice([number, float(number), str(number)]),
        "nik": chance.choice(ODD_NIKS)(person.nik) if is_odd else person.nik,
        "name": person.name,
        "place": chance.choice(PLACES),
        "birth": chance.choice(ODD_DATES)(person.birth) if chance.random() < odd else f"{person.birth:%d-%m-%Y}",
        "sex": person.sex,
        "category": chance.choice(CATEGORIES),
        "mother": "Contoh Ibu",
        "address": f"Jl. Contoh {number}",
        "rt": chance.choice(["001", 1, "RT 01", ""]),
        "phone": "081200009901",
        "remark": chance.choice(REMARKS) if chance.random() < 2 * odd else "",
    }
    return [values[name] for name in fields]
