"""Findings that the office accepts: taken out of the findings, kept beside them with their reasons."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from rosterkit.check.decide import Decided
from rosterkit.language import N_
from rosterkit.model.finding import Accepted, Note
from rosterkit.model.report import ReadFile
from rosterkit.rules import BY_CODE

_OF_REGIONS = "RK112"  # it stands at nobody, so a line of an exception names file and row
_LINES = {"_id": pl.UInt64, "code": pl.String, "line": pl.UInt32}


def accept(
    findings: pl.DataFrame,
    frame: pl.DataFrame,
    files: Sequence[ReadFile],
    exceptions: Sequence[Accepted],
    required: Sequence[str],
    decided: Decided,
) -> tuple[pl.DataFrame, pl.DataFrame, list[Note]]:
    """Part the findings into those that stay and those that the office accepts.

    A finding that leaves a required value unread cannot be accepted: there would be nothing to upload.

    Args:
        findings: see ``check.findings.FINDINGS``.
        frame, files: the people of the run, and the files by their numbers.
        exceptions: the lines of ``pengecualian.xlsx``.
        required: the fields that every person must have.
        decided: what the office decided of duplicates; its lines come behind the exceptions.

    Returns:
        the findings that stay; the accepted ones, with ``line``, the position of the exception; what there is to say of
        exceptions without effect.
    """
    if not exceptions and not decided.lines:
        return findings, findings.clear().with_columns(line=pl.lit(None, pl.UInt32)), []
    rows, regions, notes = _apply(exceptions, _people(frame, files, exceptions), _regions(findings, files))
    applied = [exceptions[position] for position in dict.fromkeys(rows.values())]
    rows |= {key: len(exceptions) + position for key, position in decided.lines.items()}
    lines = pl.DataFrame([(*key, position) for key, position in rows.items()], schema=_LINES, orient="row")
    meant = findings.join(lines, on=["_id", "code"], how="left", maintain_order="left")
    named = pl.Series([regions.get(number) for number in range(len(meant))], dtype=pl.UInt32)
    meant = meant.with_columns(line=pl.coalesce("line", named), unread=_is_unread(frame, meant, required))
    return _parted(meant, applied, (*exceptions, *decided.accepted), notes)


def _apply(
    exceptions: Sequence[Accepted],
    people: Mapping[object, list[int]],
    regions: Mapping[tuple[str, int | None], list[int]],
) -> tuple[dict[tuple[int, str], int], dict[int, int], list[Note]]:
    """What the lines accept, and what there is to say of those that are refused.

    Args:
        exceptions: the lines.
        people: the ids of the people that they name (see ``_people``).
        regions: the findings about people outside of all lists (see ``_regions``).

    Returns:
        (id, code) -> position of the line; position of a finding in ``regions`` -> position of the line; the notes.
    """
    rows: dict[tuple[int, str], int] = {}
    accepted_regions: dict[int, int] = {}
    notes: list[Note] = []
    for position, line in enumerate(exceptions):
        place = (Path(line.file or "").name.casefold(), line.row)
        found = people.get(line.nik or place, [])
        if line.code == _OF_REGIONS and not line.nik and len(regions.get(place, ())) == 1:
            accepted_regions[regions[place][0]] = position
            continue
        refusal = _refuse_region(line, regions.get(place, ())) or _refusal(line, len(found))
        if refusal:
            notes.append(Note(line.line, refusal, {"code": line.code}))
        elif not _is_order(line):
            rows.update(dict.fromkeys(((person, line.code) for person in found), position))
    return rows, accepted_regions, notes


def _regions(findings: pl.DataFrame, files: Sequence[ReadFile]) -> dict[tuple[str, int | None], list[int]]:
    """Return (file name, first row from 1) -> positions, of the findings about people outside of all lists."""
    regions: dict[tuple[str, int | None], list[int]] = {}
    about = findings.with_row_index("position").filter(pl.col("code") == _OF_REGIONS)
    for position, file, facts in about.select("position", "file", "facts").iter_rows():
        place = (files[file].path.name.casefold(), json.loads(facts)["row"] + 1)
        regions.setdefault(place, []).append(position)
    return regions


def _refuse_region(line: Accepted, positions: Sequence[int]) -> str:
    """Why a line about people outside of all lists is not applied; empty for other lines."""
    if line.code != _OF_REGIONS:
        return ""
    if line.nik:
        return N_("{code}: NIK itu tidak terbaca sebagai orang; tulis Berkas, dan di Baris baris sel pertamanya")
    if positions:
        return N_("{code}: baris itu ada di beberapa lembar atau berkas; hapus atau pindahkan isinya")
    return N_("tidak diperlukan lagi: {code} tidak ditemukan di baris ini")


def _parted(
    meant: pl.DataFrame, applied: Sequence[Accepted], exceptions: Sequence[Accepted], notes: list[Note]
) -> tuple[pl.DataFrame, pl.DataFrame, list[Note]]:
    """What stays, what is accepted, and the notes in the order of the lines."""
    named = meant.filter(pl.col("line").is_not_null())
    text = N_("{code} tidak bisa dikecualikan: tanpa isian itu tidak ada yang bisa diunggah")
    refused = [exceptions[line] for line in named.filter("unread")["line"]]
    notes += [Note(line.line, text, {"code": line.code}) for line in refused]
    used = {exceptions[line] for line in named["line"].unique()}
    unused = N_("tidak diperlukan lagi: {code} tidak ditemukan pada orang ini")
    notes += [Note(line.line, unused, {"code": line.code}) for line in applied if line not in used]
    stays = meant.filter(pl.col("line").is_null() | pl.col("unread")).drop("line", "unread")
    return stays, named.filter(~pl.col("unread")).drop("unread"), sorted(notes, key=lambda note: note.line)


def _refusal(line: Accepted, found: int) -> str:
    """Why a line is not applied; empty where nothing speaks against it."""
    rule = BY_CODE.get(line.code)
    if not found:
        return N_("orangnya tidak ada dalam berkas yang diperiksa")
    if rule and rule.state == "duplicate" and line.nik and found > 1:  # to accept all would upload the person twice
        return N_("{code}: NIK ini ada di beberapa baris; tulis Berkas dan Baris dari yang dipilih")
    return ""


def _is_order(line: Accepted) -> bool:
    """Whether a line says who comes first, and not that a finding is accepted: there is no quota for more people."""
    rule = BY_CODE.get(line.code)
    return rule is not None and rule.scope == "total"


def find_chosen(frame: pl.DataFrame, files: Sequence[ReadFile], exceptions: Sequence[Accepted]) -> frozenset[int]:
    """Return the ``_id`` of the people of a frame whom the office puts first."""
    lines = [line for line in exceptions if _is_order(line)]
    people = _people(frame, files, lines) if lines else {}
    named = (people.get(line.nik or (Path(line.file or "").name.casefold(), line.row), []) for line in lines)
    return frozenset(number for found in named for number in found)


def _people(
    frame: pl.DataFrame, files: Sequence[ReadFile], exceptions: Sequence[Accepted]
) -> Mapping[object, list[int]]:
    """The ids of the people that the lines name, by NIK as typed and by (file name, row)."""
    niks = [line.nik for line in exceptions if line.nik]
    rows = [line.row - 1 for line in exceptions if line.row and not line.nik]
    wanted = frame.filter(pl.col("nik_digits").is_in(niks) | pl.col("_row").is_in(rows))
    people: dict[object, list[int]] = {}
    for number, file, row, digits in wanted.select("_id", "_file", "_row", "nik_digits").iter_rows():
        people.setdefault(digits, []).append(number)
        people.setdefault((files[file].path.name.casefold(), row + 1), []).append(number)
    return people


def _is_unread(frame: pl.DataFrame, meant: pl.DataFrame, required: Sequence[str]) -> pl.Series:
    """Which findings stand at a required field of a person of which nothing could be read."""
    unread = pl.concat(
        [
            pl.DataFrame(schema={"_id": pl.UInt64, "field": pl.String}),
            *(frame.filter(pl.col(field).is_null()).select("_id", field=pl.lit(field)) for field in required),
        ]
    ).with_columns(unread=pl.lit(True))
    joined = meant.select("_id", "field").join(unread, on=["_id", "field"], how="left", maintain_order="left")
    return joined["unread"].fill_null(False)
