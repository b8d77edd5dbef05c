"""Decisions go on with the lists that they are about: a mended copy, or a revised list, has another name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TypeVar

import polars as pl

from rosterkit.model.finding import Decision
from rosterkit.rules.context import Context
from rosterkit.run.output_names import list_name

_Name = TypeVar("_Name", bound=Hashable)


def carry_on(decisions: Sequence[Decision], replaced: pl.DataFrame, context: Context) -> tuple[Decision, ...]:
    """Return decisions with the files as they are called in this run; of two about the same rows the later one.

    Args:
        decisions: as they were made, the oldest first.
        replaced: ``_file``, ``copy_of`` and ``replaced_by`` of the files that have one.
        context: names and sources of the files of the run.
    """
    names = _names_now(replaced, context)
    alike = _only_ones((_plain_name(name), now) for name, now in names.items())
    carried: dict[object, Decision] = {}
    for decision in decisions:
        rows = tuple(
            replace(row, file=names.get(row.file) or alike.get(_plain_name(row.file), row.file))
            for row in decision.rows
        )
        new = decision if rows == decision.rows else replace(decision, rows=rows)
        carried[new.key] = max(carried.get(new.key, new), new, key=lambda one: (bool(one.who), one.when))
    return tuple(carried.values())


def _names_now(replaced: pl.DataFrame, context: Context) -> Mapping[str, str]:
    """Name of a file of this run, or of what one of them was made from -> the name of the file that counts."""
    newer = {old: new for old, *ways in replaced.iter_rows() for new in ways if new is not None}
    names = {name: context.names[newer.get(number, number)] for number, name in enumerate(context.names)}
    made = (
        (str(PurePosixPath(name).with_name(source.made_from[0])), names[name])
        for name, source in zip(context.names, context.sources, strict=True)
        if source.made_from[0]
    )
    return {**_only_ones(made), **names}


def _only_ones(pairs: Iterable[tuple[_Name, str]]) -> dict[_Name, str]:
    """The pairs as a mapping, without those whose first part stands beside several."""
    found: dict[_Name, set[str]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
    return {one: others.pop() for one, others in found.items() if len(others) == 1}


def _plain_name(file: str) -> tuple[str, str]:
    """The folder and name of a file without what our copies add to names."""
    path = PurePosixPath(file)
    return str(path.parent), list_name(path).casefold()
