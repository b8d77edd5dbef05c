"""What a list of participants says of a day."""

from __future__ import annotations

import datetime as dt

import polars as pl

from rosterkit.rules.context import Context


def memberships(participants: pl.DataFrame, day: dt.date) -> pl.DataFrame:
    """What a day finds of each participant, one row a NIK.

    ``active``: insured on the day; ``until``: the last day of the latest membership before it; ``grace``: the day up
    to which it can be taken up again. ``active`` is null where that is not clear: the end of a membership cannot be
    read, its status is not known or contradicts its end, or it may be somebody else's (``doubtful``). Dates come before
    a status, which is that of the day of the list. Somebody who becomes a participant later is not yet one.
    """
    begun = participants.filter(pl.col("since").is_null() | (pl.col("since") <= day))
    goes_on = pl.col("until").is_null() | (pl.col("until") >= day)
    is_ended = (pl.col("status") == "inactive").fill_null(False)
    is_contrary = is_ended & goes_on & pl.col("until").is_not_null()
    is_clear = ~pl.col("unclear") & ~pl.col("doubtful") & ~is_contrary
    known = begun.drop_nulls("nik").with_columns(active=pl.when(is_clear).then(goes_on & ~is_ended))
    order = (pl.col("active").fill_null(False), pl.col("active").is_null(), pl.col("until"))
    best = known.sort(order, descending=True, nulls_last=False, maintain_order=True)
    return best.unique("nik", keep="first", maintain_order=True)


def add_memberships(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Add what the first covered day finds of each person.

    ``member_active``, ``member_since``, ``member_until``, ``member_grace``; ``member_unclear`` (it may be, true or
    null), ``member_word`` (the status as written), ``member_doubtful``.
    """
    if context.participants is None or "member_active" in frame.columns:
        return frame
    found = memberships(context.participants, context.first_day).select(
        "nik",
        member_active="active",
        member_since="since",
        member_until="until",
        member_grace="grace",
        member_unclear=pl.col("active").is_null(),
        member_word="word",
        member_doubtful="doubtful",
    )
    return frame.join(found, on="nik", how="left", maintain_order="left")


def may_go_on(context: Context) -> pl.Expr:
    """Whether somebody may go on paying on the first covered day: a participant, or up to 3 months in arrears."""
    if context.participants is None:
        return pl.lit(False)
    day, until, grace = context.first_day, pl.col("member_until"), pl.col("member_grace")
    in_arrears = until.dt.offset_by("1d").dt.offset_by("3mo") > day
    is_member = pl.col("member_active").fill_null(False)
    return is_member | in_arrears.fill_null(False) | (grace >= day).fill_null(False)
