"""What stands between the files of a run: people in two lists, lists sent twice, one upload for all."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import python_calamine

from tests.helpers import GOOD_ROW, REST, REST_ROW, check_json, cli, upload_paths, write_book

HEAD = ["NIK", "Nama", "Tanggal Lahir", "Kategori", *REST]
KEDIRI = ("--schema", "kediri-2025")
NAMES = ["Contoh Satu", "Misal Dua", "Rekaan Tiga", "Umpama Empat", "Andai Lima", "Khayal Enam", "Semu Tujuh"]


def person(number: int, name: str | None = None) -> list[str]:
    """An invented person, the same for the same number."""
    day = number % 28 + 1
    nik = f"357101{day:02}01859{900 + number}"
    return [nik, name or NAMES[number % 7], f"{day:02}-01-1985", *GOOD_ROW[3:], *REST_ROW]


def roster(path: Path, *people: list[str]) -> Path:
    return write_book(path, [HEAD, *people])


def found(document: dict, name: str) -> list[tuple[str, str | None]]:
    (file,) = (file for file in document["files"] if Path(file["path"]).name == name)
    return [(finding["code"], finding["cell"]) for finding in file["findings"]]


def uploaded(paths: list[str]) -> list[str]:
    rows = [row for path in paths for row in python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()[1:]]
    return [row[14] for row in rows]


def test_a_person_in_two_lists_is_found_and_not_uploaded(tmp_path):
    roster(tmp_path / "RT 01.xlsx", person(1), person(2), person(3))
    roster(tmp_path / "Dinas.xlsx", person(4), person(2, "Misal Duwa"))
    document, done = check_json(tmp_path, *KEDIRI)
    assert done.returncode == 1
    assert found(document, "RT 01.xlsx") == [("RK402", "A3")]
    assert found(document, "Dinas.xlsx") == [("RK402", "A3")]
    (finding,) = document["files"][1]["findings"]
    assert finding["message"] == "NIK juga ada di Dinas.xlsx (Misal Duwa, RT 01!A3)."
    assert finding["related"] == [{"path": document["files"][0]["path"], "sheet": "RT 01", "cell": "A3"}]
    (combined,) = upload_paths(document)
    assert Path(combined) == tmp_path / "hasil" / "gabungan.bpjs-sipp-tk-baru.xlsx"
    assert uploaded([combined]) == [person(4)[0], person(1)[0], person(3)[0]]
    saved = json.loads((tmp_path / "hasil" / "hasil.json").read_text(encoding="utf-8"))
    assert saved == document


def test_a_sender_sees_that_but_not_where_and_who(tmp_path):
    roster(tmp_path / "RT 01.xlsx", person(1), person(2))
    roster(tmp_path / "Dinas.xlsx", person(2, "Nama Di Dinas"))
    document, _ = check_json(tmp_path, *KEDIRI)
    book = openpyxl.load_workbook(document["files"][1]["outputs"]["annotated"])
    texts = [str(cell.value) for page in book for row in page for cell in row]
    texts += [cell.comment.text for page in book for row in page for cell in row if cell.comment]
    assert any("NIK-nya juga diusulkan oleh pengirim daftar lain." in text for text in texts)
    assert not any("Nama Di Dinas" in text or "Dinas.xlsx" in text for text in texts)


def test_the_schema_says_who_is_uploaded(tmp_path):
    roster(tmp_path / "a.xlsx", person(1), person(2))
    roster(tmp_path / "b.xlsx", person(2), person(3))
    (tmp_path / "rosterkit.toml").write_text('schema = "kediri-2025"\nduplicates = "keep-first"\n', encoding="utf-8")
    document, _ = check_json(tmp_path)
    assert (found(document, "a.xlsx"), found(document, "b.xlsx")) == ([], [("RK402", "A2")])
    assert "yang diunggah baris pertama" in document["files"][1]["findings"][0]["message"]
    assert uploaded(upload_paths(document)) == [person(n)[0] for n in (1, 2, 3)]
    (tmp_path / "rosterkit.toml").write_text('schema = "kediri-2025"\nduplicates = "both"\n', encoding="utf-8")
    done = cli("check", tmp_path)
    assert (done.returncode, "duplicates" in done.stderr) == (2, True)


def test_the_same_person_under_another_nik_in_another_list(tmp_path):
    one, two = person(1, "Moch. Contoh Misal"), person(1, "Muhammad Tjontoh Misal")
    two[0] = "3571020201859955"
    roster(tmp_path / "a.xlsx", one)
    roster(tmp_path / "b.xlsx", two, person(3))
    document, _ = check_json(tmp_path, *KEDIRI)
    assert found(document, "a.xlsx") == [("RK403", "B2")]
    assert "b.xlsx (Muhammad Tjontoh Misal, RT 01!B2)" in document["files"][0]["findings"][0]["message"]


def test_a_list_that_is_sent_twice_counts_once(tmp_path):
    people = [person(number) for number in range(1, 6)]
    roster(tmp_path / "RT 01.xlsx", *people)
    roster(tmp_path / "RT 01 final (1).xlsx", *reversed(people))
    document, done = check_json(tmp_path, *KEDIRI)
    assert done.returncode == 0
    assert found(document, "RT 01 final (1).xlsx") == []
    assert found(document, "RT 01.xlsx") == [("RK408", None)]
    assert len(uploaded(upload_paths(document))) == 5
    assert document["totals"]["rows"] == 10
    assert document["totals"]["clean_rows"] == 5


def test_an_older_version_is_told(tmp_path):
    roster(tmp_path / "a.xlsx", *(person(number) for number in range(1, 6)))
    roster(tmp_path / "b.xlsx", *(person(number) for number in range(1, 7)))
    document, _ = check_json(tmp_path, *KEDIRI)
    assert found(document, "a.xlsx") == [("RK402", f"A{row}") for row in range(2, 7)]
    assert found(document, "b.xlsx")[0] == ("RK405", None)
    assert "5 dari 6 NIK" in document["files"][1]["findings"][0]["message"]


def test_one_broken_file_among_many(tmp_path):
    for number in range(1, 6):
        roster(tmp_path / f"RT {number:02}.xlsx", person(number))
    (tmp_path / "RT 06.xlsx").write_bytes(b"PK broken")
    document, done = check_json(tmp_path, *KEDIRI)
    assert done.returncode == 3
    assert len(uploaded(upload_paths(document))) == 5
    assert [file["status"] for file in document["files"]] == ["clean"] * 5 + ["failed"]


def test_a_file_alone_has_no_combined_outputs(tmp_path):
    document, _ = check_json(roster(tmp_path / "a.xlsx", person(1)), *KEDIRI)
    assert "outputs" not in document
    assert [path.name for path in (tmp_path / "hasil").iterdir()] == ["a.bpjs-sipp-tk-baru.xlsx"]


def test_every_sender_gets_a_text_to_paste(tmp_path):
    wrong = [person(n) for n in range(1, 9)]
    for row in wrong[:6]:
        row[0] = row[0][:15]
    wrong[6][3] = "kuli batu"
    roster(tmp_path / "RT 01.xlsx", *wrong)
    roster(tmp_path / "RT 02.xlsx", person(9), [*person(8)[:1], "Nama Lain Sekali", *person(8)[2:]])
    roster(tmp_path / "RT 03.xlsx", person(10))
    (tmp_path / "RT 04.xlsx").write_bytes(b"PK broken")
    (tmp_path / "rosterkit.toml").write_text('schema = "kediri-2025"\ndeadline = 2025-06-30\n', encoding="utf-8")
    document, _ = check_json(tmp_path)
    texts = [Path(file["outputs"]["reply"]).read_text(encoding="utf-8-sig") for file in document["files"]]
    assert [Path(file["outputs"]["reply"]).name for file in document["files"]] == [f"RT 0{n}.txt" for n in range(1, 5)]
    assert "- 6 orang: NIK hanya 15 digit, seharusnya 16. Mohon cek KTP-nya" in texts[0]
    assert "  Baris 2 Misal Dua, Baris 3 Rekaan Tiga" in texts[0]
    assert 'Kategori "kuli batu" tidak ada dalam pilihan.' in texts[0]
    assert "paling lambat" not in texts[0]  # that day has passed
    assert "RT 01.periksa.xlsx" in texts[0]
    assert "NIK-nya juga diusulkan oleh pengirim daftar lain." in texts[1]
    assert "RT 01" not in texts[1]
    assert "1 orang, semuanya siap didaftarkan. Tidak ada yang perlu diperbaiki." in texts[2]
    assert 'berkas "RT 04.xlsx" belum bisa kami buka karena rusak atau tidak terkirim utuh.' in texts[3]
    everything = "".join(texts)
    assert not any(row[0] in everything for row in wrong)
    assert "Nama Lain Sekali" not in texts[0]
