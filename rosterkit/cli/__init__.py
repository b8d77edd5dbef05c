"""The command line: parses, calls, prints. The only place with typer."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer
from typer import main

from rosterkit.cli.check import check
from rosterkit.cli.compare import compare
from rosterkit.cli.decree import decree
from rosterkit.cli.desk import desk
from rosterkit.cli.explain import explain
from rosterkit.cli.find import find
from rosterkit.cli.forget import forget
from rosterkit.cli.init import init
from rosterkit.cli.output import LanguageOption, language_of_group
from rosterkit.cli.recap import recap
from rosterkit.cli.rules import rules
from rosterkit.cli.strip import strip
from rosterkit.cli.template import template
from rosterkit.cli.uploaded import uploaded
from rosterkit.cli.usage import Command, Group, run
from rosterkit.cli.watch import watch


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


_typer = typer.Typer(cls=Group, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
_typer.callback()(_callback)
for _one in (init, check, watch, find, desk, uploaded, recap, compare, template, rules, explain, strip, forget):
    _typer.command(cls=Command)(_one)
_typer.command(name="cari", cls=Command, hidden=True)(find)
_typer.command(name="meja", cls=Command, hidden=True)(desk)
_typer.command(name="pantau", cls=Command, hidden=True)(watch)
_typer.add_typer(decree, name="decree")


def app() -> None:
    """Run the command line; a terminal that cannot show a sign gets a question mark, never a crash.

    What goes into a file or to another program is UTF-8 on Windows too, whatever its code page is.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            is_redirected = os.name == "nt" and not stream.isatty() and "PYTHONIOENCODING" not in os.environ
            reconfigure(encoding="utf-8" if is_redirected else None, errors="replace")
    sys.exit(run(main.get_command(_typer)))
