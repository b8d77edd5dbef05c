"""Reads the list of participants that BPJS gives to a city: who is insured, since when and until when.

Columns of the one layout that is public: NIK, KPJ, NAMA, TGL_LAHIR, NO_HANDPHONE, PROGRAM over JHT, JKK and JKM,
JENIS_PEKERJAAN, TGL_KEPESERTAAN, TGL_BERAKHIR, MASA_GRACE. They are found by name, in any order.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl

from rosterkit.errors import UsageError
from rosterkit.language import N_, _
from rosterkit.model.finding import Remark
from rosterkit.reference.reader import ReferenceList, read_dates, read_reference_list, read_texts
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


def read_participants(
    path: Path, spec: RosterSpec, today: dt.date, remarks: list[Remark] | None = None
) -> pl.DataFrame:
    """Read the participants.

    Args:
        path: the file.
        spec: the schema, which says how headers may be written.
        today: decides centuries.
        remarks: gets remarks about NIKs that cannot be read and a missing column of ends.

    Returns:
        one row a membership: ``nik``, ``name``, ``birth_date``, ``kpj``, and the dates ``since``, ``until`` (the
        last insured day) and ``grace`` (the last day on which it can be continued), null where the list has none: a
        membership without an end goes on. ``unclear`` is true where the end could not be read.

    Raises:
        UsageError: the file cannot be read, has no readable NIK, or none of the columns of a list of participants.
    """
    title = _("Daftar peserta")
    participants = read_reference_list(path, spec, today, title, remarks)
    kpj = read_texts(participants, _KPJ)
    headers = {"since": _SINCE, "until": _UNTIL, "grace": _GRACE}
    days = {name: read_dates(participants, texts, spec, today) for name, texts in headers.items()}
    if kpj is None and days["since"] is None and days["until"] is None:
        text = _(
            "{what} {path}: tidak ada kolom KPJ, TGL_KEPESERTAAN atau TGL_BERAKHIR. Berkas ini bukan daftar peserta"
            " dari BPJS Ketenagakerjaan; mungkin tertukar."
        )
        raise UsageError(text.format(what=title, path=path))
    no_date = pl.Series([None] * len(participants.people), dtype=pl.Date)
    if days["until"] is None and remarks is not None:
        remark = N_("Daftar peserta tidak punya kolom tanggal berakhir (TGL_BERAKHIR): semua dianggap masih peserta.")
        remarks.append(Remark(remark))
    people = participants.people.select("nik", "name", "birth_date", unclear=_is_unclear(participants, days["until"]))
    people = people.with_columns(
        kpj=_clean_card_numbers(kpj) if kpj is not None else pl.lit(None, pl.String),
        **{name: no_date if day is None else day for name, day in days.items()},
    )
    return people.drop_nulls("nik")


def _is_unclear(participants: ReferenceList, until: pl.Series | None) -> pl.Series | pl.Expr:
    """Return whether each participant has an end that cannot be read."""
    texts = read_texts(participants, _UNTIL)
    return pl.lit(False) if until is None or texts is None else until.is_null() & texts.is_not_null()


def _clean_card_numbers(texts: pl.Series) -> pl.Series:
    """Return card numbers without the ``.0`` of a number cell."""
    return texts.str.replace(r"\.0$", "")
