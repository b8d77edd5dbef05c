"""A clerk's desk: one folder, the last run of it, and at most one run at a time."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from rosterkit import language
from rosterkit.desk.run_view import RunView, load_view, view_of_report
from rosterkit.desk.uploads import SUFFIXES
from rosterkit.desk.worker import Worker
from rosterkit.errors import FileError, UsageError, place_of
from rosterkit.files import path_order, whole_file
from rosterkit.language import _
from rosterkit.schema.find import shipped_names
from rosterkit.settings import FILE, read_project

LOG = logging.getLogger("rosterkit.desk")
INBOX, RESULTS = "masuk", "hasil"
_SCHEMA = re.compile(r"^schema\s*=.*$", re.MULTILINE)


class StoppedError(Exception):
    """She has stopped a run."""


@dataclass
class Desk:
    """What all pages share.

    Args:
        folder: a project's folder, or a folder of lists.
        language: ``id`` or ``en``; None: the project's.
        worker: does the runs.
    """

    folder: Path
    language: str | None
    worker: Worker
    last: RunView | None = None
    running: bool = False
    stopping: bool = False
    total: int = 0
    done: dict[str, int] = field(default_factory=dict)
    name: str = ""  # of the file at work
    message: str = ""  # what went wrong, or how it ended
    who: str = ""  # who decided last
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def inbox(self) -> Path:
        """The folder of lists."""
        inside = self.folder / INBOX
        return inside if inside.is_dir() else self.folder

    def results(self) -> Path:
        """The output folder of runs.

        Raises:
            UsageError: the project's file is wrong.
        """
        out = read_project(self.inbox).get("out")
        return out if out else self.inbox / RESULTS

    def lists(self) -> list[Path]:
        """The files in the inbox, by their names alone."""
        return [
            path
            for path in sorted(self.inbox.rglob("*"), key=path_order)
            if path.suffix.lower() in SUFFIXES
            and not path.name.startswith((".", "~$"))
            and not any(part == RESULTS or part.startswith(".") for part in path.relative_to(self.inbox).parts[:-1])
        ]

    def load(self) -> None:
        """Show the last run of the folder again."""

        def job() -> None:
            try:
                self.last = self.last or load_view(self.inbox, self.results())
            except UsageError as error:
                self.message = str(error)

        self.worker.do(self._contained(job))

    def start(self) -> bool:
        """Begin a run; False where one goes on."""
        with self.lock:
            if self.running:
                return False
            self.running, self.stopping, self.done, self.message, self.name = True, False, {}, "", ""
            self.total = len(self.lists())
        self.worker.do(self._contained(self._check))
        return True

    def stop(self) -> None:
        """Stop a run between two files, as long as nothing is written."""
        self.stopping = self.running

    def _check(self) -> None:
        from rosterkit.pipeline import run
        from rosterkit.run.project import project_settings

        try:
            if not self.inbox.is_dir():
                text = _("Folder {path} tidak ditemukan. Sambungkan lagi, atau pilih folder lain.")
                raise UsageError(text.format(path=self.inbox))
            settings = project_settings([str(self.inbox)], lang=self.language)
            self.total = len(settings.paths)
            report = run(settings, self._progress)
            self.last = view_of_report(report, self.inbox, settings.out or self.results())
            self.message = self.last.failure
        except StoppedError:
            self.message = _("Dihentikan. Hasil pemeriksaan sebelumnya tidak berubah.")
        except UsageError as error:
            self.message = str(error)
        except FileError as error:
            self.message = error.message
        finally:
            self.running = False

    def _progress(self, stage: str, path: Path) -> None:
        if self.stopping and stage == "read":  # half of the results of a run must never stand beside older ones
            raise StoppedError
        self.done[stage] = self.done.get(stage, 0) + 1
        self.name = path.name

    def _contained(self, job: Callable[[], None]) -> Callable[[], None]:
        """A job in the desk's language; what breaks in it is a sentence on the page, and a line in the log."""

        def contained() -> None:
            language.use(self.language)
            try:
                job()
            except Exception as error:  # a clerk never sees a traceback
                LOG.error("%s at %s", type(error).__name__, place_of(error))
                self.message = program_error(error)

        return contained


def program_error(error: BaseException) -> str:
    """What is said of a mistake of the program: its kind and place, nothing of anybody's data."""
    text = _(
        "Ada kesalahan program, dan pekerjaan ini dihentikan. Berkas asli tidak berubah. Laporkan kepada pengelola"
        " rosterkit: {error} di {where}."
    )
    return text.format(error=type(error).__name__, where=place_of(error))


def programmes() -> list[str]:
    """The names of the programmes that come with rosterkit."""
    return shipped_names("rosters")


def chosen_programme(desk: Desk) -> tuple[str, bool]:
    """The programme of a desk, empty where none is chosen, and whether it can be changed here.

    Raises:
        UsageError: the project's file is wrong.
    """
    known = read_project(desk.inbox)
    place = known.get("project")
    return known.get("schema", ""), place is None or place.resolve() == desk.folder.resolve()


def choose_programme(desk: Desk, name: str) -> None:
    """Write the programme into ``rosterkit.toml``, where ``rosterkit check`` finds it too.

    Raises:
        UsageError: there is no such programme, or the project's file is wrong, or lies elsewhere.
        FileError: the file cannot be written.
    """
    known, changeable = chosen_programme(desk)
    if name == known:
        return
    if name not in programmes() or not changeable:
        raise UsageError(_("Program ini tidak bisa dipilih di sini; ubah di {file}.").format(file=FILE))
    path = desk.folder / FILE
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    line = f'schema = "{name}"'
    changed, count = _SCHEMA.subn(line, text, count=1)
    with whole_file(path) as out:
        out.write((changed if count else f"{line}\n{text}").encode())
