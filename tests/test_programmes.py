"""Each city's programme from an empty folder to the upload, the mutation sheets and the recap, by the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
import python_calamine

from rosterkit.schema.find import shipped_names
from rosterkit.schema.load import load_contributions, load_roster
from tests.helpers import ROOT, check_json, cli, upload_paths, write_book

pytestmark = pytest.mark.slow

CITIES = [name for name in shipped_names("rosters") if name != "pekerja-rentan"]
SINCE = "1-Mar-19"
PEOPLE_HEAD = ["NO", "NAMA", "NIK", "TEMPAT LAHIR", "TANGGAL LAHIR", "L/P", "NAMA IBU KANDUNG", "ALAMAT", "KATEGORI"]


def sheet(path: str | Path) -> list[list]:
    return python_calamine.load_workbook(path).get_sheet_by_index(0).to_python(skip_empty_area=False)


def uploaded(document: dict) -> list[dict[str, str]]:
    people = []
    for path in upload_paths(document):
        head, *rows = sheet(path)
        people += [dict(zip(head, row, strict=True)) for row in rows]
    return people


def annex(path: Path, people: list[list]) -> Path:
    lines = [[f"LAMPIRAN KEPUTUSAN, {len(people)} ORANG"], [], PEOPLE_HEAD]
    return write_book(path, [*lines, *([n, *person] for n, person in enumerate(people, 1))])


@pytest.mark.parametrize(
    "city", [pytest.param(name, marks=[pytest.mark.bench] * (name != "kediri-2024")) for name in CITIES]
)
def test_from_init_to_recap(city, tmp_path):
    spec = load_roster(city)
    category = spec.categories[0].label
    done = cli("init", tmp_path / "kerja", "--schema", city)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "kerja"
    shutil.copytree(ROOT / "samples" / city / "masuk", folder / "masuk", dirs_exist_ok=True)
    first, done = check_json(folder / "masuk")
    assert done.returncode == 1
    people = uploaded(first)
    assert len(people) == first["totals"]["clean_rows"] > 50

    # The lists of the city: two insured already, two lapsed, one not in the decree, one in no roster, three leaving.
    listed = [
        [p["NAMA_LENGKAP"], p["NOMOR_IDENTITAS"], "Contoh", p["TANGGAL_LAHIR"], p["JENIS_KELAMIN"] or "L", "Contoh Ibu",
         "Jl. Contoh 1", category] for p in people
    ]  # fmt: skip
    absent = ["Peraga Tak Masuk", "3374014512809909", "Contoh", "05-12-1980", "P", "Contoh Ibu", "Jl. Contoh", category]
    going = [
        [
            f"Peraga Pergi {word}",
            f"33740110118099{n:02}",
            "Contoh",
            "10-11-1980",
            "L",
            "Contoh Ibu",
            "Jl. Contoh",
            category,
        ]
        for n, word in enumerate(("Satu", "Dua", "Tiga"), 11)
    ]
    new, old = [*listed[:-1], absent], [*listed[:-6], *going]
    references = folder / "acuan"
    annex(references / "SK baru.xlsx", new)
    annex(references / "SK lama.xlsx", old)
    start = spec.period.start
    ended = f"30-Sep-{str(start.year - 1)[2:]}"
    members = [*((p, "") for p in listed[:2]), *((p, ended) for p in listed[2:4]), *((p, "") for p in going)]
    write_book(
        references / "peserta.xlsx",
        [["NIK", "KPJ", "NAMA", "TGL_LAHIR", "TGL_KEPESERTAAN", "TGL_BERAKHIR"]]
        + [[p[1], f"24990000{n:03}", p[0], p[3], SINCE, until] for n, (p, until) in enumerate(members)],
    )
    results = [[p[1], p[0], "Padan"] for p in new] + [[going[0][1], going[0][0], "Meninggal Dunia"]]
    write_book(references / "padan.xlsx", [["NIK", "NAMA", "Hasil Pemadanan"], *results])
    write_book(
        references / "pengirim.xlsx",
        [["Pengirim"], *([Path(file["path"]).stem] for file in first["files"]), ["RT yang belum mengirim"]],
    )
    with (folder / "rosterkit.toml").open("a", encoding="utf-8") as settings:
        settings.write('decree = "acuan/SK baru.xlsx"\nparticipants = "acuan/peserta.xlsx"\n')
        settings.write('population = "acuan/padan.xlsx"\n')

    document, done = check_json(folder / "masuk")
    assert done.returncode == 1, done.stderr
    found = [finding for file in document["files"] for finding in file["findings"]]
    held = {finding["code"] for finding in found if finding["severity"] == "error"}
    assert {"RK501", "RK505"} <= held
    assert sum(finding["code"] == "RK505" for finding in found) == 2
    assert sum(finding["code"] == "RK506" for finding in found) == 2
    assert [finding["code"] for finding in document["decree"]["findings"]] == ["RK504"]
    assert absent[0] in document["decree"]["findings"][0]["message"]
    assert [one["name"] for one in document["senders"] if not one["files"]] == ["RT yang belum mengirim"]
    ready = uploaded(document)
    assert len(ready) == document["totals"]["clean_rows"] == len(people) - 3
    assert {p["NOMOR_IDENTITAS"] for p in people} - {p["NOMOR_IDENTITAS"] for p in ready} == {
        listed[0][1], listed[1][1], listed[-1][1],
    }  # fmt: skip

    done = cli("decree", "mutation", references / "SK lama.xlsx", references / "SK baru.xlsx", "--format", "json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)["people"]
    fresh = len(listed) - 1 - (len(listed) - 6) + 1  # five of the rosters, and the one who is in none
    assert (told["fresh"] + told["wrong"], told["again"], told["leaving"]) == (fresh, 2, 2)
    assert (told["deceased"], told["without"], told["incomplete"]) == (1, 0, 0)
    assert sheet(folder / "hasil" / "mutasi.bpjs-sipp-tk-na.xlsx")[1][1].startswith("Peraga Pergi")
    assert len(sheet(folder / "hasil" / "mutasi.bpjs-sipp-tk-baru.xlsx")) - 1 == told["fresh"]

    done = cli("recap", folder / "hasil", "--annex", folder / "lampiran.xlsx", "--format", "json")
    recap = json.loads(done.stdout)
    assert recap["totals"]["clean"] + recap["totals"]["incomplete"] == len(ready)
    assert recap["totals"]["incomplete"] == document["totals"]["incomplete_rows"]
    assert recap["totals"]["people"] == document["totals"]["rows"]
    assert recap["totals"]["not-submitted"] == 1
    costs = {cost["what"]: cost["total"] for cost in recap["costs"]}
    assert costs["clean"] == len(ready) * 16_800 * spec.period.months
    assert costs["decree"] == load_contributions().cost(spec, len(new))
    assert openpyxl.load_workbook(folder / "hasil" / "rekap.xlsx")["REKAP"]["B5"].value == document["totals"]["rows"]
    assert openpyxl.load_workbook(folder / "lampiran.xlsx").active.max_row > len(ready)
