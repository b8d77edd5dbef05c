"""The lines of the summary sheet (``Hasil Periksa``): what to do first, counts, findings with links, origin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import field

from rosterkit import __version__
from rosterkit.dates import date_text
from rosterkit.language import N_, _
from rosterkit.model.finding import Finding, Severity
from rosterkit.model.report import CheckedFile, ReadFile
from rosterkit.read.own_marks import OWN_COLUMN
from rosterkit.records import dataclass
from rosterkit.report.facts import name_some
from rosterkit.report.held import at_office_text, count_at_office
from rosterkit.report.words import REASONS, Words, accepted_text, for_office
from rosterkit.write.copies.compare_findings import compare_findings
from rosterkit.write.copies.summary_counts import count_findings
from rosterkit.write.patch.mark_style import MAX_LINKS, MAX_NOTES


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One row of the summary.

    ``link`` is the target of a link in ``LINK_COLUMN``, a cell of the workbook; where the line is ``wide``, its last
    cell takes the rest of the row.
    """

    cells: tuple[str | int, ...]
    style: str = ""  # title, verdict, strong, header, list (the header of the findings), small, or a severity
    link: str | None = None
    wide: bool = False


@dataclass(frozen=True, slots=True)
class CopyNotices:
    """What the summary says of the copy itself.

    Args:
        titles: the names of sheets in the copy, where they differ.
        notes_left: how many notes are left out because of the limit.
        repaired: how many cells hold a repaired value.
        signed: whether the original has a digital signature.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    notes_left: int = 0
    repaired: int = 0
    signed: bool = False


def get_origin(file: ReadFile) -> tuple[str, str]:
    """Return name and hash of the file that a copy is made from; for an unedited copy those of its original."""
    origin = file.workbook.origin if file.workbook else None
    return (origin.name, origin.sha256) if origin and not origin.edited else (file.path.name, file.sha256)


_HEADERS = (
    *(N_("No."), N_("Nama"), N_("Catatan"), N_("Saran")),
    *(N_("Sel"), N_("Lembar"), N_("Kode")),
)
WIDTHS = (8, 32, 62, 20, 9, 16, 8)  # characters
LINK_COLUMN, CODE_COLUMN = 4, 6
_LEGEND = {
    Severity.ERROR: N_("Merah: perlu diperbaiki."),
    Severity.WARNING: N_("Kuning: perlu dicek."),
    Severity.INFO: N_("Biru: sudah dirapikan, tidak perlu apa-apa."),
}


def make_summary(
    file: CheckedFile, schema: str, today: dt.date, words: Words, notices: CopyNotices
) -> Iterator[SummaryLine]:
    """Yield the lines of the summary of a file."""
    yield SummaryLine((_("HASIL PERIKSA"),), "title")
    yield SummaryLine((_describe_decree(file) if words.of_decree else _describe_people(file),), "verdict")
    yield SummaryLine((get_origin(file.read)[0],))
    yield SummaryLine(())
    yield SummaryLine((_("Yang perlu dilakukan"),), "strong")
    for number, step in enumerate(_describe_steps(file, words), 1):
        yield SummaryLine((f"{number}. {step}",))
    yield SummaryLine(())
    for severity, text in _LEGEND.items():
        yield SummaryLine(("", _(text)), severity, wide=True)
    yield SummaryLine(())
    yield SummaryLine((_("Jumlah"), _("Catatan"), _("Yang perlu dilakukan")), "header", wide=True)
    for count in count_findings(file.findings, file.verdict.lacking, words):
        yield SummaryLine((count.number, count.title, count.hint), count.severity, wide=True)
    yield SummaryLine(())
    shown = [finding for finding in file.findings if not words.is_silent(finding)]
    if shown:
        yield SummaryLine((*map(_, _HEADERS),), "list")
    for number, finding in enumerate(sorted(shown, key=lambda finding: finding.severity.rank)):
        yield _describe_finding(finding, words, notices.titles, number < MAX_LINKS)
    yield SummaryLine(())
    yield from _describe_end(file, schema, today, words, notices)


def _describe_decree(file: CheckedFile) -> str:
    """Return how many people an annex names, and of how many something is wrong."""
    if not file.held:
        return _("Lampiran SK: {rows} orang.").format(rows=file.rows)
    text = _("Lampiran SK: {rows} orang, {wrong} di antaranya harus diperbaiki.")
    return text.format(rows=file.rows, wrong=file.held)


def _describe_people(file: CheckedFile) -> str:
    """Return all people of a file in one sentence: those who are ready, lack something, or are held back."""
    if not file.rows:
        return _("Belum ada orang yang terbaca.")
    complete = file.ready
    if complete == file.rows:
        return _("{rows} orang, semuanya siap.").format(rows=file.rows)
    parts = (
        (complete, _("{count} siap")),
        (file.incomplete, _("{count} siap tetapi belum lengkap")),
        (file.sent, _("{count} sudah didaftarkan")),
        (file.held, _("{count} belum bisa didaftarkan")),
    )
    told = ", ".join(text.format(count=count) for count, text in parts if count)
    return _("{rows} orang: {parts}.").format(rows=file.rows, parts=told)


def _describe_steps(file: CheckedFile, words: Words) -> Iterator[str]:
    """Yield what the sender does first, next and last; with the annex of a decree the office."""
    told = [finding for finding in file.findings if words.message(finding)]
    marked = {severity: [f for f in told if f.severity is severity and f.place.cell] for severity in Severity}
    lacking = [f for f in told if f.field and f.place.cell is None and f.severity is not Severity.INFO]
    sheets = dict.fromkeys(f'"{one.place.sheet}"' for one in marked[Severity.ERROR])
    if sheets:
        text = _("Perbaiki sel MERAH di lembar {sheets}. Keterangannya ada di kolom {column}.")
        yield text.format(sheets=name_some(list(sheets)), column=OWN_COLUMN)
    if lacking:
        columns = dict.fromkeys(words.label(finding.field) for finding in lacking)
        yield _("Tambahkan kolom {columns}, lalu isi untuk setiap orang.").format(columns=", ".join(columns))
    if marked[Severity.WARNING]:
        yield _("Lihat sel KUNING: cocokkan dengan KTP. Bila sudah benar, biarkan.")
    if sheets or lacking or marked[Severity.WARNING]:
        again = _("Betulkan juga naskah lampiran SK-nya, lalu periksa lagi.")
        yield again if words.of_decree else _("Simpan, lalu kirim kembali berkas ini.")
    else:
        yield _("Tidak ada yang perlu diperbaiki.")
    waiting = 0 if words.of_decree else count_at_office(file, words)
    if waiting:
        yield at_office_text(waiting)


def _describe_finding(finding: Finding, words: Words, titles: Mapping[str, str], linked: bool) -> SummaryLine:
    """Return the line of a finding."""
    place = finding.place
    link = None
    if linked and place.cell and place.sheet:
        link = "'" + titles.get(place.sheet, place.sheet).replace("'", "''") + f"'!{place.cell}"
    message = words.message(finding) or for_office()[0]
    where = (words.suggestion(finding) or "", place.cell or "", place.sheet or "", finding.code)
    return SummaryLine((place.number or "", place.person or "", message, *where), finding.severity, link)


def _describe_end(
    file: CheckedFile, schema: str, today: dt.date, words: Words, notices: CopyNotices
) -> Iterator[SummaryLine]:
    """Yield what few people need to read: the copy itself, exceptions, rows that are no people, versions, origin."""
    for text in _describe_copy(file, words, notices):
        yield SummaryLine((text,), "small")
    for finding, accepted in file.verdict.accepted:
        if words.message(finding):
            yield SummaryLine((accepted_text(finding, accepted, words),), "small")
    text = _("Diperiksa {date} dengan rosterkit {version}, program {schema}.")
    yield SummaryLine((text.format(date=date_text(today), version=__version__, schema=schema),), "small")
    left = list(_describe_left_out(file))
    if left:
        yield SummaryLine((_("Bukan orang: {rows}.").format(rows="; ".join(left)),), "small")
    name, sha256 = get_origin(file.read)
    yield SummaryLine((_("Berkas asal: {name}, SHA-256 {hash}").format(name=name, hash=sha256),), "small")


def _describe_copy(file: CheckedFile, words: Words, notices: CopyNotices) -> Iterator[str]:
    """Yield what there is to say of the copy itself."""
    workbook = file.read.workbook
    if workbook and workbook.origin and workbook.origin.before:  # else nobody edited it, or its results are gone
        listed = [finding for finding in file.findings if not words.is_silent(finding)]
        counts = compare_findings(workbook.origin.before, listed)
        text = _("Dibanding pemeriksaan yang lalu: {mended} catatan sudah beres, {still} masih ada, {new} baru.")
        yield text.format(mended=counts[0], still=counts[1], new=counts[2])
    if notices.repaired:
        text = _("{count} perbaikan yang pasti sudah ditulis ke sel (biru); isi lamanya ada di komentar sel.")
        yield text.format(count=notices.repaired)
    if notices.notes_left:
        text = _("{count} komentar sel tidak dipasang (batas {limit} per lembar); daftar di atas tetap lengkap.")
        yield text.format(count=notices.notes_left, limit=MAX_NOTES)
    if workbook and workbook.kind != "xlsx":
        yield _("Berkas ini salinan yang diubah dari format {kind}.").format(kind=workbook.kind)
    if notices.signed:
        yield _("Tanda tangan digital pada berkas asal tidak berlaku untuk salinan bertanda ini.")


def _describe_left_out(file: CheckedFile) -> Iterator[str]:
    """Yield the rows and sheets that were left out, with the reasons."""
    several = len(file.read.tables) + len(file.read.skipped) > 1
    for table in file.read.tables:
        sheet = _('lembar "{sheet}"').format(sheet=table.sheet.name) + " " if several else ""
        for out in table.left_out:
            rows = str(out.first + 1) if out.first == out.last else f"{out.first + 1}-{out.last + 1}"
            yield f"{sheet}{_('baris {row}').format(row=rows)} {_(REASONS[out.reason])}"
    for skipped in file.read.skipped:
        sheet = _('lembar "{sheet}"').format(sheet=skipped.name)
        yield f"{sheet} {_(REASONS[skipped.reason])}"
