"""What is done to some files of a run, in whichever process: type their people, and judge them with the rules.

In between ``check.across`` finds what only the other files of the run can tell. Nothing else of a run is needed, so a
run can be cut into parts by files, one part or many, in one process or on many machines.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import polars as pl

from rosterkit.check.across import Told, add_told
from rosterkit.check.derive import derive
from rosterkit.check.findings import Columns, cell_findings, columns_of, findings_frame, sheet_findings
from rosterkit.check.pandera_rules import columns_read, find_failures
from rosterkit.frame.digest import digest_files
from rosterkit.frame.name_keys import comparison_keys, initials
from rosterkit.frame.normalise import normalise
from rosterkit.frame.same_lists import value_hashes
from rosterkit.frame.stack import stack
from rosterkit.gc_pause import pause_gc
from rosterkit.model.report import ReadFile
from rosterkit.records import dataclass
from rosterkit.rules import RULES
from rosterkit.rules.context import Context
from rosterkit.rules.rk262_withdrawn import is_proposed
from rosterkit.schema.spec import FIELDS, RosterSpec

_FIRST = [rule for rule in RULES if rule.scope != "total"]
_LAST = [rule for rule in RULES if rule.scope == "total"]
_KEPT = (
    *("_id", "_file", "_table", "_row", "_number", "_level", "last", "passed_on"),
    *("set_aside", "copy_of", "replaced_by", "name_key"),
    *("nik_digits", "nik_raw", "name_raw", "birth_date_raw", "category_raw", *FIELDS),
)  # of the columns of people, what is asked once they are judged


@dataclass(frozen=True, slots=True)
class Part:
    """Some files of a run, typed.

    Args:
        people: everybody in them, one row each (see ``frame``).
        sheets: what the rules about sheets say (see ``check.findings.FINDINGS``).
        columns: the column of each field in each table.
        digests: number of a file -> the digest of its people.
    """

    people: pl.DataFrame
    sheets: pl.DataFrame
    columns: Columns
    digests: Mapping[int, str]

    def without(self, files: Collection[int]) -> Part:
        """The part without some of its files."""
        left = list(files)
        columns = {name: at.filter(~pl.col("_file").is_in(left)) for name, at in self.columns.items()}
        digests = {number: digest for number, digest in self.digests.items() if number not in left}
        people = self.people.filter(~pl.col("_file").is_in(left))
        return Part(people, self.sheets.filter(~pl.col("file").is_in(left)), columns, digests)


@dataclass(frozen=True, slots=True)
class Judged:
    """The people of a part with what is asked of them later on, and its findings about sheets and about cells."""

    people: pl.DataFrame
    sheets: pl.DataFrame
    cells: pl.DataFrame


def top_level(levels: Sequence[int | None], spec: RosterSpec) -> int | None:
    """The last level of verification; None where no file lies in a folder of the chain.

    Args:
        levels: of all files of the run.
        spec: names the levels.
    """
    return len(spec.chain) - 1 if any(level is not None for level in levels) else None


def make_part(files: Sequence[tuple[int, ReadFile]], top: int | None, context: Context) -> Part:
    """Type the people of some files.

    Args:
        files: number in the run, and the file with its cells.
        top: the last level of verification, at which files outside of the folders of the chain are.
        context: the schema and the day.
    """
    with pause_gc():
        raw = stack([(number, table) for number, file in files for table in file.tables])
    people = normalise(raw, context.spec, context.today)
    levels = {number: top if file.level is None else file.level for number, file in files}
    level = pl.col("_file").replace_strict(levels, default=None, return_dtype=pl.UInt8)
    people = prepare(people.with_columns(_level=level), top, context)
    sheets = pl.concat([findings_frame(), *(sheet_findings(number, file, context) for number, file in files)])
    return Part(people, sheets, columns_of(files), digest_files(people))


def join_parts(parts: Sequence[Part]) -> Part:
    """One part of several, in their order."""
    fields = dict.fromkeys(field for part in parts for field in part.columns)
    return Part(
        pl.concat([part.people for part in parts]),
        pl.concat([part.sheets for part in parts]),
        {field: pl.concat([part.columns[field] for part in parts if field in part.columns]) for field in fields},
        {number: digest for part in parts for number, digest in part.digests.items()},
    )


def prepare(people: pl.DataFrame, top: int | None, context: Context) -> pl.DataFrame:
    """Typed people with what the comparison of files and of people needs.

    Args:
        people: see ``frame.normalise``, with ``_level``.
        top: see ``make_part``.
        context: decides who is proposed.
    """
    keys = comparison_keys(people["name"])
    return people.with_columns(
        last=pl.lit(True) if top is None else pl.col("_level") == top,
        _values=value_hashes(people),
        name_key=keys,
        name_initials=initials(keys),
        proposed=is_proposed(context).fill_null(True),
    )


def judge_part(part: Part, told: Told, context: Context) -> Judged:
    """Judge the people of a part with all rules but those that come last (scope ``total``)."""
    people = add_told(part.people, told)
    frame = derive(people.filter(~pl.col("set_aside")), context)
    failures = find_failures(frame, _FIRST, context)
    found = cell_findings(frame, failures, part.columns, context, told.persons)
    kept = [*dict.fromkeys((*_KEPT, *columns_read(_LAST, context)))]
    everybody = pl.concat([frame, people.filter("set_aside")], how="diagonal").select(
        name for name in kept if name in frame.columns
    )
    return Judged(everybody, part.sheets, found)
