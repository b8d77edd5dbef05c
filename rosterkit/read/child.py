"""The process that reads files which could not be inspected: ``python -m rosterkit.read.child KIND PATH``.

It writes a pickle to standard output: the sheets, or code and message of the failure. Where the system allows it,
memory is bounded so that a hostile file ends this process and not the machine.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from rosterkit.errors import FileError
from rosterkit.model.cells import Sheet
from rosterkit.read.workbook import read_any, read_xlsx

_MAX_MEMORY = 8 * 1024**3  # bytes of address space


def main(kind: str, path: Path) -> None:
    """Read one file and write its sheets to standard output."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY, _MAX_MEMORY))
    except ImportError:  # Windows has no such limit; the process can still die alone
        pass
    result: tuple[Sheet, ...] | tuple[str, str]
    try:
        result = read_xlsx(path.read_bytes()) if kind == "xlsx" else read_any(path)
    except FileError as error:
        result = (error.code, error.message)
    except MemoryError:
        sys.exit(1)
    sys.stdout.buffer.write(pickle.dumps(result, pickle.HIGHEST_PROTOCOL))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
