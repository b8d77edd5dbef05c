"""What happens to a roster between its people: blanks, headers, totals, titles, merges, strikes, anywhere."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.fuzz.rosters import CATEGORIES, Page, draw_person

Change = Callable[[random.Random, Page], None]
TITLES = [["DAFTAR CALON PESERTA"], ["KELURAHAN", ": UMPAMAREJO"], ["PEMERINTAH KOTA CONTOH"], ["RT 03 RW 01"],
          ["Nama Ketua RT", "Umpama Ketua"]]  # fmt: skip
ENDS = [["", "Mengetahui"], ["", "Ketua RT 03"], ["", "Kediri, 2 Januari 2025"], ["Catatan: sudah diperiksa"],
        ["", "UMPAMA KETUA"]]  # fmt: skip


def insert(chance: random.Random, page: Page, row: list[object], first: int = 1) -> None:
    page.rows.insert(chance.randint(min(first, len(page.rows)), len(page.rows)), list(row))


def blanks(chance: random.Random, page: Page) -> None:
    for _ in range(chance.choice([1, 1, 3, 40])):
        insert(chance, page, chance.choice([[], ["", " "], [""] * page.width]), 0)


def header_again(chance: random.Random, page: Page) -> None:
    insert(chance, page, page.rows[0])


def total(chance: random.Random, page: Page) -> None:
    row: list[object] = [chance.choice(["JUMLAH", "Total", "Jumlah orang", "TOTAL :"])]
    insert(
        chance,
        page,
        [*[""] * chance.choice([0, 1]), *row, *[""] * chance.choice([0, 3]), chance.choice([7, "7", 12.5])],
    )


def title(chance: random.Random, page: Page) -> None:
    for row in chance.sample(TITLES, chance.randint(1, 3)):
        page.rows.insert(0, list(row))


def ending(chance: random.Random, page: Page) -> None:
    page.rows += [[], *(list(row) for row in chance.sample(ENDS, chance.randint(1, 3)))]


def sign_inside(chance: random.Random, page: Page) -> None:
    insert(chance, page, list(chance.choice([*ENDS, *TITLES])))


def category_row(chance: random.Random, page: Page) -> None:
    insert(chance, page, [*[""] * chance.choice([0, 1]), chance.choice(CATEGORIES).upper()])


def numbers_below(chance: random.Random, page: Page) -> None:
    page.rows.insert(1, [float(n) if chance.random() < 0.9 else f"({n})" for n in range(1, len(page.rows[0]) + 1)])


def hints_below(chance: random.Random, page: Page) -> None:
    page.rows.insert(1, [chance.choice(["16 angka", "sesuai KTP", "", "dd-mm-yyyy", "L / P"]) for _ in page.rows[0]])


def two_rows_of_header(chance: random.Random, page: Page) -> None:
    above = ["" if chance.random() < 0.6 else "DATA PEKERJA" for _ in page.rows[0]]
    page.rows.insert(0, above)


def empty_column(chance: random.Random, page: Page) -> None:
    at = chance.randint(0, page.width)
    page.rows = [[*row[:at], *([""] if len(row) >= at else []), *row[at:]] for row in page.rows]


def list_below(chance: random.Random, page: Page) -> None:
    people = [draw_person(n) for n in chance.sample(range(900, 1300), 3)]
    rows: list[list[object]] = [["NO", "NO KTP", "NAMA", "TGL LAHIR"]]
    rows += [[n, p.nik, p.name, f"{p.birth:%d-%m-%Y}"] for n, p in enumerate(people, 1)]
    page.people += people
    page.rows += [*[[] for _ in range(chance.randint(0, 3))], *rows]


def list_beside(chance: random.Random, page: Page) -> None:
    people = [draw_person(n) for n in chance.sample(range(900, 1300), 3)]
    rows = [["NO KTP", "NAMA", "TGL LAHIR"], *([p.nik, p.name, f"{p.birth:%d-%m-%Y}"] for p in people)]
    page.people += people
    width = page.width + chance.randint(0, 2)
    for number, more in enumerate(rows):
        if number == len(page.rows):
            page.rows.append([])
        page.rows[number] = [*page.rows[number], *[""] * (width - len(page.rows[number])), *more]


def stray_cells(chance: random.Random, page: Page) -> None:
    for _ in range(chance.randint(1, 4)):
        row, column = chance.randint(0, len(page.rows) + 3), chance.randint(0, page.width + 3)
        while row >= len(page.rows):
            page.rows.append([])
        cells = page.rows[row]
        cells += [""] * (column + 1 - len(cells))
        if cells[column] == "":
            cells[column] = chance.choice(["ok", "v", 1.0, "lihat bawah", "L", True, "3571", "=A1", "#N/A"])


def merges(chance: random.Random, page: Page) -> None:
    """Merged areas anywhere; the covered cells are empty, as Excel leaves them, or not, as other programs do."""
    taken: set[tuple[int, int]] = set()
    for _ in range(chance.randint(1, 4)):
        top, left = chance.randint(0, len(page.rows) + 1), chance.randint(0, page.width + 1)
        bottom, right = top + chance.choice([0, 0, 1, 2, 5]), left + chance.choice([0, 0, 0, 1, 3])
        area = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        if len(area) > 1 and not area & taken:
            taken |= area
            page.merged.append((top, left, bottom, right))


def clear_covered(chance: random.Random, page: Page) -> None:
    """Merge the cells of a column below each other; only the first keeps its value. Never the names."""
    columns = [at for at, text in enumerate(page.rows[0]) if "NAMA" not in str(text).upper()]
    if not columns or len(page.rows) < 3:
        return
    column, top = chance.choice(columns), chance.randint(1, len(page.rows) - 2)
    bottom = chance.randint(top + 1, len(page.rows) - 1)
    for row in page.rows[top + 1 : bottom + 1]:
        if column < len(row):
            row[column] = ""
    page.merged.append((top, column, bottom, column))


def strikes(chance: random.Random, page: Page) -> None:
    row = chance.randrange(len(page.rows))
    columns = range(page.width) if chance.random() < 0.5 else chance.sample(range(page.width), 1)
    page.struck |= {(row, column) for column in columns}


def hidden_rows(chance: random.Random, page: Page) -> None:
    page.hidden |= {chance.randrange(len(page.rows)) for _ in range(2)}


INSERTS: list[Change] = [
    header_again, numbers_below, hints_below, total, blanks, sign_inside, category_row, two_rows_of_header, ending,
    list_below, list_beside, title, empty_column, stray_cells,
]  # fmt: skip # in this order, as some look at the header in the first row
MARKS: list[Change] = [merges, strikes, hidden_rows]


def lay_out(chance: random.Random, pages: list[Page]) -> list[str]:
    """Change pages; return the names of what was done."""
    done = []
    for page in pages:
        if chance.random() < 0.15:
            clear_covered(chance, page)
            done.append("clear_covered")
            continue
        chosen = [change for change in INSERTS if chance.random() < 0.15]
        chosen += [change for change in MARKS if chance.random() < 0.2]
        for change in chosen:
            change(chance, page)
            done.append(change.__name__)
    return done
