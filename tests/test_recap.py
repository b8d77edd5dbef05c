"""The recap: everybody in one state, costs to the rupiah, the coverage that the cities published."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from decimal import Decimal
from textwrap import wrap

import openpyxl
import pytest

from rosterkit import language
from rosterkit.recap.people import Recap
from rosterkit.recap.tables import coverage_lines, find_costs, percentage
from rosterkit.run.memory import load_run
from rosterkit.schema.load import load_contributions, load_roster
from rosterkit.write.books.recap import write_recap
from tests.golden.audit import audit
from tests.helpers import ROOT, SAMPLE, TODAY, check_json, cli

pytestmark = pytest.mark.slow


def recap_of(folder, *arguments):
    done = cli("recap", folder, *arguments, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def kediri(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kediri") / "kediri-2025"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("hasil"))
    document, _done = check_json(folder / "masuk")
    return folder, document


def test_everybody_is_in_one_state(kediri):
    folder, document = kediri
    told = recap_of(folder / "hasil")
    totals = told["totals"]
    assert totals["people"] == document["totals"]["rows"] == 429
    ready = totals["clean"] + totals["incomplete"]
    assert (ready, totals["incomplete"]) == (document["totals"]["clean_rows"], document["totals"]["incomplete_rows"])
    assert ready + totals["error"] + totals["duplicate"] + totals["not-in-decree"] == 429
    assert (totals["duplicate"], totals["not-in-decree"]) == (2, 5)
    for name, lines in told["tables"].items():
        for column, total in totals.items():
            if name != "sender" or column != "not-submitted":
                assert sum(line[column] for line in lines) == total, (name, column)
    senders = {line["label"]: line["people"] for line in told["tables"]["sender"]}
    assert senders["pabrik rokok contoh.csv"] == 120
    places = {line["label"]: line["people"] for line in told["tables"]["kelurahan"]}
    assert (places["Misalan"], places["Contohrejo"]) == (96, 31)  # from the letterheads
    assert len(document["decree"]["findings"]) == totals["not-submitted"] == 1


def test_the_workbook_has_native_charts(kediri):
    _folder, document = kediri
    book = openpyxl.load_workbook(document["outputs"]["recap"])
    assert book.sheetnames == [
        "HARI INI", "REKAP", "KATEGORI", "KELURAHAN", "KECAMATAN", "PENGIRIM", "SUMBER DANA", "BERKAS", "BELUM MASUK",
        "ORANG",
    ]  # fmt: skip
    category = book["KATEGORI"]
    assert [cell.value for cell in category[1]][:4] == [
        "Kategori",
        "Orang ditemukan",
        "Siap diunggah",
        "Siap, belum lengkap",
    ]
    assert [cell.value for cell in category[category.max_row]][:4] == ["Jumlah", 429, 95, 303]
    for name in book.sheetnames[1:7]:
        assert len(book[name]._charts) == 1, name
    amounts = [cell.value for row in book["REKAP"] for cell in row if isinstance(cell.value, int)]
    assert 398 * 16_800 * 12 in amounts


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_header_of_the_workbook_fits_its_column(kediri, tmp_path, lang):
    folder, _document = kediri
    recap = load_run(folder / "hasil")
    recap = replace(recap, awaited=(("RT 01", ()),), versions=(("a.xlsx", "b.xlsx"),))
    language.use(lang)
    try:
        write_recap(tmp_path / "rekap.xlsx", recap, load_roster("kediri-2025"), load_contributions(), TODAY)
    finally:
        language.use("id")
    book = openpyxl.load_workbook(tmp_path / "rekap.xlsx")
    assert len(book.sheetnames) == 11
    for sheet in book:
        headers = [cell for row in sheet for cell in row if cell.value and cell.fill.fgColor.rgb == "FFDDEBF7"]
        widths = {n: int(c.width) for c in sheet.column_dimensions.values() for n in range(c.min, c.max + 1)}
        assert len(headers) >= 3, sheet.title
        for header in headers:
            assert header.column in widths, (sheet.title, header.value)
            width = widths[header.column]
            lines = wrap(header.value, width, break_long_words=False)  # the row of headers is two lines high
            assert max(map(len, lines)) <= width, (sheet.title, header.value)
            assert len(lines) <= 2, (sheet.title, header.value)


def test_the_annex_is_the_clean_list(kediri, tmp_path):
    folder, _document = kediri
    told = recap_of(folder / "hasil", "--annex", tmp_path / "lampiran.xlsx")
    assert audit(tmp_path / "lampiran.xlsx") == audit(folder / "hasil" / "rekap.xlsx") == {}
    (page,) = openpyxl.load_workbook(tmp_path / "lampiran.xlsx")
    lines = [[cell.value for cell in row] for row in page]
    head = next(number for number, line in enumerate(lines) if line[0] == "NO")
    people = [line for line in lines[head + 1 :] if isinstance(line[0], int)]
    assert lines[head] == ["NO", "NIK", "NAMA", "ALAMAT", "KATEGORI"]
    assert [line[0] for line in people] == list(range(1, told["totals"]["clean"] + told["totals"]["incomplete"] + 1))
    assert all(len(line[1]) == 16 for line in people)
    assert any("DAFTAR PENERIMA: 398 ORANG" in str(line[0]) for line in lines[:head])
    checked = cli("decree", "check", tmp_path / "lampiran.xlsx", "--schema", "kediri-2025", "--format", "json")
    totals = json.loads(checked.stdout)["totals"]
    assert (totals["rows"], totals["error"], totals["warning"]) == (398, 0, 0)


def test_a_folder_without_a_run_is_said(tmp_path):
    done = cli("recap", tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "rosterkit check" in done.stderr


def cost_of(schema: str, what: str, people: int | None = None):
    spec = load_roster(schema)
    import polars as pl

    empty = Recap(schema, pl.DataFrame({"state": []}, schema={"state": pl.String}), pl.DataFrame(), people, ())
    (found,) = [cost for cost in find_costs(empty, spec, load_contributions()) if cost.what == what]
    return found


def test_the_costs_of_the_cities():
    jambi = cost_of("jambi-2025", "quota")
    assert (jambi.people, jambi.months, jambi.monthly) == (3_000, 12, 16_800)
    assert (jambi.total, jambi.left) == (604_800_000, -800_000)  # the budget is 604,000,000
    assert cost_of("blitar-2025", "quota").total == 302_400_000
    assert cost_of("pasuruan-2025", "decree", 9_038).total == 9_038 * 16_800


def test_the_coverage_of_kediri():
    told = {one.as_of: coverage_lines(one) for one in load_roster("kediri-2024").coverage}
    percents = {day: [line[3] for line in lines] for day, lines in told.items()}
    assert percents == {
        "Mei 2024": [Decimal("49.55"), Decimal("28.19"), Decimal("41.70")],
        "2023": [Decimal("49.65"), Decimal("43.23"), Decimal("47.26")],
    }
    assert percentage(1, 0) is None


def test_reliefs_are_not_for_public_money():
    from datetime import date

    from rosterkit.schema.layers import Layer
    from rosterkit.schema.programme import Sector

    def monthly(source: str | None, sector: Sector | None = "transport") -> int | None:
        over = {"funding": {"source": source}, "period": {"start": "2026-01-01", "months": 1}}
        spec = load_roster("blitar-2025", (), Layer(ROOT / "x.toml", over))
        return load_contributions().monthly(spec, date(2026, 1, 1), sector)

    assert monthly("APBD Kota Contoh") == monthly("APBD") == monthly("DBHCHT") == monthly(None) == 16_800
    assert monthly("Mandiri") == 8_400
    assert monthly("Mandiri", "other") == monthly("Mandiri", None) == 16_800
