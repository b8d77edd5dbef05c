"""The writer of new workbooks, set up in one place. It is imported late: most runs that only check need none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO


@contextmanager
def create_workbook(target: BinaryIO, created: dt.date | None = None, title: str = "") -> Iterator[Any]:
    """Yield an xlsxwriter workbook, which is written to ``target`` at the end.

    Args:
        target: where the workbook goes.
        created: the day in its properties; without one xlsxwriter takes the time of writing.
        title: the title in its properties.
    """
    import xlsxwriter

    properties: dict[str, object] = {"title": title} if title else {}
    if created:
        properties["created"] = dt.datetime(created.year, created.month, created.day)
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        if properties:
            book.set_properties(properties)
        yield book
