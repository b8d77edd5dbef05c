"""The contracts of the architecture hold, and notice imports that they forbid."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import ROOT

pytestmark = pytest.mark.slow  # starts import-linter

FORBIDDEN = {
    "openpyxl outside of the tests": ("write/workbook.py", "import openpyxl"),
    "xlsxwriter outside of write": ("recap/people.py", "import xlsxwriter"),
    "the reader outside of read.workbook": ("check/judge.py", "import python_calamine"),
    "pandera outside of check.pandera_rules": ("rules/base.py", "import pandera"),
    "pydantic where every start loads it": ("schema/model.py", "import pydantic"),
    "zipfile outside of package readers": ("run/outputs.py", "import zipfile"),
    "typer outside of cli": ("run/inputs.py", "import typer"),
    "starlette outside of desk": ("run/inputs.py", "import starlette"),
    "rich outside of cli and report": ("check/findings.py", "import rich"),
    "write.patch outside of write": ("run/outputs.py", "from rosterkit.write.patch import package"),
    "a folder above": ("rules/base.py", "from rosterkit.check import judge"),
    "a circle within a folder": ("frame/ids.py", "from rosterkit.frame import stack"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on a checkout."""
    code = "from importlinter.cli import lint_imports_command as lint; lint()"
    return subprocess.run(
        [sys.executable, "-c", code, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The package and its settings, to be changed."""
    ignored = shutil.ignore_patterns("__pycache__", "*.txt", "locale")
    shutil.copytree(ROOT / "rosterkit", tmp_path / "rosterkit", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold(checkout: Path) -> None:
    done = lint(checkout)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("file", "line"), FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_a_forbidden_import_breaks_a_contract(checkout: Path, file: str, line: str) -> None:
    path = checkout / "rosterkit" / file
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    done = lint(checkout)
    assert done.returncode == 1, done.stdout
    assert "BROKEN" in done.stdout
