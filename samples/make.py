"""Makes the sample rosters: ``python samples/make.py``. Run again, it gives the same bytes.

Everybody is invented, and visibly so: family names are Contoh, Misal, Rekaan ..., serials of NIKs are 9900-9999.
Needs xlsxwriter and, for the old format, xlwt (in the extra ``test``).
"""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path

import xlsxwriter
import xlwt
from cities import CITIES, CREATED
from invent import MONTHS, Invent, Person


def book(path: Path) -> xlsxwriter.Workbook:
    """A workbook whose bytes do not depend on the day."""
    made = xlsxwriter.Workbook(str(path))
    made.set_properties({"created": CREATED, "author": "Contoh", "comments": "Semua orang di sini rekaan."})
    return made


def rt_roster(path: Path, people: list[Person]) -> None:
    """As a careful RT head sends it: letterhead, header in row 6, numbered columns, signatures."""
    file = book(path)
    sheet = file.add_worksheet("RT 03")
    bold = file.add_format({"bold": True, "align": "center"})
    head = file.add_format({"bold": True, "border": 1, "bg_color": "#DDEBF7", "text_wrap": True, "align": "center"})
    line = file.add_format({"border": 1})
    text = file.add_format({"border": 1, "num_format": "@"})
    day = file.add_format({"border": 1, "num_format": "dd-mm-yyyy"})
    for row, title in enumerate(
        (
            "RUKUN TETANGGA 03 RUKUN WARGA 05",
            "KELURAHAN CONTOHREJO KECAMATAN MISAL",
            "DAFTAR USULAN PEKERJA RENTAN TAHUN 2025",
        )
    ):
        sheet.merge_range(row, 0, row, 8, title, bold)
    titles = ["NO", "NIK", "NO. KK", "NAMA LENGKAP", "TEMPAT\nLAHIR", "TGL. LAHIR", "L/P", "ALAMAT", "JENIS PEKERJAAN"]
    sheet.write_row(5, 0, titles, head)
    sheet.write_row(6, 0, list(range(1, 10)), head)
    for row, p in enumerate(people, 7):
        sheet.write_number(row, 0, row - 6, line)
        sheet.write_string(row, 1, p.nik, text)
        sheet.write_string(row, 2, p.kk, text)
        sheet.write_string(row, 3, p.name, line)
        sheet.write_string(row, 4, p.place, line)
        sheet.write_datetime(row, 5, dt.datetime.combine(p.born, dt.time()), day)
        sheet.write_string(row, 6, p.sex, line)
        sheet.write_string(row, 7, p.address, line)
        sheet.write_string(row, 8, p.category, line)
    end = 7 + len(people)
    sheet.write_string(7, 1, people[0].nik[:15], text)  # a digit was left out
    sheet.write_string(10, 1, people[3].nik.replace("0", "O", 1), text)  # a letter for a zero
    sheet.write_string(12, 1, people[1].nik, text)  # somebody else's
    sheet.write_string(14, 3, people[7].name + "  ", line)
    sheet.write_string(15, 8, "kuli batu", line)
    sheet.write_string(16, 1, "-", text)
    sheet.write_string(17, 6, "P" if people[10].sex == "L" else "L", line)
    sheet.write(end, 0, "JUMLAH", bold)
    sheet.write(end, 3, f"{len(people)} orang", bold)
    sheet.write(end + 2, 7, "Kediri, 6 Januari 2025")
    sheet.write(end + 3, 1, "Mengetahui,")
    sheet.write(end + 4, 1, "Lurah Contohrejo")
    sheet.write(end + 4, 7, "Ketua RT 03")
    sheet.write(end + 8, 1, "H. PERAGA CONTOH, S.Sos")
    sheet.write(end + 8, 7, "SLAMET MISAL")
    sheet.write(end + 9, 1, "NIP. 19700101 199003 1 001")
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 3, 22)
    sheet.set_column(4, 6, 12)
    sheet.set_column(7, 8, 26)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_paper(9)
    file.close()


def office_roster(path: Path, people: list[Person]) -> None:
    """As an office sends it: two header rows with groups, RT/RW in one column, dates in words."""
    file = book(path)
    sheet = file.add_worksheet("Penerima Insentif")
    head = file.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "bg_color": "#E2EFDA"})
    sheet.write(0, 0, "DINAS CONTOH KOTA KEDIRI")
    for column, title in ((0, "No"), (1, "Nama Penerima"), (7, "Kategori"), (8, "No. HP/WA"), (9, "Ket")):
        sheet.merge_range(2, column, 3, column, title, head)
    sheet.merge_range(2, 2, 2, 3, "Identitas", head)
    sheet.write_row(3, 2, ["Nomor Induk Kependudukan", "Nama Ibu Kandung"], head)
    sheet.merge_range(2, 4, 2, 5, "Kelahiran", head)
    sheet.write_row(3, 4, ["Tempat", "Tanggal"], head)
    sheet.merge_range(2, 6, 3, 6, "RT/RW", head)
    for row, p in enumerate(people, 4):
        sheet.write_number(row, 0, row - 3)
        sheet.write_string(row, 1, p.name)
        sheet.write_string(row, 2, p.nik)
        sheet.write_string(row, 3, p.mother)
        sheet.write_string(row, 4, p.place)
        sheet.write_string(row, 5, f"{p.born.day}-{MONTHS[p.born.month - 1]}-{p.born:%y}")
        sheet.write_string(row, 6, f"{p.rt:03}/{p.rw:03}")
        sheet.write_string(row, 7, p.category)
        sheet.write_string(row, 8, "+62 " + p.phone[1:4] + "-" + p.phone[4:8] + "-" + p.phone[8:])
    sheet.write_string(9, 5, "31-02-1980")
    sheet.write_string(11, 5, "1978")
    sheet.write_string(13, 2, "1111111111111111")
    sheet.write_string(15, 7, "tagana")
    sheet.write_string(17, 1, "Slamet  Contoh, S.Pd")
    sheet.set_column(1, 9, 20)
    file.close()


def per_rt_roster(path: Path, people: dict[int, list[Person]], codes: list[str]) -> None:
    """As a kelurahan sends it: a sheet for each RT with a merged RT cell, and a sheet of codes."""
    file = book(path)
    top = file.add_format({"valign": "top", "border": 1, "num_format": "@"})
    head = file.add_format({"bold": True, "border": 1})
    for rt, members in people.items():
        sheet = file.add_worksheet(f"RT {rt:02}")
        sheet.write(0, 0, f"DATA PEKERJA RENTAN RT {rt:02} RW 02 KELURAHAN MISALAN")
        sheet.write_row(2, 0, ["RT", "NO", "NAMA", "NO KTP", "TTL", "ALAMAT KTP", "PEKERJAAN", "NAMA IBU", "L/P"], head)
        sheet.merge_range(3, 0, 2 + len(members), 0, f"{rt:03}", top)
        for row, p in enumerate(members, 3):
            sheet.write_number(row, 1, row - 2)
            sheet.write_string(row, 2, p.name)
            sheet.write_string(row, 3, p.nik)
            sheet.write_string(row, 4, f"{p.place}, {p.born:%d-%m-%Y}")
            sheet.write_string(row, 5, p.address)
            sheet.write_string(row, 6, p.category)
            sheet.write_string(row, 7, p.mother)
            sheet.write_string(row, 8, p.sex)
        sheet.set_column(2, 7, 24)
    sheet = file.add_worksheet("KODE")
    for row, code in enumerate(codes):
        sheet.write_row(row, 0, [row + 1, code])
    file.close()


def number_roster(path: Path, people: list[Person]) -> None:
    """As Excel spoils it: NIKs as numbers, phones without 0, RT as a number, a lookup that failed."""
    file = book(path)
    sheet = file.add_worksheet("Kader")
    whole = file.add_format({"num_format": "0"})
    sheet.write_row(0, 0, ["No", "NIK (16 Digit)", "Nama", "Tgl Lahir", "JK", "RT", "RW", "No HP", "Kategori"])
    day = file.add_format({"num_format": "dd/mm/yyyy"})
    for row, p in enumerate(people, 1):
        sheet.write_number(row, 0, row)
        if row % 3 == 0:
            sheet.write_number(row, 1, int(p.nik[:15] + "0"), whole)
        else:
            sheet.write_string(row, 1, p.nik)
        sheet.write_string(row, 2, p.name)
        sheet.write_datetime(row, 3, dt.datetime.combine(p.born, dt.time()), day)
        sheet.write_string(row, 4, "Laki-laki" if p.sex == "L" else "Perempuan")
        sheet.write_number(row, 5, p.rt)
        sheet.write_number(row, 6, p.rw)
        sheet.write_number(row, 7, int(p.phone))
        sheet.write_string(row, 8, p.category)
    sheet.write_formula(5, 8, '=VLOOKUP("x",A1:A2,1,FALSE)', None, "#N/A")
    sheet.set_column(1, 8, 20)
    file.close()


def csv_roster(path: Path, people: list[Person]) -> None:
    """As a factory's program exports it: semicolons, Windows-1252."""
    lines = ["No;NIK;Nama Pekerja;Tempat Lahir;Tanggal Lahir;Jenis Kelamin;Alamat;Profesi;Penghasilan"]
    for number, p in enumerate(people, 1):
        name = p.name.replace("Sri", "Sri´", 1) if number == 4 else p.name
        nik = f"{p.nik[:4]}.{p.nik[4:8]}.{p.nik[8:12]}.{p.nik[12:]}" if number % 10 == 0 else p.nik
        nik = "3,57101E+15" if number == 7 else nik
        cells = [number, nik, name, p.place, f"{p.born:%d/%m/%Y}", p.sex, p.address, p.category, "Rp 1.000.000"]
        lines.append(";".join(map(str, cells)))
    lines.append(f";;JUMLAH;{len(people)};;;;;")
    path.write_bytes("\r\n".join(lines).encode("cp1252") + b"\r\n")


def old_roster(path: Path, people: list[Person]) -> None:
    """As an old computer sends it: a real .xls, the header again on every page."""
    file = xlwt.Workbook()
    sheet = file.add_sheet("Sheet1")
    sheet.write(0, 1, "DAFTAR TUKANG BECAK DAN PEMULUNG")
    titles = ["NO", "NAMA_LGKP", "NO NIK", "TGL_LHR", "JENIS_KLMIN", "RT", "RW", "PEKERJAAN"]
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    row = 2
    for number, p in enumerate(people):
        if number % 25 == 0:
            for column, title in enumerate(titles):
                sheet.write(row, column, title)
            row += 1
        for column, value in enumerate(
            [number + 1, p.name, p.nik, p.born, p.sex, f"RT {p.rt}", f"{p.rw:03}", p.category]
        ):
            sheet.write(row, column, value, *((day,) if column == 3 else ()))
        row += 1
    sheet.write(row + 1, 1, "Mengetahui, Ketua RW 07")
    file.save(str(path))


def html_roster(path: Path, people: list[Person]) -> None:
    """As a web application exports it: an HTML table called .xls."""
    cells = "".join(
        f"<tr><td>{n}</td><td>{p.name}</td><td>'{p.nik}</td><td>{p.born:%Y-%m-%d}</td><td>{p.category}</td></tr>\n"
        for n, p in enumerate(people, 1)
    )
    head = "<tr><th>No</th><th>Nama Lengkap</th><th>No. Identitas</th><th>Tanggal Lahir</th><th>Kategori</th></tr>\n"
    page = f'<html><head><meta charset="utf-8"></head><body><table border="1">\n{head}{cells}</table></body></html>\n'
    path.write_bytes(page.encode())


def decree(path: Path, people: list[Person]) -> None:
    """The annex of the decree: everybody but a few."""
    file = book(path)
    sheet = file.add_worksheet("Lampiran")
    sheet.write(0, 0, "LAMPIRAN KEPUTUSAN WALI KOTA (CONTOH)")
    sheet.write(1, 0, f"DAFTAR PENERIMA, {len(people)} ORANG")
    sheet.write_row(3, 0, ["NO", "NAMA", "NIK", "KATEGORI"])
    for row, p in enumerate(people, 4):
        sheet.write_row(row, 0, [row - 3, p.name, p.nik, p.category])
    sheet.set_column(1, 3, 26)
    file.close()


def kediri_2025(folder: Path) -> None:
    """The sample of Kota Kediri 2025."""
    inbox, references = folder / "masuk", folder / "acuan"
    inbox.mkdir(parents=True, exist_ok=True)
    references.mkdir(exist_ok=True)
    invent = Invent(2025)
    rt = invent.people(31, ["Tukang becak", "Pemulung", "Pedagang asongan", "Buruh tani"], 3, 5)
    office = invent.people(60, ["Taruna siaga bencana", "Tim reaksi cepat", "Pendamping ODGJ", "Kader kesehatan"], 1, 2)
    per_rt = {
        n: invent.people(24, ["becak", "ojol", "Pengambil sampah", "Tukang tambal ban"], n, 2) for n in (1, 2, 3, 4)
    }
    kader = invent.people(45, ["Kader kesehatan", "Kader keluarga berencana", "Kader posyandu"], 6, 1)
    factory = invent.people(120, ["Buruh pabrik rokok harian lepas", "Buruh rokok"], 1, 1)
    old = invent.people(52, ["Tukang becak", "Pemulung"], 2, 7)
    web = invent.people(25, ["Pengemudi ojek", "Ojek online"], 4, 4)
    rt_roster(inbox / "Usulan RT 03 RW 05 Contohrejo.xlsx", rt)
    office_roster(inbox / "Dinas Contoh - insentif.xlsx", office)
    per_rt_roster(inbox / "Kelurahan Misalan per RT.xlsx", per_rt, ["Tukang becak", "Pemulung", "Ketua RT"])
    number_roster(inbox / "kader kesehatan FINAL.xlsx", kader)
    csv_roster(inbox / "pabrik rokok contoh.csv", factory)
    old_roster(inbox / "RW 07 becak.xls", old)
    html_roster(inbox / "ekspor ojek.xls", web)
    everybody = [*rt, *office, *(p for members in per_rt.values() for p in members), *kader, *factory, *old, *web]
    decree(references / "SK penerima 2025.xlsx", [replace(p) for n, p in enumerate(everybody) if n % 97 != 20])
    (folder / "rosterkit.toml").write_text(
        'schema = "kediri-2025"\ndecree = "acuan/SK penerima 2025.xlsx"\nout = "hasil"\n', encoding="utf-8"
    )


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
    for name, make in {"kediri-2025": kediri_2025, **CITIES}.items():
        make(target / name)
