"""How dates are written for clerks: day, month, year."""

from __future__ import annotations

DATE_FORMAT = "%d-%m-%Y"  # for strftime, of Python and of polars
