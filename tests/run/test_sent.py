"""What was uploaded is not offered again without a word, and what is remembered can be forgotten."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine

from rosterkit.desk.run_view import load_view
from rosterkit.errors import UsageError
from rosterkit.run.sent import load_sent
from tests.helpers import check_json, cli, upload_paths, write_book
from tests.test_across import HEAD, person


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "masuk").mkdir()
    (tmp_path / "rosterkit.toml").write_text('schema = "kediri-2025"\nout = "hasil"\n', encoding="utf-8")
    write_book(tmp_path / "masuk" / "RT 01.xlsx", [HEAD, person(1), person(2)])
    check_json("masuk", cwd=tmp_path)
    return tmp_path


def check(project: Path) -> tuple[dict[str, Any], list[str], list[str]]:
    """The document of a check, who stands in the combined sheet (NIKs), and the remarks about who was sent."""
    document, _done = check_json("masuk", cwd=project)
    people = [str(row[14]) for path in upload_paths(document) for row in read_rows(project / path)[1:]]
    return document, people, [remark for remark in document.get("remarks", []) if "diunggah" in remark]


def read_rows(path: Path, sheet: int = 0) -> list[list[object]]:
    book = python_calamine.load_workbook(path)
    return book.get_sheet_by_name(book.sheet_names[sheet]).to_python()


def send(project: Path, *options: str) -> str:
    (sheet,) = (project / "hasil").glob("gabungan.*")
    done = cli("uploaded", sheet, *options, cwd=project)
    assert done.returncode == 0, done.stderr
    return done.stdout


def moved(number: int) -> list[object]:
    """Somebody whose address is another one by now."""
    return [*person(number)[:-1], "Jl. Pindah 7"]


def test_who_was_sent_is_set_apart_and_counted_the_same_everywhere(project: Path) -> None:
    assert "2 orang" in send(project)
    held = [*person(5)[:5], "X", *person(5)[6:]]
    write_book(project / "masuk" / "RT 01.xlsx", [HEAD, person(1), moved(2), person(3), held])
    document, people, (sent, changed) = check(project)
    assert people == [person(3)[0]]
    assert sent.startswith("2 orang sudah diunggah dengan gabungan.")
    assert "uploaded --undo" in sent
    assert changed == f"Isinya berubah sejak diunggah: {person(2)[1]} (Alamat)."
    totals = document["totals"]
    counts = [totals[name] for name in ("rows", "clean_rows", "incomplete_rows", "sent_rows", "changed_rows")]
    assert counts == [4, 3, 0, 2, 1]
    terminal = cli("check", "masuk", cwd=project).stdout
    assert "4 orang: 1 siap, 2 sudah diunggah (1 di antaranya berubah isinya), 1 ditunda" in terminal
    assert "Betulkan 1 orang di aplikasi BPJS" in terminal
    (copy,) = (project / "hasil").glob("*.periksa.xlsx")
    assert [row[len(HEAD) + 1] for row in read_rows(copy, 1)[1:]] == [
        "Sudah diunggah",
        "Sudah diunggah",
        "Siap",
        "Ditunda",
    ]
    recap = project / "hasil" / "rekap.xlsx"
    heads, row = read_rows(recap, -2)[:2]
    assert dict(zip(heads[2:7], row[2:7], strict=True)) == {
        "Dari": "RT 001", "Orang": 4, "Siap": 1, "Sudah diunggah": 2, "Ditunda": 1,
    }  # fmt: skip
    assert ["Sudah diunggah", 2] in [row[:2] for row in read_rows(recap)]
    states = {row[0]: (row[5], row[6], row[7]) for row in read_rows(recap, -1)}
    assert states[person(1)[1]][0] == states[person(2)[1]][0] == "Sudah diunggah"
    assert "berubah: Alamat" in states[person(2)[1]][1]
    assert states[person(2)[1]][2] == "kantor"
    assert "Sudah diunggah" in (project / "hasil" / "laporan.html").read_text(encoding="utf-8")
    assert "Sudah diunggah" in cli("find", str(person(1)[1]), cwd=project).stdout
    view = load_view(project / "masuk", project / "hasil")
    assert view is not None
    (file,) = view.files
    assert (file.rows, file.ready, file.incomplete, file.sent, file.held) == (4, 1, 0, 2, 1)
    assert "1 siap didaftarkan, 2 sudah didaftarkan, 1 belum" in next(
        (project / "hasil" / "balasan").iterdir()
    ).read_text(encoding="utf-8-sig")


def test_everybody_is_written_again_once_it_is_undone_though_the_sheet_is_another_by_now(project: Path) -> None:
    send(project)
    write_book(project / "masuk" / "RT 01.xlsx", [HEAD, person(1), moved(2), person(3)])
    assert check(project)[1] == [person(3)[0]]
    assert "2 orang" in send(project, "--undo")
    document, people, remarks = check(project)
    assert people == [person(number)[0] for number in (1, 2, 3)]
    assert (remarks, "sent_rows" in document["totals"]) == ([], False)
    assert not (project / "terunggah.json").exists()
    assert cli("uploaded", project / "hasil" / "rekap.xlsx", "--undo", cwd=project).returncode == 2


def test_of_somebody_who_is_held_back_by_now_it_is_told_too(project: Path) -> None:
    send(project)
    write_book(project / "masuk" / "RT 02.xlsx", [HEAD, person(1), person(3)])
    document, people, _remarks = check(project)
    assert (people, document["totals"]["sent_rows"]) == ([person(3)[0]], 1)
    told = " ".join(cli("find", str(person(1)[0]), cwd=project).stdout.split())
    assert "(RK402) Sudah diunggah" in told


def test_nobody_new_is_said_and_the_combined_sheet_goes_away(project: Path) -> None:
    send(project)
    memory = (project / "terunggah.json").read_text(encoding="utf-8")
    assert person(1)[0] not in memory
    assert str(person(1)[1]) not in memory
    document, people, _remarks = check(project)
    assert (people, document["totals"]["sent_rows"], list((project / "hasil").glob("gabungan.*"))) == ([], 2, [])
    terminal = cli("check", "masuk", cwd=project).stdout
    assert "Tidak ada orang baru yang siap diunggah." in terminal
    assert "Semua sudah diunggah." in terminal
    assert "SUDAH DIUNGGAH" in terminal


def test_sheets_of_single_files_leave_out_who_was_sent_too(project: Path) -> None:
    send(project)
    write_book(project / "masuk" / "RT 01.xlsx", [HEAD, person(1), person(3)])
    for given in (["masuk", "--per-file"], ["masuk/RT 01.xlsx"]):
        document, _done = check_json(*given, cwd=project)
        (path,) = upload_paths(document["files"][0])
        assert [row[14] for row in read_rows(project / path)[1:]] == [person(3)[0]]


def test_who_was_sent_by_an_older_version_is_set_apart_without_knowing_her_values(project: Path) -> None:
    send(project)
    path = project / "terunggah.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    for sheet in document["sheets"].values():
        del sheet["columns"]
        sheet["people"] = list(sheet["people"])
    path.write_text(json.dumps({**document, "version": 1}), encoding="utf-8")
    write_book(project / "masuk" / "RT 01.xlsx", [HEAD, person(1), moved(2), person(3)])
    found, people, _remarks = check(project)
    assert (people, found["totals"]["sent_rows"], found["totals"]["changed_rows"]) == ([person(3)[0]], 2, 0)


def test_a_sheet_below_the_heading_of_a_form_and_one_without_niks(project: Path) -> None:
    rows = [["Unggah TK"], [], ["NO", "NOMOR_IDENTITAS", "NAMA_LENGKAP"], [1, person(1)[0], person(1)[1]]]
    write_book(project / "isian.xlsx", rows)
    assert "1 orang" in cli("uploaded", project / "isian.xlsx", cwd=project).stdout
    assert check(project)[1] == [person(2)[0]]
    write_book(project / "x.xlsx", [["Nama"], ["Contoh"]])
    assert cli("uploaded", project / "x.xlsx", cwd=project).returncode == 2
    assert cli("uploaded", project / "tidak ada.xlsx", cwd=project).returncode == 3


SHEET = {"name": "a.xlsx", "when": "2026-01-01", "columns": [], "people": {}}
KEY, SHA = "0" * 32, "a" * 64


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "null", "[" * 100_000, '{"version": 9}', '{"version": 1}', '{"version": 1, "sheets": [1]}'),
        *(
            json.dumps({"version": 2, "key": key, "sheets": {digest: {**SHEET, **change}}})
            for key, digest, change in (
                ("zz", SHA, {}),
                ("0" * 200, SHA, {}),
                ("", SHA, {}),
                (KEY, "x", {}),
                (KEY, SHA, {"name": 7}),
                (KEY, SHA, {"name": "n" * 999}),
                (KEY, SHA, {"when": "kemarin"}),
                (KEY, SHA, {"when": 1e300}),
                (KEY, SHA, {"people": {"3571010201859901": ""}}),
                (KEY, SHA, {"people": ["a"]}),
                (KEY, SHA, {"people": {"a" * 24: "zz"}}),
                (KEY, SHA, {"columns": [None]}),
                (KEY, SHA, {"more": 1}),
            )
        ),
    ],
)
def test_a_memory_that_cannot_be_trusted_stops_the_run_before_anything_is_written(tmp_path: Path, text: str) -> None:
    path = tmp_path / "terunggah.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"terunggah\.json"):
        load_sent(path)


def test_names_of_a_memory_cannot_draw_in_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "terunggah.json"
    sheet = {**SHEET, "name": "a\x1b[31m\n\u202eb.xlsx", "people": {"b" * 24: "ab"}, "columns": ["NIK", "NAMA"]}
    path.write_text(json.dumps({"version": 2, "key": KEY, "sheets": {SHA: sheet}}), encoding="utf-8")
    (read,) = load_sent(path).sheets.values()
    assert read.name == "a?[31m??b.xlsx"


def test_a_strange_memory_stops_a_whole_run_with_a_word_and_uploads_nobody(project: Path) -> None:
    (project / "terunggah.json").write_text("[" * 100_000, encoding="utf-8")
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


def test_lists_and_copies_are_no_upload_sheets(project: Path) -> None:
    """A sender's list, its copy and the recap have NIKs too: marked, everybody in them would be left out for ever."""
    check(project)
    for path in (*(project / "masuk").glob("*.xlsx"), *(project / "hasil").glob("*.periksa.xlsx")):
        done = cli("uploaded", path, cwd=project)
        assert (done.returncode, "bukan berkas unggah" in done.stderr) == (2, True), path


def test_a_sheet_that_lies_elsewhere_is_not_marked_where_nobody_looks(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    check(project)
    (sheet,) = (project / "hasil").glob("gabungan.bpjs-*.xlsx")
    desktop = tmp_path_factory.mktemp("Desktop")
    done = cli("uploaded", Path(shutil.copy(sheet, desktop)), cwd=desktop)
    assert (done.returncode, "folder hasil" in done.stderr) == (2, True)
    assert not (desktop.parent / "terunggah.json").exists()


def test_another_person_under_the_nik_of_one_who_was_sent_is_held(project: Path) -> None:
    check(project)
    (sheet,) = (project / "hasil").glob("gabungan.bpjs-*.xlsx")
    cli("uploaded", sheet, cwd=project)
    other = [person(1)[0], "Zubaidah Lainnya", "17-08-1970", *person(1)[3:]]
    write_book(project / "masuk" / "RT 01.xlsx", [HEAD, other, person(2)])
    document, _ = check_json(cwd=project)
    totals = document["totals"]
    assert (totals["sent_rows"], totals["clean_rows"], totals["rows"]) == (1, 1, 2)
    done = cli("find", "Zubaidah", cwd=project)
    assert "sudah diunggah untuk orang lain" in done.stdout


def test_who_was_sent_and_is_in_no_list_any_more_is_told_beside_a_quota(project: Path) -> None:
    with (project / "rosterkit.toml").open("a", encoding="utf-8") as toml:
        toml.write("[quota]\ntotal = 3\n")
    send(project)
    write_book(project / "masuk" / "RT 01.xlsx", [HEAD, person(2), person(3)])
    document, _people, _remarks = check(project)
    (remark,) = [remark for remark in document["remarks"] if remark.startswith("Kuota")]
    assert "1 orang yang sudah diunggah tidak ada lagi dalam daftar" in remark


def test_who_was_sent_has_her_place_of_the_quota(project: Path) -> None:
    send(project)
    with (project / "rosterkit.toml").open("a", encoding="utf-8") as toml:
        toml.write("[quota]\ntotal = 3\n")
    write_book(project / "masuk" / "RT 02.xlsx", [HEAD, person(8), person(9)])
    totals = check(project)[0]["totals"]
    assert (totals["sent_rows"], totals["clean_rows"], totals["rows"]) == (2, 2, 4)  # of two new ones nobody is chosen
    write_book(project / "masuk" / "RT 02.xlsx", [HEAD, person(8)])
    document, people, _remarks = check(project)
    assert (document["totals"]["sent_rows"], people) == (2, [person(8)[0]])


def test_numbers_that_were_typed_again_are_marked_and_unreadable_ones_are_told(project: Path) -> None:
    """Somebody saves the sheet again in Excel: NIKs become numbers, one ends in 0 and may have lost its digit."""
    (sheet,) = (project / "hasil").glob("gabungan.*")
    book = openpyxl.load_workbook(sheet)
    page = book.active
    people = {str(page.cell(row, 15).value): row for row in (2, 3)}
    page.cell(people[person(1)[0]], 15).value = int(person(1)[0])
    page.cell(people[person(2)[0]], 15).value = f" {person(2)[0]}"
    page.cell(4, 15).value, page.cell(4, 2).value = 3571010101859910, "Contoh Tambahan"
    page.cell(5, 15).value, page.cell(5, 2).value = None, "Contoh Tanpa"
    book.save(sheet)
    done = cli("uploaded", sheet, cwd=project)
    assert "2 orang" in done.stdout
    assert "2 baris tidak ditandai" in done.stderr
    assert "O4, O5" in done.stderr
    _document, people_left, _remarks = check(project)
    assert people_left == []


def test_only_the_mark_that_would_be_undone_is_offered_to_be_undone(project: Path) -> None:
    send(project)
    known = json.loads((project / "terunggah.json").read_text())
    (old,) = known["sheets"].values()
    known["sheets"] = {"0" * 64: {**old, "when": "2025-01-31"}}
    (project / "terunggah.json").write_text(json.dumps(known), encoding="utf-8")
    write_book(project / "masuk" / "RT 02.xlsx", [HEAD, person(3)])
    check(project)
    send(project)
    _document, _people, remarks = check(project)
    assert sorted("--undo" in remark for remark in remarks) == [False, True]
    assert next(remark for remark in remarks if "--undo" in remark).startswith("1 orang")


def test_a_list_whose_people_were_all_sent_is_not_called_ready(project: Path) -> None:
    send(project)
    check(project)
    book = openpyxl.load_workbook(project / "hasil" / "rekap.xlsx")
    rows = list(book["BERKAS"].iter_rows(values_only=True))
    assert dict(zip(rows[0], rows[1], strict=True))["Keadaan"] == "sudah diunggah"


def other_nik(number: int, **more: object) -> list[object]:
    """Somebody with another last digit in her NIK."""
    row = person(number)
    return [f"{str(row[0])[:-1]}8", more.get("name", row[1]), *row[2:]]


def test_who_was_sent_under_another_nik_is_held_until_the_office_has_decided(project: Path) -> None:
    send(project)
    write_book(project / "masuk" / "RT 01.xlsx", [HEAD, other_nik(1, name=f"H. {person(1)[1]}"), person(2), person(3)])
    document, people, _remarks = check(project)
    assert (people, document["totals"]["sent_rows"]) == ([person(3)[0]], 1)
    (finding,) = [one for one in document["files"][0]["findings"] if one["code"] == "RK410"]
    assert "dengan NIK lain" in finding["message"]
    assert "sudah kami daftarkan dengan NIK lain" in (project / "hasil" / "balasan" / "RT 01.txt").read_text(
        "utf-8-sig"
    )
    (line,) = [["NIK", "Kode", "Alasan", "Oleh", "Tanggal"]]
    write_book(project / "pengecualian.xlsx", [line, [other_nik(1)[0], "RK410", "dua orang", "Dinas", "01-06-2025"]])
    assert sorted(check(project)[1]) == sorted([other_nik(1)[0], person(3)[0]])


def test_two_people_of_one_name_and_day_are_told_apart_by_a_decision(project: Path) -> None:
    send(project)
    write_book(project / "masuk" / "RT 01.xlsx", [HEAD, person(1), person(2), other_nik(1)])
    assert check(project)[1] == []
    sheet = project / "hasil" / "ganda.xlsx"
    book = openpyxl.load_workbook(sheet)
    book["GANDA"]["C2"], book["GANDA"]["D2"] = "orang berbeda", "Dinas"
    book.save(sheet)
    assert check(project)[1] == [other_nik(1)[0]]
    book["GANDA"]["C2"] = "pakai A"
    book.save(sheet)
    document, people, remarks = check(project)
    codes = [one["code"] for one in document["files"][0]["findings"] if one["severity"] == "error"]
    assert (people, codes, len(remarks)) == ([], ["RK404"], 1)


def test_a_mark_of_a_version_that_knew_no_names_is_read(project: Path) -> None:
    send(project)
    path = project / "terunggah.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    for sheet in document["sheets"].values():
        del sheet["named"]
    path.write_text(json.dumps({**document, "version": 2}), encoding="utf-8")
    write_book(project / "masuk" / "RT 01.xlsx", [HEAD, person(1), other_nik(2)])
    found, people, _remarks = check(project)
    assert (people, found["totals"]["sent_rows"]) == ([other_nik(2)[0]], 1)


def test_who_was_sent_and_is_held_or_gone_by_now_is_told_once(project: Path) -> None:
    send(project)
    died = [person(1)[0], f"{person(1)[1]} (alm)", *person(1)[2:]]
    write_book(project / "masuk" / "RT 01.xlsx", [HEAD, died, person(3)])
    document, people, remarks = check(project)
    assert people == [person(3)[0]]
    (held,) = [remark for remark in remarks if "ditunda" in remark]
    assert f"{died[1]} (Meninggal dunia)" in held
    (gone,) = [remark for remark in remarks if "tidak ada dalam daftar" in remark]
    assert gone.startswith("1 orang")
    check_json("masuk/RT 01.xlsx", cwd=project)
    assert document["totals"]["rows"] == 2
