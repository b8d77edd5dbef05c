"""The lines of the sheet ``Hasil Periksa``: verdict, counts, findings with links, what was left out, provenance."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rosterkit import __version__
from rosterkit.dates import DATE_FORMAT
from rosterkit.language import N_, _
from rosterkit.model.cells import Before
from rosterkit.model.finding import Finding, Severity
from rosterkit.model.report import CheckedFile, ReadFile
from rosterkit.report.terminal import accepted_text, account
from rosterkit.report.words import REASONS, Words
from rosterkit.rules import BY_CODE
from rosterkit.write.patch.style import MAX_LINKS, MAX_NOTES, WORDS


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the summary. ``link`` is a place in the workbook for the cell in ``LINK_COLUMN``."""

    cells: tuple[str | int, ...]
    style: str = ""  # title, verdict, head, list (the head of the findings), or a severity for the first cell
    link: str | None = None


@dataclass(frozen=True, slots=True)
class CopyRemarks:
    """What there is to say of the copy itself.

    Args:
        titles: what a sheet is called in it, where that differs.
        notes_left: notes that were too many.
        repaired: cells in which a repair stands.
        signed: the original had a digital signature.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    notes_left: int = 0
    repaired: int = 0
    signed: bool = False


def origin_of(file: ReadFile) -> tuple[str, str]:
    """Name and hash of the file that a copy is made from; an untouched copy of ours is one of its original."""
    origin = file.workbook.origin if file.workbook else None
    return (origin.name, origin.sha256) if origin and not origin.edited else (file.path.name, file.sha256)


_HEAD = (
    *(N_("Bobot"), N_("Kode"), N_("Lembar"), N_("Sel"), N_("Nama"), N_("Temuan")),
    *(N_("Yang perlu dilakukan"), N_("Usulan")),
)
WIDTHS = (10, 8, 16, 9, 26, 48, 40, 20)  # characters
LINK_COLUMN = 3


def summary(file: CheckedFile, schema: str, today: dt.date, words: Words, remarks: CopyRemarks) -> Iterator[Line]:
    """The lines of the summary of a file."""
    errors = sum(finding.severity is Severity.ERROR for finding in file.findings)
    verdict = (
        _("Belum bisa diunggah semua: {errors} kesalahan perlu diperbaiki.").format(errors=errors)
        if errors
        else _("Tidak ada kesalahan; ada catatan yang perlu dilihat.")
    )
    yield Line((_("HASIL PERIKSA"),), "title")
    yield Line((verdict,), "verdict")
    yield Line((account(file),))
    yield from _notices(file, remarks)
    yield Line(())
    yield from _counts(file, words)
    yield Line(())
    yield Line((*map(_, _HEAD),), "list")
    ordered = sorted(file.findings, key=lambda finding: list(Severity).index(finding.severity))
    for number, finding in enumerate(ordered):
        yield _finding(finding, words, remarks.titles, number < MAX_LINKS)
    yield Line(())
    for finding, accepted in file.verdict.accepted:
        yield Line((accepted_text(finding, accepted, words),))
    yield from _left_out(file)
    yield Line(())
    yield Line(
        (
            _("Diperiksa {date} dengan rosterkit {version}, skema {schema}.").format(
                date=today.strftime(DATE_FORMAT), version=__version__, schema=schema
            ),
        )
    )
    name, sha256 = origin_of(file.read)
    yield Line((_("Berkas asal: {name}, SHA-256 {hash}").format(name=name, hash=sha256),))


def _notices(file: CheckedFile, remarks: CopyRemarks) -> Iterator[Line]:
    """What there is to say of this copy itself."""
    workbook = file.read.workbook
    if workbook and workbook.origin and workbook.origin.edited:
        counts = compare(workbook.origin.before, file.findings)
        text = _("Dibanding pemeriksaan yang lalu: {mended} temuan sudah beres, {still} masih ada, {new} baru.")
        yield Line((text.format(mended=counts[0], still=counts[1], new=counts[2]),))
    if remarks.repaired:
        text = _("{count} perbaikan yang pasti sudah ditulis ke sel (biru); isi lamanya ada di catatan sel.")
        yield Line((text.format(count=remarks.repaired),))
    if remarks.notes_left:
        text = _("{count} catatan sel tidak dipasang (batas {limit} per lembar); daftar di bawah tetap lengkap.")
        yield Line((text.format(count=remarks.notes_left, limit=MAX_NOTES),))
    if workbook and workbook.kind != "xlsx":
        yield Line((_("Berkas ini salinan yang diubah dari format {kind}.").format(kind=workbook.kind),))
    if remarks.signed:
        yield Line((_("Tanda tangan digital pada berkas asal tidak berlaku untuk salinan bertanda ini."),))


def compare(before: Sequence[Before], findings: Sequence[Finding]) -> tuple[int, int, int]:
    """How many findings of an earlier check are mended, still there, and new.

    A finding is the same where code, sheet and person are, or code and cell: rows may have moved, names been mended.
    """
    rest = list(before)
    now = []
    for finding in findings:
        place = finding.place
        now.append(Before(finding.code, place.sheet or "", place.cell or "", place.person or ""))
    keys: tuple[Callable[[Before], tuple[str, ...]], ...] = (
        lambda one: (one.code, one.sheet, one.cell, one.person),
        lambda one: (one.code, one.sheet, one.person, ""),
        lambda one: (one.code, one.sheet, one.cell),
    )
    total = len(now)
    for key in keys:
        there = Counter(map(key, rest))
        found, unknown = [], []
        for one in now:
            if there[key(one)] > 0:
                there[key(one)] -= 1
                found.append(key(one))
            else:
                unknown.append(one)
        matched = Counter(found)
        left = []
        for one in rest:
            if matched[key(one)] > 0:
                matched[key(one)] -= 1
            else:
                left.append(one)
        rest, now = left, unknown
    return len(rest), total - len(now), len(now)


def _counts(file: CheckedFile, words: Words) -> Iterator[Line]:
    titles = (N_("Bobot"), N_("Kode"), N_("Jumlah"), "", "", N_("Arti"), N_("Yang perlu dilakukan"), "")
    yield Line(tuple(_(title) if title else "" for title in titles), "head")
    counts = Counter(finding.code for finding in file.findings)
    first = {finding.code: finding for finding in reversed(file.findings)}
    for code in sorted(first, key=lambda code: (list(Severity).index(first[code].severity), code)):
        weight = first[code].severity
        hint = words.hint(first[code])
        yield Line((_(WORDS[weight]), code, counts[code], "", "", _(BY_CODE[code].title), hint), weight)


def _finding(finding: Finding, words: Words, titles: Mapping[str, str], linked: bool) -> Line:
    place = finding.place
    link = None
    if linked and place.cell and place.sheet:
        link = "'" + titles.get(place.sheet, place.sheet).replace("'", "''") + f"'!{place.cell}"
    suggestion = words.suggestion(finding) or ""
    cells = (_(WORDS[finding.severity]), finding.code, place.sheet or "", place.cell or "", place.person or "")
    return Line((*cells, words.message(finding), words.hint(finding), suggestion), finding.severity, link)


def _left_out(file: CheckedFile) -> Iterator[Line]:
    titles = (N_("Dilewati"), "", N_("Lembar"), N_("Baris"), "", N_("Sebab"), "", "")
    yield Line(tuple(_(title) if title else "" for title in titles), "head")
    for table in file.read.tables:
        for out in table.left_out:
            rows = str(out.first + 1) if out.first == out.last else f"{out.first + 1}-{out.last + 1}"
            yield Line(("", "", table.sheet.name, rows, "", _(REASONS[out.reason])))
    for skipped in file.read.skipped:
        yield Line(("", "", skipped.name, _("semua"), "", _(REASONS[skipped.reason])))
