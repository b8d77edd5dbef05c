"""What a report says of the annex of a decree: it has no sender, and nobody uploads it."""

from __future__ import annotations

from collections.abc import Iterator

from rosterkit.language import _
from rosterkit.model.finding import Severity
from rosterkit.model.report import Report
from rosterkit.report.blocks import EMPTY, Line, led_line, line
from rosterkit.report.file_lines import LACKING, OUTPUT_ROOM, found_lines, number
from rosterkit.report.words import Words, remark_text


def decree_lines(report: Report, words: Words, verbose: bool) -> Iterator[Line]:
    """All that there is to say of an annex."""
    (file,) = report.files
    yield line(_("Lampiran SK: {path}").format(path=file.path.as_posix()), "strong")
    if file.read.failure:
        yield line(file.read.failure[1], "error")
        return
    wrong = {finding.severity for finding in file.findings if finding.code != LACKING}
    counts = {"rows": number(file.rows), "wrong": number(file.held)}
    text = _("{rows} orang, {wrong} di antaranya harus diperbaiki.") if file.held else _("{rows} orang.")
    yield line(text.format(**counts))
    yield from found_lines(file, words, verbose)
    for remark in report.remarks:
        yield line(remark_text(remark), "notice")
    yield EMPTY
    if file.written.annotated:
        yield led_line(_("Salinan bertanda"), file.written.annotated.as_posix(), OUTPUT_ROOM)
    if Severity.ERROR in wrong:
        yield line(_("Perbaiki lampiran SK ini, lalu periksa lagi."), "strong")
    elif Severity.WARNING in wrong:
        yield line(_("Cocokkan yang perlu dicek dengan KTP; selebihnya lampiran SK ini sudah benar."), "strong")
    else:
        yield line(_("Tidak ada yang harus diperbaiki di lampiran SK ini."), "strong")
    if not words.unmasked and file.findings:
        yield line(_("NIK ditutupi; lihat utuh dengan --unmask."), "quiet")
