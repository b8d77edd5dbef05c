"""How marks look. The fills differ in lightness too, for colour-blind readers and grey print."""

from __future__ import annotations

from functools import lru_cache

from rosterkit.language import N_
from rosterkit.model.finding import Severity

FILLS = {Severity.ERROR: "FFB4A8", Severity.WARNING: "FFE79A", Severity.INFO: "CFE4F8"}
SEVERITY_NAMES = {Severity.ERROR: N_("SALAH"), Severity.WARNING: N_("CEK"), Severity.INFO: N_("INFO")}
HEADER_FILL = "3B4A5A"
MAX_NOTES = 2_000  # a sheet; more make the file slow to open
MAX_LINKS = 5_000
NOTE_AUTHOR = "rosterkit"
FONT = "Calibri"
REMARK_WIDTH, STATUS_WIDTH = 60, 16  # characters
LINE_HEIGHT = 15.0  # points


@lru_cache(256)
def count_lines(text: object, width: int) -> int:
    """Return how many lines a wrapped text takes at most in a column of ``width`` characters."""
    return sum(1 + len(line) // width for line in str(text).splitlines() or [""])
