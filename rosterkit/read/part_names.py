"""The names of the parts of a package."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote


class PartNames:
    """The parts of a package: their names differ in no letter's case, and may begin with a slash or hold ``%20``."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {self._key(name): name for name in names}

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __contains__(self, name: str) -> bool:
        return self._key(name) in self._names

    def __getitem__(self, name: str) -> str:
        return self._names[self._key(name)]

    @staticmethod
    @lru_cache(1_000)  # most packages have the same
    def _key(name: str) -> str:
        return posixpath.normpath(unquote(name.replace("\\", "/")).lstrip("/")).casefold()
