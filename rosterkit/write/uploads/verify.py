"""The last look at an upload sheet before it gets its name."""

from __future__ import annotations

import io
from collections.abc import Sequence

from rosterkit.errors import FileError
from rosterkit.language import _
from rosterkit.read.workbook import read_any
from rosterkit.schema.upload_spec import UploadSpec
from rosterkit.write.uploads.sheets import Cells


def verify_upload(content: bytes, rows: Sequence[Cells], form: UploadSpec) -> None:
    """Read an upload sheet back; it must hold exactly the cells that it was made from.

    Raises:
        FileError: it does not.
    """
    (sheet,) = read_any(io.BytesIO(content))
    header = [column.header for column in form.columns]
    wanted = [header, *([value or "" for value in row] for row in rows)]
    rest = [""] * (len(header) - max(map(len, sheet.rows), default=0))
    if [[*row, *rest] for row in sheet.rows] != wanted:
        raise FileError(
            "upload-differs", _("Lembar unggah tidak sama dengan datanya, jadi tidak dipakai. Laporkan ini.")
        )
