"""Metamorphic properties over every golden roster: whatever is laid around a list, nobody is lost or mixed up.

What is added is what people add: blank rows, letterheads, empty columns, other tables, other sheets. A person may be
asked about (RK112, RK114 and RK103 hold or tell), but never be read with what is another's, or vanish.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from rosterkit.check.judge import judge
from rosterkit.frame.stack import stack
from rosterkit.model.cells import Sheet, Workbook
from rosterkit.model.report import ReadFile
from rosterkit.model.roster import Skipped, Table
from rosterkit.read.tables import locate_all
from rosterkit.read.workbook import read_workbook
from rosterkit.rules.context import Context
from rosterkit.schema.find import shipped_names
from rosterkit.schema.load import load_roster
from rosterkit.schema.spec import FIELDS, RosterSpec
from tests.golden.books import BOOKS
from tests.helpers import EXAMPLES, ROOT, TODAY
from tests.properties.additions import CHANGES, CODES, LIST, RECAP
from tests.properties.rearrange import add_below

pytestmark = pytest.mark.slow

OTHERS, TEXTS = {str(row[1]) for row in LIST[1:]}, {str(cell) for row in LIST for cell in row}
Person = tuple[tuple[str, str], ...]  # field and text, of all fields that have one


class Book(NamedTuple):
    """A golden workbook as it is."""

    name: str
    spec: RosterSpec
    workbook: Workbook
    tables: Sequence[Table]
    people: Counter[Person]


def book_of(name: str, spec: RosterSpec, path: Path) -> Book:
    workbook = read_workbook(path)
    tables, _skipped = locate_all(workbook, spec)
    return Book(name, spec, workbook, tables, people_of(tables))


@cache
def golden() -> tuple[Book, ...]:
    """Every input file of the samples, and the golden workbooks whose cells differ."""
    found = []
    for schema in shipped_names("rosters"):
        spec = load_roster(schema)
        files = sorted((ROOT / "samples" / schema / "masuk").iterdir())
        found += [book_of(f"{schema}/{path.name}", spec, path) for path in files]
    return tuple(found)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> list[Book]:
    folder, spec = tmp_path_factory.mktemp("books"), load_roster("kediri-2025")
    found: dict[str, Book] = {}
    for name, build in BOOKS.items():
        build(folder / f"{name}.xlsx")
        book = book_of(name, spec, folder / f"{name}.xlsx")
        found.setdefault(str([(sheet.rows, sheet.merged) for sheet in book.workbook.sheets]), book)
    return [*golden(), *found.values()]


def people_of(tables: Sequence[Table]) -> Counter[Person]:
    """Everybody who was read, with the raw texts of her fields."""
    if not tables:
        return Counter()
    frame = stack([(0, replace(table, number=number)) for number, table in enumerate(tables)])
    fields = [(field, f"{field}_raw") for field in FIELDS]
    return Counter(tuple((field, row[raw]) for field, raw in fields if row[raw]) for row in frame.iter_rows(named=True))


def changed(workbook: Workbook, tables: Sequence[Table], *names: str) -> Workbook:
    """A workbook with its first sheet of a roster changed."""
    first = next(table.sheet.name for table in tables)
    sheets = list(workbook.sheets)
    for name in names:
        number = next(number for number, sheet in enumerate(sheets) if sheet.name == first)
        sheets[number] = CHANGES[name](sheets[number], [table for table in tables if table.sheet.name == first])
    return replace(workbook, sheets=tuple(sheets))


def niks_told(tables: Sequence[Table], skipped: Sequence[Skipped]) -> set[str]:
    return {nik for sheet in (*tables, *skipped) for region in sheet.outside for nik in region.niks}


def is_asked(tables: Sequence[Table]) -> bool:
    """Whether a question (RK103, RK114) holds a table."""
    return any(table.rivals or table.duplicates or table.apart for table in tables)


def complaints(
    before: Counter[Person], tables: Sequence[Table], skipped: Sequence[Skipped], added: Sequence[object] = ()
) -> list[str]:
    """Who of a workbook was lost without a word or read with what is not hers, after it was changed."""
    after, told = people_of(tables), niks_told(tables, skipped)
    read = Counter(dict(person).get("nik") for person in after.elements())
    found = [f"twice: {nik}" for nik in OTHERS if read[nik] > 1]
    if is_asked(tables):
        return found
    found += [f"lost or changed: {dict(person)}" for person in before - after if dict(person).get("nik") not in told]
    for values in map(dict, after - before):
        if values.get("nik") in OTHERS and not {*values.values()} <= TEXTS:
            found.append(f"another's value: {values}")
    return found + [f"not read, not told: {nik}" for nik in added if not read[str(nik)] and nik not in told]


@pytest.mark.random
@pytest.mark.parametrize("name", CHANGES)
def test_nobody_is_lost_or_mixed_up(name: str, books: Sequence[Book]) -> None:
    added = sorted(OTHERS) if " list " in name else []
    turn = [*CHANGES].index(name)  # each change on two of three books; on all where more is tried
    for book in [book for at, book in enumerate(books) if EXAMPLES > 1 or (at + turn) % 3]:
        tables, skipped = locate_all(changed(book.workbook, book.tables, name), book.spec)
        assert not complaints(book.people, tables, skipped, added), book.name


SHEETS = {"a list": LIST, "codes": CODES, "a recap": RECAP, "a list without a header": LIST[1:], "notes": [["Rapat"]]}


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("first", [True, False])
def test_another_sheet_changes_nobody(name: str, first: bool, books: Sequence[Book]) -> None:
    more = add_below(Sheet("Lain", []), SHEETS[name], 0)
    added = sorted(OTHERS) if "list" in name else []
    for book in books:
        sheets = (more, *book.workbook.sheets) if first else (*book.workbook.sheets, more)
        tables, skipped = locate_all(replace(book.workbook, sheets=sheets), book.spec)
        assert not complaints(book.people, tables, skipped, added), book.name


JUDGED = ("blank rows everywhere", "a letterhead", "another order of columns")  # the first needs to know the header


@pytest.mark.parametrize("schema", shipped_names("rosters"))
def test_the_same_people_are_ready_and_the_others_held(schema: str) -> None:
    books = [book for book in golden() if book.spec.name == schema]
    now = [locate_all(changed(book.workbook, book.tables, *JUDGED), book.spec)[0] for book in books]
    assert verdict_of(books[0].spec, now) == verdict_of(books[0].spec, [book.tables for book in books])


def verdict_of(spec: RosterSpec, files: Sequence[Sequence[Table]]) -> set[tuple[str, str, bool]]:
    """NIK and name of everybody, and whether she is ready; whoever is not is held by an error that somebody can see."""
    read = [
        ReadFile(Path(f"{number}.xlsx"), tables=tuple(replace(t, number=n) for n, t in enumerate(tables)))
        for number, tables in enumerate(files)
    ]
    verdict = judge(read, Context(spec, TODAY))
    ready, errors = {*verdict.clean["_id"]}, verdict.findings.filter(severity="error")
    held, tables_held = {*errors["_id"]}, {*errors.filter("holds_table").select("file", "table").rows()}
    found = set()
    for person in verdict.frame.iter_rows(named=True):
        is_held = person["_id"] in held or (person["_file"], person["_table"]) in tables_held
        assert (person["_id"] in ready) != (is_held or person["copy_of"] is not None), person
        found.add((person["nik_raw"] or "", person["name_raw"] or "", person["_id"] in ready))
    return found


@pytest.mark.random
def test_changes_upon_changes_lose_nobody() -> None:
    chance = random.Random(2025)
    simple = [name for name in CHANGES if " beside" not in name and " below" not in name]
    for _number in range(15 * EXAMPLES):
        book = chance.choice(golden())
        last, workbook, tables = chance.choice([*CHANGES]), book.workbook, book.tables
        near = [name for name in simple if " beside" not in last or "everywhere" not in name]  # who is whose neighbour
        names = [*chance.sample(near, 2), last]
        for name in names:
            workbook = changed(workbook, tables, name)
            tables, skipped = locate_all(workbook, book.spec)
            assert not complaints(book.people, tables, skipped), (book.name, names)
            if is_asked(tables):
                break
