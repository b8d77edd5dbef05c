"""Digests of files by their people: equal people with equal values, in any order, have equal digests."""

from __future__ import annotations

import hashlib

import polars as pl

from rosterkit.schema.spec import FIELDS


def digest_files(frame: pl.DataFrame) -> dict[int, str]:
    """Return file number -> the digest of its people (SHA-256, hexadecimal).

    Args:
        frame: typed people (see ``frame``); every field counts, the order of rows does not.
    """
    rows = frame.select(
        "_file", row=pl.concat_str([pl.col(field).cast(pl.String).fill_null("") for field in FIELDS], separator="\x1f")
    )
    digests = {}
    for (number,), part in rows.sort("_file", "row").group_by("_file", maintain_order=True):
        digest = hashlib.sha256()
        for text in part["row"]:
            digest.update(text.encode())
            digest.update(b"\n")
        digests[int(str(number))] = digest.hexdigest()
    return digests
