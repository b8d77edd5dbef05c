"""What lies in a folder of lists, by names, sizes and times alone: nothing is opened, or pulled from a cloud."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import field
from pathlib import Path

from rosterkit.records import dataclass
from rosterkit.run.find_files import open_name
from rosterkit.settings import DECISIONS

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".mht", ".mhtml", ".xml", ".fods")
_RESULTS = "hasil"
_OFFLINE, _RECALL_ON_OPEN, _RECALL_ON_ACCESS = 0x1000, 0x40000, 0x400000  # attributes of files that are elsewhere

Stamp = tuple[int, int]  # size in bytes, time of the last change in nanoseconds


@dataclass(frozen=True, slots=True)
class Sight:
    """What lies in a folder.

    Args:
        lists: name from the folder on -> stamp.
        open: names of lists that are open in Excel.
        cloud: names of lists of which only a placeholder is here (OneDrive).
        office: path of the project's file and the office's lists -> stamp, where they are there.
        written: likewise, of what a check reads and writes itself, as the sheet of decisions.
    """

    lists: Mapping[str, Stamp]
    open: tuple[str, ...] = ()
    cloud: tuple[str, ...] = ()
    office: Mapping[str, Stamp] = field(default_factory=dict)
    written: Mapping[str, Stamp] = field(default_factory=dict)

    @property
    def stamps(self) -> dict[str, Stamp]:
        """Everything that a check depends on."""
        return {**self.lists, **self.office, **self.written}


def look_into(
    folder: Path,
    out: Path | None = None,
    office: Iterable[Path] = (),
    known: Mapping[str, Stamp] | None = None,
    written: Iterable[Path] = (),
) -> Sight:
    """Look into a folder of lists and the folders in it, never into results.

    Args:
        folder: the folder.
        out: the output folder, where it is not ``hasil``.
        office: the project's file and the office's lists.
        known: stamps of the last check. Windows tells the size of a file that is being written late in its folder, so
            that the file itself is asked where its stamp is a new one.
        written: what a check reads and writes itself.

    Raises:
        OSError: the folder is not there, or cannot be read.
    """
    lists: dict[str, Stamp] = {}
    opened, cloud = [], []
    for entry in _entries(folder, out):
        name = Path(entry.path).relative_to(folder).as_posix()
        owned = open_name(Path(entry.path))
        if owned:
            opened.append(Path(name).with_name(owned).as_posix())
        elif _is_list(entry.name):
            found = _stamp_of(entry, (known or {}).get(name))
            if found:
                lists[name], only_placeholder = found
                cloud += [name] * only_placeholder
    stamps: tuple[dict[str, Stamp], dict[str, Stamp]] = {}, {}
    for paths, into in zip((office, written), stamps, strict=True):
        for path in paths:
            with suppress(OSError):
                found_office = path.stat()
                into[str(path)] = _stamp(found_office)
                cloud += [path.name] * is_elsewhere(found_office)
    return Sight(lists, tuple(sorted(opened)), tuple(sorted(cloud)), *stamps)


def is_elsewhere(found: os.stat_result) -> bool:
    """Whether a file is only a placeholder, whose content would have to be pulled (Windows)."""
    attributes = getattr(found, "st_file_attributes", 0)
    return bool(attributes & (_OFFLINE | _RECALL_ON_OPEN | _RECALL_ON_ACCESS))


def _is_list(name: str) -> bool:
    return name.lower().endswith(SUFFIXES) and not name.startswith((".", "~$")) and name != DECISIONS


def _entries(folder: Path, out: Path | None) -> Iterator[os.DirEntry[str]]:
    """The files of a folder and the folders in it; one of those that may not be read is passed over."""
    waiting = [str(folder)]
    while waiting:
        place = waiting.pop()
        try:
            with os.scandir(place) as entries:
                inside = list(entries)
        except PermissionError:
            if place == str(folder):
                raise
            continue
        for entry in inside:
            if not entry.is_dir(follow_symlinks=False):
                yield entry
            elif entry.name != _RESULTS and not entry.name.startswith(".") and (out is None or Path(entry.path) != out):
                waiting.append(entry.path)


def _stamp_of(entry: os.DirEntry[str], known: Stamp | None) -> tuple[Stamp, bool] | None:
    """The stamp of a file, and whether it is only a placeholder; None for one that is gone by now."""
    try:
        found = entry.stat()
        if _stamp(found) != known and not is_elsewhere(found):
            found = os.stat(entry.path)  # noqa: PTH116 # the entry's own stat would be the cached one
    except FileNotFoundError:
        return None
    return (_stamp(found), is_elsewhere(found)) if stat.S_ISREG(found.st_mode) else None


def _stamp(found: os.stat_result) -> Stamp:
    return found.st_size, found.st_mtime_ns
