"""What a file's people are, in one short text: equal for equal people with equal values, in any order."""

from __future__ import annotations

import hashlib

import polars as pl

from rosterkit.schema.spec import FIELDS


def digests(frame: pl.DataFrame) -> dict[int, str]:
    """The digest of each file (its number) of a frame."""
    rows = frame.select(
        "_file", row=pl.concat_str([pl.col(field).cast(pl.String).fill_null("") for field in FIELDS], separator="\x1f")
    )
    told = {}
    for (number,), part in rows.sort("_file", "row").group_by("_file", maintain_order=True):
        digest = hashlib.sha256()
        for text in part["row"]:
            digest.update(text.encode())
            digest.update(b"\n")
        told[int(str(number))] = digest.hexdigest()
    return told
