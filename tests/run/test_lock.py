"""One run at a time writes to an output folder, wherever the runs are started."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from rosterkit.errors import FileError
from rosterkit.run import lock
from rosterkit.run.lock import NAME, Owner, output_lock
from tests.helpers import cli
from tests.test_across import HEAD, person, write_book

HOUR_AGO = time.time() - 3600


def hold(folder: Path, **changes: object) -> Path:
    """A lock of somebody else."""
    folder.mkdir(exist_ok=True)
    owner = {"user": "siti", "machine": "PC-KELURAHAN", "process": 4711, "since": "01-06-2025 08:15", **changes}
    (folder / NAME).write_text(json.dumps(owner), encoding="utf-8")
    return folder / NAME


def test_a_second_run_is_told_who_is_at_work(tmp_path: Path) -> None:
    hold(tmp_path / "hasil")
    write_book(tmp_path / "RT 01.xlsx", [HEAD, person(1)])
    done = cli("check", tmp_path, "--schema", "kediri-2025")
    assert (done.returncode, done.stdout) == (3, "")
    text = "sedang dipakai pemeriksaan lain oleh siti di komputer PC-KELURAHAN sejak 01-06-2025 08:15."
    assert text in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert [path.name for path in (tmp_path / "hasil").iterdir()] == [NAME]
    english = cli("check", tmp_path, "--schema", "kediri-2025", "--lang", "en")
    assert "Another check by siti on the computer PC-KELURAHAN" in english.stderr


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    with output_lock([tmp_path / "hasil", tmp_path / "lain"]):
        assert (tmp_path / "hasil" / NAME).exists()
        (tmp_path / "hasil" / "sesuatu.txt").write_text("x", encoding="utf-8")
    assert [path.name for path in (tmp_path / "hasil").iterdir()] == ["sesuatu.txt"]
    assert not (tmp_path / "lain").exists()  # it was made for the lock alone


def test_the_lock_is_given_back_when_a_run_fails(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="broken"), output_lock([tmp_path]):
        raise ValueError("broken")
    assert not (tmp_path / NAME).exists()


def test_a_run_of_another_machine_that_gives_no_sign_of_life_is_taken_over(tmp_path: Path) -> None:
    path = hold(tmp_path)
    os.utime(path, (HOUR_AGO, HOUR_AGO))
    with output_lock([tmp_path]):
        assert json.loads(path.read_text(encoding="utf-8"))["process"] == os.getpid()


@pytest.mark.slow
def test_a_run_of_this_machine_that_was_killed_is_taken_over_at_once(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    path = hold(tmp_path, machine=Owner.this_run().machine, process=dead.pid)
    with output_lock([tmp_path]):
        assert json.loads(path.read_text(encoding="utf-8"))["process"] == os.getpid()


def test_a_run_of_this_machine_that_goes_on_is_not(tmp_path: Path) -> None:
    hold(tmp_path, machine=Owner.this_run().machine, process=os.getppid())
    with pytest.raises(FileError, match="siti"), output_lock([tmp_path]):
        pass


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[1]", b'"x"', b"\xff\xfe", b'{"user": 1, "machine": [], "process": "x", "since": {}}', b"[" * 9000],
)
def test_a_lock_that_says_nothing_readable_still_locks_until_it_is_old(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / NAME
    path.write_bytes(content)
    with pytest.raises(FileError, match=r"sedang dipakai pemeriksaan lain\. Tunggu"), output_lock([tmp_path]):
        pass
    os.utime(path, (HOUR_AGO, HOUR_AGO))
    with output_lock([tmp_path]):
        assert json.loads(path.read_text(encoding="utf-8"))["process"] == os.getpid()


def test_a_long_run_shows_that_it_is_alive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_TOUCH", 0.02)
    with output_lock([tmp_path]):
        os.utime(tmp_path / NAME, (HOUR_AGO, HOUR_AGO))
        deadline = time.monotonic() + 10
        while (tmp_path / NAME).stat().st_mtime < HOUR_AGO + 1 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert (tmp_path / NAME).stat().st_mtime > HOUR_AGO + 1


def test_of_many_that_come_at_once_one_gets_a_stale_lock(tmp_path: Path) -> None:
    path = hold(tmp_path)
    os.utime(path, (HOUR_AGO, HOUR_AGO))
    inside, most, refused = [0], [0], [0]
    guard, start = threading.Lock(), threading.Barrier(8)

    def work() -> None:
        start.wait()
        try:
            with output_lock([tmp_path]):
                with guard:
                    inside[0] += 1
                    most[0] = max(most[0], inside[0])
                time.sleep(0.05)
                with guard:
                    inside[0] -= 1
        except FileError:
            with guard:
                refused[0] += 1

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]
    assert refused[0] < 8
    assert not (tmp_path / NAME).exists()


def test_a_folder_that_cannot_be_written_to_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("x", encoding="utf-8")
    with output_lock([tmp_path / "berkas" / "hasil"]):
        pass
