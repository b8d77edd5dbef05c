"""Watching a folder of lists: when a check is due. What is true is what lies there; events only wake it earlier.

A change counts when everything has stood still between two looks and can be opened: half a file, or half of a folder
that is being moved in, is never checked. A run is always of the whole folder, so it waits while a list is being
written, or lies in a cloud only.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rosterkit.records import dataclass
from rosterkit.run.look import Sight, Stamp

if TYPE_CHECKING:
    from rosterkit.model.report import Report

INTERVAL = 3.0  # seconds between two looks
_PATIENCE = 40  # looks for which a list may refuse to be opened before it is checked as it is
_AGAIN, _LONGEST = 60.0, 900.0  # seconds until a result that could not be written is tried again
_PASSING = ("cannot-write", "changed", "missing", "unreadable", "locked")  # failures that may pass by themselves


@dataclass(frozen=True, slots=True)
class Look:
    """What a look has shown.

    Args:
        when: its time.
        lists: how many lists lie there.
        waiting: how many are new, changed or gone since the last check.
        writing: names of those that are being written.
        open: names of those that are open in Excel.
        cloud: names of those that lie in a cloud only.
        away: the folder is not there.
        again: a result of the last check could not be written and is tried again.
        due: a check is due now.
    """

    when: dt.datetime
    lists: int = 0
    waiting: int = 0
    writing: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    cloud: tuple[str, ...] = ()
    away: bool = False
    again: bool = False
    due: bool = False


class Watcher:
    """Says after each look whether a check is due.

    Args:
        scan: looks into the folder, given the stamps of the last check; raises ``OSError`` where it is not there.
        opens: whether a list, by its name, can be opened.
        clock: seconds.
    """

    def __init__(
        self,
        scan: Callable[[Mapping[str, Stamp]], Sight],
        opens: Callable[[str], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._scan, self._opens, self._clock = scan, opens, clock
        self._before: Mapping[str, Stamp] | None = None  # None: nothing is known to stand still
        self._checked: Mapping[str, Stamp] = {}
        self._refused: dict[str, int] = {}  # name -> looks in which it could not be opened
        self._again: float | None = None  # when a check is tried again
        self._pause = _AGAIN

    def look(self) -> Look:
        """Look once."""
        when = dt.datetime.now()
        seen = self._see()
        if seen is None:
            self._before = None
            return Look(when, away=True, again=self._again is not None)
        now, before = seen.stamps, self._before
        moving = _differences(before, now) if before is not None else set()
        waiting = _differences(self._checked, now)
        writing = moving | (self._shut(waiting - moving - set(seen.cloud), now) if before is not None else set())
        self._before = now
        still = before is not None and not writing and not seen.cloud and bool(seen.lists)
        again = self._again is not None and self._clock() >= self._again
        return Look(
            when,
            len(seen.lists),
            len(waiting & set(seen.lists)) + len(set(self._checked) & waiting - set(now)),
            tuple(sorted(name for name in writing if name in now)),
            seen.open,
            seen.cloud,
            again=self._again is not None,
            due=still and (bool(waiting) or again),
        )

    def check(self, run: Callable[[], bool]) -> None:
        """Let a check run, also one that was asked for by hand; what changes meanwhile is due again.

        Args:
            run: returns whether all of it succeeded; else it is tried again later.
        """
        before, done = self._see(), False
        try:
            done = run()
        finally:
            after = self._see()
            if before is not None:  # what the check has written itself is no change
                self._checked = self._before = {**before.stamps, **(after.written if after else {})}
            if done and before is not None and after is not None:
                self._again, self._pause = None, _AGAIN
            else:
                self._again, self._pause = self._clock() + self._pause, min(2 * self._pause, _LONGEST)

    def recheck(self) -> None:
        """Let everything count as new, as what a check may do has changed."""
        self._checked = {}

    def _see(self) -> Sight | None:
        try:
            return self._scan(self._checked)
        except OSError:
            return None

    def _shut(self, names: set[str], now: Mapping[str, Stamp]) -> set[str]:
        """Those of some lists that cannot be opened, as somebody is still writing them; not for ever."""
        shut = {name for name in names if name in now and not self._opens(name)}
        self._refused = {name: self._refused.get(name, 0) + 1 for name in shut}
        return {name for name, looks in self._refused.items() if looks <= _PATIENCE}


def _differences(one: Mapping[str, Stamp], other: Mapping[str, Stamp]) -> set[str]:
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def can_open(path: Path) -> bool:
    """Whether a file can be read; one that is gone by now is no obstacle."""
    try:
        with path.open("rb") as file:
            file.read(1)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def is_done(report: Report) -> bool:
    """Whether nothing failed in a run that may succeed later, as a result that was open in Excel."""
    failures = [report.failure, *(file.failure for file in report.files)]
    return not any(failure and failure[0] in _PASSING for failure in failures)
