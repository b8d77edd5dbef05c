"""How dates are written for people: day, month, year, in every language."""

from __future__ import annotations

import datetime as dt

DATE_FORMAT = "%d-%m-%Y"  # for strftime, of Python and of polars
DAYS_OF_1904 = 1462  # that a workbook with the date system of old Macs counts less


def date_text(day: dt.date) -> str:
    """Return a date as people read it, such as 17-08-1985."""
    return day.strftime(DATE_FORMAT)
