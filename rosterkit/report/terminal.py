"""The report that a clerk reads: a verdict per file, counts per rule, the worst findings, what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rosterkit.dates import DATE_FORMAT
from rosterkit.language import N_, _
from rosterkit.model.finding import Accepted, Finding, Severity
from rosterkit.model.report import CheckedFile, Report
from rosterkit.report.words import REASONS, Words, grouped, note_text, remark_text
from rosterkit.rules import BY_CODE

if TYPE_CHECKING:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_WORD = {Severity.ERROR: N_("salah"), Severity.WARNING: N_("periksa"), Severity.INFO: N_("info")}
_CELLS = 6  # cells named in a group
_MANY = 20  # files from which those without findings take a line each
_ALONE = 2  # a group of at most so many findings is told one by one


def print_report(report: Report, words: Words, console: Console) -> None:
    """Print a run; every text from a file is printed as text, never as markup."""
    short = len(report.files) > _MANY
    for file in report.files:
        if short and not (file.findings or file.verdict.accepted or file.failure):
            _print_clean(file, console)
        else:
            _print_file(file, words, console, report.form is not None)
    _print_end(report, words, console)


def _print_file(file: CheckedFile, words: Words, console: Console, uploads: bool) -> None:
    from rich.text import Text

    if file.failure:
        console.print(Text.assemble((_("GAGAL"), "bold white on red"), " ", (str(file.path), "bold")))
        console.print(_indented(Text(file.failure[1])))
        console.print()
        return
    console.print(Text.assemble(_mark(file), " ", (str(file.path), "bold")))
    console.print(_indented(Text(account(file))))
    for table in file.read.tables:
        prefix = f"{table.sheet.name}: " if len(file.read.tables) > 1 else ""
        left = [out for out in table.left_out if out.reason != "blank"]
        if left:
            rows = "; ".join(f"{_(REASONS[out.reason])} ({_span(out.first, out.last)})" for out in left)
            told = prefix + _("bukan orang: {rows}").format(rows=rows)
            console.print(_indented(Text(told, style="dim")))
    for skipped in file.read.skipped:
        if skipped.reason != "own-sheet":
            told = _('Lembar "{name}" dilewati: {reason}.').format(name=skipped.name, reason=_(REASONS[skipped.reason]))
            console.print(_indented(Text(told, style="dim")))
    for group in grouped(file.findings):
        for line in _group_lines(group, words, len(file.read.tables) > 1):
            console.print(_indented(line, 8 if line.plain.startswith("-> ") else 2))
    for finding, accepted in file.verdict.accepted:
        console.print(_indented(Text(accepted_text(finding, accepted, words), style="dim")))
    _print_outputs(file, console, uploads)
    console.print()


def _print_clean(file: CheckedFile, console: Console) -> None:
    """A file of many, with nothing to say of it, in one line."""
    from rich.text import Text

    told = _("{rows} orang").format(rows=file.rows)
    console.print(Text.assemble(_mark(file), " ", (str(file.path), "bold"), f" ({told})"))


def _mark(file: CheckedFile) -> tuple[str, str]:
    """The verdict in a word."""
    found = {finding.severity for finding in file.findings}
    if Severity.ERROR in found:
        return _("PERBAIKI"), "bold red"
    return (_("PERIKSA"), "bold yellow") if Severity.WARNING in found else (_("BERSIH"), "bold green")


def accepted_text(finding: Finding, line: Accepted, words: Words) -> str:
    """An accepted finding in one sentence."""
    return _("{code} dikecualikan: {message} Alasan: {reason} ({who}, {date}).").format(
        code=finding.code,
        message=words.message(finding),
        reason=line.reason,
        who=line.who,
        date=line.when.strftime(DATE_FORMAT),
    )


def ignored_text(code: str, fields: Sequence[str], reason: str, words: Words) -> str:
    """A rule that the office has set aside, in one sentence."""
    where = ", ".join(map(words.label, fields)) or _("semua kolom")
    return _("{code} tidak diperiksa ({where}): {reason}").format(code=code, where=where, reason=reason)


def _indented(text: Text, columns: int = 2) -> Padding:
    """A text whose wrapped lines stay below its first one."""
    from rich.padding import Padding

    return Padding(text, (0, 0, 0, columns), expand=False)


def account(file: CheckedFile) -> str:
    """All people of a file in one sentence: found = to upload + held back."""
    held = file.rows - file.clean_rows
    return _("{rows} orang ditemukan = {clean} siap diunggah + {held} ditahan.").format(
        rows=file.rows, clean=file.clean_rows, held=held
    )


def _span(first: int, last: int) -> str:
    return _("baris {first}").format(first=first + 1) + (f"-{last + 1}" if last > first else "")


def _group_lines(group: Sequence[Finding], words: Words, several: bool) -> list[Text]:
    from rich.text import Text

    first = group[0]
    rule = BY_CODE[first.code]
    style = _STYLE[first.severity]
    if len(group) <= _ALONE and first.severity is not Severity.INFO:
        lines = [
            Text.assemble((finding.code, style), _sheet(finding, several), " ", words.message(finding))
            for finding in group
        ]
    else:
        cells = ", ".join(
            (_sheet(finding, several) + "!").lstrip(" !") + _spot(finding, words) for finding in group[:_CELLS]
        )
        more = _(" dan {count} lagi").format(count=len(group) - _CELLS) if len(group) > _CELLS else ""
        label = words.label(first.field) if first.field and first.place.cell else _("kolom")
        told = (
            _("{title}: {count} x {label} ({cells}{more})")
            .format(title=_(rule.title), count=len(group), label=label, cells=cells, more=more)
            .replace("  ", " ")
        )
        lines = [Text.assemble((first.code, style), " ", told)]
    if first.severity is not Severity.INFO:
        lines.append(Text("-> " + words.hint(first), style="dim"))
    return lines


def _spot(finding: Finding, words: Words) -> str:
    """Where a finding of a group stands: its cell, or the column that is meant."""
    header = finding.facts.get("header") if finding.field is None else None
    return str(header) if header else finding.place.cell or words.label(finding.field)


def _sheet(finding: Finding, several: bool) -> str:
    return f" {finding.place.sheet}" if several and finding.place.sheet else ""


def _print_outputs(file: CheckedFile, console: Console, uploads: bool) -> None:
    from rich.text import Text

    if file.written.annotated:
        console.print(_indented(Text(_("Salinan bertanda: {path}").format(path=file.written.annotated))))
        if file.read.kind != "xlsx":
            kind = file.read.kind
            console.print(
                _indented(Text(_("  (buku kerja baru dengan isi yang sama, karena aslinya {kind})").format(kind=kind)))
            )
    for upload in file.written.uploads:
        console.print(_indented(Text(_("Lembar unggah:    {path}").format(path=upload))))
    if uploads and file.rows and not file.written.uploads:
        console.print(_indented(Text(_("Tidak ada lembar unggah: tidak ada baris yang siap diunggah."))))


def _print_end(report: Report, words: Words, console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    counts: dict[str, int] = {}
    weights: dict[str, Severity] = {}
    for file in report.files:
        for finding in file.findings:
            counts[finding.code] = counts.get(finding.code, 0) + 1
            weights[finding.code] = finding.severity
    if counts:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for title in (_("Kode"), _("Bobot"), _("Jumlah"), _("Arti")):
            table.add_column(title, justify="right" if title == _("Jumlah") else "left")
        for code in sorted(counts, key=lambda code: (list(Severity).index(weights[code]), code)):
            rule = BY_CODE[code]
            word = Text(_(_WORD[weights[code]]), style=_STYLE[weights[code]])
            table.add_row(code, word, str(counts[code]), Text(_(rule.title)))
        console.print(table)
        console.print()
    for code, fields, reason in report.ignored:
        console.print(Text(ignored_text(code, fields, reason, words), style="dim"))
    for note in report.exceptions:
        told = _("pengecualian.xlsx baris {line}: {problem}").format(line=note.line, problem=note_text(note))
        console.print(Text(told, style="yellow"))
    rows, clean = sum(file.rows for file in report.files), sum(file.clean_rows for file in report.files)
    failed = sum(file.failure is not None for file in report.files)
    console.print(
        Text(
            _(
                "{files} berkas, {rows} orang: {clean} siap diunggah, {held} ditahan, {failed} berkas gagal dibaca."
            ).format(files=len(report.files), rows=rows, clean=clean, held=rows - clean, failed=failed),
            style="bold",
        )
    )
    for remark in report.remarks:
        console.print(Text(remark_text(remark), style="yellow"))
    for line in _absent(report):
        console.print(Text(line, style="yellow"))
    replies = next((file.written.reply.parent for file in report.files if file.written.reply), None)
    if replies:
        console.print(Text(_("Teks balasan untuk tiap pengirim: {path}").format(path=replies)))
    if report.failure:
        console.print(Text(report.failure[1], style="bold red"))
    for upload in report.uploads:
        console.print(Text(_("Lembar unggah semua berkas: {path}").format(path=upload)))
    if report.uploads:
        console.print(Text(_("Unggah yang ini, atau yang per berkas; jangan keduanya."), style="bold"))
    if report.recap:
        console.print(Text(_("Rekap:                     {path}").format(path=report.recap)))
    console.print(Text(_next(report, rows - clean, failed)))


def _absent(report: Report) -> Iterator[str]:
    """Who is missing from a run: people of the decree, and senders."""
    if report.missing:
        yield _("{count} orang dalam SK tidak ada di daftar mana pun (RK504); lihat rekap.").format(
            count=len(report.missing)
        )
    absent = [one.name for one in report.awaited if not one.files]
    if absent:
        more = _(" dan {count} lagi").format(count=len(absent) - _CELLS) if len(absent) > _CELLS else ""
        names = ", ".join(absent[:_CELLS]) + more
        text = _("{count} dari {all} pengirim belum mengirim: {names}.")
        yield text.format(count=len(absent), all=len(report.awaited), names=names)
    several = [one.name for one in report.awaited if len(one.files) > 1]
    if several:
        yield _("Lebih dari satu berkas dari: {names}.").format(names=", ".join(several[:_CELLS]))


def _next(report: Report, held: int, failed: int) -> str:
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
