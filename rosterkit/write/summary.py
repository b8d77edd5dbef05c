"""The lines of the sheet ``Hasil Periksa``: verdict, counts, findings with links, what was left out, provenance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from rosterkit import __version__
from rosterkit.language import _, later
from rosterkit.model import FileReport, Finding, Severity
from rosterkit.report.messages import REASONS, Words
from rosterkit.report.terminal import accepted_text, account
from rosterkit.rules import BY_CODE
from rosterkit.write.style import MAX_LINKS, MAX_NOTES, WORDS


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the summary. ``link`` is a place in the workbook for the third cell."""

    cells: tuple[str | int, ...]
    style: str = ""  # title, head, or a severity for the first cell
    link: str | None = None


WIDTHS = (11, 20, 10, 30, 60, 56, 22)


def summary(
    file: FileReport, schema: str, today: dt.date, words: Words, names: dict[tuple[str, int], str], notes_left: int
) -> Iterator[Line]:
    """The lines of the summary of a file; ``names`` gives the person of a (sheet, row)."""
    errors = sum(finding.severity is Severity.ERROR for finding in file.findings)
    verdict = (
        _("Belum bisa diunggah semua: {errors} kesalahan perlu diperbaiki.").format(errors=errors)
        if errors
        else _("Tidak ada kesalahan; ada catatan yang perlu dilihat.")
    )
    yield Line((_("HASIL PERIKSA"),), "title")
    yield Line((verdict,), "verdict")
    yield Line((account(file),))
    if notes_left:
        yield Line(
            (
                _(
                    "{count} catatan sel tidak dipasang (batas {limit} per lembar); daftar di bawah tetap lengkap."
                ).format(count=notes_left, limit=MAX_NOTES),
            )
        )
    if file.workbook and file.workbook.kind not in ("xlsx",):
        yield Line((_("Berkas ini salinan yang diubah dari format {kind}.").format(kind=file.workbook.kind),))
    yield Line(())
    yield from _counts(file)
    yield Line(())
    yield Line(
        tuple(
            map(
                _,
                (
                    later("Bobot"),
                    later("Lembar"),
                    later("Sel"),
                    later("Nama"),
                    later("Temuan"),
                    later("Yang perlu dilakukan"),
                    later("Usulan"),
                ),
            )
        ),
        "head",
    )
    ordered = sorted(file.findings, key=lambda finding: list(Severity).index(finding.severity))
    for number, finding in enumerate(ordered):
        yield _finding(finding, words, names, number < MAX_LINKS)
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
    yield Line((_("Berkas asal: {name}, SHA-256 {hash}").format(name=file.path.name, hash=file.sha256),))


def _counts(file: FileReport) -> Iterator[Line]:
    yield Line(
        tuple(map(_, (later("Bobot"), later("Kode"), later("Jumlah"), later("Arti"), later("Yang perlu dilakukan")))),
        "head",
    )
    counts: dict[str, int] = {}
    weights: dict[str, Severity] = {}
    for finding in file.findings:
        counts[finding.code] = counts.get(finding.code, 0) + 1
        weights[finding.code] = finding.severity
    for code in sorted(counts, key=lambda code: (list(Severity).index(weights[code]), code)):
        rule, weight = BY_CODE[code], weights[code]
        yield Line((_(WORDS[weight]), code, counts[code], _(rule.title), _(rule.hint).split("{")[0]), weight)


def _finding(finding: Finding, words: Words, names: dict[tuple[str, int], str], linked: bool) -> Line:
    place = finding.place
    name = names.get((place.sheet, place.row), "") if place.sheet and place.row is not None else ""
    link = None
    if linked and place.cell and place.sheet:
        link = "#'" + place.sheet.replace("'", "''") + f"'!{place.cell}"
    suggestion = (finding.fix.value or "") if finding.fix else ""
    cells = (_(WORDS[finding.severity]), place.sheet or "", place.cell or "", name)
    return Line((*cells, words.message(finding), words.hint(finding), suggestion), finding.severity, link)


def _left_out(file: FileReport) -> Iterator[Line]:
    yield Line(tuple(map(_, (later("Dilewati"), later("Lembar"), later("Baris"), later("Sebab")))), "head")
    for table in file.tables:
        for out in table.left_out:
            rows = str(out.first + 1) if out.first == out.last else f"{out.first + 1}-{out.last + 1}"
            yield Line(("", table.sheet.name, rows, _(REASONS[out.reason])))
    for skipped in file.skipped:
        yield Line(("", skipped.name, _("semua"), _(REASONS[skipped.reason])))
