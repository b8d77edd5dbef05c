"""*Satu berkas*: the sheet as a table with its marked cells; NIKs in full, as nobody mends a masked one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from rosterkit import language
from rosterkit.desk.cells import FileCells
from rosterkit.desk.desk import Desk
from rosterkit.desk.pages import desk_of, gone, render, start_of
from rosterkit.desk.run_view import FileView, RunView
from rosterkit.desk.sheet_view import (
    ALL,
    GRAVITY,
    LIST,
    NOTED,
    ROWS,
    TROUBLE,
    SheetView,
    Wanted,
    kinds_of_findings,
    make_sheet_view,
    sheets_of,
    worst_sheet,
)
from rosterkit.errors import FileError
from rosterkit.language import _

_WAIT = 30  # seconds for what the worker reads


def file_page(request: Request) -> Response:
    """The page of a file of the last run."""
    desk, given = desk_of(request), request.query_params
    run = desk.last
    file = run.file(request.path_params["number"]) if run and run.key == request.path_params["key"] else None
    if run is None or file is None:
        return gone(request)
    from rosterkit.recap.words import person_states
    from rosterkit.report.words import REASONS
    from rosterkit.rules import BY_CODE

    titles = {code: _(rule.title) for code, rule in BY_CODE.items()}  # a run of another version may have others
    show, code = given.get("tampil", ""), given.get("kode", "")
    view, problem = (None, "") if show == LIST else _sheet_view(desk, run, file, given)
    values = {
        "file": file,
        "view": view,
        "problem": problem,
        "show": view.show if view else LIST,
        "shows": _show_names(),
        "code": code if code in BY_CODE else "",
        "sheets": sheets_of(file),
        "kinds": [(kind, titles.get(kind.code, kind.code)) for kind in kinds_of_findings(file.findings)],
        "whole": [one for one in file.findings if one["row"] is None],
        "reasons": {reason: _(text) for reason, text in REASONS.items()},
        "person_states": person_states(),
        **_list(request, file, code if view is None else None),
    }
    return render(request, "satu", values)


def _show_names() -> dict[str, str]:
    return {
        TROUBLE: _("Baris yang salah atau perlu dicek"),
        NOTED: _("Semua baris dengan catatan"),
        ALL: _("Semua baris"),
        LIST: _("Daftar catatan"),
    }


def _list(request: Request, file: FileView, code: str | None) -> dict[str, Any]:
    """A page of the findings as a list, the gravest first; nothing where the sheet is shown (``code`` is None)."""
    if code is None:
        return {"found": (), "count": 0, "start": 0}
    found = [one for one in file.findings if not code or one["code"] == code]
    found.sort(key=lambda one: (GRAVITY.index(one["severity"]), one["sheet"] or "", one["row"] or 0))
    start = start_of(request, len(found))
    return {"found": found[start : start + ROWS], "count": len(found), "start": start}


def _sheet_view(desk: Desk, run: RunView, file: FileView, given: Mapping[str, str]) -> tuple[SheetView | None, str]:
    """The page of a sheet that is asked for, or why it cannot be shown."""
    if file.state == "failed" and not file.tables:
        return None, ""
    try:
        cells = _read(desk, file.path)
    except FileError as error:
        return None, error.message
    except TimeoutError:
        return None, _("Tunggu sampai pemeriksaan selesai, lalu muat ulang halaman ini.")
    if file.sha256 and cells.sha256 != file.sha256:
        return None, _("Berkas ini sudah berubah sejak diperiksa. Periksa lagi supaya lembarnya tampil.")
    name = given.get("lembar") or worst_sheet(file)
    sheet = cells.sheets.get(name) or cells.sheets.get(worst_sheet(file))
    if sheet is None:
        return None, ""
    start = given.get("dari", "")
    wanted = Wanted(
        given.get("tampil", ""),
        given.get("kode", ""),
        int(start) if start.isascii() and start.isdecimal() and len(start) < 9 else 0,
        given.get("sel", ""),
    )
    return make_sheet_view(file, sheet, _states(run, file, sheet.name), wanted), ""


def _read(desk: Desk, path: Path) -> FileCells:
    """The cells of a file, which only the worker reads.

    Raises:
        FileError: it cannot be read.
        TimeoutError: a run goes on.
    """
    if desk.running:
        raise TimeoutError
    chosen = desk.language

    def read() -> FileCells:
        language.use(chosen)
        return desk.cells.read(path)

    return desk.worker.do(read).result(_WAIT)


def _states(run: RunView, file: FileView, sheet: str) -> dict[int, str]:
    """Row of a sheet -> state of the person there."""
    return {
        person["row"]: person["state"]
        for person in run.persons
        if person["file"] == file.name and person["sheet"] == sheet
    }
