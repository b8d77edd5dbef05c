"""What other validators and the bare libraries do with a roster: ``python peers.py NAME FILE...``; prints a count.

The validators (frictionless, pandera, dataframely) check what all of them can: NIK and KK of 16 digits, no NIK twice,
name and mother filled, sex L or P, a known job. They run in an environment of their own, which ``__main__`` makes.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

PACKAGES = ("dataframely", "fastexcel", "frictionless[excel]", "openpyxl", "pandas", "pandera[polars]")
_NUMBER, _JOBS = r"^\d{16}$", ["Pemulung"]


def calamine(paths: Sequence[str]) -> int:
    """Return how many rows a bare read gives."""
    import python_calamine

    return sum(len(python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()) for path in paths)


def inflate(paths: Sequence[str]) -> int:
    """Return how many bytes the parts are."""
    return sum(len(package.read(name)) for package in map(zipfile.ZipFile, paths) for name in package.namelist())


def expat_and_zip(paths: Sequence[str]) -> int:
    """Return how many bytes the packages are, parsed and packed again."""
    from xml.parsers import expat

    size = 0
    for path in paths:
        target = io.BytesIO()
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                content = old.read(name)
                if name.endswith((".xml", ".rels")):
                    expat.ParserCreate().Parse(content, True)
                new.writestr(name, content)
        size += len(target.getvalue())
    return size


def write_by_xlsxwriter(paths: Sequence[str]) -> int:
    """Return how many rows were read and written again as an upload would be."""
    import python_calamine
    import xlsxwriter

    rows = python_calamine.load_workbook(paths[0]).get_sheet_by_index(0).to_python()
    book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True, "in_memory": False})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write_string(number, column, str(value))
    book.close()
    return len(rows)


def frictionless(paths: Sequence[str]) -> int:
    """Return how many mistakes frictionless finds."""
    from frictionless import Checklist, Resource, Schema, fields

    number, filled = {"pattern": _NUMBER, "required": True}, {"required": True}
    own = {
        "NIK": {**number, "unique": True},
        "NO KK": number,
        "NAMA": filled,
        "NAMA IBU KANDUNG": filled,
        "JK": {"enum": ["L", "P"]},
        "PEKERJAAN": {"enum": _JOBS},
    }
    resource = Resource(path=Path(paths[0]).name, basepath=str(Path(paths[0]).parent))
    resource.infer(stats=False)
    names = resource.schema.field_names
    resource.schema = Schema(fields=[fields.StringField(name=name, constraints=own.get(name, {})) for name in names])
    report = resource.validate(Checklist(), limit_errors=1_000_000)
    return sum(len(task.errors) for task in report.tasks)


def pandera_with_openpyxl(paths: Sequence[str]) -> int:
    """Return how many mistakes pandera finds in what pandas reads by openpyxl."""
    import pandas as pd
    import pandera.pandas as pa

    number, filled = pa.Check.str_matches(_NUMBER), pa.Check.str_length(min_value=1)
    columns = {
        "NIK": pa.Column(str, number, unique=True),
        "NO KK": pa.Column(str, number),
        "NAMA": pa.Column(str, filled),
        "NAMA IBU KANDUNG": pa.Column(str, filled),
        "JK": pa.Column(str, pa.Check.isin(["L", "P"])),
        "PEKERJAAN": pa.Column(str, pa.Check.isin(_JOBS)),
    }
    return _count_pandera(pa, pa.DataFrameSchema(columns), pd.read_excel(paths[0], dtype=str, engine="openpyxl"))


def pandera_polars(paths: Sequence[str]) -> int:
    """Return how many mistakes pandera finds in what polars reads."""
    import pandera.polars as pa
    import polars as pl

    number, filled = pa.Check.str_matches(_NUMBER), pa.Check.str_length(min_value=1)
    columns = {
        "NIK": pa.Column(pl.String, number, unique=True),
        "NO KK": pa.Column(pl.String, number),
        "NAMA": pa.Column(pl.String, filled),
        "NAMA IBU KANDUNG": pa.Column(pl.String, filled),
        "JK": pa.Column(pl.String, pa.Check.isin(["L", "P"])),
        "PEKERJAAN": pa.Column(pl.String, pa.Check.isin(_JOBS)),
    }
    return _count_pandera(pa, pa.DataFrameSchema(columns), _read_by_polars(paths[0]))


def dataframely(paths: Sequence[str]) -> int:
    """Return how many mistakes dataframely finds in what polars reads."""
    import dataframely as dy

    def text(**rules: object) -> object:
        return dy.String(nullable=False, **rules)

    known = {"min_length": 1}
    columns = {
        "NIK": text(regex=_NUMBER, primary_key=True),
        "NO KK": text(regex=_NUMBER),
        "NAMA": text(**known),
        "NAMA IBU KANDUNG": text(**known),
        "JK": dy.Enum(["L", "P"], nullable=False),
        "PEKERJAAN": text(regex="^(" + "|".join(_JOBS) + ")$"),
    }
    schema = type("Roster", (dy.Schema,), columns)
    _good, failures = schema.filter(_read_by_polars(paths[0]), cast=True)
    return sum(failures.counts().values())


def _read_by_polars(path: str) -> object:
    import polars as pl

    return pl.read_excel(path, engine="calamine", infer_schema_length=0)


def _count_pandera(pa: object, schema: object, frame: object) -> int:
    try:
        schema.validate(frame, lazy=True)  # type: ignore[attr-defined] # of either of its modules
    except pa.errors.SchemaErrors as error:  # type: ignore[attr-defined] # likewise
        return len(error.failure_cases)
    return 0


FLOORS: dict[str, Callable[[Sequence[str]], int]] = {
    "bare calamine": calamine,
    "inflate only": inflate,
    "expat + re-zip": expat_and_zip,
    "calamine + xlsxwriter": write_by_xlsxwriter,
}
VALIDATORS: dict[str, Callable[[Sequence[str]], int]] = {
    "frictionless": frictionless,
    "pandera, openpyxl": pandera_with_openpyxl,
    "pandera-polars": pandera_polars,
    "dataframely": dataframely,
}

if __name__ == "__main__":
    print({**FLOORS, **VALIDATORS}[sys.argv[1]](sys.argv[2:]))
