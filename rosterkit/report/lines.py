"""What a report says of a run, in which order; terminal, HTML and others draw it (see ``report.blocks``)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rosterkit.language import N_, _
from rosterkit.model.finding import Severity
from rosterkit.model.report import Report
from rosterkit.report.blocks import EMPTY, Block, Line, Piece, Table, line
from rosterkit.report.file_lines import clean_file_line, file_lines, replaced_file_line
from rosterkit.report.words import Words, ignored_text, needs_text, note_text, remark_text
from rosterkit.rules import BY_CODE

_WORD = {Severity.ERROR: N_("salah"), Severity.WARNING: N_("periksa"), Severity.INFO: N_("info")}
_MANY = 20  # files from which those without findings take a line each
_NAMED = 6  # senders that are named


def report_lines(report: Report, words: Words) -> Iterator[Block]:
    """All that there is to say of a run."""
    short = len(report.files) > _MANY
    for file in report.files:
        if short and file.replaced:
            yield replaced_file_line(file, words)
        elif short and not (file.findings or file.verdict.accepted or file.failure):
            yield clean_file_line(file)
        else:
            yield from file_lines(file, words, report.form is not None)
            yield EMPTY
    yield from _counts(report)
    yield from _set_aside(report, words)
    yield from _ending(report)


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
    held = sum(file.held for file in report.files)
    aside = rows - clean - held
    text = _("{files} berkas, {rows} orang: {clean} siap diunggah, {held} ditahan, {failed} berkas gagal dibaca.")
    if aside:
        text = _(
            "{files} berkas, {rows} orang: {clean} siap diunggah, {held} ditahan, {aside} dihitung di versi baru,"
            " {failed} berkas gagal dibaca."
        )
    counts = {"files": len(report.files), "rows": rows, "clean": clean, "held": held, "aside": aside, "failed": failed}
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
    yield line(_next_step(report, held, failed))


def _absent(report: Report) -> Iterator[str]:
    """Who is missing from a run: people of the decree, and senders."""
    if report.missing:
        yield _("{count} orang dalam SK tidak ada di daftar mana pun (RK504); lihat rekap.").format(
            count=len(report.missing)
        )
    absent = [awaited.name for awaited in report.awaited if not awaited.files]
    if absent:
        more = _(" dan {count} lagi").format(count=len(absent) - _NAMED) if len(absent) > _NAMED else ""
        names = ", ".join(absent[:_NAMED]) + more
        text = _("{count} dari {all} pengirim belum mengirim: {names}.")
        yield text.format(count=len(absent), all=len(report.awaited), names=names)
    several = [awaited.name for awaited in report.awaited if len(awaited.files) > 1]
    if several:
        yield _("Lebih dari satu berkas dari: {names}.").format(names=", ".join(several[:_NAMED]))


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
