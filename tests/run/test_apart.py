"""Rows that lie apart tell the same as rows that are all at hand, also where very many have one NIK."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import polars as pl
import pytest

from rosterkit.check.across import READS, tell
from rosterkit.check.rows import AtHand, Rows
from rosterkit.frame.ids import make_ids
from rosterkit.frame.name_keys import comparison_keys, initials
from rosterkit.model.report import ListSource
from rosterkit.rules.context import Context
from rosterkit.run.engines.apart import Apart, Paths, Shuffle, ThroughFiles, write_people
from rosterkit.run.engines.spark import cluster
from rosterkit.run.workers import Workers
from tests.helpers import SPEC, TODAY
from tests.run.spark_tasks import MARK, tasks_are_killed

NAMES = ["Contoh Satu", "Misal Dua", "Rekaan Tiga", "Umpama Empat", "Contoh S", "Rekaan Tigaa", "Semu"]
FILES = 20


def people(niks: list[str], levels: int) -> pl.DataFrame:
    """Typed people of some files, as far as is asked across files; the last two are a copy and a newer version."""
    chance = random.Random(len(niks))
    frame = pl.DataFrame(
        {
            "nik": niks,
            "name": [chance.choice(NAMES) for _ in niks],
            "birth_date": [dt.date(1985, 1, 1) + dt.timedelta(chance.randrange(5)) for _ in niks],
            "_values": [chance.randrange(2**40) for _ in niks],
            "_file": sorted(chance.randrange(FILES) for _ in niks),
        },
        schema_overrides={"_values": pl.UInt64, "_file": pl.UInt32},
    )
    copied, older = (frame.filter(pl.col("_file") == number) for number in (1, 2))
    frame = pl.concat([frame, copied.with_columns(_file=pl.lit(FILES, pl.UInt32))])
    frame = pl.concat([frame, older.with_columns(_file=pl.lit(FILES + 1, pl.UInt32), _values=pl.col("_values") + 1)])
    keys = comparison_keys(frame["name"])
    return frame.with_columns(
        make_ids(frame["_file"], frame["_file"] * 0, pl.int_range(len(frame), eager=True)),
        _level=(pl.col("_file") % (FILES - 1) % levels).cast(pl.UInt8) if levels > 1 else pl.lit(None, pl.UInt8),
        name_key=keys, name_initials=initials(keys), proposed=pl.lit(True), _number=pl.lit(None, pl.String),
        sex=pl.lit(None, pl.String), nik_date=pl.lit(None, pl.Date), nik_female=pl.lit(None, pl.Boolean),
    )  # fmt: skip


def some_niks(count: int) -> list[str]:
    """NIKs of which many stand there again, as they are or with a digit wrong."""
    chance = random.Random(count)
    known = [f"357101010185{9900 + chance.randrange(100)}" for _ in range(count // 2)]
    return [chance.choice([nik, nik[:4] + str(chance.randrange(9)) + nik[5:]]) for nik in known for _ in range(2)]


def apart(frame: pl.DataFrame, folder: Path, buckets: int, shuffle: Shuffle | None = None) -> Apart:
    """The people of three files in one file each."""
    items: list[Paths] = []
    for (number,), part in frame.group_by(pl.col("_file") // 3, maintain_order=True):
        items.append((folder / f"{number}.arrow",))
        write_people(part, items[-1][0])
    team = Workers(1, "")
    return Apart(team, shuffle or ThroughFiles(team, folder), items, buckets)


def told(rows: Rows) -> list[object]:
    """All that is told, in one order."""
    names = [f"{number}.xlsx" for number in range(FILES)] + ["copy.xlsx", "2 revisi.xlsx"]
    context = Context(SPEC, TODAY, names=names, sources=[ListSource()] * len(names))
    _context, found = tell(rows, context)
    columns = [column.sort("_id").rows() for column in found.columns]
    of_files = [found.files.sort("_file").rows(), found.findings.rows()]
    return [*columns, *of_files, sorted(found.aside), sorted(found.passed_on), found.persons.sort("_id").rows()]


@pytest.mark.parametrize("levels", [1, 3])
def test_rows_in_buckets_tell_what_rows_at_hand_tell(tmp_path: Path, levels: int) -> None:
    frame = people(some_niks(200), levels).select(READS)
    here = told(AtHand(frame))
    assert told(apart(frame, tmp_path, 5)) == here
    assert all(here[:-2]), [len(str(one)) for one in here]
    assert bool(here[-2]) == (levels > 1)
    assert [path.name for path in tmp_path.iterdir() if "-" in path.name] == []


def test_rows_without_any_key_are_told_like_others(tmp_path: Path) -> None:
    """Nobody has a NIK or a birth date, so that no bucket has anybody."""
    nothing = {"nik": pl.lit(None, pl.String), "birth_date": pl.lit(None, pl.Date)}
    frame = people(some_niks(60), 1).select(READS).with_columns(**nothing)
    assert told(apart(frame, tmp_path, 3)) == told(AtHand(frame))


def one_nik(count: int) -> pl.DataFrame:
    """Rows of one NIK, and a few others."""
    return people(["3571010101859900"] * count + some_niks(60), 1).select(READS)


@pytest.mark.slow
def test_very_many_rows_of_one_nik_are_no_work_for_all_with_all(tmp_path: Path) -> None:
    frame = one_nik(20_000)
    assert told(apart(frame, tmp_path, 5)) == told(AtHand(frame))


@pytest.mark.spark
def test_spark_brings_rows_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own shuffle does, also where very many have one NIK, and while tasks are killed again and again."""
    monkeypatch.setenv(MARK, str(tmp_path))
    with cluster("local[2,9]") as spark, tasks_are_killed(str(tmp_path)) as killed:
        for number, frame in enumerate((people(some_niks(200), 3).select(READS), one_nik(20_000))):
            folder = tmp_path / str(number)
            folder.mkdir()
            assert told(apart(frame, folder, 5, spark)) == told(AtHand(frame))
            assert [path.name for path in folder.iterdir() if "-" in path.name] == []
    assert killed, "nothing was killed"
