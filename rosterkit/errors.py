"""The exceptions of rosterkit. Bad data never raises one: it becomes a finding.

RosterkitError
  UsageError        exit 2: what was asked for cannot be done (a schema, an option, a decree)
    SchemaError     a schema file that cannot be used: file, line and key
    OutsideError    a project's file names paths outside of its folder, not allowed yet (in ``outside.py``)
  FileError         exit 3: one file that cannot be processed; the other files go on
"""

from __future__ import annotations


class RosterkitError(Exception):
    """The base of all exceptions; the text tells the clerk what is wrong and what to do next."""


class UsageError(RosterkitError):
    """What was asked for cannot be done; nothing was processed (exit code 2)."""


class SchemaError(UsageError):
    """A schema file that cannot be used; the text names file, line and key."""


class FileError(RosterkitError):
    """A file that cannot be processed (exit code 3).

    Args:
        code: a short, stable word for programs, such as ``encrypted``.
        message: what is wrong and what to do, for the clerk.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[type[FileError], tuple[str, str]]:
        return FileError, (self.code, self.message)


def place_of(error: BaseException) -> str:
    """Where in the program an error arose, as ``file.py:12``: for a report that holds nothing of anybody's data."""
    import traceback
    from pathlib import PurePath

    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "rosterkit" in PurePath(frame.filename).parts] or frames
    return f"{PurePath(own[-1].filename).name}:{own[-1].lineno}" if own else "?"
