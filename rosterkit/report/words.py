"""Findings in words. Texts are rendered here, late, so that language and masking are decided once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rosterkit.dates import date_text
from rosterkit.language import N_, _
from rosterkit.model.finding import Accepted, Finding, Note, Place, Remark, Severity
from rosterkit.model.report import CheckedFile
from rosterkit.rules import BY_CODE
from rosterkit.schema.spec import PERSONAL

_NAMED = 5  # places named in a message
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


class Words:
    """Renders findings.

    ``labels`` says what fields are called, ``unmask`` shows personal data in full, ``to_sender`` keeps what other
    senders' lists say of people to itself.
    """

    def __init__(self, labels: Mapping[str, str], unmask: bool = False, to_sender: bool = False) -> None:
        self._labels = labels
        self._unmask = unmask
        self._to_sender = to_sender

    @property
    def unmasked(self) -> bool:
        """Whether personal data is shown in full."""
        return self._unmask

    def label(self, field: str | None) -> str:
        """What a field is called."""
        return _(self._labels.get(field, field)) if field else ""

    def message(self, finding: Finding) -> str:
        """What is wrong, where."""
        rule = BY_CODE[finding.code]
        facts = {key: self.mask(str(value)) for key, value in finding.facts.items()}
        known = {"label": self.label(finding.field), "cell": finding.place.cell or "", **facts}
        if finding.related or "others" in facts:
            known |= self._others(finding)
        text = rule.text(finding.facts)
        if self._to_sender and rule.variants:
            text = rule.variants.get("sender", text)
        return _(text).format_map(known)

    def suggestion(self, finding: Finding) -> str | None:
        """The value that a repair would write; a sender is not shown what only the office's lists say."""
        cells = BY_CODE[finding.code].cells
        if finding.fix is None or (self._to_sender and cells is not None and cells.fix_from_lists):
            return None
        return finding.fix.value

    def _others(self, finding: Finding) -> dict[str, str]:
        """The places that a finding is also about, as ``others`` and, with their people, as ``named``.

        A sender is told of the places in the own file, and only that there are others elsewhere.
        """
        here = finding.place
        if here.sheet is None:  # of a whole file, about another one
            file = file_name(finding.related[0].path, here.path) if finding.related else str(finding.facts["others"])
            return {"others": _("berkas lain") if self._to_sender else self.mask(file)}
        count = int(str(finding.facts.get("count", 1))) - 1
        if self._to_sender:
            own = [place for place in finding.related if place.path == here.path]
            texts = [_place_text(place, here) for place in own[:_NAMED]]
            others = ", ".join(texts) + (f" (+{len(own) - _NAMED})" if len(own) > _NAMED else "")
            return {"others": others or _("orang di berkas lain")}
        more = f" (+{count - _NAMED})" if count > _NAMED else ""
        places = finding.related[:_NAMED]
        texts = [_place_text(place, here) for place in places]
        named = [f"{text} a.n. {place.person or '?'}" for text, place in zip(texts, places, strict=True)]
        return {"others": self.mask(", ".join(texts)) + more, "named": self.mask(", ".join(named)) + more}

    def hint(self, finding: Finding) -> str:
        """What to do."""
        rule = BY_CODE[finding.code]
        facts = {key: self.mask(str(value)) for key, value in finding.facts.items()}
        text = rule.advice(finding.facts)
        if self._to_sender and rule.hints:
            text = rule.hints.get(f"sender_{finding.facts.get('variant')}", rule.hints.get("sender", text))
        return _(text).format_map({"label": self.label(finding.field), **facts})

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
        return text if self._unmask else re.sub(r"\d[\d .\-]{10,}\d", lambda found: hide(found[0]), text)


def account(file: CheckedFile) -> str:
    """All people of a file in one sentence: found = to upload + held back (+ in a newer version of the list)."""
    text = _("{rows} orang ditemukan = {clean} siap diunggah + {held} ditahan.")
    if file.verdict.set_aside:
        text = _("{rows} orang ditemukan = {clean} siap diunggah + {held} ditahan + {aside} dihitung di versi baru.")
    counts = {"rows": file.rows, "clean": file.clean_rows, "held": file.held, "aside": file.verdict.set_aside}
    return text.format(**counts)


def accepted_text(finding: Finding, accepted: Accepted, words: Words) -> str:
    """An accepted finding in one sentence."""
    return _("{code} dikecualikan: {message} Alasan: {reason} ({who}, {date}).").format(
        code=finding.code,
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


def file_name(path: Path, here: Path) -> str:
    """The name of a file as somebody with another one needs it: with its folder where both are called the same."""
    return f"{path.parent.name}/{path.name}" if path.name == here.name else path.name


def _place_text(place: Place, here: Place) -> str:
    """A place in words: the cell, with its sheet and its file where those are others."""
    same_sheet = place.sheet == here.sheet and place.path == here.path
    cell = place.cell or "" if same_sheet else f"{place.sheet}!{place.cell}"
    return cell if place.path == here.path else f"{file_name(place.path, here.path)} ({cell})"


def hide(value: str) -> str:
    """``357101******0001``: the region and the serial stay, so that the sender can find the row."""
    text = "".join(value.split())
    if len(text) >= 14:
        return text[:6] + "*" * (len(text) - 10) + text[-4:]
    keep = min(2, len(text) // 4)
    return text[:keep] + "*" * (len(text) - keep)


def grouped(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings that say the same of one column, together; errors first, then by code."""
    groups: dict[tuple[str, Severity, str | None, str], list[Finding]] = {}
    for finding in findings:
        field = finding.field if finding.place.cell else None  # columns that are not there are one group
        hint = BY_CODE[finding.code].advice(finding.facts)
        groups.setdefault((finding.code, finding.severity, field, hint), []).append(finding)
    return sorted(groups.values(), key=lambda group: (group[0].severity.rank, group[0].code))
