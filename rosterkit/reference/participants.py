"""Reads the list of participants that BPJS gives to a city: who is insured, since when and until when.

Columns of the one layout that is public: NIK, KPJ, NAMA, TGL_LAHIR, NO_HANDPHONE, PROGRAM over JHT, JKK and JKM,
JENIS_PEKERJAAN, TGL_KEPESERTAAN, TGL_BERAKHIR, MASA_GRACE. They are found by name, in any order. Some answers hold
nothing but NIK, name and a status in words (``schemas/membership.yaml``).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl

from rosterkit.errors import UsageError
from rosterkit.language import N_, _
from rosterkit.model.finding import Remark
from rosterkit.reference.answers import read_answers
from rosterkit.reference.reader import ReferenceList, is_known, read_dates, read_reference_list, read_texts
from rosterkit.schema.load import load_membership
from rosterkit.schema.spec import RosterSpec

_KPJ = ("KPJ", "No KPJ", "Nomor KPJ", "No Kartu", "Nomor Peserta", "No Peserta", "Kartu Peserta")
_SINCE = ("TGL KEPESERTAAN", "Tanggal Kepesertaan", "Tgl Mulai", "Tanggal Mulai", "TMT", "Mulai", "Tgl Daftar")
_UNTIL = (
    "TGL BERAKHIR",
    "Tanggal Berakhir",
    "Berakhir",
    "Tgl Akhir",
    "Tanggal Akhir",
    "Berlaku Sampai",
    "Sampai",
    "Tgl Non Aktif",
    "Tanggal Non Aktif",
    "Tgl Nonaktif",
    "Tanggal Nonaktif",
    "Akhir",
)
_GRACE = ("MASA GRACE", "Grace", "Masa Tenggang", "Tgl Grace", "Akhir Masa Tenggang")

_DAYS = {"since": _SINCE, "until": _UNTIL, "grace": _GRACE}
_NO_PARTICIPANTS = N_(
    "{what} {path}: tidak ada kolom KPJ, TGL_KEPESERTAAN, TGL_BERAKHIR atau STATUS KEPESERTAAN. Berkas ini bukan"
    " daftar peserta dari BPJS Ketenagakerjaan; mungkin tertukar."
)
_NO_ENDS = N_("Daftar peserta tidak punya kolom tanggal berakhir (TGL_BERAKHIR): semua dianggap masih peserta.")


def read_participants(
    path: Path, spec: RosterSpec, today: dt.date, remarks: list[Remark] | None = None, keep_lost: bool = False
) -> pl.DataFrame:
    """Read the participants.

    Args:
        path: the file.
        spec: the schema, which says how headers may be written.
        today: decides centuries.
        remarks: gets remarks about what cannot be read and a missing column of ends.
        keep_lost: see ``read_reference_list``.

    Returns:
        one row a membership: ``nik``, ``name``, ``birth_date``, ``nik_stem``, ``doubtful``, ``_cell``, ``kpj``; the
        dates ``since``, ``until`` (the last insured day) and ``grace`` (the last day to continue it); ``word`` (the
        status as written) and ``status`` (active, inactive, null for an unknown word). Without an end or a status it
        goes on. ``unclear`` is true where the end could not be read, or where there is none and no status is known.

    Raises:
        UsageError: the file cannot be read, has no readable NIK, or none of the columns of a list of participants.
    """
    title = _("Daftar peserta")
    participants = read_reference_list(path, spec, today, title, remarks, keep_lost)
    kpj = read_texts(participants, _KPJ)
    days = {name: read_dates(participants, headers, spec, today) for name, headers in _DAYS.items()}
    answers = read_answers(participants, load_membership(), spec.words.membership)
    is_dated = not (kpj is None and days["since"] is None and days["until"] is None)
    if not is_dated and answers is None:
        raise UsageError(_(_NO_PARTICIPANTS).format(what=title, path=path))
    if days["until"] is None and answers is None and remarks is not None:
        remarks.append(Remark(_NO_ENDS))
    people = participants.people.select("nik", "name", "birth_date", "nik_stem", "doubtful", "_cell")
    people = people.hstack(_no_answers(len(people)) if answers is None else answers)
    no_date = pl.Series([None] * len(people), dtype=pl.Date)
    people = people.with_columns(
        kpj=_clean_card_numbers(kpj) if kpj is not None else pl.lit(None, pl.String),
        **{name: no_date if day is None else day for name, day in days.items()},
    )
    has_unread_end = _has_unread_end(participants, days["until"])
    return people.with_columns(unclear=has_unread_end | _has_unknown_status(is_dated)).filter(is_known())


def _no_answers(count: int) -> pl.DataFrame:
    return pl.DataFrame({name: pl.Series([None] * count, dtype=pl.String) for name in ("word", "status")})


def _has_unread_end(participants: ReferenceList, until: pl.Series | None) -> pl.Expr:
    """Return whether each participant has an end that cannot be read."""
    texts = read_texts(participants, _UNTIL)
    return pl.lit(False) if until is None or texts is None else pl.lit(until.is_null() & texts.is_not_null())


def _has_unknown_status(is_dated: bool) -> pl.Expr:
    """Return whether each participant has no end and no known status; beside dates, none at all is no question."""
    is_unknown = pl.col("status").is_null() & pl.col("until").is_null()
    return is_unknown & pl.col("word").is_not_null() if is_dated else is_unknown


def _clean_card_numbers(texts: pl.Series) -> pl.Series:
    """Return card numbers without the ``.0`` of a number cell."""
    return texts.str.replace(r"\.0$", "")
