"""Who is uploaded, with the cells of the form, and which of them lack something that the form asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import overload

import polars as pl

from rosterkit.records import dataclass
from rosterkit.schema.spec import RosterSpec
from rosterkit.schema.upload_spec import UploadSpec
from rosterkit.write.uploads.sheets import Cells, make_upload_cells

SENT: dict[str, pl.DataType | type[pl.DataType]] = {
    "sent_in": pl.String,
    "sent_on": pl.Date,
    "changed": pl.List(pl.String),
}


class CellRows(Sequence[Cells]):
    """The cells of people, row by row; rows are made when they are asked for, so that a million need little room.

    Args:
        frame: their cells, one column each.
    """

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __len__(self) -> int:
        """How many people."""
        return len(self._frame)

    @overload
    def __getitem__(self, at: int) -> Cells: ...

    @overload
    def __getitem__(self, at: slice) -> list[Cells]: ...

    def __getitem__(self, at: int | slice) -> Cells | list[Cells]:
        """Return one row, or some."""
        return self._frame[at].rows() if isinstance(at, slice) else self._frame.row(at)


UploadRows = tuple[Sequence[Cells], Sequence[Cells]]  # of those who are complete, of the others


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
        places = self.people.select(
            "_file", _complete=pl.col("lacking").list.len() == 0, _new=pl.col("sent_in").is_null()
        )
        marked = self.cells.hstack(places).filter("_new").drop("_new")
        rows: dict[int, list[Sequence[Cells]]] = {}
        parts = marked.partition_by("_file", "_complete", as_dict=True, include_key=False, maintain_order=True)
        for (file, is_complete), cells in parts.items():
            rows.setdefault(file, [(), ()])[0 if is_complete else 1] = CellRows(cells)
        return {file: (complete, others) for file, (complete, others) in rows.items()}

    def split(self) -> UploadRows:
        """Return the cells of all people."""
        if self.cells.is_empty():
            return (), ()
        complete, new = self.people["lacking"].list.len() == 0, self.people["sent_in"].is_null()
        return CellRows(self.cells.filter(complete & new)), CellRows(self.cells.filter(~complete & new))


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
