"""``rosterkit recap``: what the last run of a folder comes to; the annex of the next decree."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rosterkit import language
from rosterkit.cli.output import Format, FormatOption, LanguageOption, SchemaOption, console, ending, new_workbook
from rosterkit.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

    from rosterkit.recap.people import Recap
    from rosterkit.schema.contributions import Contributions
    from rosterkit.schema.spec import RosterSpec


def recap(
    folder: Annotated[Path, typer.Argument(metavar="HASIL", help="Folder hasil dari rosterkit check.")] = Path("hasil"),
    schema: SchemaOption = None,
    annex: Annotated[
        Path | None,
        typer.Option(metavar="BERKAS.xlsx", help="Tulis orang yang siap sebagai lampiran SK berikutnya (.xlsx)."),
    ] = None,
    output: FormatOption = Format.TEXT,
    lang: LanguageOption = None,
) -> None:
    """Rekap hasil periksa terakhir: menurut kategori, wilayah dan pengirim, dengan biaya dan cakupan."""
    language.use(lang)
    with ending():
        from rosterkit.run.memory import load_run
        from rosterkit.run.outputs import RECAP
        from rosterkit.run.project import project_schema
        from rosterkit.schema.load import load_contributions
        from rosterkit.write.books.annex import write_annex
        from rosterkit.write.books.recap import write_recap

        new_workbook(annex)
        run = load_run(folder)
        spec, _project = project_schema(folder, schema, lang, run.schema)
        contributions, today = load_contributions(), dt.date.today()
        write_recap(folder / RECAP, run, spec, contributions, today)
        if annex:
            from rosterkit.recap.tables import annex_people

            write_annex(annex, annex_people(run), spec, today)
        if output is Format.JSON:
            _print_json(run, spec, contributions)
        else:
            _print_text(run, spec, contributions)
            typer.echo(_("Rekap: {path}").format(path=folder / RECAP))
            if annex:
                typer.echo(_("Lampiran: {path}").format(path=annex))


def _print_json(run: Recap, spec: RosterSpec, contributions: Contributions) -> None:
    import json

    from rosterkit import __version__
    from rosterkit.recap.tables import TABLES, count_by, count_states, coverage_lines, find_costs

    document: dict[str, Any] = {"tool": "rosterkit", "version": __version__, "kind": "recap", "schema": spec.name}
    document["totals"] = count_states(run)
    document["decree"] = run.decree
    document["tables"] = {table: count_by(run, spec, table).to_dicts() for table in TABLES}
    document["costs"] = [asdict(cost) for cost in find_costs(run, spec, contributions)]
    document["budget"] = spec.funding.budget
    document["coverage"] = [
        {
            "as_of": one.as_of,
            "segments": [
                {"name": name, "potential": potential, "realised": realised, "percent": percent and float(percent)}
                for name, potential, realised, percent in coverage_lines(one)
            ],
        }
        for one in spec.coverage
    ]
    document["files"] = [asdict(line) for line in run.files]
    document["senders"] = [{"name": name, "files": files} for name, files in run.awaited]
    typer.echo(json.dumps(document, indent=1))


def _print_text(run: Recap, spec: RosterSpec, contributions: Contributions) -> None:
    from rich.table import Table
    from rich.text import Text

    from rosterkit.recap.tables import count_by, count_states
    from rosterkit.recap.words import state_names, table_names

    screen, names = console(), state_names()
    screen.print(Text(spec.title, style="bold"))
    for name, count in count_states(run).items():
        screen.print(Text(f"  {names[name]:<28}{_number(count):>10}"))
    lines = count_by(run, spec, "category")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(table_names()["category"][1])
    for column in lines.columns[1:]:
        table.add_column(names[column], justify="right")
    for cells in lines.iter_rows():
        table.add_row(Text(cells[0] or _("(tidak diketahui)")), *map(_number, cells[1:]))
    screen.print()
    screen.print(table)
    screen.print()
    for line in (*_cost_lines(run, spec, contributions), *_coverage_lines(spec)):
        screen.print(line)


def _cost_lines(run: Recap, spec: RosterSpec, contributions: Contributions) -> Iterator[Text]:
    """What the people cost, and what is left of the budget."""
    from rich.text import Text

    from rosterkit.recap.tables import find_costs
    from rosterkit.recap.words import cost_names

    for cost in find_costs(run, spec, contributions):
        text = _("{what}: {people} orang x Rp {monthly} x {months} bulan = Rp {total}").format(
            what=cost_names()[cost.what],
            people=_number(cost.people),
            monthly=_number(cost.monthly),
            months=cost.months,
            total=_number(cost.total),
        )
        yield Text(text)
        if cost.left is not None:
            left = _("  sisa anggaran Rp {left}") if cost.left >= 0 else _("  melebihi anggaran Rp {left}")
            style = "green" if cost.left >= 0 else "bold red"
            yield Text(left.format(left=_number(abs(cost.left))), style=style)


def _coverage_lines(spec: RosterSpec) -> Iterator[Text]:
    """How many workers are insured."""
    from rich.text import Text

    from rosterkit.recap.tables import coverage_lines

    for coverage in spec.coverage:
        for segment, potential, realised, percent in coverage_lines(coverage):
            text = _("Cakupan {day}, {segment}: {realised} dari {potential} = {percent} %").format(
                day=coverage.as_of,
                segment=segment or _("semua"),
                realised=_number(realised),
                potential=_number(potential),
                percent=str(percent).replace(".", ","),
            )
            yield Text(text)


def _number(value: int) -> str:
    """A number as it is written in Indonesia: 604.800.000."""
    return f"{value:,}".replace(",", ".")
