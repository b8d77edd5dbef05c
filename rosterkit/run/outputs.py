"""How the outputs of a run are written: whole files only, read back before use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rosterkit.files import remove_output, whole_file
from rosterkit.gc_pause import pause_gc
from rosterkit.model.report import CheckedFile, Report
from rosterkit.run.output_names import OutputNames
from rosterkit.schema.spec import RosterSpec
from rosterkit.schema.upload_spec import UploadSpec
from rosterkit.settings import DECISIONS, DUPLICATES
from rosterkit.write.uploads.ready import UploadRows
from rosterkit.write.uploads.sheets import Cells, make_upload_sheets
from rosterkit.write.uploads.verify import verify_upload

if TYPE_CHECKING:
    from rosterkit.recap.duplicates import Duplicate
    from rosterkit.recap.people import Recap
    from rosterkit.reference.decisions import Decisions
    from rosterkit.schema.contributions import Contributions
    from rosterkit.write.uploads.fill import Template

DOCUMENT = "hasil.json"
PAGE = "laporan.html"
RECAP = "rekap.xlsx"


class Outputs:
    """Writes the outputs of a run, each whole or not at all, and read back before it gets its name."""

    def __init__(self, out: Path | None, inputs: Sequence[Path], per_file: bool = False, tidy: bool = True) -> None:
        self.names = OutputNames(out, inputs, per_file, tidy)

    @property
    def folder(self) -> Path:
        """Where the outputs of all files together go."""
        return self.names.folder

    def annotated(
        self, file: CheckedFile, spec: RosterSpec, today: dt.date, repair: bool = False, is_decree: bool = False
    ) -> Path:
        """Write the annotated copy of a file (with its cells), read back and compared before it gets its name.

        Raises:
            FileError: it could not be written, or not without a risk of losing something.
        """
        from rosterkit.write.copies.write_copy import write_copy

        has_macros = file.path.suffix.lower() == ".xlsm" and file.read.kind == "xlsx"
        target = self.names.target(file.path, f".periksa.{'xlsm' if has_macros else 'xlsx'}")
        write_copy(target, file, spec, today, repair, is_decree)
        return target

    def uploads(
        self, path: Path, rows: UploadRows, form: UploadSpec, template: Template | None = None
    ) -> tuple[list[Path], list[Path]]:
        """Write the upload sheets of a file (``COMBINED``: of all), each read back before it gets its name.

        With a template each is a copy of it under its own name, in a folder called after the file.

        Args:
            path: the file.
            rows: cells of the form's columns: of those who are complete, and of the others, who get sheets of their own
                so that an empty required cell never stops the rest.
            form: the form.
            template: a downloaded form.

        Returns:
            the sheets of both.

        Raises:
            FileError: one could not be written, or does not say what it should.
        """
        complete, incomplete = rows
        done = self._upload_sheets(self.names.upload(path), complete, form, template)
        return done, self._upload_sheets(self.names.upload(path, incomplete=True), incomplete, form, template)

    def _upload_sheets(
        self, base: Path, cells: Sequence[Cells], form: UploadSpec, template: Template | None
    ) -> list[Path]:
        """Write the upload sheets of people; none for nobody."""
        if not cells:
            return []
        if template:
            return self._fill(base, cells, form, template)
        written, contents = [], []
        with pause_gc():
            for content, rows in make_upload_sheets(cells, form):
                verify_upload(content, rows, form)
                contents.append(content)
        for number, content in enumerate(contents, 1):
            part = f"-{number}" if len(contents) > 1 else ""
            target = self.names.checked(base.with_name(f"{base.name}.{form.output_name}{part}.xlsx"))
            with whole_file(target) as out:
                out.write(content)
            written.append(target)
        return written

    def reply(self, file: CheckedFile, spec: RosterSpec, today: dt.date, deadline: dt.date | None) -> Path | None:
        """Write the text for the sender of a file; where there is nothing to tell, that of an earlier run goes away.

        Raises:
            FileError: it could not be written.
        """
        from rosterkit.report.reply import reply

        target = self.names.reply(file.path)
        text = reply(file, spec.labels(), today, deadline)
        if not text:
            remove_output(target)
            return None
        with whole_file(target, durable=False) as out:
            out.write(text.replace("\n", "\r\n").encode("utf-8-sig"))
        return target

    def recap(self, recap: Recap, spec: RosterSpec, contributions: Contributions, today: dt.date) -> Path:
        """Write ``rekap.xlsx``.

        Raises:
            FileError: it could not be written.
        """
        from rosterkit.write.books.recap import write_recap

        target = self.folder / RECAP
        write_recap(target, recap, spec, contributions, today)
        return target

    def decisions(self, project: Path | None) -> Path:
        """Where decisions are kept: beside ``rosterkit.toml``, else beside the output folder, never in it."""
        return (project or self.folder.parent) / DECISIONS

    def duplicates(
        self, found: Sequence[Duplicate], decisions: Decisions, project: Path | None, today: dt.date
    ) -> Path | None:
        """Keep the decisions, and write those that are open into ``ganda.xlsx``; without any it goes away.

        Raises:
            FileError: one could not be written.
        """
        from rosterkit.write.books.duplicates import write_decisions, write_duplicates

        if decisions.new:
            write_decisions(self.decisions(project), [one for one in decisions.made if one.who], today)
        target = self.folder / DUPLICATES
        if not decisions.readable:
            return None
        if not found:
            remove_output(target)
            return None
        write_duplicates(target, found, today)
        return target

    def document(self, report: Report, unmask: bool) -> Path:
        """Write the machine-readable report of a run, ``hasil.json``.

        Raises:
            FileError: it could not be written.
        """
        from rosterkit.report.as_json import as_json
        from rosterkit.report.words import Words

        target = self.folder / DOCUMENT
        with whole_file(target) as out:
            for piece in as_json(report, Words(report.labels, unmask)):
                out.write(piece.encode())
        return target

    def page(self, report: Report, people: Sequence[Sequence[str]], note: str) -> Path:
        """Write the report of a run to be read and printed, ``laporan.html``; it is always masked.

        Args:
            report: the run.
            people: everybody, and ``note`` what there is to say of those who are left out (see ``run.persons``).
            note: see ``people``.

        Raises:
            FileError: it could not be written.
        """
        from rosterkit.report.as_html import as_html
        from rosterkit.report.words import Words

        target = self.folder / PAGE
        with whole_file(target) as out:
            for piece in as_html(report, Words(report.labels), people, note):
                out.write(piece.encode())
        return target

    def _fill(self, base: Path, cells: Sequence[Cells], form: UploadSpec, template: Template) -> list[Path]:
        from rosterkit.write.uploads.fill import fill_template

        written = []
        for number, start in enumerate(range(0, len(cells), form.row_limit), 1):
            part = f"-{number}" if len(cells) > form.row_limit else ""
            target = self.names.checked(base.with_name(base.name + part) / template.path.name)
            with whole_file(target) as out:
                fill_template(template, cells[start : start + form.row_limit], out)
            written.append(target)
        return written
