"""A change of the decree: read both annexes and the lists, work out who comes and goes, write the sheets."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl

from rosterkit.commands import command
from rosterkit.compare.annexes import compare_annexes
from rosterkit.compare.mutation import FORMS, Mutation, fill_from_run, find_mutation, hold_back_people, update_niks
from rosterkit.errors import UsageError
from rosterkit.language import _
from rosterkit.model.finding import Remark
from rosterkit.records import dataclass
from rosterkit.reference.decree import read_annex
from rosterkit.reference.participants import read_participants
from rosterkit.reference.population import read_population
from rosterkit.reference.reader import UNREADABLE_NIKS
from rosterkit.report.words import remark_text
from rosterkit.run.lock import output_lock
from rosterkit.run.memory import load_run
from rosterkit.run.outputs import Outputs
from rosterkit.run.project import project_schema
from rosterkit.schema.contributions import count_sectors
from rosterkit.schema.load import load_contributions, load_upload
from rosterkit.schema.spec import RosterSpec
from rosterkit.write.books.mutation import write_mutation
from rosterkit.write.uploads.sheets import make_upload_cells


@dataclass(frozen=True, slots=True)
class MutationResult:
    """What a change of the decree comes to.

    Args:
        counts: people of the ``old`` and the ``new`` decree, and of each kind (see ``compare.mutation.Mutation``,
            ``incomplete`` and ``wrong``).
        paths: the sheets that were written.
        cost: of everybody in the new decree, in rupiah; None where it cannot be known.
        is_blind: no list of participants was there, so nobody's KPJ is known.
        remarks: what there is to say of the lists.
    """

    counts: dict[str, int]
    paths: tuple[Path, ...]
    cost: int | None
    is_blind: bool
    remarks: tuple[Remark, ...]


def write_decree_mutation(
    old: Path,
    new: Path,
    participants: Path | None = None,
    population: Path | None = None,
    start: dt.date | None = None,
    schema: str | None = None,
    out: Path | None = None,
    lang: str | None = None,
) -> MutationResult:
    """Write the sheets that a change of the decree means for BPJS.

    Args:
        old: the annex that was in force.
        new: the one that takes its place.
        participants: the list of BPJS; None: the project's.
        population: Dukcapil's matching results; None: the project's.
        start: the day from which the new decree holds; None: the schema says it.
        schema: a schema's name or file; None: the project's.
        out: where the sheets go; None: the project's, else ``hasil`` beside the new annex.
        lang: the language; None: the project's.

    Raises:
        UsageError: a list cannot be used, or has people whose NIK cannot be read.
        FileError: a sheet could not be written.
    """
    spec, known = project_schema(new, schema, lang)
    participants, population = participants or known.get("participants"), population or known.get("population")
    out, today, remarks = out or known.get("out") or new.parent / "hasil", dt.date.today(), list[Remark]()
    before, after = _read_annexes(old, new, spec, today, remarks)
    insured = _read_insured(participants, spec, today, remarks)
    register = read_population(population, spec, today) if population else None
    day = start or _first_day(spec, today)
    people = _people_of_mutation(before, after, insured, register, day, _people_of_last_run(out))
    people |= hold_back_people(people, spec, today)
    with output_lock([out]):
        paths = _write(people, spec, out, today)
    counts = {"old": len(before), "new": len(after), **{kind: len(group) for kind, group in people.items()}}
    cost = load_contributions().cost(spec, count_sectors(spec, after["category"]))
    return MutationResult(counts, tuple(paths), cost, insured is None, tuple(remarks))


def _read_annexes(
    old: Path, new: Path, spec: RosterSpec, today: dt.date, remarks: list[Remark]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    before, after = (read_annex(path, spec, today, remarks) for path in (old, new))
    unread = [remark_text(remark) for remark in remarks if remark.text == UNREADABLE_NIKS]
    if unread:  # these people would be taken for people who left
        advice = _("Periksa dengan: {command}").format(command=command("decree", "check", new))
        raise UsageError(" ".join(unread) + " " + advice)
    return before, after


def _people_of_mutation(
    before: pl.DataFrame,
    after: pl.DataFrame,
    insured: pl.DataFrame | None,
    register: pl.DataFrame | None,
    day: dt.date,
    run: pl.DataFrame | None,
) -> dict[str, pl.DataFrame]:
    """The people of each kind of ``Mutation``; those who are new with what the last run knows of them."""
    changes = compare_annexes(before, after)
    if insured is not None:
        insured = update_niks(insured, changes)
    mutation = find_mutation(before, after, changes, insured, register, day)
    people: dict[str, pl.DataFrame] = {name: getattr(mutation, name) for name in Mutation.__slots__}
    if run is not None:
        people["fresh"] = fill_from_run(people["fresh"], run)
    return people


def _read_insured(
    participants: Path | None, spec: RosterSpec, today: dt.date, remarks: list[Remark]
) -> pl.DataFrame | None:
    insured = read_participants(participants, spec, today, remarks) if participants else None
    if insured is not None and insured["kpj"].drop_nulls().is_empty():
        raise UsageError(_("Daftar peserta {path} tidak punya kolom KPJ yang terisi.").format(path=participants))
    return insured


def _first_day(spec: RosterSpec, today: dt.date) -> dt.date:
    """The day from which a decree holds, as the schema says it."""
    if spec.in_force:
        return spec.in_force.start
    return spec.period.start if spec.period else today


def _people_of_last_run(out: Path) -> pl.DataFrame | None:
    try:
        return load_run(out).people
    except UsageError:
        return None


def _write(people: dict[str, pl.DataFrame], spec: RosterSpec, out: Path, today: dt.date) -> list[Path]:
    name = Path("mutasi")
    outputs = Outputs(out, [name])
    paths: list[Path] = []
    for kind, form in FORMS.items():
        if not people[kind].is_empty():
            spec_of_form = load_upload(form)
            cells = make_upload_cells(people[kind], spec, spec_of_form, today)
            complete, _none = outputs.uploads(name, (cells.rows(), []), spec_of_form)
            paths += complete
    outputs.names.clear(name, paths)
    write_mutation(out / "mutasi.xlsx", people, today)
    return [*paths, out / "mutasi.xlsx"]
