"""``rosterkit desk`` (``meja``): the page on this computer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rosterkit import language
from rosterkit.cli.output import LanguageOption, ending
from rosterkit.errors import UsageError
from rosterkit.language import _


def desk(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="FOLDER", help="Folder kerja, folder daftar, atau berkas .daftar di dalamnya."),
    ] = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="NOMOR", help="Nomor port (biasanya dipilih sendiri).")
    ] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Jangan buka peramban; alamatnya ditulis.")] = False,
    no_watch: Annotated[bool, typer.Option("--no-watch", help="Jangan pantau folder masuk.")] = False,
    idle: Annotated[
        int,
        typer.Option(
            min=0, max=100_000, metavar="MENIT", help="Tutup sendiri bila tidak dipakai selama ini; 0: tidak."
        ),
    ] = 60,
    lang: LanguageOption = None,
) -> None:
    """Buka meja kerja di peramban: taruh daftar, periksa, ambil hasilnya. Hanya di komputer ini."""
    language.use(lang)
    with ending():
        try:
            from rosterkit.desk.serve import Options, serve
        except ModuleNotFoundError as error:
            if error.name and error.name.startswith("rosterkit"):
                raise
            text = _('Meja kerja belum terpasang ({name} tidak ada). Pasang dengan: pip install "rosterkit[desk]"')
            raise UsageError(text.format(name=error.name)) from error
        options = Options(port, not no_browser, not no_watch, idle)
        serve(_folder(folder) if folder else None, lang, options)


def _folder(given: Path) -> Path:
    """The folder that is meant: that of a ``.daftar`` file, or a drive, which Explorer hands over as ``D:"``."""
    from rosterkit.settings import DESK_SUFFIX

    if str(given).endswith(':"'):
        return Path(str(given)[:-1] + "\\")
    return given.parent if given.suffix.lower() == DESK_SUFFIX and given.is_file() else given
