"""A quota that is too small: nobody is chosen by the order of files or rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.helpers import check_json, upload_paths, write_book
from tests.test_across import found, person, roster, uploaded

pytestmark = pytest.mark.slow


def codes(document: dict[str, Any], name: str) -> list[str]:
    return [code for code, _cell in found(document, name)]


def quota_run(folder: Path, files: dict[str, list[list[str]]], quota: str) -> tuple[dict, list[str]]:
    """Check files for a quota; also the NIKs that are uploaded."""
    folder.mkdir()
    (folder / "rosterkit.toml").write_text(f'schema = "kediri-2025"\n{quota}\n', encoding="utf-8")
    for name, people in files.items():
        roster(folder / name, *people)
    document, _done = check_json(folder)
    uploads = upload_paths(document)
    return document, sorted(uploaded(uploads)) if uploads else []


def of_category(row: list[str], category: str) -> list[str]:
    return [category if cell == "Pemulung" else cell for cell in row]


def test_no_name_of_a_file_decides_whom_the_quota_leaves_out(tmp_path):
    people = [person(1), person(2), of_category(person(3), "Tukang becak"), of_category(person(4), "Tukang becak")]
    quota = "[quota.categories]\nPEMULUNG = 1\n"
    for number, names in enumerate((("a.xlsx", "b.xlsx"), ("b.xlsx", "a.xlsx"))):
        files = {names[0]: [people[0], people[2]], names[1]: [people[1], people[3]]}
        document, niks = quota_run(tmp_path / str(number), files, quota)
        assert niks == sorted(row[0] for row in people[2:])
        for file in document["files"]:
            (finding,) = [one for one in file["findings"] if one["code"] == "RK508"]
            assert 'Kategori "Pemulung": diusulkan 2 orang, kuotanya 1: lebih 1 orang.' in finding["message"]
            assert file["sheets"][0]["clean_rows"] == 1


def test_a_quota_that_suffices_is_silent_and_a_warning_holds_nobody(tmp_path):
    people = [person(1), person(2)]
    document, niks = quota_run(tmp_path / "a", {"a.xlsx": people}, "[quota]\ntotal = 2")
    assert (len(niks), codes(document, "a.xlsx")) == (2, [])
    warned = "[quota]\ntotal = 1\n[rules.RK508]\nseverity = 'warning'"
    document, niks = quota_run(tmp_path / "b", {"a.xlsx": people}, warned)
    assert (len(niks), codes(document, "a.xlsx")) == (2, ["RK508"])


def test_who_is_held_back_takes_no_place_of_the_quota(tmp_path):
    dead = person(2)
    dead[1] += " (Alm)"
    document, niks = quota_run(tmp_path / "a", {"a.xlsx": [person(1), dead]}, "[quota]\ntotal = 1")
    assert niks == [person(1)[0]]
    assert codes(document, "a.xlsx") == ["RK261"]


def test_a_quota_of_a_category_and_the_total_are_two_findings(tmp_path):
    people = [person(1), person(2), of_category(person(3), "Tukang becak"), of_category(person(4), "Tukang becak")]
    quota = "[quota]\ntotal = 2\n[quota.categories]\nPEMULUNG = 1\n"
    document, niks = quota_run(tmp_path / "a", {"a.xlsx": people}, quota)
    assert niks == []
    texts = [one["message"] for one in document["files"][0]["findings"] if one["code"] == "RK508"]
    assert len(texts) == 2
    assert any("Diusulkan 3 orang, kuotanya 2: lebih 1 orang." in text for text in texts)


def test_a_copy_tells_its_sender_nothing_of_quotas(tmp_path):
    document, _niks = quota_run(tmp_path / "a", {"a.xlsx": [person(1), person(2)]}, "[quota]\ntotal = 1")
    reply = Path(document["files"][0]["outputs"]["reply"]).read_text(encoding="utf-8-sig")
    assert not {"kuota", "pengecualian", "toml"} & set(reply.lower().replace(".", " ").split())


def test_a_list_without_a_column_of_categories_has_a_quota_too(tmp_path):
    head = ["NIK", "Nama", "Tanggal Lahir"]
    write_book(tmp_path / "RT 01.xlsx", [head, *(person(n)[:3] for n in (1, 2))])
    (tmp_path / "rosterkit.toml").write_text("[quota]\ntotal = 1\n", encoding="utf-8")
    document, _done = check_json(tmp_path / "RT 01.xlsx")
    assert [one["code"] for one in document["files"][0]["findings"] if one["severity"] == "error"] == ["RK508"]
    assert document["totals"]["clean_rows"] == 0
