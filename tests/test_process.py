"""What only a process shows: the program as it is installed says what the other tests hear from ``cli``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from rosterkit import language
from tests.command_line import ProgramError, process_environment
from tests.helpers import cli, cli_process, good_book, write_book
from tests.test_across import HEAD, KEDIRI, person, roster

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A run, and lists beside it."""
    folder = tmp_path_factory.mktemp("kerja")
    (folder / "masuk").mkdir()
    wrong = person(2)
    wrong[0] = wrong[0][:15]
    roster(folder / "masuk" / "RT 01.xlsx", person(1), wrong)
    roster(folder / "masuk" / "RT 02.xlsx", person(3))
    roster(folder / "baru.xlsx", person(1), person(4))
    write_book(folder / "SK.xlsx", [HEAD, person(1), person(9)])
    write_book(folder / "SK baru.xlsx", [HEAD, person(1), person(8)])
    assert cli("check", folder / "masuk", *KEDIRI).returncode == 1
    return folder


# One line for each command, so that each has all its imports when nothing has imported them before.
COMMANDS = [
    ("--version",),
    ("--help",),
    ("check", "masuk", *KEDIRI),
    ("check", "masuk", *KEDIRI, "--format", "json", "--lang", "en", "--decree", "SK.xlsx", "--apply-fixes"),
    ("check", "masuk", "--no-such-option"),
    ("recap", "masuk/hasil"),
    ("compare", "masuk/RT 01.xlsx", "baru.xlsx", *KEDIRI),
    ("decree", "check", "SK.xlsx", *KEDIRI),
    ("decree", "diff", "SK.xlsx", "SK baru.xlsx", *KEDIRI),
    ("decree", "mutation", "SK.xlsx", "SK baru.xlsx", *KEDIRI),
    ("rules",),
    ("explain", "RK401"),
    ("explain", "nik", "3571010101859901"),
    ("strip", "masuk/hasil/RT 01.periksa.xlsx"),
    ("template", "kediri-2025", "-o", "out.xlsx"),
    ("init", "baru", "--schema", "kediri-2025"),
]


USUAL = COMMANDS[:3] + COMMANDS[4:5]  # the others only in .ci/run


@pytest.mark.parametrize(
    "command",
    [pytest.param(one, id=" ".join(one), marks=[pytest.mark.bench] * (one not in USUAL)) for one in COMMANDS],
)
def test_a_process_says_what_this_one_says(folder, command, tmp_path):
    """The same text, exit code and files."""
    told = []
    for run in (cli_process, cli):
        copy = shutil.copytree(folder, tmp_path / run.__name__ / "kerja")
        done = run(*command, cwd=copy)
        files = sorted(path.relative_to(copy) for path in copy.rglob("*"))
        told.append((done.returncode, done.stdout, done.stderr, files))
    assert told[0] == told[1]


def test_a_run_in_this_process_leaves_nothing_behind(folder, monkeypatch):
    monkeypatch.setenv("ROSTERKIT_LANG", "id")

    def shared() -> tuple[object, ...]:
        return Path.cwd(), dict(os.environ), sys.argv, sys.stdout, language.is_english(), threading.active_count()

    before = shared()
    done = cli("check", "masuk", "--lang", "en", *KEDIRI, cwd=folder, ROSTERKIT_NOTHING="1")
    assert "people" in done.stdout
    assert shared() == before


def test_a_mistake_of_the_program_is_not_overlooked(tmp_path, monkeypatch):
    """An exception leaves ``cli``; the same in one file, which the program contains, does too."""

    def broken(*_arguments: object) -> None:
        raise RuntimeError("made up")

    good_book(tmp_path / "a.xlsx")
    monkeypatch.setattr("rosterkit.pipeline.run", broken)
    with pytest.raises(RuntimeError, match="made up"):
        cli("check", tmp_path / "a.xlsx")
    monkeypatch.undo()
    monkeypatch.setattr("rosterkit.run.read_part.read_tables", broken)
    for lang in ("id", "en"):
        with pytest.raises(ProgramError):
            cli("check", tmp_path / "a.xlsx", "--lang", lang)


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe is closed by its reader")
def test_a_reader_that_goes_away_early_is_told_nothing(folder):
    with subprocess.Popen(
        [sys.executable, "-m", "rosterkit", "rules", "--format", "json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=process_environment(),
    ) as process:  # fmt: skip
        process.stdout.close()
        assert "Traceback" not in process.stderr.read()
