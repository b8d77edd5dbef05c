"""Properties of an annotated copy, for workbooks and marks that nobody chose."""

from __future__ import annotations

import io
import zipfile

import openpyxl
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

from rosterkit.model.cells import cell_name
from rosterkit.model.finding import Severity
from rosterkit.write.copies.annotate import annotate_workbook
from rosterkit.write.copies.marks import CellMark, Marks, SheetMarks
from rosterkit.write.copies.unmark import strip_copy
from tests.helpers import examples

ROWS, COLUMNS, OWN = 12, 6, 8
PLACES = st.tuples(st.integers(1, ROWS - 1), st.integers(0, COLUMNS - 1))
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8)
VALUES = st.one_of(TEXTS, st.integers(1, 60_000), st.booleans(), st.sampled_from(["=A1+1", '=B2&"<x>"']), st.none())
STYLES = st.fixed_dictionaries(
    {},
    optional={
        "font": st.sampled_from([Font(bold=True), Font(name="Arial", size=8, color="FF112233")]),
        "fill": st.sampled_from([PatternFill("solid", fgColor="FF99CC00"), PatternFill("darkGrid")]),
        "border": st.just(Border(left=Side("thin"))),
        "alignment": st.just(Alignment(horizontal="center", wrap_text=True)),
        "number_format": st.sampled_from(["0.00", "dd-mm-yyyy", "@"]),
        "protection": st.just(Protection(locked=False)),
    },
)
CELLS = st.dictionaries(PLACES, st.tuples(VALUES, STYLES), max_size=25)
MARKS = st.dictionaries(PLACES, st.sampled_from(list(Severity)), max_size=15)


def workbook(cells) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "S"
    page.append(["NIK", "Nama"])
    for (row, column), (value, styles) in cells.items():
        cell = page.cell(row + 1, column + 1, value)
        if isinstance(value, str) and not value.startswith(("=A", "=B")):
            cell.data_type = "s"
        for name, style in styles.items():
            setattr(cell, name, style)
    book.create_sheet("Lain")["C3"] = "tetap"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@examples(15, derandomize=False)
@given(cells=CELLS, marks=MARKS)
def test_annotating_changes_no_value_and_no_style_of_other_cells(cells, marks):
    original = workbook(cells)
    given_marks = tuple(CellMark(*place, severity, f"catatan {place}") for place, severity in marks.items())
    remarks = {row: f"baris {row}" for row, _column in marks}
    target = io.BytesIO()
    sheet = SheetMarks("S", given_marks, (OWN,), (0,), remarks, {})
    annotate_workbook(io.BytesIO(original), target, Marks((sheet,), ()), "a.xlsx", "0")

    before, after = openpyxl.load_workbook(io.BytesIO(original)), openpyxl.load_workbook(target)
    for row in range(ROWS):
        for column in range(OWN):
            old, new = (book["S"][cell_name(row, column)] for book in (before, after))
            assert (new.value, new.data_type) == (old.value, old.data_type)
            looks = ("font", "border", "alignment", "number_format", "protection")
            looks += () if (row, column) in marks else ("fill",)
            for look in looks:
                assert repr(getattr(new, look)) == repr(getattr(old, look)), (row, column, look)
            assert (new.comment is not None) == ((row, column) in marks)
    for (row, column), severity in marks.items():
        fill = after["S"][cell_name(row, column)].fill.fgColor.rgb
        assert fill == {"error": "FFFFB4A8", "warning": "FFFFE79A", "info": "FFCFE4F8"}[severity]
    whole, copy = parts(original), parts(target.getvalue())
    touched = ("sheet1.xml", "styles.xml", "workbook.xml", ".rels", "[Content_Types].xml", "app.xml")
    assert [name for name in whole if copy[name] != whole[name] and not name.endswith(touched)] == []

    back = io.BytesIO()
    assert strip_copy(target.getvalue(), back)
    assert parts(back.getvalue()) == whole
