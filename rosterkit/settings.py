"""The settings of a run: ``rosterkit.toml`` (the nearest one upward), overridden by the command line."""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path
from typing import Any

from rosterkit.errors import UsageError
from rosterkit.language import _
from rosterkit.model.finding import Severity
from rosterkit.outside import require_inside
from rosterkit.records import dataclass
from rosterkit.schema.find import SUFFIXES
from rosterkit.schema.layers import Layer, line_of

FILE = "rosterkit.toml"
EXCEPTIONS = "pengecualian.xlsx"
DECISIONS = "keputusan.xlsx"
DUPLICATES = "ganda.xlsx"  # decisions are asked for there
SENT = "terunggah.json"  # who was uploaded already
MEMORY = ".rosterkit"  # the folder in the output folder of what earlier runs found
SENDERS = "acuan/pengirim.xlsx"
LIMITS = "limits"  # of reading one file in a process of its own
INBOX = "masuk"  # where a project's lists are
DESK_SUFFIX = ".daftar"  # of a file in a project's folder: a double click on it opens the desk there
DEADLINE = "deadline"  # the day by which senders should have corrected their rosters
_PATHS = ("decree", "participants", "population", "senders", "out", "exceptions")
_TEXTS = ("schema", "upload", "language", *_PATHS)
OVERRIDES = (
    "columns",
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
    "remarks",
    "words",
    "from_nik",
)  # these keys override the schema's


ENGINES = ("here", "disk", "spark")
_LEAST = {"memory_mb": 500, "seconds": 5}  # below that not even a small file is read


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reading of a small file may take in a process of its own; a larger file may take more.

    Args:
        memory_mb: megabytes of memory.
        seconds: how long.
    """

    memory_mb: int = 1500
    seconds: int = 60


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run; None means that the schema or the default decides."""

    paths: tuple[Path, ...]
    schema: str
    today: dt.date
    uses_form_schema: bool = False  # a schema that the forms name comes before ``schema``
    schema_is_default: bool = False  # neither the command line nor a project names one
    folder: Path | None = None  # the folder that is checked, where it is one
    others: tuple[Path, ...] = ()  # files in it that are no lists
    is_decree: bool = False  # what is checked is the annex of a decree, which nobody sends and nobody uploads
    opened: tuple[str, ...] = ()  # lists in it that are open in Excel
    whole: bool = False  # the run is of a folder or several files, with outputs of all files together
    jobs: int | None = None  # number of processes; None: chosen by the number of files
    engine: str | None = None  # of ENGINES (see ``run.engines``); None: chosen by number and size of the files
    master: str | None = None  # the address of a cluster; None: as Spark is configured
    decree: Path | None = None
    participants: Path | None = None
    population: Path | None = None
    senders: Path | None = None
    exceptions: Path | None = None
    project: Path | None = None  # the folder of ``rosterkit.toml``
    override: Layer | None = None  # keys that override the schema's
    upload: str | None = None
    template: Path | None = None
    apply_fixes: bool = False
    write: bool = True  # else only the report is made
    per_file: bool = False  # of several files: upload sheets for each instead of one for all
    out: Path | None = None
    deadline: dt.date | None = None
    fail_on: Severity = Severity.ERROR
    unmask: bool = False
    limits: Limits = Limits()

    @property
    def upload_each(self) -> bool:
        """Whether each file has upload sheets of its own; else there is one upload of all files, never both."""
        return self.per_file or not self.whole


def read_project(start: Path) -> dict[str, Any]:
    """Return the keys of the nearest ``rosterkit.toml`` from a path upward; empty where there is none.

    Paths are relative to the folder of the file. ``override`` holds the keys that override the schema's,
    ``exceptions`` and ``senders`` the files of these names beside it, ``project`` its folder, ``limits`` the
    ``Limits``.

    Raises:
        UsageError: the file is not TOML, or has an unknown key or a value of the wrong type.
        OutsideError: it names a path outside of its folder that nobody has allowed.
    """
    folder = find_project(start)
    return _read(folder.resolve() / FILE) if folder else {}


def find_project(start: Path) -> Path | None:
    """Return the folder of the nearest ``rosterkit.toml`` from a path upward; None where there is none."""
    start = start.resolve()
    folders = (folder for folder in (start, *start.parents) if os.path.isfile(folder / FILE))  # noqa: PTH113 # never raises
    return next(map(_relative, folders), None)


def _allowed_types(key: str) -> tuple[type, ...]:
    """Return the types that the value of a key may have; none for an unknown key."""
    if key == DEADLINE:
        return (dt.date,)
    if key == "from_nik":
        return (bool,)
    if key in ("chain", "coverage"):
        return (list,)
    return (str,) if key in (*_TEXTS, "duplicates") else (dict,) if key in (*OVERRIDES, LIMITS) else ()


def _read(file: Path) -> dict[str, Any]:
    import tomllib

    try:
        data = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(_toml_message(file, error)) from error
    for key, value in data.items():
        if not isinstance(value, _allowed_types(key)):
            raise UsageError(
                _('{path}, baris {line}: kunci "{key}" {told}.').format(
                    path=file, line=line_of(file, (key,)), key=key, told=_key_message(key)
                )
            )
    data["project"] = _relative(file.parent)
    if LIMITS in data:
        data[LIMITS] = _read_limits(file, data[LIMITS])
    override = {key: data.pop(key) for key in OVERRIDES if key in data}
    if override:
        data["override"] = Layer(_relative(file), override)
    own = {"exceptions": EXCEPTIONS, "senders": SENDERS}
    named = {key: data[key] for key in _PATHS if key in data}
    schemas = {key: data[key] for key in ("schema", "upload") if _is_path(data.get(key, ""))}
    require_inside(file.parent, {**own, **named, **schemas})
    for key, name in own.items():
        if key not in data and (file.parent / name).is_file():
            data[key] = name
    for key in _PATHS:
        if key in data:
            data[key] = _relative(file.parent / data[key])
    for key in ("schema", "upload"):
        if data.get(key, "").endswith(SUFFIXES):
            data[key] = str(file.parent / data[key])
    return data


def _is_path(name: str) -> bool:
    """Whether a schema or a form is named by its path."""
    return name.endswith(SUFFIXES) or any(sign in name for sign in "/\\:")


def _read_limits(file: Path, given: dict[str, Any]) -> Limits:
    for key, value in given.items():
        if key not in _LEAST:
            told = _("tidak dikenal. Yang boleh: {allowed}").format(allowed=", ".join(_LEAST))
        elif type(value) is not int or value < _LEAST[key]:
            told = _("harus bilangan bulat, paling sedikit {least}, misalnya {key} = {usual}").format(
                least=_LEAST[key], key=key, usual=getattr(Limits(), key)
            )
        else:
            continue
        raise UsageError(
            _('{path}, baris {line}: kunci "{key}" {told}.').format(
                path=file, line=line_of(file, (LIMITS, key)), key=f"{LIMITS}.{key}", told=told
            )
        )
    return Limits(**given)


def _toml_message(file: Path, error: ValueError) -> str:
    """Return the message for a file that is not TOML."""
    if isinstance(error, UnicodeDecodeError):
        return _("{path} bukan teks UTF-8. Simpan ulang sebagai teks UTF-8.").format(path=file)
    line = re.search(r"at line (\d+)", str(error))
    last = len(file.read_text(encoding="utf-8-sig").splitlines())
    message = _(
        "{path}, baris {line}: bukan TOML yang benar. Teks ditulis dalam tanda kutip, dan tiap kunci hanya sekali."
    )
    return message.format(path=file, line=line[1] if line else last)


def _key_message(key: str) -> str:
    """Return the message for an unknown key, or one whose value has the wrong type."""
    types = _allowed_types(key)
    if not types:
        return _("tidak dikenal. Yang boleh: {allowed}").format(
            allowed=", ".join((*_TEXTS, *OVERRIDES, DEADLINE, LIMITS))
        )
    messages = {
        str: _('harus teks dalam tanda kutip, misalnya {key} = "..."'),
        dt.date: _("harus tanggal tanpa tanda kutip, misalnya {key} = 2025-01-31"),
        bool: _("harus true atau false, misalnya {key} = true"),
        list: _("harus daftar, misalnya {key} = [...]"),
        dict: _("harus kelompok kunci, dengan judul [{key}]"),
    }
    return messages[types[0]].format(key=key)


def _relative(path: Path) -> Path:
    """Return a path below the working folder relative to it, as a clerk would type it."""
    folder = Path.cwd()
    return path.relative_to(folder) if path.is_relative_to(folder) else path
