"""Which files of a run are versions of one list, and whose people count: those of the newest version.

A file replaces another one where all senders and most people agree, and the order is known: the one is a marked copy of
the other that came back, or the words of their names say it ("revisi", "lama"). Where the order is not known, or only a
few people of a list are sent once more, nothing is decided here: RK402 holds the people and RK405 asks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields

import polars as pl

from rosterkit.check.rows import Rows, by_nik, with_values
from rosterkit.check.version_names import VersionName, read_version_name
from rosterkit.frame.name_keys import is_same_name
from rosterkit.frame.same_lists import SHARE, count_shared, describe_files, find_copies, most_shared
from rosterkit.model.report import ListSource
from rosterkit.model.roster import Sender
from rosterkit.rules.base import Across
from rosterkit.rules.context import Context
from rosterkit.schema.spec import plain

_LEAST = 0.5  # of an older list must be in the newer one: a few people who are sent once more are no version of it
_MOST = 9  # files whose names differ in words of versions only, from which names say nothing
_Person = tuple[int, str | None, str | None, object]  # _id, NIK, comparison key of the name, birth date


def find_versions(rows: Rows, context: Context) -> tuple[pl.DataFrame, pl.Series]:
    """Find the files that are copies or older versions of others, and the people who count there (see ``frame``).

    Args:
        rows: everybody of a run.
        context: names and sources of the files, the words of versions.

    Returns:
        a frame of the files with people, in their order: ``_file``, ``_level``, ``size``, ``niks`` (how many),
        ``copy_of``, ``replaced_by``, and as ``shares`` the files before it with most of its NIKs (``other``,
        ``shared``); the ``_id`` of those who are set aside.
    """
    files = rows.pick(describe_files, None, ("_file", "_level", "_values", "nik"))
    copies = _newest_of_equal(find_copies(files), context)
    files = files.join(copies, on="_file", how="left", maintain_order="left")
    counted = rows.without("_file", copies["_file"]).by_key(_SHARED, context) if len(files) > 1 else []
    shared = most_shared(pl.concat([_NO_PAIRS, *counted]), files)
    newer = _newest(rows, files, shared, context) if len(context.sources) > 1 else {}
    replaced = pl.DataFrame(list(newer.items()), schema={"_file": pl.UInt32, "replaced_by": pl.UInt32}, orient="row")
    aside = rows.pick(with_values, ("_file", copies["_file"]), ("_id", "_file"))["_id"]
    if newer:
        everybody = _people_of(rows, {*newer, *newer.values()})
        found = [person for old, new in newer.items() for person in _found_again(everybody[old], everybody[new])]
        aside = pl.concat([aside, pl.Series(found, dtype=pl.UInt64)]).unique()
    shares = shared.group_by("_file", maintain_order=True).agg(shares=pl.struct(other="_file_right", shared="shared"))
    for more in (replaced, shares):
        files = files.join(more, on="_file", how="left", maintain_order="left")
    return files, aside


def _find_shared(rows: pl.DataFrame, keys: Sequence[pl.Expr], context: Context) -> pl.DataFrame:
    return count_shared(rows)


_SHARED = Across(reads=("_level", "nik"), keys=by_nik, find=_find_shared, adds=())
_NO_PAIRS = pl.DataFrame(schema={"_file": pl.UInt32, "_file_right": pl.UInt32, "shared": pl.UInt32})


def _newest_of_equal(copies: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Let the newest of files with the same people count, where one is known to be that; else the first one.

    Whatever is wrong with the sheet of the older one, the newer one was sent to mend it.
    """
    if copies.is_empty() or not context.sources:
        return copies
    names = [read_version_name(name, context.spec.words.versions) for name in context.names]
    sources, rows = context.sources, []
    for (first,), group in copies.group_by("copy_of", maintain_order=True):
        files = [int(str(first)), *group["_file"]]
        last = [
            one
            for one in files
            if all(
                sources[one].made_from[1] == sources[other].sha256 or names[one].is_newer_than(names[other])
                for other in files
                if other != one
            )
        ]
        kept = last[0] if len(last) == 1 else files[0]
        rows += [(file, kept) for file in files if file != kept]
    return pl.DataFrame(rows, schema=copies.schema, orient="row")


def _newest(rows: Rows, files: pl.DataFrame, shared: pl.DataFrame, context: Context) -> dict[int, int]:
    """Return older file -> the newest version of its list, for the files that are replaced."""
    copies = set(files.filter(pl.col("copy_of").is_not_null())["_file"])
    steps: dict[int, int] = {}
    pairs = [pair for pair in _ordered_pairs(files, shared, context) if copies.isdisjoint(pair)]
    everybody = _people_of(rows, {file for pair in pairs for file in pair})
    for older, newer in pairs:
        old, new = everybody.get(older, []), everybody.get(newer, [])
        found = len(_found_again(old, new))
        if found and found >= SHARE * min(len(old), len(new)) and found >= _LEAST * len(old):
            steps[older] = newer
    return {file: last for file in steps if (last := _follow(steps, file)) is not None}


def _follow(steps: dict[int, int], file: int) -> int | None:
    """Return the last version after a file; None where the versions go round in a circle."""
    passed = {file}
    while file in steps:
        file = steps[file]
        if file in passed:
            return None
        passed.add(file)
    return file


def _ordered_pairs(files: pl.DataFrame, similar: pl.DataFrame, context: Context) -> Iterator[tuple[int, int]]:
    """Yield the pairs of files (older, newer) that may be versions of one list and whose order is known."""
    sources = context.sources
    names = [read_version_name(name, context.spec.words.versions) for name in context.names]
    levels = dict(files.select("_file", "_level").iter_rows())
    made: dict[str, list[int]] = defaultdict(list)
    for number in levels:
        made[sources[number].sha256].append(number)
    hashes = {number: sources[number].made_from[1] for number in levels}
    by_hash = {(one, number) for number, sha256 in hashes.items() if sha256 for one in made[sha256]}
    shared = similar.select("_file", "_file_right").rows()
    by_people = {*shared, *(pair[::-1] for pair in shared)}
    by_stem: dict[str, list[int]] = defaultdict(list)
    for number in levels:
        by_stem[names[number].stem].append(number)
    by_name = {(one, two) for group in by_stem.values() if len(group) <= _MOST for one in group for two in group}
    for older, newer in sorted(by_hash | by_people | by_name):
        came_back, known = (older, newer) in by_hash, (newer, older) in by_hash
        if older == newer or levels[older] != levels[newer] or known:
            continue
        says_newer = names[newer].is_newer_than(names[older])
        adds = names[older].added or names[newer].added
        agree = _senders_agree(sources[older], sources[newer], came_back or _same_name(names[older], names[newer]))
        if agree and (came_back or (says_newer and not adds)):
            yield older, newer


def _same_name(one: VersionName, other: VersionName) -> bool:
    return bool(one.stem) and one.stem == other.stem


def _senders_agree(one: ListSource, other: ListSource, related: bool) -> bool:
    """Whether two files are of the same senders: each of the one is among those of the other.

    Two senders are the same where the narrowest thing known of both is; where something else relates the files
    (``related``) it is enough that nothing known differs.
    """
    enough = (True, None) if related else (True,)
    ways = ((one.senders, other.senders), (other.senders, one.senders))
    return all(any(_compare(sender, known) in enough for known in theirs) for mine, theirs in ways for sender in mine)


def _compare(one: Sender, other: Sender) -> bool | None:
    """True where the narrowest thing known of both is the same, False where something differs, None if neither."""
    names = [field.name for field in fields(Sender)]
    both = [(getattr(one, name), getattr(other, name)) for name in names]
    if any(mine and theirs and plain(mine) != plain(theirs) for mine, theirs in both):
        return False
    narrowest = next(((mine, theirs) for mine, theirs in both if mine or theirs), (None, None))
    return True if all(narrowest) else None


def _people_of(rows: Rows, files: set[int]) -> dict[int, list[_Person]]:
    """Return file -> its people."""
    people: dict[int, list[_Person]] = {}
    numbers = pl.Series(sorted(files), dtype=pl.UInt32)
    chosen = rows.pick(with_values, ("_file", numbers), ("_file", "_id", "nik", "name_key", "birth_date"))
    for file, *person in chosen.iter_rows():
        people.setdefault(file, []).append(tuple(person))
    return people


def _may_be_one(one: _Person, other: _Person) -> bool:
    """Whether two rows with one NIK may be of one person: not where name and birth date are both others."""
    (_id, _nik, name, born), (_other, _same, second, day) = one, other
    return not (name and second and born and day) or born == day or is_same_name(name, second)


def _found_again(old: Sequence[_Person], new: Sequence[_Person]) -> list[int]:
    """Return the ``_id`` of those of an older list who are in a newer one.

    By the NIK, unless name and birth date both say another person; by name and birth date; then by the name alone,
    where the newer list has as many more of that name.
    """
    of_nik: dict[str, list[_Person]] = defaultdict(list)
    for person in new:
        if person[1]:
            of_nik[person[1]].append(person)
    named = {(name, born) for _id, _nik, name, born in new if name and born}
    found = [
        person
        for person in old
        if any(_may_be_one(person, other) for other in of_nik.get(person[1] or "", ()))
        or (person[2], person[3]) in named
    ]
    known = {person[0] for person in found}
    rest = [person for person in old if person[0] not in known and person[2]]
    taken_niks, taken = {person[1] for person in found}, {(person[2], person[3]) for person in found}
    free = Counter(name for _id, nik, name, born in new if nik not in taken_niks and (name, born) not in taken)
    wanted = Counter(name for _id, _nik, name, _born in rest)
    return [*known, *(person[0] for person in rest if wanted[person[2]] <= free[person[2]])]
