"""What a run is asked to do: ``rosterkit.toml`` (the nearest one upward) and, over it, the command line."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rosterkit.errors import UsageError
from rosterkit.language import _
from rosterkit.model.finding import Severity
from rosterkit.schema.load import SUFFIXES, Layer, line_of

FILE = "rosterkit.toml"
EXCEPTIONS = "pengecualian.xlsx"
SENDERS = "acuan/pengirim.xlsx"
DEADLINE = "deadline"  # the day by which senders should have mended their lists
_PATHS = ("decree", "participants", "population", "senders", "out", "exceptions")
_TEXTS = ("schema", "upload", "language", *_PATHS)
_OVER = (
    "rules",
    "ages",
    "period",
    "in_force",
    "funding",
    "quota",
    "chain",
    "annex",
    "leaving",
    "coverage",
    "tolerance",
    "duplicates",
)  # laid over the schema's own


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run; None means that the schema or the default decides."""

    paths: tuple[Path, ...]
    schema: str
    today: dt.date
    by_mark: bool = False  # the mark of a form may name another schema
    schema_is_default: bool = False  # neither the command line nor a project has named one
    folder: Path | None = None  # what is checked, where that is one folder
    whole: bool = False  # a run of a folder or of several files, with outputs of all together
    jobs: int | None = None  # processes; None: as many as are worth it
    decree: Path | None = None
    participants: Path | None = None
    population: Path | None = None
    senders: Path | None = None
    exceptions: Path | None = None
    over: Layer | None = None
    upload: str | None = None
    template: Path | None = None
    apply_fixes: bool = False
    out: Path | None = None
    deadline: dt.date | None = None
    fail_on: Severity = Severity.ERROR
    unmask: bool = False


def project(start: Path) -> dict[str, Any]:
    """The nearest ``rosterkit.toml`` from a path upward; its paths are made relative to its folder.

    ``over`` holds what is laid over the schema, ``exceptions`` the ``pengecualian.xlsx`` beside the file.

    Raises:
        UsageError: the file is not TOML, or has a key that nobody knows.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        file = folder / FILE
        if file.is_file():
            return _read(file)
    return {}


def _shape(key: str) -> tuple[type, ...]:
    if key == DEADLINE:
        return (dt.date,)
    if key in ("chain", "coverage"):
        return (list,)
    return (str,) if key in (*_TEXTS, "duplicates") else (dict,) if key in _OVER else ()


def _read(file: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(_broken(file, error)) from error
    for key, value in data.items():
        if not isinstance(value, _shape(key)):
            raise UsageError(
                _('{path}, baris {line}: kunci "{key}" {told}.').format(
                    path=file, line=line_of(file, (key,)), key=key, told=_wrong_shape(key)
                )
            )
    over = {key: data.pop(key) for key in _OVER if key in data}
    if over:
        data["over"] = Layer(_near(file), over)
    for key, name in (("exceptions", EXCEPTIONS), ("senders", SENDERS)):
        if key not in data and (file.parent / name).is_file():
            data[key] = name
    for key in _PATHS:
        if key in data:
            data[key] = _near(file.parent / data[key])
    for key in ("schema", "upload"):
        if data.get(key, "").endswith(SUFFIXES):
            data[key] = str(file.parent / data[key])
    return data


def _broken(file: Path, error: ValueError) -> str:
    """What is wrong with a file that is no TOML."""
    if isinstance(error, UnicodeDecodeError):
        return _("{path} bukan teks UTF-8. Simpan ulang sebagai teks UTF-8.").format(path=file)
    line = re.search(r"at line (\d+)", str(error))
    last = len(file.read_text(encoding="utf-8-sig").splitlines())
    told = _(
        "{path}, baris {line}: bukan TOML yang benar. Teks ditulis dalam tanda kutip, dan tiap kunci hanya sekali."
    )
    return told.format(path=file, line=line[1] if line else last)


def _wrong_shape(key: str) -> str:
    """What is wrong with a key that nobody knows, or whose value is of another type."""
    shape = _shape(key)
    if not shape:
        return _("tidak dikenal. Yang boleh: {allowed}").format(allowed=", ".join((*_TEXTS, *_OVER, DEADLINE)))
    told = {
        str: _('harus teks dalam tanda kutip, misalnya {key} = "..."'),
        dt.date: _("harus tanggal tanpa tanda kutip, misalnya {key} = 2025-01-31"),
        list: _("harus daftar, misalnya {key} = [...]"),
        dict: _("harus kelompok kunci, dengan judul [{key}]"),
    }
    return told[shape[0]].format(key=key)


def _near(path: Path) -> Path:
    """A path below the working folder as a clerk would type it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
