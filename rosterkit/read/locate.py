"""Where in a sheet the roster is: header rows, columns, people, and what is left out and why. Never by position."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby, pairwise

from rosterkit.model import LeftOut, Row, Sheet, Skipped, Table
from rosterkit.read.headers import Target, Vocabulary, assign
from rosterkit.schema.spec import RosterSpec, plain

OWN_SHEET, OWN_COLUMN = "Hasil Periksa", "CATATAN ROSTERKIT"
_SEARCH = 80  # non-empty rows in which the header must be
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
_NUMBER = ("NO", "NOMOR", "NO URUT", "NOMOR URUT", "URUT", "NOURUT", "NR")
_FIRM = ("nik", "kk", "birth_date")  # fields that make a row a person beyond doubt


def locate(sheet: Sheet, spec: RosterSpec, vocabulary: Vocabulary) -> Table | Skipped:
    """Find the roster of a sheet.

    Returns:
        the table, or why there is none: ``own-sheet``, ``empty``, ``no-header``.
    """
    if sheet.name == OWN_SHEET:
        return Skipped(sheet.name, "own-sheet")
    if not any(any(cell != "" for cell in row) for row in sheet.rows):
        return Skipped(sheet.name, "empty")
    header = _find_header(sheet, vocabulary)
    if header is None:
        return Skipped(sheet.name, "no-header")
    rows, labels, given, duplicates = header
    given = _category_or_occupation(given, spec)
    columns = {part: column for column, target in given.items() for part in target.split("+")}
    counter = next((column for column, texts in labels.items() if plain(texts[0]) in _NUMBER), None)
    people, left_out = _people(sheet, rows, columns, labels, counter)
    return Table(
        sheet=sheet,
        header_rows=rows,
        columns=columns,
        labels={column: texts[1] for column, texts in labels.items()},
        joined=frozenset(part for target in given.values() if "+" in target for part in target.split("+")),
        duplicates=tuple((target, first, again) for target, first, again in duplicates),
        people=people,
        left_out=left_out,
        width=max(labels) + 1,
        counter=counter,
    )


Header = tuple[tuple[int, ...], dict[int, tuple[str, str]], dict[int, Target], list[tuple[Target, int, int]]]


def _find_header(sheet: Sheet, vocabulary: Vocabulary) -> Header | None:
    """The row, or two rows, whose texts are most clearly the names of fields."""
    best: Header | None = None
    best_score = 0.0
    seen = 0
    for number, row in enumerate(sheet.rows):
        if all(cell == "" for cell in row):
            continue
        seen += 1
        if seen > _SEARCH:
            break
        if sum(isinstance(cell, str) and cell != "" for cell in row) < 2:
            continue
        for rows in ((number,), (number, number + 1)):
            labels = _labels(sheet, rows)
            if labels is None:
                continue
            given, duplicates, score = assign(labels, vocabulary)
            fields = {part for target in given.values() for part in target.split("+")}
            if len(fields) < 2 or not fields & {"nik", "name"}:
                continue
            if score > best_score + (0.3 if len(rows) > 1 else 0.01):
                best, best_score = (rows, labels, given, duplicates), score
    return best


def _labels(sheet: Sheet, rows: tuple[int, ...]) -> dict[int, tuple[str, str]] | None:
    """Column -> what its header may be: the lowest text, all texts; None if this is no header."""
    if rows[-1] >= len(sheet.rows):
        return None
    texts = [[_text(cell) for cell in sheet.rows[row]] for row in rows]
    if len(rows) == 1:
        labels = {column: (text, text) for column, text in enumerate(texts[0]) if text}
        return labels if not any(_is_data(cell) for cell in sheet.rows[rows[0]]) else None
    upper, lower = texts
    if any(_is_data(cell) for row in rows for cell in sheet.rows[row]) or sum(map(bool, lower)) < 1:
        return None
    upper = _spread(sheet, rows[0], upper, lower)
    return {
        column: (low or up, " ".join(filter(None, (up, low))))
        for column, (up, low) in enumerate(zip(upper, lower, strict=True))
        if up or low
    }


def _spread(sheet: Sheet, row: int, upper: list[str], lower: list[str]) -> list[str]:
    """Let a group header stand above all its columns: by the merged cells, else as far as the gap below it goes."""
    spread = list(upper)
    ranges = [area for area in sheet.merged if area[0] <= row <= area[2] and area[3] > area[1]]
    for _top, first, _bottom, last in ranges:
        for column in range(first + 1, min(last + 1, len(spread))):
            spread[column] = spread[column] or upper[first]
    if not sheet.merged:
        for column in range(1, len(spread)):
            if not spread[column] and lower[column]:
                spread[column] = spread[column - 1] if lower[column - 1] else ""
    return spread


def _text(cell: object) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _is_data(cell: object) -> bool:
    """Whether a cell can only be data: a NIK, a text without letters, a large number."""
    if isinstance(cell, str):
        digits = _digits(cell)
        return digits >= 6 and (
            re.search("[A-Za-z]", cell) is None or (digits >= 12 and not re.search("[A-Za-z]{6}", cell))
        )
    return isinstance(cell, int | float) and abs(cell) >= 100_000


def _category_or_occupation(given: dict[int, Target], spec: RosterSpec) -> dict[int, Target]:
    """PEKERJAAN is the category where the programme has categories and no column claims it better."""
    if not spec.categories or "category" in given.values():
        return given
    return {column: "category" if target == "occupation" else target for column, target in given.items()}


def _people(
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
        if nik is not None and name is not None and row[name] != "" and _digits(row[nik]) >= 12:
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
        certain = any(_digits(row[column]) >= 8 or _is_date(row[column]) for column in firm)
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
            return None if len(own) >= 4 or (nik is not None and _digits(row[nik]) in range(12, 18)) else "signature"
        if len(own) == 1 and not certain:
            numbered = any(column < own[0] and _digits(row[column]) in range(1, 6) for column in filled)
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
    if nik is not None and _digits(row[nik]) in range(12, 18) and not any(text.startswith("NIP") for text in texts):
        return False
    strong = any(_SIGNATURE.match(text) for text in texts) or any(_PLACE_AND_DATE.match(text) for text in raw)
    if strong:
        return len(own) <= 2 and (not certain or any(text.startswith("NIP") for text in texts))
    return len(own) <= 1 and any(_OFFICE.match(text) for text in texts) and not certain


def _digits(cell: object) -> int:
    """How many digits a cell holds."""
    if isinstance(cell, str):
        return sum(map(str.isdigit, cell)) if cell else 0
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return 0
    return len(str(int(abs(cell)))) if cell == cell and abs(cell) < 1e300 else 0


def _is_number(cell: object) -> bool:
    return str(cell).strip(" .").replace(".", "").isdigit() and _digits(cell) < 6


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
