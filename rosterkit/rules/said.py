"""What a rule says to the person who sent the list."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from rosterkit.records import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """What is said to the person who sent the list; the office has its own words (``Rule.message`` and so on).

    Args:
        message: an Indonesian sentence with the facts in braces; empty: nothing is said.
        hint: what is asked of her.
        variants, hints: others by the fact ``variant``; ``elsewhere``: all other rows stand in other files. One that is
            missing is the message or the hint; an empty one says nothing.
    """

    message: str
    hint: str
    variants: Mapping[str, str] = dataclasses.field(default_factory=dict)
    hints: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def texts(self) -> tuple[str, ...]:
        """All its texts."""
        return tuple(filter(None, (self.message, self.hint, *self.variants.values(), *self.hints.values())))
