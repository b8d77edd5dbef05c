"""What a data team reads of a run: findings, uploaded people and the recap as Parquet in ``data``, parted by sender.

    data/findings/sender=RT 003 RW 005 Kel. Contohrejo/8c1f0a5be2d64b37.parquet

Each list has a file of its own under each of its senders, called after a hash of its path within the run, and written
whole where the list is done: by the tasks of Spark, or by the processes of another engine. ``_SUCCESS`` is there when
all of them are, and only then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import polars as pl

from rosterkit.files import is_temporary, remove_output, whole_file
from rosterkit.frame.ids import split_id
from rosterkit.model.finding import Finding
from rosterkit.model.report import CheckedFile
from rosterkit.recap.people import Recap
from rosterkit.recap.tables import UPLOADED
from rosterkit.records import dataclass
from rosterkit.report.words import Words
from rosterkit.run.persons import places_of_tables
from rosterkit.run.workers import Team
from rosterkit.schema.spec import FIELDS
from rosterkit.settings import Settings

FOLDER = "data"
DONE = "_SUCCESS"  # what Spark calls it
NOBODY = "__HIVE_DEFAULT_PARTITION__"  # likewise: of lists whose sender is not known
_UNSAFE = re.compile(r'[\x00-\x1f\x7f"#%\'*/:<=>?\\\[\]^{|}]|[. ]$')  # in the name of a folder, anywhere
_FINDINGS = {
    **dict.fromkeys(("file", "sheet"), pl.String),
    "row": pl.UInt32,  # from 1, as for people
    **dict.fromkeys(
        ("cell", "code", "severity", "column", "value", "message", "hint", "repair", "suggestion"), pl.String
    ),
}
_RECAP = ("file", "category", "kelurahan", "kecamatan", "state")  # people are counted by these


@dataclass(frozen=True, slots=True)
class ListData:
    """What a list gives.

    Args:
        file: its path within the run.
        findings: what is wrong in it.
        people: those of its people who count, with ``sender``, ``sheet``, ``row``, ``state`` and their fields.
    """

    file: str
    findings: tuple[Finding, ...]
    people: pl.DataFrame


def is_wanted(settings: Settings, out: Path) -> bool:
    """Whether a run writes data: one on Spark does, and any other brings up to date what is there."""
    return settings.engine == "spark" or (out / FOLDER / "findings").is_dir()


def write_data(
    out: Path, files: Sequence[CheckedFile], names: Sequence[str], recap: Recap, words: Words, team: Team
) -> Path:
    """Write the data of a run; what lists have left that are gone, or have another sender now, goes away.

    Args:
        out: the output folder.
        files: of the run.
        names: their paths within it.
        recap: its people.
        words: renders findings, masked or not.
        team: who writes.

    Returns:
        the folder.

    Raises:
        FileError: something could not be written.
    """
    folder = out / FOLDER
    remove_output(folder / DONE)
    written = {path for paths in team.each(write_list, (folder, words), _lists(files, names, recap)) for path in paths}
    for path in sorted(folder.glob("*/sender=*/*")):
        if is_temporary(path) or (path.suffix == ".parquet" and path not in written):
            remove_output(path)
    for path in sorted(folder.glob("*/sender=*")):
        if not any(path.iterdir()):
            path.rmdir()
    with whole_file(folder / DONE):
        return folder


def _lists(files: Sequence[CheckedFile], names: Sequence[str], recap: Recap) -> Iterator[ListData]:
    """The data of each list."""
    tables = [split_id(id_)[1] for id_ in recap.people["_id"]]
    places = places_of_tables([file.read for file in files], names)
    people = recap.people.drop("sender").with_columns(_table=pl.Series(tables, dtype=pl.UInt32))
    people = people.join(places, on=["_file", "_table"], how="left", maintain_order="left")
    people = people.select("_file", "sender", "file", "sheet", "state", *FIELDS, row=pl.col("_row") + 1)
    parts = people.partition_by("_file", as_dict=True, include_key=False, maintain_order=True)
    nobody = people.drop("_file").clear()
    for number, file in enumerate(files):
        yield ListData(names[number], file.findings, parts.get((number,), nobody))


def write_list(given: tuple[Path, Words], data: ListData) -> list[Path]:
    """Write the data of a list; return the files, which are there whole."""
    folder, words = given
    clean, counts = data.people.filter(pl.col("state").is_in(UPLOADED)), data.people.group_by("sender", *_RECAP)
    frames = {
        "findings": _findings(data, words),
        "people": clean.select("sender", "file", "sheet", "row", "state", *FIELDS),
        "recap": counts.len("people").sort("sender", *_RECAP),
    }
    name, written = f"{sha256(data.file.encode()).hexdigest()[:16]}.parquet", []
    for kind, frame in frames.items():
        for (sender,), part in frame.partition_by(
            "sender", as_dict=True, include_key=False, maintain_order=True
        ).items():
            path = folder / kind / f"sender={escape_sender(sender)}" / name
            with whole_file(path) as target:
                part.write_parquet(target)
            written.append(path)
    return written


def _findings(data: ListData, words: Words) -> pl.DataFrame:
    """The findings of a list, masked as in the report, with ``sender`` (empty: not known)."""
    rows = []
    for finding in data.findings:
        place, fix = finding.place, finding.fix
        row = None if place.row is None else place.row + 1
        where = (place.sender or "", data.file, place.sheet, row, place.cell)
        said = (words.value(finding), words.message(finding), words.hint(finding))
        mended = (fix.repair, words.personal(finding.field, fix.value)) if fix else (None, None)
        rows.append((*where, finding.code, str(finding.severity), finding.field, *said, *mended))
    return pl.DataFrame(rows, schema={"sender": pl.String, **_FINDINGS}, orient="row")


def escape_sender(sender: object) -> str:
    """The name of a sender as Spark and polars read it in the name of a folder on any system."""
    return _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", str(sender or "")) or NOBODY
