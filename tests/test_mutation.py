"""The change of Kediri 2024, from 9,300 to 9,695 people: who is registered, goes on, leaves; what it costs."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
import python_calamine

from tests.helpers import ROOT, cli, write_book

pytestmark = pytest.mark.slow

NEW_FORM = "mutasi.bpjs-sipp-tk-baru.xlsx"


def rows(path, sheet=0):
    return python_calamine.load_workbook(path).get_sheet_by_index(sheet).to_python(skip_empty_area=False)


@pytest.fixture(scope="module")
def change(tmp_path_factory):
    """The sample's files, and what the command says of them."""
    folder = tmp_path_factory.mktemp("sk")
    subprocess.run([sys.executable, ROOT / "samples" / "decrees.py", folder], check=True)
    lists = ("--participants", folder / "peserta BPJS.xlsx", "--population", folder / "hasil pemadanan.xlsx")
    annexes = (folder / "SK 2024 lama.xlsx", folder / "SK 2024 baru.xlsx")
    done = cli("decree", "mutation", *annexes, *lists, "--schema", "kediri-2024", "--format", "json")
    assert done.returncode == 0, done.stderr
    return folder, json.loads(done.stdout)


def test_everybody_is_accounted_for(change):
    folder, told = change
    people = told["people"]
    assert (people["old"], people["new"]) == (9_300, 9_695)
    assert {kind: people[kind] for kind in ("fresh", "again", "leaving", "deceased", "insured", "without")} == {
        "fresh": 535, "again": 105, "leaving": 185, "deceased": 5, "insured": 40, "without": 15,
    }  # fmt: skip
    assert people["incomplete"] == people["wrong"] == 0
    assert people["unknown"] == 15  # in both, and never registered
    assert told["cost"] == 9_695 * 16_800 * 12 == 1_954_512_000
    diff = cli(
        "decree", "diff", folder / "SK 2024 lama.xlsx", folder / "SK 2024 baru.xlsx", "--schema", "kediri-2024",
        "--format", "json",
    )  # fmt: skip
    changes = json.loads(diff.stdout)
    counts = {kind: len(changes[kind]) for kind in ("added", "removed", "changed")}
    assert (changes["kept"], counts) == (9_040, {"added": 600, "removed": 205, "changed": 55})
    lapsed_before = 80
    assert counts["added"] == people["fresh"] + people["insured"] + (people["again"] - lapsed_before)
    assert counts["removed"] == people["leaving"] + people["deceased"] + people["without"]


def test_the_sheets_hold_what_is_said(change):
    folder, told = change
    names = [path.rpartition("/")[2].rpartition("\\")[2] for path in told["outputs"]]
    assert names == [NEW_FORM, "mutasi.bpjs-sipp-tk-lanjutan.xlsx", "mutasi.bpjs-sipp-tk-na.xlsx", "mutasi.xlsx"]
    fresh, again, leaving = (rows(folder / "hasil" / name) for name in names[:3])
    assert (len(fresh) - 1, len(again) - 1, len(leaving) - 1) == (535, 105, 185)
    assert fresh[0][14] == "NOMOR_IDENTITAS"
    assert all(len(row[14]) == 16 and row[12] and row[10] for row in fresh[1:])
    assert again[0][0] == "NOMOR_IDENTITAS_KPJ"
    assert all(row[0].startswith("2499") for row in [*again[1:], *leaving[1:]])
    assert leaving[0] == ["KPJ", "NAMA_LENGKAP", "TGL_LAHIR", "SEBAB_NA", "TGL_KEJADIAN", "KETERANGAN"]
    assert {row[4] for row in leaving[1:]} == {"01-01-2024"}
    assert not {row[0] for row in again[1:]} & {row[0] for row in leaving[1:]}
    book = python_calamine.load_workbook(folder / "hasil" / "mutasi.xlsx")
    assert "MENINGGAL" in book.sheet_names
    dead = book.get_sheet_by_name("MENINGGAL").to_python(skip_empty_area=False)
    assert "ahli waris" in dead[0][0]
    assert len(dead) - 3 == 5
    assert not {row[4] for row in dead[3:]} & {row[0] for row in leaving[1:]}


def test_the_annexes_are_rosters_too(change, tmp_path):
    folder, _told = change
    done = cli("decree", "check", folder / "SK 2024 baru.xlsx", "--schema", "kediri-2024", "--format", "json")
    document = json.loads(done.stdout)
    assert (done.returncode, document["totals"]["rows"], document["totals"]["error"]) == (0, 9_695, 0)
    assert document["totals"]["warning"] == 0
    wrong = [
        ["LAMPIRAN, 5 ORANG"],
        ["NO", "NAMA", "NIK"],
        [1, "Contoh Satu", "3571010101859901"],
        [2, "Contoh Dua", "357101010285990"],
        [3, "Contoh Satu", "3571010101859901"],
    ]
    path = write_book(tmp_path / "SK.xlsx", wrong)
    done = cli("decree", "check", path, "--schema", "kediri-2024", "--format", "json")
    found = {finding["code"] for finding in json.loads(done.stdout)["files"][0]["findings"]}
    assert (done.returncode, found) == (1, {"RK109", "RK210", "RK401"})
    assert "Tidak ada lembar unggah" not in cli("decree", "check", path, "--schema", "kediri-2024").stdout


def test_what_is_wrong_or_unknown_is_not_uploaded(tmp_path):
    old = write_book(tmp_path / "lama.xlsx", [["NIK", "NAMA"], ["3571010101859901", "Contoh Satu"]])
    new = write_book(
        tmp_path / "baru.xlsx",
        [
            ["NIK", "NAMA", "TANGGAL LAHIR", "KATEGORI"],
            ["3571010201859902", "Contoh Dua", "02-01-1985", "Pemulung"],  # the form wants more than the annex says
            ["3571010301459903", "Contoh Tiga", "03-01-1945", "Pemulung"],  # too old
            ["3571010401859904", "Contoh Empat (Alm)", "04-01-1985", "Pemulung"],
        ],
    )
    done = cli("decree", "mutation", old, new, "--schema", "kediri-2025", "--format", "json")
    people = json.loads(done.stdout)["people"]
    assert {kind: count for kind, count in people.items() if count} == {
        "old": 1, "new": 3, "deceased": 1, "without": 1, "incomplete": 1, "wrong": 1,
    }  # fmt: skip
    assert not list((tmp_path / "hasil").glob("*.bpjs-*"))
    assert "--participants" in cli("decree", "mutation", old, new, "--schema", "kediri-2025").stdout


def test_what_cannot_be_a_list_is_said(tmp_path):
    good = write_book(tmp_path / "a.xlsx", [["NIK", "NAMA"], ["3571010101859901", "Contoh Satu"]])
    for option in ("--participants", "--population"):
        done = cli("decree", "mutation", good, good, option, good)
        assert done.returncode == 2
        assert "mungkin tertukar" in done.stderr
