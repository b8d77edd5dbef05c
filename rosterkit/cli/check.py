"""``rosterkit check``: check rosters, mark them, write the upload sheets.

``check`` is longer than 40 lines because each option of the command is one of its parameters.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rosterkit import language
from rosterkit.cli.output import AllowOption, LanguageOption, ReportFormat, SchemaOption, UnmaskOption, console, ending
from rosterkit.errors import UsageError
from rosterkit.language import _

if TYPE_CHECKING:
    from rosterkit.model.report import Report
    from rosterkit.report.words import Words
    from rosterkit.settings import Settings

_QUIET = 20_000_000  # bytes in all from which progress is worth showing
_MANY = 20  # files likewise


def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="BERKAS...", help="Berkas, folder, atau pola seperti *.xlsx; kosong: folder masuk."),
    ] = None,
    schema: SchemaOption = None,
    decree: Annotated[
        Path | None, typer.Option(metavar="BERKAS.xlsx", help="Lampiran SK: daftar dengan NIK dan nama.")
    ] = None,
    participants: Annotated[
        Path | None, typer.Option(metavar="BERKAS.xlsx", help="Daftar peserta dari BPJS Ketenagakerjaan.")
    ] = None,
    population: Annotated[
        Path | None, typer.Option(metavar="BERKAS.xlsx", help="Hasil pemadanan NIK dari Dukcapil.")
    ] = None,
    exceptions: Annotated[
        Path | None,
        typer.Option(metavar="BERKAS.xlsx", help="Catatan yang dikecualikan kantor (biasanya pengecualian.xlsx)."),
    ] = None,
    upload: Annotated[str | None, typer.Option(metavar="FORM", help="Formulir unggah, atau berkas .yaml.")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Folder hasil (biasanya hasil/ di samping berkas).")
    ] = None,
    template: Annotated[
        Path | None, typer.Option(metavar="BERKAS.xlsx", help="Formulir unduhan (.xlsx) yang diisi, dengan nama tetap.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, metavar="ANGKA", help="Banyaknya proses (biasanya dipilih sendiri).")
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option(metavar="here|disk|spark", help="Cara memeriksa (biasanya dipilih sendiri); lihat docs/scale.md."),
    ] = None,
    master: Annotated[
        str | None, typer.Option(metavar="ALAMAT", help="Alamat klaster untuk --engine spark, misalnya local[2].")
    ] = None,
    apply_fixes: Annotated[
        bool, typer.Option("--apply-fixes", help="Tulis perbaikan yang pasti ke sel salinan bertanda.")
    ] = False,
    from_nik: Annotated[
        bool,
        typer.Option("--from-nik", help="Ambil tanggal lahir dan jenis kelamin dari NIK bila tidak ada di daftar."),
    ] = False,
    no_write: Annotated[bool, typer.Option("--no-write", help="Laporan saja: tidak ada berkas yang ditulis.")] = False,
    per_file: Annotated[
        bool, typer.Option("--per-file", help="Berkas unggah satu per satu (hasil/per-berkas), bukan gabungan.")
    ] = False,
    output: Annotated[
        ReportFormat, typer.Option("--format", metavar="text|json|html", help="Bentuk laporan.")
    ] = ReportFormat.TEXT,
    fail_on: Annotated[str, typer.Option(metavar="error|warning", help="Mulai tingkat mana kode keluar 1.")] = "error",
    allow_outside: AllowOption = False,
    lang: LanguageOption = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Tampilkan setiap catatan dari setiap berkas.")
    ] = False,
    unmask: UnmaskOption = False,
    wait: Annotated[bool, typer.Option("--wait", help="Tunggu Enter sebelum jendela ditutup.")] = False,
) -> None:
    """Periksa daftar, tandai yang perlu diperbaiki, dan tulis berkas unggah."""
    language.use(lang)
    from rosterkit.outside import allowing

    with _open_window(wait), ending(), allowing(allow_outside):
        if fail_on not in ("error", "warning"):
            raise UsageError(_("--fail-on harus error atau warning, bukan {given}.").format(given=fail_on))
        from rosterkit.model.finding import Severity
        from rosterkit.settings import ENGINES

        if engine is not None and engine not in ENGINES:
            raise UsageError(_("--engine harus here, disk, atau spark, bukan {given}.").format(given=engine))
        from rosterkit.pipeline import run
        from rosterkit.report.words import Words
        from rosterkit.run.dropped import dropped_paths
        from rosterkit.run.project import lists_in_project, project_settings, with_override

        settings = replace(
            project_settings(
                paths or dropped_paths() or lists_in_project(),
                schema,
                out,
                lang,
                [path for path in (decree, participants, population) if path],
            ),
            template=template,
            apply_fixes=apply_fixes,
            per_file=per_file,
            write=not no_write,
            jobs=jobs,
            engine=engine,
            master=master,
            fail_on=Severity(fail_on),
            unmask=unmask,
        )
        chosen: dict[str, Any] = {"decree": decree, "participants": participants, "population": population}
        chosen |= {"exceptions": exceptions, "upload": upload}
        settings = replace(settings, **{name: value for name, value in chosen.items() if value is not None})
        if from_nik:
            settings = with_override(settings, "from_nik", True)
        with _Progress(settings, output) as progress:
            report = run(settings, progress)
        print_report(report, Words(report.labels, unmask), output, verbose)
        raise typer.Exit(exit_code(report, settings))


@contextmanager
def _open_window(wanted: bool) -> Iterator[None]:
    """Keep the window open that a right click in Explorer has opened, until she has read it."""
    try:
        yield
    finally:
        if wanted and sys.stdin is not None and sys.stdin.isatty():
            with suppress(EOFError, KeyboardInterrupt):
                input("\n" + _("Tekan Enter untuk menutup. "))


def print_report(report: Report, words: Words, output: ReportFormat, verbose: bool = False) -> None:
    if output is ReportFormat.JSON:
        from rosterkit.report.as_json import as_json

        sys.stdout.writelines(as_json(report, words))
        return
    if output is ReportFormat.HTML:
        from rosterkit.report.as_html import as_html

        sys.stdout.writelines(as_html(report, words))
        return
    from rosterkit.report import terminal

    terminal.print_report(report, words, console(), verbose)


def exit_code(report: Report, settings: Settings) -> int:
    from rosterkit.model.finding import Severity

    if report.failure or any(file.failure for file in report.files):
        return 3
    bad = (Severity.ERROR,) if settings.fail_on is Severity.ERROR else (Severity.ERROR, Severity.WARNING)
    return int(any(finding.severity in bad for file in report.files for finding in file.findings))


class _Progress:
    """A live bar with the file at work, on standard error, where a run is long and somebody looks."""

    def __init__(self, settings: Settings, output: ReportFormat) -> None:
        size = sum(path.stat().st_size for path in settings.paths if path.is_file())
        self._wanted = sys.stderr.isatty() and (size > _QUIET or len(settings.paths) > _MANY)
        self._total = len(settings.paths)
        self._bar: Any = None

    def __enter__(self) -> _Progress:
        if self._wanted:
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            columns = (
                TextColumn("{task.description}", markup=False),
                BarColumn(24),
                MofNCompleteColumn(),
                TextColumn("{task.fields[name]}", markup=False),
            )
            self._bar = Progress(*columns, console=console(stderr=True), transient=True)
            self._bar.start()
            self._stages: dict[str, Any] = {}
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def __call__(self, stage: str, path: Path) -> None:
        if self._bar:
            if stage not in self._stages:
                word = _("Membaca") if stage == "read" else _("Menulis")
                self._stages[stage] = self._bar.add_task(f"{word:<8}", total=self._total, name="")
            self._bar.update(self._stages[stage], advance=1, name=path.name)
