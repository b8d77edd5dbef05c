"""The command line in this process, and in one of its own where only that shows what is tested.

``cli`` costs what the command costs; ``cli_process`` about a second more, for Python and its imports. Use the process
for what is not the command's work but the program's: its exit code, signals, the encoding of its streams, ``--jobs``.
"""

from __future__ import annotations

import gc
import io
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import typer.main

from rosterkit import language

ROOT = Path(__file__).parent.parent
Done = subprocess.CompletedProcess[str]
_home = tempfile.TemporaryDirectory(prefix="rosterkit-tests-")  # what rosterkit keeps for its user is none of theirs
_MISTAKES = ('"program-error"', "Ada kesalahan program", "The program made a mistake")


class ProgramError(AssertionError):
    """The program reported a mistake of its own, which it contains where a test must not overlook it."""


def cli(*arguments: object, cwd: Path | None = None, **environment: str) -> Done:
    """Run a command in this process and return what a process would.

    The streams are those of pipes. What the program changes (directory, environment, language, warnings, signals) is
    put back. An exception that leaves the program leaves this function, and a "program error" of a file is one too:
    tests run with warnings as errors.
    """
    import rosterkit.__main__ as program

    words = [str(program.__file__), *map(str, arguments)]
    out, err = _pipe(), _pipe()
    with _unchanged(cwd, environment), patch.multiple(sys, argv=words, stdin=_pipe(), stdout=out, stderr=err):
        sys.modules["__main__"] = program  # usage texts ask it for the program's name
        code = _exit_code(program.main, err)
    done = Done(words, code, _text(out), _text(err))
    if any(sign in done.stdout for sign in _MISTAKES):
        raise ProgramError(done.stdout)
    return done


def cli_process(*arguments: object, cwd: Path | None = None, **environment: str) -> Done:
    """Run a command in a process of its own, as it is installed."""
    return subprocess.run(
        [sys.executable, "-m", "rosterkit", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env=process_environment(**environment),
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=300,
    )


def process_environment(**environment: str) -> dict[str, str]:
    """Return the variables of a process that finds this checkout."""
    return {"ROSTERKIT_HOME": _home.name, **os.environ, "PYTHONPATH": str(ROOT), **environment}


def check_json(*arguments: object, run: Any = cli, **options: Any) -> tuple[dict[str, Any], Done]:
    """Run ``check --format json``; return the document and the process."""
    done = run("check", *arguments, "--format", "json", **options)
    try:
        return json.loads(done.stdout), done
    except json.JSONDecodeError:
        raise AssertionError(f"exit code {done.returncode}, no document: {done.stdout}{done.stderr}") from None


def _pipe() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return stream.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined] # a BytesIO, made above


def _exit_code(main: Callable[[], None], err: io.TextIOWrapper) -> int:
    try:
        main()
    except SystemExit as end:
        if isinstance(end.code, str):
            err.write(end.code + "\n")
            return 1
        return end.code or 0
    return 0


_get_command = cache(typer.main.get_command)  # the same each time, and a sixth of a small check


@contextmanager
def _unchanged(cwd: Path | None, environment: dict[str, str]) -> Iterator[None]:
    """Keep what the process has in common with the next test."""
    before, english, collects, script = Path.cwd(), language.is_english(), gc.isenabled(), sys.modules["__main__"]
    root, main = logging.getLogger(), threading.current_thread() is threading.main_thread()
    handlers, level, interrupt = [*root.handlers], root.level, signal.getsignal(signal.SIGINT)
    with ExitStack() as stack:
        stack.enter_context(
            patch.dict(os.environ, process_environment(**{"ROSTERKIT_DEBUG": "1", **environment}), clear=True)
        )
        stack.enter_context(warnings.catch_warnings())
        stack.enter_context(patch("typer.main.get_command", _get_command))
        os.chdir(cwd or before)
        language.use("id")
        try:
            yield
        finally:
            sys.modules["__main__"] = script
            os.chdir(before)
            language.use("en" if english else "id")
            root.handlers[:] = handlers
            root.setLevel(level)
            if main:
                signal.signal(signal.SIGINT, interrupt)
            left_off = collects and not gc.isenabled()
            gc.enable() if collects else gc.disable()
    assert not left_off, "the command left Python's collector off"
