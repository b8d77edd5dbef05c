"""Findings in words. Texts are rendered here, late, so that language and masking are decided once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rosterkit.dates import date_text
from rosterkit.language import N_, _
from rosterkit.model.finding import Accepted, Finding, Note, Remark, Severity
from rosterkit.report.facts import fact_texts, hide, mask_numbers
from rosterkit.report.places import is_elsewhere, other_people, other_senders, place_text
from rosterkit.rules import BY_CODE
from rosterkit.schema.spec import PERSONAL

REASONS = {
    "hint": N_("baris petunjuk pengisian"),
    "heading": N_("judul kategori"),
    "family": N_("judul keluarga"),
    "continuation": N_("lanjutan baris di atasnya (sel gabungan)"),
    "title": N_("judul surat di atas tabel"),
    "numbering": N_("baris nomor kolom"),
    "repeated-header": N_("judul kolom yang diulang"),
    "total": N_("baris jumlah"),
    "signature": N_("tanda tangan"),
    "blank": N_("kosong"),
    "note": N_("keterangan, bukan orang"),
    "example": N_("baris contoh pengisian"),
    "no-header": N_("tanpa judul kolom daftar"),
    "one-column": N_("semua isi di satu kolom"),
    "empty": N_("kosong"),
    "own-sheet": N_("hasil pemeriksaan sebelumnya"),
}


NOTHING_TO_DO = N_("Tidak ada yang perlu diubah.")
FOR_OFFICE = (N_("Dicek oleh kantor kami."), NOTHING_TO_DO)  # of a finding without other words


class Words:
    """Renders findings: what is wrong and what to do; cell and person are added by whoever shows them.

    ``labels`` says what fields are called, ``unmask`` shows personal data in full, ``to_sender`` speaks to the person
    who sent the list: in the words for her, and never of other senders' people or of what only the office's lists say.
    ``of_decree``: marks the annex of a decree for the office; what no sender would be told is as silent there.
    """

    def __init__(
        self, labels: Mapping[str, str], unmask: bool = False, to_sender: bool = False, of_decree: bool = False
    ) -> None:
        self._labels = labels
        self._unmask = unmask
        self._to_sender = to_sender
        self.of_decree = of_decree

    @property
    def unmasked(self) -> bool:
        """Whether personal data is shown in full."""
        return self._unmask

    def label(self, field: str | None) -> str:
        """What a field is called."""
        return _(self._labels.get(field, field)) if field else ""

    def message(self, finding: Finding) -> str:
        """What is wrong; empty where nothing is said to the sender."""
        rule = BY_CODE[finding.code]
        return self._fill(rule.text(self._variant(finding), self._to_sender), finding)

    def hint(self, finding: Finding) -> str:
        """What to do; empty where nothing is said to the sender."""
        rule = BY_CODE[finding.code]
        return self._fill(rule.advice(self._variant(finding), self._to_sender), finding)

    def is_silent(self, finding: Finding) -> bool:
        """Whether there is nothing to tell: a repair of mere form, or a remark for somebody else."""
        if finding.severity is not Severity.INFO:
            return False
        rule = BY_CODE[finding.code]
        return not (rule.text(self._variant(finding), True) if self.of_decree else self.message(finding))

    def _variant(self, finding: Finding) -> object:
        """The variant of the texts that fits a finding; a sender is not told whose list another row stands in."""
        rule = BY_CODE[finding.code]
        has_own = self._to_sender and rule.sender is not None and "elsewhere" in rule.sender.variants
        return "elsewhere" if has_own and is_elsewhere(finding) else finding.facts.get("variant")

    def _fill(self, text: str, finding: Finding) -> str:
        """A text of a rule, translated, with the facts of a finding."""
        text = _(text) if text else ""
        if "{" not in text:
            return text
        known = {"label": self.label(finding.field), **fact_texts(finding.facts, self.mask)}
        if finding.related or "others" in finding.facts:
            if "{others}" in text or "{named}" in text:
                others = self.mask(other_people(finding, self._to_sender))
                known |= {"others": others, "named": others}
            if "{other_sender}" in text:
                known["other_sender"] = other_senders(finding)
        return text.format_map(known)

    def suggestion(self, finding: Finding) -> str | None:
        """The value that a repair would write; a sender is not shown what only the office's lists say."""
        cells = BY_CODE[finding.code].cells
        if finding.fix is None or (self._to_sender and cells is not None and cells.fix_from_lists):
            return None
        return finding.fix.value

    def value(self, finding: Finding) -> str | None:
        """The value found, masked where it is personal."""
        return self.personal(finding.field, finding.value)

    def personal(self, field: str | None, value: str | None) -> str | None:
        """A value of a field, masked where the field is personal or the value looks like a NIK."""
        if value is None or self._unmask:
            return value
        return hide(value) if field in PERSONAL else self.mask(value)

    def mask(self, text: str) -> str:
        """A text in which every long number is masked."""
        return text if self._unmask else mask_numbers(text)


def for_office() -> tuple[str, str]:
    """What a sender reads of a finding that is the office's own business, and what she has to do."""
    message, hint = FOR_OFFICE
    return _(message), _(hint)


def accepted_text(finding: Finding, accepted: Accepted, words: Words) -> str:
    """An accepted finding in one sentence."""
    return _("{code} dikecualikan: {place}{message} Alasan: {reason} ({who}, {date}).").format(
        code=finding.code,
        place=f"{place}: " if (place := place_text(finding.place)) else "",
        message=words.message(finding),
        reason=accepted.reason,
        who=accepted.who,
        date=date_text(accepted.when),
    )


def ignored_text(code: str, fields: Sequence[str], reason: str, words: Words) -> str:
    """A rule that the office has set aside, in one sentence."""
    where = ", ".join(map(words.label, fields)) or _("semua kolom")
    return _("{code} tidak diperiksa ({where}): {reason}").format(code=code, where=where, reason=reason)


def needs_text(not_run: Mapping[str, Sequence[str]]) -> str:
    """The rules that did not run and the lists that they need, in one sentence."""
    lists = {
        "decree": _("tanpa SK"),
        "participants": _("tanpa daftar peserta"),
        "population": _("tanpa hasil pemadanan"),
        "form": _("tanpa formulir BPJS"),
    }
    parts = [f"{', '.join(codes)} ({lists[need]})" for need, codes in not_run.items()]
    return _("Tidak diperiksa: {rules}.").format(rules="; ".join(parts))


def note_text(note: Note) -> str:
    """What there is to say of a line of ``pengecualian.xlsx``."""
    return _(note.text).format_map(note.facts)


def remark_text(remark: Remark) -> str:
    """What there is to say of a whole run."""
    return _(remark.text).format_map(remark.facts)


def grouped(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings that say the same of one column, together; errors first, then by code."""
    groups: dict[tuple[str, Severity, str | None, str], list[Finding]] = {}
    for finding in findings:
        field = finding.field if finding.place.cell else None  # columns that are not there are one group
        hint = BY_CODE[finding.code].advice(finding.facts.get("variant"))
        groups.setdefault((finding.code, finding.severity, field, hint), []).append(finding)
    return sorted(groups.values(), key=lambda group: (group[0].severity.rank, group[0].code))
