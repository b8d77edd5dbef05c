"""Which files a run is about: paths, folders and patterns, without our own outputs."""

from __future__ import annotations

import glob
import re
from collections.abc import Collection, Sequence
from pathlib import Path

from rosterkit.errors import UsageError
from rosterkit.files import path_order, real_path
from rosterkit.language import _
from rosterkit.read.old_formats import is_old_format
from rosterkit.read.properties import find_upload_source
from rosterkit.read.workbook import SUFFIXES
from rosterkit.settings import DECISIONS, EXCEPTIONS, FILE, SENT

_OURS = {
    *(FILE, EXCEPTIONS, DECISIONS, SENT, "BACA-SAYA.txt", "Meja kerja.daftar", "Periksa.bat", "periksa.sh"),
    *("desktop.ini", "Thumbs.db"),
}
_MEMORY = ".rosterkit"  # in every output folder (see ``memory``)
_OWN = re.compile(r"\.periksa\.xls[xm]$|^(?:rekap|mutasi|ganda)\.xlsx$|^laporan\.html$")
_OWNER = "~$"  # what Excel's owner file of a workbook that is open begins with


def find_files(given: list[str], out: Path | None = None, others: Sequence[Path] = ()) -> list[Path]:
    """The files that paths, folders and globs name, each once, in order; outputs of earlier runs are passed over.

    An annotated copy that a sender gives back is an input as any other; what lies in the output folder is none, nor are
    ``others`` (the decree and its kind) where a folder holds them.

    Raises:
        UsageError: a pattern or a folder names no file.
    """
    found: dict[Path, Path] = {}
    known = {real_path(other) for other in others}
    for text in given:
        path = Path(text)
        if path.is_dir():
            among = (file for file in path.rglob("*") if _is_input(file, path, out))
            inside = sorted((file for file in among if real_path(file) not in known), key=path_order)
            if not inside:
                raise UsageError(
                    _(
                        "Folder {path} tidak berisi berkas Excel ({suffixes}). Taruh daftar di situ lalu coba lagi."
                    ).format(path=path, suffixes=" ".join(SUFFIXES))
                )
        elif not path.exists() and glob.has_magic(text):
            named = (path for path in map(Path, _glob(text)) if path.is_file() and not path.name.startswith(_OWNER))
            inside = sorted(named, key=path_order)
            if not inside:
                raise UsageError(_("Tidak ada berkas yang cocok dengan {pattern}.").format(pattern=text))
        else:
            inside = [path]
        for file in inside:
            found.setdefault(real_path(file), file)
    return list(found.values())


def find_others(folder: Path, files: Collection[Path], out: Path | None, known: Collection[Path]) -> list[Path]:
    """The files of a folder that are no lists: photos, letters, archives.

    Args:
        folder: what is checked.
        files: those that are checked.
        out: the output folder.
        known: the lists of the office.
    """
    inputs = {real_path(file) for file in (*files, *known)}
    others = []
    for file in sorted(folder.rglob("*"), key=path_order):
        own = file.name in _OURS or _is_output(file, folder, out) or find_upload_source(file) is not None
        if file.is_file() and not own and real_path(file) not in inputs:
            others.append(file)
    return others


def open_name(file: Path) -> str:
    """The name of the workbook that an owner file of Excel says is open; empty for other files."""
    name = file.name.removeprefix(_OWNER)
    return name if name != file.name and file.with_name(name).is_file() else ""


def find_open(folder: Path) -> tuple[str, ...]:
    """The names of the lists of a folder that are open in Excel; not those of results."""
    owners = [file for file in sorted(folder.rglob(f"{_OWNER}*")) if "hasil" not in file.relative_to(folder).parts]
    return tuple(filter(None, map(open_name, owners)))


def _glob(pattern: str) -> list[str]:
    return glob.glob(pattern, recursive=True)  # noqa: PTH207 # Path.glob takes no absolute pattern


def _is_output(file: Path, folder: Path, out: Path | None) -> bool:
    """Whether a file is hidden, a result of ours, or Excel's sign that another one is open."""
    inner = file.relative_to(folder).parts[:-1]
    if any(part == "hasil" or part.startswith(".") for part in inner) or file.name.startswith((".", _OWNER)):
        return True
    if _OWN.search(file.name) and (file.parent / _MEMORY).is_dir():  # of a run that had another output folder
        return True
    if out is not None and real_path(file).is_relative_to(out.resolve()):
        below = out.resolve() != folder.resolve() and out.resolve().is_relative_to(folder.resolve())
        return below or _OWN.search(file.name) is not None  # where results lie among the lists, their names tell
    return False


def _is_input(file: Path, folder: Path, out: Path | None) -> bool:
    if _is_output(file, folder, out):
        return False
    is_readable = file.suffix.lower() in SUFFIXES or is_old_format(file)
    there = file.is_file() or (file.is_symlink() and not file.is_dir())  # one that leads nowhere is told of
    listed = is_readable and file.name not in (EXCEPTIONS, DECISIONS) and there
    return listed and find_upload_source(file) is None
