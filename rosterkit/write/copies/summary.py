"""The lines of the summary sheet (``Hasil Periksa``): verdict, counts, findings with links, left-out rows, origin."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rosterkit import __version__
from rosterkit.dates import date_text
from rosterkit.language import N_, _
from rosterkit.model.cells import Before
from rosterkit.model.finding import Finding, Severity
from rosterkit.model.report import CheckedFile, ReadFile
from rosterkit.report.words import REASONS, Words, accepted_text, account
from rosterkit.rules import BY_CODE
from rosterkit.write.patch.mark_style import MAX_LINKS, MAX_NOTES, SEVERITY_NAMES


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One row of the summary. ``link`` is the target of a link in ``LINK_COLUMN``, a cell of the workbook."""

    cells: tuple[str | int, ...]
    style: str = ""  # title, verdict, header, list (the header of the findings), or a severity for the first cell
    link: str | None = None


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
    *(N_("Bobot"), N_("Kode"), N_("Lembar"), N_("Sel"), N_("Nama"), N_("Temuan")),
    *(N_("Yang perlu dilakukan"), N_("Usulan")),
)
WIDTHS = (10, 8, 16, 9, 26, 48, 40, 20)  # characters
LINK_COLUMN = 3
_Key = Callable[[Before], tuple[str, ...]]


def make_summary(
    file: CheckedFile, schema: str, today: dt.date, words: Words, notices: CopyNotices
) -> Iterator[SummaryLine]:
    """Yield the lines of the summary of a file."""
    errors = sum(finding.severity is Severity.ERROR for finding in file.findings)
    verdict = (
        _("Belum bisa diunggah semua: {errors} kesalahan perlu diperbaiki.").format(errors=errors)
        if errors
        else _("Tidak ada kesalahan; ada catatan yang perlu dilihat.")
    )
    yield SummaryLine((_("HASIL PERIKSA"),), "title")
    yield SummaryLine((verdict,), "verdict")
    yield SummaryLine((account(file),))
    yield from _describe_copy(file, notices)
    yield SummaryLine(())
    yield from _count_findings(file, words)
    yield SummaryLine(())
    yield SummaryLine((*map(_, _HEADERS),), "list")
    ordered = sorted(file.findings, key=lambda finding: finding.severity.rank)
    for number, finding in enumerate(ordered):
        yield _describe_finding(finding, words, notices.titles, number < MAX_LINKS)
    yield SummaryLine(())
    for finding, accepted in file.verdict.accepted:
        yield SummaryLine((accepted_text(finding, accepted, words),))
    if file.verdict.accepted:
        yield SummaryLine(())
    yield from _describe_left_out(file)
    yield SummaryLine(
        (
            _("Diperiksa {date} dengan rosterkit {version}, skema {schema}.").format(
                date=date_text(today), version=__version__, schema=schema
            ),
        )
    )
    name, sha256 = get_origin(file.read)
    yield SummaryLine((_("Berkas asal: {name}, SHA-256 {hash}").format(name=name, hash=sha256),))


def _describe_copy(file: CheckedFile, notices: CopyNotices) -> Iterator[SummaryLine]:
    """Yield the lines on the copy itself."""
    workbook = file.read.workbook
    if workbook and workbook.origin and workbook.origin.before:  # else nobody edited it, or its results are gone
        counts = compare_findings(workbook.origin.before, file.findings)
        text = _("Dibanding pemeriksaan yang lalu: {mended} temuan sudah beres, {still} masih ada, {new} baru.")
        yield SummaryLine((text.format(mended=counts[0], still=counts[1], new=counts[2]),))
    if notices.repaired:
        text = _("{count} perbaikan yang pasti sudah ditulis ke sel (biru); isi lamanya ada di catatan sel.")
        yield SummaryLine((text.format(count=notices.repaired),))
    if notices.notes_left:
        text = _("{count} catatan sel tidak dipasang (batas {limit} per lembar); daftar di bawah tetap lengkap.")
        yield SummaryLine((text.format(count=notices.notes_left, limit=MAX_NOTES),))
    if workbook and workbook.kind != "xlsx":
        yield SummaryLine((_("Berkas ini salinan yang diubah dari format {kind}.").format(kind=workbook.kind),))
    if notices.signed:
        yield SummaryLine((_("Tanda tangan digital pada berkas asal tidak berlaku untuk salinan bertanda ini."),))


def compare_findings(before: Sequence[Before], findings: Sequence[Finding]) -> tuple[int, int, int]:
    """Return how many findings of an earlier check are fixed, still found, and new.

    Findings are the same where code, sheet and person are equal, or code and cell: rows may have moved, names may have
    been corrected.
    """
    rest = list(before)
    now = []
    for finding in findings:
        place = finding.place
        now.append(Before(finding.code, place.sheet or "", place.cell or "", place.person or ""))
    keys: tuple[_Key, ...] = (
        lambda finding: (finding.code, finding.sheet, finding.cell, finding.person),
        lambda finding: (finding.code, finding.sheet, finding.person, ""),
        lambda finding: (finding.code, finding.sheet, finding.cell),
    )
    total = len(now)
    for key in keys:
        common = Counter(map(key, rest)) & Counter(map(key, now))
        rest, now = _drop(rest, key, common), _drop(now, key, common)
    return len(rest), total - len(now), len(now)


def _drop(
    findings: Sequence[Before], key: Callable[[Before], tuple[str, ...]], counts: Counter[tuple[str, ...]]
) -> list[Before]:
    """Return the findings without the first ones of each key, as many as ``counts`` says."""
    left, kept = Counter(counts), []
    for finding in findings:
        if left[key(finding)] > 0:
            left[key(finding)] -= 1
        else:
            kept.append(finding)
    return kept


def _count_findings(file: CheckedFile, words: Words) -> Iterator[SummaryLine]:
    """Yield the table of findings by rule."""
    titles = (N_("Bobot"), N_("Kode"), N_("Jumlah"), "", "", N_("Arti"), N_("Yang perlu dilakukan"), "")
    yield SummaryLine(tuple(_(title) if title else "" for title in titles), "header")
    counts = Counter(finding.code for finding in file.findings)
    first = {finding.code: finding for finding in reversed(file.findings)}
    for code in sorted(first, key=lambda code: (first[code].severity.rank, code)):
        weight = first[code].severity
        hint = words.hint(first[code])
        yield SummaryLine((_(SEVERITY_NAMES[weight]), code, counts[code], "", "", _(BY_CODE[code].title), hint), weight)


def _describe_finding(finding: Finding, words: Words, titles: Mapping[str, str], linked: bool) -> SummaryLine:
    """Return the line of a finding."""
    place = finding.place
    link = None
    if linked and place.cell and place.sheet:
        link = "'" + titles.get(place.sheet, place.sheet).replace("'", "''") + f"'!{place.cell}"
    suggestion = words.suggestion(finding) or ""
    cells = (_(SEVERITY_NAMES[finding.severity]), finding.code, place.sheet or "", place.cell or "", place.person or "")
    return SummaryLine((*cells, words.message(finding), words.hint(finding), suggestion), finding.severity, link)


def _describe_left_out(file: CheckedFile) -> Iterator[SummaryLine]:
    """Yield the table of rows and sheets that were left out, with the reasons; nothing where none was."""
    if not file.read.skipped and not any(table.left_out for table in file.read.tables):
        return
    titles = (N_("Bukan orang"), "", N_("Lembar"), N_("Baris"), "", N_("Sebab"), "", "")
    yield SummaryLine(tuple(_(title) if title else "" for title in titles), "header")
    for table in file.read.tables:
        for out in table.left_out:
            rows = str(out.first + 1) if out.first == out.last else f"{out.first + 1}-{out.last + 1}"
            yield SummaryLine(("", "", table.sheet.name, rows, "", _(REASONS[out.reason])))
    for skipped in file.read.skipped:
        yield SummaryLine(("", "", skipped.name, _("semua"), "", _(REASONS[skipped.reason])))
    yield SummaryLine(())
