"""Whichever engine judges a run, and in whatever parts: the same findings, the same results, nobody lost or doubled."""

from __future__ import annotations

import functools
import json
import os
import random
import shutil
import sys
import zipfile
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest

from rosterkit.run.engines import choose, disk
from tests.command_line import cli_process
from tests.helpers import check_json, write_book
from tests.run.spark_tasks import MARK, tasks_are_killed
from tests.test_across import person, roster

SAMPLES = Path(__file__).parents[2] / "samples"
WITH_PROJECT = sorted(path.parent.name for path in SAMPLES.glob("*/rosterkit.toml"))
KEDIRI = ("--schema", "kediri-2025")
SPARK = ("--engine", "spark", "--master")


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two files a part, and people in buckets of very few."""
    monkeypatch.setattr(disk, "_FILES", 2)
    monkeypatch.setattr(choose, "Disk", functools.partial(disk.Disk, rows=7))


def city(folder: Path) -> Path:
    """Nine lists in which people are listed again: as they are, with a digit wrong, under another NIK, in a version."""
    folder.mkdir()
    people = [person(n) for n in range(1, 41)]
    for number in range(6):
        roster(folder / f"RT {number:02}.xlsx", *people[6 * number : 6 * number + 6])
    near, other = list(people[3]), list(people[9])
    near[0] = near[0][:15] + "8"
    other[0] = other[0][:12] + "9988"
    roster(folder / "Dinas.xlsx", people[0], people[12], near, other, people[38])
    roster(folder / "RT 02 revisi.xlsx", *people[12:17], people[39])
    roster(folder / "salinan.xlsx", *people[18:24])
    write_book(folder / "kosong.xlsx", [["Rapat", "Hadir"], ["Senin", "3"]])
    (folder / "rusak.xlsx").write_bytes(b"PK\x03\x04 and no more")
    return folder


def findings(document: dict[str, Any]) -> set[tuple[str, str, str | None]]:
    return {
        (Path(file["path"]).name, finding["code"], finding["cell"])
        for file in document["files"]
        for finding in file["findings"]
    }


def test_parts_on_disk_say_what_one_process_says(tmp_path: Path, small_parts: None) -> None:
    folder = city(tmp_path / "masuk")
    here, _ = check_json(folder, *KEDIRI, "--no-write", "--engine", "here")
    parts, _ = check_json(folder, *KEDIRI, "--no-write", "--engine", "disk")
    assert parts == here
    codes = {code for _file, code, _cell in findings(here)}
    assert {"RK402", "RK403", "RK404", "RK408", "RK409"} <= codes, codes


def test_a_part_in_which_nobody_is_judged_costs_the_others_nothing(tmp_path: Path, small_parts: None) -> None:
    """Files that hold nobody, or older versions alone, in a run with a quota, whose rule comes last."""
    for name in ("a1 rusak.xlsx", "a2 rusak.xlsx"):
        (tmp_path / name).write_bytes(b"PK broken")
    for name in ("RT 01.xlsx", "RT 02.xlsx", "RT 01 revisi.xlsx", "RT 02 revisi.xlsx"):
        roster(tmp_path / name, *(person(n + 9 * ("02" in name)) for n in range(1, 6)))
    (tmp_path / "rosterkit.toml").write_text('schema = "kediri-2025"\n[quota]\ntotal = 9\n', encoding="utf-8")
    here, _ = check_json(tmp_path, "--no-write", "--engine", "here")
    parts, _ = check_json(tmp_path, "--no-write", "--engine", "disk")
    assert parts == here
    assert here["totals"]["set_aside"] == 10


def test_files_in_another_order_have_the_same_findings(tmp_path: Path, small_parts: None) -> None:
    folder = city(tmp_path / "masuk")
    (folder / "salinan.xlsx").unlink()  # of two copies the later one is told
    paths = sorted(folder.glob("*.xlsx"))
    told = []
    for seed in (1, 2):
        random.Random(seed).shuffle(paths)
        document, _ = check_json(*paths, *KEDIRI, "--no-write", "--engine", "disk")
        told.append(findings(document))
    assert told[0] == told[1]


def test_nothing_of_the_people_is_left_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_parts: None
) -> None:
    place = tmp_path / "sementara"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    for name in ("0.arrow", ".rosterkit-setengah"):
        old = place / f"rosterkit-{name}"
        old.mkdir()
        (old / name).write_bytes(b"people of a run that was killed")
        os.utime(old, (0, 0))
    check_json(city(tmp_path / "masuk"), *KEDIRI, "--no-write", "--engine", "disk")
    assert list(place.iterdir()) == []


def test_parts_and_buckets_are_large() -> None:
    """Small ones are for tests: each costs some hundredths of a second, whatever is in it."""
    assert (disk._FILES, disk._ROWS) >= (16, 100_000)
    assert disk._ROWS >= 100_000


def test_an_engine_that_is_none_is_told(tmp_path: Path) -> None:
    from tests.helpers import cli

    done = cli("check", roster(tmp_path / "a.xlsx", person(1)), "--engine", "hadoop")
    assert done.returncode == 2
    assert "here, disk, atau spark" in done.stderr


def results(folder: Path) -> dict[str, object]:
    """The parts of all results, but for the time at which they were made."""
    told: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                told[name] = {part: archive.read(part) for part in archive.namelist() if part != "docProps/core.xml"}
        elif path.is_file():
            told[name] = path.read_bytes()
    return told


def sample(place: Path) -> Path:
    """The folder of a sample, so that its paths are the same in every run."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(SAMPLES / "kediri-2025", place, ignore=shutil.ignore_patterns("hasil"))
    return place


def run_sample(place: Path, *words: object) -> dict[str, object]:
    folder = sample(place)
    (folder / "hasil" / "data" / "findings").mkdir(parents=True)  # every engine writes what a data team reads
    done = cli_process("check", "masuk", "--format", "json", *words, cwd=folder)
    assert done.returncode == 1, done.stderr
    return {"": json.loads(done.stdout), **results(folder / "hasil")}


def differences(one: dict[str, object], other: dict[str, object]) -> list[str]:
    return [name for name in sorted(one.keys() | other.keys()) if one.get(name) != other.get(name)]


@pytest.mark.bench
def test_results_of_the_sample_are_the_same_in_several_processes(tmp_path: Path) -> None:
    quiet = run_sample(tmp_path / "kerja", "--engine", "here")
    assert differences(quiet, run_sample(tmp_path / "kerja", "--engine", "disk", "--jobs", "2")) == []


@pytest.mark.bench
@pytest.mark.parametrize("name", WITH_PROJECT)
def test_each_sample_in_small_parts_is_what_it_is_in_one(tmp_path: Path, small_parts: None, name: str) -> None:
    folder = shutil.copytree(SAMPLES / name, tmp_path / name, ignore=shutil.ignore_patterns("hasil"))
    told = [check_json("masuk", "--no-write", "--engine", engine, cwd=folder)[0] for engine in ("here", "disk")]
    assert told[0] == told[1]
    assert findings(told[0])


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be killed by a signal there")
@pytest.mark.bench
@pytest.mark.parametrize("moment", [1, 4, 7, 12])
def test_a_killed_process_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int) -> None:
    """All processes but the first are killed while lists are read, or while copies are written."""
    from rosterkit.pipeline import run
    from rosterkit.report.as_json import as_json
    from rosterkit.report.words import Words
    from rosterkit.run.project import project_settings

    monkeypatch.setattr(disk, "_FILES", 1)
    monkeypatch.setattr(choose, "Disk", functools.partial(disk.Disk, rows=20))
    told = []
    for kills in (False, True):
        folder = sample(tmp_path / "kerja")
        seen = 0

        def progress(_stage: str, _path: Path, kills: bool = kills) -> None:
            nonlocal seen
            seen += 1
            if kills and seen == moment:
                for process in active_children():
                    process.kill()

        settings = project_settings([str(folder / "masuk")], "kediri-2025")
        report = run(replace(settings, jobs=2, engine="disk"), progress)
        told.append({"": "".join(as_json(report, Words(report.labels))), **results(folder / "masuk" / "hasil")})
    assert differences(*told) == []


@pytest.mark.spark
@pytest.mark.parametrize("name", [name for name in WITH_PROJECT if name != "kediri-2025"])
def test_spark_says_of_each_sample_what_one_process_says(tmp_path: Path, name: str) -> None:
    told = []
    for engine in (("--engine", "here"), (*SPARK, "local[2]")):
        folder = tmp_path / name
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(SAMPLES / name, folder, ignore=shutil.ignore_patterns("hasil"))
        told.append(json.loads(cli_process("check", "masuk", "--format", "json", *engine, cwd=folder).stdout))
    assert told[0] == told[1]
    assert findings(told[0])


@pytest.mark.spark
def test_spark_says_what_one_process_says(tmp_path: Path) -> None:
    quiet = run_sample(tmp_path / "kerja", "--engine", "here")
    assert differences(quiet, run_sample(tmp_path / "kerja", *SPARK, "local[2]")) == []


@pytest.mark.spark
def test_a_killed_task_of_spark_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python processes of its tasks are killed again and again; Spark does them once more."""
    quiet = run_sample(tmp_path / "kerja", "--engine", "here")
    monkeypatch.setenv(MARK, str(tmp_path))
    with tasks_are_killed(str(tmp_path)) as killed:
        broken = run_sample(tmp_path / "kerja", *SPARK, "local[2,9]")
    assert killed, "nothing was killed"
    assert differences(quiet, broken) == []


def test_a_person_in_forty_files_names_few_of_them(tmp_path: Path, small_parts: None) -> None:
    """A NIK that everybody has is no work for all with all; each finding says how many there are."""
    for number in range(40):
        roster(tmp_path / f"RT {number:02}.xlsx", person(1))
    document, _ = check_json(tmp_path, *KEDIRI, "--no-write", "--engine", "disk")
    found = [f for file in document["files"] for f in file["findings"] if f["code"] == "RK402"]
    assert len(found) == 40
    assert {len(one["related"]) for one in found} == {20}
    assert all("dan 36 lagi" in one["message"] for one in found), found[0]["message"]
