"""The command line as a clerk and as a program meets it."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path

import jsonschema
import openpyxl
import pytest
import python_calamine
import xlsxwriter

import rosterkit.report
from rosterkit.schema.load import load_upload
from tests.helpers import (
    GOOD_ROW,
    REST,
    REST_ROW,
    SAMPLE,
    check_json,
    cli,
    cli_process,
    good_book,
    upload_paths,
    write_book,
)

pytestmark = pytest.mark.slow

CONTRACT = json.loads(Path(rosterkit.report.__file__).with_name("contract-1.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """A copy of the sample, checked once: folder, document, process."""
    folder = tmp_path_factory.mktemp("kediri") / "kediri-2025"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("hasil"))
    before = digests(folder)
    document, done = check_json(folder / "masuk")
    return folder, document, done, before


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "hasil" not in path.parts
    }


def test_sample_counts(sample):
    _folder, document, done, _before = sample
    assert done.returncode == 1
    assert document["schema"] == "kediri-2025"
    people = {Path(f["path"]).name: (sum(s["rows"] for s in f["sheets"]), f["status"]) for f in document["files"]}
    assert people == {
        "Dinas Contoh - insentif.xlsx": (60, "findings"),
        "Kelurahan Misalan per RT.xlsx": (96, "findings"),
        "RW 07 becak.xls": (52, "findings"),
        "Usulan RT 03 RW 05 Contohrejo.xlsx": (31, "findings"),
        "ekspor ojek.xls": (25, "findings"),
        "kader kesehatan FINAL.xlsx": (45, "findings"),
        "pabrik rokok contoh.csv": (120, "findings"),
    }  # fmt: skip


def test_sample_mistakes_are_found_where_they_are(sample):
    _folder, document, _done, _before = sample
    found = {
        (Path(file["path"]).name.split()[0], finding["code"], finding["cell"])
        for file in document["files"]
        for finding in file["findings"]
        if finding["severity"] != "info" and finding["code"] != "RK206"
    }
    assert {("Usulan", *pair) for pair in [
        ("RK210", "B8"), ("RK211", "B11"), ("RK401", "B9"), ("RK401", "B13"), ("RK230", "I16"), ("RK201", "B17"),
        ("RK302", "G18"), ("RK301", "F13"), ("RK501", "B28"),
    ]} == {item for item in found if item[0] == "Usulan"}  # fmt: skip
    assert {item for item in found if item[0] == "Dinas"} == {
        ("Dinas", "RK222", "F10"), ("Dinas", "RK220", "F12"), ("Dinas", "RK217", "C14"),
        ("Dinas", "RK502", "B18"),
    }  # fmt: skip
    assert ("kader", "RK108", "I6") in found
    assert ("pabrik", "RK212", "B8") in found
    assert sum(item[1] == "RK212" for item in found if item[0] == "kader") == 15


def test_document_follows_the_contract(sample):
    _folder, document, _done, _before = sample
    jsonschema.validate(document, CONTRACT)


def test_every_row_is_accounted_for(sample):
    _folder, document, _done, _before = sample
    counts = []
    for file in document["files"]:
        rows = sum(sheet["rows"] for sheet in file["sheets"])
        counts.append(sum(sheet["clean_rows"] for sheet in file["sheets"]))
        held = {(finding["sheet"], finding["row"]) for finding in file["findings"] if finding["severity"] == "error"}
        assert counts[-1] + len(held) == rows
    uploaded = sum(
        len(python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()) - 1
        for path in upload_paths(document)
    )
    assert uploaded == sum(counts) == document["totals"]["clean_rows"]


def test_inputs_are_not_changed_and_nothing_half_written(sample):
    folder, _document, _done, before = sample
    assert digests(folder) == before
    assert [path.name for path in (folder / "hasil").iterdir() if path.name.startswith(".rosterkit-")] == []


def test_upload_sheets_are_text_in_the_order_of_the_form(sample):
    _folder, document, _done, _before = sample
    form = load_upload("sipp-tk-baru")
    assert len(form.columns) == 30
    for path in upload_paths(document):
        book = openpyxl.load_workbook(path)
        assert book.sheetnames == ["data_tk_baru"]
        rows = list(book.active.iter_rows())
        assert [cell.value for cell in rows[0]] == [column.header for column in form.columns]
        for row in rows[1:]:
            assert all(cell.value is None or (cell.data_type == "s" and cell.number_format == "@") for cell in row)
            values = {head.value: cell.value for head, cell in zip(rows[0], row, strict=True)}
            assert len(values["NOMOR_IDENTITAS"]) == 16
            assert values["NOMOR_IDENTITAS"][12:].startswith("99")
            assert re.fullmatch(r"[0-3][0-9]-[01][0-9]-[12][0-9]{3}", values["TANGGAL_LAHIR"])
            assert (values["LOKASI_PEKERJAAN"], values["JENIS_IDENTITAS"]) == ("3571", "KTP")


def test_annotated_copies_carry_the_marks(sample):
    _folder, document, _done, _before = sample
    for file in document["files"]:
        book = openpyxl.load_workbook(file["outputs"]["annotated"])
        assert book.sheetnames[0] == "Hasil Periksa"
        for finding in file["findings"]:
            if finding["cell"] is None or finding["severity"] == "info":
                continue
            page = book[finding["sheet"]]
            areas = [area for area in page.merged_cells.ranges if finding["cell"] in area]
            cell = page[areas[0].start_cell.coordinate if areas else finding["cell"]]
            assert cell.fill.fill_type == "solid", finding
            assert cell.comment.text
        for sheet in file["sheets"]:
            head = [cell.value for cell in book[sheet["name"]][sheet["header_rows"][-1]]]
            assert "CATATAN ROSTERKIT" in head
        links = [
            cell.hyperlink.location or cell.hyperlink.ref
            for row in book["Hasil Periksa"]
            for cell in row
            if cell.hyperlink
        ]
        told = [finding for finding in file["findings"] if finding["cell"] and finding["severity"] != "info"]
        assert bool(links) == bool(told)


def test_annotated_copy_keeps_every_value(sample):
    _folder, document, _done, _before = sample
    for file in document["files"]:
        if not file["path"].endswith(".xlsx"):
            continue
        before = openpyxl.load_workbook(file["path"])
        after = openpyxl.load_workbook(file["outputs"]["annotated"])
        for sheet in before:
            for row in sheet.iter_rows():
                for cell in row:
                    assert after[sheet.title][cell.coordinate].value == cell.value


def test_an_upload_sheet_checks_clean(sample):
    _folder, document, _done, _before = sample
    paths = upload_paths(document)
    again, done = check_json(*paths, "--schema", "pekerja-rentan", "--out", Path(paths[0]).parent / "again")
    assert done.returncode == 0
    assert again["totals"]["error"] == 0
    assert again["totals"]["rows"] == document["totals"]["clean_rows"]


def test_personal_data_is_masked(sample):
    _folder, _document, done, _before = sample
    book = openpyxl.load_workbook(SAMPLE / "masuk" / "Usulan RT 03 RW 05 Contohrejo.xlsx")
    nik = book.active["B9"].value
    assert nik not in done.stdout
    assert nik[:6] + "******" + nik[-4:] in done.stdout
    _shown, done = check_json(_folder / "masuk", "--unmask")
    assert nik in done.stdout
    text = cli("check", _folder / "masuk").stdout
    assert nik not in text


def test_checking_again_gives_the_same(sample):
    folder, document, _done, _before = sample
    again, _ = check_json(folder / "masuk")
    assert again == document


@pytest.mark.parametrize(
    ("run", "environment"),
    [
        (cli_process, {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}),
        (cli_process, {"PYTHONIOENCODING": "cp1252"}),
        (cli, {"COLUMNS": "60"}),
        (cli, {}),
    ],
)
def test_readable_anywhere(sample, run, environment, tmp_path):
    folder, _document, _done, _before = sample
    path = folder / "masuk" / "Usulan RT 03 RW 05 Contohrejo.xlsx"
    done = run("check", path, "--out", tmp_path, **environment)
    assert done.returncode == 1
    assert "31 orang" in done.stdout
    assert "\x1b[" not in done.stdout
    assert "SALAH   RK401  NIK ganda dalam berkas (2)" in done.stdout


def test_english(sample, tmp_path):
    folder, _document, _done, _before = sample
    path = folder / "masuk" / "Usulan RT 03 RW 05 Contohrejo.xlsx"
    done = cli("check", path, "--out", tmp_path, "--lang", "en")
    assert "people" in done.stdout
    assert "orang" not in done.stdout.replace("bukan orang", "")
    assert cli("check", path, "--out", tmp_path, ROSTERKIT_LANG="en").stdout == done.stdout


def test_clean_file_needs_no_copy(tmp_path):
    document, done = check_json(good_book(tmp_path / "a.xlsx"), "--schema", "kediri-2025")
    assert done.returncode == 0
    assert document["files"][0]["outputs"]["annotated"] is None
    assert [path.name for path in (tmp_path / "hasil").iterdir()] == ["a.bpjs-sipp-tk-baru.xlsx"]


def test_no_clean_row_no_upload(tmp_path):
    path = write_book(tmp_path / "a.xlsx", [["NIK", "Nama", "Tanggal Lahir", "Kategori"], ["1", *GOOD_ROW[1:]]])
    document, done = check_json(path, "--schema", "kediri-2025")
    assert done.returncode == 1
    assert upload_paths(document["files"][0]) == []
    assert "Belum ada yang siap diunggah." in cli("check", path, "--schema", "kediri-2025").stdout


def test_fail_on_warning(tmp_path):
    path = write_book(tmp_path / "a.xlsx", [["NIK", "Nama", "Tanggal Lahir"], [*GOOD_ROW[:2], "02-01-1985"]])
    assert cli("check", path).returncode == 0
    assert cli("check", path, "--fail-on", "warning").returncode == 1
    assert cli("check", path, "--fail-on", "sometimes").returncode == 2


def test_upload_is_split_at_the_row_limit(tmp_path):
    form = tmp_path / "own.yaml"
    form.write_text(
        "kind: upload\nname: own\ntitle: Own\nsource: test\nsheet: S\nrow_limit: 2\ncolumns:\n"
        "  - {header: NIK, from: nik}\n  - {header: KERJA, from: category_or_occupation}\n",
        encoding="utf-8",
    )
    rows = [[f"35710101018599{n:02}", f"Contoh {n}", "01-01-1985", "becak"] for n in range(5)]
    path = write_book(tmp_path / "a.xlsx", [["NIK", "Nama", "Tanggal Lahir", "Kategori"], *rows])
    document, _ = check_json(path, "--schema", "kediri-2025", "--upload", form)
    parts = [
        python_calamine.load_workbook(p).get_sheet_by_index(0).to_python() for p in upload_paths(document["files"][0])
    ]
    assert [len(part) - 1 for part in parts] == [2, 2, 1]
    assert [row for part in parts for row in part[1:]] == [[row[0], "Tukang becak"] for row in rows]


def test_same_name_in_two_folders_keeps_both(tmp_path):
    for serial, name in enumerate(("a", "b"), 9901):
        (tmp_path / name).mkdir()
        good_book(tmp_path / name / "daftar.xlsx", serial)
    document, _ = check_json(tmp_path, "--schema", "kediri-2025", "--out", tmp_path / "keluar")
    copies = {file["outputs"]["reply"] for file in document["files"]}
    assert len(copies) == 2
    assert all(Path(path).is_file() for path in copies)


def test_glob_and_twice_the_same_file(tmp_path):
    good_book(tmp_path / "a.xlsx")
    document, _ = check_json(tmp_path / "*.xlsx", tmp_path / "a.xlsx")
    assert document["totals"]["files"] == 1


def test_output_folder_is_not_checked_again(tmp_path):
    good_book(tmp_path / "a.xlsx")
    first, _ = check_json(tmp_path)
    second, _ = check_json(tmp_path)
    assert first["totals"] == second["totals"]


def test_no_write_reports_the_same_and_leaves_nothing(tmp_path):
    good_book(tmp_path / "a.xlsx")
    write_book(tmp_path / "b.xlsx", [["NIK", "Nama", "Tanggal Lahir"], ["1", *GOOD_ROW[1:3]]])
    document, done = check_json(tmp_path, "--no-write")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx", "b.xlsx"]
    assert "Gabungan" not in cli("check", tmp_path, "--no-write").stdout
    written, again = check_json(tmp_path)
    assert (document["totals"], done.returncode) == (written["totals"], again.returncode)
    assert [file["findings"] for file in document["files"]] == [file["findings"] for file in written["files"]]


def test_rules_and_explain():
    listed = json.loads(cli("rules", "--format", "json").stdout)
    shown = cli("rules").stdout
    for rule in listed:
        assert rule["code"] in shown
    done = cli("explain", "RK401")
    assert done.returncode == 0
    assert "duplicate-nik" in done.stdout
    assert "NIK ganda" in done.stdout
    assert "Mengapa" in done.stdout
    assert "3571010101859901" in done.stdout
    assert "every occurrence" in cli("explain", "duplicate-nik", "--lang", "en").stdout.lower()
    assert cli("explain", "RK999").returncode == 2


def test_version():
    assert cli("--version").stdout == f"rosterkit {rosterkit.__version__}\n"


def test_macros_are_kept_and_strict_packages_are_read(tmp_path):
    import io
    import zipfile

    path = write_book(
        tmp_path / "a.xlsx", [["NIK", "Nama", "Tanggal Lahir", "Kategori", *REST], ["1", *GOOD_ROW[1:], *REST_ROW]]
    )
    old = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    transitional, strict = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    with zipfile.ZipFile(tmp_path / "strict.xlsx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            data = data.replace(transitional + b"spreadsheetml/2006/main", strict + b"spreadsheetml/main")
            new.writestr(name, data.replace(transitional + b"officeDocument/2006/rel", strict + b"officeDocument/rel"))
    (tmp_path / "vba.bin").write_bytes(b"made up")
    book = xlsxwriter.Workbook(tmp_path / "macros.xlsm")
    book.add_vba_project(str(tmp_path / "vba.bin"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["NIK", "Nama", "Tanggal Lahir", "Kategori", *REST])
    sheet.write_row(1, 0, ["1", *GOOD_ROW[1:], *REST_ROW])
    book.close()
    for name in ("strict.xlsx", "macros.xlsm"):
        document, done = check_json(tmp_path / name, "--schema", "kediri-2025")
        assert done.returncode == 1, name
        assert [finding["cell"] for finding in document["files"][0]["findings"]] == ["A2"], name
    copy = Path(document["files"][0]["outputs"]["annotated"])
    assert copy.name == "macros.periksa.xlsm"
    assert zipfile.ZipFile(copy).read("xl/vbaProject.bin") == b"made up"


def test_results_that_cannot_be_written(tmp_path):
    good_book(tmp_path / "a.xlsx")
    (tmp_path / "hasil").write_text("in the way", encoding="utf-8")
    document, done = check_json(tmp_path / "a.xlsx", "--schema", "kediri-2025")
    assert done.returncode == 3
    assert document["files"][0]["error"]["code"] == "cannot-write"
    assert (tmp_path / "hasil").read_text(encoding="utf-8") == "in the way"


def places(file: dict) -> set[tuple[str, str | None, str | None]]:
    """Where what stands."""
    return {(f["code"], f["sheet"], f["cell"]) for f in file["findings"]}


def test_checking_an_annotated_copy_finds_the_same_and_adds_no_second_column(sample, tmp_path):
    _folder, document, _done, _before = sample
    for file in document["files"]:
        again, _ = check_json(file["outputs"]["annotated"], "--out", tmp_path)
        (checked,) = again["files"]
        if file["path"].endswith(".xlsx"):
            assert places(checked) == places(file)
        book = openpyxl.load_workbook(checked["outputs"]["annotated"])
        assert book.sheetnames.count("Hasil Periksa") == 1
        for sheet in checked["sheets"]:
            head = [cell.value for cell in book[sheet["name"]][sheet["header_rows"][-1]]]
            assert head.count("CATATAN ROSTERKIT") == 1
