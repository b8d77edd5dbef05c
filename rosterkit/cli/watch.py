"""``rosterkit watch`` (``pantau``): check a folder again whenever a list in it changes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from rosterkit import language
from rosterkit.cli.output import AllowOption, LanguageOption, SchemaOption, ending, program_error
from rosterkit.errors import FileError, UsageError
from rosterkit.language import _


def watch(
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="Folder kerja, atau folder daftar; kosong: folder masuk.")
    ] = None,
    schema: SchemaOption = None,
    allow_outside: AllowOption = False,
    lang: LanguageOption = None,
) -> None:
    """Pantau folder daftar: setiap kali daftarnya berubah, periksa lagi. Ctrl+C untuk berhenti."""
    language.use(lang)
    from rosterkit.outside import allowing

    with ending(), allowing(allow_outside):
        from rosterkit.run.project import lists_in_project, use_project
        from rosterkit.run.watch_folder import Waker, inbox_of, tell_look, watch_folder

        inbox = inbox_of(folder if folder is not None else Path(lists_in_project()[0]))
        if not inbox.is_dir():
            text = _("Folder {path} tidak ditemukan. Sambungkan lagi, atau pilih folder lain.")
            raise UsageError(text.format(path=inbox))
        use_project(inbox, lang)  # what it names outside of its folder is asked about now
        watcher, waker, told = watch_folder(inbox), Waker(inbox), ""
        before = ""
        _say(_("Memantau {path}. Tekan Ctrl+C untuk berhenti.").format(path=inbox))
        try:
            while True:
                look = watcher.look()
                text = " ".join(tell_look(look, inbox))
                if text == before and text != told:  # what passes by itself is not worth a line
                    _say(text)
                    told = text
                before = text
                if look.due:
                    watcher.check(lambda: _check(inbox, schema, lang))
                waker.wait(look)
        except KeyboardInterrupt:
            _say(_("Pemantauan dihentikan."))
        finally:
            waker.stop()


def _check(inbox: Path, schema: str | None, lang: str | None) -> bool:
    """Check the folder and say in a line what it came to; False where it is to be tried again."""
    from rosterkit.pipeline import run
    from rosterkit.report.lines import totals_text
    from rosterkit.run.project import project_settings
    from rosterkit.run.watch import is_done

    try:
        report = run(project_settings([str(inbox)], schema, lang=lang))
    except UsageError as error:
        _say(str(error), err=True)
        return True
    except FileError as error:
        _say(error.message, err=True)
        return False
    except Exception as error:  # watching goes on, whatever it is
        _say(program_error(error), err=True)
        return False
    _say(totals_text(report))
    for failure in filter(None, [report.failure, *(file.written.failure for file in report.files)]):
        _say(failure[1], err=True)
    return is_done(report)


def _say(text: str, err: bool = False) -> None:
    if text:
        typer.echo(f"{dt.datetime.now():%H:%M:%S}  {text}", err=err)
