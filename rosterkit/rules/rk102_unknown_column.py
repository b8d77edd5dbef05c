"""A column that the schema does not know.

What
A column that the schema does not know, or a second column for a field that another column serves better
(ALAMAT DOMISILI beside ALAMAT KTP). It is kept in the copy and not uploaded. The columns of the upload form itself are
known, as an upload sheet may be checked too. Likewise texts beside people in a column without a header.

Why
A column under an odd header is easily taken for one that was read.

Example
A column TANDA TANGAN.

Instead
Nothing; or a header that says what the column holds.
"""

from __future__ import annotations

from collections.abc import Iterator

from rosterkit.language import N_
from rosterkit.model.cells import column_letters
from rosterkit.model.finding import Severity
from rosterkit.model.roster import Skipped, Table
from rosterkit.read.own_marks import OWN_COLUMNS
from rosterkit.rules.base import Rule, SheetFact, Sheets
from rosterkit.rules.context import Context
from rosterkit.schema.spec import plain


def _unknown(table: Table | Skipped, context: Context) -> Iterator[SheetFact]:
    if isinstance(table, Table):
        known = {*table.columns.values(), *(again for _field, _first, again in table.duplicates), table.counter}
        of_form = {plain(column.header) for column in context.form.columns} if context.form else set()
        for column, header in table.labels.items():
            if column not in known and header not in OWN_COLUMNS and plain(header) not in of_form:
                yield SheetFact(None, table.header_row, column, {"header": header})
        for column in table.unlabelled:
            facts = {"header": column_letters(column), "variant": "unlabelled"}
            yield SheetFact(None, table.header_row, column, facts)


RULE = Rule(
    code="RK102",
    name="unknown-column",
    severity=Severity.INFO,
    scope="sheet",
    title=N_("Kolom tidak dipakai"),
    message=N_('Kolom "{header}" tidak dipakai program ini: tetap ada di salinan, tidak ikut diunggah.'),
    variants={
        "unlabelled": N_("Kolom {header} tidak berjudul, tetapi berisi tulisan di baris orang: tidak ikut diunggah."),
    },
    hint=N_("Biarkan. Bila seharusnya dibaca, ganti judulnya, misalnya menjadi NIK, Nama, atau Tanggal lahir."),
    why=N_("Kolom dengan judul yang tidak biasa bisa terlewat tanpa disadari."),
    judges=(Sheets(_unknown),),
    good="""
| NIK | Nama | Tanggal Lahir | Kategori |
|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |
""",
    wrong="""
| NIK | Nama | Tanggal Lahir | Kategori | Tanda Tangan |
|---|---|---|---|---|
| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |  |
""",
)
