"""The files of a run, read and judged; whatever one file does is that file's failure: the others keep their results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rosterkit.check.across import READS, tell
from rosterkit.check.judge import conclude
from rosterkit.check.part import judge_part, top_level
from rosterkit.check.rows import AtHand
from rosterkit.check.verdict import Verdict
from rosterkit.errors import UsageError
from rosterkit.model.report import Failure, ReadFile
from rosterkit.read.sender import find_level
from rosterkit.rules.context import Context
from rosterkit.run.engines.engine import Engine
from rosterkit.run.failures import failure_of
from rosterkit.run.inputs import Inputs
from rosterkit.run.read_part import Reading
from rosterkit.run.sent_people import with_sent
from rosterkit.run.work import Progress


def read_files(inputs: Inputs, engine: Engine, progress: Progress) -> list[ReadFile]:
    """Read the files of a run, and type their people."""
    spec, paths = inputs.task.spec, inputs.task.settings.paths
    top = top_level([find_level(path, spec.chain) for path in paths], spec)
    reading = Reading(inputs.task, inputs.context((), {}), top)
    return engine.read(reading, list(enumerate(paths)), lambda path: progress("read", path))


def judge_files(engine: Engine, files: Sequence[ReadFile], inputs: Inputs) -> tuple[tuple[ReadFile, ...], Verdict]:
    """Judge a run (see ``check``); files at which judging breaks are left out and the rest is judged again.

    Args:
        engine: has read the files.
        files: without their cells.
        inputs: what the run stands on.

    Returns:
        the files, those that were left out with a failure, and the verdict.
    """
    context = inputs.context(files, engine.digests())
    try:
        verdict = _judge(engine, files, context, inputs)
    except UsageError:
        raise
    except Exception:  # whatever it is, it must not cost the others their results
        broken = _find_broken(engine, context)
        if not broken:
            raise
        engine.leave_out(broken)
        context = inputs.context(files, engine.digests())
        files = [file.failed(broken[number]) if number in broken else file for number, file in enumerate(files)]
        verdict = _judge(engine, files, context, inputs)
    engine.forget()
    return tuple(files), verdict


def _judge(engine: Engine, files: Sequence[ReadFile], context: Context, inputs: Inputs) -> Verdict:
    rows = engine.rows()
    context, told = tell(rows, context)
    context = with_sent(context, rows, inputs)
    judged = list(engine.judge(told, context))
    decisions = inputs.decisions.made
    if decisions:
        from rosterkit.run.carried_decisions import carry_on

        decisions = carry_on(decisions, told.files, context)
    return conclude(judged, told, context, files, inputs.exceptions, decisions)


def _find_broken(engine: Engine, context: Context) -> dict[int, Failure]:
    """The numbers of the files that cannot be judged alone, and why."""
    broken: dict[int, Failure] = {}
    for part in engine.parts():
        numbers = sorted({*part.people["_file"].unique(), *part.sheets["file"].unique()})
        for number in numbers:
            alone = part.without([other for other in numbers if other != number])
            try:
                own, told = tell(AtHand(alone.people.select(READS)), replace(context, digests=alone.digests))
                judge_part(alone, told, own)
            except Exception as error:  # see judge_files
                broken[number] = failure_of(error)
    return broken
