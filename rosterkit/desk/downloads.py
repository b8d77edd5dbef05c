"""Results as files to take: what the last run wrote, and nothing else in the folder."""

from __future__ import annotations

import datetime as dt
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse

from rosterkit.desk.pages import desk_of, gone
from rosterkit.desk.run_view import RunView
from rosterkit.desk.support import support_files

_IN_MEMORY = 16 << 20  # bytes of a zip that need no disk
_CHUNK = 1 << 16


def file_result(request: Request) -> Response:
    """A result of one file, or of all together (``semua``); the run in the address must be the last one."""
    run, given = desk_of(request).last, request.path_params
    if run is None or run.key != given["key"]:
        return gone(request)
    if given["number"] == "semua":
        paths = run.outputs.get(given["kind"], [])
    else:
        file = run.file(int(given["number"])) if given["number"].isdecimal() else None
        paths = file.outputs.get(given["kind"], []) if file else []
    at = given["at"]
    if at >= len(paths) or not _is_result(run, paths[at]):
        return gone(request)
    return FileResponse(paths[at], filename=paths[at].name)


def everything(request: Request) -> Response:
    """All results of the last run in one zip, without what earlier runs left in the folder."""
    run = desk_of(request).last
    if run is None or run.key != request.path_params["key"]:
        return gone(request)
    made = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 # closed when it is sent
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED, strict_timestamps=False) as out:  # workbooks are packed already
        for path in results(run):
            out.write(path, path.relative_to(run.folder).as_posix())
    return _as_zip(made, "hasil")


def support_bundle(request: Request) -> Response:
    """What a helper needs to know, without anybody's data."""
    made = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 # closed when it is sent
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in support_files(desk_of(request)):
            out.writestr(name, text)
    return _as_zip(made, "dukungan-rosterkit")


def _as_zip(made: IO[bytes], name: str) -> Response:
    made.seek(0)
    headers = {"content-disposition": f'attachment; filename="{name}-{dt.date.today().isoformat()}.zip"'}
    return StreamingResponse(_chunks(made), media_type="application/zip", headers=headers)


def results(run: RunView) -> list[Path]:
    """The files that a run has written, each once."""
    kinds = [*run.outputs.values(), *(paths for file in run.files for paths in file.outputs.values())]
    return [path for path in dict.fromkeys(path for paths in kinds for path in paths) if _is_result(run, path)]


def _is_result(run: RunView, path: Path) -> bool:
    """Whether a file is there, and in the output folder, also by its links."""
    return path.is_file() and path.resolve().is_relative_to(run.folder.resolve())


def _chunks(made: IO[bytes]) -> Iterator[bytes]:
    with made:
        while chunk := made.read(_CHUNK):
            yield chunk
