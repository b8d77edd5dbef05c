"""What the page asks to be done: take a file, run, stop, choose the programme, decide."""

from __future__ import annotations

import datetime as dt
import errno
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from rosterkit import language
from rosterkit.desk.decisions import decide
from rosterkit.desk.desk import choose_programme
from rosterkit.desk.pages import desk_of, sentence
from rosterkit.desk.uploads import MOST_BYTES, Stored, TooLargeError, clean_name, store
from rosterkit.desk.watching import watch_text
from rosterkit.errors import FileError, UsageError
from rosterkit.language import _

_MOST_FORM = 10_000  # bytes
_WAIT = 60  # seconds for what the worker writes


async def put_file(request: Request) -> Response:
    """Store a dropped file; ``?versi=1``: also where another file has its name."""
    desk, given = desk_of(request), request.path_params["name"]
    name = clean_name(given)
    if name is None:
        await read_over(request)
        return JSONResponse({"refused": "name"}, 422)
    stored = await take_file(request, desk.inbox, name, request.query_params.get("versi") == "1")
    if isinstance(stored, Response):
        return stored
    how = stored[0]
    return JSONResponse({"stored": how, "name": str(name)}, {"new": 201, "same": 200, "other": 409}[how])


async def take_file(
    request: Request, folder: Path, name: PurePosixPath, as_version: bool
) -> tuple[Stored, Path] | Response:
    """Store the body of a request (see ``uploads.store``); the answer where it cannot be stored."""
    try:
        if int(request.headers.get("content-length", "0")) > MOST_BYTES:
            raise TooLargeError
        return await store(folder, name, request.stream(), as_version)
    except (TooLargeError, ValueError):
        text = _("{name} terlalu besar ({size}).").format(name=name.name, size=f"> {MOST_BYTES >> 20} MB")
        return JSONResponse({"refused": "size", "text": text}, 413)
    except OSError as error:
        return JSONResponse({"refused": "disk", "text": disk_text(error, str(folder))}, 507)


async def read_over(request: Request) -> None:
    """Read what is not wanted: a browser that is still sending would not see the answer."""
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MOST_BYTES:
            return


def disk_text(error: OSError, folder: str) -> str:
    """Why a file cannot be stored, and what to do."""
    if error.errno == errno.ENOSPC:
        return _("Berkas tidak bisa disimpan: ruang penyimpanan penuh. Hapus berkas lain, lalu coba lagi.")
    if isinstance(error, FileNotFoundError):
        text = _("Folder {path} tidak ditemukan. Sambungkan lagi, atau pilih folder lain.")
        return text.format(path=folder)
    return _("Berkas tidak bisa disimpan di {path}. Cek izin folder itu.").format(path=folder)


def start(request: Request) -> Response:
    """Begin a run."""
    return JSONResponse({}, 202 if desk_of(request).start() else 409)


def stop(request: Request) -> Response:
    """Stop a run."""
    desk_of(request).stop()
    return JSONResponse({}, 202)


def state(request: Request) -> Response:
    """How far a run has come."""
    desk = desk_of(request)
    at, all_ = desk.done.get("read", 0), desk.total
    text = _("Membaca {at} dari {all}: {name}")
    if desk.done.get("write"):
        at, text = desk.done["write"], _("Menulis {at} dari {all}: {name}")
    elif at >= all_:
        text = _("Membandingkan semua daftar...")
    said = text.format(at=at, all=all_, name=desk.name) if desk.running else ""
    done = desk.done.get("read", 0) + desk.done.get("write", 0)
    answer = {"running": desk.running, "text": said, "done": done, "all": 2 * all_, "message": desk.message}
    answer |= {"run": desk.last.key if desk.last else "", "desk": desk.key, "watch": watch_text(desk)}
    return JSONResponse(answer)


async def set_programme(request: Request) -> Response:
    """Choose the programme."""
    form = await form_of(request)
    try:
        choose_programme(desk_of(request), form.get("program", ""))
    except (UsageError, FileError) as error:
        return sentence(request, str(error), 422)
    return RedirectResponse("/", 303)


async def set_language(request: Request) -> Response:
    """Choose the language of the desk."""
    chosen = (await form_of(request)).get("bahasa")
    if chosen in ("id", "en"):
        desk_of(request).language = chosen
    return RedirectResponse("/", 303)


async def set_decision(request: Request) -> Response:
    """Write what is decided of rows that may be one person."""
    desk, form = desk_of(request), await form_of(request)
    sheets = desk.last.outputs["duplicates"] if desk.last else []
    if desk.running or not sheets:
        return sentence(request, _("Tunggu sampai pemeriksaan selesai, lalu putuskan lagi."), 409)
    who = " ".join(form.get("oleh", "").split())[:80]
    chosen, today = desk.language, dt.date.today()

    def job() -> None:
        language.use(chosen)
        decide(sheets[0], form.get("pasangan", ""), form.get("keputusan", ""), who, today)

    try:
        await run_in_threadpool(desk.worker.do(job).result, _WAIT)
    except (UsageError, FileError) as error:
        return sentence(request, str(error), 422)
    desk.who = who or desk.who
    return RedirectResponse(f"/ganda#p-{form.get('pasangan', '')[:16]}", 303)


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a small form, the first of each name."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_FORM:
            return {}
    return {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
