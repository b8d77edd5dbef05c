"""Choosing and replacing the lists of the office."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from rosterkit import language
from rosterkit.desk.actions import disk_text, form_of, read_over, take_file
from rosterkit.desk.pages import desk_of, render, sentence
from rosterkit.desk.references import FOLDER, KINDS, can_change, reference_values, use_list
from rosterkit.desk.uploads import clean_name
from rosterkit.errors import FileError, UsageError
from rosterkit.language import _

_WAIT = 60  # seconds for the reading of a list


def reference_lists(request: Request) -> Response:
    """The part of *Meja* with the lists, for a page that waits until they are counted."""
    try:
        return render(request, "acuan", reference_values(desk_of(request)))
    except UsageError as error:
        return sentence(request, str(error), 422)


async def choose_list(request: Request) -> Response:
    """Use another file of the folder."""
    form = await form_of(request)
    kind = request.path_params["kind"]
    try:
        await _use(request, kind, form.get("berkas", ""))
    except (UsageError, FileError, TimeoutError) as error:
        return sentence(request, _why(error), 422)
    return RedirectResponse("/#acuan", 303)


async def put_list(request: Request) -> Response:
    """Store a file beside the others and use it; one that cannot be used does not stay."""
    desk, kind = desk_of(request), request.path_params["kind"]
    name = clean_name(request.path_params["name"])
    if name is None or len(name.parts) > 1 or kind not in KINDS or desk.running or not can_change(desk):
        await read_over(request)
        return JSONResponse({"text": _("Berkas ini tidak bisa dipilih di sini.")}, 422)
    folder = desk.folder / FOLDER
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        await read_over(request)
        return JSONResponse({"text": disk_text(error, str(desk.folder))}, 507)
    stored = await take_file(request, folder, name, as_version=True)
    if isinstance(stored, Response):
        return stored
    is_new, path = stored[0] == "new", stored[1]
    try:
        await _use(request, kind, path.relative_to(desk.folder).as_posix())
    except (UsageError, FileError, TimeoutError) as error:
        if is_new:
            path.unlink(missing_ok=True)
        return JSONResponse({"text": _why(error)}, 422)
    return JSONResponse({"name": path.name}, 201)


async def _use(request: Request, kind: str, name: str) -> None:
    desk = desk_of(request)
    if desk.running:
        raise UsageError(_("Tunggu sampai pemeriksaan selesai."))
    chosen = desk.language

    def job() -> None:
        language.use(chosen)
        use_list(desk, kind, name)

    await run_in_threadpool(desk.worker.do(job).result, _WAIT)


def _why(error: Exception) -> str:
    return _("Tunggu sampai pemeriksaan selesai.") if isinstance(error, TimeoutError) else str(error)
