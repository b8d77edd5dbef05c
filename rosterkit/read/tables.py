"""Reads a file and locates the rosters in it, in one call."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rosterkit.errors import FileError
from rosterkit.frame.ids import MAX_ROWS, MAX_TABLES
from rosterkit.gc_pause import pause_gc
from rosterkit.language import _
from rosterkit.model.cells import Workbook
from rosterkit.model.roster import Skipped, Table
from rosterkit.read.headers import cached_vocabulary
from rosterkit.read.locate import locate_tables
from rosterkit.read.named_category import name_categories
from rosterkit.read.outside import drop_read_people
from rosterkit.read.set_aside import set_aside
from rosterkit.read.side_notes import add_notes
from rosterkit.read.workbook import Unmark, keep_marks, read_workbook
from rosterkit.schema.spec import RosterSpec


def read_tables(
    path: Path, spec: RosterSpec, unmark: Unmark = keep_marks
) -> tuple[Workbook, tuple[Table, ...], tuple[Skipped, ...]]:
    """Read a file and locate the rosters in it.

    Args:
        path: the file.
        spec: the schema, which says how headers may be written.
        unmark: see ``read_workbook``.

    Returns:
        the workbook, its rosters, numbered from 0, and the sheets without a roster.

    Raises:
        FileError: it cannot be read, or has more tables or rows than an id has numbers for (see ``frame.ids``).
    """
    with pause_gc():
        workbook = read_workbook(path, unmark)
        found, skipped = locate_all(workbook, spec)
    if len(found) > MAX_TABLES or any(len(sheet.rows) > MAX_ROWS for sheet in workbook.sheets):
        raise FileError(
            "too-large",
            _("Berkas ini punya terlalu banyak lembar atau baris untuk diperiksa. Bagi menjadi beberapa berkas."),
        )
    tables = tuple(replace(table, number=number) for number, table in enumerate(found))
    return workbook, tables, tuple(skipped)


def locate_all(workbook: Workbook, spec: RosterSpec) -> tuple[list[Table], list[Skipped]]:
    """Return the tables of all sheets, and the sheets without one."""
    tables: list[Table] = []
    skipped: list[Skipped] = []
    for sheet in workbook.sheets:
        found = locate_tables(sheet, spec, cached_vocabulary(spec), tables[-1] if tables else None)
        if isinstance(found, Skipped):
            skipped.append(found)
        else:
            tables += found
    words = cached_vocabulary(spec).headings
    tables = name_categories(set_aside(tables, workbook.path, words), workbook.path, words)
    return drop_read_people(add_notes(tables, spec), skipped)
