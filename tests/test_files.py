"""Results are written whole, only where they say something else than before, and never while they are open."""

from __future__ import annotations

from pathlib import Path

import pytest

from rosterkit.errors import FileError
from rosterkit.files import remove_output, whole_file
from tests.helpers import cli, good_book, write_book


def write(path: Path, content: bytes) -> None:
    with whole_file(path) as out:
        out.write(content)


def test_a_file_that_says_the_same_stays_as_it_is(tmp_path):
    path = tmp_path / "hasil.txt"
    write(path, b"satu")
    before = path.stat().st_ino, path.stat().st_mtime_ns
    write(path, b"satu")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == before
    write(path, b"dua")
    assert path.read_bytes() == b"dua"
    assert [one.name for one in tmp_path.iterdir()] == ["hasil.txt"]


@pytest.mark.parametrize("owner", ["~$rekap.xlsx", ".~lock.rekap.xlsx#"])
def test_a_result_that_is_open_elsewhere_is_left_alone(tmp_path, owner):
    path = tmp_path / "rekap.xlsx"
    write(path, b"satu")
    (tmp_path / owner).touch()
    write(path, b"satu")  # nothing to write
    for change in (lambda: write(path, b"dua"), lambda: remove_output(path)):
        with pytest.raises(FileError, match="sedang dibuka") as caught:
            change()
        assert caught.value.code == "cannot-write"
    assert path.read_bytes() == b"satu"
    (tmp_path / owner).unlink()
    write(path, b"dua")
    assert path.read_bytes() == b"dua"


@pytest.mark.slow
def test_a_second_run_rewrites_nothing_and_a_third_one_what_changed(tmp_path):
    inbox, out = tmp_path / "masuk", tmp_path / "masuk" / "hasil"
    inbox.mkdir()
    good_book(inbox / "RT 01.xlsx")
    write_book(inbox / "RT 02.xlsx", [["NIK", "Nama"], ["123", "Contoh Dua"]])

    def run() -> dict[str, int]:
        cli("check", inbox)
        return {path.relative_to(out).as_posix(): path.stat().st_ino for path in out.rglob("*") if path.is_file()}

    first = run()
    assert {"RT 02.periksa.xlsx", "rekap.xlsx", "hasil.json", "laporan.html", ".rosterkit/run.parquet"} <= set(first)
    assert run() == first
    write_book(inbox / "RT 02.xlsx", [["NIK", "Nama"], ["1234", "Contoh Dua"]])
    third = run()
    assert third["RT 02.periksa.xlsx"] != first["RT 02.periksa.xlsx"]
    untouched = [name for name in first if name.startswith("RT 01") or name.endswith("gabungan.bpjs-pu.xlsx")]
    assert all(third[name] == first[name] for name in untouched)
