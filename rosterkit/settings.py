"""What a run is asked to do: ``rosterkit.toml`` (the nearest one upward) and, over it, the command line."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rosterkit.errors import UsageError
from rosterkit.language import _
from rosterkit.model import Severity

FILE = "rosterkit.toml"
_KEYS = ("schema", "decree", "upload", "out", "language")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run; None means that the schema or the default decides."""

    paths: tuple[Path, ...]
    schema: str
    today: dt.date
    decree: Path | None = None
    upload: str | None = None
    out: Path | None = None
    fail_on: Severity = Severity.ERROR
    unmask: bool = False


def project(start: Path) -> dict[str, Any]:
    """The nearest ``rosterkit.toml`` from a path upward; its paths are made relative to its folder.

    Raises:
        UsageError: the file is not TOML, or has a key that nobody knows.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        file = folder / FILE
        if file.is_file():
            return _read(file)
    return {}


def _read(file: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(_("{path} bukan TOML yang benar: {reason}.").format(path=file, reason=error)) from error
    for key, value in data.items():
        if key not in _KEYS or not isinstance(value, str):
            raise UsageError(
                _('{path}: kunci "{key}" tidak dikenal atau bukan teks. Yang boleh: {allowed}.').format(
                    path=file, key=key, allowed=", ".join(_KEYS)
                )
            )
    for key in ("decree", "out"):
        if key in data:
            data[key] = _near(file.parent / data[key])
    if data.get("schema", "").endswith((".yaml", ".yml")):
        data["schema"] = str(file.parent / data["schema"])
    return data


def _near(path: Path) -> Path:
    """A path below the working folder as a clerk would type it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
