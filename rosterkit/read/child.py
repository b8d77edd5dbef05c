"""The process that reads files which could not be inspected: ``python -m rosterkit.read.child KIND PATH BYTES``.

It writes a pickle to standard output: the sheets, or code and message of the failure. Its memory is bounded so that a
hostile file ends this process and not the machine.
"""

from __future__ import annotations

import pickle
import struct
import sys
from dataclasses import replace
from pathlib import Path
from xml.parsers import expat

from rosterkit.errors import FileError
from rosterkit.model.cells import Sheet, SheetExtras
from rosterkit.read.grid import guard_repeats
from rosterkit.read.limits import limit_memory
from rosterkit.read.ods_extras import add_ods_extras
from rosterkit.read.package import damaged, read_part
from rosterkit.read.workbook import read_any, read_xlsx
from rosterkit.read.xls_extras import add_xls_extras


def main(kind: str, path: Path, memory: int) -> None:
    """Read one file within so many bytes of memory, and write its sheets to standard output."""
    limit_memory(memory)
    result: tuple[Sheet, ...] | tuple[str, str]
    try:
        if kind == "ods":
            guard_repeats(read_part(path.read_bytes(), "content.xml"))
        result = read_xlsx(path.read_bytes()) if kind == "xlsx" else add_extras(kind, path, read_any(path))
    except expat.ExpatError:
        result = (damaged().code, damaged().message)
    except FileError as error:
        result = (error.code, error.message)
    except MemoryError:
        sys.exit(1)
    sys.stdout.buffer.write(pickle.dumps(result, pickle.HIGHEST_PROTOCOL))


def add_extras(kind: str, path: Path, sheets: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    """Return the sheets with what the file says beside the values, or marked as ``unread`` where it cannot be read."""
    try:
        if kind == "ods":
            return add_ods_extras(path.read_bytes(), sheets)
        if kind == "xls":
            return add_xls_extras(path.read_bytes(), sheets)
    except (ArithmeticError, ValueError, LookupError, struct.error, expat.ExpatError):
        pass
    return tuple(replace(sheet, extras=SheetExtras(unread=True)) for sheet in sheets)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
