"""What goes back to a sender: never a number, a cell or a person that she did not write herself."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from rosterkit.report.words import Words
from rosterkit.rules import RULES
from rosterkit.rules.base import Rule
from tests.helpers import REST, REST_ROW, SPEC, check_json, findings_of_example, write_book

HEAD = ["NIK", "Nama", "Tanggal Lahir", "Kategori", *REST]
DECREE_NIK = "3571010101859901"  # what stood there before Excel rounded it; only the office's lists know it
OTHER = "Rahasia Tetangga"


def row(nik: object, name: str, born: str, category: str = "Pemulung") -> list[object]:
    return [nik, name, born, category, *REST_ROW]


def folder_with_every_leak(folder: Path) -> Path:
    """Two senders whose people meet in every rule that knows of somebody else's rows, and the office's own lists."""
    mine = [
        row(3571010101859900, "Contoh Satu", "01-01-1985"),  # RK212 with a candidate
        row("3571010201859902", "Contoh Dua", "02-01-1985"),  # RK402, and RK502: another name in the decree
        row("3571010301859903", "Contoh Tiga Misal", "03-01-1985"),  # RK403: elsewhere under another NIK
        row("3571010401859904", "Contoh Empat Misal", "04-01-1985"),  # RK404: elsewhere one digit away
        row("3571010501859905", "Contoh Lima", "05-01-1985"),  # RK505
        row("3571010701859906", "Contoh Enam Rekaan", "07-01-1985"),  # RK501: in the decree under another NIK
    ]
    shared = [row(f"35710106018599{n}", f"Umpama {'ABCDEFGH'[n % 8] * 5}", "06-01-1985") for n in range(20, 28)]
    masuk = folder / "masuk"
    masuk.mkdir(parents=True)
    write_book(masuk / "RT 01.xlsx", [HEAD, *mine, *shared], "Daftar Kami")
    theirs = [
        row("3571010201859902", OTHER, "02-01-1985"),
        row("3571020301859977", "Contoh Tiga Misal", "03-01-1985"),
        row("3571010401859954", "Contoh Empat Misal", "04-01-1985"),
        *shared,
    ]
    write_book(masuk / "Tetangga.xlsx", [HEAD, *theirs], "Lembar Tetangga")
    decree = [[DECREE_NIK, "Contoh Satu"], ["3571010201859902", "Nama Menurut SK"], *([r[0], r[1]] for r in mine[2:5])]
    decree = [[*one, ""] for one in (*decree, *([r[0], r[1]] for r in shared))]
    elsewhere = ["3571010701859988", "Contoh Enam Rekaan", "07-01-1985"]
    write_book(folder / "SK.xlsx", [["NIK", "Nama", "Tanggal Lahir"], *decree, elsewhere])
    start = dt.date(2019, 1, 1)
    insured = [[mine[4][0], "25000009905", mine[4][1], start, None], [DECREE_NIK, "25000009901", "Contoh Satu", start]]
    write_book(folder / "peserta.xlsx", [["NIK", "KPJ", "Nama", "Tgl Kepesertaan", "Tgl Berakhir"], *insured])
    return masuk


def texts_of(path: Path) -> str:
    """All text that a copy (every part of it) or a reply holds."""
    if path.suffix == ".txt":
        return path.read_text(encoding="utf-8-sig")
    with zipfile.ZipFile(path) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def long_numbers(text: str) -> set[str]:
    return set(re.findall(r"(?<![0-9A-Fa-f])[0-9]{15,17}(?![0-9A-Fa-f])", text))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_copy_and_a_reply_hold_only_what_the_sender_wrote(tmp_path: Path, language: str) -> None:
    masuk = folder_with_every_leak(tmp_path)
    lists = ("--decree", tmp_path / "SK.xlsx", "--participants", tmp_path / "peserta.xlsx")
    document, _ = check_json(masuk, "--schema", "kediri-2025", *lists, "--lang", language, "--unmask", "--apply-fixes")
    codes = {finding["code"] for file in document["files"] for finding in file["findings"]}
    assert codes >= {"RK212", "RK402", "RK403", "RK404", "RK405", "RK501", "RK502", "RK505"}
    office = next(f for file in document["files"] for f in file["findings"] if f["code"] == "RK212")
    assert office["fix"]["value"] == DECREE_NIK  # the office itself is told
    for file, other in zip(document["files"], reversed(document["files"]), strict=True):
        own = texts_of(Path(file["path"])) + "3571010101859900"
        for output in (file["outputs"]["annotated"], file["outputs"]["reply"]):
            text = texts_of(Path(output))
            # SHA-256 and GUIDs are no numbers of people: only whole words of digits count
            assert long_numbers(text) <= long_numbers(own), output
            name = Path(other["path"]).name
            assert name not in text
            assert name.removesuffix(".xlsx") not in text
            for sheet in other["sheets"]:
                assert sheet["name"] not in text
            assert "Nama Menurut SK" not in text
            if name == "Tetangga.xlsx":
                assert OTHER not in text


NOT_HERS = ("candidate", "decree_nik", "decree_name", "since", "until", "grace", "word", "source")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
@pytest.mark.parametrize("unmask", [True, False], ids=["copy", "reply"])
def test_no_rule_tells_a_sender_what_she_did_not_write(rule: Rule, unmask: bool) -> None:
    words = Words(SPEC.labels(), unmask=unmask, to_sender=True)
    for finding in findings_of_example(rule, rule.wrong):
        said = f"{words.message(finding)} {words.hint(finding)}"
        others = [place for place in finding.related if place.path != finding.place.path]
        secrets = [finding.facts.get(name) for name in NOT_HERS]
        secrets += [text for place in others for text in (place.path.name, place.path.stem, place.person, place.cell)]
        if rule.cells and rule.cells.fix_from_lists:
            secrets.append(finding.fix.value if finding.fix else None)
            assert words.suggestion(finding) is None
        assert not [secret for secret in secrets if secret and re.search(rf"\b{re.escape(str(secret))}\b", said)], said
        assert long_numbers(said) <= long_numbers(rule.wrong), said


@pytest.mark.slow
def test_the_cells_of_a_copy_still_say_what_is_wrong(tmp_path: Path) -> None:
    masuk = folder_with_every_leak(tmp_path)
    document, _ = check_json(masuk, "--schema", "kediri-2025", "--decree", tmp_path / "SK.xlsx")
    page = openpyxl.load_workbook(document["files"][0]["outputs"]["annotated"])["Daftar Kami"]
    remarks = [str(row[-2].value) for row in page.iter_rows(min_row=2)]
    assert "Digit terakhir NIK diganti 0 oleh Excel." in remarks[0]
    assert "NIK-nya juga diusulkan oleh pengirim lain." in remarks[1]
    assert "nama dan tanggal lahir yang sama juga diusulkan oleh pengirim lain" in remarks[2]
    assert "NIK dan nama yang hampir sama juga diusulkan oleh pengirim lain" in remarks[3]
