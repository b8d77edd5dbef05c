"""Who is held back without a word to the sender about her row: why, without asking anything or telling office work."""

from __future__ import annotations

from rosterkit.language import N_, _
from rosterkit.model.finding import Severity
from rosterkit.model.report import CheckedFile
from rosterkit.report.words import NOTHING_TO_DO, Words

AT_OFFICE = N_("Ditunda di kantor: masih kami proses.")
SEE_SUMMARY = N_("Ditunda: lihat lembar Hasil Periksa.")  # what is wrong with a whole sheet stands there


def find_untold(file: CheckedFile, words: Words) -> dict[int, dict[int, str]]:
    """Return table number -> row -> what is said of somebody who is held back while no error is told of her row.

    Args:
        file: after the checking stage; its cells are not needed.
        words: speak to the sender.
    """
    errors = [one for one in file.findings if one.severity is Severity.ERROR and words.message(one)]
    of_rows = {(one.place.table, one.place.row) for one in errors}
    found: dict[int, dict[int, str]] = {}
    for table in file.read.tables:
        own = [one.place.row for one in errors if one.place.table in (table.number, None)]
        of_sheet = any(row is None or row <= table.last_header_row for row in own)
        text = _(SEE_SUMMARY) if of_sheet else f"{_(AT_OFFICE)} {_(NOTHING_TO_DO)}"
        settled = file.verdict.states.get(table.number, {})
        rows = [row for row in table.people if row not in settled and (table.number, row) not in of_rows]
        found[table.number] = dict.fromkeys(rows, text)
    return found


def count_at_office(file: CheckedFile, words: Words) -> int:
    """Return how many people of a file are held back by what is the office's business alone."""
    text = f"{_(AT_OFFICE)} {_(NOTHING_TO_DO)}"
    return (
        0
        if file.verdict.set_aside
        else sum(one == text for rows in find_untold(file, words).values() for one in rows.values())
    )


def at_office_text(count: int) -> str:
    """What the sender reads of those whom the office holds back."""
    text = _("{count} orang ditunda di kantor: masih kami proses.").format(count=count)
    return f"{text} {_(NOTHING_TO_DO)}"
