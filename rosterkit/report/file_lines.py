"""What a report says of one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rosterkit.language import _
from rosterkit.model.finding import Finding, Severity
from rosterkit.model.report import CheckedFile
from rosterkit.report.blocks import Line, Look, Piece, line
from rosterkit.report.words import REASONS, Words, accepted_text, account, grouped
from rosterkit.rules import BY_CODE

_CELLS = 6  # cells named in a group
_ALONE = 2  # a group of at most so many findings is listed one by one


def file_lines(file: CheckedFile, words: Words, uploads: bool) -> Iterator[Line]:
    """What there is to say of one file; ``uploads``: the run writes upload sheets."""
    if file.failure:
        yield Line(((_("GAGAL"), "failed"), (" ", "plain"), (str(file.path), "strong")))
        yield line(file.failure[1], indent=2)
        return
    if file.replaced:
        yield replaced_file_line(file, words)
        return
    yield Line((_verdict(file), (" ", "plain"), (str(file.path), "strong")))
    yield line(account(file), indent=2)
    yield from _left_out(file)
    for group in grouped(file.findings):
        yield from _group_lines(group, words, len(file.read.tables) > 1)
    for finding, accepted in file.verdict.accepted:
        yield line(accepted_text(finding, accepted, words), "quiet", 2)
    yield from _outputs(file, uploads)


def clean_file_line(file: CheckedFile) -> Line:
    """A file of many, with nothing to say of it, in one line."""
    people = _("{rows} orang").format(rows=file.rows)
    return Line((_verdict(file), (" ", "plain"), (str(file.path), "strong"), (f" ({people})", "plain")))


def replaced_file_line(file: CheckedFile, words: Words) -> Line:
    """A file whose people all stand in a newer version of its list, in one line."""
    told = " ".join(words.message(finding) for finding in file.findings)
    people = _("{rows} orang").format(rows=file.rows)
    return Line(((_("LAMA"), "quiet"), (" ", "plain"), (str(file.path), "strong"), (f" ({people}) {told}", "plain")))


def _verdict(file: CheckedFile) -> Piece:
    """The verdict in a word."""
    found = {finding.severity for finding in file.findings}
    if Severity.ERROR in found:
        return _("PERBAIKI"), "error"
    return (_("PERIKSA"), "alarm") if Severity.WARNING in found else (_("BERSIH"), "clean")


def _left_out(file: CheckedFile) -> Iterator[Line]:
    """Rows that are no people, and sheets without a roster."""
    for table in file.read.tables:
        prefix = f"{table.sheet.name}: " if len(file.read.tables) > 1 else ""
        left = [part for part in table.left_out if part.reason != "blank"]
        if left:
            rows = "; ".join(f"{_(REASONS[part.reason])} ({_rows(part.first, part.last)})" for part in left)
            yield line(prefix + _("bukan orang: {rows}").format(rows=rows), "quiet", 2)
    for skipped in file.read.skipped:
        if skipped.reason != "own-sheet":
            text = _('Lembar "{name}" dilewati: {reason}.').format(name=skipped.name, reason=_(REASONS[skipped.reason]))
            yield line(text, "quiet", 2)


def _rows(first: int, last: int) -> str:
    return _("baris {first}").format(first=first + 1) + (f"-{last + 1}" if last > first else "")


def _group_lines(group: Sequence[Finding], words: Words, several: bool) -> Iterator[Line]:
    """Findings that say the same of one column; few are listed one by one, the hint once."""
    first = group[0]
    look: Look = first.severity.value
    about_file = first.place.cell is None and first.field is None
    if len(group) <= _ALONE and (about_file or first.severity is not Severity.INFO):
        for finding in group:
            text = f"{_sheet(finding, several)} {words.message(finding)}"
            yield Line(((finding.code, look), (text, "plain")), 2)
    else:
        cells = ", ".join(_spot(finding, words, several) for finding in group[:_CELLS])
        more = _(" dan {count} lagi").format(count=len(group) - _CELLS) if len(group) > _CELLS else ""
        label = words.label(first.field) if first.field and first.place.cell else _("kolom")
        text = _("{title}: {count} x {label} ({cells}{more})").format(
            title=_(BY_CODE[first.code].title), count=len(group), label=label, cells=cells, more=more
        )
        yield Line(((first.code, look), (" " + text.replace("  ", " "), "plain")), 2)
    if first.severity is not Severity.INFO:
        yield line("-> " + words.hint(first), "quiet", 8)


def _spot(finding: Finding, words: Words, several: bool) -> str:
    """Where a finding of a group stands: its cell, or the column that is meant, with its sheet where there are more."""
    header = finding.facts.get("header") if finding.field is None else None
    spot = str(header) if header else finding.place.cell or words.label(finding.field)
    return f"{finding.place.sheet}!{spot}" if several and finding.place.sheet else spot


def _sheet(finding: Finding, several: bool) -> str:
    return f" {finding.place.sheet}" if several and finding.place.sheet else ""


def _outputs(file: CheckedFile, uploads: bool) -> Iterator[Line]:
    written = file.written
    if written.annotated:
        yield line(_("Salinan bertanda: {path}").format(path=written.annotated), indent=2)
        if file.read.kind != "xlsx":
            text = _("  (buku kerja baru dengan isi yang sama, karena aslinya {kind})").format(kind=file.read.kind)
            yield line(text, indent=2)
    for upload in written.uploads:
        yield line(_("Lembar unggah:    {path}").format(path=upload), indent=2)
    if uploads and file.rows and not written.uploads:
        yield line(_("Tidak ada lembar unggah: tidak ada baris yang siap diunggah."), indent=2)
