"""``rosterkit watch``: a line for each check, whatever happens to the folder, until Ctrl+C."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from rosterkit.run import watch_folder
from rosterkit.run.watch import Look
from tests.command_line import Done, process_environment
from tests.helpers import cli, good_book, write_book

Step = Callable[[], object]
BAD = [["NIK", "Nama"], ["123", "Contoh Dua"]]


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Watches a folder without waiting: before each look something happens, and in the end Ctrl+C."""

    def watch(*steps: Step, **options: str) -> Done:
        left = [step for one in steps for step in (one, lambda: None, lambda: None)]

        def wait(_waker: object, _look: Look) -> None:
            if not left:
                raise KeyboardInterrupt
            left.pop(0)()

        monkeypatch.setattr(watch_folder.Waker, "wait", wait)
        arguments = [word for name, value in options.items() for word in (f"--{name}", value)]
        return cli("watch", tmp_path, *arguments)

    return watch


def lines(done: Done) -> list[str]:
    """What was said, without its times."""
    assert done.returncode == 0, done.stderr
    return [line[10:] for line in done.stdout.splitlines()]


@pytest.mark.slow
def test_every_change_is_one_line(tmp_path, watch):
    inbox = tmp_path / "masuk"
    inbox.mkdir()
    good_book(inbox / "RT 01.xlsx")
    away = tmp_path / "away"
    first, *told, last = lines(
        watch(
            lambda: None,
            lambda: write_book(inbox / "RT 02.xlsx", BAD),
            lambda: inbox.rename(away),
            lambda: away.rename(inbox),
            lambda: (inbox / "~$RT 01.xlsx").touch(),
            lambda: (inbox / "RT 02.xlsx").unlink(),
        )
    )
    assert "Memantau" in first
    assert "dihentikan" in last
    assert [line.split(":")[0] for line in told if " orang" in line] == [
        "1 berkas, 1 orang",
        "2 berkas, 2 orang",
        "1 berkas, 1 orang",
    ]
    assert [line for line in told if "tidak ditemukan" in line] == [told[2]]
    assert told[3] == "Sedang dibuka: RT 01.xlsx."


def test_mistakes_of_the_office_and_of_the_program_do_not_end_it(tmp_path, watch, monkeypatch):
    inbox = tmp_path / "masuk"
    inbox.mkdir()
    good_book(inbox / "RT 01.xlsx")
    project = tmp_path / "rosterkit.toml"

    def mistype() -> None:
        project.write_text("schema = 1\n", encoding="utf-8")

    def break_it() -> None:
        project.write_text("", encoding="utf-8")
        monkeypatch.setattr("rosterkit.pipeline.run", lambda _settings: 1 / 0)

    done = watch(lambda: None, mistype, break_it, lang="en")
    assert len(lines(done)) == 3
    mistype()
    assert cli("watch", tmp_path).returncode == 2  # told before it begins
    wrong, broken = done.stderr.splitlines()
    assert 'key "schema"' in wrong
    assert "ZeroDivisionError" in broken


def test_a_folder_that_is_not_there_is_told(tmp_path):
    done = cli("pantau", tmp_path / "none")
    assert (done.returncode, "tidak ditemukan" in done.stderr) == (2, True)


def test_events_only_wake_it(tmp_path, monkeypatch):
    made = SimpleNamespace(go=threading.Event())

    def fake(_folder: Path, stop_event: threading.Event, raise_interrupt: bool) -> object:
        made.go.wait(10)
        yield {("changed", "x")}
        raise OSError("the share is gone")

    monkeypatch.setitem(sys.modules, "watchfiles", SimpleNamespace(watch=fake))
    monkeypatch.setattr(watch_folder, "_QUIET", 10.0)
    waker = watch_folder.Waker(tmp_path)
    threading.Timer(0.05, made.go.set).start()
    began = time.monotonic()
    waker.wait(Look(when=None))
    assert time.monotonic() - began < 5
    waker.stop()
    waker.wait(Look(when=None, waiting=1))
    assert time.monotonic() - began < 5


@pytest.mark.bench
@pytest.mark.skipif(sys.platform == "win32", reason="signals of Windows are others")
def test_a_real_folder_over_half_a_minute(tmp_path):
    inbox = tmp_path / "masuk"
    inbox.mkdir()
    good_book(inbox / "RT 01.xlsx")
    slow = good_book(tmp_path / "slow.xlsx", 9902).read_bytes()
    command = [sys.executable, "-m", "rosterkit", "watch", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=process_environment()) as process:
        time.sleep(12)
        with (inbox / "RT 02.xlsx").open("wb") as target:  # over 10 s
            for part in range(10):
                target.write(slow[len(slow) * part // 10 : len(slow) * (part + 1) // 10])
                target.flush()
                time.sleep(1)
        time.sleep(12)
        shutil.move(inbox, tmp_path / "away")  # for a minute
        time.sleep(60)
        shutil.move(tmp_path / "away", inbox)
        (tmp_path / "RT").mkdir()
        for number in range(300):
            good_book(tmp_path / "RT" / f"{number}.xlsx", 9903 + number % 90)
        (tmp_path / "RT").rename(inbox / "RT")
        time.sleep(40)
        process.send_signal(signal.SIGINT)
        told = process.stdout.read().splitlines()
    assert process.returncode == 0
    assert [line[10:].split(",")[0] for line in told if " orang:" in line] == ["1 berkas", "2 berkas", "302 berkas"]
    assert sum("tidak ditemukan" in line for line in told) == 1
