"""Messages say what stands there and what is right, to the office and to the sender."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from rosterkit.model.finding import Finding
from rosterkit.report.facts import describe_characters, hide, mask_numbers, name_some
from rosterkit.report.places import person_text
from rosterkit.report.words import Words
from tests.helpers import EXAMPLE_DECREE, HEAD, SPEC, findings_of

OFFICE, SENDER = Words(SPEC.labels()), Words(SPEC.labels(), to_sender=True)
ROW = "| {} | Contoh Satu | {} | {} |\n"


def one(nik: str = "3571010101859901", born: str = "01-01-1985", category: str = "Pemulung") -> Finding:
    """The gravest finding of one person."""
    found = findings_of(HEAD + ROW.format(nik, born, category))
    return min(found, key=lambda finding: finding.severity.rank)


@pytest.mark.parametrize(
    ("person", "message"),
    [
        ({"nik": "357101010185990"}, "NIK hanya 15 digit, seharusnya 16."),
        ({"nik": "35710101018599012"}, "NIK 17 digit, seharusnya 16."),
        ({"nik": "35710101O1859901"}, "NIK berisi huruf O; mungkin maksudnya angka 0."),
        ({"nik": "35710101Ol859901"}, "NIK berisi huruf O, l; mungkin maksudnya angka 0, 1."),
        ({"nik": "357101xxxxxx9901"}, "NIK sebagian ditutup (huruf x), jadi nomornya tidak lengkap."),
        ({"nik": "3571010101859?01"}, "NIK berisi tanda ?; seharusnya angka semua."),
        ({"nik": "1111111111111111"}, "NIK berisi nomor pengisi (1111111111111111), bukan nomor KTP."),
        ({"nik": "3571010101850000"}, "NIK tidak mungkin benar: nomor urut tertulis nol."),
        ({"nik": "nyusul"}, "NIK berisi huruf n, y, u dan 2 lagi; seharusnya angka semua."),
        ({"nik": "-"}, 'NIK hanya berisi "-", jadi dianggap kosong.'),
        ({"nik": ""}, "NIK kosong."),
        ({"born": "31-02-1985"}, "Tanggal lahir 31-02-1985 tidak ada di kalender."),
        ({"born": "17-08-2085"}, "Tanggal lahir 17-08-2085 ada di masa depan."),
        ({"born": "17-08-1885"}, "Tanggal lahir 17-08-1885 lebih lama dari tahun 1900."),
        ({"born": "1985"}, "Tanggal lahir hanya berisi tahun (1985)."),
        ({"category": "bakso"}, 'Kategori "bakso" tidak ada dalam program ini.'),
        (
            {"category": "pemulugn sampha"},
            'Kategori "pemulugn sampha" tidak ada dalam program ini; mungkin maksudnya Pemulung.',
        ),
    ],
)
def test_a_message_names_what_stands_there(person: dict[str, str], message: str) -> None:
    assert OFFICE.message(one(**person)) == message


def test_a_swapped_nik_and_kk_are_one_finding() -> None:
    table = "| NIK | No KK | Nama | Tanggal Lahir | Kategori |\n|---|---|---|---|---|\n"
    found = findings_of(table + "| 3571013501129902 | 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |\n")
    assert [finding.code for finding in found] == ["RK110"]
    assert OFFICE.message(found[0]).startswith("NIK dan nomor KK tampaknya tertukar")
    assert SENDER.message(found[0]) == "NIK dan nomor KK tampaknya tertukar."


def test_people_are_named_with_their_numbers() -> None:
    head = "| No | NIK | Nama | Tanggal Lahir | Kategori |\n|---|---|---|---|---|\n"
    rows = "".join(
        f"| {n} | 3571010101859901 | Contoh {name} | 01-01-1985 | Pemulung |\n" for n, name in enumerate("ABCDEF", 3)
    )
    first = next(finding for finding in findings_of(head + rows) if finding.code == "RK401")
    others = "No. 4 Contoh B (baris 3), No. 5 Contoh C (baris 4), No. 6 Contoh D (baris 5) dan 2 lagi"
    assert OFFICE.message(first) == f"NIK dipakai 6 kali dalam berkas ini; juga oleh {others}."
    assert SENDER.message(first) == f"NIK-nya sama dengan {others}."
    assert first.place.number == "3"


def test_without_numbers_rows_do() -> None:
    twice = HEAD + ROW.format("3571010101859901", "01-01-1985", "Pemulung") * 2
    first = findings_of(twice)[0]
    assert person_text(first.related[0], first.place) == "Contoh Satu (baris 3)"


def test_a_decree_with_another_nik_is_told_to_the_office_alone() -> None:
    decree = EXAMPLE_DECREE.with_columns(nik=pl.lit("3571010101859977"))
    (found,) = findings_of(HEAD + ROW.format("3571010101859901", "01-01-1985", "Pemulung"), decree=decree)
    assert OFFICE.message(found).endswith("ada dengan NIK 357101******9977.")
    assert SENDER.message(found) == "NIK-nya tidak ada dalam SK."


def test_another_sender_is_named_but_not_her_people() -> None:
    head = "| Berkas | NIK | Nama | Tanggal Lahir | Kategori |\n|---|---|---|---|---|\n"
    rows = "".join(
        f"| {name}.xlsx | 3571010101859901 | Contoh {name} | 01-01-1985 | Pemulung |\n" for name in ("Satu", "Dua")
    )
    found = [finding for finding in findings_of(head + rows) if finding.code == "RK402"]
    assert OFFICE.message(found[0]) == "NIK juga ada di Dua.xlsx (Contoh Dua, Contoh!A3)."
    assert SENDER.message(found[0]) == "NIK-nya juga diusulkan oleh pengirim lain."
    assert found[0].place.path == Path("Satu.xlsx")


def test_nothing_is_said_to_a_sender_of_what_is_merely_tidied() -> None:
    (found,) = findings_of(HEAD + ROW.format("3571.0101.0185.9901", "01-01-1985", "Pemulung"))
    assert (found.code, SENDER.message(found), SENDER.hint(found)) == ("RK202", "", "")
    assert SENDER.is_silent(found)
    assert not OFFICE.is_silent(found)


def test_what_changed_in_meaning_is_told() -> None:
    (found,) = findings_of(HEAD + ROW.format("3571010101859901", "n:31048", "Pemulung"))
    assert found.code == "RK202"
    assert SENDER.message(found) == 'Tanggal lahir "31048" kami baca sebagai 01-01-1985.'


def test_numbers_of_persons_are_masked_and_those_of_nobody_are_not() -> None:
    assert mask_numbers("NIK 3571010101859901, HP 081234567890") == "NIK 357101******9901, HP 08**********"
    assert mask_numbers("1111111111111111") == "1111111111111111"
    assert (hide("-"), hide("Contoh Ibu")) == ("-", "Co*******")
    assert hide("Ibu Contoh Umpama Rekaan") == "Ib*******************"  # not as a number, of which both ends stay


def test_three_are_named_and_the_others_counted() -> None:
    assert name_some(["a", "b", "c"]) == "a, b, c"
    assert name_some(["a", "b", "c", "d"]) == "a, b, c dan 1 lagi"
    assert describe_characters("O*") == "huruf O dan tanda *"
