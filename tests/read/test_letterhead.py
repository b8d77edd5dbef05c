"""What a letterhead says of a Ketua RT says nothing of the list below it."""

from __future__ import annotations

import pytest

from rosterkit.model.cells import Sheet
from rosterkit.model.roster import Skipped
from rosterkit.read.locate import locate_tables
from tests.helpers import SPEC, vocabulary_of

HEAD = ["NO", "NIK", "NAMA", "TGL LAHIR"]
PEOPLE = [
    [float(n), f"357101{n:02}0185{9900 + n}", f"Contoh {'ABCDEFG'[n] * 3}", f"{n:02}-01-1985"] for n in range(1, 7)
]


@pytest.mark.parametrize("merged", [(), ((9, 4, 9, 7),)], ids=["", "merged"])
@pytest.mark.parametrize("label", ["Nama Ketua RT", "Ketua RT"])
def test_lists_side_by_side_below_a_ketua_rt_are_both_read(label: str, merged: tuple[tuple[int, ...], ...]) -> None:
    rows = [[label, "Umpama Ketua", *[""] * 6], [*HEAD, "", *HEAD[1:]]]
    rows += [[*left, "", *right[1:]] for left, right in zip(PEOPLE[:3], PEOPLE[3:], strict=True)]
    found = locate_tables(Sheet("RT", rows, merged=merged), SPEC, vocabulary_of(SPEC))
    assert not isinstance(found, Skipped)
    read = [
        (t.sheet.rows[row][t.columns["nik"]], t.sheet.rows[row][t.columns["name"]]) for t in found for row in t.people
    ]
    assert read == [(person[1], person[2]) for person in PEOPLE]


@pytest.mark.parametrize("merged", [(), ((9, 4, 9, 7),)], ids=["", "merged"])
def test_a_letterhead_right_above_a_header_is_no_group_of_its_columns(merged: tuple[tuple[int, ...], ...]) -> None:
    """A second list stands beside the first without a gap, and the first has an empty column behind the name."""
    rows = [["Nama Ketua RT", "Umpama Ketua"], ["KELURAHAN", ": UMPAMAREJO"], ["PEMERINTAH KOTA CONTOH"]]
    rows += [["NO", "NO KTP", "Nama Penerima", "", "TGL_LHR", "Jenis Kelamin", "NO KTP", "NAMA", "TGL LAHIR"]]
    rows += [[*left[:3], "", left[3], "L", *right[1:]] for left, right in zip(PEOPLE[:3], PEOPLE[3:], strict=True)]
    found = locate_tables(Sheet("RT", rows, merged=merged), SPEC, vocabulary_of(SPEC))
    assert not isinstance(found, Skipped)
    for table in found:
        for row in table.people:
            values = [table.sheet.rows[row][table.columns[field]] for field in ("nik", "name", "birth_date")]
            assert values in [person[1:] for person in PEOPLE]
