"""What all files of a run give together: one upload, the recap, the document, the memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rosterkit.check.findings import listed_findings
from rosterkit.check.judge import rules_not_run
from rosterkit.check.remarks import people_on_their_way, remarks
from rosterkit.check.senders import find_versions, match_senders
from rosterkit.check.verdict import Verdict
from rosterkit.language import N_
from rosterkit.model.finding import OTHER_NIK, Finding, Remark
from rosterkit.model.report import CheckedFile, Failure, Report
from rosterkit.recap.duplicates import find_duplicates
from rosterkit.recap.people import Recap, file_lines, make_recap, people_not_submitted
from rosterkit.records import dataclass
from rosterkit.report.steps import next_steps
from rosterkit.report.words import Words
from rosterkit.rules.context import Context
from rosterkit.run.already_sent import sent_remarks
from rosterkit.run.data_files import is_wanted, write_data
from rosterkit.run.failures import failure_together
from rosterkit.run.inputs import Inputs, Task
from rosterkit.run.memory import save_history, save_run
from rosterkit.run.output_names import COMBINED
from rosterkit.run.outputs import Outputs
from rosterkit.run.persons import make_persons, person_texts
from rosterkit.run.workers import Team
from rosterkit.schema.load import DEFAULT, load_contributions
from rosterkit.schema.spec import RosterSpec
from rosterkit.settings import Settings
from rosterkit.write.uploads.ready import Ready

_NAMED = 5  # results that are named in a remark


@dataclass(frozen=True, slots=True)
class Combined:
    """The upload sheets of all files together, of the complete and of the others, and what kept them from being."""

    uploads: tuple[Path, ...] = ()
    incomplete: tuple[Path, ...] = ()
    failure: Failure | None = None


def combine(ready: Ready, task: Task) -> Combined:
    """Write one upload of the people of all files, in file order, unless each file has its own.

    Where an upload cannot be written, that of an earlier run goes away all the same.
    """
    uploads: list[Path] = []
    incomplete: list[Path] = []
    try:
        try:
            if task.form and not task.settings.upload_each:
                uploads, incomplete = task.outputs.uploads(Path(COMBINED), ready.split(), task.form, task.template)
        finally:
            task.outputs.names.clear(Path(COMBINED), [*uploads, *incomplete], task.template)
    except Exception as error:  # whatever it is, the other results are written all the same
        return Combined(failure=failure_together(error))
    return Combined(tuple(uploads), tuple(incomplete))


def make_report(
    inputs: Inputs, files: Sequence[CheckedFile], verdict: Verdict, ready: Ready, combined: Combined
) -> Report:
    """What a run comes to, before what its files give together but for the upload."""
    task, lists, settings = inputs.task, inputs.lists, inputs.task.settings
    return Report(
        schema=task.spec.name,
        labels=task.spec.labels(),
        form=task.form.name if task.form else None,
        files=tuple(files),
        ignored=tuple(_ignored(task.spec)),
        not_run={} if settings.is_decree else rules_not_run(verdict.context),  # a decree is compared with no list
        exceptions=(*(lists.exceptions.notes if lists.exceptions else ()), *verdict.notes),
        remarks=(
            *lists.remarks,
            *inputs.decisions.remarks,
            *remarks([file.read for file in files], verdict.frame, verdict.context),
            *verdict.remarks,
            *people_on_their_way(verdict.clean_people("last", "passed_on", "_id"), task.spec),
            *sent_remarks(ready, verdict, inputs),
            *_left_over(task.outputs, settings),
            *_opened(settings),
        ),
        decree=settings.decree,
        missing=_missing(verdict, settings.decree) if settings.whole else (),
        awaited=match_senders(lists.awaited, [file.read for file in files]) if settings.whole else (),
        title=task.spec.title,
        general=task.spec.name == DEFAULT,
        listed=None if lists.decree is None else len(lists.decree),
        written=settings.write,
        per_file=settings.upload_each,
        others=settings.others,
        is_decree=settings.is_decree,
        uploads=combined.uploads,
        incomplete=combined.incomplete,
        failure=combined.failure,
    )


def _missing(verdict: Verdict, decree: Path | None) -> tuple[Finding, ...]:
    """What there is to say of people of the decree who are in no list."""
    return tuple(listed_findings(verdict.frame, decree, verdict.context)) if decree else ()


def _ignored(spec: RosterSpec) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """What the office does not want to hear of: code, fields (none: all), reason."""
    for code, setting in sorted(spec.rules.items()):
        if setting.ignore:
            fields: tuple[str, ...] = setting.ignore if isinstance(setting.ignore, tuple) else ()
            yield code, fields, setting.reason or ""


def _left_over(outputs: Outputs, settings: Settings) -> Iterator[Remark]:
    """Report results whose input file is gone."""
    uploads, others = outputs.names.strangers() if settings.whole else ([], [])
    if uploads:
        text = N_("Berkas unggah lama yang tidak dipakai lagi: {names}. Jangan diunggah.")
        yield Remark(text, {"names": _named(uploads)})
    if others:
        text = N_("Salinan dan balasan lama di folder hasil, daftarnya tidak ada lagi di folder masuk: {names}.")
        yield Remark(text, {"names": _named(others)})


def _opened(settings: Settings) -> Iterator[Remark]:
    """Report lists that somebody has open."""
    if settings.opened:
        text = N_("Sedang dibuka di Excel, jadi yang diperiksa isinya saat terakhir disimpan: {names}.")
        yield Remark(text, {"names": _named(settings.opened)})


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (f" (+{len(names) - _NAMED})" if len(names) > _NAMED else "")


def write_together(inputs: Inputs, report: Report, verdict: Verdict, ready: Ready, team: Team) -> Report:
    """Write what else all files give together; what cannot be written, as it is open in Excel, costs the rest nothing.

    Args:
        inputs: what the run stands on.
        report: of the files, and the upload of all.
        verdict: that of the checking stage.
        ready: the people who are uploaded.
        team: who writes the data of each list, where there is any to write.
    """
    task, settings, words = inputs.task, inputs.task.settings, Words(report.labels)
    outputs, read = task.outputs, [file.read for file in report.files]

    def ask(report: Report) -> Report:
        found = find_duplicates(verdict, read, verdict.decisions)
        is_new = inputs.decisions.new or verdict.decisions != inputs.decisions.made
        decisions = replace(inputs.decisions, made=verdict.decisions, new=is_new)
        sheet = outputs.duplicates(found, decisions, settings.project, settings.today)
        undecided = [block for block in found if not (block.decision and block.decision.who)]
        alike = sum(block.code in OTHER_NIK for block in undecided)
        return replace(report, duplicates=sheet, undecided=len(undecided), uploaded_alike=alike)

    def sum_up(report: Report) -> Report:
        return replace(report, recap=outputs.recap(recap, task.spec, load_contributions(), settings.today))

    report = _attempt(ask, report)
    try:
        recap = _make_recap(inputs, report, verdict, ready, words)
    except Exception as error:  # the results of the files are there, whatever it is
        return replace(report, failure=report.failure or failure_together(error))
    report = _attempt(sum_up, report)
    if is_wanted(settings, outputs.folder):
        names = verdict.context.names
        report = _attempt(
            lambda report: _done(write_data(outputs.folder, report.files, names, recap, words, team), report), report
        )
    report = _attempt(lambda report: _remember(outputs, recap, verdict.context, settings.today, report), report)
    report = _attempt(lambda report: _done(outputs.page(report, *person_texts(recap.persons)), report), report)
    return _attempt(lambda report: _done(outputs.document(report, settings.unmask), report), report)


def _attempt(write: Callable[[Report], Report], report: Report) -> Report:
    """The report after something was written; where that is not possible, with the reason, the first one of a run."""
    try:
        return write(report)
    except Exception as error:  # whatever it is, the other results are written all the same
        return replace(report, failure=report.failure or failure_together(error))


def _done(_path: object, report: Report) -> Report:
    return report


def _remember(outputs: Outputs, recap: Recap, context: Context, today: dt.date, report: Report) -> Report:
    save_run(outputs.folder, recap, today)
    save_history(outputs.folder, context.history, recap.files, today)
    return report


def _make_recap(inputs: Inputs, report: Report, verdict: Verdict, ready: Ready, words: Words) -> Recap:
    """What a run comes to, with everybody and what to do next."""
    task, files, decree = inputs.task, report.files, inputs.lists.decree
    read = [file.read for file in files]
    people = make_recap(verdict, read, ready.people)
    return Recap(
        schema=_schema_of(task.settings, task.spec),
        people=people,
        missing=people_not_submitted(verdict.context.decree, report.missing),
        decree=None if decree is None else len(decree),
        files=file_lines(files, verdict.context),
        awaited=tuple((one.name, one.files) for one in report.awaited),
        versions=tuple(find_versions([file.read for file in files if not file.replaced], task.spec.words.versions)),
        persons=make_persons(verdict, people, ready.people, read, words, inputs.sent),
        steps=tuple(next_steps(report, words)),
    )


def _schema_of(settings: Settings, spec: RosterSpec) -> str:
    """How the schema of a run is found again from anywhere."""
    own_file = settings.schema.endswith((".yaml", ".yml"))
    return Path(settings.schema).resolve().as_posix() if own_file else spec.name
