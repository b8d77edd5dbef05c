"""The region codes of NIKs, for all 1,000,000 beginnings of six digits, against the lines of the table."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import rosterkit.data
from rosterkit.rules.rk214_nik_province import RULE as PROVINCE
from rosterkit.rules.rk215_nik_region import RULE as REGION
from rosterkit.rules.rk216_nik_region_retired import RULE as RETIRED
from rosterkit.rules.rk217_nik_placeholder import RULE as PLACEHOLDER
from tests.oracles.helpers import context_with, facts, verdicts

LINES = (Path(rosterkit.data.__file__).parent / "regions.txt").read_text(encoding="utf-8").splitlines()
IN_FORCE = {line.split(" ", 1)[0]: line.split(" ", 1)[1] for line in LINES if line[0] != "#" and "*" not in line}
GONE = dict(line.split("*", 1) for line in LINES if line[0] != "#" and "*" in line)
CODES = [f"{code:06}" for code in range(1_000_000)]
NIKS = pl.DataFrame({"nik": [f"{code}0101859901" for code in CODES]})


@pytest.mark.slow
def test_every_beginning_of_a_nik_is_a_region_or_none() -> None:
    """A province, a kecamatan in force and a retired one are what the table says, of all six digits."""
    context = context_with()
    assert verdicts(PROVINCE, "nik", NIKS, context) == [code[:2] not in IN_FORCE for code in CODES]
    assert verdicts(REGION, "nik", NIKS, context) == [code not in IN_FORCE and code not in GONE for code in CODES]
    assert verdicts(RETIRED, "nik", NIKS, context) == [code in GONE for code in CODES]
    within = facts(REGION, "nik", NIKS, context)["within"].to_list()
    assert within == [IN_FORCE.get(code[:4], GONE.get(code[:4])) for code in CODES]


@pytest.mark.slow
def test_a_region_or_serial_of_zeros_is_a_placeholder() -> None:
    """kab/kota 00, kecamatan 00 and serial 0000 are nobody's; every other serial may be somebody's."""
    context = context_with()
    assert verdicts(PLACEHOLDER, "nik", NIKS, context) == ["00" in (code[2:4], code[4:]) for code in CODES]
    serials = pl.DataFrame({"nik": [f"357101010185{serial:04}" for serial in range(10_000)]})
    assert verdicts(PLACEHOLDER, "nik", serials, context) == [serial == 0 for serial in range(10_000)]
