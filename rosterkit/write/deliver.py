"""Where outputs go and how they get there: names, the folder ``hasil``, whole files only, read back before use."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from rosterkit.collector import paused
from rosterkit.errors import FileError
from rosterkit.language import _
from rosterkit.model import FileReport
from rosterkit.read.workbook import read_any
from rosterkit.schema.spec import RosterSpec
from rosterkit.schema.upload_spec import UploadSpec
from rosterkit.write.atomic import write_file
from rosterkit.write.upload import upload_cells, write_uploads

FOLDER = "hasil"


class Outputs:
    """Names for the outputs of a run: two inputs of the same name never share one, and no input is written over."""

    def __init__(self, out: Path | None, inputs: Sequence[Path]) -> None:
        self._inputs = {path.resolve() for path in inputs}
        self._base: dict[Path, Path] = {}
        seen: Counter[str] = Counter()
        for path in inputs:
            base = (out or path.parent / FOLDER) / path.stem
            key = str(base.resolve()).casefold()
            seen[key] += 1
            self._base[path] = base if seen[key] == 1 else base.with_name(f"{base.name}-{seen[key]}")

    def annotated(self, file: FileReport, spec: RosterSpec, today: dt.date) -> Path:
        """Write the annotated copy of a file.

        Raises:
            FileError: it could not be written.
        """
        from rosterkit.write.annotate import annotate
        from rosterkit.write.marks import marks

        assert file.workbook is not None  # noqa: S101 # a file that was not read has no findings
        macros = file.path.suffix.lower() == ".xlsm"
        content = annotate(file.path.read_bytes(), file.workbook, marks(file, spec.name, spec.labels(), today), macros)
        return self._write(file.path, f".periksa.{'xlsm' if macros else 'xlsx'}", content)

    def uploads(self, path: Path, clean: pl.DataFrame, spec: RosterSpec, form: UploadSpec) -> list[Path]:
        """Write the upload sheets of a file, each read back and compared before it gets its name.

        Raises:
            FileError: it could not be written, or does not say what it should.
        """
        written = []
        with paused():
            parts = list(write_uploads(upload_cells(clean, spec, form), form))
            for content, cells in parts:
                _compare(content, cells, form)
        for number, (content, _cells) in enumerate(parts, 1):
            part = f"-{number}" if len(parts) > 1 else ""
            written.append(self._write(path, f".bpjs-{form.name}{part}.xlsx", content))
        return written

    def _write(self, source: Path, suffix: str, content: bytes) -> Path:
        base = self._base[source]
        target = base.with_name(base.name + suffix)
        if target.resolve() in self._inputs:
            raise FileError(
                "would-overwrite",
                _("{path} adalah berkas masukan dan tidak akan ditimpa. Pilih folder lain dengan --out.").format(
                    path=target
                ),
            )
        write_file(target, content)
        return target


def _compare(content: bytes, cells: pl.DataFrame, form: UploadSpec) -> None:
    """Read an upload sheet back; it must hold exactly the cells that it was made from."""
    (sheet,) = read_any(io.BytesIO(content))
    header = [column.header for column in form.columns]
    wanted = [header, *map(list, cells.fill_null("").iter_rows())]
    width = len(header)
    found = [[*row, *[""] * (width - len(row))] for row in sheet.rows]
    if found != wanted:
        raise FileError(
            "upload-differs", _("Lembar unggah tidak sama dengan datanya, jadi tidak dipakai. Laporkan ini.")
        )
