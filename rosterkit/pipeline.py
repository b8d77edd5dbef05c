"""The run on one page: read, judge, write, report. Each line is a stage in the folder of its name."""

from __future__ import annotations

from rosterkit.model.report import CheckedFile, Report
from rosterkit.run.already_sent import hold_others, set_sent_apart
from rosterkit.run.contain import judge_files, read_files
from rosterkit.run.engines.choose import open_engine
from rosterkit.run.inputs import read_inputs
from rosterkit.run.lock import output_lock
from rosterkit.run.output_names import output_folders
from rosterkit.run.together import Combined, combine, make_report, write_together
from rosterkit.run.work import Progress, give_names, write_files
from rosterkit.settings import Settings
from rosterkit.write.uploads.ready import make_ready


def run(settings: Settings, progress: Progress = lambda stage, path: None) -> Report:
    """Check the files of a run and write what they give, unless the settings say that nothing is written.

    Args:
        settings: which files, which schema, which lists (see ``run.inputs``).
        progress: is called for each file that was read or written.

    Raises:
        UsageError: a schema, form, decree or other list that cannot be used; nothing was written.
        FileError: another run writes to the same folder; nothing was written.
    """
    folders = output_folders(settings.out, settings.paths) if settings.write else ()
    with output_lock(folders), open_engine(settings, folders) as (engine, team):
        inputs = read_inputs(settings)
        files, verdict = judge_files(engine, read_files(inputs, engine, progress), inputs)

        clean = verdict.clean_people().filter("last")  # the others are still on their way through the chain
        ready = make_ready(clean, inputs.task.spec, inputs.task.form, settings.today)
        verdict, ready = hold_others(verdict, set_sent_apart(ready, clean["nik"], inputs))
        del clean  # a copy of everybody, while copies and sheets are written
        verdicts = verdict.by_file(files, ready.people)
        if not settings.write:
            return make_report(inputs, list(map(CheckedFile, files, verdicts)), verdict, ready, Combined())
        give_names(inputs.task, files, verdict)
        checked = write_files(inputs.task, files, verdicts, ready, team, progress)
        combined = combine(ready, inputs.task) if settings.whole else Combined()  # while other processes write

        report = make_report(inputs, list(checked), verdict, ready, combined)
        return write_together(inputs, report, verdict, ready, team) if settings.whole else report
