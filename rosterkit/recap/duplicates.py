"""Rows of a run that may be one person, a block each, for the office to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from rosterkit.check.verdict import Verdict
from rosterkit.model.finding import ONE_NIK, OTHER_NIK, DecidedRow, Decision
from rosterkit.model.report import ReadFile
from rosterkit.records import dataclass

_MOST_ROWS = 20  # of a block: a number that more rows share is nobody's
_MOST_BLOCKS = 2_000


@dataclass(frozen=True, slots=True)
class DuplicateRow:
    """One row: who, where, and what tells two people apart."""

    decided: DecidedRow
    birth_date: str
    address: str
    category: str
    sender: str
    sheet: str
    row: int  # from 1


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Rows that may be one person, the rule that found them, and what was decided; ``unsure``: it was taken back."""

    code: str
    rows: tuple[DuplicateRow, ...]
    decision: Decision | None = None
    unsure: bool = False


def find_duplicates(
    verdict: Verdict, files: Sequence[ReadFile], decisions: Sequence[Decision]
) -> tuple[Duplicate, ...]:
    """Return the blocks of a run, those without a decision first.

    Args:
        verdict: of the run.
        files: as read; their cells are not needed.
        decisions: what is decided already, or written down without a name.
    """
    findings = pl.concat([verdict.findings, verdict.accepted.select(verdict.findings.columns)])
    one = findings.filter(pl.col("code").is_in(ONE_NIK)).select("_id", "code")
    alike = findings.filter(pl.col("code").is_in(OTHER_NIK)).select("_id", "code", "partners")
    known = {decision.key: decision for decision in decisions}
    blocks = [block for block in (*_of_one_nik(verdict.frame, one), *_of_alike(alike)) if len(block[1]) <= _MOST_ROWS]
    rows = _rows(verdict, files, {id_ for _code, ids in blocks for id_ in ids})
    found = []
    for code, ids in blocks:
        block = tuple(rows[id_] for id_ in sorted(ids))
        decided = tuple(row.decided for row in block)
        found.append(Duplicate(code, block, known.get(Decision(code, decided, None, "", verdict.context.today).key)))
    found.sort(key=lambda block: block.decision is not None and block.decision.who != "")
    return tuple(found[:_MOST_BLOCKS])


def _of_one_nik(frame: pl.DataFrame, found: pl.DataFrame) -> list[tuple[str, list[int]]]:
    """Code and rows of each NIK that several rows share."""
    rows = found.unique("_id", maintain_order=True).join(frame.select("_id", "nik"), on="_id", maintain_order="left")
    groups = rows.group_by("nik", maintain_order=True).agg("_id", pl.col("code").max())
    return [(code, ids) for _nik, ids, code in groups.iter_rows() if len(ids) > 1]


def _of_alike(found: pl.DataFrame) -> list[tuple[str, list[int]]]:
    """Code and rows of people who are alike, directly or through each other."""
    root: dict[int, int] = {}

    def find(id_: int) -> int:
        while root.setdefault(id_, id_) != id_:
            root[id_] = root[root[id_]]
            id_ = root[id_]
        return id_

    codes: dict[int, str] = {}
    for id_, code, partners in found.iter_rows():
        codes.setdefault(id_, code)
        for partner in partners or ():
            root[find(partner)] = find(id_)
    blocks: dict[int, list[int]] = {}
    for id_ in sorted(root):
        blocks.setdefault(find(id_), []).append(id_)
    return [(min(codes[id_] for id_ in ids if id_ in codes), ids) for ids in blocks.values() if len(ids) > 1]


def _rows(verdict: Verdict, files: Sequence[ReadFile], ids: set[int]) -> Mapping[int, DuplicateRow]:
    frame = verdict.frame.filter(pl.col("_id").is_in(list(ids)))
    columns = frame.select(
        "_id",
        "_file",
        "_table",
        pl.col("_row") + 1,
        pl.coalesce("nik_digits", "nik_raw", pl.lit("")),
        pl.coalesce("name", "name_raw", pl.lit("")),
        pl.coalesce(pl.col("birth_date").dt.strftime("%d-%m-%Y"), "birth_date_raw", pl.lit("")),
        pl.coalesce("address", pl.lit("")),
        pl.coalesce("category", "category_raw", "occupation", pl.lit("")),
    )
    sheets = {(at, table.number): table.sheet.name for at, file in enumerate(files) for table in file.tables}
    found = {}
    for id_, file, table, row, nik, name, born, address, category in columns.iter_rows():
        sender = str(files[file].senders.get(table, ""))
        decided = DecidedRow(verdict.context.names[file], nik, name)
        found[id_] = DuplicateRow(decided, born, address, category, sender, sheets[file, table], row)
    return found
