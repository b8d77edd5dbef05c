"""Everybody who was read in a run: where she stands, how it goes with her, why, and who must act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

from rosterkit.check.objects import make_findings
from rosterkit.check.verdict import Verdict
from rosterkit.dates import date_text
from rosterkit.language import _
from rosterkit.model.finding import Severity
from rosterkit.model.report import ReadFile
from rosterkit.recap.people import ELSEWHERE, PERSONS, is_settled
from rosterkit.recap.words import actors, person_states
from rosterkit.report.words import Words
from rosterkit.rules import BY_CODE
from rosterkit.run.sent import Sent

_MOST = 20_000  # people who are written one by one, whatever their state


def make_persons(
    verdict: Verdict,
    people: pl.DataFrame,
    ready: pl.DataFrame,
    files: Sequence[ReadFile],
    words: Words,
    uploaded: Sent,
) -> pl.DataFrame:
    """Return everybody of a run (see ``PERSONS``), in the order of the files.

    Args:
        verdict: of the run.
        people: ``_id`` and ``state`` of those who count (see ``recap.people``).
        ready: whom no error holds back (see ``write.uploads.ready``).
        files: as read; cells are not needed.
        words: renders the reasons.
        uploaded: who was uploaded already; of somebody who is held back by now it is told too.
    """
    columns = ["_id", "_file", "_table", "_row", "passed_on", "nik", "nik_raw", "name", "name_raw"]
    everybody = pl.concat([verdict.frame.select(columns), verdict.set_aside.select(columns)]).sort("_id")
    frame = everybody.join(people.select("_id", "state"), on="_id", how="left", maintain_order="left")
    frame = frame.join(_reasons(verdict, files, words), on="_id", how="left", maintain_order="left")
    frame = frame.join(_lacking(ready, words), on="_id", how="left", maintain_order="left")
    frame = frame.join(_sent(ready, words), on="_id", how="left", maintain_order="left")
    frame = frame.join(
        places_of_tables(files, verdict.context.names), on=["_file", "_table"], how="left", maintain_order="left"
    )
    frame = frame.with_columns(before=_before(frame["nik"], uploaded, words))
    asked = pl.when(pl.col("lacks").is_not_null()).then(pl.lit("sender"))
    return frame.select(
        "file",
        "sheet",
        row=pl.col("_row") + 1,
        name=pl.coalesce("name", "name_raw"),
        nik=pl.coalesce("nik", "nik_raw"),
        sender="sender",
        state=pl.col("state").fill_null(ELSEWHERE),
        reason=_reason(),
        actor=pl.coalesce("actor", asked, "corrects", pl.lit("")),
    ).cast(pl.Schema(PERSONS))


def _reason() -> pl.Expr:
    """Why it goes with somebody as it goes, from the texts that were joined to her."""
    newer, further = _("Dihitung di versi baru daftarnya."), _("Dihitung di tahap berikutnya.")
    elsewhere = pl.when("passed_on").then(pl.lit(further)).otherwise(pl.lit(newer))
    held = pl.concat_str("reason", "before", separator=" ", ignore_nulls=True)
    held = pl.when(pl.col("reason").is_not_null()).then(held)
    return pl.when(pl.col("state").is_null()).then(elsewhere).otherwise(pl.coalesce(held, "lacks", "sent", pl.lit("")))


def person_texts(persons: pl.DataFrame) -> tuple[list[tuple[str, ...]], str]:
    """Return name, NIK, state, reason, who must act and place of each, and what there is to say of those left out.

    Args:
        persons: everybody (see ``PERSONS``); of very many those for whom nothing is to be done are only counted.
    """
    shown = persons if len(persons) <= _MOST else persons.filter(~is_settled())
    note = ""
    if len(shown) < len(persons):
        text = _("{count} orang yang siap atau sudah diunggah tidak ditulis satu per satu di sini.")
        note = text.format(count=len(persons) - len(shown))
    states, acting, place = person_states(), actors(), _('{file}, lembar "{sheet}", baris {row}')
    texts: list[tuple[str, ...]] = [
        (
            person["name"] or _("(tanpa nama)"),
            person["nik"] or "",
            states[person["state"]],
            person["reason"],
            acting[person["actor"]],
            place.format(**person),
        )
        for person in shown.iter_rows(named=True)
    ]
    return texts, note


def _reasons(verdict: Verdict, files: Sequence[ReadFile], words: Words) -> pl.DataFrame:
    """``_id``, ``reason``, ``actor`` of those whom errors hold back."""
    errors = verdict.findings.filter(pl.col("severity") == str(Severity.ERROR)).with_row_index("_at")
    told = [
        (at, f"{words.message(finding)} ({finding.code})", _actor(finding.code))
        for at, finding in enumerate(make_findings(errors.drop("_at"), files))
    ]
    texts = pl.DataFrame(told, schema={"_at": pl.UInt32, "reason": pl.String, "actor": pl.String}, orient="row")
    own = errors.select("_at", "_id").drop_nulls()
    named = errors.select("_at", _id="holds").explode("_id").drop_nulls()
    whole = errors.filter(pl.col("holds_table")).select("_at", _file="file", _table="table")
    of_tables = verdict.frame.select("_id", "_file", "_table").join(whole, on=["_file", "_table"]).select("_at", "_id")
    pairs = pl.concat([own, named, of_tables]).unique(maintain_order=True).sort("_at")
    reasons = (
        pairs.join(texts, on="_at", how="left", maintain_order="left")
        .group_by("_id", maintain_order=True)
        .agg(pl.col("reason").unique(maintain_order=True).str.join(" "), pl.col("actor").first())
    )
    known = set(reasons["_id"])
    left = [(id_, _(why), "office") for id_, why in verdict.not_uploaded.items() if id_ not in known]
    return pl.concat([reasons, pl.DataFrame(left, schema=reasons.schema, orient="row")])


def _actor(code: str) -> str:
    """Who must act on a finding: the sender where she is told of it, else the office."""
    return "sender" if BY_CODE[code].sender else "office"


def _lacking(ready: pl.DataFrame, words: Words) -> pl.DataFrame:
    """``_id`` and in words what is missing of those who are ready but incomplete."""
    incomplete = ready.filter(pl.col("lacking").list.len() > 0)
    kinds = incomplete["lacking"].unique(maintain_order=True).to_list()
    texts = [_("Belum lengkap: {fields}.").format(fields=", ".join(map(words.label, kind))) for kind in kinds]
    known = pl.DataFrame({"lacking": kinds, "lacks": texts}, schema={"lacking": pl.List(pl.String), "lacks": pl.String})
    return incomplete.select("_id", "lacking").join(known, on="lacking", how="left").select("_id", "lacks")


def _sent(ready: pl.DataFrame, words: Words) -> pl.DataFrame:
    """``_id``, ``sent`` and ``corrects`` of those who were uploaded already: with what, and what has changed since."""
    kinds = ready.filter(pl.col("sent_in").is_not_null()).select("_id", "sent_in", "sent_on", "changed")
    different = kinds.drop("_id").unique(maintain_order=True)
    rows = [
        (*kind, _sent_text(kind[0], kind[1], kind[2], words), "office" if kind[2] else None)
        for kind in different.iter_rows()
    ]
    texts = {"sent": pl.String, "corrects": pl.String}
    known = pl.DataFrame(rows, schema={**different.schema, **texts}, orient="row")
    return kinds.join(known, on=different.columns, how="left").select("_id", *texts)


def _before(niks: pl.Series, uploaded: Sent, words: Words) -> pl.Series:
    """Return in which sheet and when each person was uploaded already, in words; null: in none."""
    sheets = uploaded.by_person()
    found = (sheets.get(uploaded.hash_nik(nik)) if nik and sheets else None for nik in niks)
    told = [_sent_text(sheet.name, sheet.when, (), words) if sheet else None for sheet in found]
    return pl.Series(told, dtype=pl.String)


def _sent_text(sheet: str, day: dt.date, changed: Sequence[str], words: Words) -> str:
    text = _("Sudah diunggah {date} dengan {name}.").format(date=date_text(day), name=sheet)
    if not changed:
        return text
    more = _("Sejak itu berubah: {fields}. Betulkan di aplikasi BPJS, jangan diunggah lagi.")
    return text + " " + more.format(fields=", ".join(map(words.label, changed)))


def places_of_tables(files: Sequence[ReadFile], names: Sequence[str]) -> pl.DataFrame:
    """Return ``_file``, ``_table`` and in words: the file as it is called in the run, the sheet, the sender."""
    rows = [
        (number, table.number, names[number], table.sheet.name, str(file.senders.get(table.number, "")))
        for number, file in enumerate(files)
        for table in file.tables
    ]
    texts = dict.fromkeys(("file", "sheet", "sender"), pl.String)
    return pl.DataFrame(rows, schema={"_file": pl.UInt32, "_table": pl.UInt32, **texts}, orient="row")
