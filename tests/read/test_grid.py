"""The guard against far cells: cheap for every sheet that no reader minds, and the same however cells are written."""

from __future__ import annotations

import pytest

from rosterkit.errors import FileError
from rosterkit.read import grid


def sheet(*cells: str) -> bytes:
    rows = "".join(f"<row><c {cell}<v>1</v></c></row>" for cell in cells)
    return f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()


@pytest.mark.parametrize("cell", ["A1", "Z999999", "Z1000000", "Z1048576", "AA1", "BZ299999"])
def test_the_cells_of_a_large_roster_are_not_counted(monkeypatch: pytest.MonkeyPatch, cell: str) -> None:
    monkeypatch.delattr(grid, "_measure_plain")  # a million rows x 15 took 17 s and 4 GB there
    monkeypatch.delattr(grid, "_measure")
    grid.guard_grid("a", sheet('r="A1">', f'r="{cell}">'))


@pytest.mark.parametrize("cell", ["Z1048577", "A9999999", "CA1048576", "XFD2000"])
@pytest.mark.parametrize("written", ['r="{}">', "r='{}'>", 's="1" r="{}">'])
def test_a_far_cell_is_refused_however_it_is_written(cell: str, written: str) -> None:
    with pytest.raises(FileError) as refused:
        grid.guard_grid("a", sheet('r="A1">', written.format(cell)))
    assert refused.value.code == "stray-cell"


def test_cells_are_measured_alike_with_and_without_a_parser() -> None:
    content = sheet('r="B7">', 'r="AB3" s="1">', 'r="C300000">').replace(b"</sheetData>", b'<c r="XFD9"/></sheetData>')
    assert grid._measure_plain(content) == grid._measure(content) == (3, (300_000, 28))
