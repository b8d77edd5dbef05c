"""The lists that senders of the city hand in: layouts, levels, people who stand there again, files that are broken."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from pathlib import Path

from rosterkit.schema.spec import RosterSpec
from rosterkit.write.books.form import write_form
from tests.city.people import HEADERS, VILLAGES, Person, person, spoil
from tests.corpus.broken import encrypted, truncated
from tests.fuzz.rosters import Page
from tests.fuzz.writers import write_csv, write_html, write_ods, write_xls, write_xlsx
from tests.helpers import load

LISTS = 158  # of RT heads
PEOPLE = 11  # of each
FIRST = 13  # lists that were there a month ago; the last one has somebody of another one
_SPOILED = 0.12  # of the people
_FIELDS = [*HEADERS]
_BARE = ["nik", "name", "birth", "category"]


def write_lists(folder: Path, chance: random.Random) -> None:
    """Write the lists of RT heads; every twelfth person or so is written in a hurry."""
    for number in range(LISTS):
        write_list(folder, chance, number, people_of(number))


def people_of(number: int) -> list[Person]:
    """The people of a list; the last one of some lists stands in another one, too: as she is, or nearly."""
    people = [person(number * PEOPLE + at) for at in range(PEOPLE)]
    again = person((number + 40) % LISTS * PEOPLE + 4)
    if number == FIRST - 1:
        return [*people[:-1], person(2 * PEOPLE + 4)]
    kinds = {
        3: again,
        5: again.with_nik(f"{again.nik[:15]}{(int(again.nik[15]) + 1) % 10}"),
        7: again.with_nik(f"{again.nik[:12]}9988"),
    }
    return [*people[:-1], kinds.get(number % 10, people[-1])]


def write_list(folder: Path, chance: random.Random, number: int, people: Sequence[Person]) -> None:
    """Write a list as its sender lays it out; those of the first month are plain."""
    fields = _FIELDS if number < FIRST or number % 5 else _BARE
    if number % 4 == 1:
        fields = [*fields[:1], *chance.sample(fields[1:], len(fields) - 1)]
    page = Page(f"RT {number % 9 + 1:02}", [[chance.choice(HEADERS[name]) for name in fields]])
    for place, one in enumerate(people, 1):
        cells = one.cells(fields, place)
        if number >= FIRST and chance.random() < _SPOILED:
            spoil(chance, cells, fields)
        page.rows.append(cells)
    if number % 3 == 0:
        title = f"RT {number % 9 + 1:03} RW {number % 5 + 1:03} KELURAHAN {VILLAGES[number % 3].upper()}"
        page.rows[:0] = [["DAFTAR USULAN PEKERJA RENTAN"], [title], []]
        page.rows += [[], ["", f"Jumlah: {len(people)} orang"], ["", "Mengetahui"]]
    if number < FIRST:  # under the same name as a month ago
        write_xlsx(chance, folder / f"Daftar {number:03}.xlsx", [page])
    else:
        write_page(folder / f"Daftar {number:03}", chance, [page])


def write_page(base: Path, chance: random.Random, pages: list[Page]) -> None:
    """Write pages as a file of some kind: mostly workbooks of Excel."""
    kind = chance.choice(["xlsx"] * 40 + ["csv"] * 6 + ["xls", "html", "ods"])
    path = base.with_name(f"{base.name}.{'xls' if kind == 'html' else kind}")
    if kind == "xlsx":
        write_xlsx(chance, path, pages)
    elif kind == "csv":
        write_csv(chance, path, pages[0])
    else:
        {"xls": lambda *_: write_xls(path, pages), "html": write_html, "ods": write_ods}[kind](chance, path, pages)


def write_levels(folder: Path, chance: random.Random) -> None:
    """Lists on their way: of RT heads, and those of the kelurahan, who have most of them checked."""
    for number in range(12):
        people = [person(4000 + number * 8 + at) for at in range(8)]
        (folder / "1-rt").mkdir(exist_ok=True)
        write_list(folder / "1-rt", chance, 500 + number, people)
    (folder / "2-kelurahan").mkdir()
    for number, village in enumerate(VILLAGES):
        pages = []
        for rt in range(4):
            first = 4000 + (number * 4 + rt) * 8
            rows = [person(first + at).cells(_FIELDS, at + 1) for at in range(7)]  # one of each has not come through
            pages.append(Page(f"RT {rt + 1:02}", [[HEADERS[name][0] for name in _FIELDS], *rows]))
        write_xlsx(chance, folder / "2-kelurahan" / f"Kelurahan {village}.xlsx", pages)


def send_again(folder: Path, chance: random.Random) -> None:
    """Lists that come twice: the same file, a revision, one with somebody more under another name."""
    lists = sorted(folder.glob("Daftar *"))
    for path in lists[20:30]:
        shutil.copy(path, path.with_name(f"{path.stem} (1){path.suffix}"))
    for number in range(30, 40):
        people = [*people_of(number)[: PEOPLE - 1 - number % 2], person(5000 + number)]  # of some one is gone
        fixed = Page("RT", [[HEADERS[name][0] for name in _FIELDS]])
        fixed.rows += [one.cells(_FIELDS, place) for place, one in enumerate(people, 1)]
        write_xlsx(chance, folder / f"Daftar {number:03} revisi.xlsx", [fixed])
    for number in range(60, 66):
        write_list(folder, chance, 700 + number, [*people_of(number), person(5100 + number)])


def fill_forms(folder: Path, spec: RosterSpec) -> None:
    """Forms of ours, filled by hand below their example."""
    labels = {"NIK": "nik", "Nama": "name", "Tanggal lahir": "birth", "Kategori": "category", "RT": "rt"}
    for number in range(2):
        path = folder / f"Formulir {number}.xlsx"
        write_form(path, spec, spec.name, {"rt": "003", "kelurahan": "Contohrejo"}, None, 12)
        book = load(path)
        page = book["DAFTAR"]
        (head,) = (row for row in page.iter_rows(max_row=20) if row[0].value == "NO")
        columns = {labels[cell.value]: cell.column for cell in head if cell.value in labels}
        for place in range(5):
            cells = person(5400 + number * 5 + place).cells([*columns], place + 1)
            for column, value in zip(columns.values(), cells, strict=True):
                page.cell(head[0].row + 2 + place, column).value = value
        book.save(path)


def write_troubles(folder: Path) -> None:
    """Files that cannot be read, or hold nobody."""
    for number in range(3):
        truncated(folder / f"terpotong {number}.xlsx")
    encrypted(folder / "rahasia.xlsx")
    (folder / "rusak.xlsx").write_bytes(b"PK\x03\x04 and no more")
    (folder / "kosong.csv").write_bytes(b"")
    (folder / "rapat.csv").write_text("Rapat,Hadir\nSenin,3\n", encoding="utf-8")
    (folder / "foto KTP.jpg").write_bytes(b"no list")


def write_crowd(folder: Path, chance: random.Random) -> None:
    """One person in fifteen lists, and a category of which there are more than its quota."""
    for number in range(15):
        people = [person(5200 + number), person(5300)]
        rows = [[*one.cells(_FIELDS, place)] for place, one in enumerate(people, 1)]
        rows[0][_FIELDS.index("category")] = "Ojek"
        page = Page("RT", [[HEADERS[name][0] for name in _FIELDS], *rows])
        write_xlsx(chance, folder / f"pangkalan {number:02}.xlsx", [page])
