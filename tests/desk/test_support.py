"""The log and the support bundle hold nobody's data, whatever happens: no names, no NIKs, no files, no folders."""

from __future__ import annotations

import io
import json
import logging
import zipfile
from pathlib import Path

import pytest

from rosterkit.desk.log import log_files, set_up_log
from tests.desk.desks import OWN, browser, check, drop, new_desk, stranger
from tests.desk.test_run import person, roster

NAMES = ("Rahasia Sekali", "Kelurahan Umpama", "Ibu Rahasia", "rahasia.xlsx", "3571010101859901", "Folder Rahasia")


@pytest.fixture
def secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose folder, files, people, settings and mistakes all have names."""
    monkeypatch.setenv("ROSTERKIT_HOME", str(tmp_path / "home"))
    loggers = [logging.getLogger(name) for name in ("rosterkit.desk", "uvicorn")]
    before = [(logger, logger.handlers, logger.propagate, logger.level) for logger in loggers]
    set_up_log()
    folder = tmp_path / "Folder Rahasia"
    folder.mkdir()
    (folder / "rosterkit.toml").write_text(
        'schema = "kediri-2025"\ndecree = "Kelurahan Umpama.xlsx"\n'
        '[rules.RK302]\nignore = true\nreason = "kata Rahasia Sekali"\n[columns]\nname = ["Rahasia Sekali"]\n',
        encoding="utf-8",
    )
    yield folder
    for logger, handlers, propagate, level in before:
        for handler in logger.handlers:
            handler.close()
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


@pytest.mark.slow
def test_planted_names_are_nowhere_in_it(secret, monkeypatch):
    desk = new_desk(secret)
    client = browser(desk)
    drop(client, "rahasia.xlsx", roster(person(901, "Rahasia Sekali"), person(902, "Ibu Rahasia", "123")))
    drop(client, "Kelurahan%20Umpama/rahasia.csv", b"no roster of Rahasia Sekali")
    check(client)  # the decree is not there
    (secret / "rosterkit.toml").write_text('schema = "kediri-2025"\n', encoding="utf-8")
    check(client)
    assert desk.last.totals["rows"] == 2

    def broken(*_words: object, **_more: object) -> None:
        raise ValueError("Rahasia Sekali 3571010101859901 in rahasia.xlsx")

    monkeypatch.setattr("rosterkit.run.project.project_settings", broken)
    check(client)
    logging.getLogger("uvicorn.error").warning("Unsupported request %s", "/berkas/Rahasia Sekali")
    try:
        broken()
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    answer = client.get("/bantuan/berkas-dukungan")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as bundle:
        texts = {name: bundle.read(name).decode() for name in bundle.namelist()}
    assert set(texts) == {"versi.json", "pengaturan.json", "hasil.json", "desk.log.txt"}
    whole = "\n".join(texts.values()) + answer.headers["content-disposition"]
    assert not [name for name in (*NAMES, secret.parent.name) if name.lower() in whole.lower()]
    assert "ValueError at test_support.py" in texts["desk.log.txt"]
    assert "Unsupported request %s" in texts["desk.log.txt"]
    found = json.loads(texts["hasil.json"])
    assert found["totals"]["rows"] == 2
    assert sum(found["findings"].values()) == sum(len(file.findings) for file in desk.last.files) > 0
    assert json.loads(texts["versi.json"])["packages"]["polars"]


def test_settings_are_told_by_their_keys(secret):
    (secret / "Kelurahan Umpama.xlsx").touch()
    with zipfile.ZipFile(io.BytesIO(browser(new_desk(secret)).get("/bantuan/berkas-dukungan").content)) as bundle:
        settings = json.loads(bundle.read("pengaturan.json"))
    assert (settings["schema"], settings["rules"]) == ("kediri-2025", ["RK302"])
    assert {"decree", "schema", "columns", "rules"} <= set(settings["keys"])
    (secret / "rosterkit.toml").write_text('schema = "rahasia"\nRahasia = 1\n', encoding="utf-8")
    with zipfile.ZipFile(io.BytesIO(browser(new_desk(secret)).get("/bantuan/berkas-dukungan").content)) as bundle:
        assert json.loads(bundle.read("pengaturan.json"))["project"] == "wrong"


def test_the_log_is_bounded(secret, monkeypatch):
    monkeypatch.setattr("rosterkit.desk.log._BYTES", 2_000)
    for handler in logging.getLogger("rosterkit.desk").handlers:
        handler.close()
    set_up_log()
    for _ in range(90):
        logging.getLogger("rosterkit.desk").info("x" * 100)
    assert len(log_files()) == 3
    assert sum(path.stat().st_size for path in log_files()) <= 6_000


def test_only_her_own_browser_gets_it(secret):
    assert stranger(new_desk(secret)).get("/bantuan/berkas-dukungan", headers=OWN).status_code == 403
