"""The list of participants that BPJS gives to a city: who is insured, since when and until when.

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
from rosterkit.reference.listing import further_dates, further_texts, read_listing
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


def read_participants(path: Path, spec: RosterSpec, today: dt.date, told: list[Remark] | None = None) -> pl.DataFrame:
    """The participants, one row a membership: ``nik``, ``name``, ``birth_date``, ``kpj``, and three days.

    They are insured from ``since`` to ``until``, and can go on up to ``grace``. Days that the list does not have are
    null: a membership without an end goes on. ``unclear`` is true where the end could not be read.

    Raises:
        UsageError: the file cannot be read, has no readable NIK, or none of the columns of a list of participants.
    """
    what = _("Daftar peserta")
    listing = read_listing(path, spec, today, what, told)
    kpj = further_texts(listing, _KPJ)
    days = [further_dates(listing, names, spec, today) for names in (_SINCE, _UNTIL, _GRACE)]
    if kpj is None and days[0] is None and days[1] is None:
        raise UsageError(
            _(
                "{what} {path}: tidak ada kolom KPJ, TGL_KEPESERTAAN atau TGL_BERAKHIR. Berkas ini bukan daftar peserta"
                " dari BPJS Ketenagakerjaan; mungkin tertukar."
            ).format(what=what, path=path)
        )
    none = pl.Series([None] * len(listing.people), dtype=pl.Date)
    if days[1] is None and told is not None:
        text = N_("Daftar peserta tidak punya kolom tanggal berakhir (TGL_BERAKHIR): semua dianggap masih peserta.")
        told.append(Remark(text))
    ends = further_texts(listing, _UNTIL)
    unclear = (days[1].is_null() & ends.is_not_null()) if days[1] is not None and ends is not None else pl.lit(False)
    people = listing.people.select("nik", "name", "birth_date", unclear=unclear).with_columns(
        kpj=_card_numbers(kpj) if kpj is not None else pl.lit(None, pl.String),
        **{name: none if day is None else day for name, day in zip(("since", "until", "grace"), days, strict=True)},
    )
    return people.drop_nulls("nik")


def _card_numbers(texts: pl.Series) -> pl.Series:
    """Card numbers without the ``.0`` of a number cell."""
    return texts.str.replace(r"\.0$", "")
