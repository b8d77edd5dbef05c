"""What is quick, and what the tests with other programs took."""

from __future__ import annotations

import gc
import os
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import is_hypothesis_test

os.environ.setdefault("POLARS_MAX_THREADS", "1")  # tests run side by side, on sheets of a few rows
os.environ.setdefault("OPENPYXL_LXML", "False")  # openpyxl writes as it does where nobody installed lxml
_home = tempfile.TemporaryDirectory(prefix="rosterkit-tests-")  # what rosterkit keeps for its user is none of theirs
os.environ.setdefault("ROSTERKIT_HOME", _home.name)

PROGRAMS = ("libreoffice", "browser", "spark", "wine")  # marks of tests that need a program beside Python
NOT_QUICK = ("slow", "random", "bench", *PROGRAMS)


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as ``quick`` whatever is not marked otherwise, by its own mark or its module's, and is no property."""
    for item in items:
        tries_much = is_hypothesis_test(getattr(item, "obj", None))
        if not tries_much and not any(item.get_closest_marker(name) for name in NOT_QUICK):
            item.add_marker(pytest.mark.quick)


def pytest_collection_finish() -> None:
    """Keep the collector from looking through all tests, again and again, for what is left over from one."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _quick_tests_start_no_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.get_closest_marker("quick"):
        monkeypatch.setattr(subprocess, "Popen", _Refused)


class _Refused:
    def __init__(self, command: object, *_arguments: object, **_options: object) -> None:
        pytest.fail(f"a quick test starts {command}: mark it slow, or run it in this process (tests/command_line.py)")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how long the tests with other programs took."""
    for name, seconds in sorted(_seconds(terminalreporter)):
        terminalreporter.write_line(f"{name}: {len(seconds)} tests, {sum(seconds):.0f} s")


def _seconds(terminalreporter: Any) -> Iterator[tuple[str, list[float]]]:
    taken: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name in PROGRAMS:
                if name in getattr(report, "keywords", ()) and hasattr(report, "duration"):
                    taken[name][report.nodeid] += report.duration
    return ((name, list(tests.values())) for name, tests in taken.items())
