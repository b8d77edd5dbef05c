"""A clerk's desk: one folder, the last run of it, and at most one run at a time."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rosterkit import language
from rosterkit.desk.cells import CellCache
from rosterkit.desk.project_file import set_key
from rosterkit.desk.run_view import RunView, load_view, view_of_report
from rosterkit.desk.uploads import SUFFIXES
from rosterkit.desk.worker import Worker
from rosterkit.errors import FileError, UsageError, place_of
from rosterkit.files import path_order
from rosterkit.language import _
from rosterkit.outside import OutsideError
from rosterkit.run.watch import Look, Watcher, is_done
from rosterkit.run.watch_folder import inbox_of, watch_folder
from rosterkit.schema.find import shipped_names
from rosterkit.settings import FILE, read_project

if TYPE_CHECKING:
    from rosterkit.desk.mutation_actions import MutationView

LOG = logging.getLogger("rosterkit.desk")
RESULTS, DOCUMENT = "hasil", "hasil.json"


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
    by_hand: bool = False  # she asked for the run; else the watcher began it
    wanted: bool = False  # she asks for another one after it
    total: int = 0
    done: dict[str, int] = field(default_factory=dict)
    name: str = ""  # of the file at work
    message: str = ""  # what went wrong, or how it ended
    who: str = ""  # who decided last
    counted: dict[tuple[str, str, int], tuple[int | None, str]] = field(default_factory=dict)  # see ``references``
    mutation: MutationView | None = None  # the last change of the decree
    cells: CellCache = field(default_factory=CellCache)  # the worker's
    lock: threading.Lock = field(default_factory=threading.Lock)
    inbox: Path = field(init=False)  # the folder of lists, also while it is gone
    watcher: Watcher = field(init=False)
    watching: bool = False
    look: Look | None = None  # the last one of the watcher
    used: float = field(default_factory=time.monotonic)  # when somebody used it last

    def __post_init__(self) -> None:
        self.use_folder(self.folder)

    def use_folder(self, folder: Path) -> None:
        """Work on a folder; its folder of lists stays the same one, also while a share is gone."""
        self.folder, self.inbox = folder, inbox_of(folder)
        self.last, self.look, self.message = None, None, ""
        self.counted, self.mutation, self.cells = {}, None, CellCache()
        self.watcher = watch_folder(self.inbox)

    @property
    def key(self) -> str:
        """Tells its folder from another one, without its name."""
        return hashlib.sha256(str(self.folder).encode()).hexdigest()[:16]

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

        folder = self.folder

        def job() -> None:
            try:
                out = self.results()
                is_there = (out / DOCUMENT).is_file()  # else polars is not needed yet
                known = self.last or (load_view(self.inbox, out) if is_there else None)
                self.last = known if folder == self.folder else self.last
            except OutsideError:  # the page asks
                pass
            except UsageError as error:
                self.message = str(error)

        self.worker.do(self._contained(job))

    def start(self, by_hand: bool = True) -> bool:
        """Begin a run; one that the watcher began ends first, as soon as it can, for one that she asks for.

        Args:
            by_hand: she asks for it.

        Returns:
            False where one goes on already.
        """
        with self.lock:
            if self.running:
                is_next = by_hand and not self.by_hand
                if is_next:
                    self.by_hand = self.wanted = self.stopping = True
                return is_next
            self.running, self.by_hand = True, by_hand
            self._begin()
        self.worker.do(self._contained(self._check))
        return True

    def _begin(self) -> None:
        self.stopping, self.wanted, self.done, self.message, self.name = False, False, {}, "", ""
        self.look, self.total = None, len(self.lists())  # what was seen before is no longer true

    def stop(self) -> None:
        """Stop a run between two files, as long as nothing is written."""
        self.stopping, self.wanted = self.running, False

    def _check(self) -> None:
        try:
            while self.running:
                self.watcher.check(self._run)
                with self.lock:
                    self.running = self.wanted
                    if self.wanted:
                        self._begin()
        finally:
            self.running = False

    def _run(self) -> bool:
        """Check the folder; False where it is worth trying again later."""
        from rosterkit.pipeline import run
        from rosterkit.run.project import project_settings

        try:
            if not self.inbox.is_dir():
                text = _("Folder {path} tidak ditemukan. Sambungkan lagi, atau pilih folder lain.")
                raise UsageError(text.format(path=self.inbox))
            settings = project_settings([str(self.inbox)], lang=self.language)
            self.total = len(settings.paths)
            began = time.monotonic()
            report = run(settings, self._progress)
            LOG.info("checked %d files in %.0f s", len(report.files), time.monotonic() - began)
            self.last = view_of_report(report, self.inbox, settings.out or self.results())
            self.message = self.last.failure
            return is_done(report)
        except StoppedError:
            self.message = _("Dihentikan. Hasil pemeriksaan sebelumnya tidak berubah.")
        except OutsideError as error:
            self.message = error.question
        except UsageError as error:
            self.message = str(error)
        except FileError as error:
            self.message = error.message
            return False
        return True

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
    set_key(desk.folder, "schema", name)
