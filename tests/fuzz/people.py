"""Who of a drawn roster was lost, and who was uploaded with what is not hers."""

from __future__ import annotations

from collections.abc import Iterator

import python_calamine

from rosterkit.model.report import CheckedFile, ReadFile
from rosterkit.model.roster import Table
from tests.fuzz.rosters import Person


def lost_people(people: list[Person], file: CheckedFile, read: ReadFile) -> Iterator[str]:
    """Yield who is neither read as a person nor told of; the cells are those that the program read."""
    assert read.workbook is not None
    places: dict[str, list[tuple[str, int, int]]] = {}
    for sheet in read.workbook.sheets:
        for number, row in enumerate(sheet.rows):
            for column, value in enumerate(row):
                for person in people if isinstance(value, str) and "q" in value else ():
                    if person.word in value:
                        places.setdefault(person.word, []).append((sheet.name, number, column))
    told = {nik for part in (*read.tables, *read.skipped) for region in part.outside for nik in region.niks}
    held = _held_sheets(file)
    for person in people:
        found = places.get(person.word, [])
        if not found:
            yield f"not read: {person.name}"
        elif person.nik not in told and not any(_is_known(file, read, place, held) for place in found):
            yield f"lost: {person.name}, {person.nik}, {found}"


def _held_sheets(file: CheckedFile) -> set[str | None]:
    """Return the sheets with an error that is about a whole list, not about a person in it."""
    errors = [finding.place for finding in file.findings if finding.severity == "error"]
    people = {(table.sheet.name, row) for table in file.read.tables for row in table.people}
    return {place.sheet for place in errors if place.row is None or (place.sheet, place.row) not in people}


def _is_known(file: CheckedFile, read: ReadFile, place: tuple[str, int, int], held: set[str | None]) -> bool:
    """Whether a cell is the name of a person who was read, or an error stands on her row or her whole sheet."""
    sheet, row, column = place
    on_row = any(
        finding.place.sheet == sheet and finding.place.row == row and finding.severity == "error"
        for finding in file.findings
    )
    return (
        sheet in held
        or on_row
        or any(_is_hers(table, row, column) for table in read.tables if table.sheet.name == sheet)
    )


def _is_hers(table: Table, row: int, column: int) -> bool:
    if row not in table.people:
        return False
    return table.columns.get("name") in (column, None) or bool(table.split)


def wrong_uploads(people: list[Person], file: CheckedFile) -> Iterator[str]:
    """Yield the rows of upload sheets that are no drawn person's, or not with her own values."""
    rows = [
        row for path in (*file.written.uploads, *file.written.incomplete)
        for row in python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python()[1:]
    ]  # fmt: skip
    if len(rows) != file.clean_rows:
        yield f"{file.clean_rows} people are ready, {len(rows)} uploaded"
    known = {(p.name.upper(), f"{p.birth:%d-%m-%Y}", p.nik) for p in people}
    for row in rows if people else ():
        if (str(row[1]).upper(), row[11], row[14]) not in known:
            yield f"uploaded with what is not hers: {row[1]}, {row[11]}, {row[14]}"
