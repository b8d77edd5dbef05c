"""What was uploaded is not offered again without a word, and what is remembered can be forgotten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers import check_json, cli, upload_paths, write_book
from tests.test_across import HEAD, person


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "masuk").mkdir()
    (tmp_path / "rosterkit.toml").write_text('schema = "kediri-2025"\nout = "hasil"\n', encoding="utf-8")
    write_book(tmp_path / "masuk" / "RT 01.xlsx", [HEAD, person(1), person(2)])
    check_json("masuk", cwd=tmp_path)
    return tmp_path


def told(project: Path) -> list[str]:
    document, _done = check_json("masuk", cwd=project)
    return [remark for remark in document.get("remarks", []) if "terunggah" in remark]


def test_people_who_were_sent_are_named_by_the_next_run_until_it_is_undone(project: Path) -> None:
    (sheet,) = (project / "hasil").glob("gabungan.*")
    kept = sheet.rename(project / "terkirim juni.xlsx")
    assert "2 orang" in cli("uploaded", kept, cwd=project).stdout
    write_book(project / "masuk" / "RT 02.xlsx", [HEAD, person(3)])
    (remark,) = told(project)
    assert remark.startswith("2 orang yang siap sudah ada di terkirim juni.xlsx")
    memory = (project / "terunggah.json").read_text(encoding="utf-8")
    assert person(1)[0] not in memory
    assert cli("uploaded", kept, "--undo", cwd=project).returncode == 0
    assert told(project) == []
    assert not (project / "terunggah.json").exists()
    assert cli("uploaded", kept, "--undo", cwd=project).returncode == 2


def test_a_list_is_no_upload_sheet_and_a_strange_memory_stops_the_run(project: Path) -> None:
    write_book(project / "x.xlsx", [["Nama"], ["Contoh"]])
    assert cli("uploaded", project / "x.xlsx", cwd=project).returncode == 2
    for text in ("{", '{"version": 9}', '{"version": 1, "key": "zz", "sheets": {}}', "[]"):
        (project / "terunggah.json").write_text(text, encoding="utf-8")
        done = cli("check", "masuk", cwd=project)
        assert (done.returncode, "terunggah.json" in done.stderr) == (2, True)


def test_forget_leaves_lists_and_results(project: Path) -> None:
    assert cli("find", "contoh", cwd=project).returncode == 0
    done = cli("forget", "--yes", cwd=project)
    assert (done.returncode, (project / "hasil" / ".rosterkit").exists()) == (0, False)
    assert cli("find", "contoh", cwd=project).returncode == 2
    assert cli("forget", "--yes", cwd=project).returncode == 2
    document, _done = check_json("masuk", cwd=project)
    assert len(upload_paths(document)) == 1


def test_a_memory_of_an_older_version_is_read_and_a_newer_one_told(project: Path) -> None:
    path = project / "hasil" / ".rosterkit" / "run.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    for gone in ("steps", "when"):
        del document[gone]
    path.write_text(json.dumps({**document, "version": 1}), encoding="utf-8")
    assert cli("recap", "hasil", cwd=project).returncode == 0
    path.write_text(json.dumps({**document, "version": 99}), encoding="utf-8")
    done = cli("recap", "hasil", cwd=project)
    assert (done.returncode, "rosterkit check" in done.stderr) == (2, True)


def test_a_list_is_compared_with_its_last_different_content(project: Path) -> None:
    write_book(project / "masuk" / "RT 01.xlsx", [HEAD, person(1), person(2), person(3)])
    for _time in range(3):
        check_json("masuk", cwd=project)
    run = json.loads((project / "hasil" / ".rosterkit" / "run.json").read_text(encoding="utf-8"))
    assert run["files"][0]["before"] == [2, 2, 0]
