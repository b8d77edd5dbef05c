"""What to do next after a run, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from rosterkit.language import _
from rosterkit.model.finding import Severity
from rosterkit.model.report import CheckedFile, Report
from rosterkit.report.file_lines import LACKING, number, verdict
from rosterkit.report.words import Words


def next_steps(report: Report, words: Words) -> Iterator[str]:
    """What to do next, in sentences; nothing where nothing follows."""
    if any(file.read.failure for file in report.files):
        yield _("Perbaiki atau minta ulang berkas yang tidak bisa dibaca, lalu periksa lagi.")
    if report.failure or any(file.written.failure for file in report.files):
        yield _("Bereskan dulu hasil yang tidak bisa disimpan, lalu periksa lagi.")
    marked = [file for file in report.files if file.written.annotated and _has_something_to_ask(file)]
    if marked and any(file.written.reply for file in marked):
        yield _("Kirim salinan bertanda dan balasannya kepada {count} pengirim.").format(count=len(marked))
    elif marked:
        yield _("Kirim salinan bertanda kepada pengirimnya, lalu periksa lagi yang kembali.")
    elif any(_has_something_to_ask(file) for file in report.files):
        yield _("Bereskan catatan di atas, lalu periksa lagi.")
    if report.duplicates and report.undecided:
        text = _("Putuskan orang ganda di {name} (kolom Keputusan dan Oleh), simpan, lalu periksa lagi.")
        more = _(
            "Pada {count} kelompok NIK-nya berbeda dan orangnya tetap ikut diunggah: putuskan itu sebelum mengunggah."
        )
        alike = report.uploaded_alike
        yield text.format(name=report.duplicates.name) + (f" {more.format(count=number(alike))}" if alike else "")
    if report.uploads or any(file.written.uploads for file in report.files):
        yield _("Unggah {what} ke aplikasi BPJS Ketenagakerjaan.").format(what=_upload_name(report))
    changed = sum(file.changed for file in report.files)
    if changed:
        text = _("Betulkan {count} orang di aplikasi BPJS: isinya berubah sejak diunggah.")
        yield text.format(count=number(changed))
    incomplete = sum(file.incomplete for file in report.files)
    if incomplete:
        labels = ", ".join(words.label(field) for field in report.lacking)
        yield _(
            "Jangan unggah dulu yang belum lengkap: {labels} wajib diisi, dan masih kosong pada {count} orang."
        ).format(labels=labels, count=number(incomplete))


def _has_something_to_ask(file: CheckedFile) -> bool:
    """Whether something of a file waits for its sender."""
    if file.read.failure or file.replaced:
        return False
    return verdict(file)[1] in ("error", "alarm") or any(
        finding.severity is not Severity.INFO or finding.code == LACKING for finding in file.findings
    )


def _upload_name(report: Report) -> str:
    paths = [*report.uploads, *(path for file in report.files for path in file.written.uploads)]
    return paths[0].name if len(paths) == 1 else _("{count} berkas unggah").format(count=len(paths))
