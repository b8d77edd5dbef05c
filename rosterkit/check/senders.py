"""Who should send a list, against the files that came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path

from rosterkit.check.version_names import read_version_name
from rosterkit.model.report import ReadFile
from rosterkit.model.roster import Awaited, Sender
from rosterkit.schema.spec import plain
from rosterkit.schema.words import VersionMeaning


def match_senders(awaited: Sequence[Awaited], files: Sequence[ReadFile]) -> tuple[Awaited, ...]:
    """Give every awaited sender the files that hold a list of hers; a list that could be of several is of none."""
    came: dict[int, list[Path]] = {number: [] for number in range(len(awaited))}
    for file in files:
        for sender in file.senders.values() or (Sender(),):
            fitting = [number for number, expected in enumerate(awaited) if _fits(expected, sender, file.path)]
            if len(fitting) == 1 and file.path not in came[fitting[0]]:
                came[fitting[0]].append(file.path)
    return tuple(
        replace(expected, files=tuple(path.name for path in came[number])) for number, expected in enumerate(awaited)
    )


def _fits(expected: Awaited, sender: Sender, path: Path) -> bool:
    """Whether a list may be of a sender: nothing that both know differs, and the narrowest thing known is the same."""
    pairs = {f.name: (getattr(expected.sender, f.name), getattr(sender, f.name)) for f in fields(Sender)}
    if any(wanted and found and plain(wanted) != plain(found) for wanted, found in pairs.values()):
        return False
    known = [name for name in ("rt", "rw", "kelurahan", "kecamatan", "office") if pairs[name][0]]
    if not known:
        words = plain(expected.name)
        return bool(words) and words in plain(path.stem)
    if known[0] != "rt" and sender.rt:
        return False  # a list of one RT is not the list of its kelurahan
    return pairs[known[0]][1] is not None


def find_versions(files: Sequence[ReadFile], words: Mapping[str, VersionMeaning]) -> list[tuple[str, ...]]:
    """Files whose names say that they are versions of one another: "RT 03", "RT 03 final (1)"."""
    groups: dict[tuple[Path, str], list[str]] = {}
    for file in files:
        stem = read_version_name(file.path.name, words).stem
        groups.setdefault((file.path.parent, stem), []).append(file.path.name)
    return [tuple(names) for names in groups.values() if len(names) > 1]
