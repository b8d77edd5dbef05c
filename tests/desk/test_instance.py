"""One desk a user: a second start hands its folder over; what the file of the first one says is not believed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from rosterkit.desk import instance
from rosterkit.desk.idle import is_idle
from rosterkit.desk.instance import Instance, find_instance, forget_instance, hand_over, save_instance
from rosterkit.errors import UsageError
from tests.command_line import cli, process_environment
from tests.desk.desks import OWN, browser, new_desk, stranger

ONE = Instance(8123, "token", 4321)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROSTERKIT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_it_is_found_again_and_only_its_own_desk_takes_it_away(home):
    assert find_instance() is None
    save_instance(ONE)
    assert find_instance() == ONE
    file = home / "desk.json"
    if os.name != "nt":
        assert file.stat().st_mode & 0o777 == 0o600
        file.chmod(0o644)
        assert find_instance() is None
        file.chmod(0o600)
    save_instance(Instance(8124, "other", 4322))
    forget_instance(ONE)
    assert find_instance() is not None
    forget_instance(Instance(8124, "other", 4322))
    assert not file.exists()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "null",
        "[" * 9_000,
        json.dumps({"port": 80, "token": "t"}),
        json.dumps({"port": "8123", "token": "t", "process": 1}),
        json.dumps({"port": True, "token": "t", "process": 1}),
        json.dumps({"port": 70_000, "token": "t", "process": 1}),
        json.dumps({"port": 8123, "token": "t@evil.example/", "process": 1}),
        json.dumps({"port": 8123, "token": "t\r\nX: y", "process": 1}),
        json.dumps({"port": 8123, "token": ["t"], "process": 1}),
        json.dumps({"port": 8123, "token": "t", "process": -1}),
        json.dumps({"port": 8123, "token": "t", "process": 10**30}),
        '{"port": ' + "9" * 5_000 + "}",
        json.dumps({"port": 8123, "token": "t", "process": 1, "more": "x" * 20_000}),
    ],
)
def test_hostile_contents_name_no_desk(home, content):
    home.mkdir()
    (home / "desk.json").write_text(content, encoding="utf-8")
    (home / "desk.json").chmod(0o600)
    assert find_instance() is None
    assert hand_over(home) is None


def test_a_desk_that_is_gone_or_does_not_answer_is_none(home, monkeypatch):
    save_instance(Instance(1, "token", os.getpid()))
    assert hand_over(home) is None  # it would be this process
    save_instance(Instance(1, "token", os.getppid()))
    assert hand_over(home) is None  # nobody listens there
    monkeypatch.setattr(instance, "is_running", lambda _process: False)
    assert hand_over(home) is None  # its process has ended


class Answers(BaseHTTPRequestHandler):
    """Another program that listens where a desk has been."""

    status, content = 200, b""
    seen: list[str] = []  # noqa: RUF012 # read by the tests

    def do_POST(self) -> None:  # the name that http.server calls
        self.seen.append(self.path)
        self.send_response(self.status)
        self.send_header("location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()
        self.wfile.write(self.content)

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def server() -> HTTPServer:
    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.parametrize(
    ("status", "content"),
    [
        (200, b""),
        (200, b"[1]"),
        (200, b"{}"),
        (200, b'{"tool": "other"}'),
        (302, b"{}"),
        (403, b"no"),
        (200, b"x" * 99_999),
    ],
)
def test_another_program_on_its_port_is_no_desk(home, server, status, content):
    Answers.status, Answers.content = status, content
    save_instance(Instance(server.server_port, "token", os.getppid()))
    assert hand_over(home) is None


def test_a_desk_answers_or_says_that_it_is_busy(home, server):
    Answers.status, Answers.content = 200, b'{"tool": "rosterkit"}'
    save_instance(Instance(server.server_port, "token", os.getppid()))
    assert hand_over(home) == f"http://127.0.0.1:{server.server_port}/masuk?t=token"
    Answers.status, Answers.content = 409, json.dumps({"tool": "rosterkit", "refused": "busy " * 900}).encode()
    with pytest.raises(UsageError, match="busy") as caught:
        hand_over(home)
    assert len(str(caught.value)) == 500


def test_the_folder_of_a_second_start_is_opened_by_the_first(tmp_path):
    desk, other = new_desk(tmp_path / "satu"), new_desk(tmp_path / "dua").folder
    client = browser(desk)
    key = client.get("/keadaan").json()["desk"]
    assert stranger(desk).post("/folder", data={"folder": str(other)}, headers=OWN).status_code == 403
    assert client.post("/folder", data={"folder": ""}, headers=OWN).json() == {"tool": "rosterkit"}
    assert desk.folder == tmp_path / "satu"
    assert client.post("/folder", data={"folder": str(tmp_path / "none")}, headers=OWN).status_code == 422
    assert client.post("/folder", data={"folder": "a\0b"}, headers=OWN).status_code == 422
    desk.running = True
    answer = client.post("/folder", data={"folder": str(other)}, headers=OWN)
    assert (answer.status_code, "sedang memeriksa" in answer.json()["refused"]) == (409, True)
    desk.running = False
    assert client.post("/folder", data={"folder": str(other)}, headers=OWN).status_code == 200
    assert (desk.folder, desk.inbox) == (other, other / "masuk")
    assert client.get("/keadaan").json()["desk"] != key


def test_only_a_desk_that_nobody_uses_ends(tmp_path):
    desk = new_desk(tmp_path)
    client = browser(desk)
    desk.used = 100.0
    assert not is_idle(desk, 60, 159)
    assert is_idle(desk, 60, 160)
    client.get("/keadaan")
    assert desk.used == 100.0
    stranger(desk).get("/")
    assert desk.used == 100.0
    client.get("/berkas")
    assert desk.used != 100.0
    for name in ("watching", "running"):
        desk.used = 100.0
        setattr(desk, name, True)
        assert not is_idle(desk, 60, 1000)
        setattr(desk, name, False)
        assert not is_idle(desk, 60, 1059)
        assert is_idle(desk, 60, 1060)


@pytest.mark.bench  # sleeps for seconds
def test_a_second_start_opens_the_first_and_it_ends_when_nobody_uses_it(tmp_path):
    folders = [tmp_path / "satu", tmp_path / "dua"]
    for folder in folders:
        (folder / "masuk").mkdir(parents=True)
    environment = {"ROSTERKIT_HOME": str(tmp_path / "home")}
    code = (
        "import sys; from pathlib import Path; from rosterkit.desk import serve;"
        "serve.serve(Path(sys.argv[1]), 'id', serve.Options(browser=False, watch=False, idle=0.05))"
    )
    command = [sys.executable, "-c", code, str(folders[0])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=process_environment(**environment)) as first:
        address = first.stdout.readline().strip()
        second = cli("desk", folders[1], "--no-browser", **environment)
        assert (second.returncode, second.stdout.strip()) == (0, address)
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with opener.open(address, timeout=10) as answer:
            assert str(folders[1]) in answer.read().decode()
        rest, _errors = first.communicate(timeout=30)
    assert first.returncode == 0
    assert "tidak dipakai" in rest
    assert not (tmp_path / "home" / instance._NAME).exists()
