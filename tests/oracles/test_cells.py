"""Addresses of cells, for all 16,384 columns of a sheet, against counting."""

from __future__ import annotations

from itertools import product
from string import ascii_uppercase

import pytest

from rosterkit.model.cells import cell_name, cell_position, column_letters, column_number

COLUMNS = 16_384
# A to Z, then AA to ZZ, then AAA to ZZZ: the order in which Excel counts.
LETTERS = ["".join(letters) for length in (1, 2, 3) for letters in product(ascii_uppercase, repeat=length)]


def test_columns_are_lettered_in_the_order_in_which_excel_counts() -> None:
    """Every column has its letters, and the letters their column; the last one of a sheet is XFD."""
    assert [column_letters(column) for column in range(COLUMNS)] == LETTERS[:COLUMNS]
    assert [column_number(letters) for letters in LETTERS] == list(range(len(LETTERS)))
    assert column_letters(COLUMNS - 1) == "XFD"


@pytest.mark.parametrize("row", [0, 9, 99, 1_048_575])
def test_addresses_are_the_letters_and_the_row_from_one(row: int) -> None:
    """A cell has one address, and the address leads back to it."""
    for column, letters in enumerate(LETTERS[:COLUMNS]):
        assert cell_name(row, column) == f"{letters}{row + 1}"
        assert cell_position(f"{letters}{row + 1}") == (row, column)
