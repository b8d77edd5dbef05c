"""Every programme checks its own samples, and finds what is wrong in them and nothing else."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from rosterkit.schema.find import shipped_names
from rosterkit.schema.load import load_roster
from tests.helpers import ROOT, check_json

pytestmark = pytest.mark.slow

SAMPLES = ROOT / "samples"
GOLDEN = Path(__file__).parent / "golden" / "samples.json"
# Depends on the day of the check: the generic schema has no period.
MOVING = {("pekerja-rentan", "RK304")}


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """Each sample's document, from a copy."""
    documents = {}
    for schema in shipped_names("rosters"):
        folder = tmp_path_factory.mktemp(schema) / schema
        shutil.copytree(SAMPLES / schema, folder, ignore=shutil.ignore_patterns("hasil"))
        documents[schema], done = check_json(folder / "masuk")
        assert done.returncode == 1, done.stderr
    return documents


def found(schema: str, document: dict) -> dict[str, dict[str, list[str]]]:
    """File -> code -> cells, repairs and the columns that the form misses left out."""
    files: dict[str, dict[str, list[str]]] = {}
    for file in document["files"]:
        cells = defaultdict(list)
        for finding in file["findings"]:
            quiet = finding["severity"] == "info" and finding["code"] not in ("RK216", "RK406")
            if not quiet and finding["code"] != "RK206" and (schema, finding["code"]) not in MOVING:
                cells[finding["code"]].append(f"{finding['sheet']}!{finding['cell']}")
        files[Path(file["path"]).name] = {code: sorted(places) for code, places in sorted(cells.items())}
    return files


def test_what_is_found_is_what_was_put_in(checked):
    now = {schema: found(schema, document) for schema, document in checked.items()}
    wanted = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert now == wanted, (
        "A verdict on a sample changed. If that is what you meant, look at each cell, then write what stands above"
        f" to {GOLDEN.relative_to(ROOT)} (python -m tests.test_samples)."
    )


@pytest.mark.parametrize("schema", shipped_names("rosters"))
def test_every_programme_has_three_rosters_and_says_what_it_pays(schema):
    spec = load_roster(schema)
    assert len(list((SAMPLES / schema / "masuk").iterdir())) >= 3
    if schema != "pekerja-rentan":
        assert spec.period
        assert spec.locality
        assert spec.funding.source
        assert spec.contribution
        assert spec.categories


@pytest.mark.parametrize("schema", ["kediri-2024", "blitar-2025", "jambi-2025", "pasuruan-2025", "pekerja-rentan"])
def test_people_who_only_look_alike_are_left_alone(checked, schema):
    """Twins, single names, Sri Wahyuni and Sri Wahyudi, bin and binti, initials."""
    traps = 0
    for file in checked[schema]["files"]:
        for finding in file["findings"]:
            assert "Sri Wahyu" not in str(finding["value"])
            if finding["code"] in ("RK403", "RK404"):
                assert finding["value"] not in ("Hasan Contoh", "Husein Contoh", "Rina Contoh", "Slamet", "A. Contoh")
        traps += sum(sheet["rows"] for sheet in file["sheets"])
    assert traps > 40


def test_accepted_findings_are_shown_and_not_counted(checked):
    document = checked["blitar-2025"]
    (masjid,) = [file for file in document["files"] if "Masjid" in file["path"]]
    (accepted,) = masjid["accepted"]
    assert (accepted["code"], accepted["cell"]) == ("RK304", "D17")
    assert accepted["accepted"]["by"] == "Dinas Contoh"
    assert "D17" not in {finding["cell"] for finding in masjid["findings"] if finding["severity"] == "error"}
    assert document["exceptions"] == [{"row": 3, "message": "orangnya tidak ada dalam berkas yang diperiksa"}]
    uploaded = sum(sheet["clean_rows"] for sheet in masjid["sheets"])
    held = {finding["row"] for finding in masjid["findings"] if finding["severity"] == "error"}
    assert uploaded == 30 - len(held)


def test_what_is_ignored_is_said_with_its_reason(checked):
    document = checked["pasuruan-2025"]
    assert document["ignored"] == [{"code": "RK241", "columns": [], "reason": "Nomor HP dirapikan sendiri oleh dinas"}]
    codes = {finding["code"]: finding["severity"] for file in document["files"] for finding in file["findings"]}
    assert "RK241" not in codes
    assert codes["RK302"] == "error"


def test_samples_can_be_made_again(tmp_path):
    subprocess.run([sys.executable, SAMPLES / "make.py", tmp_path], check=True)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert len(made) >= 30
    for path, content in made.items():
        assert (SAMPLES / path).read_bytes() == content, path


if __name__ == "__main__":
    told = {}
    for name in shipped_names("rosters"):
        report, _done = check_json(SAMPLES / name / "masuk")
        told[name] = found(name, report)
    GOLDEN.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
