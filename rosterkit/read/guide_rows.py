"""Tells the rows below a header that guide who fills it in: numbers of columns, hints."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rosterkit.schema.spec import plain

_HINT = re.compile(
    r"^(SESUAI|DIISI|PILIH|DIAWALI|ISI|WAJIB|CONTOH|FORMAT|DD|HH|TGL BLN|KOTA KAB|KAB KOTA|L P|\d{1,2} (ANGKA|DIGIT))\b"
)
EXAMPLE_NAME, EXAMPLE_NIK_END = "Contoh Satu", "0101859901"  # of the example in our forms; a kecamatan stands before
_EXAMPLE_WORDS = (
    "CONTOH",
    "CTH",
    "MISAL",
    "CONTOH PENGISIAN",
    "CONTOH ISIAN",
    "CONTOH PENULISAN",
)  # in the column NO: the row shows how to fill in the form


def is_example_word(cell: object) -> bool:
    """Whether a cell of the column NO says that its row shows how to fill in a form."""
    return isinstance(cell, str) and plain(cell) in _EXAMPLE_WORDS


def is_form_example(nik: object, name: object) -> bool:
    """Whether NIK and name are those of the example in our forms."""
    return str(nik).strip().endswith(EXAMPLE_NIK_END) and plain(str(name)) == EXAMPLE_NAME.upper()


def count_digits(cell: object) -> int:
    """Return the number of digits in a cell; 0 for dates and other values."""
    if isinstance(cell, str):
        return sum(map(str.isdecimal, cell)) if cell else 0
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return 0
    return len(str(int(abs(cell)))) if cell == cell and abs(cell) < 1e300 else 0


def is_hint(cells: Sequence[object]) -> bool:
    """Whether cells say how to fill in the columns: "16 angka", "sesuai KTP", "dd-mm-yyyy"."""
    hints = sum(isinstance(cell, str) and _HINT.match(plain(cell)) is not None for cell in cells)
    return hints >= 2 and hints * 2 >= len(cells) and not any(count_digits(cell) >= 6 for cell in cells)


def is_numbering(cells: Sequence[object]) -> bool:
    """Whether cells number the columns: 1 2 3, (1) (2) (3), a b c."""
    words = [str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell) for cell in cells]
    words = [word.strip(" ()[].-") for word in words]
    if all(word.isdecimal() and len(word) <= 2 for word in words):
        numbers = [int(word) for word in words]
        return all(a < b for a, b in pairwise(numbers)) and numbers[-1] - numbers[0] < 3 * len(numbers)
    return len(words) > 2 and all(len(word) == 1 and word.isalpha() for word in words) and words == sorted(words)


def is_number(cell: object) -> bool:
    """Whether a cell holds a number such as a row has in the column NO."""
    return str(cell).strip(" .").replace(".", "").isdecimal() and count_digits(cell) < 6


def is_date(cell: object) -> bool:
    """Whether a cell is a date, as Excel knows it."""
    return hasattr(cell, "year")
