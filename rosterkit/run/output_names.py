"""What the outputs of a run are called, and which ones earlier runs have left."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Sequence
from itertools import count, takewhile
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from rosterkit.errors import FileError
from rosterkit.files import path_order, portable_name, real_path, remove_output, remove_stale_temporary
from rosterkit.language import _
from rosterkit.read.properties import find_upload_source
from rosterkit.settings import MEMORY

if TYPE_CHECKING:
    from rosterkit.write.uploads.fill import Template

FOLDER = "hasil"
COMBINED = "gabungan"  # the upload of all files of a run
REPLIES = "balasan"
PER_FILE = "per-berkas"  # the folder of upload sheets of one file each, in a run of several
_INCOMPLETE = "-belum-lengkap"  # stands behind the name for people who lack a field that the form requires
_COPY = re.compile(r"(.+)\.periksa\.xls[xm]")
# What stands at the end of a copy's name when it comes back, also through WhatsApp, a browser or Windows.
_CAME_BACK = re.compile(r"(?:\.periksa(?:[ _-]*\(\d+\)|[ _-]+\d+|\s*-\s*(?:copy|salin(?:an)?))*)+$", re.IGNORECASE)


def output_folders(out: Path | None, inputs: Sequence[Path]) -> tuple[Path, ...]:
    """All folders that the outputs of a run go to."""
    if out:
        return (out,)
    folders = (paths_folder(inputs), *(path.parent for path in inputs))
    return tuple(dict.fromkeys(folder / FOLDER for folder in folders))


class OutputNames:
    """Names for the outputs of a run: two inputs of the same name never share one, and no input is written over."""

    def __init__(self, out: Path | None, inputs: Sequence[Path], per_file: bool = False, tidy: bool = True) -> None:
        self._inputs = {real_path(path) for path in inputs}
        self._per_file = per_file
        self._base: dict[Path, Path] = {}
        self._folder = out or paths_folder(inputs) / FOLDER
        taken = {_key(self._folder / name) for name in (COMBINED, COMBINED + _INCOMPLETE, "rekap")}
        for path in inputs:
            base = (out or path.parent / FOLDER) / list_name(path)
            folder, name, number = base.parent, base.name, 1
            while {_key(base), _key(_incomplete(base))} & taken:
                number += 1
                base = folder / f"{name}-{number}"
            taken |= {_key(base), _key(_incomplete(base))}
            self._base[path] = base
        self._replies = unique_names({path: base.name for path, base in self._base.items()})
        self._base[Path(COMBINED)] = self._folder / COMBINED
        self._old: dict[Path, list[Path]] = {}
        folders = {base.parent for base in self._base.values()}
        for folder in (self._folder / REPLIES, self._folder / MEMORY) if tidy else ():
            remove_stale_temporary(folder)
        for folder in (*folders, *(folder / PER_FILE for folder in folders)):
            if tidy:
                remove_stale_temporary(folder)
            for path in folder.iterdir() if folder.is_dir() else ():
                copy = _COPY.fullmatch(path.name)
                source = folder / copy[1] if copy else find_upload_source(path)
                if source:
                    self._old.setdefault(source, []).append(path)

    def hand_over(self, older: Path, newer: Path) -> None:
        """Let the newer version of a list take the names of the older one, for which nothing is written."""
        old, new = self._base[older], self._base[newer]
        plainer = old.parent == new.parent and len(old.name) < len(new.name)  # without a number
        if plainer and list_name(older) == list_name(newer):
            self._base[older], self._base[newer] = new, old
            self._replies[older], self._replies[newer] = self._replies[newer], self._replies[older]

    @property
    def folder(self) -> Path:
        """Where the outputs of all files together go."""
        return self._folder

    def reply(self, path: Path) -> Path:
        """The file of the text for the sender of a file."""
        return self._folder / REPLIES / f"{self._replies[path]}.txt"

    def strangers(self) -> tuple[list[str], list[str]]:
        """Return the names of what files that are not in this run have left: upload sheets of any family; the others.

        The others are marked copies and replies.
        """
        own = {base for path in self._base for base in self._upload_bases(path)} | {self._folder / "mutasi"}
        left = [path for base, old in self._old.items() if base not in own for path in old]
        names = {f"{name}.txt" for name in self._replies.values()}
        replies = [path for path in (self._folder / REPLIES).glob("*.txt") if path.name not in names]
        copies = [path for path in left if _COPY.fullmatch(path.name)]
        uploads = [path for path in left if not _COPY.fullmatch(path.name)]
        return self._list(uploads), self._list([*copies, *replies])

    def _list(self, paths: Sequence[Path]) -> list[str]:
        """The results as they are found in the output folder, in their order."""
        return [self._shown(path) for path in sorted(paths, key=path_order)]

    def _shown(self, path: Path) -> str:
        """A result as it is found in the output folder."""
        return path.relative_to(self._folder).as_posix() if path.is_relative_to(self._folder) else path.name

    def clear(self, path: Path, kept: Sequence[Path], template: Template | None = None) -> None:
        """Take away what an earlier run has left of a file: a sheet that is no longer true must not be uploaded.

        Raises:
            FileError: it is open in Excel, or the folder cannot be written.
        """
        old_ones: list[Path] = []
        for base in self._upload_bases(path):
            old_ones += self._old.get(base, ())
            if template:
                parts = (base.with_name(f"{base.name}-{number}") for number in count(1))
                old_ones.append(base / template.path.name)
                old_ones += takewhile(Path.exists, (part / template.path.name for part in parts))
        for old in old_ones:
            if old not in kept and real_path(old) not in self._inputs:
                remove_output(old)

    def target(self, source: Path, suffix: str) -> Path:
        """The path of an output of a file.

        Raises:
            FileError: it is one of the inputs.
        """
        base = self._base[source]
        return self.checked(base.parent / (base.name + suffix))

    def upload(self, source: Path, incomplete: bool = False) -> Path:
        """What the upload sheets of a file are called, without form and suffix."""
        complete, lacking, *per_file = self._upload_bases(source)
        if self._per_file and source != Path(COMBINED):
            complete, lacking = per_file
        return lacking if incomplete else complete

    def _upload_bases(self, source: Path) -> tuple[Path, ...]:
        """All names that upload sheets of a file may have in one kind of run or another."""
        base = self._base[source]
        apart = base.parent / PER_FILE / base.name
        return base, _incomplete(base), apart, _incomplete(apart)

    def checked(self, target: Path) -> Path:
        """The path of an output, which must not be one of the inputs.

        Raises:
            FileError: it is.
        """
        if real_path(target) in self._inputs:
            raise FileError(
                "would-overwrite",
                _("{path} adalah berkas masukan dan tidak akan ditimpa. Pilih folder lain dengan --out.").format(
                    path=target
                ),
            )
        return target


def _key(path: Path) -> str:
    """Return what two paths share that are one on some system."""
    return str(real_path(path)).casefold()


def _incomplete(base: Path) -> Path:
    """Return the name of the upload sheets for people who lack a field that the form requires."""
    return base.with_name(base.name + _INCOMPLETE)


def list_name(path: PurePath) -> str:
    """Return what the results of a file are called after: its name, without what a copy of ours adds to it.

    It can be a name on any system, as the folder may move from one to another.
    """
    return portable_name(_CAME_BACK.sub("", path.stem) or path.stem) or "_"


def unique_names(names: dict[Path, str]) -> dict[Path, str]:
    """Names of which no two are the same on any system, the later ones with a number."""
    seen: Counter[str] = Counter()
    apart = {}
    for path, name in names.items():
        seen[name.casefold()] += 1
        number = seen[name.casefold()]
        apart[path] = name if number == 1 else f"{name} ({number})"
    return apart


def paths_folder(inputs: Sequence[Path]) -> Path:
    """The folder that files have in common; their own where they have one."""
    folders = {path.parent for path in inputs}
    if len(folders) == 1:
        return folders.pop()
    try:
        return Path(os.path.commonpath([folder.resolve() for folder in folders]))
    except ValueError:  # on two drives
        return inputs[0].parent
