"""A column that holds something else.

What
Most values of a column (80 percent, of 5 or more) contradict the NIK or the column's own type: KK numbers in the NIK
column, categories or numbers in the name column, dates that are not those of the NIKs. Or nearly all sexes
(90 percent, of 4 or more) contradict the NIKs: L and P were swapped, or P stands for pria.

Why
Another column was meant, perhaps that of somebody else, and every person of the sheet would be uploaded with it.

Example
The headers NIK and No KK in the wrong order.

Instead
The right header above each column.
"""

from __future__ import annotations

import polars as pl

from rosterkit.frame.expressions import is_nik_in_kk
from rosterkit.language import N_
from rosterkit.model.cells import Kind
from rosterkit.model.finding import Severity
from rosterkit.rules.base import Cells, Rule
from rosterkit.rules.context import Context
from rosterkit.rules.rk110_shifted_cells import kind_of_value
from rosterkit.rules.said import Said

_MIN_ROWS, _MIN_SHARE = 5, 0.8
_MIN_SEXES, _MIN_OF_SEXES = 4, 0.9
_CHILD = 17  # years: a list of workers whose NIKs all say that they are younger holds no NIKs
_TABLE = ("_file", "_table")
_FIELDS = ("nik", "name", "birth_date", "sex")


def _derive(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """``wrong_F`` (what is wrong with the column of the field F), ``wrong_F_bad`` of ``wrong_F_people`` values."""
    tables = _judge_tables(_count_evidence(frame, context))
    return frame.join(tables, on=_TABLE, how="left", maintain_order="left")


def _count_evidence(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """One row a table: how many values there are to judge, and how many speak against their column."""
    nik_date, born = pl.col("nik_date"), pl.col("birth_date")
    has_nik, has_born = pl.col("nik").is_not_null(), born.is_not_null() & ~pl.col("birth_date_from_nik")
    same_day = (nik_date == born) | (nik_date == pl.col("birth_date_swapped"))
    is_child = nik_date > context.first_day.replace(year=context.first_day.year - _CHILD, day=1)
    other_kind = pl.col("name_kind").is_in([Kind.NUMBER, Kind.DATE, Kind.BOOL])
    no_name = kind_of_value("name", context).is_not_null() | other_kind
    nik_text = pl.col("nik_text").is_not_null()
    has_sex = nik_date.is_not_null() & pl.col("sex").is_not_null() & ~pl.col("sex_from_nik")
    return frame.group_by(_TABLE, maintain_order=True).agg(
        dated=(has_nik & has_born).sum(),
        differ=(has_nik & has_born & ~same_day.fill_null(False)).sum(),
        later=(has_nik & has_born & (nik_date > born)).sum(),
        swapped=(has_nik & is_nik_in_kk()).sum(),
        undated=(has_nik & ~has_born).sum(),
        children=(has_nik & ~has_born & is_child).sum(),
        women=(has_nik & pl.col("nik_female")).sum(),
        numbers=nik_text.sum(),
        words=(nik_text & ~pl.col("nik_text").str.contains("[0-9]")).sum(),
        names=pl.col("name_text").is_not_null().sum(),
        sexes=has_sex.sum(),
        other_sexes=(has_sex & ((pl.col("sex") == "P") != pl.col("nik_female"))).sum(),
        no_names=(pl.col("name_text").is_not_null() & no_name).sum(),
    )


def _judge_tables(evidence: pl.DataFrame) -> pl.DataFrame:
    """One row a table, with the columns of ``_derive``."""
    differs = _most("differ", "dated")
    no_woman = pl.col("women") == 0  # a KK number holds no woman's day
    cases = {  # of each field, the first case that holds: what is told, how many of how many
        "nik": (
            (_most("swapped", "dated"), "swapped", "swapped", "dated"),
            (differs & no_woman & _most("later", "dated"), "kk", "differ", "dated"),
            (no_woman & _most("children", "undated"), "kk", "children", "undated"),
            (_most("words", "numbers"), "type", "words", "numbers"),
        ),
        "name": ((_most("no_names", "names"), "type", "no_names", "names"),),
        "birth_date": ((differs & ~_most("swapped", "dated") & ~(no_woman & _most("later", "dated")), "date", "differ",
                        "dated"),),
        "sex": (((pl.col("sexes") >= _MIN_SEXES) & (pl.col("other_sexes") >= _MIN_OF_SEXES * pl.col("sexes")), "sex",
                 "other_sexes", "sexes"),),
    }  # fmt: skip
    columns = []
    for field, known in cases.items():
        columns += [
            pl.coalesce(pl.when(case).then(pl.lit(told)) for case, told, _bad, _of in known).alias(f"wrong_{field}"),
            pl.coalesce(pl.when(case).then(bad) for case, _told, bad, _of in known).alias(f"wrong_{field}_bad"),
            pl.coalesce(pl.when(case).then(of) for case, _told, _bad, of in known).alias(f"wrong_{field}_people"),
        ]
    return evidence.select(*_TABLE, *columns)


def _most(bad: str, of: str) -> pl.Expr:
    return (pl.col(of) >= _MIN_ROWS) & (pl.col(bad) >= _MIN_SHARE * pl.col(of))


def _bad(field: str, context: Context) -> pl.Expr:
    return pl.col(f"wrong_{field}").is_not_null()


def _facts(field: str, context: Context) -> dict[str, pl.Expr]:
    told = pl.col(f"wrong_{field}")
    return {
        "header": pl.col("header"),
        "bad": pl.col(f"wrong_{field}_bad"),
        "people": pl.col(f"wrong_{field}_people"),
        "variant": pl.when(told != "date").then(told),
    }


RULE = Rule(
    code="RK111",
    name="wrong-column",
    severity=Severity.ERROR,
    scope="sheet",
    title=N_("Kolom salah"),
    message=N_('Kolom "{header}" dibaca sebagai {label}, tetapi {bad} dari {people} isinya tidak cocok dengan NIK.'),
    variants={
        "type": N_('Kolom "{header}" dibaca sebagai {label}, tetapi {bad} dari {people} isinya bukan {label}.'),
        "kk": N_('Kolom "{header}" tampaknya berisi nomor KK atau nomor lain, bukan NIK ({bad} dari {people}).'),
        "swapped": N_(
            'Kolom "{header}" tampaknya tertukar dengan kolom nomor KK: {bad} dari {people} tanggal lahir'
            " cocok dengan nomor KK."
        ),
        "sex": N_('Kolom "{header}": {bad} dari {people} jenis kelamin bertentangan dengan NIK.'),
    },
    hint=N_("Tulis judul kolom yang benar di rosterkit.toml (bagian columns), lalu periksa lagi."),
    hints={
        "sex": N_("Tanyakan kepada pengirim apakah L dan P tertukar atau P berarti pria, lalu betulkan isi kolom itu."),
    },
    sender=Said(
        N_('Kolom "{header}" tampaknya bukan {label}.'),
        N_("Mohon beri tahu kami kolom mana yang berisi {label} orang yang diusulkan."),
        variants={
            "swapped": N_('Kolom "{header}" tampaknya tertukar dengan kolom nomor KK.'),
            "sex": N_('Hampir semua jenis kelamin di kolom "{header}" bertentangan dengan NIK.'),
        },
        hints={
            "sex": N_("Mohon cek apakah L dan P tertukar; tulis L untuk laki-laki dan P untuk perempuan."),
        },
    ),
    why=N_("Bila kolomnya salah, semua orang di lembar itu terunggah dengan isi yang salah."),
    judges=(
        Cells(
            fields=_FIELDS,
            bad=_bad,
            facts=_facts,
            derive=_derive,
            whole_column=True,
        ),
    ),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 02-01-1985 | Pemulung |
| 3571010201859902 | Contoh Dua | 03-01-1985 | Pemulung |
| 3571010301859903 | Contoh Tiga | 04-01-1985 | Pemulung |
| 3571010401859904 | Contoh Empat | 05-01-1985 | Pemulung |
| 3571010501859905 | Contoh Lima | 05-01-1985 | Pemulung |
| 3571010601859906 | Contoh Enam | 06-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori | No KK |
|---|---|---|---|---|
| 3571011203159901 | Contoh Satu | 01-01-1985 | Pemulung | 3571010101859901 |
| 3571011203159902 | Contoh Dua | 02-01-1985 | Pemulung | 3571010201859902 |
| 3571011203159903 | Contoh Tiga | 03-01-1985 | Pemulung | 3571010301859903 |
| 3571011203159904 | Contoh Empat | 04-01-1985 | Pemulung | 3571010401859904 |
| 3571011203159905 | Contoh Lima | 05-01-1985 | Pemulung | 3571010501859905 |
""",
)
