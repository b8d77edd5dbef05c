"""``rosterkit template``: a form that is made, filled in as an RT head does, and checked."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import typer
from typer.testing import CliRunner

from rosterkit.cli.template import template
from rosterkit.data.regions import regions
from rosterkit.errors import FileError
from rosterkit.read.properties import read_properties
from rosterkit.schema.find import shipped_names
from rosterkit.schema.load import load_roster, load_upload
from rosterkit.write.books.form import find_form_fields, write_form
from tests.golden.audit import audit
from tests.helpers import check_json, cli, load, upload_paths
from tests.test_libreoffice import convert

pytestmark = pytest.mark.slow

SCHEMAS = shipped_names("rosters")
SENDER = {"rt": "003", "rw": "005", "kelurahan": "Contohrejo", "kecamatan": "Misal", "office": "Dinas Contoh & Mitra"}
WORDS = ["Umpama", "Rekaan", "Peraga", "Andai", "Khayal", "Tiruan", "Ibarat", "Model", "Gambaran", "Bayangan"]
APP = typer.Typer()
APP.command()(template)


def blank(folder: Path, schema: str, sender: dict[str, str] | None = None, rows: int = 30) -> Path:
    """The form of a schema, for fewer people than usual."""
    spec = load_roster(schema)
    path = folder / f"{schema}.xlsx"
    form = load_upload(spec.uploads[0]) if spec.uploads else None
    write_form(path, spec, spec.name, sender or {}, form, rows)
    return path


def people(schema: str) -> list[dict[str, str]]:
    """Ten invented people, by field."""
    spec = load_roster(schema)
    district = next(code for code in regions().names if len(code) == 6 and code.startswith(spec.locality or "3571"))
    labels = [category.label for category in spec.categories if category.segment == "pekerja-rentan"] or ["Pemulung"]
    return [
        {
            "nik": f"{district}{2 * n + 3 + n % 2 * 40:02}{n + 1:02}{70 + n}{9910 + n}",
            "name": f"{word} Contoh",
            "birth_place": "Kediri",
            "birth_date": f"{2 * n + 3:02}-{n + 1:02}-19{70 + n}",
            "sex": "LP"[n % 2],
            "mother_name": f"Ibu {word}",
            "address": f"Jl. Contoh {n + 1}",
            "rt": "003",
            "kelurahan": "Contohrejo",
            "phone": f"08120000991{n}",
            "category": labels[n % len(labels)],
        }
        for n, word in enumerate(WORDS)
    ]


def header_row(page) -> int:
    """The row (from 1) of the header."""
    return next(row for row in range(1, 20) if page.cell(row, 1).value == "NO")


def fields(path: Path, schema: str) -> list[str]:
    """The fields of a form's columns."""
    return fields_of(load(path)["DAFTAR"], schema)


def fields_of(page, schema: str) -> list[str]:
    """The fields of the columns of a form's list."""
    of = {label: field for field, label in load_roster(schema).labels().items()}
    return [of[cell.value] for cell in page[header_row(page)][1:]]


def fill(path: Path, schema: str, filled: Path) -> Path:
    """The form with ten people, below the example."""
    book = load(path)
    page = book["DAFTAR"]
    asked = fields_of(page, schema)
    for row, person in enumerate(people(schema), header_row(page) + 2):
        for column, field in enumerate(asked, 2):
            page.cell(row, column).value = person[field]
    book.save(filled)
    return filled


def validations(page) -> dict[str, object]:
    """The validation of each column, by the column's letter."""
    return {str(rule.sqref).split(":")[0].rstrip("0123456789"): rule for rule in page.data_validations.dataValidation}


@pytest.mark.parametrize("sender", [{}, SENDER], ids=["anybody", "sender"])
@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_filled_form_checks_clean(schema, sender, tmp_path):
    """Nobody is held back, nothing is asked again, and the example is nobody."""
    filled = fill(blank(tmp_path, schema, sender), schema, tmp_path / "RT 003.xlsx")
    document, done = check_json(filled, "--schema", schema, "--out", tmp_path / "hasil")
    (file,) = document["files"]
    assert [found for found in file["findings"] if found["severity"] != "info"] == []
    (sheet,) = file["sheets"]
    assert (sheet["name"], sheet["rows"], sheet["clean_rows"], done.returncode) == ("DAFTAR", 10, 10, 0)
    assert "example" in [part["reason"] for part in sheet["left_out"]]
    assert read_properties(filled.read_bytes()) == {"schema": schema, **sender}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_what_the_sender_gives_is_not_asked_of_anybody(schema, tmp_path):
    path = blank(tmp_path, schema, SENDER)
    assert not {"rt", "rw", "kelurahan", "kecamatan"} & set(fields(path, schema))
    page = load(path)["DAFTAR"]
    lines = [page.cell(row, 1).value for row in range(2, header_row(page) - 1)]
    assert lines == [
        "RUKUN TETANGGA 003 RUKUN WARGA 005",
        "KELURAHAN CONTOHREJO",
        "KECAMATAN MISAL",
        "DINAS CONTOH & MITRA",
    ]
    assert read_properties(path.read_bytes()) == {"schema": schema, **SENDER}


def test_what_is_asked():
    kediri, jambi, form = load_roster("kediri-2025"), load_roster("jambi-2025"), load_upload("sipp-tk-baru")
    common = ["nik", "name", "birth_place", "birth_date", "sex", "mother_name", "address"]
    assert find_form_fields(kediri, form, {}) == [*common, "phone", "category"]
    assert find_form_fields(jambi, form, {}) == [*common, "rt", "kelurahan", "phone", "category"]
    assert find_form_fields(jambi, form, {"rt": "003"}) == [*common, "kelurahan", "phone", "category"]
    assert find_form_fields(kediri, None, {}) == ["nik", "name", "birth_date", "category"]
    generic = load_roster("pekerja-rentan")
    assert find_form_fields(generic, load_upload("bpu-plain"), {}) == [*common, "phone", "occupation"]


def test_a_column_that_the_schema_insists_on_is_always_asked_for(tmp_path):
    (tmp_path / "own.yaml").write_text(
        "kind: roster\nname: own\ntitle: Contoh\nextends: pekerja-rentan\n"
        "columns:\n  rt: {label: RT, required: true}\n  kk: {label: Kartu keluarga kita, required: true}\n"
    )
    spec = load_roster(str(tmp_path / "own.yaml"))
    assert find_form_fields(spec, None, SENDER) == ["nik", "kk", "name", "birth_date", "rt"]
    write_form(tmp_path / "own.xlsx", spec, spec.name, SENDER, None)
    page = load(tmp_path / "own.xlsx")["DAFTAR"]
    texts = [cell.value for cell in page[header_row(page)]]
    assert texts == ["NO", "NIK", "NO KK", "Nama", "Tanggal lahir", "RT"]  # a label that no reader knows is not used
    assert "16 digit" in validations(page)["C"].error


def test_a_form_says_itself_what_it_is_checked_with(tmp_path):
    filled = fill(blank(tmp_path, "jambi-2025", SENDER), "jambi-2025", tmp_path / "RT 003.xlsx")
    document, done = check_json(filled, "--out", tmp_path / "hasil")
    assert (document["schema"], done.returncode) == ("jambi-2025", 0)
    assert [found for found in document["files"][0]["findings"] if found["severity"] != "info"] == []


@pytest.mark.parametrize(
    "schema", [*SCHEMAS[:2], *(pytest.param(name, marks=pytest.mark.bench) for name in SCHEMAS[2:])]
)
def test_the_way_round_from_template_to_upload(schema, tmp_path):
    """The form is made, filled and checked without --schema; its upload is clean when it is read again."""
    path = tmp_path / "form.xlsx"
    options = ("--rt", "3", "--rw", "5", "--kelurahan", "Contohrejo", "--kecamatan", "Misal")
    done = cli("template", schema, *options, "-o", path)
    assert done.returncode == 0, done.stderr
    assert audit(path) == {}
    fill(path, schema, path)
    document, done = check_json(path)
    assert done.returncode == 0, done.stdout
    assert document["schema"] == schema
    assert (document["totals"]["rows"], document["totals"]["clean_rows"]) == (10, 10)
    assert (document["totals"]["error"], document["totals"]["warning"]) == (0, 0)
    (upload,) = upload_paths(document["files"][0])
    assert audit(Path(upload)) == {}
    form = load_upload(load_roster(schema).uploads[0])
    head, *rows = [[cell.value for cell in row] for row in load(upload).active]
    assert head == [column.header for column in form.columns]
    for row in rows:
        for column, value in zip(form.columns, row, strict=True):
            assert value if column.required else True, column.header
            assert value is None or len(value) <= form.limit(column)
    again, done = check_json(upload, "--schema", "pekerja-rentan", "--out", tmp_path / "again")
    silent = {"error": 0, "warning": 0, "info": 0}
    assert done.returncode == 0
    assert again["totals"] == {"files": 1, "rows": 10, "clean_rows": 10, "incomplete_rows": 0, **silent}


def test_a_blank_form_holds_nobody(tmp_path):
    document, _done = check_json(blank(tmp_path, "kediri-2025", SENDER), "--schema", "kediri-2025")
    (file,) = document["files"]
    assert [sheet["rows"] for sheet in file["sheets"]] == [0]
    assert [found["code"] for found in file["findings"]] == ["RK105"]


def test_a_form_that_came_back_wrong_is_marked_and_keeps_its_mark(tmp_path):
    filled = fill(blank(tmp_path, "kediri-2025", SENDER), "kediri-2025", tmp_path / "RT 003.xlsx")
    book = load(filled)
    page = book["DAFTAR"]
    row = header_row(page) + 11
    page.cell(row, 2).value = page.cell(row, 2).value[:15]
    book.save(filled)
    document, _done = check_json(filled, "--schema", "kediri-2025", "--out", tmp_path / "hasil")
    (file,) = document["files"]
    told = [(found["code"], found["cell"]) for found in file["findings"] if found["severity"] != "info"]
    assert told == [("RK210", f"B{row}")]
    assert read_properties(Path(file["outputs"]["annotated"]).read_bytes()) == {"schema": "kediri-2025", **SENDER}


def test_the_list_is_made_against_mistakes(tmp_path):
    book = load(blank(tmp_path, "kediri-2025", SENDER, rows=50))
    assert (book.sheetnames, book.active.title, book["KODE"].sheet_state) == (
        ["DAFTAR", "PETUNJUK", "KODE"],
        "DAFTAR",
        "hidden",
    )
    page = book["DAFTAR"]
    head = header_row(page)
    first, last = head + 2, head + 51
    assert page.cell(last, 1).value == 50
    assert page.cell(last + 1, 1).value is None
    rules = validations(page)
    assert rules["B"].formula1 == f"AND(LEN($B{first})=16,SUMPRODUCT(--ISNUMBER(--MID($B{first},ROW($1:$16),1)))=16)"
    assert (rules["B"].type, rules["B"].errorStyle, str(rules["B"].sqref)) == ("custom", None, f"B{first}:B{last}")
    assert rules["B"].error.startswith("NIK harus 16 digit")
    assert "dd-mm-yyyy" not in rules["E"].prompt
    assert "17-08-1985" in rules["E"].prompt
    assert (rules["F"].type, rules["F"].formula1) == ("list", '"L,P"')
    assert (rules["J"].type, rules["J"].formula1) == ("list", "daftar_kategori")
    labels = [category.label for category in load_roster("kediri-2025").categories]
    assert book.defined_names["daftar_kategori"].attr_text == f"KODE!$A$2:$A${len(labels) + 1}"
    assert [row[0].value for row in book["KODE"].iter_rows(min_row=2)] == labels

    assert page.protection.sheet
    assert page.protection.password is None
    for name in ("formatColumns", "formatRows", "sort", "selectLockedCells", "selectUnlockedCells"):
        assert getattr(page.protection, name) is False, name  # False: it is allowed
    assert all(cell.protection.locked for row in page.iter_rows(head, head + 1) for cell in row)
    body = list(page.iter_rows(first, last))
    assert not any(cell.protection.locked for row in body for cell in row)
    assert {cell.number_format for row in body for cell in row[1:]} == {"@"}

    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (
        None,
        0,
    )  # one page wide, as it is if nothing is said
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == f"${head}:${head}"
    assert page.print_area == f"'DAFTAR'!$A$1:$J${last}"
    assert page.freeze_panes == f"A{head + 1}"


def test_the_example_is_a_sound_person_of_the_town(tmp_path):
    for schema in SCHEMAS:
        page = load(blank(tmp_path, schema))["DAFTAR"]
        head = header_row(page)
        values = [cell.value for cell in page[head + 1]]
        assert values[0] == "contoh"
        assert re.fullmatch(r"\d{6}010185990\d", values[1])
        assert regions().name(values[1][:6])
        assert values[1].startswith(load_roster(schema).locality or "35")
        assert values[2:5:2] == ["Contoh Satu", "01-01-1985"]
        assert page.cell(head + 1, 2).font.italic


def test_the_instructions_name_every_category(tmp_path):
    def texts(schema: str) -> set[str]:
        cells = (cell.value for row in load(blank(tmp_path, schema))["PETUNJUK"].iter_rows() for cell in row)
        return {value for value in cells if isinstance(value, str)}

    assert {category.label for category in load_roster("kediri-2025").categories} < texts("kediri-2025")
    assert any("DAFTAR" in text for text in texts("kediri-2025"))
    assert not any(text.upper().startswith("KATEGORI") for text in texts("pekerja-rentan"))


def test_an_example_row_is_nobody_however_it_is_written(tmp_path):
    head = ["No", "NIK", "Nama", "Tanggal Lahir", "Kategori"]
    person = ["3571010101859901", "Contoh Satu", "01-01-1985", "Pemulung"]
    other = ["3571010201859902", "Umpama Dua", "02-01-1985", "Pemulung"]
    for word in ("contoh", "Contoh:", "(CTH)", "misal"):
        book = openpyxl.Workbook()
        for row in (head, [word, *person], ["1", *other], ["contohnya", *person]):
            book.active.append(row)
        book.save(tmp_path / "a.xlsx")
        document, _done = check_json(tmp_path / "a.xlsx", "--schema", "kediri-2025", "--out", tmp_path / "hasil")
        assert document["files"][0]["sheets"][0]["rows"] == 2, word


def test_no_form_is_half_written(tmp_path):
    (tmp_path / "file").write_text("")
    spec = load_roster("kediri-2025")
    with pytest.raises(FileError):
        write_form(tmp_path / "file" / "form.xlsx", spec, spec.name, {}, None)


def run_template(*arguments: object):
    return CliRunner().invoke(APP, [str(argument) for argument in arguments])


def test_the_command_makes_a_form(tmp_path):
    path = tmp_path / "baru" / "form.xlsx"
    done = run_template("jambi-2025", "--rt", 3, "--rw", "005", "--kelurahan", " Contoh  <A> ", "-o", path)
    assert done.exit_code == 0, done.output
    assert str(path) in done.output
    wanted = {"schema": "jambi-2025", "rt": "003", "rw": "005", "kelurahan": "Contoh <A>"}
    assert read_properties(path.read_bytes()) == wanted


def test_a_schema_file_marks_its_form_with_its_own_name(tmp_path):
    own = tmp_path / "skema kami.yaml"
    own.write_text("kind: roster\nname: kota-contoh\ntitle: Kota Contoh\nextends: pekerja-rentan\n")
    assert run_template(own, "--out", tmp_path / "form.xlsx").exit_code == 0
    assert read_properties((tmp_path / "form.xlsx").read_bytes()) == {"schema": "kota-contoh"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("kediri-2025", "--rt", "tiga"), "--rt"),
        (("kediri-2025", "--rw", "0"), "--rw"),
        (("kediri-2025", "--rt", "1234"), "--rt"),
        (("kediri-2025", "--rt", "²"), "--rt"),
        (("kediri-2025", "--office", "x" * 101), "--office"),
        (("kediri-2025", "--out", "form.xls"), ".xlsx"),
        (("kediri-2025", "--out", "there.xlsx"), "sudah ada"),
        (("kediri",), "kediri"),
    ],
)
def test_wrong_use_is_told_and_writes_nothing(options, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("there.xlsx").write_bytes(b"mine")
    done = run_template(*options, *(() if "--out" in options else ("--out", "form.xlsx")))
    assert done.exit_code == 2
    assert said in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["there.xlsx"]
    assert Path("there.xlsx").read_bytes() == b"mine"


def test_a_folder_that_cannot_be_written_ends_with_3(tmp_path):
    (tmp_path / "file").write_text("")
    assert run_template("kediri-2025", "--out", tmp_path / "file" / "form.xlsx").exit_code == 3


def package(custom: bytes, name: str = "docProps/custom.xml") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, custom)
    return target.getvalue()


def properties(name: str, value: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><op:Properties xmlns:op="o" xmlns:vt="v"><op:property name="Other">'
        f'<vt:lpwstr>x</vt:lpwstr></op:property><op:property name="{name}"><vt:lpwstr>{value}</vt:lpwstr>'
        "</op:property></op:Properties>"
    ).encode()


def test_marks_are_read_as_they_are_meant():
    assert read_properties(package(properties("rosterkit_office", "A &amp; B &#60;C&gt;\n D"))) == {
        "office": "A & B <C> D"
    }
    wide = properties("rosterkit_rt", "003").replace(b"UTF-8", b"UTF-16").decode().encode("utf-16")
    assert read_properties(package(wide)) == {"rt": "003"}


BOMB = b"""<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<Properties><property name="rosterkit_rt"><lpwstr>&b;</lpwstr></property></Properties>"""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        b"docProps/custom.xml",
        b"PK\x03\x04docProps/custom.xml" + b"\0" * 50,
        package(b"<Properties><property"),
        package(b""),
        package(b"\xff\xfe\x00"),
        package(BOMB),
        package(BOMB.decode().encode("utf-16")),
        package(properties("rosterkit_rt", "0" * 200_000)),
        package(properties("rosterkit_rt", " ")),
        package(properties("rosterkit_", "003")),
        package(properties("rosterkit_schema", "../../own.yaml")),
        package(properties("rosterkit_schema", "/etc/own.yaml")),
        package(properties("Rosterkit_rt", "003")),
        package(properties("rosterkit_rt", "003"), "other/docProps/custom.xml"),
        package(properties("rosterkit_rt", "003"))[:-30],
    ],
)
def test_hostile_properties_say_nothing(content):
    assert read_properties(content) == {}


@pytest.mark.libreoffice
def test_what_libreoffice_keeps_of_a_form(tmp_path):
    """Properties, validations and protection; and its formula takes 16 digits and nothing else."""
    filled = fill(blank(tmp_path, "kediri-2025", SENDER), "kediri-2025", tmp_path / "RT 003.xlsx")
    convert([filled], "xlsx", tmp_path / "saved")
    saved = tmp_path / "saved" / filled.name
    assert read_properties(saved.read_bytes()) == {"schema": "kediri-2025", **SENDER}
    page = load(saved)["DAFTAR"]
    rules = validations(page)
    assert "SUMPRODUCT" in rules["B"].formula1
    assert rules["B"].error.startswith("NIK harus 16 digit")
    assert (rules["F"].formula1, rules["J"].formula1) == ('"L,P"', "daftar_kategori")
    assert page.protection.sheet
    document, _done = check_json(saved, "--schema", "kediri-2025", "--out", tmp_path / "hasil")
    (file,) = document["files"]
    assert [sheet["rows"] for sheet in file["sheets"]] == [10]
    assert [found for found in file["findings"] if found["severity"] != "info"] == []

    tries = {
        "3571010101859901": True,
        "357101010185990": False,
        "35710101018599012": False,
        "357101010185990O": False,
        "3571010101 85990": False,
        "3571.01010185990": False,
        "3571010101859e01": False,
        "-571010101859901": False,
    }
    book = openpyxl.Workbook()
    formula = validations(load(filled)["DAFTAR"])["B"].formula1
    first = re.search(r"\$B(\d+)", formula)[0]
    for row, text in enumerate(tries, 1):
        book.active.cell(row, 2, text).number_format = "@"
        book.active.cell(row, 3, "=" + formula.replace(first, f"$B{row}"))
    book.save(tmp_path / "formula.xlsx")
    convert([tmp_path / "formula.xlsx"], "xlsx", tmp_path / "saved")
    page = load(tmp_path / "saved" / "formula.xlsx", data_only=True).active
    assert {row[1].value: bool(row[2].value) for row in page.iter_rows()} == tries
