"""What a report says of many files: a line each, trouble first, and how often each rule speaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rosterkit.language import _
from rosterkit.model.finding import Finding, Severity
from rosterkit.model.report import CheckedFile, Report
from rosterkit.report.blocks import EMPTY, Block, Line, Piece, Table, line
from rosterkit.report.file_lines import LACKING, SEVERITY, number, sender_text, verdict
from rosterkit.report.words import Words
from rosterkit.rules import BY_CODE

_FEW = 60  # files up to which each has its line
_MOST = 40  # files with trouble that have one beyond that
_RULES = {Severity.ERROR: 14, Severity.WARNING: 8}  # rules of a severity that are listed
_FILES = 3  # files that are named where a rule speaks
_CELLS = 3  # cells likewise


def files_table(report: Report, words: Words) -> Iterator[Block]:
    """A line a file: verdict, name, people, ready, incomplete, uploaded already, held back, sender; trouble first."""
    order = ("failed", "error", "alarm", "clean", "quiet")
    files = sorted(
        report.files, key=lambda file: (order.index(verdict(file)[1]), verdict(file)[0] == _("BELUM LENGKAP"))
    )
    names = shown_names([file.path for file in files])
    for file in files:
        if file.failure:
            word: Piece = verdict(file) if file.read.failure else (_("TIDAK TERSIMPAN"), "failed")
            yield Line((word, (f" {names[file.path]}", "strong")))
            yield line(file.failure[1], indent=2)
    rows = [file for file in files if not file.read.failure]
    listed = rows
    if len(rows) > _FEW:
        listed = [file for file in rows if verdict(file)[1] in ("error", "alarm")][:_MOST]
    if listed:
        numbers = (_("Orang"), _("Siap"), _("Belum lengkap"), _("Sudah diunggah"), _("Ditunda"))
        counts = [_counts(file) for file in rows]
        kept = [at for at in range(len(numbers)) if at < 2 or any(own[at] for own in counts)]
        heads = (_("Keadaan"), _("Berkas"), *(numbers[at] for at in kept), _("Pengirim"))
        table = tuple(_file_row(file, names[file.path], words, kept) for file in listed)
        last = len(heads) - 1
        yield Table(heads, table, frozenset(range(2, last)), frozenset((1, last)), frozenset((last,)))
    yield from _unlisted(rows, listed)


def _counts(file: CheckedFile) -> tuple[int, ...]:
    return file.rows, file.ready, file.incomplete, file.sent, file.held


def _file_row(file: CheckedFile, name: str, words: Words, kept: Sequence[int]) -> tuple[Piece, ...]:
    """The line of a file; ``kept``: which of its counts have a column."""
    counts = _counts(file)
    shown = [at for at in kept if at == 0 or (not file.replaced and (at == 1 or counts[at]))]
    cells = (number(counts[at]) if at in shown else "" for at in kept)
    sender = " ".join(map(words.message, file.findings)) if file.replaced else sender_text(file)
    return (verdict(file), (name, "strong"), *((cell, "plain") for cell in cells), (sender, "quiet"))


def _unlisted(files: Sequence[CheckedFile], listed: Sequence[CheckedFile]) -> Iterator[Line]:
    """The files that have no line, counted by their verdicts."""
    shown = {id(file) for file in listed}
    counts: dict[Piece, list[int]] = {}
    for file in files:
        if id(file) not in shown:
            counts.setdefault(verdict(file), []).append(file.rows)
    for word, rows in counts.items():
        text = _("{files} berkas lagi, {rows} orang").format(files=number(len(rows)), rows=number(sum(rows)))
        yield Line((word, (" " + text, "plain")))


def shown_names(paths: Sequence[Path]) -> dict[Path, str]:
    """What files are called in a report: their names, with the folder where two have the same."""
    seen: dict[str, int] = {}
    for path in paths:
        seen[path.name] = seen.get(path.name, 0) + 1
    return {path: path.name if seen[path.name] == 1 else f"{path.parent.name}/{path.name}" for path in paths}


def rules_tables(report: Report, verbose: bool) -> Iterator[Block]:
    """How often each rule speaks, and where, the gravest first; of what needs nothing to be done, one number."""
    found: dict[Severity, dict[str, list[Finding]]] = {severity: {} for severity in Severity}
    for file in report.files:
        for finding in () if file.replaced else file.findings:
            found[finding.severity].setdefault(finding.code, []).append(finding)
    names = shown_names([file.path for file in report.files])
    rows: list[tuple[Piece, ...]] = []
    for severity, limit in _RULES.items():
        groups = {code: group for code, group in found[severity].items() if verbose or code != LACKING}
        ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
        most = len(ordered) if verbose or len(ordered) == limit + 1 else limit
        word: Piece = (_(SEVERITY[severity]), severity.value)
        for code, group in ordered[:most]:
            title = _(BY_CODE[code].title)
            told = (code, number(len(group)), title, _where(group, names))
            rows.append((word, *_plain(told)))
        rest = ordered[most:]
        if rest:
            kinds = _("{count} macam lagi").format(count=len(rest))
            total = number(sum(len(group) for _code, group in rest))
            rows.append((word, *_plain(("", total, kinds, ""))))
    if rows:
        yield EMPTY
        yield Table((), tuple(rows), frozenset((2,)), frozenset((4,)), frozenset((4,)))
    infos = sum(map(len, found[Severity.INFO].values()))
    if infos and not verbose:
        text = _("{count} catatan yang tidak perlu ditindaklanjuti: lihat semua dengan --verbose")
        yield Line(((_("INFO"), "info"), ("   " + text.format(count=number(infos)), "quiet")))


def _plain(texts: Sequence[str]) -> Iterator[Piece]:
    for text in texts:
        yield text, "plain"


def _where(group: Sequence[Finding], names: dict[Path, str]) -> str:
    """Where the findings of a rule are: of one file the cells, of several how many in each; of many how many."""
    files: dict[Path, list[Finding]] = {}
    for finding in group:
        files.setdefault(finding.place.path, []).append(finding)
    if len(files) == 1:
        ((path, own),) = files.items()
        sheets = len({finding.place.sheet for finding in own}) > 1
        cells = [
            f"{finding.place.sheet}!{finding.place.cell}" if sheets else finding.place.cell
            for finding in own
            if finding.place.cell
        ]
        more = _(" dan {count} lagi").format(count=number(len(cells) - _CELLS)) if len(cells) > _CELLS else ""
        return f"{names[path]} ({', '.join(cells[:_CELLS])}{more})" if cells else names[path]
    if len(files) > _FILES:
        return _("{count} berkas").format(count=number(len(files)))
    ordered = sorted(files.items(), key=lambda item: -len(item[1]))
    return ", ".join(f"{names[path]} {number(len(own))}" for path, own in ordered)
