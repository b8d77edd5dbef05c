"""Reads values that stand in several columns, or in half of a cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from rosterkit.model.roster import Table
from rosterkit.read.goes_on import drop_headings, find_what_goes_on, join_below_one_header
from rosterkit.read.headers import Labels, Vocabulary
from rosterkit.read.outside import looks_like_nik
from rosterkit.read.row_layouts import derive_from_rows
from rosterkit.schema.spec import plain

_DAY, _MONTH, _YEAR = ("TGL", "TANGGAL", "HARI", "HR", "DAY"), ("BLN", "BULAN", "MONTH"), ("THN", "TAHUN", "TH", "YEAR")
_PLACE = ("TEMPAT", "TMPT", "TMP", "TPT", "PLACE")
_MALE, _FEMALE = ("L", "LK", "LAKI LAKI", "PRIA"), ("P", "PR", "PEREMPUAN", "WANITA")
_AGE = ("UMUR", "USIA", "AGE")
_MARKS = ("V", "X", "1", "TRUE", "YA", "Y", "\u221a", "\u2713", "\u2714")
_DIGITS, _MAX_PART = 16, 8  # of a NIK, and of a part of it in a cell of its own
_SUB_HEADER = 1.5  # more than the field of the heading above is worth
_NAME_PARTS = ("NAMA DEPAN", "NAMA TENGAH", "NAMA BELAKANG", "FIRST NAME", "MIDDLE NAME", "LAST NAME")
_TWO_NUMBERS = re.compile(r"^\D*(\d{16})\D+(\d{16})\D*$")
_NIK_AND_NAME = re.compile(r"(?<!\d)\d{16}(?!\d)")
_DATE = re.compile(r"\d[\d./ -]*\d{2}")


def derive_values(table: Table, labels: Labels, vocabulary: Vocabulary, unsure: Sequence[int]) -> Table:
    """Return a table with the values that its cells do not hold as they stand; ``unsure`` as in ``find_people``."""
    if not table.people:
        return table
    table = join_below_one_header(_part_place_and_date(table))
    for derive in (_join_nik, _join_date, _join_names, _read_sex_marks, _part_numbers, _part_name):
        table = derive(table, labels)
    table = _read_category_marks(table, labels, vocabulary)
    table = find_what_goes_on(table, unsure)
    return drop_headings(derive_from_rows(table, vocabulary, unsure))


def score_layout(labels: Labels, vocabulary: Vocabulary) -> float:
    """Return how much the lowest row of a header says of values in several columns."""
    found = [
        _find_neighbours(labels, _DAY, _MONTH, _YEAR) is not None,
        _find_neighbours(labels, _PLACE, _DAY) is not None,
        _find_neighbours(labels, _MALE, _FEMALE) is not None,
        sum(plain(texts[0]) in vocabulary.categories for texts in labels.values()) >= 2,
    ]
    return _SUB_HEADER * sum(found)


def _values(table: Table, column: int) -> list[object]:
    return [table.sheet.value(row, column) for row in table.people]


def _with_field(table: Table, field: str, column: int, values: Sequence[str]) -> Table:
    """Return a table with a field whose values are derived, one for each person; empty for none."""
    texts = {row: value for row, value in zip(table.people, values, strict=True) if value}
    columns = {**table.columns, field: column}
    return replace(table, columns=columns, derived={**table.derived, field: texts}, joined=table.joined - {field})


def _text(value: object) -> str:
    """Return a cell as a text; whole numbers without decimals."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _part_place_and_date(table: Table) -> Table:
    """Read place and date that stand in two columns below one heading."""
    column = table.columns.get("birth_date")
    if column is None or "birth_date" not in table.joined or column + 1 in table.labels:
        return table
    dates = [value for value in _values(table, column + 1) if value != ""]
    is_date = [hasattr(value, "year") or (isinstance(value, str) and _DATE.search(value)) for value in dates]
    has_digit = [re.search(r"\d", str(value)) for value in _values(table, column)]
    if not dates or not all(is_date) or any(has_digit) or len(dates) * 2 < len(table.people):
        return table
    labels = {**table.labels, column + 1: table.labels[column]}
    width = max(table.width, column + 2)
    joined = table.joined - {"birth_place", "birth_date"}
    columns = {**table.columns, "birth_date": column + 1}
    return replace(table, columns=columns, labels=labels, joined=joined, width=width)


def _find_neighbours(labels: Labels, *words: Sequence[str]) -> int | None:
    """Return the first of neighbouring columns whose lowest headers are one of the words each; None without any."""
    for column in sorted(labels):
        if all(
            column + offset in labels and plain(labels[column + offset][0]) in among
            for offset, among in enumerate(words)
        ):
            return column
    return None


def _join_nik(table: Table, labels: Labels) -> Table:
    """Read a NIK that stands in several columns below one header, a digit or a few in each.

    A number of several digits may have lost zeros in front: such parts are not joined.
    """
    first = table.columns.get("nik")
    if first is None or first not in labels or len(_text(table.sheet.value(table.people[0], first))) > _MAX_PART:
        return table
    count = 1
    while count < _DIGITS and labels.get(first + count, labels[first]) == labels[first]:
        count += 1
    parts = [[_digits(table.sheet.value(row, first + offset)) for offset in range(count)] for row in table.people]
    if any(part is None or len(part) > _MAX_PART for line in parts for part in line):
        return table
    niks = ["".join(filter(None, line)) for line in parts]
    if sum(len(nik) == _DIGITS for nik in niks) * 2 < len(niks):
        return table
    columns = range(first, first + count)
    table = replace(table, duplicates=tuple(pair for pair in table.duplicates if pair[2] not in columns))
    return _with_field(table, "nik", first, niks)


def _digits(value: object) -> str | None:
    """Return the digits of a part of a NIK; None where it is none, or may have lost a zero."""
    text = _text(value)
    if text and not (text.isascii() and text.isdigit()):
        return None
    return text if isinstance(value, str) or len(text) == 1 else None


def _join_date(table: Table, labels: Labels) -> Table:
    """Read a date of birth that stands in three columns: TGL, BLN, THN."""
    for order in ((_DAY, _MONTH, _YEAR), (_YEAR, _MONTH, _DAY)):
        first = _find_neighbours(labels, *order)
        if first is None:
            continue
        taken = table.columns.get("birth_date")
        if taken is not None and taken not in range(first, first + 3):
            continue
        parts = [[_text(value) for value in _values(table, first + offset)] for offset in range(3)]
        days = parts if order[0] is _DAY else parts[::-1]
        dates = ["-".join(date) if all(date) else "".join(date) for date in zip(*days, strict=True)]
        return _with_field(table, "birth_date", first, dates)
    return table


def _join_names(table: Table, labels: Labels) -> Table:
    """Read a name that stands in several columns: NAMA DEPAN, NAMA TENGAH, NAMA BELAKANG."""
    columns = [column for column, texts in sorted(labels.items()) if plain(texts[0]) in _NAME_PARTS]
    if len(columns) < 2 or table.columns.get("name", columns[0]) not in columns:
        return table
    parts = [[_text(value) for value in _values(table, column)] for column in columns]
    names = [" ".join(filter(None, name)) for name in zip(*parts, strict=True)]
    return _with_field(table, "name", columns[0], names)


def _is_marked(value: object) -> bool:
    return _text(value).upper() in _MARKS


def _is_age(value: object) -> bool:
    return re.fullmatch(r"\d{1,3}\s*(?:th|thn|tahun)?\.?", _text(value), re.IGNORECASE) is not None


def _is_mark_column(table: Table, column: int) -> bool:
    """Whether a column holds nothing but marks."""
    return all(value == "" or _text(value) in ("-", "0", "FALSE", "False") or _is_marked(value)
               for value in _values(table, column))  # fmt: skip


def _read_sex_marks(table: Table, labels: Labels) -> Table:
    """Read the sex from marks or ages in two columns, L and P; two of them are told as they stand."""
    first = _find_neighbours(labels, _MALE, _FEMALE)
    if first is None:
        return table
    is_mark = _is_age if set(_AGE).intersection(plain(labels[first][1]).split()) else _is_marked
    if is_mark is _is_marked and not all(_is_mark_column(table, column) for column in (first, first + 1)):
        return table
    marks = zip(*([is_mark(value) for value in _values(table, first + n)] for n in (0, 1)), strict=True)
    words = {(True, False): "L", (False, True): "P", (True, True): "L/P"}
    return _with_field(table, "sex", first, [words.get(pair, "") for pair in marks])


def _read_category_marks(table: Table, labels: Labels, vocabulary: Vocabulary) -> Table:
    """Read the category from marks in columns that are called after categories; two marks are two categories."""
    columns = [
        column
        for column, texts in sorted(labels.items())
        if plain(texts[0]) in vocabulary.categories and _is_mark_column(table, column)
    ]
    if len(columns) < 2 or table.columns.get("category", columns[0]) not in columns:
        return table
    marked = zip(*([_is_marked(value) for value in _values(table, column)] for column in columns), strict=True)
    words = [labels[column][0] for column in columns]
    values = [" / ".join(word for word, mark in zip(words, marks, strict=True) if mark) for marks in marked]
    return _with_field(table, "category", columns[0], values)


def _part_cells(table: Table, column: int, part: Callable[[str], tuple[str, str] | None]) -> list[tuple[str, str]]:
    """Return both halves of each cell of a column; none where a cell that is not empty has no two."""
    values = [_text(value) for value in _values(table, column)]
    parts = [part(value) if value else ("", "") for value in values]
    found = [pair for pair in parts if pair is not None]
    return found if len(found) == len(values) and any(map(any, found)) else []


def _part_numbers(table: Table, labels: Labels) -> Table:
    """Read NIK and KK number that stand in one cell, in the order of its header."""
    column = table.columns.get("nik", table.columns.get("kk"))
    if column is None or {"nik", "kk"} <= {*table.columns}:
        return table
    words = plain(labels[column][-1]).split() if column in labels else []
    if not {"NIK", "KTP"} & set(words) or not {"KK", "NKK"} & set(words):
        return table
    parts = _part_cells(table, column, lambda cell: (m[1], m[2]) if (m := _TWO_NUMBERS.match(cell)) else None)
    if not parts:
        return table
    nik_at = min(words.index(word) for word in ("NIK", "KTP") if word in words)
    kk_at = min(words.index(word) for word in ("KK", "NKK") if word in words)
    first, second = zip(*parts, strict=True)
    niks, kks = (first, second) if nik_at < kk_at else (second, first)
    return _with_field(_with_field(table, "nik", column, niks), "kk", column, kks)


def _part_name(table: Table, labels: Labels) -> Table:
    """Read name and NIK that stand in one cell."""
    column = table.columns.get("nik", table.columns.get("name"))
    if column is None or {"nik", "name"} <= {*table.columns}:
        return table

    def part(cell: str) -> tuple[str, str] | None:
        match = _NIK_AND_NAME.search(cell)
        rest = (cell[: match.start()] + cell[match.end() :]).strip(" \r\n\t/-:,;()") if match else ""
        is_name = bool(rest) and not re.search(r"\d", rest) and len(rest.splitlines()) == 1
        return (match[0], " ".join(rest.split())) if match and looks_like_nik(match[0]) and is_name else None

    parts = _part_cells(table, column, part)
    if not parts:
        return table
    niks, names = zip(*parts, strict=True)
    return _with_field(_with_field(table, "nik", column, niks), "name", column, names)
