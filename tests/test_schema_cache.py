"""What is kept of schema files between two starts: it saves time and changes nothing, whatever stands in it."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from rosterkit import files
from rosterkit.rules import rule_codes
from rosterkit.schema import kept, load
from rosterkit.schema.compiled import read_model
from rosterkit.schema.spec import RosterSpec
from rosterkit.schema.validate import validate
from tests.helpers import cli, good_book
from tests.test_mistakes import ALL_KEYS, WRONG, places, replaced, shape

OWN = "kind: roster\nname: own\ntitle: Own\nextends: kediri-2025\nquota: {total: 5}\n"


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch) -> Path:
    """The folder of a cache that is empty, and nobody's."""
    monkeypatch.setenv("ROSTERKIT_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "cache" / "schemas"


@pytest.fixture
def own(tmp_path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    return path


def load_counted(path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[RosterSpec, int]:
    """A roster schema, and how many models were checked anew."""
    checked: list[object] = []
    check = load._check

    def counted(model: Any, *given: Any) -> Any:
        checked.append(model)
        return check(model, *given)

    with monkeypatch.context() as patch:
        patch.setattr(load, "_check", counted)
        return load.load_roster(str(path), rule_codes), len(checked)


def seal(path: Path, made: object) -> None:
    """Write what somebody forged as if it had been kept."""
    path.write_text(kept._sealed(path.stem, json.dumps(made)), encoding="utf-8")


def test_what_was_checked_is_not_checked_again_and_is_the_same(own, monkeypatch):
    first, checked = load_counted(own, monkeypatch)
    assert checked == 2  # the words, the roster
    assert load_counted(own, monkeypatch) == (first, 0)


def test_a_changed_schema_file_counts_at_once(own, monkeypatch):
    load_counted(own, monkeypatch)
    own.write_text(OWN.replace("total: 5", "total: 7"), encoding="utf-8")
    spec, checked = load_counted(own, monkeypatch)
    assert (spec.quota.total, checked) == (7, 1)


def test_a_file_that_it_extends_counts_at_once(own, tmp_path, monkeypatch):
    load_counted(own, monkeypatch)
    (tmp_path / "kediri-2025.yaml").write_text("kind: roster\nname: kediri-2025\ntitle: Beside it\n", encoding="utf-8")
    assert load_counted(own, monkeypatch)[0].columns == {}


def test_another_version_makes_it_again(own, monkeypatch):
    load_counted(own, monkeypatch)
    monkeypatch.setattr(kept, "_maker", lambda: "another version")
    assert load_counted(own, monkeypatch)[1] == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-20],
        lambda content: content.replace(b"5", b"6"),
        lambda content: content.replace(b"true", b"null"),
        lambda content: b"[" * 100_000,
        lambda content: b"\xff\xfe" + content,
        lambda content: content + b" " * 5_000_000,
    ],
    ids=["empty", "cut", "other digits", "other values", "deep", "no text", "large"],
)
def test_what_is_damaged_is_made_again(own, cache, monkeypatch, damage):
    first, _checked = load_counted(own, monkeypatch)
    for path in cache.iterdir():
        path.write_bytes(damage(path.read_bytes()))
    spec, checked = load_counted(own, monkeypatch)
    assert spec == first
    assert checked


def test_what_lies_under_another_name_is_made_again(own, cache, monkeypatch):
    first, _checked = load_counted(own, monkeypatch)
    kept_files = sorted(cache.iterdir())
    contents = [path.read_bytes() for path in kept_files]
    for path, content in zip(kept_files, contents[1:] + contents[:1], strict=True):
        path.write_bytes(content)
    assert load_counted(own, monkeypatch) == (first, 2)


@pytest.mark.parametrize("made", [None, [], {}, "satu", 7, {"kind": "roster"}, {"$day": "satu"}, [{"$day": 1}]])
def test_what_is_no_schema_is_made_again(own, cache, monkeypatch, made):
    """A well sealed file of another shape changes nothing."""
    first, _checked = load_counted(own, monkeypatch)
    for path in cache.iterdir():
        if '"tolerance"' in path.read_text(encoding="utf-8"):  # the roster, not the YAML of a file
            seal(path, made)
    assert load_counted(own, monkeypatch)[0] == first


@pytest.mark.slow
def test_no_model_is_read_that_pydantic_would_refuse_or_make_another_one_of(tmp_path):
    """Every kind of value in every kind of place: what is taken is what a check would have made."""
    path = tmp_path / "semua.yaml"
    path.write_text(ALL_KEYS, encoding="utf-8")
    data = load.load_roster(str(path), rule_codes).as_data()
    context = {"code_of": rule_codes}
    seen, refused = set(), 0
    for keys in places(data):
        if shape(keys) in seen:
            continue
        seen.add(shape(keys))
        for value in (*WRONG.values(), 1, "PEMULUNG", "2025-01-31"):
            changed = replaced(data, keys, value)
            made = read_model(RosterSpec, changed, context)
            if made is None:
                refused += 1
            else:
                assert made == validate(RosterSpec, changed, context), (keys, value)
    assert refused > 500


def test_limits_and_checks_hold_for_what_was_kept(own):
    data = load.load_roster(str(own), rule_codes).as_data()
    context = {"code_of": rule_codes}
    assert read_model(RosterSpec, data, context)
    for keys, value in {
        ("period", "months"): 61,
        ("ages", "max"): 200,
        ("ages", "min"): 65,
        ("locality",): "9999",
        ("categories",): [*data["categories"], data["categories"][0]],
        ("rules",): {"RK999": {"severity": None, "ignore": False, "reason": None}},
        ("quota", "categories"): {"TIDAK-ADA": 1},
        ("name",): "Besar",
    }.items():
        changed = replaced(data, keys, value)
        assert read_model(RosterSpec, changed, context) is None, keys
        with pytest.raises(ValidationError):
            validate(RosterSpec, changed, context)


@pytest.mark.parametrize(
    "made",
    [
        {"a": [1, 1.5, True, None, "1", dt.date(2025, 1, 31)]},
        {1: "a"},
        {None: 1, True: 2},
        {"a": float("nan")},
        {"$day": "2025-01-31"},
        {"a": {"$day": "no day"}},
        {"a": ("b",)},
        {"a": "\ud800"},
        {"a": dt.datetime(2025, 1, 31, 1, 2)},
        [1, 2],
    ],
)
def test_what_is_kept_comes_back_as_it_was_or_not_at_all(made):
    kept.remember("key", made)
    found = kept.recall("key")
    assert found is None or repr(found) == repr(made)


def test_days_and_texts_are_kept():
    kept.remember("key", {"a": [1, "b", dt.date(2025, 1, 31)]})
    assert kept.recall("key") == {"a": [1, "b", dt.date(2025, 1, 31)]}


def test_where_nothing_can_be_kept_nothing_happens(own, tmp_path, monkeypatch):
    (tmp_path / "home").write_text("no folder")
    assert load_counted(own, monkeypatch)[1] == 2
    assert load_counted(own, monkeypatch)[1] == 2
    monkeypatch.setattr(kept, "cache_folder", _nowhere)
    assert load_counted(own, monkeypatch)[1] == 2


def _nowhere() -> Path:
    raise RuntimeError("nobody knows where her home is")


@pytest.mark.skipif(os.name == "nt", reason="there the user's folders are hers alone")
def test_a_folder_that_others_may_write_is_not_used(own, cache, tmp_path, monkeypatch):
    load_counted(own, monkeypatch)
    assert [oct(path.stat().st_mode & 0o777) for path in (cache, *cache.iterdir())][:2] == ["0o700", "0o600"]
    before = sorted(cache.iterdir())
    cache.chmod(0o777)
    own.write_text(OWN.replace("total: 5", "total: 7"), encoding="utf-8")
    assert load_counted(own, monkeypatch)[1] == 2
    assert sorted(cache.iterdir()) == before
    cache.chmod(0o700)
    cache.rename(tmp_path / "elsewhere")
    cache.symlink_to(tmp_path / "elsewhere")
    assert load_counted(own, monkeypatch)[1] == 2


@pytest.mark.skipif(os.name == "nt", reason="there the user's folders are hers alone")
def test_a_file_of_somebody_else_is_not_read(own, monkeypatch):
    load_counted(own, monkeypatch)
    user = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: user + 1)
    assert load_counted(own, monkeypatch)[1] == 2


def test_the_oldest_go(cache, monkeypatch):
    monkeypatch.setattr(kept, "_MOST", 3)
    for number in range(5):
        kept.remember(f"{number}", {"a": number})
        os.utime(cache / f"{number}.json", (number, number))
    assert sorted(path.stem for path in cache.iterdir()) == ["2", "3", "4"]


def test_nothing_of_anybody_is_kept(tmp_path, cache):
    path = good_book(tmp_path / "masuk.xlsx")
    cli("check", path, "--schema", "kediri-2025", "--out", tmp_path / "hasil")
    found = "".join(one.read_text(encoding="utf-8") for one in cache.iterdir())
    assert '"kediri-2025"' in found
    assert not re.search(r"\d{16}", re.sub(r"[0-9a-f]{64}", "", found))
    assert "masuk.xlsx" not in found


def test_the_cache_is_where_a_system_has_it(tmp_path, monkeypatch):
    monkeypatch.delenv("ROSTERKIT_HOME")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "AppData" / "Local"))
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setattr(files, "_WINDOWS", True)
    assert files.cache_folder() == tmp_path / "AppData" / "Local" / "rosterkit"
    monkeypatch.setattr(files, "_WINDOWS", False)
    assert files.cache_folder() == tmp_path / ".cache" / "rosterkit"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "x"))
    assert files.cache_folder() == tmp_path / "x" / "rosterkit"
