"""The licence notices of everything that the installer carries, in one text."""

from __future__ import annotations

import email
import sys
from email.message import Message
from pathlib import Path

FILE = "LISENSI.txt"
_NOTICES = ("licen[cs]e*", "LICEN[CS]E*", "COPYING*", "NOTICE*", "AUTHORS*")
_LINE = "=" * 100


def write_licences(program: Path, own: Path) -> None:
    """Write the notices of rosterkit, Python and all packages into the folder that is installed.

    Raises:
        SystemExit: a package says nothing of its licence.
    """
    parts = [_part("rosterkit", own.read_text(encoding="utf-8"))]
    parts.append(_part("Python", (program / "python" / "LICENSE.txt").read_text(encoding="utf-8")))
    regions = program / "lib" / "rosterkit" / "data" / "LICENSE-regions.txt"
    parts.append(_part("rosterkit/data/regions.txt", regions.read_text(encoding="utf-8")))
    for folder in sorted((program / "lib").glob("*.dist-info"), key=lambda folder: folder.name.casefold()):
        if not folder.name.startswith("rosterkit-"):
            known = email.message_from_string((folder / "METADATA").read_text(encoding="utf-8"))
            parts.append(_part(f"{known['Name']} {known['Version']}: {_licence(known)}", _texts(folder)))
    (program / FILE).write_text("\n".join(parts), encoding="utf-8-sig", newline="\r\n")


def _licence(known: Message) -> str:
    """The licence of a package in a word or two, as its metadata says it."""
    classifiers = [line for line in known.get_all("Classifier", []) if line.startswith("License ::")]
    said = known["License-Expression"] or next(iter(classifiers), "") or known["License"]
    if not said:
        sys.exit(f"{known['Name']} says nothing of its licence")
    return str(said).partition("\n")[0].rpartition(":: ")[2]


def _texts(folder: Path) -> str:
    found = {path for pattern in _NOTICES for path in folder.rglob(pattern) if path.is_file()}
    return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in sorted(found))


def _part(title: str, text: str) -> str:
    return f"{_LINE}\n{title}\n{_LINE}\n\n{text.strip()}\n"
