"""The words of Dukcapil's matching results: ``schemas/population.yaml``."""

from __future__ import annotations

from typing import Literal

from rosterkit.schema.programme import Strict
from rosterkit.schema.spec import plain

Status = Literal["matching", "mismatching", "missing", "deceased"]


class PopulationSpec(Strict):
    """How the column of results may be called, and what its words mean."""

    kind: Literal["population"]
    columns: tuple[str, ...]
    statuses: dict[Status, tuple[str, ...]]

    def words(self) -> dict[str, Status]:
        """Each word, upper case and without punctuation, and what it means."""
        return {plain(word): status for status, words in self.statuses.items() for word in words}
