"""What a run is asked to do, the same for every entrance: files, settings, schema, lists, outputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rosterkit.errors import UsageError
from rosterkit.files import real_path, remove_stale_temporary
from rosterkit.language import _
from rosterkit.model.finding import Accepted
from rosterkit.model.report import ReadFile
from rosterkit.read.limits import use_limits
from rosterkit.read.properties import read_properties
from rosterkit.records import dataclass
from rosterkit.reference.decisions import Decisions, read_decisions
from rosterkit.reference.lists import ReferenceLists, read_reference_lists
from rosterkit.rules import rule_codes
from rosterkit.rules.context import Context
from rosterkit.run.memory import load_history
from rosterkit.run.output_names import paths_folder
from rosterkit.run.outputs import Outputs
from rosterkit.run.sent import Sent, load_sent, sent_file
from rosterkit.schema.find import shipped_names
from rosterkit.schema.load import load_roster, load_upload
from rosterkit.schema.spec import RosterSpec
from rosterkit.schema.upload_spec import UploadSpec
from rosterkit.settings import DUPLICATES, Settings

if TYPE_CHECKING:
    from rosterkit.write.uploads.fill import Template

_LARGE = 5_000_000  # bytes: no form that was filled by hand


@dataclass(frozen=True, slots=True)
class Task:
    """What the work on every file of a run needs to know, in whichever process."""

    settings: Settings
    spec: RosterSpec
    form: UploadSpec | None
    template: Template | None
    outputs: Outputs


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a run stands on: its task, and the lists that rosters are held against."""

    task: Task
    lists: ReferenceLists
    decisions: Decisions
    sent: Sent

    @property
    def exceptions(self) -> tuple[Accepted, ...]:
        """What the office accepts."""
        return self.lists.exceptions.accepted if self.lists.exceptions else ()

    def context(self, files: Sequence[ReadFile], digests: Mapping[int, str]) -> Context:
        """What rules may ask beside the people of the files.

        Args:
            files: of the run, in their order.
            digests: see ``Context``.
        """
        settings, lists = self.task.settings, self.lists
        history = load_history(self.task.outputs.folder) if settings.whole else ()
        return Context(
            self.task.spec,
            settings.today,
            lists.decree,
            self.task.form,
            lists.participants,
            lists.population,
            file_names(files, settings),
            history,
            tuple(file.source for file in files),
            digests,
        )


def read_inputs(settings: Settings) -> Inputs:
    """Read the schema, the form and the lists of a run.

    Raises:
        UsageError: one of them cannot be used; nothing was written.
    """
    use_limits(settings.limits)
    schema = choose_schema(settings)
    spec = load_roster(schema, rule_codes, settings.override)
    form = _read_form(settings, spec, schema)
    outputs = Outputs(settings.out, settings.paths, settings.per_file, settings.write)
    task = Task(settings, spec, form, _template(settings, form), outputs)
    if settings.write:
        remove_stale_temporary(outputs.decisions(settings.project).parent)
    sheet = outputs.folder / DUPLICATES if settings.whole else None
    decisions = read_decisions(outputs.decisions(settings.project), sheet, settings.today)
    sent = load_sent(sent_file(settings.project, outputs.folder))
    return Inputs(task, read_reference_lists(settings, spec), decisions, sent)


def _read_form(settings: Settings, spec: RosterSpec, schema: str) -> UploadSpec | None:
    """The upload form of a run: the one that was asked for, else the programme's first."""
    if settings.upload is None:
        form = load_upload(spec.uploads[0]) if spec.uploads else None
    else:
        form = load_upload(settings.upload, schema) if settings.upload else None
    if form and form.of_members:
        raise UsageError(
            _("Formulir {form} memuat KPJ atau hari keluar, yang hanya diketahui rosterkit decree mutation.").format(
                form=form.name
            )
        )
    return form


def _template(settings: Settings, form: UploadSpec | None) -> Template | None:
    if settings.template is None or form is None:
        return None
    from rosterkit.write.uploads.fill import read_template

    return read_template(settings.template, form)


def file_names(files: Sequence[ReadFile], settings: Settings) -> tuple[str, ...]:
    """What files are called from the folder on that is checked: the same in every run of that folder."""
    if not files:
        return ()
    folder = (settings.folder or paths_folder([file.path for file in files])).resolve()
    paths = [real_path(file.path) for file in files]
    return tuple((path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix() for path in paths)


def choose_schema(settings: Settings) -> str:
    """The schema of a run: what was asked for, else what the forms of ours say, else the project's.

    Forms decide where all of them name the same schema that comes with rosterkit, and no project has chosen another
    for files that are no forms.
    """
    if not settings.uses_form_schema:
        return settings.schema
    marks = [_mark(path) for path in settings.paths]
    named = set(marks) - {None}
    if len(named) > 1 and settings.schema_is_default:
        text = _(
            "Ada formulir dari beberapa program ({names}). Periksa tiap program di folder sendiri, atau pilih --schema."
        )
        raise UsageError(text.format(names=", ".join(sorted(filter(None, named)))))
    if len(named) == 1 and (None not in marks or settings.schema_is_default):
        (name,) = named
        if name in shipped_names("rosters"):
            return name
    return settings.schema


def _mark(path: Path) -> str | None:
    """The schema that a form names; a file that cannot be read is reported later."""
    try:
        suitable = path.suffix.lower() in (".xlsx", ".xlsm") and path.stat().st_size < _LARGE
        return read_properties(path.read_bytes()).get("schema") if suitable else None
    except OSError:
        return None
