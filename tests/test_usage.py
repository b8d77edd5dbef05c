"""Help, wrong use and printed commands: in the user's language, short, and ready to be pasted."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from babel.messages.pofile import read_po

from rosterkit.cli import command_line
from rosterkit.cli.usage import run
from rosterkit.commands import command, program, quote
from rosterkit.language import catalogue
from tests.command_line import process_environment
from tests.helpers import cli, good_book, write_book

TYPERS_OWN = ("Usage", "Options", "Arguments", "Missing", "No such", "Invalid", "Try ", "Show this", "unexpected")


def commands(one: Any) -> Iterator[Any]:
    yield one
    for further in getattr(one, "commands", {}).values():
        yield from commands(further)


def test_every_help_text_has_its_english() -> None:
    with catalogue().open("rb") as source:
        known = {message.id for message in read_po(source, locale="en") if message.id and message.string}
    for one in commands(typer.main.get_command(command_line())):
        texts = {inspect.cleandoc(one.help), *(param.help for param in one.params)}
        texts |= {param.metavar for param in one.params if not getattr(param, "is_flag", False)}
        assert texts - known == set(), f"{one.name}: translate in rosterkit/locale/en/rosterkit.po"


@pytest.mark.parametrize("words", [["--help"], ["check", "--help"], ["decree", "--help"], ["decree", "diff", "--help"]])
def test_help_is_in_one_language(words: list[str]) -> None:
    done = cli(*words)
    assert done.returncode == 0
    assert "Pemakaian: " in done.stdout
    assert "Tampilkan bantuan ini." in done.stdout
    assert not [word for word in TYPERS_OWN if word in done.stdout]
    english = cli(*words, ROSTERKIT_LANG="en").stdout
    assert "Usage: " in english
    assert not {"Pemakaian", "Pilihan", "Tampilkan"} & set(english.replace(":", " ").split())
    if words[0] != "--help":
        assert cli(*words, "--lang", "en").stdout == english


@pytest.mark.slow  # a process
def test_help_does_not_wait_for_what_it_does_not_need() -> None:
    code = "import sys; from rosterkit.__main__ import main; sys.argv = ['rosterkit', '--help']\ntry: main()\n"
    code += "except SystemExit: print({'polars', 'rich', 'openpyxl', 'pandera', 'babel'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=process_environment())
    assert done.stdout.splitlines()[-1] == "set()"


@pytest.mark.parametrize(
    ("words", "sentence", "english"),
    [
        (["chekc"], 'Perintah "chekc" tidak ada. Mungkin maksudnya check?', "Did you mean check?"),
        (["check", "a", "--shema", "x"], "Pilihan --shema tidak ada.", "There is no option --shema."),
        (
            ["check", "a", "--format", "x"],
            "Isi --format tidak bisa dipakai; tulis text atau json atau html.",
            "text or json or html",
        ),
        (["check", "a", "--jobs", "0"], "Isi --jobs tidak bisa dipakai; tulis ANGKA.", "write NUMBER"),
        (["check", "a", "--schema"], "Isi --schema belum ditulis.", "--schema needs a value."),
        (["check", "a", "--verbose=1"], "Pilihan --verbose tidak diberi isi.", "takes no value"),
        (["compare", "a.xlsx"], "BARU belum ditulis.", "NEW is missing."),
        (["rules", "x"], "Terlalu banyak yang ditulis: x", "Too much was written: x"),
        (["explain", "RK999"], "", ""),
    ],
)
def test_wrong_use_is_a_sentence_and_where_help_is(words: list[str], sentence: str, english: str) -> None:
    done = cli(*words)
    assert (done.returncode, done.stdout) == (2, "")
    told, where = done.stderr.splitlines()
    assert told.startswith(sentence)
    assert where.startswith("Bantuan: ")
    assert where.endswith("--help")
    assert not [word for word in TYPERS_OWN if word in done.stderr]
    assert english in cli(*words, ROSTERKIT_LANG="en").stderr


def test_check_knows_the_lists_of_its_project(tmp_path: Path) -> None:
    without = cli("check", cwd=tmp_path)
    assert without.returncode == 2
    assert "rosterkit check masuk. Atau buat folder kerja: " in without.stderr
    assert cli("init", tmp_path / "kerja", "--schema", "kediri-2025").returncode == 0
    assert "tidak berisi berkas" in cli("check", cwd=tmp_path / "kerja").stderr
    (tmp_path / "kerja" / "masuk" / "RT 03").mkdir()
    good_book(tmp_path / "kerja" / "masuk" / "RT 03" / "a.xlsx")
    for place in ("kerja", "kerja/acuan"):
        done = cli("check", cwd=tmp_path / place)
        assert "1 orang" in done.stdout, done.stderr
        assert (tmp_path / "kerja" / "hasil" / "rekap.xlsx").exists()
    (tmp_path / "kerja" / "masuk").rename(tmp_path / "kerja" / "daftar")
    assert "masuk tidak ada" in cli("check", cwd=tmp_path / "kerja").stderr


@pytest.mark.parametrize(
    ("word", "windows", "posix"),
    [
        ("masuk", "masuk", "masuk"),
        ("masuk baru", '"masuk baru"', "'masuk baru'"),
        ("RT & RW", '"RT & RW"', "'RT & RW'"),
        ("Pak O'ong", '"Pak O\'ong"', "'Pak O'\"'\"'ong'"),
        ("100% & %PATH%.xlsx", '"100"^%" & "^%"PATH"^%".xlsx"', "'100% & %PATH%.xlsx'"),
        ("50%.xlsx", '"50%.xlsx"', "50%.xlsx"),
        ("$HOME", '"$HOME"', "'$HOME'"),
        ("folder baru\\", '"folder baru\\\\"', "'folder baru\\'"),
        ("C:\\masuk", "C:\\masuk", "'C:\\masuk'"),
    ],
)
def test_words_are_quoted_for_the_shell(word: str, windows: str, posix: str) -> None:
    assert quote(word, windows=True) == windows
    assert quote(word, windows=False) == posix


def test_commands_call_the_program_as_it_was_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / ".venv" / "bin" / "rosterkit"
    script.parent.mkdir(parents=True)
    script.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    monkeypatch.chdir(tmp_path)
    for called in (script, Path(".venv/bin/rosterkit")):
        monkeypatch.setattr(sys, "argv", [str(called)])
        assert program() == quote(str(Path(".venv/bin/rosterkit")))
    monkeypatch.setenv("PATH", str(script.parent))
    monkeypatch.setattr(sys, "argv", [str(script)])
    assert command("check", "masuk baru") == f"rosterkit check {quote('masuk baru')}"
    monkeypatch.setattr(sys, "argv", ["/x/rosterkit/__main__.py"])
    monkeypatch.setattr(sys, "orig_argv", ["python3", "-m", "rosterkit"])
    assert program() == "python3 -m rosterkit"


def test_rules_are_understood_where_a_clerk_writes_them(tmp_path: Path) -> None:
    for words in (["402"], ["rk402"], ["RK", "402"], ["antarberkas"]):
        assert "RK402" in cli("explain", *words).stdout
    assert "RK401" in cli("explain", "nik", "ganda").stdout + cli("explain", "nik", "ganda").stderr
    unclear = cli("explain", "versi")
    assert unclear.returncode == 2
    assert "RK408" in unclear.stderr
    assert "RK409" in unclear.stderr
    good_book(tmp_path / "a.xlsx")
    rows = [["NIK", "Kode", "Alasan", "Oleh", "Tanggal"]]
    rows += [
        ["3571010101859901", code, "Contoh", "Kantor", "02-01-2025"] for code in ("402", "quota exceeded", "versi")
    ]
    write_book(tmp_path / "pengecualian.xlsx", rows)
    rules = "402 = {severity = 'warning'}\n'quota exceeded' = {severity = 'warning'}\n"
    (tmp_path / "rosterkit.toml").write_text(f"schema = 'kediri-2025'\n[rules]\n{rules}", encoding="utf-8")
    told = cli("check", tmp_path / "a.xlsx").stdout
    assert "baris 4" in told
    assert "bisa berarti RK408, RK409" in told
    assert "tidak ada; lihat" not in told
    (tmp_path / "rosterkit.toml").write_text("[rules]\nversi = {severity = 'warning'}\n", encoding="utf-8")
    wrong = cli("check", tmp_path / "a.xlsx")
    assert wrong.returncode == 2
    assert "RK408 atau RK409" in wrong.stderr


def test_words_of_the_command_line_are_not_replaced(monkeypatch):
    """On Windows click would put values of variables into names such as ``RT %PATH%.xlsx``, and expand patterns."""
    asked: dict[str, Any] = {}
    group = typer.main.get_command(command_line())
    monkeypatch.setattr(group, "main", lambda **options: asked.update(options))
    run(group)
    assert asked["windows_expand_args"] is False
