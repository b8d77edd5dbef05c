"""Reads a file in another process: a hostile one can end that without ending the run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from rosterkit.errors import FileError
from rosterkit.language import _
from rosterkit.model.cells import Sheet
from rosterkit.read.kinds import unpacked_size
from rosterkit.read.limits import max_memory, max_seconds


def read_in_child(path: Path, kind: str, content: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a file (see ``read.child``), read in a process with limits.

    Raises:
        FileError: the file cannot be read, or ended the process.
    """
    import pickle

    size = unpacked_size(content)
    command = [sys.executable, "-P", "-m", "rosterkit.read.child", kind, str(path.resolve()), str(max_memory(size))]
    try:
        process = subprocess.run(command, capture_output=True, timeout=max_seconds(size), check=False)  # noqa: S603 # this package, no shell
        if process.returncode == 0:
            result = pickle.loads(process.stdout)  # noqa: S301 # written by ``read.child``
            if result and isinstance(result[0], str):
                raise FileError(*result)
            sheets: tuple[Sheet, ...] = result
            return sheets
    except subprocess.TimeoutExpired:
        pass
    raise FileError(
        "reader-failed",
        _(
            "Berkas tidak bisa dibaca: rusak, terlalu besar, atau ada isi yang sangat jauh dari tabel. Buka di Excel,"
            " hapus baris dan kolom kosong yang berlebih, Save As > Excel Workbook (.xlsx), lalu periksa lagi. Bila"
            " isinya memang banyak, bagi menjadi beberapa berkas, atau naikkan [limits] dalam rosterkit.toml."
        ),
    )
