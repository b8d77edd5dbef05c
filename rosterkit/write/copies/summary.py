"""The lines of the sheet ``Hasil Periksa``: verdict, counts, findings with links, what was left out, provenance."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made

from rosterkit import __version__
from rosterkit.language import _, later
from rosterkit.model.cells import Before
from rosterkit.model.finding import Finding, Severity
from rosterkit.model.report import FileReport
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
class Told:
    """What the summary says beside the findings."""

    names: Mapping[tuple[str, int], str]  # the person of a (sheet, row)
    titles: Mapping[str, str] = made(default_factory=dict)  # what a sheet is called in a converted copy
    notes_left: int = 0
    repaired: int = 0
    signed: bool = False

    @staticmethod
    def origin(file: FileReport) -> tuple[str, str]:
        """Name and hash of the file that the copy is made from; an untouched copy of ours is one of its original."""
        origin = file.workbook.origin if file.workbook else None
        return (origin.name, origin.sha256) if origin and not origin.edited else (file.path.name, file.sha256)


_HEAD = (
    *(later("Bobot"), later("Kode"), later("Lembar"), later("Sel"), later("Nama"), later("Temuan")),
    *(later("Yang perlu dilakukan"), later("Usulan")),
)
WIDTHS = (10, 8, 16, 9, 26, 48, 40, 20)  # characters
LINK_COLUMN = 3


def summary(file: FileReport, schema: str, today: dt.date, words: Words, told: Told) -> Iterator[Line]:
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
    yield from _notices(file, told)
    yield Line(())
    yield from _counts(file, words)
    yield Line(())
    yield Line((*map(_, _HEAD),), "list")
    ordered = sorted(file.findings, key=lambda finding: list(Severity).index(finding.severity))
    for number, finding in enumerate(ordered):
        yield _finding(finding, words, told, number < MAX_LINKS)
    yield Line(())
    for finding, accepted in file.accepted:
        yield Line((accepted_text(finding, accepted, words),))
    yield from _left_out(file)
    yield Line(())
    yield Line(
        (
            _("Diperiksa {date} dengan rosterkit {version}, skema {schema}.").format(
                date=today.strftime("%d-%m-%Y"), version=__version__, schema=schema
            ),
        )
    )
    name, sha256 = told.origin(file)
    yield Line((_("Berkas asal: {name}, SHA-256 {hash}").format(name=name, hash=sha256),))


def _notices(file: FileReport, told: Told) -> Iterator[Line]:
    """What there is to say of this copy itself."""
    workbook = file.workbook
    if workbook and workbook.origin and workbook.origin.edited:
        counts = compare(workbook.origin.before, file.findings, told.names)
        text = _("Dibanding pemeriksaan yang lalu: {mended} temuan sudah beres, {still} masih ada, {new} baru.")
        yield Line((text.format(mended=counts[0], still=counts[1], new=counts[2]),))
    if told.repaired:
        text = _("{count} perbaikan yang pasti sudah ditulis ke sel (biru); isi lamanya ada di catatan sel.")
        yield Line((text.format(count=told.repaired),))
    if told.notes_left:
        text = _("{count} catatan sel tidak dipasang (batas {limit} per lembar); daftar di bawah tetap lengkap.")
        yield Line((text.format(count=told.notes_left, limit=MAX_NOTES),))
    if workbook and workbook.kind != "xlsx":
        yield Line((_("Berkas ini salinan yang diubah dari format {kind}.").format(kind=workbook.kind),))
    if told.signed:
        yield Line((_("Tanda tangan digital pada berkas asal tidak berlaku untuk salinan bertanda ini."),))


def compare(
    before: Sequence[Before], findings: Sequence[Finding], names: Mapping[tuple[str, int], str]
) -> tuple[int, int, int]:
    """How many findings of an earlier check are mended, still there, and new.

    A finding is the same where code, sheet and person are, or code and cell: rows may have moved, names been mended.
    """
    rest = list(before)
    now = []
    for finding in findings:
        sheet, row = finding.place.sheet or "", finding.place.row
        person = names.get((sheet, row), "") if row is not None else ""
        now.append(Before(finding.code, sheet, finding.place.cell or "", person))
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


def _counts(file: FileReport, words: Words) -> Iterator[Line]:
    titles = (later("Bobot"), later("Kode"), later("Jumlah"), "", "", later("Arti"), later("Yang perlu dilakukan"), "")
    yield Line(tuple(_(title) if title else "" for title in titles), "head")
    counts = Counter(finding.code for finding in file.findings)
    first = {finding.code: finding for finding in reversed(file.findings)}
    for code in sorted(first, key=lambda code: (list(Severity).index(first[code].severity), code)):
        weight = first[code].severity
        hint = words.hint(first[code])
        yield Line((_(WORDS[weight]), code, counts[code], "", "", _(BY_CODE[code].title), hint), weight)


def _finding(finding: Finding, words: Words, told: Told, linked: bool) -> Line:
    place = finding.place
    name = told.names.get((place.sheet, place.row), "") if place.sheet and place.row is not None else ""
    link = None
    if linked and place.cell and place.sheet:
        link = "'" + told.titles.get(place.sheet, place.sheet).replace("'", "''") + f"'!{place.cell}"
    suggestion = words.suggestion(finding) or ""
    cells = (_(WORDS[finding.severity]), finding.code, place.sheet or "", place.cell or "", name)
    return Line((*cells, words.message(finding), words.hint(finding), suggestion), finding.severity, link)


def _left_out(file: FileReport) -> Iterator[Line]:
    titles = (later("Dilewati"), "", later("Lembar"), later("Baris"), "", later("Sebab"), "", "")
    yield Line(tuple(_(title) if title else "" for title in titles), "head")
    for table in file.tables:
        for out in table.left_out:
            rows = str(out.first + 1) if out.first == out.last else f"{out.first + 1}-{out.last + 1}"
            yield Line(("", "", table.sheet.name, rows, "", _(REASONS[out.reason])))
    for skipped in file.skipped:
        yield Line(("", "", skipped.name, _("semua"), "", _(REASONS[skipped.reason])))
