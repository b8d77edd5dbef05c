"""The forms of another insurer: one YAML beside the programme, with outputs under the insurer's own name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rosterkit.read.properties import find_upload_source
from rosterkit.schema.find import shipped_names
from rosterkit.schema.load import load_upload
from rosterkit.schema.validate import validate
from tests.helpers import check_json, cli, load, write_book

pytestmark = pytest.mark.slow

PROGRAMME = """\
kind: roster
name: contoh-2025
title: Contoh Jiwa 2025
extends: pekerja-rentan
uploads: [daftar]
period: {start: 2025-03-01, months: 12}
"""
FORM = """\
kind: upload
family: contoh-jiwa
name: daftar
title: Contoh Jiwa, daftar tertanggung
source: a form that is invented for this test
sheet: PESERTA
row_limit: 1000
columns:
  - {header: NO_KTP, from: nik, required: true}
  - {header: NAMA, from: name, max_length: 20}
  - {header: LAHIR, from: birth_date}
  - {header: USIA, from: age, required: true}
  - {header: KELAMIN, from: sex, values: {L: LAKI-LAKI, P: PEREMPUAN}}
  - {header: RT, from: rt, required: true}
  - {header: RW, from: rw}
  - {header: KELURAHAN, from: kelurahan}
  - {header: KECAMATAN, from: kecamatan}
  - {header: NO_KK, from: kk}
  - {header: PEKERJAAN, from: occupation}
  - {header: PENGHASILAN, from: income, max_length: 7}
  - {header: CATATAN, from: remark}
  - {header: PRODUK, constant: JIWA-01}
"""
HEAD = ["NIK", "Nama", "Tanggal Lahir", "JK", "RT", "RW", "Kelurahan", "Kecamatan", "NO KK", "Pekerjaan", "Penghasilan"]
HEAD += ["Keterangan"]
OUTPUT = "gabungan.contoh-jiwa-daftar.xlsx"


def person(born: str, serial: int, name: str, rt: str = "3", income: str = "Rp 900.000") -> list[str]:
    """A row of a roster; ``born`` as dd-mm-yyyy."""
    nik = f"357101{born[:2]}{born[3:5]}{born[8:]}{serial}"
    return [nik, name, born, "L", rt, "005", "Contohrejo", "Misal", "", "Pemulung", income, ""]


@pytest.fixture
def folder(tmp_path):
    """A programme with its form beside it, and two files in ``masuk``."""
    (tmp_path / "contoh.yaml").write_text(PROGRAMME, encoding="utf-8")
    (tmp_path / "daftar.yaml").write_text(FORM, encoding="utf-8")
    inbox = tmp_path / "masuk"
    inbox.mkdir()
    write_book(inbox / "daftar.rt-03.xlsx", [HEAD, person("01-03-1985", 9901, "Umpama Contoh")])
    write_book(inbox / "daftar.bpjs-lama.xlsx", [HEAD, person("02-03-1985", 9902, "Rekaan Misal", rt="4")])
    return tmp_path


def cells(path: Path) -> list[list[str | None]]:
    """The cells of an upload sheet."""
    return [[cell.value for cell in row] for row in load(path).active.iter_rows()]


def check(folder: Path, *more: object) -> tuple[dict, Path]:
    """Check ``masuk``; the document and the folder of the results."""
    document, done = check_json(folder / "masuk", "--schema", folder / "contoh.yaml", *more)
    assert done.returncode in (0, 1), done.stderr
    return document, folder / "masuk" / "hasil"


def test_a_form_of_another_insurer_is_one_file(folder):
    done = cli("check", folder / "masuk", "--schema", folder / "contoh.yaml")
    assert done.returncode == 0, done.stdout + done.stderr
    made = cells(folder / "masuk" / "hasil" / OUTPUT)
    assert made[0] == [
        "NO_KTP", "NAMA", "LAHIR", "USIA", "KELAMIN", "RT", "RW", "KELURAHAN", "KECAMATAN", "NO_KK", "PEKERJAAN",
        "PENGHASILAN", "CATATAN", "PRODUK",
    ]  # fmt: skip
    rest = ["005", "Contohrejo", "Misal", None, "Pemulung", "900000", None, "JIWA-01"]
    assert sorted(made[1:]) == [
        ["3571010103859901", "Umpama Contoh", "01-03-1985", "40", "LAKI-LAKI", "003", *rest],
        ["3571010203859902", "Rekaan Misal", "02-03-1985", "39", "LAKI-LAKI", "004", *rest],
    ]
    assert not list((folder / "masuk" / "hasil").glob("*.bpjs-sipp*"))


@pytest.mark.parametrize("where", ["masuk/hasil", "masuk"], ids=["beside", "among the lists"])
def test_outputs_are_never_inputs_and_a_roster_is_never_an_output(folder, where):
    out = ("--out", folder / where)
    first, _ = check(folder, *out)
    second, _ = check(folder, *out)
    assert [Path(file["path"]).name for file in second["files"]] == ["daftar.bpjs-lama.xlsx", "daftar.rt-03.xlsx"]
    assert (first["totals"], second.get("remarks", [])) == (second["totals"], [])
    assert (folder / where / OUTPUT).is_file()
    other, _ = check(folder, *out, "--upload", "bpu-plain")  # the results of one form are no inputs of another
    assert other["totals"]["files"] == 2
    assert not list((folder / where).glob("*.contoh-jiwa-*"))
    assert (folder / "masuk" / "daftar.bpjs-lama.xlsx").is_file()


def test_sheets_of_files_that_are_gone_are_told_of_in_any_family(folder):
    check(folder, "--per-file")
    (folder / "masuk" / "daftar.rt-03.xlsx").unlink()
    document, _ = check(folder)
    assert "daftar.rt-03.contoh-jiwa-daftar.xlsx" in document["remarks"][0]


def test_an_upload_sheet_is_known_by_its_mark_and_its_name(folder):
    _, out = check(folder, "--per-file")
    made = out / "per-berkas" / "daftar.rt-03.contoh-jiwa-daftar.xlsx"
    assert find_upload_source(made) == out / "per-berkas" / "daftar.rt-03"
    part = Path(shutil.copy(made, folder / "daftar.rt-03.contoh-jiwa-daftar-2.xlsx"))
    assert find_upload_source(part) == folder / "daftar.rt-03"
    for name in ("Daftar RT 03.xlsx", "daftar.bpjs-sipp-tk-baru.xlsx", "x.contoh-jiwa-daftar-b.xlsx"):
        assert find_upload_source(Path(shutil.copy(made, folder / name))) is None  # somebody has made it something else
    for name in ("daftar.rt-03.xlsx", "daftar.bpjs-sipp-tk-baru.xlsx"):
        assert find_upload_source(Path(shutil.copy(folder / "masuk" / "daftar.rt-03.xlsx", folder / name))) is None
    (folder / "rusak.contoh-jiwa-daftar.xlsx").write_bytes(b"no workbook")
    for path in (folder / "rusak.contoh-jiwa-daftar.xlsx", folder / "tiada.contoh-jiwa-daftar.xlsx"):
        assert find_upload_source(path) is None


@pytest.mark.parametrize("place", ["daftar.yaml", "uploads/daftar.yaml", "../uploads/daftar.yaml"])
@pytest.mark.parametrize("asked", [False, True])
def test_where_a_form_is_looked_for(folder, place, asked):
    """Beside the programme, then in uploads there, then in uploads beside its folder; for --upload just so."""
    programme = folder / "program"
    programme.mkdir()
    target = programme / place
    target.parent.mkdir(exist_ok=True)
    shutil.move(folder / "daftar.yaml", target)
    text = PROGRAMME.replace("uploads: [daftar]\n", "" if asked else "uploads: [daftar]\n")
    (programme / "daftar-2025.yaml").write_text(text, encoding="utf-8")
    more = ("--upload", "daftar") if asked else ()
    check_json(folder / "masuk", "--schema", programme / "daftar-2025.yaml", *more)
    assert (folder / "masuk" / "hasil" / OUTPUT).is_file()


def test_a_form_by_path_starts_at_the_file_that_names_it(folder):
    """That of a programme at the programme, also where another extends it; that of rosterkit.toml at the toml."""
    (folder / "forms").mkdir()
    shutil.move(folder / "daftar.yaml", folder / "forms" / "jiwa.yaml")
    (folder / "contoh.yaml").write_text(PROGRAMME.replace("[daftar]", "[forms/jiwa.yaml]"), encoding="utf-8")
    (folder / "below").mkdir()
    child = folder / "below" / "anak.yaml"
    child.write_text("kind: roster\nname: anak\ntitle: Anak\nextends: ../contoh.yaml\n", encoding="utf-8")
    check_json(folder / "masuk", "--schema", child)
    made = folder / "masuk" / "hasil" / OUTPUT
    assert made.is_file()
    made.unlink()
    (folder / "rosterkit.toml").write_text('schema = "kediri-2025"\nupload = "forms/jiwa.yaml"\n', encoding="utf-8")
    check_json(folder / "masuk", cwd=folder / "below")
    assert load(next((folder / "masuk" / "hasil").glob("*.contoh-jiwa-daftar.xlsx"))).sheetnames == ["PESERTA"]


def test_a_form_may_be_called_as_its_programme_is_and_hides_a_shipped_one(folder):
    (folder / "uploads").mkdir()
    own = FORM.replace("name: daftar", "name: bpu-plain")
    (folder / "uploads" / "bpu-plain.yaml").write_text(own, encoding="utf-8")
    (folder / "bpu-plain.yaml").write_text(PROGRAMME.replace("[daftar]", "[bpu-plain]"), encoding="utf-8")
    check_json(folder / "masuk", "--schema", folder / "bpu-plain.yaml")
    assert (folder / "masuk" / "hasil" / "gabungan.contoh-jiwa-bpu-plain.xlsx").is_file()


def test_a_form_that_is_not_there_is_told_with_those_that_are(folder):
    (folder / "contoh.yaml").write_text(PROGRAMME.replace("[daftar]", "[daftr]"), encoding="utf-8")
    done = cli("check", folder / "masuk", "--schema", folder / "contoh.yaml")
    assert done.returncode == 2
    assert "contoh.yaml, baris 5, kunci uploads.0" in done.stderr
    assert 'Maksudnya "daftar"?' in done.stderr
    assert "bpu-plain, daftar, sipp-tk-baru" in done.stderr
    done = cli("check", folder / "masuk", "--upload", "sipp-tk-na")
    assert done.returncode == 2
    assert "decree mutation" in done.stderr


def test_what_the_form_requires_and_how_long_it_may_be(folder):
    write_book(
        folder / "masuk" / "c.xlsx",
        [
            HEAD,
            person("03-03-1985", 9903, "Peraga Andai", rt=""),
            person("04-03-1985", 9904, "Peraga dengan Nama yang Panjang"),
            person("05-03-1985", 9905, "Khayal Tiruan", income="12.500.000"),
        ],
    )
    document, _ = check(folder)
    found = {(f["code"], f["cell"]) for file in document["files"] for f in file["findings"] if f["severity"] != "info"}
    assert found == {("RK206", "E2"), ("RK204", "B3"), ("RK204", "K4")}


def test_an_age_without_a_period_is_that_of_today():
    import datetime as dt

    import polars as pl

    from rosterkit.schema.load import load_roster
    from rosterkit.schema.upload_spec import UploadSpec
    from rosterkit.write.uploads.sheets import make_upload_cells

    columns = [{"header": "USIA", "from": "age"}, {"header": "KOSONG"}]
    base = load_upload("bpu-plain").as_data()
    form = validate(UploadSpec, {**base, "columns": columns})
    people = pl.DataFrame({"birth_date": [dt.date(1985, 3, 1), dt.date(1985, 3, 2), None]})
    made = make_upload_cells(people, load_roster("pekerja-rentan"), form, dt.date(2025, 3, 1))
    assert made.rows() == [("40", None), ("39", None), (None, None)]


def test_shipped_forms_are_of_bpjs():
    assert {load_upload(name).output_name for name in shipped_names("uploads")} == {
        f"bpjs-{n}" for n in shipped_names("uploads")
    }
