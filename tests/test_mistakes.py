"""Whatever stands in a schema file: what is wrong is told with file, line and key, and never in pydantic's words."""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import ValidationError
from pydantic_core.core_schema import ErrorType

from rosterkit.errors import SchemaError, UsageError
from rosterkit.rules import BY_CODE, rule_codes
from rosterkit.schema import find, load
from rosterkit.schema.contributions import Contributions
from rosterkit.schema.find import shipped_folder
from rosterkit.schema.header_words import HeaderWords
from rosterkit.schema.mistakes import GENERAL, PATTERNS, TEXTS, find_mistakes
from rosterkit.schema.model import Strict
from rosterkit.schema.population import MembershipSpec, PopulationSpec
from rosterkit.schema.remarks import RemarkSpec
from rosterkit.schema.spec import RosterSpec
from rosterkit.schema.upload_spec import UploadSpec
from rosterkit.schema.validate import adapter, validate
from rosterkit.schema.words import WordsSpec
from rosterkit.schema.yaml import line_in_yaml, load_yaml
from rosterkit.settings import read_project
from tests.helpers import cli, good_book

FORBIDDEN = re.compile(
    r"pydantic|https?://|yaml\.dev|type=|input_value|input should|field required|extra inputs|value error|validation"
    r"|should|expected|string|integer|boolean|mapping|dictionary|tuple|literal|\[key\]|datetime|\w+Spec\b|<class"
    r"|codec|byte|traceback|unexpected|found |line \d",
    re.IGNORECASE,
)
WRONG: dict[str, Any] = {
    "text": "kata biasa",
    "empty": "",
    "number": 7,
    "negative": -1.5,
    "huge": 10**30,
    "nan": float("nan"),
    "switch": True,
    "day": dt.date(2025, 1, 31),
    "list": ["satu", 2, None],
    "mapping": {"kunci": "isi"},
    "null": None,
    "nested": {"satu": {"dua": [{"tiga": 4}]}},
}
ALL_KEYS = """\
kind: roster
name: semua
title: Semua kunci
extends: kediri-2025
in_force: {number: x, start: 2025-01-01, end: 2025-12-31}
ages: {min: 17, max: 64}
address: [rt, rw]
joined: [{fields: [birth_place, birth_date], aliases: [TTL]}]
funding: {source: APBD, budget: 5, allows: [PEMULUNG], refuses: [OJEK]}
quota: {total: 5, categories: {PEMULUNG: 3}}
tolerance: {name: 80, category: 1, household: 10}
duplicates: ask
chain: [rt, kelurahan]
coverage: [{as_of: "2025-01-31", segments: [{name: satu, potential: 2, realised: 1}]}]
annex: {title: [satu], place: Misal, office: Dinas, signer: Contoh}
leaving: {reason: "1", note: keluar}
rules:
  RK301: {severity: info}
  RK202: {ignore: [name], reason: nama dirapikan dinas}
  RK303: {ignore: true, reason: contoh}
"""
MODELS = {
    "rosters": RosterSpec,
    "uploads": UploadSpec,
    "contributions": Contributions,
    "membership": MembershipSpec,
    "population": PopulationSpec,
    "remarks": RemarkSpec,
    "headers": HeaderWords,
    "words": WordsSpec,
}


@pytest.fixture(scope="module")
def schemas(tmp_path_factory) -> Iterator[Path]:
    """A copy of the shipped schemas, with one that has every key, in the place of the shipped ones."""
    folder = tmp_path_factory.mktemp("schemas") / "schemas"
    shutil.copytree(shipped_folder(), folder)
    (folder / "rosters" / "semua.yaml").write_text(ALL_KEYS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for module in (find, load):
            patch.setattr(module, "shipped_folder", lambda: folder)
        yield folder


def model_of(path: Path) -> type[Strict]:
    return MODELS.get(path.parent.name) or MODELS[path.stem]


def load_file(path: Path) -> object:
    """Load a schema file as a run does."""
    if path.parent.name == "rosters":
        return load.load_roster(path.stem, rule_codes)
    if path.parent.name == "uploads":
        return load.load_upload(path.stem)
    return getattr(load, "load_header_words" if path.stem == "headers" else f"load_{path.stem}")()


def places(data: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The keys that lead to every value of some data."""
    if at:
        yield at
    inner = data.items() if isinstance(data, Mapping) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inner:
        yield from places(value, (*at, key))


def replaced(data: Any, keys: tuple[Any, ...], value: Any) -> Any:
    """The data with another value at a place."""
    if not keys:
        return value
    changed = copy.copy(data)
    changed[keys[0]] = replaced(data[keys[0]], keys[1:], value)
    return changed


def shape(keys: tuple[Any, ...]) -> tuple[Any, ...]:
    """A place without the numbers of lists and the names of columns: one of each is enough where time matters."""
    known = ("*" if isinstance(key, int) else key for key in keys)
    return tuple("*" if number == 1 and keys[0] == "columns" else key for number, key in enumerate(known))


def assert_plain(told: str) -> None:
    assert not FORBIDDEN.search(told), told
    assert GENERAL not in told
    assert re.search(r"[a-z]", told)


def shipped_files() -> list[Path]:
    return sorted(shipped_folder().rglob("*.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(shipped_files()) + 1))
def test_no_value_in_any_place_is_told_in_words_of_pydantic(number, schemas):
    """Every value of every shipped file, replaced by each kind of value."""
    path = sorted(schemas.rglob("*.yaml"))[number]
    model, data = model_of(path), load_yaml(path.read_text(encoding="utf-8"))
    told = 0
    for keys in places(data):
        for value in WRONG.values():
            changed = replaced(data, keys, value)
            try:
                validate(model, changed, context={"codes": BY_CODE})
            except ValidationError as error:
                mistakes = find_mistakes(model, error, changed)
                assert mistakes
                for mistake in mistakes:
                    assert_plain(f"{mistake.text} {mistake.keys}")
                told += 1
    assert told > 20


@pytest.mark.slow
def test_every_file_names_itself_and_the_line(schemas):
    """One value of each shape, in real files; the line is that of the key, or of the one above a missing one."""
    seen = set()
    for path in sorted(schemas.rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        data = load_yaml(text)
        for keys in places(data):
            what = (model_of(path), shape(keys))
            if what in seen:
                continue
            seen.add(what)
            for value in (WRONG["text"], WRONG["nested"]):
                changed = json.dumps(replaced(data, keys, value), indent=1, default=str)
                path.write_text(changed, encoding="utf-8")
                try:
                    load_file(path)
                except SchemaError as error:
                    for told in str(error).splitlines():
                        assert_plain(told.replace(str(path), ""))
                        line = re.search(rf"^{re.escape(str(path))}, baris (\d+)", told)
                        assert line, told
                        assert int(line[1]) <= changed.count("\n") + 1
        path.write_text(text, encoding="utf-8")
    assert len(seen) > 80


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("period: {start: 2025-02-30, months: 12}\n", 5, ["period.start", "harus tanggal", "2025-02-30"]),
        ("period: {start: 20250131, months: 12}\n", 5, ["period.start", "harus tanggal", "20250131"]),
        ('period: {start: "20250131", months: 12}\n', 5, ["period.start", "harus tanggal"]),
        ("period: {start: 31-01-2025, months: 12}\n", 5, ["harus tanggal", "2025-01-31", "'31-01-2025'"]),
        ("in_force:\n  number: x\n", 5, ["in_force.start", "wajib ada"]),
        ("period:\n  start: 2025-01-01\n  months: 90\n", 7, ["period.months", "paling besar 60", "Sekarang: 90"]),
        ("period:\n  start: 2025-01-01\n  months: setahun\n", 7, ["angka bulat", "'setahun'"]),
        ("ages: 64\n", 5, ["kunci ages", "kunci: isi"]),
        ("chain: rt\n", 5, ["kunci chain", "harus daftar", "'rt'"]),
        ("columns:\n  umur: {label: Umur}\n", 6, ["columns.umur", "'umur' tidak dikenal", "'birth_date'"]),
        ("columns:\n  nik: {label: 5}\n", 6, ["columns.nik.label", "tanda kutip"]),
        ("joined: [{fields: [rt], aliases: []}]\n", 5, ["joined.0.fields.1", "wajib ada"]),
        ("rules:\n  RK301: {ignore: mungkin, reason: x}\n", 6, ["RK301.ignore", "true atau false, atau harus daftar"]),
        ("rules:\n  RK301: {ignore: [umur], reason: x}\n", 6, ["RK301.ignore.0", "'umur' tidak dikenal"]),
        ("funding: {budget: 1.5}\n", 5, ["funding.budget", "angka bulat"]),
        ("kind: upload\n", 5, ["kind", "ditulis dua kali"]),
        ("ages: [\n", 6, ["YAML"]),
        ("true: 5\n", 5, ["nama kunci harus teks"]),
        ("ages: &a {min: *a}\n", 5, ["ages"]),
        ("ages: !python/x 5\n", 5, ["YAML"]),
        ("annex: {title: \x01}\n", 1, ["UTF-8"]),
        ("locality: 3.5\n", 5, ["locality", "tanda kutip"]),
    ],
)
def test_mistakes_that_somebody_makes(text, line, words, tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(f"kind: roster\nname: own\ntitle: Own\nextends: kediri-2025\n{text}", encoding="utf-8")
    with pytest.raises(SchemaError) as refused:
        load.load_roster(str(path), rule_codes)
    (told,) = str(refused.value).splitlines()
    assert told.startswith(f"{path}, baris {line}")
    assert_plain(told.replace(str(path), ""))
    for word in words:
        assert word in told


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (("family: bpjs", "family: Contoh Jiwa"), ["kunci family", "hanya huruf kecil", "'Contoh Jiwa'"]),
        (("sheet: BPU", "sheet: A/B"), ["kunci sheet", "Excel tidak menerima"]),
        (("sheet: BPU", f"sheet: {'A' * 32}"), ["kunci sheet", "paling banyak 31 huruf"]),
        (("row_limit: 10000", "row_limit: 0"), ["row_limit", "paling kecil 1"]),
        (("kind: upload", "kind: roster"), ["kunci kind", "'roster' tidak dikenal"]),
        (
            ("{header: NIK, from: nik, required: true", "{header: NIK, from: nik, required: bukan"),
            ["columns.0.required", "true atau false"],
        ),
        (("{header: NIK, from: nik,", "{header: NIK, from: umur,"), ["columns.0.from", "'umur'", "'age'", "'rt'"]),
        (("{header: NIK, from: nik,", "{header: NIK, form: nik,"), ["columns.0.form", 'Maksudnya "from"?']),
        (("{header: NIK, from: nik,", "{header: NIK, from: nik, constant: x,"), ["columns.0", "constant tidak bisa"]),
    ],
)
def test_mistakes_in_a_form(changed, words, tmp_path):
    text = (shipped_folder() / "uploads" / "bpu-plain.yaml").read_text(encoding="utf-8")
    text = text.replace("title:", "family: bpjs\ntitle:")
    assert text.count(changed[0]) == 1
    path = tmp_path / "own.yaml"
    path.write_text(text.replace(*changed), encoding="utf-8")
    with pytest.raises(SchemaError) as refused:
        load.load_upload(str(path))
    (told,) = str(refused.value).splitlines()
    line = text[: text.index(changed[0])].count("\n") + 1
    assert told.startswith(f"{path}, baris {line}, ")
    assert_plain(told.replace(str(path), ""))
    for word in words:
        assert word in told


TOML = """\
schema = "kediri-2025"
upload = "bpu-plain"
deadline = 2025-06-30
chain = ["rt"]
duplicates = "ask"
[ages]
max = 80
[period]
start = 2025-01-01
months = 12
[in_force]
start = 2025-01-01
[funding]
source = "APBD"
budget = 5
allows = ["PEMULUNG"]
[quota]
total = 5
[tolerance]
name = 80
[annex]
title = ["satu"]
[leaving]
reason = "1"
[rules.RK301]
severity = "info"
[rules.RK202]
ignore = ["name"]
reason = "contoh"
[[coverage]]
as_of = "2025-01-31"
segments = [{name = "satu", potential = 2, realised = 1}]
[[coverage]]
as_of = "2025-02-28"
segments = [{name = "dua", potential = 2, realised = 1}]
"""


@pytest.mark.slow
def test_mistakes_in_rosterkit_toml(tmp_path):
    """Each value replaced by each kind of value: the file and the line of the value are named."""
    path = tmp_path / "rosterkit.toml"
    lines = TOML.splitlines()
    told = 0
    for number, line in enumerate(lines):
        key, equals, _value = line.partition(" = ")
        for value in ('"kata biasa"', "-1.5", "2025-01-31", "[1]", "{a = {b = 1}}") if equals else ():
            changed = [*lines[:number], f"{key} = {value}", *lines[number + 1 :]]
            path.write_text("\n".join(changed), encoding="utf-8")
            try:
                known = read_project(tmp_path)
                load.load_roster(known["schema"], rule_codes, known["override"])
            except UsageError as error:
                for one in str(error).splitlines():
                    assert_plain(one.replace(str(tmp_path), ""))
                    assert f"{path}, baris {number + 1}" in one or line.startswith("schema")
                told += 1
    assert told > 60
    for text in ("a = \n", "a = 1\na = 2\n", '[x\n"', 'unknown = 1\nschema = "kediri-2025"\n'):
        path.write_text(text, encoding="utf-8")
        done = cli("check", good_book(tmp_path / "a.xlsx"))
        assert done.returncode == 2
        assert "rosterkit.toml, baris " in done.stderr
        assert not FORBIDDEN.search(done.stderr.replace(str(tmp_path), ""))


def test_what_is_no_text_at_all(tmp_path):
    for content in (b"\xff\xfe\x00", b"", b"- satu\n", b"satu\n", b"[" * 3000):
        path = tmp_path / "own.yaml"
        path.write_bytes(content)
        with pytest.raises(SchemaError) as refused:
            load.load_roster(str(path))
        assert str(refused.value).startswith(f"{path}, baris ")
        assert_plain(str(refused.value).replace(str(path), ""))
    path.write_text("kind: roster\nname: own\ntitle: Own\nextends: ../x/own.yaml\n", encoding="utf-8")
    (tmp_path / "x").mkdir()
    shutil.copy(path, tmp_path / "x" / "own.yaml")
    with pytest.raises(SchemaError, match="baris 4: extends berputar"):
        load.load_roster(str(tmp_path / "x" / "own.yaml"))


def test_the_table_knows_the_errors_of_pydantic_and_the_patterns_of_the_models():
    assert set(TEXTS) <= set(get_args(ErrorType))
    patterns = {found for model in MODELS.values() for found in _patterns(adapter(model).json_schema())}
    assert patterns >= set(PATTERNS)
    assert {pattern for pattern in patterns if pattern[0] == "^" and "a-z" in pattern.lower()} == set(PATTERNS)


def _patterns(schema: Any) -> Iterator[str]:
    for key, value in schema.items() if isinstance(schema, Mapping) else enumerate(schema):
        if key == "pattern" and isinstance(value, str):
            yield value
        elif isinstance(value, Mapping | list):
            yield from _patterns(value)


def test_lines_of_keys():
    text = "a: 1\nb:\n  - x: 2\n\n    y: {z: 3}\n  - 4\n"
    for keys, line in {(): 1, ("a",): 1, ("b", 0, "y", "z"): 5, ("b", 1): 6, ("b", 7): 2, ("c", "d"): 1}.items():
        assert line_in_yaml(text, keys) == line
