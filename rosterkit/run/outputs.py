"""Where outputs go and how they get there: names, the folder ``hasil``, whole files only, read back before use."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import count, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from rosterkit.errors import FileError
from rosterkit.files import cannot_write, forget_half, whole_file
from rosterkit.gc_pause import paused
from rosterkit.language import _
from rosterkit.model.report import CheckedFile, Report
from rosterkit.read.form_mark import upload_source
from rosterkit.read.package import damaged
from rosterkit.schema.spec import RosterSpec
from rosterkit.schema.upload_spec import UploadSpec
from rosterkit.write.uploads.sheets import Cells, make_upload_sheets
from rosterkit.write.uploads.verify import verify_upload

if TYPE_CHECKING:
    from rosterkit.recap.people import Recap
    from rosterkit.schema.contributions import Contributions
    from rosterkit.write.uploads.fill import Template

FOLDER = "hasil"
COMBINED = "gabungan"  # the upload of all files of a run
DOCUMENT = "hasil.json"
RECAP = "rekap.xlsx"
REPLIES = "balasan"
_COPY = re.compile(r"(.+)\.periksa\.xls[xm]")


class Outputs:
    """Names for the outputs of a run: two inputs of the same name never share one, and no input is written over."""

    def __init__(self, out: Path | None, inputs: Sequence[Path]) -> None:
        self._inputs = {path.resolve() for path in inputs}
        self._base: dict[Path, Path] = {}
        self._folder = out or paths_folder(inputs) / FOLDER
        taken = {str((self._folder / name).resolve()).casefold() for name in (COMBINED, "rekap")}
        for path in inputs:
            base = (out or path.parent / FOLDER) / path.stem.removesuffix(".periksa")  # a copy comes back
            folder, name, number = base.parent, base.name, 1
            while str(base.resolve()).casefold() in taken:
                number += 1
                base = folder / f"{name}-{number}"
            taken.add(str(base.resolve()).casefold())
            self._base[path] = base
        self._replies = unique_names({path: base.name for path, base in self._base.items()})
        self._base[Path(COMBINED)] = self._folder / COMBINED
        self._old: dict[Path, list[Path]] = {}
        for folder in {base.parent for base in self._base.values()}:
            for path in folder.iterdir() if folder.is_dir() else ():
                forget_half(path)
                copy = _COPY.fullmatch(path.name)
                source = folder / copy[1] if copy else upload_source(path)
                if source:
                    self._old.setdefault(source, []).append(path)

    @property
    def folder(self) -> Path:
        """Where the outputs of all files together go."""
        return self._folder

    @property
    def folders(self) -> tuple[Path, ...]:
        """All folders that outputs go to."""
        return tuple(dict.fromkeys((self._folder, *(base.parent for base in self._base.values()))))

    def strangers(self) -> list[str]:
        """Return the names of upload sheets, of any family, whose files are not in this run."""
        own = {*self._base.values(), self._folder / "mutasi"}
        return sorted(
            path.name
            for base, old in self._old.items()
            if base not in own
            for path in old
            if not _COPY.fullmatch(path.name)
        )

    def clear(self, path: Path, kept: Sequence[Path], template: Template | None = None) -> None:
        """Take away what an earlier run has left of a file: a sheet that is no longer true must not be uploaded.

        Raises:
            FileError: it is open in Excel, or the folder cannot be written.
        """
        base = self._base[path]
        filled = []
        if template:
            parts = (base.with_name(f"{base.name}-{number}") for number in count(1))
            filled = [base / template.path.name]
            filled += takewhile(Path.exists, (part / template.path.name for part in parts))
        for old in (*self._old.get(base, ()), *filled):
            if old not in kept and old.resolve() not in self._inputs:
                try:
                    old.unlink(missing_ok=True)
                except OSError as error:
                    raise cannot_write(old, error) from error

    def annotated(self, file: CheckedFile, spec: RosterSpec, today: dt.date, repair: bool = False) -> Path:
        """Write the annotated copy of a file (with its cells), read back and compared before it gets its name.

        Raises:
            FileError: it could not be written, or not without a risk of losing something.
        """
        from rosterkit.write.copies.annotate import annotate_workbook
        from rosterkit.write.copies.convert import convert_workbook
        from rosterkit.write.copies.marks import make_marks
        from rosterkit.write.copies.summary import get_origin
        from rosterkit.write.patch.package import READ_ERRORS, is_signed
        from rosterkit.write.patch.verify import verify_values

        workbook = file.read.workbook
        assert workbook is not None  # noqa: S101 # a file that was not read has no findings
        titles: dict[str, str] = {}
        with ExitStack() as stack:
            source: BinaryIO
            if workbook.kind != "xlsx":
                source, titles = convert_workbook(workbook)
            elif workbook.content is not None:
                source = io.BytesIO(workbook.content)
            else:
                source = stack.enter_context(file.path.open("rb"))
            marks = make_marks(file, spec.name, spec.labels(), today, titles, is_signed(source), repair)
            macros = file.path.suffix.lower() == ".xlsm" and workbook.kind == "xlsx"
            target = self._target(file.path, f".periksa.{'xlsm' if macros else 'xlsx'}")
            out = stack.enter_context(whole_file(target))
            try:
                changes = annotate_workbook(source, out, marks, *get_origin(file.read))
            except OSError:
                raise  # the disk, not the file
            except READ_ERRORS as error:
                raise damaged() from error
            out.seek(0)
            verify_values(out, workbook, changes, titles)
        return target

    def uploads(
        self, path: Path, cells: Sequence[Cells], form: UploadSpec, template: Template | None = None
    ) -> list[Path]:
        """Write the upload sheets of a file, each read back and compared before it gets its name.

        ``cells`` are rows of the form's columns (see ``upload.make_upload_cells``).
        With a template each is a copy of it under its own name, in a folder called after the file.

        Raises:
            FileError: it could not be written, or does not say what it should.
        """
        if template:
            return self._fill(path, cells, form, template)
        written = []
        with paused():
            parts = list(make_upload_sheets(cells, form))
            for content, rows in parts:
                verify_upload(content, rows, form)
        for number, (content, _rows) in enumerate(parts, 1):
            part = f"-{number}" if len(parts) > 1 else ""
            written.append(self._write(path, f".{form.output_name}{part}.xlsx", content))
        return written

    def combined(self, cells: Sequence[Cells], form: UploadSpec, template: Template | None = None) -> list[Path]:
        """Write the upload sheets of all files of a run together.

        Raises:
            FileError: they could not be written, or do not say what they should.
        """
        return self.uploads(Path(COMBINED), cells, form, template)

    def reply(self, file: CheckedFile, spec: RosterSpec, today: dt.date, deadline: dt.date | None) -> Path:
        """Write the text for the sender of a file.

        Raises:
            FileError: it could not be written.
        """
        from rosterkit.report.reply import reply

        target = self._folder / REPLIES / f"{self._replies[file.path]}.txt"
        with whole_file(target, durable=False) as out:
            out.write(reply(file, spec.labels(), today, deadline).replace("\n", "\r\n").encode("utf-8-sig"))
        return target

    def recap(self, recap: Recap, spec: RosterSpec, contributions: Contributions, today: dt.date) -> Path:
        """Write ``rekap.xlsx``.

        Raises:
            FileError: it could not be written.
        """
        from rosterkit.write.books.recap import write_recap

        target = self._folder / RECAP
        write_recap(target, recap, spec, contributions, today)
        return target

    def document(self, report: Report, unmask: bool) -> Path:
        """Write the machine-readable report of a run, ``hasil.json``.

        Raises:
            FileError: it could not be written.
        """
        from rosterkit.report.as_json import as_json
        from rosterkit.report.words import Words

        target = self._folder / DOCUMENT
        with whole_file(target) as out:
            for piece in as_json(report, Words(report.labels, unmask)):
                out.write(piece.encode())
        return target

    def _fill(self, path: Path, cells: Sequence[Cells], form: UploadSpec, template: Template) -> list[Path]:
        from rosterkit.write.uploads.fill import fill_template

        written = []
        for number, start in enumerate(range(0, len(cells), form.row_limit), 1):
            part = f"-{number}" if len(cells) > form.row_limit else ""
            target = self._target(path, f"{part}/{template.path.name}")
            with whole_file(target) as out:
                fill_template(template, cells[start : start + form.row_limit], out)
            written.append(target)
        return written

    def _write(self, source: Path, suffix: str, content: bytes) -> Path:
        target = self._target(source, suffix)
        with whole_file(target) as out:
            out.write(content)
        return target

    def _target(self, source: Path, suffix: str) -> Path:
        base = self._base[source]
        target = base.parent / (base.name + suffix)
        if target.resolve() in self._inputs:
            raise FileError(
                "would-overwrite",
                _("{path} adalah berkas masukan dan tidak akan ditimpa. Pilih folder lain dengan --out.").format(
                    path=target
                ),
            )
        return target


def unique_names(names: dict[Path, str]) -> dict[Path, str]:
    """Names of which no two are the same on any system, the later ones with a number."""
    seen: Counter[str] = Counter()
    apart = {}
    for path, name in names.items():
        seen[name.casefold()] += 1
        number = seen[name.casefold()]
        apart[path] = name if number == 1 else f"{name} ({number})"
    return apart


def paths_folder(inputs: Sequence[Path]) -> Path:
    """The folder that files have in common; their own where they have one."""
    folders = {path.parent for path in inputs}
    if len(folders) == 1:
        return folders.pop()
    try:
        return Path(os.path.commonpath([folder.resolve() for folder in folders]))
    except ValueError:  # on two drives
        return inputs[0].parent
