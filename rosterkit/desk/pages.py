"""The pages: each a function that gathers what its template shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from rosterkit import language
from rosterkit.desk.decisions import read_blocks
from rosterkit.desk.desk import Desk, chosen_programme, program_error, programmes
from rosterkit.desk.references import NO_REFERENCES, choices, reference_values
from rosterkit.desk.rule_words import rules_in_words
from rosterkit.desk.watching import watch_text
from rosterkit.errors import FileError, UsageError
from rosterkit.language import _, is_english
from rosterkit.outside import OutsideError
from rosterkit.settings import read_project

HELD = ("error", "duplicate", "not-in-decree", "waiting")  # the states of those whom the upload leaves out
SHOWN = 200  # rows of a page
_WAIT = 30  # seconds for what the worker reads

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
)
_templates.globals["_"] = lambda text: language._(text)
_templates.filters["number"] = lambda count: f"{count:,}".replace(",", _("."))


def desk_of(request: Request) -> Desk:
    """The desk that a request is for."""
    desk: Desk = request.app.state.desk
    return desk


def render(request: Request, page: str, values: Mapping[str, Any], status: int = 200) -> Response:
    """Draw a template; every page knows the desk and its last run."""
    desk = desk_of(request)
    known = {"desk": desk, "run": desk.last, "page": page, "lang": "en" if is_english() else "id"}
    return HTMLResponse(_templates.get_template(f"{page}.html").render(known | dict(values)), status)


def sentence(request: Request, text: str, status: int) -> Response:
    """A page that says one thing."""
    return render(request, "sentence", {"text": text}, status)


def desk_page(request: Request) -> Response:
    """*Meja*: the drop area, the programme, where things stand, what to do next."""
    desk = desk_of(request)
    programme, changeable, problem, asked, lists = "", False, "", "", NO_REFERENCES
    try:
        programme, changeable = chosen_programme(desk)
        lists = reference_values(desk)
    except OutsideError as error:
        problem, asked = error.question, error.key
    except UsageError as error:
        problem = str(error)
    names = [*programmes(), *([programme] if programme and programme not in programmes() else [])]
    values = {
        "waiting": len(desk.lists()) if desk.inbox.is_dir() else 0,
        "programme": programme,
        "programmes": names,
        "changeable": changeable,
        "problem": problem,
        "asked": asked,
        "watch": watch_text(desk),
    }
    return render(request, "meja", values | lists)


def files_page(request: Request) -> Response:
    """*Berkas*: a row a file."""
    return render(request, "berkas", {})


def duplicates_page(request: Request) -> Response:
    """*Ganda*: rows that may be one person, side by side, with NIKs in full."""
    desk = desk_of(request)
    if desk.running or desk.last is None:
        return render(request, "ganda", {"blocks": (), "problem": ""})
    sheets = desk.last.outputs["duplicates"]
    chosen = desk.language

    def read() -> list[Any]:
        language.use(chosen)
        return [block for sheet in sheets for block in read_blocks(sheet, dt.date.today())]

    try:
        blocks = desk.worker.do(read).result(_WAIT)
        waiting = sum(not block.is_decided for block in blocks)
        from rosterkit.rules import BY_CODE

        titles = {block.duplicate.code: _(BY_CODE[block.duplicate.code].title) for block in blocks[:SHOWN]}
        values = {"titles": titles, "blocks": blocks[:SHOWN], "count": len(blocks), "waiting": waiting, "problem": ""}
        return render(request, "ganda", values)
    except (UsageError, FileError) as error:
        return render(request, "ganda", {"blocks": (), "problem": str(error)})


def results_page(request: Request) -> Response:
    """*Hasil*: what can be fetched, what the upload leaves out, the recap, a change of the decree."""
    desk = desk_of(request)
    try:
        current = read_project(desk.inbox).get("decree")
        lists = choices(desk) if desk.inbox != desk.folder else []
    except UsageError:
        current, lists = None, []
    values: dict[str, Any] = {"lists": lists, "decree": current.name if current else ""}
    if desk.last:
        from rosterkit.recap.words import state_names
        from rosterkit.write.books.recap_summary import STATE_COLOURS

        counts = desk.last.details.states
        left = {state: counts[state] for state in HELD if counts.get(state)}
        values |= {"state_names": state_names(), "colours": STATE_COLOURS, "left": left}
    return render(request, "hasil", values)


def help_page(request: Request) -> Response:
    """*Bantuan*: the rules with their examples; loaded where polars is, as they are expressions of it."""
    desk = desk_of(request)
    chosen = desk.language

    def read() -> list[dict[str, Any]]:
        language.use(chosen)
        return rules_in_words(is_english())

    try:
        rules = [] if desk.running else desk.worker.do(read).result(_WAIT)
    except TimeoutError:
        rules = []
    return render(request, "bantuan", {"rules": rules})


def gone(request: Request, _error: Exception | None = None) -> Response:
    """The answer to an address that leads nowhere, or to a run that is no longer the last one."""
    return sentence(request, _("Halaman ini tidak ada lagi. Mungkin daftarnya sudah diperiksa lagi."), 404)


def broken(request: Request, error: Exception) -> Response:
    """The answer where the program made a mistake."""
    return sentence(request, program_error(error), 500)


def start_of(request: Request, count: int) -> int:
    """Where a page of rows begins."""
    given = request.query_params.get("dari", "0")
    start = int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else 0
    return start - start % SHOWN if start < count else 0
