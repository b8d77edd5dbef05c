"""The truth table of refusals: each code has a file that gets it, and its text is true of every file that does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from rosterkit.errors import FileError
from rosterkit.read.workbook import read_workbook
from tests.corpus.refused import BESIDE, CLAIMS, REFUSED, SLOW, UNMARKED, Refusal
from tests.helpers import ROOT, check_json, good_book

ALL = {**REFUSED, **SLOW, **UNMARKED}


def test_every_code_has_a_file_or_a_reason_why_not() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "rosterkit").rglob("*.py"))
    codes = set(re.findall(r'FileError\(\s*"([a-z-]+)"', source))
    assert codes == {*CLAIMS, *BESIDE}
    assert {refusal.code for refusal in ALL.values()} == {*CLAIMS}


@pytest.mark.parametrize("name", ALL)
def test_a_refusal_claims_what_is_true(name: str) -> None:
    assert ALL[name].fact in CLAIMS[ALL[name].code]


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_is_refused_with_the_true_reason(name: str, tmp_path: Path) -> None:
    REFUSED[name].build(tmp_path / name)
    with pytest.raises(FileError) as refused:
        read_workbook(tmp_path / name)
    assert (refused.value.code, REFUSED[name].words in refused.value.message) == (REFUSED[name].code, True)


@pytest.mark.bench
def test_the_others_go_on(tmp_path: Path) -> None:
    """All in one run; the good file beside them is checked and uploaded."""
    files = check_all({**REFUSED, **SLOW, **UNMARKED}, tmp_path)
    assert [file["status"] for file in files[:-1]] == ["failed"] * (len(files) - 1)
    assert (files[-1]["status"], len(list((tmp_path / "hasil").glob("gabungan.*")))) == ("clean", 1)


def check_all(refusals: Mapping[str, Refusal], folder: Path) -> list[dict[str, Any]]:
    """The files of a run over all refusals, each held against what it should say, and a good file at the end."""
    for name, refusal in refusals.items():
        refusal.build(folder / name)
    good_book(folder / "zz good.xlsx", 9950)
    paths = [folder / name for name in (*refusals, "zz good.xlsx")]
    document, done = check_json(*paths, "--schema", "kediri-2025", "--out", folder / "hasil")
    assert (done.returncode, "Traceback" in done.stderr) == (3, False)
    for file in document["files"][:-1]:
        refusal = refusals[Path(file["path"]).name]
        assert (file["error"]["code"], refusal.words in file["error"]["message"]) == (refusal.code, True), file
    return list(document["files"])
