"""LibreOffice sees in a copy, at the sender's cells, what it sees in the original."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.cases import draw
from tests.fuzz.same_values import by_calamine, compare
from tests.fuzz.worker import check_name
from tests.test_libreoffice import convert

pytestmark = pytest.mark.libreoffice

NAMES = ("roster-1", "roster-4", "roster-8", "roster-11", "other-6", "other-16", "other-26", "other-36")


def test_values_in_libreoffice(tmp_path: Path) -> None:
    copies = {}
    for name in NAMES:
        result = check_name(name, tmp_path / name)
        assert (result.outcome, result.complaints) == ("findings", [])
        (copies[name],) = (tmp_path / name / "hasil").glob("a.periksa.*")
    for name, copy in copies.items():
        copy.rename(tmp_path / f"{name} copy.xlsx")
        original = draw(name, tmp_path / name).path
        if original.suffix == ".xlsx":  # a converted copy holds texts where the original held other kinds
            original.rename(tmp_path / f"{name} original.xlsx")
    paths = sorted(tmp_path.glob("*.xlsx"))
    convert(paths, "xlsx", tmp_path / "saved")
    for name in NAMES:
        old, new = (tmp_path / "saved" / f"{name} {what}.xlsx" for what in ("original", "copy"))
        sheets = by_calamine(new)
        assert "Hasil Periksa" in sheets
        assert not old.exists() or not [*compare(by_calamine(old), sheets)], name
