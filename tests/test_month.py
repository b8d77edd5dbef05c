"""A clerk's month: twelve lists with planted mistakes, from init to the recap; the numbers agree wherever they are."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine

from tests.helpers import check_json, cli, upload_paths, write_book

pytestmark = pytest.mark.slow

HEAD = [
    *("NO", "NIK", "NOMOR KK", "NAMA LENGKAP", "TEMPAT LAHIR", "TGL LAHIR", "L/P", "NAMA IBU KANDUNG", "ALAMAT", "RT"),
    *("RW", "NO HP", "PEKERJAAN/KATEGORI", "KETERANGAN"),
]
COLUMN = {name: "ABCDEFGHIJKLMN"[at] for at, name in enumerate(HEAD)}
FIRST = ("Kasno", "Mbok Tinah", "Pardi", "Sulastri", "Gimin", "Waginem", "Tukijo", "Partini")
LAST = (
    "Rekaan",
    "Umpama",
    "Contoh",
    "Misal",
    "Khayal",
    "Semu",
    "Fiktif",
    "Peraga",
    "Andai",
    "Tiruan",
    "Dummy",
    "Model",
)
WORKS = ("Pemulung", "Tukang becak", "Buruh tani", "Pengambil sampah")
PEOPLE = 9  # a list
LISTS = 12


def person(rt: int, number: int) -> list[Any]:
    """An invented person of an RT, born in any month, with everything that the form asks for."""
    serial = rt * PEOPLE + number
    day, month, year = serial % 28 + 1, serial % 12 + 1, 1962 + serial % 40
    woman = number % 2 == 1
    nik = f"357102{day + 40 * woman:02}{month:02}{year % 100:02}99{serial % 90:02}"
    name = f"{FIRST[number % len(FIRST)]} {LAST[rt % len(LAST)]} {LAST[(number + rt) % len(LAST)]}"
    kk = f"3571020101{rt % 90:02}99{number:02}"
    born = f"{day:02}-{month:02}-{year}"
    about = [name, "Kediri", born, "P" if woman else "L", "Ibu Rekaan", f"Jl. Umpama {serial}", f"{rt:03}", "004"]
    return [number, nik, kk, *about, f"0812345{serial:05}", WORKS[number % 4], ""]


Change = Callable[[list[Any]], object]


def put(column: str, value: object) -> Change:
    return lambda row: row.__setitem__(HEAD.index(column), value)


def made(column: str, change: Callable[[Any], object]) -> Change:
    return lambda row: row.__setitem__(HEAD.index(column), change(row[HEAD.index(column)]))


# RT, number of the person, the mistake, the code that names it, the column where, and a word in the message.
MISTAKES: list[tuple[int, int, Change, str, str, str]] = [
    (1, 2, made("NIK", lambda nik: nik[:15]), "RK210", "NIK", "15"),
    (1, 4, made("NIK", lambda nik: nik[:12] + "O" + nik[13:]), "RK211", "NIK", "O"),
    (1, 6, put("NIK", "1111111111111111"), "RK217", "NIK", "1111111111111111"),
    (2, 1, made("NIK", lambda nik: nik[:6] + "99" + nik[8:]), "RK213", "NIK", "99"),
    (2, 3, made("NIK", lambda nik: "99" + nik[2:]), "RK214", "NIK", "99"),
    (2, 5, put("NIK", ""), "RK201", "NIK", "kosong"),
    (2, 7, put("TGL LAHIR", "31-02-1980"), "RK222", "TGL LAHIR", "31-02-1980"),
    (3, 2, put("TGL LAHIR", "1979"), "RK220", "TGL LAHIR", "1979"),
    (3, 4, put("TGL LAHIR", "12-12-2090"), "RK222", "TGL LAHIR", "2090"),
    (3, 6, put("PEKERJAAN/KATEGORI", "penjual bakso"), "RK230", "PEKERJAAN/KATEGORI", "penjual bakso"),
    (4, 1, put("PEKERJAAN/KATEGORI", "Pemulung / Tukang becak"), "RK231", "PEKERJAAN/KATEGORI", "Pemulung"),
    (4, 3, made("NAMA LENGKAP", lambda name: f"{name} (Alm)"), "RK261", "NAMA LENGKAP", "Alm"),
    (4, 5, put("KETERANGAN", "PINDAH ke Surabaya"), "RK262", "KETERANGAN", "PINDAH"),
    (4, 7, put("NAMA LENGKAP", "-"), "RK201", "NAMA LENGKAP", "-"),
    (5, 2, put("L/P", "x"), "RK203", "L/P", "x"),
    (5, 4, made("TGL LAHIR", lambda date: date[:6] + "1950"), "RK304", "TGL LAHIR", "tahun"),
    (5, 6, made("NOMOR KK", lambda kk: kk), "RK303", "NIK", "KK"),
    (6, 1, put("TGL LAHIR", "kurang tahu"), "RK220", "TGL LAHIR", "kurang tahu"),
    (6, 3, put("PEKERJAAN/KATEGORI", ""), "RK201", "PEKERJAAN/KATEGORI", "kosong"),
    (6, 5, put("KETERANGAN", "batal diusulkan"), "RK262", "KETERANGAN", "batal"),
]
# What must be looked at, and holds nobody back.
DOUBTS: list[tuple[int, int, Change, str, str, str]] = [
    (7, 2, made("L/P", lambda sex: "L" if sex == "P" else "P"), "RK302", "L/P", "NIK"),
    (7, 4, made("TGL LAHIR", lambda date: f"28{date[2:]}"), "RK301", "TGL LAHIR", "NIK"),
    (7, 6, put("NO HP", "12"), "RK240", "NO HP", "HP"),
    (8, 2, put("KETERANGAN", "sakit, tidak bekerja 3 tahun"), "RK263", "KETERANGAN", "tidak bekerja 3 tahun"),
    (8, 4, put("NAMA IBU KANDUNG", "IBU"), "RK308", "NAMA IBU KANDUNG", "IBU"),
]


def rows_of(rt: int) -> list[list[Any]]:
    return [person(rt, number) for number in range(1, PEOPLE + 1)]


def lists_with_mistakes() -> dict[int, list[list[Any]]]:
    """RT -> rows, with the mistakes; beside these one person in two lists, and one twice in one."""
    lists = {rt: rows_of(rt) for rt in range(1, LISTS + 1)}
    for rt, number, change, *_rest in (*MISTAKES, *DOUBTS):
        change(lists[rt][number - 1])
    same = lists[5][5]
    same[HEAD.index("NIK")] = same[HEAD.index("NOMOR KK")] = person(5, 6)[1]
    lists[9][8] = [9, *lists[10][0][1:]]
    lists[11][8] = [9, *lists[11][0][1:]]
    return lists


def write_list(folder: Path, rt: int, rows: list[list[Any]]) -> Path:
    """A list as an RT sends it: title, header, people, signature."""
    title = [["DAFTAR USULAN PEKERJA RENTAN"], [f"RT {rt:03} RW 004 KELURAHAN UMPAMAREJO"], []]
    end = [[], ["", "", "", f"Jumlah: {len(rows)} orang"], ["", "", "", f"Ketua RT {rt:03}"]]
    return write_book(folder / f"Usulan RT {rt:02}.xlsx", [*title, HEAD, *rows, *end])


def cell_of(column: str, number: int) -> str:
    return f"{COLUMN[column]}{4 + number}"


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any], str]:
    """A project in which everybody has sent her list, checked once: its folder, the document, the terminal."""
    folder = tmp_path_factory.mktemp("month") / "Pekerja rentan 2025"
    assert cli("init", folder, "--schema", "kediri-2025").returncode == 0
    for rt, rows in lists_with_mistakes().items():
        write_list(folder / "masuk", rt, rows)
    senders = [["Kelurahan", "RT", "RW"], *(["Umpamarejo", rt, 4] for rt in range(1, LISTS + 2))]
    write_book(folder / "acuan" / "pengirim.xlsx", senders)
    (folder / "masuk" / "foto KTP.jpg").write_bytes(b"no list")
    document, _done = check_json("masuk", cwd=folder)
    return folder, document, cli("check", "masuk", cwd=folder).stdout


def findings_of(document: dict[str, Any], rt: int) -> list[dict[str, Any]]:
    (file,) = (one for one in document["files"] if one["path"].endswith(f"Usulan RT {rt:02}.xlsx"))
    found: list[dict[str, Any]] = file["findings"]
    return found


@pytest.mark.parametrize("mistake", [*MISTAKES, *DOUBTS], ids=lambda one: f"{one[3]}-RT{one[0]}" if one else "")
def test_every_mistake_is_named_with_value_place_and_what_to_do(month: Any, mistake: Any) -> None:
    _folder, document, _text = month
    rt, number, _change, code, column, word = mistake
    here = [one for one in findings_of(document, rt) if (one["code"], one["cell"]) == (code, cell_of(column, number))]
    assert here, [(one["code"], one["cell"]) for one in findings_of(document, rt)]
    assert word in here[0]["message"]
    assert here[0]["hint"]


def test_nothing_else_is_held_back(month: Any) -> None:
    _folder, document, _text = month
    expected = {(rt, cell_of(column, number)[1:]) for rt, number, _c, _code, column, _w in MISTAKES}
    expected |= {(9, "13"), (10, "5"), (11, "5"), (11, "13")}
    held = {
        (rt, str(one["row"]))
        for rt in range(1, LISTS + 1)
        for one in findings_of(document, rt)
        if one["severity"] == "error"
    }
    assert held == expected
    assert document["totals"]["clean_rows"] == LISTS * PEOPLE - len(expected)


def test_the_numbers_agree_everywhere(month: Any) -> None:
    folder, document, text = month
    totals = document["totals"]
    ready = totals["clean_rows"] - totals["incomplete_rows"]
    held = totals["rows"] - totals["clean_rows"]
    assert f"{LISTS} berkas, {totals['rows']} orang: {ready} siap" in text
    assert f"{held} ditunda" in text
    rows = [row for path in upload_paths(document) for row in sheet_rows(folder / path)[1:]]
    assert len(rows) == totals["clean_rows"]
    assert len({row[14] for row in rows}) == len(rows)
    recap = openpyxl.load_workbook(folder / "hasil" / "rekap.xlsx")
    persons = [[cell.value for cell in row] for row in recap["ORANG"].iter_rows(min_row=2)]
    assert len(persons) == totals["rows"]
    assert sum(row[5] == "Siap" for row in persons) == ready
    told = json.loads(cli("recap", "hasil", "--format", "json", cwd=folder).stdout)["totals"]
    assert (told["people"], told["clean"], told["incomplete"]) == (totals["rows"], ready, totals["incomplete_rows"])
    replies = [path.read_text(encoding="utf-8-sig") for path in sorted((folder / "hasil" / "balasan").glob("*.txt"))]
    assert len(replies) == LISTS
    assert sum(counts(replies, r"^(\d+) orang[:,]")) == totals["rows"]
    assert sum(counts(replies, r"(\d+) belum\.")) == held


def counts(texts: list[str], pattern: str) -> list[int]:
    return [int(number) for text in texts for number in re.findall(pattern, text, re.MULTILINE)]


def sheet_rows(path: Path) -> list[list[Any]]:
    return python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()


def test_who_has_not_sent_and_what_is_no_list(month: Any) -> None:
    _folder, document, text = month
    assert [one["name"] for one in document["senders"] if not one["files"]] == ["RT 013 RW 004 Kel. Umpamarejo"]
    assert "Belum mengirim (1 dari 13): RT 013 RW 004 Kel. Umpamarejo." in text
    assert "1 berkas bukan daftar: foto KTP.jpg." in text


def test_a_reply_is_for_the_phone_of_an_rt_head(month: Any) -> None:
    folder, _document, _text = month
    reply = (folder / "hasil" / "balasan" / "Usulan RT 01.txt").read_text(encoding="utf-8-sig")
    assert reply.startswith("Yth. Bapak/Ibu Ketua RT 001 RW 004")
    assert "No. 2, " in reply
    for word in ("RK2", "unggah", "BPJS", "rosterkit", "folder", person(1, 2)[1][:15]):
        assert word not in reply
    clean = (folder / "hasil" / "balasan" / "Usulan RT 12.txt").read_text(encoding="utf-8-sig")
    assert "9 orang, semuanya siap didaftarkan. Tidak ada yang perlu diperbaiki." in clean


def test_mended_lists_come_back_and_the_month_ends(month: Any, tmp_path: Path) -> None:
    """Marked copies are mended and come back, the decree and the participants are there, an exception is written."""
    source, first, _text = month
    folder = tmp_path / "kerja"
    assert cli("init", folder, "--schema", "kediri-2025").returncode == 0
    shutil.copytree(source / "masuk", folder / "masuk", dirs_exist_ok=True)
    for rt in range(1, 7):
        copy = source / "hasil" / f"Usulan RT {rt:02}.periksa.xlsx"
        book = openpyxl.load_workbook(copy)
        page = next(sheet for sheet in book if sheet["A4"].value == "NO")
        for mistake in MISTAKES:
            if mistake[0] == rt:
                for column, value in zip(COLUMN.values(), person(rt, mistake[1]), strict=True):
                    page[f"{column}{4 + mistake[1]}"].value = value
        book.save(folder / "masuk" / f"Usulan RT {rt:02}.periksa (1).xlsx")
    listed = [[f"{n}", row[3], row[1]] for n, row in enumerate((r for rt in range(1, 13) for r in rows_of(rt)), 1)]
    write_book(folder / "acuan" / "SK.xlsx", [["NO", "NAMA", "NIK"], *listed[:-1]])
    insured = person(12, 1)
    lines = [
        ["NIK", "KPJ", "NAMA", "TGL_KEPESERTAAN", "TGL_BERAKHIR"],
        [insured[1], "25000009901", insured[3], "01-03-2019", "31-12-2026"],
    ]
    write_book(folder / "acuan" / "peserta.xlsx", lines)
    toml = folder / "rosterkit.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(f'{text}decree = "acuan/SK.xlsx"\nparticipants = "acuan/peserta.xlsx"\n', encoding="utf-8")
    absent = person(12, PEOPLE)
    write_book(
        folder / "pengecualian.xlsx",
        [
            ["NIK", "Kode", "Alasan", "Oleh", "Tanggal"],
            [absent[1], "RK501", "SK susulan", "Dinas Contoh", "01-06-2025"],
        ],
    )
    document, _done = check_json("masuk", cwd=folder)
    errors = {
        (Path(file["path"]).name, one["code"])
        for file in document["files"]
        for one in file["findings"]
        if one["severity"] == "error"
    }
    print(
        [
            (Path(f["path"]).name, one["code"], one["cell"], one["message"][:90])
            for f in document["files"]
            for one in f["findings"]
            if one["severity"] == "error"
        ],
        [(Path(f["path"]).name, f.get("set_aside")) for f in document["files"]],
    )
    assert errors == {
        ("Usulan RT 09.xlsx", "RK402"), ("Usulan RT 10.xlsx", "RK402"), ("Usulan RT 11.xlsx", "RK401"),
        ("Usulan RT 12.xlsx", "RK505"),
    }  # fmt: skip
    assert document["totals"]["set_aside"] == 6 * PEOPLE
    assert document["totals"]["clean_rows"] == LISTS * PEOPLE - 5
    assert document["totals"]["clean_rows"] > first["totals"]["clean_rows"]
    found = cli("cari", insured[3].split()[0], insured[3].split()[-1], cwd=folder).stdout
    assert "RK505" in found
    done = cli("recap", "hasil", "--annex", "lampiran.xlsx", "--format", "json", cwd=folder)
    assert json.loads(done.stdout)["totals"]["people"] == LISTS * PEOPLE


def test_sixty_files_fit_on_three_screens(tmp_path: Path) -> None:
    for rt in range(1, 61):
        rows = [person(rt % 90, number) for number in range(1, 3)]
        if rt % 4 == 0:
            rows[0][HEAD.index("NIK")] = rows[0][HEAD.index("NIK")][:15]
        write_list(tmp_path, rt, rows)
    text = cli("check", tmp_path, "--no-write", "--schema", "kediri-2025").stdout
    lines = text.splitlines()
    assert len(lines) < 100
    assert sum(bool(re.match(r"SIAP .*Usulan RT", line)) for line in lines) == 45  # a clean file is one line
    first = [line for line in lines if "Usulan RT" in line][:15]
    assert all(line.startswith("PERBAIKI") for line in first)  # trouble first
