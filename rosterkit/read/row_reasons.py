"""Why a row below a header is no person: the empty form, a total, a signature, a note."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rosterkit.model.cells import Row
from rosterkit.read.guide_rows import (
    count_digits,
    is_date,
    is_example_word,
    is_form_example,
    is_hint,
    is_number,
    is_numbering,
)
from rosterkit.records import dataclass
from rosterkit.schema.spec import plain

_TOTAL = re.compile(r"^(JUMLAH|TOTAL|SUB ?TOTAL|GRAND TOTAL|JML|REKAPITULASI|REKAP)\b")
_COUNTED = re.compile(r"^[A-Z][A-Z ./()-]*[:=] *\d{1,4}( *(ORANG|ORG|JIWA))?$")  # Laki-laki : 2
_SIGNATURE = re.compile(
    r"^(MENGETAHUI|MENYETUJUI|DISETUJUI|HORMAT (KAMI|SAYA)|TTD|TANDA TANGAN|YANG MEMBUAT|DIBUAT OLEH|PEMBUAT DAFTAR"
    r"|PETUGAS (PENDATA|INPUT)|NIP\b|AN (WALIKOTA|LURAH|CAMAT)|A N (WALIKOTA|LURAH|CAMAT)|KEPALA (DINAS|KELURAHAN)"
    r"|LURAH\b|CAMAT\b|STEMPEL|VERIFIKATOR|CATATAN\b|KETERANGAN\b|NB\b|DEMIKIAN)"
)
_OFFICE = re.compile(r"^KETUA R[TW]\b")
_PLACE_AND_DATE = re.compile(
    r"^[A-Z .]{3,30}, *[0-9. ]{1,6}[ -][A-Z]{3,10}[ -]\d{4}$|^[A-Z .]{3,30}, *[.… ]+(20\d\d)?$"
)
_SECTION = re.compile(r"^(RT|RW|RUKUN|DUSUN|LINGKUNGAN|KELURAHAN|KEL|DESA|KECAMATAN|KEC|BLOK|KELOMPOK|LAMPIRAN)\b")
_CERTAIN_FIELDS = ("nik", "kk", "birth_date")  # a value in one of them makes a row a person beyond doubt
_PREFILLED = ("rt", "rw", "kelurahan", "kecamatan", "postal_code", "category")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows below a header: says of each why it is no person.

    Args:
        nik: the column of the NIK; None where there is none.
        name: likewise, of the name.
        counter: likewise, the column NO.
        fields: all columns of fields.
        certain: those of ``_CERTAIN_FIELDS``.
        header: column -> its header, of the columns of fields.
        labels: likewise, of all columns.
        prefilled: the columns that a form may have filled in before anybody is in the row, and the column NO.
    """

    nik: int | None
    name: int | None
    counter: int | None
    fields: tuple[int, ...]
    certain: tuple[int, ...]
    header: tuple[tuple[int, str], ...]
    labels: tuple[tuple[int, str], ...]
    prefilled: frozenset[int | None]

    @classmethod
    def of_table(cls, columns: dict[str, int], labels: dict[int, tuple[str, str]], counter: int | None) -> Rows:
        fields = tuple(sorted(set(columns.values())))
        return cls(
            columns.get("nik"),
            columns.get("name"),
            counter,
            fields,
            tuple(columns[field] for field in _CERTAIN_FIELDS if field in columns),
            tuple((column, plain(labels[column][0])) for column in fields if column in labels),
            tuple((column, plain(text)) for column, (text, *_others) in labels.items()),
            frozenset((counter, *(columns[field] for field in _PREFILLED if field in columns))),
        )

    def reason_to_leave_out(self, row: Row, is_first: bool, in_signatures: bool) -> str | None:
        """Return why a row is no person (see ``find_people``); None where it is one.

        Args:
            row: the cells.
            is_first: no person was found above.
            in_signatures: the rows above are signatures.
        """
        if self._has_nik_and_name(row):
            return None
        filled = [
            column for column, cell in enumerate(row) if cell != "" and (cell.__class__ is not str or cell.strip())
        ]
        if not filled:
            return "blank"
        fields = [column for column in self.fields if column in filled]
        reason = self._reason_of_a_form(row, filled, fields, is_first)
        if reason or self._is_numbered_person(row, filled, fields):
            return reason
        return self._reason_by_words(row, filled, fields, is_first, in_signatures)

    def _reason_of_a_form(self, row: Row, filled: Sequence[int], fields: Sequence[int], is_first: bool) -> str | None:
        """Return why a row is part of the empty form, whoever filled it in; None where it is not."""
        if is_first and len(filled) > 1 and is_numbering([row[column] for column in filled]):
            return "numbering"
        if self._repeats_header(row):
            return "repeated-header"
        if is_first and is_hint([row[column] for column in filled]):
            return "hint"
        if not fields:  # numbered in advance, nobody in it
            return "blank" if all(is_number(row[column]) for column in filled) else None
        is_numbered = self.counter not in filled or is_number(row[self.counter or 0])
        return "blank" if is_numbered and self.prefilled.issuperset(filled) else None

    def _reason_by_words(
        self, row: Row, filled: Sequence[int], fields: Sequence[int], is_first: bool, in_signatures: bool
    ) -> str | None:
        """Return why a row is a total, a signature or a note, by its words and by how much is in it."""
        is_certain = any(count_digits(row[column]) >= 8 or is_date(row[column]) for column in self.certain)
        texts = [plain(row[column]) for column in filled if isinstance(row[column], str)]
        if any(_TOTAL.match(text) for text in texts) and not is_certain:
            return "total"
        written = [" ".join(row[column].upper().split()) for column in filled if isinstance(row[column], str)]
        if self._begins_signatures(row, texts, written, is_certain, len(fields)):
            return "signature"
        if not fields:
            return "signature" if in_signatures else "note"
        if in_signatures:
            return None if len(fields) >= 4 or self._has_long_nik(row) else "signature"
        if is_certain or len(fields) > 1:
            return None
        if len(filled) == 1 and any(_COUNTED.match(text) for text in written):
            return "note"
        return self._reason_for_lone_cell(row, filled, fields[0], is_first)

    def _has_nik_and_name(self, row: Row) -> bool:
        """Whether a row has something long in the NIK column and a name; the common case."""
        if self.nik is None or self.name is None or row[self.name] == "" or count_digits(row[self.nik]) < 12:
            return False
        text = row[self.nik]
        return not (isinstance(text, str) and text.lstrip()[:3].upper() == "NIP")

    def is_example(self, no: str, row: Row) -> bool:
        """Whether a row is called an example, and nobody but the example of our forms was typed into it."""
        if not is_example_word(no):
            return False
        return not self._has_nik_and_name(row) or is_form_example(row[self.nik or 0], row[self.name or 0])

    def differs_from_header(self, row: Row) -> bool:
        """Whether a row that repeats the header has another one in some column: a list with other columns begins."""
        labels = dict(self.labels)
        return any(
            plain(cell) != labels.get(column, "") for column, cell in enumerate(row) if isinstance(cell, str) and cell
        )

    def _repeats_header(self, row: Row) -> bool:
        same = (
            column < len(row) and isinstance(row[column], str) and plain(row[column]) == label
            for column, label in self.header
        )
        return sum(same) >= 2 and all(
            column is None or (isinstance(row[column], str) and plain(row[column]) == label)
            for column, label in self.header
            if column in (self.nik, self.name)
        )

    def _is_numbered_person(self, row: Row, filled: Sequence[int], fields: Sequence[int]) -> bool:
        """Whether a row has a number, a name and something more, whatever the name looks like."""
        has_more = self.counter in filled and self.name in fields and len(fields) > 1
        return has_more and is_number(row[self.counter or 0])

    def _has_long_nik(self, row: Row) -> bool:
        return self.nik is not None and count_digits(row[self.nik]) in range(12, 18)

    def _begins_signatures(
        self, row: Row, texts: Sequence[str], written: Sequence[str], is_certain: bool, fields: int
    ) -> bool:
        """Whether a row begins the block of signatures.

        Args:
            row: the cells.
            texts: their texts without signs.
            written: their texts with signs, upper case.
            is_certain: it has a value that only people have.
            fields: how many cells of fields are filled.
        """
        has_nip = any(text.startswith("NIP") for text in texts)
        if self._has_long_nik(row) and not has_nip:
            return False
        if any(_SIGNATURE.match(text) for text in texts) or any(_PLACE_AND_DATE.match(text) for text in written):
            return fields <= 2 and (not is_certain or has_nip)
        return fields <= 1 and any(_OFFICE.match(text) for text in texts) and not is_certain

    def _reason_for_lone_cell(self, row: Row, filled: Sequence[int], column: int, is_first: bool) -> str | None:
        """Return why a row with only one cell of a field is no person; a numbered name or NIK is one."""
        is_person_column = column in (self.nik, self.name)
        is_numbered = any(other < column and count_digits(row[other]) in range(1, 6) for other in filled)
        if is_person_column and is_numbered:
            return None
        cell = row[column]
        if isinstance(cell, str) and (_SECTION.match(plain(cell)) or "=" in cell):  # no name has that, a legend has
            return "note"
        return None if is_person_column and not is_first else "note"
