"""``rosterkit decree mutation``: the sheets that a change of the decree means for BPJS."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rosterkit import language
from rosterkit.cli.output import Format, Language, console, ending
from rosterkit.errors import UsageError
from rosterkit.language import _

if TYPE_CHECKING:
    import polars as pl

    from rosterkit.model import Remark
    from rosterkit.schema.spec import RosterSpec

_FORMS = {"fresh": "sipp-tk-baru", "again": "sipp-tk-lanjutan", "leaving": "sipp-tk-na"}


def mutation(
    old: Annotated[Path, typer.Argument(metavar="LAMA", help="Lampiran SK yang lama.")],
    new: Annotated[Path, typer.Argument(metavar="BARU", help="Lampiran SK yang baru.")],
    participants: Annotated[
        Path | None, typer.Option(metavar="BERKAS", help="Daftar peserta dari BPJS Ketenagakerjaan.")
    ] = None,
    population: Annotated[
        Path | None, typer.Option(metavar="BERKAS", help="Hasil pemadanan NIK dari Dukcapil (siapa yang meninggal).")
    ] = None,
    start: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d", "%d-%m-%Y"], help="Hari mulai berlakunya SK baru.")
    ] = None,
    schema: Annotated[str | None, typer.Option(help="Nama skema program, atau berkas .yaml.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder hasil (biasanya hasil/).")] = None,
    output: Annotated[Format, typer.Option("--format", help="Bentuk laporan.")] = Format.TEXT,
    lang: Annotated[Language | None, typer.Option(help="Bahasa.")] = None,
) -> None:
    """Lembar mutasi dari perubahan SK: peserta baru, lanjutan, dan yang keluar; yang meninggal terpisah."""
    language.use(lang)
    with ending():
        from rosterkit.reference.changes import compare
        from rosterkit.reference.decree import read_annex
        from rosterkit.reference.listing import UNREAD
        from rosterkit.reference.mutation import Mutation, completed, mutate, renumbered
        from rosterkit.reference.participants import read_participants
        from rosterkit.reference.population import read_population
        from rosterkit.report.messages import remark_text
        from rosterkit.rules import BY_CODE
        from rosterkit.schema.load import DEFAULT, load_contributions, load_roster
        from rosterkit.settings import project
        from rosterkit.write.memory import load_run

        known = project(new.parent)
        spec = load_roster(schema or known.get("schema", DEFAULT), BY_CODE, known.get("over"))
        participants, population = participants or known.get("participants"), population or known.get("population")
        out = out or known.get("out") or new.parent / "hasil"
        today = dt.date.today()
        day = start.date() if start else _first_day(spec, today)
        said: list[Remark] = []
        before, after = (read_annex(path, spec, today, said) for path in (old, new))
        unread = [remark_text(remark) for remark in said if remark.text == UNREAD]
        if unread:  # these people would be taken for people who left
            raise UsageError(" ".join(unread) + " " + _("Periksa dengan: rosterkit decree check"))
        insured = read_participants(participants, spec, today, said) if participants else None
        if insured is not None and insured["kpj"].drop_nulls().is_empty():
            raise UsageError(_("Daftar peserta {path} tidak punya kolom KPJ yang terisi.").format(path=participants))
        changes = compare(before, after)
        if insured is not None:
            insured = renumbered(insured, changes)
        register = read_population(population, spec, today) if population else None
        told = mutate(before, after, changes, insured, register, day)
        people: dict[str, pl.DataFrame] = {name: getattr(told, name) for name in Mutation.__slots__}
        try:
            run = load_run(out).people
        except UsageError:
            run = None
        if run is not None:
            people["fresh"] = completed(people["fresh"], run)
        people |= _held(people, spec, today)
        paths = _write(people, spec, out, today)
        cost = load_contributions().cost(spec, len(after))
        counts = {"old": len(before), "new": len(after), **{kind: len(group) for kind, group in people.items()}}
        _print(counts, paths, cost, insured is None, said, output)


def _first_day(spec: RosterSpec, today: dt.date) -> dt.date:
    if spec.in_force:
        return spec.in_force.start
    return spec.period.start if spec.period else today


def _held(people: dict[str, pl.DataFrame], spec: RosterSpec, today: dt.date) -> dict[str, pl.DataFrame]:
    """Those whom the rules hold back, and those of whom a form wants more than is known, taken out of the sheets."""
    import polars as pl

    from rosterkit.rules import derive
    from rosterkit.rules.base import Context
    from rosterkit.schema.frame import check
    from rosterkit.schema.load import load_upload

    context = Context(spec, today)
    kept: dict[str, pl.DataFrame] = {}
    wrong, incomplete = [], []
    for kind, name in _FORMS.items():
        group = people[kind]
        if kind != "leaving" and not group.is_empty():
            added = {"_file": pl.lit(0, pl.UInt32), "_table": pl.lit(0, pl.UInt32)}
            frame = derive(group.with_columns(**added), context)
            bad = [row for failure in check(frame, context) for row in failure.rows if _is_error(failure, context)]
            rows = pl.int_range(pl.len()).is_in(sorted(set(bad)))
            wrong.append(group.filter(rows))
            group = group.filter(~rows)
        needed = [column.source for column in load_upload(name).columns if column.required and column.source]
        lacking = pl.any_horizontal(pl.col(field).is_null() for field in needed)
        incomplete.append(group.filter(lacking))
        kept[kind] = group.filter(~lacking)
    fields = ["nik", "name", "birth_date", "category", "kpj", "until"]
    kept["incomplete"] = pl.concat([group.select(fields) for group in incomplete])
    kept["wrong"] = pl.concat([people["fresh"].select(fields).clear(), *(group.select(fields) for group in wrong)])
    return kept


def _is_error(failure: Any, context: Any) -> bool:
    from rosterkit.model import Severity

    return context.severity(failure.rule) is Severity.ERROR


def _write(people: dict[str, pl.DataFrame], spec: RosterSpec, out: Path, today: dt.date) -> list[Path]:
    from rosterkit.schema.load import load_upload
    from rosterkit.write.deliver import Outputs
    from rosterkit.write.mutation import write_mutation
    from rosterkit.write.upload import upload_cells

    name = Path("mutasi")
    outputs = Outputs(out, [name])
    paths = []
    for kind, form in _FORMS.items():
        if not people[kind].is_empty():
            spec_of_form = load_upload(form)
            paths += outputs.uploads(name, upload_cells(people[kind], spec, spec_of_form, today).rows(), spec_of_form)
    outputs.clear(name, paths)
    write_mutation(out / "mutasi.xlsx", people, today)
    return [*paths, out / "mutasi.xlsx"]


def _print(
    counts: dict[str, int], paths: list[Path], cost: int | None, blind: bool, said: list[Remark], output: Format
) -> None:
    from rosterkit.report.messages import remark_text

    if output is Format.JSON:
        import json

        from rosterkit import __version__

        document: dict[str, Any] = {
            "tool": "rosterkit",
            "version": __version__,
            "kind": "decree-mutation",
            "people": counts,
        }
        document |= {"cost": cost, "remarks": list(map(remark_text, said)), "outputs": [str(path) for path in paths]}
        typer.echo(json.dumps(document, indent=1))
        return
    from rich.text import Text

    from rosterkit.write.mutation import kind_names

    screen = console()
    screen.print(Text(_("SK lama {old} orang, SK baru {new} orang.").format(**counts), style="bold"))
    for kind, (title, what) in kind_names().items():
        if counts[kind]:
            screen.print(Text(f"  {title:<18}{counts[kind]:>7}  {what}"))
    if cost is not None:
        amount = f"{cost:,}".replace(",", ".")
        screen.print(Text(_("Biaya semua orang dalam SK baru: Rp {amount}").format(amount=amount)))
    if blind:
        told = _("Tanpa --participants tidak diketahui siapa yang sudah punya KPJ: lembar lanjutan dan keluar kosong.")
        screen.print(Text(told, style="yellow"))
    for remark in said:
        screen.print(Text(remark_text(remark), style="yellow"))
    for path in paths:
        screen.print(Text(str(path)))
