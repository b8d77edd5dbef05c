"""One desk a user: a second start hands its folder to the first one. A file in her own folder says where that is."""

from __future__ import annotations

import json
import os
import re
import stat
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress
from dataclasses import asdict
from http.client import HTTPException
from pathlib import Path

from rosterkit.desk.guard import cookie_name, first_address
from rosterkit.errors import UsageError
from rosterkit.files import user_folder, write_private
from rosterkit.records import dataclass
from rosterkit.run.lock import is_running

_NAME = "desk.json"
_LARGEST = 10_000  # bytes of the file, and of an answer
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,200}")
_SECONDS = 5  # for an answer


@dataclass(frozen=True, slots=True)
class Instance:
    """A desk that is open: its port, its token, its process."""

    port: int
    token: str
    process: int


def save_instance(instance: Instance) -> None:
    """Say where this desk is; where that cannot be written, a second start opens a second desk."""
    with suppress(OSError, RuntimeError):
        write_private(user_folder() / _NAME, json.dumps(asdict(instance)).encode())


def forget_instance(instance: Instance) -> None:
    """Take away what ``save_instance`` wrote, unless it is another desk's by now."""
    with suppress(OSError, RuntimeError):
        if find_instance() == instance:
            (user_folder() / _NAME).unlink()


def find_instance() -> Instance | None:
    """Return the desk that the file names; None where there is none, or nothing that could be one of ours."""
    try:
        path = user_folder() / _NAME
        if os.name != "nt" and not _is_own(path):
            return None
        with path.open("rb") as file:
            known = json.loads(file.read(_LARGEST))
        found = Instance(known["port"], known["token"], known["process"])
    except (OSError, RuntimeError, ValueError, TypeError, KeyError, RecursionError):
        return None
    numbers = (found.port, found.process)
    is_one = all(type(number) is int for number in numbers) and 0 < found.port < 65536 and 0 < found.process < 2**31
    return found if is_one and isinstance(found.token, str) and _TOKEN.fullmatch(found.token) else None


def _is_own(path: Path) -> bool:
    """Whether a file is this user's, and nobody else may read or write it."""
    found = path.lstat()
    return stat.S_ISREG(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077


def hand_over(folder: Path | None) -> str | None:
    """Give a folder to the desk that this user has open.

    Args:
        folder: None: whichever it shows.

    Returns:
        The address that opens it; None where there is none, or it does not answer.

    Raises:
        UsageError: it is busy with another folder.
    """
    found = find_instance()
    if found is None or found.process == os.getpid() or not is_running(found.process):
        return None
    try:
        answer = _ask(found, str(folder or ""))
    except (OSError, ValueError, TypeError, RecursionError, HTTPException):
        return None
    if not isinstance(answer, dict) or answer.get("tool") != "rosterkit":
        return None
    if isinstance(answer.get("refused"), str):
        raise UsageError(answer["refused"][:500])
    return first_address(found.port, found.token)


def _ask(found: Instance, folder: str) -> object:
    host = f"127.0.0.1:{found.port}"
    headers = {"origin": f"http://{host}", "cookie": f"{cookie_name(found.port)}={found.token}"}
    content = urllib.parse.urlencode({"folder": folder}).encode()
    request = urllib.request.Request(f"http://{host}/folder", content, headers)  # always this host
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirects())
    try:
        with opener.open(request, timeout=_SECONDS) as answer:
            return json.loads(answer.read(_LARGEST))
    except urllib.error.HTTPError as error:
        with error:
            return json.loads(error.read(_LARGEST))


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The token goes to one place."""

    def redirect_request(self, *_arguments: object) -> None:
        """Follow nothing."""
