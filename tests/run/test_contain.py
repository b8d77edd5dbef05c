"""Whatever one file does is that file's failure: the results of the others are what they are without it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rosterkit.check import part as judging
from rosterkit.model.report import ReadFile, Report
from rosterkit.pipeline import run
from rosterkit.run import read_part, work
from rosterkit.run.project import project_settings
from tests.helpers import write_book
from tests.test_across import HEAD, person, uploaded

pytestmark = pytest.mark.slow

BROKEN = "RT 02.xlsx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three files; the first and the last have a mistake each, so that copies are written."""
    (tmp_path / "masuk").mkdir()
    for number in (1, 2, 3):
        wrong = [person(10 * number)[0][:15], *person(10 * number)[1:]]
        people = [person(10 * number + step) for step in (1, 2)]
        write_book(tmp_path / "masuk" / f"RT 0{number}.xlsx", [HEAD, *people, wrong])
    return tmp_path / "masuk"


def checked(folder: Path) -> Report:
    settings = project_settings([str(folder)], "kediri-2025")
    return run(replace(settings, jobs=1))


def fails(original: Callable[..., Any], is_it: Callable[..., bool], error: Exception) -> Callable[..., Any]:
    """A stage that breaks at one file."""

    def stage(*args: Any, **options: Any) -> Any:
        if is_it(*args, **options):
            raise error
        return original(*args, **options)

    return stage


def break_reading(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    stage = fails(read_part.read_tables, lambda path, *_: path.name == BROKEN, error)
    monkeypatch.setattr(read_part, "read_tables", stage)


def is_broken(_number: int, file: ReadFile, _context: object) -> bool:
    return bool(file.tables) and file.path.name == BROKEN


def break_sheets(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    monkeypatch.setattr(judging, "sheet_findings", fails(judging.sheet_findings, is_broken, error))


def break_typing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    stage = fails(judging.normalise, lambda raw, *_: raw["nik_raw"].str.ends_with("9921").any(), error)
    monkeypatch.setattr(judging, "normalise", stage)


def break_people(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    stage = fails(judging.derive, lambda frame, _context: frame["nik"].str.ends_with("9921").any(), error)
    monkeypatch.setattr(judging, "derive", stage)


def break_writing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    from rosterkit.write.copies import write_copy

    stage = fails(write_copy.annotate_workbook, lambda _source, _target, _marks, name, _hash: name == BROKEN, error)
    monkeypatch.setattr(write_copy, "annotate_workbook", stage)


def break_reply(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    from rosterkit.report import reply

    monkeypatch.setattr(reply, "reply", fails(reply.reply, lambda file, *_: file.path.name == BROKEN, error))


STAGES = {
    "reading": break_reading, "typing": break_typing, "rules about sheets": break_sheets,
    "rules about people": break_people,
    "writing the copy": break_writing, "writing the reply": break_reply,
}  # fmt: skip


@pytest.mark.parametrize("error", [KeyError("a cell"), MemoryError(), RecursionError()], ids=repr)
@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_that_breaks_at_one_file_costs_only_that_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, stage: str, error: Exception
) -> None:
    STAGES[stage](monkeypatch, error)
    report = checked(folder)
    assert [file.status for file in report.files] == ["findings", "failed", "findings"]
    code, message = report.files[1].failure or ("", "")
    assert code in ("program-error", "damaged")  # what breaks in a package is put down to the package
    assert code == "damaged" or (type(error).__name__ in message and "Laporkan" in message)
    for file in (report.files[0], report.files[2]):
        assert "RK210" in [finding.code for finding in file.findings]
        assert file.clean_rows == 2
        assert file.written.annotated
        assert file.written.annotated.exists()
    others = [person(11)[0], person(12)[0], person(31)[0], person(32)[0]]
    assert set(others) <= set(uploaded([str(path) for path in report.uploads]))
    assert report.recap
    assert report.recap.exists()


@pytest.mark.parametrize("stage", ["reading", "typing", "rules about people"])
def test_nobody_of_a_file_that_was_not_judged_is_uploaded(
    folder: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    STAGES[stage](monkeypatch, ValueError("broken"))
    niks = uploaded([str(path) for path in checked(folder).uploads])
    assert niks == [person(number)[0] for number in (11, 12, 31, 32)]
    assert not list((folder / "hasil").glob("RT 02.*"))


def test_files_that_break_only_together_are_typed_one_by_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = fails(judging.normalise, lambda raw, *_: raw["_file"].n_unique() > 1, ValueError("together"))
    monkeypatch.setattr(judging, "normalise", stage)
    report = checked(folder)
    assert [(file.status, file.clean_rows) for file in report.files] == [("findings", 2)] * 3


def test_a_file_that_changes_meanwhile_gets_no_copy_of_something_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = work.write_files

    def late(*args: Any) -> Any:
        write_book(folder / "RT 01.xlsx", [HEAD, person(40)])
        return original(*args)

    monkeypatch.setattr("rosterkit.pipeline.write_files", late)
    report = checked(folder)
    assert [file.failure and file.failure[0] for file in report.files] == ["changed", None, None]
    assert not list((folder / "hasil").glob("RT 01.*"))


def test_a_recap_that_breaks_costs_no_file_its_results(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rosterkit.write.books import recap

    def broken(*_: Any) -> Any:
        raise KeyError("column")

    monkeypatch.setattr(recap, "write_summary", broken)
    report = checked(folder)
    assert report.failure
    assert report.failure[0] == "program-error"
    assert "rekap" in report.failure[1]
    assert [file.status for file in report.files] == ["findings"] * 3
    assert all(file.written.annotated and file.written.annotated.exists() for file in report.files)


def test_a_clerk_never_sees_a_traceback(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.helpers import cli

    monkeypatch.setattr(
        "rosterkit.pipeline.make_report", fails(read_part.read_tables, lambda *_: True, ZeroDivisionError())
    )
    done = cli("check", folder, "--schema", "kediri-2025", ROSTERKIT_DEBUG="")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("Ada kesalahan program")
    assert "ZeroDivisionError" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_breaks_in_a_later_run_costs_only_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What earlier runs have seen is asked of the files that are there, not of those that were left out."""
    checked(folder)
    break_people(monkeypatch, ValueError("broken"))
    assert [file.status for file in checked(folder).files] == ["findings", "failed", "findings"]


def test_rows_that_change_places_meanwhile_get_no_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list that is saved again while its copy is made: the remarks of one person never stand at another."""
    wrong = [person(10)[0][:15], *person(10)[1:]]
    path = write_book(tmp_path / "RT 01.xlsx", [HEAD, person(11), wrong])
    original = work.write_files

    def late(*args: Any) -> Any:
        write_book(path, [HEAD, wrong, person(11)])
        return original(*args)

    monkeypatch.setattr("rosterkit.pipeline.write_files", late)
    report = run(replace(project_settings([str(path)], "kediri-2025"), jobs=1))
    assert [file.failure and file.failure[0] for file in report.files] == ["changed"]
    assert not list((tmp_path / "hasil").glob("*.periksa.xlsx"))
