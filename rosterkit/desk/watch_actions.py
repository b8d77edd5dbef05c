"""What is asked of the desk beside checks: watch, work on another folder, allow places outside of it."""

from __future__ import annotations

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from rosterkit.desk.actions import form_of
from rosterkit.desk.find_folder import find_folder, open_folder
from rosterkit.desk.pages import desk_of
from rosterkit.errors import UsageError
from rosterkit.language import _
from rosterkit.outside import OutsideError
from rosterkit.settings import read_project


async def set_folder(request: Request) -> Response:
    """Work on the folder of a second start; without one all stays as it is."""
    desk, given = desk_of(request), (await form_of(request)).get("folder", "")
    try:
        folder = await run_in_threadpool(find_folder, Path(given)) if given else desk.folder
    except (UsageError, OSError, ValueError) as error:
        return JSONResponse({"tool": "rosterkit", "refused": str(error)}, 422)
    if not open_folder(desk, folder):
        text = _("Meja kerja sedang memeriksa folder lain ({path}). Tunggu sampai selesai, lalu buka lagi.")
        return JSONResponse({"tool": "rosterkit", "refused": text.format(path=desk.folder)}, 409)
    return JSONResponse({"tool": "rosterkit"})


async def allow_outside(request: Request) -> Response:
    """Allow the places outside of the folder that the page has asked about, and no others."""
    desk, asked = desk_of(request), (await form_of(request)).get("letak", "")
    try:
        await run_in_threadpool(read_project, desk.inbox)
    except OutsideError as error:
        if error.key == asked:
            error.allow()
            desk.watcher.recheck()
            desk.message = ""
            desk.load()
    except UsageError:  # the page says it
        pass
    return RedirectResponse("/", 303)


async def set_watching(request: Request) -> Response:
    """Watch the folder, or no longer."""
    desk_of(request).watching = (await form_of(request)).get("pantau") == "1"
    return RedirectResponse("/", 303)
