"""Who is uploaded, with the cells of the form, and which of them lack something that the form asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from rosterkit.schema.spec import RosterSpec
from rosterkit.schema.upload_spec import UploadSpec
from rosterkit.write.uploads.sheets import Cells, make_upload_cells

SENT: dict[str, pl.DataType | type[pl.DataType]] = {
    "sent_in": pl.String,
    "sent_on": pl.Date,
    "changed": pl.List(pl.String),
}
UploadRows = tuple[list[Cells], list[Cells]]  # of those who are complete, of the others


@dataclass(frozen=True, slots=True)
class Ready:
    """The people of a run whom no error holds back, one row each, those of a file together.

    Args:
        people: ``_id``, ``_file``, ``_table``, and ``lacking``: the fields that the form requires and that are empty
            (a column that no field fills: its header); an empty list where a person is complete. Of those who were
            uploaded already also ``sent_in`` and ``sent_on``, the sheet and the day (null: not yet), and ``changed``:
            the fields that are no longer what was sent; they are in no upload again, and lack nothing.
        cells: their cells of the form, one column each; no rows without a form.
    """

    people: pl.DataFrame
    cells: pl.DataFrame

    def split_by_file(self) -> Mapping[int, UploadRows]:
        """Return number of a file -> the cells of its people; without a form there are none."""
        if self.cells.is_empty():
            return {}
        new = self.people["sent_in"].is_null()
        people, filled = self.people.filter(new), self.cells.filter(new)
        complete = (people["lacking"].list.len() == 0).to_list()
        rows: dict[int, UploadRows] = {}
        for file, is_complete, cells in zip(people["_file"].to_list(), complete, filled.rows(), strict=True):
            rows.setdefault(file, ([], []))[0 if is_complete else 1].append(cells)
        return rows

    def split(self) -> UploadRows:
        """Return the cells of all people."""
        if self.cells.is_empty():
            return [], []
        complete, new = self.people["lacking"].list.len() == 0, self.people["sent_in"].is_null()
        return self.cells.filter(complete & new).rows(), self.cells.filter(~complete & new).rows()


def make_ready(clean: pl.DataFrame, spec: RosterSpec, upload: UploadSpec | None, today: dt.date) -> Ready:
    """Return the people who are uploaded.

    Args:
        clean: whom no error holds back, one row each (see ``frame``).
        spec: the programme.
        upload: the form; without one nobody lacks anything.
        today: ages are those of this day where the programme has no period.
    """
    cells = make_upload_cells(clean, spec, upload, today)
    lacking = pl.repeat([], len(clean), dtype=pl.List(pl.String), eager=True)
    columns = enumerate(upload.columns) if upload else ()
    names = [
        pl.when(pl.col(str(number)).fill_null("") == "").then(pl.lit(column.field or column.header))
        for number, column in columns
        if column.required
    ]
    if names:
        lacking = cells.select(pl.concat_list(names).list.drop_nulls().list.unique(maintain_order=True)).to_series()
    nobody = (pl.lit([] if name == "changed" else None, dtype).alias(name) for name, dtype in SENT.items())
    people = clean.select("_id", "_file", "_table").with_columns(lacking.alias("lacking"), *nobody)
    return Ready(people, cells)
