"""What an office sets: rules by code, ages, exceptions; and what is refused, with file, line and what to write."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.helpers import GOOD_ROW, REST, REST_ROW, check_json, cli, write_book

HEAD = ["NIK", "Nama", "Tanggal Lahir", "Kategori", *REST]
OLD = ["3571010101509901", "Contoh Tua", "01-01-1950", "Pemulung", *REST_ROW]
GOOD = [*GOOD_ROW, *REST_ROW]


def schema(folder: Path, text: str) -> Path:
    path = folder / "own.yaml"
    path.write_text(f"kind: roster\nname: own\ntitle: Own\nextends: kediri-2025\n{text}", encoding="utf-8")
    return path


REFUSED = {
    "rule": ("rules:\n  RK999: {severity: info}\n", 6, ["rules.RK999", '"RK999" tidak ada', "rosterkit rules"]),
    "near rule": ("rules:\n  rk3011: {severity: info}\n", 6, ['Maksudnya "RK301 atau']),
    "severity": ("rules:\n  RK301: {severity: fatal}\n", 6, ["rules.RK301.severity", "'fatal'", "error", "warning"]),
    "reason": ("rules:\n  RK301: {ignore: true}\n", 6, ["rules.RK301", "perlu alasan", "reason"]),
    "column": ("rules:\n  RK301: {ignore: [umur], reason: x}\n", 6, ["umur"]),
    "codes": (
        "categories:\n  - {code: A, label: Satu}\n  - {code: A, label: Dua}\n",
        7,
        ["kode kategori A ditulis dua kali", "beri kode yang lain"],
    ),
    "synonyms": (
        "categories:\n  - {code: A, label: Satu, synonyms: [becak]}\n  - {code: B, label: Becak}\n",
        7,
        ['"BECAK"', "kategori A dan B", "hapus satu"],
    ),
    "locality": ('locality: "3599"\n', 5, ["wilayah 3599 tidak ada", "misalnya 3571 (Kota Kediri)"]),
    "locality as a number": ("locality: 357\n", 5, ["wilayah 357 tidak ada"]),
    "ages": ("ages: {min: 70, max: 64}\n", 5, ["(70)", "(64)", "tukar keduanya"]),
    "funding": ("funding: {refuses: [NELAYAN]}\n", 5, ["NELAYAN tidak ada dalam daftar kategori"]),
    "quota": ("quota: {totl: 3}\n", 5, ["quota.totl", 'Maksudnya "total"?']),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_mistake_in_a_schema_is_refused(name, tmp_path):
    text, line, words = REFUSED[name]
    path = schema(tmp_path, text)
    done = cli("check", write_book(tmp_path / "a.xlsx", [HEAD, GOOD]), "--schema", path)
    assert done.returncode == 2
    assert f"own.yaml, baris {line}, " in done.stderr
    for word in words:
        assert word in done.stderr
    assert not (tmp_path / "hasil").exists()
    assert "Traceback" not in done.stderr


def test_a_mistake_in_what_a_schema_extends_names_that_file(tmp_path):
    schema(tmp_path, "ages: {min: 70}\n")
    child = tmp_path / "child.yaml"
    child.write_text("kind: roster\nname: child\ntitle: Child\nextends: own\n", encoding="utf-8")
    done = cli("check", write_book(tmp_path / "a.xlsx", [HEAD, GOOD]), "--schema", child)
    assert done.returncode == 2
    assert "own.yaml, baris 5" in done.stderr


def test_a_mistake_in_rosterkit_toml_names_its_line(tmp_path):
    (tmp_path / "rosterkit.toml").write_text(
        'schema = "kediri-2025"\n\n[ages]\nmax = 70\n\n[rules.RK301]\nseverity = "info"\n\n'
        "[rules.RK998]\nignore = true\n",
        encoding="utf-8",
    )
    done = cli("check", write_book(tmp_path / "a.xlsx", [HEAD, GOOD]))
    assert done.returncode == 2
    assert "rosterkit.toml, baris 9, kunci rules.RK998" in done.stderr
    (tmp_path / "rosterkit.toml").write_text('schema = "kediri-2025"\nrules = "x"\n', encoding="utf-8")
    done = cli("check", tmp_path / "a.xlsx")
    assert done.returncode == 2
    assert '"rules"' in done.stderr


def test_severity_ages_and_reasons(tmp_path):
    book = write_book(tmp_path / "a.xlsx", [HEAD, OLD, [GOOD[0], "Contoh  Satu", "02-01-1985", *GOOD[3:]]])
    (before,) = check_json(book, "--schema", "kediri-2025")[0]["files"]
    assert {finding["code"] for finding in before["findings"]} == {"RK304", "RK301", "RK202"}
    (tmp_path / "rosterkit.toml").write_text(
        'schema = "kediri-2025"\n[ages]\nmax = 80\n[rules.RK301]\nseverity = "error"\n'
        '[rules.RK202]\nignore = ["name"]\nreason = "nama dirapikan dinas"\n',
        encoding="utf-8",
    )
    document, done = check_json(book)
    assert done.returncode == 1
    assert [(f["code"], f["severity"]) for f in document["files"][0]["findings"]] == [("RK301", "error")]
    assert document["totals"]["clean_rows"] == 1
    assert document["ignored"][0]["columns"] == ["name"]
    shown = cli("check", book).stdout
    assert "RK202 tidak diperiksa (Nama): nama dirapikan dinas" in shown


def test_a_row_without_a_nik_is_never_uploaded(tmp_path):
    """Whatever an office sets: what could not be read cannot be uploaded."""
    book = write_book(tmp_path / "a.xlsx", [HEAD, ["123", *GOOD[1:]], GOOD])
    (tmp_path / "rosterkit.toml").write_text(
        'schema = "kediri-2025"\n[rules.RK210]\nignore = true\nreason = "coba"\n', encoding="utf-8"
    )
    document, _ = check_json(book)
    assert document["totals"]["clean_rows"] == 1


EXCEPTIONS = [
    ["NIK", "Berkas", "Baris", "Kode", "Alasan", "Oleh", "Tanggal", "Berlaku Sampai"],
    ["3571010101509901", "", "", "RK304", "disetujui", "Kabid", "02-01-2025", ""],
    ["", "a.xlsx", "4", "age-limit", "disetujui", "Kabid", dt.date(2025, 1, 2), ""],
    ["3571010101509901", "", "", "RK777", "x", "Kabid", "02-01-2025", ""],
    ["3571010101509999", "", "", "RK304", "x", "Kabid", "02-01-2025", ""],
    ["3571010101509901", "", "", "RK301", "x", "Kabid", "02-01-2025", "31-01-2025"],
    ["3571010101509901", "", "", "RK301", "", "Kabid", "02-01-2025", ""],
    ["3571010101509901", "", "", "RK301", "x", "Kabid", "kemarin", ""],
    [3571010101509901, "", "", "RK301", "x", "Kabid", "02-01-2025", ""],
    ["123", "", "", "RK210", "x", "Kabid", "02-01-2025", ""],
    ["3571010101509901", "", "", "RK302", "x", "Kabid", "02-01-2025", ""],
]


@pytest.fixture
def project(tmp_path):
    """Two people too old, one with half a NIK, and a list of exceptions with every mistake in it."""
    second = ["3571010201509902", "Contoh Sepuh", "02-01-1950", *OLD[3:]]
    write_book(tmp_path / "a.xlsx", [HEAD, GOOD, OLD, second, ["123", *GOOD[1:]]])
    write_book(tmp_path / "pengecualian.xlsx", EXCEPTIONS)
    return tmp_path


def test_exceptions_are_applied_shown_and_held_to_account(project):
    document, done = check_json(
        project / "a.xlsx", "--schema", "kediri-2025", "--exceptions", project / "pengecualian.xlsx"
    )
    (file,) = document["files"]
    assert done.returncode == 1
    assert [(f["code"], f["cell"]) for f in file["findings"]] == [("RK210", "A5")]
    assert [(f["code"], f["cell"]) for f in file["accepted"]] == [("RK304", "C3"), ("RK304", "C4")]
    assert document["totals"] == {
        "files": 1,
        "rows": 4,
        "clean_rows": 3,
        "incomplete_rows": 0,
        "error": 1,
        "warning": 0,
        "info": 0,
    }
    told = {note["row"]: note["message"] for note in document["exceptions"]}
    for row, words in {
        4: '"RK777" tidak ada', 5: "orangnya tidak ada", 6: "tidak berlaku sejak 31-01-2025", 7: "Alasan kosong",
        8: '"kemarin" tidak terbaca', 9: "tersimpan sebagai angka", 10: "RK210 tidak bisa dikecualikan",
        11: "RK302 tidak ditemukan",
    }.items():  # fmt: skip
        assert words in told[row]
    assert sorted(told) == [4, 5, 6, 7, 8, 9, 10, 11]


def test_exceptions_are_found_beside_rosterkit_toml_and_are_no_roster(project):
    (project / "rosterkit.toml").write_text('schema = "kediri-2025"\n', encoding="utf-8")
    done = cli("check", project)
    assert "4 orang: 3 siap, 1 ditunda" in done.stdout
    assert "RK304 dikecualikan: C3 " in done.stdout
    assert ": Usia 75 tahun pada" in done.stdout
    assert "Alasan: disetujui (Kabid, 02-01-2025)" in done.stdout
    assert "pengecualian.xlsx baris 4:" in done.stdout


def test_exceptions_that_cannot_be_read_stop_the_run(tmp_path):
    book = write_book(tmp_path / "a.xlsx", [HEAD, GOOD])
    bad = write_book(tmp_path / "p.xlsx", [["Nama", "Umur"], ["x", "y"]])
    for path, words in ((bad, "tidak ada baris judul"), (tmp_path / "none.xlsx", "none.xlsx")):
        done = cli("check", book, "--exceptions", path)
        assert done.returncode == 2
        assert words in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("memory_mb = 10", ["limits.memory_mb", "paling sedikit 500", "memory_mb = 1500"]),
        ('memory_mb = "2 GB"', ["limits.memory_mb", "bilangan bulat"]),
        ("seconds = true", ["limits.seconds", "bilangan bulat"]),
        ("seconds = 0.5", ["limits.seconds", "paling sedikit 5"]),
        ("minutes = 3", ["limits.minutes", "tidak dikenal", "memory_mb, seconds"]),
    ],
)
def test_a_mistake_in_the_limits_names_its_line(tmp_path, line, words):
    (tmp_path / "rosterkit.toml").write_text(f'schema = "kediri-2025"\n[limits]\n{line}\n', encoding="utf-8")
    done = cli("check", write_book(tmp_path / "a.xlsx", [HEAD, GOOD]))
    assert done.returncode == 2
    for word in ("rosterkit.toml, baris 3", *words):
        assert word in done.stderr
