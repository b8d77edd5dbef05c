"""The words of Dukcapil's matching results: ``schemas/population.yaml``."""

from __future__ import annotations

from typing import Literal

from rosterkit.schema.programme import Strict
from rosterkit.schema.spec import plain

Status = Literal["matching", "mismatching", "missing", "deceased"]


class PopulationSpec(Strict):
    """The possible headers of the column of results, and status -> the words for it."""

    kind: Literal["population"]
    columns: tuple[str, ...]
    statuses: dict[Status, tuple[str, ...]]

    def words(self) -> dict[str, Status]:
        """Return word (upper case, without punctuation) -> status."""
        return {plain(word): status for status, words in self.statuses.items() for word in words}
