"""``rosterkit`` whose parts and buckets are small, so that one city is many: ``python -m tests.city.small_parts``."""

from __future__ import annotations

import functools

from rosterkit.__main__ import main
from rosterkit.run.engines import choose, disk

FILES, ROWS = 12, 800

if __name__ == "__main__":
    disk._FILES = FILES
    choose.Disk = functools.partial(disk.Disk, rows=ROWS)  # type: ignore[misc, assignment] # a class with a default
    main()
