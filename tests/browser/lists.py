"""300 small lists of invented people, with the mistakes that clerks meet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.desk.test_run import roster
from tests.helpers import REST_ROW

FILES = 300
_FIRST = ("Contoh", "Misal", "Rekaan", "Umpama", "Andaian", "Permisalan", "Karangan", "Bayangan", "Khayal", "Tiruan")
_LAST = ("Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Delapan", "Sembilan", "Sepuluh", "Sebelas", "Belas")


def person(number: int, nik: str | None = None) -> list[str]:
    """An invented person with a birth date, a NIK and a name of her own."""
    born = dt.date(1965, 1, 1) + dt.timedelta(days=11 * number)
    name = f"{_FIRST[number % 10]} {_LAST[number // 10 % 12]} {_LAST[number // 120 % 12]}"
    nik = nik or f"357101{born:%d%m%y}99{number % 100:02}"
    return [nik, name, f"{born:%d-%m-%Y}", "Pemulung", *REST_ROW]


def write_lists(folder: Path, count: int = FILES) -> None:
    """Write them, in two folders; one in ten has a short NIK, one in thirty repeats somebody of the list before."""
    for number in range(count):
        people = [person(2 * number), person(2 * number + 1)]
        if number % 10 == 3:
            people[1][0] = "357101"
            people[1][2] = "31-02-1980"
        if number % 30 == 5:
            people.append(person(2 * number - 1))
        if number % 50 == 7:
            people[0][7] = ""  # the form requires an address
        path = folder / f"Kelurahan {number % 2 + 1}" / f"RT {number + 1:03}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(roster(*people))
