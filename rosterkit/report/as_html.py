"""A run as one HTML file that needs nothing else: to read, to search with the browser, to print. Always masked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from rosterkit.language import _, is_english
from rosterkit.model.finding import Severity
from rosterkit.model.report import CheckedFile, Report
from rosterkit.report.blocks import Block, Piece, Table
from rosterkit.report.file_lines import SEVERITY, number, people_text, sender_text, verdict
from rosterkit.report.lines import report_lines
from rosterkit.report.places import place_text
from rosterkit.report.run_lines import shown_names
from rosterkit.report.words import Words

_LINES = 5_000  # findings of a run that have a line, shared by its files
_FEWEST = 10  # of each file
_STYLE = """
body{font:15px/1.5 "Segoe UI",system-ui,sans-serif;color:#1a1a1a;max-width:75rem;margin:1rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}h3{font-size:1rem;margin-bottom:.2rem}p{margin:.2rem 0}
table{border-collapse:collapse;width:100%;margin:.4rem 0}
th,td{border-bottom:1px solid #ccc;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
thead{display:table-header-group}tr{break-inside:avoid}.number{text-align:right}
.strong{font-weight:600}.quiet{color:#555}.notice,.warning,.alarm{color:#5c4300}.error,.failed{color:#a0001c}
.info{color:#00458b}.clean{color:#0b5a25}.error,.failed,.warning,.alarm,.clean{font-weight:600}
@media print{body{font-size:10pt;margin:0}}
"""


def as_html(report: Report, words: Words, people: Iterable[Sequence[str]] = (), note: str = "") -> Iterator[str]:
    """Yield the page in pieces: the report, a row a file, the findings of each, everybody.

    Args:
        report: the run.
        words: renders it, and masks.
        people: name, NIK, state, reason, who must act and place of each (see ``run.persons``).
        note: what there is to say of people who are not listed.
    """
    title = escape(_("Hasil pemeriksaan: {title}").format(title=report.title or report.schema))
    language = "en" if is_english() else "id"
    yield f'<!doctype html>\n<html lang="{language}">\n<head><meta charset="utf-8">'
    yield f'<meta name="viewport" content="width=device-width"><title>{title}</title><style>{_STYLE}</style></head>\n'
    yield f"<body><h1>{title}</h1>\n"
    yield from (_block(block, words) for block in report_lines(report, words))
    yield f"<h2>{escape(_('Berkas'))}</h2>\n"
    names = shown_names([file.path for file in report.files])
    yield from _files(report, names)
    most = max(_FEWEST, _LINES // max(1, len(report.files)))
    for file in report.files:
        yield from _findings(file, names[file.path], words, most)
    yield from _people(people, note, words)
    yield "</body></html>\n"


def _block(block: Block, words: Words) -> str:
    if isinstance(block, Table):
        rows = [[_piece(piece, words) for piece in row] for row in block.rows]
        return "".join(_table(block.heads, rows, block.numbers))
    text = " ".join(_piece(piece, words) for piece in (*block.lead, *block.pieces))
    return f"<p>{text}</p>\n" if text else ""


def _piece(piece: Piece, words: Words) -> str:
    text, look = piece
    return f'<span class="{look}">{escape(words.mask(text))}</span>' if text else ""


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Iterable[int] = ()) -> Iterator[str]:
    """A table whose cells are HTML already."""
    right = frozenset(numbers)
    yield "<table>"
    if heads:
        yield "<thead><tr>" + "".join(f'<th scope="col">{escape(head)}</th>' for head in heads) + "</tr></thead>"
    yield "<tbody>\n"
    for row in rows:
        cells = (f"<td{' class=number' * (at in right)}>{cell}</td>" for at, cell in enumerate(row))
        yield "<tr>" + "".join(cells) + "</tr>\n"
    yield "</tbody></table>\n"


def _files(report: Report, names: Mapping[Path, str]) -> Iterator[str]:
    sent = any(file.sent for file in report.files)
    numbers = (_("Orang"), _("Siap"), _("Belum lengkap"), *([_("Sudah diunggah")] if sent else []), _("Ditunda"))
    heads = (_("Berkas"), _("Pengirim"), _("Keadaan"), *numbers)
    rows = (
        (
            escape(names[file.path]),
            escape(sender_text(file)),
            f'<span class="{verdict(file)[1]}">{escape(verdict(file)[0])}</span>',
            *map(number, (file.rows, file.ready, file.incomplete, *([file.sent] if sent else []), file.held)),
        )
        for file in report.files
    )
    yield from _table(heads, rows, range(3, len(heads)))


def _findings(file: CheckedFile, name: str, words: Words, most: int) -> Iterator[str]:
    """What is wrong with a file, but for repairs of mere form; of very much the gravest, and how much more there is."""
    found = [finding for finding in file.findings if finding.severity is not Severity.INFO]
    found.sort(key=lambda finding: finding.severity.rank)
    if not found and not file.failure:
        return
    yield f"<h3>{escape(name)}</h3>\n"
    if file.failure:
        yield f'<p class="failed">{escape(words.mask(file.failure[1]))}</p>\n'
    if file.rows:
        yield f"<p>{escape(people_text(file, words))}</p>\n"
    rows = (
        (
            f'<span class="{finding.severity}">{escape(_(SEVERITY[finding.severity]))}</span>',
            escape(finding.place.sheet or ""),
            escape(words.mask(place_text(finding.place))),
            escape(words.mask(f"{words.message(finding)} {words.hint(finding)} ({finding.code})")),
        )
        for finding in found[:most]
    )
    yield from _table((_("Tingkat"), _("Lembar"), _("Sel"), _("Catatan")), rows)
    if len(found) > most:
        text = _("dan {count} catatan lagi; semuanya ditandai di salinan.").format(count=number(len(found) - most))
        yield f"<p>{escape(text)}</p>\n"


def _people(people: Iterable[Sequence[str]], note: str, words: Words) -> Iterator[str]:
    rows = [tuple(escape(words.mask(text)) for text in person) for person in people]
    if not rows and not note:
        return
    yield f"<h2>{escape(_('Orang'))}</h2>\n"
    yield f"<p>{escape(note)}</p>\n" if note else ""
    heads = (_("Nama"), _("NIK"), _("Keadaan"), _("Sebab"), _("Yang perlu bertindak"), _("Ada di"))
    yield from _table(heads, rows)
