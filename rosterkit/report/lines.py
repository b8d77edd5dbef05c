"""What a report says of a run, in which order; terminal, HTML and others draw it (see ``report.blocks``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rosterkit.language import _
from rosterkit.model.report import CheckedFile, Report
from rosterkit.report.blocks import EMPTY, Block, Line, led_line, line
from rosterkit.report.decree_lines import decree_lines
from rosterkit.report.file_lines import (
    OUTPUT_ROOM,
    file_lines,
    lacking_text,
    number,
    output_lines,
    sent_text,
)
from rosterkit.report.run_lines import files_table, rules_tables
from rosterkit.report.steps import next_steps
from rosterkit.report.words import Words, ignored_text, needs_text, note_text, remark_text

_NAMED = 6  # senders and files that are named


def report_lines(report: Report, words: Words, verbose: bool = False) -> Iterator[Block]:
    """All that there is to say of a run; ``verbose``: every finding of every file."""
    if report.is_decree:
        yield from decree_lines(report, words, verbose)
        return
    yield from _programme(report)
    yield EMPTY
    if len(report.files) == 1 or verbose:
        for file in report.files:
            yield from file_lines(file, words, verbose)
            yield EMPTY
    if len(report.files) > 1:
        yield from files_table(report, words)
        yield from rules_tables(report, verbose)
        yield EMPTY
    yield from _set_aside(report, words)
    yield from _numbers(report, words)
    if report.written:
        yield from _outputs(report)
        yield from _next_steps(report, words)


def _programme(report: Report) -> Iterator[Line]:
    """What the lists are held against."""
    parts = [report.title]
    if report.listed is not None:
        parts.append(_("SK ({count} orang)").format(count=number(report.listed)))
    parts.append(_("formulir BPJS {form}").format(form=report.form) if report.form else _("tanpa formulir BPJS"))
    yield line(_("Program: {parts}").format(parts=", ".join(parts)), "strong")
    if report.general:
        text = _(
            "Belum ada program yang dipilih, jadi kategori, wilayah, kuota, dan masa perlindungan tidak diperiksa."
            " Pilih dengan --schema, atau tulis di rosterkit.toml."
        )
        yield line(text, "notice")


def _set_aside(report: Report, words: Words) -> Iterator[Line]:
    """What was not judged: rules that are ignored, rules whose lists are not there, exceptions without effect."""
    for code, fields, reason in report.ignored:
        yield line(ignored_text(code, fields, reason, words), "quiet")
    if report.not_run:
        yield line(needs_text(report.not_run), "quiet")
    for note in report.exceptions:
        text = _("pengecualian.xlsx baris {line}: {problem}").format(line=note.line, problem=note_text(note))
        yield line(text, "notice")


def _numbers(report: Report, words: Words) -> Iterator[Line]:
    """The numbers of the run, which add up, and what there is to say of all files together."""
    several = len(report.files) > 1
    if several:
        yield line(totals_text(report), "strong")
    incomplete = sum(file.incomplete for file in report.files)
    if incomplete and several:
        text = _("Belum lengkap: {lacking}.").format(lacking=lacking_text(report.lacking, words, -1))
        yield line(text)
    for unsaved in _unsaved(report):
        yield line(unsaved, "error")
    for remark in report.remarks:
        yield line(remark_text(remark), "notice")
    for absent in _absent(report):
        yield line(absent, "notice")
    if report.others:
        names = _names([path.name for path in report.others])
        yield line(_("{count} berkas bukan daftar: {names}.").format(count=len(report.others), names=names), "quiet")


def totals_text(report: Report) -> str:
    """The numbers of a run in one line."""
    rows, clean = sum(file.rows for file in report.files), sum(file.clean_rows for file in report.files)
    incomplete, held = sum(file.incomplete for file in report.files), sum(file.held for file in report.files)
    sent, changed = sum(file.sent for file in report.files), sum(file.changed for file in report.files)
    aside = rows - clean - held
    parts = [_("{count} siap").format(count=number(clean - incomplete - sent))]
    if incomplete:
        parts.append(_("{count} siap tetapi belum lengkap").format(count=number(incomplete)))
    if sent:
        parts.append(sent_text(sent, changed))
    parts.append(_("{count} ditunda").format(count=number(held)))
    if aside:
        parts.append(_("{count} dihitung di versi baru").format(count=number(aside)))
    unread = sum(file.read.failure is not None for file in report.files)
    counts = {"files": number(len(report.files)), "rows": number(rows), "parts": ", ".join(parts)}
    text = _("{files} berkas, {rows} orang: {parts}.").format(**counts)
    return text + (" " + _("{count} berkas tidak bisa dibaca.").format(count=unread) if unread else "")


def _unsaved(report: Report) -> Iterator[str]:
    """Who is ready and in no upload sheet, because it could not be written."""
    if report.form is None:
        return
    if report.per_file:
        lost = {file.path.name: _count_lost(file) for file in report.files if file.written.failure}
        people = sum(lost.values())
        if people:
            text = _("{count} orang siap tidak ikut, karena berkas unggahnya tidak bisa disimpan: {files}.")
            yield text.format(count=number(people), files=_names([name for name, count in lost.items() if count]))
    elif report.failure and not report.uploads and not report.incomplete:
        people = sum(file.ready + file.incomplete for file in report.files)
        if people:
            text = _("{count} orang siap tidak ada dalam gabungan, karena gabungan tidak bisa disimpan.")
            yield text.format(count=number(people))


def _count_lost(file: CheckedFile) -> int:
    """People of a file who are in none of its upload sheets."""
    complete = 0 if file.written.uploads else file.ready
    return complete + (0 if file.written.incomplete else file.incomplete)


def _absent(report: Report) -> Iterator[str]:
    """Who is missing from a run: people of the decree, and senders."""
    if report.missing:
        yield _("{count} orang dalam SK belum masuk daftar mana pun (RK504); lihat rekap.").format(
            count=number(len(report.missing))
        )
    absent = [awaited.name for awaited in report.awaited if not awaited.files]
    if absent:
        text = _("Belum mengirim ({count} dari {all}): {names}.")
        yield text.format(count=len(absent), all=len(report.awaited), names=_names(absent))
    several = [awaited.name for awaited in report.awaited if len(awaited.files) > 1]
    if several:
        yield _("Lebih dari satu berkas dari: {names}.").format(names=_names(several))


def _names(names: Sequence[str]) -> str:
    more = _(" dan {count} lagi").format(count=len(names) - _NAMED) if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _outputs(report: Report) -> Iterator[Line]:
    """What was written, and who is in it."""
    if report.failure:
        yield line(report.failure[1], "error")
    if len(report.files) == 1:
        yield from output_lines(report.files[0])
    copies = [file.written.annotated for file in report.files if file.written.annotated]
    replies = [file.written.reply for file in report.files if file.written.reply]
    if len(report.files) > 1:
        yield from _folder(_("Salinan bertanda"), copies)
        yield from _folder(_("Balasan"), replies)
    if report.per_file and len(report.files) > 1:
        sheets = [path for file in report.files for path in (*file.written.uploads, *file.written.incomplete)]
        yield from _folder(_("Berkas unggah"), sheets)
    incomplete = sum(file.incomplete for file in report.files)
    complete = sum(file.ready for file in report.files)
    if report.form and not complete + incomplete:
        sent = any(file.sent for file in report.files)
        yield line(_("Tidak ada orang baru yang siap diunggah.") if sent else _("Belum ada yang siap diunggah."))
    for word, paths, people in (
        (_("Gabungan"), report.uploads, complete),
        (_("Belum lengkap"), report.incomplete, incomplete),
    ):
        for path in paths:
            count = _("{count} orang").format(count=number(people))
            yield led_line(word, f"{path.as_posix()} ({count})" if len(paths) == 1 else path.as_posix(), OUTPUT_ROOM)
    if report.duplicates:
        count = _("{count} kelompok perlu keputusan").format(count=report.undecided)
        yield led_line(_("Orang ganda"), f"{report.duplicates.as_posix()} ({count})", OUTPUT_ROOM)
    if report.recap:
        yield led_line(_("Rekap"), report.recap.as_posix(), OUTPUT_ROOM)


def _folder(word: str, paths: Sequence[Path]) -> Iterator[Line]:
    if paths:
        folder = paths[0].parent.as_posix()
        yield led_line(word, _("{folder} ({count} berkas)").format(folder=folder, count=len(paths)), OUTPUT_ROOM)


def _next_steps(report: Report, words: Words) -> Iterator[Line]:
    """What to do next, only where it follows."""
    steps = list(next_steps(report, words))
    if len(steps) == 1:
        yield line(_("Berikutnya: {step}").format(step=steps[0]), "strong")
    elif steps:
        yield line(_("Berikutnya:"), "strong")
        for at, step in enumerate(steps, 1):
            yield Line(((step, "plain"),), 2, ((f"{at}.", "plain"),), 2)
    elif not any(file.failure for file in report.files):
        new = any(file.ready for file in report.files) or not any(file.sent for file in report.files)
        yield line(_("Semua siap.") if new else _("Semua sudah diunggah."), "strong")
