"""The samples of the other programmes: in each city the rosters are untidy in a way of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt
from invent import MONTHS, Invent, Person

CREATED = dt.datetime(2025, 1, 6, 8, 0, 0)
Cells = list[list[Any]]


def page(
    path: Path,
    title: Sequence[str],
    head: Sequence[str],
    rows: Cells,
    end: Sequence[Sequence[Any]] = (),
    hidden: Sequence[int] = (),
    sheet: str = "Sheet1",
) -> None:
    """A workbook with one sheet: lines of a title, a header, rows, lines at the end. Texts stay texts."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": CREATED, "author": "Contoh", "comments": "Semua orang di sini rekaan."})
    fill(book, book.add_worksheet(sheet), title, head, rows, end, hidden)
    book.close()


def fill(book: Any, sheet: Any, title: Any, head: Any, rows: Cells, end: Any = (), hidden: Sequence[int] = ()) -> None:
    """Write one sheet; ``hidden`` are positions among the rows."""
    bold, date = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    lined, whole = book.add_format({"bold": True, "border": 1, "text_wrap": True}), book.add_format({"num_format": "0"})
    for number, line in enumerate(title):
        sheet.write_string(number, 0, line, bold)
    top = len(title) + bool(title)
    for column, text in enumerate(head):
        sheet.write_string(top, column, text, lined)
    for number, cells in enumerate([*rows, *end], top + 1):
        for column, value in enumerate(cells):
            if isinstance(value, dt.date):
                sheet.write_datetime(number, column, dt.datetime.combine(value, dt.time()), date)
            elif isinstance(value, int | float):
                sheet.write_number(number, column, value, whole)
            elif value:
                sheet.write_string(number, column, value)
    for position in hidden:
        sheet.set_row(top + 1 + position, None, None, {"hidden": True})
    sheet.set_column(0, len(head), 18)


def old_page(path: Path, title: str, head: Sequence[str], rows: Cells) -> None:
    """The same as a real .xls."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    sheet.write(0, 0, title)
    for number, cells in enumerate([head, *rows], 1):
        for column, value in enumerate(cells):
            sheet.write(number, column, value)
    book.save(str(path))


def traps(invent: Invent, category: str) -> list[Person]:
    """People who look like somebody else and are not: nothing may be said of them."""
    (base,) = invent.people(1, [category], 1, 1)
    region = base.nik[:6]

    def person(name: str, day: int, month: int, year: int, sex: str, serial: int) -> Person:
        born = dt.date(1900 + year, month, day)
        nik = f"{region}{day + 40 * (sex == 'P'):02}{month:02}{year}{serial}"
        kk = f"{region}{month:02}0110{serial}"
        return replace(base, nik=nik, kk=kk, name=name, born=born, sex=sex)

    return [
        person("Hasan Contoh", 17, 8, 85, "L", 9971),  # twins
        person("Husein Contoh", 17, 8, 85, "L", 9972),
        person("Rina Contoh", 3, 9, 86, "P", 9973),
        person("Rini Contoh", 3, 9, 86, "P", 9974),
        person("Sri Wahyuni", 21, 4, 78, "P", 9975),  # two people, and twins on top
        person("Sri Wahyudi", 21, 4, 78, "L", 9975),
        person("Slamet", 12, 6, 71, "L", 9976),  # a single name each
        person("Selamet", 12, 6, 71, "L", 9979),
        person("Ahmad bin Contoh", 5, 5, 75, "L", 9980),
        person("Ahmad bin Misal", 5, 5, 75, "L", 9985),
        person("Siti binti Rekaan", 6, 5, 75, "P", 9981),
        person("Siti binti Umpama", 6, 5, 75, "P", 9986),
        person("A. Contoh", 7, 7, 77, "L", 9982),  # initials
        person("B. Contoh", 7, 7, 77, "L", 9987),
    ]


def folder_for(folder: Path, schema: str, more: str = "") -> Path:
    """The inbox of a sample and its ``rosterkit.toml``."""
    inbox = folder / "masuk"
    inbox.mkdir(parents=True, exist_ok=True)
    (folder / "rosterkit.toml").write_text(f'schema = "{schema}"\nout = "hasil"\n{more}', encoding="utf-8")
    return inbox


def kediri_2024(folder: Path) -> None:
    """Lists copied from an old decree: titles, old spelling, filters left on, NIKs in scientific notation."""
    inbox = folder_for(folder, "kediri-2024")
    invent = Invent(2024)
    people = [*invent.people(34, ["Ketua RT", "Ketua RW"], 2, 4), *traps(invent, "Ketua RT")]
    rows: Cells = [[n, f"H. {p.name}, S.Pd" if n % 9 == 0 else p.name, p.nik, p.kk, p.born, p.sex, p.category]
                   for n, p in enumerate(people, 1)]  # fmt: skip
    first = people[4]
    again = f"{first.nik[:12]}9960"
    rows.append([len(rows) + 1, f"Drs. {first.name.upper()}", again, first.kk, first.born, first.sex, first.category])
    head = ["NO.", "NAMA LENGKAP DAN GELAR", "N I K", "NO. KK", "TGL LAHIR", "JK", "JABATAN"]
    head[1], head[6] = "NAMA LENGKAP", "KATEGORI"
    end = [
        [],
        ["JUMLAH", f"{len(rows) + 2} ORANG"],
        [],
        ["", "", "", "", "Kediri, 8 Januari 2024"],
        ["", "", "", "", "Lurah Contohrejo"],
    ]
    page(inbox / "RT RW Contohrejo.xlsx", ["DAFTAR KETUA RT DAN RW", "TAHUN 2024"], head, rows, end, hidden=(7, 8))

    kader = invent.people(28, ["Kader kesehatan", "Kader Posyandu", "Kader KB"], 5, 1)
    lines: Cells = []
    for n, p in enumerate(kader, 1):
        date = f"{p.born.day} {MONTHS[p.born.month - 1]} {p.born:%y}"
        nik = f"{p.nik[0]}.{p.nik[1:6]}E+15" if n % 6 == 0 else p.nik
        lines.append([n, nik, p.name, p.place, date, p.mother if n % 7 else "-", p.category])
    lines[9][4] = "00-00-1960"
    old_page(
        inbox / "kader 2024 (lama).xls",
        "DATA KADER",
        ["No", "No. KTP", "Nama", "Tmp Lahir", "Tgl. Lahir", "Nama Ibu", "Kategori"],
        lines,
    )

    becak = invent.people(40, ["Tukang becak", "becak", "Pemulung"], 1, 3)
    text = ["NIK;NAMA;TGL_LHR;PEKERJAAN;NO HP"]
    text += [f"{p.nik};{p.name};{p.born:%d/%m/%Y};{p.category};{p.phone}" for p in becak]
    text[6] = text[6].replace(becak[5].category, "Tukang becak / Pemulung")
    text[12] = text[12].replace(becak[11].nik, becak[11].nik[:6] + "32" + becak[11].nik[8:])
    (inbox / "becak.csv").write_bytes("\r\n".join(text).encode("cp1252") + b"\r\n")


def blitar_2025(folder: Path) -> None:
    """Lists of masjid and ojek groups: the dead, the old, phones and RT/RW spoilt by Excel; one accepted finding."""
    inbox = folder_for(folder, "blitar-2025")
    invent = Invent(3572, ("357201", "357202", "357203"), "Blitar")
    marbot = invent.people(30, ["Marbot masjid", "Marbot", "Takmir masjid"], 2, 6)
    old = replace(marbot[6], born=dt.date(1950, 3, 1), nik="3572010103509905", sex="L", name="Slamet Misal Contoh")
    soon = replace(marbot[9], born=dt.date(1960, 9, 15), nik="3572021509609906", sex="L", name="Joko Umpama Semu")
    known = replace(marbot[12], born=dt.date(1958, 1, 5), nik="3572030501589907", sex="L", name="Karno Rekaan Model")
    marbot[6], marbot[9], marbot[12] = old, soon, known
    rows: Cells = [[n, p.nik, p.name, f"{p.place}, {p.born:%d-%m-%Y}", p.sex, p.address, p.category, ""]
                   for n, p in enumerate(marbot, 1)]  # fmt: skip
    rows[3][2] += " (Alm)"
    rows[14][7] = "meninggal"
    rows[15][7] = "istri meninggal"
    rows[20][6] = "Marbot masjid dan ojol"
    head = ["No", "NIK KTP", "Nama", "TTL", "L/P", "Alamat KTP", "Jenis Pekerjaan", "Ket."]
    page(inbox / "Masjid se-kecamatan.xlsx", ["DAFTAR MARBOT MASJID KOTA BLITAR", "30 ORANG"], head, rows)

    ojek = [*invent.people(36, ["Ojek online", "ojol", "Ojek Onlen"], 4, 2), *traps(invent, "Ojek online")]
    lines: Cells = []
    for n, p in enumerate(ojek, 1):
        phone: Any = p.phone
        if n % 5 == 0:
            phone = f"8,{p.phone[2:7]}E+11"
        elif n % 4 == 0:
            phone = f"{p.phone} / 0813{p.phone[4:]}"
        lines.append([p.name, p.nik, p.born, p.sex, p.category, phone])
    page(
        inbox / "paguyuban ojol.xlsx",
        [],
        ["Nama Anggota", "NO KTP", "Tanggal Lahir", "Gender", "Profesi", "No. WA"],
        lines,
    )

    rt = invent.people(24, ["Bendahara RT", "Bendahara RW"], 3, 5)
    shown: Cells = []
    for n, p in enumerate(rt, 1):
        rt_rw: Any = dt.date(2025, 5, 3) if n % 3 == 0 else "003/005" if n % 3 == 1 else "RT 3 RW 5"
        shown.append([n, p.name, p.nik, p.place, p.born, p.sex, rt_rw, p.category])
    shown[5][2] = shown[5][2].replace("0", "O", 2)
    page(
        inbox / "bendahara.xlsx",
        ["Data Bendahara RT/RW"],
        ["NO", "NAMA", "NIK", "TEMPAT LAHIR", "TANGGAL LAHIR", "JK", "RT/RW", "KATEGORI"],
        shown,
    )

    accepted: Cells = [
        [known.nik, "RK304", "Sudah peserta sejak 2019, diteruskan", "Dinas Contoh", dt.date(2025, 4, 2), ""],
        ["3572010101859999", "RK304", "Pindah kota", "Dinas Contoh", dt.date(2025, 4, 2), ""],
    ]
    page(folder / "pengecualian.xlsx", [], ["NIK", "Kode", "Alasan", "Oleh", "Tanggal", "Berlaku Sampai"], accepted)


def jambi_2025(folder: Path) -> None:
    """Proposals of RT heads, one sheet each, put together by a kelurahan: empty RTs, shifted cells, copied KKs."""
    inbox = folder_for(folder, "jambi-2025")
    invent = Invent(1571, ("157101", "157107", "157108"), "Jambi")
    book = xlsxwriter.Workbook(str(inbox / "Usulan RT Kelurahan Contoh.xlsx"))
    book.set_properties({"created": CREATED, "author": "Contoh"})
    head = ["No", "NIK", "No KK", "Nama", "Tgl Lahir", "RT", "Kel", "Pekerjaan"]
    for rt in (5, 6, 7):
        people = invent.people(18, ["Buruh harian lepas", "BHL", "Pekerja harian lepas", "Pelaku UKM"], rt, 1)
        rows: Cells = [[n, p.nik, p.kk, p.name, f"{p.born:%d/%m/%Y}", f"{rt:03}", "Contoh", p.category]
                       for n, p in enumerate(people, 1)]  # fmt: skip
        rows[2][5] = ""
        rows[4][2] = rows[4][1]  # the NIK in the column of the KK
        rows[8][7] = "harian lepas"
        fill(
            book,
            book.add_worksheet(f"RT {rt:02}"),
            [f"USULAN RT {rt:02}"],
            head,
            rows,
            [["", "Jumlah", "", "18 orang"]],
        )
    sheet = book.add_worksheet("Cadangan")
    extra: Cells = [
        [1, p.nik, p.kk, p.name, f"{p.born:%d/%m/%Y}", "008", "Contoh", p.category]
        for p in invent.people(3, ["UMKM"], 8, 1)
    ]
    fill(book, sheet, [], head, extra)
    sheet.hide()
    book.close()

    ojek = [
        *invent.people(30, ["Driver ojek online", "Ojek pangkalan", "Opang"], 2, 2),
        *traps(invent, "Ojek pangkalan"),
    ]
    lines: Cells = [[n, p.name, p.nik, p.kk, p.place, p.born, p.rt, "Misalan", "Telanaipura", p.category]
                    for n, p in enumerate(ojek, 1)]  # fmt: skip
    lines[3] = [4, ojek[3].category, *lines[3][2:9], ojek[3].name]  # name and work changed places
    for n in (10, 11):
        lines[n][3] = lines[9][3]
        lines[n][6] = 9  # one family, two RTs
    lines[15][2] = lines[16][2]
    page(
        inbox / "ojek telanaipura.xlsx",
        ["REKAP OJEK"],
        ["NO", "NAMA", "NIK", "NOKK", "TEMPAT LAHIR", "TGL LAHIR", "RT", "KELURAHAN", "KECAMATAN", "PROFESI"],
        lines,
    )

    ukm = invent.people(26, ["Pelaku UKM", "UKM"], 1, 1)
    body = "".join(
        f"<tr><td>{n}</td><td>{p.nik}</td><td>{p.name}</td><td>{p.born:%d-%m-%Y}</td><td>RT {p.rt:02}</td>"
        f"<td>Misalan</td><td>{p.category}</td></tr>\n"
        for n, p in enumerate(ukm, 1)
    )
    titles = "".join(
        f"<th>{text}</th>" for text in ("No", "NIK", "Nama", "Tanggal Lahir", "RT", "Kelurahan", "Kategori")
    )
    (inbox / "ekspor UKM.xls").write_bytes(
        f'<html><meta charset="utf-8"><table>\n<tr>{titles}</tr>\n{body}</table></html>\n'.encode()
    )


def pasuruan_2025(folder: Path) -> None:
    """Long lists of traders: the same person again, regions that do not exist, notes where values should be."""
    more = '\n[rules.RK241]\nignore = true\nreason = "Nomor HP dirapikan sendiri oleh dinas"\n'
    more += '\n[rules.RK302]\nseverity = "error"\n'
    inbox = folder_for(folder, "pasuruan-2025", more)
    invent = Invent(3575, ("357501", "357502", "357503", "357504"), "Pasuruan")
    traders = [*invent.people(60, ["Pedagang", "Penjual", "Pedagang pasar"], 1, 2), *traps(invent, "Pedagang")]
    rows: Cells = [[n, p.nik, p.name, p.place, f"{p.born:%d-%m-%Y}", p.sex, p.phone.replace("0", "+62", 1), p.category]
                   for n, p in enumerate(traders, 1)]  # fmt: skip
    one, two, three = traders[10], traders[20], traders[30]
    rows.append(
        [
            75,
            f"{one.nik[:15]}{(int(one.nik[15]) + 4) % 10}",
            one.name,
            one.place,
            f"{one.born:%d-%m-%Y}",
            one.sex,
            "",
            one.category,
        ]
    )
    rows.append(
        [76, two.nik, two.name.replace("a", "e", 1), two.place, f"{two.born:%d-%m-%Y}", two.sex, "", two.category]
    )
    rows[30][5] = "L" if three.sex == "P" else "P"
    rows[40][1] = "357599" + traders[40].nik[6:]
    rows[42][1] = "920101" + traders[42].nik[6:]  # from before Papua was split
    rows[50][2] = "Pedagang bakso 2"
    head = ["No", "No Identitas", "Nama Sesuai KTP", "Tempat", "Tanggal Lahir", "L/P", "Telp", "Mata Pencaharian"]
    page(inbox / "Pasar Contoh.xlsx", ["PEDAGANG PASAR CONTOH", "KOTA PASURUAN, 2025"], head, rows)

    coffee = invent.people(33, ["Pemilik warung kopi", "Warkop", "Warung  kopi"], 3, 3)
    lines: Cells = []
    for n, p in enumerate(coffee, 1):
        rounded = p.nik[:15] + "0"  # as a number in every fourth row, as a text again in every eleventh
        lines.append([p.name, int(rounded) if n % 4 == 0 else rounded if n % 11 == 0 else p.nik, p.born, p.category])
    page(inbox / "warkop.xlsx", [], ["Nama", "NIK", "Tgl Lhr", "Jenis Usaha"], lines)

    wood = invent.people(29, ["Tukang kayu", "Tukang kayoe", "Tukang mebel"], 4, 4)
    shown: Cells = [
        [n, p.nik, p.name, p.place, p.born, p.sex, p.mother, p.address, p.category] for n, p in enumerate(wood, 1)
    ]
    shown[3][8] = "Tukang batu"
    shown[7][7] = "Jl. Contoh Misal Rekaan Umpama " * 9
    shown[11][0] = 14  # numbers 12 and 13 are gone
    for n in range(12, len(shown)):
        shown[n][0] = n + 3
    turned = next(row for row in shown if row[4].day <= 12 and row[4].day != row[4].month)
    turned[4] = dt.date(turned[4].year, turned[4].day, turned[4].month)  # a program set to English read it
    page(
        inbox / "tukang kayu.xlsx",
        ["PAGUYUBAN TUKANG KAYU"],
        ["NO", "NIK", "NAMA", "TEMPAT LAHIR", "TGL LAHIR", "JK", "NAMA IBU KANDUNG", "ALAMAT", "PEKERJAAN"],
        shown,
        [["TOTAL", "", len(shown)]],
    )


def pekerja_rentan(folder: Path) -> None:
    """A city without a schema of its own: whatever work people write, no categories to hold it against."""
    inbox = folder_for(folder, "pekerja-rentan")
    invent = Invent(1, ("357101", "157101", "357501"), "Kota Contoh")
    people = [*invent.people(20, ["nelayan", "buruh cuci", "tukang pijat"], 1, 1), *traps(invent, "nelayan")]
    rows: Cells = [[n, p.nik, p.name, p.born, p.category, p.address] for n, p in enumerate(people, 1)]
    rows[4][3] = ""
    rows[7][1] = "NIK menyusul"
    page(
        inbox / "nelayan dan buruh cuci.xlsx",
        ["DATA PEKERJA"],
        ["No.", "NIK", "Nama", "Tanggal Lahir", "Pekerjaan", "Alamat"],
        rows,
    )
    some = invent.people(15, ["petani garam"], 2, 2)
    text = ["No,NIK,Nama Lengkap,Tanggal Lahir,JK"]
    text += [f'{n},{p.nik},"{p.name}",{p.born:%Y-%m-%d},{p.sex}' for n, p in enumerate(some, 1)]
    text[4] = text[4].replace(some[3].nik, "1111111111111111")
    (inbox / "garam.csv").write_text("\n".join(text) + "\n", encoding="utf-8")
    more = invent.people(18, ["pijat"], 3, 3)
    lines: Cells = [[p.name, p.nik, f"{p.born.day} {p.born:%B %Y}", p.kk] for p in more]
    lines[5][1] = lines[6][1]
    lines[9][2] = "17 Agustus 1945 (?)"
    old_page(inbox / "pijat.xls", "Tukang pijat", ["Nama", "NIK", "Tgl Lahir", "KK"], lines)


CITIES: dict[str, Callable[[Path], None]] = {
    "kediri-2024": kediri_2024,
    "blitar-2025": blitar_2025,
    "jambi-2025": jambi_2025,
    "pasuruan-2025": pasuruan_2025,
    "pekerja-rentan": pekerja_rentan,
}
