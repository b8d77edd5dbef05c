"""Sets those apart who were uploaded already, so that nobody is uploaded twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import repeat

import polars as pl

from rosterkit.check.verdict import Verdict
from rosterkit.commands import command
from rosterkit.dates import date_text
from rosterkit.language import N_, _
from rosterkit.model.finding import Remark, Severity
from rosterkit.rules import BY_CODE
from rosterkit.run.inputs import Inputs
from rosterkit.schema.spec import plain
from rosterkit.schema.upload_spec import UploadSpec
from rosterkit.write.uploads.ready import SENT, Ready

_NAMED = 5  # people who are named in a remark
_AGES = ("age",)  # change by themselves


def set_sent_apart(ready: Ready, niks: pl.Series, inputs: Inputs) -> Ready:
    """Return the people who are ready, those marked who stand in an upload sheet that was sent (see ``Ready``).

    Somebody whose values are no longer those that were sent is marked too, with the fields that changed: BPJS has her,
    and a second upload would be refused or make her twice.

    Args:
        ready: the people of a run whom no error holds back.
        niks: theirs, in the same order.
        inputs: what the run stands on.
    """
    sheets = inputs.sent.by_person()
    if not sheets or inputs.task.settings.is_decree:
        return ready
    columns = _compared_columns(inputs.task.form) if inputs.task.form else {}
    cells = ready.cells.select(str(number) for number, _field in columns.values()) if columns else None
    values = cells.iter_rows() if cells is not None else repeat(())
    rows = []
    for person, nik, own in zip(ready.people["_id"], niks, values, strict=False):
        sheet = sheets.get(inputs.sent.hash_nik(nik)) if nik else None
        if sheet is not None:
            changed = inputs.sent.changed_columns(sheet, nik, dict(zip(columns, own, strict=True)))
            rows.append((person, sheet.name, sheet.when, [columns[header][1] for header in changed]))
    found = pl.DataFrame(rows, schema={"_id": ready.people.schema["_id"], **SENT}, orient="row")
    people = ready.people.drop(*SENT).join(found, on="_id", how="left", maintain_order="left")
    nothing = pl.lit([], pl.List(pl.String))
    lacking = pl.when(pl.col("sent_in").is_null()).then("lacking").otherwise(nothing)
    return replace(ready, people=people.with_columns(pl.col("changed").fill_null(nothing), lacking=lacking))


_OTHER = N_("NIK-nya sudah diunggah untuk orang lain: nama dan tanggal lahirnya berbeda. Cocokkan dengan KTP.")


def hold_others(verdict: Verdict, ready: Ready) -> tuple[Verdict, Ready]:
    """Hold those back under whose NIK somebody else was sent: name and birth date are both others.

    Args:
        verdict: of the run.
        ready: after ``set_sent_apart``.
    """
    is_other = pl.all_horizontal(pl.col("changed").list.contains(field) for field in ("name", "birth_date"))
    others = ready.people.select(is_other.fill_null(False)).to_series()
    if not others.any():
        return verdict, ready
    ids = ready.people.filter(others)["_id"]
    clean = verdict.clean.filter(~pl.col("_id").is_in(ids.implode()))
    remark = Remark(N_("{count} orang ditunda: NIK-nya sudah diunggah untuk orang lain."), {"count": len(ids)})
    not_uploaded = {**verdict.not_uploaded, **dict.fromkeys(ids, _OTHER)}
    verdict = replace(verdict, clean=clean, not_uploaded=not_uploaded, remarks=(*verdict.remarks, remark))
    cells = ready.cells if ready.cells.is_empty() else ready.cells.filter(~others)
    return verdict, Ready(ready.people.filter(~others), cells)


def _compared_columns(form: UploadSpec) -> dict[str, tuple[int, str]]:
    """Plain header -> number and field of the columns that hold what a list says of somebody."""
    return {
        plain(column.header): (number, column.field)
        for number, column in enumerate(form.columns)
        if column.field and column.source not in _AGES
    }


def sent_remarks(ready: Ready, verdict: Verdict, inputs: Inputs) -> Iterator[Remark]:
    """Report who was uploaded already and is not written again, by sheet; who has changed since; whom no quota counts.

    Args:
        ready: after ``set_sent_apart``.
        verdict: of the run.
        inputs: what the run stands on.
    """
    people = verdict.frame
    sent = ready.people.filter(pl.col("sent_in").is_not_null())
    last: dict[str, dt.date] = {}  # the mark of a name that would be undone
    for sheet in inputs.sent.sheets.values():
        last[sheet.name] = max(sheet.when, last.get(sheet.name, sheet.when))
    for name, day, count in sent.group_by("sent_in", "sent_on", maintain_order=True).agg(pl.len()).iter_rows():
        text = N_("{count} orang sudah diunggah dengan {name} ({date}), jadi tidak ditulis lagi.")
        if day == last[name]:
            text = N_(
                "{count} orang sudah diunggah dengan {name} ({date}), jadi tidak ditulis lagi. Bila ternyata belum:"
                " {undo}"
            )
        undo = command("uploaded", "--undo", inputs.task.outputs.folder / name)
        yield Remark(text, {"count": count, "name": name, "date": date_text(day), "undo": undo})
    changed = sent.filter(pl.col("changed").list.len() > 0)
    if len(changed):
        known = changed.join(people.select("_id", "name"), on="_id", how="left", maintain_order="left")
        labels = inputs.task.spec.labels()
        told = [
            f"{name or '?'} ({', '.join(_(labels.get(field, field)) for field in fields)})"
            for name, fields in known.head(_NAMED).select("name", "changed").iter_rows()
        ]
        yield Remark(N_("Isinya berubah sejak diunggah: {names}."), {"names": _listed(told, len(changed))})
    if inputs.sent.sheets and not inputs.task.settings.is_decree:
        yield from _held_remark(ready, verdict, inputs)
        yield from _gone_remark(verdict, inputs)


def _listed(told: Sequence[str], count: int) -> str:
    return ", ".join(told) + (_(" dan {count} lagi").format(count=count - len(told)) if count > len(told) else "")


def _held_remark(ready: Ready, verdict: Verdict, inputs: Inputs) -> Iterator[Remark]:
    """Report who was uploaded and is held back by now: BPJS has her, whatever is wrong with her row."""
    sheets = inputs.sent.by_person()
    rest = verdict.frame.filter(~pl.col("passed_on"), pl.col("nik").is_not_null()).select("_id", "nik", "name")
    here = rest.join(ready.people.select("_id"), on="_id", how="semi")  # she may stand in another row as well
    rest = rest.join(here, on="nik", how="anti", maintain_order="left").unique("nik", keep="first", maintain_order=True)
    held = rest.filter(pl.Series([inputs.sent.hash_nik(nik) in sheets for nik in rest["nik"]], dtype=pl.Boolean))
    if held.is_empty():
        return
    errors = verdict.findings.filter(pl.col("severity") == str(Severity.ERROR)).unique("_id", keep="first")
    named = held.head(_NAMED).join(errors.select("_id", "code"), on="_id", how="left", maintain_order="left")
    told = [
        f"{name or '?'} ({_(BY_CODE[code].title)})" if code else name or "?"
        for name, code in named.select("name", "code").iter_rows()
    ]
    text = N_(
        "Sudah diunggah, tetapi barisnya sekarang ditunda: {names}. Yang meninggal atau pindah diurus di aplikasi BPJS."
    )
    yield Remark(text, {"names": _listed(told, len(held))})


def _gone_remark(verdict: Verdict, inputs: Inputs) -> Iterator[Remark]:
    """Report how many were uploaded and are in no list any more: whether they still count, only the office knows."""
    if not inputs.task.settings.whole:
        return
    sheets = inputs.sent.by_person()
    niks = pl.concat([verdict.frame["nik"], verdict.set_aside["nik"]]).drop_nulls().unique()
    here = sum(inputs.sent.hash_nik(nik) in sheets for nik in niks)
    gone = len(sheets) - here - len(verdict.context.sent_elsewhere)
    if gone <= 0:
        return
    text = N_(
        "{count} orang yang sudah diunggah tidak ada dalam daftar yang diperiksa. Bila ada yang berhenti, keluarkan di"
        " aplikasi BPJS."
    )
    quota = inputs.task.spec.quota
    if quota.total is not None or quota.categories:
        text = N_(
            "Kuota: {count} orang yang sudah diunggah tidak ada lagi dalam daftar, jadi tidak dihitung. Bila mereka"
            " masih peserta, kurangi kuotanya sebanyak itu."
        )
    yield Remark(text, {"count": gone})
