"""The lists of the office on *Meja*: which file is used, what it is and from when; another one in its place."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rosterkit import language
from rosterkit.desk.project_file import set_key
from rosterkit.desk.uploads import SUFFIXES
from rosterkit.errors import FileError, UsageError
from rosterkit.language import _
from rosterkit.records import dataclass
from rosterkit.settings import DECISIONS, EXCEPTIONS, SENDERS, read_project

if TYPE_CHECKING:
    from rosterkit.desk.desk import Desk

FOLDER = "acuan"
KINDS = ("decree", "participants", "population", "senders")
_MOST_CHOICES = 200  # files that are offered
NO_REFERENCES: dict[str, object] = {"references": ()}  # what a page shows whose project file is wrong


def kind_names() -> dict[str, tuple[str, str]]:
    """What each kind is called, and what it is for."""
    return {
        "decree": (_("Lampiran SK"), _("orang yang ada dalam SK; yang di luar SK ditunda")),
        "participants": (
            _("Daftar peserta"),
            _("dari BPJS Ketenagakerjaan; yang sudah peserta tidak didaftarkan lagi"),
        ),
        "population": (_("Hasil pemadanan"), _("dari Dukcapil; NIK yang tidak padan atau sudah meninggal dunia")),
        "senders": (_("Daftar pengirim"), _("siapa yang perlu mengirim daftar, dan siapa yang belum")),
    }


@dataclass(frozen=True, slots=True)
class Reference:
    """A list of the office.

    Args:
        kind: of ``KINDS``.
        path: its file; None: none is used.
        name: of the file, below the project's folder where it lies there.
        when: the day on which the file was changed; None: it is not there.
        people: how many it holds; None: not known yet.
        problem: why it cannot be used.
    """

    kind: str
    path: Path | None = None
    name: str = ""
    when: dt.date | None = None
    people: int | None = None
    problem: str = ""

    @property
    def is_waiting(self) -> bool:
        """Whether the worker still reads it."""
        return self.path is not None and self.people is None and not self.problem


def describe(desk: Desk) -> list[Reference]:
    """Return the lists of a desk; one that was not read yet is read by the worker afterwards.

    Raises:
        UsageError: the project's file is wrong.
    """
    known = read_project(desk.inbox)
    return [_describe(desk, kind, known.get(kind)) for kind in KINDS]


def _describe(desk: Desk, kind: str, path: Path | None) -> Reference:
    if path is None:
        return Reference(kind)
    whole = _plain(path)  # one outside of the folder is here only where she has said yes
    name = whole.relative_to(desk.folder).as_posix() if whole.is_relative_to(desk.folder) else str(path)
    try:
        stat = path.stat()
    except OSError:
        text = _("Berkas {path} tidak ada. Taruh di situ, atau pilih berkas lain.")
        return Reference(kind, path, name, problem=text.format(path=path))
    when = dt.date.fromtimestamp(stat.st_mtime)
    key = (kind, str(path), stat.st_mtime_ns)
    if key not in desk.counted:
        desk.counted[key] = (None, "")
        chosen = desk.language

        def count() -> None:
            language.use(chosen)
            try:
                desk.counted[key] = (count_people(desk.inbox, kind, path, chosen), "")
            except (UsageError, FileError) as error:
                desk.counted[key] = (None, str(error))
            except Exception:
                desk.counted.pop(key, None)  # it is told where it is used
                raise

        desk.worker.do(count)
    people, problem = desk.counted[key]
    return Reference(kind, path, name, when, people, problem)


def _plain(path: Path) -> Path:
    return Path(os.path.normpath(path.absolute()))


def count_people(inbox: Path, kind: str, path: Path, lang: str | None = None) -> int:
    """Read a list as a run reads it, in the worker's thread, and return how many people (or senders) it holds.

    Raises:
        UsageError, FileError: it cannot be used.
    """
    from rosterkit.reference.lists import read_reference_lists
    from rosterkit.run.project import project_schema
    from rosterkit.settings import Settings

    spec, _known = project_schema(inbox, lang=lang)
    given: dict[str, Any] = {kind: path}
    lists = read_reference_lists(Settings((), spec.name, dt.date.today(), **given), spec)
    people = {
        "decree": lists.decree,
        "participants": lists.participants,
        "population": lists.population,
        "senders": lists.awaited,
    }[kind]
    return 0 if people is None else len(people)


def can_change(desk: Desk) -> bool:
    """Whether lists are chosen here: the project's file is in the desk's folder, and lists of people lie apart.

    Raises:
        UsageError: the project's file is wrong.
    """
    project = read_project(desk.inbox).get("project")
    is_own = project is None or project.resolve() == desk.folder.resolve()
    return is_own and desk.inbox != desk.folder


def choices(desk: Desk) -> list[str]:
    """The files of the project's folder that may be a list of the office, by their names below it."""
    places = [*desk.folder.glob("*"), *(desk.folder / FOLDER).rglob("*")]
    names = [
        path.relative_to(desk.folder).as_posix()
        for path in places
        if path.suffix.lower() in SUFFIXES
        and not path.name.startswith((".", "~$"))
        and path.name not in (EXCEPTIONS, DECISIONS)
        and path.is_file()
    ]
    return sorted(names)[:_MOST_CHOICES]


def use_list(desk: Desk, kind: str, name: str) -> None:
    """Use a file of the folder as a list from now on, in the worker's thread; an empty name: none.

    Raises:
        UsageError, FileError: it cannot be used, and all stays as it was.
    """
    if kind not in KINDS or (name and name not in choices(desk)) or not can_change(desk):
        raise UsageError(_("Berkas ini tidak bisa dipilih di sini."))
    if name:
        count_people(desk.inbox, kind, desk.folder / name, desk.language)
    is_usual = kind == "senders" and name == SENDERS
    set_key(desk.folder, kind, None if is_usual else name or None)


def reference_values(desk: Desk) -> dict[str, object]:
    """What the part of *Meja* with the lists shows.

    Raises:
        UsageError: the project's file is wrong.
    """
    found, may = describe(desk), can_change(desk)
    return {
        "references": found,
        "kind_names": kind_names(),
        "may_choose": may,
        "choices": choices(desk) if may else [],
        "counting": any(one.is_waiting for one in found),
        "usual_senders": SENDERS,
    }
