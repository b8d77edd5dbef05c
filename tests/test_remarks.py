"""What senders write about people: who is dead, withdrawn, insured or no vulnerable worker, and who is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from rosterkit.frame.remark_words import remark_reader
from rosterkit.read.workbook import read_workbook
from rosterkit.schema.remarks import MeaningSpec, RemarkWords
from tests.helpers import HEAD, check_json, findings_of

READER = remark_reader(RemarkWords())
WIDE = "| NIK | Nama | Tanggal Lahir | Kategori | Keterangan | Status Dasar |\n|---|---|---|---|---|---|\n"
ROW = "| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | {} | {} |\n"


@pytest.mark.parametrize(
    ("meaning", "texts"),
    [
        (
            "deceased",
            "MATI; MD; md 12/3/2025; mnggl; sdh meninggal; Meninggal dunia; meninggal 2 Jan 2025; tutup usia"
            "; wafat th 2024; Almarhum; alm; (MD); †; ybs sudah meninggal"
            "; meninggal, diganti anaknya; ibu rumah tangga, meninggal",
        ),
        (
            "withdrawn",
            "Pindah; PINDAH KE BLITAR; pindah ikut suami; pindah dari RT 03 ke Blitar; BATAL; TMS; dicoret"
            "; dobel dg no 1; ganda; Mengundurkan diri; jangan diusulkan; tidak memenuhi syarat"
            "; tdk memenuhi syarat; Tidak Valid; HILANG",
        ),
        (
            "insured",
            "Sudah punya BPJSTK; sdh BPJS TK; peserta BPJS Ketenagakerjaan; terdaftar di Jamsostek"
            "; sudah punya BPJS Kesehatan dan Ketenagakerjaan",
        ),
        ("excluded", "PNS; ASN; anggota TNI; Polri; Pensiunan; masih pelajar; karyawan swasta"),
        (
            "other",
            "sakit, tidak bekerja 3 tahun; stroke; suami meninggal; meninggal suaminya; anak alm. Karto; alm. Karto"
            "; ahli waris alm Rekaan; Janda, suami meninggal; belum meninggal; istri pindah; pindahan dari Blitar"
            "; pindah dari Blitar; pindah datang; batal pindah; jangan dicoret; tidak dobel; disabilitas ganda"
            "; KTP hilang; BPJS; BPJS Kesehatan aktif; punya KIS; JKN PBI; belum punya BPJS Ketenagakerjaan"
            "; calon peserta BPJSTK; sudah punya BPJS Kesehatan, BPJS TK belum; bukan PNS; suami PNS"
            "; pegawai non ASN; kaki mati rasa",
        ),
        (None, "Hidup; masih hidup; aktif; baru; RT 03; 12; -; kawin; cerai mati; Kosong; memenuhi syarat; ok; v"),
    ],
)
def test_what_a_remark_says(meaning: str | None, texts: str) -> None:
    for text in texts.split("; "):
        assert READER.read_remark(text) == meaning, text
        assert READER.read_remark(f"  {text.upper()} ") == meaning, text.upper()


@pytest.mark.parametrize(
    ("meaning", "names"),
    [
        (
            "deceased",
            "Contoh Satu (Alm); CONTOH (MATI); Contoh (meninggal); Contoh - sdh meninggal; Contoh (MD); Contoh (+)"
            "; Contoh †; Contoh Alm.; Contoh-Alm; Almh. Contoh Dua; H. Alm Contoh; Contoh, S.Pd (almarhumah)"
            "; Anak Agung Contoh (alm)",
        ),
        ("withdrawn", "Contoh - PINDAH; Contoh Misal BATAL; Contoh [dicoret]; Contoh (TMS); Contoh – pindah ke Blitar"),
        ("excluded", "Contoh (PNS); Contoh - TNI; Contoh (pensiunan)"),
        ("other", "Contoh bin Karto (Alm); Siti Contoh istri Karto (alm); Contoh binti Misal - PINDAH"),
        (
            None,
            "Misalan bin Alm. Karto; Siti Contoh (istri alm. Karto); Md. Contoh; Contoh Md; Contoh Ganda; Ganda Misal"
            "; Batal Contoh; Almira Contoh; Contoh Halim; Mati Contoh; Contoh (Pak RT); Siti Wafatimah; Nur-Aini Contoh"
            "; Contoh, S.Pd; Mati",
        ),
    ],
)
def test_what_a_name_says(meaning: str | None, names: str) -> None:
    written = names.split("; ")
    rows = (f"| 35710101018599{row:02} | {name} | 01-01-1985 | Pemulung |" for row, name in enumerate(written, 1))
    codes: dict[int, set[str]] = {}
    for finding in findings_of(HEAD + "\n".join(rows)):
        if finding.code in ("RK261", "RK262", "RK263", "RK307") and finding.place.row is not None:
            codes.setdefault(finding.place.row, set()).add(finding.code)
    wanted = {"deceased": "RK261", "withdrawn": "RK262", "excluded": "RK307", "other": "RK263", None: None}[meaning]
    for row, name in enumerate(written, 1):
        assert READER.read_name(name) == meaning, name
        assert codes.get(row, set()) == ({wanted} if wanted else set()), name


@pytest.mark.parametrize(
    ("occupation", "meaning"),
    [
        ("PELAJAR/MAHASISWA", "excluded"),
        ("PEGAWAI NEGERI SIPIL (PNS)", "excluded"),
        ("Karyawan swasta", "excluded"),
        ("Pensiunan", "excluded"),
        ("Buruh pabrik rokok", None),
        ("Istri PNS", None),
        ("Guru honorer", None),
        ("BELUM/TIDAK BEKERJA", None),
        ("sakit", None),
    ],
)
def test_what_an_occupation_says(occupation: str, meaning: str | None) -> None:
    assert READER.read_occupation(occupation) == meaning


def test_the_categories_of_a_programme_are_not_questioned() -> None:
    row = HEAD + "| 3571010101859901 | Contoh Satu | 01-01-1985 | Pensiunan |"
    own = {"categories": [{"code": "PENSIUN", "label": "Pensiunan"}]}
    assert [found.code for found in findings_of(row, given=own)] == []


@pytest.mark.parametrize(
    ("header", "is_read"),
    [
        ("STATUS", True),
        ("Status Dasar", True),
        ("STATUS HIDUP", True),
        ("STATUS PENDUDUK", True),
        ("STATUS KAWIN", False),
        ("STATUS PERKAWINAN", False),
        ("STATUS PEKERJAAN", False),
        ("STATUS PEGAWAI", False),
        ("STATUS KEPESERTAAN", False),
        ("STATUS HUBUNGAN KELUARGA", False),
        ("STATUS RUMAH", False),
    ],
)
def test_which_columns_are_a_status(header: str, is_read: bool) -> None:
    head = WIDE.replace("Status Dasar", header)
    assert any(f.code == "RK261" for f in findings_of(head + ROW.format("", "Mati"))) is is_read


def test_an_office_adds_words_of_its_own() -> None:
    table = WIDE + ROW.format("sudah balik kampung", "")
    assert [f.code for f in findings_of(table)] == ["RK263"]
    given = {"remarks": {"withdrawn": {"words": ["balik kampung"]}}}
    assert [f.code for f in findings_of(table, given=given)] == ["RK262"]
    reader = remark_reader(RemarkWords(withdrawn=MeaningSpec(words=("balik kampung",)), negations=("ndak",)))
    assert reader.read_remark("ndak balik kampung") == "other"


def two_rows(remark: str, nik: str = "3571010101859901") -> str:
    """The same person twice (or under another NIK); the first row has a remark."""
    head = "| NIK | Nama | Tanggal Lahir | Kategori | Keterangan |\n|---|---|---|---|---|\n"
    first = f"| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | {remark} |\n"
    return head + first + f"| {nik} | Contoh Satu | 01-01-1985 | Pemulung |  |\n"


def test_who_takes_one_of_two_rows_off_has_mended_the_list() -> None:
    assert {f.code for f in findings_of(two_rows(""))} == {"RK401"}
    assert [(f.code, f.place.row) for f in findings_of(two_rows("dobel"))] == [("RK262", 1)]
    kept = findings_of(two_rows("dobel"), given={"rules": {"RK262": {"severity": "warning"}}})
    assert [f.code for f in kept] == ["RK262", "RK401", "RK401"]  # an office that lets her pass has two of her
    near = two_rows("dobel", "3571010101859907")
    assert [f.code for f in findings_of(near)] == ["RK262"]
    assert {f.code for f in findings_of(near.replace("dobel", ""))} == {"RK404"}


def test_a_withdrawn_row_is_no_partner_in_another_file() -> None:
    head = "| Berkas | NIK | Nama | Tanggal Lahir | Kategori | Keterangan |\n|---|---|---|---|---|---|\n"
    line = "| {} | 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung | {} |\n"
    rows = head + line.format("A.xlsx", "pindah") + line.format("B.xlsx", "") + line.format("C.xlsx", "")
    found = [(f.place.path.name, f.code, [r.path.name for r in f.related]) for f in findings_of(rows)]
    assert found == [("A.xlsx", "RK262", []), ("B.xlsx", "RK402", ["C.xlsx"]), ("C.xlsx", "RK402", ["B.xlsx"])]


def test_a_withdrawn_row_takes_no_place_of_the_quota() -> None:
    rows = WIDE + ROW.format("pindah", "") + ROW.format("", "").replace("859901", "859902").replace("Satu", "Dua")
    assert [f.code for f in findings_of(rows, given={"quota": {"total": 1}})] == ["RK262"]


HEADERS = ["NIK", "Nama", "Tanggal Lahir", "Kategori"]
PEOPLE = [
    [f"357101{day:02}0185990{day}", f"{word} Contoh", f"{day:02}-01-1985", "Pemulung"]
    for day, word in enumerate(("Satu", "Dua", "Tiga", "Empat", "Lima"), 1)
]


def book_of_openpyxl(path: Path) -> Path:
    """Row 3 is struck through, the name of row 4 by runs of text, that of row 5 in part, the category of row 6."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (HEADERS, *PEOPLE):
        sheet.append(row)
    for cell in sheet[3]:
        cell.font = Font(strike=True)
    struck = InlineFont(strike=True)
    sheet["A2"].font = Font(strike=False, bold=True)
    sheet["B4"] = CellRichText(TextBlock(struck, "Tiga "), TextBlock(struck, "Contoh"))
    sheet["B5"] = CellRichText(TextBlock(struck, "Empt "), TextBlock(InlineFont(), "Empat Contoh"))
    sheet["D6"].font = Font(strike=True)
    book.save(path)
    return path


def book_of_xlsxwriter(path: Path) -> Path:
    """The same, with shared strings."""
    with xlsxwriter.Workbook(path) as book:
        sheet, struck, bold = book.add_worksheet(), book.add_format({"font_strikeout": True}), book.add_format()
        for number, row in enumerate((HEADERS, *PEOPLE)):
            sheet.write_row(number, 0, row, struck if number == 2 else None)
        sheet.write_rich_string("B4", struck, "Tiga ", struck, "Contoh")
        sheet.write_rich_string("B5", struck, "Empt ", bold, "Empat Contoh")
        sheet.write("D6", "Pemulung", struck)
    return path


BOOKS = pytest.mark.parametrize("make", [book_of_openpyxl, book_of_xlsxwriter])


@BOOKS
def test_cells_struck_through_are_found(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    (sheet,) = read_workbook(make(tmp_path / "a.xlsx")).sheets
    assert sheet.extras.struck == {(2, 0), (2, 1), (2, 2), (2, 3), (3, 1), (5, 3)}
    assert sheet.extras.partly_struck == {(4, 1)}


@BOOKS
def test_a_row_whose_nik_or_name_is_struck_through_is_withdrawn(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    document, _done = check_json(make(tmp_path / "a.xlsx"), "--schema", "kediri-2025")
    found = [(one["code"], one["cell"]) for one in document["files"][0]["findings"]]
    assert sorted(one for one in found if one[0] in ("RK261", "RK262", "RK263")) == [
        ("RK262", "B3"), ("RK262", "B4"), ("RK263", "B5"), ("RK263", "D6")
    ]  # fmt: skip


def test_a_list_with_rows_struck_out_is_not_the_list_sent_before() -> None:
    head = "| Berkas | NIK | Nama | Tanggal Lahir | Kategori |\n|---|---|---|---|---|\n"
    rows = [[*row] for row in PEOPLE[:3]]
    first = "".join(f"| A.xlsx | {' | '.join(row)} |\n" for row in rows)
    rows[0][1] = "s:" + rows[0][1]
    second = "".join(f"| B.xlsx | {' | '.join(row)} |\n" for row in rows)
    found = {(f.code, f.place.path.name, f.facts.get("variant")) for f in findings_of(head + first + second)}
    assert ("RK405", "B.xlsx", None) in found
    assert ("RK262", "B.xlsx", "struck") in found
