"""The regions of Kemendagri: 38 provinces, 514 kab/kota, 7,285 kecamatan, and the codes retired when Papua split.

Source: Kepmendagri 300.2.2-2138/2025; see ``data/regions.txt``, which ``data/make.py`` generates. BPS codes are
other numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from rosterkit.records import dataclass

_TABLE = Path(__file__).with_name("regions.txt")


@dataclass(frozen=True, slots=True)
class Regions:
    """Code (2, 4 or 6 digits) -> name of the regions in force, and of those retired."""

    names: Mapping[str, str]
    retired: Mapping[str, str]

    def codes(self, digits: int) -> list[str]:
        """Return the codes with 2, 4 or 6 digits, in force or retired, that a NIK may begin with."""
        return [code for table in (self.names, self.retired) for code in table if len(code) == digits]

    def name(self, code: str) -> str | None:
        """Return the name of a code, in force or retired; None for an unknown code."""
        return self.names.get(code) or self.retired.get(code)


@cache
def regions() -> Regions:
    """Return the table of regions; it is read once, at the first call."""
    names: dict[str, str] = {}
    retired: dict[str, str] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line[0] == "#":
            continue
        code, _space, name = line.partition(" ")
        if "*" in code:
            code, _star, name = line.partition("*")
            retired[code] = name
        else:
            names[code] = name
    return Regions(names, retired)
