"""What is remembered from run to run, in ``.rosterkit`` inside the output folder and nowhere else.

``run.parquet``, ``persons.parquet`` and ``run.json`` hold the last run, from which a recap is made again;
``history.json`` says how each file was found in earlier runs, ``earlier.parquet`` how it went with people before it
changed, for a year. They stay on the machine like everything else.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import polars as pl

from rosterkit.commands import command
from rosterkit.errors import UsageError
from rosterkit.files import remove_output, whole_file
from rosterkit.language import _
from rosterkit.model.report import Seen
from rosterkit.recap.people import PERSONS, FileLine, Recap
from rosterkit.settings import MEMORY

PERSONS_FILE = "persons.parquet"
_VERSION = 2
_EARLIER_FILE = "earlier.parquet"
_KEPT = 60  # versions of a file that are remembered
_KEPT_DAYS = 365  # for which it is remembered how it went with somebody before
EARLIER: dict[str, Any] = {"when": pl.Date, **PERSONS}  # the last day on which it was so


def save_run(out: Path, recap: Recap, today: dt.date) -> None:
    """Remember a run.

    Args:
        out: the output folder.
        recap: the run.
        today: the day of it.

    Raises:
        FileError: it could not be written.
    """
    document: dict[str, Any] = {
        "version": _VERSION,
        "schema": recap.schema,
        "people": len(recap.people),
        "decree": recap.decree,
        "files": [asdict(line) for line in recap.files],
        "awaited": recap.awaited,
        "versions": recap.versions,
        "missing": recap.missing.to_dicts(),
        "steps": recap.steps,
        "when": today.isoformat(),
    }
    earlier = _earlier(out, recap.persons, today)
    with whole_file(out / MEMORY / _EARLIER_FILE) as target:
        earlier.write_parquet(target)
    with whole_file(out / MEMORY / PERSONS_FILE) as target:
        recap.persons.write_parquet(target)
    with whole_file(out / MEMORY / "run.parquet") as target:
        recap.people.write_parquet(target)
    _write(out / MEMORY / "run.json", document)


def load_run(out: Path) -> Recap:
    """The last run of an output folder.

    Raises:
        UsageError: none is remembered there, or only half of one.
    """
    try:
        document = json.loads((out / MEMORY / "run.json").read_text(encoding="utf-8"))
        people = pl.read_parquet((out / MEMORY / "run.parquet").read_bytes())
        if (
            document["version"] not in (1, _VERSION)  # 1: without persons and steps
            or document["people"] != len(people)
            or not isinstance(document["schema"], str)
        ):
            raise ValueError(document["version"])
        columns = ("nik", "name", "category", "kelurahan", "kecamatan")
        return Recap(
            schema=document["schema"],
            people=people,
            missing=pl.DataFrame(document["missing"], schema=dict.fromkeys(columns, pl.String)),
            decree=document["decree"],
            files=tuple(
                FileLine(**{**line, "before": tuple(line["before"]) if line["before"] else None})
                for line in document["files"]
            ),
            awaited=tuple((name, tuple(files)) for name, files in document["awaited"]),
            versions=tuple(map(tuple, document["versions"])),
            persons=load_persons(out) if document["version"] == _VERSION else pl.DataFrame(schema=PERSONS),
            steps=tuple(document.get("steps", ())),
        )
    except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError) as error:
        raise UsageError(
            _("Di {path} tidak ada hasil periksa yang lengkap. Periksa dulu foldernya: {command}").format(
                path=out, command=command("check", "masuk")
            )
        ) from error


def load_persons(out: Path) -> pl.DataFrame:
    """Everybody who was read in the last run of an output folder (see ``recap.people.PERSONS``).

    Raises:
        OSError, PolarsError: they are not there, or not whole.
    """
    persons = pl.read_parquet((out / MEMORY / PERSONS_FILE).read_bytes())
    return persons.select(list(PERSONS)).cast(pl.Schema(PERSONS))


def load_earlier(out: Path) -> pl.DataFrame:
    """How it went with people before it changed (see ``EARLIER``), the oldest first; nothing where none is readable."""
    try:
        earlier = pl.read_parquet((out / MEMORY / _EARLIER_FILE).read_bytes())
        return earlier.select(list(EARLIER)).cast(pl.Schema(EARLIER))
    except (OSError, pl.exceptions.PolarsError):
        return pl.DataFrame(schema=EARLIER)


def _earlier(out: Path, persons: pl.DataFrame, today: dt.date) -> pl.DataFrame:
    """What is remembered of people before this run: those of the last one with whom it went in another way."""
    known = load_earlier(out)
    try:
        day = dt.date.fromisoformat(json.loads((out / MEMORY / "run.json").read_text(encoding="utf-8"))["when"])
        before = load_persons(out)
    except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError):
        before, day = persons.clear(), today
    same = ["file", "name", "nik", "state", "reason"]
    changed = before.join(persons, on=same, how="anti", nulls_equal=True, maintain_order="left")
    rows = pl.concat([known, changed.select(pl.lit(day).alias("when"), *PERSONS)])
    return rows.filter(pl.col("when") >= today - dt.timedelta(days=_KEPT_DAYS))


def memory_folder(folder: Path, out: Path | None) -> Path | None:
    """The memory of a project, of its lists or of an output folder; None where there is none."""
    places = (out, folder, folder / "hasil", folder / "masuk" / "hasil")
    return next((place / MEMORY for place in places if place and (place / MEMORY).is_dir()), None)


def forget_all(memory: Path) -> None:
    """Delete what is remembered; files that are not ours stay.

    Raises:
        FileError: one cannot be deleted.
    """
    for name in ("run.parquet", "run.json", "history.json", PERSONS_FILE, _EARLIER_FILE):
        remove_output(memory / name)
    with suppress(OSError):  # something else lies there
        memory.rmdir()


def load_history(out: Path) -> tuple[Seen, ...]:
    """The files of earlier runs, the oldest first; none where nothing, or nothing readable, is remembered."""
    try:
        document = json.loads((out / MEMORY / "history.json").read_text(encoding="utf-8"))
        return tuple(Seen(**{**line, "when": dt.date.fromisoformat(line["when"])}) for line in document["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def save_history(out: Path, history: Sequence[Seen], lines: Sequence[FileLine], today: dt.date) -> None:
    """Remember the files of a run; a file that is as its last check found it is no new version.

    Raises:
        FileError: it could not be written.
    """
    versions: dict[str, list[Seen]] = {}
    for seen in history:
        versions.setdefault(seen.name, []).append(seen)
    for line in lines:
        if line.failed or not line.digest:
            continue
        own = versions.setdefault(line.key, [])
        now = Seen(line.key, line.digest, today, line.rows, line.clean, line.errors)
        if own and own[-1].digest == line.digest:
            own[-1] = replace(now, when=own[-1].when)
        else:
            own.append(now)
    kept = [seen for own in versions.values() for seen in own[-_KEPT:]]
    files = [{**asdict(seen), "when": seen.when.isoformat()} for seen in kept]
    _write(out / MEMORY / "history.json", {"version": _VERSION, "files": files})


def _write(path: Path, document: dict[str, Any]) -> None:
    with whole_file(path) as target:
        target.write(json.dumps(document, ensure_ascii=False, indent=0).encode())
