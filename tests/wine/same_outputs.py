"""Whether two folders hold the same results, part by part."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile, is_zipfile

_OF_THE_DAY = "docProps/core.xml"  # holds the second of writing


def differences(first: Path, second: Path) -> list[str]:
    """Return the files and parts that differ between two folders."""
    here, there = _contents(first), _contents(second)
    return sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))


def _contents(folder: Path) -> dict[str, bytes]:
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and is_zipfile(path):
            with ZipFile(path) as package:
                names = [part for part in package.namelist() if part != _OF_THE_DAY]
                found |= {f"{name}: {part}": package.read(part) for part in names}
                found[f"{name}: order"] = "\n".join(names).encode()
        elif path.is_file():
            found[name] = path.read_bytes()
    return found
