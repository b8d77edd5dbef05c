"""The command line: parses, calls, prints. The only place with typer."""

from __future__ import annotations

import sys

import typer

from rosterkit.cli.check import check
from rosterkit.cli.compare import compare
from rosterkit.cli.decree import decree
from rosterkit.cli.explain import explain
from rosterkit.cli.find import find
from rosterkit.cli.init import init
from rosterkit.cli.recap import recap
from rosterkit.cli.rules import rules
from rosterkit.cli.strip import strip
from rosterkit.cli.template import template


def _version(wanted: bool) -> None:
    if wanted:
        from rosterkit import __version__

        typer.echo(f"rosterkit {__version__}")
        raise typer.Exit


def _callback(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Tampilkan versi."),
) -> None:
    """Periksa daftar pekerja rentan dan siapkan lembar unggah BPJS Ketenagakerjaan."""


_typer = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
_typer.callback()(_callback)
_typer.command()(init)
_typer.command()(check)
_typer.command()(find)
_typer.command(name="cari", hidden=True)(find)
_typer.command()(recap)
_typer.command()(compare)
_typer.command()(template)
_typer.command()(rules)
_typer.command()(explain)
_typer.command()(strip)
_typer.add_typer(decree, name="decree")


def app() -> None:
    """Run the command line; a terminal that cannot show a sign gets a question mark, never a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
    _typer()
