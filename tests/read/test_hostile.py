"""Files that would end the process or fill the memory, or were called by a wrong name: each gets the true word."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from rosterkit.read import in_child
from rosterkit.read.limits import max_memory, max_seconds
from rosterkit.write.patch.ledger import _MAX_UNPACKED, NAMESPACE, read_ledger
from tests.command_line import process_environment
from tests.corpus.formats import xlwt_book
from tests.corpus.packages import FAR, WAYS, in_sheet, no_folder, other_case, utf16
from tests.corpus.test_refused import ALL
from tests.golden.books import BOOKS, HEAD, PEOPLE
from tests.helpers import check_json

KEDIRI = ("--schema", "kediri-2025")


@pytest.mark.parametrize("kind", FAR)
def test_a_far_cell_is_found_however_it_is_written(tmp_path: Path, kind: str) -> None:
    path = in_sheet(tmp_path / "a.xlsx", FAR[kind])
    document, done = check_json(path, *KEDIRI)
    assert document["files"][0]["error"]["code"] == "stray-cell"
    assert done.returncode == 3


@pytest.mark.parametrize("way", WAYS)
def test_the_same_written_in_another_way_is_read(tmp_path: Path, way: str) -> None:
    document, _done = check_json(in_sheet(tmp_path / "a.xlsx", WAYS[way]), *KEDIRI)
    assert document["totals"]["rows"] == len(PEOPLE)


@pytest.mark.parametrize("change", [utf16, other_case, no_folder])
def test_a_valid_package_is_read_and_marked(tmp_path: Path, change: Callable[[Path], None]) -> None:
    path = tmp_path / "a.xlsx"
    BOOKS["plain"](path)
    change(path)
    document, _done = check_json(path, *KEDIRI)
    assert document["files"][0]["error"] is None
    assert document["totals"]["rows"] == len(PEOPLE)
    copy = document["files"][0]["outputs"]["annotated"]
    again, _done = check_json(copy, *KEDIRI, "--out", tmp_path / "b")
    assert again["totals"]["rows"] == len(PEOPLE)


# The files that took gigabytes, or minutes, of the process that read them.
GREEDY = ("wide.xls", "ragged.xls", "many times.xlsx", "looping.xls", "repeats.ods", "encrypted.xls")


def checked_within(kind: str, size: int, path: Path) -> subprocess.CompletedProcess[str]:
    """Check in a process that has a limit (``RLIMIT_...``) of so many bytes, within 30 seconds."""
    resource = pytest.importorskip("resource", reason="has no limits for a process")
    limit = getattr(resource, f"RLIMIT_{kind}")
    return subprocess.run(
        [sys.executable, "-m", "rosterkit", "check", str(path), *KEDIRI, "--format", "json"],
        capture_output=True, env=process_environment(), timeout=30, check=False, text=True,
        preexec_fn=lambda: resource.setrlimit(limit, (size, size)),
    )  # fmt: skip


@pytest.mark.slow
def test_what_cannot_be_read_is_refused_with_the_true_reason(tmp_path: Path) -> None:
    """All in one run, within 1.5 GB; the good file beside them is checked."""
    for name in GREEDY:
        ALL[name].build(tmp_path / name)
    BOOKS["plain"](tmp_path / "z.xlsx")
    done = checked_within("DATA", 1_500_000_000, tmp_path)
    files = {Path(file["path"]).name: file for file in json.loads(done.stdout)["files"]}
    codes = {name: (file["error"] or {}).get("code") for name, file in files.items()}
    assert codes == {**{name: ALL[name].code for name in GREEDY}, "z.xlsx": None}
    assert done.returncode == 3


@pytest.mark.slow
def test_a_lower_limit_of_the_caller_is_no_reason_to_fail(tmp_path: Path) -> None:
    xlwt_book(tmp_path / "a.xls")
    done = checked_within("AS", 4_000_000_000, tmp_path / "a.xls")
    assert json.loads(done.stdout)["totals"]["rows"] == len(PEOPLE)


def test_limits_grow_with_the_file() -> None:
    assert max_memory(1_000) <= 1_600_000_000
    assert max_memory(1_000_000) < max_memory(10_000_000)
    assert (max_seconds(0), max_seconds(200_000_000)) == (60, 160)


def test_a_project_sets_the_limits_of_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The child gets them; a file that needs more is refused with a text that says so."""
    xlwt_book(tmp_path / "a.xls")
    taken = []

    def run(command: list[str], timeout: float, **_options: object) -> None:
        taken.append((int(command[-1]), timeout))
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(in_child.subprocess, "run", run)
    for text in ("", "[limits]\nmemory_mb = 700\nseconds = 7\n"):
        (tmp_path / "rosterkit.toml").write_text('schema = "kediri-2025"\n' + text, encoding="utf-8")
        document, _done = check_json(tmp_path / "a.xls", "--out", tmp_path / "hasil")
        error = document["files"][0]["error"]
        assert error["code"] == "reader-failed"
        assert "[limits]" in error["message"]
    size = (tmp_path / "a.xls").stat().st_size
    assert taken == [(1_500_000_000 + 12 * size, 60 + size / 2e6), (700_000_000 + 12 * size, 7 + size / 2e6)]


@pytest.mark.slow
def test_a_conversion_holds_every_digit_and_cells_of_blanks_lose_nobody(tmp_path: Path) -> None:
    head = [*HEAD, "Umur", "Lain", "Ket"]
    numbers = [40.413415468856949, 1 / 3, 1e-300, 123456789012345680.0, -0.1, 2.0**53]
    rows: list[list[object]] = [
        [*person, number, "  ", "\t"] for person, number in zip(PEOPLE * 2, numbers, strict=False)
    ]
    xlwt_book(tmp_path / "a.xls", [head, *rows])
    document, _done = check_json(tmp_path / "a.xls", *KEDIRI)
    copy = document["files"][0]["outputs"]["annotated"]
    assert document["files"][0]["error"] is None
    sheet = openpyxl.load_workbook(copy)["RT 01"]
    column = head.index("Umur") + 1
    assert [sheet.cell(row, column).value for row in range(2, len(rows) + 2)] == numbers[: len(rows)]


def test_a_page_whose_encoding_is_unknown_is_read(tmp_path: Path) -> None:
    cells = ("".join(f"<td>{value}</td>" for value in row) for row in (HEAD, *PEOPLE))
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    for name in ("undefined", "x-user-defined", "utf-7"):
        path = tmp_path / f"{name}.xls"
        path.write_text(f'<html><meta charset="{name}"><table>{table}</table></html>')
        document, _done = check_json(path, *KEDIRI)
        assert document["totals"]["rows"] == len(PEOPLE), name


GOOD: dict[str, object] = {
    "name": "a.xlsx", "sha256": "0" * 64, "repaired": False, "added": [], "parts": {}, "content": "",
}  # fmt: skip
FORGED: dict[str, bytes] = {
    "nothing": b"null",
    "a list": b"[]",
    "a name that is a number": json.dumps({**GOOD, "name": 3}).encode(),
    "added that is null": json.dumps({**GOOD, "added": None}).encode(),
    "added of numbers": json.dumps({**GOOD, "added": [1]}).encode(),
    "an undo that is a number": json.dumps({**GOOD, "parts": {"xl/workbook.xml": [1, 2, 3]}}).encode(),
    "a size that is a text": json.dumps({**GOOD, "parts": {"xl/workbook.xml": ["1", 2, ""]}}).encode(),
    "parts that are a list": json.dumps({**GOOD, "parts": [1]}).encode(),
    "something is missing": json.dumps({"name": "a"}).encode(),
    "very deep": b"[" * 100_000,
    "very large": b" " * (_MAX_UNPACKED + 1),
}


@pytest.mark.parametrize("kind", FORGED)
def test_a_forged_ledger_is_none(kind: str) -> None:
    def read(content: bytes) -> object:
        text = base64.b64encode(zlib.compress(content, 1))
        return read_ledger(b'<ledger xmlns="' + NAMESPACE.encode() + b'">' + text + b"</ledger>")

    assert read(json.dumps(GOOD).encode()) is not None
    assert read(FORGED[kind]) is None
