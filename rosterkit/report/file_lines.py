"""What a report says of one file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rosterkit.language import N_, _
from rosterkit.model.finding import Finding, Severity
from rosterkit.model.report import CheckedFile
from rosterkit.report.blocks import EMPTY, Line, Look, Piece, led_line, line
from rosterkit.report.words import REASONS, Words, accepted_text, grouped
from rosterkit.rules import BY_CODE

SEVERITY = {Severity.ERROR: N_("SALAH"), Severity.WARNING: N_("CEK"), Severity.INFO: N_("INFO")}
LACKING = "RK206"  # who is incomplete is told with the numbers
OUTPUT_ROOM = 17  # columns of the words before the paths of outputs
_ROOM = 7  # columns of the word for a severity
_SHOWN = 3  # findings of a group that are listed
_GROUPS = 12  # groups of a file that are listed


def file_lines(file: CheckedFile, words: Words, verbose: bool) -> Iterator[Line]:
    """What there is to say of one file; ``verbose``: every finding of it."""
    if file.read.failure:
        yield Line(((file.path.as_posix(), "strong"),), lead=((_("TIDAK BISA DIBACA"), "failed"),), room=17)
        yield line(file.read.failure[1], indent=2)
        return
    if file.replaced:
        told = " ".join(words.message(finding) for finding in file.findings)
        text = f"{file.path.as_posix()} ({people_text(file, words)}) {told}"
        yield Line(((text, "plain"),), lead=((_("LAMA"), "quiet"),), room=4)
        return
    word, look = verdict(file)
    sender = sender_text(file)
    named: tuple[Piece, ...] = ((file.path.as_posix(), "strong"), (f"   {sender}" if sender else "", "quiet"))
    yield Line(named, lead=((word, look),), room=max(len(word), 8))
    yield line(people_text(file, words), indent=max(len(word), 8) + 1)
    yield from found_lines(file, words, verbose)


def found_lines(file: CheckedFile, words: Words, verbose: bool) -> Iterator[Line]:
    """What was left out of a file, and what was found in it."""
    if file.written.failure:
        yield Line(((file.written.failure[1], "error"),), 2)
    yield from _left_out(file)
    groups = [group for group in grouped(file.findings) if verbose or group[0].code != LACKING]
    shown = groups if verbose else [group for group in groups if group[0].severity is not Severity.INFO][:_GROUPS]
    if shown:
        yield EMPTY
    for group in shown:
        yield from _group_lines(group, words, len(file.read.tables) > 1, verbose)
    yield from _not_shown(groups, shown)
    for finding, accepted in file.verdict.accepted:
        yield line(accepted_text(finding, accepted, words), "quiet", 2)


def verdict(file: CheckedFile) -> Piece:
    """The verdict in a word."""
    if file.read.failure:
        return _("TIDAK BISA DIBACA"), "failed"
    if file.replaced:
        return _("LAMA"), "quiet"
    found = {finding.severity for finding in file.findings if finding.code != LACKING}
    if Severity.ERROR in found:
        return _("PERBAIKI"), "error"
    if Severity.WARNING in found:
        return _("CEK"), "alarm"
    if file.incomplete:
        return _("BELUM LENGKAP"), "alarm"
    return (_("SUDAH DIUNGGAH"), "clean") if file.sent and not file.ready else (_("SIAP"), "clean")


def people_text(file: CheckedFile, words: Words) -> str:
    """All people of a file.

    Found = ready + ready but incomplete + uploaded already + held back (+ in a newer version of the list).
    """
    if file.replaced:
        return _("{rows} orang").format(rows=number(file.rows))
    parts = [_("{count} siap").format(count=number(file.ready))]
    if file.incomplete:
        lacking = lacking_text(file.verdict.lacking, words, file.incomplete)
        parts.append(
            _("{count} siap tetapi belum lengkap ({lacking})").format(count=number(file.incomplete), lacking=lacking)
        )
    if file.sent:
        parts.append(sent_text(file.sent, file.changed))
    if file.held:
        parts.append(_("{count} ditunda").format(count=number(file.held)))
    if file.verdict.set_aside:
        parts.append(_("{count} dihitung di versi baru").format(count=number(file.verdict.set_aside)))
    return _("{rows} orang").format(rows=number(file.rows)) + ": " + ", ".join(parts)


def sent_text(sent: int, changed: int) -> str:
    """How many were uploaded already, and of how many of them the values have changed since."""
    text = _("{count} sudah diunggah").format(count=number(sent))
    return text + (_(" ({count} di antaranya berubah isinya)").format(count=number(changed)) if changed else "")


def lacking_text(lacking: Mapping[str, int], words: Words, people: int) -> str:
    """The fields that are missing, each with the number of people; without it where all lack it."""
    return ", ".join(
        words.label(field) if count == people else f"{words.label(field)} {number(count)}"
        for field, count in lacking.items()
    )


def sender_text(file: CheckedFile) -> str:
    """Who sent it, as far as it is known; of several the first two."""
    senders = list(dict.fromkeys(filter(None, map(str, file.read.senders.values()))))
    return "; ".join(senders[:2]) + (_(" dan {count} lagi").format(count=len(senders) - 2) if len(senders) > 2 else "")


def number(count: int) -> str:
    """A number as offices write it: 1.250."""
    return f"{count:,}".replace(",", _("."))


def _left_out(file: CheckedFile) -> Iterator[Line]:
    """Rows that are no people, and sheets without a roster."""
    for table in file.read.tables:
        prefix = f"{table.sheet.name}: " if len(file.read.tables) > 1 else ""
        left = [part for part in table.left_out if part.reason != "blank"]
        if left:
            rows = "; ".join(f"{_(REASONS[part.reason])} ({_rows(part.first, part.last)})" for part in left)
            yield line(prefix + _("bukan orang: {rows}").format(rows=rows), "quiet", 2)
    for skipped in file.read.skipped:
        if skipped.reason != "own-sheet":
            text = _('Lembar "{name}": bukan daftar orang ({reason}).')
            yield line(text.format(name=skipped.name, reason=_(REASONS[skipped.reason])), "quiet", 2)


def _rows(first: int, last: int) -> str:
    return _("baris {first}").format(first=first + 1) + (f"-{last + 1}" if last > first else "")


def _group_lines(group: Sequence[Finding], words: Words, several: bool, verbose: bool) -> Iterator[Line]:
    """Findings that say the same of one column: the rule, some of them, and once what to do."""
    first = group[0]
    look: Look = first.severity.value
    title = f"{first.code}  {_(BY_CODE[first.code].title)}"
    if len(group) > 1:
        title += f" ({number(len(group))})"
    yield Line(((title, "plain"),), 2, ((_(SEVERITY[first.severity]), look),), _ROOM)
    shown = group if verbose else group[: _SHOWN if len(group) > _SHOWN + 1 else len(group)]
    for finding in shown:
        where = _place(finding, words, several)
        yield line(f"{where}: {words.message(finding)}" if where else words.message(finding), indent=_ROOM + 3)
    if len(group) > len(shown):
        rest = [_spot(finding, words, several) for finding in group[len(shown) :]]
        more = _(" dan {count} lagi").format(count=number(len(rest) - _GROUPS)) if len(rest) > _GROUPS else ""
        text = _("juga {cells}").format(cells=", ".join(filter(None, rest[:_GROUPS])) + more)
        yield line(text, indent=_ROOM + 3)
    if first.severity is not Severity.INFO:
        yield line(words.hint(first), "quiet", _ROOM + 3)


def _not_shown(groups: Sequence[Sequence[Finding]], shown: Sequence[Sequence[Finding]]) -> Iterator[Line]:
    """How many findings are not listed."""
    listed = {id(group) for group in shown}
    counts: dict[Severity, int] = {}
    for group in groups:
        if id(group) not in listed:
            counts[group[0].severity] = counts.get(group[0].severity, 0) + len(group)
    if counts:
        parts = [f"{number(count)} {_(SEVERITY[severity])}" for severity, count in counts.items()]
        text = _("{parts} lagi: lihat semua dengan --verbose").format(parts=", ".join(parts))
        yield line(text, "quiet", 2)


def _place(finding: Finding, words: Words, several: bool) -> str:
    """Where a finding stands, and whose it is."""
    return " ".join(filter(None, (_spot(finding, words, several), finding.place.person)))


def _spot(finding: Finding, words: Words, several: bool) -> str:
    """Where a finding stands: its cell, or the column that is meant, with its sheet where there are more."""
    header = finding.facts.get("header") if finding.field is None else None
    spot = str(header) if header else finding.place.cell or words.label(finding.field)
    return f"{finding.place.sheet}!{spot}" if several and finding.place.sheet else spot


def output_lines(file: CheckedFile) -> Iterator[Line]:
    """What was written for one file."""
    written = file.written
    if written.annotated:
        yield led_line(_("Salinan bertanda"), str(written.annotated), OUTPUT_ROOM)
        if file.read.kind != "xlsx":
            text = _("(buku kerja baru dengan isi yang sama, karena aslinya {kind})").format(kind=file.read.kind)
            yield line(text, indent=OUTPUT_ROOM + 1)
    for upload in written.uploads:
        people = _("{count} orang").format(count=number(file.ready))
        yield led_line(_("Berkas unggah"), f"{upload} ({people})", OUTPUT_ROOM)
    for upload in written.incomplete:
        people = _("{count} orang").format(count=number(file.incomplete))
        yield led_line(_("Belum lengkap"), f"{upload} ({people})", OUTPUT_ROOM)
    if written.reply:
        yield led_line(_("Balasan"), str(written.reply), OUTPUT_ROOM)
