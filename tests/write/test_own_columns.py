"""Where the columns of ours stand: never where something of the sender's or a mark is."""

from __future__ import annotations

from rosterkit.model.cells import Sheet
from rosterkit.read.own_marks import OWN_COLUMN
from rosterkit.write.copies.own_columns import find_free_columns
from tests.helpers import read_files_of

HEAD = ["NIK", "Nama", "Tanggal Lahir", "Kategori"]


def test_a_column_with_a_marked_cell_is_not_free_unless_it_is_ours() -> None:
    person = ["3571010101859901", "Contoh Satu"]
    row = [*person, *[""] * (len(HEAD) - 2)]
    (file,) = read_files_of(Sheet("RT", [[*HEAD, ""], [*row, ""]]))
    end = len(HEAD)
    assert find_free_columns(file.tables[0])[0] == end
    assert find_free_columns(file.tables[0], marked={0, end})[:2] == (end + 1, end + 2)
    (copy,) = read_files_of(Sheet("RT", [[*HEAD, OWN_COLUMN], [*row, ""]]))
    assert find_free_columns(copy.tables[0], marked={end})[0] == end
