"""What a sender is shown: a short, polite text to paste into a chat. Numbers of persons are masked in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from rosterkit.dates import DATE_FORMAT
from rosterkit.language import _
from rosterkit.model.finding import Finding, Severity
from rosterkit.model.report import CheckedFile
from rosterkit.report.words import Words, grouped
from rosterkit.rules import BY_CODE

_FEW = 4  # findings of a kind that are listed one by one
_CELLS = 12  # cells that are named of many


def reply(file: CheckedFile, labels: Mapping[str, str], today: dt.date, deadline: dt.date | None) -> str:
    """The text for the sender of a file; ``deadline`` is the day by which the list should be back."""
    words = Words(labels, to_sender=True)
    return "\n".join(_lines(file, words, today, deadline)) + "\n"


def _lines(file: CheckedFile, words: Words, today: dt.date, deadline: dt.date | None) -> Iterator[str]:
    yield _("Yth. pengirim daftar {name},").format(name=file.path.name)
    yield ""
    if file.failure:
        yield _("Terima kasih atas kirimannya. Berkas ini belum bisa kami baca:")
        yield file.failure[1]
        yield ""
        yield _("Mohon dikirim ulang {when}. Terima kasih.").format(when=_when(deadline))
        return
    counts = {"rows": file.rows, "clean": file.clean_rows, "held": file.held}
    yield _("Terima kasih, daftar sudah kami periksa tanggal {date}.").format(date=today.strftime(DATE_FORMAT))
    yield _("{rows} orang: {clean} siap didaftarkan, {held} belum.").format(**counts)
    shown = [finding for finding in file.findings if finding.severity is not Severity.INFO]
    for severity, title in (
        (Severity.ERROR, _("Yang harus diperbaiki:")),
        (Severity.WARNING, _("Yang perlu dicek:")),
    ):
        groups = grouped(finding for finding in shown if finding.severity is severity)
        if groups:
            yield ""
            yield title
        for group in groups:
            yield from _group(group, words)
    yield ""
    if not shown:
        yield _("Semua sudah benar. Terima kasih.")
    elif file.written.annotated:
        text = _("Mohon diperbaiki langsung di berkas {copy} (sel berwarna), lalu kirim kembali {when}. Terima kasih.")
        yield text.format(copy=file.written.annotated.name, when=_when(deadline))
    elif file.verdict.set_aside:
        yield _("Mohon dijawab {when}. Terima kasih.").format(when=_when(deadline))


def _group(group: Sequence[Finding], words: Words) -> Iterator[str]:
    if len(group) <= _FEW:
        for finding in group:
            person = finding.place.person
            yield f"- {words.message(finding)}" + (f" ({person})" if person and finding.field != "name" else "")
    else:
        cells = [finding.place.cell for finding in group if finding.place.cell]
        more = _(" dan {count} lagi").format(count=len(cells) - _CELLS) if len(cells) > _CELLS else ""
        title = _(BY_CODE[group[0].code].title)
        yield (
            f"- {title}: {len(group)} x ({', '.join(cells[:_CELLS])}{more})" if cells else f"- {title}: {len(group)} x"
        )
    yield f"  {words.hint(group[0])}"


def _when(deadline: dt.date | None) -> str:
    return _("paling lambat {date}").format(date=deadline.strftime(DATE_FORMAT)) if deadline else _("secepatnya")
