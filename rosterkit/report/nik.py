"""What a NIK says of itself; whether it is registered only Dukcapil can tell. Layout: PP 37/2007 art. 37."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from rosterkit.data.regions import regions
from rosterkit.dates import DATE_FORMAT
from rosterkit.language import _
from rosterkit.report.facts import hide


def describe_nik(number: str, today: dt.date) -> Iterator[tuple[str, str]]:
    """Label and text of each thing that a number says, the number itself masked."""
    digits = "".join(letter for letter in number if letter not in " .-'")
    if not (len(digits) == 16 and digits.isascii() and digits.isdecimal()):
        yield _("NIK"), hide(digits)
        yield _("Salah"), _("harus 16 digit; ini {length}.").format(length=len(digits))
        return
    yield _("NIK"), hide(digits)
    yield from _place(digits)
    yield from _birth(digits, today)
    yield _("Nomor urut"), digits[12:] if digits[12:] != "0000" else _("0000 (tidak ada)")
    yield _("Catatan"), _("NIK tidak punya digit pemeriksa; benar tidaknya hanya Dukcapil yang tahu.")


def _place(digits: str) -> Iterator[tuple[str, str]]:
    table = regions()
    levels = ((2, _("Provinsi")), (4, _("Kab/kota")), (6, _("Kecamatan")))
    for length, label in levels:
        code = digits[:length]
        name = table.name(code) or _("tidak ada")
        if code in table.retired:
            name = _("{name} (kode lama, sudah diganti; NIK tetap berlaku)").format(name=name)
        if length == 2 and "01" <= code <= "10":
            name = _("tidak ada (nomor lama dari sebelum KTP elektronik)")
        yield label, f"{code} {name}"


def _birth(digits: str, today: dt.date) -> Iterator[tuple[str, str]]:
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    female = day > 40
    dates = []
    for century in (1900, 2000):
        try:
            dates.append(dt.date(century + year, month, day - 40 if female else day))
        except ValueError:
            continue
    dates = [date for date in dates if date <= today]
    shown = " / ".join(date.strftime(DATE_FORMAT) for date in dates)
    yield _("Tanggal lahir"), shown or _("tidak mungkin ({digits})").format(digits=digits[6:12])
    yield _("Jenis kelamin"), _("perempuan") if female else _("laki-laki")
