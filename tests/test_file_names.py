"""Files on any system: their order, names that Windows refuses, long paths, a file that somebody holds."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from rosterkit import files
from rosterkit.errors import FileError
from rosterkit.files import long_path, path_order, portable_name, whole_file
from rosterkit.run.output_names import OutputNames, list_name


def test_the_order_is_that_of_windows_and_linux_alike():
    names = ["RT 10.xlsx", "b/a.xlsx", "rt 03.xlsx", "B.xlsx", "a.xlsx", "A.xlsx", "b.csv", "B/c.xlsx"]
    here = sorted(map(PurePosixPath, names), key=path_order)
    assert [path.as_posix() for path in here] == [
        "A.xlsx",
        "a.xlsx",
        "b/a.xlsx",
        "B/c.xlsx",
        "b.csv",
        "B.xlsx",
        "rt 03.xlsx",
        "RT 10.xlsx",
    ]
    there = sorted(map(PureWindowsPath, reversed(names)), key=path_order)
    assert [path.as_posix() for path in there] == [path.as_posix() for path in here]


@pytest.mark.parametrize(
    ("name", "portable"),
    [
        ("RT 03", "RT 03"),
        ("RT 03. ", "RT 03"),
        ('RT <03>: "lama"?', "RT _03_ _lama_"),
        ("con", "con_"),
        ("COM1.baru", "COM1_.baru"),
        ("LPT¹", "LPT¹_"),
        ("contoh", "contoh"),
        ("a\tb|*d", "a_b_d"),
    ],
)
def test_a_name_is_one_that_windows_takes(name, portable):
    assert portable_name(name) == portable
    assert portable_name(portable) == portable


def test_results_are_called_so_that_their_folder_can_move_to_windows():
    paths = [Path("masuk") / name for name in ("aux.xlsx", "RT 03?.xlsx", "RT 03*.xlsx", "....xlsx")]
    assert list_name(paths[0]) == "aux_"
    names = OutputNames(None, paths)
    assert [names.target(path, ".periksa.xlsx").name for path in paths] == [
        "aux_.periksa.xlsx",
        "RT 03_.periksa.xlsx",
        "RT 03_-2.periksa.xlsx",
        "_.periksa.xlsx",
    ]


def test_a_long_path_is_marked_as_one():
    short, long = Path("/a/b.xlsx"), Path("/" + "x" * 250)
    assert long_path(short, windows=True) == short
    assert long_path(long, windows=False) == long
    assert str(long_path(long, windows=True)).startswith("\\\\?\\")


class Held:
    """Somebody holds a file: the first attempts to replace it fail."""

    def __init__(self, attempts):
        self.left, self.replace = attempts, Path.replace

    def __call__(self, path, target):
        self.left -= 1
        if self.left >= 0:
            raise PermissionError(13, "Permission denied")
        return self.replace(path, target)


@pytest.mark.parametrize(("attempts", "written"), [(2, True), (99, False)])
def test_a_file_that_is_held_is_tried_again_and_then_told_and_stays_as_it_was(tmp_path, monkeypatch, attempts, written):
    monkeypatch.setattr(files, "_WINDOWS", True)
    monkeypatch.setattr(files, "_PAUSE", 0)
    held = Held(attempts)
    monkeypatch.setattr(Path, "replace", lambda path, target: held(path, target))
    target = tmp_path / "rekap.xlsx"
    target.write_bytes(b"lama")
    if written:
        with whole_file(target) as out:
            out.write(b"baru")
    else:
        with pytest.raises(FileError, match="Tutup berkas itu di Excel"), whole_file(target) as out:
            out.write(b"baru")
    assert target.read_bytes() == (b"baru" if written else b"lama")
    assert [path.name for path in tmp_path.iterdir()] == ["rekap.xlsx"]
