"""Options that are plainly right become what typer itself would make of them; all others go its way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from rosterkit.cli import command_line, values
from tests.command_line import cli, process_environment

GIVEN = [
    None,
    "",
    "satu",
    "text",
    "json",
    "JSON",
    "html",
    "id",
    "en",
    "7",
    "-1",
    "tidak/ada.xlsx",
    "/",
    ".",
    "\udcff",
    "a\0b",
]
COMMANDS = typer.main.get_command(command_line()).commands  # type: ignore[attr-defined] # a group has them


def parameters():
    for name, command in COMMANDS.items():
        for one in (command, *getattr(command, "commands", {}).values()):
            context = typer.Context(one)
            yield from ((name, context, param) for param in one.get_params(context) if _is_plain(param))


def _is_plain(param) -> bool:
    return "process_value" in vars(param) and not param.callback


def test_what_is_taken_is_what_typer_would_make_of_it():
    taken = 0
    for name, context, param in parameters():
        for given in GIVEN:
            several = param.nargs == -1
            given_here = (given, "dua.xlsx") if several and given is not None else given
            _process, arguments = param.process_value.func, param.process_value.args
            _param, kind, usual = arguments
            try:
                wanted = usual(context, given_here)
            except Exception as error:
                wanted = type(error)
            unusual = _process(param, kind, lambda *_given: values._UNKNOWN, context, given_here)
            if unusual is not values._UNKNOWN:
                taken += 1
                assert (unusual or None) == (wanted or None), (name, param.name, given)
                assert type(unusual) is type(wanted) or not unusual
    assert taken > 200


def test_wrong_choices_and_numbers_are_told_as_ever():
    for words, told in {
        ("--format", "pdf"): "json atau html",
        ("--jobs", "nol"): "ANGKA",
        ("--jobs", "0"): "ANGKA",
        ("--lang", "de"): "id",
    }.items():
        done = cli("check", *words)
        assert done.returncode == 2, words
        assert told in done.stderr


def test_a_path_that_cannot_be_read_is_told_as_ever(tmp_path, monkeypatch):
    path = tmp_path / "sk.xlsx"
    path.touch()
    monkeypatch.setattr(os, "access", lambda *_given: False)
    done = cli("check", "--decree", path)
    assert (done.returncode, "--decree" in done.stderr) == (2, True)


@pytest.mark.slow
def test_a_start_loads_no_pydantic(tmp_path):
    """Neither for the command line nor for a schema that was checked before."""
    code = "import sys, atexit; atexit.register(lambda: print('pydantic' in sys.modules, 'yaml' in sys.modules))"
    code += "\nfrom rosterkit.__main__ import main\nsys.argv = ['rosterkit', *sys.argv[1:]]\nmain()"
    (tmp_path / "kosong.csv").write_text("NIK,NAMA\n3571010101659900,Contoh\n", encoding="utf-8")
    environment = process_environment(ROSTERKIT_HOME=str(tmp_path / "home"))
    words = [sys.executable, "-c", code, "check", tmp_path / "kosong.csv", "--format", "json", "--no-write"]
    told = [
        subprocess.run(words, capture_output=True, text=True, env=environment, check=False, timeout=60).stdout
        for _start in range(2)
    ]
    assert [one.splitlines()[-1] for one in told] == ["True True", "False False"]
    assert told[0].splitlines()[:-1] == told[1].splitlines()[:-1]
    assert Path(tmp_path / "home" / "cache").is_dir()
