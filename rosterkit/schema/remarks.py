"""The words of remarks, statuses and names: ``schemas/remarks.yaml``, and what a programme adds to it."""

from __future__ import annotations

from typing import Literal

from rosterkit.schema.programme import Strict

Meaning = Literal["deceased", "withdrawn", "insured", "excluded"]
MEANINGS: tuple[Meaning, ...] = ("deceased", "withdrawn", "insured", "excluded")  # the first one that fits counts
Words = tuple[str, ...]


class MeaningSpec(Strict):
    """The words with one meaning.

    Args:
        signs: signs, wherever they stand.
        words: words, wherever they stand in a remark.
        alone: words that count only where nothing else stands beside them.
        last: words that count at the end of a name.
        titles: words that count at the beginning of a name.
        beside: one of these must stand in the remark too; empty: nothing must.
        unless: none of these may stand in the remark.
    """

    signs: Words = ()
    words: Words = ()
    alone: Words = ()
    last: Words = ()
    titles: Words = ()
    beside: Words = ()
    unless: Words = ()


class RemarkWords(Strict):
    """Meaning -> its words, and the words that change what they mean (see ``schemas/remarks.yaml``)."""

    deceased: MeaningSpec = MeaningSpec()
    withdrawn: MeaningSpec = MeaningSpec()
    insured: MeaningSpec = MeaningSpec()
    excluded: MeaningSpec = MeaningSpec()
    unrelated: Words = ()
    somebody_else: Words = ()
    name_of_other: Words = ()
    negations: Words = ()
    fillers: Words = ()
    nothing: Words = ()


class RemarkSpec(RemarkWords):
    """The words that come with rosterkit."""

    kind: Literal["remarks"]
