"""Every command obeys the nearest ``rosterkit.toml``: its language, and what it lays over the schema."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import cli, write_book
from tests.test_across import person, roster

ENGLISH = 'schema = "kediri-2025"\nlanguage = "en"\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in English with two versions of a list, two annexes, a run and a marked copy."""
    (tmp_path / "rosterkit.toml").write_text(ENGLISH, encoding="utf-8")
    wrong = [person(3)[0][:15], *person(3)[1:]]
    roster(tmp_path / "lama.xlsx", person(1), wrong)
    roster(tmp_path / "baru.xlsx", person(1), person(2))
    for name, people in (("SK 1.xlsx", (1, 2)), ("SK 2.xlsx", (2, 3))):
        write_book(tmp_path / name, [["NIK", "Nama"], *(person(n)[:2] for n in people)])
    return tmp_path


COMMANDS = {
    "check": (("check", "lama.xlsx"), "2 people: 1 ready"),
    "compare": (("compare", "lama.xlsx", "baru.xlsx"), "people"),
    "decree diff": (("decree", "diff", "SK 1.xlsx", "SK 2.xlsx"), "decree"),
    "decree check": (("decree", "check", "SK 1.xlsx"), "2 people."),
    "decree mutation": (("decree", "mutation", "SK 1.xlsx", "SK 2.xlsx"), "decree"),
    "recap": (("recap", "hasil"), "Ready"),
    "strip": (("strip", "hasil/lama.periksa.xlsx"), "exactly"),
    "template": (("template", "kediri-2025", "-o", "formulir.xlsx"), "is ready"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_speaks_the_language_of_the_project(project: Path, command: str) -> None:
    arguments, word = COMMANDS[command]
    if command in ("recap", "strip"):
        cli("check", "lama.xlsx", "baru.xlsx", "--out", "hasil", cwd=project)
    done = cli(*arguments, cwd=project)
    assert done.returncode in (0, 1), done.stderr
    assert word.casefold() in done.stdout.casefold()
    indonesian = cli(*arguments, "--lang", "id", cwd=project) if command != "template" else None
    assert indonesian is None or word.casefold() not in indonesian.stdout.casefold()


@pytest.mark.parametrize("command", ["check", "compare", "decree diff", "decree mutation", "recap"])
def test_every_command_lays_the_project_over_the_schema(project: Path, command: str) -> None:
    """A mistake in what is laid over is told by each command that uses the schema."""
    if command == "recap":
        cli("check", "lama.xlsx", "baru.xlsx", "--out", "hasil", cwd=project)
    (project / "rosterkit.toml").write_text(ENGLISH + "[quota.categories]\nNOBODY = 3\n", encoding="utf-8")
    done = cli(*COMMANDS[command][0], cwd=project)
    assert done.returncode == 2, done.stdout
    assert "rosterkit.toml" in done.stderr
    assert "NOBODY" in done.stderr


def test_results_of_another_output_folder_are_no_lists(tmp_path):
    from tests.helpers import check_json
    from tests.test_across import person, roster

    roster(tmp_path / "RT 01.xlsx", person(1), [*person(2)[:1], "", *person(2)[2:]])
    roster(tmp_path / "RT 02.xlsx", person(3))
    check_json(tmp_path, "--schema", "kediri-2025", "--out", tmp_path / "hasil-juni")
    assert list((tmp_path / "hasil-juni").glob("*.periksa.xlsx"))
    document, _ = check_json(tmp_path, "--schema", "kediri-2025", "--no-write")
    assert document["totals"]["files"] == 2
