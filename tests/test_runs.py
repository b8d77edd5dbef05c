"""A folder is a run: from run to run, through the chain of verification, against the lists, killed and begun again."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
import python_calamine

from tests.command_line import process_environment
from tests.helpers import EXAMPLES, SAMPLE, check_json, cli, cli_process, upload_paths, write_book
from tests.test_across import HEAD, KEDIRI, found, person, roster, uploaded

pytestmark = pytest.mark.slow

JAMBI = ("--schema", "jambi-2025")


def codes(document: dict, name: str) -> list[str]:
    return [code for code, _cell in found(document, name)]


def jambi(number: int, **changes: str) -> list[str]:
    """An invented person of Jambi."""
    values = dict(zip(HEAD, person(number), strict=True)) | {
        "Kategori": "Driver ojek online",
        "RT": "003",
        "Kelurahan": "Contoh",
    }
    return list({**values, **changes}.values())


JAMBI_HEAD = [*HEAD, "RT", "Kelurahan"]


def test_a_list_on_its_way_through_the_chain_is_one_list(tmp_path):
    """RT, kelurahan and kecamatan hold the same people: nobody is twice, and who has come furthest is uploaded."""
    people = [jambi(number) for number in range(1, 7)]
    for folder, number in (("1-rt", 6), ("2-kelurahan", 5), ("3-kecamatan", 4)):
        (tmp_path / folder).mkdir()
        write_book(tmp_path / folder / "RT 003.xlsx", [JAMBI_HEAD, *people[:number]])
    document, done = check_json(tmp_path, *JAMBI)
    assert done.returncode == 0, done.stdout
    assert [file["level"] for file in document["files"]] == [1, 2, 3]
    assert not any(
        finding["code"] in ("RK402", "RK403", "RK405") for f in document["files"] for finding in f["findings"]
    )
    assert uploaded(upload_paths(document)) == [row[0] for row in people[:4]]
    told = json.loads(cli("recap", tmp_path / "hasil", "--format", "json").stdout)
    assert told["totals"]["people"] == 6  # each counts once, where the list has come furthest
    assert [(line["folder"], line["level"]) for line in told["files"]] == [
        ("1-rt", "rt"), ("2-kelurahan", "kelurahan"), ("3-kecamatan", "kecamatan"),
    ]  # fmt: skip
    assert (told["totals"]["clean"], told["totals"]["waiting"]) == (4, 2)
    assert document["remarks"] == ["2 orang siap belum sampai tahap kecamatan, jadi belum diunggah."]
    check_json(tmp_path, "--per-file", *JAMBI)
    names = [path.name for path in (tmp_path / "hasil" / "per-berkas").glob("RT 003*.bpjs-*")]
    assert names == ["RT 003-3.bpjs-sipp-tk-baru.xlsx"]  # nobody is uploaded on the way


def test_a_level_where_nobody_is_left_uploads_nobody(tmp_path):
    """Who was dropped at kecamatan does not come back from the kelurahan; an office outside the chain is uploaded."""
    (tmp_path / "2-kelurahan").mkdir()
    (tmp_path / "3-kecamatan").mkdir()
    write_book(tmp_path / "2-kelurahan" / "a.xlsx", [JAMBI_HEAD, *(jambi(n) for n in range(1, 6))])
    dead = [jambi(n) for n in range(1, 4)]
    for row in dead:
        row[1] += " (Alm)"
    write_book(tmp_path / "3-kecamatan" / "a.xlsx", [JAMBI_HEAD, *dead])
    document, _done = check_json(tmp_path, *JAMBI)
    assert upload_paths(document) == []
    write_book(tmp_path / "Dinas.xlsx", [JAMBI_HEAD, jambi(9), jambi(1)])
    document, _done = check_json(tmp_path, *JAMBI)
    assert uploaded(upload_paths(document)) == [jambi(9)[0]]
    assert codes(document, "Dinas.xlsx") == ["RK402"]


def test_the_quota_counts_who_would_be_uploaded(tmp_path):
    settings = 'schema = "jambi-2025"\n[quota]\ntotal = 3\n'
    (tmp_path / "rosterkit.toml").write_text(settings, encoding="utf-8")
    for folder, numbers in (("1-rt", range(1, 8)), ("3-kecamatan", range(3, 8))):
        (tmp_path / folder).mkdir()
        write_book(tmp_path / folder / "a.xlsx", [JAMBI_HEAD, *(jambi(n) for n in numbers)])
    document, done = check_json(tmp_path)
    assert done.returncode == 1
    low, high = (file["findings"] for file in document["files"])
    assert low == []
    assert [(finding["code"], finding["cell"]) for finding in high] == [("RK508", "A1")]
    assert "Diusulkan 5 orang, kuotanya 3: lebih 2 orang." in high[0]["message"]
    assert upload_paths(document) == []
    assert document["totals"]["clean_rows"] == 0
    lines = [["NIK", "Kode", "Alasan", "Oleh", "Tanggal"], [jambi(6)[0], "RK508", "boleh", "Dinas", "01-01-2025"]]
    write_book(tmp_path / "pengecualian.xlsx", lines)
    document, _done = check_json(tmp_path)
    assert uploaded(upload_paths(document)) == [jambi(6)[0]]
    assert "4 orang ditunda" in document["files"][1]["findings"][0]["message"]
    assert "1 orang didahulukan" in " ".join(document["remarks"])
    assert "exceptions" not in document
    lines += [[jambi(n)[0], *lines[1][1:]] for n in (3, 4, 5)]  # one more than there are places
    write_book(tmp_path / "pengecualian.xlsx", lines)
    document, _done = check_json(tmp_path)
    assert upload_paths(document) == []


def test_an_accepted_double_is_uploaded_once(tmp_path):
    (tmp_path / "rosterkit.toml").write_text('schema = "kediri-2025"\nduplicates = "ask"\n', encoding="utf-8")
    roster(tmp_path / "a.xlsx", person(1), person(2))
    roster(tmp_path / "b.xlsx", person(2), person(3))
    head = ["NIK", "Berkas", "Baris", "Kode", "Alasan", "Oleh", "Tanggal"]
    end = ["RK402", "sudah disepakati", "Dinas", "01-01-2025"]
    write_book(tmp_path / "pengecualian.xlsx", [head, [person(2)[0], "", "", *end]])
    document, _done = check_json(tmp_path)
    assert "Berkas dan Baris" in document["exceptions"][0]["message"]
    assert uploaded(upload_paths(document)) == [person(1)[0], person(3)[0]]
    write_book(tmp_path / "pengecualian.xlsx", [head, ["", "b.xlsx", "2", *end]])
    document, _done = check_json(tmp_path)
    assert uploaded(upload_paths(document)) == [person(1)[0], person(2)[0], person(3)[0]]


def test_whatever_is_accepted_nobody_is_uploaded_twice(tmp_path):
    (tmp_path / "rosterkit.toml").write_text('schema = "kediri-2025"\n', encoding="utf-8")
    roster(tmp_path / "a.xlsx", person(1), person(2))
    roster(tmp_path / "b.xlsx", person(2), person(3))
    end = ["2", "RK402", "keduanya", "Dinas", "01-01-2025"]
    head = ["Berkas", "Baris", "Kode", "Alasan", "Oleh", "Tanggal"]
    write_book(tmp_path / "pengecualian.xlsx", [head, ["a.xlsx", "3", *end[1:]], ["b.xlsx", *end]])
    document, _done = check_json(tmp_path)
    assert uploaded(upload_paths(document)) == [person(n)[0] for n in (1, 2, 3)]
    assert document["totals"]["clean_rows"] == 3
    assert document["remarks"][0].startswith("1 baris yang dikecualikan")


def test_an_early_level_alone_uploads_nobody(tmp_path):
    (tmp_path / "1-rt").mkdir()
    write_book(tmp_path / "1-rt" / "a.xlsx", [JAMBI_HEAD, jambi(1), jambi(2)])
    document, _done = check_json(tmp_path, *JAMBI)
    assert (upload_paths(document), upload_paths(document["files"][0])) == ([], [])
    assert document["totals"]["clean_rows"] == 0
    assert "kecamatan" in document["remarks"][0]


def test_results_never_share_a_name(tmp_path):
    (tmp_path / "x").mkdir()
    for number, name in enumerate(("RT 05-2.xlsx", "RT 05.xlsx", "x/RT 05.xlsx")):
        roster(tmp_path / name, person(3 * number + 1), person(3 * number + 2))
    together, _done = check_json(tmp_path, *KEDIRI)
    people = sorted(uploaded(upload_paths(together)))
    document, _done = check_json(tmp_path, "--per-file", *KEDIRI)
    results = [upload_paths(file)[0] for file in document["files"]]
    assert len({path.casefold() for path in results}) == 3
    assert sorted(uploaded(results)) == people


def test_sheets_of_files_that_are_gone_are_told_of(tmp_path):
    roster(tmp_path / "a.xlsx", person(1))
    roster(tmp_path / "b.xlsx", person(2))
    check_json(tmp_path, "--per-file", *KEDIRI)
    (tmp_path / "b.xlsx").unlink()
    document, _done = check_json(tmp_path, *KEDIRI)
    uploads, others = document["remarks"]
    assert "per-berkas/b.bpjs-sipp-tk-baru.xlsx" in uploads
    assert "balasan/b.txt" in others


def test_files_that_are_no_lists_are_counted(tmp_path):
    roster(tmp_path / "a.xlsx", person(1))
    for name in ("daftar.pdf", "foto.jpg", "surat.docx", "rosterkit.toml"):
        (tmp_path / name).write_bytes(b"")
    document, _done = check_json(tmp_path, *KEDIRI)
    assert sorted(Path(path).name for path in document["others"]) == ["daftar.pdf", "foto.jpg", "surat.docx"]
    assert "3 berkas bukan daftar: daftar.pdf, foto.jpg, surat.docx." in cli("check", tmp_path, *KEDIRI).stdout


def test_a_file_of_several_senders_counts_for_each(tmp_path):
    """A kelurahan sends one workbook, a sheet each RT: nobody of them is called to account."""
    (tmp_path / "acuan").mkdir()
    (tmp_path / "masuk").mkdir()
    (tmp_path / "rosterkit.toml").write_text('schema = "kediri-2025"\nout = "hasil"\n', encoding="utf-8")
    lines = [["Kelurahan", "RT", "RW"], *(["Contohrejo", rt, 5] for rt in (1, 2, 3))]
    write_book(tmp_path / "acuan" / "pengirim.xlsx", lines)
    book = openpyxl.Workbook()
    for number in (1, 2):
        page = book.create_sheet(f"RT 0{number}")
        for row in [["KELURAHAN CONTOHREJO"], ["RW 005"], [], HEAD, person(number)]:
            page.append(row)
    book.remove(book.worksheets[0])
    book.save(tmp_path / "masuk" / "Kelurahan.xlsx")
    document, _done = check_json(tmp_path / "masuk")
    assert [len(one["files"]) for one in document["senders"]] == [1, 1, 0]


def test_forms_of_two_programmes_are_not_checked_together(tmp_path):
    for schema in ("kediri-2025", "jambi-2025"):
        assert cli("template", schema, "-o", tmp_path / f"{schema}.xlsx").returncode == 0
    done = cli("check", tmp_path)
    assert (done.returncode, "jambi-2025, kediri-2025" in done.stderr) == (2, True)


def test_lists_with_numbers_for_niks_are_told(tmp_path):
    people = [person(n) for n in range(1, 5)]
    lines = [[p[0] if n % 2 else float(p[0]), p[1]] for n, p in enumerate(people)]
    write_book(tmp_path / "SK.xlsx", [["NIK", "NAMA"], *lines])
    path = roster(tmp_path / "a.xlsx", *people)
    document, _done = check_json(path, "--decree", tmp_path / "SK.xlsx", *KEDIRI)
    assert "SK: 2 NIK berupa angka" in document["remarks"][0]
    assert "(A2, A4)" in document["remarks"][0]
    assert codes(document, "a.xlsx") == []  # the first 15 digits and the name say who they are
    done = cli("decree", "mutation", path, tmp_path / "SK.xlsx", *KEDIRI)
    assert (done.returncode, "2 NIK tidak terbaca" in done.stderr) == (2, True)
    twice = write_book(tmp_path / "SK dua.xlsx", [["NIK", "NAMA"], *(p[:2] for p in [*people, people[0]])])
    assert "1 baris memuat NIK" in cli("decree", "diff", path, twice, *KEDIRI).stdout
    assert cli("decree", "mutation", path, twice, *KEDIRI).returncode == 0
    assert "2 NIK tidak terbaca" in cli("decree", "diff", path, tmp_path / "SK.xlsx", *KEDIRI).stdout


@pytest.mark.parametrize("command", [("decree", "diff"), ("compare",)])
def test_no_list_is_written_over(command, tmp_path):
    path = roster(tmp_path / "a.xlsx", person(1))
    before = path.read_bytes()
    for out in (path, tmp_path / "x.txt"):
        done = cli(*command, path, path, "--out", out, *KEDIRI)
        assert (done.returncode, done.stdout) == (2, "")
    assert path.read_bytes() == before
    assert not (tmp_path / "x.txt").exists()


def test_a_folder_without_people(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"PK rusak")
    write_book(tmp_path / "b.xlsx", [["Surat", "biasa"], ["tanpa", "daftar"]])
    document, done = check_json(tmp_path, *KEDIRI)
    assert (done.returncode, done.stderr) == (3, "")
    assert codes(document, "b.xlsx") == ["RK104"]
    assert Path(document["outputs"]["recap"]).exists()


def test_files_of_one_name_are_not_versions_of_each_other(tmp_path):
    for number, folder in enumerate(("Kel A", "Kel B", "Kel C")):
        (tmp_path / folder).mkdir()
        roster(tmp_path / folder / "RT 01.xlsx", *(person(6 * number + n) for n in range(1, 6)))
    for _ in range(3):
        document, _done = check_json(tmp_path, *KEDIRI)
        assert [finding["code"] for file in document["files"] for finding in file["findings"]] == []
    told = json.loads(cli("recap", tmp_path / "hasil", "--format", "json").stdout)
    assert [line["label"] for line in told["tables"]["sender"]] == [f"Kel {x}/RT 01.xlsx" for x in "ABC"]
    assert [line["before"] for line in told["files"]] == [None, None, None]


def test_each_sender_has_a_reply_of_her_own(tmp_path):
    for number, folder in enumerate(("utara", "selatan")):
        (tmp_path / folder).mkdir()
        wrong = person(number + 1)
        wrong[0] = wrong[0][:15]
        roster(tmp_path / folder / "RT 01.xlsx", wrong)
    document, _done = check_json(str(tmp_path / "*" / "RT*.xlsx"), *KEDIRI)
    replies = [Path(file["outputs"]["reply"]) for file in document["files"]]
    names = [file["findings"][0]["message"] for file in document["files"]]
    assert len({reply.read_bytes() for reply in replies}) == len(names) == 2


def test_what_is_no_list_in_the_folder_is_passed_over(tmp_path):
    roster(tmp_path / "RT 01.xlsx", person(1), person(2))
    write_book(tmp_path / "SK.xlsx", [["NIK", "NAMA"], person(1)[:2], person(2)[:2]])
    write_book(tmp_path / "rekap.xlsx", [HEAD, person(3)])  # a sender's own, whatever it is called
    (tmp_path / "rosterkit.toml").write_text('schema = "kediri-2025"\ndecree = "SK.xlsx"\nout = "keluaran"\n', "utf-8")
    for _ in range(2):
        document, _done = check_json(tmp_path)
        assert [Path(file["path"]).name for file in document["files"]] == ["rekap.xlsx", "RT 01.xlsx"]
        assert document["totals"]["rows"] == 3
    assert codes(document, "rekap.xlsx") == ["RK501"]


def test_a_schema_of_the_office_is_found_again_by_the_recap(tmp_path):
    schema = tmp_path / "kota.yaml"
    schema.write_text("kind: roster\nname: kota-x\ntitle: Kota X\nextends: kediri-2025\n", encoding="utf-8")
    (tmp_path / "masuk").mkdir()
    roster(tmp_path / "masuk" / "a.xlsx", person(1))
    check_json(tmp_path / "masuk", "--schema", schema)
    done = cli("recap", tmp_path / "masuk" / "hasil", "--format", "json", cwd=tmp_path / "masuk")
    assert (done.returncode, json.loads(done.stdout)["schema"]) == (0, "kota-x")


def test_a_filled_template_does_not_outlive_its_truth(tmp_path):
    from rosterkit.schema.load import load_upload

    template = write_book(tmp_path / "TK.xlsx", [[column.header for column in load_upload("bpu-plain").columns]])
    (tmp_path / "masuk").mkdir()
    path = roster(tmp_path / "masuk" / "a.xlsx", person(1))
    options = ("--upload", "bpu-plain", "--template", template, *KEDIRI)
    check_json(tmp_path / "masuk", *options)
    combined, alone = (tmp_path / "masuk" / "hasil" / name / "TK.xlsx" for name in ("gabungan", "per-berkas/a"))
    assert (combined.exists(), alone.exists()) == (True, False)
    check_json(tmp_path / "masuk", "--per-file", *options)
    assert (combined.exists(), alone.exists()) == (False, True)
    wrong = person(1)
    wrong[1] += " (Alm)"
    roster(path, wrong)
    check_json(tmp_path / "masuk", *options)
    assert not combined.exists()
    assert not alone.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="sends the signal of a terminal")
@pytest.mark.bench
def test_ctrl_c_ends_a_run_of_several_processes(tmp_path):
    for number in range(80):
        roster(tmp_path / f"RT {number:02}.xlsx", person(number % 28 + 1))
    command = [sys.executable, "-m", "rosterkit", "check", str(tmp_path), "--jobs", "2", *KEDIRI]
    for wait in (0.8, 2.0):
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
            env=process_environment(),
        )  # fmt: skip
        time.sleep(wait)
        os.killpg(process.pid, signal.SIGINT)
        _out, told = process.communicate(timeout=60)
        assert "concurrent" not in told
        assert told.count("Traceback") == 0 or wait < 1, told  # before the command has begun there is nobody to tell


def test_the_same_person_in_two_lists_of_one_level_is_twice(tmp_path):
    for name in ("a", "b"):
        (tmp_path / "1-rt").mkdir(exist_ok=True)
        write_book(tmp_path / "1-rt" / f"{name}.xlsx", [JAMBI_HEAD, jambi(1), jambi(2 + (name == "b"))])
    document, done = check_json(tmp_path, *JAMBI)
    assert done.returncode == 1
    assert codes(document, "a.xlsx") == codes(document, "b.xlsx") == ["RK402"]


def test_what_was_checked_before_is_known(tmp_path):
    inbox = tmp_path / "masuk"
    inbox.mkdir()
    first, second = [person(n) for n in range(1, 6)], [person(n) for n in range(1, 7)]
    roster(inbox / "RT 01.xlsx", *first)
    roster(inbox / "RT 02.xlsx", person(11))
    for _ in range(2):  # checking again is no new version
        document, _done = check_json(inbox, *KEDIRI)
        assert found(document, "RT 01.xlsx") == []
    roster(inbox / "RT 01.xlsx", *second)
    document, _done = check_json(inbox, *KEDIRI)
    assert found(document, "RT 01.xlsx") == []
    roster(inbox / "RT 01.xlsx", *reversed(first))  # the old version comes back, in another order
    document, _done = check_json(inbox, *KEDIRI)
    (finding,) = document["files"][0]["findings"]
    assert (finding["code"], finding["cell"]) == ("RK405", None)
    assert "versi lama" in finding["message"]
    (inbox / "RT 01.xlsx").rename(inbox / "RT 01 revisi.xlsx")
    document, _done = check_json(inbox, *KEDIRI)
    (finding,) = document["files"][0]["findings"]
    assert finding["code"] == "RK405"
    assert "RT 01.xlsx" in finding["message"]
    lines = {
        line["name"]: line for line in json.loads(cli("recap", inbox / "hasil", "--format", "json").stdout)["files"]
    }
    assert lines["RT 02.xlsx"]["before"] is None
    assert not list(inbox.glob(".rosterkit*"))  # memory is in the output folder and nowhere else


def test_how_a_sender_did_before(tmp_path):
    short = person(1)
    short[0] = short[0][:15]
    roster(tmp_path / "RT 01.xlsx", short, person(2), person(3))
    check_json(tmp_path, *KEDIRI)
    roster(tmp_path / "RT 01.xlsx", person(1), person(2), person(3))
    check_json(tmp_path, *KEDIRI)
    told = json.loads(cli("recap", tmp_path / "hasil", "--format", "json").stdout)
    (line,) = told["files"]
    assert (line["rows"], line["clean"], line["errors"], line["before"]) == (3, 3, 0, [3, 2, 1])


def test_a_sheet_of_an_earlier_run_does_not_outlive_its_truth(tmp_path):
    path = roster(tmp_path / "RT 01.xlsx", person(1))
    document, _done = check_json(tmp_path, *KEDIRI)
    uploads = [*upload_paths(document["files"][0]), *upload_paths(document)]
    assert all(Path(upload).exists() for upload in uploads)
    wrong = person(1)
    wrong[0] = wrong[0][:15]
    roster(path, wrong)
    document, _done = check_json(tmp_path, *KEDIRI)
    assert upload_paths(document["files"][0]) == []
    assert not any(Path(upload).exists() for upload in uploads)


def test_who_has_not_sent(tmp_path):
    (tmp_path / "acuan").mkdir()
    (tmp_path / "masuk").mkdir()
    (tmp_path / "rosterkit.toml").write_text('schema = "kediri-2025"\nout = "hasil"\n', encoding="utf-8")
    lines = [
        ["Kelurahan", "RT", "RW"],
        ["Contohrejo", 1, 5],
        ["Contohrejo", "002", "005"],
        ["CONTOHREJO", "RT 3", "05"],
    ]
    write_book(tmp_path / "acuan" / "pengirim.xlsx", lines)
    for name, rt, people in (
        ("usulan.xlsx", "001", (1,)),
        ("usulan final_rev2 (1).xlsx", "001", (2,)),
        ("x.xlsx", "003", (3,)),
    ):
        title = [["KELURAHAN CONTOHREJO KECAMATAN MISAL"], [f"RT {rt} RW 005"], [], HEAD]
        write_book(tmp_path / "masuk" / name, [*title, *map(person, people)])
    document, _done = check_json(tmp_path / "masuk")
    assert [(one["name"], len(one["files"])) for one in document["senders"]] == [
        ("RT 001 RW 005 Kel. Contohrejo", 2),
        ("RT 002 RW 005 Kel. Contohrejo", 0),
        ("RT 003 RW 005 Kel. CONTOHREJO", 1),
    ]
    text = cli("check", "masuk", cwd=tmp_path).stdout
    assert "Belum mengirim (1 dari 3): RT 002 RW 005 Kel. Contohrejo." in text
    page = openpyxl.load_workbook(tmp_path / "hasil" / "rekap.xlsx")["SUDAH KIRIM"]
    states = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    assert [state[1] for state in states] == ["lebih dari satu", "belum kirim", "sudah", "mungkin versi"]
    write_book(tmp_path / "acuan" / "pengirim.xlsx", [["hanya", "surat"]])
    done = cli("check", "masuk", cwd=tmp_path)
    assert (done.returncode, "pengirim.xlsx" in done.stderr) == (2, True)


def test_lists_that_look_exchanged_are_said(tmp_path):
    people = [person(n) for n in range(1, 21)]
    write_book(tmp_path / "SK.xlsx", [["NO", "NIK", "NAMA"], *([n, p[0], p[1]] for n, p in enumerate(people, 1))])
    roster(tmp_path / "daftar.xlsx", *people[:6])
    document, done = check_json(tmp_path / "SK.xlsx", "--decree", tmp_path / "daftar.xlsx", *KEDIRI)
    assert done.returncode == 1
    assert any("tertukar" in remark for remark in document["remarks"])
    right, _done = check_json(tmp_path / "daftar.xlsx", "--decree", tmp_path / "SK.xlsx", *KEDIRI)
    assert "remarks" not in right


def test_participants_of_another_city_are_said(tmp_path):
    roster(tmp_path / "a.xlsx", person(1), person(2))
    lines = [
        [f"3374010{n % 9 + 1}0185{9900 + n}", f"2400{n:07}", f"Contoh {n}", "01-01-1985", "1-Jan-19", ""]
        for n in range(12)
    ]
    write_book(
        tmp_path / "peserta.xlsx", [["NIK", "KPJ", "NAMA", "TGL_LAHIR", "TGL_KEPESERTAAN", "TGL_BERAKHIR"], *lines]
    )
    document, _done = check_json(tmp_path / "a.xlsx", "--participants", tmp_path / "peserta.xlsx", *KEDIRI)
    (remark,) = document["remarks"]
    assert "kota lain" in remark
    assert "3571" in remark


def test_words_of_matching_that_nobody_knows_are_said(tmp_path):
    roster(tmp_path / "a.xlsx", person(1), person(2), person(3))
    words = [["NIK", "NAMA", "STATUS"], [person(1)[0], "x", "Padan"], [person(2)[0], "y", "Entah"]]
    write_book(tmp_path / "padan.xlsx", words)
    document, done = check_json(tmp_path / "a.xlsx", "--population", tmp_path / "padan.xlsx", *KEDIRI)
    assert (done.returncode, codes(document, "a.xlsx")) == (1, ["RK509"])
    assert any('"Entah"' in remark for remark in document["remarks"])
    assert any(remark.startswith("1 NIK") for remark in document["remarks"])


def test_files_of_one_name_in_two_folders(tmp_path):
    for number, folder in enumerate(("utara", "selatan")):
        (tmp_path / folder).mkdir()
        roster(tmp_path / folder / "RT 01.xlsx", person(10 * number + 1), person(10 * number + 2))
    document, done = check_json(tmp_path, *KEDIRI)
    assert done.returncode == 0
    people = sorted(uploaded(upload_paths(document)))
    document, done = check_json(tmp_path, "--per-file", *KEDIRI)
    results = [upload_paths(file)[0] for file in document["files"]]
    assert len(set(results)) == 2
    assert sorted(uploaded(results)) == people
    replies = {file["outputs"]["reply"] for file in document["files"]}
    assert len(replies) == 2


@pytest.mark.bench
def test_one_broken_file_among_many(tmp_path):
    for number in range(42):
        roster(tmp_path / f"RT {number:02}.xlsx", person(number % 28 + 1)) if number % 20 else None
    (tmp_path / "RT 00.xlsx").write_bytes(b"PK\3\4 rusak")
    with zipfile.ZipFile(tmp_path / "RT 20.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><workbook>&a;</workbook>")
    document, done = check_json(tmp_path, "--jobs", "2", *KEDIRI, run=cli_process)
    assert done.returncode == 3
    failed = [Path(file["path"]).name for file in document["files"] if file["status"] == "failed"]
    assert failed == ["RT 00.xlsx", "RT 20.xlsx"]
    assert len(document["files"]) == 41
    assert "Traceback" not in done.stderr
    alone, _done = check_json(tmp_path, "--jobs", "1", "--out", tmp_path / "hasil", *KEDIRI)
    assert alone == document


def tree(folder: Path) -> dict[str, object]:
    """What a run has left: for workbooks the parts without the moment of making, for all else the bytes."""
    told: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or path.name.startswith(".rosterkit-"):
            continue
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                told[name] = {part: archive.read(part) for part in archive.namelist() if part != "docProps/core.xml"}
        elif path.suffix == ".parquet":
            told[name] = len(path.read_bytes()) > 0
        else:
            told[name] = path.read_bytes()
    return told


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be killed by a signal there")
@pytest.mark.random
@pytest.mark.bench
def test_a_killed_run_is_put_right_by_the_next(tmp_path):
    """Killed at moments from early to late, then run again: the same as one quiet run, and never half a file."""
    quiet, killed = tmp_path / "tenang", tmp_path / "putus"
    for folder in (quiet, killed):
        shutil.copytree(SAMPLE, folder / "kerja", ignore=shutil.ignore_patterns("hasil"))
    command = [sys.executable, "-m", "rosterkit", "check", "masuk", "--jobs", "2"]
    environment = process_environment()

    def start(folder: Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command, cwd=folder / "kerja", env=environment, stdout=subprocess.DEVNULL, start_new_session=True
        )

    begun = time.monotonic()
    assert start(quiet).wait() == 1
    length = time.monotonic() - begun
    pick = random.Random(10)
    moments = 1 if EXAMPLES == 1 else 3 * EXAMPLES
    for moment in range(moments):
        process = start(killed)
        time.sleep(length * (0.3 + 0.7 * (moment + pick.random()) / moments))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for path in (killed / "kerja").glob("hasil/*.xlsx"):
            python_calamine.load_workbook(path)  # whole, or not there
    assert start(killed).wait() == 1
    one, other = tree(quiet / "kerja" / "hasil"), tree(killed / "kerja" / "hasil")
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


@pytest.mark.skipif(sys.platform == "win32", reason="has no limits for a process")
def test_a_full_disk_leaves_no_half_file(tmp_path):
    import resource  # there is none on Windows

    people = [person(n) for n in range(1, 28)]
    people[3][0] = people[3][0][:15]
    roster(tmp_path / "a.xlsx", *people)
    roster(tmp_path / "b.xlsx", person(29))

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (6_000, 6_000))

    done = subprocess.run(
        [sys.executable, "-m", "rosterkit", "check", str(tmp_path), *KEDIRI],
        capture_output=True, text=True, check=False, preexec_fn=limit, env=process_environment(),
    )  # fmt: skip
    assert done.returncode == 3
    assert "ruang disk" in " ".join(done.stdout.split())
    assert "Traceback" not in done.stderr + done.stdout
    left = [path.name for path in tmp_path.rglob("*") if path.is_file() and path.name not in ("a.xlsx", "b.xlsx")]
    assert not [name for name in left if name.startswith(".rosterkit-")]
    for path in (tmp_path / "hasil").glob("*.xlsx"):
        python_calamine.load_workbook(path)
    again, done = check_json(tmp_path, *KEDIRI)
    assert (done.returncode, again["totals"]["clean_rows"]) == (1, 27)
