"""What is written about people where no field is read: in other columns, beside the table, in NO, in other fields."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from rosterkit.frame.remark_words import remark_reader
from rosterkit.model.cells import SheetExtras
from rosterkit.read import side_notes
from rosterkit.read.comments import add_comments
from rosterkit.rules.examples import cells
from rosterkit.schema.remarks import RemarkWords
from tests.helpers import check_json, findings_of

READER = remark_reader(RemarkWords())
HEAD = ["No", "NIK", "Nama", "Tanggal Lahir", "Kategori"]
WORDS = ("Satu", "Dua", "Tiga", "Empat")


def table(header: str, *cells: str, fields: tuple[str, ...] = ()) -> str:
    """Four people, with one more column; its header may be empty, and there are empty columns for empty ``fields``."""
    lines = [[*HEAD, *fields, header], ["---"] * (len(HEAD) + len(fields) + 1)]
    for number, word in enumerate(WORDS):
        row = [str(number + 1), f"35710101018{number}9901", f"{word} Contoh", f"01-01-198{number}", "Pemulung"]
        lines.append([*row, *[""] * len(fields), cells[number] if number < len(cells) else ""])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def held(roster: str) -> list[tuple[str, int]]:
    """Code and row (from 0) of what is said about remarks."""
    return [(f.code, f.place.row or 0) for f in findings_of(roster) if f.code in ("RK261", "RK262")]


@pytest.mark.parametrize(
    "header",
    [
        *("ALASAN", "STATUS VERIFIKASI", "KONDISI", "CEK LAPANGAN", "KET. LAIN", "INFO", "CATATAN RT", "HASIL VERVAL"),
        *("KETERANGAN WARGA", "CATATAN PENDAMPING", "ALASAN TIDAK MENERIMA BANTUAN", ""),
    ],
)
def test_deciding_words_are_read_in_any_column_about_the_person(header: str) -> None:
    assert held(table(header, "", "meninggal dunia")) == [("RK261", 2)]


@pytest.mark.parametrize(
    ("header", "text", "code"),
    [
        ("HASIL VERIFIKASI", "Tidak Layak", "RK262"),
        ("HASIL VERIFIKASI", "TMS", "RK262"),
        ("SETUJU (YA/TIDAK)", "tdk", "RK262"),
        ("DIUSULKAN", "Tidak", "RK262"),
        ("KEPESERTAAN BPJS TK", "Sudah", "RK262"),
        ("BPJS Ketenagakerjaan", "aktif", "RK262"),
        ("TANGGAL MENINGGAL", "03-10-2025", "RK261"),
        ("MENINGGAL", "v", "RK261"),
        ("STATUS HIDUP/MATI", "M", "RK261"),
        ("MASIH HIDUP", "tidak", "RK261"),
        ("", "jangan diusulkan", "RK262"),
        ("", "MD", "RK261"),
    ],
)
def test_what_the_header_asks_is_answered(header: str, text: str, code: str) -> None:
    assert held(table(header, "", "", text)) == [(code, 3)]


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("STATUS ORANG TUA", "meninggal"),
        ("STATUS SUAMI", "MD"),
        ("KETERANGAN AHLI WARIS", "meninggal"),
        ("NAMA KEPALA KELUARGA", "Contoh (alm)"),
        ("STATUS KEPALA KELUARGA", "meninggal"),
        ("JENIS DISABILITAS", "Ganda"),
        ("STATUS PERKAWINAN", "Cerai mati"),
        ("STATUS PERKAWINAN", "Mati"),
        ("RUMAH LAYAK HUNI", "Tidak"),
        ("KONDISI RUMAH", "Tidak layak"),
        ("LISTRIK", "mati"),
        ("STATUS REKENING", "tidak valid"),
        ("BANTUAN LAIN", "dihapus"),
        ("KEPESERTAAN BPJS TK", "Belum"),
        ("KEPESERTAAN BPJS TK", "-"),
        ("BPJS Kesehatan", "aktif"),
        ("TANGGAL MENINGGAL", "-"),
        ("TIDAK SETUJU", "tidak"),
        ("SETUJU", "Ya"),
        ("STATUS HIDUP/MATI", "H"),
        ("HASIL VERIFIKASI", "Layak"),
        ("ALASAN", "suami meninggal"),
        ("ALASAN", "pindahan dari Blitar"),
        ("", "ahli waris alm. Contoh"),
    ],
)
def test_who_or_what_else_a_column_may_be_about(header: str, text: str) -> None:
    assert held(table(header, text, "", text)) == []


def test_a_column_without_a_header_may_stand_apart() -> None:
    fields = ("", "", "", "")
    assert held(table("", "", "pindah", fields=fields)) == [("RK262", 2)]
    found = [f for f in findings_of(table("", "", "menunggu", fields=fields)) if f.code == "RK102"]
    assert [f.facts["variant"] for f in found] == ["unlabelled"]


def test_codes_and_their_meanings_beside_the_people_are_no_remarks() -> None:
    rows = (
        table("", "meninggal", "pindah")
        .replace("| meninggal |", "| MD | meninggal |")
        .replace("| pindah |", "| P | pindah |")
    )
    assert held(rows.replace("|  |\n", "|  |  |\n").replace("| --- |\n", "| --- | --- |\n", 1)) == []


@pytest.mark.parametrize(("word", "code"), [("MD", "RK261"), ("batal", "RK262"), ("pindah", "RK262")])
def test_the_column_of_numbers_may_say_it(word: str, code: str) -> None:
    assert held(table("RT", "003").replace("| 2 |", f"| {word} |")) == [(code, 2)]


@pytest.mark.parametrize(
    ("header", "text", "code"),
    [
        ("No HP", "meninggal", "RK261"),
        ("Alamat", "sudah pindah ke Surabaya", "RK262"),
        ("Alamat", "Jl. Contoh 3 (pindah)", "RK262"),
        ("Alamat", "Jl. Contoh 3, sdh meninggal", "RK261"),
        ("RT", "wafat", "RK261"),
    ],
)
def test_a_field_made_for_something_else_may_say_it(header: str, text: str, code: str) -> None:
    assert held(table(header, "", text)) == [(code, 2)]


@pytest.mark.parametrize(
    "text",
    [
        *("Jl. Ganda Asri 3", "Perum Pindah Contoh", "Jl. Batalyon 3", "pindahan dari Blitar", "Gang Mundur"),
        *("rumah almarhum Karto", "Jl. Wafat Misal", "Jl. Contoh 2, rumah suami yang pindah", "tidak jadi pindah"),
    ],
)
def test_an_address_is_an_address(text: str) -> None:
    assert held(table("Alamat", text)) == []


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("sudah meninggal", False),
        ("(meninggal)", False),
        ("MENINGGAL DUNIA", False),
        ("Ibu Contoh (alm)", True),
        ("Almh. Ibu Contoh", True),
        ("Ibu Contoh, almarhumah", True),
        ("Contohwati", True),
    ],
)
def test_a_remark_is_no_mothers_name(text: str, is_name: bool) -> None:
    codes = {f.code for f in findings_of(table("Nama Ibu Kandung", "", text))}
    assert ("RK308" not in codes) is is_name


def test_who_is_taken_off_by_another_column_is_no_duplicate() -> None:
    rows = table("HASIL VERVAL", "dobel").replace("35710101018", "3571010101")
    twice = rows.replace("357101010119901", "357101010109901")
    assert held(rows) == held(twice)


def test_other_columns_change_nothing() -> None:
    plain = [(f.code, f.place) for f in findings_of(table("Alamat", "Jl. Contoh 1"))]
    for header, text in (("UKURAN BAJU", "XL"), ("TANDA TANGAN", "ttd"), ("USIA", "63"), ("NO URUT KARTU", "12 mati")):
        more = table("Alamat", "Jl. Contoh 1").splitlines()
        lines = [f"{line} {cell} |" for line, cell in zip(more, (header, "---", text, text, text, text), strict=True)]
        assert [(f.code, f.place) for f in findings_of("\n".join(lines)) if f.code != "RK102"] == plain


@pytest.mark.parametrize("sign", ['"', "idem", "sda", "〃", '-"-', "sama"])
def test_a_ditto_under_a_remark_repeats_it(sign: str) -> None:
    assert held(table("Keterangan", sign, "meninggal", sign, sign)) == [("RK261", 2), ("RK261", 3), ("RK261", 4)]
    assert held(table("Keterangan", "meninggal", "", sign)) == [("RK261", 1)]


@pytest.mark.parametrize("text", ["+", "sudah tidak ada", "sdh tdk ada"])
def test_the_dead_are_marked_in_other_ways(text: str) -> None:
    assert [row for _code, row in held(table("Ket", "", text))] == [2]
    assert held(table("Ket", "tidak ada", "-", "sudah tidak ada pekerjaan")) == []


def test_a_cross_behind_a_name() -> None:
    assert held(table("Ket").replace("Dua Contoh", "Dua Contoh +")) == [("RK261", 2)]


def names_of(text: str) -> list[tuple[str, str]]:
    """Code and severity of what is said when somebody is called so."""
    return [
        (f.code, str(f.severity)) for f in findings_of(table("Ket").replace("Dua Contoh", text)) if f.code != "RK102"
    ]


@pytest.mark.parametrize(
    "text", ["Contoh dan suami", "Contoh / Misalno", "Contoh & Misal", "Contohwati dkk", "Contoh beserta anak"]
)
def test_two_people_in_one_name_are_held(text: str) -> None:
    assert names_of(text) == [("RK260", "error")]


@pytest.mark.parametrize(
    "text", ["Dan Contoh", "Contoh Dandan", "H. Contoh, S.Pd", "Contoh bin Misal", "Contoh dengan Misal"]
)
def test_one_person_is_one_person(text: str) -> None:
    assert names_of(text) == []


@pytest.mark.parametrize("text", ["1. Dua Contoh", "2) Dua Contoh", "Dua Contoh (L)", "Dua Contoh (pr)"])
def test_a_number_and_a_sex_are_no_part_of_a_name(text: str) -> None:
    (found,) = findings_of(table("Ket").replace("Dua Contoh", text))
    assert (found.code, found.fix and found.fix.value) == ("RK202", "Dua Contoh")


@pytest.mark.parametrize("text", ["3571", "12 34", "0812-3456"])
def test_a_number_is_no_name(text: str) -> None:
    assert ("RK203", "error") in names_of(text)


def test_a_row_that_a_remark_calls_an_example_is_held() -> None:
    found = findings_of(table("Keterangan", "contoh pengisian"))
    assert [(f.code, str(f.severity), f.place.row) for f in found if f.code == "RK116"] == [("RK116", "error", 1)]
    assert not [f for f in findings_of(table("Keterangan", "contoh bagi warga lain")) if f.code == "RK116"]


def commented(path: Path, comments: dict[str, str], author: str = "Petugas") -> list[tuple[str, str, str]]:
    """Code, severity and cell of what is said of remarks in a list with comments at some cells."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in cells(table("Nama Ibu Kandung", *(["Ibu Misal"] * 4))):
        sheet.append(row)
    for cell, text in comments.items():
        sheet[cell].comment = Comment(text, author)
    book.save(path)
    document, _done = check_json(path, "--schema", "kediri-2025", "--out", path.parent / "hasil")
    found = document["files"][0]["findings"]
    return [(one["code"], one["severity"], one["cell"]) for one in found if one["code"].startswith("RK26")]


def test_comments_at_cells_are_read(tmp_path: Path) -> None:
    comments = {
        "C2": "Admin:\nSudah meninggal dunia, mohon dicoret",
        "B3": "NIK yang benar 3571010101859955",
        "F4": "sudah meninggal",  # her mother
        "C1": "Diisi sesuai KTP, jangan dicoret",  # of a header
        "D5": "pindah ke Blitar",
    }
    assert sorted(commented(tmp_path / "a.xlsx", comments)) == [
        ("RK261", "error", "C2"), ("RK262", "error", "D5"), ("RK263", "warning", "B3"), ("RK263", "warning", "F4")
    ]  # fmt: skip


def test_our_own_comments_say_nothing(tmp_path: Path) -> None:
    assert commented(tmp_path / "a.xlsx", {"C2": "dicatat sudah meninggal"}, "rosterkit") == []


def test_a_thread_is_read_once() -> None:
    note = b'<comments><authors><author>x</author></authors><commentList><comment ref="B2" authorId="0"><text><r><t>'
    note += b"[Threaded comment] Comment: pindah</t></r></text></comment></commentList></comments>"
    thread = b'<ThreadedComments><threadedComment ref="B2" personId="{A}" id="{B}"><text>sudah pindah</text>'
    thread += b'</threadedComment><threadedComment ref="B2" parentId="{B}"><text>ke Blitar</text></threadedComment>'
    found = add_comments(SheetExtras(), [note, thread + b"</ThreadedComments>"]).comments
    assert found == {(1, 1): "sudah pindah\nke Blitar"}


def lines(*texts: str) -> list[tuple[str, int]]:
    """Code and row of what is said of remarks where lines stand below the table."""
    below = "".join(f"| {text} |  |  |  |  |  |\n" for text in texts)
    found = findings_of(table("Alamat", *["Jl. Contoh 1"] * 4) + "|  |  |  |  |  |  |\n" + below)
    return [(f.code, f.place.row or 0) for f in found if f.code in ("RK261", "RK262", "RK263")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Catatan: no 2 sudah meninggal", [("RK261", 2)]),
        ("Catatan: nomor 1 dan 3 pindah", [("RK262", 1), ("RK262", 3)]),
        ("Catatan: no. urut 2 s/d 4 jangan diusulkan", [("RK262", 2), ("RK262", 3), ("RK262", 4)]),
        ("Catatan: Tiga Contoh sudah meninggal", [("RK261", 3)]),
        ("Catatan: no 9 sudah meninggal", [("RK263", 6)]),
        ("Catatan: no 2 pengganti no 9 yang meninggal", [("RK263", 6)]),
        ("Catatan: ada yang sudah meninggal", [("RK263", 6)]),
        ("Ket: baris merah = keluar", [("RK263", 6)]),
        ("Catatan: bila ada yang meninggal akan kami laporkan", []),
        ("Keterangan: MD = meninggal", []),
        ("Catatan: suami no 2 meninggal", []),
        ("Ketua RT 03", []),
    ],
)
def test_lines_below_a_table_are_read(text: str, said: list[tuple[str, int]]) -> None:
    assert lines(text) == said


def test_a_legend_is_nobody() -> None:
    roster = table("Alamat", *["Jl. Contoh 1"] * 4) + "|  |  | Ket: merah = keluar |  |  |  |\n"
    assert [(f.code, str(f.severity)) for f in findings_of(roster)] == [("RK263", "warning")]


def test_a_large_list_says_the_same_as_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rosters = [table("ALASAN", "MD", "kosong", "sdh Meninggal", "(+)"), table("", "†", "Pindah", "", "TMS")]
    small = [held(roster) for roster in rosters]
    monkeypatch.setattr(side_notes, "_MANY", 0)
    monkeypatch.setattr(side_notes, "_BATCH", 3)
    assert [held(roster) for roster in rosters] == small
    assert small == [[("RK261", 1), ("RK261", 3), ("RK261", 4)], [("RK261", 1), ("RK262", 2), ("RK262", 4)]]
