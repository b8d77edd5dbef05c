"""Paths in a project's file that lead out of its folder: nothing is touched there before somebody has allowed it.

A project may have come by mail. A path to another computer would give it the user's name and the proof of her password,
and one to another folder could take in lists of other people, or write over them.
"""

from __future__ import annotations

import hashlib
import json
import os
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from rosterkit.commands import command
from rosterkit.errors import UsageError
from rosterkit.files import user_folder, write_private
from rosterkit.language import _

_NAME = "izin.json"
_LARGEST = 1_000_000  # bytes
_LINKS = 20  # links that are followed
_DRIVE = re.compile(r"^[A-Za-z]:")

_allowed: set[tuple[str, str]] = set()  # by this process: also where nothing can be kept
_allows_all: ContextVar[bool] = ContextVar("rosterkit_allows_all", default=False)


class OutsideError(UsageError):
    """A project's file names paths outside of its folder, which nobody has allowed yet; nothing there was opened.

    Args:
        project: the folder.
        named: key and path, as they are written.
    """

    def __init__(self, project: str, named: tuple[tuple[str, str], ...]) -> None:
        self.project, self.named = project, named
        super().__init__(f"{self.question} {self.hint}")

    @property
    def question(self) -> str:
        """What is asked."""
        paths = ", ".join(f'{key} = "{path}"' for key, path in self.named)
        text = _(
            "rosterkit.toml di {folder} menyebut letak di luar foldernya: {paths}. Letak itu tidak dibuka sebelum"
            " diizinkan. Izinkan hanya bila memang milik kantor."
        )
        return text.format(folder=self.project, paths=paths)

    @property
    def hint(self) -> str:
        """How it is allowed on the command line."""
        return _("Izinkan sekali dengan: {command}").format(command=command("check", self.project, "--allow-outside"))

    @property
    def key(self) -> str:
        """Tells this question from another one."""
        return hashlib.sha256(repr((self.project, self.named)).encode()).hexdigest()

    def allow(self) -> None:
        """Allow what is asked about."""
        allow(Path(self.project), [path for _key, path in self.named])

    def __reduce__(self) -> tuple[type[OutsideError], tuple[str, tuple[tuple[str, str], ...]]]:
        return OutsideError, (self.project, self.named)


def require_inside(project: Path, named: Mapping[str, str]) -> None:
    """See that paths of a project's file stay in its folder, or are allowed.

    Args:
        project: the folder, without links.
        named: key -> path as it is written; relative ones start at the folder.

    Raises:
        OutsideError: some do not.
    """
    base = _plain(str(project))
    outside = {key: text for key, text in named.items() if _leads_out(base, text)}
    if not outside:
        return
    if _allows_all.get():
        allow(project, list(outside.values()))
        return
    known = _allowed | _kept()
    refused = tuple((key, text) for key, text in outside.items() if (base, _full(base, text)) not in known)
    if refused:
        raise OutsideError(str(project), refused)


def allow(project: Path, paths: Sequence[str]) -> None:
    """Allow paths of a project's file from here on, in this process and, where that can be kept, in later ones.

    Args:
        project: the folder.
        paths: as they are written.
    """
    base = _plain(str(project))
    _allowed.update((base, _full(base, text)) for text in paths)
    with suppress(OSError, RuntimeError):
        kept = sorted(_kept() | {one for one in _allowed if one[0] == base})
        write_private(user_folder() / _NAME, json.dumps(kept, ensure_ascii=False, indent=0).encode())


@contextmanager
def allowing(all_of_them: bool) -> Iterator[None]:
    """Allow whatever a project names within the block, and keep that."""
    token = _allows_all.set(all_of_them)
    try:
        yield
    finally:
        _allows_all.reset(token)


def is_network(text: str) -> bool:
    r"""Whether a path leads to another computer (``\\server\share``, ``//server/share``) or a device of Windows."""
    return _plain(text).startswith("//")


def _kept() -> set[tuple[str, str]]:
    """What was allowed earlier; nothing where it cannot be read."""
    try:
        with (user_folder() / _NAME).open("rb") as file:
            known = json.loads(file.read(_LARGEST))
        return {(str(project), str(path)) for project, path in known}
    except (OSError, RuntimeError, ValueError, TypeError, RecursionError):
        return set()


def _plain(text: str) -> str:
    return text.strip().replace("\\", "/")


def _full(base: str, text: str) -> str:
    """A path with its folder, without ``..``; by its letters alone, so that nothing is opened."""
    plain = _plain(text)
    is_whole = plain.startswith("/") or _DRIVE.match(plain) is not None
    return posixpath.normpath(plain if is_whole else f"{base}/{plain}")


def _leads_out(base: str, text: str, links: int = _LINKS) -> bool:
    full = _full(base, text)
    if not _is_below(base, full) or any(_is_dots(part) for part in _plain(text).split("/")):
        return True
    rest = full[len(base) :].strip("/").split("/")
    for at in range(1, len(rest) + 1):
        place = posixpath.join(base, *rest[:at])
        try:
            target = os.readlink(place)  # noqa: PTH115 # a link may lead to another computer, so it is not followed
        except (OSError, ValueError):  # no link
            continue
        further = posixpath.join(posixpath.dirname(place), _plain(target), *rest[at:])
        return links == 0 or _leads_out(base, further, links - 1)
    return False


def _is_dots(part: str) -> bool:
    """Whether Windows, which takes spaces and dots from the end of a name, could read a part as ``..``."""
    return part not in ("", ".", "..") and not part.strip(" .")


def _is_below(base: str, full: str) -> bool:
    if os.name == "nt":
        base, full = base.casefold(), full.casefold()
    return full == base or full.startswith(f"{base.rstrip('/')}/")
