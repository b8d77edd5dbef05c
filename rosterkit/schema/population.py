"""The words of answers: Dukcapil's matching results and the statuses of BPJS (``schemas/population.yaml``,
``schemas/membership.yaml``); an office adds its own under ``words``."""

from __future__ import annotations

from typing import Literal

from rosterkit.schema.model import Strict
from rosterkit.schema.spec import plain
from rosterkit.schema.words import Match, Membership


class _AnswerSpec(Strict):
    """Where the words of an answer stand.

    Args:
        columns: headers of a column that holds nothing else.
        maybe: headers of a column that may hold something else: it counts only where one of its words is known.
    """

    columns: tuple[str, ...]
    maybe: tuple[str, ...]


class PopulationSpec(_AnswerSpec):
    """Dukcapil's matching results: status -> the words for it."""

    kind: Literal["population"]
    statuses: dict[Match, tuple[str, ...]]

    def words(self) -> dict[str, str]:
        """Return word (upper case, without punctuation) -> status."""
        return {plain(word): status for status, words in self.statuses.items() for word in words}


class MembershipSpec(_AnswerSpec):
    """The statuses of participants: status -> the words for it."""

    kind: Literal["membership"]
    statuses: dict[Membership, tuple[str, ...]]

    def words(self) -> dict[str, str]:
        """Return word (upper case, without punctuation) -> status."""
        return {plain(word): status for status, words in self.statuses.items() for word in words}
