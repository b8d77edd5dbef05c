"""A formula whose result is an empty text has a value: an empty cell. Only what was never calculated has none."""

from __future__ import annotations

import pytest

from rosterkit.read.sheet_xml import read_sheet_extras

EMPTY = [
    '<c r="B2" t="str"><f>IF(A2="","",A2)</f><v></v></c>',
    '<c r="B2" t="str"><f>IF(A2="","",A2)</f><v/></c>',
    '<c r="B2" s="3" t="str"><f>IF(A2="","",A2)</f></c>',
    '<c r="B2" t="str" s="3"><f aca="false">IF(A2="","",A2)</f><v></v></c>',
    '<c r="B2" t="str"><f t="shared" si="0"/><v/></c>',
]
NEVER = ['<c r="B2"><f>A2</f></c>', '<c r="B2" s="3"><f>A2</f><v/></c>', '<c r="B2" t="n"><f>A2</f><v></v></c>']
SHEETS = {
    "patterns": '<worksheet><sheetData><row r="2"><c r="A2"><v>1</v></c>{}</row></sheetData></worksheet>',
    "parser": "<worksheet><sheetData><!-- x --><row r='2'><c r='A2'><v>1</v></c>{}</row></sheetData></worksheet>",
}


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
@pytest.mark.parametrize("cell", EMPTY)
def test_an_empty_text_is_a_value(sheet: str, cell: str) -> None:
    extras = read_sheet_extras(sheet.format(cell).encode())
    assert extras.uncalculated == frozenset()
    assert extras.formulas == {(1, 1)}


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
@pytest.mark.parametrize("cell", NEVER)
def test_a_formula_without_a_result_has_none(sheet: str, cell: str) -> None:
    assert read_sheet_extras(sheet.format(cell).encode()).uncalculated == {(1, 1)}
