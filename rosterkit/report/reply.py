"""The text for the sender of a list, to paste into a chat: for a phone, one line a person, nothing of office work.

Numbers of persons are masked in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from rosterkit.language import N_, _
from rosterkit.model.finding import Finding, Severity
from rosterkit.model.report import CheckedFile
from rosterkit.report.facts import long_date
from rosterkit.report.held import at_office_text, count_at_office
from rosterkit.report.places import number_text
from rosterkit.report.words import Words, grouped
from rosterkit.rules import BY_CODE

_FEW = 4  # findings of a kind that have a line each
_NAMED = 6  # people who are named of many
_MOST = 12  # lines below a heading
# What is wrong with a file, and what is asked; what is not here is the office's own matter, and no text is written.
_UNREAD = {
    "encrypted": (N_("dikunci dengan kata sandi"), N_("Mohon dikirim lagi tanpa kata sandi.")),
    "empty": (N_("masih kosong"), N_("Mohon dicek: mungkin yang terkirim bukan berkas yang benar.")),
    "results-alone": (
        N_("hanya berisi hasil pemeriksaan kami, tanpa daftarnya"),
        N_("Mohon simpan berkas yang kami kirim sebagai .xlsx (bukan CSV), lalu kirim lagi."),
    ),
    "not-a-workbook": (N_("bukan berkas Excel"), N_("Mohon dikirim sebagai berkas Excel (.xlsx).")),
    "stray-cell": (
        N_("berisi sel yang sangat jauh di luar daftar"),
        N_("Mohon salin daftarnya saja ke berkas Excel baru, lalu kirim lagi."),
    ),
    "too-large": (N_("terlalu besar"), N_("Mohon salin daftarnya saja ke berkas Excel baru, lalu kirim lagi.")),
    "damaged": (
        N_("rusak atau tidak terkirim utuh"),
        N_("Mohon dikirim sekali lagi sebagai berkas Excel, bukan foto dan bukan PDF."),
    ),
}
_UNREAD |= dict.fromkeys(("unsafe", "reader-failed"), _UNREAD["damaged"])
_UNREAD |= dict.fromkeys(("mhtml", "old-xml", "flat-ods", "no-table"), _UNREAD["not-a-workbook"])


def reply(file: CheckedFile, labels: Mapping[str, str], today: dt.date, deadline: dt.date | None) -> str:
    """Return the text for the sender of a file; empty where there is nothing to tell her.

    Args:
        file: after the run.
        labels: what the schema calls its fields.
        today: the day of the check.
        deadline: the day by which the list should be back; one that has passed is not named.
    """
    if file.failure and file.failure[0] not in _UNREAD:
        return ""
    when = deadline if deadline and deadline >= today else None
    return "\n".join(_lines(file, Words(labels, to_sender=True), today, when)) + "\n"


def _lines(file: CheckedFile, words: Words, today: dt.date, deadline: dt.date | None) -> Iterator[str]:
    yield _greeting(file)
    yield ""
    if file.failure:
        why, what = _UNREAD[file.failure[0]]
        text = _('Terima kasih atas kirimannya. Mohon maaf, berkas "{name}" belum bisa kami buka karena {why}.')
        yield text.format(name=file.path.name, why=_(why))
        yield _(what)
        yield _("Terima kasih.")
        return
    yield _("Terima kasih atas daftarnya. Sudah kami periksa pada {date}.").format(date=long_date(today))
    told = [finding for finding in file.findings if words.message(finding)]
    errors = [finding for finding in told if finding.severity is Severity.ERROR]
    warnings = [finding for finding in told if finding.severity is Severity.WARNING]
    if file.rows:
        yield _numbers(file, bool(errors or warnings))
        waiting = count_at_office(file, words)
        if waiting:
            yield at_office_text(waiting)
    for title, findings in ((_("Mohon diperbaiki:"), errors), (_("Mohon dicek:"), warnings)):
        if findings:
            yield ""
            yield title
            yield from _findings(findings, words, len(file.read.tables) > 1)
    yield from _ending(file, len(errors) + len(warnings), deadline)


def _greeting(file: CheckedFile) -> str:
    """The first line: the head of an RT, an office, or whoever sent it."""
    senders = [*dict.fromkeys(file.read.senders.values())]
    one = senders[0] if len(senders) == 1 else None
    if one and one.rt:
        place = (_("RT {rt}").format(rt=one.rt), one.rw and _("RW {rw}").format(rw=one.rw), one.kelurahan)
        return _("Yth. Bapak/Ibu Ketua {place},").format(place=" ".join(filter(None, place)))
    if one and one.office:
        return _("Yth. {office},").format(office=one.office)
    return _("Yth. Bapak/Ibu pengirim daftar {name},").format(name=file.path.stem)


def _numbers(file: CheckedFile, asks: bool) -> str:
    """How many people are ready; found = ready + incomplete + registered already + not yet."""
    ready, held = file.ready, file.rows - file.clean_rows - file.verdict.set_aside
    if ready == file.rows:
        text = _("{rows} orang, semuanya siap didaftarkan.").format(rows=file.rows)
        return text if asks else text + " " + _("Tidak ada yang perlu diperbaiki.")
    parts = [_("{count} siap didaftarkan").format(count=ready)] if ready else []
    if file.incomplete:
        parts.append(_("{count} belum lengkap").format(count=file.incomplete))
    if file.sent:
        parts.append(_("{count} sudah didaftarkan").format(count=file.sent))
    if held:
        parts.append(_("{count} belum").format(count=held))
    if file.verdict.set_aside:
        parts.append(_("{count} dihitung di daftar terbaru").format(count=file.verdict.set_aside))
    return _("{rows} orang: {parts}.").format(rows=file.rows, parts=", ".join(parts))


def _findings(findings: Sequence[Finding], words: Words, several: bool) -> Iterator[str]:
    """Lines for findings, those that say the same together; at most so many."""
    lines: list[tuple[str, int]] = []  # a line, and how many people it is about
    columns = [finding for finding in findings if finding.place.cell is None and finding.field]
    lines += _missing_columns(columns, words, several)
    for group in grouped(finding for finding in findings if finding not in columns):
        own = _without_partners(group)
        if len(own) <= _FEW:
            lines += ((_line(finding, words, several), 1) for finding in own)
        else:
            lines.append((_many(own, words), len(own)))
    yield from (text for text, _people in lines[:_MOST])
    rest = sum(people for _text, people in lines[_MOST:])
    if rest:
        yield _("- dan {count} orang lagi, semuanya ditandai di berkas").format(count=rest)


def _missing_columns(findings: Sequence[Finding], words: Words, several: bool) -> Iterator[tuple[str, int]]:
    """Columns that are not there, in one line for all sheets that lack the same."""
    sheets: dict[str | None, dict[str, None]] = {}
    for finding in findings:
        sheets.setdefault(finding.place.sheet, {})[words.label(finding.field)] = None
    alike: dict[tuple[str, ...], list[str]] = {}
    for sheet, labels in sheets.items():
        alike.setdefault(tuple(labels), []).append(f'"{sheet}"')
    for columns, names in alike.items():
        where = _("Lembar {sheets}").format(sheets=_listed(names)) if several else _("Daftar ini")
        text = _("- {where} belum punya kolom {labels}. Mohon ditambahkan, lalu diisi sesuai KTP atau KK.")
        yield text.format(where=where, labels=_listed(columns)), 1


def _without_partners(group: Sequence[Finding]) -> list[Finding]:
    """Of findings about each other's rows the first one."""
    seen: set[frozenset[tuple[str | None, int | None]]] = set()
    own = []
    for finding in group:
        places = [finding.place, *(place for place in finding.related if place.path == finding.place.path)]
        rows = frozenset((place.sheet, place.row) for place in places)
        if len(rows) == 1 or rows not in seen:
            own.append(finding)
        seen.add(rows)
    return own


def _line(finding: Finding, words: Words, several: bool) -> str:
    """One person: who, what, what to do, where."""
    who, place = _who(finding), finding.place
    said = " ".join(filter(None, (words.message(finding), words.hint(finding))))
    sheet = place.sheet if several else None
    cell = _("sel {cell}").format(cell=place.cell) if place.cell and place.row is not None else ""
    where = ", ".join(filter(None, (sheet, cell))) if cell else ""
    return f"- {who}: {said}" + (f" ({where})" if where else "") if who else f"- {said}"


def _many(group: Sequence[Finding], words: Words) -> str:
    """Many people in two lines: what and what to do, and who."""
    first, messages = group[0], {words.message(finding) for finding in group}
    rule = BY_CODE[first.code]
    what = messages.pop() if len(messages) == 1 else _(rule.sender_title or rule.title)
    names = _listed([_who(finding, short=True) for finding in group], _NAMED)
    if what[1:2].islower():
        what = what[0].lower() + what[1:]
    text = _("- {count} orang: {what} {hint}").format(
        count=len(group), what=what.rstrip(".") + ".", hint=words.hint(first)
    )
    return f"{text}\n  {names}."


def _who(finding: Finding, short: bool = False) -> str:
    """``No. 12, Suparman``; the row where the list has no numbers; empty for a whole sheet."""
    place = finding.place
    if place.person is None and place.row is None:
        return ""
    number = number_text(place) or (_("Baris {row}").format(row=place.row + 1) if place.row is not None else "")
    name = " ".join((place.person or "").split())
    return (" " if short else ", ").join(filter(None, (number, name)))


def _listed(texts: Sequence[str], most: int | None = None) -> str:
    """Texts with "and" before the last one; of many the first ones and how many more there are."""
    if most is not None and len(texts) > most + 1:
        return _("{first}, dan {count} orang lagi").format(first=", ".join(texts[:most]), count=len(texts) - most)
    if len(texts) < 2:
        return "".join(texts)
    return _("{first} dan {last}").format(first=", ".join(texts[:-1]), last=texts[-1])


def _ending(file: CheckedFile, asked: int, deadline: dt.date | None) -> Iterator[str]:
    """What to do with the copy, and the thanks."""
    until = " " + _("paling lambat {date}").format(date=long_date(deadline)) if deadline else ""
    if asked and file.written.annotated:
        marked = _("Bagian itu") if asked == 1 else _("Semua bagian itu")
        text = _(
            '{marked} sudah kami tandai di berkas "{copy}". Mohon perbaiki di berkas itu, lalu kirim kembali{until}.'
        )
        yield ""
        yield text.format(marked=marked, copy=file.written.annotated.name, until=until)
    elif asked:
        yield ""
        yield _("Mohon dijawab{until}.").format(until=until)
    yield _("Terima kasih.")
