"""The command line: parses, calls, prints. The only place with typer."""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib import import_module
from typing import Annotated

import typer
from typer import main

from rosterkit.cli.output import LanguageOption, language_of_group
from rosterkit.cli.usage import Command, Group, run

_SHOWN = (  # each a module here, with a function of its name
    *("init", "check", "watch", "find", "desk", "uploaded", "recap", "compare"),
    *("template", "rules", "explain", "strip", "forget", "decree"),
)
_HIDDEN = {"cari": "find", "meja": "desk", "pantau": "watch"}


def _version(wanted: bool) -> None:
    if wanted:
        from rosterkit import __version__

        typer.echo(f"rosterkit {__version__}")
        raise typer.Exit


def _callback(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Tampilkan versi.")
    ] = False,
    lang: LanguageOption = None,
) -> None:
    """Periksa daftar pekerja rentan dan siapkan berkas unggah BPJS Ketenagakerjaan."""
    language_of_group(lang)


@cache
def command_line(only: str | None = None, outline: bool = False) -> typer.Typer:
    """Return the command line.

    Args:
        only: with this command alone; each takes its time to be made.
        outline: with the names of commands and what they do, without their options.
    """
    made = typer.Typer(cls=Group, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
    made.callback()(_callback)
    for name in (*_SHOWN, *_HIDDEN) if only is None else (only,):
        module = _HIDDEN.get(name, name)
        command = getattr(import_module(f"rosterkit.cli.{module}"), module)
        if outline:
            text = command.info.help if isinstance(command, typer.Typer) else command.__doc__
            made.command(name=name, cls=Command, hidden=name in _HIDDEN, help=text)(_nothing)
        elif isinstance(command, typer.Typer):
            made.add_typer(command, name=name)
        else:
            made.command(name=name, cls=Command, hidden=name in _HIDDEN)(command)
    return made


def _nothing() -> None:
    """What stands for a command in an outline."""


def app() -> None:
    """Run the command line; a terminal that cannot show a sign gets a question mark, never a crash.

    What goes into a file or to another program is UTF-8 on Windows too, whatever its code page is.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            is_redirected = os.name == "nt" and not stream.isatty() and "PYTHONIOENCODING" not in os.environ
            reconfigure(encoding="utf-8" if is_redirected else None, errors="replace")
    first = sys.argv[1] if len(sys.argv) > 1 else ""
    only = first if first in (*_SHOWN, *_HIDDEN) else None
    sys.exit(run(main.get_command(command_line(only, outline=sys.argv[1:] == ["--help"]))))
