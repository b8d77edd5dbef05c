"""Consoles and endings that the commands share."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rosterkit import language
from rosterkit.cli.usage import print_wrong_use, tell
from rosterkit.errors import FileError, UsageError, place_of
from rosterkit.outside import OutsideError

if TYPE_CHECKING:
    from rich.console import Console


_UNCUT = 2_000  # characters: where nobody looks, a line is a line


class Language(StrEnum):
    """The languages of ``--lang``."""

    INDONESIAN = "id"
    ENGLISH = "en"


class Format(StrEnum):
    """The formats of ``--format``."""

    TEXT = "text"
    JSON = "json"


class ReportFormat(StrEnum):
    """The formats of a whole run."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


SchemaOption = Annotated[
    str | None, typer.Option("--schema", metavar="SKEMA", help="Nama program, misalnya kediri-2025, atau berkas .yaml.")
]
FormatOption = Annotated[Format, typer.Option("--format", metavar="text|json", help="Bentuk laporan.")]
LanguageOption = Annotated[Language | None, typer.Option("--lang", metavar="id|en", help="Bahasa.")]
VerboseOption = Annotated[bool, typer.Option("--verbose", "-v", help="Tampilkan setiap catatan dari setiap berkas.")]
AllowOption = Annotated[
    bool,
    typer.Option("--allow-outside", help="Izinkan letak di luar folder kerja yang disebut rosterkit.toml; diingat."),
]
UnmaskOption = Annotated[bool, typer.Option("--unmask", help="Tampilkan NIK, KK, HP dan nama ibu secara utuh.")]


def language_of_group(lang: Language | None) -> None:
    """Choose the language of the commands of a group, unless they have a ``--lang`` of their own."""
    if lang:
        os.environ["ROSTERKIT_LANG"] = lang


def console(stderr: bool = False) -> Console:
    """A console that writes plain text where nobody looks: lines are not cut when it is no terminal."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _UNCUT
    return Console(file=stream, highlight=False, width=width, emoji=False)


def new_workbook(path: Path | None) -> None:
    """See that a workbook that was asked for is none that is there already: it could be a list of somebody.

    Raises:
        UsageError: it is there, or would not be called ``.xlsx``.
    """
    if path and path.suffix.lower() != ".xlsx":
        raise UsageError(language._("{path} harus berakhiran .xlsx.").format(path=path))
    if path and path.exists():
        raise UsageError(language._("{path} sudah ada dan tidak akan ditimpa. Pilih nama lain.").format(path=path))


@contextmanager
def ending() -> Iterator[None]:
    """Turn wrong use into one message and exit code 2, what cannot be read or written into exit code 3.

    So does a mistake of the program, unless ``ROSTERKIT_DEBUG`` is set: then its traceback is shown.
    """
    try:
        yield
    except OutsideError:  # it is asked about, and then the command begins again
        raise
    except UsageError as error:
        print_wrong_use(str(error))
        raise typer.Exit(2) from error
    except FileError as error:
        tell(error.message)
        raise typer.Exit(3) from error
    except KeyboardInterrupt as error:
        typer.echo(language._("Dihentikan. Berkas asli tidak berubah."), err=True)
        raise typer.Exit(130) from error
    except (typer.Exit, typer.Abort):
        raise
    except Exception as error:
        if os.environ.get("ROSTERKIT_DEBUG"):
            raise
        tell(program_error(error))
        raise typer.Exit(3) from error


def program_error(error: Exception) -> str:
    """What is said of a mistake of the program: its kind and place, nothing of anybody's data."""
    text = language._(
        "Ada kesalahan program, jadi pekerjaan ini tidak selesai. Laporkan kepada pengelola rosterkit:"
        " {error} di {where}."
    )
    return text.format(error=type(error).__name__, where=place_of(error))
