"""Commands as texts name them: they can be pasted, and call the program as it was called."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from pathlib import Path

_WINDOWS = os.name == "nt"
_PLAIN = re.compile(r"[\w.:/\\+=-]+")  # needs no quotes in cmd.exe


def command(*words: object) -> str:
    """A command of the program, such as ``rosterkit check 'masuk baru'``, quoted for the shell of the platform."""
    return " ".join([program(), *(quote(str(word)) for word in words)])


def program() -> str:
    """How the program was called: ``rosterkit``, ``python -m rosterkit``, ``.venv/bin/rosterkit``."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        if sys.orig_argv[0] == "rosterkit":  # the program of the installer, which starts Python under its own name
            return "rosterkit"
        return f"{_as_typed(Path(sys.orig_argv[0]))} -m rosterkit"
    return _as_typed(called)


def quote(word: str, windows: bool = _WINDOWS) -> str:
    """A word as it is pasted: for ``cmd.exe`` on Windows, a POSIX shell elsewhere."""
    if not windows:
        return shlex.quote(word)
    if _PLAIN.fullmatch(word):
        return word
    parts = word.split("%") if word.count("%") > 1 else [word]  # %NAME% is a variable, also between quotes
    if parts[-1].endswith("\\"):
        parts[-1] += "\\"
    return "^%".join(f'"{part}"' if part else "" for part in parts) or '""'


def _as_typed(called: Path) -> str:
    """A program by its name where the shell finds it, else by its path, from here where it lies below."""
    shown = called.with_suffix("") if called.suffix.lower() == ".exe" else called
    found = shutil.which(shown.name)
    if len(called.parts) == 1 or (found and called.exists() and called.samefile(found)):
        return quote(shown.name)
    here = Path.cwd()
    return quote(str(shown.relative_to(here) if shown.is_absolute() and shown.is_relative_to(here) else shown))
