"""The data of a run: what a data team reads is what was found, uploaded and counted, and nothing of an earlier run."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from rosterkit.errors import FileError
from rosterkit.run.data_files import DONE, NOBODY, escape_sender
from tests.helpers import check_json, upload_paths, write_book
from tests.test_across import HEAD, person, uploaded

KEDIRI = ("--schema", "kediri-2025")


def send(folder: Path, name: str, sender: str, *people: list[str]) -> None:
    """Write a list with a letterhead."""
    write_book(folder / name, [[sender], [], HEAD, *people], sheet="Daftar")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Lists of two senders and of nobody, with a mistake each; the data is there already, so that it is kept so."""
    (tmp_path / "hasil" / "data" / "findings").mkdir(parents=True)
    wrong = [person(5)[0][:15], *person(5)[1:]]
    send(tmp_path, "a.xlsx", "RT 003 RW 005 KELURAHAN CONTOHREJO", person(1), person(2), wrong)
    send(tmp_path, "b.xlsx", "DINAS CONTOH & MITRA", person(3), wrong)
    send(tmp_path, "c.xlsx", "DAFTAR", person(4), wrong)
    (tmp_path / "rusak.xlsx").write_bytes(b"PK broken")
    return tmp_path


def read(inbox: Path, kind: str) -> pl.DataFrame:
    """The data as polars reads it."""
    return pl.read_parquet(inbox / "hasil" / "data" / kind, hive_partitioning=True).sort("file")


def check(inbox: Path) -> dict[str, Any]:
    document, _done = check_json(inbox, *KEDIRI)
    assert (inbox / "hasil" / "data" / DONE).is_file()
    return document


def test_the_data_says_what_the_results_say(inbox: Path) -> None:
    document = check(inbox)
    people = read(inbox, "people")
    assert people.select("sender", "file", "row").rows() == [
        ("RT 003 RW 005 Kel. Contohrejo", "a.xlsx", 4),
        ("RT 003 RW 005 Kel. Contohrejo", "a.xlsx", 5),
        ("Dinas Contoh & Mitra", "b.xlsx", 4),
        (None, "c.xlsx", 4),
    ]
    assert sorted(people["nik"]) == sorted(uploaded(upload_paths(document)))
    assert people.filter(file="a.xlsx")["birth_date"][0] == dt.date(1985, 1, 2)
    findings = read(inbox, "findings")
    told = [(Path(file["path"]).name, one) for file in document["files"] for one in file["findings"]]
    assert sorted(findings.select("file", "code", "cell", "value", "message").rows()) == sorted(
        (name, one["code"], one["cell"], one["value"], one["message"]) for name, one in told
    )
    assert not set(findings["value"]) & {person(5)[0][:15]}, "masked as in the report"
    counts = read(inbox, "recap").group_by("state").agg(pl.col("people").sum())
    assert dict(counts.rows()) == {"clean": 4, "error": 3}


def test_nothing_of_an_earlier_run_is_left(inbox: Path) -> None:
    check(inbox)
    (inbox / "c.xlsx").unlink()
    send(inbox, "a.xlsx", "RT 004 RW 005 KELURAHAN CONTOHREJO", person(1), person(2))
    partial = next((inbox / "hasil" / "data" / "people").iterdir()) / ".rosterkit-setengah"
    partial.write_bytes(b"PAR1 of a run that was killed")
    check(inbox)
    assert set(read(inbox, "people")["sender"]) == {"RT 004 RW 005 Kel. Contohrejo", "Dinas Contoh & Mitra"}
    senders = {path.name for path in (inbox / "hasil" / "data").glob("*/*")}
    assert senders == {"sender=RT 004 RW 005 Kel. Contohrejo", "sender=Dinas Contoh & Mitra"}
    assert not partial.exists()


def test_a_run_that_ends_early_leaves_no_sign_that_the_data_is_whole(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise FileError("cannot-write", "disk penuh")

    check(inbox)
    monkeypatch.setattr("rosterkit.run.data_files.write_list", broken)
    document, done = check_json(inbox, *KEDIRI)
    assert done.returncode == 3
    assert not (inbox / "hasil" / "data" / DONE).exists()
    assert len(uploaded(upload_paths(document))) == 4, "the other results are there all the same"


def test_without_spark_there_is_no_data_unless_it_is_there_already(tmp_path: Path) -> None:
    send(tmp_path, "a.xlsx", "DAFTAR", person(1))
    send(tmp_path, "b.xlsx", "DAFTAR", person(2))
    check_json(tmp_path, *KEDIRI)
    assert not (tmp_path / "hasil" / "data").exists()


@pytest.mark.parametrize("sender", ["Dinas A/B", "50% = separuh", "Paguyuban.", "Kel. Umpama: RT 3", "Yayasan É", ""])
def test_a_sender_is_read_as_he_is_called(tmp_path: Path, sender: str) -> None:
    name = escape_sender(sender)
    assert not set('<>:"/\\|?*') & set(name)
    assert not name.endswith((".", " "))
    (tmp_path / f"sender={name}").mkdir()
    pl.DataFrame({"people": [1]}).write_parquet(tmp_path / f"sender={name}" / "x.parquet")
    assert pl.read_parquet(tmp_path, hive_partitioning=True)["sender"].to_list() == [sender or None]
    assert escape_sender(None) == NOBODY
