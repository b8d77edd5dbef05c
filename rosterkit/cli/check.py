"""``rosterkit check``: check rosters, mark them, write the upload sheets."""

from __future__ import annotations

import datetime as dt
import glob
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rosterkit import language
from rosterkit.cli.output import Format, Language, console, ending
from rosterkit.errors import UsageError
from rosterkit.language import _
from rosterkit.model import Report, Severity

if TYPE_CHECKING:
    from rosterkit.report.messages import Words
    from rosterkit.settings import Settings

_QUIET = 20_000_000  # bytes in all from which progress is worth showing
_OWN = re.compile(r"\.periksa\.xls[xm]$|^(?:rekap|mutasi)\.xlsx$")
_MANY = 20  # files likewise


def check(
    paths: Annotated[list[str], typer.Argument(metavar="BERKAS...", help="Berkas, folder, atau pola seperti *.xlsx.")],
    schema: Annotated[str | None, typer.Option(help="Nama skema program, atau berkas .yaml.")] = None,
    decree: Annotated[Path | None, typer.Option(help="Lampiran SK: daftar dengan NIK dan nama.")] = None,
    participants: Annotated[
        Path | None, typer.Option(metavar="BERKAS", help="Daftar peserta dari BPJS Ketenagakerjaan.")
    ] = None,
    population: Annotated[
        Path | None, typer.Option(metavar="BERKAS", help="Hasil pemadanan NIK dari Dukcapil.")
    ] = None,
    exceptions: Annotated[
        Path | None, typer.Option(help="Temuan yang diterima kantor (biasanya pengecualian.xlsx).")
    ] = None,
    upload: Annotated[str | None, typer.Option(metavar="FORM", help="Formulir unggah, atau berkas .yaml.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder hasil (biasanya hasil/ di samping berkas).")] = None,
    template: Annotated[
        Path | None, typer.Option(metavar="BERKAS", help="Formulir unduhan (.xlsx) yang diisi, dengan nama tetap.")
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Banyaknya proses (biasanya dipilih sendiri).")] = None,
    apply_fixes: Annotated[
        bool, typer.Option("--apply-fixes", help="Tulis perbaikan yang pasti ke sel salinan bertanda.")
    ] = False,
    output: Annotated[Format, typer.Option("--format", help="Bentuk laporan.")] = Format.TEXT,
    fail_on: Annotated[str, typer.Option(metavar="error|warning", help="Mulai bobot mana kode keluar 1.")] = "error",
    lang: Annotated[Language | None, typer.Option(help="Bahasa laporan.")] = None,
    unmask: Annotated[bool, typer.Option("--unmask", help="Tampilkan NIK, KK, HP dan nama ibu secara utuh.")] = False,
) -> None:
    """Periksa daftar, tandai kesalahannya, dan tulis lembar unggah."""
    language.use(lang)
    with ending():
        if fail_on not in ("error", "warning"):
            raise UsageError(_("--fail-on harus error atau warning, bukan {given}.").format(given=fail_on))
        settings = replace(
            project_settings(paths, schema, out, lang, [path for path in (decree, participants, population) if path]),
            template=template,
            apply_fixes=apply_fixes,
            jobs=jobs,
            fail_on=Severity(fail_on),
            unmask=unmask,
        )
        chosen: dict[str, Any] = {"decree": decree, "participants": participants, "population": population}
        chosen |= {"exceptions": exceptions, "upload": upload}
        settings = replace(settings, **{name: value for name, value in chosen.items() if value is not None})
        from rosterkit.pipeline import run
        from rosterkit.report.messages import Words

        with _Progress(settings, output) as progress:
            report = run(settings, progress)
        print_report(report, Words(report.labels, unmask), output)
    raise typer.Exit(exit_code(report, settings))


def project_settings(
    given: list[str],
    schema: str | None = None,
    out: Path | None = None,
    lang: Language | None = None,
    others: Sequence[Path] = (),
) -> Settings:
    """The settings of a run on paths: what is given, and what the nearest ``rosterkit.toml`` says.

    ``others`` are files of a folder that are no rosters, such as the decree.

    Raises:
        UsageError: a path names no file, or the project's file is wrong.
    """
    from rosterkit.schema.load import DEFAULT
    from rosterkit.settings import Settings, project

    first = Path(given[0])
    known = project(first if first.is_dir() else first.parent)
    lists = [known[name] for name in ("decree", "participants", "population", "senders") if name in known]
    files = find_files(given, out or known.get("out"), [*lists, *others])
    if lang is None and "language" in known and "ROSTERKIT_LANG" not in os.environ:
        language.use(known["language"])
    folder = first
    if out is None and "out" not in known and len(given) == 1 and folder.is_dir():
        out = folder / "hasil"
    if out is not None and out.exists() and not out.is_dir():
        raise UsageError(_("--out {path} bukan folder. Tulis nama folder, misalnya hasil.").format(path=out))
    names = ("decree", "participants", "population", "senders", "exceptions", "upload", "over", "deadline")
    further: dict[str, Any] = {name: known.get(name) for name in names}
    return Settings(
        paths=tuple(files),
        schema=schema or known.get("schema", DEFAULT),
        today=dt.date.today(),
        by_mark=schema is None,
        schema_is_default=schema is None and "schema" not in known,
        folder=folder if len(given) == 1 and folder.is_dir() else None,
        whole=len(files) > 1 or folder.is_dir(),
        out=out or known.get("out"),
        **further,
    )


def find_files(given: list[str], out: Path | None = None, others: Sequence[Path] = ()) -> list[Path]:
    """The files that paths, folders and globs name, each once, in order; outputs of earlier runs are passed over.

    An annotated copy that a sender gives back is an input as any other; what lies in the output folder is none, nor are
    ``others`` (the decree and its kind) where a folder holds them.

    Raises:
        UsageError: a pattern or a folder names no file.
    """
    from rosterkit.read.workbook import SUFFIXES

    found: dict[Path, Path] = {}
    known = {other.resolve() for other in others}
    for text in given:
        path = Path(text)
        if path.is_dir():
            inside = sorted(
                file for file in path.rglob("*") if _is_input(file, path, out, SUFFIXES) and file.resolve() not in known
            )
            if not inside:
                raise UsageError(
                    _(
                        "Folder {path} tidak berisi berkas Excel ({suffixes}). Taruh daftar di situ lalu coba lagi."
                    ).format(path=path, suffixes=" ".join(SUFFIXES))
                )
        elif not path.exists() and glob.has_magic(text):
            inside = [Path(name) for name in sorted(_glob(text)) if Path(name).is_file()]
            if not inside:
                raise UsageError(_("Tidak ada berkas yang cocok dengan {pattern}.").format(pattern=text))
        else:
            inside = [path]
        for file in inside:
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _glob(pattern: str) -> list[str]:
    return glob.glob(pattern, recursive=True)  # noqa: PTH207 # Path.glob takes no absolute pattern


def _is_input(file: Path, folder: Path, out: Path | None, suffixes: tuple[str, ...]) -> bool:
    from rosterkit.read.mark import upload_source
    from rosterkit.settings import EXCEPTIONS

    inner = file.relative_to(folder).parts[:-1]
    if any(part == "hasil" or part.startswith(".") for part in inner) or file.name.startswith("."):
        return False
    if out is not None and file.resolve().is_relative_to(out.resolve()):
        below = out.resolve() != folder.resolve() and out.resolve().is_relative_to(folder.resolve())
        if below or _OWN.search(file.name):  # where the results lie among the lists, their names tell them apart
            return False
    listed = file.suffix.lower() in suffixes and file.name != EXCEPTIONS and file.is_file()
    return listed and upload_source(file) is None


def print_report(report: Report, words: Words, output: Format) -> None:
    if output is Format.JSON:
        from rosterkit.report.as_json import as_json

        sys.stdout.writelines(as_json(report, words))
        return
    from rosterkit.report import terminal

    terminal.print_report(report, words, console())


def exit_code(report: Report, settings: Settings) -> int:
    if report.failure or any(file.failure for file in report.files):
        return 3
    bad = (Severity.ERROR,) if settings.fail_on is Severity.ERROR else (Severity.ERROR, Severity.WARNING)
    return int(any(finding.severity in bad for file in report.files for finding in file.findings))


class _Progress:
    """A live bar with the file at work, on standard error, where a run is long and somebody looks."""

    def __init__(self, settings: Settings, output: Format) -> None:
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
