"""Who in the rows of a sheet is a person, and what the other rows are: titles, totals, signatures, notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby, pairwise

from rosterkit.model.cells import Row, Sheet
from rosterkit.model.roster import LeftOut
from rosterkit.schema.spec import plain

_TOTAL = re.compile(r"^(JUMLAH|TOTAL|SUB ?TOTAL|GRAND TOTAL|JML|REKAPITULASI|REKAP)\b")
_SIGNATURE = re.compile(
    r"^(MENGETAHUI|MENYETUJUI|DISETUJUI|HORMAT (KAMI|SAYA)|TTD|TANDA TANGAN|YANG MEMBUAT|DIBUAT OLEH|PEMBUAT DAFTAR"
    r"|PETUGAS (PENDATA|INPUT)|NIP\b|AN (WALIKOTA|LURAH|CAMAT)|A N (WALIKOTA|LURAH|CAMAT)|KEPALA (DINAS|KELURAHAN)"
    r"|LURAH\b|CAMAT\b|STEMPEL|VERIFIKATOR|CATATAN\b|KETERANGAN\b|NB\b|DEMIKIAN)"
)
_OFFICE = re.compile(r"^KETUA R[TW]\b")
_PLACE_AND_DATE = re.compile(
    r"^[A-Z .]{3,30}, *[0-9. ]{1,6}[ -][A-Z]{3,10}[ -]\d{4}$|^[A-Z .]{3,30}, *[.… ]+(20\d\d)?$"
)
_SECTION = re.compile(r"^(RT|RW|RUKUN|DUSUN|LINGKUNGAN|KELURAHAN|KEL|DESA|KECAMATAN|KEC|BLOK|KELOMPOK|LAMPIRAN)\b")
_FIRM = ("nik", "kk", "birth_date")  # fields that make a row a person beyond doubt
_DIGITS = frozenset(("", *"0123456789"))  # what a cell of the column NO mostly begins with
_EXAMPLE = ("CONTOH", "CTH", "MISAL")  # in the column NO: how a row is filled in, not a person


def find_people(
    sheet: Sheet,
    header: tuple[int, ...],
    columns: dict[str, int],
    labels: dict[int, tuple[str, str]],
    counter: int | None,
) -> tuple[tuple[int, ...], tuple[LeftOut, ...]]:
    """Tell the people from everything else in the rows of a sheet."""
    reasons: list[tuple[int, str]] = [(row, "title") for row in range(header[0]) if _filled(sheet.rows[row])]
    people: list[int] = []
    judge = _judge(columns, labels, counter)
    closing = False
    start = header[-1] + 1
    nik, name = columns.get("nik", 0), columns.get("name", 0)
    for number, row in enumerate(sheet.rows[start:], start):
        if counter is not None and (no := row[counter]).__class__ is str and no[:1] not in _DIGITS and _is_example(no):
            reasons.append((number, "example"))
            continue
        if nik != name and (cell := row[nik]).__class__ is str and len(cell) == 16 and cell.isdigit() and row[name]:
            closing = False  # by far the most rows: a NIK and a name
            people.append(number)
            continue
        reason = judge(row, number == start or not people, closing)
        closing = reason == "signature" or (closing and reason is not None and reason != "repeated-header")
        if reason is None:
            people.append(number)
        else:
            reasons.append((number, reason))
    return tuple(people), tuple(_ranges(reasons))


def _judge(
    columns: dict[str, int], labels: dict[int, tuple[str, str]], counter: int | None
) -> Callable[[Row, bool, bool], str | None]:
    """A function that says why a row is no person (None: it is one)."""
    firm = [columns[field] for field in _FIRM if field in columns]
    nik, name = columns.get("nik"), columns.get("name")
    fields = sorted(set(columns.values()))
    others = [column for column in fields if column not in (nik, name)]
    heads = [(column, plain(labels[column][0])) for column in fields if column in labels]

    def judge(row: Row, first: bool, closing: bool) -> str | None:
        # The common case first: something long in the NIK column and a name.
        if nik is not None and name is not None and row[name] != "" and count_digits(row[nik]) >= 12:
            text = row[nik]
            if not (isinstance(text, str) and text.lstrip()[:3].upper() == "NIP"):
                return None
        filled = [
            column for column, cell in enumerate(row) if cell != "" and (cell.__class__ is not str or cell.strip())
        ]
        if not filled:
            return "blank"
        if first and len(filled) > 1 and _is_numbering([row[column] for column in filled]):
            return "numbering"
        texts = [plain(row[column]) for column in filled if isinstance(row[column], str)]
        if (
            sum(
                column < len(row) and isinstance(row[column], str) and plain(row[column]) == head
                for column, head in heads
            )
            >= 2
        ):
            return "repeated-header"
        own = [column for column in fields if column in filled]
        if not own and all(_is_number(row[column]) for column in filled):
            return "blank"  # numbered in advance, nobody in it
        if counter in filled and name in own and len(own) > 1 and _is_number(row[counter or 0]):
            return None  # numbered, named and something more, whatever the name looks like
        certain = any(count_digits(row[column]) >= 8 or _is_date(row[column]) for column in firm)
        if any(_TOTAL.match(text) for text in texts) and not certain:
            return "total"
        raw = [" ".join(row[column].upper().split()) for column in filled if isinstance(row[column], str)]
        if _closes(texts, raw, row, nik, certain, own):
            return "signature"
        if not own:
            return "signature" if closing else "note"
        if certain and not closing:
            return None
        if closing:
            return (
                None if len(own) >= 4 or (nik is not None and count_digits(row[nik]) in range(12, 18)) else "signature"
            )
        if len(own) == 1 and not certain:
            numbered = any(column < own[0] and count_digits(row[column]) in range(1, 6) for column in filled)
            only = row[own[0]]
            if own[0] in (nik, name) and numbered:
                return None
            if isinstance(only, str) and _SECTION.match(plain(only)):
                return "note"
            return None if own[0] in (nik, name) and not first else "note"
        return None if others or len(own) > 1 else "note"

    return judge


def _closes(
    texts: Sequence[str], raw: Sequence[str], row: Row, nik: int | None, certain: bool, own: Sequence[int]
) -> bool:
    """Whether a row begins the block of signatures."""
    if (
        nik is not None
        and count_digits(row[nik]) in range(12, 18)
        and not any(text.startswith("NIP") for text in texts)
    ):
        return False
    strong = any(_SIGNATURE.match(text) for text in texts) or any(_PLACE_AND_DATE.match(text) for text in raw)
    if strong:
        return len(own) <= 2 and (not certain or any(text.startswith("NIP") for text in texts))
    return len(own) <= 1 and any(_OFFICE.match(text) for text in texts) and not certain


def count_digits(cell: object) -> int:
    """How many digits a cell holds."""
    if isinstance(cell, str):
        return sum(map(str.isdigit, cell)) if cell else 0
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return 0
    return len(str(int(abs(cell)))) if cell == cell and abs(cell) < 1e300 else 0


def _is_example(cell: str) -> bool:
    return plain(cell) in _EXAMPLE


def _is_number(cell: object) -> bool:
    return str(cell).strip(" .").replace(".", "").isdigit() and count_digits(cell) < 6


def _is_date(cell: object) -> bool:
    return hasattr(cell, "year")


def _filled(row: Row) -> bool:
    return any(cell != "" for cell in row)


def _is_numbering(cells: Sequence[object]) -> bool:
    """Whether cells only count the columns: 1 2 3, (1) (2) (3), a b c."""
    words = [str(int(cell)) if isinstance(cell, float) else str(cell).strip(" ()[].") for cell in cells]
    if all(word.isdigit() and len(word) <= 2 for word in words):
        numbers = [int(word) for word in words]
        return all(a < b for a, b in pairwise(numbers)) and numbers[-1] - numbers[0] < 3 * len(numbers)
    return len(words) > 2 and all(len(word) == 1 and word.isalpha() for word in words) and words == sorted(words)


def _ranges(reasons: Iterable[tuple[int, str]]) -> Iterable[LeftOut]:
    """Neighbouring rows with the same reason as one range."""
    for (reason, _), group in groupby(enumerate(reasons), key=lambda item: (item[1][1], item[1][0] - item[0])):
        rows = [row for _, (row, _) in group]
        yield LeftOut(rows[0], rows[-1], reason)
