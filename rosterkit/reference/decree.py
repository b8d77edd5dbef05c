"""The annex of a decree: a list with NIK and name, read with the same reader and the same tolerance as rosters."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl

from rosterkit.errors import FileError, UsageError
from rosterkit.language import _
from rosterkit.model import Table
from rosterkit.read.headers import Vocabulary
from rosterkit.read.locate import locate
from rosterkit.read.normalise import normalise
from rosterkit.read.stack import stack
from rosterkit.read.workbook import read_workbook
from rosterkit.schema.spec import RosterSpec


def read_annex(path: Path, spec: RosterSpec, today: dt.date) -> pl.DataFrame:
    """The people of a decree's list, one row a NIK: ``nik``, ``name``, ``category`` (String), ``birth_date`` (Date).

    Raises:
        UsageError: the file cannot be read, or holds no column of NIKs, or not one readable NIK.
    """
    try:
        workbook = read_workbook(path)
    except FileError as error:
        raise UsageError(_("SK {path}: {message}").format(path=path, message=error.message)) from error
    vocabulary = Vocabulary(spec)
    located = [locate(sheet, spec, vocabulary) for sheet in workbook.sheets]
    tables = [(0, table) for table in located if isinstance(table, Table) and "nik" in table.columns]
    if not tables:
        raise UsageError(
            _(
                'SK {path}: tidak ada kolom NIK. Lampiran SK harus punya baris judul dengan kolom "NIK" dan "Nama";'
                " periksa apakah berkasnya benar."
            ).format(path=path)
        )
    people = normalise(stack(tables), spec, today).select("nik", "name", "birth_date", "category").drop_nulls("nik")
    if people.is_empty():
        raise UsageError(
            _(
                "SK {path}: tidak satu pun NIK terbaca (mungkin tersimpan sebagai angka). Ubah kolom NIK menjadi Text"
                " dan isi dari dokumen aslinya."
            ).format(path=path)
        )
    return people.unique("nik", keep="first", maintain_order=True)
