"""The check of an upload sheet before it gets its name."""

from __future__ import annotations

import io
from collections.abc import Sequence

from rosterkit.errors import FileError
from rosterkit.language import _
from rosterkit.read.workbook import read_any
from rosterkit.schema.upload_spec import UploadSpec
from rosterkit.write.uploads.sheets import Cells


def verify_upload(content: bytes, rows: Sequence[Cells], upload: UploadSpec) -> None:
    """Read an upload sheet back and compare it with the cells that it was made from.

    Raises:
        FileError: they differ.
    """
    (sheet,) = read_any(io.BytesIO(content))
    header = [column.header for column in upload.columns]
    expected = [header, *([value or "" for value in row] for row in rows)]
    padding = [""] * (len(header) - max(map(len, sheet.rows), default=0))
    found = [[*row, *padding] for row in sheet.rows] if padding else sheet.rows
    if found != expected:
        raise FileError(
            "upload-differs", _("Berkas unggah tidak sama dengan daftarnya, jadi tidak dipakai. Laporkan ini.")
        )
