"""Loads polars where it is first used: rules are listed and explained without a single frame."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_NAME = "polars"


class _Late(ModuleType):
    """Stands for polars until something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(_NAME) is self:
            del sys.modules[_NAME]
        return getattr(import_module(_NAME), name)


def load_polars_late() -> None:
    """Let ``import polars`` load nothing yet, in this process; nothing changes where it is loaded already."""
    if _NAME not in sys.modules:
        late = _Late(_NAME)
        late.__spec__ = ModuleSpec(_NAME, None)
        sys.modules[_NAME] = late
