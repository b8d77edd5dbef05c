"""The words of remarks, statuses and names: ``schemas/remarks.yaml``, and what a programme adds to it."""

from __future__ import annotations

from typing import Literal

from rosterkit.schema.model import Strict

Meaning = Literal["deceased", "withdrawn", "insured", "excluded"]
MEANINGS: tuple[Meaning, ...] = ("deceased", "withdrawn", "insured", "excluded")  # the first one that fits counts
Words = tuple[str, ...]


class MeaningSpec(Strict):
    """The words with one meaning.

    Args:
        signs: signs, wherever they stand.
        last_signs: signs that are the whole remark, or the end of a name.
        words: words, wherever they stand in a remark.
        alone: words that count only where nothing else stands beside them.
        last: words that count at the end of a name.
        titles: words that count at the beginning of a name.
        beside: one of these must stand in the remark too; empty: nothing must.
        unless: none of these may stand in the remark.
        elsewhere: words with which a part of a cell of any other field begins.
    """

    signs: Words = ()
    last_signs: Words = ()
    words: Words = ()
    alone: Words = ()
    last: Words = ()
    titles: Words = ()
    beside: Words = ()
    unless: Words = ()
    elsewhere: Words = ()


class AnswerSpec(Strict):
    """Short answers that mean something under some headers only.

    Args:
        meaning: what they mean.
        headers: words of which one stands in the header.
        says: the answers; ``#``: any date or number.
    """

    meaning: Meaning
    headers: Words
    says: Words


class RemarkWords(Strict):
    """Meaning -> its words, and the words that change what they mean (see ``schemas/remarks.yaml``)."""

    deceased: MeaningSpec = MeaningSpec()  # has died (RK261)
    withdrawn: MeaningSpec = MeaningSpec()  # is not proposed any more (RK262)
    insured: MeaningSpec = MeaningSpec()  # has an insurance of her own (RK262)
    excluded: MeaningSpec = MeaningSpec()  # may not be proposed (RK307)
    unrelated: Words = ()  # say nothing of this, although they hold one of those words
    somebody_else: Words = ()  # a word behind or right before one of these is about somebody else
    name_of_other: Words = ()  # in a name, words behind one of these belong to somebody else
    negations: Words = ()  # turn the word behind them into its opposite
    fillers: Words = ()  # may stand anywhere and say nothing
    nothing: Words = ()  # what needs no office to look at it (RK263)
    other_columns: Words = ()  # a column with one of these in its header is about somebody else
    things: Words = ()  # a column with one of these in its header is about a thing: it does not die
    colours: Words = ()  # in a legend of the colours of rows
    conditions: Words = ()  # a line with one of these says what would be
    answers: tuple[AnswerSpec, ...] = ()  # what short answers mean under some headers


class RemarkSpec(RemarkWords):
    """The words that come with rosterkit."""

    kind: Literal["remarks"]
