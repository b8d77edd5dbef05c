"""Paths in a project's file that lead out of its folder are asked about, before anything there is touched."""

from __future__ import annotations

import json
import os
import pickle
from pathlib import Path

import pytest

from rosterkit import outside
from rosterkit.errors import SchemaError
from rosterkit.outside import OutsideError, allow, is_network, require_inside
from rosterkit.settings import read_project
from tests.desk.desks import OWN, browser, check, new_desk
from tests.helpers import cli, good_book

BASE = Path("/kantor/kerja")
links = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROSTERKIT_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(outside, "_allowed", set())
    return tmp_path / "home"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one good list."""
    folder = tmp_path / "kerja"
    (folder / "masuk").mkdir(parents=True)
    good_book(folder / "masuk" / "RT 01.xlsx")
    return folder


def name_in(project: Path, line: str) -> None:
    (project / "rosterkit.toml").write_text(line + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    "path",
    ["acuan/SK.xlsx", "acuan\\SK.xlsx", ".", "a/../b.xlsx", "./x", "/kantor/kerja/acuan/SK.xlsx", "..x/SK.xlsx"],
)
def test_what_stays_in_the_folder_is_no_question(path):
    require_inside(BASE, {"decree": path})


@pytest.mark.parametrize(
    "path",
    [
        "../SK.xlsx",
        "acuan/../../SK.xlsx",
        "..\\SK.xlsx",
        "/etc/passwd",
        "\\windows\\x.xlsx",
        "/kantor/kerja2/SK.xlsx",
        "/kantor/kerja/../x",
        "C:\\kantor\\SK.xlsx",
        "c:SK.xlsx",
        "D:/SK.xlsx",
        "\\\\server\\share\\SK.xlsx",
        "//server/share/SK.xlsx",
        "/\\server/share/SK.xlsx",
        " //server/share/SK.xlsx",
        "\\\\?\\C:\\SK.xlsx",
        "//kantor/kerja/SK.xlsx",
        "..",
        "acuan/.. /.. /SK.xlsx",
        ".../SK.xlsx",
    ],
)
def test_what_leads_out_is_and_nothing_is_opened(path, monkeypatch):
    touched: list[object] = []
    with monkeypatch.context() as patched:
        for name in ("stat", "lstat", "open", "readlink", "scandir"):
            patched.setattr(os, name, lambda place, *_more, **_options: touched.append(place))
        leads_out = outside._leads_out(str(BASE), path)
    assert (leads_out, touched) == (True, [])
    with pytest.raises(OutsideError) as caught:
        require_inside(BASE, {"decree": path, "out": "hasil"})
    assert caught.value.named == (("decree", path),)
    assert path in caught.value.question
    assert pickle.loads(pickle.dumps(caught.value)).key == caught.value.key


@links
def test_a_link_that_leads_out_is_not_followed(project, tmp_path):
    (tmp_path / "lain").mkdir()
    (project / "acuan").symlink_to(tmp_path / "lain")
    (project / "dalam").symlink_to("masuk")
    (project / "lingkar").symlink_to("lingkar")
    require_inside(project, {"out": "dalam/hasil"})
    for path in ("acuan/SK.xlsx", "acuan", "lingkar/x", "dalam/../acuan/x"):
        with pytest.raises(OutsideError):
            require_inside(project, {"decree": path})
    (project / "pengecualian.xlsx").symlink_to("//server/share/x.xlsx")
    name_in(project, "")
    with pytest.raises(OutsideError, match="exceptions"):
        read_project(project)


@pytest.mark.parametrize(
    "line",
    [
        'decree = "../SK.xlsx"',
        'participants = "//server/x.xlsx"',
        'population = "C:/x.xlsx"',
        'senders = "../x.xlsx"',
        'exceptions = "../x.xlsx"',
        'out = "../hasil"',
        'schema = "../x.yaml"',
        'schema = "//server/x"',
        'upload = "\\\\\\\\server\\\\x.yaml"',
    ],
)
def test_every_key_that_names_a_path_is_asked_about(project, line):
    name_in(project, line)
    with pytest.raises(OutsideError):
        read_project(project)
    done = cli("check", project / "masuk")
    assert done.returncode == 2
    assert "--allow-outside" in done.stderr
    assert not (project / "hasil").exists()
    assert not (project.parent / "hasil").exists()


@pytest.mark.slow
def test_what_is_allowed_once_stays_so_for_that_project_and_path(project, home):
    name_in(project, 'out = "../hasil"')
    assert cli("check", project / "masuk", "--allow-outside").returncode == 0
    assert (project.parent / "hasil" / "rekap.xlsx").is_file()
    outside._allowed.clear()
    assert cli("check", project / "masuk").returncode == 0
    assert json.loads((home / "izin.json").read_text(encoding="utf-8"))
    name_in(project, 'out = "../hasil lain"')
    assert cli("check", project / "masuk").returncode == 2
    with pytest.raises(OutsideError):
        require_inside(project.parent / "tiruan", {"out": str(project.parent / "hasil")})


@pytest.mark.parametrize("content", ["", "{}", "[1]", '[["a"]]', "[" * 5_000, '[["x", "' + "y" * 2_000_000 + '"]]'])
def test_what_is_kept_may_be_damaged(home, content):
    home.mkdir()
    (home / "izin.json").write_text(content, encoding="utf-8")
    with pytest.raises(OutsideError):
        require_inside(BASE, {"out": "../hasil"})
    allow(BASE, ["../hasil"])
    require_inside(BASE, {"out": "../hasil"})


def test_it_is_allowed_for_a_process_where_nothing_can_be_kept(home):
    home.write_text("no folder", encoding="utf-8")
    allow(BASE, ["../hasil"])
    require_inside(BASE, {"out": "..\\hasil"})


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("ya\n", 0), ("\n", 2), ("t\n", 2)])
def test_somebody_at_a_terminal_is_asked(project, monkeypatch, answer, code):
    name_in(project, 'out = "../hasil"')
    asked = []
    monkeypatch.setattr("rosterkit.cli.usage._is_asked", lambda: True)
    monkeypatch.setattr("typer.prompt", lambda text, **_options: asked.append(text) or answer)
    done = cli("check", project / "masuk")
    assert (done.returncode, len(asked)) == (code, 1)
    assert 'out = "../hasil"' in done.stderr


def test_a_schema_that_init_was_given_is_no_question(tmp_path):
    schema = tmp_path / "programs" / "own.yaml"
    schema.parent.mkdir()
    schema.write_text("kind: roster\nname: own\nextends: pekerja-rentan\n", encoding="utf-8")
    done = cli("init", tmp_path / "kerja", "--schema", schema)
    assert done.returncode == 0, done.stderr
    assert read_project(tmp_path / "kerja")["schema"]


@pytest.mark.parametrize("key", ['extends: "//server/x.yaml"', 'extends: "\\\\\\\\server\\\\x"', 'uploads: ["//s/x"]'])
def test_a_schema_opens_nothing_on_another_computer(tmp_path, key):
    from rosterkit.schema.load import load_roster

    base = "" if key.startswith("extends") else "extends: pekerja-rentan\n"
    (tmp_path / "own.yaml").write_text(f"kind: roster\nname: own\n{base}{key}\n", encoding="utf-8")
    with pytest.raises(SchemaError, match="komputer lain"):
        load_roster(str(tmp_path / "own.yaml"))
    assert is_network("\\\\server\\x")


@pytest.mark.slow
def test_the_desk_asks_and_allows_what_it_has_asked_about(project):
    name_in(project, 'out = "../<b>hasil"')
    desk = new_desk(project)
    client = browser(desk)
    page = client.get("/").text
    assert "&lt;b&gt;hasil" in page
    assert 'action="/izinkan"' in page
    assert "--allow-outside" not in page
    assert "di luar foldernya" in str(check(client)["message"])
    assert not (project.parent / "<b>hasil").exists()
    key = page.split('name="letak" value="')[1].split('"')[0]
    name_in(project, 'out = "../lain"')
    client.post("/izinkan", data={"letak": key}, headers=OWN)
    assert 'action="/izinkan"' in client.get("/").text  # it was another question
    name_in(project, 'out = "../<b>hasil"')
    assert client.post("/izinkan", data={"letak": key}, headers={}).status_code == 403
    assert client.post("/izinkan", data={"letak": key}, headers=OWN).status_code == 303
    assert 'action="/izinkan"' not in client.get("/").text
    assert check(client)["message"] == ""
    assert (project.parent / "<b>hasil" / "rekap.xlsx").is_file()
