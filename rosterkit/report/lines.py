"""What a report says of a run, in which order; terminal, HTML and others draw it.

A line is made of pieces, each with a look: what it is, not how it is drawn. Texts from files are never markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rosterkit.language import N_, _
from rosterkit.model.finding import Finding, Severity
from rosterkit.model.report import CheckedFile, Report
from rosterkit.report.words import (
    REASONS,
    Words,
    accepted_text,
    account,
    grouped,
    ignored_text,
    needs_text,
    note_text,
    remark_text,
)
from rosterkit.rules import BY_CODE

Look = Literal["plain", "strong", "quiet", "notice", "failed", "clean", "error", "warning", "info", "alarm"]
Piece = tuple[str, Look]
_WORD = {Severity.ERROR: N_("salah"), Severity.WARNING: N_("periksa"), Severity.INFO: N_("info")}
_CELLS = 6  # cells named in a group
_MANY = 20  # files from which those without findings take a line each
_ALONE = 2  # a group of at most so many findings is listed one by one


@dataclass(frozen=True, slots=True)
class Line:
    """One line: pieces of text, and how far it is indented (columns); a long one goes on below its first letter."""

    pieces: tuple[Piece, ...] = ()
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A small table; ``numbers`` are the columns that hold numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Piece, ...], ...]
    numbers: frozenset[int] = frozenset()


Block = Line | Table
EMPTY = Line()


def line(text: str, look: Look = "plain", indent: int = 0) -> Line:
    """A line of one piece."""
    return Line(((text, look),), indent)


def report_lines(report: Report, words: Words) -> Iterator[Block]:
    """All that there is to say of a run."""
    short = len(report.files) > _MANY
    for file in report.files:
        if short and not (file.findings or file.verdict.accepted or file.failure):
            yield _clean_file(file)
        else:
            yield from file_lines(file, words, report.form is not None)
            yield EMPTY
    yield from _counts(report)
    yield from _set_aside(report, words)
    yield from _ending(report)


def file_lines(file: CheckedFile, words: Words, uploads: bool) -> Iterator[Line]:
    """What there is to say of one file; ``uploads``: the run writes upload sheets."""
    if file.failure:
        yield Line(((_("GAGAL"), "failed"), (" ", "plain"), (str(file.path), "strong")))
        yield line(file.failure[1], indent=2)
        return
    yield Line((_verdict(file), (" ", "plain"), (str(file.path), "strong")))
    yield line(account(file), indent=2)
    yield from _left_out(file)
    for group in grouped(file.findings):
        yield from _group_lines(group, words, len(file.read.tables) > 1)
    for finding, accepted in file.verdict.accepted:
        yield line(accepted_text(finding, accepted, words), "quiet", 2)
    yield from _outputs(file, uploads)


def _clean_file(file: CheckedFile) -> Line:
    """A file of many, with nothing to say of it, in one line."""
    people = _("{rows} orang").format(rows=file.rows)
    return Line((_verdict(file), (" ", "plain"), (str(file.path), "strong"), (f" ({people})", "plain")))


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
    """Findings that say the same of one column; few are told one by one, the hint once."""
    first = group[0]
    look: Look = first.severity.value
    if len(group) <= _ALONE and first.severity is not Severity.INFO:
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


def _counts(report: Report) -> Iterator[Block]:
    """How often each rule speaks, the gravest first."""
    counts: dict[tuple[Severity, str], int] = {}
    for file in report.files:
        for finding in file.findings:
            counts[finding.severity, finding.code] = counts.get((finding.severity, finding.code), 0) + 1
    if not counts:
        return
    rows: list[tuple[Piece, ...]] = []
    for severity, code in sorted(counts, key=lambda key: (key[0].rank, key[1])):
        word: Piece = (_(_WORD[severity]), severity.value)
        number, title = str(counts[severity, code]), _(BY_CODE[code].title)
        rows.append(((code, "plain"), word, (number, "plain"), (title, "plain")))
    heads = (_("Kode"), _("Bobot"), _("Jumlah"), _("Arti"))
    yield Table(heads, tuple(rows), frozenset((2,)))
    yield EMPTY


def _set_aside(report: Report, words: Words) -> Iterator[Line]:
    """What was not judged: rules that are ignored, rules whose lists are not there, exceptions without effect."""
    for code, fields, reason in report.ignored:
        yield line(ignored_text(code, fields, reason, words), "quiet")
    if report.not_run:
        yield line(needs_text(report.not_run), "quiet")
    for note in report.exceptions:
        text = _("pengecualian.xlsx baris {line}: {problem}").format(line=note.line, problem=note_text(note))
        yield line(text, "notice")


def _ending(report: Report) -> Iterator[Line]:
    """The numbers of the run, what there is to say of all files together, and what to do next."""
    rows, clean = sum(file.rows for file in report.files), sum(file.clean_rows for file in report.files)
    failed = sum(file.failure is not None for file in report.files)
    text = _("{files} berkas, {rows} orang: {clean} siap diunggah, {held} ditahan, {failed} berkas gagal dibaca.")
    counts = {"files": len(report.files), "rows": rows, "clean": clean, "held": rows - clean, "failed": failed}
    yield line(text.format(**counts), "strong")
    for remark in report.remarks:
        yield line(remark_text(remark), "notice")
    for absent in _absent(report):
        yield line(absent, "notice")
    replies = next((file.written.reply.parent for file in report.files if file.written.reply), None)
    if replies:
        yield line(_("Teks balasan untuk tiap pengirim: {path}").format(path=replies))
    if report.failure:
        yield line(report.failure[1], "error")
    for upload in report.uploads:
        yield line(_("Lembar unggah semua berkas: {path}").format(path=upload))
    if report.uploads:
        yield line(_("Unggah yang ini, atau yang per berkas; jangan keduanya."), "strong")
    if report.recap:
        yield line(_("Rekap:                     {path}").format(path=report.recap))
    yield line(_next_step(report, rows - clean, failed))


def _absent(report: Report) -> Iterator[str]:
    """Who is missing from a run: people of the decree, and senders."""
    if report.missing:
        yield _("{count} orang dalam SK tidak ada di daftar mana pun (RK504); lihat rekap.").format(
            count=len(report.missing)
        )
    absent = [awaited.name for awaited in report.awaited if not awaited.files]
    if absent:
        more = _(" dan {count} lagi").format(count=len(absent) - _CELLS) if len(absent) > _CELLS else ""
        names = ", ".join(absent[:_CELLS]) + more
        text = _("{count} dari {all} pengirim belum mengirim: {names}.")
        yield text.format(count=len(absent), all=len(report.awaited), names=names)
    several = [awaited.name for awaited in report.awaited if len(awaited.files) > 1]
    if several:
        yield _("Lebih dari satu berkas dari: {names}.").format(names=", ".join(several[:_CELLS]))


def _next_step(report: Report, held: int, failed: int) -> str:
    if held:
        folder = next((file.written.annotated.parent for file in report.files if file.written.annotated), Path())
        return _(
            "Langkah berikutnya: kirim salinan bertanda di {folder} kepada pengirimnya untuk diperbaiki, lalu periksa"
            " lagi. Arti sebuah kode: rosterkit explain KODE"
        ).format(folder=folder)
    if failed:
        return _("Langkah berikutnya: perbaiki berkas yang gagal dibaca, lalu periksa lagi.")
    if any(finding.severity is Severity.ERROR for file in report.files for finding in file.findings):
        return _("Langkah berikutnya: perbaiki kesalahan di atas, lalu periksa lagi.")
    if report.form is None:
        return _("Tidak ada yang harus diperbaiki.")
    return _("Langkah berikutnya: unggah lembar unggah ke aplikasi BPJS Ketenagakerjaan.")
